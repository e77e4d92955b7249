"""What varies in a joint Monte Carlo: an anchor or a cut-off, within an interval that is declared with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import NormalDist
from typing import Any, Literal, get_args

import numpy as np

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.sets.score_pair import Floats

Shape = Literal["uniform", "triangular", "normal"]
SHAPES: tuple[str, ...] = get_args(Shape)
#: Cut-offs that may vary.
CUTOFFS = ("consistency", "pri", "frequency", "contradiction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Varying:
    """One parameter and how it is drawn; the object checks itself when made.

    Parameters
    ----------
    of : str
        A cut-off (``consistency``, ``pri``, ``frequency``, ``contradiction``), or the column whose anchor varies.
    anchor : str
        For a column ``full-out``, ``crossover``, ``full-in`` or ``threshold``, with a number where it has several
        (``threshold 2``). Empty for a cut-off.
    low, high : float
        The interval, in the unit of the raw values. It holds every draw.
    shape : str
        ``uniform``; ``triangular`` with its peak at *mode*; ``normal`` with mean *mode* and standard deviation
        *sd*, cut off at the ends of the interval. The frequency cut-off is drawn on the same scale and rounded.
    mode : float, optional
        The most likely value; the one in use if not given.
    sd : float, optional
        Of ``normal``; a quarter of the interval if not given.
    why : str
        Why this interval is plausible.

    Raises
    ------
    OptionError
        If the interval is empty or not finite, the shape is unknown, or an option does not go with the shape.

    Examples
    --------
    >>> Varying(of="GDP", anchor="crossover", low=500, high=600).name
    'GDP crossover'
    """

    of: str
    anchor: str = ""
    low: float
    high: float
    shape: Shape = "uniform"
    mode: float | None = None
    sd: float | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            near = nearest(str(self.shape), SHAPES)
            raise OptionError(
                f"there is no shape {self.shape!r}",
                where=self.name,
                fix=f'did you mean "{near}"?' if near else f"one of {', '.join(SHAPES)}",
            )
        if not (_is_number(self.low) and _is_number(self.high) and self.low < self.high):
            raise OptionError(
                "an interval runs from a lower to a higher number",
                where=f"{self.name}: low={self.low!r}, high={self.high!r}",
                fix="give both ends; what does not vary is left out",
            )
        if self.mode is not None and self.shape == "uniform":
            raise OptionError(
                "a uniform interval has no mode",
                where=self.name,
                fix='leave it out, or say shape="triangular"',
            )
        if self.mode is not None and not self.low <= self.mode <= self.high:
            raise OptionError(
                "the most likely value lies outside its interval",
                where=f"{self.name}: {self.mode:g}, interval {self.low:g} to {self.high:g}",
                fix="let the interval hold it",
            )
        if self.sd is not None and (self.shape != "normal" or not (_is_number(self.sd) and self.sd > 0)):
            raise OptionError(
                "sd is a number above 0 and goes with shape='normal'",
                where=f"{self.name}: sd={self.sd!r}, shape={self.shape!r}",
                fix="leave it out, or give both",
            )
        if self.of == "frequency" and not (_is_whole(self.low) and _is_whole(self.high) and self.low >= 1):
            raise OptionError(
                "the frequency cut-off varies between whole numbers from 1 on",
                where=f"low={self.low!r}, high={self.high!r}",
                fix="such as low=1, high=3",
            )

    @property
    def name(self) -> str:
        """``GDP crossover``, or the name of the cut-off."""
        return f"{self.of} {self.anchor}" if self.anchor else self.of

    def values(self, size: int, *, seed: int, block: int = 0, usual: float | None = None) -> Floats:
        """Draws from the parameter's own stream, shape (size,).

        The stream follows from seed, block and name alone, so that a further parameter, or another order of
        them, changes nothing in the draws of this one.

        Parameters
        ----------
        usual : float, optional
            The value in use, which is the mode if none was declared.

        Examples
        --------
        >>> few = Varying(of="frequency", low=1, high=3).values(1000, seed=1)
        >>> sorted(set(few.tolist()))
        [1.0, 2.0, 3.0]
        """
        uniform = stream(seed, block, self.name).random(size)
        whole = self.of == "frequency"
        low, high = (self.low - 0.5, self.high + 0.5) if whole else (self.low, self.high)
        found = _drawn(uniform, self.shape, low, high, self._mode(usual), self.sd)
        if whole:
            found = np.clip(np.rint(found), self.low, self.high)
        return np.clip(found, self.low, self.high)

    def _mode(self, usual: float | None) -> float:
        """The declared mode, else the value in use, else the middle."""
        mode = self.mode if self.mode is not None else usual
        middle = (self.low + self.high) / 2
        return middle if mode is None else min(max(mode, self.low), self.high)

    def data(self) -> dict[str, Any]:
        """The declaration as plain JSON values."""
        return {
            name: getattr(self, name)
            for name in ("of", "anchor", "low", "high", "shape", "mode", "sd", "why")
        }


def stream(seed: int, block: int, name: str) -> np.random.Generator:
    """The random numbers of one parameter in one block."""
    words = np.frombuffer(sha256(name.encode()).digest(), dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(*words, block)))


def in_order(values: Sequence[Floats] | Floats, rising: int, *, tied: int | None = None) -> Any:
    """Which draws of a column's anchors are in their order.

    Parameters
    ----------
    values : array of float, shape (anchors, draws)
        In the order of the calibration.
    rising : int
        1 if they strictly rise, −1 if they strictly fall.
    tied : int, optional
        The first of two neighbours that may be equal.

    Returns
    -------
    array of bool, shape (draws,)
    """
    steps = rising * np.diff(np.asarray(values, dtype=np.float64), axis=0)
    kept = steps > 0
    if tied is not None:
        kept[tied] |= steps[tied] == 0
    return kept.all(axis=0)


def _drawn(u: Floats, shape: str, low: float, high: float, mode: float, sd: float | None) -> Floats:
    if shape == "uniform":
        return low + u * (high - low)
    if shape == "triangular":
        before = (mode - low) / (high - low)
        rising = low + np.sqrt(u * (high - low) * (mode - low))
        falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
        return np.where(u < before, rising, falling)
    normal = NormalDist(mode, sd or (high - low) / 4)
    least, most = normal.cdf(low), normal.cdf(high)
    shares = np.clip(least + u * (most - least), 1e-15, 1 - 1e-15)
    return np.array([normal.inv_cdf(share) for share in shares.tolist()])


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: float) -> bool:
    return float(value).is_integer()
