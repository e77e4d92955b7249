"""The robustness protocol: ranges, test sets, drops, Monte Carlo and random outcomes, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.qca.formulas import Formula
from concausa.qca.robustness.drops import Drops, drops
from concausa.qca.robustness.monte_carlo import MonteCarlo, monte_carlo
from concausa.qca.robustness.random_outcomes import Kind, RandomOutcomes, random_outcomes
from concausa.qca.robustness.robustness_tests import RobustnessTests, robustness_tests

if TYPE_CHECKING:
    from concausa.core.chart import Chart
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis
    from concausa.qca.robustness.ranges import Ranges
    from concausa.qca.robustness.varying import Varying


@dataclass(frozen=True, eq=False, repr=False)
class Protocol:
    """Everything that was asked of a solution's robustness; parts that were not asked for are None.

    Parameters
    ----------
    analysis : Analysis
    ranges : Ranges or None
    tests : RobustnessTests or None
    drops : Drops or None
    monte_carlo : MonteCarlo or None
    null : RandomOutcomes or None
    refused : mapping of str to str
        Parts that were asked for and that these data do not allow, with the reason.
    """

    analysis: Analysis
    ranges: Ranges | None = None
    tests: RobustnessTests | None = None
    drops: Drops | None = None
    monte_carlo: MonteCarlo | None = None
    null: RandomOutcomes | None = None
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> dict[str, Any]:
        """The parts that there are, by name."""
        found = {
            "ranges": self.ranges,
            "tests": self.tests,
            "drops": self.drops,
            "monte_carlo": self.monte_carlo,
            "null": self.null,
        }
        return {name: part for name, part in found.items() if part is not None}

    @cached_property
    def staying(self) -> tuple[str, ...]:
        """Terms of the solution that every model of every test and of every drop of a case keeps."""
        others = [one.formula for one in self.tests.tests] if self.tests else []
        others += [one.formula for one in self.drops.of("case")] if self.drops else []
        own = self.formula.written[self.choice] if self.formula.written else ()
        return tuple(term for term in own if all(term in other.core for other in others))

    @property
    def formula(self) -> Formula:
        """All models of the solution that is asked about."""
        for part in (self.tests, self.drops, self.monte_carlo, self.null):
            if part is not None:
                return part.initial.formula
        found: Formula = self.parts["ranges"].formula
        return found

    @property
    def choice(self) -> int:
        """Which of them stands for the solution where one must, counted from 0."""
        for part in (self.tests, self.drops, self.monte_carlo, self.null):
            if part is not None:
                return part.initial.choice
        return 0

    @cached_property
    def summary(self) -> tuple[Caveat, ...]:
        """What stays, what falls first and by what: one remark a part, the whole on top."""
        from concausa.qca.robustness.protocol_view import summary_of

        return summary_of(self)

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting any part; each once."""
        return tuple(dict.fromkeys(caveat for part in self.parts.values() for caveat in part.caveats))

    def tables(self) -> tuple[Table, ...]:
        """Every table, as they are handed out."""
        from concausa.qca.robustness.protocol_view import tables_of

        return tables_of(self)

    def table(self) -> Table:
        """The summary."""
        from concausa.qca.robustness.protocol_view import summary_table

        return summary_table(self)

    def charts(self) -> tuple[Chart, ...]:
        """Every chart."""
        found: list[Chart] = []
        if self.ranges is not None:
            found.append(self.ranges.chart())
        if self.tests is not None:
            found += [self.tests.chart(), self.tests.terms_chart()]
        if self.monte_carlo is not None:
            found.append(self.monte_carlo.chart())
        return tuple(found)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values; a part that was not asked for is None."""
        names = ("ranges", "tests", "drops", "monte_carlo", "null")
        parts = self.parts
        return {
            "analysis": self.analysis.settings(),
            "models": list(self.formula.models),
            "n_models": self.formula.n_models,
            "summary": [remark.data() for remark in self.summary],
            "staying": list(self.staying),
            **{name: parts[name].data() if name in parts else None for name in names},
            "refused": dict(self.refused),
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that it rests on, each once."""
        return tuple(dict.fromkeys(source for part in self.parts.values() for source in part.cite()))

    def __repr__(self) -> str:
        return f"<Protocol: {self.formula.text}; {', '.join(self.parts)}>"

    def __str__(self) -> str:
        from concausa.qca.robustness.protocol_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def protocol(
    analysis: Analysis,
    *,
    ranges: Ranges | None = None,
    tests: Sequence[Analysis] = (),
    choose: Mapping[str, int] | None = None,
    drop: bool = True,
    coders: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    varying: Sequence[Varying] = (),
    draws: int = 1_000,
    null: Kind | None = "permutation",
    null_draws: int = 1_000,
    rate: float | None = None,
    seed: int = 1,
    workers: int = 1,
    scheduler: Any = None,
) -> Protocol:
    """Ask everything at once of a solution's robustness.

    Parameters
    ----------
    analysis : Analysis
    ranges : Ranges, optional
        Sensitivity ranges, as :func:`concausa.qca.robustness.ranges.ranges` finds them.
    tests : sequence of Analysis
        Declared alternatives, as for :func:`~concausa.qca.robustness.robustness_tests.robustness_tests`, with
        *choose*. None are run if there are none.
    drop : bool
        Whether each case and each condition is left out in turn; *coders* adds each coder.
    varying : sequence of Varying
        What varies in the Monte Carlo, with *draws*. None is run if nothing varies.
    null : str, optional
        How outcomes are made random, with *null_draws* and *rate*; None for no null.
    seed : int
    workers, scheduler
        As for :func:`concausa.core.spread.spread`; the result is the same whatever they are.

    Raises
    ------
    OptionError
        If nothing is asked for, or an option has a value that it cannot have.
    DataError
        If the analysis has no solution.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"A": [.9, .8, .7, .2, .1], "B": [.8, .3, .9, .7, .2], "Y": [.9, .6, .8, .4, .1]}
    >>> first = analysis(frame, outcome="Y", conditions=["A", "B"])
    >>> found = protocol(first, tests=[first.changed(consistency=.95, label="strict", why="one reading more")],
    ...                  null=None)
    >>> found
    <Protocol: A; tests, drops>
    >>> found.staying
    ()
    """
    model = (choose or {}).get("IS", 0)
    shared: dict[str, Any] = {"workers": workers, "scheduler": scheduler}
    found = Protocol(
        analysis,
        ranges,
        robustness_tests(analysis, tests, choose=choose, **shared) if tests else None,
        drops(analysis, cases=drop, conditions=drop, coders=coders, choice=model, **shared)
        if drop or coders
        else None,
        monte_carlo(analysis, varying, draws=draws, seed=seed, choice=model, **shared) if varying else None,
        random_outcomes(analysis, kind=null, rate=rate, draws=null_draws, seed=seed, choice=model, **shared)
        if null
        else None,
    )
    if not found.parts:
        raise OptionError(
            "nothing is asked of the solution",
            where="ranges, tests, drop, varying and null",
            fix="ask for one part of the protocol at least",
        )
    return found
