"""Commands of a monitor: init, read, claims, judge, review."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trucewatch.console import asking
from trucewatch.console.frame import AsKnown, By, Folder, Lang, app, by, clock, end, mending, moment, note, opened
from trucewatch.console.passing import Dropped, Passing, tell, watcher

if TYPE_CHECKING:
    from trucewatch.ledger import Entry, Judgement
    from trucewatch.track.grades import Gradings


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made where there is none.")],
    agreement: Annotated[
        str | None, typer.Option("--agreement", metavar="ID", help="The agreement to watch: an id of ours, or a file.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What the monitor is called.")] = None,
    ledger_url: Annotated[
        str | None, typer.Option("--ledger", metavar="URL", help="postgresql://user@host/database in place of a file.")
    ] = None,
) -> None:
    """Make a folder a monitor: settings, agreement, data files of your own, ledger.

    \b
    trucewatch init gaza --agreement gaza-2025
    trucewatch init border --agreement my-agreement.yaml --ledger postgresql://me@localhost/border
    """
    from trucewatch import monitor

    with mending():
        made = monitor.create(folder, agreement=agreement, at=clock(), name=name, url=ledger_url)
        monitor.close(made)
        typer.echo(f"{folder}: a monitor called '{made.settings.name}', its ledger in {made.ledger.place}.")
        typer.echo(f"Next:  trucewatch read -m {folder} FILES      articles into the ledger")
        typer.echo(f"       trucewatch claims -m {folder}          what it holds")


@app.command()
def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="JSON lines, HTML, plain text, WARC; - is the standard input.")
    ],
    folder: Folder = Path(),
    lang: Lang = None,
    who: By = None,
    gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Of an archive: only pages that name something of the agreement.")
    ] = True,
    dropped: Dropped = None,
    as_json: Annotated[bool, typer.Option("--json", help="What was done, as one JSON object.")] = False,
) -> None:
    """Read articles, code them and keep their claims in the ledger.

    Each article and its claims are kept together or not at all. What is in the ledger already is passed over, so a run that was
    broken off can be started again as it was.

    \b
    trucewatch read -m gaza articles.jsonl
    cat page.html | trucewatch read -m gaza -
    trucewatch read -m gaza https://paper.example/news/7
    trucewatch read -m gaza crawl.warc.gz --dropped dropped.jsonl
    """
    from trucewatch import flow
    from trucewatch.publish.screen import counted

    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        passing, done = Passing(), Counter[str]()
        kept = flow.read_into(
            monitor,
            sources,
            actor=by(who),
            clock=clock,
            on_problem=note(bad),
            language=lang,
            gate=gate,
            on_passed=watcher(passing),
        )
        for _, added in counted(kept, "articles"):
            done.update({"articles": 1, "copies": int(added.repeat_of is not None)})
            done.update({name: getattr(added, name) for name in ("new", "replaced", "withdrawn", "same")})
        tell(passing, dropped)
        if as_json:
            names = ("articles", "copies", "new", "replaced", "withdrawn", "same")
            typer.echo(json.dumps({name: done[name] for name in names} | {"passed": dict(sorted(passing.counts.items()))}))
        else:
            told = f"{done['new']} claims new, {done['replaced']} read otherwise than before, {done['withdrawn']} withdrawn"
            of = f" ({done['copies']} copies of earlier prints)" if done["copies"] else ""
            typer.echo(f"{done['articles']} articles{of}: {told}, {done['same']} as before.")
    end(bad)


@app.command()
def claims(
    words: Annotated[
        str | None, typer.Argument(metavar="[WORDS]", help="Words that stand in the claims; the last may be a beginning.")
    ] = None,
    folder: Folder = Path(),
    event: asking.Event = None,
    status: asking.Status = None,
    party: asking.Party = None,
    speaker: asking.Speaker = None,
    accused: asking.Accused = None,
    outlet: asking.Outlet = None,
    about: asking.About = None,
    article: asking.OfArticle = None,
    lang: asking.Language = None,
    first: asking.First = None,
    last: asking.Last = None,
    known: AsKnown = None,
    withdrawn: asking.Withdrawn = False,
    history: Annotated[str | None, typer.Option("--history", metavar="CLAIM", help="All readings of one claim.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines: the claim and what the ledger knows of it.")] = False,
) -> None:
    """Claims of the ledger, the latest day first; with words, the newest in the ledger first.

    \b
    trucewatch claims -m gaza --event VIOLATION --from 2026-01-01
    trucewatch claims -m gaza "security council" --status planned
    trucewatch claims -m gaza --party ISR.mil --as-known-at 2026-01-12 --json
    trucewatch claims -m gaza --about rafah
    trucewatch claims -m gaza --history c:5d0c17c0a1b2c3d4
    """
    from trucewatch import ledger, track

    told = {
        "words": words, "event": event, "status": status, "party": party, "speaker": speaker, "accused": accused,
        "outlet": outlet, "about": about, "article": article, "language": lang, "first": first, "last": last,
        "withdrawn": withdrawn,
    }  # fmt: skip
    with mending(), opened(folder) as monitor:
        as_of = moment(known, "--as-known-at")
        query = asking.asked(monitor, told, now=as_of is None, limit=limit)
        found = ledger.history(monitor.ledger, history) if history else ledger.claims(monitor.ledger, query, as_of=as_of)
        judged = ledger.judgements_of(monitor.ledger, sorted({e.body["id"] for e in found}), as_of=as_of)
        if as_json:
            graded = track.gradings(ledger.gradings(monitor.ledger, as_of=as_of))
            for entry in found:
                typer.echo(json.dumps(_told(entry, judged, graded), ensure_ascii=False))
        else:
            _show(found)
            tail = f" There may be more: --limit {limit * 10}." if len(found) == limit else ""
            typer.echo(f"{len(found)} claims.{tail}")


@app.command()
def judge(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="Which field of it: status, event, when …")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it should be: JSON, or a plain word.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Write a judgement on a claim. It stands beside the claim and does not change it.

    \b
    trucewatch judge -m gaza c:5d0c17c0a1b2c3d4 status possible --reason "the sentence says 'may'"
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        made = ledger.judge(monitor.ledger, claim, field, _value(value), who=by(who), reason=reason, at=clock())
        typer.echo(
            f"{made.claim} {made.field}: {json.dumps(made.value, ensure_ascii=False)} ({made.who}, {made.at:%Y-%m-%d %H:%M}Z)"
        )


@app.command()
def review(
    folder: Folder = Path(), known: AsKnown = None, as_json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False
) -> None:
    """Judgements whose claim reads otherwise now, or is withdrawn, and that no other claim could inherit.

    \b
    trucewatch review -m gaza
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        waiting = ledger.review(monitor.ledger, as_of=moment(known, "--as-known-at"))
        for judged in waiting:
            row = _judged(judged)
            told = (
                f"{row['claim']} {row['field']}: {json.dumps(row['value'], ensure_ascii=False)} ({row['who']}: {row['reason']})"
            )
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else told)
        if not as_json:
            typer.echo(f"{len(waiting)} judgements wait for a person.")


