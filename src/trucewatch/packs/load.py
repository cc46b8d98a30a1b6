"""Find, override, validate, freeze: the only way from data files to a Pack."""

import gc
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.packs.forms import forms
from trucewatch.packs.pack import ASIDES, LEXICON, ModeSource, Pack, RuleSpec, Term
from trucewatch.packs.schema import MODELS, PackFile, RuleFile, validate
from trucewatch.packs.shelf import Shelf, kept, shelved
from trucewatch.packs.strict import read_tsv, read_yaml
from trucewatch.packs.weights import Weights, read_weights
from trucewatch.packs.world import World, load_world
from trucewatch.packs.world import terms as world_terms
from trucewatch.text.fold import fold_text
from trucewatch.text.split import Splitter, cut, table

DATA = Path(__file__).resolve().parent.parent / "data"
_WORD = re.compile(
    r"[a-z\u0400-\u04ff]{1,3}-?\d{1,3}(?!\w|[.,:/-]\d)|\d+(?:[.,:/\u066b\u066c]\d+)*"
    r"|[^\W\d_]+(?:(?:'|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea]))[^\W\d_]+)*|\S"
)
_RULE_LINE = re.compile(r"^\s*-\s+rule:\s*(\S+)")


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Codes of the languages that have a pack.yaml, in the user's folder or ours."""
    found = {p.parent.name for root in roots(folder) for p in (root / "languages").glob("*/pack.yaml")}
    return tuple(sorted(found))


def roots(folder: Path | None) -> tuple[Path, ...]:
    return (folder, DATA) if folder else (DATA,)


def find(name: str, folder: Path | None = None) -> Path:
    """The file of this name under data/, the user's own first."""
    for root in roots(folder):
        if (root / name).exists():
            return root / name
    raise PackError(f"{name}:1: no such data file. Put it into the folder of your packs or reinstall trucewatch.")


def files(kind: str, pattern: str, folder: Path | None = None, without: Collection[Path] = ()) -> list[Path]:
    """Files under data/<kind>, sorted by name without its ending, so that `events.tsv` stands before `events-force.tsv`: the
    first line of a term tells its likeliest event. One of the user's folder takes the place of ours of the same name.

    `without`: files passed over.
    """
    out: dict[str, Path] = {}
    for root in reversed(roots(folder)):
        for path in sorted((root / kind).glob(pattern)):
            if path not in without:
                out[path.name] = path
    return [out[name] for name in sorted(out, key=lambda name: name.split("."))]


def _one(kind: str, name: str, folder: Path | None, without: Collection[Path]) -> Path:
    found = files(kind, name, folder, without)
    if not found:
        raise PackError(f"{kind}/{name}:1: no such data file. Put it into the folder of your packs or reinstall trucewatch.")
    return found[0]


def words(term: str) -> tuple[str, ...]:
    """The folded words of a term, clitics left on."""
    return tuple(_WORD.findall(fold_text(term)))


def values(text: str, place: str) -> dict[str, str]:
    """`a=1; b=2` as a dict."""
    out: dict[str, str] = {}
    for piece in filter(None, (p.strip() for p in text.split(";"))):
        key, sign, value = piece.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise PackError(f"{place}: '{piece}' is no key=value. Write pairs divided by semicolons.")
        if key.strip() in out:
            raise PackError(f"{place}: the key '{key.strip()}' stands twice. Keep one.")
        out[key.strip()] = value.strip()
    return out


def lexicon(path: Path, paradigms: Mapping[str, Any]) -> Iterator[Term]:
    """Every spelling of every line of a lexicon file."""
    home = f"{path.parent.parent.name}/{path.name}"
    for row in read_tsv(path, LEXICON):
        place = f"{path}:{row.line}"
        cells = row.cells
        if not cells["class"]:
            raise PackError(f"{place}: no class. Fill the second column.")
        value = values(cells["value"], place)
        for form, feature in forms(cells["term"], cells["forms"], paradigms, place):
            folded = words(form.replace("~", " "))  # `~` joins words that are inflected as one
            if not folded:
                raise PackError(f"{place}: '{form}' holds no word. Write letters or digits.")
            classes = {cells["class"], *(f"f.{f}" for f in feature.split())}
            yield Term(folded, frozenset(classes), value, f"{home}:{row.line}")


def rules(path: Path) -> Iterator[RuleSpec]:
    """The rules of a grammar file NN-name.yaml."""
    number = re.match(r"(\d\d)-", path.name)
    if not number:
        raise PackError(f"{path}:1: the name does not begin with the floor's two digits. Call it 50-{path.name}.")
    lines = {}
    for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        found = _RULE_LINE.match(line)
        if found:
            lines[found.group(1)] = at
    seen: set[str] = set()
    for rule in validate(RuleFile, read_yaml(path) or [], path):
        place = f"{path}:{lines.get(rule.rule, 1)}"
        if rule.rule in seen:
            raise PackError(f"{place}: the rule '{rule.rule}' stands twice. Give it another name.")
        seen.add(rule.rule)
        yield RuleSpec(
            rule.rule,
            rule.make,
            rule.pattern,
            rule.params,
            tuple(rule.examples),
            tuple(rule.nots),
            int(number.group(1)),
            f"{path.parent.parent.name}/{path.name}",
            place,
        )


def _literals(pattern: str) -> list[str]:
    """The words a pattern names, folded: they are words of the language too."""
    bare = re.sub(r"\[[^\]]*\]|<[^>]*>|[a-z_]+=", " ", pattern)
    return [fold_text(word) for word in re.findall(r"[^\W\d_]+", bare)]


