"""What a reader must know before trusting the diagnosis of a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.nearest import some

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel

#: Clusters of this many cases or fewer are small: one case moves a consistency by a third or more.
SMALL = 3


def caveats_of(found: Panel) -> tuple[Caveat, ...]:
    """Every caveat, the gravest first; those of the pooled truth table come last."""
    solution = found.solution
    return (
        *_no_solution(found),
        *_ambiguous(found),
        *_small(found),
        *_unbalanced(found),
        *_undefined(found),
        *_loose(found),
        *_weighed(found),
        *_refused(found),
        *(() if solution is None else solution.truth_table.caveats),
    )


def _no_solution(found: Panel) -> list[Caveat]:
    if found.pooled is None or found.pooled.refused is None:
        return []
    return [found.pooled.refused]


def _ambiguous(found: Panel) -> list[Caveat]:
    solution = found.solution
    if solution is None or (solution.n_models == 1 and solution.exact):
        return []
    return [
        Caveat.of(
            "ambiguous",
            "the data cannot tell {bound}{n} models apart; {shown} of them are held against the clusters",
            bound=solution.bound,
            n=f"{solution.n_models:,}",
            shown=min(solution.listed, _most()),
        )
    ]


def _most() -> int:
    from concausa.qca.panel.panel import MODELS

    return MODELS


def _small(found: Panel) -> list[Caveat]:
    told = []
    for grouping in found.layout.groupings:
        small = [
            cluster for cluster, size in zip(grouping.clusters, grouping.sizes, strict=True) if size <= SMALL
        ]
        if small:
            told.append(
                Caveat.of(
                    "small-cluster",
                    "{n} of {all} clusters by {column} have {most} cases or fewer, so that one case makes or breaks"
                    " what is told of them: {clusters}",
                    n=len(small),
                    all=len(grouping),
                    column=grouping.name,
                    most=SMALL,
                    clusters=some(small, 12),
                )
            )
    return told


def _unbalanced(found: Panel) -> list[Caveat]:
    absent = found.layout.absent
    if not absent:
        return []
    return [
        Caveat.of(
            "unbalanced",
            "{n} of {possible} units in periods are not in the data, and nothing is put in their place; each"
            " consistency is that of the cases that there are: {cases}",
            n=len(absent),
            possible=found.layout.possible,
            cases=some([f"{unit}-{period}" for unit, period in absent], 12),
        )
    ]


def _undefined(found: Panel) -> list[Caveat]:
    """Clusters without a consistency; expressions that lack one in the same clusters are told together."""
    lacking: dict[tuple[str, tuple[str, ...], int], list[str]] = {}
    for one in found.diagnoses:
        for split in one.by:
            if split.distance.undefined:
                key = (split.grouping.name, split.distance.undefined, split.distance.clusters)
                lacking.setdefault(key, []).append(one.expression)
    return [
        Caveat.of(
            "undefined",
            "no consistency by {column} in {clusters}, where no case counts for it: {expressions}; the distance is"
            " taken over the other {n}",
            column=column,
            clusters=some(clusters, 12),
            expressions=some(list(dict.fromkeys(expressions)), 6),
            n=n,
        )
        for (column, clusters, n), expressions in lacking.items()
    ]


def _loose(found: Panel) -> list[Caveat]:
    data = found.layout.data
    loose = [name for name in data.names if np.isnan(data.column(name)).any()]
    if not loose:
        return []
    return [
        Caveat.of(
            "dont-care",
            "a case that does not care about {conditions} is in no literal of it: outside the condition and outside"
            " its negation",
            conditions=", ".join(loose),
        )
    ]


def _weighed(found: Panel) -> list[Caveat]:
    if not found.layout.weighed_by:
        return []
    return [
        Caveat.of(
            "weighed",
            "cases weigh in every sum by {column}; truth tables count each case once",
            column=found.layout.weighed_by,
        )
    ]


def _refused(found: Panel) -> list[Caveat]:
    told = []
    for one in found.side_by_side:
        refused: Sequence[str] = [side.cluster for side in one.sides if side.refused is not None]
        if refused:
            told.append(
                Caveat.of(
                    "not-run",
                    "no solution of their own for {n} of {all} clusters by {column}: {clusters}",
                    n=len(refused),
                    all=len(one.sides),
                    column=one.grouping.name,
                    clusters=some(refused, 12),
                )
            )
    return told
