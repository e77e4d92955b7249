"""Coincidence analysis of noisy data, every factor an effect: ``python benchmarks/coincidence.py``.

    python benchmarks/coincidence.py [--python PATH] [--limit S]

Goal: 10 crisp factors × 200 cases, of which a tenth or a fifth score at random, each factor an effect, conditions of
up to 3 literals and formulas of up to 4 conditions: conditions, formulas and models within 10 s of processor time on
one core, at each threshold.

No other program that Python reaches does the same search. What stands beside is what a user would do instead:
setqca, a parsimonious and a conservative solution of each of the ten factors by the other nine; and CORA, four
outcomes by six conditions together. They are no dependencies; they are looked for in the interpreter that PATH names,
and a missing one gets a line that says so (CORA is not on the Python package index). Medians of three runs of a
process each.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

GOAL_SECONDS = 10.0
FACTORS = "ABCDEFGHIJ"
RUNS = 3


def noisy(share: float, *, cases: int = 200, seed: int = 1) -> dict[str, list[int]]:
    """A structure of four effects with a chain and common causes, and cases of which nothing is true."""
    draw = random.Random(seed)
    table: dict[str, list[int]] = {name: [] for name in FACTORS}
    for number in range(cases):
        a, b, c, e, f, h = (draw.randrange(2) for _ in range(6))
        d = a & (1 - b) | c
        g = d | e & f
        case = {"A": a, "B": b, "C": c, "D": d, "E": e, "F": f, "G": g, "H": h}
        case |= {"I": g & h | (1 - e) & b, "J": d & f | h & (1 - a)}
        if number < share * cases:
            case = {name: draw.randrange(2) for name in FACTORS}
        for name in FACTORS:
            table[name].append(case[name])
    return table


def cna(share: float, threshold: float) -> dict[str, Any]:
    """Our search, with every formula and model made."""
    from concausa.qca.coincidence.coincidence import coincidence

    found = coincidence(noisy(share), factors=list(FACTORS), consistency=threshold, coverage=threshold)
    return {"formulas": len(found.formulas), "models": found.n_models, "exact": found.exact}


def together() -> dict[str, Any]:
    """Four outcomes by six conditions together, ours."""
    from concausa.qca.several.outcomes import several_outcomes

    found = several_outcomes(noisy(0.1), outcomes=list("DGIJ"), conditions=list("ABCEFH"))
    return {"models": found.n_systems, "exact": found.exact}


def one_by_one() -> dict[str, Any]:
    """Every factor by the other nine, minimised one after the other, ours."""
    from concausa.qca.minimize import minimize
    from concausa.qca.truth_table import truth_table

    data, count = noisy(0.1), 0
    for outcome in FACTORS:
        table = truth_table(data, outcome=outcome, conditions=[name for name in FACTORS if name != outcome])
        for kind in ("conservative", "parsimonious"):
            count += minimize(table, solution=kind, limit=256).n_models
    return {"models": count}


def by_setqca() -> dict[str, Any]:
    """The same by setqca."""
    import pandas as pd
    import setqca

    frame, count = pd.DataFrame(noisy(0.1)).astype(float), 0
    for outcome in FACTORS:
        estimator = setqca.CSQCA(consistency=0.8)
        result = estimator.fit(frame, outcome=outcome, conditions=[n for n in FACTORS if n != outcome])
        count += len(result.conservative) + len(result.parsimonious)
    return {"models": count}


def by_cora() -> dict[str, Any]:
    """Four outcomes by six conditions together, by CORA."""
    import cora
    import pandas as pd

    context = cora.OptimizationContext(pd.DataFrame(noisy(0.1)), list("DGIJ"), input_labels=list("ABCEFH"))
    return {"models": len(context.get_irredundant_systems())}


TASKS = {
    **{
        f"cna-{share}-{threshold}": (cna, share, threshold)
        for share in (0.1, 0.2)
        for threshold in (0.9, 0.8, 0.75)
    },
    "together": (together,),
    "one-by-one": (one_by_one,),
    "setqca": (by_setqca,),
    "cora": (by_cora,),
}


def work(task: str) -> dict[str, Any]:
    """One run in this process, imports apart."""
    function, *arguments = TASKS[task]
    if task != "setqca" and task != "cora":
        import concausa.qca.coincidence.coincidence
        import concausa.qca.several.outcomes  # noqa: F401
    started = time.process_time()
    found = function(*arguments)  # type: ignore[operator]
    return {"seconds": time.process_time() - started, **found}


def measured(task: str, python: str, limit: float) -> dict[str, Any] | str:
    """Medians of a few processes; a word where there is nothing to measure."""
    chosen = python if task in ("setqca", "cora") else sys.executable
    answers = []
    for _ in range(RUNS):
        command = [chosen, __file__, "--worker", task]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            return f"> {limit:.0f} s"
        if done.returncode:
            return f"not measured: {done.stderr.strip().splitlines()[-1][:60]}"
        answers.append(json.loads(done.stdout))
    return answers[0] | {"seconds": statistics.median(answer["seconds"] for answer in answers)}


def main() -> int:
    """Print a line a task; 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the other programs")
    parser.add_argument("--limit", type=float, default=120, help="seconds for a measurement")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        print(json.dumps(work(asked.worker)))
        return 0
    found = {task: measured(task, asked.python, asked.limit) for task in TASKS}
    for task, answer in found.items():
        if isinstance(answer, str):
            print(f"{task:14} {answer}")
            continue
        told = ", ".join(f"{key} {value}" for key, value in answer.items() if key != "seconds")
        print(f"{task:14} {answer['seconds']:8.3f} s   {told}")
    for theirs, ours in (("setqca", "one-by-one"), ("cora", "together")):
        pair = found[theirs], found[ours]
        if isinstance(pair[0], dict) and isinstance(pair[1], dict):
            print(
                f"{theirs} takes {pair[0]['seconds'] / pair[1]['seconds']:.1f} times as long as ours ({ours})"
            )
    slow = [task for task, answer in found.items() if task.startswith("cna") and _slow(answer)]
    print(f"goal {GOAL_SECONDS:g} s: {'missed by ' + ', '.join(slow) if slow else 'kept'}")
    return int(bool(slow))


def _slow(answer: dict[str, Any] | str) -> bool:
    return isinstance(answer, str) or answer["seconds"] > GOAL_SECONDS


if __name__ == "__main__":
    sys.exit(main())
