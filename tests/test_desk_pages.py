"""The pages of the desk: who may do what, that "saved" is in the ledger, what is refused, and what nobody else may see."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.desks import filled, house
from tests.ledgers import after
from tests.webs import NAME, TestClient
from trucewatch import access, desk, ledger
from trucewatch.desk import second
from trucewatch.ledger import Query
from trucewatch.monitor import Monitor

ROLES = {"ann": "reviewer", "bob": "coder", "vic": "viewer"}


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Monitor]:
    with filled(tmp_path) as found:
        yield found


@pytest.fixture
def browser(watch: Monitor) -> TestClient:
    return TestClient(house(watch, ROLES), raise_server_exceptions=False)


def queue(browser: TestClient, who: str = "ann") -> list[list[str]]:
    shown = browser.get(f"/m/{NAME}/desk", headers={"x-who": who}).text
    return json.loads(unescape(re.findall(r'data-items="([^"]*)"', shown)[0]))  # type: ignore[no-any-return]


def send(browser: TestClient, who: str = "ann", **told: Any) -> Any:
    return browser.post(f"/m/{NAME}/desk/decide", json=told, headers={"x-who": who})


def looked(browser: TestClient, claim: str, who: str = "ann", **asked: Any) -> dict[str, Any]:
    """The card of a claim, and what a decision on it has to name."""
    answer = browser.get(f"/m/{NAME}/desk/card/{claim}", params=asked, headers={"x-who": who})
    assert answer.status_code == 200
    return {"claim": claim, "reading": re.findall(r'data-reading="([^"]*)"', answer.text)[0], "text": answer.text}


def seen(browser: TestClient, claim: str, who: str = "ann") -> dict[str, Any]:
    return {key: value for key, value in looked(browser, claim, who).items() if key != "text"}


def test_a_viewer_has_no_desk(browser: TestClient) -> None:
    for path in ("desk", "desk/card/c:1", "desk/quality", "desk/many"):
        assert browser.get(f"/m/{NAME}/{path}", headers={"x-who": "vic"}).status_code == 403
    assert send(browser, "vic", do="undo").status_code == 403
    assert browser.get(f"/m/{NAME}/desk/many", headers={"x-who": "bob"}).status_code == 403


def test_saved_is_in_the_ledger_and_leaves_the_queue(browser: TestClient, watch: Monitor) -> None:
    (first, kind, _), second_, *_ = before = queue(browser)
    assert len(before) == 10 and kind == "unread"
    assert send(browser, do="accept", **seen(browser, first)).json() == {"saved": True, "claim": first}
    correct = send(browser, do="correct", slot="status", value="possible", **seen(browser, second_[0]))
    assert correct.status_code == 200 and "possible" in looked(browser, second_[0])["text"]
    assert [(j.claim, j.field, j.value, j.who) for j in ledger.judgements_of(watch.ledger)] == [
        (first, "verdict", "accept", "ann"),
        (second_[0], "status", "possible", "ann"),
    ]
    assert [each[0] for each in queue(browser)] == [each[0] for each in before[1:]]
    assert [send(browser, do="undo").json()["claim"] for _ in range(3)] == [second_[0], first, None]
    assert queue(browser) == before and ledger.judgements_of(watch.ledger) == ()


def test_what_is_not_saved_says_why(browser: TestClient, watch: Monitor) -> None:
    claim = queue(browser)[0][0]
    good = seen(browser, claim)
    for wrong in (
        {"do": "reject", "reason": " ", **good},
        {"do": "correct", "slot": "status", "value": "maybe", **good},
        {"do": "correct", "slot": "evidence", "value": [], **good},
        {"do": "accept", **good, "reading": "r:old"},
        {"do": "span", "start": 9, "end": 2, **good},
        {"do": "tell", "value": "WEATHER", "start": 0, "end": 5, **good},
        {"do": "settle", "slot": "status", "value": "possible", **good},
        {"do": "merge", "other": claim, **good},
        {"do": "let-go", "claim": claim, "number": 99},
    ):
        answer = send(browser, **wrong)
        assert answer.status_code == 409 and answer.json()["saved"] is False and answer.json()["detail"], wrong
        assert str(watch.folder) not in answer.text
    for strange in ({"do": "delete", **good}, {"do": "accept", "mood": 1, **good}):
        assert send(browser, **strange).status_code == 422
    assert send(browser, do="accept", claim="c:none", reading="r:1").status_code == 404
    assert send(browser, "bob", do="assign", other="ann", **good).status_code == 404
    assert ledger.counts(watch.ledger).judgements == 0


def test_words_merges_grades_and_new_claims(browser: TestClient, watch: Monitor) -> None:
    (one, *_), (other, *_), *_ = queue(browser)
    assert "Oldtown" in looked(browser, one)["text"]
    for told in (
        {"do": "span", "start": 0, "end": 7},
        {"do": "merge", "other": other},
        {"do": "separate", "other": other},
        {"do": "grade", "value": "B2"},
        {"do": "assign", "other": "bob"},
    ):
        assert send(browser, **told, **seen(browser, one)).json()["saved"], told
    assert "<q>Party A</q>" in looked(browser, one)["text"] and queue(browser, "bob")[0][:2] == [one, "assigned"]
    made = send(browser, do="tell", value="THREATEN", start=8, end=15, **seen(browser, one)).json()["claim"]
    (found,) = ledger.shown(watch.ledger, [made])
    assert (found.body["event"], found.body["coder"]["name"]) == ("THREATEN", "person")
    for _ in range(6):
        send(browser, do="undo")
    assert ledger.judgements_of(watch.ledger) == () and ledger.shown(watch.ledger, [made]) == ()


def test_a_second_coding_does_not_show_the_first(browser: TestClient, watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "drawn", lambda claim, share=0.1: True)
    claim = queue(browser)[0][0]
    send(browser, do="correct", slot="status", value="denied", **seen(browser, claim))
    send(browser, do="accept", **seen(browser, claim))
    assert [claim, "second", ""] in queue(browser, "bob")
    shown = looked(browser, claim, "bob", blind=True)["text"]
    assert "<small>occurred</small>" in shown and "corrected" not in shown and "/claim/" not in shown
    send(browser, "bob", do="accept", blind=True, **seen(browser, claim, "bob"))
    assert queue(browser)[0][:2] == [claim, "adjudicate"] and "adjudicate" not in {each[1] for each in queue(browser, "bob")}
    assert "Two coded it differently" in looked(browser, claim)["text"]
    assert send(browser, do="settle", slot="status", value="denied", **seen(browser, claim)).json()["saved"]
    assert "adjudicate" not in {each[1] for each in queue(browser)}
    page = browser.get(f"/m/{NAME}/desk/quality").text
    assert "made" in page and page.count("<tr>") > 12


def test_many_are_shown_before_they_are_decided_on(browser: TestClient, watch: Monitor) -> None:
    address = f"/m/{NAME}/desk/many?q=Lowtown"
    assert 'name="count" value="2"' in browser.get(address).text
    assert browser.post(address, data={"count": "3"}, follow_redirects=False).status_code == 409
    assert browser.post(address, data={"count": "2"}, follow_redirects=False).status_code == 303
    assert len(queue(browser)) == 8
    send(browser, do="undo")
    assert len(queue(browser)) == 10


def test_what_is_under_embargo_is_not_at_the_desk(browser: TestClient, watch: Monitor) -> None:
    hidden = ledger.claims(watch.ledger, Query())[0]
    name = str(hidden.body["article"])
    before = seen(browser, hidden.body["id"])
    access.embargoes.put(watch.ledger, "article", name, role="admin", who="ann", reason="asked for", at=after(1))
    assert len(queue(browser)) == 5 and hidden.body["id"] not in {each[0] for each in queue(browser)}
    assert browser.get(f"/m/{NAME}/desk/card/{hidden.body['id']}").status_code == 404
    assert send(browser, do="accept", **before).status_code == 404
    assert desk.queue(watch.ledger, (), "ann", adjudicates=True).items == ()


def test_the_desk_speaks_arabic_and_its_words_are_no_markup(browser: TestClient, watch: Monitor) -> None:
    shown = browser.get(f"/m/{NAME}/desk?lang=ar").text
    assert 'dir="rtl"' in shown and "What needs you now" not in shown
    claim = queue(browser)[0][0]
    send(browser, do="correct", slot="object", value={"text": "Party A", "start": 0, "end": 7}, **seen(browser, claim))
    send(browser, do="reject", reason="<script>x</script>", **seen(browser, claim))
    assert "<script>x" not in looked(browser, claim)["text"]
