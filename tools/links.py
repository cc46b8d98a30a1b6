"""Score the linking of claims on articles with keys (eval/links), with the labels as claims and with the coder's own claims.

python tools/links.py [FOLDER]     exit 1 when a figure falls below its floor in eval/floors-links.json
python tools/links.py --raise      lift the floors to what is reached now
python tools/links.py --misses     name what was missed and what was found beside the key
"""

import argparse
import io
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch import checks, flow, link, packs
from trucewatch.model import (
    Agreed,
    Article,
    Claim,
    Coder,
    Evidence,
    Finding,
    Happening,
    LinkKnowledge,
    Quantity,
    Role,
    Voice,
    When,
    Where,
)

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "eval" / "links"
FLOORS = ROOT / "eval" / "floors-links.json"
RELATIONS = ("contradicts", "denies", "corrects")
FIGURES = ("bcubed", "origins", "relations", "faults")


Resolve = Callable[[str, str], str | None]


@dataclass
class Tally:
    """Sums over files. `precision` and `recall` hold one number for each claim of the key; `missed` says what, for a reader."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    origins: list[bool] = field(default_factory=list)
    relations: list[bool] = field(default_factory=list)
    faults: list[bool] = field(default_factory=list)
    false: int = 0
    missed: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The shares, and the count of findings that the key does not name."""
        p, r = _mean(self.precision), _mean(self.recall)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {
            "bcubed": f1,
            "origins": _mean(self.origins),
            "relations": _mean(self.relations),
            "faults": _mean(self.faults),
            "false": float(self.false),
        }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def articles(key: Mapping[str, Any]) -> dict[str, Article]:
    """The articles of a key file by id."""
    out = {}
    for row in key["articles"]:
        day = date.fromisoformat(row["published"])
        credited = tuple(row.get("agencies", ()))
        out[row["id"]] = Article(row["id"], row["text"], row["language"], None, row.get("outlet"), day, (), credited)
    return out


def labelled(key: Mapping[str, Any], read: Mapping[str, Article], resolve: Resolve) -> dict[str, Claim]:
    """The labels of a key file as claims, by name. `resolve`: words and language -> the id of the party they name, or None."""
    return {row["name"]: _claim(row, read[row["article"]], resolve) for row in key["claims"]}


def _claim(row: Mapping[str, Any], article: Article, resolve: Resolve) -> Claim:
    text = article.text
    start = text.index(row["quote"])

    def role(words: str) -> Role:
        at = _nearest(text, words, start)
        return Role(words, at, at + len(words), resolve(words, article.language))

    who, when, where = row.get("speaker"), row.get("when"), row.get("where")
    voices = [Voice("outlet", None, None, None, article.outlet)]
    if who:
        at = _nearest(text, who, start)
        voices.append(Voice(row.get("kind") or "organisation", who, at, at + len(who), resolve(who, article.language), None))
    return Claim(
        id=f"c:{row['name']}",
        reading=f"r:{row['name']}",
        article=article.id,
        event=row["event"],
        mode=row.get("mode"),
        status=row["status"],
        speaker=tuple(voices),
        actors=tuple(map(role, row.get("actors", ()))),
        recipients=tuple(map(role, row.get("recipients", ()))),
        participants=tuple(map(role, row.get("participants", ()))),
        when=When(when["start"], when["end"], "day", "stated") if when else None,
        where=_where(where, text, start) if where else None,
        cause=(),
        object=None,
        quantities=tuple(_quantity(q) for q in row.get("quantities", ())),
        about=(),
        refers=None,
        evidence=(Evidence("event", start, start + len(row["quote"]), row["quote"]),),
        coder=Coder("labels", "1", ()),
    )


def _nearest(text: str, words: str, around: int) -> int:
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    return min(found, key=lambda at: abs(at - around))


def _where(words: str, text: str, around: int) -> Where:
    at = _nearest(text, words, around)
    return Where(words, at, at + len(words))


