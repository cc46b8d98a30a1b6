"""Adding what was read: an article and the claims that one run of the coder gives for it, in one transaction."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from trucewatch.database import chain
from trucewatch.database.engine import SQLITE, Ledger, writing
from trucewatch.database.tables import articles, moment_text, parties, readings, runs
from trucewatch.database.words import indexed
from trucewatch.errors import KeepError
from trucewatch.judgements import hand_on
from trucewatch.ledger.redact import blanks
from trucewatch.ledger.rows import article_row, columns, party_rows, rows_digest
from trucewatch.model import Article, Claim
from trucewatch.text.address import canonical

PERSON = "person"  # the coder of claims that a person wrote


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a coder: when it began, who started it, which coder in which version."""

    at: datetime
    actor: str
    coder: str
    version: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding changed, by claims: never seen before, read otherwise than before, no longer given, given as before.
    `repeat_of`: the article as whose copy it was given."""

    new: int
    replaced: int
    withdrawn: int
    same: int
    repeat_of: str | None = None


def add(
    ledger: Ledger,
    article: Article,
    claims: Sequence[Claim],
    *,
    run: Run,
    at: datetime,
    repeat_of: Callable[[int], str | None] = lambda _: None,
) -> Added:
    """Keeps an article and the claims of this run. The same again changes nothing and leaves no entry.

    What the ledger holds of this article and the run no longer gives is withdrawn; judgements go along (`hand_on`). `repeat_of`
    tells the article that this one repeats; it is asked while nobody else can write, with the number of the last row. Raises
    LedgerError, the ledger is then as before.
    """
    bodies = {claim.id: claim.public() for claim in claims}
    _keepable(article_row(article, None), bodies)
    with writing(ledger) as connection:
        end = chain.take(connection)
        first = repeat_of(end.rows)
        row = article_row(article, first)
        printed = _printed(connection, article.id)
        if printed is not None and _another(printed, row):
            what = f"the ledger holds another article of this id ({printed['outlet'] or printed['url']})"
            raise KeepError(f"article {article.id}: {what}. Give each article an id of its own, or none.")
        if printed is not None and printed["redacted"] is not None:
            if printed["digest"] != row["digest"]:
                what = "words were taken out of it, and its text has changed since; it could bring them back"
                raise KeepError(f"article {article.id}: {what}. Leave it out, or give it another id and redact again.")
            bodies = {claim: blanks(connection, printed["n"], body) for claim, body in bodies.items()}
        shown = {r["claim"]: r for r in _shown(connection, article.id)}
        changed = {c: body for c, body in bodies.items() if c not in shown or shown[c]["reading"] != body["reading"]}
        gone = [r for c, r in shown.items() if c in changed or (c not in bodies and not _stays(r["body"], row["text"]))]
        fresh = printed is None or printed["digest"] != row["digest"]
        withdrawn = sum(r["claim"] not in bodies for r in gone)
        replaced = len(gone) - withdrawn
        added = Added(len(changed) - replaced, replaced, withdrawn, len(bodies) - len(changed), first)
        if changed or gone or fresh:
            write(connection, end, row, printed, changed, gone, run, at, ledger.prefixes)
    return added


def run_id(run: Run) -> str:
    """A run's id is made from what it is: the same run has the same id wherever it is kept."""
    key = f"{moment_text(run.at)}\n{run.actor}\n{run.coder}\n{run.version}"
    return f"run:{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts what is not there; rows whose key is there are passed over."""
    if rows:
        make = sqlite.insert if connection.dialect.name == SQLITE else postgresql.insert
        connection.execute(make(table).on_conflict_do_nothing(), list(rows))


