"""A line of a ledger: one piece of evidence, what it weighs, and the sum so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.tracing.evidence_test import EvidenceTest, evidence_test
from concausa.tracing.hypotheses import Hypotheses
from concausa.tracing.piece import Piece
from concausa.tracing.weighing import total_weight
from concausa.tracing.weight import Weight
from concausa.tracing.word_scale import WordScale


@dataclass(frozen=True, slots=True)
class Line:
    """One piece between two hypotheses.

    Parameters
    ----------
    piece : Piece
    weight : Weight or None
        None where both hypotheses exclude it.
    running : Weight or None
        The weight of this piece and all before it, the prior aside.
    test : EvidenceTest or None
        Which of Van Evera's tests it is; None where only ratios are known, or for a package.
    """

    piece: Piece
    weight: Weight | None
    running: Weight | None
    test: EvidenceTest | None


def lines(
    found: Sequence[Piece], among: Hypotheses, of: str, against: str, *, scale: WordScale
) -> tuple[Line, ...]:
    """The lines of a ledger between two hypotheses, in the order of the pieces."""
    return tuple(
        Line(
            piece,
            piece.weight(among, of, against),
            total_weight(found[: place + 1], among, of, against),
            kind(piece, of, against),
        )
        for place, piece in enumerate(found)
    )


def kind(piece: Piece, of: str, against: str) -> EvidenceTest | None:
    """Which test an item is, where its likelihoods say so."""
    item = piece.factors[0]
    if len(piece.factors) > 1 or item.compares or of not in item.amounts or against not in item.amounts:
        return None
    return evidence_test(item.amounts[of], item.amounts[against])
