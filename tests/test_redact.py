"""Words taken out are out everywhere: text, all readings, search, judgements, exports, backups, the file itself."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.ledgers import DATABASES, RUN, RUN2, TEXT, after, article, claim, fresh, on, opened, person, place, role
from trucewatch import ledger
from trucewatch.errors import LedgerError
from trucewatch.ledger import Query
from trucewatch.ledger.blank import blanked, names, places
from trucewatch.model import Article, Claim, Evidence, Quantity, Where
from trucewatch.publish.form import check as check_form

WORDS = (
    "A colonel, M\u00e1ria  Invented, said that the army shelled Lowtown. Colonel MARIA INVENTED denied the rest. "
    "Three people of Lowtown were hurt, Maria said."
)
URL = "postbox/2026/maria-invented-said"


def told() -> tuple[Article, list[Claim]]:
    entry = article("a1", WORDS, url=URL, agencies=("Maria Invented News",))
    colonel = person(entry, "M\u00e1ria  Invented", "maria-invented")
    start = entry.text.index("Lowtown")
    town = Where("Lowtown", start, start + 7, "gn:1", "Lowtown", "AAA", 1.5, 2.5, "settlement")
    at = entry.text.index("Three")
    quantity = Quantity("injured", 3, "exact", "new", "Three", at, at + 5)
    first = claim(
        entry, "shelled Lowtown", speaker=(colonel,), where=town, actors=(role(entry, "army", "AAA.mil"),), when=on("2026-01-12")
    )
    denied = claim(entry, "denied the rest", "REJECT", speaker=(person(entry, "Colonel MARIA INVENTED", "maria-invented"),))
    by_name = claim(
        entry, "were hurt", "CASUALTIES", speaker=(person(entry, "Maria said", "maria-invented"),), quantities=(quantity,)
    )
    return entry, [first, denied, by_name]


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ledger.Ledger]:
    with fresh(request.param, tmp_path) as found:
        entry, claims = told()
        old = claim(entry, "shelled", version="0", actors=(role(entry, "M\u00e1ria  Invented", "maria-invented"),))
        other = article("a2", TEXT)
        ledger.add(found, entry, [old], run=RUN, at=after(0))
        ledger.add(found, entry, claims, run=RUN2, at=after(1))
        ledger.add(found, other, [claim(other, "shelled the town")], run=RUN2, at=after(2))
        voice = [person(entry, "Colonel MARIA INVENTED", "maria-invented").public()]
        ledger.judge(found, claims[0].id, "speaker", voice, who="ann", reason="I know Maria Invented", at=after(3))
        yield found


def everything(book: ledger.Ledger, folder: Path) -> str:
    """All that leaves the ledger: its export, its backup, and the bytes of its file."""
    out = "".join(ledger.lines(book))
    ledger.backup(book, folder / "copy")
    raw = (folder / "copy").read_bytes()
    if book.file:
        raw += b"".join(path.read_bytes() for path in book.file.parent.glob(f"{book.file.name}*"))
    return out + raw.decode("utf-8", errors="replace")


def quotes_hold(book: ledger.Ledger) -> None:
    for query in (Query(), Query(withdrawn=True)):
        for entry in ledger.claims(book, query):
            check_form(entry.body, "here")
            printed = ledger.article(book, entry.body["article"])
            assert printed is not None
            for piece in entry.body["evidence"]:
                assert printed.text[piece["start"] : piece["end"]] == piece["quote"]


def test_a_name_is_taken_out_everywhere(book: ledger.Ledger, tmp_path: Path) -> None:
    before = everything(book, tmp_path).casefold()
    assert "invented" in before and "maria-invented" in before
    done = ledger.redact(book, "maria invented", reason="at her wish", who="ann", at=after(4))
    assert done == ledger.Redacted(1, 4, 1, erased=True)
    left = everything(book, tmp_path).casefold()
    assert "invented" not in left and "m\u00e1ria" not in left
    assert ledger.claims(book, Query(words="invented")) == () == ledger.claims(book, Query(party="maria-invented"))
    assert [e.body["event"] for e in ledger.claims(book, Query(words="lowtown"))] == ["ASSAULT"]
    printed = ledger.article(book, "a1")
    assert printed is not None and printed.url is None and len(printed.text) == len(WORDS) and "Lowtown" in printed.text
    (tomb,) = ledger.tombs(book)
    assert (tomb["kind"], tomb["object"], tomb["reason"], tomb["who"], tomb["at"]) == ("name", "", "at her wish", "ann", after(4))
    quotes_hold(book)
    assert ledger.verify(book) == ()


def test_a_claim_is_taken_out(book: ledger.Ledger, tmp_path: Path) -> None:
    _, claims = told()
    ledger.redact(book, claims[0].id, reason="a court said so", who="ann", at=after(4))
    left = everything(book, tmp_path)
    assert "shelled Lowtown" not in left and "gn:1" not in left and "I know" not in left and "denied the rest" in left
    (shown,) = (e for e in ledger.claims(book, Query(event="ASSAULT", article="a1")))
    assert shown.redacted == 5 and shown.body["actors"] == [] and shown.body["where"] is None
    assert all(set(piece["quote"]) <= {"\u2588", " "} for piece in shown.body["evidence"])
    (old,) = (e for e in ledger.claims(book, Query(withdrawn=True)))  # an earlier reading of the same words follows the text
    assert old.redacted == 5 and set(old.body["evidence"][0]["quote"]) == {"\u2588"}
    quotes_hold(book)
    assert ledger.verify(book) == ()
    assert ledger.redact(book, "army", reason="and this", who="ann", at=after(5)).erased  # a second one on the same rows
    assert ledger.verify(book) == () and len(ledger.tombs(book)) == 2


def test_other_versions_of_the_article_follow(book: ledger.Ledger, tmp_path: Path) -> None:
    entry, claims = told()
    ledger.add(book, replace(entry, published=date(2026, 1, 13)), claims, run=RUN2, at=after(4))  # its claims read as before
    ledger.add(book, replace(entry, text=f"Again: {entry.text}"), [], run=RUN2, at=after(5))
    ledger.redact(book, claims[0].id, reason="a court said so", who="ann", at=after(6))
    texts = [ledger.article(book, "a1", as_of=after(minute)) for minute in (3, 4, 5)]
    assert [("shelled Lowtown" in t.text, "A colonel, M\u00e1ria" in t.text) for t in texts if t] == [
        (False, False),
        (False, False),
        (False, True),  # all else stands elsewhere in this one; only the event's words are looked for
    ]
    assert ledger.verify(book) == ()


def test_reading_the_article_again_brings_nothing_back(book: ledger.Ledger, tmp_path: Path) -> None:
    entry, claims = told()
    ledger.redact(book, "Maria Invented", reason="at her wish", who="ann", at=after(4))
    ledger.redact(book, claims[2].id, reason="and this", who="ann", at=after(5))
    assert ledger.add(book, entry, claims, run=RUN2, at=after(6)).same == 3
    newer = [
        claim(entry, "denied the rest", "REJECT", version="3", speaker=(person(entry, "M\u00e1ria  Invented", "maria-invented"),))
    ]
    ledger.add(book, entry, [*newer, claims[2]], run=RUN2, at=after(7))
    left = everything(book, tmp_path).casefold()
    assert "invented" not in left and "were hurt" not in left
    quotes_hold(book)
    assert ledger.verify(book) == ()
    with pytest.raises(LedgerError, match="its text has changed"):
        ledger.add(book, article("a1", WORDS + "!"), [], run=RUN2, at=after(8))


@pytest.mark.parametrize(
    ("what", "reason", "told"),
    [
        ("Nobody There", "why", "neither a claim nor a name"),
        ("ab", "why", "too short"),
        ("c:none", "why", "no claim"),
        ("Maria Invented", " ", "no reason"),
        ("Maria Invented", "maria invented asked", "the reason holds"),
    ],
)
def test_what_is_not_redacted_is_told_why(book: ledger.Ledger, what: str, reason: str, told: str) -> None:
    entries = ledger.counts(book).entries
    with pytest.raises(LedgerError, match=told):
        ledger.redact(book, what, reason=reason, who="ann", at=after(4))
    assert ledger.counts(book).entries == entries


def test_a_backup_from_before_is_redacted_when_it_is_restored(tmp_path: Path) -> None:
    entry, claims = told()
    with place("sqlite", tmp_path) as where:
        assert isinstance(where, Path)
        with opened(where) as book:
            ledger.add(book, entry, claims, run=RUN, at=after(0))
            ledger.backup(book, tmp_path / "old.backup")
            ledger.redact(book, "Maria Invented", reason="at her wish", who="ann", at=after(1))
            ledger.redact(book, claims[0].id, reason="also", who="ann", at=after(2))
        fresh_, aside, repeated = ledger.restore(where, tmp_path / "old.backup", at=after(9))
        assert repeated == 2 and aside is not None and aside.exists()
        left = "".join(ledger.lines(fresh_)).casefold()
        assert "maria" in json.dumps(told()[1][2].public()).casefold() and "m\u00e1ria" not in left and "lowtown." not in left
        assert ledger.verify(fresh_) == ()
        ledger.close(fresh_)


def test_places_of_a_name() -> None:
    text = "Ma\u0301ria\nInvented and maria invented's"
    assert [text[s:e] for s, e in places(text, "MARIA INVENTED")] == ["Ma\u0301ria\nInvented", "maria invented"]
    assert blanked("ab cd", [(1, 4)]) == "a\u2588 \u2588d"
    assert names("x/mar%C3%ADa_invented.html", "Maria Invented") and not names("x/maria.html", "Maria Invented")


def test_evidence_is_a_place_too() -> None:
    entry, claims = told()
    piece = claims[0].evidence[0]
    assert isinstance(piece, Evidence) and entry.text[piece.start : piece.end] == piece.quote


def test_words_that_a_person_gave_to_a_claim_beside_go_too(book: ledger.Ledger) -> None:
    entry = article()
    told, beside = claim(entry, "shelled the town"), claim(entry, "denied it", "REJECT")
    ledger.add(book, entry, [told, beside], run=RUN, at=after(0))
    start = entry.text.index("the town")
    place = {"text": "the town", "start": start, "end": start + 8}
    ledger.judge(book, beside.id, "object", place, who="ann", reason="this is denied", at=after(1))
    ledger.judge(book, beside.id, "status", "possible", who="ann", reason="may be", at=after(2))
    ledger.redact(book, told.id, reason="at somebody's wish", who="ann", at=after(3))
    values = [j.value for j in ledger.judgements_of(book, [beside.id])]
    assert "possible" in values and "town" not in str(values) and ledger.verify(book) == ()
