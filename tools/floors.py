"""Compare the scores on the practice reports with the floors in eval/floors.json.

    python tools/floors.py [GOLD]      exit 1 when a figure fell below its floor
    python tools/floors.py --raise     lift every floor to what is reached now; no floor is lowered

GOLD is the folder of labelled reports; it is kept outside this repository, and where it is absent the comparison is skipped.
"""

import argparse
import json
import math
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.json"
GOLD = ROOT.parent / "shared" / "gold" / "reports"

Table = dict[str, dict[str, float]]


def reached(gold: Path, half: str) -> Table:
    """F1 by language ("*" = all) and slot, as `trucewatch eval` counts it."""
    command = Path(sysconfig.get_path("scripts")) / "trucewatch"
    words = [str(command), "eval", str(gold), "--half", half, "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 1 and done.stdout:  # some reports could not be coded, for want of a pack say; they count as missed
        print(f"{len(done.stderr.splitlines())} reports of the {half} half could not be coded")
    elif done.returncode:
        sys.exit(f"{' '.join(words)} failed with {done.returncode}:\n{done.stderr}")
    return {
        language: {slot: figures["f1"] for slot, figures in slots.items()} for language, slots in json.loads(done.stdout).items()
    }


def below(floors: Mapping[str, Mapping[str, float]], figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each floor that is not reached; a floor whose figure is missing is not reached."""
    out = []
    for language, slots in floors.items():
        for slot, floor in slots.items():
            figure = figures.get(language, {}).get(slot)
            if figure is None:
                out.append(f"{language} {slot}: no figure, the floor is {floor:.3f}")
            elif figure < floor:
                out.append(f"{language} {slot}: {figure:.4f} is below the floor {floor:.3f}")
    return out


def raised(floors: Mapping[str, Mapping[str, float]], figures: Mapping[str, Mapping[str, float]]) -> Table:
    """The floors at what is reached, rounded down to three digits; never lower than before."""
    return {
        language: {slot: max(floor, math.floor(figures[language][slot] * 1000) / 1000) for slot, floor in slots.items()}
        for language, slots in floors.items()
    }


def written(floors: Mapping[str, Table]) -> str:
    """One line a language, so that a change of a floor is one line in a diff."""
    halves = []
    for half, table in floors.items():
        lines = ",\n".join(f"    {json.dumps(language)}: {json.dumps(slots)}" for language, slots in table.items())
        halves.append(f"  {json.dumps(half)}: {{\n{lines}\n  }}")
    return "{\n" + ",\n".join(halves) + "\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    given = parser.parse_args()
    if not given.gold.is_dir():
        print(f"floors: skipped, there are no labelled reports at {given.gold}")
        return
    floors: dict[str, Table] = json.loads(FLOORS.read_text("utf-8"))
    faults: list[str] = []
    for half, table in floors.items():
        figures = reached(given.gold, half)
        for language, slots in table.items():
            print(
                f"{half} {language:3}"
                + "".join(f"  {slot} {figures.get(language, {}).get(slot, 0.0):.3f}/{floor:.3f}" for slot, floor in slots.items())
            )
        faults += [f"{half} {line}" for line in below(table, figures)]
        if given.lift and not faults:
            floors[half] = raised(table, figures)
    if faults:
        sys.exit("\n".join(faults))
    if given.lift:
        FLOORS.write_text(written(floors), "utf-8")
    print("every figure is at its floor or above")


if __name__ == "__main__":
    main()
