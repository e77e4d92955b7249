"""Tables of a study as one looks at them."""

import pytest
from tests.small import bare, small

from concausa.core.errors import UnknownNameError
from concausa.core.table import Link
from concausa.study.schema import TABLES
from concausa.study.view import tables, view


def test_every_table_and_the_cases_are_listed_with_their_rows():
    counted = {name: rows for name, rows, _ in tables(small())}
    # two core units in two periods, and the shadow unit in the one period that has a coding
    assert counted["cases"] == 5
    assert counted["codings"] == 9
    assert set(counted) == {"cases", *TABLES}


@pytest.mark.parametrize("name", ["cases", *TABLES])
def test_every_table_has_a_view_with_its_columns_even_when_empty(name):
    full, empty = view(small(), name), view(bare(), name)
    assert len(empty) == 0
    if name != "cases":
        assert [head.key for head in full.headings] == list(TABLES[name].columns)
        assert len(full) == len(small().rows(name))


def test_what_is_not_given_is_missing():
    assert view(small(), "terms").column("party")[0].missing


def test_a_cell_that_names_rows_links_to_the_tables_that_hold_them():
    row = next(row for row in view(small(), "evidence") if row["id"].text == "E1")
    assert row["about"].links == (Link("indicators", "A.years"),)
    assert row["supports"].links == (Link("claims", "K1"), Link("mechanisms", "M1"))
    assert row["source"].links == (Link("sources", "I1"),)


def test_the_cases_show_every_level_of_a_cell_once_and_leave_out_those_of_signs():
    (north, *_) = view(small(), "cases")
    assert north["A"].text == "high; medium"
    assert north["A"].links == (Link("codings", "C1"), Link("codings", "C2"))
    assert north["Y"].data == ["many"]


def test_a_cell_nobody_coded_is_missing_in_the_cases():
    rows = {row["id"].text: row for row in view(small(), "cases")}
    assert rows["S-1"]["A"].missing


def test_an_unknown_view_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        view(small(), "codngs")
    assert caught.value.fix == "did you mean codings?"
