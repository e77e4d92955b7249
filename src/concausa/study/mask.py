"""A mask: a study with every protected name replaced, in which each reference still leads to its row."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any

from concausa.evidence.screen import Screen
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.study import Study

#: Tables whose ids are put together from ids of other rows.
_COMPOSED = ("labels", "translations")


@dataclass(frozen=True, slots=True)
class Mask:
    """Puts ``[name withheld]`` for names in texts, and ``withheld1``, ``withheld2`` … for ids that hold one."""

    names: Screen
    ids: dict[str, str] = field(repr=False)

    @staticmethod
    def of(names: Screen, *studies: Study) -> Mask:
        """The mask for one study, or for several alike; no id that it gives is one that a study has already."""
        taken = {row.id for study in studies for name in TABLES for row in study.rows(name)}
        mask = Mask(names, {})
        for study in studies:
            mask._learn(study, taken)
        return mask

    def put_on(self, study: Study) -> Study:
        """The study behind the mask, its doubts aside."""
        tables = {
            name: tuple([self._row(spec, row) for row in study.rows(name)]) for name, spec in TABLES.items()
        }
        lines = {(table, self.text(id)): line for (table, id), line in study.origin.lines.items()}
        return study.replace(
            settings=self._row(SETTINGS, study.settings),
            origin=dataclasses.replace(study.origin, lines=lines),
            **tables,
        )

    def text(self, text: str) -> str:
        """A text without names; ids of rows in it, as in a formula, are those that the rows now have."""
        if self.ids:
            pieces = sorted(map(re.escape, self.ids), key=len, reverse=True)
            text = re.sub(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)", lambda found: self.ids[found[0]], text)
        return self.names.screen(text)

    def _learn(self, study: Study, taken: set[str]) -> None:
        for name in TABLES:
            for row in study.rows(name) if name not in _COMPOSED else ():
                self._add(row.id, taken)
        for name, spec in TABLES.items():
            for row in study.rows(name):
                for id in _references(spec, row):
                    self._add(id, taken)
        for id in _references(SETTINGS, study.settings):
            self._add(id, taken)

    def _add(self, id: str, taken: set[str]) -> None:
        if id in self.ids or not self.names.spans(id):
            return
        number = len(self.ids) + 1
        while f"withheld{number}" in taken:
            number += 1
        self.ids[id] = f"withheld{number}"
        taken.add(f"withheld{number}")

    def _row(self, spec: TableSpec, row: Any) -> Any:
        changes = {}
        for name in spec.columns:
            value = getattr(row, name)
            if isinstance(value, str) and value:
                new: Any = self.text(value)
            elif isinstance(value, tuple):
                new = tuple(self.text(text) for text in value)
            else:
                continue
            if new != value:
                changes[name] = new
        return dataclasses.replace(row, **changes) if changes else row


def _references(spec: TableSpec, row: Any) -> tuple[str, ...]:
    """The ids that a row refers to, its own among them."""
    ids: list[str] = []
    for name, column in spec.columns.items():
        value = getattr(row, name)
        if column.kind == "refs":
            ids += value
        elif column.kind in ("id", "ref") and spec.name not in _COMPOSED:
            ids.append(value)
    return tuple(ids)
