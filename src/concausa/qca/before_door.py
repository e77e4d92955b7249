"""The door to before-conditions: orders of events read from the dates of a frame, and written into it as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import DataError, DateError, OptionError
from concausa.core.frame import columns_of
from concausa.qca.before import Before, Code, Days, Order, admitted
from concausa.qca.case_data import columns_test
from concausa.sets.membership import CROSSOVER, TOLERANCE

#: What stands for an event that happened nobody knows when.
UNDATED = "?"
_ANY_DAY: Days = (-(10**8), 10**8)


def before(frame: object, first: str, second: str, *, cases: str | Sequence[str] | None = None) -> Before:
    """A before-condition from two columns of dates.

    An event is taken to begin on some day of its date (of the start of an interval). It is before another one
    if every such day is earlier, and not before it if no such day is; else the order is open and both
    readings are kept. A date that is marked ``~``, ``?`` or ``%`` (if an interval: at its beginning) decides no
    order, beside whatever other. Where one of the two did not happen the order does not matter [2]_.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, or list of records
    first, second : str
        Events: their dates stand in a column ``NAME_date``, or in the column ``NAME`` itself, in EDTF (``1935``,
        ``1935-05``, ``1935-05-19``, ``1935~``, ``1935/1938``). Empty: the event did not happen. ``?``: it happened,
        nobody knows when. Where the column ``NAME`` beside ``NAME_date`` says that it happened, an empty
        date counts as ``?``.
    cases : str, or sequence of str, optional
        The column with the names of the cases, or the names.

    Raises
    ------
    DateError
        If a date cannot be read.
    DataError, OptionError, UnknownNameError
        If there is no such column, it is named twice, or an event is dated in a case in which it did not happen.

    Examples
    --------
    >>> found = before({"elite": ["1935", "1936", "1937-05", ""],
    ...                 "strike": ["1936", "1935", "1937", "1937"]}, "elite", "strike")
    >>> found.name, [order.text for order in found.orders]
    ('elite.before.strike', ['1', '0', '1 or 0', '-'])
    """
    if first == second:
        raise OptionError(
            "an event cannot come before itself",
            where=f"{first} before {second}",
            fix="name two columns of dates",
        )
    known = columns_test(frame)
    names = [f"{name}_date" if known(f"{name}_date") else name for name in (first, second)]
    found = columns_of(frame, [*names, cases] if isinstance(cases, str) else names)
    if found.n == 0:
        raise DataError("there are no cases", where="the table has no rows")
    given = list(found.values[2]) if isinstance(cases, str) else cases
    called = [str(name) for name in given] if given is not None else [str(n) for n in range(1, found.n + 1)]
    if len(called) != found.n or len(set(called)) < len(called):
        raise DataError(
            "every case has a name of its own",
            where=f"{len(called)} names for {found.n} cases",
            fix="name the column of the cases, or leave cases= out",
        )
    texts = [
        _texts(frame, name, column, values, called)
        for name, column, values in zip((first, second), names, found.values, strict=False)
    ]
    orders = []
    for case, *dates in zip(called, *texts, strict=True):
        orders.append(Order(case, admitted(_begins(dates[0]), _begins(dates[1])), *dates))
    return Before(first, second, tuple(orders))


def orders_of(frame: object, given: object, cases: Sequence[str]) -> tuple[Before, ...]:
    """Before-conditions of a frame.

    Parameters
    ----------
    given : sequence of Before, ``"A<B"`` or (A, B)
    cases : sequence of str
        The names of the cases of the frame.

    Raises
    ------
    OptionError
        If *given* is none of these, or a before-condition is about other cases.
    """
    found = list(given) if isinstance(given, (list, tuple)) else []
    if not found:
        raise OptionError(
            "the orders of events are a list",
            where=f"before={given!r}",
            fix='write before=["A<B"], with dates in columns A_date and B_date',
        )
    return tuple(_order(frame, one, cases) for one in found)


def with_orders(
    frame: object,
    orders: Sequence[Before],
    choice: Mapping[tuple[str, str], Code],
    *,
    dont_care: Any = "-",
) -> dict[str, Any]:
    """The columns of a frame and, beside them, its before-conditions.

    Parameters
    ----------
    choice : mapping of (condition, case) to 1, 0 or None
        How open orders are read.

    Raises
    ------
    OptionError
        If an open order is not read, or a before-condition is called as a column is.
    """
    names = _columns(frame)
    columns = dict(zip(names, columns_of(frame, names).values, strict=True))
    for one in orders:
        if one.name in columns:
            raise OptionError(
                f'the frame has a column "{one.name}" already',
                where=f"before: {one.first} before {one.second}",
                fix="rename the column, or name it among the conditions and leave the order out",
            )
        own = {case: code for (name, case), code in choice.items() if name == one.name}
        columns[one.name] = one.column(own, dont_care=dont_care)
    return columns


def _columns(frame: object) -> list[str]:
    """The names of all columns that are called by texts."""
    if isinstance(frame, Mapping):
        known: Any = frame
    elif isinstance(frame, (list, tuple)):
        known = dict.fromkeys(name for record in frame if isinstance(record, Mapping) for name in record)
    else:
        known = getattr(frame, "column_names", getattr(frame, "columns", ()))
    return [name for name in known if isinstance(name, str)]


def _order(frame: object, given: object, cases: Sequence[str]) -> Before:
    if isinstance(given, Before):
        if given.cases != tuple(cases):
            raise OptionError(
                f"{given.name} is about other cases than the frame",
                where=f"{', '.join(given.cases[:5])} beside {', '.join(cases[:5])}",
                fix="make it with the same cases, in the same order",
            )
        return given
    pair = given if isinstance(given, (list, tuple)) else str(given).split("<")
    if len(pair) != 2 or not all(isinstance(name, str) and name.strip() for name in pair):
        raise OptionError(
            "an order of events names two events",
            where=f"before: {given!r}",
            fix='write "A<B": A came before B',
        )
    return before(frame, pair[0].strip(), pair[1].strip(), cases=cases)


def _texts(frame: object, name: str, column: str, values: Sequence[Any], cases: Sequence[str]) -> list[str]:
    """The dates of an event as text; unknown where its own column says that it happened."""
    texts = [_read(value, column, case) for value, case in zip(values, cases, strict=True)]
    if column == name or not columns_test(frame)(name):
        return texts
    happened = columns_of(frame, [name]).values[0]
    for place, (text, there) in enumerate(zip(texts, happened, strict=True)):
        if isinstance(there, bool) or not isinstance(there, Real):
            continue
        if text and float(there) < CROSSOVER - TOLERANCE:
            raise DataError(
                f"{name} is dated in a case in which it did not happen",
                where=f"{cases[place]}: {name} {there:g}, {column} {text}",
                fix="take the date out, or give the event a score above .5",
            )
        if not text and float(there) > CROSSOVER + TOLERANCE:
            texts[place] = UNDATED
    return texts


def _read(value: Any, column: str, case: str) -> str:
    """The text of a date; empty for an event that did not happen."""
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else str(value).strip()
    if text and text != UNDATED:
        try:
            Date.parse(text)
        except DateError as error:
            raise DateError(error.what, where=f"column {column}, case {case}", fix=error.fix) from error
    return text


def _begins(text: str) -> Days | None:
    if not text:
        return None
    if text == UNDATED:
        return _ANY_DAY
    start = text.partition("/")[0]
    if start in ("", ".."):
        return _ANY_DAY
    date = Date.parse(start)
    if date.is_loose or date.earliest is None or date.latest is None:
        return _ANY_DAY
    return date.earliest.toordinal(), date.latest.toordinal()
