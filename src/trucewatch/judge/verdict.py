"""The choices made for each draft, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.drafting import Draft
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.judge import day, figures, keep, place, roles, status, voice
from trucewatch.judge.case import Case
from trucewatch.packs import Pack, Weights

YES = "yes"
SHORT = 60  # items of a text of a sentence or two
ALONE = 0.25  # the chance a draft needs where nothing else of its sentence is kept
_ONE_OF: tuple[Any, ...] = (voice, day, place)


@dataclass(frozen=True, slots=True)
class Reason:
    """One choice as weighed: the task, the option in words, its chance, and the signs that weigh most."""

    task: str
    option: str
    chance: float
    signs: tuple[tuple[str, float], ...]


def judge(found: Sequence[Draft], pack: Pack) -> list[Draft]:
    """The drafts that are kept, each with its slots decided."""
    weights = pack.weights
    if not weights:
        return [draft for draft in found if draft.doubt is None]
    return [_decided(draft, pack) for draft in kept(found, pack)]


def kept(found: Sequence[Draft], pack: Pack) -> list[Draft]:
    """The drafts that tell a happening of their own. In a text of a sentence or two little speaks for anything: there a sentence
    of which nothing would be left keeps the likeliest of what the rules do not doubt."""
    weights = pack.weights.get(keep.TASK)
    if weights is None:
        return [draft for draft in found if draft.doubt is None]
    chances = [weights.chances(keep.cases(draft, pack, found)[0].signs)[YES] for draft in found]
    taken = {at for at, chance in enumerate(chances) if chance >= weights.least[YES]}
    told = {found[at].line.number for at in taken}
    alone: dict[int, int] = {}
    for at, draft in enumerate(found):
        line = draft.line.number
        if draft.setting.items < SHORT and draft.doubt is None and line not in told and chances[at] >= ALONE:
            alone[line] = max(alone.get(line, at), at, key=lambda n: (chances[n], -n))
    return [draft for at, draft in enumerate(found) if at in taken or at in alone.values()]


def _decided(draft: Draft, pack: Pack) -> Draft:
    """Each choice is weighed on the draft as the rules left it, so that none depends on the order."""
    weights = pack.weights
    out = draft
    if (known := weights.get(status.TASK)) is not None:
        out = status.decide(out, _label(status.cases(draft, pack)[0], known))
    for task in _ONE_OF:
        if (known := weights.get(task.TASK)) is not None:
            found = task.cases(draft, pack)
            out = task.decide(out, _best(day.fitting(found, out) if task is day else found, known))
    if (known := weights.get(figures.TASK)) is not None:
        out = figures.decide(
            out, [(c.option, label) for c in figures.cases(draft, pack) if (label := _label(c, known)) != figures.NONE]
        )
    if (known := weights.get(roles.TASK)) is not None and draft.head.values.get("frame") not in pack.foreign:
        out = roles.decide(out, [(c.option, known.chances(c.signs)) for c in roles.cases(draft, pack)], known.least)
    return out


def _label(case: Case[Any], weights: Weights) -> str:
    chances = weights.chances(case.signs)
    return max(chances, key=lambda label: (chances[label], label))


def _best(cases: Sequence[Case[Any]], weights: Weights) -> Any:
    return max(cases, key=lambda case: weights.sums(case.signs)[0]).option


def reasons(draft: Draft, siblings: Sequence[Draft], pack: Pack, text: str, count: int = 3) -> Iterator[Reason]:
    """Every choice made for a draft with the signs that weigh most; nothing where the rules decide alone."""
    tasks: tuple[tuple[Any, Callable[[], Sequence[Case[Any]]]], ...] = (
        (keep, lambda: keep.cases(draft, pack, siblings)),
        *((task, lambda task=task: task.cases(draft, pack)) for task in (status, *_ONE_OF, figures, roles)),
    )
    for task, cases in tasks:
        known = pack.weights.get(task.TASK)
        if known is None:
            continue
        for case in cases():
            chances = known.chances(case.signs)
            label = max(chances, key=lambda name: (chances[name], name))
            if label == "none" or task is not keep and len(chances) == 1 and chances[YES] < 0.2:
                continue
            signs = tuple(known.reasons(case.signs, label, count))
            yield Reason(task.TASK, _words(case.option, label, text), chances[label], signs)


def _words(option: Any, label: str, text: str) -> str:
    """An option as the text prints it."""
    if option is None:
        return label
    if isinstance(option, place.Spot):
        start, end = option.name or (option.line.items[option.at].start, option.line.items[option.at].end)
        return text[start:end]
    if isinstance(option, Actor):
        words = text[option.name[0] : option.name[1]]
        return words if label == YES else f"{words}: {label}"
    first, second = option
    if isinstance(second, Count):
        return f"{second.number.value:g}: {label}"
    return f"{first.start}..{first.end}" if first is not None else "no time"
