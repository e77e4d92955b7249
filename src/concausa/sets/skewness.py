"""How lopsided a set is: how many cases are in it, out of it, and on its border."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import scores

#: Share of the cases that must be in a set, and out of it, for it not to be called skewed.
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Skewness:
    """Cases on either side of the crossover.

    Parameters
    ----------
    within, out, border : int
        Cases with membership above, below and at .5; together all of them.
    """

    within: int
    out: int
    border: int

    @property
    def n(self) -> int:
        """All cases."""
        return self.within + self.out + self.border

    @property
    def share(self) -> float:
        """Share of the cases that are in the set; nan without cases."""
        return self.within / self.n if self.n else float("nan")

    @property
    def skewed(self) -> bool:
        """Whether fewer than 15 % of the cases are in the set, or out of it."""
        return bool(self.n) and min(self.within, self.out) < LEAST_SHARE * self.n - TOLERANCE


def skewness(x: object) -> Skewness:
    """Count the cases on either side of the crossover.

    Skewed sets make measures of fit misleading: nearly everything is a subset of a set that nearly
    everybody is in, and a set that hardly anybody is in is a subset of nearly everything, of an outcome and of
    its negation alike.

    Parameters
    ----------
    x : array of float, shape (cases,)
        Memberships in [0, 1].

    Raises
    ------
    ScaleError, DataError
        If a score lies outside [0, 1] or is missing.

    Notes
    -----
    The bound of 15 % is a convention of this package: the field warns of skewness but fixes no number.

    Examples
    --------
    >>> shape = skewness([0.9, 0.8, 0.7, 0.6, 0.5, 0.9, 0.8])
    >>> shape.within, shape.out, shape.border, shape.skewed
    (6, 0, 1, True)

    References
    ----------
    .. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, section 9.2. https://doi.org/10.1017/CBO9781139004244
    """
    array = scores("x", x, (1,))
    within = int((array > CROSSOVER + TOLERANCE).sum())
    out = int((array < CROSSOVER - TOLERANCE).sum())
    return Skewness(within, out, len(array) - within - out)
