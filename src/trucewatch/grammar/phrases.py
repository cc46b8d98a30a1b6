"""Phrases that name somebody or some place, and the overlay marks: voices, events of several words, status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.grammar.items import Item

Captures = Mapping[str, Sequence[Item]]
Params = Mapping[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act or be acted on. `kind`: person, office, organisation, state, group, source, official, media,
    document, pronoun, list, name.
    `name`: the span to print (a person without the title); `party`: an id of the world files or None; `state`, `organ`: what
    the id was composed of;
    `title`: span of office or title before a name; `number`: sg, du, pl or None; `short`: a bare short form ("the ministry") to
    be resolved; `as_`: chair, sponsor, host, mediator, abstaining, where told; `place`: the town, where a capital's name stands
    for the government; `serves`: the party whose men a group without an id of its own is (Thai soldiers)."""

    kind: str
    name: Span
    party: str | None = None
    state: str | None = None
    organ: str | None = None
    title: Span | None = None
    number: str | None = None
    short: bool = False
    members: tuple["Actor", ...] = ()
    classes: frozenset[str] = frozenset()
    as_: str | None = None
    place: str | None = None
    serves: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place phrase: span of the whole, ids that its name may have, the kind word's precision."""

    name: Span
    ids: tuple[str, ...] = ()
    precision: str | None = None
    classes: frozenset[str] = frozenset({"place"})


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger of several words: what lexicon triggers carry as values, and slots that the rule itself captured."""

    values: Mapping[str, str]
    slots: Mapping[str, Span]
    classes: frozenset[str] = frozenset()


def _span(items: Sequence[Item]) -> Span:
    return items[0].start, items[-1].end


def _party(items: Sequence[Item]) -> str | None:
    for item in items:
        for entry in item.entries:
            if "party" in entry.value:
                return entry.value["party"]
        if item.mark is not None and isinstance(item.mark.value, Actor) and item.mark.value.party:
            return item.mark.value.party
    return None


def _named(captures: Captures) -> str | None:
    """The party whose known name is in quotation marks (the agency "X") or is itself the head (its Ministry of Y)."""
    for items in (captures.get("name", ()), captures.get("head", ())):
        if len(items) == 1 and items[0].any("name.org", "name.group", "name.body", "name.agency"):
            return _party(items)
    return None


def _town(items: Sequence[Item]) -> str | None:
    return next((entry.value["place"] for item in items for entry in item.entries if "place" in entry.value), None)


def _number(items: Sequence[Item]) -> str | None:
    for item in items:
        for feature in ("sg", "du", "pl"):
            if f"f.{feature}" in item.classes:
                return feature
    return None


def _organ(items: Sequence[Item]) -> str | None:
    for item in items:
        for entry in item.entries:
            if "organ" in entry.value:
                return entry.value["organ"]
    return None


def _kind(items: Sequence[Item], captures: Captures, params: Params) -> str:
    if "kind" in params:
        return str(params["kind"])
    for item in captures.get("head", items):
        for entry in item.entries:
            if "kind" in entry.value and any(c.split(".")[0] in ("unnamed", "office") for c in entry.classes):
                return entry.value["kind"]
        if item.has("document"):
            return "document"
        for cls, kind in (
            ("name.person", "person"),
            ("name.state", "state"),
            ("name.capital", "state"),
            ("name.agency", "media"),
            ("name", "organisation"),
            ("office", "office"),
            ("org", "organisation"),
            ("group", "group"),
            ("unnamed", "source"),
            ("demonym", "state"),
            ("pron", "pronoun"),
        ):
            if item.has(cls):
                return kind
    return "organisation"


def actor(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Actor | None:
    """Composes an id: a world name (`who`), or a state (`state`) with the organ of `organ` or `office`. `name` = words to
    print; `short: true`
    marks a bare common noun that stands for somebody named elsewhere."""
    items = captures.get("span", items)
    owner = captures.get("state") or captures.get("body")
    if owner and any(item.has("delegate") and ("f.pl" in item.classes or item.has("delegate.body")) for item in items):
        # Officials of A, a delegation of A: A itself is the party.
        own = _party(owner)
        kept = {c for item in owner for c in item.classes if c == "place" or c.startswith(("name.", "demonym"))}
        kind = _kind(owner, {}, {})
        kept |= {"actor", f"actor.{kind}"}
        return Actor(kind, _span(owner), own, own if kind == "state" else None, classes=frozenset(kept))
    kind = _kind(items, captures, params)
    who, state = captures.get("who", ()), captures.get("state", ())
    party, of_state = _party(who) or _named(captures), _party(state)
    organ = _organ([*captures.get("organ", ()), *captures.get("office", ()), *captures.get("head", ())])
    if party is None and of_state is not None and kind != "person":
        party = (
            f"{of_state}.{organ}"
            if organ and of_state.isupper() and len(of_state) == 3
            else of_state
            if kind == "state"
            else None
        )
    name = captures.get("name") or (who if kind == "person" and who else None)
    title = captures.get("title") or captures.get("office") or ()
    span = _span(name) if name else _span(items)
    classes = {"actor", f"actor.{kind}"}
    if isinstance(params.get("short"), str):
        classes.add(f"short.{params['short']}")
    for value in (
        entry.value
        for item in captures.get("head", ())
        for entry in item.entries
        if any(c.startswith("pron") for c in entry.classes)
    ):
        classes |= {f"f.{value[key]}" for key in ("num", "gen") if key in value}
    for item in items:
        classes |= {
            c
            for c in item.classes
            if c in ("place", "def", "cap", "legislature", "delegate")
            or c.startswith(("name.", "demonym", "f.", "group", "pron", "document."))
        }
        if item.has("name.state") or item.has("name.capital") or item.has("name.place"):
            classes.add("place") if len(items) == 1 else None
    if kind == "organisation" and any("cap" in item.classes for item in captures.get("name", ())):
        classes.add("name.org")  # a body that the world files do not know is read as one that they know
    if organ and not any(item.has("demonym") for item in captures.get("head", ())):
        classes.discard("demonym")  # "the Sudanese army" is a name as "the Harvest Front" is, not an adjective before a noun
    return Actor(
        kind,
        span,
        party,
        of_state or (party if party and party[:3].isupper() else None),
        organ,
        _span(title) if title and name else None,
        _number(captures.get("head", items)),
        bool(params.get("short", False)),
        (),
        frozenset(classes),
        place=_town(who) if kind == "state" else None,
        serves=_serves(items) if kind in ("group", "official") and party is None else None,
    )


def _serves(items: Sequence[Item]) -> str | None:
    """Whose men a group is, by the one adjective or name beside its noun: soldiers of a state are its army's, fighters of a named
    group are that group's. People of a state who bear no arms for it are nobody's."""
    codes = [entry.value["serves"] for item in items for entry in item.entries if "serves" in entry.value]
    owners = {_party([item]) for item in items if item.any("demonym", "name.state", "name.group", "name.org")} - {None}
    if not codes or len(owners) != 1:
        return None
    (owner,) = owners
    state = owner is not None and len(owner) == 3 and owner.isupper()
    if state == (codes[0] == "side"):
        return None
    return f"{owner}.{codes[0]}" if state else owner


def name(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Actor | None:
    """A name never seen before: `name` its words, `who` the title or office that shows it is one."""
    words = captures.get("name")
    if not words:
        return None
    kind = str(params.get("kind", "person"))
    title = captures.get("who", ())
    state = _party(captures.get("state", ()))
    return Actor(
        kind,
        _span(words),
        _party(words) if any(w.has("name") for w in words) else None,
        state,
        _organ(title),
        _span(title) if title else None,
        "sg",
        False,
        (),
        frozenset({"actor", f"actor.{kind}", "actor.name"}),
    )


def listed(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Actor | None:
    """Coordinated actors; the members of a list inside the list count as members of the whole."""
    members: list[Actor] = []
    for item in items:
        value = item.mark.value if item.mark else None
        if isinstance(value, Actor):
            members.extend(value.members or (value,))
    if len(members) == 1 and params.get("single"):
        return members[0]
    if len(members) < 2:
        return None
    kinds = {m.kind for m in members}
    if kinds == {"pronoun"}:
        return None
    return Actor("list", _span(items), None, None, None, None, "pl", False, tuple(members), frozenset({"actor", "actor.list"}))


def place(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Place | None:
    """`name` = the words whose world ids count, `kind` = a kind word (camp, crossing) with its precision."""
    items = captures.get("span", items)
    words = captures.get("name", items)
    ids = tuple(
        dict.fromkeys(e.value[key] for item in words for e in item.entries for key in ("place", "party") if key in e.value)
    )
    precision = next(
        (e.value["precision"] for item in captures.get("kind", ()) for e in item.entries if "precision" in e.value), None
    )
    return Place(_span(items), ids, precision or params.get("precision"))


def voice(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Mapping[str, Span] | None:
    """Who speaks (`who`) and the reporting word (`cue`)."""
    return {key: _span(value) for key, value in captures.items() if value}


def event(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Event:
    """The trigger's values from the parameters; captured slots by name."""
    values = {key: str(value) for key, value in params.items()}
    return Event(values, {key: _span(value) for key, value in captures.items() if key != "trigger" and value})


def status(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Mapping[str, Any] | None:
    """The status a construction gives to the event item captured as `of`."""
    target = captures.get("of")
    return None if not target else {"status": params.get("status"), "of": _span(target)}


def skip(items: Sequence[Item], captures: Captures, params: Params, text: str) -> str:
    """Words that look like an event and are none."""
    return text[items[0].start : items[-1].end]
