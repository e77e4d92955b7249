"""What was learned: the spread of every unknown before the evidence and after it, and of combinations.

References
----------
.. [1] Vernon, Goldstein & Bower (2010), Galaxy formation: a Bayesian uncertainty analysis, *Bayesian Analysis*
   5(4), 619-669. https://doi.org/10.1214/10-BA524 (history matching; what evidence leaves of a prior)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.table import Table
from concausa.dynamics import learned_view
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.doubts import doubts, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.prior import Points, Unknown, stream
from concausa.dynamics.share import Share
from concausa.dynamics.summary import Summary

Values = npt.NDArray[np.float64]

#: Below this share of its spread before, an unknown is learned; below the second, somewhat; else not.
LEARNED, SOMEWHAT = 0.5, 0.85
#: An unknown is told as part of a combination from this weight on.
LOADS = 0.3
#: A combination is told only if its ratio lies below this times that of each of its parts.
BEYOND = 0.9
#: How many combinations are told at most.
COMBINATIONS = 3
#: How often chance is drawn, of how many draws at most, and how seldom it may do as much.
CHANCES, CHANCE_DRAWS, SELDOM = 100, 1000, 0.05

_Z = 1.6449
_GRID = (np.arange(4096) + 0.5) / 4096


@dataclass(frozen=True, slots=True)
class Lesson:
    """One unknown before and after.

    Parameters
    ----------
    unknown : Unknown
    before, after : Summary
        In its own units.
    ratio : Share
        Spread after to spread before (standard deviations), with its range; it may lie above 1.
    word : str
        ``learned`` (ratio below 0.5), ``somewhat`` (below 0.85), ``not learned`` (the ratio or its range
        reaches 0.85), ``pushed apart`` (the spread is wider: the middle is excluded), or ``no draws``.
    """

    unknown: Unknown
    before: Summary
    after: Summary
    ratio: Share
    word: str


@dataclass(frozen=True, slots=True)
class Combination:
    """A sum of unknowns, each in spreads of its prior, of which more is known than of any part.

    Parameters
    ----------
    parts : tuple of (str, float)
        Unknowns with their weights, the heaviest first; those below ``LOADS`` are left out.
    ratio : float
        Its spread after to its spread before.
    by_chance : float
        The ratio that chance alone falls below one time in twenty.
    """

    parts: tuple[tuple[str, float], ...]
    ratio: float
    by_chance: float

    @property
    def text(self) -> str:
        """Such as ``0.71 aI - 0.70 dC``."""
        told = ""
        for place, (name, weight) in enumerate(self.parts):
            sign = ("" if weight > 0 else "-") if not place else (" + " if weight > 0 else " - ")
            told += f"{sign}{abs(weight):.2f} {name}"
        return told


@dataclass(frozen=True)
class Learned:
    """What the evidence taught.

    Parameters
    ----------
    model : str
    lessons : tuple of Lesson
        One for every unknown.
    combinations : tuple of Combination
        The best known first.
    draws : int
    effective : float
        How many independent draws they are worth.
    caveats : tuple of Caveat
    """

    model: str
    lessons: tuple[Lesson, ...]
    combinations: tuple[Combination, ...]
    draws: int
    effective: float
    caveats: tuple[Caveat, ...]

    def of(self, word: str) -> tuple[Lesson, ...]:
        """The lessons with a word; disturbances are left out."""
        return tuple(one for one in self.lessons if one.word == word and one.unknown.kind != "noise")

    def table(self) -> Table:
        """A row an unknown."""
        return learned_view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return learned_view.data(self)

    def __repr__(self) -> str:
        told = [one for one in self.lessons if one.unknown.kind != "noise"]
        return f"<Learned of {self.model}: {len(self.of('learned'))} of {len(told)} unknowns learned>"

    def __str__(self) -> str:
        return learned_view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def learned(matching: Matching, *, admitted: Admitted | None = None) -> Learned:
    """Hold what every unknown was before the evidence against what it is after it.

    Parameters
    ----------
    admitted : Admitted, optional
        Draws to be looked at; all that meet every band unless given.

    Raises
    ------
    OptionError
        If nothing is unknown, or there are no bands.

    Examples
    --------
    >>> from concausa.dynamics.band import Band
    >>> from concausa.dynamics.matching import match
    >>> from concausa.dynamics.model import Model
    >>> from concausa.dynamics.quantity import Flow, Range, Stock
    >>> from concausa.dynamics.setting import Setting
    >>> still = Model("still", (Stock("C"),), flows=(Flow("none", "C", True, "0"),))
    >>> half = Band("half", "NL", "C", 2000, 2000, 0, 0.4)
    >>> found = learned(match(still, Setting(("NL",), 2000, 2001), [half], draws=5000))
    >>> found.lessons[0].word, round(found.lessons[0].ratio.value, 1)
    ('learned', 0.4)
    """
    refuse_nothing(matching)
    chosen = matching.admitted() if admitted is None else admitted
    unknowns = matching.prior.unknowns
    lessons = tuple(_lesson(unknown, chosen) for unknown in unknowns)
    return Learned(
        matching.model.name,
        lessons,
        _combinations([one for one in lessons if one.unknown.kind != "noise"], chosen, matching.seed),
        chosen.draws,
        chosen.effective,
        doubts(chosen),
    )


def spread_ratio(values: Values, before: float, effective: float) -> Share:
    """Standard deviation to one before, and where it lies in nine of ten repetitions.

    The range follows from the fourth moment of the draws, and from how many independent ones they are worth.
    """
    if len(values) < 2 or effective < 2:
        return Share(float("nan"), 0.0, float("inf"))
    off = values - values.mean()
    variance = float((off**2).mean())
    if variance <= 1e-24 * max(before, 1e-12) ** 2:
        return Share(0.0, 0.0, 0.0)
    peaked = float((off**4).mean()) / variance**2
    reach = exp(_Z * sqrt(max(peaked - 1, 0.0) / (4 * effective)))
    ratio = sqrt(variance) / before
    return Share(ratio, ratio / reach, ratio * reach)


def word(ratio: Share) -> str:
    """The word for a ratio of spreads; see ``Lesson``."""
    if not ratio.value >= 0:
        return "no draws"
    if ratio.low > 1 / SOMEWHAT:
        return "pushed apart"
    if ratio.high >= SOMEWHAT:
        return "not learned"
    return "learned" if ratio.value < LEARNED else "somewhat"


def _lesson(unknown: Unknown, admitted: Admitted) -> Lesson:
    before = Summary.of(unknown.value(_GRID))
    values = unknown.value(admitted.points[unknown.name])
    ratio = spread_ratio(values, before.sd, admitted.effective)
    return Lesson(unknown, before, Summary.of(values), ratio, word(ratio))


def _combinations(lessons: Sequence[Lesson], admitted: Admitted, seed: int) -> tuple[Combination, ...]:
    """Directions in which the draws lie closer than chance brings them, and than each unknown does alone.

    Chance has two forms, and both must be beaten: as many draws of the prior, and as many of the admitted
    draws with each unknown shuffled by itself, which keeps what was learned of single ones.
    """
    count = min(int(admitted.effective), CHANCE_DRAWS)
    if len(lessons) < 2 or count <= len(lessons):
        return ()
    drawn = _whitened(lessons, admitted.points)
    rng = stream(seed, 0, "chance of combinations")
    plain, shuffled = [], []
    for _ in range(CHANCES):
        fresh = {one.unknown.name: rng.random(count) for one in lessons}
        plain.append(np.linalg.eigvalsh(np.cov(_whitened(lessons, fresh))))
        places = rng.integers(0, drawn.shape[1], (len(lessons), count))
        shuffled.append(np.linalg.eigvalsh(np.cov(np.take_along_axis(drawn, places, 1))))
    bounds = np.minimum(*(np.quantile(np.array(one), SELDOM, axis=0) for one in (plain, shuffled)))
    values, vectors = np.linalg.eigh(np.cov(drawn))
    found = []
    for value, vector, bound in zip(values[:COMBINATIONS], vectors.T, bounds, strict=False):
        ratio, chance = sqrt(max(float(value), 0.0)), sqrt(max(float(bound), 0.0))
        order = [place for place in np.argsort(-np.abs(vector)) if abs(vector[place]) >= LOADS]
        alone = min(lessons[place].ratio.value for place in order)
        if not ratio < chance or ratio >= SOMEWHAT:
            break
        if len(order) > 1 and ratio < BEYOND * alone:
            turn = 1.0 if vector[order[0]] > 0 else -1.0
            parts = tuple((lessons[place].unknown.name, turn * float(vector[place])) for place in order)
            found.append(Combination(parts, ratio, chance))
    return tuple(found)


def _whitened(lessons: Sequence[Lesson], points: Points) -> Values:
    """Draws in spreads of the prior, shape (unknowns, draws)."""
    return np.stack([
        (one.unknown.value(points[one.unknown.name]) - one.before.mean) / one.before.sd for one in lessons
    ])  # fmt: skip
