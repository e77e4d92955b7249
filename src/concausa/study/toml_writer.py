"""Writing ``study.toml``: only what changed is touched, so comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from concausa.core.columns import Column
from concausa.core.date import Date
from concausa.study.cells import cell, row_cells, table_cells
from concausa.study.encoding import decode
from concausa.study.places import Block, blocks
from concausa.study.rows import read_rows
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TableSpec
from concausa.study.toml_reader import read_toml, toml_tables

_MARK = b"\xef\xbb\xbf"


def write_settings(tables: Mapping[str, Sequence[Any]], base: bytes | None) -> bytes:
    """The bytes of ``study.toml``.

    Parameters
    ----------
    tables : mapping of str to sequence
        The rows of each table that lives there; ``study`` has one.
    base : bytes or None
        The file as it stands, which can be read without errors; None when there is none.
    """
    if base is None:
        return _fresh(tables).encode()
    text, _ = decode(base, SETTINGS_FILE)
    raw, _ = read_toml(text)
    old: dict[str, Sequence[Any]] = {
        name: read_rows(raw[name], spec)[0].nouns if name in raw else ()
        for name, spec in toml_tables().items()
    }
    changed = [
        spec
        for name, spec in toml_tables().items()
        if table_cells(spec, old[name]) != table_cells(spec, tables[name])
    ]
    if not changed:
        return base
    data = _edited(text, changed, old, tables).encode()
    return _MARK + data if base.startswith(_MARK) else data


def _fresh(tables: Mapping[str, Sequence[Any]]) -> str:
    return "\n".join(_block(spec, noun) for name, spec in toml_tables().items() for noun in tables[name])


def _block(spec: TableSpec, noun: Any) -> str:
    """A new row."""
    lines = [
        f"{key} = {_written(column, getattr(noun, key))}"
        for key, column in spec.columns.items()
        if cell(getattr(noun, key))
    ]
    return "\n".join([f"[{spec.name}]" if spec is SETTINGS else f"[[{spec.name}]]", *lines]) + "\n"


def _written(column: Column, value: Any) -> str:
    import tomlkit

    text: str = tomlkit.item(_plain(column, value)).as_string()
    return text


def _plain(column: Column, value: Any) -> Any:
    """A value as TOML has it."""
    if column.kind in ("refs", "words"):
        return list(value)
    if column.kind in ("number", "share"):
        return _number(value)
    if isinstance(value, Date):
        return str(value)
    return value if isinstance(value, bool | int) else cell(value)


def _number(value: Decimal) -> Any:
    """A number with the digits that it has."""
    from tomlkit.items import Float, Integer, Trivia

    if value == value.to_integral_value() and "." not in str(value) and "E" not in str(value):
        return Integer(int(value), Trivia(), str(value))
    return Float(float(value), Trivia(), str(value))


def _edited(
    text: str,
    changed: Sequence[TableSpec],
    old: Mapping[str, Sequence[Any]],
    new: Mapping[str, Sequence[Any]],
) -> str:
    before, standing = blocks(text)
    for spec in changed:
        standing = _arranged(standing, spec, old[spec.name], new[spec.name])
    return before + "".join(block.body + block.tail for block in standing)


def _arranged(
    standing: Sequence[Block], spec: TableSpec, old: Sequence[Any], new: Sequence[Any]
) -> list[Block]:
    """Bring the rows of one table to the new ones.

    Comments directly above a row move and go with it; others between rows stay where they are.
    """
    slots = [place for place, block in enumerate(standing) if block.table == spec.name]
    rows = {noun.id: (noun, standing[place].body) for noun, place in zip(old, slots, strict=True)}
    if spec is SETTINGS:
        rows = {noun.id: rows[old[0].id] for noun in new}
    bodies = [_patched(*rows[noun.id], spec, noun) if noun.id in rows else _block(spec, noun) for noun in new]
    result = list(standing)
    for place, body in zip(slots, bodies, strict=False):
        result[place] = replace(standing[place], body=_line(body) if standing[place].tail else body)
    for place in slots[len(bodies) :]:
        result[place] = replace(standing[place], body="", tail=standing[place].tail.lstrip("\r\n"))
    added = [Block(spec.name, "\n" + body, "") for body in bodies[len(slots) :]]
    if not added:
        return result
    after = slots[-1] + 1 if slots else len(result)
    last = result[after - 1] if after else None
    if last is not None and not last.tail.strip():
        # Blank lines after the last row go behind the new ones.
        result[after - 1] = replace(last, body=_line(last.body), tail="")
        added[-1] = replace(added[-1], tail=last.tail)
    elif last is not None:
        added[-1] = replace(added[-1], tail="\n" + last.tail.lstrip("\r\n"))
        result[after - 1] = replace(last, body=_line(last.body), tail="")
    return [*result[:after], *added, *result[after:]]


def _line(body: str) -> str:
    """A text that ends with its line; the last of a file may not."""
    return body if body.endswith("\n") else body + "\n"


def _patched(old: Any, body: str, spec: TableSpec, new: Any) -> str:
    """The text of a row with the keys that changed."""
    import tomlkit

    if row_cells(spec, old) == row_cells(spec, new):
        return body
    document = tomlkit.parse(body)
    item = document[spec.name]
    _patch(item if spec is SETTINGS else item[0], spec, old, new)
    return tomlkit.dumps(document)


def _patch(item: Any, spec: TableSpec, old: Any, new: Any) -> None:
    for key, column in spec.columns.items():
        value = getattr(new, key)
        if cell(getattr(old, key)) == cell(value):
            continue
        if cell(value):
            item[key] = _plain(column, value)
        elif key in item:
            del item[key]
