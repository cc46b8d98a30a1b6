"""Checks: what is found in a text alone (cases), and what is found in claims of several articles."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.test_link import KNOWLEDGE, article, claim, killed
from trucewatch import checks, flow, link
from trucewatch.agreements.read import agreement
from trucewatch.model import Agreed, Article, Claim, Finding, Quantity, Role, When
from trucewatch.packs.strict import read_yaml

CASES = Path(__file__).parent / "cases" / "checks"
PRINTED = date(2031, 3, 9)
TOLD = [(path.stem, row) for path in sorted((CASES / "articles").glob("*.yaml")) for row in read_yaml(path)]
TEXTS = [(path.stem, row) for path in sorted(CASES.glob("*.yaml")) for row in read_yaml(path)]


def found(claims: list[Claim], articles: list[Article], *agreed: Agreed) -> list[Finding]:
    known = {a.id: a for a in articles}
    index = link.indexed(claims, known, (), knowledge=KNOWLEDGE)
    return list(checks.findings(index, known, link.of(index), agreed))


@pytest.mark.parametrize(("language", "row"), TEXTS, ids=[row["text"][:40] for _, row in TEXTS])
def test_a_text_alone(language: str, row: dict[str, Any]) -> None:
    entry = Article("a", row["text"], language, None, "hill-post", PRINTED)
    told = found([], [entry])
    assert [[f.check, f.quote] for f in told] == row["finds"], [f.reason for f in told]
    assert all(link.told(f.reason, words, KNOWLEDGE).count("{") == 0 for f in told for words in ("en", "ar"))


@pytest.mark.parametrize(("language", "row"), TOLD, ids=[row["articles"][-1][-1][:40] for _, row in TOLD])
def test_articles_as_the_coder_reads_them(language: str, row: dict[str, Any]) -> None:
    rows = []
    for number, piece in enumerate(row["articles"], 1):
        code, day, text = piece if language == "mixed" else (language, *piece)
        entry = {
            "id": f"a{number}",
            "language": code,
            "outlet": f"paper-{number}",
            "published": f"2031-03-{day:02}",
            "text": text,
        }
        rows.append(json.dumps(entry))
    coded = list(flow.code_source(["-"], on_problem=pytest.fail, stdin=io.BytesIO("\n".join(rows).encode())))
    shown = found([claim for entry in coded for claim in entry.claims], [entry.article for entry in coded])
    assert sorted([f.check, int(f.articles[0][1:])] for f in shown) == row["finds"], [f.reason for f in shown]


def count(value: float, start: str, end: str, of: str = "killed") -> tuple[Quantity, ...]:
    return (Quantity(of, value, "exact", "cumulative", None, None, None, (start, end)),)


def running(entry: Article, quote: str, value: float, start: str, end: str, **slots: Any) -> Claim:
    when = When(start, end, "day", "stated")
    return claim(entry, "CASUALTIES", quote, quantities=count(value, start, end), when=when, **slots)


@pytest.mark.parametrize(
    ("value", "who", "start", "checks"),
    [
        (132, "health office", "2031-01-01", ["falling-total"]),
        (141, "health office", "2031-01-01", []),
        (132, "police chief", "2031-01-01", []),  # somebody else's lower count is no fall
        (143, "police chief", "2031-01-02", ["starts-differ"]),
        (150, "health office", "2031-02-15", ["part-exceeds-total"]),
        (20, "health office", "2031-02-15", []),
    ],
)
def test_counts_of_two_days(value: int, who: str, start: str, checks: list[str]) -> None:
    one = article("one", "The health office counted 140 dead since January 1.", 3)
    other = article("two", f"The {who} counted {value} dead, it said.", 3 if checks == ["part-exceeds-total"] else 9)
    last = "2031-03-03" if checks == ["part-exceeds-total"] else "2031-03-09"
    claims = [
        running(one, "counted 140 dead", 140, "2031-01-01", "2031-03-03", who="health office", kind="organisation"),
        running(other, f"counted {value} dead", value, start, last, who=who, kind="organisation"),
    ]
    assert [f.check for f in found(claims, [one, other])] == checks


def test_a_paraphrase_is_held_against_the_agreement() -> None:
    entry = article("a", "The sides signed a ceasefire. It is valid for 72 hours. Remains are returned after 3 days.", 9)
    claims = [claim(entry, "AGREE", "signed a ceasefire", mode="sign"), claim(entry, "RETREAT", "are returned", mode="return")]
    truce = Agreed("river-2031", "1", ("AGREE.sign", "RETREAT.ceasefire"), None, "the fire ceases without a term")
    bodies = Agreed("river-2031", "4", ("RETREAT.return",), 72, "remains are returned after 72 hours")
    (one,) = found(claims, [entry], truce, bodies)
    assert (one.check, one.quote) == ("paraphrase-differs", "It is valid for 72 hours.")
    assert dict(one.reason.values)["words"] == "the fire ceases without a term"
    assert found(claims, [entry], bodies) == []
    assert found(claims, [entry], Agreed("x", "1", ("AGREE.sign",), None, "-", since="2031-04-01")) == []


def test_the_agreement_files_give_what_a_paraphrase_is_held_against() -> None:
    facts = checks.agreed_of(agreement("thailand-cambodia-2025"))
    assert {(f.provision, f.hours) for f in facts} == {("ceasefire", None), ("soldiers", 72)}
    text = "Thailand and Cambodia signed a ceasefire on December 27. The truce is valid for 72 hours. {}"
    entry = Article(
        "a", text.format("Thailand will return soldiers after 72 hours."), "en", None, "bay-chronicle", date(2025, 12, 28)
    )
    states = (Role("Thailand", 0, 8, "THA"), Role("Cambodia", 13, 21, "KHM"))
    claims = [
        replace(claim(entry, "AGREE", "signed a ceasefire", mode="sign"), participants=states),
        replace(claim(entry, "RETREAT", "return soldiers", mode="return", status="planned"), actors=states[:1]),
    ]
    (one,) = found(claims, [entry], *facts)
    assert one.quote == "The truce is valid for 72 hours." and dict(one.reason.values)["provision"].endswith(" ceasefire")
    others = [replace(c, participants=(), actors=()) for c in claims]
    assert found(others, [entry], *facts) == [], "nobody of the agreement is named"
    held = replace(entry, text=text.format("").replace("is valid for 72 hours", "has held for 60 days"))
    assert found([replace(claims[0], article=held.id)], [held], *facts) == []


def test_shownas_past_before_it_came() -> None:
    entry = article("a", "The convoy was hit on 19 March 2031, the office said.", 9)
    when = When("2031-03-19", "2031-03-19", "day", "stated", "19 March 2031")
    (one,) = found([claim(entry, "ASSAULT", "was hit", when=when, quantities=killed(2))], [entry])
    assert one.check == "day-after-print" and one.articles == ("a",)


@pytest.mark.parametrize(
    ("first", "second", "days", "finds"),
    [
        ('"Our boats were in harbour," he said.', '"Our boats were in harbour," he said.', 7, True),
        ('"Our boats were in harbour," he said.', '"Our boats were in harbour," he said.', 2, False),
        ('"Our boats were in harbour," he said.', 'On March 3 he said: "Our boats were in harbour."', 7, False),
        ('"Our boats were in harbour," he said.', '"Our boats were never in harbour," he said.', 7, False),
        ('The "Plan for Peace along the River" stands.', 'The "Plan for Peace along the River" stands.', 7, False),
        ('The paper "on the use of boats" stands.', 'The paper "on the use of boats" stands.', 7, False),
    ],
)
def test_quoted_words_printed_again(first: str, second: str, days: int, finds: bool) -> None:
    texts = [article("old", first, 3), article("new", second, 3 + days)]
    told = found([], texts)
    assert [(f.check, f.articles) for f in told] == ([("statement-printed-again", ("new", "old"))] if finds else [])


SAID = {
    "en": "Mira Solden accused Halden of holding 40 tankers and 12 buses.",
    "ar": "اتهمت سولدن هالدن باحتجاز 40 صهريجا و12 حافلة.",
}


@pytest.mark.parametrize(
    ("days", "figure", "whom", "told", "finds"),
    [
        (9, "12", "halden", None, True),
        (2, "12", "halden", None, False),  # the press takes it up
        (9, "14", "halden", None, False),  # another figure is another statement
        (9, "12", "orda", None, False),
        (9, "12", "halden", 3, False),  # the print says itself that it is old
    ],
)
@pytest.mark.parametrize(("first", "second"), [("ar", "en"), ("en", "ar")])
def test_a_statement_printed_again_in_another_language(
    first: str, second: str, days: int, figure: str, whom: str, told: int | None, finds: bool
) -> None:
    one = article("one", SAID[first], 3, language=first)
    other = article("two", SAID[second].replace("12", figure), 3 + days, language=second)
    claims = []
    for entry, party, day in ((one, "halden", None), (other, whom, told)):
        who, target = entry.text.split()[:2] if entry.language == "en" else entry.text.split()[1:3]
        made = claim(entry, "ACCUSE", entry.text, mode="allege", who=who, recipients=[target], day=day)
        voices = (made.speaker[0], replace(made.speaker[1], party="solden"))
        claims.append(replace(made, speaker=voices, recipients=(replace(made.recipients[0], party=party),)))
    assert all(checks.numbered(c, a, KNOWLEDGE) for c, a in zip(claims, (one, other), strict=True))
    shown = [f for f in found(claims, [one, other]) if f.check == "statement-printed-again"]
    assert [f.articles for f in shown] == ([("two", "one")] if finds else [])
