"""A contrast: two cases that an account orders, beside the order of their outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from concausa.rivals.cell import seen_level
from concausa.rivals.expectation import Expectation
from concausa.rivals.observation import Seen
from concausa.rivals.order import NOTHING, Order, Sign, absolute_order, expected_order, sign_of
from concausa.rivals.timetable import Timetable
from concausa.rivals.verdict import Word, joined


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two units in one period, or one unit in two.

    Parameters
    ----------
    first, second : (unit, period)
        The earlier case is the second, so that ``>`` says that the outcome has risen.
    verdict : str
        ``fits``: the outcomes stand as expected · ``fails``: a difference is expected, and the outcomes
        show another or none · ``does not discriminate``: no difference is expected, and there is one;
        the account leaves it unexplained, or it is the kind that never tells cases apart.
    expected : mapping of frozenset of str to int
        Signs left possible, each with its months; contrasts over time have no months and count 1.
    observed : str or None
        How the outcomes stand; None where one is not known.
    """

    first: tuple[str, str]
    second: tuple[str, str]
    verdict: Word
    expected: Mapping[Order, int]
    observed: Sign | None

    @property
    def over_time(self) -> bool:
        """Whether one unit is compared with itself."""
        return self.first[0] == self.second[0]

    @property
    def name(self) -> str:
        """``NL-1 : PUE-1``."""
        return " : ".join("-".join(case) for case in (self.first, self.second))

    @property
    def differs(self) -> bool:
        """Whether the outcomes are known to differ."""
        return self.observed in (">", "<")

    @property
    def explained(self) -> bool:
        """Whether a difference of the outcomes goes the way that was expected."""
        return self.differs and self.verdict == "fits"

    @property
    def unexplained(self) -> bool:
        """Whether the outcomes differ, and the account expects no difference."""
        return self.differs and self.verdict == "does not discriminate"


def contrasts(table: Timetable, seen: Seen) -> tuple[Contrast, ...]:
    """Every two units in each period, then every unit in each two periods that follow one another."""
    return (*_across(table, seen), *_over_time(table, seen))


def _across(table: Timetable, seen: Seen) -> Iterator[Contrast]:
    for period in table.periods:
        stretches = table.of(period)
        for one, two in combinations(table.units, 2):
            expected: dict[Order, int] = {}
            by_sight: dict[tuple[int | None, int | None], list[tuple[Order, Sign | None]]] = {}
            signs: set[Sign | None] = set()
            for stretch in stretches:
                sign = _sign(table.scale, seen_level(stretch, seen, one), seen_level(stretch, seen, two))
                signs.add(sign)
                if not (stretch.speaks(one) and stretch.speaks(two)):
                    continue
                order = expected_order(stretch.expected[one], stretch.expected[two], table.scale)
                if order:
                    expected[order] = expected.get(order, 0) + stretch.months
                    sight = stretch.seen.get(one), stretch.seen.get(two)
                    by_sight.setdefault(sight, []).append((order, sign))
            verdict = joined(_together(group) for group in by_sight.values())
            if not expected and any(stretch.lacks(one, two) for stretch in stretches):
                verdict = "no data"
            observed = signs.pop() if len(signs) == 1 else None
            yield Contrast((one, period), (two, period), verdict, expected, observed)


def _over_time(table: Timetable, seen: Seen) -> Iterator[Contrast]:
    for unit in table.units:
        for before, after in pairwise(table.periods):
            said, level = _whole(table, seen, unit, after)
            earlier, level_before = _whole(table, seen, unit, before)
            sign = _sign(table.scale, level, level_before)
            orders = {absolute_order(one, two, table.scale) for one in said for two in earlier} - {NOTHING}
            changes = len(orders) > 1 or (orders and (len(said) > 1 or len(earlier) > 1))
            if not orders:
                verdict: Word = "no data" if _lacks(table, unit, after, before) else "silent"
            elif changes:
                verdict = "no data" if sign is None else "changes within the period"
            else:
                verdict = order_verdict(next(iter(orders)), sign)
            yield Contrast((unit, after), (unit, before), verdict, dict.fromkeys(orders, 1), sign)


def _whole(
    table: Timetable, seen: Seen, unit: str, period: str
) -> tuple[tuple[Expectation, ...], str | None]:
    """What is expected of a case, each thing once, and the one level that it has throughout."""
    said: dict[tuple[str, ...], Expectation] = {}
    levels: set[str | None] = set()
    for stretch in table.of(period):
        levels.add(seen_level(stretch, seen, unit))
        if stretch.speaks(unit):
            said.setdefault(stretch.expected[unit].kind, stretch.expected[unit])
    return tuple(said.values()), levels.pop() if len(levels) == 1 else None


def _lacks(table: Timetable, unit: str, *periods: str) -> bool:
    """Whether something would be said of a unit in each of two periods, did the record not leave one open."""
    open_ = [any(stretch.lacks(unit) for stretch in table.of(period)) for period in periods]
    said = [any(stretch.speaks(unit) for stretch in table.of(period)) for period in periods]
    return any(open_) and all(one or other for one, other in zip(open_, said, strict=True))


def _sign(scale: Sequence[str], one: str | None, two: str | None) -> Sign | None:
    return None if one is None or two is None else sign_of(scale.index(one), scale.index(two))


def _together(parts: Sequence[tuple[Order, Sign | None]]) -> Word:
    if len({order for order, _ in parts}) > 1 and any(sign is not None for _, sign in parts):
        return "changes within the period"
    return joined(order_verdict(order, sign) for order, sign in parts)


def order_verdict(order: Order, observed: Sign | None) -> Word:
    """Hold an expected order against the observed one.

    Whether cases are expected alike by their levels or by the word *no difference*, a difference between
    them is left unexplained; whether the levels themselves are right is judged case by case. Cases
    expected alike that are alike fit; of those about which the account says that it tells them not
    apart nothing is borne out.
    """
    if not order:
        return "silent"
    if observed is None:
        return "no data"
    if order == {"none"}:
        return "does not discriminate"
    if observed in order:
        return "fits"
    return "does not discriminate" if order == {"="} else "fails"
