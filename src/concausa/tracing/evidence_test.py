"""Van Evera's four tests as regions of two likelihoods, with what passing and failing each would do.

*p* is the chance of the item if the hypothesis is true, *q* if its rival is. Passing weighs p/q, failing
(1-p)/(1-q). With a cut-off c, passing is strong where p/q is at least c, failing where (1-q)/(1-p) is.
Strong passing alone is a smoking gun, strong failing alone a hoop, both are doubly decisive, neither a straw
in the wind. An item that the rival expects more is a test of the rival.

References
----------
.. [1] Van Evera (1997), *Guide to Methods for Students of Political Science*, 31-32. Cornell University Press.
.. [2] Collier (2011), Understanding Process Tracing, *PS: Political Science & Politics* 44(4), 823-830.
   https://doi.org/10.1017/S1049096511001429
.. [3] Humphreys and Jacobs (2015), Mixing Methods: A Bayesian Approach, *American Political Science
   Review* 109(4), 653-673. https://doi.org/10.1017/S0003055415000453
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.tracing.chance import Number, Range, amount, exact
from concausa.tracing.weight import Ratio, Weight, quotient

Kind: TypeAlias = Literal["hoop", "smoking gun", "straw in the wind", "doubly decisive"]
KINDS: tuple[Kind, ...] = ("straw in the wind", "hoop", "smoking gun", "doubly decisive")

#: Ten to one: ten decibels.
CUTOFF = Fraction(10)


@dataclass(frozen=True, slots=True)
class EvidenceTest:
    """Which test an item is, and for which hypothesis.

    Parameters
    ----------
    kinds : tuple of str
        Every kind that some reading of the likelihoods admits; one where they are points.
    favours : int
        1: passing speaks for the hypothesis in every reading; -1: for the rival; 0: open, or neither.
    passing, failing : Weight or None
        What the item does if it is there, and if a search that would find it does not. None where both
        likelihoods exclude that.
    """

    kinds: tuple[Kind, ...]
    favours: int
    passing: Weight | None
    failing: Weight | None

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "kinds": list(self.kinds),
            "favours": self.favours,
            "passing": self.passing.data() if self.passing else None,
            "failing": self.failing.data() if self.failing else None,
        }

    def named(self, of: str, against: str) -> str:
        """The kinds, with the hypothesis that passing speaks for where one is favoured."""
        side = of if self.favours > 0 else against if self.favours < 0 else ""
        return " or ".join(self.kinds) + (f" for {side}" if side else "")

    def __str__(self) -> str:
        named = self.named("", "the rival")
        return f"{named}: passing {self.passing or 'excluded'}, failing {self.failing or 'excluded'}"


def evidence_test(likelihood: Range, rival: Range, *, cutoff: Number = CUTOFF) -> EvidenceTest:
    """Classify an item by its likelihoods under a hypothesis and under its rival.

    Parameters
    ----------
    likelihood, rival : number or range in [0, 1]
        The chance of the item under each.
    cutoff : number above 1
        The ratio from which passing, or failing, is strong.

    Raises
    ------
    OptionError
        If a likelihood lies outside [0, 1] or the cut-off is not above 1.

    Examples
    --------
    >>> str(evidence_test("19/20", "1/2"))
    'hoop: passing +2.8 dB, failing -10.0 dB'
    >>> evidence_test("2/5", "1/100").kinds
    ('smoking gun',)
    """
    p = amount(likelihood, name="the likelihood", most=1)
    q = amount(rival, name="the likelihood under the rival", most=1)
    limit = exact(cutoff, name="the cut-off")
    if limit <= 1:
        raise OptionError(
            f"the cut-off is {limit}, not above 1", fix="give a ratio such as 10, which is 10 dB"
        )
    found = {_kind(*point, limit) for point in _points(p, q, limit)}
    sign = 1 if p.low >= q.high and p.high > q.low else -1 if p.high <= q.low and p.low < q.high else 0
    passing = _range(p, q)
    failing = _range(Interval(1 - p.high, 1 - p.low), Interval(1 - q.high, 1 - q.low))
    return EvidenceTest(tuple(kind for kind in KINDS if kind in found), sign, passing, failing)


def _range(over: Interval, under: Interval) -> Weight | None:
    ratios: list[Ratio] = []
    for pair in ((over.low, under.high), (over.high, under.low)):
        if (ratio := quotient(*pair)) is not None:
            ratios.append(ratio)
    return Weight(min(ratios), max(ratios)) if ratios else None


def _kind(p: Fraction, q: Fraction, limit: Fraction) -> Kind:
    p, q = max(p, q), min(p, q)
    if p == q:
        return "straw in the wind"
    passes, fails = p >= limit * q, 1 - q >= limit * (1 - p)
    if passes:
        return "doubly decisive" if fails else "smoking gun"
    return "hoop" if fails else "straw in the wind"


def _points(p: Interval, q: Interval, limit: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Points of a box that meet every region that the box meets.

    The regions are cut out by lines. A region's part of the box is a polygon whose corners are among the
    crossings of those lines and of the edges; the middle of three of its corners lies inside it.
    """
    if p.is_exact and q.is_exact:
        return [(p.low, q.low)]
    one, none = Fraction(1), Fraction(0)
    # a p + b q = c: the edges, p = q, and both limits for either hypothesis.
    cuts = [
        (one, none, p.low),
        (one, none, p.high),
        (none, one, q.low),
        (none, one, q.high),
        (one, -one, none),
    ]
    cuts += [(one, -limit, none), (-limit, one, none)]
    cuts += [(limit, -one, limit - 1), (-one, limit, limit - 1)]
    corners = set()
    for (a, b, c), (d, e, f) in itertools.combinations(cuts, 2):
        if det := a * e - b * d:
            x, y = (c * e - b * f) / det, (a * f - c * d) / det
            if x in p and y in q:
                corners.add((x, y))
    middles = {
        (sum((x for x, _ in three), none) / 3, sum((y for _, y in three), none) / 3)
        for three in itertools.combinations_with_replacement(sorted(corners), 3)
    }
    return list(middles)
