"""Quantities of a dynamic model: stocks that move, inputs from outside, parameters, and what is derived."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from concausa.core.errors import OptionError


@dataclass(frozen=True, slots=True)
class Range:
    """Where a number may lie before any evidence, each place as likely as the other.

    Parameters
    ----------
    parts : tuple of (low, high)
        In order; a part of no width is a single value, which is drawn where no part has a width.

    Raises
    ------
    OptionError
        If there is no part, an end is no finite number, or the ends are not in order.

    Examples
    --------
    >>> Range.of(0.2, 0.4)
    Range(parts=((0.2, 0.4),))
    """

    parts: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        ends = [end for part in self.parts for end in part]
        finite = all(float("-inf") < end < float("inf") for end in ends)
        if not (ends and finite and all(one <= two for one, two in pairwise(ends))):
            told = " or ".join(f"{low}..{high}" for low, high in self.parts)
            raise OptionError(f"{told or 'nothing'} is no range", fix="write the lower number first")

    @staticmethod
    def of(low: float, high: float) -> Range:
        """From *low* to *high*; OptionError if they are upside down or no numbers."""
        return Range(((float(low), float(high)),))

    @property
    def low(self) -> float:
        """The least value."""
        return self.parts[0][0]

    @property
    def high(self) -> float:
        """The greatest value."""
        return self.parts[-1][1]

    @property
    def is_value(self) -> bool:
        """Whether there is nothing to draw."""
        return self.low == self.high

    @property
    def text(self) -> str:
        """Such as ``0.2 to 0.4``; several parts are joined by *or*."""
        return " or ".join(f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in self.parts)


@dataclass(frozen=True, slots=True)
class Stock:
    """A membership in 0 to 1 that flows move.

    Parameters
    ----------
    name : str
        In formulas.
    start : Range
        In the first year, within 0 to 1, for units of which nothing else is said.
    condition : str
        The condition of the study that it stands for; empty if none.
    label : str
        For readers.
    """

    name: str
    start: Range = Range(((0.0, 1.0),))
    condition: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if self.start.low < 0 or self.start.high > 1:
            raise OptionError(
                f"{self.name} starts at {self.start.text}, outside 0 to 1", fix="give a range within 0..1"
            )


@dataclass(frozen=True, slots=True)
class Input:
    """A number in 0 to 1 that comes from outside the model, year by year; its courses stand in the setting."""

    name: str
    condition: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An unknown number that is the same for all units and years."""

    name: str
    range: Range
    label: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A quantity worked out from others in the same year.

    Parameters
    ----------
    formula : str
        While its mechanism is on, or if it has none.
    mechanism, without : str
        The mechanism that it stands for, and the formula while that is off.
    off : bool
        Whether the mechanism is off.
    """

    name: str
    formula: str
    mechanism: str = ""
    without: str = ""
    off: bool = False
    label: str = ""

    @property
    def counts(self) -> str:
        """The formula that counts now."""
        return self.without if self.off else self.formula


@dataclass(frozen=True, slots=True)
class Flow:
    """What moves a stock towards 1 or towards 0, at a rate a year.

    Parameters
    ----------
    id : str
    stock : str
    raises : bool
        Towards 1 if true, towards 0 if false.
    rate : str
        A formula that is never below 0; a hazard a year, so that a rate of 0.1 closes 1 − exp(−0.1) of the
        distance in a year.
    mechanism : str
        The mechanism that it stands for; empty if none.
    off : bool
        Whether it is off.
    """

    id: str
    stock: str
    raises: bool
    rate: str
    mechanism: str = ""
    off: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that is done in some year.

    Parameters
    ----------
    name : str
        By which it is asked for.
    moves : str
        A stock, which is raised to the value at the end of the year if it lies below, or an input, which has
        it from that year on.
    value : str
        A number in 0 to 1, or a parameter whose range lies there.
    exactly : bool
        Whether a stock that lies above the value is lowered to it.
    """

    name: str
    moves: str
    value: str
    label: str = ""
    exactly: bool = False
