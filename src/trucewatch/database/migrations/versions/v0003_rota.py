"""The rota: feeds, the pages they list, the hosts they lie on."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), primary_key=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        *_held(),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("polled", MOMENT),
    )
    op.create_index("feeds_due", "feeds", ["due"])
    op.create_table(
        "pages",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("due", MOMENT),
        *_held(),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20)),
    )
    op.create_index("pages_due", "pages", ["due"])
    op.create_index("pages_feed", "pages", ["feed"])
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), primary_key=True),
        sa.Column("robots", sa.Text()),
        sa.Column("until", MOMENT),
        sa.Column("free", MOMENT, nullable=False),
        sa.Column("delay", sa.Float(), nullable=False),
    )


def _held() -> tuple[sa.Column[str], ...]:
    return sa.Column("lease", MOMENT), sa.Column("holder", sa.String(80))
