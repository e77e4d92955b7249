"""From values back to the text of cells: the one spelling in which a study is written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from concausa.core.date import Date
from concausa.study.schema import TableSpec


def cell(value: Any) -> str:
    """The text of one value; an empty text for what is not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Date | Decimal | int):
        return str(value)
    text: str = value
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def row_cells(spec: TableSpec, noun: Any) -> tuple[str, ...]:
    """The cells of a row in the order of its table's columns."""
    return tuple(cell(getattr(noun, name)) for name in spec.columns)


def table_cells(spec: TableSpec, nouns: Iterable[Any]) -> list[tuple[str, ...]]:
    """The cells of a table. Two tables are the same when these are: 4.3 and 4.30 are not."""
    return [row_cells(spec, noun) for noun in nouns]
