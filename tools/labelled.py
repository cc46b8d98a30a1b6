"""What the judge is learnt from: labelled reports as the rules draft them, and candidates of real articles, judged by readers."""

import gzip
import io
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tools.real import day_of
from trucewatch import packs, read
from trucewatch.coder import drafted
from trucewatch.coder.claims import claim
from trucewatch.drafting import Draft
from trucewatch.drafting.slots import ROLES
from trucewatch.model import Article
from trucewatch.packs import Pack
from trucewatch.read.knowledge import Knowledge
from trucewatch.score.gold import Report
from trucewatch.score.items import items
from trucewatch.score.tally import pairs_of

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "eval" / "real-train.jsonl"
CORPUS = ROOT.parent / "shared" / "data" / "antcorpus" / "antcorpus.jsonl.gz"
TIMES = 3  # a practice report counts as much as three of ours: they are nearer to what is read
GOLDEN = 8  # and an article whose every row a test demands as eight


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report as the rules draft it. `answers`: draft → the labelled claim it tells. `told`: the choices that the labels answer,
    None for all."""

    report: Report
    article: Article
    pack: Pack
    found: tuple[Draft, ...]
    answers: dict[int, dict[str, Any]]
    told: frozenset[str] | None = None


@cache
def knowledge() -> Knowledge:
    """What reading needs to know of the languages."""
    return read.knowledge(packs.DATA / "languages")


def bare(pack: Pack) -> Pack:
    """The pack without weights: rules alone."""
    return replace(pack, weights={})


def labelled(report: Report) -> Labelled | None:
    """None where the article is found to be about something else."""
    known = knowledge()
    row = io.BytesIO((json.dumps(report.row, ensure_ascii=False) + "\n").encode())
    article = next(iter(read.articles("-", known, on_problem=lambda p: sys.exit(str(p)), stdin=row)))
    pack = packs.load(article.language)
    found = drafted(article, pack)
    public = [claim(article, draft, pack).public() for draft in found]
    pairs = pairs_of(report, public, [items(c) for c in report.claims], [items(c) for c in public])
    return Labelled(report, article, pack, tuple(found), {j: dict(report.claims[i]) for i, j in pairs.items()})


def practice(report: Report) -> bool:
    """Whether a report is one of the practice reports, not of ours."""
    return report.id.isdecimal()


def times(report: Report) -> int:
    """How often a report counts in the training."""
    return TIMES if practice(report) else 1 if report.id[2:3] == "-" else GOLDEN


def golden() -> list[Report]:
    """The articles of tests/golden that are in the package, their rows as labels; a slot that a row does not give is empty."""
    found = []
    for path in sorted((ROOT / "tests" / "golden").glob("*/expected.json")):
        told = json.loads(path.read_text("utf-8"))
        articles = [json.loads(line) for line in (ROOT / told["source"]).read_text("utf-8").splitlines()]
        row = next(a for a in articles if a["id"] == told["article"])
        claims = [
            {key: claim.get(key) for key in ("event", "status", "speaker", "when", "where", "quote")}
            | {key: [v["text"] if isinstance(v, dict) else v for v in claim.get(key) or []] for key in ROLES}
            | {"quantities": claim.get("quantities") or []}
            for claim in told["rows"]
        ]
        found.append(Report(row["id"], row["language"], row["text"], row, tuple(claims)))
    return found


def left_out(report: Report) -> bool:
    """Whether a report of ours is kept for showing, not for training."""
    digits = report.id.rsplit("-", 1)[-1]
    return digits.isdecimal() and int(digits) % 5 == 0


def candidates() -> list[Labelled]:
    """The candidates of eval/real-train.jsonl: each is told or not; nothing where the corpus is absent. A candidate's speaker is
    a place in its article, None the outlet itself."""
    if not CORPUS.exists() or not REAL.exists():
        return []
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in REAL.read_text("utf-8").splitlines():
        row = json.loads(line)
        told[row["article"]].append(row)
    out = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        for found in map(json.loads, file):
            if found["id"] in told:
                out.append(_judged(found, told[found["id"]]))
    return out


def _judged(row: dict[str, Any], words: Sequence[dict[str, Any]]) -> Labelled:
    text = row["text"]
    pack = packs.load("ar")
    blocks = read.blocks(text, read.words_of(knowledge(), "ar"))
    article = Article(row["id"], text, "ar", published=day_of(row["date"]), blocks=blocks)
    found = tuple(drafted(article, pack))
    places = {(d.line.items[d.head.at].start, d.head.kind): number for number, d in enumerate(found)}
    answers = {}
    for told in words:
        number = places.get((told["start"], told["event"]))
        if number is not None and told["verdict"] == "yes":
            answers[number] = {"event": told["event"], "status": told.get("status") or found[number].status}
            if "speaker" in told:
                answers[number]["speaker"] = text[slice(*told["speaker"])] if told["speaker"] else None
    return Labelled(Report(row["id"], "ar", text, row, ()), article, pack, found, answers, frozenset(("keep", "status", "voice")))
