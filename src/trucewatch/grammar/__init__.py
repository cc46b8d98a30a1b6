"""Cascaded finite-state rules over tokens. Knows no language, no war and no peace: lexicon and rules are arguments."""

from trucewatch.grammar.engine import Grammar, Parse, compile_grammar, parse
from trucewatch.grammar.items import Entry, Item, Mark
from trucewatch.grammar.lexicon import by_first
from trucewatch.grammar.tree import tree

__all__ = ["Entry", "Grammar", "Item", "Mark", "Parse", "by_first", "compile_grammar", "parse", "tree"]
