"""Joint Monte Carlo: how often the formula, its terms and its cases survive when anchors and cut-offs vary at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.score_interval import interval
from concausa.qca.formulas import Formula
from concausa.qca.robustness.draws import Drawn, drawn_values, out_of_order, run_draws, usual_values
from concausa.qca.robustness.tried import Tried, tried
from concausa.qca.robustness.varying import Varying
from concausa.sets.score_pair import Floats

if TYPE_CHECKING:
    from concausa.core.chart import Chart
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the draws, with Wilson's interval for the share.

    Parameters
    ----------
    count, n : int
    """

    count: int
    n: int

    @property
    def share(self) -> float:
        """In [0, 1]; nan of no draws."""
        return self.count / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """What the draws say of the share behind them, at 95 %."""
        return interval(self.count, self.n) if self.n else (0.0, 1.0)

    def data(self) -> dict[str, Any]:
        """The share as plain JSON values."""
        low, high = self.interval
        return {
            "count": self.count,
            "n": self.n,
            "share": self.share if self.n else None,
            "low": low,
            "high": high,
        }

    def __str__(self) -> str:
        return f"{self.share:.1%}" if self.n else "n/a"


@dataclass(frozen=True, slots=True)
class TermShare:
    """A term over all draws.

    Parameters
    ----------
    term : str
    initial : bool
        Whether it is a term of the initial solution.
    some, every : Share
        Draws in which at least one model, or every model, has it.
    essential : Share
        Draws in which it alone covers some positive row.
    """

    term: str
    initial: bool
    some: Share
    every: Share
    essential: Share


@dataclass(frozen=True, slots=True)
class CaseShare:
    """A case over all draws.

    Parameters
    ----------
    case : str
    initial : bool
        Whether it is in the initial model that was chosen.
    every, some : Share
        Draws in which it is in every model, or in at least one: membership above .5.
    """

    case: str
    initial: bool
    every: Share
    some: Share


@dataclass(frozen=True, slots=True)
class Weight:
    """What the survival of the formula owes to one parameter.

    Parameters
    ----------
    varying : Varying
    usual : float
        The value in use.
    parts : tuple of (float, float, Share)
        Survival by thirds of the drawn values (by value where there are three or fewer): lowest value, highest
        value, draws of this part with the same formula.
    spread : float in [0, 1]
        Greatest less least survival among the parts; nan where the parameter has one value only.
    association : float in [−1, 1]
        Rank-biserial correlation [1]_ between the value and survival: positive where higher values keep the formula.
        nan where all draws keep it, or none.

    References
    ----------
    .. [1] Cureton (1956), *Psychometrika* 21(3), 287-290. https://doi.org/10.1007/BF02289138
    """

    varying: Varying
    usual: float
    parts: tuple[tuple[float, float, Share], ...]
    spread: float
    association: float


