"""What linking and tracking made, kept to be quick: derived, rebuilt at any time. It is filled when it is next asked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = sa.String(10)


def _key(name: str, type_: sa.types.TypeEngine[Any] = NUMBER) -> sa.Column[Any]:
    return sa.Column(name, type_, primary_key=True, autoincrement=False)


def _told(name: str, type_: sa.types.TypeEngine[Any] = NUMBER) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def upgrade() -> None:
    op.create_index("articles_published", "articles", ["published"])
    op.create_table("marks", _key("name", sa.String(20)), _told("seq"), _told("version", sa.String(64)))
    op.create_table("linked", _key("n"), _told("published", DAY), _told("component"), _told("anchors", sa.LargeBinary()))
    op.create_index("linked_component", "linked", ["component"])
    op.create_table("slots", _key("slot"), _key("n"), sqlite_with_rowid=False)
    op.create_index("slots_reading", "slots", ["n"])
    op.create_table("happenings", _key("id", sa.String(20)), _told("component"), _told("last", DAY), _told("body", sa.JSON()))
    op.create_index("happenings_component", "happenings", ["component"])
    op.create_index("happenings_last", "happenings", ["last"])
    op.create_table(
        "speaks",
        _key("n"),
        _key("id", sa.String(200)),
        _told("place", sa.Integer()),
        _told("rule", sa.Text()),
        _told("says", DAY),
        sa.Column("reaches", sa.Text()),
    )
    op.create_index("speaks_id", "speaks", ["id", "n"])
    op.create_table("remarks", _key("article", sa.Text()), _told("body", sa.JSON()))
    op.create_table("trackers", _key("key", sa.String(64)), _told("seq"), _told("body", sa.JSON()))
