"""Chance: how easily a perfect fit comes about when a set has nothing to do with the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError

Fit = Literal["necessary", "sufficient", "both"]


@dataclass(frozen=True, slots=True, order=True)
class Chance:
    """Of all ways to deal the outcome out over the cases, the share in which it fits perfectly.

    Parameters
    ----------
    share : Fraction in [0, 1]
    cases, with_outcome, in_set : int
        How many cases there are, have the outcome, are in the set.
    fit : str
        ``necessary``: every case with the outcome is in the set; ``sufficient``: every case in the set has
        the outcome; ``both``.
    """

    share: Fraction
    cases: int
    with_outcome: int
    in_set: int
    fit: Fit

    @property
    def dealt(self) -> int:
        """All ways to deal the outcome out."""
        return comb(self.cases, self.with_outcome)

    @property
    def fitting(self) -> int:
        """Those of them that fit."""
        return int(self.share * self.dealt)

    @property
    def said(self) -> Caveat:
        """``… 6 ways …, 1 of them …``; never a probability that the claim is true.

        Two places are left for the names of the set and of the outcome, two for a count of worlds.
        """
        values = {
            "one": self.fitting,
            "of": self.dealt,
            "cases": self.cases,
            "outcome": self.with_outcome,
            "members": self.in_set,
        }
        return Caveat.of("chance", _TEMPLATES[self.fit], **values)


_DEALT = (
    "in {worlds} of {total} worlds {outcome} of {cases} cases have {claimed} and {members} are in {set}; of the "
    "{of} ways to deal {claimed} out to so many cases, "
)
_TEMPLATES = {
    "necessary": _DEALT + "{one} would put it into {set} alone",
    "sufficient": _DEALT + "{one} would give it to every case in {set}",
    "both": _DEALT + "{one} would give it to the cases in {set} and to no other",
}


def chance(cases: int, with_outcome: int, in_set: int, fit: Fit) -> Chance:
    """The share of perfect fits among all ways to deal the outcome out, each case as likely as any other.

    The hypergeometric probability of Fisher's exact test at its end [1]_: with *n* cases, *k* with the
    outcome and *m* in the set, C(m, k) / C(n, k) for necessity, C(k, m) / C(n, m) for sufficiency. It
    holds what cases and numbers are fixed, and treats cases as independent; periods of one unit are not.

    Parameters
    ----------
    cases, with_outcome, in_set : int
        0 <= with_outcome, in_set <= cases.

    Raises
    ------
    OptionError
        If a number is negative, or more cases have the outcome or are in the set than there are.

    Examples
    --------
    >>> chance(4, 2, 2, "necessary").share, chance(4, 2, 3, "necessary").share
    (Fraction(1, 6), Fraction(1, 2))

    References
    ----------
    .. [1] Fisher (1935), *Journal of the Royal Statistical Society* 98(1), 39-82.
       https://doi.org/10.2307/2342435
    """
    if min(with_outcome, in_set) < 0 or max(with_outcome, in_set) > cases:
        raise OptionError(
            f"{with_outcome} with the outcome and {in_set} in the set do not fit into {cases} cases",
            fix="count both among the cases",
        )
    match fit:
        case "necessary":
            share = Fraction(comb(in_set, with_outcome), comb(cases, with_outcome))
        case "sufficient":
            share = Fraction(comb(with_outcome, in_set), comb(cases, in_set))
        case _:
            share = Fraction(int(in_set == with_outcome), comb(cases, with_outcome))
    return Chance(share, cases, with_outcome, in_set, fit)


def range_of(found: Iterable[Chance]) -> tuple[Chance, Chance] | None:
    """The lowest and the highest over worlds; None where there is none."""
    ordered = sorted(found)
    return (ordered[0], ordered[-1]) if ordered else None
