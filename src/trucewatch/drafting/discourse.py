"""What was said before in the article: the fullest names, the last doer and speaker, the interval told last."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from trucewatch.clause.line import Line
from trucewatch.grammar import Item
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in the text: `words` its folded bare words, `at` where it begins."""

    actor: Actor
    words: frozenset[str]
    at: int
    heads: frozenset[str]


@dataclass(slots=True)
class Discourse:
    """The memory of one article, filled sentence by sentence.

    `truce`: the day a deal came into force; `pair`: the two parties named last, in sentence `paired`; `quoting`: who speaks in
    a quotation that a sentence left open;
    `times`: the intervals told, the latest first;
    `doers_of`: the doers of the last event of each kind ("these violations"); `spots`: the places told last.
    """

    published: date | None
    mentions: list[Mention] = field(default_factory=list)
    speaker: Actor | None = None
    doer: Actor | None = None
    told: When | None = None
    times: list[When] = field(default_factory=list)
    truce: date | None = None
    pair: tuple[Actor, ...] = ()
    paired: int = -2
    line: int = 0
    quoting: Actor | None = None
    doers_of: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    spots: list[tuple[Line, int]] = field(default_factory=list)

    def meet(self, items: Sequence[Item], line: int = 0) -> None:
        """Takes note of the actors of a sentence, whose number is `line`."""
        self.line = line
        for item in items:
            value = item.mark.value if item.mark is not None else None
            if isinstance(value, Actor):
                if len(value.members) == 2 and all(m.kind in ("state", "organisation", "group") for m in value.members):
                    self.pair, self.paired = value.members, line
                for actor in value.members or (value,):
                    if actor.kind != "pronoun" and not actor.short:
                        inside = [t for t in item.tokens if actor.name[0] <= t.start < actor.name[1]]
                        words = frozenset(t.bare for t in inside if t.shape == "word" and not t.clitic)
                        heads = frozenset(t.bare for t in item.tokens if t.shape == "word" and not t.clitic)
                        self.mentions.append(Mention(actor, words, actor.name[0], heads))

    def latest(self, start: int) -> tuple[Actor, ...]:
        """The six actors named last before an offset, the latest first, each once."""
        out: dict[str, Actor] = {}
        for mention in reversed(self.mentions):
            if mention.at < start:
                out.setdefault(mention.actor.party or " ".join(sorted(mention.words)), mention.actor)
                if len(out) == 6:
                    break
        return tuple(out.values())

    def resolve_all(self, actor: Actor, item: Item) -> list[Actor]:
        """As `resolve`; "both sides" and "they" may stand for the two named last."""
        plural = (
            actor.kind == "pronoun"
            and "f.pl" in actor.classes
            and (self.doer is None or self.doer.kind in ("person", "name", "office"))
        )
        if self.pair and ("short.pair" in actor.classes or plural):
            return list(self.pair)
        return [self.resolve(actor, item)]

    def resolve(self, actor: Actor, item: Item) -> Actor:
        """A pronoun or bare short form to the actor it most likely stands for; a person's short name keeps its words and takes
        the id."""
        if actor.kind == "pronoun":
            return self._pronoun(actor) or actor
        if actor.kind == "document" and "def" in actor.classes and "document.deal" not in actor.classes:
            return self.doer or self.speaker or actor  # a statement speaks for who issued it
        if actor.short:
            words = frozenset(
                t.bare for t in item.tokens if actor.name[0] <= t.start < actor.name[1] and t.shape == "word" and not t.clitic
            )
            found = self._short(words, item.start, actor)
            return replace(found, classes=found.classes | {"resolved"}) if found is not None else actor
        if actor.party is None and actor.kind in ("person", "name"):
            words = frozenset(t.bare for t in item.tokens if actor.name[0] <= t.start < actor.name[1] and t.shape == "word")
            for mention in self.mentions:
                if mention.actor.party and mention.actor.kind == "person" and words and words <= mention.words:
                    return replace(actor, party=mention.actor.party)
        return actor

    def _short(self, words: frozenset[str], at: int, actor: Actor) -> Actor | None:
        """The fullest earlier name that holds the short form's words (first mention wins among equals); else the last body of
        its kind."""
        before = [m for m in self.mentions if m.at < at]
        if actor.kind == "organisation":  # a body is never the person who leads it
            same = [m for m in before if m.actor.kind != "person" and words <= m.words and m.words != words]
        else:
            same = [m for m in before if words <= m.heads and m.heads != words]
        if same:
            return max(reversed(same), key=lambda m: len(m.words)).actor
        if actor.kind == "office":
            return next((m.actor for m in reversed(before) if m.actor.kind == "person" and m.actor.title), None)
        if "short.any" in actor.classes:
            named = ("name.group", "name.body", "name.org")
            return next((m.actor for m in reversed(before) if any(c.startswith(named) for c in m.actor.classes)), None)
        return None

    def voters(self) -> list[Actor]:
        """The body that votes named last, if any."""
        return next(([m.actor] for m in reversed(self.mentions) if "legislature" in m.actor.classes), [])

    def _pronoun(self, actor: Actor) -> Actor | None:
        plural = "f.pl" in actor.classes
        for candidate in (self.doer, self.speaker):
            if candidate is not None and (candidate.kind != "person" or not plural):
                return candidate
        return None
