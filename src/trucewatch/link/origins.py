"""Origins: which claims of a happening go back to one utterance. Copies of a wire and many prints of one official's words count
as one independent source; the first print found dates it."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from trucewatch.link.amounts import quantity_pairs
from trucewatch.link.bounds import compatible
from trucewatch.link.counts import plain
from trucewatch.link.names import agree
from trucewatch.link.view import View, iso
from trucewatch.model import LinkKnowledge, Origin, Reason, Voice

GRAM = 4  # words of a shingle
COPIED = 0.5  # share of the shorter text's shingles from which the other is a copy
SHORT = 8  # shingles below which a text is too short to tell
TRANSLATED = 3  # days between the prints of one statement in two languages
UNNAMED = ("source", "official", "media")
BODIES = ("organisation", "office")
NAMED_ALIKE = ("organisation", "office", "official", "source", "document")


def origins(views: Sequence[View], knowledge: LinkKnowledge) -> tuple[Origin, ...]:
    """The origins of the claims of one happening, the earliest first; each claim belongs to exactly one."""
    ordered = sorted(views, key=lambda v: v.id)
    group = {v.id: [v] for v in ordered}
    why: dict[str, list[Reason]] = {v.id: [] for v in ordered}
    for _, one, other, reason in [*_edges(ordered, knowledge), *_lone(ordered)]:
        first, second = group[one.id], group[other.id]
        if first is not second:
            if reason.rule == "translated" and any(_others(a, b) for a in first for b in second):
                continue
            first += second
            for member in second:
                group[member.id] = first
        why[one.id].append(reason)
    found = {id(members): members for members in group.values()}
    made = [_origin(members, tuple(dict.fromkeys(r for v in members for r in why[v.id]))) for members in found.values()]
    return tuple(sorted(made, key=lambda o: (o.day or "9", o.id)))


def _edges(ordered: Sequence[View], knowledge: LinkKnowledge) -> list[tuple[tuple[int, str, str], View, View, Reason]]:
    """Pairs of one source, the surest first: a translation is only guessed by what is said, so it comes last, the likeliest
    first."""
    grams = {v.id: shingles(v.block) for v in ordered}
    out = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            for reason in _one_source(one, other, grams, knowledge):
                rank = 1000 - _likeness(one, other) if reason.rule == "translated" else 0
                out.append(((rank, one.id, other.id), one, other, reason))
                break
    return sorted(out, key=lambda edge: edge[0])


def _lone(ordered: Sequence[View]) -> Iterator[tuple[tuple[int, str, str], View, View, Reason]]:
    """Two languages with one voice each, of the same kind, in prints of the same days: taken for a translation."""
    voiced = [v for v in ordered if v.voice is not None and v.claim.status != "denied"]
    for at, one in enumerate(voiced):
        for other in voiced[at + 1 :]:
            if one.language == other.language or not one.voice or not other.voice or agree(one.voice, other.voice) != 0:
                continue
            alone = all(
                not any(_others(v, w) for v in voiced for w in voiced if v.language == w.language == language)
                for language in (one.language, other.language)
            )
            kinds = _inner(one).kind in NAMED_ALIKE and _inner(other).kind in NAMED_ALIKE
            if alone and kinds and _printed_apart(one, other) <= 1 and not (_disagree(one, other) or _stranger(one, other)):
                yield (2000, one.id, other.id), one, other, Reason("translated")


def _disagree(one: View, other: View) -> bool:
    pairs = list(quantity_pairs(one, other))
    return bool(pairs) and not any(compatible(q, p) for q, p in pairs)


def _stranger(one: View, other: View) -> bool:
    """Whether the voice of one is somebody whom the other's voice tells of."""
    pairs = [(one, other), (other, one)]
    return any(
        v.voice and w.voice and agree(v.voice, name) > 0 and agree(w.voice, name) < 0
        for v, w in pairs
        for _, names in w.roles
        for name in names
    )


def _likeness(one: View, other: View) -> int:
    roles = dict(other.roles)
    same = sum(agree(x, y) > 0 for role, names in one.roles for x in names for y in roles[role])
    figures = sum(q.value == p.value for q, p in quantity_pairs(one, other))
    return 3 * same + 2 * figures + len(one.marks & other.marks)


def _others(one: View, other: View) -> bool:
    """Whether two claims are surely told by different voices."""
    if one.voice is None or other.voice is None:
        return False
    alike = agree(one.voice, other.voice)
    return alike < 0 or (alike == 0 and one.language == other.language)


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """All runs of four words."""
    return frozenset(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))


def _one_source(
    one: View, other: View, grams: Mapping[str, frozenset[tuple[str, ...]]], knowledge: LinkKnowledge
) -> Iterator[Reason]:
    if one.claim.status == "denied" and other.claim.status != "denied" and not _same_voice(one, other, knowledge):
        return
    ours, theirs = grams[one.id], grams[other.id]
    least = min(len(ours), len(theirs))
    told_by = (one.voice is None) == (other.voice is None) and not _others(one, other)
    if told_by and one.claim.article != other.claim.article and least >= SHORT and len(ours & theirs) >= COPIED * least:
        yield Reason("copy", (("share", str(round(100 * len(ours & theirs) / least))),))
    if _same_voice(one, other, knowledge):
        voice = one.voice or other.voice
        yield Reason("same-speaker", (("voice", voice.shown if voice else "?"),))
    elif _translated(one, other):
        yield Reason("translated")
    if one.voice is None and other.voice is None:
        yield from _one_print(one, other)


