"""How long work with expressions takes: ``python benchmarks/expressions.py [RUNS]``.

Medians of RUNS (default 5) for random expressions of a fixed seed: read, factor, simplify, compare.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable

from concausa.expr.algebra import equivalent, negate, simplify, terms
from concausa.expr.boolean import parse
from concausa.expr.factoring import factor


def drawn(number: int, conditions: int, asked: int) -> str:
    """A random disjunction of *number* conjunctions that each ask *asked* of some conditions."""
    rng = random.Random(0)
    return " + ".join(
        "*".join(f"{rng.choice(['', '~'])}C{place:02}" for place in rng.sample(range(conditions), asked))
        for _ in range(number)
    )


def cases() -> dict[str, Callable[[], object]]:
    """What is measured."""
    long, twelve, rows, thirty = drawn(200, 20, 6), drawn(20, 12, 4), drawn(500, 12, 12), drawn(15, 30, 5)
    return {
        "read 200 terms": lambda: parse(long),
        "factor 200 terms of 20 conditions": lambda: factor(long),
        "simplify 20 terms of 12 conditions": lambda: simplify(twelve),
        "simplify 500 rows of 12 conditions": lambda: simplify(rows),
        "simplify 15 terms of 30 conditions": lambda: simplify(thirty),
        "compare 12 conditions with their double negation": lambda: equivalent(
            twelve, negate(negate(twelve))
        ),
    }


def main(runs: int) -> None:
    """Print a line for each."""
    for name, work in cases().items():
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            result = work()
            times.append(time.perf_counter() - start)
        size = f"{len(terms(result))} terms" if not isinstance(result, bool) else str(result)
        print(f"{statistics.median(times) * 1000:9.1f} ms  {name} → {size}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
