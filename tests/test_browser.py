"""The page in a real browser: the script runs, the filter filters, a card lights its words, nothing is wider than the window."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.made import arabic, english
from trucewatch.publish.page import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
QUIET += ("--disable-component-update", "--disable-sync")


def asked(tmp_path: Path, question: str, width: int = 1400) -> Any:
    """What a script at the end of the page answers."""
    shown = page([arabic(), english()], directions={"ar": "rtl", "en": "ltr"}, sample=True)
    watch = "window.onerror = (m) => { document.title = m; };"
    tail = f"<script>{watch} document.title = JSON.stringify((() => {{{question}}})());</script>"
    path = tmp_path / "page.html"
    path.write_text(shown.replace("</body>", tail + "</body>"), "utf-8")
    command = [
        str(CHROMIUM),
        "--headless",
        *QUIET,
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},900",
        "--dump-dom",
    ]
    done = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r"<title>(.*?)</title>", done.stdout)
    assert found
    return json.loads(unescape(found.group(1)))


def test_the_filter_appears_and_filters(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        """
        const form = document.querySelector(".filter");
        const open = () => document.querySelectorAll(".card:not([hidden])").length;
        const before = [form.hidden, open()];
        form.elements.event.value = "VIOLATION"; form.dispatchEvent(new Event("change"));
        const after = [open(), form.querySelector("output").textContent];
        form.elements.status.value = "denied";
        form.elements.status.value = "planned"; form.dispatchEvent(new Event("change"));
        return [before, after, open(), document.querySelector(".nothing").hidden];
        """,
    )
    assert answer == [[False, 14], [2, "2 shown"], 0, False]


def test_a_card_lights_its_own_words(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        """
        const sheet = document.getElementById("a2"), card = sheet.querySelectorAll(".card")[3];
        card.querySelector("blockquote a").focus();
        const lit = [...sheet.querySelectorAll(".hot[data-c]")];
        const words = lit.map((mark) => mark.textContent).join("");
        document.activeElement.blur();
        return [words, card.classList.contains("hot"), sheet.querySelectorAll(".hot[data-c]").length];
        """,
    )
    assert answer == ["Ghazi Hamadthe Israeli army had breached the truce more than 900 times", False, 0]


@pytest.mark.parametrize("width", [500, 900, 1400])
def test_nothing_is_wider_than_the_window(tmp_path: Path, width: int) -> None:
    answer = asked(
        tmp_path,
        """
        document.querySelectorAll("details").forEach((d) => { d.open = true; });
        const wide = [...document.querySelectorAll("body *")].filter((e) => {
            const box = e.getBoundingClientRect();
            return !e.closest(".scroll, .skip") && box.width && (box.right > innerWidth + 1 || box.left < -1);
        });
        return [document.documentElement.scrollWidth <= innerWidth, wide.map((e) => e.tagName + "." + e.className)];
        """,
        width,
    )
    assert answer == [True, []]


def test_arabic_figures_stand_in_reading_order(tmp_path: Path) -> None:
    """In a range within Arabic the earlier day stands to the left of the later one, as the digits themselves run."""
    answer = asked(
        tmp_path,
        """
        const bdi = [...document.querySelectorAll("#a1 bdi")].find((b) => b.textContent.includes(" – "));
        const at = (i) => { const r = document.createRange(); r.setStart(bdi.firstChild, i); r.setEnd(bdi.firstChild, i + 1);
            return r.getBoundingClientRect().left; };
        return [bdi.textContent, at(0) < at(bdi.textContent.length - 1)];
        """,
    )
    assert answer == ["2025-10-10 – 2026-01-12", True]
