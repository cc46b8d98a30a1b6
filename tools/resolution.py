"""How many named parties, persons and places the coder's reading gives the right id: eval/mentions.jsonl against real texts.

    python tools/resolution.py [SHARED]     tables by source and kind; exit 1 where a share is worse than eval/resolution.json
    python tools/resolution.py --json       the same as one JSON object
    python tools/resolution.py --misses     what was read otherwise, without the held half

SHARED is the folder of reports, samples and articles; it is kept outside this repository; where it is absent nothing is counted.
Half of the articles, by a digest of the id, is held back: the world files were not grown on what was missed there.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch import packs
from trucewatch.clause.line import Line
from trucewatch.clause.prepare import lines
from trucewatch.drafting.discourse import Discourse
from trucewatch.grammar import Item
from trucewatch.grammar.phrases import Actor, Place
from trucewatch.model import Article
from trucewatch.packs import Pack

ROOT = Path(__file__).resolve().parent.parent
MENTIONS = ROOT / "eval" / "mentions.jsonl"
LIMITS = ROOT / "eval" / "resolution.json"
SHARED = ROOT.parent / "shared"
VERDICTS = ("right", "wrong", "none")
ENOUGH = 0.5  # shared letters / letters of both, from which a reading is one of the mention
Counts = dict[str, dict[str, Counter[str]]]  # source -> kind -> verdict -> mentions


@dataclass(frozen=True, slots=True)
class Mention:
    """`kind` is party, person or place: a town's name may stand for a government, and then the party is meant."""

    source: str
    article: str
    start: int
    end: int
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the coder makes of a stretch of text: the party or person, and the place, that it would write into a claim."""

    start: int
    end: int
    party: str | None
    place: str | None


def mentions(path: Path) -> list[Mention]:
    """The list; offsets are code points of the article's text."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [Mention(r["source"], r["article"], r["span"][0], r["span"][1], r["id"], r["kind"]) for r in rows]


