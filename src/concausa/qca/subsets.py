"""Memberships in many conjunctions at once, and how far each lies within the outcome: arrays alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

#: Numbers held at once; a block of rows that stays in the processor's cache is the fastest.
BLOCK = 1 << 18

Floats = NDArray[np.float64]


def literal_table(scores: Floats, categories: Sequence[int]) -> Floats:
    """Memberships in every literal, shape (conditions, values + 1, cases).

    Parameters
    ----------
    scores : array of float, shape (cases, conditions)
        nan for don't care.
    categories : sequence of int
        Number of categories of a multi-value condition, 0 for a set with memberships.

    Returns
    -------
    array
        The last value is "no literal", with membership 1, so that −1 as an index finds it.
    """
    columns = scores.T
    n_values = max(2, *categories) if categories else 2
    table = np.empty((columns.shape[0], n_values + 1, columns.shape[1]))
    np.subtract(1.0, columns, out=table[:, 0])
    table[:, 1] = columns
    table[:, 2:] = 0.0
    if any(categories):
        for place, number in enumerate(categories):
            if number:
                table[place, :n_values] = columns[place] == np.arange(n_values)[:, None]
    np.copyto(table, 0.0, where=np.isnan(table))
    table[:, -1] = 1.0
    return table


def memberships(scores: Floats, categories: Sequence[int], cubes: NDArray[np.int8]) -> Floats:
    """The least membership over the literals of each cube, shape (cubes, cases).

    Time grows with cubes × conditions × cases.

    Parameters
    ----------
    scores, categories
        As for :func:`literal_table`.
    cubes : array of int8, shape (cubes, conditions)
        −1 where a condition is left out.
    """
    found = np.empty((cubes.shape[0], scores.shape[0]))
    for rows, block in _blocks(scores, categories, cubes):
        found[rows] = block
    return found


def row_sums(scores: Floats, categories: Sequence[int], cubes: NDArray[np.int8], outcome: Floats) -> Floats:
    """What consistency and PRI of each cube are made of, shape (4, cubes).

    Time grows with cubes × conditions × cases; the memberships themselves are not kept.

    Parameters
    ----------
    scores, categories, cubes
        As for :func:`memberships`.
    outcome : array of float, shape (cases,)

    Returns
    -------
    array
        For each cube Σx, Σmin(x, y), Σmin(x, 1 − y), Σmin(x, y, 1 − y).
    """
    sums = np.empty((4, cubes.shape[0]))
    absent = 1.0 - outcome
    for rows, x in _blocks(scores, categories, cubes):
        within = np.minimum(x, outcome)
        sums[0, rows] = x.sum(axis=1)
        sums[1, rows] = within.sum(axis=1)
        sums[2, rows] = np.minimum(x, absent).sum(axis=1)
        np.minimum(within, absent, out=within)
        sums[3, rows] = within.sum(axis=1)
    return sums


def crisp_row_sums(member: NDArray[np.int64], n: NDArray[np.int64], outcome: Floats) -> Floats:
    """The same sums where every case is in its own row alone, fully, as in crisp and multi-value data.

    Parameters
    ----------
    member : array of int, shape (cases,)
        The row of each case.
    n : array of int, shape (rows,)
        Cases in each row.
    outcome : array of float, shape (cases,)
    """
    absent = 1.0 - outcome
    sums = np.empty((4, len(n)))
    sums[0] = n
    for place, weights in enumerate((outcome, absent, np.minimum(outcome, absent)), start=1):
        sums[place] = np.bincount(member, weights=weights, minlength=len(n))
    return sums


def _blocks(
    scores: Floats, categories: Sequence[int], cubes: NDArray[np.int8]
) -> Iterator[tuple[slice, Floats]]:
    if not cubes.shape[1]:
        yield slice(None), np.ones((cubes.shape[0], scores.shape[0]))
        return
    table = literal_table(scores, categories)
    places = np.arange(cubes.shape[1])
    step = max(1, BLOCK // max(1, table.shape[0] * table.shape[2]))
    for start in range(0, cubes.shape[0], step):
        rows = slice(start, start + step)
        yield rows, np.minimum.reduce(table[places, cubes[rows]], axis=1)
