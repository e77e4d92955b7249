"""Worlds: what is open in a study, and what each of its cells is in every way to settle that."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import CellTable
from concausa.audit.worlds.grains import Grains, grains
from concausa.audit.worlds.open_choice import OpenChoice, Space
from concausa.audit.worlds.reading import Reading, coded_cells
from concausa.audit.worlds.shared_choices import Shadow, Test, numbers, shadow, tests
from concausa.audit.worlds.term_cells import term_cell
from concausa.core.errors import DataError, UnknownNameError
from concausa.core.large import counted
from concausa.core.nearest import nearest
from concausa.study.study import Study


@dataclass(frozen=True, eq=False)
class Worlds:
    """Every admissible way to read a study.

    Parameters
    ----------
    study : Study
    space : Space
        The open choices.
    slots : tuple of CaseSlot
        Every case that some world compares, in the order of the study; terms of office last. A case in
        which nothing at all is coded is not compared.
    cells : mapping of (case, condition) to CellTable
        Every case-period of the study and every slot, in every condition.
    scales : mapping of condition to tuple of str
        Levels, lowest first.
    tests : tuple of (kind, consistency)
        How set claims are tested under each option of the choice *test*: ``("crisp", None)`` or
        ``("fuzzy", 0.9)``; a single one if the test is not open.
    test : int or None
        Place of that choice; None if the test is not open.
    numbers : mapping of name to (choice, formulas)
        What a name in number claims stands for: one formula for each option of a choice, by its place;
        None and a single formula if it is not open.
    closed : tuple of (str, str)
        Measures that the study names and that cannot be worked out: label and what is missing.
    """

    study: Study
    space: Space
    slots: tuple[CaseSlot, ...]
    cells: Mapping[tuple[str, str], CellTable]
    scales: Mapping[str, tuple[str, ...]]
    tests: tuple[Test, ...] = (("crisp", None),)
    test: int | None = None
    numbers: Mapping[str, tuple[int | None, tuple[str, ...]]] = field(default_factory=dict)
    closed: tuple[tuple[str, str], ...] = ()
    #: What was worked out of cell tables before, by the tables themselves: worlds that share these share it.
    known: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def cell(self, case: str, condition: str) -> CellTable:
        """The table of a cell; UnknownNameError with the nearest name if there is none."""
        if (case, condition) in self.cells:
            return self.cells[case, condition]
        what, known = ("condition", list(self.scales))
        if condition in self.scales:
            what, known = "case", list(dict.fromkeys(name for name, _ in self.cells))
        name = condition if what == "condition" else case
        near = nearest(name, known)
        raise UnknownNameError(
            f"there is no {what} {name!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(known[:20])}",
        )

    def __repr__(self) -> str:
        return f"<Worlds of {self.study.settings.id}: {counted(self.space.size)} of {len(self.space.choices)} choices>"


def worlds(study: Study) -> Worlds:
    """Every admissible way to read a study.

    What is open is derived from the study (codings that differ, level maps that compete, shadow cases)
    and from its table ``choices``. The first option of each choice is the study's own reading: the level
    of the first part of the text that prints one, the level map that the settings name, the first option
    of a row.

    Raises
    ------
    DataError, OptionError, ScaleError
        If a choice, level map or measure cannot be read as it stands; see `concausa.theory.choice`.
    """
    coded_by = coded_cells(study)
    coded = {(unit, period) for unit, period, _ in coded_by}
    roles = {unit.id: unit.role for unit in study.units}
    reading = Reading.of(study, coded_by)
    shading = shadow(study, coded=any(roles.get(unit) == "shadow" for unit, _ in coded))
    graining, testing, naming = grains(study), tests(study), numbers(study)
    alone = (shading.choice, graining.choice, testing.choice, *(item.choice for item in naming.values()))
    choices = [*reading.choices, *(choice for choice in alone if choice is not None)]
    place = _places(choices)
    cells: dict[tuple[str, str], CellTable] = {}
    for unit in study.units:
        for period in study.periods:
            for condition in study.conditions:
                table, own = reading.cell(unit.id, period.id, condition, place, len(choices))
                cells[f"{unit.id}-{period.id}", condition.id] = table
                choices += [own] if own else []
    _places(choices)
    present = _Presence(graining, shading, place)
    slots: list[CaseSlot] = []
    for unit in study.units:
        for period in study.periods:
            shown = present.of(unit.role, graining.by_period)
            if shown is not None and (unit.id, period.id) in coded:
                slots.append(CaseSlot(f"{unit.id}-{period.id}", unit.id, shown))
    sizes = [len(choice.options) for choice in choices]
    for term in graining.terms:
        unit_id = term.term.unit
        shown = present.of(roles[unit_id], term.options)
        if shown is None or not any((unit_id, period) in coded for period in term.periods):
            continue
        slots.append(CaseSlot(term.id, unit_id, shown))
        for condition in study.conditions:
            cells[term.id, condition.id] = term_cell(
                term,
                condition.id,
                {
                    period: cells[f"{unit_id}-{period}", condition.id]
                    for period in dict.fromkeys(term.periods)
                },
                sizes,
                grain=_at(graining.choice, place),
            )
    return Worlds(
        study,
        Space(tuple(choices)),
        tuple(slots),
        cells,
        {condition.id: condition.levels for condition in study.conditions},
        testing.tests,
        _at(testing.choice, place),
        {name: (_at(item.choice, place), item.formulas) for name, item in naming.items()},
        tuple(closed for item in reading.outcomes.values() for closed in item.closed),
    )


@dataclass(frozen=True, slots=True)
class _Presence:
    """In which worlds cases are compared."""

    grains: Grains
    shadow: Shadow
    place: Mapping[str, int]

    def of(self, role: str, by_grain: frozenset[int]) -> tuple[tuple[int, frozenset[int]], ...] | None:
        """The presence of a case of a unit in a role; None if no world compares it.

        Parameters
        ----------
        by_grain : frozenset of int
            The options of the grain under which it is a case.
        """
        if role not in ("core", "shadow"):
            return None
        needs = [(self.grains.choice, self.grains.n, by_grain)]
        if role == "shadow":
            needs.append((self.shadow.choice, self.shadow.n, self.shadow.compared))
        found: list[tuple[int, frozenset[int]]] = []
        for choice, n, options in needs:
            if not options:
                return None
            if choice is not None and len(options) < n:
                found.append((self.place[choice.id], options))
        return tuple(sorted(found, key=lambda item: item[0]))


def _places(choices: Sequence[OpenChoice]) -> dict[str, int]:
    """Where each choice stands; DataError if two have one name."""
    place: dict[str, int] = {}
    for at, choice in enumerate(choices):
        if choice.id in place:
            raise DataError(
                f"two choices are called {choice.id!r}",
                where=f"choices {choice.id}",
                fix="rename one of them",
            )
        place[choice.id] = at
    return place


def _at(choice: OpenChoice | None, place: Mapping[str, int]) -> int | None:
    return None if choice is None else place[choice.id]
