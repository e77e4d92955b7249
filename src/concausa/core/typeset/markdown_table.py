"""A table as Markdown (the pipe tables of GitHub Flavored Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from concausa.core.table import Table
from concausa.core.visible import one_line

_MARKS = re.compile(r"([\\`*_{}\[\]#|~$^=])")
_FIRST = re.compile(r"^([-+:]|\d+(?=[.)]))")


def markdown(table: Table) -> str:
    """Title, pipe table and notes. All punctuation that Markdown reads is escaped, HTML included.

    Missing cells are a dash. Line breaks inside a cell become spaces.
    """
    lines = [f"**{escape(table.title)}**", ""] if table.title else []
    lines.append(_row(escape(head.label) for head in table.headings))
    lines.append(_row("---:" if head.align == "right" else "---" for head in table.headings))
    for row in table.rows:
        lines.append(_row("–" if cell.missing else escape(cell.text) for cell in row))
    for note in table.notes:
        lines += ["", _FIRST.sub(_guard_first, escape(note))]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text as Markdown that shows exactly it."""
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", plain)


def _row(fields: Iterable[str]) -> str:
    return "| " + " | ".join(fields) + " |"


def _guard_first(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}"
