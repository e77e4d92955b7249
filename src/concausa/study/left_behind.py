"""What of a study stays behind when it is written in another form: named, so that no loss goes unsaid."""

from __future__ import annotations

import re
from pathlib import Path

from concausa.study.encoding import decode
from concausa.study.reader import OWN_PREFIX, read_csv
from concausa.study.save import COMPANIONS
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TABLES
from concausa.study.snapshot import FILES, snapshot

_COMMENT = re.compile(r"^\s*#", re.MULTILINE)


def left_behind(source: Path, target: Path, *, refreshed: bool = False) -> tuple[str, ...]:
    """Parts of *source* that a study written to *target* does not hold, each as a reader names it.

    Parameters
    ----------
    source, target : Path
        Study folders or ``.xlsx`` workbooks.
    refreshed : bool
        Whether a study stands at *target* already, which keeps its own comments and columns.

    Returns
    -------
    tuple of str
        Columns and sheets of the user's own (``x_…``), comments of ``study.toml``, and files of the
        folder that are no part of a study. Files beside a workbook are not the study's.
    """
    if source.is_file():
        return own_of_workbook(source)
    copied = target.suffix.lower() != ".xlsx" and not refreshed
    return (*(() if copied else _of_tables(source)), *_other_files(source))


def own_of_workbook(path: Path) -> tuple[str, ...]:
    """Sheets, columns and keys of the user's own in a workbook that can be read."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    found = []
    for title in book.sheet_names:
        if title.startswith(OWN_PREFIX):
            found.append(f"sheet {title}")
        elif title == SETTINGS.name or title in TABLES:
            grid = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            names = [row[0] for row in grid] if title == SETTINGS.name else grid[0] if grid else []
            what = "key" if title == SETTINGS.name else "column"
            found += [
                f"sheet {title}, {what} {name}" for name in map(str, names) if name.startswith(OWN_PREFIX)
            ]
    return tuple(found)


def _of_tables(folder: Path) -> list[str]:
    """Comments, and columns of the user's own, that only files of a folder have."""
    files = snapshot(folder).files
    found = []
    if _COMMENT.search(decode(files.get(SETTINGS_FILE, b""), SETTINGS_FILE)[0]):
        found.append(f"comments of {SETTINGS_FILE}")
    for spec in TABLES.values():
        if spec.home == "csv" and spec.file in files:
            table, _ = read_csv(decode(files[spec.file], spec.file)[0], spec, spec.file)
            found += [f"{spec.file}, column {name}" for name in table.columns if name.startswith(OWN_PREFIX)]
    return found


def _other_files(folder: Path) -> list[str]:
    """Files and folders that no study has; hidden ones are the system's business."""
    names = sorted(path.name + ("/" if path.is_dir() else "") for path in folder.iterdir())
    known = {*FILES, *(f"{name}/" for name in COMPANIONS)}
    return [name for name in names if name not in known and not name.startswith(".")]
