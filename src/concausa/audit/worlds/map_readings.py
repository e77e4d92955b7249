"""Map readings: what levels mean as memberships, where several level maps compete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from concausa.audit.worlds.declared import only, opened, refused
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.measurement.level_map import LevelMap, memberships
from concausa.study.study import Study
from concausa.theory.choice import WORDS, Choice
from concausa.theory.condition import Condition


@dataclass(frozen=True, slots=True)
class MapReading:
    """The maps of one condition.

    Parameters
    ----------
    choice : str
        Id of the choice between the maps, where they are chosen jointly; empty where each cell chooses
        for itself or nothing competes.
    values : tuple of mapping of level to tuple of float
        For each option of that choice (a single one without it), the memberships that a level may have,
        the study's own first; no map, no membership.
    """

    choice: str
    values: tuple[Mapping[str, tuple[float, ...]], ...]


def map_readings(
    study: Study, used: Mapping[str, Iterable[str]]
) -> tuple[tuple[OpenChoice, ...], Mapping[str, MapReading]]:
    """How the levels of each condition are read, and the choices between maps that are made jointly.

    Conditions that the same maps cover are read by one map together. Maps that give all levels in use
    the same memberships are one map.

    Parameters
    ----------
    used : mapping of condition to levels
        The levels that some cell may have.

    Raises
    ------
    OptionError
        If the row of kind ``medium`` has another option than those of ``concausa.theory.choice.WORDS``.
    ScaleError
        If a map does not fit the levels of a condition.
    """
    row = only(study, "medium")
    way = one_way(row, WORDS["medium"])
    groups: dict[tuple[str, ...], list[Condition]] = {}
    for condition in study.conditions:
        groups.setdefault(tuple(_covering(study, condition)), []).append(condition)
    by_id = {level_map.id: level_map for level_map in study.level_maps}
    competing = [ids for ids in groups if len(ids) > 1]
    choices: list[OpenChoice] = []
    found: dict[str, MapReading] = {}
    for ids, conditions in groups.items():
        tables: Mapping[str, Mapping[str, Mapping[str, float]]] = {
            id: {condition.id: memberships(by_id[id], condition.levels) for condition in conditions}
            for id in ids
        }
        if way == "jointly" and len(ids) > 1:
            tables = _different(tables, used)
            options = tuple(_option(by_id[map_id]) for map_id in tables)
            label = Caveat.of(
                "map",
                "what the levels of {conditions} mean",
                conditions=", ".join(condition.label for condition in conditions),
            )
            choice = (
                opened("map", label, options, row)
                if len(competing) == 1
                else opened("map", label, options, None, id=f"map-{'-'.join(item.id for item in conditions)}")
            )
            choices += [choice] if choice else []
            for condition in conditions:
                values = tuple(
                    {level: (value,) for level, value in table[condition.id].items()}
                    for table in tables.values()
                )
                found[condition.id] = MapReading(choice.id if choice else "", values)
        else:
            for condition in conditions:
                several = {
                    level: tuple(dict.fromkeys(table[condition.id][level] for table in tables.values()))
                    for level in condition.levels
                }
                found[condition.id] = MapReading("", (several,))
    return tuple(choices), found


def own_map(study: Study, condition: Condition) -> Mapping[str, float]:
    """What the levels of a condition mean by the study's own map; empty if no map reads it."""
    ids = _covering(study, condition)
    return memberships(study.row("level_maps", ids[0]), condition.levels) if ids else {}


def one_way(row: Choice | None, ways: Sequence[str]) -> str:
    """The one way that a row names, the first of *ways* without a row."""
    if row is None:
        return ways[0]
    if len(row.options) != 1:
        raise OptionError(
            f"a choice of {row.kind} names one way, not {len(row.options)}",
            where=f"choices {row.id}, options",
            fix=f"keep one of {', '.join(ways)}",
        )
    if row.options[0] not in ways:
        raise refused(row, row.options[0], ways)
    return row.options[0]


def _covering(study: Study, condition: Condition) -> list[str]:
    """Ids of the maps that read a condition, the one that the settings name first."""
    found = [
        level_map.id
        for level_map in study.level_maps
        if level_map.covers(condition.id) and (condition.role != "pattern" or level_map.conditions)
    ]
    return sorted(found, key=lambda id: id != study.settings.level_map)


def _different(
    tables: Mapping[str, Mapping[str, Mapping[str, float]]], used: Mapping[str, Iterable[str]]
) -> dict[str, Mapping[str, Mapping[str, float]]]:
    kept: dict[tuple[float, ...], str] = {}
    for id, table in tables.items():
        values = tuple(
            table[condition][level] for condition in table for level in sorted(used.get(condition, ()))
        )
        kept.setdefault(values, id)
    return {id: tables[id] for id in kept.values()}


def _option(level_map: LevelMap) -> Option:
    return Option(level_map.id, Caveat.of("map", "{map}", map=level_map.label))
