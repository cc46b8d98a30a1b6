"""Search: the folded words of each reading, and an index over them in the way of the database."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from trucewatch.database.words import indexed

revision = "0002"
down_revision = "0001"

_FTS = """CREATE VIRTUAL TABLE search USING fts5(words, content='readings', content_rowid='n',
    tokenize='unicode61 remove_diacritics 0', prefix='3')"""
_TRIGGERS = (
    "AFTER INSERT ON readings BEGIN INSERT INTO search(rowid, words) VALUES (new.n, new.words); END",
    """AFTER UPDATE OF words ON readings BEGIN
        INSERT INTO search(search, rowid, words) VALUES ('delete', old.n, old.words);
        INSERT INTO search(rowid, words) VALUES (new.n, new.words); END""",
)


def upgrade() -> None:
    op.add_column("readings", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT value FROM settings WHERE key = 'search.prefixes'")).scalar()
    prefixes = json.loads(found) if isinstance(found, str) else found or []
    for n, body in _bodies(connection):
        told = {"n": n, "words": indexed(body, prefixes)}
        connection.execute(sa.text("UPDATE readings SET words = :words WHERE n = :n"), told)
    if connection.dialect.name == "sqlite":
        op.execute(_FTS)
        for number, trigger in enumerate(_TRIGGERS):
            op.execute(f"CREATE TRIGGER search_{number} {trigger}")
        op.execute("INSERT INTO search(search) VALUES ('rebuild')")
    else:
        made = "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        op.execute(f"ALTER TABLE readings ADD COLUMN tsv tsvector {made}")
        op.execute("ALTER TABLE readings ALTER COLUMN tsv SET STATISTICS 1000")  # else rare and common words look alike
        op.execute("CREATE INDEX readings_search ON readings USING gin (tsv) WITH (gin_pending_list_limit = 256)")


def _bodies(connection: sa.Connection) -> Iterator[tuple[int, dict[str, object]]]:
    """The claims by row number, in pages: no database then holds all of them open."""
    last = 0
    asked = sa.text("SELECT n, body FROM readings WHERE n > :last ORDER BY n LIMIT 1000")
    while rows := connection.execute(asked, {"last": last}).all():
        for n, body in rows:
            yield n, json.loads(body) if isinstance(body, str) else body
        last = rows[-1][0]
