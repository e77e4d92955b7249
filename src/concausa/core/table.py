"""A table as a value: headings, rows of cells, notes. How it looks is decided by who shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Align = Literal["left", "right"]
Tone = Literal["plain", "good", "bad", "doubt", "quiet"]


@dataclass(frozen=True, slots=True)
class Link:
    """Points from a cell to what it rests on.

    Parameters
    ----------
    table : str
        Name of a study's table (``evidence``, ``sources``, ``facts`` …), ``exhibit``, or ``page`` for a
        page of its own beside the report.
    id : str
        The row meant; of a page, its address as seen from the report.
    """

    table: str
    id: str

    @property
    def anchor(self) -> str:
        """``evidence.E017``: the name of the target in a document."""
        return f"{self.table}.{self.id}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    text : str
        What a reader sees.
    value : object
        The number, bool or text behind it, as exported to JSON; defaults to the text.
    links : tuple of Link
        What it rests on.
    missing : bool
        True where the study's text gives nothing; shown as such, never filled in.
    tone : str
        ``plain``, ``good``, ``bad``, ``doubt`` or ``quiet``: how it should catch the eye. Tone
        repeats what the text says; it never says more.
    bar : tuple of (str, int)
        Parts of a whole, each with its tone and amount, drawn as a strip where pictures can stand.
        Like the tone it repeats what the text says.
    """

    text: str
    value: Any = None
    links: tuple[Link, ...] = ()
    missing: bool = False
    tone: Tone = "plain"
    bar: tuple[tuple[Tone, int], ...] = ()

    @property
    def data(self) -> Any:
        """The value for machines: the value if there is one, None if missing, else the text."""
        if self.missing:
            return None
        return self.text if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: a key for machines, a label for readers."""

    key: str
    label: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """An immutable table.

    Parameters
    ----------
    name : str
        File name without ending, such as ``codings``.
    title : str
        What it shows, as printed above it.
    headings : tuple of Heading
        One a column.
    rows : tuple of tuple of Cell
        *rows × columns*.
    notes : tuple of str
        Printed below: sources, limits, what was left out.
    row_ids : tuple of Link or None
        For each row the row of the study that it shows; makes the row a target of links.
    """

    name: str
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    row_ids: tuple[Link | None, ...] = field(default=())

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.headings):
                raise ValueError(
                    f"table {self.name!r}: row {number} has {len(row)} cells for {len(self.headings)} headings"
                )
        if self.row_ids and len(self.row_ids) != len(self.rows):
            raise ValueError(f"table {self.name!r}: {len(self.row_ids)} row ids for {len(self.rows)} rows")

    @staticmethod
    def of(
        name: str,
        title: str,
        headings: Sequence[Heading | str],
        rows: Iterable[Iterable[Cell | str | None]],
        *,
        notes: Sequence[str] = (),
        row_ids: Sequence[Link | None] = (),
    ) -> Table:
        """A table from plain pieces: a text becomes a cell, None a missing cell."""
        return Table(
            name,
            title,
            tuple(head if isinstance(head, Heading) else Heading(head, head) for head in headings),
            tuple(tuple(_cell(piece) for piece in row) for row in rows),
            tuple(notes),
            tuple(row_ids),
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Rows as mappings from key to cell."""
        for row in self.rows:
            yield {head.key: cell for head, cell in zip(self.headings, row, strict=True)}

    def column(self, key: str) -> tuple[Cell, ...]:
        """The cells under one heading; KeyError if there is none of that key."""
        keys = [head.key for head in self.headings]
        if key not in keys:
            raise KeyError(f"table {self.name!r} has no column {key!r}; it has {', '.join(keys)}")
        position = keys.index(key)
        return tuple(row[position] for row in self.rows)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "name": self.name,
            "title": self.title,
            "columns": [{"key": head.key, "label": head.label} for head in self.headings],
            "rows": [{key: cell.data for key, cell in row.items()} for row in self],
            "links": [
                {key: [link.anchor for link in cell.links] for key, cell in row.items() if cell.links}
                for row in self
            ],
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.rows)} rows × {len(self.headings)} columns>"

    def __str__(self) -> str:
        from concausa.core import typeset

        return typeset.text(self)

    def _repr_html_(self) -> str:
        from concausa.core import typeset

        return typeset.html(self)


def _cell(piece: Cell | str | None) -> Cell:
    if piece is None:
        return Cell("", missing=True)
    return piece if isinstance(piece, Cell) else Cell(piece)
