"""The engine on packs of three lines: it knows no language, so lexicon and rules stand here."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import PackError
from trucewatch.grammar import Entry, Grammar, Mark, Parse, by_first, compile_grammar, parse, tree
from trucewatch.grammar.engine import MAX_ITEMS, MAX_RULES
from trucewatch.grammar.pattern import parse_pattern
from trucewatch.text.fold import fold, fold_text
from trucewatch.text.split import Splitter, Token, tokens

WORDS = {
    "red": "colour.warm", "blue": "colour.cold", "cat": "beast", "dog": "beast", "very": "degree", "ran": "v.move f.past",
    "run": "v.move", "three": "num.unit", "old cat": "beast.old", "and": "conj.and", "gave": "v.ASSAULT f.past",
}  # fmt: skip
Rule = tuple[str, str, str, dict[str, Any], int]


def grammar(*rules: Rule, words: Mapping[str, str] = WORDS) -> Grammar:
    """Rules are (name, maker, pattern, parameters, floor)."""
    terms = [
        (tuple(term.split()), Entry(frozenset(classes.split()), {"n": "3"} if "num" in classes else {}, f"here:{number}"))
        for number, (term, classes) in enumerate(words.items(), 1)
    ]
    return compile_grammar(by_first(terms), [(*rule, f"file:{n}") for n, rule in enumerate(rules, 1)], fold_text, case=False)


def skip(pattern: str, name: str = "r", floor: int = 10) -> Rule:
    return name, "skip", pattern, {}, floor


def read(text: str, *rules: Rule) -> Parse:
    return parse(grammar(*rules), split(text), text)


def split(text: str) -> list[Token]:
    return tokens(text, fold(text), Splitter(known=lambda _: True), {})


def words(parsed: Parse, text: str, rule: str | None = None) -> list[str]:
    """The words under the marks, in order of the text."""
    return [text[mark.start : mark.end] for mark in parsed.marks if rule in (None, mark.rule)]


# --- pattern operators


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("[beast]", "red cat ran", ["cat"]),
        ("[colour]", "red blue cat", ["red", "blue"]),  # a class takes those below it
        ("[colour.cold]", "red blue cat", ["blue"]),
        ("[col]", "red blue cat", []),  # but not those that begin with its letters
        ("[v & f.past]", "cat ran run", ["ran"]),
        ("[v & !f.past]", "cat ran run", ["run"]),
        ("[beast | colour.cold]", "red cat blue", ["cat", "blue"]),
        ("[!beast & !v]", "red cat ran", ["red"]),
        ("ran", "cat ran run", ["ran"]),
        ("Ran", "cat RAN run", ["RAN"]),  # words are folded
        ("zebra", "a zebra ran", ["zebra"]),  # a word that the lexicon does not hold
        ("[=ran | =run]", "cat ran run", ["ran", "run"]),
        ("[word]", "red zebra", ["zebra"]),
        ("[num.digits]", "12 cats", ["12"]),
        ("[p.comma]", "red, blue", [","]),
        ("[colour] [beast]", "red cat blue ran dog", ["red cat"]),
        ("[colour] .", "red ran blue", ["red ran"]),
        ("([colour] | [degree]) [beast]", "red cat very dog", ["red cat", "very dog"]),
        ("[degree]? [colour] [beast]", "very red cat blue dog", ["very red cat", "blue dog"]),
        ("[colour]* [beast]", "cat red blue dog", ["cat", "red blue dog"]),
        ("[colour]+ [beast]", "cat red blue dog", ["red blue dog"]),
        ("[colour]{2} [beast]", "red cat red blue dog", ["red blue dog"]),
        ("[colour]{1,2} [beast]", "red blue red cat", ["blue red cat"]),
        ("[colour]{2,} [beast]", "red blue red cat", ["red blue red cat"]),
        ("[colour] ..2 [beast]", "red very old dog", ["red very old dog"]),
        ("[colour] ..1 [beast]", "red very old dog", []),
        ("[colour] ..4 [beast]", "red cat very dog", ["red cat"]),  # a gap is as short as it can be
        ("[colour] ..4 [beast]", "red. cat", []),  # and never leaps over the end of a sentence
        ("[colour] ..4 [beast]", "red, very, cat", ["red, very, cat"]),
        ("^ [beast]", "cat and dog", ["cat"]),
        ("[beast] $", "cat and dog", ["dog"]),
        ("^ [beast] $", "cat and dog", []),
        ("[beast.old]", "old cat ran", ["old cat"]),  # a term of two words is one item
        ("[colour] | [beast]", "red cat", ["red", "cat"]),
    ],
)  # fmt: skip
def test_an_operator(pattern: str, text: str, expected: list[str]) -> None:
    parsed = read(text, skip(pattern))
    assert words(parsed, text) == expected, "\n".join(tree(parsed, text))


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("[beast", "cannot be read at '\\[beast'"),
        ("[]", "names no class"),
        ("[beast & ]", "names no class"),
        ("[be ast]", "names no class"),
        ("([beast]", "a bracket is not closed"),
        ("[beast])", "a bracket closes that was never opened"),
        ("x=* [beast]", "a name stands before"),
        ("[beast] ..9 [beast]", "more than eight items"),
        ("<A>", "cannot be read at '<A>'"),
    ],
)
def test_a_bad_pattern_names_its_place(pattern: str, what: str) -> None:
    with pytest.raises(PackError, match=rf"^file:1: .*{what}.*\. ?"):
        grammar(skip(pattern))


def test_an_unknown_maker_is_named() -> None:
    with pytest.raises(PackError, match="file:1: unknown maker 'skp'. Known: "):
        grammar(("r", "skp", "[beast]", {}, 10))


# --- captures


def captured(pattern: str, text: str) -> list[dict[str, str]]:
    """The captures of each event mark, as words."""
    parsed = read(text, ("e", "event", pattern, {"event": "ASSAULT"}, 50))
    return [{name: text[a:b] for name, (a, b) in mark.value.slots.items()} for mark in parsed.overlays]


def test_captures_by_name() -> None:
    assert captured("actors=[colour] trigger=[v] recipients=([degree]? [beast])", "red ran very dog") == [
        {"actors": "red", "recipients": "very dog"}
    ]
    assert captured("actors=[beast]? trigger=[v]", "ran") == [{}]  # what is not there is no capture


def test_a_name_in_two_branches() -> None:
    pattern = "(actors=[colour] trigger=[v] | trigger=[v] actors=[beast])"
    assert captured(pattern, "red ran") == [{"actors": "red"}] and captured(pattern, "ran dog") == [{"actors": "dog"}]


def test_span_leaves_the_context_out() -> None:
    text = "red cat ran"
    parsed = read(text, skip("[colour] span=[beast] [v]"))
    assert words(parsed, text) == ["cat"] and len(parsed.items) == 3
    assert [item.has("skip") for item in parsed.items] == [False, True, False]


def test_the_trigger_is_the_mark_of_an_event() -> None:
    text = "red cat ran"
    parsed = read(text, ("e", "event", "actors=[colour] ..2 trigger=[v]", {"event": "ASSAULT", "mode": "aerial"}, 50))
    assert words(parsed, text) == ["ran"] and parsed.overlays[0].value.values == {"event": "ASSAULT", "mode": "aerial"}


# --- order: longest first, then the earlier rule; floors; rounds


def test_the_longest_match_wins() -> None:
    text = "very red cat"
    parsed = read(text, skip("[colour] [beast]", "short"), skip("[degree] [colour] [beast]", "long"))
    assert [(mark.rule, text[mark.start : mark.end]) for mark in parsed.marks] == [("long", text)]


def test_of_equals_the_earlier_rule_wins() -> None:
    text = "red cat"
    assert [m.rule for m in read(text, skip("[colour] [beast]", "one"), skip("red cat", "two")).marks] == ["one"]
    assert [m.rule for m in read(text, skip("red cat", "two"), skip("[colour] [beast]", "one")).marks] == ["two"]


def test_floors_run_in_the_order_of_their_numbers() -> None:
    rules = (skip("<number>", "late", 20), ("early", "number", "[num]", {}, 10))
    text = "three cats"
    assert [(m.label, m.rule) for m in read(text, *rules).marks] == [("number", "early"), ("skip", "late")]
    flipped = (skip("<number>", "late", 10), ("early", "number", "[num]", {}, 20))
    assert [m.rule for m in read(text, *flipped).marks] == ["early"]


def test_a_mark_replaces_its_items_and_keeps_its_parts() -> None:
    rules = (
        ("n", "number", "[num]", {}, 10),
        ("q", "quantity", "n=<number> what=[beast]", {}, 20),
        skip("<quantity> [v]", "s", 30),
    )
    text = "three dog ran"
    parsed = read(text, *rules)
    assert len(parsed.items) == 1 and parsed.items[0].mark is not None
    assert nested(parsed.items[0].mark) == ("s", [("q", [("n", [])])])
    assert [part.strip().split(" ")[0] for part in tree(parsed, text)[2:]] == ["skip", "quantity", "number"]


def nested(mark: Mark) -> tuple[str, list[Any]]:
    return mark.rule, [nested(part) for part in mark.parts]


def test_rounds_go_on_until_nothing_new_appears() -> None:
    rules = (skip("[beast]", "seed"), skip("<skip> [conj] [word]", "grow"))
    text = "cat and zebra and lion and wolf"
    parsed = read(text, *rules)
    assert words(parsed, text, "grow")[0] == text and len(parsed.items) == 1


def test_a_rule_without_a_fresh_label_is_not_run_again() -> None:
    text = "cat cat"
    assert [m.rule for m in read(text, skip("[beast]", "a"), skip("[skip]", "b")).marks] == ["a", "a"]


def test_an_overlay_leaves_the_items() -> None:
    text = "cat ran"
    event = ("e", "event", "[v]", {"event": "ASSAULT"}, 10)
    parsed = read(text, event, skip("[beast] [v]", "s", 20))
    assert [m.label for m in parsed.overlays] == ["event"] and words(parsed, text, "s") == [text]
    two = read(text, event, ("f", "event", "[beast] [v]", {"event": "VOTE"}, 10))
    assert [(m.rule, text[m.start : m.end]) for m in two.overlays] == [("f", "cat ran"), ("e", "ran")]


def test_a_maker_may_refuse() -> None:
    text = "three and red"
    rules = (("n", "number", "[num]", {}, 10), ("l", "list", "<number> [conj] [colour]", {}, 20))
    assert [m.rule for m in read(text, *rules).marks] == ["n"]


# --- lexicon


def test_the_longest_term_wins_and_all_classes_count() -> None:
    parsed = parse(grammar(words={"a": "x", "a b": "y", "a b c": "z", "a  b": "w"}), split("a b c a b a d"), "a b c a b a d")
    assert [sorted(item.classes & {"x", "y", "z", "w", "word"}) for item in parsed.items] == [["z"], ["w", "y"], ["x"], ["word"]]


# --- limits


def test_a_floor_holds_so_many_rules() -> None:
    rules = [skip("[beast]", f"r{n}") for n in range(MAX_RULES)]
    grammar(*rules)
    with pytest.raises(PackError, match=rf"^file:{MAX_RULES + 1}: more than {MAX_RULES} rules on floor 10\. Move"):
        grammar(*rules, skip("[beast]"))
    grammar(*rules, skip("[beast]", floor=11))


def test_a_long_sentence_is_cut() -> None:
    text = "cat " * (MAX_ITEMS + 50)
    assert len(read(text, skip("[beast]")).items) == MAX_ITEMS


# --- whatever comes

VOCABULARY = [*WORDS, "zebra", "12", "2026", "1,200", ",", ".", "(", ")", "—", "'s", "ال", "\u064f", "٣", "ß", "𝒳", "-"]
RULES = (
    ("n", "number", "[num]+", {}, 10),
    ("d", "date", "day=[num.digits]? year=[year]", {}, 20),
    ("q", "quantity", "n=<number> what=[beast | word]", {}, 25),
    ("a", "actor", "([colour] | [degree])* who=[beast]", {}, 30),
    ("l", "list", "<actor> ([conj] <actor>)+", {}, 31),
    ("p", "place", "[colour] ..3 name=[word]", {}, 31),
    ("e", "event", "actors=<actor>? ..3 trigger=[v]", {"event": "ASSAULT"}, 50),
    ("s", "skip", "[p] . [p]", {}, 60),
)
MADE = grammar(*RULES)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join) | st.text(max_size=60))
def test_no_row_of_tokens_raises(text: str) -> None:
    row = split(text)
    parsed = parse(MADE, row, text)
    assert [token for item in parsed.items for token in item.tokens] == row[: sum(len(i.tokens) for i in parsed.items)]
    apart(parsed.items, len(text))
    for mark in parsed.marks:
        assert 0 <= mark.start < mark.end <= len(text) and 0 <= mark.first < mark.last <= len(row)
        assert row[mark.first].start == mark.start and row[mark.last - 1].end == mark.end
        assert all(mark.start <= part.start and part.end <= mark.end for part in mark.parts)
    chunks = [mark for mark in parsed.marks if mark.label != "event"]
    for one in chunks:
        for two in chunks:
            nested_ = one.first <= two.first and two.last <= one.last or two.first <= one.first and one.last <= two.last
            assert nested_ or one.last <= two.first or two.last <= one.first
    assert parse(MADE, row, text) == parsed


def apart(items: Sequence[Any], end: int) -> None:
    """Items follow one another; one character that folds to several signs (a fraction) may be several items."""
    start = stop = 0
    for item in items:
        assert start <= item.start < item.end <= end and stop <= item.end
        start, stop = item.start, item.end


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]()|&!?*+.{}<>=^$ ,12abx", max_size=20))
def test_a_pattern_is_read_or_refused_with_its_place(source: str) -> None:
    try:
        parse_pattern(source, "file:7", fold_text)
    except PackError as error:
        assert str(error).startswith("file:7: ")
