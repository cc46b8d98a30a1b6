"""Learn the weights of the judge from labelled reports, and write them to src/trucewatch/data/judge.

    python tools/train_judge.py                 train on eval/reports, and on the practice reports where they are present
    python tools/train_judge.py --measure       only compare rules alone with the judge, each report judged by weights that
                                                have not seen it
    python tools/train_judge.py --check         exit 1 where the shipped weights are not what this run makes

Needs scikit-learn beside trucewatch. The same reports give the same weights. Reports whose number divides by five are left
out of the training: they show what the judge does with text that nobody tuned on (--left-out scores them).
"""

import argparse
import hashlib
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.labelled import Labelled, candidates, golden, labelled, left_out, times
from trucewatch import packs
from trucewatch.coder.claims import claim
from trucewatch.coder.verify import verify
from trucewatch.drafting import Draft
from trucewatch.drafting.slots import ROLES
from trucewatch.judge import day, figures, judge, keep, place, roles, status, voice
from trucewatch.model import Claim
from trucewatch.packs import Weights
from trucewatch.packs.weights import BIAS
from trucewatch.score.agree import same_name, same_quantity
from trucewatch.score.gold import reports
from trucewatch.score.items import items
from trucewatch.score.tally import figures as rates
from trucewatch.score.tally import score

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "eval" / "reports"
PRACTICE = ROOT.parent / "shared" / "gold" / "reports"
TARGET = ROOT / "src" / "trucewatch" / "data" / "judge"
YES = "yes"
RARE = 2  # a sign seen less often has no weight
ONE_OF = (voice.TASK, day.TASK, place.TASK)
STRENGTH = {keep.TASK: 0.06, roles.TASK: 0.06}  # inverse of the penalty on large weights
FALSE_HEADS = 0.15  # the right names of claims that are not there are none: names need more than on right claims alone
SURE = 0.45  # a claim needs at least this: on real articles much more is about other things than on labelled reports
SMALL = 0.02  # weights below this in every label are dropped
STEPS = tuple(n / 100 for n in range(20, 66, 5))

Example = tuple[tuple[str, ...], str]


def examples(one: Labelled, task: str) -> Iterator[list[Example]]:
    """Draft by draft, the signs of every choice with its right label, as the labels of the report tell."""
    for number, draft in enumerate(one.found):
        answer = one.answers.get(number)
        if task == keep.TASK:
            yield [(keep.cases(draft, one.pack, one.found)[0].signs, YES if answer else "no")]
        elif answer is not None and (one.told is None or task in one.told) and (task != voice.TASK or "speaker" in answer):
            yield list(_answered(one, draft, answer, task))


def _answered(one: Labelled, draft: Draft, answer: dict[str, Any], task: str) -> Iterator[Example]:
    text, pack, wanted = one.article.text, one.pack, items(answer)
    if task == status.TASK:
        yield status.cases(draft, pack)[0].signs, answer["status"]
    elif task == voice.TASK:
        for case in voice.cases(draft, pack):
            said = wanted["speaker"]
            right = not said if case.option is None else any(same_name(_name(case.option, text), s) for s in said)
            yield case.signs, YES if right else "no"
    elif task == day.TASK:
        for told in day.cases(draft, pack):
            when = told.option[0]
            right = not wanted["when"] if when is None else (when.start, when.end) in [tuple(w) for w in wanted["when"]]
            yield told.signs, YES if right else "no"
    elif task == place.TASK:
        for spot in place.cases(draft, pack):
            where = claim(one.article, place.decide(draft, spot.option), pack).where if spot.option else None
            right = where is not None and any(same_name(where.text, s) for s in wanted["where"])
            yield spot.signs, YES if (right if spot.option else not wanted["where"]) else "no"
    elif task == figures.TASK:
        for count in figures.cases(draft, pack):
            yield count.signs, _counted(one, draft, count.option, wanted["quantities"])
    elif task == roles.TASK:
        for named in roles.cases(draft, pack):
            name = _name(named.option, text)
            held = [role for role in ROLES if any(same_name(name, s) for s in wanted[role])]
            yield named.signs, roles.label(held)


