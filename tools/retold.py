"""Articles and claims in any number: the coder's own on the sample articles, retold with other ids, days, words, parties, places
and figures."""

import pickle
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from trucewatch import flow, packs
from trucewatch.model import Article, Claim, Quantity, When, Where

BEGIN = date(2025, 10, 20)
COPIES = 4  # outlets that print a story
WARS = 10  # one of so many stories has the parties of the samples, the others have parties of their own
PLACES = 60
_WORD = re.compile(r"[^\W\d_]{4,}")
Base = Sequence[tuple[Article, tuple[Claim, ...]]]


def base() -> Base:
    """The sample articles that hold claims, as the coder reads them."""
    coded = flow.code_source([packs.find("samples/articles.jsonl")], on_problem=print)
    return [(entry.article, entry.claims) for entry in coded if entry.claims]


def kept_base(folder: Path) -> Base:
    """The same as when this folder was begun: a coder that has changed since would make other articles."""
    path = folder / "base.pickle"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(base()))
    found: Base = pickle.loads(path.read_bytes())
    return found


def made(origin: Base, number: int) -> tuple[Article, tuple[Claim, ...]]:
    """The article of this number: a sample retold. All samples are told once a day, each by four outlets within two days: news
    comes in the order of its days. Each day's story has its own words and figures, and other places and parties than the days
    around it, or all that was ever said would be linked with itself."""
    story, copy = divmod(number // len(origin), COPIES)
    article, claims = origin[number % len(origin)]
    shift = BEGIN + timedelta(days=story) - (article.published or BEGIN)
    id_ = f"made-{number}"
    day = BEGIN + timedelta(days=story + copy % 2)
    text = f"{_WORD.sub(partial(_reworded, story), article.text)}\n\n({number})"
    entry = replace(article, id=id_, outlet=f"outlet-{number % 40}", text=text, published=day)
    return entry, tuple(_moved(claim, id_, shift, story, text) for claim in claims)


def _reworded(story: int, word: re.Match[str]) -> str:
    """Seven words of eight with the letters that the story gives them; offsets still hold. Two tellings of one claim then share a
    fifth of their words (median): those of two samples share an eighth."""
    key = sha256(f"{word.group()} {story}".encode()).digest()
    if key[0] % 8 == 0:
        return word.group()
    letters = sorted(set(word.group()))
    return "".join(letters[(key[1 + at % 16] + at) % len(letters)] for at in range(len(word.group())))


def _moved(claim: Claim, article: str, shift: timedelta, story: int, text: str) -> Claim:
    retold: Claim = _reread(claim, text, story % WARS)
    when, where = retold.when, retold.where
    when = when and replace(when, start=_shifted(when.start, shift), end=_shifted(when.end, shift))
    where = where and _placed(where, story % PLACES)
    counts = tuple(_counted(each, shift, story) for each in retold.quantities)
    key = sha256(f"{claim.id} {article}".encode()).hexdigest()
    keyed = replace(retold, id=f"c:{key[:16]}", reading=f"r:{key[16:32]}", article=article)
    return replace(keyed, when=when, where=where, quantities=counts)


def _placed(told: Where, number: int) -> Where:
    north = told.lat and min(89.0, told.lat + number / 2)
    return replace(told, place=told.place and f"{told.place}-{number}", lat=north)


def _counted(told: Quantity, shift: timedelta, story: int) -> Quantity:
    first, last = told.period or (None, None)
    period = told.period and (_shifted(first, shift), _shifted(last, shift))
    return replace(told, value=told.value + story % 50, period=period)


def _reread(part: Any, text: str, war: int) -> Any:
    """A part of a claim with the words that stand in the text at its place, and the parties of a war."""
    if isinstance(part, tuple):
        return tuple(_reread(each, text, war) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    told = {each.name: _reread(getattr(part, each.name), text, war) for each in fields(part)}
    span = told.get("at") if isinstance(part, When) else (told.get("start"), told.get("end"))
    words = "quote" if "quote" in told else "text"
    if span and isinstance(span[0], int) and told.get(words) is not None:
        told[words] = text[span[0] : span[1]]
    if war and told.get("party"):
        told["party"] = f"W{war}-{told['party']}"
    return replace(part, **told)


def _shifted(day: str | None, shift: timedelta) -> str | None:
    return (date.fromisoformat(day) + shift).isoformat() if day else None
