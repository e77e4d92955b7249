"""Single points of failure: one piece of evidence without which no world bears a verdict out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concausa.audit.findings.rests_on import Changed, Drop


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A verdict that hangs on one piece of evidence.

    Parameters
    ----------
    claim : str
    word : str
        ``supported`` or ``contradicted``: some world says so, and none does once the piece is out.
    drop : Drop
    change : Changed
    """

    claim: str
    word: str
    drop: Drop
    change: Changed

    def data(self) -> dict[str, object]:
        """As plain JSON values."""
        return {
            "word": self.word,
            "kind": self.drop.kind,
            "id": self.drop.id,
            **self.change.data(),
        }


def single_points(drops: Iterable[Drop], *, own: bool = False) -> tuple[SinglePoint, ...]:
    """The single points of failure among some drops, those of one claim together.

    Parameters
    ----------
    own : bool
        Whether to count the text from which the study was coded. Much falls with it, so it is left out
        unless asked for.
    """
    found: dict[str, list[SinglePoint]] = {}
    for drop in drops:
        if drop.own and not own:
            continue
        for change in drop.changed:
            for word in ("supported", "contradicted"):
                if change.lost(word):
                    found.setdefault(change.claim, []).append(SinglePoint(change.claim, word, drop, change))
    return tuple(point for points in found.values() for point in points)
