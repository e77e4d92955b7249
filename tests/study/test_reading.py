"""Files as spreadsheet programs and editors leave them: read as meant, or refused with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.core.problem import Problem
from concausa.study.checker import check
from concausa.study.study import Study


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder) if problem.severity == "error"]


def test_a_byte_order_mark_is_taken_off(folder: Path) -> None:
    plain = Study.load(folder)
    for name in ("units.csv", "study.toml"):
        path = folder / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert Study.load(folder) == plain


def test_windows_line_ends_are_read(folder: Path) -> None:
    plain = Study.load(folder)
    for path in [*folder.glob("*.csv"), folder / "study.toml"]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert Study.load(folder) == plain


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_are_told_from_the_header(folder: Path, mark: str) -> None:
    (folder / "units.csv").write_text(
        mark.join(["id", "name", "iso_3166_2", "role", "note"])
        + f"\nNOR{mark}Norvale, a province{mark}{mark}core{mark}\nSUR{mark}Surmar{mark}{mark}core{mark}\n"
    )
    assert [unit.name for unit in Study.load(folder).units] == ["Norvale, a province", "Surmar"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_windows_1252_is_refused_with_the_word_and_the_way_out(folder: Path, encoding: str) -> None:
    text = "id,name,iso_3166_2,role,note\nNOR,Norvale,,core,\nSUR,Málaga del Mar,,core,\n"
    (folder / "units.csv").write_bytes(text.encode(encoding))
    (problem,) = errors(folder)
    assert (problem.file, problem.line, problem.kind, problem.value) == (
        "units.csv",
        3,
        "wrong-encoding",
        "Málaga",
    )
    assert problem.what == (
        "byte 0xE1 is not UTF-8; in Windows-1252, which older Excel writes, the word would be “Málaga”"
    )
    assert "CSV UTF-8" in problem.fix


@pytest.mark.parametrize(("encoding", "name"), [("utf-16", "UTF-16"), ("utf-32", "UTF-32")])
def test_wide_encodings_are_refused_by_name(folder: Path, encoding: str, name: str) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    (problem,) = errors(folder)
    assert problem.what == f"the file is written in {name}, not in UTF-8"


def test_a_file_with_zero_bytes_is_not_text(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_bytes().replace(b"Surmar", b"Sur\x00mar"))
    (problem,) = errors(folder)
    assert (problem.line, problem.kind) == (3, "wrong-encoding")


def test_an_unread_file_does_not_make_every_reference_dangle(folder: Path) -> None:
    (folder / "sources.csv").write_bytes("id,kind,access\nÁ,book,open\n".encode("cp1252"))
    assert [problem.kind for problem in errors(folder)] == ["wrong-encoding"]


def other_events(folder: Path) -> str:
    """Take out what names events of the example, or let it name A; the header of their table."""
    path = folder / "study.toml"
    path.write_bytes(path.read_bytes().replace(b"EV2 before EV3 and ", b"").replace(b'["EV2"]', b'["A"]'))
    for name in ("prerequisites", "bands", "scenarios"):
        (folder / f"{name}.csv").unlink()
    return (folder / "events.csv").read_text("utf-8").splitlines()[0]


def test_lines_are_counted_as_an_editor_does(folder: Path) -> None:
    header = other_events(folder)
    (folder / "events.csv").write_text(
        f'{header}\nA,,2001,"two\nlines\nand a third",,,,,,,,,,\n\nB,,2001-13,late,,,,,,,,,,\n'
    )
    (problem,) = errors(folder)
    # Header on 1, A on 2 to 4, an empty line 5, B on 6.
    assert (problem.line, problem.what) == (6, "month 13 in '2001-13' does not exist")


def test_a_line_break_inside_a_cell_is_the_same_however_it_is_written(folder: Path) -> None:
    header = other_events(folder)
    (folder / "events.csv").write_bytes(f'{header}\r\nA,,2001,"two\r\nlines",,,,,,,,,,\r\n'.encode())
    assert Study.load(folder).events[0].title == "two\nlines"


def test_empty_rows_and_columns_at_the_end_are_passed_over(folder: Path) -> None:
    (folder / "units.csv").write_text(
        "id,name,iso_3166_2,role,note,,\nNOR,Norvale,,core,,,\nSUR,Surmar,,core,,,\n,,,,,,\n,,,,,,\n"
    )
    assert len(Study.load(folder).units) == 2


def test_the_order_of_columns_is_free_and_own_columns_are_let_be(folder: Path) -> None:
    (folder / "units.csv").write_text(
        "x_colour,role,name,id,iso_3166_2,note\nred,core,Norvale,NOR,,\nblue,core,Surmar,SUR,,\n"
    )
    assert [unit.id for unit in Study.load(folder).units] == ["NOR", "SUR"]


def test_the_hint_line_of_excel_is_pointed_out(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text("sep=;\n" + path.read_text("utf-8"))
    assert "delete this first line, which only Excel understands" in [
        problem.fix for problem in errors(folder)
    ]


def test_the_digits_of_a_number_are_kept(folder: Path) -> None:
    assert str(Study.load(folder).row("facts", "nor_per_boat_1").value) == "0.30"


def test_the_file_study_toml_names_its_folder(folder: Path) -> None:
    assert Study.load(folder / "study.toml") == Study.load(folder)


def test_each_row_knows_its_line(folder: Path) -> None:
    lines = Study.load(folder).origin.lines
    # Two units below the header; the second period is the second [[periods]] of the file.
    assert (lines["units", "NOR"], lines["units", "SUR"]) == (2, 3)
    toml = (folder / "study.toml").read_text("utf-8").splitlines()
    headers = [number for number, line in enumerate(toml, start=1) if line == "[[periods]]"]
    assert [lines["periods", "1"], lines["periods", "2"]] == headers
