"""Reading ``study.toml`` into raw tables, with the line of every value."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from concausa.core.columns import Column
from concausa.core.interval import LARGEST
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.places import Places, places
from concausa.study.raw import RawTable
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TABLES, TableSpec

_HOMES = {SETTINGS.name: SETTINGS} | {spec.name: spec for spec in TABLES.values() if spec.home == "toml"}


def read_toml(text: str) -> tuple[dict[str, RawTable], tuple[Problem, ...]]:
    """The raw tables of ``study.toml`` by name, ``study`` among them, and what is wrong with it."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return {}, (_syntax(error, text),)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return {}, (_too_much(error, text),)
    where = places(text)
    tables: dict[str, RawTable] = {}
    problems: list[Problem] = []
    for name, value in document.items():
        spec = _HOMES.get(name)
        if spec is None:
            problems.append(_unknown_table(name, where))
        elif spec is SETTINGS and not isinstance(value, dict):
            problems.append(_misplaced(name, "[study]", where))
        elif spec is not SETTINGS and not _rows(value):
            problems.append(_misplaced(name, f"[[{name}]]", where))
        else:
            rows = [value] if spec is SETTINGS else value
            tables[name], more = _table(spec, rows, where)
            problems += more
    return tables, tuple(problems)


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _table(spec: TableSpec, rows: list[dict[str, Any]], where: Places) -> tuple[RawTable, list[Problem]]:
    cells: dict[str, list[str]] = {name: [""] * len(rows) for name in spec.columns}
    key_lines: dict[tuple[int, str], int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        for key, value in row.items():
            line = where.line(spec.name, number, key)
            key_lines[number, key] = line
            column = spec.columns.get(key)
            if column is None:
                problems.append(_unknown_key(key, spec, line))
                continue
            text, fault = _cell(column, value)
            cells[key][number] = text
            if fault:
                what, fix = fault
                problems.append(
                    Problem(SETTINGS_FILE, line, key, "error", "wrong-type", what, _told(value), fix=fix)
                )
    lines = [where.line(spec.name, number) for number in range(len(rows))]
    return RawTable(spec.name, SETTINGS_FILE, cells, lines, key_lines), problems


def _cell(column: Column, value: Any) -> tuple[str, tuple[str, str] | None]:
    """The value as the text of a cell, or what is wrong with its type and how to mend it."""
    if column.kind in ("refs", "words"):
        return _several(value)
    if column.kind == "boolean":
        if isinstance(value, bool):
            return ("yes" if value else "no"), None
        return "", ("a yes or no is expected here", "write true or false, without quotation marks")
    if column.kind in ("integer", "number", "share"):
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return _told(value) or "9" * (LARGEST + 1), None
        return "", ("a number is expected here", "write it without quotation marks")
    if isinstance(value, str):
        return value, None
    if column.kind == "date" and isinstance(value, int | datetime.date):
        shown = value.isoformat() if isinstance(value, datetime.date) else _told(value)
        return "", ("a date is written as text, since it may be a year or an interval", f'write "{shown}"')
    shown = "" if isinstance(value, list | dict) else f': "{_told(value)}"'
    return "", ("text is expected here", f"write it in quotation marks{shown}")


def _told(value: Any) -> str:
    """A value as text; empty for a whole number of more digits than Python writes out."""
    try:
        return str(value)
    except ValueError:
        return ""


def _several(value: Any) -> tuple[str, tuple[str, str] | None]:
    if isinstance(value, str):
        items = ", ".join(f'"{part.strip()}"' for part in value.split(";") if part.strip())
        return "", ("a list is expected here", f"write [{items}]")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return "", ("a list of texts is expected here", 'write ["one", "two"]')
    if any(not item.strip() for item in value):
        return "", ("the list holds an empty text", "delete it")
    if guilty := [item for item in value if ";" in item]:
        return "", (
            f"{guilty[0]!r} holds a semicolon, which separates values in tables",
            "split it, or use a comma",
        )
    return "; ".join(item.strip() for item in value), None


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    reason = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", reason)
    line = int(found[1]) if found else text.count("\n") + 1
    lines = text.splitlines()
    value = lines[line - 1].strip() if line <= len(lines) else ""
    what = f"this is not TOML: {re.sub(r' *[(]at .*[)]$', '', reason)}"
    fix = 'a value looks like name = "text", and a table like [[periods]]; text goes in quotation marks'
    return Problem(SETTINGS_FILE, line, "", "error", "broken-toml", what, value, fix=fix)


def _too_much(error: Exception, text: str) -> Problem:
    """Valid TOML that cannot be held: numbers of thousands of digits, thousands of open brackets."""
    if isinstance(error, RecursionError):
        what, fix = "too many brackets stand inside each other", "look for a bracket that is not closed"
        return Problem(SETTINGS_FILE, 0, "", "error", "broken-toml", what, fix=fix)
    found = re.search(r"[0-9_]{300,}|[eE][+-]?[0-9_]{6,}", text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    what, fix = "a number has more digits than can be read", "look for a slip in it"
    return Problem(SETTINGS_FILE, line, "", "error", "broken-toml", what, fix=fix)


def _unknown_table(name: str, where: Places) -> Problem:
    line = where.line(name)
    if name in TABLES:
        fix = f"its rows live in {TABLES[name].file}, one a line"
        return Problem(
            SETTINGS_FILE, line, name, "error", "unknown-table", f"{name} does not live here", name, fix=fix
        )
    near = nearest(name, _HOMES)
    fix = f"did you mean {_written(near)}?" if near else "delete it, or put it into a note"
    allowed = tuple(_written(home) for home in _HOMES)
    what = f"study.toml has no table {name!r}"
    return Problem(SETTINGS_FILE, line, name, "error", "unknown-table", what, name, allowed, fix)


def _written(name: str) -> str:
    return f"[{name}]" if name == SETTINGS.name else f"[[{name}]]"


def _unknown_key(key: str, spec: TableSpec, line: int) -> Problem:
    near = nearest(key, spec.columns)
    fix = f"did you mean {near}?" if near else "delete it, or put it into the note"
    what = f"{_written(spec.name)} has no key {key!r}"
    return Problem(SETTINGS_FILE, line, key, "error", "unknown-column", what, key, tuple(spec.columns), fix)


def _misplaced(name: str, form: str, where: Places) -> Problem:
    what = f"{name} is not written as {form}"
    fix = f"start it with a line {form} and write its keys below"
    return Problem(SETTINGS_FILE, where.line(name), name, "error", "wrong-type", what, fix=fix)


def toml_tables() -> Mapping[str, TableSpec]:
    """The tables whose home is ``study.toml``, the head included, by name."""
    return _HOMES
