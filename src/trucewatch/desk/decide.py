"""Decisions on one claim. Each is saved as one judgement before anybody is told so; the last of a person can always be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trucewatch import ledger
from trucewatch.errors import DeskError
from trucewatch.ledger import ACCEPT, ASSIGN, CODING, PERSON, REJECT, SLOTS, SPAN, VERDICT, Entry, Judgement, Ledger, Word
from trucewatch.model import MODES, STATUSES, Article, Claim, Coder, Evidence, Voice
from trucewatch.model.claim import signed


@dataclass(frozen=True, slots=True)
class Done:
    """What was written, or taken back: the claim that it is about, and the numbers of the judgements. `blind`: it was a second
    coding."""

    claim: str
    numbers: tuple[int, ...]
    blind: bool = False


def accept(book: Ledger, entry: Entry, *, who: str, at: datetime) -> Done:
    """The text tells this, as it reads (with what was corrected)."""
    return judge(book, entry, VERDICT, ACCEPT, "read", who=who, at=at)


def reject(book: Ledger, entry: Entry, reason: str, *, who: str, at: datetime) -> Done:
    """The text does not tell this."""
    if not reason.strip():
        raise DeskError(f"{entry.body['id']}: no reason. Say why the text does not tell it.")
    return judge(book, entry, VERDICT, REJECT, reason, who=who, at=at)


def correct(book: Ledger, entry: Entry, slot: str, value: Any, *, who: str, at: datetime) -> Done:
    """A slot reads otherwise; SPAN: the words in which the event stands."""
    if slot not in (*SLOTS, SPAN):
        raise DeskError(f"{entry.body['id']}: no slot '{slot}'. Take {', '.join(SLOTS)}.")
    return judge(book, entry, slot, value, "corrected", who=who, at=at)


def merge(book: Ledger, entry: Entry, other: str, verdict: str, *, who: str, at: datetime) -> Done:
    """Two claims tell one happening (`merge`), or do not (`separate`)."""
    if other == entry.body["id"] or not ledger.shown(book, [other]):
        raise DeskError(f"{entry.body['id']}: no other claim '{other}' is shown. Choose one beside it.")
    return judge(book, entry, "link", {"to": other, "as": verdict}, "laid side by side", who=who, at=at)


def assign(book: Ledger, entry: Entry, to: str | None, *, who: str, at: datetime) -> Done:
    """Somebody is to look at it; None: nobody in particular."""
    return judge(book, entry, ASSIGN, {"to": to}, "assigned", who=who, at=at)


def judge(book: Ledger, entry: Entry, field: str, value: Any, reason: str, *, who: str, at: datetime) -> Done:
    """Any word on the reading that was looked at. Raises LedgerError where it reads otherwise by now."""
    word = Word(entry.body["id"], field, value, reason, entry.body["reading"])
    return _done(ledger.say(book, [word], who=who, at=at))


def tell(
    book: Ledger, article: Article, span: tuple[int, int], event: str, status: str, *, who: str, at: datetime
) -> tuple[Done, Claim]:
    """A claim that the coder overlooked: these words of the article tell an event of this type, in the outlet's own voice; the
    rest is corrected slot by slot."""
    start, end = span
    if not (0 <= start < end <= len(article.text)) or event not in MODES or status not in STATUSES:
        raise DeskError(f"article {article.id}: no words, event or status to make a claim of. Mark the words and choose again.")
    nobody: Mapping[str, Any] = dict.fromkeys(("actors", "recipients", "participants", "cause", "quantities", "about"), ())
    nothing: Mapping[str, Any] = dict.fromkeys(("mode", "when", "where", "object", "refers"))
    made = Claim(
        id="",
        reading="",
        article=article.id,
        event=event,
        status=status,
        speaker=(Voice("outlet", None, None, None, article.outlet),),
        evidence=(Evidence("event", start, end, article.text[start:end]),),
        coder=Coder(PERSON, "1", ()),
        **nobody,
        **nothing,
    )
    claim = signed(made, start, end, PERSON, who)
    told = ledger.tell(book, claim, who=who, reason="overlooked by the coder", at=at)
    return _done((told,)), claim


def undo(book: Ledger, *, who: str, at: datetime) -> Done | None:
    """Takes back what this person said last, wherever it was; again and again, as far as they said anything."""
    last = ledger.last_of(book, who)
    if not last:
        return None
    ledger.lift(book, [each.n for each in last], who=who, reason="undone", at=at)
    return _done(last)


def let_go(book: Ledger, number: int, *, who: str, at: datetime) -> None:
    """A judgement that could be handed on to no reading is of no use any more."""
    if number not in {each.n for each in ledger.review(book)}:
        raise DeskError(f"judgement {number}: it does not wait for review. Look at the queue again.")
    ledger.lift(book, [number], who=who, reason="of no use any more", at=at)


def _done(made: tuple[Judgement, ...]) -> Done:
    return Done(made[-1].claim, tuple(each.n for each in made), made[-1].field == CODING)
