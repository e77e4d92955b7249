"""The solution of all cases but some, from the truth table of all: what those cases add to each row is taken off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from concausa.qca.case_data import CaseData
from concausa.qca.panel.recipe import Recipe, Side, chosen, followed, made_of
from concausa.qca.row_codes import decided
from concausa.qca.subsets import row_sums
from concausa.qca.truth_table import TruthTable


def left_out(recipe: Recipe, cluster: str, whole: TruthTable, out: NDArray[np.int64]) -> Side:
    """What the recipe gives without the cases of a cluster.

    Parameters
    ----------
    whole : TruthTable
        Of all cases, by this recipe.
    out : array of int
        Places of the cases that are left out.

    Notes
    -----
    Time grows with the cases that are left out, not with those that stay; so every cluster in turn costs about
    as much as one truth table.
    """
    rest = np.delete(np.arange(len(whole.data.cases)), out)
    data = chosen(whole.data, rest)

    if not (whole.member[rest] >= 0).any():
        return followed(recipe, cluster, whole.data, rest)
    return made_of(recipe, cluster, data, lambda: _less(whole, out, rest, data))


def _less(whole: TruthTable, out: NDArray[np.int64], rest: NDArray[np.int64], data: CaseData) -> TruthTable:
    """The truth table without some cases.

    Raises
    ------
    DataError
        If a positive and a negative row overlap through don't care.
    """
    factors = whole.conditions
    categories = tuple([factor.levels if factor.kind == "multi-value" else 0 for factor in factors])
    gone = row_sums(
        whole.data.scores[out, :-1], categories, whole.configurations, whole.outcome_membership[out]
    )
    placed = whole.member[out]
    n = whole.n - np.bincount(placed[placed >= 0], minlength=len(whole.n))
    kept = n > 0
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1)
    member = whole.member[rest]
    return decided(
        replace(
            whole,
            data=data,
            configurations=whole.configurations[kept],
            n=n[kept],
            sums=(whole.sums - gone)[:, kept],
            member=np.where(member >= 0, renumbered[member], -1),
        ),
        whole.cutoffs,
    )
