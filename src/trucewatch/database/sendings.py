"""The tables of alerts and of what is still to be sent, as of the newest schema. They stand in no export and in no entry of the
chain; a cause is kept as a digest, an alert without the words of any claim."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from trucewatch.database.tables import META, Moment

HASH = String(32)

# `shown`: it was news when it was noted, and is told; others only keep their cause from being told later.
alerts = Table(
    "alerts",
    META,
    Column("id", HASH, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("told", JSON, nullable=False),
    Index("alerts_at", "at"),
)

causes = Table("causes", META, Column("key", HASH, primary_key=True), Column("alert", HASH, nullable=False))

# `due` is None once it arrived or was given up: `outcome` tells.
sendings = Table(
    "sendings",
    META,
    Column("alert", HASH, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("due", Moment),
    Column("lease", Moment),
    Column("holder", String(80)),
    Column("failures", Integer, nullable=False),
    Column("outcome", Text),
    Index("sendings_due", "due"),
)
