"""Which columns of a table wait in a second line."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Table
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


def test_what_goes_on_from_another_column_waits_in_any_window() -> None:
    table = _table("lead", "decides", "outcomes", text="short")
    assert folded(table, room=1000) == (2,)
    counts = _table("id", "share", "supported", "worlds", name="findings", text="1")
    assert folded(counts, room=1000) == (2, 3)


def test_a_column_with_bars_is_never_thinner_than_a_bar() -> None:
    row = [Cell("K"), Cell("so", bar=(("good", 1),)), Cell("x")]
    headings = [Heading(key, key) for key in ("id", "finding", "note")]
    plain = Table.of("t", "", headings, [[cell.text for cell in row]])
    assert folded(plain, room=12) == ()
    assert folded(Table.of("t", "", headings, [row]), room=12) == (2,)
