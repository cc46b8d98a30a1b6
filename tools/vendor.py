"""Fetch what the pages load from others, at pinned versions, into the package; needs npm. Nothing is fetched at run time.

    python tools/vendor.py

Writes the files and VENDORED.json (name, version, licence, digest of each file), against which the tests hold them.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

TO = Path(__file__).resolve().parent.parent / "src" / "trucewatch" / "web" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """`files`: path in the package -> name here."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


_FONT = {
    f"files/ibm-plex-sans-arabic-{script}-{weight}-normal.woff2": f"plex-{script}-{weight}.woff2"
    for script in ("arabic", "latin")
    for weight in (400, 600)
}
WANTED = (
    Package(
        "htmx.org",
        "4.0.1",
        "BSD-0-Clause",
        {"dist/htmx.min.js": "htmx.min.js", "dist/ext/hx-sse.min.js": "hx-sse.min.js", "LICENSE": "htmx.LICENSE.txt"},
    ),
    Package("@fontsource/ibm-plex-sans-arabic", "5.3.0", "OFL-1.1", {**_FONT, "LICENSE": "plex.LICENSE.txt"}),
)


def main() -> None:
    TO.mkdir(parents=True, exist_ok=True)
    for old in TO.iterdir():
        old.unlink()
    rows = [row for package in WANTED for row in _taken(package)]
    (TO / "VENDORED.json").write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    print(f"{TO}: {len(rows)} files")


def _taken(package: Package) -> list[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package.name}@{package.version}"
        done = subprocess.run(["npm", "pack", wanted], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"npm pack {wanted} failed:\n{done.stderr}")
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            told = json.loads(_read(packed, "package.json"))
            if told["license"] != package.licence:
                sys.exit(f"{wanted}: its licence is {told['license']}, not {package.licence}. Look whether it may be shipped.")
            return [_written(package, name, _read(packed, path)) for path, name in package.files.items()]


def _read(packed: tarfile.TarFile, path: str) -> bytes:
    found = packed.extractfile(f"package/{path}")
    assert found is not None
    return found.read()


def _written(package: Package, name: str, content: bytes) -> dict[str, str]:
    (TO / name).write_bytes(content)
    return {
        "file": name,
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "sha256": sha256(content).hexdigest(),
    }


if __name__ == "__main__":
    main()
