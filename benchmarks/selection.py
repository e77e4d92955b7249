"""How long all pairs over many sets of covariates take, for each distance.

    python benchmarks/selection.py [UNITS COVARIATES SUBSETS]

Goal: the 496 pairs of 32 units by 20 covariates over 1,000 sets of covariates within 10 s on one core, for all four
distances together, ranks included.
"""

from __future__ import annotations

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

GOAL_SECONDS = 10.0


def main(units: int = 32, covariates: int = 20, subsets: int = 1000) -> int:
    import numpy as np

    from concausa.selection.candidates import candidates
    from concausa.selection.metric import DISTANCES
    from concausa.selection.sensitivity import sensitivity

    rng = np.random.default_rng(1)
    names = [f"x{at}" for at in range(covariates)]
    frame = {name: rng.normal(size=units).tolist() for name in names}
    states = candidates(frame, covariates=names)
    total = 0.0
    print(f"{units * (units - 1) // 2} pairs of {units} units, {covariates} covariates, {subsets} sets")
    for distance in DISTANCES:
        started = time.perf_counter()
        found = sensitivity(
            states, "1", "2", distances=[distance], bound=0, draws=subsets, singular="generalised"
        )
        seconds = time.perf_counter() - started
        total += seconds
        print(f"  {distance:12} {seconds:7.2f} s   rank {found.ranks[0].whole}")
    print(f"  {'all':12} {total:7.2f} s   goal {GOAL_SECONDS:g} s")
    return int(total > GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
