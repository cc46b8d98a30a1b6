"""Commands that say who may see and do what: access user, token, embargo, log."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from trucewatch.console.frame import By, Folder, app, by, clock, day, mending, opened
from trucewatch.errors import AccessError

rights = typer.Typer(no_args_is_help=True, help="Who may see and do what in a monitor: users, tokens, embargoes, the log.")
user = typer.Typer(no_args_is_help=True, help="Users: who may come in, and with which role.")
token = typer.Typer(no_args_is_help=True, help="Tokens: what lets programs in.")
embargo = typer.Typer(no_args_is_help=True, help="Outlets and articles that only some may see.")
app.add_typer(rights, name="access")
for group, called in ((user, "user"), (token, "token"), (embargo, "embargo")):
    rights.add_typer(group, name=called)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user.")]
Role = Annotated[str, typer.Option("--role", metavar="ROLE", help="viewer, coder, reviewer or admin.")]
Kind = Annotated[str, typer.Argument(metavar="outlet|article", help="What it is.")]
Object = Annotated[str, typer.Argument(metavar="ID", help="The id of the outlet or of the article.")]
AsJson = Annotated[bool, typer.Option("--json", help="One object a line.")]
Link = Annotated[bool, typer.Option("--link", help="Print a link at which the user chooses a password; it lets in once.")]
_SHOWN = "/invited?key="


@user.command()
def add(name: Name, role: Role = "viewer", link: Link = False, folder: Folder = Path(), who: By = None) -> None:
    """Make a user. Without --link a password is asked for, or read as one line where the input is no terminal.

    \b
    trucewatch access user add ana --role coder -m gaza
    trucewatch access user add ben --role viewer --link -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        word = None if link else _word(name)
        hasher = None if link else access.argon2()
        if word is not None:
            access.fit(word, name)
        made = access.users.add(monitor.ledger, name, role, who=by(who), at=clock())
        if word is not None and hasher is not None:
            access.users.set_password(monitor.ledger, made.name, word, hasher, who=by(who), at=clock())
            typer.echo(f"{made.name}: {made.role}")
        else:
            drawn = access.links.invite(monitor.ledger, made.name, who=by(who), at=clock())
            typer.echo(f"{made.name}: {made.role}. Behind the address of the server, for three days, once: {_SHOWN}{drawn}")


@user.command(name="list")
def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """All users, by name.

    \b
    trucewatch access user list -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        for each in access.users.listed(monitor.ledger):
            if as_json:
                _line({name: getattr(each, name) for name in ("name", "role", "password", "disabled", "since")})
            else:
                state = "disabled" if each.disabled else "" if each.password else "no password"
                typer.echo(f"{each.name:24} {each.role:9} since {each.since:%Y-%m-%d}  {state}".rstrip())


@user.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="viewer, coder, reviewer or admin.")],
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Give a user another role; it holds at once.

    \b
    trucewatch access user role ana reviewer -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        made = access.users.set_role(monitor.ledger, name, role, who=by(who), at=clock())
        typer.echo(f"{made.name}: {made.role}")


@user.command()
def disable(
    name: Name,
    off: Annotated[bool, typer.Option("--off", help="Let the user in again.")] = False,
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Shut a user out at once: sessions, tokens and links. Nobody is taken out, because a name stands in the chain.

    \b
    trucewatch access user disable ana -m gaza
    trucewatch access user disable ana --off -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        made = access.users.set_disabled(monitor.ledger, name, not off, who=by(who), at=clock())
        typer.echo(f"{made.name}: {'disabled' if made.disabled else made.role}")


@user.command()
def password(name: Name, link: Link = False, folder: Folder = Path(), who: By = None) -> None:
    """Set a user's password, which ends their sessions; or print a link at which they choose one.

    \b
    trucewatch access user password ana -m gaza
    trucewatch access user password ana --link -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        if link:
            drawn = access.links.invite(monitor.ledger, name, who=by(who), at=clock())
            typer.echo(f"Behind the address of the server, for three days, once: {_SHOWN}{drawn}")
            return
        access.users.set_password(monitor.ledger, name, _word(name), access.argon2(), who=by(who), at=clock())
        typer.echo(f"{name}: another password; all sessions ended")


