"""Who may see and do what: users, sessions, tokens, links, failed tries, embargoes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.String(27)
HASH = sa.String(64)
NAME = sa.String(64)
ROLE = sa.String(10)


def _key(name: str, type_: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, primary_key=True)


def _told(name: str, type_: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def upgrade() -> None:
    op.create_table(
        "users",
        _key("name", NAME),
        _told("role", ROLE),
        sa.Column("password", sa.Text()),
        _told("disabled", sa.Boolean()),
        _told("since", MOMENT),
    )
    op.create_table(
        "sessions", _key("id", HASH), _told("user", NAME), _told("since", MOMENT), _told("until", MOMENT), _told("seen", MOMENT)
    )
    op.create_index("sessions_user", "sessions", ["user"])
    op.create_table(
        "tokens",
        _key("id", sa.String(16)),
        _told("user", NAME),
        _told("label", sa.Text()),
        _told("scopes", sa.JSON()),
        _told("digest", HASH),
        _told("since", MOMENT),
        _told("until", MOMENT),
        sa.Column("used", MOMENT),
        sa.Column("revoked", MOMENT),
    )
    op.create_index("tokens_user", "tokens", ["user"])
    op.create_table("links", _key("digest", HASH), _told("user", NAME), _told("until", MOMENT))
    op.create_table(
        "attempts", _key("key", HASH), _told("count", sa.Integer()), _told("last", MOMENT), sa.Column("until", MOMENT)
    )
    op.create_table(
        "embargoes",
        _key("key", sa.Text()),
        _told("kind", ROLE),
        _told("object", sa.Text()),
        _told("role", ROLE),
        _told("since", MOMENT),
        sa.Column("until", MOMENT),
        _told("reason", sa.Text()),
        _told("who", sa.Text()),
    )
