"""Turns: nothing due is given out twice, nothing is lost when a watcher dies, hosts are left in peace between two requests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ledgers import DATABASES, NOON, after, fresh
from trucewatch import rota
from trucewatch.ledger import Ledger
from trucewatch.rota import Asking, Feed, Found, Page

LEASE, DELAY = timedelta(minutes=5), timedelta(seconds=30)
URL = "https://paper.example/feed"


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with fresh(request.param, tmp_path) as found:
        yield found


def feeds(book: Ledger, minutes: float, holder: str = "a", most: int = 10, but: tuple[str, ...] = ()) -> tuple[Feed, ...]:
    return rota.claim_feeds(book, Asking(after(minutes), LEASE, holder, DELAY), most=most, but=but)


def pages(book: Ledger, minutes: float, holder: str = "a", most: int = 10) -> tuple[Page, ...]:
    return rota.claim_pages(book, Asking(after(minutes), LEASE, holder, DELAY), most=most)


def settle(book: Ledger, minutes: float, *links: str, holder: str = "a", url: str = URL, due: float = 60) -> int | None:
    return rota.settle_feed(
        book,
        url,
        holder=holder,
        at=after(minutes),
        due=after(due),
        outcome="ok",
        failures=0,
        validators=('"v"', None),
        found=[Found(link, "12 Jan") for link in links],
    )


def test_a_feed_is_taken_once_until_it_is_settled_or_its_lease_ends(book: Ledger) -> None:
    assert rota.add(book, URL, at=NOON)
    assert not rota.add(book, URL, at=after(9))
    assert [feed.url for feed in feeds(book, 0)] == [URL]
    assert feeds(book, 4, "b") == ()
    assert [feed.url for feed in feeds(book, 5, "b")] == [URL]
    assert settle(book, 6, "https://paper.example/1") is None, "the lease went to another"
    assert rota.waiting(book) == 0
    assert settle(book, 6, "https://paper.example/1", holder="b") == 1
    assert feeds(book, 59) == ()
    (again,) = feeds(book, 60)
    assert (again.etag, again.outcome, again.failures, again.polled) == ('"v"', "ok", 0, after(6))


def test_a_page_is_new_once_whoever_lists_it(book: Ledger) -> None:
    other = "https://other.example/feed"
    for url in (URL, other):
        rota.add(book, url, at=NOON)
    assert len(feeds(book, 0)) == 2
    one, two = "https://paper.example/1", "https://paper.example/2"
    assert settle(book, 0, one, one) == 1
    assert settle(book, 0.1, one, two, url=other) == 1
    (page,) = pages(book, 1)
    assert (page.link, page.published) == (one, "12 Jan")
    assert rota.settle_page(book, page.key, holder="a", outcome="ok", failures=0)
    assert not rota.settle_page(book, page.key, holder="a", outcome="ok", failures=0), "settled twice"
    (page,) = pages(book, 2)
    assert page.link == two
    assert rota.settle_page(book, page.key, holder="a", outcome="slow", failures=1, due=after(30))
    assert pages(book, 29) == ()
    assert [(page.link, page.failures) for page in pages(book, 30)] == [(two, 1)]
    assert feeds(book, 60)
    assert settle(book, 61, one, two) == 0, "what was read is known for ever"


def test_what_was_read_keeps_no_address(book: Ledger) -> None:
    rota.add(book, URL, at=NOON)
    feeds(book, 0)
    settle(book, 0, "https://paper.example/name-of-a-person")
    (page,) = pages(book, 1)
    rota.settle_page(book, page.key, holder="a", outcome="ok", failures=0)
    with book.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM pages").all()
    assert "name-of-a-person" not in str(row)


def test_a_host_has_its_pause(book: Ledger) -> None:
    for number in range(3):
        rota.add(book, f"{URL}/{number}", at=NOON)
    rota.add(book, "https://other.example/", at=after(0.1))
    assert [feed.url for feed in feeds(book, 0.2)] == [f"{URL}/0", "https://other.example/"]
    assert feeds(book, 0.6, "b") == ()
    assert [feed.url for feed in feeds(book, 0.7, "b")] == [f"{URL}/1"]
    rota.keep_rules(book, "https://paper.example", "", until=after(100), at=after(0.8), delay=timedelta(minutes=10))
    assert [feed.url for feed in feeds(book, 1.2)] == [f"{URL}/2"]
    other = ("https://other.example",)
    assert [feed.url for feed in feeds(book, 11.1, but=other)] == []
    assert [feed.url for feed in feeds(book, 11.2, but=other)] == [f"{URL}/0"]
    assert feeds(book, 60, but=("https://paper.example", "https://other.example")) == ()


def test_when_the_next_turn_begins(book: Ledger) -> None:
    assert rota.next_due(book) is None
    rota.add(book, URL, at=NOON)
    assert rota.next_due(book) == NOON
    feeds(book, 0)
    assert rota.next_due(book) == after(5), "when the lease ends"
    assert rota.next_due(book, NOON) == after(5)
    assert rota.next_due(book, after(-1)) is None
    settle(book, 0, "https://paper.example/1")
    assert rota.next_due(book) == after(0.5), "when the host is free"
    (page,) = pages(book, 1)
    rota.settle_page(book, page.key, holder="a", outcome="ok", failures=0)
    assert rota.next_due(book) == after(60)
    assert rota.pause(book, URL, at=after(2))
    assert rota.next_due(book) is None
    assert feeds(book, 99) == ()
    assert rota.pause(book, URL, at=after(100), paused=False)
    assert rota.next_due(book) == after(100)
    assert not rota.pause(book, "https://nobody.example/", at=NOON)


def test_what_a_watcher_had_is_given_back(book: Ledger) -> None:
    rota.add(book, URL, at=NOON)
    feeds(book, 0)
    rota.release(book, "b")
    assert feeds(book, 1, "b") == ()
    rota.release(book, "a")
    assert len(feeds(book, 1, "b")) == 1


def test_feeds_as_they_stand(book: Ledger) -> None:
    rota.add(book, URL, at=NOON)
    feeds(book, 0)
    settle(book, 0, "https://paper.example/1", "https://paper.example/2")
    (page,) = pages(book, 1)
    rota.settle_page(book, page.key, holder="a", outcome="gone", failures=1)
    (feed,) = rota.listed(book)
    assert (feed.url, feed.pages, feed.waiting, feed.paused) == (URL, 2, 1, False)
    assert rota.remove(book, URL)
    assert (rota.listed(book), rota.waiting(book), rota.remove(book, URL)) == ((), 0, False)
    rota.add(book, URL, at=after(2))
    feeds(book, 2)
    assert settle(book, 3, "https://paper.example/1", "https://paper.example/2") == 1, "the one that was settled is known"


def test_robots_are_kept_until_they_are_due(book: Ledger) -> None:
    host = "https://paper.example"
    assert rota.rules(book, host, NOON) is None
    rota.keep_rules(book, host, "", until=after(10), at=NOON, delay=timedelta(0))
    assert rota.rules(book, host, after(9)) == ""
    assert rota.rules(book, host, after(10)) is None


def test_many_watchers_never_take_the_same(book: Ledger) -> None:
    urls = [f"https://paper{number}.example/feed" for number in range(40)]
    for url in urls:
        rota.add(book, url, at=NOON)

    def work(holder: str) -> list[str]:
        taken: list[str] = []
        while found := feeds(book, 1, holder, most=3):
            taken += [feed.url for feed in found]
        return taken

    with ThreadPoolExecutor(4) as watchers:
        taken = [url for found in watchers.map(work, "abcd") for url in found]
    assert sorted(taken) == sorted(urls)
