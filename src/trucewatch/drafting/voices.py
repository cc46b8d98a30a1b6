"""Who says what: the scope of every reporting word, and the chain of voices over an event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.clause.asides import asides, of
from trucewatch.clause.borders import Phrase
from trucewatch.clause.headfinal import said
from trucewatch.clause.line import Head, Line
from trucewatch.clause.relations import relations
from trucewatch.packs import Pack


@dataclass(frozen=True, slots=True)
class Scope:
    """What an operator governs: items [start, end) of the line. `who`: the phrase that speaks (None = to be found before),
    `whom`: the one asked or
    blamed; `left`: the scope lies before the word (a trailing "X said"); `impersonal`: nobody is meant ("it is recalled
    that"); `quoting`: its speaker stands inside the voice before it ("citing"); `printed`: whom it
    tells is who prints it (an agency)."""

    head: Head | None
    kind: str
    start: int
    end: int
    who: Phrase | None
    whom: Phrase | None
    cue: tuple[int, int]
    left: bool = False
    impersonal: bool = False
    quoting: bool = False
    printed: bool = False


def _coordinated(line: Line, head: Head, subject: Phrase | None) -> bool:
    """Whether a head opens a clause of its own beside the one before ("and he added"), not inside it."""
    at = min(head.at, subject.at if subject is not None else head.at)
    at -= 1
    while at >= 0 and (line.items[at].any("det", "adv", "modal", "title", "adj", "p.quote", "time", "v.be")):
        at -= 1
    if at < 0:
        return True
    item = line.items[at]
    if item.any("conj.but", "conj.while", "p.stop", "conj.then"):
        return True
    if item.has("conj.and"):
        return not line.items[head.at].has("f.ing")
    return False


def _speaks_on(line: Line, before: Head, head: Head, who: Phrase) -> bool:
    """ "The minister said that A …, and added that": where a doer follows its verb, one found before the second verb belongs to
    what was said; whoever spoke first speaks on."""
    second = (
        head.operator == "say" == before.operator and head.pos == "v" and head.at > 0 and line.items[head.at - 1].has("conj.and")
    )
    return second and before.at < who.at < head.at


def _right_end(line: Line, head: Head) -> int:
    """Where the scope to the right ends: a semicolon, or a later coordinated reporting clause."""
    if head.pos == "n":
        return _complement(line, head)
    aside = any(line.items[i].has("rel") for i in range(max(0, head.at - 3), head.at))
    for at in range(head.last, len(line.items)):
        item = line.items[at]
        if aside and (item.any("p.comma", "p.dash")) and at + 1 < len(line.items) and (line.items[at + 1].any("v", "modal")):
            return at
        if item.has("p.stop") and item.key in (";", "\u061b"):
            return at
        if (
            item.has("conj.while")
            and any(h.pos == "v" and h.at > at for h in line.heads)
            and not any(line.items[i].has("that") for i in range(at, min(at + 2, len(line.items))))
        ):
            return at
        if item.has("accord") and not _resumed(line, at):
            return at
        if head.operator in ("plan", "may", "demand", "fail") and item.has("conj.but"):
            return at
        if head.event and (item.any("p.comma", "p.dash")):
            return at
        if item.has("p.comma") and _new_clause(line, at, head):
            return at
    return len(line.items)


def _resumed(line: Line, at: int) -> bool:
    """Whether what is reported only begins behind an attribution ("local media said, citing doctors, that …")."""
    return any(line.items[k].has("that") for k in range(at + 1, min(at + 6, len(line.items))))


def _complement(line: Line, head: Head) -> int:
    """The complement of a reporting noun: up to a comma, ten items, or a finite verb that no "that" or "to" brings in."""
    opened = False
    nouns = {h.last for h in line.heads if h.event and h.pos == "n"}
    if "def" in line.items[head.at].classes and not any(
        line.items[i].has(c) for i in range(head.last, min(head.last + 1, len(line.items))) for c in ("that", "prep", "tail")
    ):
        return head.last
    for at in range(head.last, min(len(line.items), head.last + 10)):
        item = line.items[at]
        opened = opened or item.any("that", "prep.to")
        if item.any("p.comma", "p.stop", "conj.while", "rel"):
            return at
        if (
            not opened
            and at > head.last
            and not nouns & {at, at - 1}  # "a summit bringing together …"
            and any(h.at == at and h.pos == "v" and not h.features & {"f.base", "f.ing"} for h in line.heads)
        ):
            return at
    return min(len(line.items), head.last + 10)


def _new_clause(line: Line, at: int, head: Head) -> bool:
    """After a comma "and" opens a clause with a doer and a finite verb of its own; a plan or wish does not reach a past deed
    told so."""
    if at + 2 >= len(line.items) or not (line.items[at + 1].any("conj.and", "conj.then")):
        return False
    nxt = line.items[at + 2]
    if (
        head.operator in ("plan", "may", "demand", "fail")
        and nxt.has("v")
        and "f.past" in nxt.classes
        and "f.pres" not in nxt.classes
    ):
        return True
    for k in range(at + 2, min(at + 6, len(line.items))):
        if line.items[k].has("that"):
            return False
        if any(h.at == k and h.pos == "v" and not h.features & {"f.ing", "f.base"} for h in line.heads):
            return any(line.actor(i) is not None for i in range(at + 2, k))
    return False


def scopes(line: Line, pack: Pack) -> list[Scope]:
    """The scopes of a sentence, in order of their words."""
    out: list[Scope] = []
    beside = asides(line, pack)
    quotes = frozenset(a.at for a in of(beside, "quoting"))
    agencies = frozenset(a.at for a in of(beside, "agency"))
    operators: list[tuple[Head, Phrase | None, Phrase | None]] = []
    for head in line.heads:
        if not head.opens:
            continue
        found = relations(line, head, pack)
        who = next((p for p in found if p.relation == "subj"), None) or (
            next((p for p in found if p.relation in ("adj", "gen", "by", "from")), None) if head.pos == "n" else None
        )
        whom = next((p for p in found if p.is_("obj", "to", "on", "from", "against") and (who is None or p.at != who.at)), None)
        participle = "f.ing" in head.features and not (who is not None and who.at == head.at - 1)
        if operators and (participle or who is None and _joined(line, operators[-1][0], head)):
            who = (operators[-1][2] if operators[-1][0].at in quotes else None) or operators[-1][1] or who
        if operators and pack.order == "vso" and who is not None and _speaks_on(line, operators[-1][0], head, who):
            who = operators[-1][1] or who
        operators.append((head, who, whom))
    quoted = {h.at: operators[n - 1][1] for n, (h, who, _) in enumerate(operators) if n and who is operators[n - 1][2]}
    for number, (head, who, whom) in enumerate(operators):
        if pack.order == "sov":
            start, end = said(line, head)
            cue = (line.items[head.at].start, line.items[head.last - 1].end)
            unsaid = who is None and (head.pos == "n" or "f.pass" in head.features)
            out.append(Scope(head, head.operator or head.kind, start, end, who, whom, cue, False, unsaid))
            continue
        cue = (line.items[head.at].start, line.items[head.last - 1].end)
        end = _right_end(line, head)
        for later, subject, _ in operators[number + 1 :]:
            if later.at < end and later.pos == "v" and _coordinated(line, later, subject):
                own = subject is not None and head.at < subject.at < later.at  # else it speaks on for the doer of this one
                end = min(end, subject.at if own and subject is not None else later.at)
                break
        if head.operator == "say" and head.pos == "v" and _between(line, head, who):
            out.append(Scope(head, "say", 0, len(line.items), who, whom, cue, True))
            continue
        if head.operator == "say" and head.pos == "v" and _trailing(line, head, who, end):
            start = _beginning(line, min(head.at, who.at if who is not None else head.at))
            stop = min(head.at, who.at if who is not None else head.at)
            out.append(Scope(head, head.operator or head.kind, start, stop, who, whom, cue, True))
            continue
        out.append(
            Scope(
                head,
                head.operator or head.kind,
                head.last,
                end,
                who,
                whom,
                cue,
                False,
                who is None and (head.pos == "n" or _impersonal(line, head, pack)),
            )
        )
    out += [replace(s, who=quoted[s.head.at], whom=None) for s in out if s.head is not None and quoted.get(s.head.at)]
    out += [replace(s, who=s.whom, whom=None, quoting=True) for s in out if s.head is not None and s.head.at in quotes and s.whom]
    out = [replace(s, printed=True) if s.whom is not None and _prints(s.whom, agencies) else s for s in out]
    for at, item in enumerate(line.items):
        if item.has("accord"):
            who = _named_before(line, at) if pack.order == "sov" else _named_after(line, at)
            if who is not None and pack.order == "sov":
                out.append(Scope(None, "say", 0, len(line.items), who, None, (item.start, item.end), True))
            elif who is not None:
                start, end = _accord_scope(line, at, who.at)
                out.append(Scope(None, "say", start, end, who, None, (item.start, item.end), True, quoting=at in quotes))
    return out


def _impersonal(line: Line, head: Head, pack: Pack) -> bool:
    """A reporting verb without a speaker that is no continuation: passive, or a bare present at the head of its sentence."""
    if head.pos != "v":
        return False
    if "f.pass" in head.features or line.items[head.at].has("vowel.pass"):
        return True
    if pack.order == "vso":
        return "f.pres" in head.features and "f.past" not in head.features and head.at <= 2
    return head.at > 0 and line.items[head.at - 1].has("v.be")


def _joined(line: Line, before: Head, head: Head) -> bool:
    """Two reporting verbs of one speaker: only "and" opens the second."""
    at = head.at - 1
    while at > before.at and (line.items[at].any("adv", "modal", "v.be")):
        at -= 1
    return at > before.at and (line.items[at].any("conj.and", "p.comma"))


def _beginning(line: Line, stop: int) -> int:
    """Where what a closing attribution covers begins: the quotation it closes, else the last full stop or semicolon."""
    quotes = [i for i in range(stop) if line.items[i].has("p.quote")]
    if len(quotes) >= 2 and stop - quotes[-1] <= 2:
        return quotes[-2]
    return max((i + 1 for i in range(stop) if line.items[i].has("p.stop")), default=0)


def _named_after(line: Line, at: int) -> Phrase | None:
    for k in range(at + 1, min(at + 6, len(line.items))):
        if line.actor(k) is not None:
            return Phrase(k, "subj", line.actor(k))
        if line.items[k].any("p.stop", "p.comma"):
            return None
    return None


def _named_before(line: Line, at: int) -> Phrase | None:
    return next((Phrase(k, "subj", line.actor(k)) for k in range(at - 1, max(-1, at - 4), -1) if line.actor(k) is not None), None)


def _accord_scope(line: Line, at: int, who: int) -> tuple[int, int]:
    """At the head of a sentence "according to X" covers what follows, else what stands before it back to the last semicolon."""
    if at <= 1:
        return 0, len(line.items)
    start = max((i + 1 for i in range(at) if line.items[i].has("p.stop")), default=0)
    end = next((i for i in range(who, len(line.items)) if line.items[i].any("p.stop", "conj.while")), len(line.items))
    return start, end


def _between(line: Line, head: Head, who: Phrase | None) -> bool:
    """ "…, X says, …": the reporting clause stands between two commas inside what it reports."""
    if who is None:
        return False
    first, last = min(head.at, who.at), max(head.last - 1, who.at)
    if first == 0 or last + 1 >= len(line.items):
        return False
    before, after = line.items[first - 1], line.items[last + 1]
    return (before.any("p.comma", "p.quote")) and after.has("p.comma") and any(h.event for h in line.heads if h.at < first)


def _trailing(line: Line, head: Head, who: Phrase | None, end: int) -> bool:
    """A reporting verb that closes what it reports: a comma or quotation mark before it (or before its subject), nothing to
    report after it."""
    first = min(head.at, who.at) if who is not None else head.at
    before = first - 1
    if before >= 0 and line.items[before].has("conj.and"):
        return False
    while (
        before >= 0
        and line.items[before].any("adv", "det", "conj", "rel", "prep.on", "prep.by", "v.be")
        and not line.items[before].has("p")
    ):
        before -= 1
    if before < 0 or not (line.items[before].any("p.comma", "p.quote", "p.dash")):
        return False
    after = (
        line.items[max(head.last, who.at + 1 if who is not None else 0)]
        if max(head.last, who.at + 1 if who is not None else 0) < len(line.items)
        else None
    )
    follow = max(head.last, who.at + 1 if who is not None else 0)
    if any(i.has("that") for i in line.items[follow : follow + 3]):
        return False
    if after is not None and (after.any("that", "p.colon", "p.quote")):
        return False
    return not any(h.event for h in line.heads if head.at < h.at < end and h.pos == "v") and any(
        h.event for h in line.heads if h.at < first
    )


def over(found: Sequence[Scope], at: int, background: bool = False) -> list[Scope]:
    """The scopes that hold at an item, outermost first: scopes to the left of their word (trailing) are outer, then by where
    they begin.

    A closing attribution covers the main clauses, not the outlet's own background ("since the truce began").
    """
    holding = [
        s
        for s in found
        if s.start <= at < s.end and (s.head is None or not s.head.at <= at < s.head.last) and not (s.left and background)
    ]
    return sorted(holding, key=lambda s: (not s.left or s.quoting, _place(s), s.start, -s.end))


def _prints(whom: Phrase, agencies: frozenset[int]) -> bool:
    """Whether somebody told prints news: the media, an agency by name or by its common noun."""
    told = whom.actor is not None and (whom.actor.kind == "media" or "name.agency" in whom.actor.classes)
    return told or whom.at in agencies and whom.actor is not None and whom.actor.kind == "organisation"


def _place(scope: Scope) -> int:
    """Where a voice stands in the chain: at its speaker where that is named before what it says."""
    return scope.start if scope.who is None or scope.who.at >= scope.start and not scope.quoting else scope.who.at
