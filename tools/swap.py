"""The swap test: a sentence with its parties exchanged must give the same claims, exchanged, whoever the parties are.

    python tools/swap.py                every template with every ordered pair of its dozen parties; writes proofs/swap/all.json
    python tools/swap.py --rules        the same without the judge's weights; writes proofs/swap/rules.json
    python tools/swap.py --lang ar --only 17 --show      one template, what is unlike printed, nothing written

Templates, parties and the list of templates known to be unequal stand in tests/cases/mirrors. Every sentence is invented; it is
built here and kept nowhere. A template that is in the output already, and was made of the same code and data, is not run again.
Exit 1 where a template is unequal that the list does not hold. A listed one that came out equal is told: weights differ.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from trucewatch import coder
from trucewatch.model import Article, Claim
from trucewatch.packs import Pack, load
from trucewatch.packs.strict import read_yaml

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "mirrors"
PROOFS = ROOT / "proofs" / "swap"
LANGUAGES = ("ar", "en")
DATA = (*(f"languages/{code}" for code in LANGUAGES), "judge", "ontology", "world")
PUBLISHED = date(2026, 1, 12)
SLOT = re.compile(r"\{([XYxy])(?::([^}]*))?\}")
Signature = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """`id`: what the coder should make of the name, None where the world does not know it; `form`: which form of a word agrees
    with it, from 1."""

    name: str
    id: str | None = None
    form: int = 1


@dataclass(frozen=True, slots=True)
class Template:
    """`parties`: the dozens it is run with; `unequal`: why it is known to be unequal, None where it is not."""

    language: str
    text: str
    dozens: tuple[tuple[Party, ...], ...]
    unequal: str | None

    @property
    def pairs(self) -> list[tuple[Party, Party]]:
        """Every ordered pair within each dozen."""
        return [pair for dozen in self.dozens for pair in permutations(dozen, 2)]


@dataclass(frozen=True, slots=True)
class Told:
    """A template filled: its text, its claims, and each without the words of its parties."""

    text: str
    claims: tuple[Claim, ...]
    signatures: tuple[Signature, ...]


@cache
def templates(language: str) -> tuple[Template, ...]:
    """Those of the file, in its order; the real dozen stands only in the harmless ones."""
    data = read_yaml(CASES / f"{language}.yaml")
    invented, known = (tuple(Party(**row) for row in data[key]) for key in ("parties", "known"))
    rows = [*((text, (invented,)) for text in data["sentences"]), *((text, (invented, known)) for text in data["harmless"])]
    return tuple(Template(language, text, dozens, data["unequal"].get(text)) for text, dozens in rows)


@cache
def pack(language: str, rules: bool = False) -> Pack:
    """The language's pack with the invented parties; `rules`: without the judge's weights."""
    found = load(language, CASES / "packs")
    return replace(found, weights={}) if rules else found


def filled(template: str, first: Party, second: Party) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The sentence, and where each of the two parties stands in it."""
    text, end = "", 0
    at: dict[str, list[tuple[int, int]]] = {"X": [], "Y": []}
    for match in SLOT.finditer(template):
        text += template[end : match.start()]
        end = match.end()
        party = first if match[1] in "Xx" else second
        if match[2] is not None:
            text += match[2].split("|")[party.form - 1]
            continue
        word = party.name[:1].upper() + party.name[1:] if match[1].islower() else party.name
        at[match[1].upper()].append((len(text), len(text) + len(word)))
        text += word
    return text + template[end:], at


def telling(template: Template, first: Party, second: Party, *, rules: bool = False) -> Told:
    """What the coder makes of the template with this pair."""
    text, at = filled(template.text, first, second)
    claims = coder.code(Article("swap", text, template.language, published=PUBLISHED), pack(template.language, rules))

    def name(start: int | None, end: int | None) -> str:
        if start is None or end is None:
            return "-"
        within = [key for key, spans in at.items() if any(start < b and a < end for a, b in spans)]
        return "+".join(within) or text[start:end]

    ids = {_owner(party.id): key for key, party in (("X", first), ("Y", second)) if party.id}
    return Told(text, claims, tuple(sorted(signature(claim, name, ids) for claim in claims)))


def _owner(party: str) -> str:
    """The state of an organ (TRM of TRM.mil), else the party itself."""
    return party.partition(".")[0]


def signature(claim: Claim, name: Any, ids: Mapping[str, str]) -> Signature:
    """A claim without the words and ids of its parties: `name` tells by a span which of them (or what else) stands there, `ids`
    by an id. A party that the world does not know cannot have its id, and the forces of a state have one of their own; that
    alone is no difference."""

    def part(value: Any) -> str:
        who = name(value.start, value.end)
        meant = ids.get(_owner(value.party), value.party) if value.party else None
        return who if who in ("X", "Y") and meant in (None, who) else f"{who} ({meant})"

    roles = [f"{slot} {part(r)} {r.as_}" for slot in ("actors", "recipients", "participants") for r in getattr(claim, slot)]
    voices = [part(v) if v.text else v.kind for v in claim.speaker]
    when = str(claim.when and (claim.when.start, claim.when.end, claim.when.grain))
    where = name(claim.where.start, claim.where.end) if claim.where else "-"
    figures = sorted(str((q.of, q.value, q.bound, q.scope)) for q in claim.quantities)
    return claim.event, str(claim.mode), claim.status, " > ".join(voices), *sorted(roles), when, where, *figures


def unlike(one: Told, two: Told) -> str:
    """What differs between two tellings that should be the same; empty where nothing does."""
    if one.signatures == two.signatures:
        return ""
    only = [sorted(set(a.signatures) - set(b.signatures)) for a, b in ((one, two), (two, one))]
    return f"{one.text}\n  {only[0]}\n{two.text}\n  {only[1]}"


