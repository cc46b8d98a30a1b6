"""Weights of the judge: how much a sign speaks for each label of a choice. Learnt from labelled reports, kept as text."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trucewatch.errors import PackError

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Weights:
    """`labels` of one choice; `table`: sign → one weight a label. With a single label the choice is yes or no.
    `least`: from which chance on a label is taken."""

    labels: tuple[str, ...]
    table: Mapping[str, tuple[float, ...]]
    least: Mapping[str, float]

    def sums(self, signs: Iterable[str]) -> list[float]:
        """The sum of the weights for each label."""
        table = self.table
        out = list(table[BIAS])
        for sign in signs:
            row = table.get(sign)
            if row is not None:
                for n, weight in enumerate(row):
                    out[n] += weight
        return out

    def chances(self, signs: Iterable[str]) -> dict[str, float]:
        """Label → chance: logistic for a single label, else they sum to one."""
        sums = self.sums(signs)
        if len(sums) == 1:
            return {self.labels[0]: 1 / (1 + math.exp(-max(-60.0, min(60.0, sums[0]))))}
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        return {label: power / sum(powers) for label, power in zip(self.labels, powers, strict=True)}

    def reasons(self, signs: Iterable[str], label: str, count: int) -> list[tuple[str, float]]:
        """The signs that weigh most for or against a label, the heaviest first."""
        at = self.labels.index(label)
        found = [(sign, self.table[sign][at]) for sign in dict.fromkeys(signs) if sign in self.table]
        return sorted(found, key=lambda f: (-abs(f[1]), f[0]))[:count]


def read_weights(path: Path) -> Weights:
    """A file of weights: comment lines `# least LABEL CHANCE`, a header `sign` and the labels, then a sign and its weights a
    line."""
    least: dict[str, float] = {}
    labels: tuple[str, ...] = ()
    table: dict[str, tuple[float, ...]] = {}
    try:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("# least "):
                _, _, label, chance = line.split()
                least[label] = float(chance)
            elif line.startswith("#"):
                continue
            elif not labels:
                labels = tuple(line.split("\t")[1:])
            else:
                sign, *cells = line.split("\t")
                if len(cells) != len(labels):
                    raise PackError(f"{path}:{number}: {len(cells)} weights for {len(labels)} labels. Make the file anew.")
                table[sign] = tuple(map(float, cells))
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise PackError(f"{path}:1: cannot be read ({problem}). Make it anew with tools/train_judge.py.") from problem
    if not labels or BIAS not in table:
        raise PackError(f"{path}:1: no header or no row '{BIAS}'. Make it anew with tools/train_judge.py.")
    return Weights(labels, table, least)
