"""How claims compare with those beside them is kept. What was kept of links is thrown away: it is made anew when it is next asked
for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("marks", "linked", "slots", "happenings", "trackers"):
        op.execute(f"DELETE FROM {table}")
    op.add_column("happenings", sa.Column("first", sa.String(10), nullable=False, server_default=""))
    op.create_table(
        "beside",
        sa.Column("n", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("after", NUMBER),
        sa.Column("margins", sa.LargeBinary(), nullable=False),
    )
