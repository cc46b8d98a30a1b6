"""From an article and a pack to the lines the coder reads."""

from dataclasses import replace
from functools import lru_cache

from trucewatch.clause.heads import heads
from trucewatch.clause.line import Line
from trucewatch.grammar import Entry, Grammar, Parse, compile_grammar, parse
from trucewatch.grammar.phrases import Actor
from trucewatch.model import Article
from trucewatch.packs import Pack, unwatched
from trucewatch.packs.pack import Term
from trucewatch.text.fold import fold, fold_text
from trucewatch.text.sentences import sentences
from trucewatch.text.split import Cut, Token, tokens


@lru_cache(maxsize=32)
def grammar_of(pack: Pack) -> Grammar:
    """The compiled grammar of a pack (kept per pack)."""

    def starting(word: str) -> list[tuple[tuple[str, ...], Entry]]:
        return [
            (term.words, Entry(term.classes, term.value, term.place, _named(term), term.value.get("exact") == "1"))
            for term in pack.terms.starting(word)
        ]

    rules = ((f"{rule.file}#{rule.name}", rule.make, rule.pattern, rule.params, rule.floor, rule.place) for rule in pack.rules)
    with unwatched():
        return compile_grammar(starting, rules, fold_text, case=pack.case)


def _named(term: Term) -> bool:
    return any(c.startswith("name.") or c == "demonym" for c in term.classes) and "small" not in term.value


@lru_cache(maxsize=32)
def _cache_of(pack: Pack) -> dict[str, Cut]:
    """Readings of word forms met so far, per pack (a form has one reading)."""
    return {}


def spans(article: Article) -> list[tuple[int, int]]:
    """The stretches to code: body blocks; where an article has none (a flash), its headline; where blocks are unknown, the
    whole text."""
    for kind in ("body", "headline"):
        found = [(b.start, b.end) for b in article.blocks if b.kind == kind]
        if found:
            return found
    return [] if article.blocks else [(0, len(article.text))]


def sentence_tokens(text: str, start: int, end: int, pack: Pack) -> list[Token]:
    """Tokens of text[start:end] with spans in the whole text."""
    piece = text[start:end]
    found = tokens(piece, fold(piece), pack.splitter, _cache_of(pack))
    return [Token(t.key, t.bare, t.start + start, t.end + start, t.shape, t.clitic, t.cap, t.upper) for t in found]


def _names(parsed: Parse) -> set[str]:
    """The last words of persons' names in a sentence: from here on they name somebody by themselves."""
    out: set[str] = set()
    for item in parsed.items:
        value = item.mark.value if item.mark is not None else None
        for actor in (value.members or (value,)) if isinstance(value, Actor) else ():
            if actor.kind in ("person", "name"):
                words = [
                    t.bare for t in item.tokens if actor.name[0] <= t.start < actor.name[1] and t.shape == "word" and not t.clitic
                ]
                if len(words) > 1 and len(words[-1]) > 2:
                    out.add(words[-1])
    return out


def _vowels(parsed: Parse, text: str, pack: Pack) -> Parse:
    """Marks verbs whose written vowel signs show the passive (class `vowel.pass`); the sign is the pack's."""
    if not pack.passive_sign or pack.passive_sign not in text[parsed.items[0].start : parsed.items[-1].end]:
        return parsed
    items = tuple(
        replace(item, classes=item.classes | {"vowel.pass"})
        if item.has("v") and text[item.start + 1 : item.start + 2] == pack.passive_sign
        else item
        for item in parsed.items
    )
    return replace(parsed, items=items)


def lines(article: Article, pack: Pack) -> list[Line]:
    """Every sentence of the body, parsed, with its heads."""
    grammar = grammar_of(pack)
    out: list[Line] = []
    seen: set[str] = set()
    for paragraph, (start, end) in enumerate(spans(article)):
        for sentence in sentences(article.text, start, end, pack.ends, pack.abbreviations):
            toks = sentence_tokens(article.text, sentence.start, sentence.end, pack)
            if not toks:
                continue
            parsed = parse(grammar, toks, article.text, seen)
            seen |= _names(parsed)
            parsed = _vowels(parsed, article.text, pack)
            out.append(
                Line(
                    parsed.items,
                    sentence.start,
                    sentence.end,
                    len(out),
                    paragraph,
                    parsed.overlays,
                    heads(parsed.items, parsed.overlays, pack.order),
                    pack.order,
                )
            )
    return out
