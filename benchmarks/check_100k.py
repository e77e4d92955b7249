"""How long `check` takes and how much memory it needs as a study's evidence grows.

    python benchmarks/check_100k.py [ROWS ...]

Each size runs in a fresh process on a study made for it. Goals: 100,000 rows under 5 s, and memory
that grows in line with the rows.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (25_000, 50_000, 100_000)
GOAL_SECONDS = 5.0

MEASURE = """
import resource, sys, time
started = time.perf_counter()
from concausa.study.checker import check
problems = check(sys.argv[1])
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))
errors = sum(problem.severity == "error" for problem in problems)
print(seconds, peak, errors, len(problems) - errors)
"""


def make_study(folder: Path, rows: int) -> None:
    """The example study with *rows* passages, a fiftieth as many sources and a twentieth as many codings."""
    from concausa.study.scaffold import new
    from concausa.study.schema import TABLES

    new(folder)
    sources = max(1, rows // 50)

    def append(table: str, records: list[dict[str, str]]) -> None:
        with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[table].columns, restval="", lineterminator="\n")
            writer.writerows(records)

    append(
        "sources",
        [
            {
                "id": f"S{n}",
                "kind": "newspaper",
                "access": "open",
                "date": f"{2001 + n % 9}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            }
            for n in range(sources)
        ],
    )
    append(
        "evidence",
        [
            {
                "id": f"P{n}",
                "unit": ("NOR", "SUR")[n % 2],
                "period": "1" if n % 9 < 5 else "2",
                "date": f"{2001 + n % 9}-{1 + n % 12:02d}",
                "about": ("GOV; GOV.budget", "ADM", "COOP; COOP.members", "UP")[n % 4],
                "direction": ("high", "low", "mixed")[n % 3],
                "supports": "M1; K-joint" if n % 5 == 0 else "",
                "found": "found",
                "summary": f"Passage {n}: what the source says, with a comma,\nand a second line.",
                "source": f"S{n % sources}",
                "locator": f"p. {n % 300}",
                "section": "Norvale" if n % 2 == 0 else "Surmar",
                "footnotes": f"{n % 90}; {n % 90 + 1}",
            }
            for n in range(rows)
        ],
    )
    append(
        "codings",
        [
            {
                "id": f"D{n}",
                "unit": "NOR",
                "period": "1",
                "condition": "GOV",
                "level": "high",
                "coder": f"coder {n % 7}",
                "place": "coder",
                "evidence": f"P{n}; P{n + 1}",
            }
            for n in range(rows // 20)
        ],
    )


def main(sizes: list[int]) -> int:
    slow = False
    print(f"{'rows':>8}  {'seconds':>8}  {'peak MB':>8}  {'kB/row':>7}  errors  doubts")
    empty = 0.0
    for rows in [0, *sizes]:
        with tempfile.TemporaryDirectory() as parent:
            study = Path(parent) / "study"
            make_study(study, rows)
            run = subprocess.run(
                [sys.executable, "-c", MEASURE, str(study)], capture_output=True, text=True, check=True
            )
        seconds, peak, errors, doubts = run.stdout.split()
        empty = empty or float(peak)
        each = (float(peak) - empty) * 1024 / rows if rows else 0.0
        print(
            f"{rows:>8}  {float(seconds):>8.2f}  {float(peak):>8.0f}  {each:>7.2f}  {errors:>6}  {doubts:>6}"
        )
        slow = slow or (rows <= 100_000 and float(seconds) > GOAL_SECONDS)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