def load(language: str, folder: Path | None = None, *, without: frozenset[Path] = frozenset()) -> Pack:
    """The pack of a language; `folder` holds a user's own files in the same layout, which take the place of ours of the same
    name.

    `without`: files to pass over (those that a check found broken); ours of the same name hold in their stead.
    """
    with unwatched():
        return _load(language, folder, without)


@contextmanager
def unwatched() -> Iterator[None]:
    """The search for unused objects rests while knowledge is built: it would take as long as the building itself."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@lru_cache(maxsize=16)
def _load(language: str, folder: Path | None, without: frozenset[Path]) -> Pack:
    known_languages = languages(folder)
    if language not in known_languages:
        near = get_close_matches(language, known_languages, 1)
        raise PackError(
            f"languages/{language}:1: no pack for this language. "
            + (f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known_languages)}.")
        )
    path = _one(f"languages/{language}", "pack.yaml", folder, without)
    data = validate(PackFile, read_yaml(path), path)
    raw = data.model_dump()
    lexica = [
        file
        for file in files(f"languages/{language}/lexicon", "*.tsv", folder, without)
        if file.name not in ("furniture.tsv", ASIDES)
    ]
    asides = tuple(
        term
        for file in files(f"languages/{language}/lexicon", ASIDES, folder, without)
        for term in lexicon(file, raw["paradigms"])
    )
    world = world_of(None if folder and any(path.is_relative_to(folder / "world") for path in without) else folder)
    grammars = files(f"languages/{language}/grammar", "*.yaml", folder, without)
    specs = tuple(spec for file in grammars for spec in rules(file))
    sources = [path, *lexica, *grammars, *(p for root in roots(folder) for p in sorted((root / "world").rglob("*.*")))]

    def spelt() -> Shelf:
        return _spelt(language, lexica, raw, specs, world)

    terms = spelt() if without else Shelf(*kept(language, sources, lambda: spelt().plain()))
    splitter = table(raw, terms.strong.__contains__, fold_text, terms.inner.__contains__)
    frames = read_yaml(_one("ontology", "frames.yaml", folder, without))
    events = read_yaml(_one("ontology", "events.yaml", folder, without))
    modes = _one("ontology", "modes.yaml", folder, without)
    return Pack(
        code=language,
        direction=data.direction,
        order=data.order,
        case=data.case,
        adjective=data.adjective,
        passive=data.passive,
        passive_sign=data.passive_sign,
        ends=data.sentence_ends,
        abbreviations=frozenset(a.casefold() for a in data.abbreviations),
        splitter=splitter,
        known=terms.strong.__contains__,
        terms=terms,
        asides=asides,
        rules=specs,
        frames=frames,
        events=events,
        modes=modes_of(modes),
        world=world,
        folder=path.parent,
        weights=weights_of(folder) if data.judged else {},
        foreign=_foreign(frames) if folder else frozenset(),
    )


def _foreign(frames: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """The frames that are not as ours are."""
    ours = read_yaml(DATA / "ontology" / "frames.yaml")
    return frozenset(name for name, frame in frames.items() if ours.get(name) != frame)


def _spelt(language: str, lexica: Sequence[Path], raw: Mapping[str, Any], specs: Sequence[RuleSpec], world: World) -> Shelf:
    """All terms of a language and the names of the world in it, as its texts are cut."""
    terms = [term for file in lexica for term in lexicon(file, raw["paradigms"])]
    strong = {term.words[0] for term in terms if len(term.words) == 1}
    strong |= {word for spec in specs for word in _literals(spec.pattern)}
    inner = {word for term in terms for word in term.words}
    names = []
    for name, cls, value in world_terms(world, language):
        if split := words(name):
            names.append(Term(split, frozenset((cls,)), value, f"world:{value.get('party') or value.get('place')}"))
            if cls != "name.gaz":
                inner.update(split)
                strong.update(split if len(split) == 1 else ())
    splitter = table(raw, strong.__contains__, fold_text, inner.__contains__)
    again = [replace(term, words=found) for term in names if (found := _as_cut(term.words, splitter)) != term.words]
    return shelved([*terms, *names, *again], strong, inner)


def modes_of(path: Path) -> dict[str, ModeSource]:
    """Event -> where its mode is found beside the trigger."""
    rows = validate(MODELS["modes"], read_yaml(path), path)
    return {event: ModeSource(frozenset(row.loose), row.held, row.like, row.many) for event, row in rows.items()}


@lru_cache(maxsize=4)
def weights_of(folder: Path | None) -> dict[str, Weights]:
    """The weights of the judge by choice, a user's own in place of ours."""
    found = files("judge", "*.tsv", folder)

    def plain() -> dict[str, Any]:
        read = {path.stem: read_weights(path) for path in found}
        return {task: (weights.labels, dict(weights.table), dict(weights.least)) for task, weights in read.items()}

    return {task: Weights(*parts) for task, parts in kept("judge", found, plain).items()} if found else {}


def _as_cut(name: tuple[str, ...], splitter: Splitter) -> tuple[str, ...]:
    """The words of a name as a text's are cut: a clitic inside it ("the fund for children") is a token of its own there."""
    clitics = (*splitter.always, *(splitter.prefixes[0] if splitter.prefixes else ()))
    if len(name) == 1 or not any(word.startswith(clitics) for word in name):
        return name
    out: list[str] = []
    for word in name:
        before, key, _, after, _, _ = cut(word, splitter) if word.startswith(clitics) else ((), word, word, (), 0, 0)
        out += [word] if after else [*before, key]
    return tuple(out)


@lru_cache(maxsize=4)
def world_of(folder: Path | None) -> World:
    """The world files, a user's own beside ours."""
    return load_world(DATA / "world", folder / "world" if folder else None)
