"""Recoded worlds: the worlds of a study of which some cells are coded otherwise, without reading the rest anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from concausa.audit.worlds.cell_table import CellTable
from concausa.audit.worlds.grains import TermCase, grains
from concausa.audit.worlds.open_choice import OpenChoice, Space
from concausa.audit.worlds.reading import CellKey, Reading, coded_cells
from concausa.audit.worlds.term_cells import term_cell
from concausa.audit.worlds.worlds import Worlds
from concausa.measurement.coding import Coding
from concausa.study.study import Study


@dataclass(frozen=True, slots=True)
class Recoder:
    """Recodes cells of worlds.

    Parameters
    ----------
    worlds : Worlds
    reading : Reading
        What all cells of its study are read by.
    places : mapping of choice to int
        Where the choices that cells share stand.
    """

    worlds: Worlds
    reading: Reading
    places: Mapping[str, int]

    @staticmethod
    def of(worlds: Worlds) -> Recoder:
        """The recoder of the worlds of a study, each of whose cells is read by itself."""
        study = worlds.study
        reading = Reading.of(study, coded_cells(study))
        return Recoder(
            worlds, reading, {choice.id: worlds.space.place(choice.id) for choice in reading.choices}
        )

    def recoded(self, cells: Mapping[CellKey, Sequence[Coding]]) -> Worlds:
        """The worlds in which some cells have other codings.

        What such a cell then leaves open is a new choice at the end of the space; the choice that it had
        stays, and nothing turns on it. So the choices of all other cells keep their places.

        Parameters
        ----------
        cells : mapping of (unit, period, condition) to sequence of Coding
            All codings of each, in the order of ``level_readings.in_order``; none if nothing is coded.
        """
        study = self.worlds.study
        reading = replace(self.reading, coded={**self.reading.coded, **cells})
        choices: list[OpenChoice] = list(self.worlds.space.choices)
        tables: dict[tuple[str, str], CellTable] = {}
        for unit, period, condition in cells:
            row = study.row("conditions", condition)
            table, own = reading.cell(unit, period, row, self.places, len(choices))
            tables[f"{unit}-{period}", condition] = table
            choices += [replace(own, id=f"{own.id} recoded")] if own else []
        return with_tables(replace(self.worlds, space=Space(tuple(choices))), tables)


def each_by_itself(study: Study) -> bool:
    """Whether every cell is read by itself: no place, coder or level map is chosen for several at once."""
    return not any(
        (row.kind == "levels" and "cell by cell" not in row.options)
        or (row.kind == "medium" and "jointly" in row.options)
        for row in study.choices
    )


def with_tables(worlds: Worlds, tables: Mapping[tuple[str, str], CellTable]) -> Worlds:
    """The same worlds with other tables of some case-periods, and of the terms of office read as these."""
    cells = {**worlds.cells, **tables}
    grain = next(iter(worlds.space.of_kind("grain")), None)
    terms: Sequence[TermCase] = grains(worlds.study).terms
    for term in terms:
        periods = dict.fromkeys(f"{term.term.unit}-{period}" for period in term.periods)
        for condition in {name for case, name in tables if case in periods}:
            if (term.id, condition) in cells:
                own = {
                    period: cells[f"{term.term.unit}-{period}", condition]
                    for period in dict.fromkeys(term.periods)
                }
                cells[term.id, condition] = term_cell(term, condition, own, worlds.space.sizes, grain=grain)
    return replace(worlds, cells=cells)
