"""Addresses that a user gives: each fetched once, politely, and kept as evidence before anything is made of it."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

from trucewatch import net, read
from trucewatch.errors import ReadError
from trucewatch.flow import evidence
from trucewatch.model import Article, Piece

_ROBOTS = ("text/*", "application/octet-stream")


def fetched(
    keeper: evidence.Keeper, urls: Iterable[str], known: read.Knowledge, language: str | None, *, allow: frozenset[str]
) -> Iterator[tuple[Article, Piece, int]]:
    """The articles of these addresses with their rows of custody. What cannot be had is told; that a page is gone which was read
    before is kept. `allow`: hosts that may stand for any address, for tests only."""
    for url in urls:
        answer = asyncio.run(_answer(url, allow))
        if isinstance(answer, str):
            keeper.on_problem(f"{net.shown(url)}: {answer}")
        elif isinstance(answer, net.Refused):
            evidence.keep_refusal(keeper, answer)
            keeper.on_problem(net.told(answer))
        else:
            piece, record = evidence.keep_answer(keeper, answer, language)
            try:
                yield read.again(piece, known), replace(piece, source=net.shown(url)), record
            except ReadError as problem:
                keeper.on_problem(f"{net.shown(url)}: {problem}")


async def _answer(url: str, allow: frozenset[str]) -> net.Fetched | net.Refused | str:
    """What an address answers, or why it is not asked: `what. Mend.`"""
    async with net.opened(allow=allow) as web:
        rules = net.robots_of(await net.fetch(net.robots_url(url), web, accept=_ROBOTS))
        if not net.is_known(rules):
            return "robots.txt of its host could not be had. Look at the address, or try again later."
        if not net.allows(rules, url):
            return "robots.txt asks to leave it alone. Ask the site, or save the page by hand."
        return await net.fetch(url, web)
