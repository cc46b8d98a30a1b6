"""Judgements on readings that ended, handed on to the readings that take their place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert

from trucewatch.database.tables import judgements
from trucewatch.judgements.fields import CODING, told_by, topic
from trucewatch.judgements.made import holding
from trucewatch.judgements.write import kept


def hand_on(
    connection: Connection, gone: Sequence[RowMapping], new: Sequence[Mapping[str, Any]], *, at: datetime, seq: int, n: int
) -> list[dict[str, Any]]:
    """Judgements on readings that ended go to the new reading with the same event and voice whose event evidence covers half of
    the old one's or more. `n` is the last row number in use. Returns the rows written."""
    if not gone:
        return []
    old = {(row["claim"], row["reading"]): row["body"] for row in gone}
    out: list[dict[str, Any]] = []
    for judged in _last(connection, [row["claim"] for row in gone]):
        before = old.get((judged["claim"], judged["reading"]))
        heir = _heir(before, new) if before else None
        if heir is None:
            continue
        row = dict(judged) | {"n": n + len(out) + 1, "claim": heir["claim"], "reading": heir["reading"], "at": at}
        out.append(kept(row | {"carried": judged["n"], "redacted": None}, seq))
    if out:
        connection.execute(insert(judgements), out)
    return out


def _last(connection: Connection, claims: Sequence[str]) -> list[RowMapping]:
    """What was said last, and not taken back, of each thing and reading of these claims; of codings, by each person."""
    asked = holding(None).where(judgements.c.claim.in_(claims)).order_by(judgements.c.n)
    found = {}
    for row in connection.execute(asked).mappings():
        of = row["who"] if row["field"] == CODING else topic(row["field"], row["value"])
        found[row["claim"], row["field"], row["reading"], of] = row
    return sorted(found.values(), key=lambda row: int(row["n"]))


def _heir(old: Mapping[str, Any], new: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The new reading that covers most of the old one's event evidence; of equals the one with the same id, then the first."""
    best: tuple[float, bool, int] | None = None
    found = None
    for row in new:
        body = row["body"]
        if body["event"] != old["event"] or _voice(body) != _voice(old):
            continue
        share = _covered(old, body)
        rank = (share, row["claim"] == old["id"], -row["n"])
        if share >= 0.5 and (best is None or rank > best):
            best, found = rank, row
    return found


def _voice(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """A voice by its party, else by its kind and words."""
    voice = told_by(body)
    return (voice["party"],) if voice["party"] else (voice["kind"], voice["text"])


def _covered(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """How much of the old event evidence the new one covers, 0 to 1, in characters."""
    here = _places(old)
    return len(here & _places(new)) / len(here) if here else 0.0


def _places(body: Mapping[str, Any]) -> set[int]:
    return {at for piece in body["evidence"] if piece["role"] == "event" for at in range(piece["start"], piece["end"])}
