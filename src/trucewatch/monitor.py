"""One monitor is one folder: settings, the agreement that is watched, data files of one's own, the ledger."""

import os
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from trucewatch import agreements, ledger, packs
from trucewatch.errors import MonitorError, PackError
from trucewatch.ledger import Ledger
from trucewatch.model.agreement import Agreement
from trucewatch.settings import Settings

if TYPE_CHECKING:  # the report is loaded where one is made, not wherever a monitor is opened
    from trucewatch.report.style import Style

SETTINGS = "trucewatch.toml"
LEDGER = "ledger.sqlite"
PACKS = "packs"
FORMS = (".yaml", ".geojson", ".json")  # of an agreement and of the lines beside it
FOLDERS = (f"{PACKS}/outlets", "evidence")  # made with a monitor, to be filled
URL = "TRUCEWATCH_LEDGER_URL"  # takes the place of the address in the settings: a password need not stand in a file

_TOML = """\
# A monitor of trucewatch; docs/commands.md tells what can be set.
name = {name}
{agreement}

[ledger]
# url = "postgresql://user@host/database"    # without it: the file ledger.sqlite in this folder

[watch]
# look_again = [1, 6, 24, 72]    # hours after a page was read at which it is looked at for changes; [] for never

[report]
# style = "style.yaml"    # name, logo and colours of your organisation: docs/reports.md
"""


@dataclass(frozen=True, slots=True)
class Monitor:
    """An open monitor. `packs`: its folder of data files that take the place of ours, None where it holds none."""

    folder: Path
    settings: Settings
    ledger: Ledger
    packs: Path | None
    agreement: Path | None


def create(folder: Path, *, agreement: str | None, at: datetime, name: str | None = None, url: str | None = None) -> Monitor:
    """Makes a folder a monitor and opens it. `agreement` is a path, or the id of a file that comes with the package; it is
    checked and copied, so that later versions of ours change nothing."""
    if (folder / SETTINGS).exists():
        raise MonitorError(f"{folder / SETTINGS}: it is a monitor already. Use it with -m {folder}, or give another folder.")
    source = _agreement(agreement, _own(folder)) if agreement else None
    try:
        for empty in FOLDERS:
            (folder / empty).mkdir(parents=True, exist_ok=True)
        if source:
            for path in (source, *agreements.beside(source, _own(folder))):
                (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
        told = name or (source.stem if source else folder.resolve().name)
        watched = (
            f"agreement = {_quoted(source.name)}" if source else '# agreement = "my-agreement.yaml"    # a file in this folder'
        )
        settings = _TOML.format(name=_quoted(told), agreement=watched)
        if url:
            settings = re.sub(r"(?m)^# url = .*$", f"url = {_quoted(url)}", settings)
        where = _where(folder, url)
        ledger.close(ledger.connect(where, at=at, prefixes=packs.joined(_own(folder))))
        (folder / SETTINGS).write_text(settings, "utf-8")  # last: a folder with settings is a whole monitor
    except OSError as problem:
        raise MonitorError(f"{folder}: it cannot be written ({problem.strerror}). Give another place.") from problem
    return open_(folder, at=at)


def open_(folder: Path, *, at: datetime) -> Monitor:
    """The monitor of a folder. Raises MonitorError or LedgerError."""
    settings = settings_of(folder)
    agreement = folder / settings.agreement if settings.agreement else None
    if agreement and not agreement.exists():
        raise MonitorError(
            f"{folder / SETTINGS}:{_line(folder, 'agreement')}: no file {agreement}. Put it there or take the line out."
        )
    found = ledger.connect(_where(folder, settings.ledger.url), at=at, create=False)
    return Monitor(folder, settings, found, _own(folder), agreement)


def close(monitor: Monitor) -> None:
    ledger.close(monitor.ledger)


def ledger_of(folder: Path) -> Path | str:
    """Where the ledger of a monitor is, or would be."""
    return _where(folder, settings_of(folder).ledger.url)


def settings_of(folder: Path) -> Settings:
    """The settings of a monitor's folder."""
    path = folder / SETTINGS
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise MonitorError(f"{folder}: it is no monitor. Make one: trucewatch init {folder}, or name another with -m.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise MonitorError(f"{path}: it cannot be read ({problem}). Look at the file and its rights.") from None
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise MonitorError(f"{path}:{line.group(1) if line else 1}: {problem}. Mend the TOML at this line.") from None
    try:
        return Settings.model_validate(data)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        line_of = _line(folder, next(step for step in reversed(first["loc"]) if isinstance(step, str)))
        raise MonitorError(f"{path}:{line_of}: {key}: {first['msg']}. docs/commands.md tells what can be set.") from None


def schema() -> dict[str, Any]:
    """JSON Schema of trucewatch.toml."""
    return Settings.model_json_schema()


def _where(folder: Path, url: str | None) -> Path | str:
    return os.environ.get(URL) or url or folder / LEDGER


def _own(folder: Path) -> Path | None:
    own = folder / PACKS
    return own if any(path.is_file() for path in own.rglob("*")) else None


def ground(folder: Path) -> tuple[Path | None, str | None, Path | None]:
    """The data files of its own, the language and the agreement's file of a monitor's folder; the ledger stays closed."""
    settings = settings_of(folder)
    return _own(folder), settings.language, folder / settings.agreement if settings.agreement else None


def style_of(monitor: Monitor) -> "Style | None":
    """The dress of its reports, None where the settings name none. Raises PackError."""
    from trucewatch.report.style import style

    named = monitor.settings.report.style
    path = monitor.folder / named if named else None
    if path and not path.exists():
        place = f"{monitor.folder / SETTINGS}:{_line(monitor.folder, 'style')}"
        raise MonitorError(f"{place}: no file {path}. Put it there or take the line out.")
    return style(path) if path else None


def agreement_of(monitor: Monitor) -> Agreement | None:
    """The agreement that a monitor watches, read strictly, and anew when its file or one beside it changes. Raises PackError."""
    if monitor.agreement is None:
        return None
    near = (path for path in monitor.agreement.parent.iterdir() if path.suffix in FORMS)
    return _read(monitor.agreement, monitor.packs, tuple(sorted((path.name, path.stat().st_mtime_ns) for path in near)))


@lru_cache(maxsize=16)
def _read(agreement: Path, packs: Path | None, _: tuple[tuple[str, int], ...]) -> Agreement:
    return agreements.agreement(str(agreement), packs)


def _agreement(told: str, own: Path | None) -> Path:
    """The file of an agreement that is in its form."""
    try:
        path = agreements.found(told, own)
    except PackError:
        known = ", ".join(agreements.listed(own))
        raise MonitorError(f"--agreement: no agreement '{told}' and no such file. Known: {known}.") from None
    agreements.agreement(str(path), own)
    return path


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(folder: Path, key: str) -> int:
    lines = (folder / SETTINGS).read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if re.match(rf"\s*{re.escape(key)}\s*=", line)), 1)
