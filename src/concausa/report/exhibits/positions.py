"""Where the cases of a figure stand: the leading positions, and every other admissible one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from concausa.audit.placement import Placement, preferred
from concausa.core.unit import Case
from concausa.measurement.coding import PLACES, Coding
from concausa.report.exhibits.scribe import Scribe
from concausa.study.study import Study


@dataclass(frozen=True, slots=True)
class Position:
    """A case in one reading, under the study's own level map.

    Parameters
    ----------
    placement : Placement
    leading : bool
        Whether each of its levels is the one that the text prints in the foremost place: heading
        before body before assessment before cross-case section. Where that place gives several levels,
        each of them leads; the other positions are just as admissible.
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
    chosen = preferred(study, found)
    return tuple(_position(study, item) for item in found if item.level_map == chosen)


def notes(scribe: Scribe, found: Sequence[Position]) -> tuple[str, ...]:
    """What a reader should know of the figure and its table."""
    say = scribe.language.say
    used = found[0].placement.level_map
    named = ", ".join(scribe.name("level_maps", id) for id in used.split("+"))
    cases = Counter(item.case.id for item in found if item.leading)
    several = [id for id, leading in cases.items() if leading > 1]
    return (
        *([say("Level map: {map}. The table of readings shows the others.", map=named)] if used else []),
        say("Patterns joined by = are tied."),
        *(
            [
                say(
                    "The foremost place gives several levels, each shown as leading, for: {cases}.",
                    cases=", ".join(several),
                )
            ]
            if several
            else []
        ),
        *scribe.label_notes("property-space"),
    )


def _position(study: Study, item: Placement) -> Position:
    leading = True
    codings: list[str] = []
    for condition, level in item.levels.items():
        rows = study.cell(item.case, condition).codings
        foremost = min(map(_rank, rows))
        leading = leading and any(row.level == level and _rank(row) == foremost for row in rows)
        codings += [row.id for row in rows if row.level == level]
    return Position(item, leading, tuple(codings))


def _rank(row: Coding) -> int:
    return PLACES.index(row.place) if row.place in PLACES else len(PLACES)
