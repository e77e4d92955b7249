"""Columns of a table that fit a terminal, or that a user names."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from concausa.cli.rows import position
from concausa.core.columns import Column
from concausa.core.table import Table
from concausa.core.visible import one_line
from concausa.study.schema import TABLES

_GAP = 2
#: Texts up to this long may be broken between any two words, longer ones keep some room.
_BRIEF = 30
_MAIN, _OTHER = 28, 20
#: Where a row comes from, and what its key says already: worth a column only when all else fits.
_LAST = ("source", "locator", "section", "footnotes", "note")
_IN_KEY = ("unit", "period", "role")

#: What a reader looks for first in a table; others follow their declarations.
FIRST = {
    name: tuple(columns.split())
    for name, columns in {
        "facts": "id value measured_in subject date",
        "sources": "id kind date title access",
        "evidence": "id summary unit period about direction",
        "codings": "id unit period condition level place",
        "checks": "id label formula printed",
        "claims": "id text kind",
        "rivals": "id label argument",
        "measures": "id condition label values cuts",
        "choices": "id kind label options",
        "predictions": "id expects why",
        "mechanisms": "id cause effect sign label",
        "terms": "id holder office start end",
        "elections": "id winner winner_share runner_up_share",
        "events": "id date title unit",
        "prerequisites": "id event needed answer why",
        "memberships": "organisation member start end number",
        "conditions": "id label role levels",
        "questions": "id about unit label",
        "hypotheses": "id question label",
        "packages": "id label members how",
        "causal_models": "id label graph nodes monotone",
        "causal_queries": "id label query models",
        "clues": "id node unit period value why",
        "dynamic_models": "id label years units gate gated",
        "dynamic_quantities": "model symbol kind label range formula",
        "dynamic_flows": "id stock direction mechanism rate off",
        "interventions": "name moves value label",
        "bands": "id unit formula years low high",
        "scenarios": "id label do",
        "term_codings": "id term condition level why",
        "likelihoods": "id question item hypothesis word",
        "covariates": "id label kind role series time",
        "translations": "id language text",
    }.items()
}


def named(table: Table, columns: Sequence[str]) -> Table:
    """The table with these columns, in this order; UnknownNameError if one is not there."""
    return _only(table, [position(table, column) for column in columns])


def fitting(table: Table, width: int) -> Table:
    """The table with as many columns as stand side by side in *width*, the important ones first.

    What ``FIRST`` names comes first; then required columns (short ones before long texts), then the
    others in their order, and at the end where a row comes from. Columns that are empty in every row
    are left out. Long texts may wrap.
    """
    spec = TABLES.get(table.name)
    known = dict(spec.columns) if spec else {}
    sizes = [_Size.of(table, number) for number in range(len(table.headings))]
    filled = [number for number, size in enumerate(sizes) if size.filled or not table.rows]
    first = FIRST.get(table.name, ())
    ranked = sorted(filled, key=lambda n: _rank(table.headings[n].key, first, known, sizes[n]))
    chosen: list[int] = []
    room, long_texts = width - 2, 0
    for number in ranked:
        size = sizes[number]
        needed = size.needed(_OTHER if long_texts else _MAIN)
        if not chosen or needed + _GAP <= room:
            chosen.append(number)
            room -= needed + _GAP
            long_texts += size.natural > _BRIEF
    return _only(table, sorted(chosen))


@dataclasses.dataclass(frozen=True, slots=True)
class _Size:
    natural: int
    word: int
    filled: bool

    @staticmethod
    def of(table: Table, number: int) -> _Size:
        texts = [one_line(row[number].text) for row in table.rows if not row[number].missing]
        everything = [table.headings[number].label, *texts]
        word = max(len(word) for text in everything for word in text.split() or [""])
        return _Size(max(map(len, everything)), word, any(texts))

    def needed(self, room_of_texts: int) -> int:
        return max(self.word, room_of_texts) if self.natural > _BRIEF else self.word


def _rank(key: str, first: Sequence[str], known: dict[str, Column], size: _Size) -> tuple[int, int]:
    if key in first:
        return 0, first.index(key)
    if key == "id":
        return 0, 0
    if key in _LAST:
        return 4, 0
    if known:
        return (1, int(size.natural > _BRIEF)) if known[key].required else (2, 0)
    return (3 if key in _IN_KEY else 1), 0


def _only(table: Table, numbers: Sequence[int]) -> Table:
    return dataclasses.replace(
        table,
        headings=tuple(table.headings[number] for number in numbers),
        rows=tuple(tuple(row[number] for number in numbers) for row in table.rows),
    )
