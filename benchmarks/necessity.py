"""How long a search for necessary expressions takes: ``python benchmarks/necessity.py [RUNS]``.

Medians of RUNS (default 5) for random memberships of a fixed seed, conjunctions and disjunctions together,
rows included. Peak memory is that of the whole process.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time

import numpy as np

from concausa.qca.necessity import necessity


def drawn(cases: int, conditions: int) -> tuple[dict[str, list[float]], list[str]]:
    """Random memberships in hundredths."""
    rng = np.random.default_rng(0)
    names = [f"C{place:02}" for place in range(conditions)]
    return {name: (rng.integers(0, 101, cases) / 100).tolist() for name in [*names, "Y"]}, names


def main(runs: int) -> None:
    """Print a line for each."""
    print("cases  conditions  depth  tested      necessary  seconds")
    for cases, conditions, depth in [
        (18, 5, 1),
        (60, 10, 3),
        (60, 10, 4),
        (60, 20, 3),
        (60, 20, 4),
        (60, 64, 3),
    ]:
        frame, names = drawn(cases, conditions)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            found = necessity(frame, outcome="Y", conditions=names, depth=depth, consistency=0.95)
            necessary = len(found.necessary)
            times.append(time.perf_counter() - start)
        took = statistics.median(times)
        print(f"{cases:5}  {conditions:10}  {depth:5}  {found.tested:10,}  {necessary:9,}  {took:7.4f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
