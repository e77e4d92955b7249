"""Influence: which unknowns an outcome turns on, over the prior and over what the evidence admits.

References
----------
.. [1] Marino, Hogue, Ray & Kirschner (2008), A methodology for performing global uncertainty and sensitivity analysis
   in systems biology, *Journal of Theoretical Biology* 254(1), 178-196. https://doi.org/10.1016/j.jtbi.2008.04.011
   (partial rank correlations)
.. [2] Saltelli et al. (2008), *Global Sensitivity Analysis: The Primer*, Wiley. https://doi.org/10.1002/9780470725184
   (first and total indices of variance)
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import influence_view
from concausa.dynamics.doubts import doubts, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.rest import before
from concausa.dynamics.runs import Runs, refuse_count, rerun
from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]
Over = Literal["prior", "admitted"]

#: Points of one block of Sobol's design; the model is run that many times for each unknown, and twice more.
BLOCK = 512

#: A weaker pull is not named in sentences, however sure it is.
WEAK = 0.1

_Z = 1.6449


@dataclass(frozen=True, slots=True)
class Pull:
    """How an outcome turns on one unknown.

    Parameters
    ----------
    unknown : str
    value : float
        A partial rank correlation in [-1, 1]; nan if it is not defined.
    low, high : float
        Nine of ten repetitions lie between.
    """

    unknown: str
    value: float
    low: float
    high: float

    @property
    def shows(self) -> bool:
        """Whether the draws can show that it is not 0."""
        return self.low > 0 or self.high < 0

    @property
    def counts(self) -> bool:
        """Whether it shows, and is strong enough to be named."""
        return self.shows and abs(self.value) >= WEAK


@dataclass(frozen=True)
class Influence:
    """Partial rank correlations of an outcome with every unknown.

    Parameters
    ----------
    outcome : Outcome
    over : str
        ``prior`` or ``admitted``.
    pulls : tuple of Pull
        The strongest first; disturbances are left out.
    effective : float
        How many independent draws it rests on.
    varies : bool
        Whether the outcome varies at all.
    caveats : tuple of Caveat
    """

    outcome: Outcome
    over: Over
    pulls: tuple[Pull, ...]
    effective: float
    varies: bool
    caveats: tuple[Caveat, ...]

    def table(self) -> Table:
        """A row an unknown."""
        return influence_view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return influence_view.data(self)

    def __repr__(self) -> str:
        shown = sum(pull.shows for pull in self.pulls)
        return f"<Influence on {self.outcome.name} over the {self.over}: {shown} of {len(self.pulls)} shown>"

    def __str__(self) -> str:
        return influence_view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@dataclass(frozen=True, slots=True)
class Index:
    """The part of an outcome's variance over the prior that comes from one unknown.

    Parameters
    ----------
    unknown : str
    first : Share
        By itself.
    total : Share
        With all in which it takes part.
    """

    unknown: str
    first: Share
    total: Share


@dataclass(frozen=True)
class Indices:
    """Sobol's indices over the prior.

    Parameters
    ----------
    outcome : Outcome
    indices : tuple of Index
        The greatest total first.
    runs : int
        How often the model was run.
    varies : bool
        Whether the outcome varies at all.
    """

    outcome: Outcome
    indices: tuple[Index, ...]
    runs: int
    varies: bool

    def table(self) -> Table:
        """A row an unknown."""
        return influence_view.index_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return influence_view.index_data(self)

    def __repr__(self) -> str:
        return f"<Indices of {self.outcome.name}: {len(self.indices)} unknowns, {self.runs:,} runs>"

    def __str__(self) -> str:
        return influence_view.index_memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def influence(
    matching: Matching, outcome: Outcome, *, over: Over = "admitted", prior: Runs | None = None
) -> Influence:
    """Partial rank correlations: the pull of each unknown on an outcome, the others held fixed.

    It sees what rises or falls throughout; an unknown with an optimum in between may show nothing.

    Parameters
    ----------
    over : {"admitted", "prior"}
        Over which draws.
    prior : Runs, optional
        Runs of the prior; drawn anew unless given.

    Raises
    ------
    OptionError, UnknownNameError, FormulaError
        If the outcome does not fit, nothing is unknown, there are no bands, or *over* is neither.
    """
    refuse_nothing(matching)
    outcome.refuse_misfits(matching.model, matching.setting)
    if over not in ("admitted", "prior"):
        raise OptionError(f"over is {over!r}", fix="admitted or prior")
    names = [one.name for one in matching.prior.unknowns if one.kind != "noise"]
    caveats: tuple[Caveat, ...] = ()
    if over == "prior":
        runs = before(matching) if prior is None else prior
        effective = float(runs.draws)
    else:
        admitted = matching.admitted()
        caveats, effective = doubts(admitted), admitted.effective
        if not admitted.draws:
            return Influence(outcome, over, (), 0.0, False, caveats)
        runs = matching.runs(admitted)
    values = outcome.of(runs)
    if not np.ptp(values) > 0:
        return Influence(outcome, over, (), effective, False, caveats)
    found = partial_ranks(np.stack([runs.points[name] for name in names]), values)
    pulls = [_pull(name, float(one), effective, len(names)) for name, one in zip(names, found, strict=True)]
    pulls.sort(key=lambda pull: -abs(pull.value) if pull.value == pull.value else 1.0)
    return Influence(outcome, over, tuple(pulls), effective, True, caveats)


def partial_ranks(unknowns: Values, outcome: Values) -> Values:
    """The partial rank correlation of each unknown with an outcome, given all other unknowns.

    Parameters
    ----------
    unknowns : array, shape (unknowns, draws)
    outcome : array, shape (draws,)

    Returns
    -------
    array, shape (unknowns,)
        nan where it is not defined: too few draws, or something that is constant or follows from the others.

    Examples
    --------
    >>> x = np.array([[1.0, 2, 3, 4, 5], [5.0, 3, 4, 1, 2]])
    >>> partial_ranks(x, x[0] ** 3).round(6).tolist()[0]
    1.0
    """
    ranked = np.stack([ranks(row) for row in (*unknowns, outcome)])
    undefined = np.full(len(unknowns), np.nan)
    spread = ranked.std(axis=1)
    moving = spread[:-1] > 0
    if spread[-1] == 0 or ranked.shape[1] < moving.sum() + 2:
        return undefined
    chosen = ranked[np.append(moving, True)]
    among = np.atleast_2d(np.corrcoef(chosen[:-1]))
    if len(among) == 0 or np.linalg.eigvalsh(among)[0] < 1e-10:
        return undefined
    with_outcome = np.array([np.corrcoef(row, chosen[-1])[0, 1] for row in chosen[:-1]])
    inverse = np.linalg.inv(among)
    slopes = inverse @ with_outcome
    left = max(1.0 - float(with_outcome @ slopes), 0.0)
    # What the inverse of the whole matrix of correlations gives, with the outcome as its last row.
    below = np.sqrt(np.diag(inverse) * left + slopes**2)
    undefined[moving] = np.divide(slopes, below, out=np.zeros_like(slopes), where=below > 1e-12)
    return undefined


def ranks(values: Values) -> Values:
    """Ranks from 1 on; equal values share the mean of theirs.

    Examples
    --------
    >>> ranks(np.array([0.3, 0.1, 0.3])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: Values = (last - (counts - 1) / 2)[place]
    return mean


def indices(matching: Matching, outcome: Outcome, *, block: int = BLOCK) -> Indices:
    """Sobol's first and total indices over the prior, worked out by SALib.

    They need unknowns that are independent of each other, as they are before the evidence and not after it.

    Parameters
    ----------
    block : int
        Points of one block of the design, a power of 2.

    Raises
    ------
    OptionError, UnknownNameError, FormulaError
        If the outcome does not fit, nothing is unknown, there are no bands, SALib is not installed, or *block*
        is no power of 2.
    """
    refuse_nothing(matching)
    outcome.refuse_misfits(matching.model, matching.setting)
    refuse_count(block, "block")
    if block & (block - 1):
        raise OptionError(f"block is {block}", fix="a power of 2, such as 512")
    try:
        from SALib.analyze import sobol as analysis
        from SALib.sample import sobol as design
    except ImportError as error:
        raise OptionError("SALib is not installed", fix="pip install 'concausa[sensitivity]'") from error
    names = list(matching.prior.names)
    problem: dict[str, Any] = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    places = design.sample(problem, block, calc_second_order=False, seed=matching.seed)
    # A place of 1 lies beyond the last year that a year may be.
    places = np.minimum(places, np.nextafter(1.0, 0.0))
    points = {name: np.ascontiguousarray(places[:, column]) for column, name in enumerate(names)}
    values = outcome.of(rerun(matching.model, matching.setting, points))
    if not np.ptp(values) > 0:
        return Indices(outcome, (), len(places), False)
    found = analysis.analyze(
        problem, values, calc_second_order=False, conf_level=0.9, seed=matching.seed, print_to_console=False
    )
    listed = [
        Index(
            name,
            _share(found["S1"][place], found["S1_conf"][place]),
            _share(found["ST"][place], found["ST_conf"][place]),
        )
        for place, name in enumerate(names)
    ]
    return Indices(outcome, tuple(sorted(listed, key=lambda one: -one.total.value)), len(places), True)


def _share(value: float, reach: float) -> Share:
    return Share(float(value), float(value - reach), float(value + reach))


def _pull(name: str, value: float, effective: float, unknowns: int) -> Pull:
    """With Fisher's interval, as if each independent draw counted once."""
    freedom = effective - (unknowns - 1) - 3
    if not abs(value) <= 1 or freedom <= 0:
        return Pull(name, value, -1.0, 1.0)
    if abs(value) > 1 - 1e-12:
        return Pull(name, value, value, value)
    middle, reach = atanh(value), _Z / sqrt(freedom)
    return Pull(name, value, tanh(middle - reach), tanh(middle + reach))
