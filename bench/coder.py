"""How fast the coder reads: articles and sentences a second on one core, and its time as a multiple of one lexicon pass.

    python bench/coder.py articles.jsonl.gz                  200 articles drawn with a fixed seed
    python bench/coder.py articles.jsonl.gz --sample 1000 --verify
    python bench/coder.py articles.jsonl.gz --all

Rows need `id` and `text`; `language` and `published` (or `date`) are used where given. Prints one JSON object. Ratios travel
between machines; absolute figures hold for this one only, so the load average stands beside them.
"""

import argparse
import gzip
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch import coder, packs
from trucewatch.clause.prepare import grammar_of, sentence_tokens, spans
from trucewatch.grammar.lexicon import items
from trucewatch.model import Article, Claim
from trucewatch.packs import Pack
from trucewatch.text.sentences import sentences

SEED = 20
WARM = 20  # articles read before the clock starts: caches and compiled patterns fill


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def article(row: dict[str, Any], language: str) -> Article:
    day = str(row.get("published") or row.get("date") or "")[:10]
    published = date.fromisoformat(day) if len(day) == 10 and day[4] == "-" else None
    return Article(str(row["id"]), row["text"], row.get("language") or language, published=published)


def lexicon_pass(entry: Article, pack: Pack) -> int:
    """Sentences, tokens and one walk of the lexicon, the least that a coder with a lexicon must do. Gives the sentences."""
    known, count = grammar_of(pack), 0
    for start, end in spans(entry):
        for found in sentences(entry.text, start, end, pack.ends, pack.abbreviations):
            items(known.lexicon, sentence_tokens(entry.text, found.start, found.end, pack), known.case)
            count += 1
    return count


def unquoted(entry: Article, claim: Claim) -> int:
    """Spans of a claim that do not quote the text."""
    return sum(entry.text[start:end] != words for words, start, end in pieces(claim.public()))


def pieces(data: Any) -> Iterator[tuple[str, int, int]]:
    if isinstance(data, list):
        for part in data:
            yield from pieces(part)
    elif isinstance(data, dict):
        words = data.get("quote") or data.get("text")
        if words is not None and isinstance(data.get("start"), int):
            yield words, data["start"], data["end"]
        if words is not None and "span" in data:
            yield words, *data["span"]
        yield from pieces(list(data.values()))


def measure(entries: Sequence[Article], *, verify: bool) -> dict[str, Any]:
    loaded = {language: packs.load(language) for language in sorted({entry.language for entry in entries})}
    failed: Counter[str] = Counter()
    for entry in entries[:WARM]:
        lexicon_pass(entry, loaded[entry.language])
        _read(entry, loaded[entry.language], failed)
    failed.clear()
    began = time.process_time()
    count = sum(lexicon_pass(entry, loaded[entry.language]) for entry in entries)
    middle = time.process_time()
    results, slowest = [], 0.0
    for entry in entries:
        start = time.process_time()
        results.append(_read(entry, loaded[entry.language], failed))
        slowest = max(slowest, time.process_time() - start)
    once, whole = middle - began, time.process_time() - middle
    claims = [(entry, claim) for entry, (good, _) in zip(entries, results, strict=True) for claim in good]
    out: dict[str, Any] = {
        "articles": len(entries),
        "sentences": count,
        "characters": sum(len(entry.text) for entry in entries),
        "claims": len(claims),
        "articles_with_claims": sum(bool(good) for good, _ in results),
        "articles_per_second": round(len(entries) / whole, 1),
        "sentences_per_second": round(count / whole, 1),
        "coder_seconds": round(whole, 2),
        "lexicon_pass_seconds": round(once, 2),
        "coder_over_lexicon_pass": round(whole / once, 2),
        "slowest_article_seconds": round(slowest, 3),
        "load_average": [round(value, 2) for value in os.getloadavg()],
        "python": sys.version.split()[0],
    }
    if verify:
        out["exceptions"] = dict(failed)
        out["refused_claims"] = sum(len(refused) for _, refused in results)
        out["spans_that_do_not_quote"] = sum(unquoted(entry, claim) for entry, claim in claims)
    return out


def _read(entry: Article, pack: Pack, failed: Counter[str]) -> tuple[Sequence[Claim], Sequence[object]]:
    try:
        return coder.read(entry, pack)
    except Exception as fault:  # counted, so that one article does not end the measure
        failed[f"{type(fault).__name__}: {fault}"[:120]] += 1
        return (), ()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sample", type=int, default=200, metavar="N")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--lang", default="ar", help="language of rows that do not tell theirs")
    parser.add_argument("--verify", action="store_true", help="count exceptions, refused claims and spans that do not quote")
    wanted = parser.parse_args()
    found = [row for row in rows(wanted.file) if row.get("text")]
    if not wanted.all:
        found = random.Random(SEED).sample(found, min(wanted.sample, len(found)))
    entries = [article(row, wanted.lang) for row in found]
    entries = [entry for entry in entries if entry.language in packs.languages()]
    answer = measure(entries, verify=wanted.verify)
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return 1 if answer.get("exceptions") or answer.get("spans_that_do_not_quote") else 0


if __name__ == "__main__":
    sys.exit(main())
