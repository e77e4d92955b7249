"""The build: from a study to a folder with its report, tables, figures and results."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from concausa.core import typeset
from concausa.core.errors import IdentityError, SaveError
from concausa.core.table import Table
from concausa.draw.fonts import foreign
from concausa.report.exhibit import Exhibit
from concausa.report.language import LANGUAGES, Language
from concausa.report.page import page
from concausa.report.pictures import Studio
from concausa.report.results import dumps, results
from concausa.study.schema import TABLES
from concausa.study.study import Study

#: Told what is done now, how many steps are done, and of how many.
Progress = Callable[[str, int, int], object]

#: Names the files of a build with their SHA-256, so that the next one knows which are its own.
MANIFEST = "manifest.json"

_WRITERS: Mapping[str, Callable[[Table], str]] = {
    "csv": typeset.csv,
    "tex": typeset.latex,
    "md": typeset.markdown,
}
#: Excel takes a CSV for UTF-8, accents and all, only if it begins with a byte order mark.
_ENCODINGS: Mapping[str, str] = {"csv": "utf-8-sig"}
_HERE = re.compile(r'(<a [^>]*?href=")#')


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has written.

    Parameters
    ----------
    out : Path
        The folder.
    report : Path
        The page to open.
    paths : tuple of Path
        Every file, the report first.
    removed : tuple of Path
        Files of an earlier build that this one has no more use for, taken away.
    seconds : float
        How long it took.
    """

    out: Path
    report: Path
    paths: tuple[Path, ...]
    removed: tuple[Path, ...]
    seconds: float


def build(
    study: Study,
    out: str | Path,
    *,
    progress: Progress | None = None,
    languages: Sequence[str] = tuple(LANGUAGES),
    screen: Callable[[str], str] | None = None,
) -> Built:
    """Write the report of a study, with every table and figure as files of their own.

    ``report.html`` · ``results.json`` · ``tables/LANGUAGE/NAME.{csv,tex,md}`` ·
    ``figures/LANGUAGE/NAME.{svg,png}`` · ``manifest.json``. The same study gives the same bytes.
    Passages that may not be shown are withheld everywhere (``study.public()``).

    Parameters
    ----------
    out : str or Path
        A folder; made if it is not there. Files in it that no build has made stay as they are.
    progress : function, optional
        Called before each step.
    screen : function, optional
        Gives back a text without protected names (``Guard.screen``): the proof, over every text that
        would be written, that none is in it.

    Raises
    ------
    IdentityError
        If a protected name would be written. Nothing is written then.
    SaveError
        If a file is in the way that no build has made, or that was changed since. Nothing is
        written then.
    """
    start = time.perf_counter()
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise SaveError(f"{out} is a file", where=str(out), fix="name a folder with -o")
    files = dict(contents(study, progress=progress, languages=languages))
    if screen:
        _prove(files, screen)
    removed = _deliver(out, files)
    return Built(
        out=out,
        report=out / "report.html",
        paths=tuple(out / name for name in (*files, MANIFEST)),
        removed=removed,
        seconds=time.perf_counter() - start,
    )


def contents(
    study: Study, *, progress: Progress | None = None, languages: Sequence[str] = tuple(LANGUAGES)
) -> Iterator[tuple[str, bytes]]:
    """Every file of a build with its name, in memory; the manifest not among them."""
    from concausa.report.catalogue import exhibits

    study = study.public()
    shown: dict[str, tuple[Exhibit, ...]] = {}
    done = 0

    def tell(doing: str) -> None:
        nonlocal done
        if progress:
            progress(doing, done, sum(len(one.charts) for own in shown.values() for one in own) + 2)
        done += 1

    with Studio(system_fonts=any(map(foreign, _texts(study)))) as studio:
        for code in languages:
            shown[code] = exhibits(study, Language(code))
            studio.add((code, chart) for one in shown[code] for chart in one.charts)
        tell("Writing tables")
        written = [("results.json", results(study, shown).encode()), *_written(shown)]
        drawn = studio.finish(tell=lambda name: tell(f"Drawing {name}"))
    tell("Setting the page")
    pictures = {(picture.language, picture.name): picture.svg for picture in drawn}
    yield "report.html", page(study, shown, pictures).encode()
    yield from written
    for code in languages:
        own = [picture for picture in drawn if picture.language == code]
        for picture, stem in zip(own, stems(picture.name for picture in own), strict=True):
            outside = _HERE.sub(r"\1../../report.html#", picture.svg)
            yield f"figures/{code}/{stem}.svg", (outside + "\n").encode()
            yield f"figures/{code}/{stem}.png", picture.png


def _texts(study: Study) -> Iterator[str]:
    for name, spec in TABLES.items():
        for row in study.rows(name):
            values = (getattr(row, column) for column in spec.columns)
            yield from (value for value in values if isinstance(value, str))


def _written(shown: Mapping[str, Sequence[Exhibit]]) -> Iterator[tuple[str, bytes]]:
    for code, exhibits in shown.items():
        tables = [table for one in exhibits for table in one.tables]
        for table, stem in zip(tables, stems(table.name for table in tables), strict=True):
            for ending, write in _WRITERS.items():
                yield f"tables/{code}/{stem}.{ending}", write(table).encode(_ENCODINGS.get(ending, "utf-8"))


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


def _prove(files: Mapping[str, bytes], screen: Callable[[str], str]) -> None:
    held = [
        name
        for name, data in files.items()
        if not name.endswith(".png") and screen(text := data.decode("utf-8-sig")) != text
    ]
    if held:
        raise IdentityError(
            "a protected name would be written",
            where=", ".join(held[:5]) + (f" and {len(held) - 5} more" if len(held) > 5 else ""),
            fix="look for it with concausa check --key FILE; nothing was written",
        )


def _deliver(out: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files whole, each atomically, and take away those of the last build not needed any more."""
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
    parts = name.split("/")
    if name in ("report.html", "results.json"):
        return True
    return (
        len(parts) == 3
        and parts[0] in ("tables", "figures")
        and parts[1] in LANGUAGES
        and parts[2].strip(".") != ""
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
