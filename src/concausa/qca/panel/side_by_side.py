"""Solutions side by side: that of all cases, of each cluster alone, and of all cases but one cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from concausa.qca.case_data import CaseData
from concausa.qca.panel.grouping import Grouping
from concausa.qca.panel.left_out import left_out
from concausa.qca.panel.recipe import Recipe, Side, followed

#: Whether a term is in every model of a solution, in some, or in none.
Share = Literal["every", "some", "none"]


@dataclass(frozen=True, eq=False)
class SideBySide:
    """The solutions of the clusters of one grouping.

    Parameters
    ----------
    grouping : Grouping
    pooled : Side
        All cases.
    sides : tuple of Side
        Each cluster alone.
    without : tuple of Side
        All cases but those of the cluster.
    """

    grouping: Grouping
    pooled: Side
    sides: tuple[Side, ...]
    without: tuple[Side, ...]

    @property
    def ran(self) -> tuple[Side, ...]:
        """The clusters that have a solution."""
        return tuple(side for side in self.sides if side.solution is not None)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Every term of some model, those of all cases first, then in the order of the clusters."""
        sides = (self.pooled, *self.sides)
        return tuple(dict.fromkeys(term for side in sides for term in side.terms))

    def share(self, term: str, side: Side) -> Share | None:
        """How far a term belongs to the solution of a side; None where there is no solution."""
        held = [term in model for model in side.models]
        if not held:
            return None
        return "every" if all(held) else "some" if any(held) else "none"

    @property
    def alike(self) -> tuple[str, ...]:
        """Clusters whose solution has the very models of the pooled one."""
        whole = frozenset(self.pooled.models)
        return tuple(side.cluster for side in self.ran if frozenset(side.models) == whole)

    @property
    def moved(self) -> tuple[str, ...]:
        """Clusters without which the pooled solution is another one, or cannot be made."""
        whole = frozenset(self.pooled.models)
        return tuple(side.cluster for side in self.without if frozenset(side.models) != whole)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "clusters": [side.data() for side in self.sides],
            "without": [side.data() for side in self.without],
            "terms": [
                {"term": term, "pooled": self.share(term, self.pooled)}
                | {"clusters": {side.cluster: self.share(term, side) for side in self.sides}}
                for term in self.terms
            ],
            "alike": list(self.alike),
            "moved": list(self.moved),
        }


def side_by_side(
    recipe: Recipe, data: CaseData, grouping: Grouping, pooled: Side, alone: tuple[Side, ...]
) -> SideBySide:
    """Put the solutions of clusters beside those of all cases but the cluster.

    Parameters
    ----------
    alone : tuple of Side
        The solution of each cluster alone.
    """
    everyone = np.arange(len(data.cases))
    without = []
    for place, cluster in enumerate(grouping.clusters):
        own = grouping.places(place)
        if len(own) < len(everyone):
            if pooled.solution is not None:
                without.append(left_out(recipe, cluster, pooled.solution.truth_table, own))
            else:
                without.append(followed(recipe, cluster, data, np.setdiff1d(everyone, own)))
    return SideBySide(grouping, pooled, alone, tuple(without))
