"""A raw table: the cells of a file or sheet as text, each with its place, before they mean anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells by column, as text.

    Parameters
    ----------
    name : str
        The table's name in ``TABLES``, or ``study``.
    file : str
        The file or sheet as a problem names it.
    columns : mapping of str to list of str
        The cells of each column, in the order of the file; extra columns (``x_…``) included.
    lines : list of int
        For each row the line on which it starts, 1-based, as an editor shows it.
    key_lines : mapping of (row, column) to int
        Lines of single values where these differ from the row's line (``study.toml``).
    """

    name: str
    file: str
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    key_lines: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)

    def line(self, row: int, column: str = "") -> int:
        """The line of a value, or of its row."""
        return self.key_lines.get((row, column), self.lines[row])
