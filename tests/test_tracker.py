"""The tracker of a day on small histories made by hand: the state each day, both directions, judgements, what moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.deals import FACT, claim, deal, place, role, written
from trucewatch.agreements import agreement, stances
from trucewatch.model import Article, Claim, Happening, Origin, Phrase, Quantity, Role, Voice, When
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import STATES, ProvisionState, Ruling, Tracker
from trucewatch.track import build, diff, known_at

SWAP = {"URY": "PRY", "PRY": "URY"}
AREA = place("URY", -33.0, -57.0)
OUTLET = "Sample Wire"


def voice(party: str | None, text: str = "a speaker") -> tuple[Voice, ...]:
    return (Voice("outlet", None, None, None, None), Voice("person", text, 0, len(text), party, "said"))


def told(number: int, printed: str, event: str, quote: str = "it happened", **slots: Any) -> tuple[Claim, Article]:
    """A claim of an article of its own, printed on a day."""
    made = replace(claim(event, quote, where=AREA, **slots), id=f"c:{number:03}", article=f"a:{number:03}")
    return made, Article(made.article, f"riverland. {quote}", "en", None, OUTLET, date.fromisoformat(printed))


def released(number: int, printed: str, value: float, *, bound: str = "exact", **slots: Any) -> tuple[Claim, Article]:
    figure = (Quantity("released", value, bound, "new", "some", 0, 4),)
    return told(number, printed, "RETREAT", "prisoners went free", mode="release", quantities=figure, **slots)


def attack(number: int, printed: str, by: str, on: str, **slots: Any) -> tuple[Claim, Article]:
    more = {"speaker": voice(on)} | slots
    return told(number, printed, "ASSAULT", "they fired", actors=(role(by),), recipients=(role(on),), day=printed, **more)


def halt(number: int, printed: str, by: str = "URY", **slots: Any) -> tuple[Claim, Article]:
    return told(number, printed, "RETREAT", "guns fell silent", mode="ceasefire", actors=(role(by),), day=printed, **slots)


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return made(tmp_path_factory.mktemp("deals"))


def made(folder: Path, **changes: Any) -> Agreement:
    return agreement(str(written(folder, deal() | changes)))


def alone(claims: tuple[Claim, ...]) -> tuple[Happening, ...]:
    """Each claim a happening of its own."""
    return tuple(
        Happening(
            f"h:{c.id}",
            c.event,
            (c.status,),
            c.when.start if c.when else None,
            c.when.end if c.when else None,
            (),
            (c.id,),
            (c.article,),
            (Origin(f"o:{c.id}", "voice", (c.id,), c.id, None, 1, ()),),
            (),
        )
        for c in claims
    )


def tracked(
    found: Agreement, rows: list[tuple[Claim, Article]], day: str, rulings: tuple[Ruling, ...] = (), **more: Any
) -> Tracker:
    claims = tuple(row for row, _ in rows)
    articles = {article.id: article for _, article in rows}
    happenings = more.pop("happenings", alone(claims))
    return build(found, happenings, claims, articles, rulings, as_of=date.fromisoformat(day), **more)


def state(tracker: Tracker, provision: str) -> ProvisionState:
    return next(row for row in tracker.provisions if row.provision == provision)


def seen(tracker: Tracker, provision: str) -> tuple[str, str, str | None]:
    row = state(tracker, provision)
    return row.state, row.rule, row.timeliness


# --- deeds


RELEASES = [released(1, "2031-03-03", 10), released(2, "2031-03-04", 20), released(3, "2031-03-08", 30)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2031-03-02", ("not-initiated", "nothing-told", "not-due")),
        ("2031-03-03", ("minimal", "amount-reached-in-part", "not-due")),
        ("2031-03-05", ("intermediate", "amount-reached-in-part", "not-due")),
        ("2031-03-06", ("intermediate", "amount-reached-in-part", "overdue")),
        ("2031-03-08", ("full", "amount-reached", "delayed")),
    ],
)
def test_a_deed_grows_by_the_greatest_figure_of_one_claim(river: Agreement, day: str, expected: tuple[str, str, str]) -> None:
    assert seen(tracked(river, RELEASES, day), "release") == expected


def test_figures_of_two_sources_are_never_added(river: Agreement) -> None:
    rows = [released(1, "2031-03-03", 16), released(2, "2031-03-03", 16, speaker=voice("ISL"))]
    assert seen(tracked(river, rows, "2031-03-04"), "release")[:2] == ("intermediate", "amount-reached-in-part")


def test_up_to_a_figure_reaches_nothing(river: Agreement) -> None:
    rows = [released(1, "2031-03-03", 10), released(2, "2031-03-03", 30, bound="up_to")]
    assert state(tracked(river, rows[:1], "2031-03-04"), "release").state == "minimal"
    assert state(tracked(river, rows[1:], "2031-03-04"), "release").rule == "told-as-done"  # the words say so, not the figure


def test_what_the_obligor_alone_tells_is_not_the_whole(river: Agreement) -> None:
    own = released(1, "2031-03-03", 30, speaker=voice("URY"))
    other = released(2, "2031-03-03", 30, speaker=voice("PRY"))
    assert seen(tracked(river, [own], "2031-03-04"), "release")[:2] == ("intermediate", "amount-reached+told-by-obligor-alone")
    assert seen(tracked(river, [own, other], "2031-03-04"), "release")[:2] == ("full", "amount-reached")


def test_a_deed_in_time_stays_done_and_in_time(river: Agreement) -> None:
    rows = [released(1, "2031-03-04", 30), told(2, "2031-04-10", "DELAY", "release of prisoners stalled", actors=(role("URY"),))]
    assert seen(tracked(river, rows, "2031-04-11"), "release") == ("full", "amount-reached", "on-time")


def test_a_told_delay_shows_before_the_day_and_progress_ends_it(river: Agreement) -> None:
    late = told(1, "2031-03-03", "DELAY", "it is late", actors=(role("URY"),), day="2031-03-03")
    rows = [late, released(2, "2031-03-04", 5, day="2031-03-04")]
    assert seen(tracked(river, rows[:1], "2031-03-03"), "release") == ("not-initiated", "obstacle-told", "delayed")
    assert seen(tracked(river, rows, "2031-03-04"), "release") == ("minimal", "amount-reached-in-part", "not-due")


def test_silence_is_neither_done_nor_late(river: Agreement) -> None:
    found = tracked(river, [], "2031-05-01")
    assert seen(found, "release") == ("not-initiated", "nothing-told", None)
    assert found.slippage == () and [each.days for each in found.deadlines] == [-57]


def test_a_plan_and_a_possibility_move_nothing(river: Agreement) -> None:
    rows = [released(1, "2031-03-03", 30, status="planned"), released(2, "2031-03-03", 30, status="possible")]
    assert seen(tracked(river, rows, "2031-03-04"), "release")[:2] == ("not-initiated", "only-mentioned")


# --- conduct


def test_a_conduct_day_by_day(river: Agreement) -> None:
    rows = [halt(1, "2031-03-02"), attack(2, "2031-03-20", "PRY", "URY")]
    days = {
        day: seen(tracked(river, rows, day), "fire")[:2]
        for day in ("2031-03-01", "2031-03-02", "2031-03-20", "2031-04-20", "2031-06-02")
    }
    assert days == {
        "2031-03-01": ("not-initiated", "not-in-force-that-day"),
        "2031-03-02": ("full", "told-as-kept"),
        "2031-03-20": ("intermediate", "breach-told-lately"),
        "2031-04-20": ("intermediate", "no-breach-told-lately"),
        "2031-06-02": ("not-initiated", "not-in-force-that-day"),
    }
    steps = [(step.day, step.state) for step in state(tracked(river, rows, "2031-06-02"), "fire").history]
    assert steps == [
        ("2031-03-01", "not-initiated"),
        ("2031-03-02", "full"),
        ("2031-03-20", "intermediate"),
        ("2031-04-20", "intermediate"),
        ("2031-06-02", "not-initiated"),
    ]


def test_a_denial_is_counter_evidence_and_makes_it_contested(river: Agreement) -> None:
    rows = [attack(1, "2031-03-20", "PRY", "URY"), attack(2, "2031-03-21", "PRY", "URY", status="denied", speaker=voice("PRY"))]
    one, both = (state(tracked(river, part, "2031-03-22"), "fire") for part in (rows[:1], rows))
    assert (one.contested, both.contested) == (False, True)
    assert [(proof.says, proof.rule) for proof in both.evidence] == [("against", "fire/attack"), ("for", "fire/attack+denied")]
    assert both.state == "minimal"  # a denial alone raises nothing


def test_copies_count_once(river: Agreement) -> None:
    rows = [attack(1, "2031-03-20", "PRY", "URY"), attack(2, "2031-03-20", "PRY", "URY")]
    ids = tuple(row.id for row, _ in rows)
    origin = Origin("o:1", "voice", ids, ids[0], None, 2, ())
    one = Happening("h:1", "ASSAULT", ("occurred",), "2031-03-20", "2031-03-20", (), ids, ("a:001", "a:002"), (origin,), ())
    assert state(tracked(river, rows, "2031-03-21", happenings=(one,)), "fire").sources_against == 1
    assert state(tracked(river, rows, "2031-03-21"), "fire").sources_against == 2


def test_a_breach_of_an_earlier_truce_is_none_of_this_one(tmp_path: Path) -> None:
    first = deal()["in_force"][0] | {"end": "2031-03-10"}
    second = first | {"start": "2031-03-20", "end": "2031-06-01"}
    found = made(tmp_path, in_force=[first, second])
    rows = [attack(1, "2031-03-09", "PRY", "URY"), halt(2, "2031-03-20")]
    assert state(tracked(found, rows, "2031-03-09"), "fire").rule == "breach-told-lately"
    later = state(tracked(found, rows, "2031-03-21"), "fire")
    assert (later.state, later.rule, later.contested) == ("full", "told-as-kept", False)


def test_a_rate_by_its_newest_figure_and_of_two_the_least(tmp_path: Path) -> None:
    trucks = deal()["provisions"][1] | {
        "id": "aid",
        "nature": "rate",
        "due": None,
        "amounts": [{"of": "trucks", "value": 600, "per": "day", "words": {"en": "six hundred a day"}, **FACT}],
        "signals": [{"name": "trucks", "says": "for", "events": ["AID"], "kinds": ["trucks"], "reaches": "full"}],
    }
    del trucks["due"]
    found = made(tmp_path, provisions=[trucks])

    def aid(number: int, day: str, *values: float, **slots: Any) -> tuple[Claim, Article]:
        figures = tuple(Quantity("trucks", value, "exact", "new", "some", 0, 4) for value in values)
        return told(number, day, "AID", "trucks", quantities=figures, day=day, **slots)

    rows = [aid(1, "2031-03-05", 171, 600), aid(2, "2031-03-06", 600), aid(3, "2031-03-07", 620), aid(4, "2031-03-07", 320)]
    shown = [state(tracked(found, rows, f"2031-03-0{day}"), "aid").state for day in (4, 5, 6, 7)]
    assert shown == ["not-initiated", "minimal", "full", "intermediate"]


# --- known at


def test_only_what_was_printed_by_the_day_counts(river: Agreement) -> None:
    late = released(1, "2031-03-08", 30, day="2031-03-03")
    before, after = tracked(river, [late], "2031-03-07"), tracked(river, [late], "2031-03-08")
    assert (before.claims, state(before, "release").state) == (0, "not-initiated")
    assert seen(after, "release") == ("full", "amount-reached", "on-time")


def test_an_article_without_a_day_of_print_is_left_out_and_said(river: Agreement) -> None:
    row, printed = released(1, "2031-03-03", 30)
    found = tracked(river, [(row, replace(printed, published=None))], "2031-03-10")
    assert (found.claims, found.undated, state(found, "release").state) == (0, 1, "not-initiated")
    assert known_at([row], {printed.id: printed}, date(2031, 3, 2)) == ()


def test_the_order_of_claims_changes_nothing(river: Agreement) -> None:
    rows = [*RELEASES, halt(4, "2031-03-02"), attack(5, "2031-03-20", "PRY", "URY"), attack(6, "2031-03-20", "URY", "PRY")]
    assert tracked(river, rows, "2031-04-01") == tracked(river, rows[::-1], "2031-04-01")


# --- judgements


def test_a_judgement_overrides_from_its_day_and_is_shown(river: Agreement) -> None:
    word = Ruling("release", "full", "2031-03-05", "reader", "seen the list", "c:002")
    early, late = (state(tracked(river, RELEASES, day, (word,)), "release") for day in ("2031-03-04", "2031-03-05"))
    assert (early.state, early.ruling) == ("intermediate", None)
    assert (late.state, late.proposed, late.ruling, late.timeliness) == ("full", "intermediate", word, "on-time")
    last = replace(word, state="minimal", reason="the list was wrong")
    assert state(tracked(river, RELEASES, "2031-03-05", (word, last)), "release").state == "minimal"


# --- proposals


def test_a_proposal_is_never_in_force_whatever_is_told(tmp_path: Path) -> None:
    parties = [row | {"role": "addressee"} if row["role"] == "signatory" else row for row in deal()["parties"]]
    found = made(tmp_path, kind="proposal", in_force=[], parties=parties)
    rows = [halt(1, "2031-03-02"), *[(replace(row, id=f"c:1{n}"), article) for n, (row, article) in enumerate(RELEASES)]]
    for day in ("2031-03-02", "2031-03-10", "2031-05-01"):
        shown = tracked(found, rows, day)
        assert shown.standing == "not-in-force" and shown.slippage == ()
        assert {(row.state, row.rule, row.timeliness) for row in shown.provisions} == {
            ("not-initiated", "a-proposal-is-never-in-force", None)
        }


def test_the_bundled_proposals_for_sudan_are_never_in_force() -> None:
    found = agreement("sudan-truce-proposals")
    both = (role("rsf"), role("SDN.mil"))
    rows = [
        told(n, f"2025-11-{10 + n}", event, "the humanitarian truce in Sudan holds", participants=both, actors=both, mode=mode)
        for n, (event, mode) in enumerate([("AGREE", "accept"), ("RETREAT", "ceasefire"), ("AID", None)])
    ]
    rows = [(replace(row, where=place("SDN")), replace(article, text="Sudan truce")) for row, article in rows]
    shown = tracked(found, rows, "2025-12-31")
    assert shown.standing == "not-in-force" and {row.state for row in shown.provisions} == {STATES[0]}


# --- both directions


def test_what_is_told_against_each_side_stands_by_source(river: Agreement) -> None:
    def count(number: int, printed: str, by: str, value: float, party: str | None) -> tuple[Claim, Article]:
        figure = (Quantity("violations", value, "exact", "cumulative", "some", 0, 4, ("2031-03-02", printed)),)
        slots: dict[str, Any] = {"actors": (role(by),), "quantities": figure, "speaker": voice(party), "day": printed}
        return told(number, printed, "VIOLATION", "breaches", **slots)

    rows = [
        count(1, "2031-03-10", "URY", 40, "PRY"),
        count(2, "2031-03-20", "URY", 60, "PRY"),
        count(3, "2031-03-20", "PRY", 7, "URY"),
        count(4, "2031-03-20", "URY", 11, "ISL"),
        attack(5, "2031-03-21", "PRY", "URY"),
        attack(6, "2031-03-22", "PRY", "URY", status="denied", speaker=voice("PRY")),
    ]
    found = {row.party: row for row in tracked(river, rows, "2031-03-25").violations}
    assert list(found) == ["URY", "PRY", None]
    assert [(c.source, c.accuser, c.of, c.value) for c in found["URY"].counts] == [
        ("ISL", None, "violations", 11),
        ("PRY", "PRY", "violations", 60),
    ]
    assert [(c.source, c.of, c.value, c.claims[0]) for c in found["PRY"].counts] == [
        ("URY", "violations", 7, "c:003"),
        ("URY", "acts", 1, "c:005"),
    ]
    assert (found["PRY"].denied_by, found["PRY"].denials) == (("PRY",), ("c:006",))
    assert found[None].counts == () and found["URY"].denied_by == ()


def test_blame_without_a_deed_stands_on_both_sides(river: Agreement) -> None:
    def blame(number: int, by: str, party: str | None) -> tuple[Claim, Article]:
        who = (role(party, "their soldiers"),)
        return told(
            number, "2031-03-20", "ACCUSE", "it was them", mode="allege", recipients=who, speaker=voice(by), day="2031-03-20"
        )

    rows = [blame(1, "URY", "PRY"), blame(2, "PRY", "URY"), blame(3, "PRY", None), blame(4, "FRA", "BRA")]
    found = tracked(river, rows, "2031-03-25").violations
    assert [(row.party, [(c.source, c.of, c.value) for c in row.counts]) for row in found] == [
        ("URY", [("PRY", "accusations", 1)]),
        ("PRY", [("URY", "accusations", 1)]),
        (None, [("PRY", "accusations", 1)]),
    ]


@pytest.fixture(scope="module")
def turned_river(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return agreement(str(written(tmp_path_factory.mktemp("turned"), turned(deal()))))


def swapped(row: Claim) -> Claim:
    def roles(part: tuple[Role, ...]) -> tuple[Role, ...]:
        return tuple(replace(each, party=SWAP.get(each.party or "", each.party)) for each in part)

    speaker = tuple(replace(each, party=SWAP.get(each.party or "", each.party)) for each in row.speaker)
    return replace(
        row, actors=roles(row.actors), recipients=roles(row.recipients), participants=roles(row.participants), speaker=speaker
    )


def turned(data: Any) -> Any:
    """The agreement's file with its two parties exchanged."""
    if isinstance(data, Mapping):
        return {key: value if key == "area" else turned(value) for key, value in data.items()}
    return [turned(each) for each in data] if isinstance(data, list) else SWAP.get(data, data) if isinstance(data, str) else data


