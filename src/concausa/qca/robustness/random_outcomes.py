"""Null: what the same analysis finds when the outcome is random, so that there is nothing to be found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.core.score_interval import interval
from concausa.core.spread import spread
from concausa.qca.formulas import Formulas
from concausa.qca.robustness import shuffles
from concausa.qca.robustness.tried import Tried, tried
from concausa.qca.robustness.varying import stream
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import Floats

if TYPE_CHECKING:
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis

Kind = Literal["permutation", "resampled", "independent"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Most cases of which every outcome is looked at.
ALL = 12
#: Draws of one job: the same however many workers there are.
CHUNK = 250
#: What is counted, in the order in which it is printed.
EVENTS = ("any", "consistency", "coverage", "both", "perfect", "same")


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance under random outcomes.

    Parameters
    ----------
    share : float in [0, 1]
    low, high : float in [0, 1]
        Wilson's 95 % interval of the draws; both are *share* where the chance is exact.
    exact : bool
        Whether every outcome was looked at, or the chance was counted.
    """

    share: float
    low: float
    high: float
    exact: bool

    @staticmethod
    def known(share: float) -> Chance:
        """A chance that is exact."""
        return Chance(share, share, share, True)

    def data(self) -> dict[str, Any]:
        """The chance as plain JSON values."""
        return {"share": self.share, "low": self.low, "high": self.high, "exact": self.exact}

    def __str__(self) -> str:
        return f"{self.share:.3f}" if self.exact else f"{self.share:.3f} ({self.low:.3f}–{self.high:.3f})"


