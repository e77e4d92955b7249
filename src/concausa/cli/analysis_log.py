"""The file in which every analysis is logged: one line before it runs, one when it has ended."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concausa.core.errors import ConcausaError, DataError

if TYPE_CHECKING:
    from concausa.qca.robustness.log import AnalysisLog, Entry


@dataclass(slots=True)
class Outcome:
    """What the run that is being logged came to; filled before it ends."""

    result: dict[str, Any] = field(default_factory=dict)


@contextmanager
def logged(
    path: Path | None, *, what: str, key: str = "", settings: Mapping[str, Any] | None = None
) -> Iterator[Outcome]:
    """Log what happens inside: that it was begun, and how it ended.

    An error of the package is an end too, and is logged with its reason. Anything else, such as Ctrl+C or a
    computer that is switched off, leaves the run without an end: it was abandoned.

    Parameters
    ----------
    path : Path or None
        The log; it is made if it does not exist. None logs nothing.
    what : str
        What is run, such as ``qca``.
    key : str
        Digest of everything that decides the result.
    settings : mapping
        Plain JSON values by name. Never names of cases.
    """
    from concausa.qca.robustness.log import Entry, run_of

    outcome = Outcome()
    if path is None:
        yield outcome
        return
    run = run_of(append(path, Entry("begun", now(), what=what, key=key, settings=settings or {})))
    try:
        yield outcome
    except ConcausaError as error:
        append(path, Entry("failed", now(), run, result={"reason": error.what}))
        raise
    append(path, Entry("ended", now(), run, result=outcome.result))


def append(path: Path, entry: Entry) -> bytes:
    """Add one line to a log, whoever else writes to it at the same time, and give the line.

    A last line that was cut off stays as it is and is closed, so that the new one does not become part of it.
    """
    from concausa.qca.robustness.log import line_of
    from concausa.study.lock import locked

    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent), path.open("a+b") as file:
        file.seek(0)
        content = file.read()
        lines = content.splitlines()
        line = line_of(entry, lines[-1] if lines else b"")
        whole = not content or content.endswith((b"\n", b"\r"))
        file.write(line if whole else b"\n" + line)
        file.flush()
        os.fsync(file.fileno())
    return line


def shown(path: Path) -> AnalysisLog:
    """The log in a file.

    Raises
    ------
    DataError
        If there is no such file, or it is no log.
    """
    from concausa.qca.robustness.log import read_log

    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            "there is no log of analyses that can be read",
            where=str(path),
            fix="a log is begun with --log FILE, or beside a protocol by `concausa robustness`",
        ) from error
    return read_log(content)


def now() -> str:
    """The time as it stands in a log: seconds, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