def test_a_swap_of_the_parties_swaps_the_tracker_and_nothing_else(river: Agreement, turned_river: Agreement) -> None:
    rows = [
        halt(1, "2031-03-02", "PRY"),
        attack(2, "2031-03-20", "PRY", "URY"),
        attack(3, "2031-03-21", "URY", "PRY", status="denied", speaker=voice("URY")),
        released(4, "2031-03-08", 30, speaker=voice("URY")),
        told(5, "2031-03-09", "DELAY", "late", actors=(role("URY"),), speaker=voice("PRY")),
    ]
    for day in ("2031-03-03", "2031-03-10", "2031-03-25", "2031-05-01"):
        here = tracked(river, rows, day)
        there = tracked(turned_river, [(swapped(row), article) for row, article in rows], day)
        for one, two in zip(here.provisions, there.provisions, strict=True):
            assert (one.state, one.rule, one.timeliness, one.contested) == (two.state, two.rule, two.timeliness, two.contested)
        told_here = {SWAP.get(row.party or "", ""): [(c.of, c.value) for c in row.counts] for row in here.violations}
        assert told_here == {row.party or "": [(c.of, c.value) for c in row.counts] for row in there.violations}
        assert here.slippage == there.slippage


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["halt", "attack", "release", "delay", "deny"]),
        st.integers(0, 60),
        st.sampled_from(["URY", "PRY"]),
        st.sampled_from(["URY", "PRY", "ISL", None]),
        st.integers(1, 40),
    ),
    max_size=8,
)


