"""Saving a study: to its folder or workbook, without losing anybody's work.

What happens to files that are not tables: saved in place, a folder keeps its ``data/`` and
``protected/`` untouched. Saved elsewhere, both are copied along, beside a workbook as well as into
a folder; a file that stands there with other bytes is never overwritten.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concausa.core.errors import SaveError
from concausa.core.nearest import nearest
from concausa.study.cells import table_cells
from concausa.study.checker import Checked, check_folder
from concausa.study.completeness import FileReader
from concausa.study.folder import bundled_folder
from concausa.study.journal import JOURNAL, fingerprint, finish, write_files
from concausa.study.lock import locked
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TABLES
from concausa.study.snapshot import FILES, Snapshot, snapshot
from concausa.study.study import Origin, Study
from concausa.study.table_writer import write_table
from concausa.study.toml_writer import write_settings

#: Folders beside the tables that go along when a study is saved elsewhere.
COMPANIONS = ("data", "protected")


def save(study: Study, path: str | Path | None = None) -> Study:
    """Write a study; to where it was read from unless told otherwise.

    Parameters
    ----------
    path : str or Path, optional
        A folder, or a file that ends in ``.xlsx``.

    Returns
    -------
    Study
        The same study, which knows where and as what it stands now: go on with this one.

    Raises
    ------
    SaveError
        If the files are no longer what they were when the study was read; if another study stands
        there; if what would be written could not be read again. Nothing is written then.
    """
    target = Path(path) if path is not None else study.origin.path
    if target is None:
        raise SaveError(
            "this study was not read from anywhere", fix='say where to save it: study.save("my-study")'
        )
    if target.suffix.lower() == ".xlsx":
        from concausa.study.workbook import save_workbook

        return save_workbook(study, target)
    if (
        target.suffix
        and not target.is_dir()
        and nearest(target.suffix, [".xlsx", ".xls", ".ods", ".csv", ".toml"])
    ):
        raise SaveError(
            f"a study is not saved as {target.suffix}",
            where=str(target),
            fix="name a folder or an .xlsx file",
        )
    return _save_folder(study, target)


def rows_of(study: Study, name: str) -> tuple[Any, ...]:
    """The rows of a table, ``study`` included."""
    return (study.settings,) if name == SETTINGS.name else study.rows(name)


def _save_folder(study: Study, folder: Path) -> Study:
    home = same_place(study.origin.path, folder)
    if home and _unchanged(study, folder):
        return study
    if bundled_folder(folder):
        raise SaveError(
            "a study that comes with the package is not written over",
            where=str(folder),
            fix=f'save it as your own: study.save("my-{folder.name}")',
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            finish(folder)
            standing = snapshot(folder)
            base = standing.files if home else _base(study)
            files = _files(study, base)
            _refuse_conflict(study, standing, files, home=home)
            if not home:
                files |= companions(study, folder)
            tables = {name: files[name] for name in FILES if name in files}
            verify(study, check_folder(Snapshot(folder, tables), _beside(folder, files)), str(folder))
            write_files(
                folder, {name: data for name, data in files.items() if standing.files.get(name) != data}
            )
            written = {name: fingerprint(files.get(name)) for name in FILES}
    except OSError as error:
        raise unwritable(error, folder) from error
    return dataclasses.replace(study, origin=Origin(folder, written, study.origin.lines if home else {}))


def _beside(folder: Path, files: Mapping[str, bytes]) -> FileReader:
    def read_beside(name: str) -> bytes | None:
        if name in files:
            return files[name]
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return read_beside


def _unchanged(study: Study, folder: Path) -> bool:
    """Whether the folder already says exactly this; then nothing is touched, not even a lock."""
    if not folder.is_dir():
        return False
    standing = snapshot(folder)
    return standing.fingerprints == dict(study.origin.fingerprints) and all(
        standing.files.get(name) == data for name, data in _files(study, standing.files).items()
    )


def _base(study: Study) -> Mapping[str, bytes]:
    """The files whose comments and layout a copy inherits: those of the folder the study came from."""
    origin = study.origin.path
    if origin is None or not origin.is_dir():
        return {}
    taken = snapshot(origin)
    return taken.files if taken.fingerprints == dict(study.origin.fingerprints) else {}


def _files(study: Study, base: Mapping[str, bytes]) -> dict[str, bytes]:
    homes = {name: rows_of(study, name) for name in (SETTINGS.name, *TABLES)}
    files = {SETTINGS_FILE: write_settings(homes, base.get(SETTINGS_FILE))}
    for name, spec in TABLES.items():
        if spec.home == "csv":
            data = write_table(spec, homes[name], base.get(spec.file))
            if data is not None:
                files[spec.file] = data
    return files


def _refuse_conflict(study: Study, standing: Snapshot, files: Mapping[str, bytes], *, home: bool) -> None:
    if not home:
        if standing.files:
            raise SaveError(
                "another study stands in this folder",
                where=f"{standing.folder}: {', '.join(standing.files)}",
                fix="save to a new folder, or load that study and change it",
            )
        return
    now = standing.fingerprints
    changed = [
        name
        for name in FILES
        if now[name] != study.origin.fingerprints.get(name, "")
        and standing.files.get(name) != files.get(name)
    ]
    if changed:
        raise SaveError(
            f"{', '.join(changed)} {'was' if len(changed) == 1 else 'were'} changed by somebody else "
            "since the study was read",
            where=str(standing.folder),
            fix='nothing was written and nothing is lost: save yours elsewhere, study.save("my-copy"), '
            "and compare; "
            "or load the study again and repeat your change. After a save of your own, go on with the "
            "study that save returned",
        )


def same_place(origin: Path | None, target: Path) -> bool:
    """Whether a study was read from where it is to be written."""
    return origin is not None and origin.resolve() == target.resolve()


def companions(study: Study, target: Path) -> dict[str, bytes]:
    """Data files and sealed identities that go along to another place, by relative path.

    Raises
    ------
    SaveError
        If one of them stands there with other bytes.
    """
    home = study.origin.folder
    if home is None or home.resolve() == target.resolve():
        return {}
    along: dict[str, bytes] = {}
    for name in COMPANIONS:
        for path in sorted((home / name).rglob("*")):
            if path.is_file():
                relative = path.relative_to(home).as_posix()
                along[relative] = path.read_bytes()
                standing = target / relative
                if standing.exists() and standing.read_bytes() != along[relative]:
                    raise SaveError(
                        f"{relative} stands there already and is another file",
                        where=str(standing),
                        fix="save to a new folder, or move that file away",
                    )
    return {name: data for name, data in along.items() if not (target / name).exists()}


def verify(study: Study, checked: Checked, where: str) -> None:
    """Make sure that what is about to be written reads as the study itself.

    Raises
    ------
    SaveError
        If it could not be read again, or would be another study.
    """
    if checked.errors:
        shown = "\n".join(str(problem) for problem in checked.errors[:5])
        count = len(checked.errors)
        raise SaveError(
            f"the study has {count} error{'s' if count > 1 else ''} and could not be read again\n{shown}",
            where=where,
            fix="mend them first; nothing was written",
        )
    for name in (SETTINGS.name, *TABLES):
        rows = checked.tables[name]
        mine = rows_of(study, name)
        lists = [column for column, spec in rows.spec.columns.items() if spec.kind in ("refs", "words")]
        if table_cells(rows.spec, rows.nouns) != table_cells(rows.spec, mine) or any(
            getattr(noun, column) != getattr(own, column)
            for noun, own in zip(rows.nouns, mine, strict=True)
            for column in lists
        ):
            raise SaveError(
                f"the table {name} would not read back as it is",
                where=where,
                fix="look for ; or outer spaces in values of lists; nothing was written",
            )


def unwritable(error: OSError, place: Path) -> SaveError:
    """A disk that is full, a file that is open elsewhere, a folder that may not be written."""
    stands = "the new files wait beside the old ones" if (place / JOURNAL).exists() else "the old files stand"
    return SaveError(
        f"the study could not be written: {error.strerror or error}",
        where=str(error.filename or place),
        fix=f"close the file in other programs, or free the disk, and save again; {stands}",
    )
