"""Articles, readings, judgements, the chain of entries and what stands in place of words taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27)
HASH = sa.String(64)


def _key(name: str = "n", type_: sa.types.TypeEngine[int] = NUMBER) -> sa.Column[int]:
    return sa.Column(name, type_, primary_key=True, autoincrement=False)


def _text(*names: str, type_: sa.types.TypeEngine[str] | None = None) -> list[sa.Column[str]]:
    return [sa.Column(name, type_ or sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table("settings", sa.Column("key", sa.String(80), primary_key=True), sa.Column("value", sa.JSON(), nullable=False))
    op.create_table(
        "head",
        _key("id", sa.Integer()),
        sa.Column("seq", NUMBER, nullable=False),
        *_text("hash", type_=HASH),
        sa.Column("at", MOMENT),
        sa.Column("rows", NUMBER, nullable=False),
    )
    op.create_table(
        "audit",
        _key("seq"),
        *_text("at", type_=MOMENT),
        *_text("actor"),
        *_text("action", type_=sa.String(20)),
        *_text("object"),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        *_text("prev", "hash", type_=HASH),
    )
    op.create_table(
        "runs", sa.Column("id", sa.String(24), primary_key=True), *_text("at", type_=MOMENT), *_text("actor", "coder", "version")
    )
    op.create_table(
        "articles",
        _key(),
        *_text("id"),
        *_text("digest", type_=HASH),
        *_text("since", type_=MOMENT),
        sa.Column("until", MOMENT),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("until_seq", NUMBER),
        sa.Column("outlet", sa.Text()),
        *_text("language", type_=sa.String(20)),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.String(10)),
        sa.Column("repeat_of", sa.Text()),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("agencies", "dates", "blocks")),
        *_text("text"),
        sa.Column("redacted", NUMBER),
    )
    op.create_index("articles_id", "articles", ["id"])
    _readings()
    op.create_table(
        "judgements",
        _key(),
        *_text("claim", type_=sa.String(40)),
        *_text("field"),
        sa.Column("value", sa.JSON()),
        *_text("reading", type_=sa.String(40)),
        *_text("who"),
        *_text("at", type_=MOMENT),
        *_text("reason"),
        sa.Column("carried", NUMBER),
        sa.Column("seq", NUMBER, nullable=False),
        *_text("digest", type_=HASH),
        sa.Column("redacted", NUMBER),
    )
    op.create_index("judgements_claim", "judgements", ["claim"])
    op.create_table(
        "tombstones",
        _key("seq"),
        *_text("kind", type_=sa.String(10)),
        *_text("object"),
        *_text("digest", type_=HASH),
        *_text("reason", "who"),
        *_text("at", type_=MOMENT),
        sa.Column("spans", sa.JSON(), nullable=False),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        _key(),
        *_text("claim", "reading", type_=sa.String(40)),
        *_text("article"),
        sa.Column("printed", NUMBER, sa.ForeignKey("articles.n"), nullable=False),
        sa.Column("run", sa.String(24), sa.ForeignKey("runs.id"), nullable=False),
        *_text("digest", type_=HASH),
        *_text("since", type_=MOMENT),
        sa.Column("until", MOMENT),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("until_seq", NUMBER),
        sa.Column("ended", sa.String(10)),
        *_text("day", type_=sa.String(10)),
        *_text("event", "status", type_=sa.String(20)),
        sa.Column("speaker", sa.Text()),
        sa.Column("accused", sa.Text()),
        *_text("version"),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("redacted", NUMBER),
    )
    for name, columns in (
        ("claim", ["claim"]),
        ("article", ["article"]),
        ("day", ["day", "n"]),
        ("event", ["event", "day", "n"]),
        ("accused", ["accused", "day", "n"]),
    ):
        op.create_index(f"readings_{name}", "readings", columns)
    op.create_table(
        "parties",
        sa.Column("party", sa.Text(), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("n", NUMBER, sa.ForeignKey("readings.n"), primary_key=True, autoincrement=False),
        *_text("roles", type_=sa.String(60)),
        sqlite_with_rowid=False,
    )
    op.create_index("parties_reading", "parties", ["n"])
