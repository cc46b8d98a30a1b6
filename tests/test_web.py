"""The house of pages: who is let in, what goes with every answer, that every page says its words in every language."""

import csv
import json
import re
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi import routing

from tests.webs import NAME, NOW, client, filled
from tools import sentences
from trucewatch import flow, ledger, monitor
from trucewatch.access import embargoes
from trucewatch.door.who import role_of
from trucewatch.model.actor import ANYONE, EVERY, ROLES, Actor
from trucewatch.publish.labels import interface
from trucewatch.views.memory import Memory, remembered
from trucewatch.views.tables import TABLES
from trucewatch.web import alone
from trucewatch.web.assets import STATIC, asset
from trucewatch.web.words import translations, wished

ROOT = Path(__file__).resolve().parent.parent
VENDOR = STATIC / "vendor"


def routes() -> dict[str, tuple[str | None, set[str]]]:
    """Every route but the files: its role, and how it can be asked."""
    house = client(also=[alone.router(alone.Key())]).app
    found = (route for route in routing.iter_route_contexts(house.routes) if route.path != "/static")  # type: ignore[attr-defined]
    return {str(route.path): (role_of(route.dependencies), route.methods or set()) for route in found}


def pages() -> list[str]:
    """The pages of a monitor that stand in its navigation."""
    shown = client().get(f"/m/{NAME}/today").text
    return re.findall(r'href="(/m/[^"?#]+)"', shown.partition("<main")[0])


def test_every_route_asks_for_a_role_and_is_described() -> None:
    described = (ROOT / "docs" / "dashboard.md").read_text("utf-8")
    found = routes()
    assert len(found) >= 5
    assert {path: role for path, (role, _) in found.items() if role not in (*ROLES, ANYONE)} == {}
    shown = {path for path in found if not path.startswith("/api/")}
    assert sorted(path for path in shown if f"`{path}`" not in described) == []


def test_nobody_known_sees_nothing() -> None:
    browser, looked = client(actor=None), 0
    for path, (role, methods) in routes().items():
        if role != ANYONE and "GET" in methods:
            answer = browser.get(
                path.replace("{monitor}", NAME).replace("{form}", "csv").replace("{view}", "figures"), follow_redirects=False
            )
            assert answer.status_code == 401, path
            looked += 1
    assert looked >= 2
    assert client(actor=None, entrance="/login").get("/", follow_redirects=False).headers["location"] == "/login"


@pytest.mark.parametrize(
    ("roles", "status"), [((("other", "admin"),), 404), (((NAME, "viewer"),), 200), (((EVERY, "viewer"),), 200), ((), 404)]
)
def test_a_monitor_in_which_one_has_no_role_is_not_there(roles: tuple[tuple[str, str], ...], status: int) -> None:
    assert client(actor=Actor("somebody", roles)).get(f"/m/{NAME}/today").status_code == status


def test_the_link_lets_in_once() -> None:
    key = alone.Key()
    browser = client(who=alone.finder(key, "analyst"), also=[alone.router(key)])
    link = key.link
    assert browser.get("/").status_code == 401
    assert browser.get("/open?once=wrong").status_code == 401
    opened = browser.get(f"/open?once={link}", follow_redirects=False)
    assert opened.status_code == 303 and {"HttpOnly", "SameSite=strict"} <= set(opened.headers["set-cookie"].split("; "))
    assert browser.get("/").status_code == 200
    browser.cookies.clear()
    assert browser.get(f"/open?once={link}").status_code == 401


def test_every_answer_carries_the_guards(caplog: pytest.LogCaptureFixture) -> None:
    browser = client()
    with caplog.at_level("INFO", logger="trucewatch.web"):
        for path in ("/", f"/m/{NAME}/today?word=secret", "/nowhere", asset("app.css"), "/healthz", "/readyz"):
            headers = browser.get(path).headers
            assert (
                "default-src 'self'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
            )
            assert headers["x-content-type-options"] == "nosniff", path
    assert "immutable" in browser.get(asset("app.css")).headers["cache-control"]
    assert browser.get("/static/app.css").headers["cache-control"] == "no-cache"
    lines = [json.loads(record.message) for record in caplog.records if record.name == "trucewatch.web"]
    assert {line["path"] for line in lines} >= {"/", "/nowhere", "/healthz"} and "secret" not in caplog.text
    assert client(hosts=("trucewatch.example",)).get("/").status_code == 400, "a name that is not ours"


