"""The tipping value of a source: how biased it would have to be to overturn the verdict.

A source is biased with chance b. If it is, it says all that it says anyway, with the same chance q whichever
hypothesis is true (1 unless told). So what the source says and what all others say is expected, under H, with

    (1 - b) P(all | H) + b q P(what the others say | H).

The bias is of the source, not of each sentence: more passages from one interview do not outweigh it, for
what a source says can never weigh more than 1/b. The tipping value is the smallest b at which the odds
no longer pass the threshold. It is exact: both sides are straight lines in b.

Where an item is given by ratios, the hypothesis that expects it most is taken to expect it surely. With
smaller likelihoods less bias is enough, so the value is then the largest it can be.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from concausa.core.errors import OptionError
from concausa.tracing.chance import Number, exact
from concausa.tracing.evidence_item import Corner
from concausa.tracing.piece import Piece, ones, times
from concausa.tracing.verdict import AGAINST, FOR
from concausa.tracing.weighing import MOST_WAYS, totals

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger

Outcome: TypeAlias = Literal["tips", "cannot be overturned", "not reached"]


@dataclass(frozen=True, slots=True)
class Tipping:
    """What bias of one source overturns the verdict.

    Parameters
    ----------
    source : str
    outcome : str
        ``tips``; ``cannot be overturned``: even a source that says so in any case leaves the verdict
        standing; ``not reached``: there is no verdict to overturn.
    first : Fraction or None
        The smallest bias in (0, 1] at which some reading of the likelihoods no longer passes the
        threshold.
    last : Fraction or None
        The smallest at which none passes it; None if some reading always does.
    anyway : Fraction
        q: how probable it is that a biased source says so.
    """

    source: str
    outcome: Outcome
    first: Fraction | None = None
    last: Fraction | None = None
    anyway: Fraction = Fraction(1)

    def data(self) -> dict[str, Any]:
        """Plain JSON values; numbers are floats, with the exact ones as text."""
        return {
            "source": self.source,
            "outcome": self.outcome,
            "first": None if self.first is None else float(self.first),
            "last": None if self.last is None else float(self.last),
            "exact": [None if end is None else str(end) for end in (self.first, self.last)],
            "anyway": str(self.anyway),
        }

    def __str__(self) -> str:
        if self.outcome != "tips":
            return f"{self.source}: {self.outcome}"
        assert self.first is not None
        told = f"{self.source}: the verdict is open from a bias of {_percent(self.first)}"
        if self.last is None:
            return f"{told}; some reading reaches the verdict at any bias"
        return f"{told}; no reading reaches the verdict from {_percent(self.last)}"


def tipping(ledger: Ledger, source: str, *, anyway: Number = 1) -> Tipping:
    """The smallest bias of a source that overturns the verdict on the first hypothesis.

    Parameters
    ----------
    ledger : Ledger
    source : str
        All of its items are doubted together. A joint package falls whole with any of its sources.
    anyway : number in (0, 1]
        How probable it is that a biased source says what it says.

    Raises
    ------
    UnknownNameError
        If nothing that counts comes from the source.

    Examples
    --------
    Three to one, from one witness. With a bias of b the odds are ((1-b) 3/5 + b) / ((1-b) 1/5 + b), and
    pass 2 until (3 + 2b) = 2 (1 + 4b), which is b = 1/6.

    >>> from concausa.tracing.evidence_item import EvidenceItem
    >>> from concausa.tracing.ledger import weigh
    >>> seen = EvidenceItem.of("E1", {"A": "3/5", "B": "1/5"}, source="witness")
    >>> weigh(["A", "B"], [seen], threshold=2).tipping("witness").first
    Fraction(1, 6)
    """
    ledger.check_source(source)
    chance = exact(anyway, name="anyway")
    if not 0 < chance <= 1:
        raise OptionError(
            f"anyway is {chance}, and must be above 0 and at most 1",
            fix="give the chance that a biased source says what it says; 1 if it would in any case",
        )
    supports = ledger.verdict in FOR
    if not supports and ledger.verdict not in AGAINST:
        return Tipping(source, "not reached", anyway=chance)
    firsts = [_first_fall(line) for line in _margins(ledger, source, chance, supports=supports, sure=True)]
    falls = [fall for fall in firsts if fall is not None]
    if not falls:
        return Tipping(source, "cannot be overturned", anyway=chance)
    lasts = tuple(_margins(ledger, source, chance, supports=supports, sure=False))
    return Tipping(source, "tips", min(falls), _all_fallen(lasts), chance)


def _margins(
    ledger: Ledger, source: str, anyway: Fraction, *, supports: bool, sure: bool
) -> Iterator[tuple[Fraction, Fraction]]:
    """By how much the verdict is reached at b = 0 and at b = 1, at each corner that may decide.

    The margin is what the winning side is worth less the threshold times what the other is; between its two
    ends it is a straight line. *sure* takes the corners that do least for the verdict, else those that do most.
    """
    name = ledger.names[0]
    low = supports == sure
    for whole, rest in _with_and_without(ledger, source, name, low=low):
        biased = {key: anyway * value for key, value in rest.items()}
        for prior in ledger.among.extremes(name, low=low):
            ends = []
            for total in (whole, biased):
                own = prior[name] * total[name]
                others = sum((prior[key] * total[key] for key in ledger.names if key != name), Fraction(0))
                ends.append(own - ledger.threshold * others if supports else others - ledger.threshold * own)
            yield ends[0], ends[1]


def _with_and_without(
    ledger: Ledger, source: str, name: str, *, low: bool
) -> Iterator[tuple[Corner, Corner]]:
    """Likelihoods of everything, and of everything but the source, in each way in which pieces may count."""
    among = ledger.among
    own = [piece for piece in ledger.pieces if source in piece.sources]
    others = [piece for piece in ledger.pieces if source not in piece.sources]
    each = [_pairs(piece, source, ledger, name, low=low) for piece in own]
    shared = totals(others, among, name, low=low)
    if math.prod(map(len, each)) * len(shared) > MOST_WAYS:
        raise OptionError(
            f"packages and searches can count together in more than {MOST_WAYS} ways",
            fix="say of some packages what they are worth as a whole (how='joint'), or give reach as one number",
        )
    for common in shared:
        for ways in itertools.product(*each):
            whole, rest = common, common
            for with_it, without_it in ways:
                whole, rest = times(whole, with_it), times(rest, without_it)
            yield whole, rest


def _pairs(piece: Piece, source: str, ledger: Ledger, name: str, *, low: bool) -> list[tuple[Corner, Corner]]:
    left = piece.without(source)
    rests = left.readings(ledger.among, name, low=low) if left else (ones(ledger.among),)
    return [(whole, rest) for whole in piece.readings(ledger.among, name, low=low) for rest in rests]


def _first_fall(margin: tuple[Fraction, Fraction]) -> Fraction | None:
    """The smallest b at which a line that starts above 0 is no longer above it; None if it never falls so far."""
    start, end = margin
    if start <= 0:
        return Fraction(0)
    return start / (start - end) if end <= 0 else None


def _all_fallen(margins: tuple[tuple[Fraction, Fraction], ...]) -> Fraction | None:
    """The smallest b at which no line is above 0."""
    least, most = Fraction(0), Fraction(1)
    for start, end in margins:
        if start <= 0 and end <= 0:
            continue
        if start > 0 and end > 0:
            return None
        root = start / (start - end)
        if start > 0:
            least = max(least, root)
        else:
            most = min(most, root)
    return least if least <= most else None


def _percent(share: Fraction) -> str:
    value = float(100 * share)
    return f"{value:.0f} percent" if value >= 1 else f"{value:.2g} percent"
