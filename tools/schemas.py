"""Writes schemas/*.schema.json: the form of data files, of a claim, a tracker, a monitor's settings; for editors and readers.

python tools/schemas.py           writes them
python tools/schemas.py --check   tells which would change; exit code 1 if any
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trucewatch.agreements.form import schema as agreement
from trucewatch.monitor import schema as monitor
from trucewatch.packs.outlet_form import schema as outlet
from trucewatch.packs.schema import schemas
from trucewatch.publish.form import schema as claim
from trucewatch.publish.tracker_form import schema as tracker
from trucewatch.report.style import schema as style
from trucewatch.tables import schema as table

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def written() -> dict[str, str]:
    """File name -> text of every schema."""
    own = {
        "agreement": agreement(),
        "claim": claim(),
        "monitor": monitor(),
        "outlet": outlet(),
        "style": style(),
        "table": table(),
        "tracker": tracker(),
    }
    forms: Mapping[str, Mapping[str, Any]] = {**schemas(), **own}
    out = {}
    for name, form in sorted(forms.items()):
        data = {"$schema": DIALECT, "title": f"trucewatch {name}"} | dict(form) | {"title": f"trucewatch {name}"}
        out[f"{name}.schema.json"] = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return out


def stale() -> list[str]:
    """Files that are not as they would be written, or that nobody writes any more."""
    wanted = written()
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.schema.json")}
    return sorted(name for name in wanted.keys() | kept.keys() if wanted.get(name) != kept.get(name))


def main() -> int:
    names = stale()
    if "--check" in sys.argv[1:]:
        print("\n".join(f"schemas/{name} is stale: run python tools/schemas.py" for name in names))
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    wanted = written()
    for name in names:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
        else:
            (FOLDER / name).unlink()
        print(f"schemas/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
