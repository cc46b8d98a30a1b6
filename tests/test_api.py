"""The API: what it answers, to whom, and what it refuses; the client beside it."""

import base64
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.webs import NAME, NOW, client
from trucewatch import access, flow, ledger, monitor
from trucewatch import client as asked
from trucewatch.api.start import described
from trucewatch.door.house import Settings
from trucewatch.door.known import known
from trucewatch.model.actor import Actor
from trucewatch.packs import find
from trucewatch.web import app

ROOT = Path(__file__).resolve().parent.parent
BASE = f"/api/v1/monitors/{NAME}"
TEXT = "The army of country A shelled a village in country B on Monday, killing four people, the governor's office said."


def test_every_route_is_described_and_every_problem_told() -> None:
    made, doc = described(client().app.routes), (ROOT / "docs" / "api.md").read_text("utf-8")  # type: ignore[attr-defined]
    assert made["openapi"].startswith("3.1") and len(made["paths"]) >= 15
    for path, ways in made["paths"].items():
        assert f"`{path.removeprefix('/api/v1')}`" in doc, path
        for way, told in ways.items():
            assert told["description"] and {"401", "403", "404", "422", "503"} <= told["responses"].keys(), (way, path)


def test_pages_of_claims_come_to_all_of_them_once() -> None:
    browser, address, seen = client(), f"{BASE}/claims?limit=7&event=CONSULT", []
    while address:
        answer = browser.get(address).json()
        assert len(answer["items"]) <= 7
        seen += [each["id"] for each in answer["items"]]
        address = answer["next"]
    lines = [json.loads(line) for line in browser.get(f"{BASE}/claims.jsonl?event=CONSULT").text.splitlines()]
    assert len(seen) > 7 and len(seen) == len(set(seen)) and set(seen) == {each["id"] for each in lines}
    assert all(each["said_by"] and each["outlet"] and each["as_told"] for each in lines)


