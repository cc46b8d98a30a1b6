"""Order sov: objects, complements and what is reported stand before their head; endings and postpositions behind a phrase
tell its relation."""

from collections.abc import Iterator

from trucewatch.clause.borders import Phrase, behind, fills, phrase_at
from trucewatch.clause.line import Head, Line

FAR = 30  # items a head looks back: a reporting verb closes a sentence that its subject opens


def finite(head: Head) -> bool:
    """A verb that closes its clause: no participle, verbal noun or converb."""
    return head.pos == "v" and not head.features & {"f.ing", "f.base", "f.pp"}


def clause_start(line: Line, at: int) -> int:
    """The first item of the clause that ends at `at`: behind the finite verb, semicolon or contrast before it."""
    for k in range(at - 1, -1, -1):
        if line.items[k].any("p.stop", "conj.but") or any(h.at <= k < h.last and finite(h) for h in line.heads):
            return k + 1
    return 0


def lefts(line: Line, head: Head) -> list[Phrase]:
    """The phrases in relation to a head.

    A nominative far from the verb is its doer, one beside it may be its object; the genitive is the doer of a verbal noun or
    possessor of a noun; a participle has its doer behind it.
    """
    if head.pos != "v" and not head.features & {"f.past", "f.pres"}:
        return list(_of_noun(line, head))
    marked: list[Phrase] = []
    bare: list[Phrase] = []
    owner: Phrase | None = None
    inner = False
    start = clause_start(line, head.at)
    for at in range(head.at - 1, max(start, head.at - FAR) - 1, -1):
        inner = inner or any(h.last - 1 == at and h.pos == "v" for h in line.heads)
        if not fills(line, at):
            continue
        phrase = _phrase(line, at)
        if phrase.relation == "gen":
            if not finite(head) and not inner and owner is None and _near_noun(line, at, head) is None:
                owner = phrase
                break
        elif phrase.relation == "":
            bare.append(phrase)
        elif not inner:
            marked.append(phrase)
    return _slots(line, head, owner, bare, marked)


def _slots(line: Line, head: Head, owner: Phrase | None, bare: list[Phrase], marked: list[Phrase]) -> list[Phrase]:
    subject, thing = owner, None
    if "f.pp" in head.features:
        subject = next(
            (phrase_at(line, k, "") for k in range(head.last, min(head.last + 3, len(line.items))) if fills(line, k)), None
        )
    nearest = bare[0] if bare else None
    beside = nearest is not None and all(line.items[i].any("adv", "number", "clitic") for i in range(nearest.at + 1, head.at))
    takes = head.values.get("frame") in ("kill", "release", "act", "undergo", "give") and not any(
        p.relation == "obj" for p in marked
    )
    passive = "f.pass" in head.features
    if (
        nearest is not None
        and beside
        and takes
        and not passive
        and (len(bare) > 1 or owner or "f.pp" in head.features or nearest.count)
    ):
        thing, bare = nearest, bare[1:]
    if subject is None and bare:
        subject = bare[-1]
    out = [] if subject is None else [Phrase(subject.at, "obj" if passive else "subj", subject.actor, subject.count)]
    if thing is not None:
        out.append(Phrase(thing.at, "obj", thing.actor, thing.count))
    return out + [p for p in reversed(marked) if all(p.at != q.at for q in out)]


def _phrase(line: Line, at: int) -> Phrase:
    found, ending = behind(line, at)
    if found and found[0] == "on" and ending:
        found = ("obj", *found[1:])
    return phrase_at(line, at, found[0] if found else "", found[1:])


def _near_noun(line: Line, at: int, head: Head) -> Head | None:
    """The noun head between a genitive and a verb, which it belongs to rather than to the verb ("B's attack was told")."""
    return next((h for h in line.heads if at < h.at < head.at and h.pos == "n" and h.at <= at + 3), None)


def _of_noun(line: Line, head: Head) -> Iterator[Phrase]:
    first = True
    for at in range(head.at - 1, max(clause_start(line, head.at), head.at - 12) - 1, -1):
        item = line.items[at]
        if item.any("p.comma") or any(h.last - 1 == at and h.pos == "v" for h in line.heads):
            return
        if not fills(line, at):
            continue
        phrase = _phrase(line, at)
        near = all(
            line.items[i].any("adj", "adv", "number", "quantity", "clitic", "p.quote", "det") for i in range(at + 1, head.at)
        )
        if phrase.relation == "" and not (first and near):
            return
        if phrase.relation in ("", "gen"):
            yield Phrase(at, "adj", phrase.actor, phrase.count, ("gen",))
            yield Phrase(at, "gen", phrase.actor, phrase.count)
        elif phrase.relation != "obj":
            yield phrase
        first = False


def said(line: Line, head: Head) -> tuple[int, int]:
    """What an operator governs: its clause up to itself; a noun only the words right before it."""
    start = clause_start(line, head.at)
    if head.pos != "v":
        comma = next((k + 1 for k in range(head.at - 1, start - 1, -1) if line.items[k].has("p.comma")), start)
        start = max(start, comma, head.at - 10)
    return start, head.at
