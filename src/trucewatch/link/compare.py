"""Two claims compared: named reasons for and against telling the same happening, and their points."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.link.amounts import figures
from trucewatch.link.days import days
from trucewatch.link.names import LONG, agree, best
from trucewatch.link.reasons import pair
from trucewatch.link.view import NARROW, TOLLS, View
from trucewatch.model import LinkKnowledge, Reason
from trucewatch.text.figuretext import written

FAR = 15.0  # km between two points that may still be told as one place
ACT_AND_TOLL = {"ASSAULT", "CASUALTIES"}
RIGHT = 200  # letters from the sentence of an act to that of its toll
NEXT = 500  # letters within which an article goes on about an act without telling its day and place again
AGAINST = ("other-party", "other-place", "other-figure", "disputed-figure", "other-mode", "other-object", "next-day")
WIDE = ("area", "admin", "country", "line")
SAME = 0.7  # share from which two sentences are told in the same words
LITTLE = 0.25  # share below which two utterances of one language are hardly the same
COPY = 0.85  # the same for what is not an utterance but was told by somebody
REPEAT = 0.6  # share of the words of a sentence from which a statement is taken for the same one printed again


@dataclass(frozen=True, slots=True)
class Comparison:
    """`points` reach `needed` where two claims are linked; `apart`: a reason that never allows it stands among the reasons."""

    points: float
    needed: float
    apart: bool
    reasons: tuple[Reason, ...]

    @property
    def linked(self) -> bool:
        """Whether the two tell the same happening, as far as these two alone can show."""
        return not self.apart and self.points >= self.needed


EXCLUDED = Comparison(0.0, 0.0, True, ())
APART = -(2**31)  # the margin of two claims of which a reason says that they never tell the same
UNLIKE = -2000  # that of two claims whose types never tell of one happening


def alike(one: str, other: str, knowledge: LinkKnowledge) -> bool:
    """Whether two event types may tell of one happening."""
    return one == other or (one, other) in knowledge.alike


def compare(one: View, other: View, knowledge: LinkKnowledge, *, whole: bool = True) -> Comparison | None:
    """The comparison of two claims, the same in either order; None where their types never tell of one happening. Not `whole`:
    one reason that keeps them apart is enough, and `EXCLUDED` stands for all such comparisons."""
    if other.id < one.id:
        one, other = other, one
    a, b = one.claim, other.claim
    if not alike(a.event, b.event, knowledge):
        return None
    reasons = []
    for reason in _reasons(one, other, knowledge):
        if not whole and reason.rule in knowledge.never:
            return EXCLUDED
        reasons.append(reason)
    points = sum([knowledge.weights.get(reason.rule, 0.0) for reason in reasons])
    # What one side did, another demands of it still.
    asked = a.status != b.status and "demanded" in (a.status, b.status) and {a.status, b.status} & {"occurred", "ongoing"}
    if a.article == b.article and a.event == b.event and (asked or points < knowledge.weights["needed"] - 1):
        against = [reason.rule for reason in reasons if reason.rule in AGAINST or (asked and reason.rule == "other-status")]
        reasons += [Reason("told-apart", (("reason", against[0]),))] if against else []
    apart = (whole or reasons[-1].rule == "told-apart") and any(reason.rule in knowledge.never for reason in reasons)
    if apart and not whole:
        return EXCLUDED
    kind = "needed" if a.event == b.event else "needed-toll" if (a.event, b.event) in knowledge.tolls else "needed-alike"
    needed = knowledge.weights[kind]
    return Comparison(round(points, 3), needed, apart, tuple(reasons))


def margin(one: View, other: View, knowledge: LinkKnowledge) -> int:
    """By how many thousandths of a point two claims pass what is needed, or miss it: from 0 upwards they are linked."""
    found = compare(one, other, knowledge, whole=False)
    if found is None:
        return UNLIKE
    return APART if found.apart else round((found.points - found.needed) * 1000)


def _reasons(one: View, other: View, knowledge: LinkKnowledge) -> Iterator[Reason]:
    a, b = one.claim, other.claim
    if a.event == b.event:
        yield Reason("same-event", (("event", a.event),))
    else:
        yield Reason("alike-events", (("one", a.event), ("other", b.event)))
    if a.mode and b.mode and a.event == b.event:
        yield Reason("same-mode", (("mode", a.mode),)) if a.mode == b.mode else pair("other-mode", a.mode, b.mode)
    if a.article == b.article:
        after = follows(one, other)
        if after is not None:
            yield Reason("goes-on", (("status", after.claim.status),))
    if a.article == b.article and one.sentence == other.sentence and {a.event, b.event} == ACT_AND_TOLL:
        yield Reason("same-sentence")
    one_denied = (a.status == "denied") != (b.status == "denied")
    if (
        a.article == b.article
        and a.event == b.event
        and not one_denied
        and not (one.voice and other.voice and agree(one.voice, other.voice) <= 0)
    ):
        yield Reason("same-article")
    yield from _count(one, other)
    timed = list(days(one, other, _again))
    told = [reason.rule for reason in timed]
    yield from timed
    yield from _places(one, other)
    yield from _parties(one, other, knowledge)
    if a.quantities and b.quantities:
        yield from figures(one, other)
    yield from _words(one, other, _share(one, other))
    if a.status == b.status == "denied":
        yield Reason("both-deny")
    elif "denied" in (a.status, b.status):
        yield Reason("denial")
    held = {a.status, b.status} <= {"planned", "occurred", "ongoing"} and any(r == "same-day" for r in told)
    if a.status != b.status and not held and {a.status, b.status} & {"demanded", "planned", "possible"}:
        yield pair("other-status", a.status, b.status)


def follows(one: View, other: View) -> View | None:
    """Which of two claims of an article goes on about the other's act without its day, and with no other place, for they are the
    same: "A says nine were killed on Monday. B puts the dead at five. C denies it." The toll right behind an act is its toll."""
    first, second = (one, other) if one.sentence <= other.sentence else (other, one)
    if one.claim.article != other.claim.article or first.running or second.running or first.sentence == second.sentence:
        return None
    away = second.sentence[0] - first.sentence[1]
    toll = _toll(first, second, away)
    if second.span is not None or away > NEXT or (second.voice is None and not toll):
        return None
    if second.place is not None and (first.place is None or agree(first.place, second.place) <= 0):
        return None
    if toll:
        return second
    if first.claim.status == "denied" or (first.voice and second.voice and agree(first.voice, second.voice) > 0):
        return None
    tolls = {one.claim.event, other.claim.event} <= TOLLS
    if second.claim.status == "denied":
        return second if tolls and second.place is None else None
    counted = {q.of for q in first.claim.quantities} & {q.of for q in second.claim.quantities} - {"days", "violations"}
    alike = one.claim.event == other.claim.event or (tolls and second.claim.event == "CASUALTIES")
    return second if counted and alike and first.claim.status == second.claim.status else None


def _toll(first: View, second: View, away: int) -> bool:
    """Dead or hurt people counted once, without their day, behind an act that has one. Beside another number ("120 breaches, and
    41 were killed in them") they may be of a longer time."""
    alone = {m for m in second.marks if m.isdigit()} <= {written(q.value).replace(",", "") for q in second.claim.quantities}
    told = {q.of for q in second.claim.quantities if q.scope == "new"} & {"killed", "injured"}
    acts = first.claim.event == "ASSAULT" and second.claim.event == "CASUALTIES" and first.span is not None
    return bool(told) and acts and alone and away <= RIGHT and first.claim.status == second.claim.status == "occurred"


def _again(one: View, other: View) -> bool:
    """A statement of the same voice in the same words, whatever day its print gives it. Names are none of them: a speaker with
    his office and his adversary makes half a sentence."""
    if one.running or one.claim.event != other.claim.event or one.claim.status != other.claim.status:
        return False
    said = (one.doer or other.doer) or (one.voice and other.voice)
    if not said or _speakers(one, other) != 1:
        return False
    return bool(one.quotes & other.quotes) or said_again(one, other) >= (REPEAT if one.doer and other.doer else COPY)


def said_again(one: View, other: View) -> float:
    """The share of the words of the shorter utterance that the other holds too; 0 across languages."""
    return _overlap(one.said, other.said) if one.language == other.language else 0.0


def _count(one: View, other: View) -> Iterator[Reason]:
    if one.running != other.running and one.claim.event == other.claim.event:
        counted = [v.running or not (v.claim.quantities or (v.span and v.span[1] - v.span[0] <= NARROW)) for v in (one, other)]
        if not all(counted) or one.claim.event not in ("VIOLATION", "CASUALTIES"):
            yield Reason("other-count")
    elif one.running != other.running or (one.running and one.claim.event != other.claim.event):
        yield Reason("other-count")


def _places(one: View, other: View) -> Iterator[Reason]:
    a, b = one.where, other.where
    if a is None or b is None or one.place is None or other.place is None:
        yield from _named_place(one, other)
        return
    if a.place and a.place == b.place:
        yield Reason("same-place", (("place", a.name or a.text),))
        return
    wide = [w.precision in WIDE for w in (a, b)]
    if a.country and b.country and a.country != b.country:
        yield pair("places-apart", a.text, b.text)
    elif any(wide) and a.country == b.country and a.country:
        yield pair("place-within", a.text, b.text)
    elif None not in (a.lat, a.lon, b.lat, b.lon) and not any(wide):
        near_by = _km(a.lat or 0, a.lon or 0, b.lat or 0, b.lon or 0) <= FAR
        yield pair("place-within" if near_by else "places-apart", a.text, b.text)
    else:
        same = agree(one.place, other.place)
        if same > 0:
            yield Reason("same-place", (("place", a.text),))
        elif same < 0:
            yield pair("other-place", a.text, b.text)
        elif one.place.short and one.place.short == other.place.short and one.language != other.language:
            yield Reason("place-sounds", (("place", a.text),))
        elif any(s in v.marks for p, v in ((one.place, other), (other.place, one)) for s in p.skeletons if len(s) >= LONG):
            yield Reason("place-named", (("place", a.text),))


def _named_place(one: View, other: View) -> Iterator[Reason]:
    """One tells a place, the other names it in another role ("shelled Karvosh") or elsewhere in its sentence."""
    placed, free = (one, other) if one.place else (other, one)
    if placed.place is None or free.place is not None or placed.where is None:
        return
    if any(agree(placed.place, name) > 0 for _, names in free.roles for name in names):
        yield Reason("same-place", (("place", placed.where.text),))
    elif placed.claim.article != free.claim.article or placed.sentence != free.sentence:
        bones = {s for s in placed.place.skeletons if len(s) >= LONG}
        if bones & free.marks or (placed.language == free.language and placed.place.words & free.words):
            yield Reason("place-named", (("place", placed.where.text),))


def _km(lat: float, lon: float, north: float, east: float) -> float:
    width = math.cos(math.radians((lat + north) / 2))
    return math.hypot(lat - north, (lon - east) * width) * 111.2


def _speakers(one: View, other: View) -> int:
    """1 the same speaker, -1 others, 0 not to be told."""
    ones, others = one.doer or ((one.voice,) if one.voice else ()), other.doer or ((other.voice,) if other.voice else ())
    verdicts = [agree(x, y) for x in ones for y in others]
    if one.voice and other.voice and agree(one.voice, other.voice) > 0:
        return 1
    return max(verdicts, default=0)


def _parties(one: View, other: View, knowledge: LinkKnowledge) -> Iterator[Reason]:
    elsewhere = one.claim.article != other.claim.article
    spoken = one.claim.event in knowledge.spoken and other.claim.event in knowledge.spoken
    if spoken:
        said = _speakers(one, other)
        if said > 0:
            yield Reason("same-speaker", (("voice", (one.voice or other.voice or one.doer[0]).shown),))
        elif said < 0:
            mine, theirs = (one.voice or next(iter(one.doer), None)), (other.voice or next(iter(other.doer), None))
            yield pair("other-speaker", mine.shown if mine else "?", theirs.shown if theirs else "?")
    for (role, names), (_, others) in zip(one.roles, other.roles, strict=True):
        if not names or not others or (spoken and role == "actors"):
            continue
        verdict, shown_one, shown_other = best(names, others)
        if verdict > 0:
            yield Reason("same-party", (("party", shown_one), ("role", role)))
        elif verdict < 0:
            hit = elsewhere or follows(one, other) or one.claim.event != other.claim.event  # a station is hit, workers are hurt
            hit = hit and role == "recipients" and {one.claim.event, other.claim.event} <= TOLLS
            yield pair("other-victims" if hit else "other-party", shown_one, shown_other, role=role)
    if (
        not spoken
        and one.voice
        and other.voice
        and one.claim.article != other.claim.article
        and agree(one.voice, other.voice) > 0
    ):
        yield Reason("same-voice", (("voice", one.voice.shown),))


def _share(one: View, other: View) -> float:
    """The share of the shorter sentence's words that the other holds too; 0 across languages."""
    return _overlap(one.words, other.words) if one.language == other.language else 0.0


def _overlap(words: frozenset[str], others: frozenset[str]) -> float:
    least = min(len(words), len(others))
    return len(words & others) / least if least >= 4 else 0.0


def _placed(one: View, other: View) -> frozenset[str]:
    """Skeletons of their places, which have their own reason."""
    return frozenset(s for v in (one, other) if v.place for s in v.place.skeletons)


def _words(one: View, other: View, share: float) -> Iterator[Reason]:
    if one.quotes & other.quotes and one.claim.event == other.claim.event:
        yield Reason("same-quote")
    if one.object and other.object and one.language == other.language:
        shared = one.object & other.object
        if shared:
            yield Reason("same-object", (("words", " ".join(sorted(shared))),))
        else:
            yield pair("other-object", " ".join(sorted(one.object)), " ".join(sorted(other.object)))
    (start, end), (first, last) = one.sentence, other.sentence
    if one.claim.article == other.claim.article and start < last and first < end:
        return  # the same sentence shares its words with itself
    if share >= SAME:
        yield Reason("same-words", (("share", str(round(share * 100))),))
        return
    if share < LITTLE and one.language == other.language and one.claim.article != other.claim.article and one.doer:
        yield Reason("other-words", (("share", str(round(share * 100))),))
    names = one.marks & other.marks
    names = names and names - _placed(one, other)
    if len(names) >= 2 or names & (one.named | other.named):
        yield Reason("same-names", (("names", ", ".join(sorted(names))),))
