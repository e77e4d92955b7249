"""Test sets: what of a solution withstands declared, plausible alternatives, as a set and case by case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.algebra import intersect, simplify
from concausa.qca.robustness.overlap import Overlap, Relation, RobustFit, coincidence, relation
from concausa.qca.robustness.robust_case import CaseFit, RobustCase, case_fit, cases_of
from concausa.qca.robustness.tried import Tried, tried
from concausa.sets.membership import TOLERANCE

if TYPE_CHECKING:
    from concausa.core.chart import Chart
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis

Kind = Literal["soft", "hard"]
#: What the initial solution is called among the tests.
INITIAL = "IS"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test solution beside the initial one.

    Parameters
    ----------
    tried : Tried
    same : bool
        Whether it has the same models, all of them.
    gone, new : tuple of str
        Terms of the initial solution's models that none of its models has, and the other way round.
    coincidence : float in [0, 1]
        Set coincidence of the two models that stand for them.
    relation : str
        How the initial solution stands to it: ``equal``, ``subset``, ``superset``, ``overlapping``, ``disjoint``.
    """

    tried: Tried
    same: bool
    gone: tuple[str, ...]
    new: tuple[str, ...]
    coincidence: float
    relation: Relation


@dataclass(frozen=True, eq=False, repr=False)
class RobustnessTests:
    """An initial solution under its test solutions, all of which enter every parameter.

    Two tests are told apart. The *soft* test takes one model of each analysis, the one that was chosen (the first,
    unless another was). The *hard* test takes every model of every analysis, the other models of the initial
    solution among them, since the data cannot tell them apart.

    Parameters
    ----------
    initial : Tried
    tests : tuple of Tried
    """

    initial: Tried
    tests: tuple[Tried, ...]

    @cached_property
    def soft(self) -> Overlap:
        """The chosen model of the initial solution beside the chosen model of each test."""
        return Overlap(self.initial.chosen, np.stack([one.chosen for one in self.tests]))

    @cached_property
    def hard(self) -> Overlap:
        """The chosen model of the initial solution beside every other model of every analysis."""
        return Overlap(self.initial.chosen, np.concatenate([rows for _, rows in self._others()]))

    @cached_property
    def hard_labels(self) -> tuple[str, ...]:
        """What each row of the hard test is called; models of one analysis share its name."""
        return tuple(label for label, rows in self._others() for _ in range(len(rows)))

    def _others(self) -> Iterator[tuple[str, Any]]:
        own = self.initial
        if len(own.formula.models) > 1:
            yield f"another model of {INITIAL}", np.delete(own.memberships, own.choice, axis=0)
        for one in self.tests:
            yield one.label, one.memberships

    @property
    def ambiguous(self) -> bool:
        """Whether some analysis has several models, so that the hard test differs from the soft one."""
        return any(one.formula.n_models > 1 for one in (self.initial, *self.tests))

    def overlap(self, kind: Kind = "soft") -> Overlap:
        """The overlap of the soft or of the hard test."""
        if kind not in ("soft", "hard"):
            raise OptionError(f"there is no {kind!r} test", where="kind", fix='"soft" or "hard"')
        return self.soft if kind == "soft" else self.hard

    @cached_property
    def outcomes(self) -> dict[str, Any]:
        """Memberships in the outcome by the name of the first analysis that has them.

        Test solutions may rest on an outcome that was calibrated otherwise. The parameters then refer to the
        outcome of the initial solution, since it is that solution which is tested; with each other outcome they
        are given too.
        """
        found: dict[str, Any] = {INITIAL: self.initial.outcome}
        for one in self.tests:
            if all(np.abs(one.outcome - known).max() > TOLERANCE for known in found.values()):
                found[one.label] = one.outcome
        return found

    def fit(self, kind: Kind = "soft", outcome: str = INITIAL) -> RobustFit:
        """Fit-oriented robustness, with the initial outcome or that of a test."""
        return self.overlap(kind).fit(self._outcome(outcome))

    def case_fit(self, kind: Kind = "soft", outcome: str = INITIAL) -> CaseFit:
        """Case-oriented robustness in numbers."""
        return case_fit(self.overlap(kind), self._outcome(outcome))

    def cases(self, kind: Kind = "soft", outcome: str = INITIAL) -> tuple[RobustCase, ...]:
        """Every case with its zone, and the tests that put it there."""
        labels = self.hard_labels if kind == "hard" else tuple(one.label for one in self.tests)
        return cases_of(self.overlap(kind), self._outcome(outcome), self.initial.analysis.cases, labels)

    def _outcome(self, name: str) -> Any:
        if name in self.outcomes:
            return self.outcomes[name]
        near = nearest(name, self.outcomes)
        raise UnknownNameError(
            f'no outcome of its own is known for "{name}"',
            where=f"outcomes: {', '.join(self.outcomes)}",
            fix=f'did you mean "{near}"?' if near else "use one of these",
        )

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Each test solution beside the initial one."""
        own = self.initial
        found = []
        for one in self.tests:
            gone = own.formula.some - one.formula.some
            new = one.formula.some - own.formula.some
            found.append(
                Comparison(
                    one,
                    own.formula.key == one.formula.key,
                    tuple(sorted(gone)),
                    tuple(sorted(new)),
                    coincidence(own.chosen, one.chosen),
                    relation(own.chosen, one.chosen),
                )
            )
        return tuple(found)

    @cached_property
    def core(self) -> str | None:
        """The robust core as an expression, ``0`` if nothing withstands; None if it grows too long to simplify."""
        return self._expression([self.initial, *self.tests], together=False)

    @cached_property
    def minimal(self) -> str | None:
        """The minimal test set as an expression."""
        return self._expression(self.tests, together=False)

    @cached_property
    def maximal(self) -> str | None:
        """The maximal test set as an expression."""
        return self._expression(self.tests, together=True)

    def _expression(self, parts: Sequence[Tried], *, together: bool) -> str | None:
        """Of crisp sets: in fuzzy ones a case can have a membership in ``A*~A``, and in what is left out here."""
        formulas = list(dict.fromkeys(one.model for one in parts))
        values = {
            factor.name: factor.levels
            for one in parts
            for factor in one.analysis.data.factors[:-1]
            if factor.kind == "multi-value"
        }
        try:
            if together:
                return str(simplify(" + ".join(f"({formula})" for formula in formulas), values=values))
            return str(simplify(intersect(*formulas, values=values), values=values))
        except ExpressionError:
            return None

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the parameters."""
        from concausa.qca.robustness.tests_caveats import caveats_of

        return caveats_of(self)

    def table(self, kind: Kind | None = None) -> Table:
        """The parameters of fit- and case-oriented robustness."""
        from concausa.qca.robustness.tests_view import fit_table

        return fit_table(self, kind)

    def tests_table(self) -> Table:
        """Every test solution beside the initial one."""
        from concausa.qca.robustness.tests_view import tests_table

        return tests_table(self)

    def cases_table(self, kind: Kind = "soft") -> Table:
        """Cases by their type, and the tests that make them so."""
        from concausa.qca.robustness.tests_view import cases_table

        return cases_table(self, kind)

    def chart(self, kind: Kind = "soft", *, name: str = "robust-cases") -> Chart:
        """The initial solution against the minimal and the maximal test set, cases named by zone."""
        from concausa.qca.robustness.zones_chart import zones_chart

        return zones_chart(self, kind, name=name)

    def terms_chart(self, *, name: str = "robust-terms") -> Chart:
        """Which test keeps which term, and how far its solution coincides with the initial one."""
        from concausa.qca.robustness.terms_chart import terms_chart

        return terms_chart(self, name=name)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values, in full precision; nan becomes None."""
        from concausa.qca.robustness.tests_view import document

        return document(self)

    def cite(self) -> tuple[str, ...]:
        """The works that the tests rest on."""
        from concausa.qca.robustness.tests_view import SOURCES

        return SOURCES

    def __len__(self) -> int:
        return len(self.tests)

    def __repr__(self) -> str:
        same = sum(one.same for one in self.comparisons)
        return f"<RobustnessTests: {self.initial.formula.text} under {len(self.tests)} tests, the same in {same}>"

    def __str__(self) -> str:
        from concausa.qca.robustness.tests_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def robustness_tests(
    initial: Analysis,
    tests: Sequence[Analysis],
    *,
    choose: Mapping[str, int] | None = None,
    workers: int = 1,
    scheduler: Any = None,
) -> RobustnessTests:
    """Test an initial solution against declared alternatives.

    Parameters
    ----------
    initial : Analysis
        The analysis whose solution is interpreted.
    tests : sequence of Analysis
        Plausible alternatives, mostly ``initial.changed(…, label=…, why=…)``. One without a label is called by its
        number: TS1, TS2 …
    choose : mapping of label to int
        Which model stands for an analysis in the soft test, counted from 0; ``IS`` for the initial one. The first
        where nothing is said.
    workers, scheduler
        As for :func:`concausa.core.spread.spread`.

    Returns
    -------
    RobustnessTests

    Raises
    ------
    OptionError
        If there is no test, two have the same label, or one differs from another, or from the initial analysis,
        in nothing; if *choose* names a model that does not exist.
    DataError
        If a test has other cases than the initial analysis, or the initial analysis has no solution.

    Notes
    -----
    A test solution without positive rows is no error: it is the empty set, and empties the minimal test set and the
    robust core. A caveat says so on top.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"A": [.9, .8, .7, .2, .1], "B": [.8, .3, .9, .7, .2], "Y": [.9, .6, .8, .4, .1]}
    >>> first = analysis(frame, outcome="Y", conditions=["A", "B"])
    >>> found = robustness_tests(first, [first.changed(consistency=.95, why="a stricter reading"),
    ...                                  first.changed(frequency=2, why="rows of one case may be chance")])
    >>> first.formula, [one.tried.formula.models for one in found.comparisons]
    (('A',), [('A*B',), ('A*B',)])
    >>> found.core, round(found.fit().rf_cov, 2)
    ('A*B', 0.84)

    References
    ----------
    .. [1] Oana & Schneider (2024), A Robustness Test Protocol for Applied QCA: Theory and R Software Application,
       *Sociological Methods & Research* 53(1), 57-88. https://doi.org/10.1177/00491241211036158
    .. [2] Oana, Schneider & Thomann (2021), *Qualitative Comparative Analysis Using R*, Cambridge University
       Press, chapter 5. https://doi.org/10.1017/9781009006781
    """
    if not tests:
        raise OptionError(
            "there is no test solution",
            where="tests",
            fix="declare at least one plausible alternative, with its reason, before you look at the results",
        )
    labels = [one.label or f"TS{number}" for number, one in enumerate(tests, start=1)]
    _refuse_same_labels(labels)
    _refuse_other_cases(initial, tests, labels)
    _refuse_same_settings(initial, tests, labels)
    chosen = dict(choose or {})
    for name in chosen:
        if name not in (INITIAL, *labels):
            near = nearest(str(name), [INITIAL, *labels])
            raise UnknownNameError(
                f'a model is chosen for "{name}", which is no analysis here',
                where=f"choose; analyses: {', '.join([INITIAL, *labels])}",
                fix=f'did you mean "{near}"?' if near else "use one of these",
            )
    names = [INITIAL, *labels]
    done = tried(
        [initial, *tests],
        names,
        [chosen.get(name, 0) for name in names],
        workers=workers,
        scheduler=scheduler,
    )
    if not done[0].formula.models:
        raise DataError(
            f"the initial analysis has no solution: {done[0].formula.nothing}",
            where=repr(initial),
            fix="test a solution that there is",
        )
    return RobustnessTests(done[0], done[1:])


def _refuse_same_labels(labels: Sequence[str]) -> None:
    for place, label in enumerate(labels):
        if label in labels[:place] or label == INITIAL:
            raise OptionError(
                f'two analyses are called "{label}"', where="labels", fix="give every test a label of its own"
            )


def _refuse_other_cases(initial: Analysis, tests: Sequence[Analysis], labels: Sequence[str]) -> None:
    for one, label in zip(tests, labels, strict=True):
        if one.cases != initial.cases:
            odd = sorted(set(one.cases) ^ set(initial.cases))
            raise DataError(
                f"{label} has other cases than the initial analysis",
                where=f"{', '.join(odd[:5])}{' …' if len(odd) > 5 else ''}"
                if odd
                else "the order of the cases",
                fix="test solutions rest on the same cases; what happens without one is told by drops()",
            )


def _refuse_same_settings(initial: Analysis, tests: Sequence[Analysis], labels: Sequence[str]) -> None:
    seen = {_settings(initial): "the initial analysis"}
    for one, label in zip(tests, labels, strict=True):
        own = _settings(one)
        if own in seen:
            raise OptionError(
                f"{label} differs in nothing from {seen[own]}",
                where=f"{label}: the same data, calibrations, cut-offs and choices",
                fix="take it out, or change what it was meant to test",
            )
        seen[own] = label


def _settings(analysis: Analysis) -> str:
    told = analysis.settings()
    return repr({name: value for name, value in told.items() if name not in ("label", "why")})
