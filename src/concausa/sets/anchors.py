"""Anchors: the raw values on which a calibration rests, with the reason for them and its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest

Shape = Literal["increasing", "decreasing", "bell", "inverted bell"]
SHAPES: tuple[str, ...] = get_args(Shape)

_THREE = ("full-out", "crossover", "full-in")
_SIX = {
    "bell": ("full-out", "crossover", "full-in", "full-in", "crossover", "full-out"),
    "inverted bell": ("full-in", "crossover", "full-out", "full-out", "crossover", "full-in"),
}
_ORDER = "let them strictly rise (full-out, crossover, full-in) or strictly fall"
_SIX_ORDER = "write six rising values; only the two in the middle may be the same"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a calibration rests on.

    Parameters
    ----------
    values : tuple of float
        Raw values. Three for a set that one enters from one side (full-out, crossover, full-in:
        rising, or falling where less is more of the set), six rising ones for a bell; thresholds for
        crisp and multi-value sets; none where the data or a list of levels take their place.
    names : tuple of str
        What each value is: ``full-out``, ``crossover``, ``full-in``, or ``threshold``.
    shape : str
        ``increasing``, ``decreasing``, ``bell``, ``inverted bell``, or ``""`` for thresholds.
    why : str
        The reason for these values, in the words of whoever chose them.
    source : str
        Where the reason can be read: a reference, a law, a codebook.
    percentiles : tuple of float
        The percentiles of the data, in [0, 100], that the values were taken from; empty otherwise.
    """

    values: tuple[float, ...]
    names: tuple[str, ...] = ()
    shape: str = ""
    why: str = ""
    source: str = ""
    percentiles: tuple[float, ...] = ()

    @property
    def crossovers(self) -> tuple[float, ...]:
        """The raw values with a membership of one half."""
        return tuple(
            value for name, value in zip(self.names, self.values, strict=True) if name == "crossover"
        )

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "values": list(self.values),
            "names": list(self.names),
            "shape": self.shape,
            "why": self.why,
            "source": self.source,
            "percentiles": list(self.percentiles),
        }

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:.10g}" for name, value in zip(self.names, self.values, strict=True))


def anchors(
    values: Sequence[float],
    *,
    shape: str | None = None,
    why: str = "",
    source: str = "",
    percentiles: tuple[float, ...] = (),
) -> Anchors:
    """Anchors of a fuzzy set, checked.

    Parameters
    ----------
    values : sequence of float
        Three (full-out, crossover, full-in), strictly rising or strictly falling; or six strictly
        rising ones, of which the two in the middle may coincide.
    shape : str, optional
        Needed with six values, because their order does not tell it: ``bell`` (out, crossover, in, in,
        crossover, out) or ``inverted bell`` (in, crossover, out, out, crossover, in). With three values
        ``increasing`` or ``decreasing`` may be said, and must then be true.
    why, source : str
        The reason for them, and where it can be read.

    Raises
    ------
    OptionError
        If there are neither three nor six, one is no finite number, they are tied or out of order, or
        do not have the shape that is said.

    Examples
    --------
    >>> print(anchors([400, 550, 900], why="poor, middling and rich at the time"))
    full-out 400, crossover 550, full-in 900
    >>> anchors([15, 9.5, 5]).shape
    'decreasing'
    """
    found = _numbers(values, "anchors")
    if shape is not None and shape not in SHAPES:
        raise unknown_option("shape", shape, SHAPES)
    if len(found) == 3:
        return _three(found, shape, why, source, percentiles)
    if len(found) == 6:
        return _six(found, shape, why, source, percentiles)
    raise OptionError(
        f"there are {len(found)} anchors where three or six are needed",
        where=_written("anchors", found),
        fix="give full-out, crossover and full-in, or six values for a bell",
    )


