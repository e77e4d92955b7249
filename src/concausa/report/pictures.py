"""The pictures of a report, drawn by two processes at once: drawing is most of a report's time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from types import TracebackType

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
    jobs: Sequence[Job], *, tell: Callable[[str], object] | None = None, hands: int | None = None
) -> tuple[Picture, ...]:
    """The pictures in the order of the jobs, the same whoever draws them; see :class:`Studio`."""
    with Studio(hands=hands) as studio:
        studio.add(jobs)
        return studio.finish(tell=tell)


def draw_one(language: str, chart: Chart) -> Picture:
    """One picture, drawn here."""
    from concausa import draw
    from concausa.draw.raster import raster

    svg = draw.svg(chart, anchors=f"#{language}-")
    return Picture(language, chart.name, svg, raster(svg))


class Studio:
    """Draws charts as they come in: a second process starts at once, this one helps in the end.

    Parameters
    ----------
    system_fonts : bool
        Whether the charts hold scripts for which fonts of the system are needed.
    hands : int, optional
        1 to draw all here, 2 to let a second process help; by default 2 where there is more than
        one processor. What a process that cannot start or that fails leaves undone is drawn here.
    """

    def __init__(self, *, system_fonts: bool = False, hands: int | None = None) -> None:
        self._system_fonts = system_fonts
        self._waiting: deque[tuple[int, Job]] = deque()
        self._drawn: dict[int, Picture] = {}
        self._count = 0
        self._complete = False
        self._change = Condition()
        self._process = _second_hand(system_fonts) if (hands or min(2, os.cpu_count() or 1)) > 1 else None
        self._thread = Thread(target=self._serve, daemon=True) if self._process else None
        if self._thread:
            self._thread.start()

    def add(self, jobs: Iterable[Job]) -> None:
        """Put jobs in line."""
        with self._change:
            for job in jobs:
                self._waiting.append((self._count, job))
                self._count += 1
            self._change.notify()

    def finish(self, *, tell: Callable[[str], object] | None = None) -> tuple[Picture, ...]:
        """All pictures, in the order in which their jobs came.

        Parameters
        ----------
        tell : function, optional
            Called with a few words for each picture.
        """
        with self._change:
            self._complete = True
            self._change.notify()
        told = self._help(tell)
        if self._thread:
            self._thread.join()
            told |= self._help(tell)
        for number, picture in sorted(self._drawn.items()):
            if tell and number not in told:
                tell(f"{picture.name} ({picture.language})")
        return tuple(self._drawn[number] for number in range(self._count))

    def _help(self, tell: Callable[[str], object] | None) -> set[int]:
        """Draw here what waits, from the end of the line; the numbers of what was drawn."""
        from concausa.draw.fonts import drawer

        done: set[int] = set()
        drawer(system=self._system_fonts)
        while True:
            with self._change:
                if not self._waiting:
                    return done
                number, (language, chart) = self._waiting.pop()
            if tell:
                tell(f"{chart.name} ({language})")
            self._drawn[number] = draw_one(language, chart)
            done.add(number)

    def _serve(self) -> None:
        """Hand jobs to the second process, one by one from the front of the line."""
        assert self._process is not None
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._complete)
                if not self._waiting:
                    break
                number, job = self._waiting.popleft()
            try:
                pickle.dump(job, into)
                into.flush()
                self._drawn[number] = pickle.load(out)
            except (OSError, EOFError, pickle.UnpicklingError):
                with self._change:
                    self._waiting.appendleft((number, job))
                break
        with suppress(OSError):
            into.close()

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._change:
            self._waiting.clear()
            self._complete = True
            self._change.notify()
        if self._process:
            self._process.kill()
            self._process.wait()
        if self._thread:
            self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _second_hand(system_fonts: bool) -> subprocess.Popen[bytes] | None:
    """A second Python that draws; None if it cannot start.

    It imports from the places that this one imports from, and never from the working folder.
    """
    if not sys.executable:
        return None
    places = os.pathsep.join(place for place in sys.path if place)
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", f"from concausa.report.pictures import main; main({system_fonts})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places},
        )
    except OSError:
        return None


def main(system_fonts: bool) -> None:
    """What the second hand does: read jobs from standard input, write pictures to standard output."""
    from concausa.draw.fonts import drawer

    drawer(system=system_fonts)
    while True:
        try:
            language, chart = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(draw_one(language, chart), sys.stdout.buffer)
        sys.stdout.buffer.flush()
