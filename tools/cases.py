"""Count the hand-made cases of eval/cases: fields of a claim that the scorer does not see, each compared exactly.

    python tools/cases.py               the table; exit 1 when a figure fell below its floor in eval/floors-cases.json
    python tools/cases.py --raise       lift every floor to what is reached now; no floor is lowered
    python tools/cases.py --show mode   what is missed in this field, at odd positions only: the even ones stay unseen

A text is met where it is the same after folding, without punctuation at its edges and an article at its beginning.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.floors import Table, below, raised, written
from trucewatch.coder import code
from trucewatch.model import Article, Claim
from trucewatch.model.codes import EVENTS, MODES, SCOPES, VOICE_KINDS
from trucewatch.packs import Pack, load
from trucewatch.packs.strict import read_yaml
from trucewatch.text.fold import fold_text
from trucewatch.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "eval" / "cases"
FLOORS = ROOT / "eval" / "floors-cases.json"
FIELDS = ("mode", "refers", "cause", "object", "speaker", "period", "scope", "about")
EDGES = " \"'()[].,;:!?،؛؟-–—"
Want = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One text with what it must give; `number` counts from 1 in its file, `articles` are those of its language."""

    language: str
    number: int
    text: str
    published: str
    expect: tuple[Want, ...]
    articles: tuple[str, ...]

    @property
    def half(self) -> str:
        return "odd" if self.number % 2 else "even"


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of one wanted claim, and whether the coder gave it; `have` is None where it found no such claim."""

    case: Case
    want: Want
    field: str
    right: bool
    have: Claim | None


def cases(folder: Path = CASES) -> tuple[Case, ...]:
    """All cases, language by language, in the order of their files."""
    out = []
    for path in sorted(folder.glob("*.yaml")):
        data = read_yaml(path)
        for number, row in enumerate(data["cases"], 1):
            out.append(Case(path.stem, number, row["text"], row["published"], tuple(row["expect"]), tuple(data["articles"])))
    return tuple(out)


def faults(case: Case) -> list[str]:
    """What is wrong with the case itself: words that its text does not hold, codes that no claim can have."""
    out = []
    for want in case.expect:
        texts = [want["at"], *(want.get("cause") or ()), *(want[f] for f in ("refers", "object") if want.get(f))]
        texts += [link.partition(": ")[2] for link in want.get("speaker", ())]
        out += [f"the text has no «{text}»" for text in texts if _plain(text, case) not in fold_text(case.text)]
        out += [f"no voice is a {link}" for link in want.get("speaker", ()) if link.partition(":")[0] not in VOICE_KINDS]
        out += [f"no scope is {q['scope']}" for q in want.get("quantities", ()) if q.get("scope", "new") not in SCOPES]
        if want["event"] not in EVENTS:
            out.append(f"no event is {want['event']}")
        elif want.get("mode") and want["mode"] not in MODES[want["event"]]:
            out.append(f"{want['event']} has no mode {want['mode']}")
        out += [f"no field is {key}" for key in want if key not in (*FIELDS, "event", "at", "quantities")]
    return out


@cache
def _rules(language: str) -> Pack:
    """The pack without the judge: these fields are the rules' to give, also where the judge would not keep so short a text."""
    return replace(load(language), weights={})


def answers(case: Case) -> Iterator[Answer]:
    """The fields the case is about, each right or wrong. A claim fits by its event and by a trigger that its evidence holds, or
    else its sentence; where several fit, the one with most right answers."""
    pack = _rules(case.language)
    claims = code(Article("case", case.text, case.language, published=date.fromisoformat(case.published)), pack)
    cuts = tuple(sentences(case.text, 0, len(case.text), pack.ends, pack.abbreviations))
    for want in case.expect:
        at = case.text.index(want["at"])
        same = [c for c in claims if c.event == want["event"]]
        fit = [c for c in same if c.evidence[0].start <= at < c.evidence[0].end] or [
            c for c in same if any(s.start <= min(at, c.evidence[0].start) and max(at, c.evidence[0].start) < s.end for s in cuts)
        ]
        told = [list(_compared(want, claim, case)) for claim in fit]
        best = max(range(len(fit)), key=lambda n: sum(right for _, right in told[n]), default=None)
        if best is None:
            yield from (Answer(case, want, field, False, None) for field in asked(want))
        else:
            yield from (Answer(case, want, field, right, fit[best]) for field, right in told[best])


