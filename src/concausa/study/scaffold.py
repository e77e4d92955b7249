"""A study of one's own: a small, commented, valid example to be changed."""

from __future__ import annotations

from pathlib import Path

from concausa.core.errors import SaveError
from concausa.study.journal import write_files

_TEMPLATE = Path(__file__).parent / "template"


def new(folder: str | Path) -> tuple[Path, ...]:
    """Write the example study into a new or empty folder.

    Parameters
    ----------
    folder : str or Path
        Made when it does not exist.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    SaveError
        If the folder holds anything: nothing is ever written over.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise SaveError("a file of that name stands there", where=str(target), fix="choose another name")
    if target.is_dir() and any(target.iterdir()):
        raise SaveError(
            "the folder is not empty", where=str(target), fix="choose a new folder; nothing was written"
        )
    files = {
        path.relative_to(_TEMPLATE).as_posix(): path.read_bytes()
        for path in sorted(_TEMPLATE.rglob("*"))
        if path.is_file()
    }
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
