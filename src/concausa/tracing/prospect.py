"""A prospect: what an item that nobody has looked for would do, found or looked for in vain.

References
----------
.. [1] Humphreys and Jacobs (2023), *Integrated Inferences*, on clue selection. Cambridge University Press.
   https://doi.org/10.1017/9781316718636
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from concausa.core.interval import Interval
from concausa.tracing.evidence_item import EvidenceItem
from concausa.tracing.verdict import Verdict

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an item would do to a ledger.

    Parameters
    ----------
    id : str
    found, missing : Interval or None
        The posterior of the first hypothesis if the item is found, and if a search that would find it does
        not. None where all hypotheses would be ruled out; *missing* also where only ratios are known, for
        these do not say how often the item is to be seen.
    if_found, if_missing : str or None
        The verdicts.
    expected_change : Fraction or None
        How far the posterior is expected to move, in [0, 1]; None unless priors and likelihoods are points.
    """

    id: str
    found: Interval | None
    missing: Interval | None
    if_found: Verdict
    if_missing: Verdict | None
    expected_change: Fraction | None = None

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "id": self.id,
            "found": _pair(self.found),
            "missing": _pair(self.missing),
            "if_found": self.if_found,
            "if_missing": self.if_missing,
            "expected_change": None if self.expected_change is None else float(self.expected_change),
        }


def prospects(ledger: Ledger) -> tuple[Prospect, ...]:
    """One for each item that nobody has looked for, in their order.

    Examples
    --------
    A clue with chances 3/5 and 1/5 at even odds: found, 3/4; looked for in vain, 2/5 to 4/5, so 1/3. It is
    found with a chance of 2/5: 2/5 * 1/4 + 3/5 * 1/6 = 1/5.

    >>> from concausa.tracing.ledger import weigh
    >>> clue = EvidenceItem.of("clue", {"A": "3/5", "B": "1/5"}, found="not searched")
    >>> (one,) = prospects(weigh(["A", "B"], [clue]))
    >>> one.found.low, one.missing.low, one.expected_change
    (Fraction(3, 4), Fraction(1, 3), Fraction(1, 5))
    """
    return tuple(_prospect(ledger, item) for item in ledger.idle)


def _prospect(ledger: Ledger, item: EvidenceItem) -> Prospect:
    found = _with(ledger, dataclasses.replace(item, found="found"))
    if item.compares:
        return Prospect(item.id, found.posterior(), None, found.verdict, None)
    absent = {name: Interval(1 - chance.high, 1 - chance.low) for name, chance in item.amounts.items()}
    missing = _with(ledger, dataclasses.replace(item, amounts=absent, found="searched, nothing found"))
    return Prospect(
        item.id,
        found.posterior(),
        missing.posterior(),
        found.verdict,
        missing.verdict,
        _change(ledger, item, found, missing),
    )


def _with(ledger: Ledger, item: EvidenceItem) -> Ledger:
    kept = tuple(item if own.id == item.id else own for own in ledger.items)
    return dataclasses.replace(ledger, items=kept)


def _change(ledger: Ledger, item: EvidenceItem, found: Ledger, missing: Ledger) -> Fraction | None:
    chance = Fraction(0)
    for name in ledger.names:
        own = ledger.posterior(name)
        if own is None or not own.is_exact or name not in item.amounts or not item.amounts[name].is_exact:
            return None
        chance += own.low * item.amounts[name].low
    change = Fraction(0)
    start = ledger.posterior()
    assert start is not None
    for part, after in ((chance, found.posterior()), (1 - chance, missing.posterior())):
        if part:
            if after is None or not after.is_exact:
                return None
            change += part * abs(after.low - start.low)
    return change


def _pair(chance: Interval | None) -> list[float] | None:
    return None if chance is None else [float(chance.low), float(chance.high)]
