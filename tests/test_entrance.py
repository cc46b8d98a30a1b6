"""The way in by name and password, by invitation and by token; what others try, and do not get."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.ledgers import NOON, after
from tests.test_access import HASHER, WORDS
from tests.webs import TestClient
from trucewatch import monitor
from trucewatch.access import embargoes, log, tokens, users
from trucewatch.door.house import Settings
from trucewatch.door.known import known
from trucewatch.monitor import Monitor
from trucewatch.web import app

OWN = {"sec-fetch-site": "same-origin"}
ROOMS = ("red", "blue")


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[dict[str, Monitor]]:
    """Two monitors; ana looks at one, chief rules both, by other passwords."""
    with ExitStack() as stack:
        made = {name: monitor.create(tmp_path / name, agreement=None, at=NOON) for name in ROOMS}
        for name, each in made.items():
            stack.callback(monitor.close, each)
            _user(each, "chief", "admin", f"{WORDS} {name}")
        _user(made["red"], "ana", "viewer", WORDS)
        yield made


def _user(where: Monitor, name: str, role: str, password: str) -> None:
    users.add(where.ledger, name, role, who="root", at=NOON)
    users.set_password(where.ledger, name, password, HASHER, who="root", at=NOON)


def browser(rooms: dict[str, Monitor], *, at: datetime = NOON, own: bool = True, **settings: Any) -> TestClient:
    told = Settings(**({"hosts": ("testserver",), "entrance": "/login"} | settings))
    house = app(rooms, clock=lambda: at, settings=told, who=known, hasher=HASHER)
    base = "https://testserver" if told.secure else "http://testserver"
    made = TestClient(house, base_url=base, raise_server_exceptions=False, follow_redirects=False)
    made.headers.update(OWN if own else {})
    return made


def login(seen: TestClient, name: str = "ana", password: str = WORDS, where: str = "red", **more: str) -> Any:
    return seen.post("/login", data={"monitor": where, "name": name, "password": password} | more)


def entered(rooms: dict[str, Monitor], name: str = "ana", where: str = "red", **more: Any) -> TestClient:
    seen = browser(rooms, **more)
    assert login(seen, name, WORDS if name == "ana" else f"{WORDS} {where}", where).status_code == 303
    return seen


def test_in_and_out(rooms: dict[str, Monitor]) -> None:
    seen = browser(rooms)
    sent = seen.get("/m/red/account?lang=ar")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?to=%2Fm%2Fred%2Faccount%3Flang%3Dar")
    page = seen.get(sent.headers["location"]).text
    assert 'value="/m/red/account?lang=ar"' in page and 'value="red"' in page
    came = login(seen, to="/m/red/account?lang=ar")
    assert came.headers["location"] == "/m/red/account?lang=ar"
    flags = set(came.headers["set-cookie"].split("; ")[1:])
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= flags and "Secure" not in flags
    assert "ana" in seen.get("/m/red/account").text
    assert seen.post("/logout").headers["location"] == "/login"
    assert seen.get("/m/red/account").status_code == 303
    safe = login(browser(rooms, secure=True)).headers["set-cookie"]
    assert safe.startswith("__Host-") and "Secure" in safe


def test_a_cookie_from_before_the_login_is_worth_nothing(rooms: dict[str, Monitor]) -> None:
    seen = entered(rooms)
    (name,) = seen.cookies.keys()
    old = seen.cookies[name]
    victim = browser(rooms)
    victim.cookies.set(name, "planted")
    assert login(victim).status_code == 303
    drawn = re.search(rf"{name}=([^;]+)", login(seen).headers["set-cookie"])
    assert drawn and drawn.group(1) not in (old, "planted")
    for worthless in ("planted", old, drawn.group(1)[:-1], drawn.group(1) + "x", ""):
        other = browser(rooms)
        other.cookies.set(name, worthless)
        assert other.get("/m/red/account").status_code == 303, worthless


def test_a_session_of_one_monitor_opens_no_other(rooms: dict[str, Monitor]) -> None:
    seen = entered(rooms)
    ((name, value),) = seen.cookies.items()
    assert seen.get("/m/blue/account").status_code == 404
    assert login(browser(rooms), where="blue").status_code == 401
    (theirs,) = entered(rooms, "chief", "blue").cookies.keys()
    seen.cookies.set(theirs, value)
    assert theirs != name and seen.get("/m/blue/account").status_code == 404
    both = entered(rooms, "chief", "red")
    assert login(both, "chief", f"{WORDS} blue", "blue").status_code == 303
    assert both.get("/m/blue/access").status_code == both.get("/m/red/access").status_code == 200
    assert [one in both.get("/").text for one in ("/m/red", "/m/blue")] == [True, True]


def test_another_site_changes_nothing(rooms: dict[str, Monitor]) -> None:
    chief = entered(rooms, "chief")
    told = {"name": "eve", "role": "admin"}
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "", "origin": "https://elsewhere.example"},
        {"sec-fetch-site": "", "origin": "null"},
    ):
        assert chief.post("/m/red/access/add", data=told, headers=headers).status_code == 403, headers
        assert browser(rooms).post("/login", data={}, headers=headers).status_code == 403, "nor lets in"
    del chief.headers["sec-fetch-site"]
    for headers, status in (
        ({}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://testserver.elsewhere.example"}, 403),
        ({"origin": "http://testserver"}, 200),
    ):
        assert chief.post("/m/red/access/add", data=told, headers=headers).status_code == status, headers
    assert users.found(rooms["red"].ledger, "eve") is not None


def test_no_guess_is_told_apart_and_guessing_ends(rooms: dict[str, Monitor]) -> None:
    wrong = [login(browser(rooms), *told) for told in (("ana", "wrong words"), ("nobody", WORDS), ("ana", WORDS, "green"))]
    assert {answer.status_code for answer in wrong} == {401}
    assert len({re.sub(r'value="[^"]*"', "", answer.text) for answer in wrong}) == 1
    seen = browser(rooms)
    codes = [login(seen, "chief", f"guess number {n}").status_code for n in range(8)]
    assert codes == [401] * 5 + [429] * 3
    late = login(seen, "chief", f"{WORDS} red")
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    assert login(browser(rooms, at=after(1.1)), "chief", f"{WORDS} red").status_code == 303


def test_nobody_is_sent_elsewhere(rooms: dict[str, Monitor]) -> None:
    far = ("https://x.example/", "//x.example", "/\\x.example", "/\t/x.example", "/\n//x.example", "javascript:x", "")
    for to in far:
        assert login(browser(rooms), to=to).headers["location"] == "/", to
        assert '<input type="hidden" name="to" value="/">' in browser(rooms).get("/login", params={"to": to}).text


def test_a_role_is_not_raised_by_its_holder(rooms: dict[str, Monitor]) -> None:
    ana = entered(rooms)
    assert ana.get("/m/red/access").status_code == 403
    for change, told in (
        ("role", {"name": "ana", "role": "admin"}),
        ("add", {"name": "eve", "role": "admin"}),
        ("invite", {"name": "chief"}),
        ("disable", {"name": "chief"}),
        ("lift", {"kind": "article", "object": "one"}),
        ("nothing", {}),
    ):
        assert ana.post(f"/m/red/access/{change}", data=told).status_code == 403, change
    (role,) = (user.role for user in users.listed(rooms["red"].ledger) if user.name == "ana")
    assert role == "viewer" and users.found(rooms["red"].ledger, "eve") is None
    theirs, _ = tokens.add(rooms["red"].ledger, "chief", "x", ["read"], who="chief", at=NOON)
    assert ana.post(f"/m/red/account/tokens/{theirs.id}/revoke").status_code == 404
    assert tokens.listed(rooms["red"].ledger, "chief")[0].revoked is None


def test_a_token_opens_what_it_is_for_in_its_monitor(rooms: dict[str, Monitor]) -> None:
    ana = entered(rooms)
    shown = ana.post("/m/red/account/tokens", data={"label": "nightly", "read": "1", "days": "7"})
    (text,) = re.findall(r"tw_[\w-]+", shown.text)
    assert text not in ana.get("/m/red/account").text
    program = browser(rooms, own=False)
    program.headers["authorization"] = f"Bearer {text}"
    assert program.get("/m/red/account").status_code == 403, "pages are for people"
    assert program.get("/m/blue/account").status_code == 404
    program.headers["authorization"] = f"Bearer {text}x"
    program.cookies.update(ana.cookies)
    assert program.get("/m/red/account").status_code == 303, "a bad token is not made up for by a cookie"


def test_an_invitation_ends_in_an_account(rooms: dict[str, Monitor]) -> None:
    chief = entered(rooms, "chief")
    shown = chief.post("/m/red/access/add", data={"name": "Eve", "role": "coder"})
    (link,) = re.findall(r"http://testserver(/invited\?key=[\w-]+)", unescape(shown.text))
    key = link.partition("=")[2]
    guest = browser(rooms)
    assert 'value="eve"' in guest.get(link).text
    assert guest.post("/invited", data={"key": key, "password": "short"}).status_code == 422
    assert guest.post("/invited", data={"key": key, "password": WORDS}).status_code == 303
    assert guest.get("/m/red/account").status_code == 200
    assert guest.get(link).status_code == guest.post("/invited", data={"key": key, "password": WORDS}).status_code == 404
    changed = guest.post("/m/red/account/password", data={"old": WORDS, "password": "quite other words"})
    assert changed.status_code == 303 and guest.get("/m/red/account").status_code == 200
    assert guest.post("/m/red/account/password", data={"old": WORDS, "password": "once more words"}).status_code == 422
    for change in ("role", "disable"):
        assert chief.post(f"/m/red/access/{change}", data={"name": "eve", "role": "viewer"}).status_code == 303
    assert guest.get("/m/red/account").status_code == 303
    told = [(row["actor"], row["object"], row["after"].get("role")) for row in log.entries(rooms["red"].ledger, 3)]
    assert told == [("chief", "user:eve", "viewer"), ("chief", "user:eve", "viewer"), ("eve", "user:eve", "coder")]
    assert "chief" in chief.get("/m/red/access").text


def test_an_admin_sets_an_embargo(rooms: dict[str, Monitor]) -> None:
    chief, book = entered(rooms, "chief"), rooms["red"].ledger
    told = {"kind": "outlet", "object": "wafa", "role": "coder", "until": "2026-02-01", "reason": "<b>agreed</b>"}
    assert chief.post("/m/red/access/embargo", data=told).status_code == 303
    assert [each.object for each in embargoes.listed(book)] == ["wafa"]
    assert "<b>agreed" not in chief.get("/m/red/access").text
    for slip in ({"until": "soon"}, {"object": "nobody"}, {"kind": "article"}, {"kind": "all"}, {"role": "viewer"}):
        assert chief.post("/m/red/access/embargo", data=told | slip).status_code == 422
    assert chief.post("/m/red/access/lift", data=told).status_code == 303
    assert embargoes.listed(book) == ()


def test_a_form_is_not_endless(rooms: dict[str, Monitor]) -> None:
    assert browser(rooms).post("/login", data={"name": "x" * 20_000}).status_code == 413
    assert browser(rooms).post("/login", data={str(n): "x" for n in range(99)}).status_code == 422