def _one_print(one: View, other: View) -> Iterator[Reason]:
    """Two claims that nobody is named for: of one print, or of the agency or outlet that both give. A sentence of its own belongs
    to the agency that the article credits, and only without one to the outlet."""
    ours, theirs = _printers(one), _printers(other)
    shared = sorted(ours & theirs)
    if one.claim.article == other.claim.article and ours == theirs:
        yield Reason("same-article")
    elif shared == [one.outlet] == [other.outlet]:
        yield Reason("same-outlet", (("outlet", shared[0]),))
    elif shared or any(agree(x, y) > 0 for x in one.credited for y in other.credited):
        yield Reason("same-agency", (("agency", (shared or sorted(one.agencies))[0]),))
    elif _wire(one, other):
        yield Reason("translated")


def _wire(one: View, other: View) -> bool:
    """Two languages, each with an agency whose name is translated, in prints of the same days that name the same: one wire."""
    if one.language == other.language or not (one.credited and other.credited) or _printed_apart(one, other) > 1:
        return False
    return len(one.marks & other.marks) >= 2 and not _disagree(one, other)


def _printers(view: View) -> frozenset[str]:
    """Whose own words a claim without a voice is: media that it quotes, else the agencies credited, else the outlet."""
    quoted = {v.party for v in view.claim.speaker if v.kind in ("media", "agency") and v.party}
    return frozenset(quoted or view.agencies or ({view.outlet} if view.outlet else ()))


def _same_voice(one: View, other: View, knowledge: LinkKnowledge) -> bool:
    if one.voice is None or other.voice is None or agree(one.voice, other.voice) <= 0 or _two_bodies(one, other):
        return False
    unnamed = _unnamed(one, knowledge) or _unnamed(other, knowledge)
    return not unnamed or one.claim.article == other.claim.article or _same_content(one, other)


def _unnamed(view: View, knowledge: LinkKnowledge) -> bool:
    """Whether a voice is somebody who is not told: "an official", "local authorities"."""
    if view.voice is None or view.voice.party:
        return False
    return _inner(view).kind in UNNAMED or not view.voice.words or plain(view.voice.shown) in knowledge.authorities


def _two_bodies(one: View, other: View) -> bool:
    """Bodies of one name's place but of another kind: the defence front and the civil defence of a town."""
    if one.voice is None or other.voice is None or one.language != other.language or (one.voice.party and other.voice.party):
        return False
    bodies = all(_inner(v).kind in BODIES for v in (one, other))
    return bodies and bool(one.voice.words - other.voice.words) and bool(other.voice.words - one.voice.words)


def _translated(one: View, other: View) -> bool:
    """Two languages, and a name that is translated, not spelt: taken for one voice where what they say agrees."""
    if one.voice is None or other.voice is None or one.language == other.language or agree(one.voice, other.voice) != 0:
        return False
    first, second = _inner(one), _inner(other)
    if first.kind not in NAMED_ALIKE or second.kind not in NAMED_ALIKE or _printed_apart(one, other) > TRANSLATED:
        return False
    if _disagree(one, other) or _stranger(one, other):
        return False
    spoken = (one.doer and other.doer) or one.claim.status == other.claim.status == "denied"
    return bool(spoken) or _same_content(one, other)


def _printed_apart(one: View, other: View) -> int:
    return abs((one.printed or 0) - (other.printed or 0))


def _inner(view: View) -> Voice:
    return next(v for v in reversed(view.claim.speaker) if v.kind not in ("outlet", "agency", "media"))


def _same_content(one: View, other: View) -> bool:
    """The same figure, the same quoted words, or most words of the sentence."""
    pairs = quantity_pairs(one, other)
    if any(q.value == p.value for q, p in pairs) or one.quotes & other.quotes:
        return True
    least = min(len(one.words), len(other.words))
    return one.language == other.language and least > 0 and len(one.words & other.words) >= 0.5 * least


def _origin(members: Sequence[View], reasons: tuple[Reason, ...]) -> Origin:
    first = min(members, key=_when)
    ids = tuple(sorted(v.id for v in members))
    rules = {reason.rule for reason in reasons}
    if first.voice is not None:
        kind = "voice"
    elif "copy" in rules:
        kind = "copy"
    elif "same-agency" in rules or first.agencies:
        kind = "agency"
    else:
        kind = "outlet"
    day = _when(first)[0]
    digest = blake2b("|".join(ids).encode(), digest_size=8).hexdigest()
    return Origin(
        id=f"o:{digest}",
        kind=kind,
        claims=ids,
        first=first.id,
        day=iso(day) if day < 10**7 else None,
        articles=len({v.claim.article for v in members}),
        reasons=reasons or (Reason("own-voice"),),
    )


def _when(view: View) -> tuple[int, int, str]:
    """The day it was first told in public: the day of print, or of the utterance where that is told and earlier."""
    printed = view.printed if view.printed is not None else 10**7
    said = view.span[0] if view.doer and view.span and view.firm else printed
    return min(printed, said), printed, view.id
