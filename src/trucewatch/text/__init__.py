"""Letters and offsets: folding with a map back to the text, sentences, tokens, clitics. Knows no language: tables are
arguments."""

from trucewatch.text.fold import Folded, fold, fold_text
from trucewatch.text.sentences import Sentence, sentences
from trucewatch.text.split import Splitter, Token, tokens

__all__ = ["Folded", "Sentence", "Splitter", "Token", "fold", "fold_text", "sentences", "tokens"]
