"""One writer at a time: a lock that the operating system takes back when its holder dies.

The lock is held on the file ``.concausa.lock`` through ``flock`` (or its counterpart on Windows),
not by the mere existence of that file. So a file left over from a killed process locks nobody out.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from concausa.core.errors import SaveError

LOCK_FILE = ".concausa.lock"

#: What a system says when somebody else holds the lock.
_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)


@contextlib.contextmanager
def locked(folder: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold the folder for writing.

    Parameters
    ----------
    wait : float
        Seconds to wait for another writer before giving up.

    Raises
    ------
    SaveError
        If another process still holds it after that time, or the folder cannot be locked at all.
    """
    path = folder / LOCK_FILE
    deadline = time.monotonic() + wait
    handle = _acquire(path)
    while handle is None:
        if time.monotonic() >= deadline:
            raise SaveError(
                "another process is saving this study",
                where=str(folder),
                fix="wait until it has finished and save again; nothing was written",
            )
        time.sleep(0.02)
        handle = _acquire(path)
    try:
        yield
    finally:
        try:
            if os.name == "posix":
                with contextlib.suppress(OSError):
                    os.unlink(path)
        finally:
            os.close(handle)


def _acquire(path: Path) -> int | None:
    """A handle that holds the lock, or None while somebody else does."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(handle)
        # The holder before us may have deleted the file between our opening and locking it.
        if os.name != "posix" or _still_there(handle, path):
            return handle
    except OSError as error:
        if error.errno not in _HELD:
            os.close(handle)
            raise SaveError(
                f"the study's folder cannot be locked: {error.strerror or error}",
                where=str(path),
                fix="save to a folder on a disk of this computer; nothing was written",
            ) from error
    os.close(handle)
    return None


def _still_there(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
