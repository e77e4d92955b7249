"""The pictures of a report, drawn by two processes at once: drawing is most of a report's time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from concausa.core.chart import Chart

#: A chart to draw, and the code of the language of the page it will stand in.
Job = tuple[str, Chart]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as drawn: SVG with links into the page of its language, and PNG."""

    language: str
    name: str
    svg: str
    png: bytes


def draw_all(
    jobs: Sequence[Job],
    *,
    tell: Callable[[str], object] | None = None,
    meanwhile: Callable[[], object] | None = None,
    hands: int | None = None,
) -> tuple[Picture, ...]:
    """The pictures in the order of the jobs, the same whoever draws them.

    Parameters
    ----------
    tell : function, optional
        Called with a few words before each picture.
    meanwhile : function, optional
        Other work of this process, called while the second one starts.
    hands : int, optional
        1 to draw all here, 2 to let a second process draw half; by default 2 where there is more
        than one processor. If the second process cannot start or fails, its part is drawn here.
    """
    hands = hands or min(2, os.cpu_count() or 1)
    mine, others = (jobs[::2], jobs[1::2]) if hands > 1 and len(jobs) > 3 else (jobs, ())

    def here(part: Iterable[Job]) -> Iterator[Picture]:
        for language, chart in part:
            if tell:
                tell(f"{chart.name} ({language})")
            yield draw_one(language, chart)

    with _second_hand(others) as hand:
        if meanwhile:
            meanwhile()
        drawn = list(here(mine))
        theirs = hand.pictures(others) if hand else []
    for picture in theirs:
        if tell:
            tell(f"{picture.name} ({picture.language})")
    drawn += theirs
    drawn += here(others[len(theirs) :])
    order = {(language, chart.name): place for place, (language, chart) in enumerate(jobs)}
    return tuple(sorted(drawn, key=lambda picture: order[picture.language, picture.name]))


def draw_one(language: str, chart: Chart) -> Picture:
    """One picture, drawn here."""
    from concausa import draw
    from concausa.draw.raster import raster

    svg = draw.svg(chart, anchors=f"#{language}-")
    return Picture(language, chart.name, svg, raster(svg))


@dataclass(frozen=True, slots=True)
class _Hand:
    """A second Python that draws jobs into a file."""

    process: subprocess.Popen[bytes]
    drawn: IO[bytes]

    def pictures(self, jobs: Sequence[Job]) -> list[Picture]:
        """What it has drawn when it is done: all of it, or the first part if it broke off."""
        self.process.wait()
        self.drawn.seek(0)
        pictures: list[Picture] = []
        for _ in jobs:
            try:
                pictures.append(pickle.load(self.drawn))
            except (EOFError, pickle.UnpicklingError):
                break
        return pictures


@contextmanager
def _second_hand(jobs: Sequence[Job]) -> Iterator[_Hand | None]:
    """A second hand at work on the jobs; None if it is not needed or cannot start."""
    if not jobs or not sys.executable:
        yield None
        return
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    with TemporaryFile() as drawn:
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", "from concausa.report.pictures import main; main()"],
                stdin=subprocess.PIPE,
                stdout=drawn,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
        except OSError:
            yield None
            return
        try:
            _send(process, jobs)
            yield _Hand(process, drawn)
        finally:
            process.kill()
            process.wait()


def _send(process: subprocess.Popen[bytes], jobs: Sequence[Job]) -> None:
    """Give it its jobs; a process that has died already draws nothing, which shows later."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin:
        pickle.dump(list(jobs), process.stdin)


def main() -> None:
    """What the second hand does: read jobs from standard input, write pictures to standard output."""
    for language, chart in pickle.load(sys.stdin.buffer):
        pickle.dump(draw_one(language, chart), sys.stdout.buffer)
        sys.stdout.buffer.flush()
