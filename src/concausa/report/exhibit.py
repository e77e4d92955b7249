"""An exhibit: what the report shows in one place, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concausa.core.chart import Chart
from concausa.core.table import Table


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A titled piece of the report.

    Parameters
    ----------
    id : str
        Stable name, such as ``figure-1``; the stem of its files.
    section : str
        Which part of the report it stands in; one of ``catalogue.sections``.
    title : str
        As printed, in the report's language.
    intro : str
        One to three sentences: what it shows and what to look at.
    tables, charts : tuples
        What it holds; a chart's numbers are always in one of its tables too.
    """

    id: str
    section: str
    title: str
    intro: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "id": self.id,
            "section": self.section,
            "title": self.title,
            "intro": self.intro,
            "tables": [table.data() for table in self.tables],
            "charts": [chart.data() for chart in self.charts],
        }
