"""Theory evaluation: several theories held against every model of a solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Never

from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.core.table import Table
from concausa.qca.evaluation.area import AREAS, AreaName
from concausa.qca.evaluation.evaluation import Evaluation, minimised
from concausa.qca.evaluation.theory import Theories, Theory, theories_of
from concausa.qca.model import Model
from concausa.qca.solution import Solution

#: Most models that each theory is held against, unless one asks for more.
MOST = 20


@dataclass(frozen=True, eq=False, repr=False)
class TheoryEvaluation:
    """What theories expected, held against what was found.

    Parameters
    ----------
    theories : tuple of Theory
    models : tuple of Model
        Those that the theories are held against.
    solution : Solution or None
        Whose models they are; None where a model was given alone.
    """

    theories: tuple[Theory, ...]
    models: tuple[Model, ...]
    solution: Solution | None = None

    @property
    def outcome(self) -> str:
        """What is explained."""
        return self.models[0].truth_table.outcome

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases of the analysis."""
        return self.models[0].truth_table.data.cases

    @cached_property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """Theory by theory, each against every model."""
        return tuple([Evaluation(theory, model) for theory in self.theories for model in self.models])

    def of(self, theory: str) -> tuple[Evaluation, ...]:
        """One theory, by its name or expression, against every model."""
        labels = [one.label for one in self.theories]
        if theory not in labels:
            near = nearest(theory, labels)
            raise UnknownNameError(
                f"there is no theory {theory!r}",
                where=f"theories: {', '.join(labels)}",
                fix=f"did you mean {near!r}?" if near else "name one of these",
            )
        return tuple([one for one in self.evaluations if one.theory.label == theory])

    def agreed(self, theory: str) -> dict[str, str | None]:
        """For each case its kind in every model alike; None where it depends on the model."""
        labels = [one.labels for one in self.of(theory)]
        return {
            case: labels[0][case] if all(own[case] == labels[0][case] for own in labels) else None
            for case in self.cases
        }

    def shared(self, theory: str) -> dict[AreaName, str]:
        """The four areas as far as every model agrees on them, each as the shortest expression.

        ``T*S`` is what the theory expects and every model finds; ``T*~S`` what it expects and none finds.
        """
        (asked, *_) = self.of(theory)
        return {name: minimised(asked.theory, self.models, name)[0] for name in AREAS}

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it."""
        from concausa.qca.evaluation.evaluation_caveats import caveats_of

        return caveats_of(self)

    def table(self) -> Table:
        """Every theory, model and area: expression, fit and cases; as printed in a journal."""
        from concausa.qca.evaluation.evaluation_view import areas_table

        return areas_table(self)

    def side_by_side(self) -> Table:
        """Theories × areas with the number of cases in each, and the fit of each theory."""
        from concausa.qca.evaluation.evaluation_view import theories_table

        return theories_table(self)

    def cases_table(self) -> Table:
        """Cases × theories: what kind each case is, in every model or depending on it."""
        from concausa.qca.evaluation.evaluation_view import cases_table

        return cases_table(self)

    def memberships_table(self) -> Table:
        """Memberships of every case in theory, model, outcome and the four areas, for an appendix."""
        from concausa.qca.evaluation.evaluation_view import memberships_table

        return memberships_table(self)

    def chart(self, theory: str = "", model: int = 0) -> Chart:
        """Theory and model as two overlapping sets, with the cases in their areas.

        Parameters
        ----------
        theory : str
            Name or expression of a theory; the first if empty.
        model : int
            Place among the models, from 0.
        """
        from concausa.qca.charts.areas import areas

        if not 0 <= model < len(self.models):
            raise OptionError(
                f"there is no model {model}",
                where=f"model={model!r}; {len(self.models)} models",
                fix="count from 0",
            )
        return areas(self.of(theory or self.theories[0].label)[model])

    def memo(self, width: int = 80) -> str:
        """As one would paste it into a memo."""
        from concausa.qca.evaluation.evaluation_text import memo

        return memo(self, width)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values; nan becomes None."""
        return {
            "outcome": self.outcome,
            "n": len(self.cases),
            "theories": [theory.data() for theory in self.theories],
            "models": [model.expression for model in self.models],
            "n_models": len(self.models) if self.solution is None else self.solution.n_models,
            "evaluations": [one.data() for one in self.evaluations],
            "shared_areas": {theory.label: self.shared(theory.label) for theory in self.theories},
            "cases": {theory.label: self.agreed(theory.label) for theory in self.theories},
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that it rests on."""
        from concausa.qca.evaluation.evaluation_view import SOURCES

        return SOURCES

    def __repr__(self) -> str:
        told = f"{len(self.theories)} theories, {len(self.models)} models, {len(self.cases)} cases"
        return f"<TheoryEvaluation for {self.outcome}: {told}>"

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def evaluate_theory(
    found: Solution | Model | Sequence[Model], theories: Theories, *, most: int = MOST, **unknown: Never
) -> TheoryEvaluation:
    """Hold one or several theories against what an analysis of sufficiency found.

    Theory T and model S divide the property space into four areas, and with the outcome into eight
    [1]_ [2]_. A case is in an area with the least of its memberships in theory and model, or in what they leave.
    The expressions of the areas are minimised by laws that hold of crisp sets; memberships are not.

    Parameters
    ----------
    found : Solution, Model, or sequence of Model
        For the same outcome as the theories: hold a theory of ``~Y`` against a solution of ``~Y``.
    theories : str, Theory, sequence of either, or mapping of name to expression
        In the language of expressions: ``"EL*BQ + ~BC"``, ``"BC{1,2}"``. A theory should be written down before the
        analysis: give :class:`~concausa.qca.evaluation.theory.Theory` with *why* or *source*, else a caveat says
        that nothing shows it.
    most : int, at least 1
        Most models of a solution that are looked at.

    Returns
    -------
    TheoryEvaluation

    Raises
    ------
    OptionError, UnknownNameError, ExpressionError, DataError
        If a theory cannot be read, names what is no condition, or there is no model.

    Examples
    --------
    >>> from concausa.qca.minimize import minimize
    >>> from concausa.qca.truth_table import truth_table
    >>> frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 1, 0]}
    >>> table = truth_table(frame, outcome="Y", conditions=["A", "B"], cases=["p", "q", "r", "s"])
    >>> found = evaluate_theory(minimize(table), "A*B")
    >>> [(area.name, area.expression, area.with_outcome) for area in found.evaluations[0].areas]
    [('T*S', 'A*B', ('p',)), ('~T*S', '~A*B', ('r',)), ('T*~S', '0', ()), ('~T*~S', '~B', ())]

    References
    ----------
    .. [1] Ragin (1987), *The Comparative Method*, University of California Press, 118-121.
    .. [2] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, section 11.3. https://doi.org/10.1017/CBO9781139004244
    .. [3] Oana, Schneider & Thomann (2021), *Qualitative Comparative Analysis Using R*, Cambridge University
       Press, chapter 5. https://doi.org/10.1017/9781009006781
    """
    refuse_misspelt(unknown, evaluate_theory)
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise OptionError(
            "most is how many models are looked at, 1 or more", where=f"most={most!r}", fix="give most=20"
        )
    solution = found if isinstance(found, Solution) else None
    models = (
        found.models[:most]
        if isinstance(found, Solution)
        else (found,)
        if isinstance(found, Model)
        else tuple(found)
    )
    if not models:
        raise OptionError(
            "there is no model to hold a theory against",
            where=repr(found),
            fix="minimise a truth table that has a positive row",
        )
    first = models[0].truth_table
    for model in models[1:]:
        if model.truth_table is not first:
            raise OptionError(
                "the models are of different truth tables",
                where=f"{models[0]} and {model}",
                fix="evaluate the theories against each",
            )
    listed = theories_of(theories)
    for theory in listed:
        theory.suits(first.conditions)
    return TheoryEvaluation(listed, models, solution)
