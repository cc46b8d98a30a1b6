"""Linking, one small case for each confusion: what looks alike and is not, and what is the same in another language."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.test_link import KNOWLEDGE, article, claim, made
from trucewatch import checks, link
from trucewatch.link.names import agree
from trucewatch.model import Article, Claim, Finding, Quantity, When


def findings(claims: Sequence[Claim], articles: Sequence[Article]) -> list[Finding]:
    read = {a.id: a for a in articles}
    index = link.indexed(claims, read, (), knowledge=KNOWLEDGE)
    return list(checks.findings(index, read, link.of(index)))


def counted(entry: Article, quote: str, value: float, start: int, end: int, of: str = "violations", **slots: Any) -> Claim:
    """A running count from a day of March to another."""
    period = (f"2031-03-{start:02}", f"2031-03-{end:02}")
    event = "VIOLATION" if of == "violations" else "CASUALTIES"
    figure = Quantity(of, value, "exact", "cumulative", None, None, None, period)
    return claim(entry, event, quote, quantities=(figure,), **slots, when=When(*period, "day", "stated"))


# --- findings


@pytest.mark.parametrize(("later", "found"), [(139, True), (151, False)])
def test_a_total_falls_though_the_later_print_is_in_another_language(later: int, found: bool) -> None:
    one = article("one", "قالت جبهة كالور إنها أحصت 148 خرقا لجيش ترفان منذ 3 مارس.", 20, language="ar")
    two = article("two", f"The Kalor Front said it had counted {later} violations by Tarvan's army since March 3.", 27)
    claims = [
        counted(one, "أحصت 148 خرقا", 148, 3, 20, who="جبهة كالور", actors=["جيش ترفان"]),
        counted(two, f"counted {later}", later, 3, 27, who="Kalor Front", actors=["Tarvan's army"]),
    ]
    assert [f.check for f in findings(claims, (one, two))] == ["falling-total"] * found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Monitors recorded 214 breaches in 33 days, nine a day.", True),
        ("en", "Monitors recorded 214 breaches in 33 days, seven a day.", False),
        ("ar", "سجل المراقبون 214 خرقا، أي تسعة خروقات في اليوم على مدى 33 يوما.", True),
        ("ar", "سجل المراقبون 214 خرقا، أي ستة خروقات في اليوم على مدى 33 يوما.", False),
    ],
)
def test_a_rate_may_be_told_in_words(language: str, text: str, found: bool) -> None:
    assert [f.check for f in findings((), [article("one", text, 20, language=language)])] == ["rate-does-not-fit"] * found


@pytest.mark.parametrize(("start", "found"), [(11, True), (10, False), (24, False)])
def test_two_sides_count_each_others_deeds_from_other_days(start: int, found: bool) -> None:
    text = f"The Sael Union counted 33 breaches by Brenmark since March 10. Brenmark said the Sael Union killed 12 since {start}."
    one = article("one", text, 28)
    claims = [
        counted(one, "33 breaches", 33, 10, 28, who="The Sael Union", actors=["Brenmark"]),
        counted(one, "killed 12", 12, start, 28, "killed", who="Brenmark", actors=["Sael Union"]),
    ]
    assert [f.check for f in findings(claims, [one])] == ["starts-differ"] * found


@pytest.mark.parametrize(("end", "found"), [(31, False), (30, True)])
def test_a_calendar_month_is_no_beginning(end: int, found: bool) -> None:
    one = article("one", "Observers counted 88 violations in the period.", 31)
    two = article("two", "The mission recorded 214 violations since March 3.", 31)
    claims = [
        counted(one, "88 violations", 88, 1, end, who="Observers"),
        counted(two, "214 violations", 214, 3, 31, who="The mission"),
    ]
    assert [f.check for f in findings(claims, (one, two))] == ["starts-differ"] * found


@pytest.mark.parametrize(
    ("object_", "found"), [("misleading its own supporters", False), ("obstructing the truce of Sael", True)]
)
def test_an_office_and_an_adversary_make_no_old_statement(object_: str, found: bool) -> None:
    head = "Brenmark's information minister, Samir Dovan, accused the Sael Union of "
    one = article("one", head + "obstructing the truce of Sael in the hills.", 2)
    two = article("two", head + object_ + " again.", 27)
    claims = [
        claim(a, "ACCUSE", "accused the Sael Union", who="Samir Dovan", actors=["Samir Dovan"], recipients=["Sael Union"])
        for a in (one, two)
    ]
    assert [f.check for f in findings(claims, (one, two))] == ["statement-printed-again"] * found
    assert len(made(claims, (one, two))) == (1 if found else 2)


def test_a_meeting_announced_and_held_is_no_old_statement() -> None:
    one = article("one", "The League said Brenmark and the Sael Union will meet in Tarso on Monday 10 March.", 4)
    two = article("two", "The League said Brenmark and the Sael Union did meet in Tarso on Monday.", 11)
    claims = [
        claim(
            a, "CONSULT", quote, who="The League", participants=["Brenmark", "Sael Union"], day=10, place="Tarso", status=status
        )
        for a, quote, status in ((one, "will meet", "planned"), (two, "did meet", "occurred"))
    ]
    assert findings(claims, (one, two)) == [] and len(made(claims, (one, two))) == 1


def test_a_fault_in_the_copies_of_a_wire_is_one_finding() -> None:
    wire = "The parliament of Brenmark approved the border protocol with its neighbour on Monday, March 12, by 61 votes to 40."
    texts = (article("b", wire, 13), article("a", "VASTA - " + wire, 14), article("c", "They met on Monday, March 12.", 14))
    found = findings((), texts)
    assert [(f.check, f.articles) for f in found] == [("weekday-against-date", ("b", "a")), ("weekday-against-date", ("c",))]


@pytest.mark.parametrize(("words", "found"), [("breaches a day", False), ("breaches in all", True)])
def test_a_rate_by_the_day_is_no_count(words: str, found: bool) -> None:
    one = article("one", "The mission recorded 214 breaches since March 3.", 28)
    two = article("two", f"The mission recorded 9 {words} since March 5.", 28)
    claims = [
        counted(one, "214 breaches", 214, 3, 28, who="The mission"),
        counted(two, "9 breaches", 9, 5, 28, who="The mission"),
    ]
    (figure,) = claims[1].quantities
    at = two.text.index("9 ")
    claims[1] = replace(claims[1], quantities=(replace(figure, start=at, end=at + 1),))
    assert [f.check for f in findings(claims, (one, two))] == ["starts-differ"] * found


# --- relations


@pytest.mark.parametrize(("head", "relation"), [("Correction: ", "corrects"), ("", None)])
def test_a_correction_names_the_figure_it_takes_back(head: str, relation: str | None) -> None:
    def hurt(*values: int) -> tuple[Quantity, ...]:
        return tuple(Quantity("injured", v, "exact", "new", None, None, None) for v in values)

    one = article("one", "Shells hit Karvosh on Wednesday and 32 were injured.", 6, "hill-post")
    two = article("two", head + "shells on Karvosh\n27 people were injured in Karvosh on Wednesday, not 32.", 8, "hill-post")
    claims = [
        claim(one, "CASUALTIES", "were injured", day=5, place="Karvosh", quantities=hurt(32)),
        claim(two, "CASUALTIES", "were injured", day=5, place="Karvosh", quantities=hurt(27, 32)),
    ]
    (found,) = made(claims, (one, two))
    assert {each.relation for each in found.links} - {"same"} == ({relation} if relation else set())


@pytest.mark.parametrize(
    ("who", "words", "relation"),
    [
        ("The relief office", "corrected its count for Karvosh: 27 were injured", "corrects"),
        ("The relief office", "said that 27 were injured in Karvosh", "contradicts"),
        ("Yara Mellin", "corrected the count for Karvosh: 27 were injured", "contradicts"),
    ],
)
def test_a_voice_takes_back_its_own_figure_in_another_outlet(who: str, words: str, relation: str) -> None:
    def hurt(value: int) -> tuple[Quantity, ...]:
        return (Quantity("injured", value, "exact", "new", None, None, None),)

    one = article("one", "The relief office said that shells had injured 32 in Karvosh.", 6, "hill-post")
    two = article("two", f"{who} {words}.", 8, "river-times")
    claims = [
        claim(one, "CASUALTIES", "had injured", day=5, place="Karvosh", who="The relief office", quantities=hurt(32)),
        claim(two, "CASUALTIES", "were injured", day=5, place="Karvosh", who=who, quantities=hurt(27)),
    ]
    (found,) = made(claims, (one, two))
    assert {each.relation for each in found.links} - {"same"} == {relation}


@pytest.mark.parametrize(
    ("who", "text", "relation"),
    [
        ("وزارة الداخلية", "قالت وزارة الداخلية إن القصف على كارفوش أودى بحياة تسعة", "contradicts"),
        ("وزارة الصحة", "قالت وزارة الصحة إن القصف على كارفوش أودى بحياة تسعة", "updates"),
        ("دار الحكمة", "قالت دار الحكمة إن القصف على كارفوش أودى بحياة تسعة", "contradicts"),
    ],
)
def test_a_higher_toll_of_another_body_in_another_language(who: str, text: str, relation: str) -> None:
    def dead(value: int) -> tuple[Quantity, ...]:
        return (Quantity("killed", value, "exact", "new", None, None, None),)

    one = article("one", "The health ministry said that shelling had killed six in Karvosh.", 6, "hill-post")
    two = article("two", text, 8, "river-times", language="ar")
    claims = [
        claim(one, "CASUALTIES", "had killed", day=5, place="Karvosh", who="The health ministry", quantities=dead(6)),
        claim(two, "CASUALTIES", "أودى بحياة", day=5, place="كارفوش", who=who, quantities=dead(9)),
    ]
    (found,) = made(claims, (one, two))
    assert {each.relation for each in found.links} - {"same"} == {relation}


# --- what is one happening


@pytest.mark.parametrize(
    ("behind", "language", "one"),
    [
        ("The hospital counted seven dead.", "en", True),
        ("Seven dead were counted.", "en", True),
        ("It had found 85 breaches by then and seven dead.", "en", False),
        ("The hospital counted seven dead in Tarnova.", "en", False),
        ("وأحصى المستشفى سبعة قتلى.", "ar", True),
        ("وأحصى المستشفى 85 خرقا وسبعة قتلى.", "ar", False),
    ],
)
def test_a_toll_right_behind_an_act_is_its_toll(behind: str, language: str, one: bool) -> None:
    act = "Shells fell on Karvosh on Wednesday." if language == "en" else "سقطت قذائف على كارفوش يوم الأربعاء."
    entry = article("one", f"{act} {behind}", 6, language=language)
    place, fell, dead = ("Karvosh", "fell", "dead") if language == "en" else ("كارفوش", "سقطت", "قتلى")
    killed = (Quantity("killed", 7, "exact", "new", None, None, None),)
    claims = [
        claim(entry, "ASSAULT", fell, day=5, place=place),
        claim(entry, "CASUALTIES", dead, place="Tarnova" if "Tarnova" in behind else None, quantities=killed),
    ]
    assert (len(made(claims, (entry,))) == 1) == one


def test_a_statement_in_two_languages_and_again_without_its_day_is_one() -> None:
    said = "The Sael Union will not hand over its weapons while Brenmark's troops remain in Tarnova, Yara Mellin said"
    texts = (
        article("one", said + " on Sunday.", 2),
        article("two", "قالت يارا ملين إن اتحاد سايل لن يسلم سلاحه ما دامت قوات برنمارك في تارنوفا.", 3, language="ar"),
        article("three", said + ".", 30),
    )
    claims = [
        claim(texts[0], "REJECT", "will not hand over", who="Yara Mellin", actors=["Yara Mellin"], day=2),
        claim(texts[1], "REJECT", "لن يسلم سلاحه", who="يارا ملين", actors=["يارا ملين"], day=2),
        claim(texts[2], "REJECT", "will not hand over", who="Yara Mellin", actors=["Yara Mellin"]),
    ]
    assert len(made(claims, texts)) == 1
    assert len(made(claims[1:], texts)) == 2, "without the print that ties them nothing shows that the third is old"


def test_what_one_side_did_is_not_what_another_demands_of_it() -> None:
    text = "The Sael Union withdrew on Tuesday, Josef Marowa said. Samir Dovan urged the Sael Union to withdraw from Tolfa."
    one = article("one", text, 5)
    claims = [
        claim(one, "RETREAT", "withdrew", who="Josef Marowa", actors=["The Sael Union"], day=4),
        claim(one, "RETREAT", "to withdraw", who="Samir Dovan", actors=["the Sael Union"], status="demanded"),
    ]
    assert len(made(claims, [one])) == 2


@pytest.mark.parametrize(("place", "same"), [("هرسا", True), ("بنرا", False)])
def test_short_names_of_places_meet_by_their_sound(place: str, same: bool) -> None:
    one = article("one", "A drone hit a fuel station in Hirsa on Wednesday.", 6)
    two = article("two", f"قصفت طائرة مسيرة محطة وقود في {place} يوم الأربعاء.", 6, language="ar")
    claims = [
        claim(one, "ASSAULT", "hit a fuel station", day=5, place="Hirsa"),
        claim(two, "ASSAULT", "قصفت طائرة", day=5, place=place),
    ]
    assert len(made(claims, (one, two))) == (1 if same else 2)


def test_a_breach_of_one_day_is_not_the_count_of_all() -> None:
    one = article("one", "The Sael Union called the strike on Monday a breach by Brenmark of the truce of Tarso.", 11)
    two = article("two", "The Sael Union recorded 305 violations by Brenmark of the truce of Tarso since March 1.", 12)
    claims = [
        claim(one, "VIOLATION", "a breach", who="The Sael Union", actors=["Brenmark"], day=10),
        counted(two, "305 violations", 305, 1, 12, who="The Sael Union", actors=["Brenmark"]),
    ]
    assert len(made(claims, (one, two))) == 2


def test_an_article_that_tells_two_meetings_of_two_days_tells_two() -> None:
    text = "Brenmark and the Sael Union meet in Tarso on Tuesday. The Sael Union meets the League in Tarso on Wednesday."
    one = article("one", text, 2)
    claims = [
        claim(
            one, "CONSULT", "meet in Tarso", participants=["Brenmark", "the Sael Union"], day=4, place="Tarso", status="planned"
        ),
        claim(one, "CONSULT", "meets the League", participants=["Sael Union", "League"], day=5, place="Tarso", status="planned"),
    ]
    assert len(made(claims, [one])) == 2


def test_an_office_told_of_by_a_mission_is_not_its_voice() -> None:
    one = article("one", "قال مراقبو الاتحاد إن جيش زلمارا قصف بنورا يوم الأربعاء.", 6, language="ar")
    two = article("two", "Zelmara's army said on Thursday that it had struck Benora on Wednesday.", 6)
    kind = "organisation"
    claims = [
        claim(one, "ASSAULT", "قصف بنورا", who="مراقبو الاتحاد", kind=kind, actors=["جيش زلمارا"], day=5, place="بنورا"),
        claim(two, "ASSAULT", "struck Benora", who="Zelmara's army", kind=kind, actors=["Zelmara's army"], day=5, place="Benora"),
    ]
    (found,) = made(claims, (one, two))
    assert len(found.origins) == 2


@pytest.mark.parametrize(
    ("word", "again", "found"),
    [
        ("حركة", "", True),  # a movement is one of somebody: the next word is its name
        ("تجمع", "ودعا تجمع مدرين إلى هدنة.", True),
        ("تجمع", "ودعا تجمع آخر إلى هدنة.", False),
    ],
)
def test_a_name_of_which_only_the_common_word_was_read_is_made_whole(word: str, again: str, found: bool) -> None:
    one = article("one", f"قالت {word} مدرين إنها أحصت 148 خرقا لجيش ترفان منذ 3 مارس. {again}", 20, language="ar")
    two = article("two", "Madrin said it had counted 139 violations by Tarvan 's army since March 3.", 27)
    claims = [
        counted(one, "أحصت 148 خرقا", 148, 3, 20, who=word, actors=["جيش ترفان"]),
        counted(two, "counted 139", 139, 3, 27, who="Madrin", actors=["'s army"]),
    ]
    assert [f.check for f in findings(claims, (one, two))] == ["falling-total"] * found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Zurqan Defence Front", "جبهة دفاع زرقان", True),
        ("The Zurqan Defence Front", "الدفاع المدني في زرقان", False),
        ("Harmis hospital", "مستشفى حرميس", True),
        ("the interior ministry", "وزارة الداخلية في زرقان", True),
        ("the movement", "حركة زرقان", False),
        ("The press office of the League", "الرابطة", False),
        ("Josen Pard, mayor", "رئيس بلدية فلت يوسن بارد", True),
        ("Rima Dhanoun", "ريما ذنون", True),
        ("Tessalin Rights Monitor", "مرصد تيسالين للحقوق", True),
        ("Tessalin Rights Monitor", "مجلس تيسالين للحقوق", False),
        ("the federal army", "الجيش الاتحادي", True),
        ("the federal army", "الجيش الوطني", False),
    ],
)
def test_names_in_two_languages_meet_by_their_common_words(one: str, other: str, same: bool) -> None:
    texts = (
        article("one", f"{one} said five were killed.", 20),
        article("two", f"قال {other} إن خمسة قتلوا.", 20, language="ar"),
    )
    views = [
        link.view(claim(a, "CASUALTIES", "killed" if a is texts[0] else "قتلوا", who=who), a, KNOWLEDGE)
        for a, who in zip(texts, (one, other), strict=True)
    ]
    assert views[0].voice and views[1].voice
    assert (agree(views[0].voice, views[1].voice) > 0) == same


@pytest.mark.parametrize(("actor", "same"), [("Ardelian troops", True), ("Novenian troops", False)])
def test_a_people_is_known_by_its_country_in_another_language(actor: str, same: bool) -> None:
    one = article("one", "تسحب أرديليا قواتها من ضفة سورال.", 10, language="ar")
    two = article("two", f"{actor} began to withdraw from the bank of the Sural on Tuesday.", 11)
    claims = [
        claim(one, "RETREAT", "تسحب", actors=["أرديليا"], place="ضفة سورال", status="planned"),
        claim(two, "RETREAT", "began to withdraw", actors=[actor], place="bank of the Sural", day=11),
    ]
    assert len(made(claims, (one, two))) == (1 if same else 2)
