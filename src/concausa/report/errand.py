"""An errand: what takes long is worked out by a process of its own while the rest of a report is made."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Generic, TypeVar

What = TypeVar("What")
Found = TypeVar("Found")


class Errand(Generic[What, Found]):
    """A function of one value, begun at once by a second Python; the same result whoever works it out.

    Parameters
    ----------
    do : function
        Of a module, so that the second Python finds it by its name.
    what : object
        What it is given.
    hands : int, optional
        1 to do all here, when it is asked for; by default 2 where there is more than one processor. What a process
        that cannot start or that fails leaves undone is done here.
    """

    def __init__(self, do: Callable[[What], Found], what: What, *, hands: int | None = None) -> None:
        self.do, self.what = do, what
        self._found: list[Found] = []
        self._process = _second_hand() if (hands or min(2, os.cpu_count() or 1)) > 1 else None
        self._thread = Thread(target=self._ask, daemon=True) if self._process else None
        if self._thread:
            self._thread.start()

    def done(self) -> Found:
        """What the function gives, as soon as it is there."""
        if self._thread:
            self._thread.join()
        if not self._found:
            self._found.append(self.do(self.what))
        return self._found[0]

    def _ask(self) -> None:
        assert self._process is not None
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        with suppress(OSError, EOFError, pickle.PickleError):
            pickle.dump((self.do, self.what), into)
            into.close()
            self._found.append(pickle.load(out))

    def __enter__(self) -> Errand[What, Found]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
        if self._thread:
            self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _second_hand() -> subprocess.Popen[bytes] | None:
    """A second Python; None if it cannot start.

    It imports from the places that this one imports from, and never from the working folder.
    """
    if not sys.executable:
        return None
    places = os.pathsep.join(place for place in sys.path if place)
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", "from concausa.report.errand import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places},
        )
    except OSError:
        return None


def main() -> None:
    """What the second Python does: read a function and its value from standard input, write what it gives."""
    do, what = pickle.load(sys.stdin.buffer)
    pickle.dump(do(what), sys.stdout.buffer)
    sys.stdout.buffer.flush()
