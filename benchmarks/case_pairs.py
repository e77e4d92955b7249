"""How long the choice of cases and pairs after an analysis takes.

    python benchmarks/case_pairs.py [CASES TERMS CONJUNCTS]

Goal: every single case and every pair of 200 cases after a model of 6 terms of 3 conjuncts within 1 s on one core.
"""

from __future__ import annotations

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

GOAL_SECONDS = 1.0


def main(cases: int = 200, terms: int = 6, conjuncts: int = 3) -> int:
    import numpy as np

    from concausa.selection.case_studies import case_studies
    from concausa.selection.sufficient_terms import sufficient_terms

    rng = np.random.default_rng(7)
    ground = sufficient_terms(
        {
            f"t{term}": {f"t{term}.{part}": rng.random(cases).round(2).tolist() for part in range(conjuncts)}
            for term in range(terms)
        },
        rng.random(cases).round(2).tolist(),
    )
    started = time.perf_counter()
    found = case_studies(ground)
    seconds = time.perf_counter() - started
    pairs = sum(group.n for group in found.pairs)
    print(
        f"{len(found.singles):,} single cases and {pairs:,} pairs: {seconds:.2f} s   goal {GOAL_SECONDS:g} s"
    )
    return int(seconds > GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
