"""Parts into a ledger: articles and claims as they were coded, without coding them again."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache

from trucewatch import __version__, flow, ledger, packs, parts
from trucewatch.flow import Coded
from trucewatch.model import Article, Piece
from trucewatch.monitor import Monitor

_ROW = ("id", "url", "outlet", "language", "text")


def load(
    monitor: Monitor, out: str, *, actor: str, clock: Callable[[], datetime], on_problem: Callable[[str], None]
) -> Iterator[tuple[Coded, ledger.Added]]:
    """Puts all parts into the monitor's ledger, each article with its claims in one transaction; with what that changed. Of an
    article that was fetched more than once the last capture is kept. What is in the ledger already is passed over, so a run that
    was broken off can be started again."""
    run = ledger.Run(clock(), actor, "rules", __version__)
    yield from flow.keep(monitor, _coded(monitor, out), run=run, clock=clock, on_problem=on_problem)


def _coded(monitor: Monitor, out: str) -> Iterator[Coded]:
    at = parts.place(out)
    old = frozenset(parts.older(at))
    direction = cache(lambda code: packs.load(code, monitor.packs).direction)
    for name in parts.files(at, parts.CLAIMS):
        for article, claims, source in parts.coded(at, name):
            if (name, source) not in old:
                yield Coded(article, claims, (), direction(article.language), _piece(article, source))


def _piece(article: Article, source: str) -> Piece:
    """The article as a row: what the evidence holds of it. The page itself stays in its archive, which `source` names."""
    told = {name: getattr(article, name) for name in _ROW}
    row = told | {"published": article.published.isoformat() if article.published else None}
    return Piece(source, "row", json.dumps(row, ensure_ascii=False).encode(), article.language)
