"""Reading: how codings, level maps, measures and boundaries together give each cell its states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concausa.audit.worlds.boundaries import Boundaries, boundaries
from concausa.audit.worlds.cell_table import NO_DATA, CellTable, State
from concausa.audit.worlds.cells import Axis, cell_choice, cell_table, every_context, own_choice
from concausa.audit.worlds.level_readings import LevelReadings, in_order, level_readings
from concausa.audit.worlds.map_readings import MapReading, map_readings
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.audit.worlds.outcome_readings import OutcomeReading, outcome_readings
from concausa.measurement.coding import Coding
from concausa.study.study import Study
from concausa.theory.condition import Condition

#: Unit, period and condition.
CellKey = tuple[str, str, str]
#: Codings of each cell, the study's own reading first.
Coded = Mapping[CellKey, Sequence[Coding]]

_EMPTY = (State(None, None, NO_DATA),)


def coded_cells(study: Study) -> Coded:
    """The codings of each cell, those of single indicators left out, by the part of the text."""
    scales = {condition.id: frozenset(condition.levels) for condition in study.conditions}
    found: dict[CellKey, list[Coding]] = {}
    for coding in study.codings:
        if not coding.indicator and coding.level in scales.get(coding.condition, ()):
            found.setdefault((coding.unit, coding.period, coding.condition), []).append(coding)
    return {key: in_order(codings) for key, codings in found.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a cell's states follow from.

    Parameters
    ----------
    coded : mapping of (unit, period, condition) to sequence of Coding
    levels : LevelReadings
    maps : mapping of condition to MapReading
    outcomes : mapping of condition to OutcomeReading
    boundaries : Boundaries
    choices : tuple of OpenChoice
        Those that cells share, in the order of ``KINDS``.
    """

    coded: Coded
    levels: LevelReadings
    maps: Mapping[str, MapReading]
    outcomes: Mapping[str, OutcomeReading]
    boundaries: Boundaries
    choices: tuple[OpenChoice, ...]

    @staticmethod
    def of(study: Study, coded: Coded) -> Reading:
        """The reading of a study; errors as those of its parts."""
        outcomes = outcome_readings(study)
        levels = level_readings(study, coded)
        used: dict[str, set[str]] = {
            condition.id: set(condition.levels) if condition.id in outcomes else set()
            for condition in study.conditions
        }
        for (_, _, condition), codings in coded.items():
            used[condition].update(coding.level for coding in codings)
        joint, maps = map_readings(study, used)
        bounds = boundaries(study)
        shared = (*(item.choice for item in outcomes.values()), levels.choice, *joint, bounds.choice)
        choices = tuple(choice for choice in shared if choice is not None)
        return Reading(coded, levels, maps, outcomes, bounds, choices)

    def cell(
        self, unit: str, period: str, condition: Condition, places: Mapping[str, int], next_place: int
    ) -> tuple[CellTable, OpenChoice | None]:
        """The table of a cell, and what it leaves open by itself.

        Parameters
        ----------
        places : mapping of choice to int
            Where the shared choices stand in the space.
        next_place : int
            Where its own choice will stand.
        """
        case = f"{unit}-{period}"
        codings = self.coded.get((unit, period, condition.id), ())
        outcome, maps = self.outcomes.get(condition.id), self.maps[condition.id]
        counting = self._counting(codings)
        ways: list[tuple[OpenChoice | None, bool]] = [
            (outcome.choice if outcome else None, True),
            (self.levels.choice, len({coding.level for coding in codings}) > 1),
            (next((choice for choice in self.choices if choice.id == maps.choice), None), True),
            (self.boundaries.choice, any(len(counted) < len(codings) for counted in counting)),
        ]
        turned = [choice if matters else None for choice, matters in ways]
        axes = [Axis(places[choice.id], len(choice.options)) for choice in turned if choice is not None]
        contexts: list[tuple[State, ...]] = []
        for context in every_context(axes):
            by_outcome, by_level, by_map, by_years = (
                context[places[choice.id]] if choice is not None else 0 for choice in turned
            )
            levels = self.levels.levels(counting[by_years], by_level)
            if outcome is not None and (measure := outcome.levels[by_outcome]) is not None:
                state = measure.get(case, _EMPTY[0])
                if state.level is None:
                    contexts.append((state,))
                    continue
                levels = (state.level,)
            contexts.append(_states(levels, maps.values[by_map]))
        own = own_choice(contexts)
        choice = None
        if own.options:
            axes.append(Axis(next_place, len(own.options)))
            choice = cell_choice(case, condition, own.options, codings[0].id if codings else "")
        states = [state for context in zip(*own.states, strict=True) for state in context]
        return cell_table(case, condition.id, axes, states), choice

    def _counting(self, codings: Sequence[Coding]) -> tuple[Sequence[Coding], ...]:
        """The codings that count under each boundary."""
        if self.boundaries.choice is None:
            return (codings,)
        return tuple(
            tuple(coding for coding in codings if self.boundaries.counts(coding, option))
            for option in range(len(self.boundaries.spans))
        )


def _states(levels: Sequence[str], memberships: Mapping[str, tuple[float, ...]]) -> tuple[State, ...]:
    found = tuple(
        State(level, membership) for level in levels for membership in (memberships[level] or (None,))
    )
    return found or _EMPTY
