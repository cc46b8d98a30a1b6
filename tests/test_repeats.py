"""Copies: to the word, nearly, shortened; the same text with a new figure is none; a copy points to the first print."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.ledgers import DATABASES, place
from tests.test_cli import run
from tests.test_read import knowledge_once
from trucewatch import ledger, monitor
from trucewatch.console.frame import clock
from trucewatch.flow import repeats as repeated
from trucewatch.flow.articles import code_article, keep_one
from trucewatch.model import Article, Piece
from trucewatch.read import Prints, again, articles, print_of, remember, repeats

WIRE = (
    "The army of Dorva said on Monday that its soldiers had shelled two villages east of the town of Kesh.",
    "A spokesman of the Halmar Front denied it and said that 7 of its members were killed in an attack.",
    "The joint committee, which meets each week, asked both sides to hand over the names of those who were on the road.",
    "Aid workers in the district said that the market was closed and that families were leaving towards the south.",
    "Neither side said whether the talks that were planned for the end of the week would take place as agreed in the spring.",
)
EXTRA = "Our correspondent in Kesh says that shops opened again in the evening, and that buses ran to the coast."


def article(id_: str, *paragraphs: str, day: int = 12, outlet: str | None = None, credit: str | None = None) -> Article:
    row = {"id": id_, "text": "\n\n".join(paragraphs), "language": "en", "published": f"2026-01-{day:02}", "outlet": outlet}
    found = _read(row)
    return replace(found, agencies=(credit,) if credit else ())


def _read(row: dict[str, Any]) -> Article:
    import io

    (found,) = articles(
        "-", knowledge_once(), on_problem=lambda p: pytest.fail(str(p)), stdin=io.BytesIO(json.dumps(row).encode())
    )
    return found


def known(*found: Article) -> Prints:
    prints = Prints()
    for one in found:
        remember(prints, print_of(one))
    return prints


def test_copies() -> None:
    first = article("first", *WIRE)
    prints = known(first, article("other", *(EXTRA.replace("Kesh", f"Kesh {n}") for n in range(4))))
    for new in (
        article("same", *WIRE, day=13),
        article("quotes", *(line.replace("Monday", "Monday,").replace("Kesh", "KESH") for line in WIRE)),
        article("short", *WIRE[:3]),
        article("more", *WIRE, EXTRA),
        article("word", *(line.replace("spring", "autumn").replace("evening", "night") for line in WIRE)),
    ):
        assert repeats(prints, print_of(new)) == ["first"], new.id


def test_a_copy_of_which_each_sixth_word_was_changed() -> None:
    words = " ".join(WIRE).split()
    edited = " ".join("some" if at % 6 == 3 and word.isalpha() else word for at, word in enumerate(words))
    prints = known(article("first", *WIRE))
    assert repeats(prints, print_of(article("edited", edited))) == ["first"]
    shuffled = " ".join(" ".join(words[at : at + 7]) for at in reversed(range(0, len(words), 7)))
    half = " ".join(words[: len(words) // 2])
    for id_, text in (("shuffled", shuffled), ("half", f"{half} {EXTRA} {EXTRA[::-1]}"), ("short", edited[:250])):
        assert repeats(prints, print_of(article(id_, text))) == [], id_


def test_the_same_words_of_another_place_are_no_copy(tmp_path: Path) -> None:
    found = monitor.create(tmp_path / "m", agreement=None, at=clock())
    recent, pack, firsts = repeated.Recent(), {}, []
    for town in ("Rafah", "Rafah", "Khan Younis"):
        lines = [f"Israeli forces shelled a house in {town} on Monday, a witness said.", *WIRE[1:]]
        piece = Piece(
            "p", "text", f"{'ABC'[len(firsts)]} in {town}\n\n{' '.join(lines)}".encode(), "en", fetched=date(2026, 1, 13)
        )
        made = replace(again(piece, knowledge_once()), published=date(2026, 1, 13))
        coded = code_article(made, piece, pack, None, pytest.fail)
        assert coded is not None and any(claim.where and claim.where.place for claim in coded.claims)
        run_ = ledger.Run(clock(), "t", "rules", "1")
        firsts.append(keep_one(found, coded, recent, run=run_, at=clock()).repeat_of is not None)
    monitor.close(found)
    assert firsts == [False, True, False]


def test_what_is_no_copy() -> None:
    prints = known(article("first", *WIRE))
    for new in (
        article("toll", *(line.replace("that 7 of", "that 9 of") for line in WIRE)),
        article("added", *WIRE, "The toll of the week is 31."),
        article("before", *WIRE, day=11),
        article("own", WIRE[0], EXTRA, EXTRA.replace("Kesh", "Arva").replace("shops", "schools")),
        article("first", *WIRE),
    ):
        assert repeats(prints, print_of(new)) == [], new.id


def test_a_credit_to_one_agency_lowers_the_bar() -> None:
    own = [EXTRA, EXTRA.replace("evening", "morning").replace("coast", "hills").replace("shops", "banks")]
    prints = known(article("first", *WIRE, credit="Dorva Press"))
    assert repeats(prints, print_of(article("theirs", *WIRE[:4], *own))) == []
    assert repeats(prints, print_of(article("theirs", *WIRE[:4], *own, credit="DORVA PRESS"))) == ["first"]
    assert repeats(
        known(article("first", *WIRE, outlet="Dorva Press")), print_of(article("x", *WIRE[:4], *own, credit="Dorva press"))
    ) == ["first"]


def test_short_texts_are_told_by_all_their_words() -> None:
    prints = known(article("first", "The talks in Kesh are over."))
    assert repeats(prints, print_of(article("same", "The talks in Kesh are over.", day=13))) == ["first"]
    assert repeats(prints, print_of(article("near", "The talks in Kesh are not over.", day=13))) == []


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("most", [0, repeated.MOST])
def test_the_ledger_points_to_the_first_print(database: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "MOST", most)
    words = [line.replace("that 7 of", "that seven of") for line in WIRE]
    update = [line.replace("that 7 of", "that nine of") for line in WIRE]

    def row(id_: str, day: int, lines: list[str]) -> str:
        told = {"id": id_, "outlet": id_, "language": "en", "published": f"2026-01-{day}", "text": "\n\n".join(lines)}
        return json.dumps(told) + "\n"

    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(row("first", 12, words), "utf-8")
    two.write_text(
        row("copy", 13, words) + row("again", 14, words[:4]) + row("update", 13, update) + row("late", 20, words), "utf-8"
    )
    with place(database, tmp_path) as where:
        server = ("--ledger", where) if isinstance(where, str) else ()
        assert run("init", tmp_path / "m", *server).exit_code == 0
        assert "1 articles: " in run("read", "-m", tmp_path / "m", one).stdout
        done = run("read", "-m", tmp_path / "m", two)
        assert "4 articles (2 copies of earlier prints): " in done.stdout, done.stderr
        told = json.loads(run("read", "-m", tmp_path / "m", two, one, "--json").stdout)
        assert (told["copies"], told["new"], told["replaced"]) == (2, 0, 0)
        found = monitor.open_(tmp_path / "m", at=clock())
        held = {a.id: first for a, first in ledger.printed(found.ledger, date(2026, 1, 1), date(2026, 1, 31))}
        entries = Counter(entry["action"] for entry in ledger.entries(found.ledger, 100))
        monitor.close(found)
    assert held == {"first": None, "copy": "first", "again": "first", "update": None, "late": None}
    assert entries["read"] == 5, entries  # read again, nothing changed