@dataclass(frozen=True, eq=False, repr=False)
class RandomOutcomes:
    """The same analysis of random outcomes.

    Parameters
    ----------
    initial : Tried
    kind : str
        How outcomes are made random: see :func:`random_outcomes`.
    rate : float or None
        Chance of the outcome in each case, of ``independent`` ones.
    seed : int
    exact : bool
        Whether every outcome was looked at, each with its probability.
    weights : array of float, shape (outcomes,)
        Probability of each outcome that was looked at.
    events : array of bool, shape (6, outcomes)
        Whether there is any solution; whether a model is at least as consistent as the observed one, covers at least
        as much, or both; whether one fits perfectly; whether the formula is the observed one.
    consistency, coverage : float in [0, 1]
        Of the observed model.
    counted : float or None
        The chance of a perfect fit by counting, where data are crisp.
    """

    initial: Tried
    kind: Kind
    rate: float | None
    seed: int
    exact: bool
    weights: Floats
    events: NDArray[np.bool_]
    consistency: float
    coverage: float
    counted: float | None

    @property
    def outcomes(self) -> int:
        """How many outcomes were looked at."""
        return len(self.weights)

    def chance(self, event: str) -> Chance:
        """The chance of an event.

        Parameters
        ----------
        event : str
            ``any``, ``consistency``, ``coverage``, ``both``, ``perfect`` or ``same``.

        Raises
        ------
        OptionError
            If there is no such event.
        """
        if event not in EVENTS:
            near = nearest(str(event), EVENTS)
            raise OptionError(
                f"there is no chance of {event!r}",
                where="event",
                fix=f'did you mean "{near}"?' if near else f"one of {', '.join(EVENTS)}",
            )
        if event == "perfect" and self.counted is not None:
            return Chance.known(self.counted)
        own = self.events[EVENTS.index(event)]
        if self.exact:
            return Chance.known(min(1.0, float(self.weights[own].sum())))
        count = int(own.sum())
        return Chance(count / len(own), *interval(count, len(own)), False)

    @property
    def any(self) -> Chance:
        """The chance of any solution at all."""
        return self.chance("any")

    @property
    def both(self) -> Chance:
        """The chance of a model that is at least as consistent and covers at least as much as the observed one."""
        return self.chance("both")

    @property
    def perfect(self) -> Chance:
        """The chance of a model with consistency 1 and coverage 1."""
        return self.chance("perfect")

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the chances."""
        from concausa.qca.robustness.random_view import caveats_of

        return caveats_of(self)

    def table(self) -> Table:
        """The chances."""
        from concausa.qca.robustness.random_view import chances_table

        return chances_table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values, without the single outcomes."""
        return {
            "initial": self.initial.data(),
            "kind": self.kind,
            "rate": self.rate,
            "seed": self.seed,
            "exact": self.exact,
            "outcomes": self.outcomes,
            "observed": {"consistency": self.consistency, "coverage": self.coverage},
            "chances": {event: self.chance(event).data() for event in EVENTS},
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that the chances rest on."""
        from concausa.qca.robustness.random_view import SOURCES

        return SOURCES

    def __repr__(self) -> str:
        return f"<RandomOutcomes: {self.kind}, {self.outcomes:,} outcomes, as good in {self.both.share:.1%}>"

    def __str__(self) -> str:
        from concausa.qca.robustness.random_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def random_outcomes(
    analysis: Analysis,
    *,
    kind: Kind = "permutation",
    rate: float | None = None,
    draws: int = 1_000,
    seed: int = 1,
    choice: int = 0,
    workers: int = 1,
    scheduler: Any = None,
) -> RandomOutcomes:
    """Run the analysis on random outcomes, to see how easily it finds as much where there is nothing.

    The conditions of every case stay as they are. Of a draw with several models each counts: an event has come if one
    of them brings it.

    Parameters
    ----------
    analysis : Analysis
    kind : str
        ``permutation``: the outcome's own scores, in random order, so that as many cases have it as before [1]_.
        ``resampled``: its own scores, drawn with replacement. ``independent``: each case has the outcome, or has it
        not, with probability *rate* [2]_.
    rate : float in (0, 1), optional
        For ``independent``; the share of the cases that are in the outcome if not given.
    draws : int
        How many outcomes are drawn. Of twelve or fewer cases with a crisp outcome every one is looked at instead,
        except for ``resampled``.
    seed : int
    choice : int
        Which model of the solution the draws are held against, counted from 0.
    workers, scheduler
        As for :func:`concausa.core.spread.spread`; the result is the same whatever they are.

    Raises
    ------
    OptionError
        If an option has a value that it cannot have.
    DataError
        If the analysis has no solution, or the outcome is the same in every case.

    Notes
    -----
    In crisp data the chance of a perfect fit is counted, whatever the number of cases: it comes about if no observed
    row holds cases with and without the outcome. With *r* rows of n₁ … nᵣ cases and *k* of *n* cases in the outcome
    that is the number of sets of rows with *k* cases in all, over the number of ways to choose *k* of *n* cases; for
    independent outcomes Π (pⁿⁱ + (1 − p)ⁿⁱ), less (1 − p)ⁿ for no outcome at all. The more conditions, the smaller the
    rows and the greater the chance [3]_.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 0, 0]}
    >>> found = random_outcomes(analysis(frame, outcome="Y", conditions=["A", "B"]))
    >>> found.outcomes, str(found.perfect)  # four rows of one case: every outcome fits perfectly
    (6, '1.000')
    >>> found = random_outcomes(analysis(frame, outcome="Y", conditions=["A"]))
    >>> str(found.perfect)  # two rows of two cases: 2 of 6 outcomes
    '0.333'

    References
    ----------
    .. [1] Braumoeller (2015), Guarding Against False Positives in Qualitative Comparative Analysis, *Political
       Analysis* 23(4), 471-487.
    .. [2] Gibson & Vann (2016), The Bootstrapped Robustness Assessment for Qualitative Comparative Analysis.
       https://arxiv.org/abs/1606.05000
    .. [3] Marx (2010), Crisp-set Qualitative Comparative Analysis (csQCA) and Model Specification, *International
       Journal of Multiple Research Approaches* 4(2), 138-158. https://doi.org/10.5172/mra.2010.4.2.138
    """
    _check(kind, rate, draws, seed)
    (initial,) = tried([analysis], ["IS"], [choice])
    if not initial.formula.models:
        raise DataError(
            f"the initial analysis has no solution: {initial.formula.nothing}",
            where=repr(analysis),
            fix="hold random outcomes against a solution that there is",
        )
    y = initial.outcome
    if float(np.ptp(y)) <= TOLERANCE:
        raise DataError(
            "the outcome is the same in every case, so that its order says nothing",
            where=f"{analysis.outcome}: {y[0]:g} in all {len(y)} cases",
            fix="take up cases with other outcomes",
        )
    if kind == "independent" and rate is None:
        rate = float((y > CROSSOVER + TOLERANCE).mean())
        if not 0 < rate < 1:
            raise OptionError(
                "the rate is a share above 0 and below 1",
                where=f"{rate:g} of the cases are in {analysis.outcome}",
                fix="give rate=0.5, or what the outcome's rate is beyond these cases",
            )
    outcomes, weights, exact = _outcomes(y, kind, rate, draws, seed)
    own = fit.consistency(initial.chosen, y, trusted=True), fit.coverage(initial.chosen, y, trusted=True)
    parts = [slice(start, start + CHUNK) for start in range(0, len(outcomes), CHUNK)]
    jobs = [(analysis, outcomes[part], initial.formula.key, own) for part in parts]
    events = np.concatenate(spread(_events, jobs, workers=workers, scheduler=scheduler), axis=1)
    counted = _counted(analysis, y, kind, rate)
    return RandomOutcomes(initial, kind, rate, seed, exact, weights, events, *own, counted)


def _check(kind: object, rate: float | None, draws: object, seed: object) -> None:
    if kind not in KINDS:
        near = nearest(str(kind), KINDS)
        raise OptionError(
            f"kind cannot be {kind!r}",
            where="kind",
            fix=f'did you mean "{near}"?' if near else f"one of {', '.join(KINDS)}",
        )
    if rate is not None and (kind != "independent" or not 0 < rate < 1):
        raise OptionError(
            "the rate is a share above 0 and below 1, and goes with independent outcomes",
            where=f"rate={rate!r}, kind={kind!r}",
            fix='such as kind="independent", rate=0.5',
        )
    if not isinstance(draws, int) or isinstance(draws, bool) or draws < 1:
        raise OptionError("draws is a whole number from 1 on", where=f"draws={draws!r}", fix="such as 1000")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError("the seed is a whole number from 0 on", where=f"seed={seed!r}", fix="such as 1")


def _outcomes(
    y: Floats, kind: Kind, rate: float | None, draws: int, seed: int
) -> tuple[Floats, Floats, bool]:
    """Outcomes with their probabilities, and whether these are all."""
    n = len(y)
    crisp = bool(((y == 0) | (y == 1)).all())
    if kind == "permutation" and crisp and n <= ALL:
        ways = shuffles.arrangements(n, int(y.sum()))
        return ways, np.full(len(ways), 1 / len(ways)), True
    if kind == "independent" and n <= ALL:
        ways = shuffles.outcomes(n)
        ones = ways.sum(axis=1)
        p = rate or 0.0
        return ways, p**ones * (1 - p) ** (n - ones), True
    rng = stream(seed, 0, kind)
    if kind == "permutation":
        ways = shuffles.shuffled(y, draws, rng)
    elif kind == "resampled":
        ways = shuffles.resampled(y, draws, rng)
    else:
        ways = shuffles.tossed(n, rate or 0.0, draws, rng)
    return ways, np.full(draws, 1 / draws), False


def _events(job: tuple[Analysis, Floats, tuple[str, ...], tuple[float, float]]) -> NDArray[np.bool_]:
    """What comes about under each outcome, shape (6, outcomes)."""
    analysis, outcomes, own, (consistency, coverage) = job
    table = analysis.truth_table
    rows = table.data.memberships(table.configurations, table.condition_names).T
    codes = shuffles.codes_of(shuffles.sums_of(rows, outcomes), table.n, analysis.cutoffs)
    finder = Formulas(analysis)
    found = np.zeros((len(EVENTS), len(outcomes)), dtype=bool)
    different, places = np.unique(codes, axis=0, return_inverse=True)
    places = places.reshape(-1)
    for number, marks in enumerate(different):
        formula = finder.of(table.configurations, marks)
        if not formula.models:
            continue
        draws = np.flatnonzero(places == number)
        x = formula.memberships(analysis.data, analysis.conditions)
        y = outcomes[draws]
        both = np.minimum(x[:, None, :], y[None, :, :]).sum(axis=2)
        fits = _reached(both, x.sum(axis=1)[:, None]), _reached(both, y.sum(axis=1)[None, :])
        as_consistent, as_covering = fits[0] >= consistency - TOLERANCE, fits[1] >= coverage - TOLERANCE
        perfect = (fits[0] >= 1 - TOLERANCE) & (fits[1] >= 1 - TOLERANCE)
        found[:, draws] = [
            np.ones(len(draws), dtype=bool),
            as_consistent.any(axis=0),
            as_covering.any(axis=0),
            (as_consistent & as_covering).any(axis=0),
            perfect.any(axis=0),
            np.full(len(draws), formula.key == own),
        ]
    return found


def _reached(part: Floats, whole: Floats) -> Floats:
    return np.asarray(fit.ratio(part, np.broadcast_to(whole, part.shape)))


def _counted(analysis: Analysis, y: Floats, kind: Kind, rate: float | None) -> float | None:
    """The chance of a perfect fit by counting; None where data or options do not allow it."""
    table = analysis.truth_table
    plain = (
        all(factor.kind != "fuzzy" for factor in table.conditions)
        and int(table.configurations.min()) >= 0
        and analysis.cutoffs.frequency == 1
        and analysis.cutoffs.contradiction is None
        and not (analysis.exclude or analysis.include)
    )
    if not plain or kind == "resampled":
        return None
    if kind == "independent":
        return shuffles.pure_chance(table.n, rate or 0.0)
    if not ((y == 0) | (y == 1)).all():
        return None
    positive = int(y.sum())
    return shuffles.pure_arrangements(table.n, positive) / comb(len(y), positive)
