"""Places: where on the page each row of the study and each exhibit stands."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.table import Link, Table
from concausa.core.typeset import html_table
from concausa.report.exhibit import Exhibit


class Places:
    """Where each row and exhibit stands in one edition.

    A row may be shown in several tables; its home, where links lead, is the table that shows most
    rows of its kind, the last such in the order of the report.
    """

    def __init__(self, exhibits: Sequence[Exhibit], prefix: str) -> None:
        self.prefix = prefix
        self._homes: dict[Link, tuple[str, int]] = {}
        self._exhibits = {exhibit.id for exhibit in exhibits}
        best: dict[Link, int] = {}
        for exhibit in exhibits:
            for table in exhibit.tables:
                kinds: dict[str, int] = {}
                for link in table.row_ids:
                    if link is not None:
                        kinds[link.table] = kinds.get(link.table, 0) + 1
                seen: set[Link] = set()
                for number, link in enumerate(table.row_ids):
                    if link is not None and link not in seen and kinds[link.table] >= best.get(link, 0):
                        best[link] = kinds[link.table]
                        seen.add(link)
                        self._homes[link] = (f"{exhibit.id}/{table.name}", number)
        self._kinds = self._first_of_kind(exhibits)
        self._targets = {prefix + html_table.target_name(link) for link in self._homes} | {
            self.exhibit(exhibit.id) for exhibit in exhibits
        }

    def resolve(self, link: Link) -> str | None:
        """The target of a link on the page; None if what it names is not shown."""
        if link.table == "exhibit":
            return self.exhibit(link.id) if link.id in self._exhibits else None
        return self.prefix + html_table.target_name(link) if link in self._homes else None

    def has(self, target: str) -> bool:
        """Whether a row or exhibit of this name stands on the page."""
        return target in self._targets

    def exhibit(self, id: str) -> str:
        """The target of an exhibit."""
        return self.prefix + html_table.target_name(Link("exhibit", id))

    def rows(self, exhibit: Exhibit, table: Table) -> list[str | None]:
        """The target of each row of a table, None where the row's home is elsewhere."""
        here = f"{exhibit.id}/{table.name}"
        return [
            self.prefix + html_table.target_name(link)
            if link is not None and self._homes.get(link) == (here, number)
            else None
            for number, link in enumerate(table.row_ids)
        ]

    def kind(self, table: str) -> str | None:
        """The exhibit in which the rows of a table of the study have their home."""
        return self._kinds.get(table)

    def _first_of_kind(self, exhibits: Sequence[Exhibit]) -> dict[str, str]:
        kinds: dict[str, str] = {}
        owners = {
            f"{exhibit.id}/{table.name}": exhibit.id for exhibit in exhibits for table in exhibit.tables
        }
        for link, (home, _) in self._homes.items():
            kinds.setdefault(link.table, self.exhibit(owners[home]))
        return kinds
