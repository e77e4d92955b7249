"""A table as CSV (RFC 4180) that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv as writer
import io
import re
from decimal import Decimal
from typing import Any

from concausa.core.table import Cell, Table
from concausa.core.visible import visible

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
#: A formula starts a cell; a semicolon, tab or line break starts one where they separate.
_FORMULA = re.compile(r"(^|[;\t\n\r])([\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def csv(table: Table) -> str:
    """Header and rows, comma separated, lines ended by CR LF.

    Numbers stand as numbers (``1234.5``, whatever the language of the table), missing cells are
    empty, titles and notes are left to the other writers. A text that a spreadsheet could take
    for a formula (it begins with ``= + - @``, a tab or a carriage return, and is not a plain number)
    gets an apostrophe in front; so does one after a semicolon or a line break inside a text, since
    some spreadsheets separate cells there.
    """
    out = io.StringIO()
    rows = writer.writer(out, lineterminator="\r\n")
    rows.writerow([harmless(head.label) for head in table.headings])
    for row in table.rows:
        rows.writerow([_field(cell) for cell in row])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text such that no spreadsheet reads a formula in it.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-1.5")
    ("'=1+1", '-1.5')
    """
    if _NUMBER.fullmatch(text):
        return text
    lead = "'" if text[:1] in ("\t", "\r") else ""
    return lead + _FORMULA.sub(lambda match: f"{match[1]}{match[2]}'", visible(text))


def _field(cell: Cell) -> str:
    value: Any = cell.data
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return harmless(cell.text)
