"""Data files: what is read as what, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from concausa.cli.data_file import read
from concausa.core.errors import DataError


def file(folder: Path, text: str, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_numbers_are_numbers_and_all_else_is_text(tmp_path: Path) -> None:
    assert read(file(tmp_path, 'case,EL,BQ\n"Puebla, 1",0,0.5\nNL,1,-\n')) == {
        "case": ["Puebla, 1", "NL"],
        "EL": [0, 1],
        "BQ": [0.5, "-"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "case;EL\nNL;0,25\nPU;1\n",
        "case\tEL\nNL\t0,25\nPU\t1\n",
        "\ufeffcase;EL\r\nNL;0,25\r\nPU;1\r\n",
        "case;EL\nNL;0.25\nPU;1\n",
        "case\tEL\nNL\t.25\nPU\t1\n",
    ],
    ids=["semicolons", "tabs", "mark and Windows lines", "semicolons and points", "tabs and points"],
)
def test_what_excel_saves_is_read_with_its_decimal_commas_or_points(text: str, tmp_path: Path) -> None:
    assert read(file(tmp_path, text)) == {"case": ["NL", "PU"], "EL": [0.25, 1]}


def test_between_commas_a_comma_in_a_cell_is_no_decimal_sign(tmp_path: Path) -> None:
    assert read(file(tmp_path, 'x\n"1,234"\n'))["x"] == ["1,234"]


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    assert read(file(tmp_path, "code,x\n01,1\n19,0\n"))["code"] == ["01", "19"]


def test_empty_is_missing_and_so_is_na_among_numbers_but_not_among_names(tmp_path: Path) -> None:
    assert read(file(tmp_path, "iso,x\nNA,NA\nMX,\nDE,1\n")) == {
        "iso": ["NA", "MX", "DE"],
        "x": [None, None, 1],
    }


def test_a_workbook_of_one_sheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("codes")
        for row, line in enumerate([["caso", "Año"], ["Nuevo León", 1], ["Puebla", 0.25]]):
            sheet.write_row(row, 0, line)
        book.add_worksheet("empty")
    assert read(path) == {"caso": ["Nuevo León", "Puebla"], "Año": [1, 0.25]}


def test_a_workbook_of_two_sheets_with_data_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title in ("raw", "fuzzy"):
            book.add_worksheet(title).write(0, 0, "x")
    with pytest.raises(DataError) as caught:
        read(path)
    assert str(caught.value) == (
        "DataError: the workbook has 2 sheets with data: raw, fuzzy\n"
        "  where  data.xlsx\n"
        "  fix    keep one sheet, or save the one that is meant as CSV"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("a,b,a\n1,2,3\n", "two columns are called 'a'"),
        ("a,b\n1,2\n3\n", "the line has 1 cells, the first line 2"),
        ("a,b\n1,2,3\n", "the line has 3 cells, the first line 2"),
        ('a,b\n1,"2\n', "the line cannot be read: unexpected end of data"),
    ],
)
def test_a_file_that_would_be_misread_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(file(tmp_path, text))
    assert caught.value.what == message
    assert caught.value.where.startswith("data.csv")


def test_a_file_in_another_encoding_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("Año,x\n1,2\n".encode("cp1252"))
    with pytest.raises(DataError, match="is not UTF-8") as caught:
        read(path)
    assert "CSV UTF-8" in caught.value.fix


def test_a_file_that_is_not_there_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    path = file(tmp_path, "a\n1\n", "lipset.csv")
    with pytest.raises(DataError, match="there is no such file") as caught:
        read(tmp_path / "lipsett.csv")
    assert str(path) in caught.value.fix


def test_empty_columns_at_the_right_edge_are_no_columns(tmp_path: Path) -> None:
    assert read(file(tmp_path, "a,,\n1,,\n2\n")) == {"a": [1, 2]}


def test_points_and_commas_in_one_file_are_refused_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(file(tmp_path, "a;b\n0,5;1\n1;0.25\n"))
    assert (caught.value.what, caught.value.where) == (
        "'0.25' has a decimal point and '0,5' a decimal comma",
        "data.csv:3 and data.csv:2",
    )
