"""A delivery: a folder of results that the next run may replace, and that nothing of a user's is lost in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from concausa.core import typeset
from concausa.core.errors import SaveError
from concausa.core.table import Table
from concausa.report.language import LANGUAGES
from concausa.report.results import dumps

#: Names the files of a delivery with their SHA-256, so that the next one knows which are its own.
MANIFEST = "manifest.json"

_WRITERS: Mapping[str, Callable[[Table], str]] = {
    "csv": typeset.csv,
    "tex": typeset.latex,
    "md": typeset.markdown,
}
#: Excel takes a CSV for UTF-8, accents and all, only if it begins with a byte order mark.
_ENCODINGS: Mapping[str, str] = {"csv": "utf-8-sig"}


def refuse_file(out: Path) -> None:
    """SaveError if *out* is a file, so that one need not work first to learn it."""
    if out.exists() and not out.is_dir():
        raise SaveError(f"{out} is a file", where=str(out), fix="name a folder with -o")


def table_files(tables: Sequence[Table], folder: str) -> Iterator[tuple[str, bytes]]:
    """Each table as CSV, LaTeX and Markdown, by its path."""
    for table, stem in zip(tables, stems(table.name for table in tables), strict=True):
        for ending, write in _WRITERS.items():
            yield f"{folder}/{stem}.{ending}", write(table).encode(_ENCODINGS.get(ending, "utf-8"))


def stems(names: Iterable[str]) -> list[str]:
    """Names of files without ending: no folders, no odd signs, and no two alike on any system.

    Examples
    --------
    >>> stems(["a", "A", "../b", "b"])
    ['a', 'A-2', '-b', 'b']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"[^\w-]+", "-", name) or "-"
        stem, number = plain, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(stem.casefold())
        found.append(stem)
    return found


def deliver(out: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files whole, each atomically, and take away those of the last delivery not needed any more.

    Parameters
    ----------
    out : Path
        A folder; made if it is not there. Files in it that no delivery has made stay as they are.
    files : mapping of str to bytes
        By their paths inside the folder, with ``/`` on every system.

    Returns
    -------
    tuple of Path
        What was taken away.

    Raises
    ------
    SaveError
        If a file is in the way that was not delivered, or that was changed since. Nothing is
        written then.
    """
    refuse_file(out)
    from concausa.study.atomic import write_bytes

    known = _known(out)
    fresh = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    standing = {name: _digest(out / name) for name in {*fresh, *known}}
    foreign = [
        name
        for name, digest in fresh.items()
        if standing[name] is not None
        and standing[name] != digest
        and standing[name] not in known.get(name, ())
    ]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise SaveError(
            f"{', '.join(foreign[:3])}{more} would be overwritten, and no run of this package left it so",
            where=str(out),
            fix="move what you want to keep, or name another folder with -o",
        )
    out.mkdir(parents=True, exist_ok=True)
    both = {
        name: sorted({*known.get(name, ()), *([fresh[name]] if name in fresh else [])}) for name in standing
    }
    write_bytes(out / MANIFEST, _manifest(both))
    for name, data in files.items():
        if standing[name] != fresh[name]:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            write_bytes(out / name, data)
    removed = []
    for name in sorted(known.keys() - fresh.keys()):
        if standing[name] in known[name]:
            (out / name).unlink()
            removed.append(out / name)
    write_bytes(out / MANIFEST, _manifest({name: [digest] for name, digest in fresh.items()}))
    return tuple(removed)


def _manifest(digests: Mapping[str, Sequence[str]]) -> bytes:
    files = ",\n".join(
        f"{dumps(name)}: {dumps({'sha256': found[0] if len(found) == 1 else list(found)})}"
        for name, found in sorted(digests.items())
    )
    return f'{{"made_by": "Concausa", "files": {{\n{files}\n}}}}\n'.encode()


def _known(out: Path) -> dict[str, tuple[str, ...]]:
    """What earlier builds wrote here: the digests that each file may have.

    Only names of the kinds of file that a build writes count, so that no manifest can make a build
    touch a file elsewhere.
    """
    try:
        listed = json.loads((out / MANIFEST).read_bytes())["files"]
        found = {name: entry["sha256"] for name, entry in listed.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SaveError(
            f"{MANIFEST} is not one that this package wrote",
            where=str(out),
            fix="name another folder with -o, or delete the file",
        ) from error
    return {
        name: tuple(digests) if isinstance(digests, list) else (digests,)
        for name, digests in found.items()
        if _ours(name)
    }


def _ours(name: str) -> bool:
    folder, *rest = name.split("/")
    if name in ("report.html", "results.json", "analysis.R"):
        return True
    *language, file = rest or [""]
    return (
        folder in ("tables", "figures", "claims")
        and (not language or (len(language) == 1 and language[0] in LANGUAGES))
        and file.strip(".") != ""
        and "\\" not in name
    )


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SaveError(
            f"{path.name} is in the way: {error.strerror}",
            where=str(path),
            fix="name a folder of its own with -o",
        ) from error
