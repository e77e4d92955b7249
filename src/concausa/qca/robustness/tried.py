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
from concausa.qca.robustness.formulas import Formulas
from concausa.sets.score_pair import Floats, read_only


@dataclass(frozen=True, eq=False)
class Tried:
    """One analysis that was run.

    Parameters
    ----------
    analysis : Analysis
    formulas : Formulas
        Its models; none where it has no solution.
    label : str
        What it is called among others.
    choice : int
        The model that stands for it where one must, counted from 0.
    """

    analysis: Analysis
    formulas: Formulas
    label: str
    choice: int = 0

    @cached_property
    def memberships(self) -> Floats:
        """Memberships in every model, shape (models, cases); one row of zeros where there is no solution."""
        if not self.formulas.models:
            return read_only(np.zeros((1, len(self.analysis.cases))))
        return read_only(self.formulas.memberships(self.analysis.data))

    @property
    def chosen(self) -> Floats:
        """Memberships in the model that stands for it, shape (cases,)."""
        return self.memberships[self.choice]

    @property
    def formula(self) -> str:
        """The model that stands for it, as text; ``0``, in which no case is, where there is no solution."""
        return self.formulas.models[self.choice] if self.formulas.models else "0"

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
            "models": list(self.formulas.models),
            "n_models": self.formulas.n_models,
            "exact": self.formulas.exact,
            "model": self.choice,
            "nothing": self.formulas.reason,
        }


def formulas_of(analysis: Analysis) -> Formulas:
    """The models of an analysis.

    That no row is positive, that every case is on a crossover and that rows overlap through don't care are
    states of an analysis that was varied, not errors: there is no solution, for that reason.
    """
    try:
        solution = analysis.solution
    except DataError as error:
        return Formulas.none(analysis.conditions, error.what)
    if solution is None:
        return Formulas.none(analysis.conditions, analysis.nothing)
    return Formulas.of(solution)


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
    found = spread(formulas_of, analyses, workers=workers, scheduler=scheduler)
    done = []
    for analysis, formulas, label, choice in zip(analyses, found, labels, choices, strict=True):
        if choice != 0 and not 0 <= choice < len(formulas):
            raise OptionError(
                f"{label} has no model {choice}",
                where=f"choose: {label} has {len(formulas)} models",
                fix="models are counted from 0, in the order of the solution",
            )
        done.append(Tried(analysis, formulas, label, choice))
    return tuple(done)
