"""Several files as one: a save that was cut off is finished from its journal, not left half done.

All new files are first staged beside the old ones. Then the journal ``.concausa-save.json`` names
them: from that moment the save counts as made. Only then does each take its place, and the journal
goes. Whoever reads a folder with a journal reads the staged files; whoever saves next finishes it.
A file that somebody changed in between is never overwritten: the staged one stays beside it as
``NAME.unsaved``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from concausa.core.errors import StudyError
from concausa.study.atomic import discard, stage, staged_for, sweep, sync_folder, write_bytes

JOURNAL = ".concausa-save.json"
UNSAVED = ".unsaved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a save: its name, its staged bytes, and what it was before and will be after."""

    name: str
    staged: str
    old: str
    new: str


def fingerprint(data: bytes | None) -> str:
    """SHA-256 of a file's bytes; empty when there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of a folder so that after a power cut all are old or all are new.

    Parameters
    ----------
    files : mapping of str to bytes
        New bytes by path relative to the folder; folders in between are made.

    Raises
    ------
    OSError
        If the disk or the permissions do not allow it.
    """
    if not files:
        return
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    if len(files) == 1:
        ((name, data),) = files.items()
        write_bytes(folder / name, data)
        return
    staged: list[Path] = []
    entries: list[Entry] = []
    try:
        for name, data in files.items():
            target = Path(os.path.realpath(folder / name))
            temporary = stage(target, data)
            staged.append(temporary)
            relative = os.path.relpath(temporary, os.path.realpath(folder))
            entries.append(Entry(name, relative, fingerprint(_bytes(target)), fingerprint(data)))
        _sync_folders(folder, entries)
        text = json.dumps(
            [{key: getattr(entry, key) for key in Entry.__slots__} for entry in entries], indent=1
        )
        write_bytes(folder / JOURNAL, text.encode())
    except BaseException:
        # A journal that did reach the disk has made the save; its staged files must stay.
        if _bytes(folder / JOURNAL) is None:
            for temporary in staged:
                discard(temporary)
        raise
    finish(folder)


def finish(folder: Path) -> None:
    """Finish what a journal says, if there is one, and sweep away what dead processes left.

    Raises
    ------
    StudyError
        If no save of this package can have written that journal; nothing is touched then.
    """
    entries = pending(folder)
    for entry in entries:
        staged = folder / entry.staged
        target = Path(os.path.realpath(folder / entry.name))
        if not staged.exists():
            continue
        now = fingerprint(_bytes(target))
        if now == entry.old:
            os.replace(staged, target)
        elif now == entry.new:
            discard(staged)
        else:
            os.replace(staged, target.with_name(target.name + UNSAVED))
    if entries:
        _sync_folders(folder, entries)
        os.unlink(folder / JOURNAL)
        sync_folder(folder)
    sweep(folder)


def pending(folder: Path) -> tuple[Entry, ...]:
    """The files of a save that was cut off after it was made; empty when there is none.

    A journal comes with the folder, from whoever made it. So it may name only files in the folder,
    and for each only a temporary file of our own pattern that lies beside it.

    Raises
    ------
    StudyError
        If the journal cannot be read, or names anything else.
    """
    data = _bytes(folder / JOURNAL)
    if data is None:
        return ()
    try:
        entries = tuple(Entry(**entry) for entry in json.loads(data))
        sound = all(isinstance(getattr(entry, key), str) for entry in entries for key in Entry.__slots__)
    except (ValueError, TypeError, RecursionError):
        raise _refused(folder, "the journal of a save cannot be read") from None
    if not sound or not all(_ours(folder, entry) for entry in entries):
        raise _refused(folder, "the journal of a save names files that no save of this study wrote")
    return entries


def _refused(folder: Path, what: str) -> StudyError:
    return StudyError(
        what,
        where=str(folder / JOURNAL),
        fix="compare the files .NAME.….concausa-tmp beside the tables, if there are any, with the tables, "
        f"keep what you need, and delete {JOURNAL}; nothing was read or written",
    )


def _ours(folder: Path, entry: Entry) -> bool:
    """Whether an entry means a file in the folder and a temporary file that a save put beside it."""
    parts = entry.name.replace("\\", "/").split("/")
    if any(part in ("", ".", "..") or ":" in part or "\0" in part for part in parts) or "\0" in entry.staged:
        return False
    target = Path(os.path.realpath(folder / entry.name))
    staged = folder / entry.staged
    return (
        staged_for(staged.name) == target.name
        and Path(os.path.realpath(staged.parent)) == target.parent
        and not staged.is_symlink()
    )


def current(folder: Path, name: str, entries: tuple[Entry, ...]) -> bytes | None:
    """The bytes of a file as the journal has it; None when there is no such file."""
    for entry in entries:
        if entry.name == name:
            staged = _bytes(folder / entry.staged)
            standing = _bytes(folder / name)
            return staged if staged is not None and fingerprint(standing) == entry.old else standing
    return _bytes(folder / name)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _sync_folders(folder: Path, entries: list[Entry] | tuple[Entry, ...]) -> None:
    for parent in {Path(os.path.realpath(folder / entry.name)).parent for entry in entries}:
        sync_folder(parent)
