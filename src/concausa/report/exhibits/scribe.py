"""The scribe: writes the cells of an exhibit for one study in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from concausa.core.date import Date
from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.evidence.passage import Passage
from concausa.report.language import Language
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.study.study import Study

MISSING = Cell("", missing=True)


@dataclass(frozen=True, slots=True)
class Scribe:
    """Turns fields of a study's rows into cells that link to what they rest on.

    An empty field becomes a missing cell, never a guess.
    """

    study: Study
    language: Language

    def text(self, table: str, row: Any, column: str) -> Cell:
        """The study's own text in the scribe's language."""
        written = getattr(row, column)
        if not written:
            return MISSING
        return Cell(self.language.of(self.study, table, row, column), value=written)

    def name(self, table: str, id: str, column: str = "label") -> str:
        """The reader's name of the row called *id*; the id itself where there is no such row."""
        for row in self.study.rows(table):
            if row.id == id:
                return self.language.of(self.study, table, row, column) or id
        return id

    def key(self, table: str, row: Any) -> Cell:
        """The id of a row, linked to the row."""
        return Cell(row.id, links=(Link(table, row.id),))

    def words(self, words: Sequence[str]) -> Cell:
        """Several plain words in one cell."""
        return Cell("; ".join(words), value=list(words)) if words else MISSING

    def patterns(self, ids: Sequence[str]) -> str:
        """Patterns by name, tied ones joined by ``=``; the words for none where a case lies in none."""
        return " = ".join(self.name("patterns", id) for id in ids) or self.language.say("no pattern")

    def choice(self, word: str) -> Cell:
        """A word of a closed list (a level, kind, place or verdict), in the scribe's language."""
        return Cell(self.language.level(word), value=word) if word else MISSING

    def date(self, date: Date | None) -> Cell:
        """A date in words, with the precision of its source."""
        return MISSING if date is None else Cell(self.language.date(date), value=date.text)

    def number(self, number: Decimal | int | None, links: tuple[Link, ...] = ()) -> Cell:
        """A number with the digits that its source prints; they stand in the value too."""
        if number is None:
            return MISSING
        return Cell(self.language.number(number), value=number, links=links)

    def degree(self, membership: float) -> str:
        """A membership with two decimals, or as many more as keep it apart from 0, 0.5 and 1."""
        digits = 2
        while digits < 9 and any(
            round(membership, digits) == anchor and abs(membership - anchor) > TOLERANCE
            for anchor in (0, CROSSOVER, 1)
        ):
            digits += 1
        return self.language.number(membership, digits)

    def level_maps(self, choice: str) -> Cell:
        """The level maps of a reading, linked; a reading that needs none says so."""
        if not choice:
            return Cell(self.language.say("none needed"), value=[], tone="quiet")
        return self.refs("level_maps", choice.split("+"))

    def count(self, number: int) -> Cell:
        """A number counted here; zero is a finding, not a missing value."""
        return Cell(self.language.number(number), value=number)

    def refs(self, table: str, ids: Iterable[str]) -> Cell:
        """Ids of rows of one table, linked."""
        listed = tuple(ids)
        if not listed:
            return MISSING
        return Cell("; ".join(listed), value=list(listed), links=tuple(Link(table, id) for id in listed))

    def found(self, tables: Sequence[str], ids: Iterable[str]) -> Cell:
        """Ids of rows that may stand in any of several tables, linked to where they do stand."""
        listed = tuple(ids)
        if not listed:
            return MISSING
        links = tuple(Link(home, id) for id in listed if (home := self.home(tables, id)))
        return Cell("; ".join(listed), value=list(listed), links=links)

    def home(self, tables: Sequence[str], id: str) -> str:
        """The first of *tables* that has a row called *id*; empty if none has."""
        return next((table for table in tables if any(row.id == id for row in self.study.rows(table))), "")

    def unit(self, id: str) -> Cell:
        """The name of a unit, linked to it."""
        return Cell(self.name("units", id, "name"), value=id, links=(Link("units", id),)) if id else MISSING

    def period(self, id: str) -> Cell:
        """The label of a period, linked to it."""
        return Cell(self.name("periods", id), value=id, links=(Link("periods", id),)) if id else MISSING

    def case(self, unit: str, period: str) -> Cell:
        """``UNIT-PERIOD``, linked to its unit and period; with one of them missing, what there is."""
        parts = [part for part in (unit, period) if part]
        links = tuple(Link(table, id) for table, id in (("units", unit), ("periods", period)) if id)
        return Cell("-".join(parts), links=links) if parts else MISSING

    def case_name(self, case: Case) -> str:
        """Name of the unit and label of the period."""
        return f"{self.name('units', case.unit.id, 'name')}, {self.name('periods', case.period.id)}"

    def source(self, row: Any) -> Cell:
        """The source of a row with its locator, linked to the source."""
        if not row.source:
            return MISSING
        text = f"{row.source}, {row.locator}" if row.locator else row.source
        return Cell(text, value=row.source, links=(Link("sources", row.source),))

    def place(self, row: Any) -> Cell:
        """Where the study's own text says it: section and notes."""
        notes = ", ".join(row.footnotes) if row.footnotes else ""
        if not row.section and not notes:
            return MISSING
        section = self.language.word(self.study, row.section)
        if not notes:
            return Cell(section)
        said = self.language.say("note {notes}", notes=notes)
        return Cell(f"{section}, {said}" if section else said)

    def passages(self, passages: Sequence[Passage]) -> Cell:
        """Ids of passages, linked to them."""
        return self.refs("evidence", (passage.id for passage in passages))

    def titled(self, kind: str, title: str) -> str:
        """The title, led by the name that the study's own text gives to this exhibit, if it has one."""
        for label in self.study.labels:
            if label.id == kind:
                return f"{self.language.of(self.study, 'labels', label, 'label')}. {title}"
        return title

    def label_notes(self, kind: str) -> tuple[str, ...]:
        """What the study notes on the exhibit of this kind in its own text."""
        return tuple(
            self.language.of(self.study, "labels", label, "note")
            for label in self.study.labels
            if label.id == kind and label.note
        )

    def heads(self, headings: Sequence[Heading]) -> tuple[Heading, ...]:
        """Headings whose keys are unique: a study may call a condition as a column is called."""
        taken: set[str] = set()
        unique = []
        for head in headings:
            key = head.key
            while key in taken:
                key += "_"
            taken.add(key)
            unique.append(Heading(key, head.label, head.align))
        return tuple(unique)

    def register(
        self,
        name: str,
        title: str,
        table: str,
        headings: Sequence[Heading],
        rows: Iterable[tuple[Any, Sequence[Cell]]],
        *,
        notes: Sequence[str] = (),
    ) -> Table:
        """A table that shows rows of one of the study's tables, each a target of links."""
        kept = [(row, tuple(cells)) for row, cells in rows]
        return Table(
            name,
            title,
            tuple(headings),
            tuple(cells for _, cells in kept),
            tuple(notes),
            tuple(Link(table, row.id) for row, _ in kept),
        )