def steps(values: Sequence[float] | float, *, why: str = "", source: str = "") -> Anchors:
    """Thresholds between the values of a crisp or multi-value set, checked.

    Parameters
    ----------
    values : float or sequence of float
        At least one, strictly rising.

    Raises
    ------
    OptionError
        If there is none, one is no finite number, or they do not strictly rise.

    Examples
    --------
    >>> steps([550, 850]).values
    (550.0, 850.0)
    """
    found = _numbers(values if isinstance(values, Sequence) else _listed(values), "thresholds")
    if not found:
        raise OptionError(
            "there is no threshold", where="thresholds", fix="give at least one, such as thresholds=[550]"
        )
    if any(left >= right for left, right in pairwise(found)):
        raise OptionError(
            "the thresholds do not strictly rise",
            where=_written("thresholds", found),
            fix="write each of them once, from the lowest to the highest",
        )
    return Anchors(found, ("threshold",) * len(found), "", why, source)


def unknown_option(option: str, value: object, allowed: Sequence[str]) -> OptionError:
    """The refusal of an option's value, with the nearest allowed one."""
    near = nearest(str(value), allowed)
    hint = f"did you mean {near!r}? " if near else ""
    return OptionError(
        f"{option} cannot be {value!r}", where=option, fix=f"{hint}it can be {', '.join(map(repr, allowed))}"
    )


def _three(
    found: tuple[float, ...], shape: str | None, why: str, source: str, percentiles: tuple[float, ...]
) -> Anchors:
    low, middle, high = found
    if low < middle < high:
        direction = "increasing"
    elif low > middle > high:
        direction = "decreasing"
    else:
        tied = len(set(found)) < 3
        raise OptionError(
            "the anchors are tied" if tied else "the anchors are out of order",
            where=_written("anchors", found, _THREE),
            fix=_ORDER,
        )
    if shape is not None and shape != direction:
        raise OptionError(
            f"three {'rising' if direction == 'increasing' else 'falling'} anchors are {direction}, not {shape}",
            where=_written("anchors", found, _THREE),
            fix=_ORDER if shape in ("increasing", "decreasing") else f"give six anchors for shape={shape!r}",
        )
    _check_spread(found)
    return Anchors(found, _THREE, direction, why, source, percentiles)


def _six(
    found: tuple[float, ...], shape: str | None, why: str, source: str, percentiles: tuple[float, ...]
) -> Anchors:
    if shape not in _SIX:
        raise OptionError(
            "six anchors can be a bell or an inverted bell",
            where=_written("anchors", found),
            fix='say which: shape="bell" if the middle is in the set, shape="inverted bell" if its ends are',
        )
    pairs = list(pairwise(found))
    if any(left > right or (left == right and number != 2) for number, (left, right) in enumerate(pairs)):
        tied = all(left <= right for left, right in pairs)
        raise OptionError(
            "the anchors are tied" if tied else "the anchors are out of order",
            where=_written("anchors", found, _SIX[shape]),
            fix=_SIX_ORDER,
        )
    _check_spread(found)
    return Anchors(found, _SIX[shape], shape, why, source, percentiles)


def _check_spread(found: tuple[float, ...]) -> None:
    if not math.isfinite(found[-1] - found[0]):
        raise OptionError(
            "the anchors are too far apart to compute with",
            where=_written("anchors", found),
            fix="measure the raw values in a larger unit",
        )


def _listed(values: Any) -> list[Any]:
    """A number, an array or any other iterable as a list."""
    return list(values) if hasattr(values, "__iter__") and not isinstance(values, str) else [values]


def _numbers(values: Any, option: str) -> tuple[float, ...]:
    found = []
    for value in _listed(values):
        try:
            number = math.nan if isinstance(value, str) else float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise OptionError(
                f"{value!r} among the {option} is no finite number",
                where=option,
                fix=f"write the {option} as numbers in the unit of the raw values",
            )
        found.append(number)
    return tuple(found)


def _written(option: str, values: Sequence[float], names: Sequence[str] = ()) -> str:
    """``anchors: full-out 3, crossover 2, full-in 5``."""
    if len(names) == len(values):
        return f"{option}: " + ", ".join(
            f"{n} {v!r}".removesuffix(".0") for n, v in zip(names, values, strict=True)
        )
    return f"{option}: " + ", ".join(repr(value).removesuffix(".0") for value in values)
