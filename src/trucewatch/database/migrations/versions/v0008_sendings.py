"""Alerts, their causes, and what is still to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.String(27)
HASH = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
    )
    op.create_index("alerts_at", "alerts", ["at"])
    op.create_table("causes", sa.Column("key", HASH, primary_key=True), sa.Column("alert", HASH, nullable=False))
    op.create_table(
        "sendings",
        sa.Column("alert", HASH, primary_key=True),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("due", MOMENT),
        sa.Column("lease", MOMENT),
        sa.Column("holder", sa.String(80)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text()),
    )
    op.create_index("sendings_due", "sendings", ["due"])