def story(rows: list[tuple[str, int, str, str | None, int]]) -> list[tuple[Claim, Article]]:
    out = []
    for number, (kind, offset, who, teller, value) in enumerate(rows):
        day = date.fromordinal(date(2031, 3, 1).toordinal() + offset).isoformat()
        speaker = voice(teller)
        if kind == "halt":
            out.append(halt(number, day, who, speaker=speaker))
        elif kind == "release":
            out.append(released(number, day, value, speaker=speaker))
        elif kind == "delay":
            out.append(told(number, day, "DELAY", "late", actors=(role(who),), day=day, speaker=speaker))
        else:
            status = "denied" if kind == "deny" else "occurred"
            out.append(attack(number, day, who, SWAP[who], speaker=speaker, status=status))
    return out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, offset=st.integers(0, 100))
def test_any_history_is_even_handed_and_knows_no_future(
    river: Agreement, turned_river: Agreement, rows: list[tuple[str, int, str, str | None, int]], offset: int
) -> None:
    history, day = story(rows), date.fromordinal(date(2031, 3, 1).toordinal() + offset)
    here = tracked(river, history, day.isoformat())
    there = tracked(turned_river, [(swapped(row), article) for row, article in history], day.isoformat())
    for one, two in zip(here.provisions, there.provisions, strict=True):
        assert (one.state, one.rule, one.timeliness, one.contested) == (two.state, two.rule, two.timeliness, two.contested)
        assert (one.sources_for, one.sources_against) == (two.sources_for, two.sources_against)
    known = [(row, article) for row, article in history if article.published and article.published <= day]
    assert tracked(river, known, day.isoformat()) == here
    assert tracked(river, history[::-1], day.isoformat()) == here
    used = {claim for row in here.provisions for step in row.history for claim in step.claims}
    assert used <= {row.id for row, _ in known}
    later = tracked(river, history, "2031-07-30")
    for one, two in zip(here.provisions, later.provisions, strict=True):
        told_then = [step for step in two.history if step.day <= day.isoformat()]
        assert told_then in (list(one.history), [])


