"""Names and words of different languages made comparable: folded words, and a coarse skeleton of consonants."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from trucewatch.model import LinkKnowledge
from trucewatch.text.fold import fold_text

_WORD = re.compile(r"[^\W_]+")
LONG = 3  # consonants from which two skeletons of different scripts are taken for one name


@dataclass(frozen=True, slots=True)
class Name:
    """A party, voice or place as named: its id if known, its folded words without what is written onto them, their skeletons;
    `heard` words have a skeleton long enough to be compared; `last`: skeletons of the last word, a surname as a rule; `short` the
    skeleton of a name of one word with two consonants; `parts`: of each word what it says in every language, or skeletons."""

    party: str | None
    language: str
    words: frozenset[str]
    skeletons: frozenset[str]
    heard: int
    last: frozenset[str]
    short: str
    parts: tuple[frozenset[str], ...]
    shown: str


def words(text: str, language: str, knowledge: LinkKnowledge) -> tuple[str, ...]:
    """The folded words of a text, each without the longest prefix that leaves three letters."""
    return _words(text, knowledge.prefixes.get(language, ()))


@lru_cache(maxsize=4096)
def _words(text: str, prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """The claims of an article share sentences, paragraphs and its heading."""
    return tuple(_bare(word, prefixes) if word.startswith(prefixes) else word for word in _WORD.findall(fold_text(text)))


def _bare(word: str, prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if len(word) >= len(prefix) + 3 and word.startswith(prefix):
            return word[len(prefix) :]
    return word


def skeleton(word: str, knowledge: LinkKnowledge) -> str:
    """The consonant classes of a folded word in order, doubled ones once."""
    return _sounding(knowledge.sounds)(word)


@lru_cache(maxsize=8)
def _sounding(sounds: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """The skeleton of a word by these sounds, remembered."""
    return lru_cache(maxsize=65536)(partial(_skeleton, sounds))


def _skeleton(sounds: tuple[tuple[str, str], ...], word: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(word):
        for letters, sound in sounds:
            if word.startswith(letters, at):
                if not out or out[-1] != sound:
                    out.append(sound)
                at += len(letters)
                break
        else:
            at += 1
    return "".join(out)


def name(party: str | None, text: str | None, language: str, knowledge: LinkKnowledge) -> Name:
    """The name of a role, a voice or a place."""
    found = words(text or "", language, knowledge)
    kept = frozenset(word for word in found if len(word) > 2 and word not in knowledge.empty)
    last = skeletons(" ".join((text or "").partition(",")[0].split()[-1:]), language, knowledge)
    heard = sum(
        bare in kept and _heard(word, bare, knowledge)
        for word, bare in {*zip(_WORD.findall(fold_text(text or "")), found, strict=True)}
    )
    alone = skeleton(next(iter(kept)), knowledge) if len(kept) == 1 else ""
    short = alone if len(alone) == LONG - 1 else ""
    bones = skeletons(text or "", language, knowledge)
    bones |= {b[:-1] for b in bones if len(b) > LONG and b[-1] == skeleton("n", knowledge)}  # of a country or of its people
    raw = {*zip(_WORD.findall(fold_text(text or "")), found, strict=True)}
    parts = tuple(filter(None, (_part(word, language, knowledge) for word, bare in sorted(raw) if bare in kept)))
    return Name(party, language, kept, bones, heard, last, short, parts, text or party or "")


def _part(word: str, language: str, knowledge: LinkKnowledge) -> frozenset[str]:
    """What a folded word says in every language, its prefixes taken off where that makes a known word; else its skeletons."""
    known = knowledge.common.get(language, {})
    for prefix in ("", *knowledge.prefixes.get(language, ())):
        if word.startswith(prefix) and word[len(prefix) :] in known:
            return known[word[len(prefix) :]]
    return frozenset(b for b in skeletons(word, language, knowledge) if len(b) >= LONG)


def _heard(word: str, bare: str, knowledge: LinkKnowledge) -> bool:
    """Whether a word has a skeleton that can be compared. A single letter taken off as a prefix may be the first of the name."""
    return any(len(skeleton(w, knowledge)) >= LONG for w in ((word, bare) if len(word) == len(bare) + 1 else (bare,)))


def skeletons(text: str, language: str, knowledge: LinkKnowledge) -> frozenset[str]:
    """Skeletons of the words of a text, as written and without a prefix: what looks like one may belong to the name."""
    found = {*_WORD.findall(fold_text(text)), *words(text, language, knowledge)}
    return frozenset(filter(None, map(_sounding(knowledge.sounds), found)))


def agree(one: Name, other: Name) -> int:
    """1 both name the same, -1 they name others, 0 that cannot be told (two languages, an id against a text)."""
    if one.party and other.party:
        return 1 if related(one.party, other.party) else -1
    if not one.words or not other.words:
        return 0
    if one.language == other.language:
        shared = len(one.words & other.words)
        if shared and shared * 2 >= min(len(one.words), len(other.words)):
            return 1
        return 0 if one.party or other.party or shared else -1
    return _across(one, other)


@lru_cache(maxsize=65536)
def _across(one: Name, other: Name) -> int:
    """Two names in two languages: by what their common words say, and by the sound of the others."""
    ours = [part for part in one.parts if not any(part & p for p in other.parts)]
    theirs = [part for part in other.parts if not any(part & p for p in one.parts)]
    matched = len(one.parts) - len(ours)
    if any(map(_common, ours)) and any(map(_common, theirs)):
        return 0 if matched else -1  # "the front" is not "the army"; "civil defence" may not be "the defence front"
    if matched and not (ours and theirs):
        shared = [part for part in one.parts if part not in ours]
        bare = len(shared) == 1 and _common(shared[0]) and len(one.parts) != len(other.parts)
        return 0 if bare else 1  # "the movement" may be any, "the interior ministry" is not
    same = sum(len(s) >= LONG for s in one.skeletons & other.skeletons)
    surname = any(len(s) >= LONG for s in one.last & other.last)
    if same >= 2 or surname or same == min(one.heard, other.heard) > 0:
        return 1
    brief = sum(len(s) >= LONG - 1 for s in one.skeletons & other.skeletons)  # a name of short words must agree in all of them
    return 1 if brief >= max(2, min(len(one.words), len(other.words))) else 0


def another(one: Name, other: Name) -> bool:
    """Whether two names are surely of others, in two languages too: a body that is called by common words alone ("the interior
    ministry") is translated, so a name that holds none of them, or a body called otherwise ("the health ministry"), is not it."""
    if agree(one, other) != 0 or one.language == other.language or not (one.parts and other.parts) or (one.party and other.party):
        return agree(one, other) < 0
    told = [len(n.parts) > 1 and all(map(_common, n.parts)) for n in (one, other)]
    return all(told) or (any(told) and not any(part & p for part in one.parts for p in other.parts))


def _common(part: frozenset[str]) -> bool:
    return any(sign.startswith("=") for sign in part)


def related(one: str, other: str) -> bool:
    """The same id, or an organ and its state (`ISR.mil`, `ISR`)."""
    return (
        one == other or (one.startswith(other) and one[len(other)] == ".") or (other.startswith(one) and other[len(one)] == ".")
    )


def best(names: tuple[Name, ...], others: tuple[Name, ...]) -> tuple[int, str, str]:
    """The best agreement of any two: roles are rarely told in full."""
    if not names or not others:
        return 0, "", ""
    verdicts = [(agree(x, y), x.shown, y.shown) for x in names for y in others]
    return max(verdicts, key=lambda v: v[0]) if len(verdicts) > 1 else verdicts[0]