def _counted(one: Labelled, draft: Draft, option: figures.Option, wanted: Sequence[Any]) -> str:
    """What a figure counts for the labels: what its noun says (`own`), a code, or nothing."""
    if option is None:
        return next((of for of, value, bound in wanted if of in figures.CODES and value == 1 and bound == "exact"), figures.NONE)
    told = claim(one.article, figures.decide(draft, [(option, figures.OWN)]), one.pack).quantities
    if any(same_quantity((q.of, float(q.value), q.bound), w) for q in told if q.text for w in wanted):
        return figures.OWN
    values = {float(q.value) for q in told} or {float(option[1].number.value)}
    codes = [of for of, value, _ in wanted if value in values]
    return next((of for of in codes if of in figures.CODES), figures.OWN if codes else figures.NONE)


def _name(actor: Any, text: str) -> str:
    return text[actor.name[0] : actor.name[1]]


TASKS = (keep.TASK, status.TASK, voice.TASK, day.TASK, place.TASK, figures.TASK, roles.TASK)


@dataclass(frozen=True, slots=True)
class Table:
    """All examples of one task: `signs` are the columns of `matrix`; `choice` and `report` tell where a row belongs."""

    task: str
    signs: tuple[str, ...]
    matrix: Any
    labels: Any
    choice: Any
    report: Any

    def take(self, rows: Any) -> "Table":
        return replace(
            self, matrix=self.matrix[rows], labels=self.labels[rows], choice=self.choice[rows], report=self.report[rows]
        )


def tabled(task: str, found: Sequence[Labelled]) -> Table:
    """The examples of these reports, each as often as its report counts; signs that are rare are left out."""
    column: dict[str, int] = {}
    begins, columns, labels, choice, report = [0], [], [], [], []
    number_of_choice = 0
    for number, one in enumerate(found):
        told = list(examples(one, task))
        for _ in range(times(one.report)):
            for options in told:
                number_of_choice += 1
                for signs, label in options:
                    columns.extend(sorted({column.setdefault(sign, len(column)) for sign in signs}))
                    begins.append(len(columns))
                    labels.append(label)
                    choice.append(number_of_choice)
                    report.append(number)
    matrix = csr_matrix((numpy.ones(len(columns)), columns, begins), shape=(len(labels), len(column)))
    names = list(column)
    kept = [n for n in numpy.flatnonzero(numpy.asarray(matrix.sum(axis=0)).ravel() >= RARE) if not _named(names[n])]
    ordered = sorted(kept, key=lambda n: names[n])
    signs_kept = tuple(names[n] for n in ordered)
    return Table(task, signs_kept, matrix[:, ordered], numpy.array(labels), numpy.array(choice), numpy.array(report))


def _named(sign: str) -> bool:
    """Whether a sign holds a name: such a weight would speak for or against somebody."""
    return any(names_in(language) & set(told.split()) for language, told in re.findall(r"=([a-z]{2}):([^&]*)", sign))


