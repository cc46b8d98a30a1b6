"""Folding and its map, tokens, clitics, sentences."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.packs.strict import read_yaml
from trucewatch.text import fold, fold_text, sentences, tokens
from trucewatch.text.split import table

CASES = Path(__file__).parent / "cases" / "text"
LETTERS = st.text(
    st.one_of(
        st.characters(blacklist_categories=("Cs",)),
        st.sampled_from("أإآٱىةؤئـًٌٍَُِّْٰ٠١٢٣٤٥٦٧٨٩۰۱۲\u200f\u200e\u202b\u202c\u2066\u2069ﷲﻻﬁéïİıЁйשׁ״׳²½"),
    ),
    max_size=60,
)


@given(LETTERS)
@settings(max_examples=400, deadline=None)
def test_every_span_of_the_folded_text_maps_back_exactly(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    edges = [i for i in range(len(folded.text) + 1) if i in (0, len(folded.text)) or folded.starts[i] != folded.starts[i - 1]]
    for a, b in zip(edges, edges[1:], strict=False):
        start, end = folded.back(a, b)
        assert 0 <= start < end <= len(text)
        assert fold_text(text[start:end]) == folded.text[a:b]
    for a in edges[:-1]:
        start, end = folded.back(a, len(folded.text))
        assert fold_text(text[start:end]) == folded.text[a:]


@given(LETTERS)
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize("case", read_yaml(CASES / "folding.yaml"), ids=lambda c: c["text"])
def test_folding_cases(case: dict[str, str]) -> None:
    assert fold_text(case["text"]) == case["expect"], case.get("why", "")


@pytest.mark.parametrize("case", read_yaml(CASES / "clitics.yaml"), ids=lambda c: c["text"])
def test_clitic_cases(case: dict[str, object]) -> None:
    clitics = {
        "article": ["ال"],
        "prefixes": [["و", "ف"], ["ب", "ك", "ل", "س"]],
        "assimilated": [{"form": "لل", "as": "ل", "put": "ال"}],
        "always": ["وال", "بال", "وبال", "لل", "ولل"],
        "suffixes": [{"form": "هم"}, {"form": "ها"}, {"form": "ه"}],
        "restore": {"ت": "ة"},
    }
    known = {fold_text(w) for w in str(case["known"]).split()}
    text = str(case["text"])
    splitter = table(clitics, known.__contains__, fold_text)
    found = tokens(text, fold(text), splitter, {})
    assert [t.key for t in found] == [fold_text(w) for w in case["expect"]]  # type: ignore[attr-defined]
    shown = [(fold_text(text[t.start : t.end]), t.key) for t in found]
    assert all(part in key or key.startswith(fold_text("ال")) or key.endswith(fold_text("ة")) for part, key in shown)


@given(LETTERS)
@settings(max_examples=200, deadline=None)
def test_tokens_stand_in_order_and_quote_the_text(text: str) -> None:
    found = tokens(text, fold(text), table({}, lambda _: False, fold_text), {})
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start or a.start <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(t.key in fold_text(text[t.start : t.end]) for t in found if not t.clitic and t.shape == "num")


@pytest.mark.parametrize("case", read_yaml(CASES / "sentences.yaml"), ids=lambda c: c["text"][:30])
def test_sentence_cases(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = sentences(text, 0, len(text), ".!?؟…", {"dr", "u.s", "u.n", "gen", "أ.ف.ب"})
    assert [text[s.start : s.end] for s in found] == case["expect"]
