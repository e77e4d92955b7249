"""Formulas of checks: readable, and about facts, series, units and terms that the study has."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from concausa.core.date import Date
from concausa.core.errors import DateError, FormulaError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.expr.formula import ELECTION_PARTS, LOOKUPS, Lookup, Name, parse, walk
from concausa.record.fact import Series
from concausa.study.completeness import FileReader, lies_outside
from concausa.study.pointing import pointed
from concausa.study.references import Names
from concausa.study.rows import Rows

_FORM = "write arithmetic over facts, such as funds / firms or (a + b) * 100 {percent}"
_WINDOW = "a fact or a time"

#: What each key of a built-in look-up means: rows of one table, or a window.
KEYS: Mapping[str, tuple[str, ...]] = {
    "election": ("elections",),
    "years": (_WINDOW,),
    "lasted": ("terms",),
    "aligned": ("units", _WINDOW),
    "real": ("facts", "series", _WINDOW),
    "real_even": ("facts", "series", _WINDOW),
    "converted": ("facts", "series"),
    "converted_even": ("facts", "series"),
}


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with one name in a formula."""

    word: str
    what: str
    fix: str


def formula_problems(tables: Mapping[str, Rows], names: Names, read: FileReader) -> Iterator[Problem]:
    """Formulas that cannot be read, and names and keys in them that mean nothing.

    A check whose ``missing`` says what the text does not give may name what is not there.

    Parameters
    ----------
    read : function
        Reads a data file by its relative path; it is asked for units that only a file knows.
    """
    checks = tables.get("checks")
    for row, check in enumerate(checks.nouns if checks else ()):
        assert checks is not None
        if not check.formula:
            continue
        otherwise = "or say in missing what the text does not give"
        yield from text_problems(
            checks,
            row,
            "formula",
            check.formula,
            names,
            read,
            missing=bool(check.missing),
            otherwise=otherwise,
        )


def text_problems(
    rows: Rows,
    row: int,
    column: str,
    text: str,
    names: Names,
    read: FileReader,
    *,
    missing: bool = False,
    known: Collection[str] = (),
    otherwise: str = "",
) -> Iterator[Problem]:
    """What is wrong with one formula, wherever it stands.

    Parameters
    ----------
    missing : bool
        Whether it may name what is not there.
    known : collection of str
        Names that it may use beside those of facts.
    otherwise : str
        What else may be done about a fact that is not there.
    """
    try:
        parts = tuple(walk(parse(text)))
    except FormulaError as error:
        what = pointed(error, text)
        yield rows.problem(row, column, "broken-formula", what, value=text, fix=error.fix or _FORM)
        return
    for part in () if missing else parts:
        if isinstance(part, Name) and part.id not in known:
            faults = _row("facts", part.id, names, otherwise)
        elif isinstance(part, Lookup):
            faults = _lookup(part, names, read)
        else:
            continue
        for fault in faults:
            yield rows.problem(row, column, "dangling-reference", fault.what, value=fault.word, fix=fault.fix)


def _lookup(lookup: Lookup, names: Names, read: FileReader) -> Iterator[_Fault]:
    if lookup.name in LOOKUPS:
        yield from _built_in(lookup, names)
        return
    series = names.table("series").get(lookup.name)
    if series is not None:
        yield from _series(lookup, series, names, read)
    elif "series" not in names.broken:
        word = nearest(lookup.name, (*names.table("series"), *LOOKUPS))
        fix = f"did you mean {word}?" if word else "declare it as [[series]] in study.toml"
        yield _Fault(lookup.name, f"there is no series {lookup.name!r}", fix)


def _built_in(lookup: Lookup, names: Names) -> Iterator[_Fault]:
    meant = KEYS[lookup.name]
    if len(lookup.keys) != len(meant):
        count = "one key" if len(meant) == 1 else f"{len(meant)} keys"
        shape = ", ".join(word.removesuffix("s") if word != _WINDOW else word for word in meant)
        what = f"{lookup.name}[…] takes {count}, not {len(lookup.keys)}"
        yield _Fault(lookup.name, what, f"write {lookup.name}[{shape}]")
        return
    for key, table in zip(lookup.keys, meant, strict=True):
        yield from _window(key, names) if table == _WINDOW else _row(table, key, names)
    if lookup.name == "election" and lookup.part not in ELECTION_PARTS:
        near = nearest(lookup.part, ELECTION_PARTS)
        fix = f"did you mean .{near}?" if near else f"one of .{', .'.join(ELECTION_PARTS)}"
        yield _Fault(lookup.part or lookup.name, f"an election has no .{lookup.part}", fix)
    elif lookup.name != "election" and lookup.part:
        yield _Fault(lookup.part, f"{lookup.name}[…] has no .{lookup.part}", f"leave .{lookup.part} out")


def _row(table: str, id: str, names: Names, otherwise: str = "") -> Iterator[_Fault]:
    if id in names.table(table) or table in names.broken:
        return
    one, home = (table, "study.toml") if table == "series" else (table.removesuffix("s"), f"{table}.csv")
    fix = names.suggestion(id, (table,)) or f"add it to {home}{f', {otherwise}' if otherwise else ''}"
    yield _Fault(id, f"there is no {one} {id!r}", fix)


def _window(key: str, names: Names) -> Iterator[_Fault]:
    if key in names.table("facts") or "facts" in names.broken:
        return
    try:
        Date.parse(key)
    except DateError:
        fix = (
            names.suggestion(key, ("facts",)) or "name a fact, or write a year or a window such as 2004/2009"
        )
        yield _Fault(key, f"{key!r} is neither a fact nor a time", fix)


def _series(lookup: Lookup, series: Series, names: Names, read: FileReader) -> Iterator[_Fault]:
    """A series takes a unit and a time, a national one a time alone."""
    *units, when = lookup.keys
    if lookup.part:
        yield _Fault(lookup.part, f"a series has no .{lookup.part}", f"leave .{lookup.part} out")
    if len(units) != bool(series.unit):
        form = f"{series.id}[UNIT, TIME]" if series.unit else f"{series.id}[TIME]"
        what = f"{series.id} has a value for each unit" if series.unit else f"{series.id} has no units"
        yield _Fault(series.id, what, f"write {form}")
        return
    for unit in units:
        if unit not in names.table("units") and unit not in _file_units(series, read):
            yield from _row("units", unit, names)
    try:
        Date.parse(when)
    except DateError as error:
        yield _Fault(when, error.what, error.fix)


def _file_units(series: Series, read: FileReader) -> set[str]:
    """The units as the data file itself writes them."""
    data = None if lies_outside(series.file) else read(series.file)
    if data is None:
        return set()
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""))
    try:
        return {(row.get(series.unit) or "").strip() for row in reader}
    except csv.Error:
        return set()
