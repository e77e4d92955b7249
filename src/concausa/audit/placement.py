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
from concausa.typology.space import axes, place, sets


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
        Id of the map; where conditions are read by maps of their own, the ids of those that had to be
        chosen, joined by ``+`` in the order of the conditions. Empty if no map is needed.
    memberships : mapping of condition to float in [0, 1]
        What the levels mean under that map; a condition without a map, of which only levels are
        compared, has none.
    patterns : mapping of pattern id to float in [0, 1]
        Fuzzy membership in each pattern.
    strongest : tuple of str
        Strongest patterns; several are a tie.
    expected : tuple of str
        Outcomes that they lead to.
    maps : mapping of condition to str
        Id of the level map by which each condition is read.
    """

    case: Case
    levels: Mapping[str, str]
    level_map: str
    memberships: Mapping[str, float]
    patterns: Mapping[str, float]
    strongest: tuple[str, ...]
    expected: tuple[str, ...]
    maps: Mapping[str, str]

    @property
    def is_tie(self) -> bool:
        """Whether the space does not decide between patterns."""
        return len(self.strongest) > 1


def placements(study: Study) -> tuple[Placement, ...]:
    """Every case × admissible reading × choice of level maps, in the order of the study.

    A case with no coding for a condition of the space has no place, nor has any case if no level map
    covers a condition that stands as a set: nothing is guessed.
    """
    if not study.patterns:
        return ()
    space, wanted = axes(study.patterns), sets(study.patterns)
    return tuple(
        Placement(
            case,
            ladder.levels,
            choice.id,
            ladder.memberships,
            found.memberships,
            found.strongest,
            found.expected,
            {name: level_map.id for name, level_map in choice.maps.items()},
        )
        for case in study.coded_cases
        for choice, ladder in ladders(study, case, space, wanted)
        for found in (place(ladder, study.patterns),)
    )


def ladders(
    study: Study,
    case: Case,
    conditions: Sequence[str],
    as_sets: Sequence[str],
    *,
    uncoded: Literal["skip", "any level"] = "skip",
) -> Iterator[tuple[MapChoice, Ladder]]:
    """Every reading of a case over some conditions, under each choice of level maps.

    A condition that is only compared is read by the map that the settings name, else by the first that
    covers it, so that it can be drawn; without any map it has levels alone.

    Parameters
    ----------
    conditions : sequence of str
        Those whose levels are asked for.
    as_sets : sequence of str
        Those among them whose memberships count; only for these must there be a level map.
    uncoded : str
        What to do with a condition that has no coding: ``skip`` yields nothing; ``any level`` tries
        every level of its scale, so that one can see whether the gap matters.
    """
    scales = {name: study.row("conditions", name).levels for name in conditions}
    admissible = [study.cell(case, name).levels for name in conditions]
    if uncoded == "any level":
        admissible = [levels or scales[name] for name, levels in zip(conditions, admissible, strict=True)]
    shown = {name: _preferred(study, found) for name in conditions if (found := _covering(study, name))}
    for choice in map_choices(study, as_sets):
        maps = {name: row for name in conditions if (row := choice.maps.get(name) or shown.get(name))}
        for reading in product(*admissible):
            levels = dict(zip(conditions, reading, strict=True))
            values = {name: memberships(row, scales[name])[levels[name]] for name, row in maps.items()}
            yield MapChoice(choice.id, maps), Ladder(levels, values, scales)


@dataclass(frozen=True, slots=True)
class MapChoice:
    """One level map for each condition; the id joins by ``+`` those that had to be chosen."""

    id: str
    maps: Mapping[str, LevelMap]


def map_choices(study: Study, conditions: Sequence[str]) -> tuple[MapChoice, ...]:
    """Every choice of level maps for some conditions; none if a condition has no map.

    Conditions that the same maps cover are read by one map together. Where several such groups have
    maps that compete, every map of the one is tried with every map of the other. A group with a single
    map is read by that one throughout, and adds nothing to the id unless no group has a choice.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in conditions:
        groups.setdefault(tuple(row.id for row in _covering(study, name)), []).append(name)
    if () in groups:
        return ()
    by_id = {row.id: row for row in study.level_maps}
    chosen = [len(ids) > 1 for ids in groups]
    shown = chosen if any(chosen) else [True] * len(groups)
    return tuple(
        MapChoice(
            "+".join(id for id, counts in zip(picks, shown, strict=True) if counts),
            {name: by_id[id] for names, id in zip(groups.values(), picks, strict=True) for name in names},
        )
        for picks in product(*groups)
    )


def unmapped(study: Study, conditions: Sequence[str]) -> tuple[str, ...]:
    """The conditions that no level map covers."""
    return tuple(name for name in conditions if not _covering(study, name))


def preferred(study: Study, found: Sequence[Placement]) -> str:
    """The choice of level maps that the study prefers, among those used; else the first; else empty.

    A choice of several maps is the better, the more often it takes the map that the settings name.
    """
    used = list(dict.fromkeys(item.level_map for item in found))
    return max(used, key=lambda id: id.split("+").count(study.settings.level_map), default="")


def _covering(study: Study, condition: str) -> list[LevelMap]:
    return [level_map for level_map in study.level_maps if level_map.covers(condition)]


def _preferred(study: Study, maps: Sequence[LevelMap]) -> LevelMap:
    return next((row for row in maps if row.id == study.settings.level_map), maps[0])
