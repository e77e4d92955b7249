"""Thousands of re-analyses: ``python benchmarks/reanalyses.py [--runs 10000] [--python PATH] [--peer-runs 50]``.

A re-analysis is complete: six raw columns of 60 cases are calibrated with anchors that were moved a little, the
truth table of five conditions is made with a consistency cut-off between .75 and .9, and the conservative,
parsimonious and intermediate solutions are found, each with all its models as text. Everything goes through
the public calls, on one thread. The data are random raw values with an outcome that follows
A*B + C*~D with noise, as a study would have it; with ``--noise`` the outcome is random as well, which makes many
more models.

The peers (setqca, pyqca) do the same with fewer runs, in the interpreter that PATH names; a plain logistic
function calibrates for them. One that is missing gets a line that says so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAMES = ["A", "B", "C", "D", "E"]
EXPECTED = {"A": 1, "B": 1, "C": 1, "D": 0}
LIMIT = 10.0
PROGRAMS = {"setqca": "setqca", "pyqca": "qca"}

Raw = dict[str, NDArray[np.float64]]


def raw(*, noise: bool) -> Raw:
    """60 cases with raw values around 50."""
    rng = np.random.default_rng(7)
    data = {name: rng.normal(50, 15, 60) for name in NAMES}
    both = np.maximum(np.minimum(data["A"], data["B"]), np.minimum(data["C"], 100 - data["D"]))
    data["Y"] = rng.normal(50, 15, 60) if noise else both + rng.normal(-6, 6, 60)
    return data


def settings(runs: int) -> Iterator[tuple[dict[str, list[float]], float]]:
    """Anchors of each column, and the cut-off, for every run."""
    rng = np.random.default_rng(11)
    for _ in range(runs):
        moved = rng.uniform(-4, 4, (6, 3)) + np.array([25, 50, 75])
        yield dict(zip([*NAMES, "Y"], moved.tolist(), strict=True)), float(rng.uniform(0.75, 0.9))


def concausa_run(data: Raw) -> Callable[[dict[str, list[float]], float], int]:
    """A re-analysis by the public calls; gives the number of models."""
    from concausa.core.errors import DataError
    from concausa.qca.minimize import minimize
    from concausa.qca.truth_table import truth_table
    from concausa.sets.calibrate import calibrate

    def run(anchors: dict[str, list[float]], cut: float) -> int:
        sets = {name: calibrate(column, anchors=anchors[name]).memberships for name, column in data.items()}
        table = truth_table(sets, outcome="Y", conditions=NAMES, consistency=cut)
        try:
            found = [
                minimize(table),
                minimize(table, solution="parsimonious"),
                minimize(table, solution="intermediate", expectations=EXPECTED),
            ]
        except DataError:  # no positive row at this cut-off
            return 0
        return len([model.expression for solution in found for model in solution.models])

    return run


def setqca_run(data: Raw) -> Callable[[dict[str, list[float]], float], int]:
    """A re-analysis by setqca."""
    import pandas as pd
    import setqca

    def run(anchors: dict[str, list[float]], cut: float) -> int:
        frame = pd.DataFrame({name: logistic(column, anchors[name]) for name, column in data.items()})
        estimator = setqca.FSQCA(consistency=cut, directional_expectations=EXPECTED)
        try:
            result = estimator.fit(frame, outcome="Y", conditions=NAMES)
        except ValueError:  # no sufficient row
            return 0
        return len(result.conservative) + len(result.parsimonious) + len(result.intermediate)

    return run


def pyqca_run(data: Raw) -> Callable[[dict[str, list[float]], float], int]:
    """A re-analysis by pyqca."""
    import pandas as pd

    import qca

    def run(anchors: dict[str, list[float]], cut: float) -> int:
        frame = pd.DataFrame({name: logistic(column, anchors[name]) for name, column in data.items()})
        result = qca.FSQCA(frame, outcome="Y", conditions=NAMES).fit(
            consistency_cutoff=cut, directional_expectations=EXPECTED
        )
        return len(result.formulas)

    return run


def logistic(values: NDArray[np.float64], anchors: list[float]) -> NDArray[np.float64]:
    """Memberships by the direct method."""
    out, cross, full = anchors
    distance = values - cross
    slope = np.where(distance > 0, np.log(19) / (full - cross), np.log(19) / (cross - out))
    return 1 / (1 + np.exp(-distance * slope))


RUNS = {"concausa": concausa_run, "setqca": setqca_run, "pyqca": pyqca_run}


def measure(program: str, runs: int, *, noise: bool) -> dict[str, float]:
    """Seconds for *runs* re-analyses in this process, after ten to warm up, and the models found."""
    run = RUNS[program](raw(noise=noise))
    for anchors, cut in settings(10):
        run(anchors, cut)
    prepared = list(settings(runs))
    start, processor = time.perf_counter(), time.process_time()
    models = sum(run(anchors, cut) for anchors, cut in prepared)
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "models": models / runs,
    }


def peer(program: str, runs: int, python: str, *, noise: bool) -> dict[str, float] | str:
    """The same in the peers' interpreter; a word where there is nothing to measure."""
    known = subprocess.run([python, "-c", f"import {PROGRAMS[program]}"], capture_output=True, check=False)
    if known.returncode:
        return f"missing in {Path(python).name}"
    command = [python, __file__, "--worker", program, "--runs", str(runs), *(["--noise"] if noise else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:60]
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main() -> int:
    """Print a line a program; 1 if ours is above its limit for 10,000 runs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--peer-runs", type=int, default=50)
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--noise", action="store_true", help="an outcome that follows nothing")
    parser.add_argument("--worker", choices=list(RUNS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        print(json.dumps(measure(asked.worker, asked.runs, noise=asked.noise)))
        return 0
    ours = measure("concausa", asked.runs, noise=asked.noise)
    each = ours["seconds"] / asked.runs
    print(f"concausa  {asked.runs:6,} runs {ours['seconds']:7.2f} s  {1e3 * each:9.3f} ms each")
    processor = ours["processor"] / asked.runs
    print(
        f"          10,000 runs: {1e4 * each:.1f} s ({1e4 * processor:.1f} s of processor), limit {LIMIT:.0f} s;"
        f" {ours['models']:.1f} models each"
    )
    for program in PROGRAMS:
        found = peer(program, asked.peer_runs, asked.python, noise=asked.noise)
        if isinstance(found, str):
            print(f"{program:9} {found}")
            continue
        theirs = found["seconds"] / asked.peer_runs
        print(
            f"{program:9} {asked.peer_runs:6,} runs {found['seconds']:7.2f} s  {1e3 * theirs:9.3f} ms each"
            f"  {theirs / each:8.1f} x; {found['models']:.1f} models each"
        )
    return int(1e4 * each > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
