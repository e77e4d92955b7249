"""References between tables: every one must lead to exactly one row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.rows import Rows
from concausa.study.schema import SETTINGS, TABLES

#: Sets of tables that one formula or one list of names can point into, beside those of the columns.
_SHARED_SPACES = (("conditions", "nodes"), ("facts", "series"))
_LISTED = 30
_SUGGESTED = 200


class Names:
    """The ids that a study has, by table, and the nearest of them to a mistyped one.

    ``broken`` names the tables that could not be read whole: references to them are not judged.
    """

    def __init__(self, tables: Mapping[str, Rows], broken: Collection[str] = ()) -> None:
        self.broken = frozenset(broken)
        self._ids = {name: {row.id: row for row in rows.nouns} for name, rows in tables.items()}
        self._near: dict[tuple[str, tuple[str, ...]], str] = {}

    def table(self, name: str) -> Mapping[str, Any]:
        """The rows of a table by id."""
        return self._ids.get(name, {})

    def union(self, tables: Collection[str]) -> dict[str, Any]:
        """The rows of several tables by id."""
        return {id: row for name in tables for id, row in self.table(name).items()}

    def suggestion(self, word: str, tables: tuple[str, ...]) -> str:
        """``did you mean …?``, or nothing; the search gives up after many misses, to stay fast."""
        if (word, tables) not in self._near:
            if len(self._near) >= _SUGGESTED:
                return ""
            candidates = list(self.union(tables))
            if len(candidates) > 2000:
                candidates = [
                    id for id in candidates if abs(len(id) - len(word)) <= 1 and id[:1] == word[:1]
                ][:2000]
            near = nearest(word, candidates)
            self._near[word, tables] = f"did you mean {near}?" if near else ""
        return self._near[word, tables]


def reference_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """References that lead nowhere, and ids that two tables share although one column may mean either."""
    for rows in tables.values():
        for name, column in rows.spec.columns.items():
            if column.kind in ("ref", "refs"):
                cells = [getattr(noun, name) for noun in rows.nouns]
                several = column.kind == "refs"
                yield from dangling(rows, name, column.to, cells, names, several=several)
    yield from _words(tables, names)
    yield from _ambiguous(tables)
    yield from _translations(tables, names)


def dangling(
    rows: Rows, column: str, to: tuple[str, ...], cells: list[Any], names: Names, *, several: bool
) -> Iterator[Problem]:
    """The cells of a column that name no row of the tables *to*."""
    if not names.broken.isdisjoint(to):
        return
    known = names.union(to)
    lost = [
        (row, word)
        for row, cell in enumerate(cells)
        for word in (cell if several else (cell,))
        if word and word not in known
    ]
    if lost and not known:
        yield _nowhere(rows, column, to, lost)
        return
    for row, word in lost:
        yield rows.problem(
            row,
            column,
            "dangling-reference",
            f"{to[0]} has no row {word!r}" if len(to) == 1 else f"no row {word!r} in {', '.join(to)}",
            value=word,
            allowed=tuple(known) if len(known) <= _LISTED else (),
            fix=_several_words(word)
            or names.suggestion(word, to)
            or f"add a row {word}, or correct the reference",
        )


def _nowhere(rows: Rows, column: str, to: tuple[str, ...], lost: list[tuple[int, str]]) -> Problem:
    """One error for a whole column whose table has no rows at all."""
    tables = " or ".join(to)
    cells = "one cell names a row" if len(lost) == 1 else f"{len(lost)} cells name rows"
    return rows.problem(
        lost[0][0],
        column,
        "missing-table",
        f"{cells} of {tables}, but the study has none",
        value=lost[0][1],
        fix=f"add {' or '.join(TABLES[name].file for name in to)}, or empty the column",
    )


def _several_words(word: str) -> str:
    return "several ids are separated by ;" if "," in word else ""


def _words(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """Names in word lists that mean rows: the ends of a mechanism, the cases of a claim."""
    ends = ("conditions", "nodes")
    if mechanisms := tables.get("mechanisms"):
        for column in ("cause", "effect"):
            cells = [getattr(noun, column) for noun in mechanisms.nouns]
            yield from dangling(mechanisms, column, ends, cells, names, several=True)
    claims = tables.get("claims")
    if claims and names.broken.isdisjoint(("units", "periods")):
        cases = [f"{unit}-{period}" for unit in names.table("units") for period in names.table("periods")]
        for row, claim in enumerate(claims.nouns):
            for word in claim.cases:
                if word not in cases:
                    near = nearest(word, cases[:2000])
                    yield claims.problem(
                        row,
                        "cases",
                        "dangling-reference",
                        f"there is no case {word!r}",
                        value=word,
                        allowed=tuple(cases) if len(cases) <= _LISTED else (),
                        fix=f"did you mean {near}?" if near else "a case is written UNIT-PERIOD",
                    )


def _ambiguous(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    spaces = {
        column.to for rows in tables.values() for column in rows.spec.columns.values() if len(column.to) > 1
    }
    reported: set[tuple[str, str]] = set()
    for space in sorted(spaces | set(_SHARED_SPACES)):
        owner: dict[str, tuple[str, int]] = {}
        for name in space:
            rows = tables.get(name)
            for row, noun in enumerate(rows.nouns if rows else ()):
                other = owner.setdefault(noun.id, (name, row))
                if other[0] != name and noun.id and (name, noun.id) not in reported:
                    assert rows is not None
                    reported.add((name, noun.id))
                    place = f"{tables[other[0]].raw.file}:{tables[other[0]].raw.line(other[1], 'id')}"
                    yield rows.problem(
                        row,
                        "id",
                        "ambiguous-id",
                        f"{noun.id} is also a row of {other[0]} ({place}); a reference could mean either",
                        value=noun.id,
                        fix="give one of them another id",
                    )
    yield from _ambiguous_cases(tables)


def _ambiguous_cases(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    units, periods = tables.get("units"), tables.get("periods")
    seen: dict[str, tuple[str, str]] = {}
    for row, unit in enumerate(units.nouns if units else ()):
        for period in periods.nouns if periods else ():
            case = f"{unit.id}-{period.id}"
            other = seen.setdefault(case, (unit.id, period.id))
            if other != (unit.id, period.id) and units is not None and other[0] != unit.id:
                what = f"the case {case} could be unit {unit.id} or unit {other[0]}"
                yield units.problem(
                    row, "id", "ambiguous-id", what, value=unit.id, fix="use another id without a hyphen"
                )


def _translations(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    rows = tables.get("translations")
    for row, translation in enumerate(rows.nouns if rows else ()):
        assert rows is not None
        table, _, rest = translation.id.partition(".")
        id, _, column = rest.rpartition(".")
        spec = SETTINGS if table == SETTINGS.name else TABLES.get(table)
        if not translation.id or not rows.raw.columns["id"][row].strip():
            continue
        if table == "word":
            if names.broken or any(
                rest in cells for own in tables.values() for cells in own.raw.columns.values()
            ):
                continue
            what, fix = f"no row of the study holds the text {rest!r}", "delete the row, or mend its id"
        elif spec is None:
            near = nearest(table, [*TABLES, SETTINGS.name])
            what, fix = f"there is no table {table!r}", f"did you mean {near}?" if near else ""
        elif column not in spec.columns:
            near = nearest(column, spec.columns)
            what, fix = f"{table} has no column {column!r}", f"did you mean {near}?" if near else ""
        elif table in names.broken:
            continue
        elif id not in names.table(table):
            what, fix = f"{table} has no row {id!r}", names.suggestion(id, (table,))
        else:
            continue
        fix = fix or "write TABLE.ROW.COLUMN, such as evidence.E017.summary"
        yield rows.problem(row, "id", "dangling-reference", what, value=translation.id, fix=fix)