def asked(want: Want) -> list[str]:
    """The fields a wanted claim names, `period` and `scope` once for each figure that names them."""
    figures = [part for figure in want.get("quantities", ()) for part in ("period", "scope") if part in figure]
    return [field for field in FIELDS if field in want] + figures


def table(found: Sequence[Answer]) -> dict[str, dict[str, dict[str, tuple[int, int]]]]:
    """Half -> language -> field -> (right, all)."""
    asked_, right = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for answer in found:
        key = (answer.case.half, answer.case.language, answer.field)
        asked_[key] += 1
        right[key] += answer.right
    out: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for half, language, field in sorted(asked_, key=lambda key: (key[0] != "odd", key[1], FIELDS.index(key[2]))):
        key = (half, language, field)
        out.setdefault(half, {}).setdefault(language, {})[field] = (right[key], asked_[key])
    return out


def shares(counts: Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]) -> dict[str, Table]:
    """The table as shares of exact answers."""
    return {
        half: {language: {field: right / whole for field, (right, whole) in row.items()} for language, row in rows.items()}
        for half, rows in counts.items()
    }


def _compared(want: Want, claim: Claim, case: Case) -> Iterator[tuple[str, bool]]:
    have = claim.public()
    for field in (f for f in FIELDS if f in want):
        if field in ("mode", "about"):
            yield field, have[field] == want[field]
        elif field == "cause":
            yield field, [_plain(p["text"], case) for p in have[field]] == [_plain(text, case) for text in want[field]]
        elif field == "speaker":
            yield field, [_link(v, case) for v in have[field]] == [_wanted(link, case) for link in want[field]]
        else:
            told = have[field]["text"] if have[field] else None
            yield field, _plain(told, case) == _plain(want[field], case)
    for figure in want.get("quantities", ()):
        same = [q for q in have["quantities"] if all(q[key] == figure[key] for key in ("of", "value") if key in figure)]
        if "period" in figure:
            yield "period", any(_days(q["period"]) == figure["period"] for q in same)
        if "scope" in figure:
            yield "scope", any(q["scope"] == figure["scope"] for q in same)


def _days(period: Mapping[str, str] | None) -> list[str] | None:
    return None if period is None else [period["start"], period["end"]]


def _link(voice: Mapping[str, Any], case: Case) -> tuple[str, str]:
    return voice["kind"], _plain(voice["text"], case)


def _wanted(link: str, case: Case) -> tuple[str, str]:
    kind, _, text = link.partition(": ")
    return kind, _plain(text, case)


def _plain(text: str | None, case: Case) -> str:
    out = fold_text(text or "").strip(EDGES)
    return next((out.removeprefix(fold_text(a)) for a in case.articles if out.startswith(fold_text(a))), out).strip(EDGES)


def _shown(answer: Answer) -> str:
    rows = [f"{answer.case.language} {answer.case.number}: {answer.case.text}", f"    wants {dict(answer.want)}"]
    if answer.have is None:
        return "\n".join([*rows, "    no such claim"])
    have = answer.have.public()
    field = "quantities" if answer.field in ("period", "scope") else answer.field
    return "\n".join([*rows, f"    has {json.dumps(have[field], ensure_ascii=False)}  {', '.join(answer.have.coder.rules)}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    parser.add_argument("--show", choices=FIELDS, help="print what is missed in this field at odd positions")
    parser.add_argument("--lang", help="this language only, with --show")
    given = parser.parse_args()
    found = [answer for case in cases() for answer in answers(case)]
    if given.show:
        for answer in found:
            wanted = not answer.right and answer.field == given.show and given.lang in (None, answer.case.language)
            if wanted and answer.case.half == "odd":
                print(_shown(answer))
        return
    counts = table(found)
    floors: dict[str, Table] = json.loads(FLOORS.read_text("utf-8"))
    for half, rows in counts.items():
        for language, row in rows.items():
            print(f"{half:4} {language}" + "".join(f"  {field} {right}/{whole}" for field, (right, whole) in row.items()))
    figures = shares(counts)
    missed = [f"{half} {line}" for half, rows in floors.items() for line in below(rows, figures.get(half, {}))]
    if missed:
        sys.exit("\n".join(missed))
    if given.lift:
        FLOORS.write_text(written({half: raised(rows, figures[half]) for half, rows in floors.items()}), "utf-8")
    print("every figure is at its floor or above")


if __name__ == "__main__":
    main()
