"""An analysis with what came of it: the models, and the cases' memberships in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from concausa.core.errors import DataError, OptionError
from concausa.core.spread import spread
from concausa.qca.analysis import Analysis
from concausa.qca.formulas import Formula, formula_of
from concausa.sets.score_pair import Floats, read_only


@dataclass(frozen=True, eq=False)
class Tried:
    """One analysis that was run.

    Parameters
    ----------
    analysis : Analysis
    formula : Formula
        Its models; none where it has no solution.
    label : str
        What it is called among others.
    choice : int
        The model that stands for it where one must, counted from 0.
    """

    analysis: Analysis
    formula: Formula
    label: str
    choice: int = 0

    @cached_property
    def memberships(self) -> Floats:
        """Memberships in every model, shape (models, cases); one row of zeros where there is no solution."""
        if not self.formula.models:
            return read_only(np.zeros((1, len(self.analysis.cases))))
        return read_only(self.formula.memberships(self.analysis.data, self.analysis.conditions))

    @property
    def chosen(self) -> Floats:
        """Memberships in the model that stands for it, shape (cases,)."""
        return np.asarray(self.memberships[self.choice])

    @property
    def model(self) -> str:
        """The model that stands for it, as text; ``0``, in which no case is, where there is no solution."""
        return self.formula.models[self.choice] if self.formula.models else "0"

    @cached_property
    def outcome(self) -> Floats:
        """Memberships in the outcome, shape (cases,)."""
        analysis = self.analysis
        return read_only(analysis.explained.membership(analysis.data.column(analysis.explained.name)))

    def data(self) -> dict[str, Any]:
        """Settings and models as plain JSON values."""
        return {
            "label": self.label,
            "why": self.analysis.why,
            "settings": self.analysis.settings(),
            "models": list(self.formula.models),
            "n_models": self.formula.n_models,
            "exact": self.formula.exact,
            "model": self.choice,
            "nothing": self.formula.nothing,
        }


def run(analysis: Analysis) -> Formula:
    """The models of an analysis.

    That no row is positive, that every case is on a crossover and that rows overlap through don't care are
    states of an analysis that was varied, not errors: there is no solution, for that reason.
    """
    try:
        solution = analysis.solution
    except DataError as error:
        return Formula(nothing=error.what)
    return formula_of(solution, analysis.nothing)


def tried(
    analyses: Sequence[Analysis],
    labels: Sequence[str],
    choices: Sequence[int],
    *,
    workers: int = 1,
    scheduler: Any = None,
) -> tuple[Tried, ...]:
    """Run analyses, one job each.

    Raises
    ------
    OptionError
        If a model that is to stand for an analysis does not exist.
    """
    found = spread(run, analyses, workers=workers, scheduler=scheduler)
    done = []
    for analysis, formula, label, choice in zip(analyses, found, labels, choices, strict=True):
        if choice != 0 and not 0 <= choice < len(formula.models):
            raise OptionError(
                f"{label} has no model {choice}",
                where=f"choose: {label} has {len(formula.models)} models",
                fix="models are counted from 0, in the order of the solution",
            )
        done.append(Tried(analysis, formula, label, choice))
    return tuple(done)
