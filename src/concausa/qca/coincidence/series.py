"""Fit-robustness: which models agree with those that other thresholds of the same data give.

References
----------
.. [1] Parkkinen & Baumgartner (2021), Robustness and Model Selection in Configurational Causal Modeling, *Sociological
   Methods & Research*. https://doi.org/10.1177/0049124120986200
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.qca.coincidence.coincidence import coincidence
from concausa.qca.coincidence.formulas import ComplexFormula
from concausa.qca.coincidence.submodel import is_submodel
from concausa.qca.cutoffs import check_share

#: Thresholds of consistency and coverage, each with each.
THRESHOLDS = (1.0, 0.9, 0.8, 0.7)
#: Most different models that are scored; those found most often are.
MOST = 200


@dataclass(frozen=True, slots=True, eq=False)
class ScoredModel:
    """One model with its agreement.

    Parameters
    ----------
    model : ComplexFormula
        As it was first found.
    found : tuple of (float, float)
        Thresholds of consistency and coverage that give it.
    score : int
        How many models of all runs are parts of it, plus of how many it is a part; the same model found again
        counts as both.
    relative : float
        The score as a share of the highest.
    """

    model: ComplexFormula
    found: tuple[tuple[float, float], ...]
    score: int
    relative: float

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "model": self.model.text,
            "found": [list(pair) for pair in self.found],
            "score": self.score,
            "relative": self.relative,
        }


@dataclass(frozen=True, slots=True, eq=False)
class FitRobustness:
    """The models of a series of analyses, the most robust first.

    Parameters
    ----------
    models : tuple of ScoredModel
    runs : tuple of (float, float, int)
        Consistency, coverage, and how many models they give.
    different : int
        How many different models there are; more than are scored if there are very many.
    caveats : tuple of Caveat
    """

    models: tuple[ScoredModel, ...]
    runs: tuple[tuple[float, float, int], ...]
    different: int
    caveats: tuple[Caveat, ...]

    def table(self, limit: int | None = None) -> Table:
        """Models × scores."""
        shown = self.models if limit is None else self.models[:limit]
        rows = [
            [
                Cell(one.model.text),
                Cell(f"{one.score:,}", one.score),
                Cell(f"{one.relative:.2f}", one.relative),
                Cell(f"{len(one.found)}", len(one.found)),
            ]
            for one in shown
        ]
        headings = [
            Heading("model", "model"),
            Heading("score", "score", "right"),
            Heading("relative", "relative", "right"),
            Heading("runs", "runs", "right"),
        ]
        title = f"Agreement of {self.different:,} models over {len(self.runs)} pairs of thresholds"
        return Table.of(
            "fit-robustness", title, headings, rows, notes=[f"Caveat: {caveat}." for caveat in self.caveats]
        )

    def data(self, limit: int | None = None) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "models": [one.data() for one in (self.models if limit is None else self.models[:limit])],
            "runs": [{"consistency": con, "coverage": cov, "n_models": n} for con, cov, n in self.runs],
            "different": self.different,
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __len__(self) -> int:
        return len(self.models)

    def __repr__(self) -> str:
        return f"<FitRobustness: {self.different:,} models of {len(self.runs)} analyses>"

    def __str__(self) -> str:
        return str(self.table(20))

    def _repr_html_(self) -> str:
        return self.table(20)._repr_html_()


def fit_robustness(
    frame: object, *, factors: Sequence[str], thresholds: Sequence[float] = THRESHOLDS, **options: Any
) -> FitRobustness:
    """Repeat a coincidence analysis over thresholds, and count for each model how far the others agree with it.

    Parameters
    ----------
    frame, factors
        As for :func:`~concausa.qca.coincidence.coincidence.coincidence`.
    thresholds : sequence of float in (0, 1]
        Each is a threshold of consistency with each as a threshold of coverage.
    **options
        Other options of a coincidence analysis.

    Returns
    -------
    FitRobustness

    Raises
    ------
    OptionError
        If no threshold is given, one is no share, or consistency or coverage is fixed as well.

    Examples
    --------
    >>> frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}
    >>> found = fit_robustness(frame, factors=["A", "B", "Y"], outcomes=["Y"], thresholds=[1, 0.75])
    >>> [(str(one.model), one.score) for one in found.models][0]
    ('A + B <-> Y', 6)
    """
    values = tuple(dict.fromkeys(thresholds))
    if not values:
        raise OptionError(
            "no threshold is given", where="thresholds=[]", fix="give some, such as [1, .9, .8]"
        )
    for value in values:
        check_share("thresholds", value, above_zero=True, example=0.8)
    for name in ("consistency", "coverage"):
        if name in options:
            raise OptionError(
                f"{name} is varied here", where=f"{name}={options[name]!r}", fix="give thresholds instead"
            )
    found: dict[tuple[Any, ...], tuple[ComplexFormula, list[tuple[float, float]]]] = {}
    runs, exact = [], True
    for consistency, coverage in product(values, values):
        one = coincidence(frame, factors=factors, consistency=consistency, coverage=coverage, **options)
        runs.append((float(consistency), float(coverage), one.n_models))
        exact &= one.exact and one.n_models == len(one.models)
        for model in one.models:
            found.setdefault(_key(model), (model, []))[1].append((float(consistency), float(coverage)))
    kept = sorted(found.values(), key=lambda own: (-len(own[1]), own[0].complexity, own[0].text))[:MOST]
    return FitRobustness(_scored(kept), tuple(runs), len(found), _caveats(len(found), len(kept), exact))


def _key(model: ComplexFormula) -> tuple[Any, ...]:
    return tuple([(part.effect, part.cubes.tobytes()) for part in model.parts])


def _scored(
    kept: Sequence[tuple[ComplexFormula, Sequence[tuple[float, float]]]],
) -> tuple[ScoredModel, ...]:
    if not kept:
        return ()
    times = np.array([len(pairs) for _, pairs in kept])
    part = np.array([[is_submodel(one, other) for other, _ in kept] for one, _ in kept], dtype=np.int64)
    scores = part @ times + part.T @ times - 2
    top = max(1, int(scores.max()))
    made = [
        ScoredModel(model, tuple(pairs), int(score), float(score / top))
        for (model, pairs), score in zip(kept, scores, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: (-one.score, one.model.complexity, one.model.text)))


def _caveats(different: int, kept: int, exact: bool) -> tuple[Caveat, ...]:
    told = [
        Caveat.of(
            "agreement",
            "a model can agree with many others because they are all wrong in the same way: the score tells models"
            " apart that thresholds alone do not, and proves none",
        )
    ]
    if kept < different:
        told.append(
            Caveat.of(
                "unscored",
                "{n} of {different} different models are scored, those found most often",
                n=f"{kept:,}",
                different=f"{different:,}",
            )
        )
    if not exact:
        told.append(
            Caveat.of("inexact", "some analyses of the series have more models than were found or are listed")
        )
    return tuple(told)
