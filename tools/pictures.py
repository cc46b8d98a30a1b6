"""Take the README's pictures anew: the page of one Arabic and one English sample in a Chromium browser.

    python tools/pictures.py

Needs Chromium and fonts with Arabic letters (on Debian: chromium, fonts-noto-core). Look at the pictures before you commit them.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from trucewatch.flow import Coded, code_source
from trucewatch.packs import find
from trucewatch.publish.page import page

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"demo-ar": "gaza-2026-01-12-online", "demo-en": "gaza-2026-01-12-online-en"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1280,860",
)  # fmt: skip


def main() -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("tools/pictures.py: no Chromium here. Install one of: " + ", ".join(BROWSERS) + ".")
    coded = {entry.article.id: entry for entry in code_source([find("samples/articles.jsonl")], on_problem=sys.exit)}
    for name, article in PICTURES.items():
        shoot(browser, coded[article], ROOT / "docs" / "pictures" / f"{name}.png")


def shoot(browser: str, coded: Coded, picture: Path) -> None:
    """A picture of the top of the article's page."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "page.html"
        shown = page([(coded.article, coded.claims)], directions={coded.article.language: coded.direction}, sample=True)
        html.write_text(shown, "utf-8")
        words = [browser, *QUIET, f"--user-data-dir={folder}/profile", f"--screenshot={picture}", html.as_uri()]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
    print(picture.relative_to(ROOT))


if __name__ == "__main__":
    main()