def run(template: Template, *, rules: bool = False) -> dict[str, Any]:
    """A row of the output: pairs, those unlike their exchange, and how many ways of reading the pairs gave in all."""
    told = {pair: telling(template, *pair, rules=rules) for pair in template.pairs}
    bad = [pair for pair in told if unlike(told[pair], told[pair[::-1]])]
    return {
        "pairs": len(told),
        "unequal": len(bad),
        "with": sorted({party.name for pair in bad for party in pair}),
        "readings": len({one.signatures for one in told.values()}),
        "claims": sum(len(one.claims) for one in told.values()),
    }


def _digest() -> str:
    """Of the code and data that the outcome rests on; templates have their own."""
    rooms = ("text", "grammar", "clause", "drafting", "judge", "coder", "packs", "model", *(f"data/{name}" for name in DATA))
    roots = [*(ROOT / "src" / "trucewatch" / room for room in rooms), CASES / "packs"]
    tree = [*(path for root in roots for path in sorted(root.rglob("*"))), Path(__file__)]
    digest = hashlib.sha256()
    for path in tree:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def key(template: Template) -> str:
    content = repr((template.language, template.text, template.dozens))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def done_before(path: Path, digest: str) -> dict[str, dict[str, Any]]:
    """Rows of an earlier run of the same code and data."""
    if not path.exists():
        return {}
    data = json.loads(path.read_text("utf-8"))
    return {row["key"]: row for row in data["templates"]} if data["digest"] == digest else {}


def figure(rows: Sequence[Mapping[str, Any]], wanted: Sequence[Template]) -> dict[str, Any]:
    """The figures by language and in all."""
    listed = {key(t): t.unequal for t in wanted}
    out: dict[str, Any] = {}
    for name in (*LANGUAGES, "all"):
        own = [row for row in rows if name in ("all", row["language"])]
        out[name] = {
            "templates": len(own),
            "pairs": sum(row["pairs"] for row in own),
            "unequal_pairs": sum(row["unequal"] for row in own),
            "equal_templates": sum(not row["unequal"] for row in own),
            "unequal_templates_listed": sum(bool(row["unequal"] and listed[row["key"]]) for row in own),
            "unequal_templates_not_listed": sum(bool(row["unequal"] and not listed[row["key"]]) for row in own),
            "read_alike_by_all_pairs": sum(row["readings"] == 1 for row in own),
            "without_claims": sum(not row["claims"] for row in own),
        }
    return out


def told(rows: Sequence[Mapping[str, Any]], wanted: Sequence[Template], *, listed: bool) -> list[str]:
    """One line for each template that is unequal against the list; `listed`: for each that is equal against it."""
    reasons = {key(t): t.unequal for t in wanted}
    return [
        f"{row['language']}: {row['unequal']} of {row['pairs']} pairs are unequal: {row['template']}"
        for row in rows
        if bool(reasons[row["key"]]) == listed and bool(row["unequal"]) != listed
    ]


def write(path: Path, rows: Sequence[Mapping[str, Any]], wanted: Sequence[Template], digest: str, command: str) -> None:
    """The whole file or nothing of it."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    data = {
        "figure": figure(rows, wanted),
        "complete": len(rows) == len(wanted),
        "command": command,
        "commit": commit.stdout.strip() or None,
        "digest": digest,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg(), "python": platform.python_version()},
        "templates": rows,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fresh.replace(path)


def show(template: Template, *, rules: bool) -> None:
    """Every unlike pair of a template, one of the two orders, or the claims where all are alike."""
    told = {pair: telling(template, *pair, rules=rules) for pair in template.pairs}
    found = [text for pair in told if pair[0].name < pair[1].name and (text := unlike(told[pair], told[pair[::-1]]))]
    first = next(iter(told.values()))
    print("\n".join(found) or "\n".join([first.text, *map(str, first.signatures)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lang", choices=LANGUAGES, help="only the templates of this language")
    parser.add_argument("--rules", action="store_true", help="by the rules alone, without the judge's weights")
    parser.add_argument("--only", type=int, metavar="N", help="only the N-th template, from 0")
    parser.add_argument("--show", action="store_true", help="print what is unlike; write nothing")
    parser.add_argument("--out", type=Path, help="the file to write")
    given = parser.parse_args()
    wanted = [t for code in LANGUAGES if given.lang in (None, code) for t in templates(code)]
    wanted = wanted if given.only is None else wanted[given.only : given.only + 1]
    if given.show:
        for template in wanted:
            show(template, rules=given.rules)
        return
    whole = given.lang is None and given.only is None
    out = given.out or (PROOFS / ("rules.json" if given.rules else "all.json") if whole else None)
    digest = _digest()
    kept = done_before(out, digest) if out else {}
    rows: list[Mapping[str, Any]] = []
    for template in track(wanted, "templates", console=Console(stderr=True), disable=not sys.stderr.isatty()):
        mine = key(template)
        about = {"key": mine, "language": template.language, "template": template.text}
        rows.append(kept.get(mine) or about | run(template, rules=given.rules))
        if out and mine not in kept:
            write(out, rows, wanted, digest, " ".join(["python", "tools/swap.py", *sys.argv[1:]]))
    if out:
        write(out, rows, wanted, digest, " ".join(["python", "tools/swap.py", *sys.argv[1:]]))
    print(json.dumps(figure(rows, wanted)["all" if whole else given.lang or "all"], indent=1))
    for line in told(rows, wanted, listed=True):
        print(f"listed, {line}")
    if bad := told(rows, wanted, listed=False):
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
