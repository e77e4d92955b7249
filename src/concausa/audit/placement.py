"""Where each case lies in the property space, in every admissible reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from concausa.core.unit import Case
from concausa.measurement.level_map import LevelMap, memberships
from concausa.study.study import Study
from concausa.typology.ladder import Ladder
from concausa.typology.space import axes, place


@dataclass(frozen=True, slots=True)
class Placement:
    """One case in one reading: a level for each condition of the space, under one level map.

    Parameters
    ----------
    case : Case
        Unit and period.
    levels : mapping of condition to level
        The reading.
    level_map : str
        Id of the map.
    memberships : mapping of condition to float in [0, 1]
        What the levels mean under that map.
    patterns : mapping of pattern id to float in [0, 1]
        Fuzzy membership in each pattern.
    strongest : tuple of str
        Strongest patterns; several are a tie.
    expected : tuple of str
        Outcomes that they lead to.
    """

    case: Case
    levels: Mapping[str, str]
    level_map: str
    memberships: Mapping[str, float]
    patterns: Mapping[str, float]
    strongest: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def is_tie(self) -> bool:
        """Whether the space does not decide between patterns."""
        return len(self.strongest) > 1


def placements(study: Study) -> tuple[Placement, ...]:
    """Every case × admissible reading × level map, in the order of the study.

    A case with no coding for a condition of the space has no place: nothing is guessed.
    """
    if not study.patterns:
        return ()
    space = axes(study.patterns)
    return tuple(
        Placement(
            case,
            ladder.levels,
            map_id,
            ladder.memberships,
            found.memberships,
            found.strongest,
            found.expected,
        )
        for case in coded_cases(study)
        for map_id, ladder in ladders(study, case, space)
        for found in (place(ladder, study.patterns),)
    )


def coded_cases(study: Study) -> tuple[Case, ...]:
    """Core cases, and each shadow unit in the periods for which something is coded."""
    coded = {(coding.unit, coding.period) for coding in study.codings}
    return tuple(
        Case(unit, period)
        for unit in study.units
        for period in study.periods
        if unit.role == "core" or (unit.id, period.id) in coded
    )


def ladders(
    study: Study, case: Case, conditions: Sequence[str], *, uncoded: Literal["skip", "any level"] = "skip"
) -> Iterator[tuple[str, Ladder]]:
    """Every reading of a case over some conditions, under each level map that covers them.

    Parameters
    ----------
    uncoded : str
        What to do with a condition that has no coding: ``skip`` yields nothing; ``any level`` tries
        every level of its scale, so that one can see whether the gap matters.
    """
    scales = {name: study.row("conditions", name).levels for name in conditions}
    admissible = [study.cell(case, name).levels for name in conditions]
    if uncoded == "any level":
        admissible = [levels or scales[name] for name, levels in zip(conditions, admissible, strict=True)]
    for choice, reading in product(map_choices(study, conditions), product(*admissible)):
        levels = dict(zip(conditions, reading, strict=True))
        values = {name: memberships(choice.maps[name], scales[name])[levels[name]] for name in conditions}
        yield choice.id, Ladder(levels, values, scales)


@dataclass(frozen=True, slots=True)
class MapChoice:
    """One level map for each condition."""

    id: str
    maps: Mapping[str, LevelMap]


def map_choices(study: Study, conditions: Sequence[str]) -> tuple[MapChoice, ...]:
    """The level maps to try, one choice for each map that competes with another.

    A condition with a single map of its own is read by that one throughout.
    """
    covering = {
        name: [level_map for level_map in study.level_maps if level_map.covers(name)] for name in conditions
    }
    if not all(covering.values()):
        return ()
    competing = [
        level_map
        for level_map in study.level_maps
        if any(level_map in maps and len(maps) > 1 for maps in covering.values())
    ]
    return tuple(
        MapChoice(wanted.id, {name: _map_for(study, maps, wanted) for name, maps in covering.items()})
        for wanted in competing or covering[conditions[0]][:1]
    )


def _map_for(study: Study, maps: Sequence[LevelMap], wanted: LevelMap) -> LevelMap:
    if wanted in maps:
        return wanted
    default = [level_map for level_map in maps if level_map.id == study.settings.level_map]
    return (default or maps)[0]
