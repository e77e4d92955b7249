"""Minimal conjunctions, from the bottom up: those that suffice for an outcome while none of their parts does.

No measure of sufficiency need rise with a conjunction's length in fuzzy or noisy data, so parts are looked at
first, and what has a part that suffices is not looked at again (the bottom-up search of coincidence analysis
[1]_). All outcomes are searched for in one pass over the conjunctions.

References
----------
.. [1] Baumgartner & Ambühl (2020), *Political Science Research and Methods* 8(3), 526-542.
   https://doi.org/10.1017/psrm.2018.45
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.fit_cells import NOTHING, sufficiency

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BUDGET = 20_000_000
BLOCK = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class Conjunctions:
    """Minimal conjunctions of one length or less, shortest first, then by their literals.

    literals : int64, shape (m, depth); places of literals in rising order, −1 behind the last
    found : bool, shape (outcomes, m); for which outcome each is minimal
    complete : bool; False where the budget ended the search at some length
    longer : bool, shape (outcomes,); whether some longer conjunction could be minimal for the outcome
    """

    literals: Ints
    found: Bools
    complete: bool
    longer: Bools


def minimal_conjunctions(
    members: Floats,
    owners: Ints,
    outcomes: Floats,
    allowed: Bools,
    weights: Floats,
    *,
    kind: int,
    threshold: float,
    depth: int,
    least: float,
    budget: int = BUDGET,
) -> Conjunctions:
    """All conjunctions of up to *depth* literals that reach *threshold* for an outcome while no part does.

    Parameters
    ----------
    members : float, shape (literals, cases)
        Memberships.
    owners : int, shape (literals,)
        The factor of each literal, in rising order; a conjunction has one literal of a factor at most.
    outcomes : float, shape (outcomes, cases)
    allowed : bool, shape (outcomes, literals)
        Which literals may be part of a condition for which outcome.
    weights : float, shape (cases,)
        How often each case counts.
    kind : int
        See `fit_cells.sufficiency`.
    threshold : float
        Least value that suffices.
    depth : int
    least : float
        Some case must be at least this much in a conjunction.
    budget : int
        Conjunctions that may be tried.

    Returns
    -------
    Conjunctions

    Notes
    -----
    Cost: conjunctions with no sufficient part × outcomes × cases.

    Examples
    --------
    >>> import numpy as np
    >>> members = np.array([[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1], [1, 0, 1, 0]], dtype=float)
    >>> outcome = np.array([[0, 1, 1, 1]], dtype=float)
    >>> found = minimal_conjunctions(members, np.array([0, 0, 1, 1]), outcome, np.ones((1, 4), dtype=bool),
    ...                              np.ones(4), kind=0, threshold=1.0, depth=2, least=0.5)
    >>> found.literals.tolist()
    [[0, -1], [2, -1]]
    """
    literals = len(owners)
    after = np.searchsorted(owners, owners, side="right")
    crisp = bool(np.isin(members, (0.0, 1.0)).all())
    base = max(2, literals + 1)
    if depth > 1 and base**depth >= 1 << 62:
        msg = f"conjunctions of {depth} out of {literals} literals cannot be numbered"
        raise OverflowError(msg)
    rows = np.arange(literals, dtype=np.int64)[:, None]
    closed = ~allowed
    kept: list[tuple[Ints, Bools]] = []
    tried, complete = 0, True
    for length in range(1, depth + 1):
        if length > 1:
            rows, closed = _longer(rows, closed, after, literals, base)
        if tried + len(rows) > budget:
            complete = False
            break
        tried += len(rows)
        reached, present = _judged(rows, members, outcomes, weights, crisp, kind, threshold, least)
        reached &= ~closed & present
        hits = reached.any(axis=0)
        kept.append((rows[hits], reached[:, hits]))
        closed = closed | reached
        open_ = present & ~closed.all(axis=0)
        rows, closed = rows[open_], closed[:, open_]
        if not len(rows):
            break
    longer = np.zeros(len(outcomes), dtype=bool)
    if len(rows):
        extended, still = _longer(rows, closed, after, literals, base) if complete else (rows, closed)
        longer = np.asarray((~still).any(axis=1), dtype=np.bool_) if len(extended) else longer
    padded = [np.pad(own, ((0, 0), (0, depth - own.shape[1])), constant_values=-1) for own, _ in kept]
    return Conjunctions(
        np.concatenate([*padded, np.zeros((0, depth), dtype=np.int64)]),
        np.concatenate([*(found for _, found in kept), np.zeros((len(outcomes), 0), dtype=bool)], axis=1),
        complete,
        longer,
    )


def _longer(rows: Ints, closed: Bools, after: Ints, literals: int, base: int) -> tuple[Ints, Bools]:
    """Conjunctions of one more literal all of whose parts are among *rows*, with where a part closes them."""
    last = rows[:, -1]
    counts = literals - after[last]
    parents = np.repeat(np.arange(len(rows)), counts)
    offsets = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
    longer = np.concatenate([rows[parents], (after[last][parents] + offsets)[:, None]], axis=1)
    powers = base ** np.arange(rows.shape[1], dtype=np.int64)[::-1]
    codes = rows @ powers
    shut = closed[:, parents]
    alive = np.ones(len(longer), dtype=bool)
    for place in range(rows.shape[1]):
        part = np.delete(longer, place, axis=1) @ powers
        found = np.minimum(np.searchsorted(codes, part), max(0, len(codes) - 1))
        there = codes[found] == part if len(codes) else np.zeros(len(part), dtype=bool)
        alive &= there
        shut = shut | np.where(there, closed[:, found], True)
    alive &= ~shut.all(axis=0)
    return longer[alive], shut[:, alive]


def _judged(
    rows: Ints,
    members: Floats,
    outcomes: Floats,
    weights: Floats,
    crisp: bool,
    kind: int,
    threshold: float,
    least: float,
) -> tuple[Bools, Bools]:
    """Which outcomes each conjunction suffices for, and whether some case is in it."""
    right, total = outcomes @ weights, float(weights.sum())
    reached = np.empty((len(outcomes), len(rows)), dtype=bool)
    present = np.empty(len(rows), dtype=bool)
    weighed = (outcomes * weights).T
    step = max(1, BLOCK // max(1, members.shape[1]))
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        inside = members[rows[part, 0]]
        for place in range(1, rows.shape[1]):
            inside = np.minimum(inside, members[rows[part, place]])
        present[part] = inside.max(axis=1, initial=0.0) >= least - NOTHING
        left = inside @ weights
        if crisp:
            both = (inside @ weighed).T
        else:
            both = np.stack([np.minimum(inside, outcome) @ weights for outcome in outcomes])
        measured = sufficiency(kind, both, left, right[:, None], total)
        reached[:, part] = measured >= threshold - NOTHING
    return reached, present
