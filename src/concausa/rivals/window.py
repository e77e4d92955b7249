"""Windows: amounts of two units over one stretch of time, beside the order that an account expects of its months.

A window may cross the boundary of periods, and may be finer or coarser than they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from concausa.core.date import Date
from concausa.rivals.contrast import order_verdict
from concausa.rivals.order import Order, Sign, expected_order
from concausa.rivals.timetable import Timetable
from concausa.rivals.verdict import Word


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a unit had in a window.

    Parameters
    ----------
    unit : str
    window : Date
        Closed.
    value : Fraction
    measured_in : str
        Only amounts measured alike are compared.
    id : str
    """

    unit: str
    window: Date
    value: Fraction
    measured_in: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class WindowContrast:
    """Two units in one window.

    Parameters
    ----------
    window : Date
    first, second : Amount
    expected : mapping of frozenset of str to int
        Signs that the account leaves possible, each with its months; months of which it says nothing
        aside.
    verdict : str
        ``changes within the period`` where different orders are expected of its months.
    """

    window: Date
    first: Amount
    second: Amount
    expected: Mapping[Order, int]
    verdict: Word

    @property
    def observed(self) -> Sign:
        """How the amounts stand."""
        if self.first.value == self.second.value:
            return "="
        return ">" if self.first.value > self.second.value else "<"

    @property
    def name(self) -> str:
        """``NL : PUE, 2005/2009``."""
        return f"{self.first.unit} : {self.second.unit}, {self.window}"


def window_contrasts(table: Timetable, amounts: Iterable[Amount]) -> tuple[WindowContrast, ...]:
    """Every two units with amounts of one window, measured alike, in the order of the table's units."""
    by_window: dict[tuple[str, str], list[Amount]] = {}
    for amount in amounts:
        if amount.unit in table.units:
            by_window.setdefault((amount.window.text, amount.measured_in), []).append(amount)
    found = []
    for group in by_window.values():
        ranked = sorted(group, key=lambda one: table.units.index(one.unit))
        for one, two in combinations(ranked, 2):
            if one.unit != two.unit:
                found.append(_contrast(table, one, two))
    return tuple(found)


def _contrast(table: Timetable, one: Amount, two: Amount) -> WindowContrast:
    expected: dict[Order, int] = {}
    for stretch in table.stretches:
        months = stretch.within(one.window)
        if not months or not (stretch.speaks(one.unit) and stretch.speaks(two.unit)):
            continue
        order = expected_order(stretch.expected[one.unit], stretch.expected[two.unit], table.scale)
        if order:
            expected[order] = expected.get(order, 0) + months
    raw = WindowContrast(one.window, one, two, expected, "silent")
    if not expected:
        parts = [stretch for stretch in table.stretches if stretch.within(one.window)]
        lacking = any(stretch.lacks(one.unit, two.unit) for stretch in parts)
        return WindowContrast(one.window, one, two, expected, "no data") if lacking else raw
    verdict: Word = "changes within the period"
    if len(expected) == 1:
        verdict = order_verdict(next(iter(expected)), raw.observed)
    return WindowContrast(one.window, one, two, expected, verdict)
