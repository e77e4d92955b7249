"""Case studies after a model: its terms, rows and cases as values for the choice of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Never

import numpy as np

from concausa.core.errors import DataError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.selection.case_studies import CaseStudies, case_studies
from concausa.selection.pair_group import Scope
from concausa.selection.sufficient_terms import SufficientTerm, SufficientTerms

if TYPE_CHECKING:
    from concausa.qca.model import Model


def case_studies_after(
    model: Model,
    *,
    clusters: Mapping[str, str] | Sequence[str] | None = None,
    scope: Scope = "all",
    top: int = 5,
    **unknown: Never,
) -> CaseStudies:
    """Which cases to study alone, and which to compare, after a model of an analysis of sufficiency.

    Parameters
    ----------
    model : Model
        One of ``solution.models``.
    clusters : mapping of case to cluster, or sequence of str, optional
        The cluster of each case, such as its region; a sequence in the order of the cases.
    scope : str
        ``all`` pairs; pairs ``within`` a cluster; or only pairs ``across`` clusters.
    top : int
        Most pairs of a group that are listed.

    Raises
    ------
    DataError
        If a case has no cluster.
    UnknownNameError
        If a cluster is given to a case that there is not.
    OptionError
        If an option cannot be accepted.

    Examples
    --------
    >>> from concausa.qca.minimize import minimize
    >>> from concausa.qca.truth_table import truth_table
    >>> frame = {"A": [0.9, 0.7, 0.2], "B": [0.8, 0.9, 0.9], "Y": [0.9, 0.8, 0.1]}
    >>> table = truth_table(frame, outcome="Y", conditions=["A", "B"], cases=["p", "q", "r"])
    >>> found = case_studies_after(minimize(table).models[0])
    >>> [(one.case, one.rank) for one in found.of("typical", "A*B", "A")]
    [('q', 1), ('p', 2)]
    """
    refuse_misspelt(unknown, case_studies_after)
    return case_studies(_terms(model, clusters), scope=scope, top=top)


def _terms(model: Model, clusters: Mapping[str, str] | Sequence[str] | None) -> SufficientTerms:
    from concausa.qca.factor import literal

    table = model.truth_table
    data, names, factors = table.data, table.condition_names, table.conditions
    terms = []
    for term, cube in enumerate(model.cubes):
        asked = np.flatnonzero(cube >= 0).tolist()
        singles = np.full((len(asked), len(cube)), -1, dtype=np.int8)
        singles[np.arange(len(asked)), asked] = cube[asked]
        parts = data.memberships(singles, names) if asked else np.empty((len(data.cases), 0))
        conjuncts = tuple([literal(factors[place], int(cube[place])) for place in asked])
        terms.append(
            SufficientTerm(model.terms[term].expression, conjuncts, parts, model.memberships[:, term])
        )
    rows = data.memberships(table.configurations, names)
    within = np.where(table.member >= 0, rows[np.arange(len(rows)), np.maximum(table.member, 0)], np.nan)
    labels = [row.expression for row in table.rows]
    return SufficientTerms(
        data.cases,
        table.outcome,
        table.outcome_membership,
        tuple(terms),
        tuple([labels[place] if place >= 0 else "" for place in table.member.tolist()]),
        within,
        _clusters(data.cases, clusters),
    )


def _clusters(cases: Sequence[str], clusters: Mapping[str, str] | Sequence[str] | None) -> tuple[str, ...]:
    if clusters is None:
        return ()
    if not isinstance(clusters, Mapping):
        if len(clusters) != len(cases):
            raise DataError(
                f"there are {len(clusters)} clusters for {len(cases)} cases",
                where="clusters",
                fix="give one a case, or a mapping from case to cluster",
            )
        return tuple([str(one) for one in clusters])
    strange = next((case for case in clusters if case not in cases), None)
    if strange is not None:
        near = nearest(strange, cases)
        raise UnknownNameError(
            f"there is no case {strange!r}",
            where="clusters",
            fix=f"did you mean {near}?" if near else "name the cases of the analysis",
        )
    lacking = [case for case in cases if case not in clusters]
    if lacking:
        raise DataError(
            f"{len(lacking)} cases have no cluster", where=", ".join(lacking[:5]), fix="give each case one"
        )
    return tuple([str(clusters[case]) for case in cases])
