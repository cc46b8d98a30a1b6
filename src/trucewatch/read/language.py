"""The language of a text, by its letters first and its function words second. No network, no model."""

import re
from collections import Counter

from trucewatch.read.encoding import script_of
from trucewatch.read.knowledge import Knowledge
from trucewatch.text import fold_text

SAMPLE = 5_000  # characters looked at
SCRIPT_SHARE = 0.5  # of all letters must be of the language's script
# Measured on news: a text in the language scores 0.10 to 0.43 by words, all its letters; an unknown neighbour (German, Italian)
# 0.06 by words; Persian read as Arabic lacks 0.17 of its letters.
WORD_SHARE = 0.08  # of all words must be its function words, where several known languages share a script
LETTER_SHARE = 0.93  # of the letters must be in its lists


def language_of(text: str, knowledge: Knowledge) -> str | None:
    """The code of the known language that fits best, or None: another script, or another language of the same script."""
    sample = text[:SAMPLE]
    letters = Counter(script_of(char) for char in sample if char.isalpha())
    if not letters:
        return None
    script, count = max(letters.items(), key=lambda item: (item[1], item[0]))
    if count < SCRIPT_SHARE * letters.total():
        return None
    candidates = [code for code, alphabet in sorted(knowledge.letters.items()) if _main_script(alphabet) == script]
    words = re.findall(r"[^\W\d_]+", fold_text(sample))
    scores = {code: _share(words, knowledge.stopwords.get(code, frozenset())) for code in candidates}
    if not scores:
        return None
    best = max(candidates, key=lambda code: (scores[code] + _letters_share(sample, knowledge.letters[code], script), code))
    if _letters_share(sample, knowledge.letters[best], script) < LETTER_SHARE:
        return None
    return best if len(candidates) == 1 or scores[best] >= WORD_SHARE else None


def _main_script(alphabet: frozenset[str]) -> str:
    """The script most letters have that is not Latin, if there is any number of them: furniture lists hold Latin names too."""
    counts = Counter(script_of(char) for char in alphabet)
    other = {name: n for name, n in counts.items() if name != "LATIN" and n >= 10}
    return max(other, key=lambda name: other[name]) if other else "LATIN"


def _share(words: list[str], stopwords: frozenset[str]) -> float:
    return sum(word in stopwords for word in words) / len(words) if words else 0.0


def _letters_share(sample: str, alphabet: frozenset[str], script: str) -> float:
    """How many of the text's letters of this script the language uses: tells neighbours apart where few words are known."""
    letters = [char for char in sample if char.isalpha() and script_of(char) == script]
    return sum(char in alphabet or char.lower() in alphabet for char in letters) / len(letters) if letters else 0.0
