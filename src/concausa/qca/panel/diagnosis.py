"""A diagnosis: how well one expression fits the outcome over all cases, and in each cluster of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import OptionError
from concausa.qca.panel.cluster_sums import ClusterSums, cluster_sums
from concausa.qca.panel.distance import Distance, distance
from concausa.qca.panel.grouping import Grouping
from concausa.qca.panel.layout import Layout
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import read_only

Floats = NDArray[np.float64]
Relation = Literal["sufficient", "necessary"]
Part = Literal["model", "term", "expression", "condition"]


@dataclass(frozen=True, slots=True)
class ClusterFit:
    """The fit of an expression among the cases of one cluster.

    Parameters
    ----------
    cluster : str
    n : int
        Its cases.
    members : tuple of str
        Those in the expression: membership above .5.
    in_outcome : int
        How many are in the outcome.
    consistency, coverage : float in [0, 1]
        Of sufficiency or of necessity, as the diagnosis says; nan where the denominator is 0.
    pri : float
        Of sufficiency; nan for necessity.
    relevance : float
        RoN of necessity; nan for sufficiency.
    deviant : tuple of str
        Cases that speak against it in kind: in the expression and out of the outcome, or, for necessity, in
        the outcome and out of the expression.
    """

    cluster: str
    n: int
    members: tuple[str, ...]
    in_outcome: int
    consistency: float
    coverage: float
    pri: float
    relevance: float
    deviant: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """The fit as plain JSON values; nan becomes None."""
        found: dict[str, Any] = {
            "cluster": self.cluster,
            "n": self.n,
            "members": list(self.members),
            "in_outcome": self.in_outcome,
        }
        for name in ("consistency", "coverage", "pri", "relevance"):
            value = getattr(self, name)
            found[name] = None if math.isnan(value) else value
        return found | {"deviant": list(self.deviant)}


@dataclass(frozen=True, slots=True)
class ByCluster:
    """The fits of an expression in the clusters of one grouping, and how unequal they are."""

    grouping: Grouping
    fits: tuple[ClusterFit, ...]
    distance: Distance

    @property
    def lowest(self) -> ClusterFit | None:
        """The cluster in which the expression is least consistent, the first of several; None if all are undefined."""
        defined = [fit for fit in self.fits if not math.isnan(fit.consistency)]
        return min(defined, key=lambda fit: fit.consistency, default=None)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"distance": self.distance.data(), "clusters": [fit.data() for fit in self.fits]}


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """An expression held against an outcome, pooled and by cluster.

    Parameters
    ----------
    expression : str
    relation : str
        ``sufficient`` or ``necessary``.
    part : str
        What the expression is: a ``model`` or a ``term`` of the solution, a single ``condition``, or an
        ``expression`` that was given.
    membership : array of float, shape (cases,)
    pooled : ClusterFit
        Over all cases (POCONS, POCOV).
    by : tuple of ByCluster
        Between periods (BECONS), within units (WICONS), by any other column.
    """

    expression: str
    relation: Relation
    part: Part
    membership: Floats
    pooled: ClusterFit
    by: tuple[ByCluster, ...]

    @property
    def between(self) -> ByCluster | None:
        """Consistencies between units, one a period; None where the panel is not clustered by period."""
        return next((one for one in self.by if one.grouping.role == "period"), None)

    @property
    def within(self) -> ByCluster | None:
        """Consistencies within units over time, one a unit; None where the panel is not clustered by unit."""
        return next((one for one in self.by if one.grouping.role == "unit"), None)

    def of(self, name: str) -> ByCluster:
        """The fits by a column, or by ``period`` or ``unit``.

        Raises
        ------
        OptionError
            If cases are not clustered so.
        """
        for one in self.by:
            if name == one.grouping.name or (name != "column" and name == one.grouping.role):
                return one
        raise OptionError(
            f"the cases are not clustered by {name!r}",
            where=f"clustered by {', '.join(one.grouping.name for one in self.by)}",
            fix="name one of these",
        )

    def data(self) -> dict[str, Any]:
        """As plain JSON values; nan becomes None."""
        return {
            "expression": self.expression,
            "relation": self.relation,
            "part": self.part,
            "pooled": self.pooled.data(),
            "by": {one.grouping.name: one.data() for one in self.by},
        }

    def __repr__(self) -> str:
        return f"<Diagnosis {self.expression}, {self.relation}: pooled {self.pooled.consistency:.3f}>"


def diagnoses(
    layout: Layout, expressions: Sequence[tuple[str, Part]], x: Floats, relation: Relation
) -> tuple[Diagnosis, ...]:
    """Diagnose several expressions at once.

    Parameters
    ----------
    expressions : sequence of (str, str)
        Text and part of each.
    x : array of float, shape (cases, expressions)
        Membership of each case in each.
    relation : str
    """
    if not len(expressions):
        return ()
    columns = [_fits(layout, one, x, relation) for one in (layout.everyone, *layout.groupings)]
    return tuple(
        Diagnosis(
            text,
            relation,
            part,
            read_only(np.ascontiguousarray(x[:, place])),
            columns[0][place].fits[0],
            tuple(column[place] for column in columns[1:]),
        )
        for place, (text, part) in enumerate(expressions)
    )


def _fits(layout: Layout, grouping: Grouping, x: Floats, relation: Relation) -> list[ByCluster]:
    """For each expression its fits in the clusters of one grouping."""
    y = layout.outcome
    sums = cluster_sums(x, y, grouping.codes, len(grouping), layout.weights)
    consistency, coverage, pri, relevance = _measures(sums, relation)
    inside, outside = x > CROSSOVER + TOLERANCE, x < CROSSOVER - TOLERANCE
    there, not_there = y > CROSSOVER + TOLERANCE, y < CROSSOVER - TOLERANCE
    against = inside & not_there[:, None] if relation == "sufficient" else outside & there[:, None]
    places = [grouping.places(number) for number in range(len(grouping))]
    n_there = [int(there[own].sum()) for own in places]
    cases = layout.data.cases
    found = []
    for column in range(x.shape[1]):
        fits = tuple(
            ClusterFit(
                cluster,
                grouping.sizes[number],
                _named(cases, places[number], inside[:, column]),
                n_there[number],
                float(consistency[number, column]),
                float(coverage[number, column]),
                float(pri[number, column]),
                float(relevance[number, column]),
                _named(cases, places[number], against[:, column]),
            )
            for number, cluster in enumerate(grouping.clusters)
        )
        found.append(ByCluster(grouping, fits, distance(consistency[:, column], grouping.clusters)))
    return found


def _measures(sums: ClusterSums, relation: Relation) -> tuple[Floats, Floats, Floats, Floats]:
    none = np.full(sums.x.shape, np.nan)
    if relation == "sufficient":
        return sums.within_outcome, sums.of_outcome, sums.pri, none
    return sums.of_outcome, sums.within_outcome, none, sums.relevance


def _named(cases: Sequence[str], places: NDArray[np.int64], chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple([cases[place] for place in places[chosen[places]].tolist()])
