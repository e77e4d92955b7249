"""Prime implicants and minimum models of random tables: ``python benchmarks/primes.py [RUNS] [--peers PYTHON]``.

Each case is a table of distinct random rows, some positive, some negative. Each engine runs it in a process
of its own, on one thread, RUNS times (default 5); the median and the peak memory of the process are printed.
The first block asks for all prime implicants, the second for all minimum models too (counted; at most
10,000 listed). setqca and pyqca run beside where they are installed for PYTHON (default: this interpreter),
for what they can do within LIMIT seconds. setqca lists at most 256 models; pyqca gives a solution, not all
of them, and no prime implicants.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

LIMIT = 30
SEEDS = (0, 1, 2)
PRIMES = [
    (5, 8, 8),
    (8, 20, 20),
    (15, 100, 100),
    (20, 40, 40),
    (20, 100, 100),
    (25, 40, 40),
    (25, 100, 100),
    (30, 20, 20),
]
MODELS = [(5, 8, 8), (8, 20, 20), (12, 30, 30), (16, 6, 6), (16, 40, 40)]
SOURCES = str(Path(__file__).resolve().parents[1] / "src")


def table(k: int, positive: int, negative: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct random rows, split."""
    rng = np.random.default_rng(seed)
    rows: dict[tuple[int, ...], None] = {}
    while len(rows) < positive + negative:
        rows[tuple(rng.integers(0, 2, k).tolist())] = None
    points = np.array(list(rows), dtype=np.int8)
    return points[:positive], points[positive:]


def ours_primes(on: np.ndarray, off: np.ndarray) -> str:
    from concausa._kernels.primes import prime_implicants

    found = prime_implicants(on, off, (2,) * on.shape[1])
    return f"{len(found.cubes):,}" + ("" if found.complete else " or more")


def ours_models(on: np.ndarray, off: np.ndarray) -> str:
    from concausa._kernels.covers import minimum_covers
    from concausa._kernels.cubes import covers
    from concausa._kernels.primes import prime_implicants

    found = minimum_covers(covers(prime_implicants(on, off, (2,) * on.shape[1]).cubes, on))
    size = f"{found.size}" if found.size == found.lower else f"{found.lower} to {found.size}"
    return f"{found.count:,}" + ("" if found.exact else " or more") + f" of {size} terms"


def setqca_sets(on: np.ndarray, off: np.ndarray) -> tuple[set[int], set[int], int]:
    weights = 1 << np.arange(on.shape[1])[::-1]
    inside, outside = set((on @ weights).tolist()), set((off @ weights).tolist())
    return inside, set(range(1 << on.shape[1])) - inside - outside, on.shape[1]


def setqca_primes(on: np.ndarray, off: np.ndarray) -> str:
    from setqca.minimize.qmc import prime_implicants

    return f"{len(prime_implicants(*setqca_sets(on, off))):,}"


def setqca_models(on: np.ndarray, off: np.ndarray) -> str:
    import setqca

    inside, free, width = setqca_sets(on, off)
    return f"{len(setqca.minimize(inside, dont_cares=free, width=width)):,} listed"


def pyqca_models(on: np.ndarray, off: np.ndarray) -> str:
    import pandas as pd

    import qca

    names = [f"C{i}" for i in range(on.shape[1])]
    frame = pd.DataFrame(np.concatenate([on, off]).astype(int), columns=names)
    frame["Y"] = [1] * len(on) + [0] * len(off)
    qca.CSQCA(frame, "Y", names).fit()
    return "1 listed"


ENGINES: dict[str, Callable[[np.ndarray, np.ndarray], str]] = {
    "ours_primes": ours_primes,
    "ours_models": ours_models,
    "setqca_primes": setqca_primes,
    "setqca_models": setqca_models,
    "pyqca_models": pyqca_models,
}


def one(engine: str, k: int, positive: int, negative: int, runs: int) -> None:
    """Run one engine in this process and print what it took, as JSON."""
    on, off = table(k, positive, negative, 99)
    try:
        ENGINES[engine](on[:2], off[:2])
    except ImportError:
        print(json.dumps({"missing": True}))
        return
    times, answers = [], []
    for seed in SEEDS:
        on, off = table(k, positive, negative, seed)
        for _ in range(runs):
            start = time.perf_counter()
            answer = ENGINES[engine](on, off)
            times.append(time.perf_counter() - start)
        answers.append(answer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": statistics.median(times), "peak": peak, "answers": answers}))


def measure(python: str, engine: str, case: tuple[int, int, int], runs: int) -> str:
    """One engine on one case, as it is printed."""
    limit = LIMIT * (10 if engine.startswith("ours") else 1)
    command = [python, __file__, "--one", engine, *map(str, case), str(runs)]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, **threads}
    if engine.startswith("ours"):
        environment["PYTHONPATH"] = SOURCES
    try:
        ran = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=limit, env=environment
        )
    except subprocess.TimeoutExpired:
        return f"over {limit} s for {len(SEEDS) * runs} runs"
    if ran.returncode:
        return "failed: " + (ran.stderr.strip().splitlines() or ["no message"])[-1][:80]
    result: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    if "missing" in result:
        return "not installed"
    seconds = result["seconds"]
    taken = (
        f"{1e6 * seconds:.0f} µs"
        if seconds < 1e-3
        else f"{1e3 * seconds:.1f} ms"
        if seconds < 1
        else f"{seconds:.2f} s"
    )
    return f"{taken:>9}  {result['peak']:>4} MB  " + "; ".join(result["answers"])


def main(runs: int, peers: str) -> None:
    """Both blocks."""
    for title, cases, engines in (
        ("All prime implicants (their numbers in three tables)", PRIMES, ["ours_primes", "setqca_primes"]),
        (
            "All minimum models (their numbers in three tables)",
            MODELS,
            ["ours_models", "setqca_models", "pyqca_models"],
        ),
    ):
        print(f"\n{title}\n")
        for case in cases:
            for engine in engines:
                ours = engine.startswith("ours")
                result = measure(sys.executable if ours else peers, engine, case, runs if ours else 1)
                name = "concausa" if ours else engine.split("_")[0]
                print(f"k={case[0]:<3} {case[1]:>3} + {case[2]:<3}  {name:<9} {result}", flush=True)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        one(words[1], *(int(word) for word in words[2:6]))
    else:
        others = words[words.index("--peers") + 1] if "--peers" in words else sys.executable
        main(int(words[0]) if words and words[0].isdigit() else 5, others)
