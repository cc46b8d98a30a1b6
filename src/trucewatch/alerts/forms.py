"""Alerts as a feed (RFC 4287), as the body of a webhook, and as a letter."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from trucewatch.alerts.words import text
from trucewatch.model.alert import Alert
from trucewatch.report.sitrep import Item

ATOM = "http://www.w3.org/2005/Atom"
MADE_BY = "trucewatch"
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold


@dataclass(frozen=True, slots=True)
class Noted:
    """An alert as it was noted: its id, when, and how it is told in each language."""

    id: str
    at: datetime
    alert: Alert
    told: Mapping[str, Item]


def atom(noted: Sequence[Noted], monitor: str, title: str, language: str, direction: str, at: datetime) -> bytes:
    """A feed of alerts, the newest first; `at` is its moment while it has none. The same alerts give the same bytes."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _put(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'{MADE_BY}:alerts:{monitor}')}")
    _put(feed, "title", title)
    _put(feed, "updated", _moment(max((each.at for each in noted), default=at)))
    _put(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", MADE_BY)
    for each in sorted(noted, key=lambda one: (one.at, one.id), reverse=True):
        _entry(feed, each, language, direction)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode").encode()


def _entry(feed: ElementTree.Element, noted: Noted, language: str, direction: str) -> None:
    told = noted.told[language]
    entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    _put(entry, "id", f"urn:{MADE_BY}:alert:{noted.id}")
    _put(entry, "title", told.head)
    _put(entry, "updated", _moment(noted.at))
    ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": noted.alert.when})
    block = ElementTree.Element("div", {"dir": direction, "lang": language})
    _put(block, "p", told.head)
    sources = ElementTree.SubElement(block, "ul") if told.cites else block
    for cite in told.cites:
        row = ElementTree.SubElement(sources, "li")
        row.text = _UNFIT.sub("", f"{cite.told.striptags()}: ")
        _put(row, "q", cite.quote).attrib |= {"lang": cite.language, "dir": cite.direction}
        if cite.url:
            _put(row, "a", cite.url).set("href", cite.url)
    content = ElementTree.SubElement(entry, f"{{{ATOM}}}content", {"type": "html"})
    content.text = ElementTree.tostring(block, encoding="unicode")


def body(noted: Noted, monitor: str) -> bytes:
    """The JSON of one alert, as docs/alerts.md describes it."""
    alert = noted.alert
    made = {
        "version": 1,
        "id": noted.id,
        "monitor": monitor,
        "at": _moment(noted.at),
        "when": alert.when,
        "day": alert.day,
        "subject": alert.subject,
        "values": list(alert.values),
        "told": {language: told.head for language, told in noted.told.items()},
        "claims": _claims(noted),
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _claims(noted: Noted) -> list[dict[str, object]]:
    told = next(iter(noted.told.values()))
    rows = ((cite, cite.told.striptags()) for cite in told.cites)
    return [
        {"id": cite.claim, "source": source, "quote": cite.quote, "language": cite.language, "url": cite.url, "grade": cite.grade}
        for cite, source in rows
    ]


def letter(noted: Sequence[Noted], subject: str, sender: str, to: Sequence[str], at: datetime) -> EmailMessage:
    """One letter for all of them, in each language. Its Message-ID is made of the alerts: sent again, it is known again."""
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = sender
    made["To"] = ", ".join(to)
    made["Date"] = format_datetime(at.astimezone(UTC))
    name = uuid5(NAMESPACE_URL, " ".join(sorted(each.id for each in noted)))
    made["Message-ID"] = f"<{name}@{Address(addr_spec=sender.rpartition('<')[2].rstrip('>')).domain}>"
    made["Auto-Submitted"] = "auto-generated"
    languages = dict.fromkeys(language for each in noted for language in each.told)
    made.set_content("\n\n".join("\n\n".join(text(each.told[language]) for each in noted) for language in languages) + "\n")
    return made


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _put(parent: ElementTree.Element, tag: str, told: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}" if parent.tag.startswith("{") else tag)
    element.text = _UNFIT.sub("", told)
    return element