# --- meetings, votes, bodies, positions


def test_the_diary_follows_the_words_that_point_back(river: Agreement) -> None:
    both = (role("URY"), role("PRY"), role("ISL"))
    later, article = told(1, "2031-04-12", "CONSULT", "met online", participants=both, mode="online", day="2031-04-12")
    earlier = replace(later, id="c:002", mode=None, when=When("2031-03-28", "2031-03-28", "day", "stated", "then"))
    later = replace(later, refers=Phrase("an earlier meeting", 40, 58))
    planned, page = told(3, "2031-04-13", "CONSULT", "will meet", participants=both[:2], status="planned", day="2031-04-20")
    found = tracked(river, [(later, article), (earlier, article), (planned, page)], "2031-04-14").meetings
    assert [(row.start, row.state, row.modes) for row in found] == [
        ("2031-03-28", "held", ()),
        ("2031-04-12", "held", ("online",)),
        ("2031-04-20", "planned", ()),
    ]
    assert (found[1].follows, found[1].follows_rule) == (found[0].happening, "last-one-before-in-the-article")
    assert found[1].participants == ("URY", "PRY", "ISL") and found[0].follows is None


def test_talks_of_others_are_not_in_the_diary(river: Agreement) -> None:
    rows = [told(1, "2031-04-12", "CONSULT", "met", participants=(role("URY"), role("FRA")), day="2031-04-12")]
    assert tracked(river, rows, "2031-04-14").meetings == ()


