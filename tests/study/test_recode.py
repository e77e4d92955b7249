"""Recoding one row: checked like a file that is read, refused with the checker's own words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.small import small

from concausa.core.errors import OptionError, StudyError, UnknownNameError
from concausa.study.folder import load
from concausa.study.recode import recheck, recode
from concausa.study.scaffold import new
from concausa.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    new(tmp_path / "own")
    return load(tmp_path / "own")


def first(study: Study) -> tuple[str, str, str]:
    """A whole-condition coding: its id, its level, and another level of its scale."""
    for row in study.codings:
        levels = study.row("conditions", row.condition).levels
        if not row.indicator:
            return row.id, row.level, next(level for level in levels if level != row.level)
    raise LookupError


def test_one_value_changes_and_every_other_row_is_the_very_same(study: Study) -> None:
    id, _, other = first(study)
    changed = recode(study, "codings", id, level=other)
    assert changed.row("codings", id).level == other
    assert [row for row in changed.codings if row.id != id] == [row for row in study.codings if row.id != id]
    assert changed.replace(codings=study.codings) == study


def test_recoding_to_what_stands_there_gives_the_same_study_with_the_same_doubts(study: Study) -> None:
    id, level, _ = first(study)
    same = recode(study, "codings", id, level=level)
    assert same == study
    assert sorted(doubt.what for doubt in same.doubts) == sorted(doubt.what for doubt in study.doubts)


def test_doubts_about_the_files_themselves_are_kept(study: Study) -> None:
    file = study.origin.path / "codings.csv"
    rows = [line.rpartition(",")[0] for line in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    read = load(study.origin.path)
    id, _, other = first(read)
    assert recode(read, "codings", id, level=other).doubts[0].kind == "missing-column"


def test_a_recoded_study_is_saved_and_read_like_any_other(study: Study) -> None:
    id, _, other = first(study)
    saved = recode(study, "codings", id, level=other).save()
    assert saved.origin.path is not None
    assert load(saved.origin.path) == saved


def test_a_wrong_level_is_refused_in_the_words_of_the_checker_with_file_line_and_fix(study: Study) -> None:
    id, level, _ = first(study)
    with pytest.raises(StudyError) as refused:
        recode(study, "codings", id, level=level + "x")
    (problem,) = refused.value.problems
    assert (problem.file, problem.column, problem.value) == ("codings.csv", "level", level + "x")
    assert problem.line == study.origin.lines["codings", id]
    assert level in problem.allowed
    assert study.row("codings", id).level == level


def test_a_reference_to_nothing_is_refused(study: Study) -> None:
    id, _, _ = first(study)
    with pytest.raises(StudyError, match="E-nowhere"):
        recode(study, "codings", id, evidence=["E-nowhere"])


@pytest.mark.parametrize(
    ("call", "fix"),
    [
        (("codigns", "C1", {"level": "low"}), "did you mean codings?"),
        (("facts", "days_", {"value": 5}), "did you mean days?"),
        (("facts", "days", {"valeu": 5}), "did you mean value?"),
    ],
)
def test_a_misspelt_table_row_or_column_is_answered_with_the_nearest(
    call: tuple[str, str, dict[str, object]], fix: str
) -> None:
    table, id, columns = call
    with pytest.raises(UnknownNameError) as refused:
        recode(small(), table, id, **columns)
    assert refused.value.fix == fix


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"value": object()}, "a value of type object cannot stand in a cell"),
        ({"footnotes": ["1; 2"]}, "'1; 2' holds a semicolon"),
        ({"footnotes": [1]}, "[1] holds what is no text"),
        ({}, "no value is given"),
    ],
)
def test_what_no_cell_can_hold_is_refused(value: dict[str, object], what: str) -> None:
    with pytest.raises(OptionError) as refused:
        recode(small(), "facts", "days", **value)
    assert refused.value.what == what


def test_values_may_be_given_as_they_are_or_as_they_are_written(study: Study) -> None:
    unit = study.units[0]
    for title in ("Another title", "“Señal” = 1; 2"):
        assert recode(study, "study", study.settings.id, title=title).settings.title == title
    for year in (2001, "2001", Decimal(2001)):
        assert recode(study, "study", study.settings.id, year=year).settings.year == 2001
    for authors in (["A B", "C"], "A B; C"):
        assert recode(study, "study", study.settings.id, authors=authors).settings.authors == ("A B", "C")
    assert recode(study, "units", unit.id, note=None).row("units", unit.id).note == ""


def test_a_required_value_cannot_be_emptied(study: Study) -> None:
    id, _, _ = first(study)
    with pytest.raises(StudyError, match="level must not be empty"):
        recode(study, "codings", id, level="")


def test_a_row_that_others_refer_to_cannot_be_renamed_alone(study: Study) -> None:
    unit = study.units[0].id
    with pytest.raises(StudyError) as refused:
        recode(study, "units", unit, id="elsewhere")
    assert {problem.value for problem in refused.value.problems} >= {unit}


def test_a_study_read_from_a_workbook_names_its_sheets(study: Study, tmp_path: Path) -> None:
    book = study.save(tmp_path / "own.xlsx")
    id, level, _ = first(book)
    with pytest.raises(StudyError) as refused:
        recode(book, "codings", id, level=level + "x")
    assert refused.value.problems[0].file == "own.xlsx, sheet codings"


def test_a_study_in_memory_is_checked_as_it_stands(study: Study) -> None:
    assert recheck(study).errors == ()
    dangling = study.replace(units=())
    assert {problem.file for problem in recheck(dangling).errors} >= {"codings.csv"}
