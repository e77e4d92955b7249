"""The range of a parameter: how far it can move, alone, before what is held changes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

from concausa.qca.formulas import Formula

#: What stands at an end: a change, the neighbouring anchor or cut-off, the end of the scale, nothing however far
#: was searched, or the end of the budget.
EndKind = Literal["change", "neighbour", "scale", "none", "budget"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the truth table that is another one beyond an end.

    Parameters
    ----------
    row : str
        As a conjunction.
    before, beyond : str
        Its code on either side: ``1``, ``0``, ``C``, ``?``, or empty where no case is in it.
    """

    row: str
    before: str
    beyond: str

    def data(self) -> dict[str, str | None]:
        """The change as plain JSON values; None where no case is in the row."""
        return {"row": self.row, "before": self.before or None, "beyond": self.beyond or None}

    def __str__(self) -> str:
        return f"{self.row} {self.before or 'unobserved'} → {self.beyond or 'unobserved'}"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range.

    Parameters
    ----------
    kind : str
        ``change``: what is held changes here. ``neighbour``: it holds up to the next anchor or cut-off, which may not
        be crossed. ``scale``: it holds up to the last value that there is. ``none``: nothing bounds it in the data's
        range, nor as far beyond as was searched. ``budget``: not found within the budget.
    value : float
        Where it is; for ``none`` and ``budget`` how far was searched, and found to hold.
    closed : bool or None
        Whether the value itself still belongs to the range; None where it is known but for *width*.
    width : float
        Within how much the value is known; 0 where it is exact.
    name : str
        The neighbour's name.
    proved : bool
        For ``none``: whether nothing can change however far one goes.
    in_data : bool
        Whether it lies within the range of the raw values.
    rows : tuple of RowChange
        Rows that are others beyond.
    cases : tuple of str
        Cases that are in other rows beyond.
    beyond : Formula or None
        What is found beyond; None where nothing changes.
    """

    kind: EndKind
    value: float
    closed: bool | None = None
    width: float = 0.0
    name: str = ""
    proved: bool = False
    in_data: bool = True
    rows: tuple[RowChange, ...] = ()
    cases: tuple[str, ...] = ()
    beyond: Formula | None = None

    @property
    def exact(self) -> bool:
        """Whether the value is known exactly."""
        return self.width == 0 and self.kind != "budget"

    @property
    def bounds(self) -> bool:
        """Whether the parameter is held up here, rather than by nothing or by the end of a search."""
        return self.kind in ("change", "neighbour", "scale")

    def data(self) -> dict[str, Any]:
        """The end as plain JSON values."""
        return {
            "kind": self.kind,
            "value": self.value if self.bounds else None,
            "searched_to": None if self.bounds else self.value,
            "closed": self.closed,
            "exact": self.exact,
            "width": self.width,
            "neighbour": self.name or None,
            "proved": self.proved,
            "in_data": self.in_data,
            "rows": [row.data() for row in self.rows],
            "cases": list(self.cases),
            "beyond": None if self.beyond is None else list(self.beyond.models),
            "nothing": None if self.beyond is None else self.beyond.nothing or None,
        }


@dataclass(frozen=True, slots=True)
class ParameterRange:
    """How far one parameter can move while all others stay.

    Parameters
    ----------
    column : str
        The calibrated column; empty for a cut-off.
    name : str
        The anchor or cut-off.
    value : float
        Where it stands.
    lower, upper : End
        Where what is held first changes.
    table_lower, table_upper : End
        Where some row of the truth table first changes, whether what is held does or not.
    data_range : pair of float
        The least and greatest raw value; for a cut-off the ends of its scale.
    """

    column: str
    name: str
    value: float
    lower: End
    upper: End
    table_lower: End
    table_upper: End
    data_range: tuple[float, float]

    @property
    def label(self) -> str:
        """``GNPCAP crossover``, ``consistency``."""
        return f"{self.column} {self.name}".strip()

    def __contains__(self, value: float) -> bool:
        """Whether what is held is known to hold at a value of the parameter."""
        low, high = self.lower, self.upper
        above = value > low.value + low.width or (value == low.value and low.closed is True)
        below = value < high.value - high.width or (value == high.value and high.closed is True)
        return above and below

    @property
    def room(self) -> tuple[float | None, float | None]:
        """How far it can move down and up, as shares of the data's range; None where nothing bounds it."""
        width = self.data_range[1] - self.data_range[0]
        if not width > 0:
            return None, None
        down = (self.value - self.lower.value) / width if self.lower.bounds else None
        up = (self.upper.value - self.value) / width if self.upper.bounds else None
        return down, up

    def data(self) -> dict[str, Any]:
        """The range as plain JSON values."""
        return {
            "column": self.column or None,
            "parameter": self.name,
            "value": self.value,
            "lower": self.lower.data(),
            "upper": self.upper.data(),
            "table_lower": self.table_lower.data(),
            "table_upper": self.table_upper.data(),
            "data_range": list(self.data_range),
            "room": list(self.room),
        }

    @property
    def span(self) -> float:
        """The width of the data's range, by which numbers are rounded."""
        return self.data_range[1] - self.data_range[0] or abs(self.value) or 1.0

    def __repr__(self) -> str:
        return f"<ParameterRange {self.label} {figure(self.value, self.span)}: {self.told()}>"

    def told(self) -> str:
        """The interval, as it is written: ``520 to 586 (excluded)``."""
        low = end_text(self.lower, self.span, lower=True)
        return f"{low} to {end_text(self.upper, self.span, lower=False)}"


def end_text(end: End, span: float, *, lower: bool, say: Callable[[str], str] = str) -> str:
    """An end in a few words; a number is rounded into the range.

    Examples
    --------
    >>> end_text(End("change", 586.0, closed=False), 800, lower=False)
    '586 (excluded)'
    >>> end_text(End("change", 0.85216), 1, lower=False), end_text(End("change", 0.65218), 1, lower=True)
    ('0.8521', '0.6522')
    """
    if end.kind == "budget":
        return say("not found within the budget")
    if end.kind == "none":
        return say("no bound")
    number = figure(end.value, span, ROUND_CEILING if lower else ROUND_FLOOR)
    if end.kind == "neighbour":
        return f"{number} ({say(end.name)})"
    return say("{number} (excluded)").format(number=number) if end.closed is False else number


def figure(value: float, span: float, rounding: str = ROUND_HALF_EVEN) -> str:
    """A value with four digits of the data's range, or more if it has no more than fit.

    Examples
    --------
    >>> figure(586.0, 800), figure(0.852166, 1), figure(1_000_000.25, 50)
    ('586', '0.8522', '1000000.25')
    """
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(repr(float(value)))
    place = Decimal(1).scaleb(math.floor(math.log10(span)) - 4)
    rounded = exact if abs(exact) < place else exact.quantize(place, rounding=rounding)
    text = f"{rounded.normalize():f}"
    return text if len(text) <= 14 else f"{float(rounded):.10g}"
