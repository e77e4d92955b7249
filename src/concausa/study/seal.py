"""Sealing a study's identities: the list goes in encrypted, the key stays outside."""

from __future__ import annotations

import os
from pathlib import Path

from concausa.core.errors import IdentityError
from concausa.evidence.identities import Identity, decrypt, encrypt, new_key, read_identities
from concausa.study.atomic import write_bytes
from concausa.study.folder import bundled_folder, find, read
from concausa.study.names_list import NamesList, read_names

SEALED = "protected/identities.age"


def sealed_file(study: str | Path) -> Path | None:
    """The sealed identities of a study, beside its tables or its workbook; None when there are none."""
    path = find(study)
    sealed = (path if path.is_dir() else path.parent) / SEALED
    return sealed if sealed.is_file() else None


def seal(names: str | Path, study: str | Path, key: str | Path, *, replace: bool = False) -> Path:
    """Encrypt a list of names into a study.

    Parameters
    ----------
    names : str or Path
        CSV with code, name, aliases, post, contact; outside the study folder.
    study : str or Path
        The study folder, or its workbook.
    key : str or Path
        Key file outside the study folder; made, readable for its owner only, if it does not exist.
    replace : bool
        Put this list in the place of one that is sealed already.

    Returns
    -------
    Path
        ``protected/identities.age``. It is left as it is if the key opens it and it says the same.

    Raises
    ------
    IdentityError
        If the study belongs to the package; if the list or the key lies inside the study folder; if
        the list cannot be read; if another list is sealed already. Nothing is written then.
    StudyError
        If there is no such study.
    """
    path = find(study)
    folder = path if path.is_dir() else path.parent
    if bundled_folder(folder):
        raise IdentityError(
            "a study that comes with the package is not written over",
            where=str(folder),
            fix=f"make it your own with `concausa convert {folder.name} my-{folder.name}` first, and seal that",
        )
    for role, file in (("the key", Path(key)), ("the list of names", Path(names))):
        if _inside(file, folder):
            raise IdentityError(
                f"{role} lies inside the study folder",
                where=str(file),
                fix="keep it elsewhere: whoever gets the folder must not get the names",
            )
    text = read_names(Path(names)).text()
    target = folder / SEALED
    if target.exists() and not replace:
        if _sealed_alike(target, text, Path(key)):
            return target
        raise IdentityError(
            "other names, or the same ones for another key, are sealed in this study already",
            where=str(target),
            fix="put this list in their place with --replace; what is sealed now is then gone",
        )
    secret = _key(Path(key))
    sealed = encrypt(text, secret)
    try:
        target.parent.mkdir(exist_ok=True)
        write_bytes(target, sealed)
    except OSError as error:
        raise IdentityError(
            f"the names could not be sealed: {error.strerror}",
            where=str(error.filename or target),
            fix="make the study folder one that you may write in, or free the disk, and seal again",
        ) from None
    return target


def codes_without_source(names: str | Path, study: str | Path) -> tuple[int, ...]:
    """Lines of a list whose code is no source of the study: mistyped, or not written down yet.

    Lines, not codes: whoever has mixed up two columns has a name where the code should be.

    Raises
    ------
    IdentityError, StudyError
        If the list, or the study, cannot be found or read at all; errors in a study do not matter.
    """
    listed: NamesList = read_names(Path(names))
    sources = read(study).checked.tables["sources"].nouns
    known = {source.id for source in sources}
    return tuple(
        line
        for identity, line in zip(listed.identities, listed.lines, strict=True)
        if identity.code not in known
    )


def _sealed_alike(target: Path, text: str, key: Path) -> bool:
    """Whether the key is there, opens what is sealed, and finds the same list in it."""
    if not key.is_file():
        return False
    try:
        return decrypt(target.read_bytes(), _text(key, "the key")) == read_identities(text)
    except IdentityError:
        return False


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
