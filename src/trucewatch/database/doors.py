"""The tables of who may see and do what, as of the newest schema. They stand in no export, but for the embargoes; who was let in
and what was changed stands in the chain."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from trucewatch.database.tables import META, Moment

NAME = String(64)
HASH = String(64)

# `password` is None where a person only comes in by a link.
users = Table(
    "users",
    META,
    Column("name", NAME, primary_key=True),
    Column("role", String(10), nullable=False),
    Column("password", Text),
    Column("disabled", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)

# `id` is the digest of what the browser holds; `seen`: about when it was last used.
sessions = Table(
    "sessions",
    META,
    Column("id", HASH, primary_key=True),
    Column("user", NAME, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Index("sessions_user", "user"),
)

# `digest` is that of the secret half of a token; `used`: about when it was last used.
tokens = Table(
    "tokens",
    META,
    Column("id", String(16), primary_key=True),
    Column("user", NAME, nullable=False),
    Column("label", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("digest", HASH, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used", Moment),
    Column("revoked", Moment),
    Index("tokens_user", "user"),
)

# Links that let somebody in once; used ones are taken out.
links = Table(
    "links",
    META,
    Column("digest", HASH, primary_key=True),
    Column("user", NAME, nullable=False),
    Column("until", Moment, nullable=False),
)

# Tries to come in that failed, by a digest of the name or of the address: somebody may have typed a password for a name.
attempts = Table(
    "attempts",
    META,
    Column("key", HASH, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", Moment, nullable=False),
    Column("until", Moment),
)

# What only some may see. `role`: the least that sees it; `until`: from then on all do, None: until it is lifted.
embargoes = Table(
    "embargoes",
    META,
    Column("key", Text, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("object", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
)
