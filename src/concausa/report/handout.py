"""A handout: the tables, charts and texts of one analysis as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from concausa import draw
from concausa.core.chart import Chart
from concausa.core.table import Table
from concausa.draw.raster import raster
from concausa.report.delivery import MANIFEST, deliver, stems, table_files


def hand_out(
    out: str | Path,
    *,
    tables: Sequence[Table] = (),
    charts: Sequence[Chart] = (),
    texts: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Write an analysis to a folder: ``tables/NAME.{csv,tex,md}``, ``figures/NAME.{svg,png}``, texts.

    ``figures/captions.md`` holds title, description and notes of each figure.

    Parameters
    ----------
    out : str or Path
        A folder; made if it is not there. What an earlier handout left there is replaced, what a
        user has put or changed there is not.
    texts : mapping of str to str
        Other files by name: ``results.json``, ``analysis.R``.

    Returns
    -------
    tuple of str
        The files, by their paths inside the folder.

    Raises
    ------
    SaveError
        If a file is in the way that no run of this package left so. Nothing is written then.
    """
    files = {name: text.encode() for name, text in (texts or {}).items()}
    files |= dict(table_files(tables, "tables"))
    for chart, stem in zip(charts, stems(chart.name for chart in charts), strict=True):
        svg = draw.svg(chart)
        files |= {f"figures/{stem}.svg": (svg + "\n").encode(), f"figures/{stem}.png": raster(svg)}
    if charts:
        files["figures/captions.md"] = _captions(charts).encode()
    deliver(Path(out), files)
    return (*files, MANIFEST)


def _captions(charts: Sequence[Chart]) -> str:
    """What stands below each figure in print: its title, what it shows in words, its notes."""
    parts = []
    for chart, stem in zip(charts, stems(chart.name for chart in charts), strict=True):
        notes = "\n".join(f"- {note}" for note in chart.notes)
        parts.append(f"## {stem}\n\n{chart.title}\n\n{chart.alt}\n\n{notes}".rstrip() + "\n")
    return "\n".join(parts)
