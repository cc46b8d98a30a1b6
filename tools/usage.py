"""On how many articles each rule and each lexicon line fires.

    python tools/usage.py [--corpus antcorpus.jsonl.gz] [--articles 1500] [-o usage.json]

Read are the practice reports (where they are present), our own reports and samples, the sentences of tests and, of the corpus,
so many articles spread evenly. Listed are the rules that fire on one article alone and the lexicon lines that fire on
a single practice report and nowhere else: each must be general enough to stay, as a look at it shows (eval/README.md).
Rules and lines that fire nowhere are counted.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from trucewatch import packs
from trucewatch.clause.prepare import grammar_of, sentence_tokens, spans
from trucewatch.grammar import Mark, parse
from trucewatch.model import Article
from trucewatch.packs.strict import read_yaml
from trucewatch.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LANGUAGES = ("ar", "en")


def articles(corpus: Path | None, count: int) -> Iterator[tuple[str, str, str]]:
    """(name, language, text) of all that is read."""
    for folder, odd in ((ROOT / "eval" / "reports", False), (SHARED / "gold" / "reports", True)):
        for path in sorted(folder.glob("*.json")):
            if odd and int(path.stem) % 2 == 0:
                continue
            row = json.loads(path.read_text("utf-8"))
            yield f"{'practice' if odd else 'own'}:{row['id']}", row["language"], row["text"]
    for name in ("claims", "sentences"):
        for language in LANGUAGES:
            for number, case in enumerate(read_yaml(ROOT / "tests" / "cases" / name / f"{language}.yaml")):
                yield f"{name}:{language}-{number}", language, case["text"]
    for path in sorted((packs.DATA / "samples").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield f"sample:{row['id']}", row.get("language") or row["id"][:2], row["text"]
    if corpus is not None:
        with gzip.open(corpus, "rt", encoding="utf-8") as file:
            total = sum(1 for _ in file)
        with gzip.open(corpus, "rt", encoding="utf-8") as file:
            for row in map(json.loads, islice(file, 0, None, max(1, total // count))):
                yield f"corpus:{row['id']}", "ar", row["text"]


def fired(article: Article) -> set[str]:
    """Names of the rules and places of the lexicon lines that an article shows."""
    pack = packs.load(article.language)
    grammar = grammar_of(pack)
    out: set[str] = set()
    for start, end in spans(article):
        for cut in sentences(article.text, start, end, pack.ends, pack.abbreviations):
            found = parse(grammar, sentence_tokens(article.text, cut.start, cut.end, pack), article.text)
            out.update(entry.place for item in found.items for entry in item.entries)
            for mark in (*found.marks, *found.overlays):
                out.update(_names(mark))
    return out


def _names(mark: Mark) -> Iterator[str]:
    yield mark.rule
    for part in mark.parts:
        yield from _names(part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("-o", dest="out", type=Path, help="write every count here, as JSON")
    told = parser.parse_args()
    where: dict[str, list[str]] = defaultdict(list)
    read_ = 0
    for name, language, text in articles(told.corpus, told.articles):
        if language in LANGUAGES:
            read_ += 1
            for one in fired(Article(name, text, language)):
                where[one].append(name)
    answer: dict[str, Any] = {"articles": read_}
    for language in LANGUAGES:
        pack = packs.load(language)
        rules = [f"{rule.file}#{rule.name}" for rule in pack.rules]
        lines = sorted({term.place for term in pack.terms if not term.place.startswith("world:")})
        answer[language] = {
            "rules": len(rules),
            "rules that fire nowhere": [name for name in rules if name not in where],
            "rules that fire once": {name: where[name][0] for name in rules if len(where.get(name, ())) == 1},
            "lines": len(lines),
            "lines that fire": sum(line in where for line in lines),
            "lines of one practice report": [
                line for line in lines if len(where.get(line, ())) == 1 and where[line][0].startswith("practice:")
            ],
        }
        print(f"{language}: {len(rules)} rules, {len(lines)} lines of the lexicon on {read_} articles")
        for key, value in answer[language].items():
            if not isinstance(value, int):
                print(f"  {key}: {len(value)}")
    if told.out:
        answer["counts"] = {name: len(found) for name, found in sorted(where.items()) if "#" in name}
        told.out.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