@dataclass(frozen=True, eq=False, repr=False)
class MonteCarlo:
    """Draws of all parameters at once, and what stayed.

    Parameters
    ----------
    initial : Tried
    varying : tuple of Varying
    drawn : Drawn
    seed : int
    """

    initial: Tried
    varying: tuple[Varying, ...]
    drawn: Drawn
    seed: int

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.drawn.formula)

    @cached_property
    def out_of_order(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Anchors or cut-offs drawn together, and how many of the draws put them out of order and were drawn again."""
        return out_of_order(self.initial.analysis, self.varying, self.draws, self.seed)

    @cached_property
    def survived(self) -> NDArray[np.bool_]:
        """Which draws give the initial solution: the same models, all of them."""
        own = [formula.key == self.initial.formula.key for formula in self.drawn.formulas]
        return np.array(own, dtype=bool)[self.drawn.formula]

    @property
    def same(self) -> Share:
        """Draws with the same formula."""
        return Share(int(self.survived.sum()), self.draws)

    @cached_property
    def nothing(self) -> Share:
        """Draws without a solution."""
        own = np.array([not formula.models for formula in self.drawn.formulas], dtype=bool)
        return Share(int(own[self.drawn.formula].sum()), self.draws)

    @cached_property
    def formulas(self) -> tuple[tuple[Formula, Share], ...]:
        """Different formulas, the most frequent first."""
        counts = self._counts.tolist()
        order = sorted(range(len(counts)), key=lambda place: (-counts[place], place))
        return tuple((self.drawn.formulas[place], Share(counts[place], self.draws)) for place in order)

    @cached_property
    def _counts(self) -> NDArray[np.int64]:
        return np.bincount(self.drawn.formula, minlength=len(self.drawn.formulas))

    @cached_property
    def terms(self) -> tuple[TermShare, ...]:
        """Every term that came up: those of the initial solution first, then the most frequent."""
        own = self.initial.formula
        counts: dict[str, list[int]] = {term: [0, 0, 0] for model in own.written for term in model}
        for formula, count in zip(self.drawn.formulas, self._counts.tolist(), strict=True):
            for kind, terms in enumerate((formula.some, formula.core, formula.essential)):
                for term in terms:
                    counts.setdefault(term, [0, 0, 0])[kind] += count
        initial = own.some
        found = [
            TermShare(term, term in initial, *(Share(number, self.draws) for number in three))
            for term, three in counts.items()
        ]
        return tuple(sorted(found, key=lambda one: (not one.initial, -one.some.count, one.term)))

    @cached_property
    def cases(self) -> tuple[CaseShare, ...]:
        """Every case, in the order of the data."""
        own = self.initial.chosen > 0.5 + 1e-9
        every, some = self.drawn.every.sum(axis=0).tolist(), self.drawn.some.sum(axis=0).tolist()
        return tuple(
            CaseShare(case, bool(inside), Share(least, self.draws), Share(most, self.draws))
            for case, inside, least, most in zip(
                self.initial.analysis.cases, own.tolist(), every, some, strict=True
            )
        )

    @cached_property
    def weights(self) -> tuple[Weight, ...]:
        """What survival owes to each parameter, the weightiest first."""
        usual = usual_values(self.initial.analysis, self.varying)
        found = [
            _weight(one, value, row, self.survived)
            for one, value, row in zip(self.varying, usual, self.drawn.values, strict=True)
        ]
        return tuple(sorted(found, key=lambda one: -(0.0 if one.spread != one.spread else one.spread)))

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the shares."""
        from concausa.qca.robustness.monte_carlo_view import caveats_of

        return caveats_of(self)

    def table(self) -> Table:
        """Different formulas with the share of the draws that give them."""
        from concausa.qca.robustness.monte_carlo_view import formulas_table

        return formulas_table(self)

    def tables(self) -> tuple[Table, ...]:
        """Formulas, terms, cases and parameters."""
        from concausa.qca.robustness.monte_carlo_view import cases_table, terms_table, weights_table

        return self.table(), terms_table(self), cases_table(self), weights_table(self)

    def chart(self, *, name: str = "monte-carlo") -> Chart:
        """Survival by thirds of each parameter."""
        from concausa.qca.robustness.weights_chart import weights_chart

        return weights_chart(self, name=name)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values, without the single draws."""
        from concausa.qca.robustness.monte_carlo_view import document

        return document(self)

    def cite(self) -> tuple[str, ...]:
        """The works that the shares rest on."""
        from concausa.qca.robustness.monte_carlo_view import SOURCES

        return SOURCES

    def __repr__(self) -> str:
        return f"<MonteCarlo: {self.initial.formula.text} in {self.same} of {self.draws:,} draws>"

    def __str__(self) -> str:
        from concausa.qca.robustness.monte_carlo_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def monte_carlo(
    analysis: Analysis,
    varying: Sequence[Varying],
    *,
    draws: int = 1_000,
    seed: int = 1,
    choice: int = 0,
    workers: int = 1,
    scheduler: Any = None,
) -> MonteCarlo:
    """Let anchors and cut-offs vary at once within declared intervals, and see what stays.

    Each parameter has a stream of random numbers of its own, so that adding one, or naming them in another order,
    changes no draw of the others. Anchors of one column that a draw puts out of order are drawn again: the joint
    distribution is that of the intervals given that the anchors are in order.

    Parameters
    ----------
    analysis : Analysis
        Its solution is the one that should stay.
    varying : sequence of Varying
    draws : int, at least 1
    seed : int, at least 0
    choice : int
        Which model of the initial solution its cases are those of, counted from 0.
    workers, scheduler
        As for :func:`concausa.core.spread.spread`; the result is the same whatever they are.

    Raises
    ------
    OptionError, UnknownNameError
        If a parameter cannot vary so; the refusal says why.
    DataError
        If the initial analysis has no solution.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"GNP": [720, 1098, 586, 468, 350], "LIT": [1, 1, 1, 0, 0], "SURV": [1, 1, 1, 0, 0]}
    >>> first = analysis(frame, outcome="SURV", conditions=["GNP", "LIT"],
    ...                  calibrations={"GNP": {"method": "crisp", "thresholds": 550}})
    >>> found = monte_carlo(first, [Varying(of="GNP", anchor="threshold", low=500, high=900)])
    >>> low, high = found.same.interval
    >>> first.formula, low < 86 / 400 < high  # it stays from 500 up to 586, the raw value of the third case
    (('GNP*LIT',), True)
    """
    if not isinstance(draws, int) or isinstance(draws, bool) or draws < 1:
        raise OptionError("draws is a whole number from 1 on", where=f"draws={draws!r}", fix="such as 1000")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError("the seed is a whole number from 0 on", where=f"seed={seed!r}", fix="such as 1")
    (initial,) = tried([analysis], ["IS"], [choice])
    if not initial.formula.models:
        raise DataError(
            f"the initial analysis has no solution: {initial.formula.nothing}",
            where=repr(analysis),
            fix="vary what has a solution",
        )
    values = drawn_values(analysis, varying, draws, seed)
    drawn = run_draws(analysis, varying, values, workers=workers, scheduler=scheduler)
    return MonteCarlo(initial, tuple(varying), drawn, seed)


def _weight(varying: Varying, usual: float, values: Floats, survived: NDArray[np.bool_]) -> Weight:
    different = np.unique(values)
    if len(different) <= 3:
        groups = [values == value for value in different]
    else:
        order = np.argsort(values, kind="stable")
        groups = []
        for places in np.array_split(order, 3):
            group = np.zeros(len(values), dtype=bool)
            group[places] = True
            groups.append(group)
    parts = tuple(
        (float(values[g].min()), float(values[g].max()), Share(int(survived[g].sum()), int(g.sum())))
        for g in groups
    )
    shares = [part.share for _, _, part in parts]
    spread = max(shares) - min(shares) if len(parts) > 1 else float("nan")
    return Weight(varying, usual, parts, spread, _rank_biserial(values, survived))


def _rank_biserial(values: Floats, survived: NDArray[np.bool_]) -> float:
    yes, no = int(survived.sum()), int((~survived).sum())
    if not yes or not no:
        return float("nan")
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = ((last - counts + 1 + last) / 2)[place]
    above = (float(ranks[survived].sum()) - yes * (yes + 1) / 2) / (yes * no)
    return 2 * above - 1
