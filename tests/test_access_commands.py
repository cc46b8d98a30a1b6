"""`trucewatch access`: what it prints, what it refuses, that it leaves its entries."""

import json
import re
from pathlib import Path

import pytest

from tests.ledgers import NOON
from tests.test_access import HASHER, WORDS
from tests.test_cli import run
from trucewatch import access, ledger, monitor


@pytest.fixture
def home(tmp_path: Path) -> Path:
    monitor.close(monitor.create(tmp_path / "home", agreement=None, at=NOON))
    return tmp_path / "home"


def told(home: Path, *words: str, code: int = 0, **more: str) -> str:
    done = run("access", *words, "-m", home, **more)
    assert done.exit_code == code, done.stderr
    return done.stdout + done.stderr


def test_users_tokens_and_embargoes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "argon2", lambda: HASHER)
    link = told(home, "user", "add", "Ana", "--role", "admin", "--link", "--by", "root")
    assert re.search(r"^ana: admin\. .*/invited\?key=[\w-]{43}$", link.strip())
    told(home, "user", "add", "ben", "--by", "root", stdin=f"{WORDS}\n")
    assert "characters" in told(home, "user", "add", "cay", code=2, stdin="short\n")
    told(home, "user", "role", "ben", "coder", "--by", "ana")
    assert "last admin" in told(home, "user", "disable", "ana", code=2)
    assert "characters" in told(home, "user", "password", "ben", code=2, stdin="short\n")
    rows = [json.loads(line) for line in told(home, "user", "list", "--json").splitlines()]
    assert [(row["name"], row["role"], row["password"]) for row in rows] == [("ana", "admin", False), ("ben", "coder", True)]
    text = told(home, "token", "add", "ben", "nightly", "--scope", "read", "--by", "ben").split()[0]
    (row,) = (json.loads(line) for line in told(home, "token", "list", "--json").splitlines())
    assert (row["user"], row["scopes"], row["revoked"]) == ("ben", ["read"], None) and text.startswith(f"tw_{row['id']}_")
    assert "revoked" in told(home, "token", "revoke", row["id"], "--by", "ana")
    assert "revoked" in told(home, "token", "list")
    for kind, slip in (("outlet", "wafaa-news"), ("article", "none")):
        assert slip in told(home, "embargo", "set", kind, slip, "--reason", "agreed", code=2), "it would hide nothing"
    told(home, "embargo", "set", "outlet", "WAFA", "--reason", "agreed", "--until", "2126-01-01", "--by", "ana")
    assert "until 2126-01-01; agreed (ana)" in told(home, "embargo", "list")
    told(home, "embargo", "lift", "outlet", "wafa", "--by", "ana")
    assert "there is none" in told(home, "embargo", "lift", "outlet", "wafa", code=2)
    told(home, "user", "disable", "ben", "--by", "ana")
    entries = [json.loads(line) for line in told(home, "log", "--json").splitlines()]
    assert [row["object"] for row in entries[:3]] == ["user:ben", "outlet:wafa", "outlet:wafa"]
    assert WORDS not in str(entries) and entries[0]["actor"] == "ana"
    found = monitor.open_(home, at=NOON)
    assert ledger.verify(found.ledger) == ()
    monitor.close(found)
