"""How fast causal models learn and answer: effective draws, CPU seconds, and queries without draws.

    python benchmarks/causal_models.py

Goals, on one core: X -> M -> Y with X -> Y on 1,000 cases, 4,000 effective draws in 2 s; a chain of five nodes in 1 s;
a node with four parents (65,536 types) updates at all. CPU time is told, so that other work on the machine counts
little.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

GOAL_MEDIATED, GOAL_CHAIN = 2.0, 1.0


def main() -> int:
    import numpy as np

    from concausa.tracing.causal.declare import causal_model

    rng = np.random.default_rng(3)

    def noisy(cause: np.ndarray, share: float) -> np.ndarray:
        return np.where(rng.random(len(cause)) < share, cause, rng.integers(0, 2, len(cause)))

    x = rng.integers(0, 2, 1000)
    m = noisy(x, 0.8)
    mediated = {"X": x, "M": m, "Y": noisy(x | m, 0.7)}
    model = causal_model("X -> M -> Y <- X")
    seconds, worth = [], []
    for seed in range(5):
        started = time.process_time()
        posterior = model.update(mediated, seed=seed)
        answer = posterior.query("Y[X=1] > Y[X=0]", "X==1 & Y==1", level="population")
        seconds.append(time.process_time() - started)
        worth.append(answer.effective)
    told = statistics.median(seconds)
    each = statistics.median(s / w for s, w in zip(seconds, worth, strict=True)) * 4000
    print(
        f"X -> M -> Y, X -> Y, 1,000 cases: {told:.2f} s, {statistics.median(worth):,.0f} effective draws of the query"
    )
    print(f"  4,000 effective draws in {each:.2f} s (goal {GOAL_MEDIATED:.0f} s)")

    links = [x]
    for _ in range(4):
        links.append(noisy(links[-1], 0.7))
    chain = causal_model("A -> B -> C -> D -> E")
    started = time.process_time()
    found = chain.update(dict(zip("ABCDE", links, strict=True)))
    chained = time.process_time() - started
    print(f"chain of five: {chained:.2f} s, {found.effective:,.0f} effective draws (goal {GOAL_CHAIN:.0f} s)")

    wide = causal_model("A -> Y; B -> Y; C -> Y; D -> Y")
    started = time.process_time()
    exact = wide.query("Y[A=1] > Y[A=0]", "A==1 & Y==1 & B==0")
    print(f"four parents, exact query of 65,536 types: {time.process_time() - started:.2f} s, {exact.exact}")
    started = time.process_time()
    found = wide.update(dict(zip("ABCDY", links, strict=True)), draws=400)
    print(
        f"four parents, 1,000 cases: {time.process_time() - started:.1f} s, {found.effective:,.0f} effective draws"
    )

    deep = causal_model("; ".join(f"N{i} -> N{i + 1}" for i in range(30)))
    started = time.process_time()
    deep.query("N30[N0=1] > N30[N0=0]", "N15==1")
    print(f"chain of 31 nodes (4^30 causal types), exact query: {time.process_time() - started:.2f} s")
    return int(each > GOAL_MEDIATED or chained > GOAL_CHAIN)


if __name__ == "__main__":
    sys.exit(main())
