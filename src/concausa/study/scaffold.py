"""A study of one's own: a small, commented, valid example to be changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from concausa.core.errors import SaveError
from concausa.study.journal import write_files

_TEMPLATE = Path(__file__).parent / "template"
#: Endings that mean a file, and that a study is not written as.
_OTHER_FILES = (".xls", ".xlsm", ".ods", ".csv", ".tsv", ".txt", ".toml", ".json", ".zip")


def new(path: str | Path) -> tuple[Path, ...]:
    """Write the example study into a new or empty folder, or as a workbook.

    Parameters
    ----------
    path : str or Path
        A folder, made when it does not exist; or a file that ends in ``.xlsx``. The example's data
        file then lies in the folder ``data`` beside the workbook.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    SaveError
        If the folder holds anything, or the workbook is there already: nothing is ever written over.
    """
    target = Path(path)
    if target.suffix.lower() == ".xlsx":
        return _workbook(target)
    if target.exists() and not target.is_dir():
        raise SaveError("a file of that name stands there", where=str(target), fix="choose another name")
    if target.suffix.lower() in _OTHER_FILES and not target.is_dir():
        raise SaveError(
            f"a study is not written as {target.suffix}",
            where=str(target),
            fix=f"name a folder, such as {target.stem}, or a workbook, {target.stem}.xlsx",
        )
    if target.is_dir() and any(target.iterdir()):
        raise SaveError(
            "the folder is not empty", where=str(target), fix="choose a new folder; nothing was written"
        )
    files = _files()
    try:
        target.mkdir(parents=True, exist_ok=True)
        write_files(target, files)
    except OSError as error:
        raise SaveError(
            f"the study could not be written: {error.strerror or error}",
            where=str(error.filename or target),
            fix="choose a folder that you may write in",
        ) from error
    return tuple(target / name for name in files)


def _files() -> dict[str, bytes]:
    return {
        path.relative_to(_TEMPLATE).as_posix(): path.read_bytes()
        for path in sorted(_TEMPLATE.rglob("*"))
        if path.is_file()
    }


def _workbook(target: Path) -> tuple[Path, ...]:
    """The example as one workbook; the folder that it is made from is gone afterwards."""
    from concausa.study.study import Study

    if target.exists():
        raise SaveError("something of that name stands there", where=str(target), fix="choose another name")
    files = _files()
    beside = [target.parent / name for name in files if name.startswith("data/")]
    with tempfile.TemporaryDirectory() as scratch:
        write_files(Path(scratch), files)
        Study.load(scratch).save(target)
    return (target, *beside)
