"""The command that shows monitors in a browser: serve."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.cli.frame import By, app, by, clock, mending, opened
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor

HERE = "127.0.0.1"


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
    log: Annotated[
        bool, typer.Option("--log", help="A line of JSON for each request on stderr, without words of articles.")
    ] = False,
    who: By = None,
) -> None:
    """Show monitors in the browser. On this machine alone: open the address that is printed; it lets in once.

    \b
    trucewatch serve -m gaza
    trucewatch serve -m gaza -m border --port 8700 --lang ar
    """
    with mending(), ExitStack() as stack:
        monitors = _named([stack.enter_context(opened(folder)) for folder in folders or [Path()]])
        _log(log)
        _run(monitors, host, port, lang, by(who))


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


def _run(monitors: "dict[str, Monitor]", host: str, port: int, lang: str, who: str) -> None:
    """Serves until SIGTERM or Ctrl-C; requests that are under way are answered first."""
    try:
        import uvicorn

        from trucewatch.web import alone
        from trucewatch.web import app as made
    except ModuleNotFoundError as problem:
        raise TrucewatchError(f"serve: {problem.name} is not installed. Install it: pip install 'trucewatch[web]'.") from None
    from trucewatch.door.house import Settings

    key = alone.Key()
    settings = Settings(language=lang, hosts=tuple(dict.fromkeys((host, HERE, "localhost", "[::1]"))))
    shown = made(monitors, clock=clock, settings=settings, who=alone.finder(key, who), also=[alone.router(key)])
    config = uvicorn.Config(shown, host=host, port=port, access_log=False, log_level="warning", timeout_graceful_shutdown=10)
    server = uvicorn.Server(config)
    typer.echo(f"Open this, once: http://{host}:{port}/open?once={key.link}")
    typer.echo("Ctrl-C ends it.")
    server.run()