def test_what_has_not_changed_is_not_sent_again() -> None:
    browser = client()
    for path in ("", "/claims?limit=3", "/tracker?day=2026-01-14", "/agreement"):
        first = browser.get(BASE + path)
        again = browser.get(BASE + path, headers={"if-none-match": f'"x", {first.headers["etag"]}'})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), path
    other = client(actor=Actor("somebody", ((NAME, "viewer"),))).get(f"{BASE}/claims?limit=4").headers["etag"]
    assert other != browser.get(f"{BASE}/claims?limit=3").headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/claims?cursor=x", 422, "cursor"),
        ("/claims?cursor=" + base64.urlsafe_b64encode(b'["2026-01-01 OR 1=1",1]').decode(), 422, "cursor"),
        ("/claims?cursor=" + base64.urlsafe_b64encode(b"[" * 200).decode()[:120], 422, "cursor"),
        ("/claims?cursor=" + base64.urlsafe_b64encode(b'["2026-01-01",1e400]').decode(), 422, "cursor"),
        ("/claims?limit=0", 422, "limit"),
        ("/claims?limit=501", 422, "limit"),
        ("/claims?from=yesterday", 422, "from"),
        ("/claims/c:none", 404, "claim"),
        ("/claims/..%2f..%2fetc%2fpasswd", 404, ""),
        ("/articles/../../../etc/passwd", 404, ""),
        ("/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404, "article"),
        ("/tracker/changes?since=2026-03-01&day=2026-02-01", 422, "since"),
        ("/nothing", 404, ""),
    ],
)
def test_problems_tell_what_and_the_mend(path: str, status: int, word: str) -> None:
    answer = client().get(BASE + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status and told["title"] and word in told.get("detail", "")
    assert "/work/" not in answer.text and "Traceback" not in answer.text


HOSTILE = (
    "' OR '1'='1",
    '"; DROP TABLE claims; --',
    "NEAR(a b)",
    '"unclosed',
    "a AND OR NOT",
    "*",
    "col:x",
    "\0",
    "%",
    "\ud83d",
    "(((",
)


@pytest.mark.parametrize(
    "field", ["q", "event", "status", "party", "speaker", "accused", "outlet", "about", "article", "language"]
)
def test_no_filter_takes_a_question_of_its_own(field: str) -> None:
    browser = client()
    before = browser.get(f"{BASE}/claims?limit=1").json()
    for word in HOSTILE:
        params = {field: word.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
        answer = browser.get(f"{BASE}/claims", params=params)
        assert answer.status_code in (200, 422), (field, word, answer.text)
        if answer.status_code == 200 and field != "q" and word.strip("\0"):
            assert answer.json()["items"] == [], (field, word)
    assert browser.get(f"{BASE}/claims?limit=1").json() == before


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a monitor that has read two articles."""
    folder = tmp_path_factory.mktemp("api")
    made = monitor.create(folder / NAME, agreement="gaza-2025", at=NOW)
    rows = find("samples/articles.jsonl").read_text("utf-8").splitlines()
    (folder / "some.jsonl").write_text("\n".join(rows[:2]), "utf-8")
    for _ in flow.read_into(made, [folder / "some.jsonl"], actor="t", clock=lambda: NOW, on_problem=print):
        pass
    monitor.close(made)
    return folder / NAME


@pytest.fixture
def own(read: Path, tmp_path: Path) -> Iterator[monitor.Monitor]:
    """A copy of it that may be written into."""
    made = monitor.open_(copytree(read, tmp_path / NAME), at=NOW)
    yield made
    monitor.close(made)


def house(made: monitor.Monitor, **more: Any) -> Any:
    from tests.webs import TestClient

    monitors = {NAME: made} | more
    return TestClient(
        app(monitors, clock=lambda: NOW, settings=Settings(hosts=("testserver",)), who=known), raise_server_exceptions=False
    )


def token(made: monitor.Monitor, role: str, *scopes: str) -> dict[str, str]:
    access.users.add(made.ledger, f"a-{role}", role, who="t", at=NOW)
    _, told = access.tokens.add(made.ledger, f"a-{role}", "test", scopes, who="t", at=NOW)
    return {"authorization": f"Bearer {told}"}


def test_tokens_open_what_they_are_for(own: monitor.Monitor) -> None:
    browser, read = house(own), token(own, "coder", "read")
    assert browser.get(f"{BASE}/claims").status_code == 401
    assert browser.get(f"{BASE}/claims", headers=read).status_code == 200
    assert browser.get(f"{BASE}/claims.jsonl", headers=read).status_code == 403
    assert browser.post(f"{BASE}/articles", headers=read, json={"text": TEXT}).status_code == 403
    assert browser.delete(f"{BASE}/judgements/last", headers=read).status_code == 403
    assert browser.get("/api/v1/monitors/other/claims", headers=read).status_code == 404


def test_an_article_is_read_kept_and_known_again(own: monitor.Monitor) -> None:
    browser, may = house(own), token(own, "coder", "submit", "read", "judge", "export")
    with asked.connect("", NAME, may["authorization"].removeprefix("Bearer "), http=browser) as api:
        made = asked.submit(
            api, text=TEXT, outlet="gazette", published=date(2026, 1, 12), language="en", url="https://g.example/1"
        )
        (article,) = made.articles
        assert article.new == len(article.claims) >= 1 and made.problems == ()
        again = asked.submit(
            api, text=TEXT, outlet="gazette", published=date(2026, 1, 12), language="en", url="https://g.example/1"
        )
        assert again.articles[0].new == 0 and again.articles[0].claims == article.claims
        found = asked.claim(api, article.claims[0])
        assert found.outlet == "gazette" and found.claim.evidence[0].quote in TEXT
        numbers = asked.reject(api, article.claims[0], "not a claim")
        assert asked.claim(api, article.claims[0]).judgements and asked.undo(api) == numbers
        asked.accept(api, article.claims[0])
        asked.correct(api, article.claims[0], "status", "possible")
        with pytest.raises(asked.ApiError, match="slot"):
            asked.correct(api, article.claims[0], "nonsense", 1)
        with pytest.raises(asked.ApiError, match="404"):
            asked.accept(api, "c:none")
        all_ids = [each.id for each in asked.claims(api, limit=5)]
        assert len(all_ids) == len(set(all_ids)) == len(list(asked.lines(api)))
        assert asked.day(api, "tracker", date(2026, 1, 14))["agreement"] == "gaza-2025"
    assert ledger.verify(own.ledger) == ()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": TEXT, "html": "<p>x</p>"}, 422),
        ({"text": TEXT, "id": "mine"}, 422),
        ({"fetch": "http://127.0.0.1:9/"}, 422),
        ({"fetch": "http://169.254.169.254/latest/meta-data/"}, 422),
        ({"fetch": "http://[::ffff:10.0.0.1]/"}, 422),
        ({"fetch": "http://2130706433/"}, 422),
        ({"fetch": "file:///etc/passwd"}, 422),
        ({"fetch": "gopher://x.example/"}, 422),
        ({"text": TEXT, "published": "soon"}, 422),
        ({"text": " "}, 422),
    ],
)
def test_what_is_no_article_is_refused(own: monitor.Monitor, body: dict[str, Any], status: int) -> None:
    before = ledger.head(own.ledger)
    may = token(own, "coder", "submit")
    answer = house(own).post(f"{BASE}/articles", headers=may, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert "root:" not in answer.text and ledger.head(own.ledger)[0] <= before[0] + 4  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{" * 100_000, (400, 422)),
        (b"[" * 100_000 + b"]" * 100_000, (400, 422)),
        (b'"' + b"x" * 5_000_000 + b'"', (413,)),
        (b"\xff", (400, 422)),
    ],
)
def test_bodies_that_are_too_much(own: monitor.Monitor, body: bytes, status: tuple[int, ...]) -> None:
    may = token(own, "coder", "submit") | {"content-type": "application/json"}
    answer = house(own).post(f"{BASE}/articles", headers=may, content=body)
    assert answer.status_code in status

    def drip() -> Iterator[bytes]:
        for _ in range(600):
            yield b" " * 10_000

    assert house(own).post(f"{BASE}/articles", headers=may, content=drip()).status_code == 413, "no length was told"


def test_an_embargo_and_a_redaction_hold_on_every_route(own: monitor.Monitor) -> None:
    browser, viewer = house(own), token(own, "viewer", "read", "export")
    first = browser.get(f"{BASE}/claims?limit=1", headers=viewer).json()["items"][0]
    access.embargoes.put(own.ledger, "article", first["article"], reason="at risk", who="t", at=NOW)
    names = (first["id"], first["article"])
    days = ("/tracker", "/figures", "/findings", "/outlets", "/tracker/changes?since=2025-10-01")
    one = (f"/claims/{names[0]}", f"/claims/{names[0]}/happening", f"/articles/{names[1]}")
    for path in ("/claims?limit=500", "/claims.jsonl", *one, *days):
        answer = browser.get(BASE + path, headers=viewer)
        assert answer.status_code in (200, 404), path
        assert not any(f'"{name}"' in answer.text for name in names), path
    access.embargoes.lift(own.ledger, "article", first["article"], who="t", at=NOW)
    assert browser.get(f"{BASE}/claims/{names[0]}", headers=viewer).status_code == 200
    quote = first["evidence"][0]["quote"]
    ledger.redact(own.ledger, first["id"], reason="asked for", who="t", at=NOW)
    for path in ("/claims?limit=500", "/claims.jsonl", f"/claims/{names[0]}", f"/articles/{names[1]}"):
        assert quote not in json.loads(json.dumps(browser.get(BASE + path, headers=viewer).text)), path