@token.command(name="add")
def add_token(
    name: Name,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What it is for.")],
    scope: Annotated[list[str], typer.Option("--scope", metavar="SCOPE", help="read, export, submit, judge; may be told again.")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, metavar="N", help="How long it holds.")] = 90,
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Make a token of a user and print it: it is kept nowhere and cannot be shown again.

    \b
    trucewatch access token add ana "nightly export" --scope read --scope export -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        made, text = access.tokens.add(monitor.ledger, name, label, scope, who=by(who), at=clock(), lasts=timedelta(days=days))
        typer.echo(text)
        typer.echo(f"token {made.id} of {made.user}, until {made.until:%Y-%m-%d}", err=True)


@token.command(name="list")
def list_tokens(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """All tokens, the oldest first.

    \b
    trucewatch access token list -m gaza --json
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        for each in access.tokens.listed(monitor.ledger):
            if as_json:
                _line({name: getattr(each, name) for name in each.__slots__})
            else:
                state = "revoked" if each.revoked else "ended" if each.until <= clock() else ""
                scopes = ",".join(each.scopes)
                typer.echo(f"{each.id}  {each.user:20} {scopes:20} until {each.until:%Y-%m-%d}  {each.label}  {state}".rstrip())


@token.command()
def revoke(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `list` tells it.")],
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """End a token at once.

    \b
    trucewatch access token revoke 5d0c17c0a1b2 -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        made = access.tokens.revoke(monitor.ledger, id_, who=by(who), at=clock())
        typer.echo(f"token {made.id} of {made.user}: revoked")


@embargo.command(name="set")
def set_(
    kind: Kind,
    object_: Object,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="The least role that sees it.")] = "coder",
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="From this day on everybody sees it.")] = None,
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Hide an outlet or an article from those below a role, until a day or until it is lifted.

    \b
    trucewatch access embargo set outlet sample-wire --until 2026-03-01 --reason "agreed with the outlet" -m gaza
    trucewatch access embargo set article https://news.example.org/7 --role reviewer --reason "a source at risk" -m gaza
    """
    from trucewatch import access
    from trucewatch.views.embargo import meant

    with mending(), opened(folder) as monitor:
        end = day(until, "--until")
        moment = datetime.combine(end, time(), UTC) if end else None
        told: dict[str, Any] = {"role": role, "until": moment, "reason": reason}
        what = meant(monitor, kind, object_)
        access.embargoes.put(monitor.ledger, kind, what, who=by(who), at=clock(), **told)
        typer.echo(f"{kind} {what}: seen from {role} on" + (f", by everybody from {end}" if end else ""))


@embargo.command()
def lift(kind: Kind, object_: Object, folder: Folder = Path(), who: By = None) -> None:
    """Show it to everybody again.

    \b
    trucewatch access embargo lift outlet sample-wire -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        access.embargoes.lift(monitor.ledger, kind, object_, who=by(who), at=clock())
        typer.echo(f"{kind} {object_}: lifted")


@embargo.command(name="list")
def list_embargoes(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """All embargoes, also those whose time is over.

    \b
    trucewatch access embargo list -m gaza
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        for each in access.embargoes.listed(monitor.ledger):
            if as_json:
                _line({name: getattr(each, name) for name in each.__slots__})
            else:
                until = f"until {each.until:%Y-%m-%d}" if each.until else "until it is lifted"
                typer.echo(f"{each.kind} {each.object}: from {each.role} on, {until}; {each.reason} ({each.who})")


@rights.command()
def log(
    folder: Folder = Path(),
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="The last so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What was changed of users, tokens and embargoes, and what was exported; the newest first.

    \b
    trucewatch access log -m gaza -n 100
    """
    from trucewatch import access

    with mending(), opened(folder) as monitor:
        for row in access.log.entries(monitor.ledger, limit):
            if as_json:
                _line(row)
            else:
                told = json.dumps(row["after"], ensure_ascii=False)
                typer.echo(f"{row['at']:%Y-%m-%d %H:%M}Z  {row['actor']:16} {row['action']:8} {row['object']}  {told}")


def _word(name: str) -> str:
    """A password, typed twice on a terminal, else the first line of the input."""
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise AccessError("password: there is none in the input. Write it there as one line, or take --link.")
    return line


def _line(row: Mapping[str, Any]) -> None:
    typer.echo(json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else value
