"""Where the cases of a figure stand: one leading position each, and every other admissible one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.audit.placement import Placement
from concausa.core.unit import Case
from concausa.measurement.coding import PLACES
from concausa.study.study import Study


@dataclass(frozen=True, slots=True)
class Position:
    """A case in one reading, under the study's own level map.

    Parameters
    ----------
    placement : Placement
    leading : bool
        Whether each of its levels is the one that the text prints in the foremost place: heading
        before body before assessment before cross-case section. One position a case is leading; the
        others are just as admissible.
    codings : tuple of str
        Ids of the codings that give these levels.
    """

    placement: Placement
    leading: bool
    codings: tuple[str, ...]

    @property
    def case(self) -> Case:
        """Unit and period."""
        return self.placement.case


def positions(study: Study, found: Sequence[Placement]) -> tuple[Position, ...]:
    """The placements under the study's own level map (else the first used), as positions."""
    used = list(dict.fromkeys(item.level_map for item in found))
    if not used:
        return ()
    chosen = study.settings.level_map if study.settings.level_map in used else used[0]
    return tuple(_position(study, item) for item in found if item.level_map == chosen)


def _position(study: Study, item: Placement) -> Position:
    leading = True
    codings: list[str] = []
    for condition, level in item.levels.items():
        rows = study.cell(item.case, condition).codings
        first = min(rows, key=lambda row: PLACES.index(row.place) if row.place in PLACES else len(PLACES))
        leading = leading and first.level == level
        codings += [row.id for row in rows if row.level == level]
    return Position(item, leading, tuple(codings))