class Seen(HTMLParser):
    """What of a page would need more than the policy allows, and what it loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.bad += [f"{tag} {name}" for name in told if name == "style" or name.startswith("on")]
        self.bad += [tag] if tag == "style" or (tag == "script" and "src" not in told) else []
        loads = told.get("src") or (told.get("href") if tag == "link" else None) or ""
        self.bad += [loads] if loads and not loads.startswith("/") else []


@pytest.mark.parametrize("language", interface())
def test_pages_are_whole_in_every_language(language: str) -> None:
    browser = client()
    for path in pages():
        answer = browser.get(f"{path}?lang={language}")
        assert answer.status_code == 200, path
        seen = Seen()
        seen.feed(answer.text)
        assert seen.bad == [], path
        assert re.search(rf'<html lang="{language}" dir="(ltr|rtl)"', answer.text)
        assert answer.text.count("<h1") == 1 and '<main id="main"' in answer.text and 'class="skip"' in answer.text
    file = sentences.WEB / "locale" / f"{language}.po"
    assert not file.exists() or sentences.missing(file) == [], "translate them: python -m tools.sentences"


def test_a_choice_of_language_and_colours_stays() -> None:
    browser = client()
    assert 'lang="ar" dir="rtl"' in browser.get("/nowhere", headers={"accept-language": "fr;q=0.9, ar-EG;q=0.8, en;q=0.1"}).text
    browser.get(f"/m/{NAME}/today?lang=ar&theme=dark")
    assert '<html lang="ar" dir="rtl" data-theme="dark">' in browser.get(f"/m/{NAME}/today").text
    assert wished("xx, *;q=nonsense") is None


def test_arabic_counts_in_six_ways() -> None:
    told = translations("ar")
    assert {told.plural(n) for n in (0, 1, 2, 3, 11, 100)} == set(range(6))  # type: ignore[attr-defined]


def test_what_comes_from_others_is_as_it_was_fetched() -> None:
    rows = json.loads((VENDOR / "VENDORED.json").read_text("utf-8"))
    assert {row["file"] for row in rows} == {path.name for path in VENDOR.iterdir()} - {"VENDORED.json"}
    assert [row["file"] for row in rows if sha256((VENDOR / row["file"]).read_bytes()).hexdigest() != row["sha256"]] == []
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert [row["name"] for row in rows if row["name"] not in notice] == []


def test_claims_are_narrowed_by_the_address_and_taken_along() -> None:
    browser = client()
    plain = browser.get(f"/m/{NAME}/claims?lang=en").text
    count = int(re.search(r"([\d,]+)</bdi> claims", plain).group(1))  # type: ignore[union-attr]
    (some,) = re.findall(r'href="[^"]*event=VIOLATION[^"]*"><span>[^<]*</span> <bdi dir="ltr">(\d+)', plain)
    breaches = browser.get(f"/m/{NAME}/claims?event=VIOLATION").text
    assert breaches.count('<li class="row') == int(some) < count
    lines = browser.get(f"/m/{NAME}/claims.jsonl?event=VIOLATION").text.splitlines()
    assert {json.loads(line)["event"] for line in lines} == {"VIOLATION"} and len(lines) == int(some)
    table = browser.get(f"/m/{NAME}/claims.csv?event=VIOLATION")
    assert "attachment" in table.headers["content-disposition"] and len(table.text.splitlines()) == int(some) + 1
    assert browser.get(f"/m/{NAME}/claims.exe").status_code == 404
    feed = ElementTree.fromstring(browser.get(f"/m/{NAME}/feed.atom?event=VIOLATION").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == int(some)
    for odd in ("q=%22%27%28*+NEAR", "q=%00", "event=%27--", "after=x", "from=never", "q=" + "x" * 999):
        assert browser.get(f"/m/{NAME}/claims?{odd}").status_code in (200, 422), odd
    older = browser.get(f"/m/{NAME}/claims?known=2020-01-01").text
    assert '<li class="row' not in older


def test_a_claim_is_followed_from_its_figure_to_its_words_and_to_what_others_say() -> None:
    browser = client()
    today = browser.get(f"/m/{NAME}/today?lang=en").text
    (address, *_) = re.findall(rf'href="(/m/{NAME}/claim/[^"]+)"', today)
    shown = browser.get(address).text
    claim = ledger.shown(filled().ledger, [address.rsplit("/", 1)[1]])[0].body
    quote = next(piece["quote"] for piece in claim["evidence"] if piece["role"] == "event")
    marked = "".join(re.findall(r'<mark class="m [^"]*event[^"]*"[^>]*>([^<]*)</mark>', shown))
    assert escape(quote) in marked and claim["coder"]["rules"][0] in shown
    assert browser.get(f"/m/{NAME}/claim/c:0000").status_code == 404
    others = [each for each in ledger.claims(filled().ledger, ledger.Query(limit=500)) if _told_twice(each.body["id"])]
    page = browser.get(f"/m/{NAME}/claim/{others[0].body['id']}?lang=en").text
    assert page.count('<li class="tied') >= 1, "what stands beside it in its happening is shown with why"


def _told_twice(claim: str) -> bool:
    found = flow.happening_of(filled().ledger, claim)
    return found is not None and any(claim in (link.one, link.other) for link in found.links)


def test_a_provision_shows_its_history_and_a_day_of_the_past_what_was_known() -> None:
    browser = client()
    tracker = browser.get(f"/m/{NAME}/tracker").text
    started = r'<tr class="(?:full|intermediate|minimal)[^"]*"><th scope="row"><a href="([^"?]+)'
    address = re.findall(started, tracker)[0]
    shown = browser.get(f"{address}?lang=en").text
    assert 'id="history"' in shown and f"/m/{NAME}/claim/" in shown
    assert browser.get(f"/m/{NAME}/tracker/nothing").status_code == 404
    past = browser.get(f"{address}?day=2025-01-01&then=1").text
    assert f"/m/{NAME}/claim/" not in past


def test_a_change_of_the_ledger_is_told_to_open_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = iter([(1, "a"), (1, "a"), (2, "b")])
    monkeypatch.setattr("trucewatch.web.live.ledger.head", lambda book: next(heads, (2, "b")))
    monkeypatch.setattr("trucewatch.web.live.LONGEST", 0.05)
    told = client(beat=0.01).get(f"/m/{NAME}/live?lang=en")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text.count("data: <a href") == 1 and "id: 2" in told.text


def test_what_is_dear_is_made_once_and_stands_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now, made = [0.0], []
    monkeypatch.setattr("trucewatch.views.memory.time.monotonic", lambda: now[0])

    def make() -> int:
        now[0] += 1  # a second's work
        made.append(1)
        return len(made)

    held = Memory(most=2)
    assert [remembered(held, "a", state, make) for state in (1, 1, 2, 3)] == [1, 1, 1, 1], "nine seconds are not over"
    assert remembered(held, "a", 3, make, patient=False) == 2
    now[0] += 60
    assert [remembered(held, "a", state, make) for state in (4, 5)] == [3, 3]
    assert [remembered(held, key, 1, make) for key in ("b", "c")] == [4, 5] and list(held.kept) == ["b", "c"]


def test_the_first_view_is_light_and_loads_nothing_from_elsewhere() -> None:
    browser = client()
    shown = browser.get(f"/m/{NAME}/today")
    loads = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', shown.text))
    fonts = {f"/static/vendor/{path.name}" for path in VENDOR.glob("*.woff2")}
    sizes = [int(browser.get(path).headers["content-length"]) for path in loads | fonts]
    assert len(loads) >= 5 and int(shown.headers["content-length"]) + sum(sizes) < 400_000


def test_a_monitor_without_an_agreement_shows_its_claims(tmp_path: Path) -> None:
    made = monitor.create(tmp_path / NAME, agreement=None, at=NOW)
    browser = client(made=made)
    assert browser.get("/").url.path == f"/m/{NAME}/claims"
    assert browser.get(f"/m/{NAME}/today").status_code == 404
    assert "/today" not in browser.get(f"/m/{NAME}/claims").text
    monitor.close(made)


def test_a_view_of_a_day_is_taken_along_as_a_table() -> None:
    browser = client()
    for view in TABLES:
        head, *rows = csv.reader(browser.get(f"/m/{NAME}/table/{view}.csv?lang=en").text.splitlines())
        assert head == list(TABLES[view][0]) and rows and {len(row) for row in rows} == {len(head)}, view
    assert browser.get(f"/m/{NAME}/table/all.csv").status_code == 404
    assert ledger.entries(filled().ledger, 1)[0]["after"]["asked"]["view"] == "timeline"


def test_what_is_under_embargo_is_on_no_page_of_a_viewer() -> None:
    book = filled().ledger
    every = ledger.claims(book, ledger.Query(limit=500))
    outlet = next(entry.outlet for entry in every if entry.outlet and _told_twice(entry.body["id"]))
    hidden = {entry.body["id"] for entry in every if entry.outlet == outlet}
    open_ = [id_ for entry in every if entry.outlet != outlet and _told_twice(id_ := entry.body["id"])][:12]
    views = ("today", "claims", "figures", "tracker", "timeline", "sources", "map", "claims.csv", "claims.jsonl", "feed.atom")
    paths = [
        f"/m/{NAME}/{view}" for view in (*views, "table/timeline.csv", "table/figures.csv", *(f"claim/{id_}" for id_ in open_))
    ]
    seen = {path: client().get(path).text for path in paths}
    assert sum(any(id_ in text for id_ in hidden) for text in seen.values()) >= 5, "there is something to hide"
    embargoes.put(book, "outlet", outlet, reason="a try", who="tester", at=NOW)
    try:
        viewer = client(actor=Actor("reader", ((NAME, "viewer"),)))
        told = {path: viewer.get(path) for path in paths}
        assert {answer.status_code for answer in told.values()} == {200}
        assert [path for path, answer in told.items() if any(id_ in answer.text for id_ in hidden)] == []
        assert viewer.get(f"/m/{NAME}/claim/{min(hidden)}").status_code == 404
        assert f"outlet={outlet}" not in told[f"/m/{NAME}/sources"].text + told[f"/m/{NAME}/claims"].text
    finally:
        embargoes.lift(book, "outlet", outlet, who="tester", at=NOW)
