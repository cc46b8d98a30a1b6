"""Take the pictures of docs/pictures anew: pages of an Arabic and an English sample, and the reports of both demo agreements in
both languages, in a Chromium browser and as printed.

    python tools/pictures.py

Needs Chromium, fonts with Arabic letters (on Debian: chromium, fonts-noto-core) and typst. Look at the pictures before you commit
them.
"""

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from trucewatch import __version__, agreements, flow, packs, track
from trucewatch.cli.coding import WATCHED
from trucewatch.flow import Coded, code_source
from trucewatch.packs import find, linking
from trucewatch.publish.page import page
from trucewatch.publish.reasons import reasons
from trucewatch.report import Ground, Sitrep, Told, html, pdf, sitrep

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PAGES = {"demo-ar": "gaza-2026-01-12-online", "demo-en": "gaza-2026-01-12-online-en"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
WINDOW, TALL, SCALE = "1280,860", "1000,1000", 1.0  # of a page, of a report, of print


def main() -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("tools/pictures.py: no Chromium here. Install one of: " + ", ".join(BROWSERS) + ".")
    coded = {entry.article.id: entry for entry in code_source([find("samples/articles.jsonl")], on_problem=sys.exit)}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, article in PAGES.items():
        entry = coded[article]
        shown = page([(entry.article, entry.claims)], directions={entry.article.language: entry.direction}, sample=True)
        shoot(browser, shown, FOLDER / f"{name}.png", WINDOW)
    for name, made in reports(list(coded.values())):
        shoot(browser, html(made), FOLDER / f"report-{name}.png", TALL)
        printed(pdf(made), FOLDER / f"print-{name}.png")
        maps = [chart.svg for part in made.parts for chart in part.charts if chart.kind == "places"]
        place = FOLDER / f"map-{name.rpartition('-')[0]}.png"  # the same in every language
        for drawn in maps:
            shoot(browser, f"<style>body {{ margin: 0 }}</style>{drawn}", place, "720,460")


def reports(coded: list[Coded]) -> Iterator[tuple[str, Sitrep]]:
    """What `trucewatch demo` reports, in both languages, without a ledger."""
    claims, articles = [claim for entry in coded for claim in entry.claims], {entry.article.id: entry.article for entry in coded}
    for agreement, as_of, since, _ in WATCHED:
        day, before = date.fromisoformat(as_of), date.fromisoformat(since)
        case = flow.case_of(agreements.agreement(agreement), claims, articles, acts_for=agreements.acts_for())
        laid = flow.laid(case, day)
        now, then, held = flow.tracked(laid, day), flow.tracker(case, before), laid.case
        ground = Ground(coder=__version__, languages=packs.languages())
        told = Told(now, then, track.diff(then, now), held.agreement, held.claims, held.articles, laid.happenings, ground)
        for language in ("ar", "en"):
            names = agreements.namer(None, language)
            why = reasons(linking(), names, language)
            ways = flow.directions(held)
            yield f"{agreement}-{language}", sitrep(told, names=names, why=why, language=language, directions=ways, sample=True)


def shoot(browser: str, shown: str, picture: Path, window: str) -> None:
    """A picture of the top of a page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(shown, "utf-8")
        size = f"--window-size={window}"
        words = [browser, *QUIET, size, f"--user-data-dir={folder}/profile", f"--screenshot={picture}", file.as_uri()]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
    print(picture.relative_to(ROOT))


def printed(document: bytes, picture: Path) -> None:
    """The first page of a PDF; all of its pages are opened, so that one that cannot be drawn is found."""
    import pypdfium2

    pages = [each.render(scale=SCALE, rev_byteorder=True) for each in pypdfium2.PdfDocument(document)]
    first = pages[0]
    rows = bytes(first.buffer)
    lines = (rows[at : at + first.width * first.n_channels] for at in range(0, first.stride * first.height, first.stride))
    raw = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    head = struct.pack(">IIBBBBB", first.width, first.height, 8, 2 if first.n_channels == 3 else 6, 0, 0, 0)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", raw) + _chunk(b"IEND", b""))
    print(f"{picture.relative_to(ROOT)}: page 1 of {len(pages)}")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
