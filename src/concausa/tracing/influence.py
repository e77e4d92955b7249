"""Influence: what a ledger comes to with one piece, or one source, left out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from concausa.core.interval import Interval
from concausa.tracing.verdict import Verdict
from concausa.tracing.weight import Weight

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Influence:
    """A ledger without one of its parts.

    Parameters
    ----------
    kind : str
        ``piece`` or ``source``.
    id : str
        What is left out.
    posterior : Interval or None
        Of the first hypothesis, without it.
    weight : Weight or None
        Of what is left, for the first hypothesis over the second.
    verdict : str
        Without it.
    shift : Fraction
        How far the posterior's farther end moves, in [0, 1].
    """

    kind: Literal["piece", "source"]
    id: str
    posterior: Interval | None
    weight: Weight | None
    verdict: Verdict
    shift: Fraction

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        own = self.posterior
        return {
            "kind": self.kind,
            "id": self.id,
            "posterior": None if own is None else [float(own.low), float(own.high)],
            "weight": self.weight.data() if self.weight else None,
            "verdict": self.verdict,
            "shift": float(self.shift),
        }


def influence(ledger: Ledger) -> tuple[Influence, ...]:
    """Each piece and each source left out in turn, the most influential first.

    Examples
    --------
    >>> from concausa.tracing.evidence_item import EvidenceItem
    >>> from concausa.tracing.ledger import weigh
    >>> items = [EvidenceItem.of("E1", {"A": 0.9, "B": 0.1}), EvidenceItem.of("E2", {"A": 0.5, "B": 0.5})]
    >>> [(left.id, left.verdict) for left in weigh(["A", "B"], items).influence()]
    [('E1', 'inconclusive'), ('E2', 'supported')]
    """
    parts = [("piece", piece.id) for piece in ledger.pieces] + [("source", name) for name in ledger.sources]
    found = [_without(ledger, kind, id) for kind, id in parts]
    return tuple(sorted(found, key=lambda left: -left.shift))


def _without(ledger: Ledger, kind: str, id: str) -> Influence:
    left = ledger.without(piece=id) if kind == "piece" else ledger.without(source=id)
    before, after = ledger.posterior(), left.posterior()
    shift = Fraction(1)
    if before is not None and after is not None:
        shift = max(abs(before.low - after.low), abs(before.high - after.high))
    return Influence("piece" if kind == "piece" else "source", id, after, left.weight(), left.verdict, shift)
