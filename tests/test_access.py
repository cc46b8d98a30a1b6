"""Who may come in, and who may not: each guard has a test that fails without it. On both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from tests.ledgers import DATABASES, NOON, after, fresh, opened
from trucewatch import access, ledger
from trucewatch.access import Entered, Refused, embargoes, links, log, sessions, tokens, users
from trucewatch.database import doors
from trucewatch.errors import AccessError
from trucewatch.model.actor import ROLES, Actor

WORDS = "four words and more"
HOME = "192.0.2.7"


def quick(word: str) -> str:
    """A hash that costs nothing."""
    return sha256(word.encode()).hexdigest()


HASHER = access.hasher(quick, lambda word, kept: quick(word) == kept)


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ledger.Ledger]:
    with fresh(request.param, tmp_path) as found:
        users.add(found, "Ana", "reviewer", who="root", at=NOON)
        users.set_password(found, "ana", WORDS, HASHER, who="root", at=NOON)
        users.add(found, "chief", "admin", who="root", at=NOON)
        yield found


def login(book: ledger.Ledger, name: str = "ana", password: str = WORDS, minutes: float = 0, **told: str) -> Entered | Refused:
    before = told.pop("before", None)
    return access.login(book, name, password, HASHER, address=told.get("address", HOME), at=after(minutes), before=before)


def came_in(book: ledger.Ledger, minutes: float = 0, **told: str) -> Entered:
    found = login(book, minutes=minutes, **told)
    assert isinstance(found, Entered)
    return found


def test_a_name_is_one_however_it_is_written(book: ledger.Ledger) -> None:
    assert came_in(book, name=" ANA ").known.name == "ana"
    with pytest.raises(AccessError, match="there is one"):
        users.add(book, "\uff21na", "viewer", who="root", at=NOON)
    for name in ("", "a b", "a/b", "x" * 65, "<b>"):
        with pytest.raises(AccessError, match="no name"):
            users.add(book, name, "viewer", who="root", at=NOON)


def test_the_same_answer_for_a_wrong_word_an_unknown_name_and_a_disabled_one(book: ledger.Ledger) -> None:
    asked: list[str] = []
    seen = access.hasher(HASHER.hash, lambda word, kept: bool(asked.append(kept)) or HASHER.verify(word, kept))
    users.add(book, "gone", "viewer", who="root", at=NOON)
    users.set_password(book, "gone", WORDS, HASHER, who="root", at=NOON)
    users.set_disabled(book, "gone", True, who="root", at=NOON)
    told = {
        access.login(book, name, word, seen, address=HOME, at=NOON)
        for name, word in (("ana", "wrong words here"), ("nobody", WORDS), ("gone", WORDS), ("chief", ""), ("chief", WORDS))
    }
    assert told == {Refused()}
    assert len(asked) == 5, "each time a hash was looked at, so that the time tells nothing"


def test_who_guesses_waits_longer_and_longer_and_an_unknown_name_as_long(book: ledger.Ledger) -> None:
    for name in ("ana", "nobody"):
        address = iter(f"192.0.2.{n}" for n in range(100))
        waits = []
        for minute in (0, 0, 0, 0, 0, 0, 1.5, 4, 9):
            told = login(book, name, "wrong words here", minute, address=next(address))
            assert isinstance(told, Refused)
            waits.append((told.until - after(minute)).total_seconds() if told.until else 0)
        assert waits == [0, 0, 0, 0, 0, 60, 0, 0, 0], name
        assert login(book, name, WORDS, 9.5) == Refused(after(17)), "the right words do not help now"
    assert isinstance(login(book, minutes=17.1), Entered)
    assert login(book, "ana", "wrong words here", 18) == Refused(), "after a success the tries are free again"


def test_who_tries_many_names_waits_too(book: ledger.Ledger) -> None:
    for n in range(20):
        assert login(book, f"name{n}", "wrong words here", address=f"2001:db8::{n:x}") == Refused()
    assert login(book, address="2001:db8::ffff") == Refused(after(1)), "one network is one customer"
    assert isinstance(login(book, address="2001:db8:0:1::1"), Entered)


def test_an_account_of_ones_own_does_not_make_tries_free(book: ledger.Ledger) -> None:
    for n in range(20):
        came_in(book)
        assert login(book, f"name{n}", "wrong words here") == Refused()
    assert isinstance(login(book), Refused)


def test_tries_at_once_are_counted_too(book: ledger.Ledger) -> None:
    at_once, most, lock = [0], [0], Lock()

    def slow(word: str, kept: str) -> bool:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        sleep(0.02)
        with lock:
            at_once[0] -= 1
        return False

    seen: list[str] = []
    hasher = access.hasher(HASHER.hash, lambda word, kept: bool(seen.append(word)) or slow(word, kept))
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: access.login(book, "ana", f"guess number {n}", hasher, address=HOME, at=NOON), range(12)))
    assert len(seen) == 5
    assert most[0] <= 2


def test_a_session_is_drawn_anew_at_each_login(book: ledger.Ledger) -> None:
    first = came_in(book)
    second = came_in(book, before=first.secret)
    planted = came_in(book, before="planted-by-somebody")
    assert len({first.secret, second.secret, planted.secret, "planted-by-somebody"}) == 4
    assert sessions.known_by(book, "planted-by-somebody", at=NOON) is None
    assert sessions.known_by(book, first.secret, at=NOON) is None, "the session that the browser had ends"
    assert sessions.known_by(book, second.secret, at=NOON) == second.known
    with ledger.reading(book) as open_:
        kept = set(open_.execute(select(doors.sessions.c.id)).scalars())
    assert second.secret not in kept
    access.logout(book, second.secret)
    assert sessions.known_by(book, second.secret, at=NOON) is None


def test_a_session_ends_by_time_and_by_rest(book: ledger.Ledger) -> None:
    left, used = came_in(book), came_in(book)
    day = 24 * 60
    for hour in range(0, 7 * 24, 6):
        assert sessions.known_by(book, used.secret, at=after(hour * 60)), hour
    assert sessions.known_by(book, left.secret, at=after(12 * 60 - 1)) is not None
    assert sessions.known_by(book, left.secret, at=after(day)) is None
    assert sessions.known_by(book, used.secret, at=after(7 * day)) is None


def test_a_change_of_a_user_holds_at_once(book: ledger.Ledger) -> None:
    open_ = came_in(book)
    users.set_role(book, "ana", "viewer", who="chief", at=after(1))
    assert sessions.known_by(book, open_.secret, at=after(1)) == access.Known("ana", "viewer", key=open_.known.key)
    users.set_password(book, "ana", "other words than before", HASHER, who="chief", at=after(2))
    assert sessions.known_by(book, open_.secret, at=after(2)) is None
    again = came_in(book, minutes=3, password="other words than before")
    _, text = tokens.add(book, "ana", "script", ["read"], who="ana", at=after(3))
    users.set_disabled(book, "ana", True, who="chief", at=after(4))
    assert sessions.known_by(book, again.secret, at=after(4)) is None
    assert tokens.known_by(book, text, at=after(4)) is None


def test_one_admin_stays(book: ledger.Ledger) -> None:
    with pytest.raises(AccessError, match="last admin"):
        users.set_role(book, "chief", "coder", who="chief", at=NOON)
    with pytest.raises(AccessError, match="last admin"):
        users.set_disabled(book, "chief", True, who="root", at=NOON)
    users.set_role(book, "ana", "admin", who="chief", at=NOON)
    assert users.set_role(book, "chief", "coder", who="ana", at=NOON).role == "coder"


def test_words_that_are_no_password(book: ledger.Ledger) -> None:
    users.add(book, "annabelle22", "viewer", who="root", at=NOON)
    for password in ("short", "x" * 201, "a" * 12, "annabelle22", "Annabelle22annabelle22"):
        with pytest.raises(AccessError, match="characters|guessed"):
            users.set_password(book, "annabelle22", password, HASHER, who="root", at=NOON)


def test_a_link_lets_in_once(book: ledger.Ledger) -> None:
    old = links.invite(book, "chief", who="root", at=NOON)
    drawn = links.invite(book, "chief", who="root", at=NOON)
    assert links.accept(book, old, WORDS, HASHER, at=NOON) is None, "a later one takes its place"
    with pytest.raises(AccessError):
        links.accept(book, drawn, "short", HASHER, at=NOON)
    assert links.invited(book, drawn, at=NOON) == "chief"
    assert links.invited(book, drawn, at=after(3 * 24 * 60)) is None
    came = links.accept(book, drawn, WORDS, HASHER, at=NOON)
    assert came and came.known.role == "admin"
    assert links.accept(book, drawn, WORDS, HASHER, at=NOON) is None
    drawn = links.invite(book, "chief", who="root", at=NOON)
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda n: links.accept(book, drawn, f"{WORDS} {n}", HASHER, at=NOON), range(4)))
    assert len([one for one in got if one]) == 1


def test_a_token_does_what_it_is_for_and_no_more(book: ledger.Ledger) -> None:
    token, text = tokens.add(book, "ana", "nightly", ["read", "judge"], who="ana", at=NOON, lasts=timedelta(days=1))
    actor = tokens.known_by(book, text, at=NOON)
    assert actor == access.Known("ana", "reviewer", frozenset({"read", "judge"}), token.id)
    users.set_role(book, "ana", "viewer", who="chief", at=NOON)
    lowered = tokens.known_by(book, text, at=NOON)
    assert lowered and lowered.role == "viewer", "a token does no more than its user"
    other = text[:-1] + ("A" if text[-1] != "A" else "B")
    for wrong in (other, text.replace("tw_", "x_"), "tw__", "tw_" + token.id, "", token.id, text + "x"):
        assert tokens.known_by(book, wrong, at=NOON) is None, wrong
    assert tokens.known_by(book, text, at=after(24 * 60)) is None
    tokens.revoke(book, token.id, who="chief", at=NOON)
    assert tokens.known_by(book, text, at=NOON) is None
    with ledger.reading(book) as open_:
        assert text.split("_", 2)[2] not in str(open_.execute(select(doors.tokens)).all())


def test_tokens_that_are_not_made(book: ledger.Ledger) -> None:
    wrong: list[dict[str, Any]] = [{"scopes": ["admin"]}, {"scopes": []}, {"label": " "}, {"user": "nobody"}]
    wrong += [{"lasts": timedelta(days=400)}, {"lasts": timedelta(0)}]
    for told in wrong:
        asked = {"user": "ana", "label": "x", "scopes": ["read"], "who": "ana", "at": NOON} | told
        with pytest.raises(AccessError):
            tokens.add(book, **asked)
    assert tokens.listed(book) == ()


def test_nobody_of_another_monitor(book: ledger.Ledger, tmp_path: Path) -> None:
    open_, (_, text) = came_in(book), tokens.add(book, "ana", "x", ["read"], who="ana", at=NOON)
    with opened(tmp_path / "other.sqlite") as other:
        users.add(other, "ana", "admin", who="root", at=NOON)
        assert sessions.known_by(other, open_.secret, at=NOON) is None
        assert tokens.known_by(other, text, at=NOON) is None
        assert login(other) == Refused()


def test_every_change_is_an_entry_and_what_was_done_past_them_shows(book: ledger.Ledger) -> None:
    embargoes.put(book, "outlet", "sample-wire", until=after(60), reason="agreed with the outlet", who="chief", at=NOON)
    access.exported(book, Actor("ana", ()), "csv", asked={"event": "VIOLATION", "party": None}, words="Name", at=NOON)
    made = log.entries(book, 2)
    assert [(row["action"], row["object"], row["actor"]) for row in made] == [
        ("export", "csv", "ana"),
        ("embargo", "outlet:sample-wire", "chief"),
    ]
    assert made[0]["after"]["asked"].keys() == {"event", "words"}
    assert "Name" not in str(made)
    assert [row["object"] for row in log.entries(book, 9, before=made[1]["seq"])] == ["user:chief", "user:ana", "user:ana"]
    assert ledger.verify(book) == ()
    for table, change, what in (
        (doors.users, update(doors.users).where(doors.users.c.name == "ana").values(role="admin"), "user:ana: it was changed"),
        (doors.users, update(doors.users).where(doors.users.c.name == "ana").values(password="x"), "user:ana: it was changed"),
        (doors.embargoes, delete(doors.embargoes), "outlet:sample-wire: it was lifted"),
    ):
        with book.engine.begin() as open_:
            rows = [dict(row) for row in open_.execute(select(table)).mappings()]
            open_.execute(change)
        assert any(what in fault for fault in ledger.verify(book))
        with book.engine.begin() as open_:
            open_.execute(delete(table))
            open_.execute(table.insert(), rows)
    assert ledger.verify(book) == ()


def test_an_embargo_hides_from_those_below_a_role_until_its_day(book: ledger.Ledger) -> None:
    embargoes.put(book, "outlet", "sample-wire", until=after(60), reason="r", who="chief", at=NOON)
    embargoes.put(book, "article", "one", role="admin", reason="r", who="chief", at=NOON)
    told = {role: access.hidden(book, role, at=NOON) for role in (*ROLES, "stranger")}
    wire, one = frozenset({"sample-wire"}), frozenset({"one"})
    low, mid = access.Hidden(wire, one), access.Hidden(frozenset(), one)
    assert told == {"viewer": low, "stranger": low, "coder": mid, "reviewer": mid, "admin": access.NOTHING}
    assert access.hidden(book, "viewer", at=after(60)) == mid
    embargoes.lift(book, "article", "one", who="chief", at=NOON)
    assert access.hidden(book, "coder", at=NOON) == access.NOTHING
    with pytest.raises(AccessError, match="there is none"):
        embargoes.lift(book, "article", "one", who="chief", at=NOON)


def test_who_was_shut_out_is_not_let_in_by_a_backup(tmp_path: Path) -> None:
    place, copy = tmp_path / "a.sqlite", tmp_path / "copy.sqlite"
    with opened(place) as book:
        users.add(book, "ana", "coder", who="root", at=NOON)
        users.set_password(book, "ana", WORDS, HASHER, who="root", at=NOON)
        open_ = came_in(book)
        ledger.backup(book, copy)
        users.set_disabled(book, "ana", True, who="root", at=NOON)
        embargoes.put(book, "article", "one", reason="r", who="root", at=NOON)
    restored, _, _ = ledger.restore(place, copy, at=after(1))
    try:
        assert login(restored) == Refused()
        assert sessions.known_by(restored, open_.secret, at=NOON) is None
        assert access.hidden(restored, "viewer", at=after(1)).articles == {"one"}
        assert ledger.verify(restored) == ()
    finally:
        ledger.close(restored)


def test_an_export_takes_the_embargoes_along_and_no_password(book: ledger.Ledger, tmp_path: Path) -> None:
    embargoes.put(book, "article", "one", until=after(60), reason="r", who="root", at=NOON)
    told = "".join(ledger.lines(book))
    with ledger.reading(book) as open_:
        hashed = open_.execute(select(doors.users.c.password).where(doors.users.c.name == "ana")).scalar_one()
        assert open_.execute(select(func.count()).select_from(doors.users)).scalar_one() == 2
    assert hashed not in told
    with opened(tmp_path / "moved.sqlite") as moved:
        moved = ledger.load(moved, told.splitlines(keepends=True), "export")
        assert access.hidden(moved, "viewer", at=NOON).articles == {"one"}
        assert users.listed(moved) == ()
        assert ledger.verify(moved) == ()


def test_argon2_as_it_is_used() -> None:
    pytest.importorskip("pwdlib", reason="the extra web is not installed")
    made = access.argon2()
    assert made.stand_in.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert made.verify("cafe\u0301 words", made.hash("caf\u00e9 words")), "however the keyboard writes it"
    assert not made.verify("x" * 201, made.stand_in)
