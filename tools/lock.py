"""Write the versions everybody gets: requirements.lock (with hashes, for pip) and the constraints of pyproject.toml (for uv).

    python tools/lock.py              keep the versions, add what is missing
    python tools/lock.py --upgrade    take the newest versions that pyproject.toml allows

uv's own lock file is not committed because it records where each file was fetched; both files written here name versions only.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "requirements.lock"
_LIST = re.compile(r"^constraint-dependencies = \[.*?\]$", re.MULTILINE | re.DOTALL)


def pins(lock: str) -> list[str]:
    """The `name==version` lines of a lock with their markers, hashes left out, sorted."""
    lines = (line.split("--hash")[0].strip(" \\") for line in lock.splitlines())
    return sorted(line for line in lines if "==" in line and not line.startswith(("#", "--")))


def constraints(project: str) -> list[str]:
    """The constraints that pyproject.toml holds now."""
    found = tomllib.loads(project)["tool"]["uv"]["constraint-dependencies"]
    return [str(line) for line in found]


def with_constraints(project: str, lines: list[str]) -> str:
    """pyproject.toml's text with another list of constraints; nothing else is touched."""
    body = "".join(f"    {_quoted(line)},\n" for line in lines)
    return _LIST.sub(
        lambda _: f"constraint-dependencies = [\n{body}]" if lines else "constraint-dependencies = []", project, count=1
    )


def _quoted(line: str) -> str:
    return '"' + line.replace('"', "'") + '"'


def _uv(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "uv", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"uv {' '.join(words)} failed:\n{done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="forget the versions of now and take the newest")
    upgrade = parser.parse_args().upgrade
    before = PROJECT.read_text("utf-8")
    if upgrade:
        PROJECT.write_text(with_constraints(before, []), "utf-8")
    try:
        _uv("lock", *(["--upgrade"] if upgrade else []))
        lock = _uv("export", "--no-header", "--no-annotate", "--no-emit-project", "--all-groups", "--all-extras")
    except SystemExit:
        PROJECT.write_text(before, "utf-8")
        raise
    LOCK.write_text(lock, "utf-8")
    PROJECT.write_text(with_constraints(PROJECT.read_text("utf-8"), [line.replace('"', "'") for line in pins(lock)]), "utf-8")
    print(f"{len(pins(lock))} versions written to {LOCK.name} and {PROJECT.name}")


if __name__ == "__main__":
    main()