def write(
    connection: Connection,
    end: chain.Head,
    row: dict[str, Any],
    printed: RowMapping | None,
    changed: Mapping[str, Mapping[str, Any]],
    gone: Sequence[RowMapping],
    run: Run,
    at: datetime,
    prefixes: tuple[str, ...],
) -> None:
    """What a run changed of an article, as rows and one entry; the caller's transaction. `changed`: claims as they read now;
    `gone`: the readings that end; `printed`: the version that held until now."""
    seq, now, n = end.seq + 1, chain.stamp(end, at), end.rows
    connection_run = {"id": run_id(run), "at": run.at, "actor": run.actor, "coder": run.coder, "version": run.version}
    insert_new(connection, runs, [connection_run])
    fresh = printed is None or printed["digest"] != row["digest"]
    closed = printed["n"] if printed is not None and fresh else None
    article_n = n + 1 if printed is None or fresh else printed["n"]
    if closed is not None:
        connection.execute(update(articles).where(articles.c.n == closed).values(until=now, until_seq=seq))
    if fresh:
        n += 1
        connection.execute(insert(articles), [row | {"n": n, "since": now, "seq": seq}])
    new = []
    for claim, body in changed.items():
        n += 1
        made = {
            "n": n,
            "claim": claim,
            "reading": body["reading"],
            "article": row["id"],
            "printed": article_n,
            "run": run_id(run),
        }
        made |= {"digest": chain.digest(body), "since": now, "seq": seq, "body": body} | columns(body, row["published"])
        new.append(made | {"words": indexed(body, prefixes)})
    for how in ("replaced", "withdrawn"):
        ended = [r["n"] for r in gone if (r["claim"] in changed) == (how == "replaced")]
        if ended:
            closing = update(readings).where(readings.c.n.in_(ended)).values(until=now, until_seq=seq, ended=how)
            connection.execute(closing)
    if new:
        connection.execute(insert(readings), new)
        present = [party for r in new for party in party_rows(r["body"], r["n"], r["day"])]
        if present:
            connection.execute(insert(parties), present)
    carried = hand_on(connection, gone, new, at=now, seq=seq, n=n)
    after = {
        "run": {**connection_run, "at": moment_text(run.at)},
        "article": [article_n, row["digest"]] if fresh else None,
        "closed": closed,
        "readings": rows_digest((r["n"], r["digest"]) for r in new),
        "ended": rows_digest((r["n"], "replaced" if r["claim"] in changed else "withdrawn") for r in gone),
        "carried": rows_digest((j["n"], j["digest"]) for j in carried),
        "count": [len(new), len(gone), len(carried)],
    }
    used = n - end.rows + len(carried)
    chain.append(connection, end, at=at, actor=run.actor, action="read", object_=row["id"], after=after, rows=used)


def _printed(connection: Connection, article: str) -> RowMapping | None:
    """What tells the version that holds now from another."""
    named = (getattr(articles.c, name) for name in ("n", "digest", "redacted", "outlet", "url"))
    asked = select(*named).where(articles.c.id == article, articles.c.until.is_(None))
    return connection.execute(asked).mappings().first()


def _another(printed: RowMapping, row: Mapping[str, Any]) -> bool:
    """Whether an article of the same id comes from elsewhere: not a later version of it, but a clash of ids. The address tells
    where both have one: its outlet may be called otherwise since an outlet file was added."""
    known = next((name for name in ("url", "outlet") if printed[name] and row[name]), None)
    if known is None:
        return False
    alike = canonical if known == "url" else str
    return alike(printed[known]) != alike(row[known])


def _stays(body: Mapping[str, Any], text: str) -> bool:
    """Whether a claim that no run gives is shown further: a person wrote it, and its words still stand there."""
    return body["coder"]["name"] == PERSON and all(text[p["start"] : p["end"]] == p["quote"] for p in body["evidence"])


def _shown(connection: Connection, article: str) -> Sequence[RowMapping]:
    """The readings of an article that are shown now."""
    wanted = (readings.c.n, readings.c.claim, readings.c.reading, readings.c.body)
    asked = select(*wanted).where(readings.c.article == article, readings.c.until.is_(None)).order_by(readings.c.n)
    return connection.execute(asked).mappings().all()


def _keepable(row: Mapping[str, Any], bodies: Mapping[str, Mapping[str, Any]]) -> None:
    """Neither database keeps U+0000, and JSON text of PostgreSQL refuses it: told before anything is written."""
    if b"\x00" in chain.canonical(row).replace(b"\\u0000", b"\x00"):
        raise KeepError(f"article {row['id']}: it holds the character U+0000, which no database keeps. Take it out of the input.")
    strange = next((c for c, body in bodies.items() if body["article"] != row["id"]), None)
    if strange:
        raise KeepError(f"article {row['id']}: the claim {strange} belongs to another article. Add it with its own.")
