"""Files that pages load, each from an address that changes with its content, so that a browser keeps it for good."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

STATIC = Path(str(files("trucewatch.web") / "static"))
FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def digests() -> Mapping[str, str]:
    """Every file below static/ by its path there, with twelve letters of its digest."""
    found = (path for path in sorted(STATIC.rglob("*")) if path.is_file())
    return {path.relative_to(STATIC).as_posix(): sha256(path.read_bytes()).hexdigest()[:12] for path in found}


def asset(name: str) -> str:
    """The address of a file of static/. Raises KeyError where there is none."""
    return f"/static/{name}?v={digests()[name]}"
