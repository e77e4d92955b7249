"""Concausa beside setqca and pyqca on the same tables: ``python benchmarks/peers.py [--python PATH] [--limit S]``.

Every measurement is a process of its own that makes the table from a seed, calls once to warm up, calls again
until two seconds or RUNS calls are spent, and gives the median; a call that takes longer than the limit (60 s)
is ended and shown as such. What is timed is one full analysis: the truth table and the conservative,
parsimonious and intermediate solutions; at k = 16 the prime implicants and all minimum models of six positive
and six negative rows. Beside the time stands the number of models that each finds (conservative, parsimonious,
intermediate), because they do not look for the same number: see docs/explanation/parity-qca.md.

The peers are no dependencies. They are looked for in the interpreter that PATH names (by default this one); one
that is missing gets a line that says so.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
LIPSET = ROOT / "tests" / "gold" / "data" / "Lipset_fs.csv"
LETTERS = "ABCDEFGHIJKLMNOP"
TASKS = {
    "textbook": "Lipset, 18 cases, k=5, fuzzy",
    "fuzzy5": "60 random fuzzy cases, k=5",
    "fuzzy8": "60 random fuzzy cases, k=8",
    "fuzzy10": "60 random fuzzy cases, k=10",
    "fuzzy12": "60 random fuzzy cases, k=12",
    "crisp16": "6 + 6 random crisp rows, k=16",
}
PROGRAMS = {"concausa": "concausa", "setqca": "setqca", "pyqca": "qca"}
RUNS = 200
SPENT = 2.0

Counts = tuple[int, ...]
Data = dict[str, list[float]]


def lipset() -> tuple[Data, list[str], float]:
    """The fuzzy scores of Rihoux & Ragin (2009), chapter 5."""
    names = ["Developed", "Urban", "Literate", "Industrial", "Stable"]
    with LIPSET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    data = {name: [float(row[f"{name}.FZ"]) for row in rows] for name in names}
    return data | {"Y": [float(row["Survived.FZ"]) for row in rows]}, names, 0.8


def fuzzy(k: int) -> tuple[Data, list[str], float]:
    """60 cases with scores in hundredths, none at the crossover."""
    scores = np.random.default_rng(k).integers(0, 100, size=(60, k + 1))
    scores[scores == 50] = 51
    names = list(LETTERS[:k])
    data = {name: (scores[:, at] / 100).tolist() for at, name in enumerate([*names, "Y"])}
    return data, names, 0.8


def crisp(k: int, each: int) -> tuple[Data, list[str], float]:
    """Distinct rows, half of them with the outcome."""
    numbers = np.random.default_rng(k).choice(2**k, size=2 * each, replace=False)
    names = list(LETTERS[:k])
    data = {name: [float(n >> (k - 1 - at) & 1) for n in numbers.tolist()] for at, name in enumerate(names)}
    return data | {"Y": [1.0] * each + [0.0] * each}, names, 1.0


def problem(task: str) -> tuple[Data, list[str], float]:
    """The table of a task, its conditions and the consistency cut-off."""
    if task == "textbook":
        return lipset()
    return crisp(16, 6) if task == "crisp16" else fuzzy(int(task.removeprefix("fuzzy")))


def concausa_call(data: Data, names: list[str], cut: float, *, only: bool) -> Callable[[], Counts]:
    """One analysis by the public calls; every model that is listed is made."""
    import concausa as cc

    def call() -> Counts:
        table = cc.truth_table(data, outcome="Y", conditions=names, consistency=cut)
        found = []
        for solution in ("parsimonious",) if only else ("conservative", "parsimonious", "intermediate"):
            options = {"expectations": dict.fromkeys(names, 1)} if solution == "intermediate" else {}
            result = cc.minimize(table, solution=solution, **options)
            [model.expression for model in result.models]
            found.append(result.n_models)
        return tuple(found)

    return call


def setqca_call(data: Data, names: list[str], cut: float, *, only: bool) -> Callable[[], Counts]:
    """One analysis by setqca."""
    import pandas as pd
    import setqca
    from setqca.minimize import minimize

    if only:
        rows = [
            sum(int(data[name][at]) << (len(names) - 1 - i) for i, name in enumerate(names))
            for at in range(12)
        ]
        free = set(range(2 ** len(names))) - set(rows)
        return lambda: (
            len(minimize(set(rows[:6]), dont_cares=free, width=len(names), max_solutions=100_000)),
        )
    frame = pd.DataFrame(data)

    def call() -> Counts:
        estimator = setqca.FSQCA(consistency=cut, directional_expectations=dict.fromkeys(names, 1))
        result = estimator.fit(frame, outcome="Y", conditions=names)
        return len(result.conservative), len(result.parsimonious), len(result.intermediate)

    return call


def pyqca_call(data: Data, names: list[str], cut: float, *, only: bool) -> Callable[[], Counts]:
    """One analysis by pyqca, which gives one model of each type."""
    import pandas as pd

    import qca

    frame = pd.DataFrame(data)
    kind = qca.CSQCA if only else qca.FSQCA

    def call() -> Counts:
        result = kind(frame, outcome="Y", conditions=names).fit(
            consistency_cutoff=cut, directional_expectations=dict.fromkeys(names, 1)
        )
        return tuple(1 for name in ("complex", "parsimonious", "intermediate") if result.formulas.get(name))

    return call


CALLS = {"concausa": concausa_call, "setqca": setqca_call, "pyqca": pyqca_call}


def work(program: str, task: str) -> dict[str, Any]:
    """Median seconds of a call in this process, and the models found."""
    call = CALLS[program](*problem(task), only=task == "crisp16")
    start = time.perf_counter()
    models = call()
    times = [time.perf_counter() - start]
    if times[0] < SPENT:
        times = []
        while sum(times) < SPENT and len(times) < RUNS:
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
    return {"seconds": statistics.median(times), "models": models}


def measured(program: str, task: str, python: str, limit: float) -> dict[str, Any] | str:
    """The same in a process of its own; a word where there is nothing to measure."""
    chosen = sys.executable if program == "concausa" else python
    command = [chosen, __file__, "--worker", program, task]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"> {limit:.0f} s"
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:40]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def missing(program: str, python: str) -> bool:
    """Whether the interpreter for the peers lacks it."""
    command = [python, "-c", f"import {PROGRAMS[program]}"]
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def main() -> int:
    """Print a line a task."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--limit", type=float, default=60, help="seconds for a measurement")
    parser.add_argument("--tasks", nargs="*", default=list(TASKS), choices=list(TASKS))
    parser.add_argument("--worker", nargs=2, metavar=("PROGRAM", "TASK"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        print(json.dumps(work(*asked.worker)))
        return 0
    peers = []
    for program in ("setqca", "pyqca"):
        if missing(program, asked.python):
            print(f"{program} is missing in {Path(asked.python).name}: not measured")
        else:
            peers.append(program)
    for task in asked.tasks:
        print(TASKS[task])
        ours = measured("concausa", task, asked.python, asked.limit)
        base = ours["seconds"] if isinstance(ours, dict) else None
        for program in ("concausa", *peers):
            answer = ours if program == "concausa" else measured(program, task, asked.python, asked.limit)
            if isinstance(answer, str):
                least = f"  > {asked.limit / base:8.0f} x" if base and answer.startswith(">") else ""
                print(f"  {program:10} {answer:>14}{least}")
                continue
            ratio = f"{answer['seconds'] / base:10.1f} x" if base else ""
            models = " + ".join(str(count) for count in answer["models"])
            print(f"  {program:10} {answer['seconds'] * 1000:11.2f} ms{ratio}   models {models}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
