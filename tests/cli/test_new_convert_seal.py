"""``concausa new``, ``convert`` and ``seal``."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concausa.study.study import Study

if TYPE_CHECKING:
    from tests.cli.conftest import Run

NAME = "Eulalia Montaño Quiñones"


def test_new_names_the_files_it_wrote_and_they_are_a_valid_study(concausa: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    document = concausa("new", folder, "--json").document
    assert set(document) == {"study", "folder", "files"}
    assert {"study.toml", "units.csv", "evidence.csv"} <= set(document["files"])
    assert all((folder / name).is_file() for name in document["files"])
    assert concausa("check", folder).status == 0


def test_new_makes_a_workbook_when_its_name_is_that_of_one(concausa: Run, tmp_path: Path) -> None:
    workbook = tmp_path / "mine.xlsx"
    document = concausa("new", workbook, "--json").document
    assert (document["study"], document["folder"]) == (str(workbook), str(tmp_path))
    assert set(document["files"]) == {"mine.xlsx", "data/boats.csv", "data/SOURCE.md"}
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(
        document["files"]
    )
    assert concausa("check", workbook).status == 0
    assert concausa("new", tmp_path / "folder").status == 0
    assert Study.load(workbook) == Study.load(tmp_path / "folder")
    before = workbook.read_bytes()
    assert concausa("new", workbook).status == 1
    assert workbook.read_bytes() == before


@pytest.mark.parametrize("name", ["mine.xls", "mine.ods", "mine.csv"])
def test_new_makes_no_folder_of_a_name_that_means_another_file(
    name: str, concausa: Run, tmp_path: Path
) -> None:
    answer = concausa("new", tmp_path / name)
    assert answer.status == 1
    assert "mine.xlsx" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_next_steps_can_be_typed_whatever_the_name_is(
    concausa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = concausa("new", "mi estudio ñ").out.splitlines()
    (step,) = [line.partition("next")[2].strip() for line in lines if "next" in line]
    assert shlex.split(step) == ["concausa", "check", "mi estudio ñ"]


def test_new_never_writes_into_a_folder_that_holds_something(concausa: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    answer = concausa("new", tmp_path)
    assert answer.status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_study_survives_the_way_into_a_workbook_and_back(
    study: Path, concausa: Run, tmp_path: Path
) -> None:
    workbook, folder = tmp_path / "book.xlsx", tmp_path / "back"
    document = concausa("convert", study, workbook, "--json").document
    assert (document["from"], document["to"]) == (str(study), str(workbook))
    assert document["rows"]["units"] == 2  # the example compares two provinces
    assert concausa("convert", workbook, folder).status == 0
    assert Study.load(folder) == Study.load(study)


def test_convert_names_what_it_leaves_behind(study: Path, concausa: Run, tmp_path: Path) -> None:
    units = study / "units.csv"
    header, *rows = units.read_text("utf-8").splitlines()
    units.write_text("\n".join([f"{header},x_mine", *(f"{row},1" for row in rows)]) + "\n", "utf-8")
    (study / "interviews").mkdir()
    document = concausa("convert", study, tmp_path / "book.xlsx", "--json").document
    assert document["left_behind"] == [
        "comments of study.toml",
        "units.csv, column x_mine",
        "README.md",
        "interviews/",
    ]
    assert "left behind: README.md; interviews/" in concausa("convert", study, tmp_path / "copy").out
    assert "x_mine" in (tmp_path / "copy" / "units.csv").read_text("utf-8")
    again = concausa("convert", study, tmp_path / "copy", "--replace", "--json").document["left_behind"]
    assert again[:2] == ["comments of study.toml", "units.csv, column x_mine"]
    assert (
        concausa("convert", tmp_path / "book.xlsx", tmp_path / "back", "--json").document["left_behind"] == []
    )


def test_a_study_that_stands_there_is_refreshed_only_on_demand(
    study: Path, concausa: Run, tmp_path: Path
) -> None:
    workbook = tmp_path / "book.xlsx"
    assert concausa("convert", study, workbook).status == 0
    codings = study / "codings.csv"
    codings.write_text(codings.read_text("utf-8").replace("Owners act alone", "Each for himself"), "utf-8")
    before = workbook.read_bytes()
    refused = concausa("convert", study, workbook)
    assert refused.status == 1
    assert "--replace" in refused.err
    assert workbook.read_bytes() == before
    assert concausa("convert", study, workbook, "--replace").status == 0
    assert Study.load(workbook) == Study.load(study)


@pytest.fixture
def sealed(study: Path, concausa: Run, tmp_path: Path) -> Path:
    """The example with a sealed name, which then slips into a passage."""
    names = tmp_path / "names.csv"
    names.write_text(f"code,name,aliases,post,contact\nINT-N1,{NAME},,,\n", "utf-8")
    answer = concausa("seal", study, names, "--key", tmp_path / "names.key")
    assert answer.status == 0, answer.err
    assert NAME not in answer.out
    evidence = study / "evidence.csv"
    with evidence.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[0]["summary"] = f"As {NAME} told us, the budget doubled."
    with evidence.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return study


def test_the_sealed_file_holds_no_name(sealed: Path) -> None:
    assert NAME.encode() not in (sealed / "protected" / "identities.age").read_bytes()


@pytest.mark.parametrize("verb", ["check", "run", "show", "why"])
def test_a_sealed_study_is_not_shown_without_its_key(verb: str, sealed: Path, concausa: Run) -> None:
    rest = {"show": ["evidence"], "why": ["evidence:E01"]}.get(verb, [])
    answer = concausa(verb, sealed, *rest)
    assert answer.status == 1
    assert "--key" in answer.err
    assert "Montaño" not in answer.out + answer.err


def test_with_the_key_the_name_reaches_no_answer(sealed: Path, concausa: Run, tmp_path: Path) -> None:
    key = ["--key", tmp_path / "names.key"]
    out = tmp_path / "results"
    answers = [
        concausa("show", sealed, "evidence", "--all", *key),
        concausa("show", sealed, "evidence", "--json", *key),
        concausa("why", sealed, "evidence:E01", *key),
        concausa("why", sealed, "evidence:E01", "--json", *key),
        concausa("run", sealed, "-o", out, *key),
        concausa("check", sealed, *key),
        concausa("check", sealed, "--json", *key),
    ]
    assert [answer.status for answer in answers] == [0, 0, 0, 0, 0, 1, 1], [answer.err for answer in answers]
    files = [path for path in out.rglob("*") if path.is_file() and path.suffix != ".png"]
    written = [path.read_bytes().decode("utf-8", "replace") for path in files]
    for text in [*(answer.out + answer.err for answer in answers), *written]:
        assert "Montaño" not in text
        assert "Quiñones" not in text
        assert json.dumps("Montaño")[1:-1] not in text
    assert "budget doubled" in answers[0].out


def test_check_with_the_key_names_the_place_and_not_the_name(
    sealed: Path, concausa: Run, tmp_path: Path
) -> None:
    document = concausa("check", sealed, "--errors", "--json", "--key", tmp_path / "names.key").document
    (problem,) = document["problems"]
    assert (problem["file"], problem["column"], problem["kind"]) == (
        "evidence.csv",
        "summary",
        "protected-name",
    )


def test_who_goes_on_unscreened_says_so(sealed: Path, concausa: Run) -> None:
    answer = concausa("show", sealed, "evidence", "--unscreened", "--columns", "id,summary")
    assert answer.status == 0
    assert "Montaño" in answer.out


def test_a_sealed_list_is_replaced_only_on_demand(sealed: Path, concausa: Run, tmp_path: Path) -> None:
    names, age = tmp_path / "names.csv", sealed / "protected" / "identities.age"
    before = age.read_bytes()
    again = concausa("seal", sealed, names, "--key", tmp_path / "names.key")
    assert (again.status, age.read_bytes()) == (0, before)
    other = concausa("seal", sealed, names, "--key", tmp_path / "other.key")
    assert other.status == 1
    assert "--replace" in other.err
    assert not (tmp_path / "other.key").exists()
    assert age.read_bytes() == before
    assert concausa("seal", sealed, names, "--key", tmp_path / "other.key", "--replace").status == 0
    assert concausa("check", sealed, "--key", tmp_path / "names.key").status == 1
    assert "does not open" in concausa("check", sealed, "--key", tmp_path / "names.key").err


def test_a_code_that_is_no_source_is_named_by_its_line_alone(
    study: Path, concausa: Run, tmp_path: Path
) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"code,name\nINT-S1,Somebody Else\n{NAME},INT-N1\n", "utf-8")
    answer = concausa("seal", study, names, "--key", tmp_path / "names.key")
    assert "line 3: no source" in answer.out
    assert "Montaño" not in answer.out + answer.err
    again = concausa("seal", study, names, "--key", tmp_path / "names.key", "--json")
    assert again.document["unknown"] == [3]


def test_a_study_of_the_package_is_not_sealed(concausa: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"code,name\nBSM1,{NAME}\n", "utf-8")
    answer = concausa("seal", "prosoft", names, "--key", tmp_path / "names.key")
    assert answer.status == 1
    assert "concausa convert prosoft my-prosoft" in answer.err
    assert not (tmp_path / "names.key").exists()
