"""Claims from real articles, for a reader to judge, and what those judgements say (eval/real.jsonl, eval/distractors.jsonl).

    python tools/real.py draw CORPUS -o DIR          100 articles on politics by a fixed seed, coded, as text to read and judge
    python tools/real.py distractors CORPUS          300 articles on culture, sport and society: the claims they give
    python tools/real.py keep JUDGED… [--add]        verdicts of a reader (JSON lines) into eval/real.jsonl
    python tools/real.py                             the share of right events, voices and parties

CORPUS is antcorpus.jsonl.gz (Arabic news; rows of id, category, text). Of an article the repository keeps its id
and places in it, no text. A verdict is right, event (not what is told), voice (told by somebody else), party (a wrong party in a
slot), or missing (told and not found; of the first 30 articles).
"""

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from trucewatch import coder, packs, read
from trucewatch.model import Article, Claim

ROOT = Path(__file__).resolve().parent.parent
JUDGED, DISTRACTORS = ROOT / "eval" / "real.jsonl", ROOT / "eval" / "distractors.jsonl"
SEED, DRAWN, QUIET = 2026, 100, 300
POLITICS, OTHERS = ("internationalNews", "politic"), ("culture", "sport", "society")
VERDICTS = ("right", "event", "voice", "party", "missing")


def rows(corpus: Path, topics: Sequence[str], count: int) -> Iterator[tuple[str, date | None, str]]:
    """(id, day, text) of so many articles on these topics, drawn by the seed."""
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        found = [(row["id"], day_of(row["date"]), row["text"]) for row in map(json.loads, file) if row["category"] in topics]
    yield from sorted(random.Random(SEED).sample(found, count))


def day_of(told: str) -> date | None:
    """The corpus dates articles in two ways: 2017-01-20T21:43 and 07/07/2016."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(told[:10], form).replace(tzinfo=UTC).date()
    return None


@cache
def words() -> Any:
    """What reading needs of Arabic."""
    return read.words_of(read.knowledge(packs.DATA / "languages"), "ar")


def coded(name: str, day: date | None, text: str) -> tuple[Article, tuple[Claim, ...]]:
    """The article and its claims."""
    article = Article(name, text, "ar", published=day, blocks=read.blocks(text, words()))
    return article, coder.read(article, packs.load("ar"))[0]


def told(claim: Claim) -> str:
    """A claim in one line, for a reader."""
    voice = " > ".join(v.text or v.kind for v in claim.speaker)
    slots = ((name, [r.text for r in getattr(claim, name)]) for name in ("actors", "recipients", "participants"))
    parts = [f"{name}={'; '.join(map(str, found))}" for name, found in slots if found]
    parts += [f"when={claim.when.start}..{claim.when.end}"] if claim.when else []
    parts += [f"where={claim.where.text}"] if claim.where else []
    parts += [f"{q.of}={q.value:g} ({q.bound})" for q in claim.quantities]
    event = f"{claim.event}/{claim.mode}" if claim.mode else claim.event
    return f"{event} {claim.status} [{voice}] {' '.join(parts)} «{claim.evidence[0].quote}»"


def draw(corpus: Path, out: Path) -> None:
    """Writes a file an article: its text, then its claims, numbered."""
    out.mkdir(parents=True, exist_ok=True)
    total = 0
    for place, (name, day, text) in enumerate(rows(corpus, POLITICS, DRAWN)):
        article, claims = coded(name, day, text)
        total += len(claims)
        numbered = (f"{n}\t{c.evidence[0].start}\t{c.evidence[0].end}\t{told(c)}" for n, c in enumerate(claims))
        lines_of = [article.text, "", "-" * 20, *numbered]
        (out / f"{place:03}-{name}.txt").write_text("\n".join(lines_of) + "\n", "utf-8")
    print(f"{DRAWN} articles, {total} claims: {out}")


def distractors(corpus: Path) -> None:
    """Codes the articles that should give none, and keeps what fires."""
    kept = {(row["article"], row["start"]): row.get("verdict") for row in known(DISTRACTORS)}
    found = []
    for name, day, text in rows(corpus, OTHERS, QUIET):
        for claim in coded(name, day, text)[1]:
            start, end = claim.evidence[0].start, claim.evidence[0].end
            row = {"article": name, "start": start, "end": end, "event": claim.event, "verdict": kept.get((name, start))}
            found.append(row)
            print(f"{name} {told(claim)}")
    DISTRACTORS.write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    print(f"{QUIET} articles on {', '.join(OTHERS)}: {len(found)} claims in {len({r['article'] for r in found})} of them")


def keep(files: Sequence[Path], add: bool) -> None:
    """Adds a reader's verdicts; a verdict without an article, a place or a known word is refused with its line."""
    out = list(known(JUDGED)) if add else []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            if not {"article", "start", "end", "verdict"} <= set(row) or row["verdict"] not in VERDICTS:
                sys.exit(f"{path}:{number}: no verdict. Write article, start, end and verdict, one of {', '.join(VERDICTS)}.")
            out.append({key: row[key] for key in ("article", "start", "end", "event", "verdict") if key in row})
    out.sort(key=lambda row: (row["article"], row["start"], row["verdict"]))
    JUDGED.write_text("".join(json.dumps(row) + "\n" for row in out), "utf-8")


def known(path: Path) -> list[dict[str, Any]]:
    """The rows of a file kept before."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def shares(found: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Of the claims judged: the share whose event, whose voice (of right events) and whose parties (of those) are right."""
    count = Counter(row["verdict"] for row in found)
    claims = sum(count[v] for v in VERDICTS if v != "missing")
    events = claims - count["event"]
    voices = events - count["voice"]
    return {
        "claims": claims,
        "event": events / max(1, claims),
        "voice": voices / max(1, events),
        "party": count["right"] / max(1, voices),
        "missing": count["missing"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb")
    for name in ("draw", "distractors"):
        verbs.add_parser(name).add_argument("corpus", type=Path)
    verbs.choices["draw"].add_argument("-o", dest="out", type=Path, required=True)
    judged = verbs.add_parser("keep")
    judged.add_argument("files", type=Path, nargs="+")
    judged.add_argument("--add", action="store_true")
    told_ = parser.parse_args()
    if told_.verb == "draw":
        draw(told_.corpus, told_.out)
    elif told_.verb == "distractors":
        distractors(told_.corpus)
    elif told_.verb == "keep":
        keep(told_.files, told_.add)
    else:
        for name, share in shares(known(JUDGED)).items():
            print(f"{name:8} {share:.3f}" if isinstance(share, float) else f"{name:8} {share}")


if __name__ == "__main__":
    main()
