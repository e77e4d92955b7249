"""Atomic writing: after a power cut a file is the old one or the new one, never a torn one.

The bytes go to a temporary file in the same folder, are forced to the disk, and take the place of
the old file in one step, which the operating system makes whole or not at all; then the folder
itself is forced to the disk. What a dead process leaves behind is swept away by the next write.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from pathlib import Path

_TEMPORARY = re.compile(r"\.(?P<name>.+)\.(?P<pid>[0-9]+)-[0-9a-f]{12}\.concausa-tmp")

_DAY = 24 * 60 * 60


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all; folders above it must exist.

    A symbolic link is followed: the file that it leads to is replaced, the link stays. The
    permissions of an older file are kept.

    Raises
    ------
    OSError
        If the disk or the permissions do not allow it; the old file then stands untouched.
    """
    target = Path(os.path.realpath(path))
    sweep(target.parent, target.name)
    staged = stage(target, data)
    try:
        os.replace(staged, target)
    except BaseException:
        discard(staged)
        raise
    sync_folder(target.parent)


def stage(target: Path, data: bytes) -> Path:
    """Write the bytes to a temporary file beside *target* and force them to the disk."""
    staged = target.parent / f".{target.name}.{os.getpid()}-{secrets.token_hex(6)}.concausa-tmp"
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if target.exists():
                os.chmod(staged, target.stat().st_mode & 0o7777)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        discard(staged)
        raise
    return staged


def staged_for(name: str) -> str:
    """The name of the file that a temporary file of that name is meant for; empty for any other name."""
    found = _TEMPORARY.fullmatch(name)
    return found["name"] if found else ""


def discard(path: Path) -> None:
    """Delete a file that may already be gone."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, name: str | None = None) -> None:
    """Delete temporary files of processes that are no more: those of one file, or all in the folder."""
    try:
        entries = os.listdir(folder)
    except OSError:
        return
    for entry in entries:
        found = _TEMPORARY.fullmatch(entry)
        if found and name in (None, found["name"]) and _left(folder / entry, int(found["pid"])):
            discard(folder / entry)


def _left(path: Path, pid: int) -> bool:
    """Whether the process that wrote a temporary file is gone; where it cannot be asked, after a day."""
    if os.name == "posix":
        return not _alive(pid)
    try:
        return time.time() - path.stat().st_mtime > _DAY
    except OSError:
        return False


def _alive(pid: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
