"""Totally fuzzy and relative memberships: a case's place in the distribution of all cases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError


def totally_fuzzy_relative(values: NDArray[np.float64], *, decreasing: bool = False) -> NDArray[np.float64]:
    """The share of cases that a case is above, among those that are above the lowest.

    With *F* the distribution function of the data, (F(x) − F(lowest)) / (1 − F(lowest)): 0 for the
    lowest value found, 1 for the highest, and steps between them as large as the number of cases
    that take them. Equal values have equal memberships.

    Parameters
    ----------
    values : array of float, shape (cases,)
        Raw values, ordinal or finer; nan stays nan and does not count.
    decreasing : bool
        Whether the lowest value is the one that is fully in.

    Returns
    -------
    array of float in [0, 1], shape (cases,)

    Raises
    ------
    DataError
        If all values are the same: nobody is then above anybody.

    Notes
    -----
    Memberships depend on which cases are studied: another case changes all of them.

    Examples
    --------
    >>> totally_fuzzy_relative(np.array([1.0, 2, 2, 3, 4])).tolist()
    [0.0, 0.5, 0.5, 0.75, 1.0]

    References
    ----------
    .. [1] Cheli and Lemmi (1995), A "totally" fuzzy and relative approach to the multidimensional
       analysis of poverty, *Economic Notes* 24(1), 115-134.
    .. [2] Duşa (2019), *QCA with R*, Springer, section 4.2. https://doi.org/10.1007/978-3-319-75668-4
    """
    ordered = np.sort(values[~np.isnan(values)])
    if decreasing:
        ordered, values = -ordered[::-1], -values
    lowest = int(np.searchsorted(ordered, ordered[0], side="right"))
    if lowest == ordered.size:
        raise DataError(
            "all values are the same",
            where=f"{ordered.size} values of {abs(ordered[0]):g}",
            fix="relative memberships need at least two different values",
        )
    at_most = np.searchsorted(ordered, values, side="right")
    found = (at_most - lowest) / (ordered.size - lowest)
    found[np.isnan(values)] = np.nan
    return found
