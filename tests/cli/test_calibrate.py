"""``concausa calibrate``, as a user types it."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest

from concausa.sets.calibrate import calibrate

from .conftest import Run

DATA = "state,firms,level\nNL,12,high\nPUE,20,low\nCH,30,\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "states.csv"
    path.write_text(DATA, "utf-8")
    return path


def anchored(data: Path) -> list[Any]:
    return ["calibrate", data, "--column", "firms", "--anchors", "10,20,30"]


def test_it_prints_raw_values_beside_memberships_with_the_caveats(data: Path, concausa: Run) -> None:
    answer = concausa(*anchored(data), "--cases", "state", "--why", "Law 7")
    assert answer.status == 0, answer.err
    assert "firms: direct calibration (full-out 10, crossover 20, full-in 30)" in answer.out
    for word in ("NL", "0.950", "border", "Why: Law 7", "no source"):
        assert word in answer.out


def test_the_json_is_what_the_library_gives(data: Path, concausa: Run) -> None:
    answer = concausa(*anchored(data), "--cases", "state", "--idm", "ragin", "--why", "Law 7", "--json")
    made = calibrate(
        [12, 20, 30], anchors=[10, 20, 30], idm="ragin", cases=["NL", "PUE", "CH"], name="firms", why="Law 7"
    )
    assert answer.document == {"column": "firms", "files": []} | made.data()


@pytest.mark.parametrize(
    ("arguments", "memberships"),
    [
        # By hand, of 12, 20 and 30.
        (["--method", "linear", "--anchors", "10,20,30"], [0.1, 0.5, 1]),
        (["--method", "linear", "--anchors", "30,20,10"], [0.9, 0.5, 0]),
        (
            ["--method", "linear", "--anchors", "-10,20,50", "--below", "2"],
            [0.5 * (22 / 30) ** 2, 0.5, 2 / 3],
        ),
        (["--method", "crisp", "--thresholds", "20"], [0, 1, 1]),
        (["--method", "crisp", "--thresholds", "20", "--exclusive"], [0, 0, 1]),
        (["--method", "multi-value", "--thresholds", "15,25"], [0, 1, 2]),
        (["--method", "TFR"], [0, 0.5, 1]),
        (["--method", "TFR", "--shape", "decreasing"], [1, 0.5, 0]),
        (["--method", "linear", "--percentiles", "0,50,100"], [0, 0.5, 1]),
        (["--method", "linear", "--anchors", "8,10,12,12,16,24", "--shape", "bell"], [1, 0.25, 0]),
        (["--method", "levels", "--levels", "12=0, 20=.4, 30=1"], [0, 0.4, 1]),
        (["--method", "levels", "--levels", "12,20,30", "--scheme", "three-value"], [0, 0.5, 1]),
    ],
)
def test_every_method_can_be_asked_for(
    arguments: list[str], memberships: list[float], data: Path, concausa: Run
) -> None:
    answer = concausa("calibrate", data, "--column", "firms", *arguments, "--json")
    assert answer.status == 0, answer.err
    assert [case["membership"] for case in answer.document["cases"]] == pytest.approx(memberships)


def test_degrees_of_cases_come_from_a_column(tmp_path: Path, concausa: Run) -> None:
    path = tmp_path / "income.csv"
    path.write_text("income,degree\n1,0\n2,.3\n3,.7\n4,1\n", "utf-8")
    answer = concausa(
        "calibrate", path, "--column", "income", "--method", "indirect", "--degrees", "degree", "--json",
        "--powers", "1",
    )  # fmt: skip
    found = [case["membership"] for case in answer.document["cases"]]
    # The degrees are their own mirror around 2.5, so the curve is too.
    assert found == pytest.approx([1 - membership for membership in reversed(found)])
    assert found == sorted(found)


def test_the_data_are_written_with_the_new_column_at_full_precision(
    data: Path, concausa: Run, tmp_path: Path
) -> None:
    out = tmp_path / "sets.csv"
    answer = concausa(*anchored(data), "-o", out, "--as", "many firms")
    assert answer.status == 0, answer.err
    assert f"written to {out}" in answer.out
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = calibrate([12, 20, 30], anchors=[10, 20, 30]).memberships.tolist()
    assert [float(row.pop("many firms")) for row in rows] == made
    with data.open(encoding="utf-8", newline="") as file:
        assert rows == list(csv.DictReader(file))


def test_missing_values_stay_empty_in_the_file(data: Path, concausa: Run, tmp_path: Path) -> None:
    out = tmp_path / "sets.csv"
    levels = [data, "--column", "level", "--method", "levels", "--levels", "low=0,high=1"]
    refused = concausa("calibrate", *levels)
    assert refused.status == 1
    assert "a value is missing" in refused.err and "level: row 3" in refused.err
    assert concausa("calibrate", *levels, "--keep-missing", "-o", out).status == 0
    assert out.read_text("utf-8").splitlines() == [
        "state,firms,level,level_set", "NL,12,high,1.0", "PUE,20,low,0.0", "CH,30,,"
    ]  # fmt: skip


def test_no_file_is_written_over_unless_asked(data: Path, concausa: Run, tmp_path: Path) -> None:
    for target in (data, tmp_path / "chart.svg"):
        target.touch()
        before = target.read_bytes()
        option = "--chart" if target.suffix == ".svg" else "--out"
        answer = concausa(*anchored(data), option, target)
        assert (answer.status, answer.out) == (1, "")
        assert "there is such a file already" in answer.err and "--replace" in answer.err
        assert target.read_bytes() == before
        assert concausa(*anchored(data), option, target, "--replace").status == 0
        assert target.read_bytes() != before


def test_nothing_is_written_if_one_of_two_files_cannot_be(data: Path, concausa: Run, tmp_path: Path) -> None:
    out, chart = tmp_path / "sets.csv", tmp_path / "chart.gif"
    answer = concausa(*anchored(data), "-o", out, "--chart", chart)
    assert answer.status != 0
    assert "chart.gif is no .svg or .png file" in answer.err
    assert os.listdir(tmp_path) == [data.name]


def test_a_column_of_that_name_is_not_added_twice(data: Path, concausa: Run, tmp_path: Path) -> None:
    answer = concausa(*anchored(data), "-o", tmp_path / "sets.csv", "--as", "level")
    assert answer.status != 0
    assert "the data have a column 'level' already" in answer.err


def test_a_chart_is_drawn(data: Path, concausa: Run, tmp_path: Path) -> None:
    chart = tmp_path / "chart.svg"
    answer = concausa(*anchored(data), "--cases", "state", "--chart", chart, "--json")
    assert answer.document["files"] == [str(chart)]
    assert "PUE" in chart.read_text("utf-8")


def test_thresholds_are_suggested_with_every_gap(data: Path, concausa: Run) -> None:
    arguments = ["calibrate", data, "--column", "firms", "--suggest", "1"]
    told = concausa(*arguments)
    assert told.status == 0, told.err
    assert "say why" in told.out
    for by in ("gaps", "natural breaks", "clusters"):
        document = concausa(*arguments, "--by", by, "--json").document
        assert document["thresholds"] == [25]
        assert [gap["size"] for gap in document["gaps"]] == [8, 10]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--column", "firm", "--anchors", "1,2,3"], "did you mean 'firms'?"),
        (["--column", "firms", "--anchors", "1,2,3", "--cases", "stat"], "did you mean 'state'?"),
        (["--column", "firms", "--anchors", "1,2"], "there are 2 anchors where three or six are needed"),
        (["--column", "firms", "--anchors", "1;2;3"], "'1;2;3' is no number"),
        (["--column", "firms", "--anchors", "3,1,2"], "the anchors are out of order"),
        (["--column", "firms", "--anchors", "1,2,3", "--idm", "half"], "'half' is no number"),
        (["--column", "firms", "--thresholds", "3"], "thresholds does not belong to method 'direct'"),
        (["--column", "state", "--anchors", "1,2,3"], "3 values are no number: 'NL'"),
        (
            ["--column", "level", "--method", "levels", "--levels", "low=0,low=1"],
            "level 'low' is given twice",
        ),
        (["--column", "level", "--method", "levels", "--levels", "low=0,high"], "'high' has no membership"),
        (["--column", "firms", "--method", "liner", "--anchors", "1,2,3"], "liner"),
        (["--anchors", "1,2,3"], "--column"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(
    arguments: list[str], told: str, data: Path, concausa: Run
) -> None:
    answer = concausa("calibrate", data, *arguments)
    assert answer.status in (1, 2)
    assert answer.out == ""
    assert told in answer.err
    assert "Traceback" not in answer.err
