"""Rows of a table that a user asks for with ``--where``."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.table import Cell, Table

#: How many values of a column are named at most, and up to which length.
_MOST, _LONG = 15, 40


def kept(table: Table, conditions: Sequence[str]) -> Table:
    """The table with only the rows that meet every condition.

    Parameters
    ----------
    conditions : sequence of str
        ``COLUMN=VALUE``: the cell is VALUE, or one of its values separated by ``;`` is; an empty VALUE
        asks for missing cells. ``COLUMN~TEXT``: the cell holds TEXT. Upper and lower case do not count.

    Raises
    ------
    UnknownNameError
        If a condition has another form, or names a column that the table does not have.
    """
    tests = [_test(table, condition) for condition in conditions]
    keep = [
        number
        for number, row in enumerate(table.rows)
        if all(_meets(row[column], sign, wanted) for column, sign, wanted in tests)
    ]
    ids = tuple(table.row_ids[number] for number in keep) if table.row_ids else ()
    return dataclasses.replace(table, rows=tuple(table.rows[number] for number in keep), row_ids=ids)


def why_none(table: Table, conditions: Sequence[str]) -> str:
    """Why no row meets the conditions: what the columns do hold; empty if some row does, or none is asked.

    Parameters
    ----------
    table : Table
        All rows.
    conditions : sequence of str
        As in :func:`kept`.
    """
    if not table.rows or not conditions or kept(table, conditions).rows:
        return ""
    met = [condition for condition in conditions if kept(table, [condition]).rows]
    alone = [condition for condition in conditions if condition not in met]
    if not alone:
        return f"some row meets each of {' and '.join(met)}, and none meets them all"
    return "; ".join(_unmet(table, condition) for condition in alone)


def _unmet(table: Table, condition: str) -> str:
    column, sign, wanted = _test(table, condition)
    key = table.headings[column].key
    cells = [row[column] for row in table.rows]
    if not wanted:
        return f"{key} is empty in no row"
    values = list(dict.fromkeys(value for cell in cells for value in _values(cell)))
    if not values:
        return f"{key} is empty in every row"
    if sign == "~":
        return f"no {key} holds {condition.partition('~')[2].strip()!r}"
    near = nearest(wanted, values)
    listed = sorted(values, key=lambda value: (value != near, values.index(value)))[:_MOST]
    if max(map(len, listed)) > _LONG:
        hint = f"did you mean {near}?" if near else f"{key}~TEXT finds what a longer text holds"
        return f"no {key} is {condition.partition('=')[2].strip()!r}; {hint}"
    more = f" and {len(values) - _MOST} more" if len(values) > _MOST else ""
    hint = f"did you mean {near}? " if near else ""
    return f"no {key} is {condition.partition('=')[2].strip()!r}; {hint}it holds {', '.join(listed)}{more}"


def _values(cell: Cell) -> list[str]:
    """The single values of a cell."""
    if cell.missing:
        return []
    if isinstance(cell.value, list | tuple):
        return [str(part) for part in cell.value]
    return [part.strip() for part in cell.text.split(";") if part.strip()]


def position(table: Table, column: str) -> int:
    """Where a column stands; UnknownNameError with the nearest name if there is none."""
    keys = [head.key for head in table.headings]
    wanted = column.strip()
    if wanted not in keys:
        near = nearest(wanted, keys)
        raise UnknownNameError(
            f"{table.name} has no column {wanted!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(keys)}",
        )
    return keys.index(wanted)


def _test(table: Table, condition: str) -> tuple[int, str, str]:
    places = [place for place in (condition.find("="), condition.find("~")) if place > 0]
    if not places:
        raise UnknownNameError(
            f"{condition!r} is not a condition on rows",
            fix="write COLUMN=VALUE or COLUMN~TEXT, such as unit=NL",
        )
    place = min(places)
    return position(table, condition[:place]), condition[place], condition[place + 1 :].strip().casefold()


def _meets(cell: Cell, sign: str, wanted: str) -> bool:
    forms = [
        "" if cell.missing else cell.text,
        str(cell.data) if cell.value is not None and not cell.missing else "",
    ]
    folded = {form.strip().casefold() for form in forms}
    if sign == "~":
        return any(wanted in form for form in folded)
    parts = {part.strip() for form in folded for part in form.split(";")}
    if isinstance(cell.value, list | tuple):
        parts |= {str(part).casefold() for part in cell.value}
    return wanted in (
        folded | parts if wanted else {form for form in folded if cell.missing or not any(folded)}
    )
