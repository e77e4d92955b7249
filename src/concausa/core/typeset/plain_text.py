"""A table as plain text for a terminal, a memo or a log."""

from __future__ import annotations

import unicodedata

from concausa.core.table import Table
from concausa.core.visible import one_line

#: Columns of a terminal that nothing is known about.
WIDTH = 80
_GAP = "  "
_LEAST = 5


def text(table: Table, width: int | None = None) -> str:
    """Title, aligned columns and notes within *width* columns.

    Long texts wrap inside their column. When even narrow columns do not fit side by side, each row
    is written as a block of ``label  value`` lines. Missing cells are a dash.

    Parameters
    ----------
    width : int, optional
        Columns to use; 80 if not given. The caller asks the terminal, not this function.
    """
    width = max(width or WIDTH, 20)
    labels = [one_line(heading.label) for heading in table.headings]
    rows = [["–" if cell.missing else one_line(cell.text) for cell in row] for row in table.rows]
    widths = _fit(labels, rows, width - 2)
    lines = wrap(one_line(table.title), width) if table.title else []
    if widths is None:
        lines += _blocks(labels, rows, width)
    else:
        right = [heading.align == "right" for heading in table.headings]
        lines += _line(labels, widths, right)
        lines.append("  " + _GAP.join("─" * size for size in widths))
        for row in rows:
            lines += _line(row, widths, right)
    if not rows:
        lines.append("  –")
    for note in table.notes:
        lines += wrap(one_line(note), width, indent="  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def breadth(text: str) -> int:
    """Columns that a text takes on a terminal: 2 for wide letters, 0 for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_breadth(char) for char in text)


def wrap(text: str, width: int, *, indent: str = "") -> list[str]:
    """The text in lines of at most *width* columns, broken at spaces, or within a word too long."""
    room = max(width - len(indent), 1)
    lines, line, used = [], "", 0
    for word in text.split():
        for piece in _pieces(word, room):
            size = breadth(piece)
            if line and used + 1 + size > room:
                lines.append(indent + line)
                line, used = "", 0
            line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    return [*lines, indent + line] if line or not lines else lines


def _breadth(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(word: str, room: int) -> list[str]:
    if breadth(word) <= room:
        return [word]
    pieces, piece, used = [], "", 0
    for char in word:
        size = _breadth(char)
        if piece and used + size > room:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += size
    return [*pieces, piece]


def _fit(labels: list[str], rows: list[list[str]], room: int) -> list[int] | None:
    """Width of each column, the widest ones shrunk first; None if they cannot stand side by side."""
    if not labels:
        return []
    grid = list(zip(labels, *rows, strict=True))
    natural = [max(breadth(field) for field in column) for column in grid]
    least = [
        min(size, max(_LEAST, min(_longest_word(column), 14)))
        for size, column in zip(natural, grid, strict=True)
    ]
    room -= len(_GAP) * (len(labels) - 1)
    if sum(least) > room:
        return None
    widths = list(natural)
    while (excess := sum(widths) - room) > 0:
        widest = max(size for size, floor in zip(widths, least, strict=True) if size > floor)
        at_top = [n for n, size in enumerate(widths) if size == widest and size > least[n]]
        below = [size for n, size in enumerate(widths) if size < widest and n not in at_top]
        step = max(1, min(excess // len(at_top), widest - max(below, default=0)))
        for number in at_top:
            cut = min(step, widths[number] - least[number], sum(widths) - room)
            widths[number] -= cut
    return widths


def _longest_word(column: tuple[str, ...]) -> int:
    return max((breadth(word) for field in column for word in field.split()), default=0)


def _line(fields: list[str], widths: list[int], right: list[bool]) -> list[str]:
    columns = [wrap(field, size) for field, size in zip(fields, widths, strict=True)]
    lines = []
    for number in range(max((len(column) for column in columns), default=0)):
        parts = []
        for column, size, is_right in zip(columns, widths, right, strict=True):
            part = column[number] if number < len(column) else ""
            space = " " * (size - breadth(part))
            parts.append(space + part if is_right else part + space)
        lines.append("  " + _GAP.join(parts))
    return lines


def _blocks(labels: list[str], rows: list[list[str]], width: int) -> list[str]:
    size = min(max(breadth(label) for label in labels), width // 3)
    lines: list[str] = []
    for row in rows:
        if lines:
            lines.append("")
        for label, field in zip(labels, row, strict=True):
            lines += _line([label, field], [size, width - size - 4], [False, False])
    return lines