def articles(shared: Path, wanted: Sequence[Mention]) -> Iterator[tuple[str, Article]]:
    """(source, article) of every text that a mention stands in; reports by number, so that none but those is opened."""
    named = {source: {m.article for m in wanted if m.source == source} for source in ("practice", "samples", "antcorpus")}
    for number in sorted(named["practice"]):
        row = json.loads((shared / "gold" / "reports" / f"{number}.json").read_text("utf-8"))
        yield "practice", Article(number, row["text"], row["language"])
    for name in sorted(named["samples"]):
        yield "samples", Article(name, (shared / "samples" / f"{name}.txt").read_text("utf-8"), "ar")
    with gzip.open(shared / "data" / "antcorpus" / "antcorpus.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["id"] in named["antcorpus"]:
                yield "antcorpus", Article(row["id"], row["text"], "ar")


def readings(told: Sequence[Line], pack: Pack) -> list[Reading]:
    """Everybody and every place that the coder reads in these sentences, short forms resolved as it resolves them."""
    memory = Discourse(None)
    out: list[Reading] = []
    for line in told:
        memory.meet(line.items, line.number)
        for item in line.items:
            out.extend(_of_item(item, memory, pack))
    return out


def _of_item(item: Item, memory: Discourse, pack: Pack) -> Iterator[Reading]:
    value = item.mark.value if item.mark is not None else None
    if isinstance(value, Actor):
        for actor in value.members or (value,):
            meant = memory.resolve(actor, item)
            ids = tuple(filter(None, (meant.place, meant.party)))
            yield Reading(*actor.name, meant.party, _place(ids, pack))
    else:
        ids = value.ids if isinstance(value, Place) else ()
        ids = ids or tuple(e.value[key] for e in item.entries for key in ("place", "party") if key in e.value)
        start, end = value.name if isinstance(value, Place) else (item.start, item.end)
        yield Reading(start, end, next((i for i in ids if i in pack.world.parties), None), _place(ids, pack))


def _place(ids: Sequence[str], pack: Pack) -> str | None:
    """The place a claim would carry: the most populous of those so named, else the country."""
    known = [pack.world.places[i] for i in ids if i in pack.world.places]
    best = max(known, key=lambda p: (p.population or 0, p.id)) if known else None
    return best.id if best else next((i for i in ids if len(i) == 3 and i.isupper()), None)


def answer(mention: Mention, found: Sequence[Reading], article: Article, pack: Pack) -> str | None:
    """The id given to a mention; words that a longer phrase took in (the state inside an office) are read by themselves."""
    best = nearest(found, mention.start, mention.end)
    if best is None:
        words = article.text[mention.start : mention.end]
        alone = readings(lines(Article("words", words, article.language), pack), pack)
        best = nearest(alone, 0, len(words))
    return None if best is None else best.place if mention.kind == "place" else best.party


def nearest(found: Sequence[Reading], start: int, end: int) -> Reading | None:
    def likeness(reading: Reading) -> float:
        shared = min(end, reading.end) - max(start, reading.start)
        return shared / (max(end, reading.end) - min(start, reading.start))

    best = max(found, key=likeness, default=None)
    return best if best is not None and likeness(best) >= ENOUGH else None


def held(article: str) -> bool:
    return hashlib.sha256(article.encode()).digest()[0] % 2 == 1


def group(mention: Mention) -> str:
    """The source, articles of the corpus by half."""
    if mention.source != "antcorpus":
        return mention.source
    return "articles, held" if held(mention.article) else "articles, seen"


def counted(shared: Path, wanted: Sequence[Mention]) -> tuple[Counts, list[str]]:
    """The counts, and one line for each mention that was read otherwise."""
    by_article: defaultdict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in wanted:
        by_article[mention.source, mention.article].append(mention)
    counts: Counts = {}
    misses = []
    for source, article in articles(shared, wanted):
        pack = packs.load(article.language)
        found = readings(lines(article, pack), pack)
        for mention in by_article[source, article.id]:
            given = answer(mention, found, article, pack)
            verdict = "right" if given == mention.id else "none" if given is None else "wrong"
            for kind in (mention.kind, "all"):
                for where in (group(mention), "all"):
                    counts.setdefault(where, {}).setdefault(kind, Counter())[verdict] += 1
            if verdict != "right" and group(mention) != "articles, held":
                words = article.text[mention.start : mention.end]
                misses.append(f"{verdict}  {article.id}  {words}  {mention.kind} {mention.id}, read as {given}")
    return counts, misses


def shares(verdicts: Mapping[str, int]) -> dict[str, float]:
    total = sum(verdicts.values())
    return {verdict: verdicts.get(verdict, 0) / total for verdict in VERDICTS}


def beyond(limits: Mapping[str, Mapping[str, float]], counts: Counts) -> list[str]:
    """One line for each share that is worse than its limit: `right` is the least, `wrong` the most."""
    out = []
    for where, each in limits.items():
        got = shares(counts.get(where, {}).get("all", {"none": 1}))
        if got["right"] < each["right"]:
            out.append(f"{where}: {got['right']:.1%} right, at least {each['right']:.1%} are asked for")
        if got["wrong"] > each["wrong"]:
            out.append(f"{where}: {got['wrong']:.1%} wrong, at most {each['wrong']:.1%} are allowed")
    return out


def table(counts: Counts) -> Iterator[str]:
    yield f"{'':16}{'':8}{'mentions':>9}" + "".join(f"{verdict:>8}" for verdict in VERDICTS)
    for where, kinds in sorted(counts.items()):
        for kind, verdicts in sorted(kinds.items()):
            got = shares(verdicts)
            yield f"{where:16}{kind:8}{sum(verdicts.values()):9}" + "".join(f"{got[v]:8.1%}" for v in VERDICTS)


def report(counts: Counts) -> dict[str, Any]:
    return {w: {k: {"mentions": sum(v.values()), **shares(v)} for k, v in kinds.items()} for w, kinds in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--misses", action="store_true", help="print what was read otherwise")
    given = parser.parse_args()
    if not given.shared.is_dir():
        print(f"resolution: skipped, there are no texts at {given.shared}")
        return
    counts, misses = counted(given.shared, mentions(MENTIONS))
    if given.misses:
        print("\n".join(misses))
    print(json.dumps(report(counts), indent=1) if given.json else "\n".join(table(counts)))
    if faults := beyond(json.loads(LIMITS.read_text("utf-8")) if LIMITS.exists() else {}, counts):
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
