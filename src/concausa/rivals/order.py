"""Orders: how an account expects two cases to stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from concausa.rivals.expectation import Expectation, admitted

#: First case above, level with or below the second; ``none``: the account does not tell them apart.
Sign = Literal[">", "=", "<", "none"]
Order = frozenset[Sign]

NOTHING: Order = frozenset()
_EVERY: Order = frozenset((">", "=", "<"))
_OPPOSITE: dict[Sign, Sign] = {">": "<", "<": ">", "=": "=", "none": "none"}


def opposite(order: Order) -> Order:
    """The same order, the second case named first."""
    return frozenset(_OPPOSITE[sign] for sign in order)


def expected_order(one: Expectation, two: Expectation, scale: Sequence[str]) -> Order:
    """The signs that an account leaves possible between two cases of the same months.

    Empty where it says nothing of how they compare. ``higher`` and ``lower`` order a case and every
    other; of two cases that are both higher than others nothing is said. ``high`` stands above ``low``,
    and two cases with the same word are expected alike. Named levels are compared one by one.
    """
    if not (one.speaks and two.speaks):
        return NOTHING
    above, below = _relative(one), _relative(two)
    if above and below:
        return frozenset((above,)) if above != below else NOTHING
    if above:
        return frozenset((above,))
    if below:
        return opposite(frozenset((below,)))
    return absolute_order(one, two, scale)


def absolute_order(one: Expectation, two: Expectation, scale: Sequence[str]) -> Order:
    """The signs left possible between two cases by what is expected of each alone."""
    if not (one.speaks and two.speaks) or _relative(one) or _relative(two):
        return NOTHING
    if "no difference" in (one.expects, two.expects):
        return frozenset(("none",))
    if one.expects == two.expects and one.expects != "levels":
        return frozenset(("=",))
    ranks = {level: rank for rank, level in enumerate(scale)}
    signs: set[Sign] = {
        sign_of(ranks[a], ranks[b]) for a in admitted(one, scale) for b in admitted(two, scale)
    }
    return NOTHING if signs == _EVERY else frozenset(signs)


def sign_of(one: int, two: int) -> Sign:
    """How two ranks stand."""
    return ">" if one > two else "<" if one < two else "="


def _relative(expectation: Expectation) -> Sign | None:
    if expectation.expects == "higher":
        return ">"
    return "<" if expectation.expects == "lower" else None
