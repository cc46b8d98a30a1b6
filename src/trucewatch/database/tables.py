"""The tables of the ledger as of the newest schema. Both databases hold the same rows: moments, days and JSON are kept as text
that sorts and compares alike."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0009"  # the newest revision under migrations/versions
META = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC as `2026-01-12T18:11:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else parse_moment(value)


def moment_text(value: datetime) -> str:
    """A moment as it is kept. A moment without a zone is refused: nobody could tell what it means."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_moment(text: str) -> datetime:
    """A moment as it was kept. Raises ValueError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return found.astimezone(UTC)


def as_json(value: Any) -> str:
    """JSON as it is kept: letters as they are, no blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


Number = BigInteger().with_variant(Integer, "sqlite")

settings = Table("settings", META, Column("key", String(80), primary_key=True), Column("value", JSON, nullable=False))

# The last entry of the chain, the last moment and the last number given to a row. Locked by whoever writes.
head = Table(
    "head",
    META,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", Moment),
    Column("rows", Number, nullable=False),
)

audit = Table(
    "audit",
    META,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("object", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

runs = Table(
    "runs",
    META,
    Column("id", String(24), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
)

# An article's version holds from `since` until `until`; `seq` and `until_seq`: the entries that opened and ended it.
articles = Table(
    "articles",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("seq", Number, nullable=False),
    Column("until_seq", Number),
    Column("outlet", Text),
    Column("language", String(20), nullable=False),
    Column("url", Text),
    Column("published", String(10)),
    Column("repeat_of", Text),
    Column("agencies", JSON, nullable=False),
    Column("dates", JSON, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("redacted", Number),
    Index("articles_id", "id"),
    Index("articles_published", "published"),
)

# One row is one spell in which a claim read so. `ended`: replaced or withdrawn. Only the end of a spell is ever written later.
readings = Table(
    "readings",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("claim", String(40), nullable=False),
    Column("reading", String(40), nullable=False),
    Column("article", Text, nullable=False),
    Column("printed", Number, ForeignKey("articles.n"), nullable=False),
    Column("run", String(24), ForeignKey("runs.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("seq", Number, nullable=False),
    Column("until_seq", Number),
    Column("ended", String(10)),
    Column("day", String(10), nullable=False),
    Column("event", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("speaker", Text),
    Column("accused", Text),
    Column("version", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("redacted", Number),
    Index("readings_claim", "claim"),
    Index("readings_article", "article"),
    Index("readings_day", "day", "n"),
    Index("readings_event", "event", "day", "n"),
    Index("readings_accused", "accused", "day", "n"),
)

# Who stands in a reading, and as what (actors, recipients, participants, speaker, divided by commas). Made from the reading.
parties = Table(
    "parties",
    META,
    Column("party", Text, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("n", Number, ForeignKey("readings.n"), primary_key=True, autoincrement=False),
    Column("roles", String(60), nullable=False),
    Index("parties_reading", "n"),
    sqlite_with_rowid=False,
)

# `carried` is the judgement that this one hands on to a later reading, `lifts` the one that it takes back.
judgements = Table(
    "judgements",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("claim", String(40), nullable=False),
    Column("field", Text, nullable=False),
    Column("value", JSON),
    Column("reading", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("carried", Number),
    Column("seq", Number, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("redacted", Number),
    Column("lifts", Number),
    Index("judgements_claim", "claim"),
    Index("judgements_lifts", "lifts"),
    Index("judgements_who", "who", "n"),
)

# What stands in place of words that were taken out. `object` is a claim's id, or the digest of a name, never the name.
tombstones = Table(
    "tombstones",
    META,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("object", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("records", JSON),
)

# A record of evidence: what was read, from where, when, by whom and what, and where its bytes lie. `payload`: the digest of what
# was read; `record`: of the record's bytes in the file. `form` and `language`: how it was read.
custody = Table(
    "custody",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("source", Text, nullable=False),
    Column("status", Integer),
    Column("form", String(10)),
    Column("language", String(20)),
    Column("payload", String(64), nullable=False),
    Column("record", String(64), nullable=False),
    Column("file", String(80), nullable=False),
    Column("offset", Number, nullable=False),
    Column("length", Number, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("redacted", Number),
    Index("custody_payload", "payload"),
    Index("custody_source", "source"),
    Index("custody_file", "file", "offset"),
)

# An article's version as it was met in a record. `says`: printed (the record reads so), gone (there is nothing any more),
# withdrawn or corrected (the page says so, in the words from `start` to `end` of the version's text).
sightings = Table(
    "sightings",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("at", Moment, nullable=False),
    Column("printed", Number, ForeignKey("articles.n"), nullable=False),
    Column("custody", Number, ForeignKey("custody.n"), nullable=False),
    Column("says", String(10), nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("digest", String(64), nullable=False),
    Index("sightings_printed", "printed"),
    Index("sightings_custody", "custody"),
)

# What is made of the rest and kept to be quick (room `kept`): in no entry of the chain and in no export. `marks`: up to which
# entry each kind of it is made, and by which version of the knowledge.
marks = Table(
    "marks",
    META,
    Column("name", String(20), primary_key=True),
    Column("seq", Number, nullable=False),
    Column("version", String(64), nullable=False),
)

# A shown reading of a dated article as linking looks for it. `component`: the least `n` of those of its happening; `anchors`:
# digests of eight bytes each.
linked = Table(
    "linked",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("published", String(10), nullable=False),
    Column("component", Number, nullable=False),
    Column("anchors", LargeBinary, nullable=False),
    Index("linked_component", "component"),
)

# Digests of the stretches and marks under which a reading is found.
slots = Table(
    "slots",
    META,
    Column("slot", Number, primary_key=True, autoincrement=False),
    Column("n", Number, primary_key=True, autoincrement=False),
    Index("slots_reading", "n"),
    sqlite_with_rowid=False,
)

# How a reading compares with others: numbers of eight bytes each, then as many margins of four. `after`: the reading of the same
# article whose act it goes on about.
beside = Table(
    "beside",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("after", Number),
    Column("margins", LargeBinary, nullable=False),
)

# `first`, `last`: the first and the last print of its claims.
happenings = Table(
    "happenings",
    META,
    Column("id", String(20), primary_key=True),
    Column("component", Number, nullable=False),
    Column("first", String(10), nullable=False, server_default=""),
    Column("last", String(10), nullable=False),
    Column("body", JSON, nullable=False),
    Index("happenings_component", "component"),
    Index("happenings_last", "last"),
)

# What shown readings speak of in the agreement that is watched, in the order of `place`.
speaks = Table(
    "speaks",
    META,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", String(200), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("says", String(10), nullable=False),
    Column("reaches", Text),
    Index("speaks_id", "id", "n"),
)

# What the checks find in one article alone.
remarks = Table("remarks", META, Column("article", Text, primary_key=True), Column("body", JSON, nullable=False))

# Trackers of days; `key` is a digest of all that they are made of.
trackers = Table(
    "trackers",
    META,
    Column("key", String(64), primary_key=True),
    Column("seq", Number, nullable=False),
    Column("body", JSON, nullable=False),
)

# In the order in which a whole ledger is written out and read in.
ALL = (settings, head, audit, runs, articles, readings, parties, judgements, tombstones, custody, sightings)

# The rota: what is watched and when it is due. In no entry of the chain and in no export. `lease` and `holder`: until when, and
# by whom, it is in hand; a page without `due` is done, and its address is not kept.
feeds = Table(
    "feeds",
    META,
    Column("url", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease", Moment),
    Column("holder", String(80)),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("outcome", String(20)),
    Column("polled", Moment),
    Index("feeds_due", "due"),
)

pages = Table(
    "pages",
    META,
    Column("key", String(32), primary_key=True),
    Column("feed", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("link", Text),
    Column("published", Text),
    Column("due", Moment),
    Column("lease", Moment),
    Column("holder", String(80)),
    Column("failures", Integer, nullable=False),
    Column("outcome", String(20)),
    Index("pages_due", "due"),
    Index("pages_feed", "feed"),
)

# `robots` holds until `until`; the host may be asked again from `free` on, and then after `delay` seconds each time.
hosts = Table(
    "hosts",
    META,
    Column("host", Text, primary_key=True),
    Column("robots", Text),
    Column("until", Moment),
    Column("free", Moment, nullable=False),
    Column("delay", Float, nullable=False),
)
