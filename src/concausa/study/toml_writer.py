"""Writing ``study.toml``: only what changed is touched, so comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from concausa.core.columns import Column
from concausa.core.date import Date
from concausa.study.cells import cell, table_cells
from concausa.study.encoding import decode
from concausa.study.rows import read_rows
from concausa.study.schema import SETTINGS, SETTINGS_FILE, TableSpec
from concausa.study.toml_reader import read_toml, toml_tables

if TYPE_CHECKING:
    from tomlkit.items import AoT, Table

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
    blocks = []
    for name, spec in toml_tables().items():
        head = f"[{name}]" if spec is SETTINGS else f"[[{name}]]"
        for noun in tables[name]:
            lines = [
                f"{key} = {_written(column, getattr(noun, key))}"
                for key, column in spec.columns.items()
                if cell(getattr(noun, key))
            ]
            blocks.append("\n".join([head, *lines]) + "\n")
    return "\n".join(blocks)


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
    import tomlkit

    document = tomlkit.parse(text)
    for spec in changed:
        if spec is SETTINGS:
            _patch(
                document[spec.name], spec, old[spec.name][0] if old[spec.name] else None, new[spec.name][0]
            )
            continue
        if spec.name not in document:
            document.append(spec.name, tomlkit.aot())
        _arrange(document[spec.name], spec, old[spec.name], new[spec.name])
        if not new[spec.name]:
            del document[spec.name]
    return tomlkit.dumps(document)


def _arrange(array: AoT, spec: TableSpec, old: Sequence[Any], new: Sequence[Any]) -> None:
    """Bring the items of an array of tables to the new rows: kept where the id stays, in the new order."""
    import tomlkit

    items = {noun.id: (noun, item) for noun, item in zip(old, list(array), strict=True)}
    if [noun.id for noun in old] != [noun.id for noun in new]:
        while len(array):
            del array[len(array) - 1]
        for noun in new:
            array.append(items[noun.id][1] if noun.id in items else tomlkit.table())
    for position, noun in enumerate(new):
        before = items[noun.id][0] if noun.id in items else None
        _patch(array[position], spec, before, noun)


def _patch(item: Table, spec: TableSpec, old: Any | None, new: Any) -> None:
    for key, column in spec.columns.items():
        value = getattr(new, key)
        if old is not None and cell(getattr(old, key)) == cell(value):
            continue
        if cell(value):
            item[key] = _plain(column, value)
        elif key in item:
            del item[key]
