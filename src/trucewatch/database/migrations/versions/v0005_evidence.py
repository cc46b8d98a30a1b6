"""Custody of what was read, and where each version of an article was met."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
HASH = sa.String(64)


def _column(name: str, type_: Any, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=empty)


def upgrade() -> None:
    op.add_column("tombstones", sa.Column("records", sa.JSON()))
    op.create_table(
        "custody",
        sa.Column("n", NUMBER, primary_key=True, autoincrement=False),
        _column("seq", NUMBER),
        _column("at", MOMENT),
        _column("who", sa.Text()),
        _column("tool", sa.Text()),
        _column("kind", sa.String(10)),
        _column("source", sa.Text()),
        _column("status", sa.Integer(), empty=True),
        _column("form", sa.String(10), empty=True),
        _column("language", sa.String(20), empty=True),
        _column("payload", HASH),
        _column("record", HASH),
        _column("file", sa.String(80)),
        _column("offset", NUMBER),
        _column("length", NUMBER),
        _column("digest", HASH),
        _column("redacted", NUMBER, empty=True),
    )
    op.create_index("custody_payload", "custody", ["payload"])
    op.create_index("custody_source", "custody", ["source"])
    op.create_index("custody_file", "custody", ["file", "offset"])
    op.create_table(
        "sightings",
        sa.Column("n", NUMBER, primary_key=True, autoincrement=False),
        _column("seq", NUMBER),
        _column("at", MOMENT),
        sa.Column("printed", NUMBER, sa.ForeignKey("articles.n"), nullable=False),
        sa.Column("custody", NUMBER, sa.ForeignKey("custody.n"), nullable=False),
        _column("says", sa.String(10)),
        _column("start", sa.Integer(), empty=True),
        _column("end", sa.Integer(), empty=True),
        _column("digest", HASH),
    )
    op.create_index("sightings_printed", "sightings", ["printed"])
    op.create_index("sightings_custody", "sightings", ["custody"])
