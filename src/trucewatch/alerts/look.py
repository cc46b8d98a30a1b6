"""Alerts of a monitor: what its rules ask for is looked up in the day, noted once, and sent by each of its channels."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from trucewatch import access, agreements, net, packs, rota
from trucewatch.alerts.causes import contradictions, deadlines, jumps, published, silences, states
from trucewatch.alerts.forms import Noted, atom, body, letter
from trucewatch.alerts.words import line
from trucewatch.errors import MonitorError
from trucewatch.flow.days import directions
from trucewatch.flow.ground import told_of
from trucewatch.model.alert import Alert
from trucewatch.monitor import SETTINGS
from trucewatch.publish.files import writing_bytes
from trucewatch.publish.labels import labels
from trucewatch.publish.reasons import reasons
from trucewatch.report import Told, desk_of
from trucewatch.report.desk import Desk
from trucewatch.rota import Asking, Due
from trucewatch.settings import AlertSettings, MailSettings, Rule

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor

READER = "viewer"  # whoever gets an alert sees what a viewer sees
SHOWN = 100  # alerts of the feed
TRIES = 12  # of a sending; the pauses between them add up to two days
FIRST, LONGEST = 60.0, 6 * 3600.0  # seconds of the pauses
LEASE = timedelta(minutes=10)
AT_ONCE = 10  # alerts of one letter, or posted in one go

Mail = Callable[..., net.Sent]
Send = Callable[[Sequence[Noted]], Awaitable[Mapping[str, net.Sent]]]


@dataclass(frozen=True, slots=True)
class Post:
    """Who sends, with what. `web` may reach the host of the monitor's webhook."""

    holder: str
    web: net.Web
    random: Random
    mail: Mail = net.mail


@dataclass(frozen=True, slots=True)
class View:
    """A day as the monitor's readers may see it, and a desk for each language in which it is told."""

    day: date
    told: Told
    desks: Mapping[str, Desk]


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look. `told`: new alerts; `noted`: what lies behind and is told to nobody; `sent`: arrivals by channel;
    `failed`: what did not arrive, in words."""

    told: int
    noted: int
    sent: Mapping[str, int]
    failed: tuple[str, ...]


def view(monitor: "Monitor", day: date, *, at: datetime) -> View:
    """Lays out the day for the monitor's languages; what is under embargo is not in it. Raises MonitorError."""
    hidden = access.hidden(monitor.ledger, READER, at=at)
    told, laid = told_of(monitor, day, day - timedelta(days=1), hidden=hidden)
    told = replace(told, claims=tuple(told.claims))
    ways = directions(laid.case, monitor.packs)
    desks: dict[str, Desk] = {}
    for code in monitor.settings.alerts.languages:
        names = agreements.namer(monitor.packs, code)
        why = reasons(packs.linking(monitor.packs), names, code)
        desks[code] = desk_of(told, names=names, why=why, language=code, directions=ways)
    return View(day, told, desks)


def found(seen: View, settings: AlertSettings) -> list[tuple[Alert, bool]]:
    """What the rules ask for, and of each whether it is news."""
    since = (seen.day - timedelta(days=settings.days)).isoformat()
    rows = {alert.keys: alert for rule in settings.rules for alert in _by(rule, seen)}
    return [(alert, alert.day >= since) for alert in rows.values()]


def _by(rule: Rule, seen: View) -> Iterator[Alert]:
    told, now = seen.told, seen.told.tracker
    if rule.when == "state":
        return states(now, rule.only)
    if rule.when == "figure":
        return jumps(now.series, rule.of, rule.percent, rule.least)
    if rule.when == "contradiction":
        return contradictions(told.happenings, published(told))
    if rule.when == "deadline":
        return deadlines(now, rule.days, rule.only)
    return silences(told.ground.outlets, seen.day, rule.days, rule.articles, rule.only)


def told_in(seen: View, due: Sequence[Due]) -> tuple[Noted, ...]:
    """Alerts in words, in each language."""
    return tuple(
        Noted(each.id, each.at, each.alert, {code: line(desk, each.alert) for code, desk in seen.desks.items()}) for each in due
    )


