"""The best pairs of cases for comparison after an analysis of sufficiency.

Smaller values are better throughout. Y is the outcome, FC the focal conjunct, CC the least of the others,
S = min(FC, CC) the term, TT the truth-table row that both cases are in; 1 and 2 are the first and second case.

==================  ==================================================================================
two typical         ``[.5 - (FC1 - FC2)] + [.5 - (Y1 - Y2)] + |CC1 - CC2| + 2|Y1 - S1| + 2|Y2 - S2|``
typical,            ``[1 - (FC1 - FC2)] + [1 - (Y1 - Y2)] + |CC1 - CC2| + 2|Y1 - S1| + 2|Y2 - S2|``
irrelevant
typical, deviant    ``[(1 - S1) + (1 - S2)] + [1 - (Y1 - Y2)] + |S1 - S2|``
in consistency
deviant in          ``[(1 - TT1) + (1 - TT2)] + [1 - (Y1 - Y2)] + |TT1 - TT2|``
coverage,
irrelevant
==================  ==================================================================================

The first two are asked conjunct by conjunct: does it make a difference, for the outcome and for the mechanism?
They are ranked first by whether the comparison can be attributed to the focal conjunct (tables 2 and 3 of [1]_):

====  ==============  ====================    ====  ==============  ==============
rank  typical case    irrelevant case         rank  one typical     other typical
====  ==============  ====================    ====  ==============  ==============
1     ``FC <= CC``    ``FC < .5 < CC``        1     ``FC <= CC``    ``FC <= CC``
2     ``FC > CC``     ``FC < .5 < CC``        2     ``FC <= CC``    ``FC > CC``
3     ``FC <= CC``    ``FC <= CC < .5``       4     ``FC > CC``     ``FC > CC``
4     ``FC <= CC``    ``CC < FC < .5``
4     ``FC > CC``     ``FC <= CC < .5``
6     ``FC > CC``     ``CC < FC < .5``
7     ``FC <= CC``    ``CC < .5 < FC``
8     ``FC > CC``     ``CC < .5 < FC``
====  ==============  ====================    ====  ==============  ==============

The order of attention is that of [1]_: pairs of cases that are uniquely (an irrelevant case: globally un-) covered,
then rank, then value. A comparison with a deviant case goes by value alone. The formula for two typical cases is
not symmetric, and [1]_ leaves open which is the first: here each pair is taken the way round that has the smaller
value, so that the order of the data decides nothing. An irrelevant case on the crossover of FC or CC has no rank
in the tables and is left out. A term of one conjunct has CC = 1: its conjunct always decides.

References
----------
.. [1] Oana & Schneider (2018), *The R Journal* 10(1), 507-533, equations 4 to 7.
   https://doi.org/10.32614/RJ-2018-031
.. [2] Schneider & Rohlfing (2019), *Swiss Political Science Review*. https://doi.org/10.1111/spsr.12382
.. [3] Rohlfing & Schneider (2018), *Sociological Methods & Research* 47(1), 37-63.
   https://doi.org/10.1177/0049124115626170
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concausa.selection.best_cases import DIGITS, decides, typical, uncovered, unique
from concausa.selection.pair_group import Grid, PairGroup, Places, Scope, ranked
from concausa.selection.sufficient_terms import Floats, SufficientTerms, inside, outside


def typical_with_typical(
    found: SufficientTerms, term: int, focal: int, *, scope: Scope = "all", top: int = 5
) -> tuple[PairGroup, ...]:
    """Pairs of typical cases of a term that differ in a conjunct and in the outcome.

    Parameters
    ----------
    term, focal : int
        Places of the term and of its conjunct in focus.
    scope : str
        ``all`` pairs; pairs ``within`` a cluster, ranked cluster by cluster; or only pairs ``across`` clusters.
    top : int
        Most pairs of a group that are listed.

    Examples
    --------
    >>> from concausa.selection.sufficient_terms import sufficient_terms
    >>> two = sufficient_terms({"A*B": {"A": [1, 0.6], "B": [1, 0.7]}}, [1, 0.6], cases=["p", "q"])
    >>> (group,) = typical_with_typical(two, 0, 0)
    >>> [(pair.first, pair.second, pair.rank, round(pair.value, 2)) for pair in group.pairs]
    [('p', 'q', 1, 0.5)]
    """
    one = found.terms[term]
    fc, cc = one.parts[:, focal], one.complementary(focal)
    members = np.flatnonzero(typical(found, term))
    value = _compared(found, term, fc, cc, members, members, 0.5)
    # each pair once, the way round that is better; at equal values in the order of the cases
    earlier = np.triu(np.ones_like(value, dtype=bool), 1)
    allowed = np.where(earlier, value <= value.T + 10.0**-DIGITS, value < value.T - 10.0**-DIGITS)
    np.fill_diagonal(allowed, False)
    deciding = decides(fc, cc)[members].astype(np.int64)
    agreed = deciding[:, None] + deciding[None, :]
    clean = unique(found, term)[members]
    return ranked(
        found,
        Grid(
            "typical with typical",
            members,
            members,
            value,
            allowed,
            np.array([4, 2, 1])[agreed],
            clean,
            clean,
            one.expression,
            one.conjuncts[focal],
        ),
        scope,
        top,
    )


def typical_with_irrelevant(
    found: SufficientTerms, term: int, focal: int, *, scope: Scope = "all", top: int = 5
) -> tuple[PairGroup, ...]:
    """Pairs of a typical case and one that has neither the term nor the outcome; else as two typical ones."""
    one, y = found.terms[term], found.outcome
    fc, cc = one.parts[:, focal], one.complementary(focal)
    kinds = _constellations(fc, cc)
    firsts = np.flatnonzero(typical(found, term))
    seconds = np.flatnonzero(outside(one.membership) & outside(y) & (kinds >= 0))
    value = _compared(found, term, fc, cc, firsts, seconds, 1.0)
    rank = _RANKS[(~decides(fc, cc)[firsts]).astype(np.int64)[:, None], kinds[seconds][None, :]]
    return ranked(
        found,
        Grid(
            "typical with irrelevant",
            firsts,
            seconds,
            value,
            np.ones(value.shape, dtype=bool),
            rank,
            unique(found, term)[firsts],
            uncovered(found)[seconds],
            one.expression,
            one.conjuncts[focal],
        ),
        scope,
        top,
    )


def typical_with_deviant(
    found: SufficientTerms, term: int, *, scope: Scope = "all", top: int = 5
) -> tuple[PairGroup, ...]:
    """Pairs of a typical case of a term and one that has the term without the outcome."""
    s, y = found.terms[term].membership, found.outcome
    firsts = np.flatnonzero(typical(found, term))
    seconds = np.flatnonzero(inside(s) & outside(y))
    value = _alike(s[firsts], s[seconds], y[firsts], y[seconds])
    grid = Grid(
        "typical with deviant in consistency",
        firsts,
        seconds,
        value,
        np.ones(value.shape, dtype=bool),
        term=found.terms[term].expression,
    )
    return ranked(found, grid, scope, top)


def deviant_with_irrelevant(
    found: SufficientTerms, *, scope: Scope = "all", top: int = 5
) -> tuple[PairGroup, ...]:
    """Pairs of an uncovered case with the outcome and one without, both in one row of the truth table."""
    y, tt = found.outcome, found.row_memberships
    free = uncovered(found)
    groups: list[PairGroup] = []
    for row in sorted({row for row in found.rows if row}):
        within = np.array([own == row for own in found.rows]) & free
        firsts, seconds = np.flatnonzero(within & inside(y)), np.flatnonzero(within & outside(y))
        if not len(firsts):
            continue
        value = _alike(tt[firsts], tt[seconds], y[firsts], y[seconds])
        allowed = np.ones(value.shape, dtype=bool)
        grid = Grid("deviant in coverage with irrelevant", firsts, seconds, value, allowed, row=row)
        groups += ranked(found, grid, scope, top)
    return tuple(groups)


def unranked(found: SufficientTerms, term: int, focal: int) -> tuple[str, ...]:
    """Irrelevant cases on the crossover of the focal or of the complementary conjuncts: of no rank."""
    one = found.terms[term]
    kinds = _constellations(one.parts[:, focal], one.complementary(focal))
    out = outside(one.membership) & outside(found.outcome)
    return tuple([found.cases[place] for place in np.flatnonzero(out & (kinds < 0)).tolist()])


#: Ranks of table 2: whether FC exceeds CC in the typical case × constellation of the irrelevant one.
_RANKS = np.array([[1, 3, 4, 7], [2, 4, 6, 8]])


def _constellations(fc: Floats, cc: Floats) -> NDArray[np.int64]:
    """0: FC < .5 < CC; 1: FC <= CC < .5; 2: CC < FC < .5; 3: CC < .5 < FC; −1: none of these."""
    out_fc, out_cc = outside(fc), outside(cc)
    return np.select(
        [out_fc & inside(cc), out_fc & out_cc & decides(fc, cc), out_fc & out_cc, inside(fc) & out_cc],
        [0, 1, 2, 3],
        -1,
    )


def _compared(
    found: SufficientTerms, term: int, fc: Floats, cc: Floats, firsts: Places, seconds: Places, most: float
) -> Floats:
    s, y = found.terms[term].membership, found.outcome
    far = 2.0 * np.abs(y - s)
    wide = (most - (fc[firsts, None] - fc[None, seconds])) + (most - (y[firsts, None] - y[None, seconds]))
    total: Floats = (
        wide + np.abs(cc[firsts, None] - cc[None, seconds]) + far[firsts, None] + far[None, seconds]
    )
    return total


def _alike(s1: Floats, s2: Floats, y1: Floats, y2: Floats) -> Floats:
    first, second = s1[:, None], s2[None, :]
    total: Floats = (
        (1.0 - first) + (1.0 - second) + (1.0 - (y1[:, None] - y2[None, :])) + np.abs(first - second)
    )
    return total
