"""Which columns of a table wait in a second line."""

from __future__ import annotations

from concausa.core.table import Heading, Table
from concausa.report.folding import folded

LONG = "a text that goes on for a good while " * 3


def _table(*keys: str, name: str = "t", text: str = LONG) -> Table:
    return Table.of(name, "", [Heading(key, key) for key in keys], [[text] * len(keys)])


def test_a_table_that_fits_keeps_all_its_columns() -> None:
    assert folded(_table("id", "value", "note", text="short")) == ()


def test_notes_wait_first_and_the_columns_one_reads_first_never() -> None:
    assert folded(_table("id", "verdict", "message", "note")) == (3,)
    assert folded(_table("id", "verdict", "message", "printed", "computed")) == ()


def test_no_more_columns_wait_than_must() -> None:
    table = _table("id", "verdict", "formula", "note")
    assert folded(table, room=1000) == ()
    assert len(folded(table, room=50)) == 1


def test_the_first_column_never_waits() -> None:
    assert 0 not in folded(_table("note", "formula", "inputs", "why", "source"), room=1)


def test_a_key_may_wait_in_one_table_only() -> None:
    assert 1 in folded(_table("id", "supports", "what", "else", name="evidence"))
    assert 1 not in folded(_table("id", "supports", "what", "else", name="claims"))