async def look(monitor: "Monitor", day: date, post: Post, *, at: datetime) -> Looked:
    """Looks once: notes what is new, sends what is due, writes the feed. Raises MonitorError where a secret is missing."""
    settings = monitor.settings.alerts
    ways = dict(_channels(monitor, post, at))
    seen = await asyncio.to_thread(view, monitor, day, at=at)
    told, noted = rota.note(monitor.ledger, found(seen, settings), tuple(ways), at=at)
    sent: dict[str, int] = {}
    failed: list[str] = []
    for channel, send in ways.items():
        arrived, broken = await _deliver(monitor, channel, send, seen, post, at)
        sent[channel] = arrived
        failed += broken
    if settings.atom:
        write(monitor, seen, at=at)
    return Looked(told, noted, sent, tuple(failed))


def write(monitor: "Monitor", seen: View, *, at: datetime) -> None:
    """The feed of each language; the first has the name of the settings, another its code behind it."""
    settings = monitor.settings.alerts
    newest = told_in(seen, rota.told(monitor.ledger, most=SHOWN))
    for number, code in enumerate(settings.languages):
        known = labels(code)
        title = known.words["report"]["alert_feed"].format(name=monitor.settings.name)
        made = atom(newest, monitor.settings.name, title, code, known.direction, at)
        path = monitor.folder / (settings.atom or "alerts.xml")
        with writing_bytes(path if number == 0 else path.with_stem(f"{path.stem}-{code}")) as file:
            file.write(made)


async def _deliver(monitor: "Monitor", channel: str, send: Send, seen: View, post: Post, at: datetime) -> tuple[int, list[str]]:
    """Sends all that is due by a channel; what fails is due again after a pause."""
    book, asking = monitor.ledger, Asking(at, LEASE, post.holder, timedelta(0))
    arrived = 0
    broken: list[str] = []
    while due := rota.take(book, channel, asking, most=AT_ONCE):
        ended = await send(told_in(seen, due))
        for each in due:
            how = ended[each.id]
            failures = 0 if how.why is None else each.failures + 1
            again, outcome = None, "sent" if how.why is None else f"given up: {how.why}"
            if how.why is not None and not how.lost and failures < TRIES:
                wait = net.pause(failures, first=FIRST, longest=LONGEST, random=post.random, asked=how.retry_after)
                again, outcome = at + timedelta(seconds=wait), how.why
            rota.settle(book, channel, each.id, holder=post.holder, outcome=outcome, failures=failures, due=again)
            arrived += how.why is None
        broken += dict.fromkeys(f"{channel}: {how.why}" for how in ended.values() if how.why is not None)
        if broken:  # the rest waits for the next look
            break
    return arrived, broken


def _channels(monitor: "Monitor", post: Post, at: datetime) -> Iterator[tuple[str, Send]]:
    settings, path = monitor.settings.alerts, monitor.folder / SETTINGS
    if settings.webhook:
        hook = settings.webhook
        secret = net.secret_of(_secret(hook.secret, path))
        if secret is None:
            raise MonitorError(
                f"{path}: alerts.webhook.secret: {hook.secret} holds no key of 16 bytes in base64. Make a new one."
            )
        yield "webhook", lambda noted: _posted(noted, hook.url, secret, monitor.settings.name, post, at)
    if settings.mail:
        mail = settings.mail
        password = _secret(mail.password, path) if mail.password else None
        yield "mail", lambda noted: _mailed(noted, mail, password, monitor, post, at)


def _secret(name: str, path: Path) -> str:
    if not (found := os.environ.get(name)):
        raise MonitorError(f"{path}: the environment has no {name}. Set it before trucewatch is started.")
    return found


async def _posted(noted: Sequence[Noted], url: str, secret: bytes, name: str, post: Post, at: datetime) -> dict[str, net.Sent]:
    return {each.id: await net.post(url, body(each, name), post.web, id_=each.id, secret=secret, at=at) for each in noted}


async def _mailed(
    noted: Sequence[Noted], mail: MailSettings, password: str | None, monitor: "Monitor", post: Post, at: datetime
) -> dict[str, net.Sent]:
    known = labels(monitor.settings.alerts.languages[0])
    subject = known.words["report"]["alert_subject"].format(name=monitor.settings.name, n=len(noted))
    made = letter(noted, subject, mail.sender, mail.to, at)
    server = net.MailServer(mail.host, mail.port, mail.security, mail.user, password)
    ended = await asyncio.to_thread(post.mail, made, server)
    return dict.fromkeys((each.id for each in noted), ended)
