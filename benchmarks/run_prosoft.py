"""Wall time and peak memory of ``concausa run prosoft``: ``python benchmarks/run_prosoft.py [RUNS]``.

Each run is a fresh process that writes to a fresh folder. The median time and the highest memory of RUNS
(default 5) are printed, after one run that warms the disk. Memory is the resident peak of the process, as
the system reports it (Linux and macOS).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_SECONDS, LIMIT_MEGABYTES = 8.0, 500.0


def run_once(folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one run."""
    command = [sys.executable, "-m", "concausa", "run", "prosoft", "-o", str(folder)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if status:
        raise SystemExit("concausa run prosoft failed")
    return taken, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Print time and memory; 1 if one is above its limit."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        measured = [run_once(Path(scratch) / str(turn)) for turn in range(runs + 1)][1:]
    wall = statistics.median(taken for taken, _ in measured)
    peak = max(memory for _, memory in measured)
    print(f"wall   {wall:6.2f} s    limit {LIMIT_SECONDS:.0f} s")
    print(f"memory {peak:6.0f} MB   limit {LIMIT_MEGABYTES:.0f} MB")
    return int(wall > LIMIT_SECONDS or peak > LIMIT_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
