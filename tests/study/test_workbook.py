"""A study as one workbook: the same study there and back, and problems placed by sheet, row and column."""

from __future__ import annotations

import dataclasses
import datetime
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.study.changes import changed
from tests.study.test_save import same

from concausa.core.errors import SaveError, StudyError
from concausa.core.problem import Problem
from concausa.study.checker import check
from concausa.study.scaffold import new
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.study.workbook import write_workbook
from concausa.study.workbook_faults import error_cells

Grids = dict[str, list[list[Any]]]


def grids(study: Study) -> Grids:
    """The cells of the workbook that a study gives, to be spoilt."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(study)))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def write(path: Path, sheets: Grids) -> None:
    """A workbook as a person would type it: numbers as numbers, dates as dates."""
    from xlsxwriter.workbook import Workbook

    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(row, column, value, date)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                elif value.startswith("ERROR"):
                    sheet.write_formula(row, column, "=1/0", None, "#DIV/0!")
                elif value:
                    sheet.write_string(row, column, value)
    book.close()


@pytest.fixture
def sheets(folder: Path) -> Grids:
    return grids(Study.load(folder))


def errors(path: Path) -> list[Problem]:
    return [problem for problem in check(path) if problem.severity == "error"]


def at(sheets: Grids, table: str, row: int, column: str, value: Any) -> None:
    sheets[table][row][sheets[table][0].index(column)] = value


def test_folder_to_workbook_to_folder_is_the_same_study(folder: Path, tmp_path: Path) -> None:
    study = Study.load(folder)
    book = study.save(tmp_path / "book" / "study.xlsx")
    read = Study.load(tmp_path / "book" / "study.xlsx")
    assert same(read, study)
    assert same(book, study)
    read.save(tmp_path / "back")
    assert same(Study.load(tmp_path / "back"), study)
    assert (tmp_path / "back/data/boats.csv").read_bytes() == (folder / "data/boats.csv").read_bytes()


def test_the_bundled_study_survives_the_workbook(tmp_path: Path) -> None:
    study = Study.load("prosoft")
    study.save(tmp_path / "prosoft.xlsx")
    assert same(Study.load(tmp_path / "prosoft.xlsx"), study)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_survives_the_workbook(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as parent:
        new(Path(parent) / "study")
        mine = data.draw(changed(Study.load(Path(parent) / "study")))
        mine.save(Path(parent) / "book.xlsx")
        assert same(Study.load(Path(parent) / "book.xlsx"), mine)


def test_the_same_study_gives_the_same_bytes(folder: Path) -> None:
    study = Study.load(folder)
    assert write_workbook(study) == write_workbook(study)


def test_an_unchanged_workbook_is_left_alone(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    Study.load(folder).save(path)
    before = path.stat()
    Study.load(path).save()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_second_writer_of_a_workbook_is_told(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    Study.load(folder).save(path)
    first, second = Study.load(path), Study.load(path)
    first.replace(settings=dataclasses.replace(first.settings, title="First")).save()
    with pytest.raises(SaveError, match=r"study.xlsx was changed by somebody else since the study was read"):
        second.replace(settings=dataclasses.replace(second.settings, title="Second")).save()
    assert Study.load(path).settings.title == "First"


def test_a_file_that_is_another_one_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(SaveError, match="a file stands there already"):
        Study.load(folder).save(path)
    assert path.read_bytes() == b"mine"


def test_hostile_text_is_text_and_never_a_formula(folder: Path, tmp_path: Path) -> None:
    study = Study.load(folder)
    bad = ["=1+1", "@SUM(A1)", "+1", "-1", "=cmd|' /C calc'!A0", "http://example.org", "\x1b[2J"]
    events = tuple(dataclasses.replace(study.events[0], id=f"H{n}", title=text) for n, text in enumerate(bad))
    mine = study.replace(events=(*study.events, *events))
    mine.save(tmp_path / "study.xlsx")
    with zipfile.ZipFile(tmp_path / "study.xlsx") as archive:
        inside = [
            archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))
        ]
    assert not any("<f>" in text or "hyperlink" in text for text in inside)
    assert same(Study.load(tmp_path / "study.xlsx"), mine)


def test_the_workbook_explains_every_column_and_offers_the_choices(folder: Path) -> None:
    study = Study.load(folder)
    explained = {(row[0], row[1]) for row in grids(study)["read me"]}
    assert {(name, column) for name, spec in TABLES.items() for column in spec.columns} <= explained
    with zipfile.ZipFile(io.BytesIO(write_workbook(study))) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert xml.count(b"<dataValidation ") >= sum(
        bool(column.allowed) for spec in TABLES.values() for column in spec.columns.values()
    )
    assert b'state="frozen"' in xml


def test_a_text_longer_than_a_cell_is_refused_not_cut(folder: Path, tmp_path: Path) -> None:
    study = Study.load(folder)
    long = dataclasses.replace(study.events[0], note="x" * 32_768)
    with pytest.raises(SaveError) as refused:
        study.replace(events=(long, *study.events[1:])).save(tmp_path / "study.xlsx")
    assert refused.value.where == "events EV1, column note"
    assert not (tmp_path / "study.xlsx").exists()


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "line", "kind", "what", "fix"),
    [
        ("codings", 2, "level", "hihg", 3, "unknown-level", "'hihg' is not a level of ADM", "did you mean high?"),
        ("sources", 3, "date", datetime.date(2004, 6, 1), 4, "converted-cell",
         "the program made 2004-06-01 of what may have been the month alone",
         "format the cell as text and write 2004-06 or 2004-06-01"),
        ("sources", 3, "date", 37760, 4, "converted-cell",
         "37760 is how the program counts days: 2003-05-19", "format the cell as text and write 2003-05-19"),
        ("sources", 3, "footnotes", datetime.date(2029, 1, 30), 4, "converted-cell",
         "the program turned this cell into 2029-01-30", "format the cell as text, then type it again"),
        ("facts", 1, "value", "ERROR", 2, "lost-cell",
         "the cell shows an error of the spreadsheet program instead of a value", "type the value"),
        ("elections", 1, "winner_share", 151.2, 2, "share-out-of-range",
         "a share of 151.2 percent is impossible", "a share lies between 0 and 100"),
        # A cell formatted in percent shows 45.3% and holds 0.453.
        ("elections", 1, "winner_share", 0.453, 2, "converted-cell",
         "0.453 may be 45.3 percent, as a cell formatted in percent holds it, or 0.453 percent",
         "format the cell as text and write 45.3 or 0.453"),
        ("elections", 1, "winner_share", 1, 2, "converted-cell",
         "1 may be 100 percent, as a cell formatted in percent holds it, or 1 percent",
         "format the cell as text and write 100 or 1"),
        ("units", 2, "role", "Core", 3, "unknown-word", "'Core' is not one of the words allowed here",
         "did you mean core?"),
        ("units", 0, "name", "nmae", 1, "unknown-column", "units has no column 'nmae'",
         "did you mean name? A column of your own starts with x_"),
    ],
)  # fmt: skip
def test_a_spoilt_cell_is_named_by_sheet_row_and_column(
    sheets: Grids,
    folder: Path,
    table: str,
    row: int,
    column: str,
    value: Any,
    line: int,
    kind: str,
    what: str,
    fix: str,
) -> None:
    at(sheets, table, row, column, value)
    path = folder / "book.xlsx"
    write(path, sheets)
    found = [problem for problem in errors(path) if problem.kind == kind]
    assert [(problem.file, problem.line, problem.what, problem.fix) for problem in found] == [
        (f"book.xlsx, sheet {table}", line, what, fix)
    ]


def test_typed_numbers_and_dates_are_read_as_meant(sheets: Grids, folder: Path) -> None:
    at(sheets, "sources", 3, "date", datetime.date(2004, 6, 12))
    at(sheets, "sources", 5, "date", 2006)
    at(sheets, "facts", 1, "value", 36.5)
    at(sheets, "facts", 5, "value", 120)
    at(sheets, "periods", 1, "id", 1)
    at(sheets, "memberships", 1, "number", 60)
    at(sheets, "sources", 3, "footnotes", 29)
    write(folder / "book.xlsx", sheets)
    study = Study.load(folder / "book.xlsx")
    assert [str(study.sources[2].date), str(study.sources[4].date)] == ["2004-06-12", "2006"]
    assert [str(study.facts[0].value), str(study.facts[4].value)] == ["36.5", "120"]
    assert (study.periods[0].id, study.memberships[0].number, study.sources[2].footnotes) == (
        "1",
        60,
        ("29",),
    )
    doubts = [doubt for doubt in study.doubts if doubt.kind == "typed-number"]
    assert [doubt.what.split()[0] for doubt in doubts] == ["2"]


def test_a_sheet_that_is_no_table_is_named_with_the_nearest(sheets: Grids, folder: Path) -> None:
    sheets["evidnce"] = sheets["evidence"]
    sheets["x_mine"] = [["anything"]]
    sheets["Sheet1"] = []
    write(folder / "book.xlsx", sheets)
    assert [(problem.what, problem.fix) for problem in errors(folder / "book.xlsx")] == [
        ("a study has no table 'evidnce'", "did you mean evidence?")
    ]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(b"id,name\n")
    with pytest.raises(StudyError, match=r"study.xlsx cannot be read as a workbook"):
        Study.load(path)


def test_error_cells_are_found_in_the_file_itself(tmp_path: Path) -> None:
    write(tmp_path / "book.xlsx", {"a & b": [["x", "ERROR"]], "c": [["ERROR"]]})
    data = (tmp_path / "book.xlsx").read_bytes()
    assert list(error_cells(data)) == [("a & b", 1, 2), ("c", 1, 1)]


def test_a_share_below_one_percent_is_read_where_it_is_text(sheets: Grids, folder: Path) -> None:
    at(sheets, "elections", 1, "winner_share", "0.453")
    at(sheets, "elections", 1, "runner_up_share", 0)
    write(folder / "book.xlsx", sheets)
    election = Study.load(folder / "book.xlsx").elections[0]
    assert (str(election.winner_share), str(election.runner_up_share)) == ("0.453", "0")


def test_an_error_cell_is_told_even_where_the_header_is_empty(sheets: Grids, folder: Path) -> None:
    sheets["units"] = [["ERROR", ""], ["", "ERROR"]]
    write(folder / "book.xlsx", sheets)
    lost = [problem for problem in errors(folder / "book.xlsx") if problem.kind == "lost-cell"]
    assert [(problem.file, problem.line, problem.column) for problem in lost] == [
        ("book.xlsx, sheet units", 1, ""),
        ("book.xlsx, sheet units", 2, ""),
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="2"><c r="B2" t="e"><v>#REF!</v></c></row></sheetData>',
        "<x:sheetData><x:row r='2'><x:c t='e' s='1' r='B2'><x:v>#REF!</x:v></x:c></x:row></x:sheetData>",
        '<sheetData><row><c t="s"/></row><row><c/><c t="e"><v>#REF!</v></c></row></sheetData>',
        """<sheetData><row r="2"><c
            t = "e" r = 'B2'/><col r="C2" t="e"/></row></sheetData>""",
    ],
)
def test_error_cells_are_found_however_the_file_writes_its_tags(sheet: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<sheets><sheet name='units' r:id='r1'/></sheets>")
        archive.writestr(
            "xl/_rels/workbook.xml.rels", "<r><Relationship Id='r1' Target='worksheets/sheet1.xml'/></r>"
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert list(error_cells(buffer.getvalue())) == [("units", 2, 2)]
