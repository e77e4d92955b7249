"""A snapshot: the files of a study folder as they were together at one moment."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.journal import UNSAVED, current, fingerprint, pending
from concausa.study.schema import SETTINGS_FILE, TABLES

#: The files that a study is read from, by the order in which they are checked.
FILES = (SETTINGS_FILE, *(spec.file for spec in TABLES.values() if spec.home == "csv"))

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes by file name, and what in the folder is no part of a study.

    Parameters
    ----------
    files : mapping of str to bytes
        The files that are there.
    problems : tuple of Problem
        Files that cannot be read or that nobody reads.
    """

    folder: Path
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each file of a study; empty for one that is not there."""
        return {name: fingerprint(self.files.get(name)) for name in FILES}


def snapshot(folder: Path) -> Snapshot:
    """Read the files of a study folder; read again when somebody wrote meanwhile."""
    for attempt in range(_TRIES):
        before = _stamp(folder)
        taken = _read(folder)
        if _stamp(folder) == before:
            return taken
        time.sleep(0.01 * (attempt + 1))
    return taken


def _read(folder: Path) -> Snapshot:
    entries = pending(folder)
    files: dict[str, bytes] = {}
    problems = []
    for name in FILES:
        try:
            data = current(folder, name, entries)
        except OSError as error:
            what = f"{name} cannot be read: {error.strerror}"
            fix = "make it a file that you may read"
            problems.append(Problem(name, 0, "", "error", "unreadable-file", what, fix=fix))
            continue
        if data is not None:
            files[name] = data
    return Snapshot(folder, files, (*problems, *_strangers(folder)))


def _stamp(folder: Path) -> dict[str, tuple[int, int, int]]:
    stamp = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in FILES or entry.name.startswith("."):
                try:
                    status = os.stat(entry.path)
                except FileNotFoundError:
                    continue
                stamp[entry.name] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return stamp


def _strangers(folder: Path) -> list[Problem]:
    """Files that look like tables and are read by nobody; other files are the user's own business."""
    problems = []
    for name in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(name)
        if name in FILES or name.startswith((".", "~$")) or (folder / name).is_dir():
            continue
        if name.endswith(UNSAVED):
            what = f"a save was cut off and {stem} was changed before it could be finished"
            fix = f"compare {name} with {stem}, keep what you need, and delete {name}"
            problems.append(Problem(name, 0, "", "doubt", "unsaved-file", what, fix=fix))
            continue
        table = TABLES.get(stem.lower())
        if ending == ".csv":
            problems.append(_unknown_csv(name, stem))
        elif table is not None and ending.lower() in (
            ".csv",
            ".tsv",
            ".txt",
            ".xlsx",
            ".xls",
            ".ods",
            ".json",
        ):
            what = f"{name} is not read: the table {table.name} lives in {table.file}"
            fix = (
                f"save it as {table.file}"
                if table.home == "csv"
                else f"write [[{table.name}]] in {SETTINGS_FILE}"
            )
            problems.append(Problem(name, 0, "", "error", "unknown-file", what, name, (table.file,), fix))
        elif ending == ".toml":
            near = SETTINGS_FILE if nearest(name, [SETTINGS_FILE]) else ""
            if near:
                fix = f"did you mean {SETTINGS_FILE}?"
                what = f"{name} is not read"
                problems.append(
                    Problem(name, 0, "", "error", "unknown-file", what, name, (SETTINGS_FILE,), fix)
                )
    return problems


def _unknown_csv(name: str, stem: str) -> Problem:
    table = TABLES.get(stem)
    if table is not None:
        what = f"{name} is not read: {stem} lives in {SETTINGS_FILE}"
        return Problem(
            name,
            0,
            "",
            "error",
            "unknown-file",
            what,
            name,
            fix=f"write its rows as [[{stem}]] in {SETTINGS_FILE}",
        )
    tables = [spec.file for spec in TABLES.values() if spec.home == "csv"]
    near = nearest(name, tables)
    fix = f"did you mean {near}? " if near else ""
    fix += "Data of your own go into the folder data/"
    what = f"a study has no table {stem!r}"
    return Problem(name, 0, "", "error", "unknown-file", what, name, tuple(tables), fix)