def _told(entry: "Entry", judged: "tuple[Judgement, ...]", graded: "Gradings") -> dict[str, Any]:
    """A claim in its public form, and under `ledger` what the ledger knows of it."""
    from trucewatch import ledger, track

    voices = ledger.sources(entry.body, entry.outlet)
    found = track.grade(graded, entry.body["id"], entry.body["reading"], voice=voices[0], outlet=voices[-1])
    grade = {"code": found.code, "rule": found.rule, "who": found.who, "reason": found.reason}
    mine = [_judged(j) for j in judged if (j.claim, j.reading) == (entry.body["id"], entry.body["reading"])]
    known = {
        "since": _iso(entry.since),
        "until": _iso(entry.until),
        "ended": entry.ended,
        "run": entry.run,
        "day": entry.day or None,
    }
    more: dict[str, Any] = {"outlet": entry.outlet, "language": entry.language, "redacted": entry.redacted, "judgements": mine}
    return {**entry.body, "ledger": known | more | {"grade": grade}}


def _judged(judged: "Judgement") -> dict[str, Any]:
    names = ("claim", "field", "value", "reading", "who", "reason", "carried")
    return {name: getattr(judged, name) for name in names} | {"at": _iso(judged.at)}


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _value(told: str) -> Any:
    try:
        return json.loads(told)
    except ValueError:
        return told


def _show(found: "tuple[Entry, ...]") -> None:
    from trucewatch.ledger import claim_of
    from trucewatch.model import Article
    from trucewatch.publish.screen import console
    from trucewatch.publish.table import claims_by_day

    rows = [(_head(e), Article(e.body["article"], "", e.language, outlet=e.outlet), claim_of(e.body)) for e in found]
    if rows:
        console().print(claims_by_day(rows))


def _head(entry: "Entry") -> str:
    """What stands before a claim: its day, and how and when its spell ended."""
    end_ = f"\n{entry.ended} {entry.until:%Y-%m-%d}" if entry.until else ""
    return (entry.day or "–") + end_
