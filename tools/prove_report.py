"""What a report bears: a week of many claims written as a page and for print, in seconds and in bytes.

python -m tools.prove_report --claims 10000           in each language: proofs/report/<language>.json
python -m tools.prove_report --claims 500 --out DIR

Claims are the coder's own on the sample articles, retold as other stories (tools/prove_ledger.py) and printed within one week.
Linking and tracking are told apart: a monitor keeps both. What counts is the way from the tracker to the two files, in seconds
of the processor; what passed on a busy machine stands beside.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tools.retold import Base, base, made
from trucewatch import agreements, flow, packs, track
from trucewatch.model import Article, Claim
from trucewatch.publish.reasons import reasons
from trucewatch.report import Ground, Told, html, pdf, sitrep

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "report"
AGREEMENT, DAY, WEEK = "gaza-2025", date(2026, 1, 12), timedelta(days=7)
PAGE, SECONDS = 3_000_000, 10.0  # what a page may weigh, and what both files may take


def week(origin: Base, count: int) -> tuple[list[Claim], dict[str, Article]]:
    """So many claims in articles that name the agreement's area, printed in the seven days up to DAY and telling of them."""
    claims: list[Claim] = []
    articles: dict[str, Article] = {}
    number = 0
    while len(claims) < count:
        article, told = made(origin, number)
        day = DAY - timedelta(days=number % WEEK.days)
        articles[article.id] = replace(article, text=f"{article.text} Gaza.", published=day)
        claims += [_dated(claim, day) for claim in told[: count - len(claims)]]
        number += 1
    return claims, articles


def _dated(claim: Claim, day: date) -> Claim:
    """A claim that tells of the day before its print, where it tells of a day at all."""
    when, of = claim.when, (day - timedelta(days=1)).isoformat()
    if when is None or when.start is None or when.start != when.end:
        return claim
    return replace(claim, when=replace(when, start=of, end=of))


def told_of(origin: Base, count: int) -> Told:
    """The week laid out and tracked."""
    claims, articles = week(origin, count)
    case = flow.case_of(agreements.agreement(AGREEMENT), claims, articles, acts_for=agreements.acts_for())
    laid = flow.laid(case, DAY)
    now, before = flow.tracked(laid, DAY), flow.tracker(case, DAY - WEEK)
    ground = Ground(coder="proof", head=(count, "0" * 64), languages=packs.languages())
    told = laid.case
    return Told(now, before, track.diff(before, now), told.agreement, told.claims, told.articles, laid.happenings, ground)


def written(told: Told, language: str) -> dict[str, Any]:
    """The report of the week made in both forms: the seconds of each step, the bytes, how many claims are shown."""
    names = agreements.namer(None, language)
    ways = {code: packs.load(code).direction for code in packs.languages()}
    start, work = time.monotonic(), time.process_time()
    made_ = sitrep(told, names=names, why=reasons(packs.linking(), names, language), language=language, directions=ways)
    drawn = time.monotonic()
    page = html(made_).encode()
    shown = time.monotonic()
    paper = pdf(made_)
    end, worked = time.monotonic(), time.process_time() - work
    seconds = {"report": drawn - start, "html": shown - drawn, "pdf": end - shown, "together": end - start}
    return {
        "language": language,
        "claims": len(tuple(told.claims)),
        "happenings": len(told.happenings),
        "cited": len(made_.cited),
        "shown": len(made_.cited) - made_.hidden,
        "html_bytes": len(page),
        "pdf_bytes": len(paper),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "processor_seconds": round(worked, 2),
        "holds": len(page) <= PAGE and worked <= SECONDS,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=PROOFS)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    told = told_of(base(), asked.claims)
    linked = round(time.monotonic() - start, 1)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    good = True
    for language in ("en", "ar"):
        found = written(told, language) | {"seconds_to_link_and_track": linked}
        found |= {"commit": commit.stdout.strip(), "load": round(os.getloadavg()[0], 1), "command": f"--claims {asked.claims}"}
        (asked.out / f"{language}.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        print(json.dumps(found))
        good = good and bool(found["holds"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
