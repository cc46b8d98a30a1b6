"""A large archive of real pages and articles, for measuring: python -m tools.archive_corpus SHARED/data -o DIR [--raw 2e9].

Two pages of a hundred name something of the agreement: Arabic news articles, each in the head of a real page. The others are real
pages on which the gate stays shut. There are fewer real pages than are needed, so each stands there many times, each time under
an address of its own: what is done with a page does not depend on those before it. Nothing of it goes into the repository.
"""

import argparse
import gzip
import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from trucewatch import agreements
from trucewatch.archive import Gate, pages
from trucewatch.flow.gates import gate_of

AGREEMENT = "gaza-2025"
SEED = 2026
SHARE = 0.02  # of pages that are about the agreement
SHARDS = 16
PAGES = ("html-aeb", "html-fundus", "html-goose3", "html-newspaper4k")
_HEAD = re.compile(rb"<head[\s>].*?</head>", re.DOTALL | re.IGNORECASE)


def real_pages(data: Path) -> Iterator[bytes]:
    """The saved pages of the collection, and those of its archives."""
    for folder in PAGES:
        for path in sorted((data / folder).rglob("*.html*")):
            raw = path.read_bytes()
            yield gzip.decompress(raw) if path.suffix == ".gz" else raw
    for path in sorted((data / "warc").rglob("*.warc*")):
        with path.open("rb") as stream:
            for found in pages(stream, on_broken=lambda at, what: None, on_passed=lambda passed: None):
                if found.form == "page":
                    yield found.body


def relevant(data: Path, gate: Gate, heads: Sequence[bytes], most: int = 600) -> Iterator[bytes]:
    """Articles on politics for which the gate opens, each as a page with the head of a real one."""
    count = 0
    with gzip.open(data / "antcorpus" / "antcorpus.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["category"] not in ("internationalNews", "politic") or not gate.opens(row["text"].encode()):
                continue
            lines = [f"<p>{html.escape(line)}</p>" for line in row["text"].split("\n") if line.strip()]
            body = f"<body><article><h1>{html.escape(row['title'])}</h1>{''.join(lines)}</article></body></html>"
            yield b"<!DOCTYPE html><html>" + heads[count % len(heads)] + body.encode()
            count += 1
            if count == most:
                return


def record(url: str, body: bytes) -> bytes:
    """A response as it stands in an archive."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    lines = (
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-01-20T08:00:00Z",
        f"WARC-Record-ID: <urn:made:{url}>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def build(data: Path, out: Path, raw: float, shards: int = SHARDS) -> None:
    """Writes so many bytes of pages into so many archives, and what is in them into corpus.json, last."""
    gate = gate_of(agreements.agreement(AGREEMENT))
    all_ = list(real_pages(data))
    others = [page for page in all_ if not gate.opens(page)]
    heads = [found.group() for page in others if (found := _HEAD.search(page)) and b"charset" in found.group().lower()]
    heads = [head for head in heads if b"utf-8" in head.lower()]
    mine = list(relevant(data, gate, heads))
    chance = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    told = {"distinct others": len(others), "distinct relevant": len(mine), "pages": 0, "relevant": 0, "raw": 0, "packed": 0}
    for number in range(shards):
        path, size = out / f"{number:02}.warc.gz", 0
        with path.open("wb") as file:
            while size < raw / shards:
                about = chance.random() < SHARE
                body = chance.choice(mine if about else others)
                file.write(
                    gzip.compress(record(f"https://site{told['pages'] % 997}.example.org/{told['pages']}", body), 6, mtime=0)
                )
                size += len(body)
                told["pages"] += 1
                told["relevant"] += about
        told["raw"] += size
        told["packed"] += path.stat().st_size
    (out / "corpus.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(json.dumps(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", dest="out", type=Path, required=True)
    parser.add_argument("--raw", type=float, default=2e9)
    parser.add_argument("--shards", type=int, default=SHARDS)
    told = parser.parse_args()
    build(told.data, told.out, told.raw, told.shards)


if __name__ == "__main__":
    main()
