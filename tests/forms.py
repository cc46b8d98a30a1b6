"""What the grammar reads in one sentence, in the short form of tests/cases/*/news: figures and times."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from trucewatch.clause.prepare import grammar_of, sentence_tokens
from trucewatch.drafting.when import Context, resolve
from trucewatch.grammar import Mark, Parse, parse
from trucewatch.grammar.numbers import Count, Number
from trucewatch.grammar.times import Time
from trucewatch.model import When
from trucewatch.model.codes import QUANTITY_KINDS
from trucewatch.packs.load import load

READ_ON = date(2026, 3, 18)  # the day on which the sentences of news are read
CASES = Path(__file__).parent / "cases"


def read(text: str, language: str) -> Parse:
    """One sentence, parsed with the real pack."""
    pack = load(language)
    return parse(grammar_of(pack), sentence_tokens(text, 0, len(text), pack), text)


def inner(mark: Mark, wanted: Callable[[Mark], bool]) -> Iterator[Mark]:
    """The outermost marks that are wanted, in a mark of the last floor."""
    if wanted(mark):
        yield mark
    elif mark.label not in ("skip", "clock", "time"):
        for part in mark.parts:
            yield from inner(part, wanted)


def counted(parsed: Parse) -> Iterator[tuple[Mark, Number, str | None]]:
    """Each figure with what it counts, ordinals too."""
    for item in parsed.items:
        for mark in inner(item.mark, lambda m: isinstance(m.value, (Number, Count))) if item.mark else ():
            value = mark.value
            yield mark, value.number if isinstance(value, Count) else value, value.of if isinstance(value, Count) else None


def figures(parsed: Parse) -> list[str]:
    """`value bound code` of each figure that is no ordinal; `value share` of a part in a hundred; a range is low-high."""
    out = []
    for _, number, of in counted(parsed):
        if number.ordinal:
            continue
        value = "-".join(f"{v:.15g}" for v in (number.value, number.high) if v is not None)
        kind = "share" if "number.share" in number.classes else number.bound
        out.append(f"{value} {kind} {of if of in QUANTITY_KINDS else ''}".strip())
    return out


def told(parsed: Parse) -> Iterator[tuple[Mark, Time]]:
    """Each time that is no time of day."""
    for item in parsed.items:
        for mark in inner(item.mark, lambda m: m.label in ("time", "clock")) if item.mark else ():
            if isinstance(mark.value, Time):
                yield mark, mark.value


def places(parsed: Parse, context: Context) -> list[str]:
    """The day, or `first..last`, of each time that can be placed."""
    out = []
    for _, time in told(parsed):
        when = resolve(time, context, None, None)
        if when is not None:
            out.append(str(when.start) if when.start == when.end else f"{when.start or ''}..{when.end or ''}")
    return out


def right(topic: str, language: str, case: dict[str, Any]) -> list[str] | None:
    """None where all that is expected is read and nothing else, else what is read. A code is asked for where the case has one."""
    parsed = read(case["text"], language)
    wanted = [str(e) for e in case["expect"]]
    if topic == "numbers":
        found = figures(parsed)
        same = len(found) == len(wanted) and all(
            f == w or len(w.split()) == 2 and f.startswith(w + " ") for f, w in zip(found, wanted, strict=True)
        )
        return None if same else found
    before = case.get("told")
    earlier = When(str(before[0]), str(before[1]), "day", "stated") if before else None
    found = places(parsed, Context(case.get("published", READ_ON), earlier, None, case.get("future", False)))
    return None if found == wanted else found


def news(topic: str, language: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / topic / "news" / f"{language}.yaml").read_text("utf-8"))
    return loaded


def misses(topic: str, language: str) -> list[str]:
    """What is not read as it should be: `text | expected | read`."""
    out = []
    for case in news(topic, language):
        found = right(topic, language, case)
        if found is not None:
            out.append(f"{case['text']} | {case['expect']} | {found}")
    return out