def test_votes_and_bodies_on_a_day(river: Agreement) -> None:
    figures = (Quantity("votes_for", 14, "exact", "new", "14", 0, 2),)
    rows = [told(1, "2031-03-02", "VOTE", "adopted", actors=(role("un-security-council"),), quantities=figures, day="2031-03-01")]
    (vote,) = tracked(river, rows, "2031-03-02").votes
    assert (vote.votes_for, vote.told[0].votes_for, vote.told[0].votes_against) == (15, 14, None)
    assert tracked(river, rows, "2031-02-28").votes == ()
    shown = [tracked(river, rows, day).bodies[0] for day in ("2031-03-04", "2031-12-01", "2032-01-01")]
    assert [(row.state, row.days_left) for row in shown] == [("not-there-yet", None), ("there", 30), ("expired", -1)]


def test_positions_of_both_sides_over_time(river: Agreement) -> None:
    rows = [
        told(1, "2031-03-10", "DELAY", "prisoners", actors=(role("URY"),)),
        told(2, "2031-03-12", "DELAY", "prisoners", status="possible", actors=(role("URY"),)),
    ]
    found = tracked(river, rows, "2031-03-11", stances=stances()).positions
    assert [(row.party, row.day, row.kind, row.stance) for row in found] == [
        ("PRY", "2031-03-01", "accepted", "accepts"),
        ("URY", "2031-03-01", "accepted", "accepts"),
        ("URY", "2031-03-10", "DELAY", "delays"),
    ]
    assert found[0].source == ("text",) and found[2].claim == "c:001"


