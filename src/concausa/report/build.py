"""The build: from a study to a folder with its report, tables, figures and results."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from concausa.core.errors import IdentityError
from concausa.draw.fonts import foreign
from concausa.report.delivery import MANIFEST, deliver, refuse_file, stems, table_files
from concausa.report.exhibit import Exhibit
from concausa.report.language import LANGUAGES
from concausa.report.page import page
from concausa.report.pictures import Studio
from concausa.report.results import results
from concausa.study.schema import TABLES
from concausa.study.study import Study

#: Told what is done now, how many steps are done, and of how many.
Progress = Callable[[str, int, int], object]

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

    ``report.html`` · ``results.json`` · ``claims/LANGUAGE/ID.html`` · ``tables/LANGUAGE/NAME.{csv,tex,md}`` ·
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
    refuse_file(out)
    files = dict(contents(study, progress=progress, languages=languages))
    if screen:
        _prove(files, screen)
    removed = deliver(out, files)
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
    from concausa.report.catalogue import editions
    from concausa.report.claim_pages import claim_pages
    from concausa.report.exhibits.dynamic_work import ahead

    study = study.public()
    shown: dict[str, tuple[Exhibit, ...]] = {}
    done = 0

    def tell(doing: str) -> None:
        nonlocal done
        if progress:
            progress(doing, done, sum(len(one.charts) for own in shown.values() for one in own) + 2)
        done += 1

    with ahead(study), Studio(system_fonts=any(map(foreign, _texts(study)))) as studio:
        shown = editions(study, languages, each=partial(_draw, studio))
        tell("Writing tables")
        written = [
            ("results.json", results(study, shown).encode()),
            *_written(shown),
            *claim_pages(study, shown),
        ]
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


def _draw(studio: Studio, code: str, exhibit: Exhibit) -> None:
    studio.add((code, chart) for chart in exhibit.charts)


def _texts(study: Study) -> Iterator[str]:
    for name, spec in TABLES.items():
        for row in study.rows(name):
            values = (getattr(row, column) for column in spec.columns)
            yield from (value for value in values if isinstance(value, str))


def _written(shown: Mapping[str, Sequence[Exhibit]]) -> Iterator[tuple[str, bytes]]:
    for code, exhibits in shown.items():
        yield from table_files([table for one in exhibits for table in one.tables], f"tables/{code}")


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
