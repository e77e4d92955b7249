"""An effect: what a fall changes of all that findings can rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from concausa.audit.findings.falls import Fall
from concausa.audit.findings.footprint import Footprint
from concausa.audit.findings.mentions import NUMBERS, words
from concausa.audit.worlds.boundaries import Boundaries, boundaries
from concausa.audit.worlds.reading import CellKey
from concausa.audit.worlds.recoded import each_by_itself
from concausa.core.table import Link
from concausa.measurement.coding import PLACES, Coding
from concausa.measurement.measure import case_formulas
from concausa.study.study import Study

Cell: TypeAlias = "tuple[str, str]"

#: What a cell's codings say: each level, for each reader who may be followed, with the boundaries under which
#: it counts, in the order in which the study reads them.
Said: TypeAlias = "tuple[tuple[str, str, frozenset[int]], ...]"

#: Tables, beside codings and passages, whose rows findings can rest on.
_RECORD = ("facts", "events", "terms", "elections", "series")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a fall changes; two falls with the same effect leave the same findings.

    Parameters
    ----------
    cells : frozenset of (cell, what its codings then say)
    rows : frozenset of Link
        Rows of the record that are gone.
    cases : frozenset of str
        Cases for which nothing is coded any longer.
    """

    cells: frozenset[tuple[Cell, Said]] = frozenset()
    rows: frozenset[Link] = frozenset()
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effects:
    """Tells what falls change for the claims of a study."""

    codings: Mapping[Cell, tuple[Coding, ...]]
    cell_of: Mapping[str, Cell]
    boundaries: Boundaries
    reader: str
    prints: Mapping[str, Footprint]
    links: Mapping[str, frozenset[Link]]
    rows: frozenset[Link]
    cells: frozenset[Cell]
    shaping: frozenset[Link]
    alone: bool

    @staticmethod
    def of(study: Study, prints: Mapping[str, Footprint]) -> Effects:
        """Effects on the claims whose footprints are given."""
        codings: dict[Cell, list[Coding]] = {}
        for row in study.codings:
            if not row.indicator:
                codings.setdefault((f"{row.unit}-{row.period}", row.condition), []).append(row)
        ordered = {
            cell: tuple(sorted(rows, key=lambda row: PLACES.index(row.place)))
            for cell, rows in codings.items()
        }
        ways = {option for row in study.choices if row.kind == "levels" for option in row.options}
        reader = "place" if "by place" in ways else "coder" if "by coder" in ways else ""
        cell_of = {row.id: cell for cell, rows in ordered.items() for row in rows}
        own = {id: frozenset(one.links) for id, one in prints.items()}
        links = frozenset().union(*own.values())
        return Effects(
            ordered,
            cell_of,
            boundaries(study),
            reader,
            prints,
            own,
            links,
            frozenset(cell_of[link.id] for link in links if link.table == "codings" and link.id in cell_of),
            frozenset(_shaping(study)),
            each_by_itself(study),
        )

    def effect(self, fall: Fall) -> Effect:
        """What a fall changes."""
        gone = fall.gone.get("codings", frozenset())
        moved = {self.cell_of[id] for id in (*gone, *fall.left) if id in self.cell_of}
        cells, cases = set(), set()
        for cell in moved:
            before = self._said(self.codings[cell])
            after = self._said(self._left(cell, fall))
            if before != after and cell in self.cells:
                cells.add((cell, after))
            if not after and not self._coded(cell[0], fall):
                cases.add(cell[0])
        record = {Link(table, id) for table in _RECORD for id in fall.gone.get(table, ())}
        return Effect(frozenset(cells), frozenset(record & self.rows), frozenset(cases))

    def touched(self, effect: Effect) -> tuple[str, ...]:
        """The claims on whose footprint an effect falls, in their order."""
        moved = {cell for cell, _ in effect.cells}
        rows = {Link("codings", coding.id) for cell in moved for coding in self.codings[cell]} | effect.rows
        return tuple(
            id
            for id, one in self.prints.items()
            if not rows.isdisjoint(self.links[id]) or (effect.cases and one.compared)
        )

    def recodes(self, effect: Effect, fall: Fall) -> Mapping[CellKey, tuple[Coding, ...]] | None:
        """The codings that cells are left with, if an effect is nothing but that; else None."""
        if self.reader or not self.alone or effect.rows or effect.cases:
            return None
        left: dict[CellKey, tuple[Coding, ...]] = {}
        for cell, _ in effect.cells:
            row = self.codings[cell][0]
            left[row.unit, row.period, row.condition] = tuple(self._left(cell, fall))
        return left

    def moves(self, effect: Effect) -> bool:
        """Whether an effect falls on cells, or on what decides which cases there are."""
        return bool(effect.cells or effect.cases or effect.rows & self.shaping)

    def judging(self, case: str) -> tuple[str, ...]:
        """The claims judged on a case and on others beside it, named ones or whichever are compared."""
        return tuple(
            id
            for id, one in self.prints.items()
            if one.compared or (case in one.judged and len(set(one.judged)) > 1)
        )

    def _left(self, cell: Cell, fall: Fall) -> Sequence[Coding]:
        gone = fall.gone.get("codings", frozenset())
        return [
            replace(row, evidence=fall.left.get(row.id, row.evidence))
            for row in self.codings[cell]
            if row.id not in gone
        ]

    def _coded(self, case: str, fall: Fall) -> bool:
        gone = fall.gone.get("codings", frozenset())
        return any(
            row.id not in gone for cell, rows in self.codings.items() if cell[0] == case for row in rows
        )

    def _said(self, codings: Iterable[Coding]) -> Said:
        found: dict[tuple[str, str], frozenset[int]] = {}
        for row in codings:
            key = (getattr(row, self.reader) if self.reader else "", row.level)
            counts = (at for at in range(len(self.boundaries.spans)) if self.boundaries.counts(row, at))
            found[key] = found.get(key, frozenset()) | frozenset(counts)
        return tuple((reader, level, options) for (reader, level), options in found.items())


def _shaping(study: Study) -> Iterator[Link]:
    """The rows of the record that measures compute with, and the terms that may be cases."""
    formulas = (text for row in study.measures for text in case_formulas(row).values())
    named = {word for text in formulas for word in words(text)}
    yield from (Link(table, word) for table in NUMBERS for word in named)
    yield from (Link("terms", id) for row in study.choices for id in row.terms)
    if "aligned" in named:
        yield from (Link("terms", row.id) for row in study.terms)
