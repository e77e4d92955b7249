"""What several coders make of the same analysis: each one's own version, or all but one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np

from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.qca.analysis import Analysis
from concausa.sets.score_pair import Floats

How = Literal["own", "without"]
Consensus = Literal["mean", "median", "majority"]


def alternatives(
    analysis: Analysis,
    columns_by_coder: Mapping[str, Mapping[str, Sequence[float]]],
    *,
    how: How = "without",
    consensus: Consensus = "mean",
) -> tuple[Analysis, ...]:
    """The analysis as each coder would have it, or as the others would have it without each coder.

    Parameters
    ----------
    analysis : Analysis
        The columns that coders give are replaced; all else stays.
    columns_by_coder : mapping of coder to mapping of column to scores
        Scores of all cases in their order; every coder gives the same columns.
    how : str
        ``own``: the scores of one coder alone. ``without``: the consensus of all others.
    consensus : str
        ``mean`` or ``median`` of memberships; ``majority`` for crisp and multi-value codes, which cannot be
        averaged.

    Returns
    -------
    tuple of Analysis
        One a coder, labelled with the coder.

    Raises
    ------
    OptionError
        If there are too few coders (two for ``own``, three for ``without``), they give different columns, or an
        option has a value that it cannot have; if crisp or multi-value codes are to be averaged.
    DataError
        If a majority does not exist because codes tie, or a coder scores another number of cases.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> first = analysis({"A": [.9, .6, .2], "Y": [.8, .7, .1]}, outcome="Y", conditions=["A"])
    >>> coded = {"one": {"A": [.8, .6, .2]}, "two": {"A": [1, .8, .2]}, "three": {"A": [.6, .4, .3]}}
    >>> [each.data.column("A").round(2).tolist() for each in alternatives(first, coded)]
    [[0.8, 0.6, 0.25], [0.7, 0.5, 0.25], [0.9, 0.7, 0.2]]
    """
    for option, value, allowed in (
        ("how", how, get_args(How)),
        ("consensus", consensus, get_args(Consensus)),
    ):
        if value not in allowed:
            near = nearest(str(value), allowed)
            raise OptionError(
                f"{option} cannot be {value!r}",
                where=option,
                fix=f'did you mean "{near}"?' if near else f"one of {', '.join(allowed)}",
            )
    coders = list(columns_by_coder)
    least = 2 if how == "own" else 3
    if len(coders) < least:
        raise OptionError(
            f"{len(coders)} coder{'s' if len(coders) != 1 else ''}, where at least {least} are needed",
            where=f"coders: {', '.join(coders) or 'none'}",
            fix="leaving one of two out leaves one alone: that is how='own'"
            if len(coders) == 2
            else "add coders",
        )
    scores = {coder: _scores(analysis, coder, columns) for coder, columns in columns_by_coder.items()}
    names = list(scores[coders[0]])
    for coder in coders[1:]:
        if set(scores[coder]) != set(names):
            odd = sorted(set(scores[coder]) ^ set(names))
            raise OptionError(
                "the coders give different columns",
                where=f"{', '.join(odd)}: given by some of {coders[0]} and {coder} only",
                fix="let every coder give every column that is compared",
            )
    found = []
    for coder in coders:
        if how == "own":
            columns: dict[str, Any] = dict(scores[coder])
            why = f"the scores of {coder} alone"
        else:
            rest = [one for one in coders if one != coder]
            columns = {
                name: _agreed(analysis, name, np.stack([scores[one][name] for one in rest]), consensus, coder)
                for name in names
            }
            why = f"the {consensus} of all coders but {coder}"
        found.append(analysis.changed(columns=columns, label=coder, why=why))
    return tuple(found)


def _scores(analysis: Analysis, coder: str, columns: Mapping[str, Sequence[float]]) -> dict[str, Floats]:
    if not columns:
        raise OptionError(f"{coder} gives no column", where=f"coder {coder}", fix="give scores by column")
    found = {}
    for name, given in columns.items():
        scores = np.asarray(given, dtype=np.float64)
        if scores.shape != (len(analysis.cases),):
            raise DataError(
                f"{coder} scores {scores.size} cases in {name}, the analysis has {len(analysis.cases)}",
                where=f"coder {coder}, column {name}",
                fix="give one score a case, in the order of the cases",
            )
        found[name] = scores
    return found


def _agreed(analysis: Analysis, name: str, table: Floats, consensus: Consensus, without: str) -> Floats:
    """What several coders agree on, shape (cases,), from scores of shape (coders, cases)."""
    column = analysis.columns.get(name)
    whole = bool((table == np.rint(table)).all())
    coded = whole and column is not None and column.factor.kind != "fuzzy"
    if consensus == "majority":
        return np.array([_majority(name, case, codes, without) for case, codes in zip(
            analysis.cases, table.T, strict=True
        )])  # fmt: skip
    if coded:
        raise OptionError(
            f'the codes of "{name}" are categories and have no {consensus}',
            where=name,
            fix='use consensus="majority"',
        )
    return np.asarray(table.mean(axis=0) if consensus == "mean" else np.median(table, axis=0))


def _majority(name: str, case: str, codes: Floats, without: str) -> float:
    values, counts = np.unique(codes, return_counts=True)
    top = values[counts == counts.max()]
    if len(top) > 1:
        raise DataError(
            f"without {without} the codes of {name} tie",
            where=f"{case}: {' and '.join(f'{value:g}' for value in top)}",
            fix="settle the case among the coders, or compare each coder's own version: how='own'",
        )
    return float(top[0])
