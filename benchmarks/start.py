"""How long starting takes, as a ratio to an empty interpreter: ``python benchmarks/start.py [RUNS]``.

Each command is run RUNS times (default 15), turn and turn about, each time in a fresh process; medians are
printed. A first round warms the disk and is not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIPSET = Path(__file__).resolve().parent.parent / "tests" / "gold" / "data" / "Lipset_cs.csv"
LIPSET_OPTIONS = ["--outcome", "SURVIVAL", "--conditions", "GNPCAP,URBANIZA,LITERACY,INDLAB,GOVSTAB"]
WHAT = {
    "empty interpreter": [sys.executable, "-c", "pass"],
    "import concausa": [sys.executable, "-c", "import concausa"],
    "concausa --help": [sys.executable, "-m", "concausa", "--help"],
    "concausa qca": [sys.executable, "-m", "concausa", "qca", str(LIPSET), *LIPSET_OPTIONS],
    "concausa show prosoft": [sys.executable, "-m", "concausa", "show", "prosoft"],
}
LIMITS = {"import concausa": 0.2, "concausa --help": 0.4, "concausa qca": 1.0}


def seconds(command: list[str]) -> float:
    """Wall time of one fresh process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(runs: int) -> dict[str, float]:
    """Median wall time of each command, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in WHAT}
    for turn in range(runs + 1):
        for name, command in WHAT.items():
            taken = seconds(command)
            if turn:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    """Print the medians; 1 if one is above its limit."""
    medians = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    empty = medians["empty interpreter"]
    for name, median in medians.items():
        limit = f"   limit {LIMITS[name]:.1f} s" if name in LIMITS else ""
        print(f"{name:24} {median:6.3f} s  {median / empty:6.1f} x empty{limit}")
    return int(any(medians[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
