"""``concausa new``, ``convert`` and ``seal``."""

from __future__ import annotations

import csv
import json
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
    assert set(document) == {"folder", "files"}
    assert {"study.toml", "units.csv", "evidence.csv"} <= set(document["files"])
    assert all((folder / name).is_file() for name in document["files"])
    assert concausa("check", folder).status == 0


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
