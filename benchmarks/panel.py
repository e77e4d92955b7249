"""How long it takes to hold a solution against every unit and period of a large panel.

    python benchmarks/panel.py [UNITS PERIODS]

Goal: 200 units in 20 periods, 6 fuzzy conditions: fit of every term and single condition in all 220 clusters, the
solution of each cluster alone, and of all cases but each cluster, within 5 s on one core.
"""

from __future__ import annotations

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

GOAL_SECONDS = 5.0


def main(units: int = 200, periods: int = 20) -> int:
    import numpy as np

    from concausa.qca.panel.panel import panel

    rng = np.random.default_rng(1)
    n = units * periods
    frame: dict[str, list[object]] = {
        "unit": np.repeat([f"unit {number}" for number in range(units)], periods).tolist(),
        "period": list(range(periods)) * units,
        **{name: rng.random(n).round(2).tolist() for name in "ABCDEF"},
    }
    cause = np.maximum(np.minimum(frame["A"], frame["B"]), np.minimum(frame["C"], frame["D"]))
    frame["Y"] = np.clip(cause + rng.normal(0, 0.1, n), 0, 1).round(2).tolist()
    started = time.perf_counter()
    found = panel(
        frame,
        unit="unit",
        period="period",
        outcome="Y",
        conditions=list("ABCDEF"),
        necessary=True,
        consistency=0.85,
    )
    expressions = len(found.diagnoses)
    fitted = time.perf_counter()
    sides = sum(len(one.sides) + len(one.without) for one in found.side_by_side)
    seconds = time.perf_counter() - started
    print(f"{n:,} cases, {units + periods} clusters")
    print(f"  fit of {expressions} expressions {fitted - started:8.2f} s")
    print(f"  {sides} solutions        {seconds - (fitted - started):8.2f} s")
    print(f"  all                    {seconds:8.2f} s   goal {GOAL_SECONDS:g} s")
    return int(seconds > GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
