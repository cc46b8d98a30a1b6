"""A reviewer's hour in a real browser, by keys alone: fifty claims, an undo across articles, a correction, words, a new claim, a
merge, a second coding and its adjudication; with a keyboard that writes Arabic."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.desks import filled, house
from tests.webs import NAME
from trucewatch import ledger
from trucewatch.desk import second
from trucewatch.monitor import Monitor

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (group full)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ROLES = {"ann": "reviewer", "bob": "coder", "cem": "reviewer"}
ARABIC = {"KeyA": "\u0634", "KeyJ": "\u062a", "KeyU": "\u0639"}  # what these keys write with an Arabic layout


@contextmanager
def served(watch: Monitor) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(house(watch, ROLES), port=0, log_level="error"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/m/{NAME}/desk"
    finally:
        server.should_exit = True
        running.join(10)


@contextmanager
def seen_by(chromium: Any, address: str, who: str, language: str = "en") -> Iterator[Any]:
    """The desk as somebody sees it; what goes wrong in the page goes wrong here."""
    page = chromium.new_page(extra_http_headers={"x-who": who}, viewport={"width": 1300, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}?lang={language}")
    page.wait_for_selector("#card [data-claim]")
    yield page
    page.close()
    assert wrong == []


def open_(page: Any) -> str:
    return str(page.get_attribute("#card [data-claim]", "data-claim"))


def place(page: Any) -> str:
    return str(page.text_content("#place"))


def keys(page: Any, *codes: str) -> None:
    for code in codes:
        page.keyboard.press(code)


def told(page: Any, words: str) -> None:
    playwright.expect(page.locator("#told")).to_have_text(words)


def typed_in_arabic(page: Any, code: str) -> None:
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": ARABIC[code], "text": ARABIC[code]})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def test_fifty_claims_by_keys_alone_and_back(chromium: Any, tmp_path: Path) -> None:
    with filled(tmp_path, 53) as watch, served(watch) as address, seen_by(chromium, address, "ann", "ar") as page:
        assert place(page) == "1 \u0645\u0646 53"
        first = open_(page)
        keys(page, "Space")  # it comes again at the end
        playwright.expect(page.locator(f'#card [data-claim="{first}"]')).to_have_count(0)
        for number in range(50):
            keys(page, *(("KeyX", "Digit2") if number % 10 == 9 else ("KeyA",)))  # quicker than the server answers
        playwright.expect(page.locator("#place")).to_have_text("1 \u0645\u0646 3", timeout=60_000)
        said = ledger.judgements_of(watch.ledger)
        assert [j.value for j in said].count("reject") == 5 and len({j.claim for j in said}) == 50
        assert first not in {j.claim for j in said}
        for _ in range(7):  # over the border of an article
            keys(page, "KeyU")
        playwright.expect(page.locator("#place")).to_have_text("1 \u0645\u0646 10", timeout=60_000)
        assert open_(page) == said[-7].claim and len(ledger.judgements_of(watch.ledger)) == 43
        typed_in_arabic(page, "KeyA")
        playwright.expect(page.locator("#place")).to_have_text("1 \u0645\u0646 9")
        assert ledger.judgements_of(watch.ledger)[-1].claim == said[-7].claim


def test_correcting_words_new_claims_and_a_merge(chromium: Any, tmp_path: Path) -> None:
    with filled(tmp_path, 10) as watch, served(watch) as address, seen_by(chromium, address, "ann") as page:
        claim = open_(page)
        keys(page, "KeyC", "Digit3", "Digit1")  # how it is told, the first choice; with A it is four keys
        told(page, "Saved.")
        playwright.expect(page.locator("#desk-title small")).to_have_text("ongoing")
        keys(page, "KeyS", "ArrowRight", "Shift+ArrowRight", "Enter")
        playwright.expect(page.locator(".desk-card blockquote")).to_have_text("Newtown on")
        keys(page, "KeyM", "Digit1")
        told(page, "Saved.")
        keys(page, "KeyG", "Digit2", "Digit2")
        playwright.expect(page.locator(".desk-card .standing")).to_contain_text("B2")
        keys(page, "KeyN", "ArrowDown", "Enter", "Digit4")
        playwright.expect(page.locator(f'#card [data-claim="{claim}"]')).to_have_count(0)
        made = open_(page)
        said = {j.field: j.value for j in ledger.judgements_of(watch.ledger, [claim])}
        assert (said["status"], said["grade"], said["link"]["as"]) == ("ongoing", "B2", "merge")
        (new,) = ledger.shown(watch.ledger, [made])
        assert new.body["coder"]["name"] == "person" and new.body["event"] == "CONCEDE"
        keys(page, "Slash")
        assert page.is_visible("#help")
        keys(page, "Escape", "KeyJ", "KeyK")
        assert not page.is_visible("#help")
        assert page.evaluate("[...CSS.highlights.keys()]") == ["desk-event"]


def test_a_second_coding_and_its_adjudication(chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "drawn", lambda claim, share=0.1: True)
    with filled(tmp_path, 5) as watch, served(watch) as address:
        with seen_by(chromium, address, "ann") as page:
            claim = open_(page)
            keys(page, "KeyC", "Digit3", "Digit1", "KeyA")
            playwright.expect(page.locator("#place")).to_have_text("1 of 4")
        with seen_by(chromium, address, "bob") as page:
            assert open_(page) == claim and page.text_content("#kind") == "to be coded again"
            assert page.text_content("#desk-title small") == "occurred"
            keys(page, "KeyC", "Digit2", "Digit3", "KeyA")
            playwright.expect(page.locator("#kind")).to_have_text("not looked at yet")
        with seen_by(chromium, address, "cem") as page:
            assert open_(page) == claim and page.text_content("#kind") == "two differ"
            keys(page, "KeyE", "Digit2", "Digit1")  # mode as the second has it, how it is told as the first
            playwright.expect(page.locator("#kind")).not_to_have_text("two differ")
        said = {j.field: j.value for j in ledger.judgements_of(watch.ledger, [claim]) if j.who == "cem"}
        assert said == {"mode": "torture", "status": "ongoing"}
