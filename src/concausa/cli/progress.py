"""Progress: a sign of life on standard error, on a terminal only, once a second has passed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 0.9
_LINE = 78


class Progress:
    """What is being done now, on one line that is rewritten and in the end removed.

    Calling it with a text, or with a text, a number done and a total, shows these. In a pipe it
    does nothing.
    """

    def __init__(self, doing: str) -> None:
        self._terminal = sys.stderr.isatty()
        self._doing = doing
        self._shown = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        if self._terminal:
            self._timer.start()

    def __call__(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Say what is done now; shown at once if patience has run out already."""
        from concausa.core.visible import one_line

        share = f" {done}/{total}" if total else ""
        with self._lock:
            self._doing = one_line(f"{doing}{share}")
            if self._shown:
                self._draw(self._doing)

    def close(self) -> None:
        """Remove the line."""
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._draw("")
                sys.stderr.write("\r")
                sys.stderr.flush()
                self._shown = False

    def _show(self) -> None:
        with self._lock:
            self._shown = True
            self._draw(self._doing)

    def _draw(self, text: str) -> None:
        sys.stderr.write("\r" + text[:_LINE].ljust(_LINE))
        sys.stderr.flush()


@contextmanager
def progress(doing: str) -> Iterator[Progress]:
    """Progress for as long as the block runs."""
    line = Progress(doing)
    try:
        yield line
    finally:
        line.close()
