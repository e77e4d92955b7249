"""Sealing a study's identities: the list goes in encrypted, the key stays outside."""

from __future__ import annotations

import os
from pathlib import Path

from concausa.core.errors import IdentityError
from concausa.evidence.identities import Identity, decrypt, encrypt, new_key, read_identities
from concausa.study.atomic import write_bytes
from concausa.study.folder import find

SEALED = "protected/identities.age"


def sealed_file(study: str | Path) -> Path | None:
    """The sealed identities of a study, beside its tables or its workbook; None when there are none."""
    path = find(study)
    sealed = (path if path.is_dir() else path.parent) / SEALED
    return sealed if sealed.is_file() else None


def seal(names: str | Path, study: str | Path, key: str | Path) -> Path:
    """Encrypt a list of names into a study.

    Parameters
    ----------
    names : str or Path
        CSV with code, name, aliases, post, contact; outside the study folder.
    study : str or Path
        The study folder, or its workbook.
    key : str or Path
        Key file outside the study folder; made, readable for its owner only, if it does not exist.

    Returns
    -------
    Path
        ``protected/identities.age``.

    Raises
    ------
    IdentityError
        If the list or the key lies inside the study folder, or the list cannot be read.
    StudyError
        If there is no such study.
    """
    path = find(study)
    folder = path if path.is_dir() else path.parent
    for role, file in (("the key", Path(key)), ("the list of names", Path(names))):
        if _inside(file, folder):
            raise IdentityError(
                f"{role} lies inside the study folder",
                where=str(file),
                fix="keep it elsewhere: whoever gets the folder must not get the names",
            )
    text = _text(Path(names), "the list of names")
    read_identities(text)
    secret = _key(Path(key))
    target = folder / SEALED
    try:
        target.parent.mkdir(exist_ok=True)
        write_bytes(target, encrypt(text, secret))
    except OSError as error:
        raise IdentityError(f"the names could not be sealed: {error.strerror}", where=str(target)) from None
    return target


def identities(study: str | Path, key: str | Path) -> tuple[Identity, ...]:
    """Open the sealed identities of a study.

    Raises
    ------
    IdentityError
        If there are none, the key lies inside the folder, or does not open them.
    """
    path = find(study)
    folder = path if path.is_dir() else path.parent
    sealed = sealed_file(study)
    if sealed is None:
        raise IdentityError(
            "this study has no sealed identities",
            where=str(folder),
            fix="leave the key out, or seal a list first",
        )
    if _inside(Path(key), folder):
        raise IdentityError(
            "the key lies inside the study folder",
            where=str(key),
            fix="move it elsewhere: whoever gets the folder must not get the names",
        )
    if not Path(key).is_file():
        raise IdentityError(
            "there is no such key file", where=str(key), fix="name the file that was made when sealing"
        )
    try:
        return decrypt(sealed.read_bytes(), _text(Path(key), "the key"))
    except IdentityError as error:
        raise IdentityError(error.what, where=f"{sealed}, key {key}", fix=error.fix) from None


def _key(path: Path) -> str:
    if path.exists():
        return _text(path, "the key")
    secret = new_key()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(secret)
    except OSError as error:
        raise IdentityError(f"the key could not be written: {error.strerror}", where=str(path)) from None
    return secret


def _text(path: Path, role: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise IdentityError(f"{role} cannot be read: {error.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise IdentityError(
            f"{role} is not UTF-8", where=str(path), fix="save it with encoding UTF-8"
        ) from None


def _inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed."""
    return file.resolve().is_relative_to(folder.resolve())