def _quantity(row: Mapping[str, Any]) -> Quantity:
    period = row.get("period")
    days = (period["start"], period["end"]) if period else None
    return Quantity(row["of"], row["value"], row.get("bound") or "exact", row.get("scope") or "new", None, None, None, days)


def coded(key: Mapping[str, Any]) -> tuple[dict[str, Article], list[Claim]]:
    """The articles as the coder reads them, with its claims."""
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in key["articles"]).encode()
    found = list(flow.code_source(["-"], on_problem=lambda line: print(line, file=sys.stderr), stdin=io.BytesIO(rows)))
    credited = {row["id"]: tuple(row.get("agencies", ())) for row in key["articles"]}
    read = {}
    for entry in found:
        mine = entry.article
        agencies = tuple(dict.fromkeys((*mine.agencies, *credited[mine.id])))
        read[mine.id] = Article(
            mine.id, mine.text, mine.language, mine.url, mine.outlet, mine.published, mine.dates, agencies, mine.blocks
        )
    return read, [claim for entry in found for claim in entry.claims]


def aligned(key: Mapping[str, Any], claims: Sequence[Claim], read: Mapping[str, Article]) -> dict[str, Claim]:
    """Label name -> the coder's claim whose evidence covers most of its quote, of the same event where there is one."""
    out: dict[str, Claim] = {}
    used: set[str] = set()
    for row in key["claims"]:
        start = read[row["article"]].text.find(row["quote"])
        end = start + len(row["quote"])
        best: tuple[float, str, Claim] | None = None
        for one in claims:
            if one.article != row["article"] or one.id in used:
                continue
            shared = max((min(e.end, end) - max(e.start, start) for e in one.evidence if e.role == "event"), default=0)
            if shared <= 0:
                continue
            points = shared / (end - start) + 2 * (one.event == row["event"]) + (one.status == row["status"])
            if best is None or (-points, one.id) < (-best[0], best[1]):
                best = (points, one.id, one)
        if best and best[2].event == row["event"]:
            out[row["name"]] = best[2]
            used.add(best[1])
    return out


def score(
    name: str,
    key: Mapping[str, Any],
    chosen: Mapping[str, Claim],
    claims: Iterable[Claim],
    read: Mapping[str, Article],
    knowledge: LinkKnowledge,
    tally: Tally,
) -> None:
    """Adds one key file. `chosen`: label name -> claim; `claims` all that are linked."""
    index = link.indexed(claims, read, (), knowledge=knowledge)
    made = link.of(index)
    agreed = tuple(Agreed(**{**row, "acts": tuple(row["acts"]), "parties": ()}) for row in key.get("agreed", ()))
    found = checks.findings(index, read, made, agreed)
    rows = {row["name"]: row for row in key["claims"] if row["name"] in chosen}
    names = {claim.id: label for label, claim in chosen.items()}
    _groups(name, rows, made, names, tally)
    _relations(name, key, made, chosen, tally)
    _faults(name, key, found, read, tally)


def _groups(name: str, rows: Mapping[str, Any], made: Sequence[Happening], names: Mapping[str, str], tally: Tally) -> None:
    mine: dict[str, frozenset[str]] = {}
    source: dict[str, frozenset[str]] = {}
    for one in made:
        group = frozenset(names[c] for c in one.claims if c in names)
        mine.update(dict.fromkeys(group, group))
        for origin in one.origins:
            told = frozenset(names[c] for c in origin.claims if c in names)
            source.update(dict.fromkeys(told, told))
    for label, row in rows.items():
        right = {other for other, given in rows.items() if given["happening"] == row["happening"]}
        shared = len(mine[label] & right)
        tally.precision.append(shared / len(mine[label]))
        tally.recall.append(shared / len(right))
        if mine[label] != right:
            tally.missed.append(f"{name} {label}: linked {sorted(mine[label])}, key {sorted(right)}")
        # An origin is judged among the linked claims that truly tell its happening: a wrong link is not counted twice.
        together = mine[label] & right
        wanted = {other for other in together if rows[other]["origin"] == row["origin"]}
        tally.origins.append((source[label] & right) == wanted)
        if not tally.origins[-1]:
            tally.missed.append(f"{name} {label}: origin {sorted(source[label] & right)}, key {sorted(wanted)}")


