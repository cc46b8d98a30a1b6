"""Judgements that take others back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("judgements", sa.Column("lifts", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.create_index("judgements_lifts", "judgements", ["lifts"])
    op.create_index("judgements_who", "judgements", ["who", "n"])