# --- what moved


def test_diff_tells_what_moved_and_why(river: Agreement) -> None:
    rows = [halt(9, "2031-03-02"), *RELEASES, attack(5, "2031-03-07", "PRY", "URY")]
    one, other = tracked(river, rows, "2031-03-05"), tracked(river, rows, "2031-03-08")
    moved = {(each.what, each.id): (each.before, each.after, each.why, each.claims) for each in diff(one, other)}
    assert moved["state", "release"] == ("intermediate", "full", "amount-reached", ("c:003",))
    assert moved["state", "fire"][:3] == ("full", "intermediate", "breach-told-lately")
    assert moved["timeliness", "release"][:3] == ("not-due", "delayed", "done-late")
    assert moved["count", "PRY by URY: acts from ?"][:2] == (None, "exact 1")
    assert moved["deadline", "release"][:2] == ("ahead", "passed")
    assert diff(one, one) == ()


def test_diff_names_the_person_where_a_judgement_moved_it(river: Agreement) -> None:
    word = Ruling("release", "full", "2031-03-05", "reader", "seen the list", "c:002")
    one, other = (tracked(river, RELEASES[:2], day, (word,)) for day in ("2031-03-04", "2031-03-05"))
    (found,) = [each for each in diff(one, other) if each.what == "state"]
    assert (found.after, found.why, found.claims) == ("full", "judged-by reader", ("c:002",))
