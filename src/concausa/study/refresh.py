"""Refreshing a study from its other form: a folder from an edited workbook, or the other way round."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from concausa.core.errors import SaveError
from concausa.study.atomic import discard
from concausa.study.folder import bundled_folder, read
from concausa.study.journal import write_files
from concausa.study.left_behind import own_of_workbook
from concausa.study.save import companions, same_place
from concausa.study.schema import SETTINGS_FILE, TABLES
from concausa.study.study import Origin, Study


def refresh(study: Study, target: str | Path) -> Study:
    """Put a study in the place of the one that stands at *target*; without one, save it there.

    A folder keeps the comments, the order of columns and the columns of the user's own (``x_…``) that
    its files have; a workbook is written anew.

    Parameters
    ----------
    target : str or Path
        A study folder, or an ``.xlsx`` workbook.

    Returns
    -------
    Study
        The study as it stands there now.

    Raises
    ------
    SaveError
        If the study was read from there; if what stands there is another study, belongs to the package,
        or is a workbook with sheets or columns of the user's own, which would be lost; if a data file of
        that name has other bytes. Nothing is written then.
    StudyError
        If the study that stands there has errors: what it says could not be told.
    """
    path = Path(target)
    if same_place(study.origin.path, path):
        raise SaveError(
            "a study cannot take its own place", where=str(path), fix="name the folder or workbook to refresh"
        )
    if not stands(path):
        return study.save(path)
    if bundled_folder(path):
        raise SaveError(
            "a study that comes with the package is not written over",
            where=str(path),
            fix="name a folder of your own",
        )
    reading = read(path)
    standing = reading.study()
    if standing.settings.id != study.settings.id:
        raise SaveError(
            f"the study {standing.settings.id} stands there, and this one is {study.settings.id}",
            where=str(path),
            fix="name the folder or workbook of the same study, or a new one",
        )
    own = own_of_workbook(path) if path.is_file() else ()
    if own:
        raise SaveError(
            f"{', '.join(own)} would be lost: a workbook is written anew",
            where=str(path),
            fix="write the workbook under another name, and copy what is your own into it",
        )
    home = path if path.is_dir() else path.parent
    along = companions(study, home)
    write_files(home, along)
    try:
        fresh = dataclasses.replace(study, origin=Origin(path, reading.fingerprints, standing.origin.lines))
        return fresh.save()
    except BaseException:
        for name in along:
            discard(home / name)
        raise


def stands(path: Path) -> bool:
    """Whether a study, or something that is taken for one, is there already."""
    if not path.is_dir():
        return path.exists()
    files = (SETTINGS_FILE, *(spec.file for spec in TABLES.values()))
    return any((path / name).exists() for name in files)
