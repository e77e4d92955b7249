"""A study takes the place of its other form, and nobody's work is lost by it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from concausa.core.errors import SaveError, StudyError
from concausa.study.refresh import refresh
from concausa.study.study import Study


def edited(study: Study) -> Study:
    """The same study with another reason for its first coding."""
    first, *rest = study.codings
    return study.replace(codings=(dataclasses.replace(first, why="Seen again."), *rest))


@pytest.fixture
def workbook(folder: Path, tmp_path: Path) -> Path:
    """The example as a workbook that says something else in one cell."""
    path = tmp_path / "books" / "study.xlsx"
    edited(Study.load(folder)).save(path)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_folder_takes_what_its_workbook_says_and_keeps_comments_and_own_columns(
    folder: Path, workbook: Path
) -> None:
    units = folder / "units.csv"
    header, *rows = units.read_text("utf-8").splitlines()
    units.write_text("\n".join([f"{header},x_mine", *(f"{row},1" for row in rows)]) + "\n", "utf-8")
    before = tree(folder)
    refresh(Study.load(workbook), folder)
    after = tree(folder)
    assert Study.load(folder) == Study.load(workbook)
    assert {name for name in after if after[name] != before.get(name)} == {"codings.csv"}
    assert before.keys() == after.keys()


def test_a_workbook_takes_what_its_folder_says(folder: Path, workbook: Path) -> None:
    refresh(Study.load(folder), workbook)
    assert Study.load(workbook) == Study.load(folder)


def test_without_a_study_there_it_is_saved(folder: Path, tmp_path: Path) -> None:
    refresh(Study.load(folder), tmp_path / "copy")
    assert Study.load(tmp_path / "copy") == Study.load(folder)


def test_another_study_is_never_replaced(folder: Path, tmp_path: Path) -> None:
    before = tree(folder)
    with pytest.raises(SaveError, match="the study example stands there, and this one is prosoft"):
        refresh(Study.load("prosoft"), folder)
    assert tree(folder) == before


def test_a_study_with_errors_is_not_replaced(folder: Path, workbook: Path) -> None:
    codings = folder / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace(",high,", ",hihg,", 1), "utf-8")
    before = tree(folder)
    with pytest.raises(StudyError, match="hihg"):
        refresh(Study.load(workbook), folder)
    assert tree(folder) == before


def test_a_workbook_with_columns_of_ones_own_is_not_replaced(folder: Path, workbook: Path) -> None:
    from xlsxwriter.workbook import Workbook

    own = workbook.with_name("own.xlsx")
    book = Workbook(str(own))
    for name, rows in {
        "study": [("key", "value"), ("id", "example"), ("title", "T"), ("x_memo", "mine")],
        "units": [("id", "name", "role", "x_mine"), ("A", "A", "core", "1")],
        "periods": [("id", "label", "start", "end"), ("1", "One", "2001", "2005")],
        "facts": [("id", "subject", "measure", "value", "measured_in"), ("f", "F", "f", "1", "firm")],
        "x_notes": [("mine",)],
    }.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    book.close()
    before = own.read_bytes()
    with pytest.raises(SaveError) as refused:
        refresh(Study.load(folder), own)
    assert refused.value.what.startswith(
        "sheet study, key x_memo, sheet units, column x_mine, sheet x_notes would be lost"
    )
    assert own.read_bytes() == before


def test_a_data_file_that_differs_stops_everything(folder: Path, workbook: Path) -> None:
    (workbook.parent / "data" / "boats.csv").write_text("year,unit,boats\n2010,NOR,1\n", "utf-8")
    before = tree(folder)
    with pytest.raises(SaveError, match=r"data/boats.csv stands there already"):
        refresh(Study.load(workbook), folder)
    assert tree(folder) == before


def test_a_study_cannot_take_its_own_place(folder: Path) -> None:
    with pytest.raises(SaveError, match="its own place"):
        refresh(Study.load(folder), folder)
