"""Even hands: a sentence with its parties exchanged gives the same claims with the parties exchanged, whoever they are."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from tests.expected import sentence, shown
from trucewatch.model import Claim
from trucewatch.packs.strict import read_yaml

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("ar", "en")
Span = tuple[int, int]


def mirrors(language: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    data = read_yaml(CASES / "mirrors" / f"{language}.yaml")
    for pair in data["pairs"]:
        for template in data["sentences"]:
            yield language, template, (pair[0], pair[1])


def filled(template: str, first: str, second: str, masculine: Sequence[str]) -> tuple[str, dict[str, Span]]:
    """The sentence and where the two parties stand in it."""
    form = 1 if first in masculine else 2
    template = re.sub(r"\[([^|\]]*)\|([^\]]*)\]", lambda match: match[form], template)
    names = {"X": first, "Y": second, "x": first[:1].upper() + first[1:], "y": second[:1].upper() + second[1:]}
    text, at = "", {}
    for piece in re.split(r"(\{[XYxy]\})", template):
        word = names[piece[1]] if piece.startswith("{") else piece
        if piece.startswith("{"):
            at[piece[1].upper()] = (len(text), len(text) + len(word))
        text += word
    return text, at


def signature(claim: Claim, name: Any) -> tuple[Any, ...]:
    """A claim without the words of its parties: `name` tells by a span which of the parties (or other words) stand there."""

    def part(value: Any) -> Any:
        if value is None or value.text is None:
            return None if value is None else ("derived", bool(value.party))
        return name(value.start, value.end)

    when = claim.when and (claim.when.start, claim.when.end, claim.when.grain)
    figures = sorted((q.of, q.value, q.bound, q.scope) for q in claim.quantities)
    roles = [
        sorted(str((part(role), role.as_, bool(role.party))) for role in getattr(claim, slot))
        for slot in ("actors", "recipients", "participants")
    ]
    voices = [(voice.kind if voice.text is None else "voice", part(voice)) for voice in claim.speaker]
    return claim.event, claim.mode, claim.status, str(voices), str(roles), str(when), str(part(claim.where)), str(figures)


def told(text: str, claims: Sequence[Claim]) -> str:
    return text + "\n" + "\n".join(shown(claim) for claim in claims)


def unlike(one: list[tuple[Any, ...]], two: list[tuple[Any, ...]]) -> str:
    return f"only in the first: {sorted(set(one) - set(two))}\nonly in the second: {sorted(set(two) - set(one))}"


MIRRORS = [row for code in LANGUAGES for row in mirrors(code)]


@pytest.mark.parametrize(("language", "template", "pair"), MIRRORS, ids=[f"{row[0]}-{n}" for n, row in enumerate(MIRRORS)])
def test_exchanged_parties_give_exchanged_claims(language: str, template: str, pair: tuple[str, str]) -> None:
    masculine = read_yaml(CASES / "mirrors" / f"{language}.yaml").get("masculine", [])
    found, texts = [], []
    for first, second in (pair, pair[::-1]):
        text, at = filled(template, first, second, masculine)

        def name(start: int, end: int, at: dict[str, Span] = at, text: str = text) -> str:
            within = [key for key, (a, b) in at.items() if start < b and a < end]
            return "+".join(within) or text[start:end]

        claims = sentence(text, language, "2026-01-12")
        found.append(sorted(signature(claim, name) for claim in claims))
        texts.append(told(text, claims))
    assert found[0] == found[1], f"{texts[0]}\n{texts[1]}\n{unlike(found[0], found[1])}"


# --- the pairs among the sentence cases


def pairs(language: str) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    rows = read_yaml(CASES / "sentences" / f"{language}.yaml")
    named = {match.group(): row for row in rows if (match := re.match(r"pair \d+ [AB]", row["why"]))}
    for key in sorted(named):
        if key.endswith("A"):
            yield language, key, named[key], named[key[:-1] + "B"]


PAIRS = [row for code in LANGUAGES for row in pairs(code)]


def names_in(row: dict[str, Any]) -> set[str]:
    values = (value for want in row["expect"] for value in want.values())
    texts = (part for value in values for part in (value if isinstance(value, list) else [value]) if isinstance(part, str))
    return {word for text in texts for word in text.split()}


def aligned(one: dict[str, Any], two: dict[str, Any]) -> tuple[list[str], list[str]]:
    """For each word of the two sentences its place in what they share, or the number of the stretch in which they differ."""
    a, b = (re.findall(r"[\w'’]+", row["text"]) for row in (one, two))
    moved = names_in(one) | names_in(two)
    opcodes = SequenceMatcher(lambda word: word in moved, a, b, autojunk=False).get_opcodes()
    first, second = [""] * len(a), [""] * len(b)
    for number, (tag, i, j, k, m) in enumerate(opcodes):
        for step in range(max(j - i, m - k)):
            label = f"{number}.{step}" if tag == "equal" else f"{number}"
            if i + step < j:
                first[i + step] = label
            if k + step < m:
                second[k + step] = label
    return first, second


@pytest.mark.parametrize(("language", "key", "one", "two"), PAIRS, ids=[f"{row[0]} {row[1]}" for row in PAIRS])
def test_a_pair_gives_exchanged_claims(language: str, key: str, one: dict[str, Any], two: dict[str, Any]) -> None:
    found, texts = [], []
    for row, labels in zip((one, two), aligned(one, two), strict=True):
        spans = [match.span() for match in re.finditer(r"[\w'’]+", row["text"])]

        def name(start: int, end: int, spans: list[Span] = spans, labels: list[str] = labels) -> str:
            return " ".join(sorted({label for (a, b), label in zip(spans, labels, strict=True) if start < b and a < end}))

        claims = sentence(row["text"], language, row["published"])
        found.append(sorted(signature(claim, name) for claim in claims))
        texts.append(told(row["text"], claims))
    assert found[0] == found[1], f"{texts[0]}\n{texts[1]}\n{unlike(found[0], found[1])}"


def test_the_check_sees_a_bias() -> None:
    """The signature differs where a party is left out, named as the other, or told in another status."""
    (claim,) = sentence("Israel shelled positions of Hamas on Monday.", "en", "2026-01-12")
    names = {0: "X", 28: "Y"}
    right = signature(claim, lambda start, end: names.get(start, "other"))
    assert right != signature(claim, lambda start, end: {0: "Y", 28: "X"}.get(start, "other"))
    assert "X" in right[4]
