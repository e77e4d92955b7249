"""The cut-offs that turn the fit of a truth-table row into its outcome."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.sets.membership import TOLERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoffs:
    """Which rows count as positive; the object checks itself when made.

    Parameters
    ----------
    consistency : float in (0, 1]
        Least consistency of a positive row.
    contradiction : float in [0, 1), optional
        Rows that are not positive but reach this consistency are contradictory (``C``) rather than
        negative. Without it no row is ``C``.
    pri : float in [0, 1]
        Least proportional reduction in inconsistency of a positive row.
    frequency : int, at least 1
        Rows with fewer cases are treated as remainders.

    Raises
    ------
    OptionError
        If one is out of its range, or *contradiction* is not below *consistency*.

    Notes
    -----
    The field warns against consistency cut-offs below .75 [1]_; a truth table says so as a caveat.

    Examples
    --------
    >>> Cutoffs(consistency=0.8, pri=0.5).frequency
    1

    References
    ----------
    .. [1] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, 46.
       https://doi.org/10.7208/chicago/9780226702797.001.0001
    """

    consistency: float = 0.8
    contradiction: float | None = None
    pri: float = 0.0
    frequency: int = 1

    def changed(self, **changes: Any) -> Cutoffs:
        """Cut-offs with some of them replaced; OptionError, with the nearest, for one that does not exist."""
        refuse_misspelt({name: changes[name] for name in changes.keys() - self.data().keys()}, Cutoffs)
        return replace(self, **changes)

    def data(self) -> dict[str, float | int | None]:
        """The cut-offs as plain JSON values."""
        return {
            "consistency": float(self.consistency),
            "contradiction": None if self.contradiction is None else float(self.contradiction),
            "pri": float(self.pri),
            "frequency": int(self.frequency),
        }

    def __post_init__(self) -> None:
        check_share("consistency", self.consistency, above_zero=True, example=0.8)
        check_share("pri", self.pri)
        frequency: object = self.frequency
        if isinstance(frequency, bool) or not isinstance(frequency, Integral) or int(frequency) < 1:
            raise OptionError(
                "the frequency cut-off is a whole number of cases, at least 1",
                where=f"frequency={frequency!r}",
                fix="rows with fewer cases than this become remainders; frequency=1 keeps every observed row",
            )
        if self.contradiction is None:
            return
        check_share("contradiction", self.contradiction)
        if self.contradiction >= self.consistency:
            raise OptionError(
                "the cut-off for contradictory rows must lie below the consistency cut-off",
                where=f"contradiction={self.contradiction!r}, consistency={self.consistency!r}",
                fix="rows from contradiction up to consistency are marked C: let contradiction be the lower one",
            )


def check_share(name: str, value: object, *, above_zero: bool = False, example: float = 0.5) -> None:
    """Refuse a cut-off that is no share.

    Parameters
    ----------
    name : str
        What it is called.
    value : object
        A number in [0, 1] is let through.
    above_zero : bool
        Whether 0, and what cannot be told from it, is refused too.
    example : float
        A value that could be meant.

    Raises
    ------
    OptionError
    """
    lowest = "above 0" if above_zero else "from 0"
    number = float(value) if not isinstance(value, bool) and isinstance(value, Real) else math.nan
    if math.isfinite(number):
        if 0 <= number <= 1 and not (above_zero and number <= TOLERANCE):
            return
        if 5 <= number <= 100:
            raise OptionError(
                f"the cut-off {name} is a share {lowest} to 1",
                where=f"{name}={value!r}",
                fix=f"a percentage is written as a share: {name}={number / 100:g}",
            )
    raise OptionError(
        f"the cut-off {name} is a share {lowest} to 1",
        where=f"{name}={value!r}",
        fix=f"give a number such as {name}={example:g}",
    )