@cache
def names_in(language: str) -> frozenset[str]:
    """The single words that name somebody or some place and nothing else."""
    named: set[tuple[str, ...]] = set()
    other: set[tuple[str, ...]] = set()
    for term in packs.load(language).terms:
        (named if any(c.startswith("name.") or c == "demonym" for c in term.classes) else other).add(term.words)
    return frozenset(words[0] for words in named - other if len(words) == 1)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Labels, one row of `weights` a label, and the biases."""

    labels: tuple[str, ...]
    weights: Any
    bias: Any

    def chances(self, matrix: Any) -> dict[str, Any]:
        sums = numpy.asarray(matrix @ self.weights.T) + self.bias
        if len(self.labels) == 1:
            return {self.labels[0]: 1 / (1 + numpy.exp(-sums[:, 0]))}
        powers = numpy.exp(sums - sums.max(axis=1, keepdims=True))
        return dict(zip(self.labels, (powers / powers.sum(axis=1, keepdims=True)).T, strict=True))


def learn(table: Table) -> Learnt:
    """The weights of one task."""
    strength = STRENGTH.get(table.task, 0.1)
    return _one_of(table, strength) if table.task in ONE_OF else _each(table, strength)


def _each(table: Table, strength: float) -> Learnt:
    """Every example by itself: multinomial logistic regression with a penalty on large weights."""
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(table.matrix, table.labels)
    labels = tuple(str(c) for c in model.classes_)
    if set(labels) == {"no", YES}:
        turn = 1 if labels[1] == YES else -1
        return Learnt((YES,), turn * model.coef_, turn * model.intercept_)
    return Learnt(labels, model.coef_, model.intercept_)


def _one_of(table: Table, strength: float) -> Learnt:
    """Of each choice one option is taken: the chance of the right ones together is made as large as the penalty allows."""
    right = table.labels == YES
    possible = numpy.isin(table.choice, numpy.unique(table.choice[right]))
    matrix, right, choice = table.matrix[possible], right[possible], table.choice[possible]
    first = numpy.flatnonzero(numpy.concatenate(([True], choice[1:] != choice[:-1])))
    group = numpy.cumsum(numpy.concatenate(([False], choice[1:] != choice[:-1])))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = matrix @ weights
        powers = numpy.exp(sums - numpy.maximum.reduceat(sums, first)[group])
        whole, good = numpy.add.reduceat(powers, first), numpy.add.reduceat(powers * right, first)
        slope = matrix.T @ (powers / whole[group] - powers * right / good[group])
        return float((numpy.log(whole) - numpy.log(good)).sum() + weights @ weights / (2 * strength)), slope + weights / strength

    found = minimize(loss, numpy.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return Learnt((YES,), found[None, :], numpy.zeros(1))


def train(found: Sequence[Labelled], folds: int = 3) -> dict[str, Weights]:
    """The weights of every task; from which chance on a label is taken is found on reports that the weights have not seen."""
    out: dict[str, Weights] = {}
    for task in TASKS:
        table = tabled(task, found)
        learnt = learn(table)
        rows = {BIAS: tuple(round(float(b), 3) for b in learnt.bias)}
        for sign, weights in zip(table.signs, learnt.weights.T, strict=True):
            row = tuple(round(float(w), 3) for w in weights)
            if max(map(abs, row)) >= SMALL:
                rows[sign] = row
        out[task] = Weights(learnt.labels, rows, _least(table, folds))
    return out


def _least(table: Table, folds: int) -> dict[str, float]:
    wanted: dict[str, Callable[[str], bool]] = {YES: lambda label: label == YES}
    if table.task == roles.TASK:
        wanted = {role: partial(_holds, role) for role in ROLES}
    elif table.task != keep.TASK:
        return {}
    told: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for fold in range(folds):
        seen = table.report % folds != fold
        learnt, rest = learn(table.take(numpy.flatnonzero(seen))), table.take(numpy.flatnonzero(~seen))
        chances = learnt.chances(rest.matrix)
        for label, fits in wanted.items():
            taken = sum(chance for name, chance in chances.items() if fits(name))
            told[label].append((taken, numpy.array([fits(name) for name in rest.labels])))
    best = {label: max(STEPS, key=lambda least: (_f1(pairs, least), -least)) for label, pairs in told.items()}
    if table.task == keep.TASK:
        return {label: max(least, SURE) for label, least in best.items()}
    return {label: round(least + FALSE_HEADS, 2) for label, least in best.items()}


def _holds(role: str, label: str) -> bool:
    return role in label.split("+")


def _f1(pairs: Iterable[tuple[Any, Any]], least: float) -> float:
    hit = extra = missed = 0
    for chance, right in pairs:
        taken = chance >= least
        hit, extra, missed = hit + (taken & right).sum(), extra + (taken & ~right).sum(), missed + (~taken & right).sum()
    return float(2 * hit / max(1, 2 * hit + extra + missed))


def judged(one: Labelled, weights: dict[str, Weights]) -> list[dict[str, Any]]:
    """The claims of a report in the public form, judged by these weights; by the rules alone where there are none."""
    kept = judge(one.found, replace(one.pack, weights=weights))
    made: dict[str, Claim] = {}
    for draft in kept:
        done = claim(one.article, draft, one.pack)
        made[done.id] = done
    return [c.public() for c in verify(one.article, tuple(made.values()))[0]]


def measure(found: Sequence[Labelled], extra: Sequence[Labelled], folds: int = 4) -> None:
    """Prints the scores of the rules alone and of the judge, each report judged by weights that have not seen it."""
    coded: dict[str, list[dict[str, Any]]] = {}
    for fold in range(folds):
        weights = train([*(one for n, one in enumerate(found) if n % folds != fold), *extra])
        coded |= {one.report.id: judged(one, weights) for n, one in enumerate(found) if n % folds == fold}
    table("rules alone", found, {one.report.id: judged(one, {}) for one in found})
    table("judged", found, coded)


def table(name: str, found: Sequence[Labelled], coded: dict[str, list[dict[str, Any]]]) -> None:
    result = score([one.report for one in found], coded)
    for language, rows in result.rows.items():
        cells = []
        for row, counts in rows.items():
            told = rates(counts)
            cells.append(
                f"{row} {told['f1']:.3f}"
                + (f" ({told['p']:.2f} {told['r']:.2f})" if row in ("all", "event") else f" [{told['match']:.2f}]")
            )
        print(f"{name:12} {language:3} {'  '.join(cells)}")
    print(f"{name:12} claims on reports that hold none: {result.false_alarms}")


def written(task: str, weights: Weights, about: str) -> str:
    """The file of one task."""
    lines_of = [f"# Weights of the judge: {task}. Made by tools/train_judge.py from {about}; not edited by hand."]
    lines_of += [f"# least {label} {chance:g}" for label, chance in sorted(weights.least.items())]
    lines_of.append("\t".join(("sign", *weights.labels)))
    for sign in (BIAS, *sorted(s for s in weights.table if s != BIAS)):
        lines_of.append("\t".join((sign, *(f"{w:.3f}".rstrip("0").rstrip(".") for w in weights.table[sign]))))
    return "\n".join(lines_of) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, action="append", help="folders of labelled reports beside eval/reports")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--left-out", action="store_true")
    parser.add_argument("--check", action="store_true")
    told = parser.parse_args()
    own = [r for folder in (OWN, *(told.reports or ())) for r in reports(folder) if r.language in ("ar", "en")]
    gold_reports = list(reports(PRACTICE, half="practice")) if PRACTICE.is_dir() else []
    held = [one for r in own if left_out(r) and (one := labelled(r))]
    ours = [one for r in own if not left_out(r) and (one := labelled(r))]
    gold = [one for r in gold_reports if (one := labelled(r))]
    if told.measure:
        measure(ours, gold)
        return
    demanded = [one for r in golden() if (one := labelled(r))]
    weights = train([*ours, *gold, *demanded, *candidates()])
    if told.left_out:
        table("rules alone", held, {one.report.id: judged(one, {}) for one in held})
        table("judged", held, {one.report.id: judged(one, weights) for one in held})
    digest = hashlib.sha256("".join(r.text for r in (*own, *gold_reports)).encode()).hexdigest()[:12]
    about = f"{len(ours)} reports of eval/reports, {len(gold)} practice reports ({digest}) and candidates of real articles"
    stale = []
    TARGET.mkdir(exist_ok=True)
    for task, found in weights.items():
        path, text = TARGET / f"{task}.tsv", written(task, found, about)
        if told.check:
            stale += [] if path.exists() and path.read_text("utf-8") == text else [path.name]
        else:
            path.write_text(text, "utf-8")
            print(
                f"{path.relative_to(ROOT)}: {len(found.table)} signs, {math.ceil(len(text) / 1024)} KB, least {dict(found.least)}"
            )
    if stale:
        sys.exit(f"stale: {', '.join(stale)}. Run python tools/train_judge.py.")


if __name__ == "__main__":
    main()
