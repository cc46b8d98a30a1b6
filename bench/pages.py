"""How well and how fast pages are read: the body against the article-extraction benchmark, by the benchmark's own measure.

    python bench/pages.py ../shared/data/html-aeb
    python bench/pages.py ../shared/data/html-aeb --half development --worst 10
    python bench/pages.py ../shared/data/html-aeb --json

Pages are sorted by name: those at even places are for development, those at odd places are held out, and no page of theirs is
ever shown. Words by `\\w+`; of each page the multisets of four-word shingles of the true and the read body give true and false
positives; precision and recall are means over pages, F1 their harmonic mean, its interval by bootstrap over pages.
Each reader reads all pages in turn, and that several times over; its best round counts. Only ratios travel between machines.
"""

import argparse
import gzip
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from trucewatch.html import article
from trucewatch.html.marks import marks
from trucewatch.html.pick import pick
from trucewatch.html.tree import tree
from trucewatch.packs import DATA

SHINGLE = 4  # words
ROUNDS = 3
DRAWS = 1000  # of the bootstrap
HALVES = ("development", "held out")
Score = tuple[float, float]
Reader = Callable[[str], str]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))) if words else Counter()


def score(true: str, read: str) -> Score:
    """(precision, recall) of one page; an empty text that should be empty is right."""
    wanted, found = shingles(true), shingles(read)
    hit = (wanted & found).total()
    if wanted == found:
        return 1.0, 1.0
    return hit / found.total() if found else 0.0, hit / wanted.total() if wanted else 0.0


def f1(scores: Sequence[Score]) -> Score | tuple[float, float, float]:
    """(F1, precision, recall) over pages."""
    precision = sum(p for p, _ in scores) / len(scores)
    recall = sum(r for _, r in scores) / len(scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall


def interval(scores: Sequence[Score]) -> tuple[float, float]:
    """Of F1, 95 per cent, by drawing pages with repetition."""
    dice = random.Random(20)
    drawn = sorted(f1(dice.choices(scores, k=len(scores)))[0] for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def readers() -> Mapping[str, Reader]:
    known = marks(DATA / "pages")

    def body(html: str) -> str:
        """The picker with nothing beside it, as the other readers here give no title and no date."""
        grown = tree(LexborHTMLParser(html).body, known, {})
        return "\n".join(grown.lines[i].text for i in pick(grown).body)

    def whole(html: str) -> str:
        return "\n".join(article(html, known).paragraphs)

    def fallen_back(html: str) -> str:
        found = article(html, known)
        return "\n".join(found.paragraphs) if found.sure else fast(html) or "\n".join(found.paragraphs)

    def fast(html: str) -> str:
        return trafilatura.extract(html, fast=True, include_comments=False, include_tables=False) or ""

    def dated(html: str) -> str:
        found = trafilatura.bare_extraction(html, fast=True, include_comments=False, include_tables=False, with_metadata=True)
        return found.text or "" if isinstance(found, trafilatura.settings.Document) else ""

    def precise(html: str) -> str:
        return trafilatura.extract(html, favor_precision=True, include_comments=False, include_tables=False) or ""

    return {
        "picker alone": body,
        "picker, title and dates": whole,
        "picker with fallback": fallen_back,
        "trafilatura fast": fast,
        "trafilatura fast, title and dates": dated,
        "trafilatura precise": precise,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="How well and how fast pages are read.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list N pages; development half only")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    truth = json.loads((told.folder / "ground-truth.json").read_text("utf-8"))
    names = sorted(truth)
    halves = {"development": names[0::2], "held out": names[1::2]}
    pages = {
        name: gzip.decompress((told.folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        for name in names
        if not told.half or name in halves[told.half]
    }
    out: dict[str, object] = {"pages": len(pages), "load": os.getloadavg()[0]}
    for label, reader in readers().items():
        seconds, texts = [], {}
        for _ in range(ROUNDS if "picker" in label else 2):
            start = time.process_time()
            texts = {name: reader(html) for name, html in pages.items()}
            seconds.append(time.process_time() - start)
        row: dict[str, object] = {"pages a second": round(len(pages) / min(seconds), 1)}
        for half, members in halves.items():
            if told.half in (None, half):
                scores = [score(truth[name]["articleBody"], texts[name]) for name in members]
                row[half] = [round(n, 4) for n in (*f1(scores), *interval(scores))]
                if half == "development" and label == "picker with fallback":
                    worst = sorted(zip(scores, members, strict=True), key=lambda pair: sum(pair[0]))[: told.worst]
                    for (precision, recall), name in worst:
                        print(f"{precision:.2f} {recall:.2f} {truth[name]['url']}", file=sys.stderr)
        out[label] = row
    print(json.dumps(out, ensure_ascii=False) if told.json else table(out))


def table(out: Mapping[str, object]) -> str:
    lines = [f"{out['pages']} pages; load {out['load']:.2f}; F1, precision, recall, interval of F1"]
    for label, row in out.items():
        if isinstance(row, dict):
            told = "  ".join(f"{half}: {' '.join(f'{n:.3f}' for n in row[half])}" for half in HALVES if half in row)
            lines.append(f"{label:34} {row['pages a second']:7.1f} pages/s  {told}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
