"""The full robustness protocol: ``python benchmarks/robustness.py [--workers 2] [--cases 60] [--draws 1000]``.

Five raw columns of 60 cases with three anchors each, a fuzzy outcome that follows A*B + C*~D with noise, three
cut-offs: ranges of all 18 parameters, 20 test solutions, drop-one of every case and condition, 1,000 draws in which
every anchor and cut-off varies, 1,000 random outcomes. Through the public calls, as ``concausa robustness`` makes them.
The goal is 30 seconds on two cores.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.drops import drops
from concausa.qca.robustness.monte_carlo import monte_carlo
from concausa.qca.robustness.random_outcomes import random_outcomes
from concausa.qca.robustness.ranges import ranges
from concausa.qca.robustness.robustness_tests import robustness_tests
from concausa.qca.robustness.varying import Varying

LIMIT = 30.0
NAMES = list("ABCDE")


def study(cases: int, seed: int) -> Analysis:
    """Raw columns, anchors at their quantiles, an outcome with noise."""
    rng = np.random.default_rng(seed)
    raw = {name: np.round(rng.lognormal(3, 0.5, cases), 2) for name in NAMES}
    anchors = {name: np.quantile(values, [0.1, 0.5, 0.9]).round(1) + 0.05 for name, values in raw.items()}
    sets = {
        name: 1 / (1 + np.exp(-3 * (raw[name] - low_mid_high[1]) / (low_mid_high[2] - low_mid_high[1])))
        for name, low_mid_high in anchors.items()
    }
    follows = np.maximum(np.minimum(sets["A"], sets["B"]), np.minimum(sets["C"], 1 - sets["D"]))
    frame: dict[str, Any] = dict(raw)
    frame["Y"] = np.clip(follows + rng.normal(0, 0.12, cases), 0, 1).round(3)
    calibrations = {name: {"anchors": three.tolist()} for name, three in anchors.items()}
    return analysis(
        frame, outcome="Y", conditions=NAMES, calibrations=calibrations, pri=0.5, solution="parsimonious"
    )


def alternatives(first: Analysis, number: int) -> list[Analysis]:
    """Test solutions: cut-offs and crossovers a little higher and lower."""
    found = []
    for place in range(number):
        name = NAMES[place % len(NAMES)]
        three = first.calibrations[name].anchors.values
        share = (place // len(NAMES) + 1) * 0.05 * (-1) ** place
        middle = three[1] + share * (three[2] - three[0])
        changed = first.changed(
            anchors={(name, "crossover"): middle},
            consistency=0.75 + 0.01 * (place % 10),
            label=f"TS{place + 1}",
        )
        found.append(changed)
    return found


def varying(first: Analysis) -> list[Varying]:
    """Every anchor within a tenth of its column's spread, and the cut-offs."""
    found = [
        Varying(of="consistency", low=0.75, high=0.85),
        Varying(of="pri", low=0.4, high=0.6),
        Varying(of="frequency", low=1, high=2),
    ]
    for name in NAMES:
        three = first.calibrations[name].anchors.values
        for anchor, value in zip(("full-out", "crossover", "full-in"), three, strict=True):
            near = 0.1 * (three[2] - three[0])
            found.append(Varying(of=name, anchor=anchor, low=value - near, high=value + near))
    return found


def main() -> None:
    """Time every part and the whole."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    first = study(given.cases, given.seed)
    print(f"{first!r}: {' | '.join(first.formula)}")
    shared: dict[str, Any] = {"workers": given.workers}
    parts: dict[str, Callable[[], object]] = {
        "ranges": lambda: ranges(first, **shared),
        "tests": lambda: robustness_tests(first, alternatives(first, 20), **shared).data(),
        "drops": lambda: drops(first, **shared),
        "monte-carlo": lambda: monte_carlo(first, varying(first), draws=given.draws, **shared).data(),
        "null": lambda: random_outcomes(first, draws=given.draws, **shared),
    }
    whole = 0.0
    for name, part in parts.items():
        wall, own = time.perf_counter(), time.process_time()
        found = part()
        wall, own = time.perf_counter() - wall, time.process_time() - own
        whole += wall
        print(f"{name:12} {wall:6.2f} s wall, {own:6.2f} s of this process   {type(found).__name__}")
    verdict = "within" if whole <= LIMIT else "ABOVE"
    print(f"{'all':12} {whole:6.2f} s: {verdict} the {LIMIT:g} s that are the goal")


if __name__ == "__main__":
    main()