def _relations(name: str, key: Mapping[str, Any], made: Sequence[Happening], chosen: Mapping[str, Claim], tally: Tally) -> None:
    told = {(each.one, each.other, each.relation) for one in made for each in one.links}
    for row in key["relations"]:
        if row["relation"] not in RELATIONS or row["one"] not in chosen or row["other"] not in chosen:
            continue
        one, other = chosen[row["one"]].id, chosen[row["other"]].id
        hit = (one, other, row["relation"]) in told or (other, one, row["relation"]) in told
        tally.relations.append(hit)
        if not hit:
            tally.missed.append(f"{name}: {row['one']} {row['relation']} {row['other']} not found")


def _faults(name: str, key: Mapping[str, Any], found: Sequence[Finding], read: Mapping[str, Article], tally: Tally) -> None:
    wanted = [dict(row) for row in key["faults"]]
    open_ = list(found)
    for row in wanted:
        hits = [f for f in open_ if f.check == row["check"] and row["article"] in f.articles]
        exact = [f for f in hits if _overlap(read[row["article"]].text, f.quote, row.get("quote", ""))]
        tally.faults.append(bool(hits))
        if not hits:
            tally.missed.append(f"{name}: fault {row['check']} in {row['article']} not found")
        for hit in exact or hits[:1]:
            open_.remove(hit)
    tally.false += len(open_)
    tally.missed += [f"{name}: finding beside the key: {f.check} {f.articles} {f.quote!r} {dict(f.reason.values)}" for f in open_]


def _overlap(text: str, one: str, other: str) -> bool:
    a, b = text.find(one), text.find(other)
    return a >= 0 and b >= 0 and a < b + len(other) and b < a + len(one)


def run(folder: Path) -> dict[str, Tally]:
    """The tallies with labels and with the coder's claims."""
    knowledge, resolve = packs.linking(), flow.resolver()
    out = {"labels": Tally(), "coder": Tally()}
    for path in sorted(folder.glob("*.json")):
        key = json.loads(path.read_text("utf-8"))
        read = articles(key)
        seen, claims = coded(key)
        chosen = labelled(key, read, resolve)
        score(path.stem, key, chosen, chosen.values(), read, knowledge, out["labels"])
        score(path.stem, key, aligned(key, claims, seen), claims, seen, knowledge, out["coder"])
    return out


def below(floors: Mapping[str, Mapping[str, float]], figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each floor that is not reached; for `false` the floor is the most that may be found beside the key."""
    return [
        f"{claims} {what}: {figures[claims][what]:.3f}, the floor is {floor:.3f}"
        for claims, row in floors.items()
        for what, floor in row.items()
        if (figures[claims][what] > floor if what == "false" else figures[claims][what] < floor)
    ]


def raised(floors: Mapping[str, Mapping[str, float]], figures: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The floors at what is reached, none worse than before."""
    out = {}
    for claims, row in figures.items():
        old = floors.get(claims, {})
        out[claims] = {what: max(old.get(what, 0.0), math.floor(row[what] * 1000) / 1000) for what in FIGURES}
        out[claims]["false"] = min(old.get("false", row["false"]), row["false"])
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    parser.add_argument("--misses", action="store_true", help="name what was missed")
    given = parser.parse_args()
    tallies = run(given.folder)
    figures = {claims: tally.figures() for claims, tally in tallies.items()}
    for claims, row in figures.items():
        print(
            f"{claims:7}" + "".join(f"  {what} {value:.3f}" for what, value in row.items()),
            f" ({len(tallies[claims].recall)} claims)",
        )
        if given.misses:
            print("\n".join(f"  {line}" for line in tallies[claims].missed))
    if given.folder != FOLDER:
        return
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if given.lift:
        FLOORS.write_text(json.dumps(raised(floors, figures), indent=2) + "\n", "utf-8")
    elif faults := below(floors, figures):
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
