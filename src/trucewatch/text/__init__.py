"""Letters and offsets: folding with a map back to the text, sentences, tokens, clitics; addresses. Knows no language: tables are
arguments."""

from trucewatch.text.address import canonical
from trucewatch.text.fold import Folded, fold, fold_text
from trucewatch.text.sentences import Sentence, sentences
from trucewatch.text.split import Splitter, Token, tokens

__all__ = ["Folded", "Sentence", "Splitter", "Token", "canonical", "fold", "fold_text", "sentences", "tokens"]
