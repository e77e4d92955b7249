"""``concausa show``: which rows and columns, in what width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concausa.cli.columns import FIRST, fitting
from concausa.cli.rows import kept, why_none
from concausa.core.errors import UnknownNameError
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset import text
from concausa.study.schema import TABLES
from concausa.study.study import Study

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def towns() -> Table:
    rows = [
        [Cell("A1"), Cell("Ames"), Cell("north; river", ["north", "river"]), Cell("4.50", 4.5)],
        [Cell("A2"), Cell("Bath"), Cell("south", ["south"]), Cell("", missing=True)],
        [Cell("A3"), Cell("Cork"), Cell("", missing=True), Cell("7", 7)],
    ]
    headings = [
        Heading("id", "id"),
        Heading("name", "name"),
        Heading("tags", "tags"),
        Heading("size", "size"),
    ]
    return Table.of("towns", "Towns", headings, rows)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], ["A1", "A2", "A3"]),
        (["name=bath"], ["A2"]),
        (["tags=river"], ["A1"]),
        (["tags=north; river"], ["A1"]),
        (["tags=riv"], []),
        (["tags~riv"], ["A1"]),
        (["size=4.5"], ["A1"]),
        (["size=4.50"], ["A1"]),
        (["size="], ["A2"]),
        (["tags="], ["A3"]),
        (["name~a", "tags=south"], ["A2"]),
        (["name=a=b"], []),
    ],
)
def test_where_keeps_the_rows_that_meet_every_condition(
    conditions: list[str], expected: list[str], towns: Table
) -> None:
    assert [cell.text for cell in kept(towns, conditions).column("id")] == expected


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ([], ""),
        (["name=Bath"], ""),
        (["name=Bathe"], "no name is 'Bathe'; did you mean Bath? it holds Bath, Ames, Cork"),
        (["tags=east"], "no tags is 'east'; it holds north, river, south"),
        (["tags~riw"], "no tags holds 'riw'"),
        (["name="], "name is empty in no row"),
        (
            ["name=Ames", "tags=south"],
            "some row meets each of name=Ames and tags=south, and none meets them all",
        ),
        (["name=Ames", "tags=east"], "no tags is 'east'; it holds north, river, south"),
    ],
)
def test_where_no_row_is_left_the_reason_names_what_the_column_holds(
    conditions: list[str], told: str, towns: Table
) -> None:
    assert why_none(towns, conditions) == told


def test_values_that_are_many_or_long_are_not_all_listed() -> None:
    rows = [[Cell(f"R{number}"), Cell(f"{number}: {'word ' * 20}")] for number in range(99)]
    table = Table.of("rows", "Rows", [Heading("id", "id"), Heading("text", "text")], rows)
    assert why_none(table, ["id=none"]).endswith(" and 84 more")  # 99 rows, 15 of them listed
    assert why_none(table, ["text=none"]) == "no text is 'none'; text~TEXT finds what a longer text holds"


def test_an_answer_without_rows_says_why_on_paper_and_beside_json(concausa: Run) -> None:
    wanted = ("show", "prosoft", "codings", "--where", "condition=BQQ")
    answer = concausa(*wanted)
    assert answer.status == 0
    assert "0 of " in answer.out
    assert "did you mean BQ?" in answer.out
    machine = concausa(*wanted, "--json")
    assert machine.document["rows"] == []
    assert "did you mean BQ?" in machine.err


def test_one_row_is_one_row(study: Path, concausa: Run) -> None:
    assert "\n  1 row; not shown" in concausa("show", study, "elections").out


def test_where_on_an_unknown_column_names_the_nearest(towns: Table) -> None:
    with pytest.raises(UnknownNameError) as refused:
        kept(towns, ["nmae=Bath"])
    assert refused.value.what == "towns has no column 'nmae'"
    assert refused.value.fix == "did you mean name?"


def test_what_a_reader_looks_for_first_names_columns_that_exist() -> None:
    wrong = {
        (table, key) for table, keys in FIRST.items() for key in keys if key not in TABLES[table].columns
    }
    assert wrong == set()


@pytest.mark.parametrize("name", ["cases", *TABLES])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_table_fits_its_terminal_side_by_side_with_its_key(name: str, width: int) -> None:
    from concausa.study.view import view

    table = view(prosoft(), name)
    shown = fitting(table, width)
    lines = text(shown, width).splitlines()
    assert max(map(len, lines)) <= width
    assert len(table) == 0 or shown.headings[0] == table.headings[0]
    assert len(table) == 0 or any(set(line.split()) and set(line) <= set(" ─") for line in lines)


def test_a_terminal_with_room_shows_every_column_that_holds_anything() -> None:
    from concausa.study.view import view

    for name in TABLES:
        table = view(prosoft(), name)
        filled = [n for n, head in enumerate(table.headings) if any(not row[n].missing for row in table.rows)]
        wide = fitting(table, 10_000)
        assert [head.key for head in wide.headings] == [
            table.headings[n].key for n in (filled if table.rows else range(len(table.headings)))
        ]


def prosoft() -> Study:
    if not LOADED:
        LOADED.append(Study.load("prosoft"))
    return LOADED[0]


LOADED: list[Study] = []


def test_without_a_table_every_table_is_listed_with_its_rows(concausa: Run) -> None:
    answer = concausa("show", "prosoft", "--json")
    counts = {entry["name"]: entry["rows"] for entry in answer.document["tables"]}
    assert set(counts) == {"cases", *TABLES}
    assert counts["units"] == 32  # states of Mexico
    listed = [line.split()[:2] for line in concausa("show", "prosoft").out.splitlines()]
    assert listed == [[str(count), name] for name, count in counts.items()]


def test_rows_for_machines_hold_every_column_and_the_total_before_the_filter(concausa: Run) -> None:
    document = concausa(
        "show", "prosoft", "codings", "--where", "condition=BQ", "--where", "unit=NL", "--json"
    ).document
    assert set(document) == {"study", "table", "columns", "rows", "total"}
    assert [column["key"] for column in document["columns"]] == list(TABLES["codings"].columns)
    assert {(row["condition"], row["unit"]) for row in document["rows"]} == {("BQ", "NL")}
    assert 0 < len(document["rows"]) < document["total"]


def test_named_columns_stand_in_the_order_named(concausa: Run) -> None:
    answer = concausa("show", "prosoft", "units", "--columns", "name,id", "--where", "id=PUE")
    assert [line.split() for line in answer.out.splitlines()][1::2][:2] == [["name", "id"], ["Puebla", "PUE"]]
    assert "1 of 32 rows" in answer.out


def test_what_is_left_out_is_named(concausa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = concausa("show", "prosoft", "codings")
    foot = " ".join(answer.out.partition("not shown: ")[2].split())
    for key in ("section", "footnotes", "why"):
        assert key in foot
    assert "--all" in foot
