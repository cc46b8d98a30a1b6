"""The command that shows monitors in a browser: serve."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import By, app, by, clock, mending, opened
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from uvicorn import Server

    from trucewatch.monitor import Monitor

HERE = "127.0.0.1"
LOCAL = (HERE, "localhost", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the server listens, and by which other names it may be asked."""

    host: str
    port: int
    names: tuple[str, ...]
    secure: bool


@app.command()
def serve(
    folders: Annotated[
        list[Path] | None,
        typer.Option(
            "--monitor", "-m", metavar="DIR", envvar="TRUCEWATCH_MONITOR", help="A monitor's folder; may be told again."
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="The address to listen at.")] = HERE,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="The port to listen at.")] = 8613,
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODE", help="Language of pages where the browser asks for none.")
    ] = "en",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="A name by which others reach it; may be told again.")
    ] = None,
    secure: Annotated[
        bool, typer.Option("--secure", help="It is reached by https, through a proxy on this machine: cookies are sent only so.")
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="A line of JSON for each request on stderr, without words of articles.")
    ] = False,
    who: By = None,
) -> None:
    """Show monitors in the browser. On this machine alone: open the address that is printed; it lets in once.

    Others come in by name and password, once there are users: trucewatch access user add.

    \b
    trucewatch serve -m gaza
    trucewatch serve -m gaza -m border --port 8700 --lang ar
    trucewatch serve -m gaza --name truce.example.org --secure
    """
    with mending(), ExitStack() as stack:
        monitors = _named([stack.enter_context(opened(folder)) for folder in folders or [Path()]])
        _log(log)
        _run(monitors, _Place(host, port, tuple(name or ()), secure), lang, by(who))


def _named(monitors: "Sequence[Monitor]") -> "dict[str, Monitor]":
    """Monitors by the name of their folder, which stands in addresses."""
    found: dict[str, Monitor] = {}
    for monitor in monitors:
        name = monitor.folder.resolve().name
        if name in found:
            raise TrucewatchError(f"{monitor.folder}: another monitor's folder is called '{name}' too. Rename one of them.")
        found[name] = monitor
    return found


def _log(every: bool) -> None:
    """Faults are always told on stderr, requests where it is asked for."""
    import logging

    told = logging.getLogger("trucewatch.web")
    told.addHandler(logging.StreamHandler())
    told.setLevel(logging.INFO if every else logging.WARNING)


def _when_told_to_end(server: "Server", then: Callable[[], None]) -> None:
    """Pages that are told of news keep their connection open: they let go at once when the server is to end."""
    ended = server.handle_exit

    def handle(sig: int, frame: FrameType | None) -> None:
        then()
        ended(sig, frame)

    server.handle_exit = handle  # type: ignore[method-assign]


def _run(monitors: "dict[str, Monitor]", place: "_Place", lang: str, who: str) -> None:
    """Serves until SIGTERM or Ctrl-C; requests that are under way are answered first. The link is for this machine alone."""
    try:
        import uvicorn

        from trucewatch.web import alone
        from trucewatch.web import app as made
        from trucewatch.web.wire import listening
    except ModuleNotFoundError as problem:
        raise TrucewatchError(f"serve: {problem.name} is not installed. Install it: pip install 'trucewatch[web]'.") from None
    from trucewatch import access
    from trucewatch.door.house import Settings
    from trucewatch.door.known import either, known
    from trucewatch.web.entrance import LOGIN

    peopled = any(access.users.listed(monitor.ledger) for monitor in monitors.values())
    local = place.host in LOCAL and not place.secure  # behind a proxy the address that is printed leads nowhere
    if not (peopled or local):
        raise TrucewatchError("serve: nobody could come in so. Make a user first: trucewatch access user add NAME --role admin.")
    key = alone.Key()
    hosts = tuple(dict.fromkeys((place.host, *place.names, *LOCAL)))
    settings = Settings(language=lang, hosts=hosts, secure=place.secure, entrance=LOGIN if peopled else None)
    shown = made(
        monitors,
        clock=clock,
        settings=settings,
        who=either(alone.finder(key, who), known) if local else known,
        hasher=access.argon2() if peopled else None,
        also=[alone.router(key)] if local else [],
    )
    server = uvicorn.Server(listening(shown, host=place.host, port=place.port, secure=place.secure))
    _when_told_to_end(server, shown.state.house.ending.set)
    if local:
        typer.echo(f"Open this, once: http://{place.host}:{place.port}/open?once={key.link}")
    typer.echo("Ctrl-C ends it.")
    server.run()
