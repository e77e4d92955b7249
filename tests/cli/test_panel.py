"""``concausa panel``, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

# Two states in three years; in P nobody has the outcome. A came before B in N, after it in P; in N in year 3
# both are dated by the same year.
DATA = """state,year,region,A,B,A_date,B_date,Y
N,1,north,1,1,1990,1991,1
N,2,north,1,0,1990,,0
N,3,north,1,1,1995,1995,1
P,1,south,1,1,1992,1990,0
P,2,south,0,1,,1990,0
P,3,south,0,0,,,0
"""
ASKED = ("--unit", "state", "--period", "year", "--outcome", "Y")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "panel.csv"
    path.write_text(DATA, "utf-8")
    return path


def test_it_prints_the_fit_the_grid_and_the_solutions_of_each_cluster(data: Path, concausa: Run) -> None:
    answer = concausa("panel", data, *ASKED, "--conditions", "A,B", "--consistency", ".6", "--necessity")
    assert answer.status == 0, answer.err
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    # A*B has three cases, two of them in Y: 2/3; in N two of two, in P none of one.
    line = next(line for line in answer.out.splitlines() if line.startswith("  A*B "))
    assert line.split()[:4] == ["A*B", "0.667", "0.667", "1.000"]
    assert "0.000 (P)" in line
    for part in ("none: no case has Y:", "1 → 0 !", "Necessary for Y?", "It is another one without N"):
        assert part in answer.out


def test_the_json_holds_every_cluster(data: Path, concausa: Run) -> None:
    document = concausa(
        "panel", data, *ASKED, "--expression", "A*B", "--by", "region", "--by", "period", "--json"
    ).document
    (one,) = document["sufficiency"]
    assert one["pooled"]["consistency"] == 2 / 3
    assert [row["consistency"] for row in one["by"]["region"]["clusters"]] == [1.0, 0.0]
    assert [row["consistency"] for row in one["by"]["year"]["clusters"]] == [0.5, None, 1.0]
    assert document["solutions"] == {}


def test_it_hands_out_tables_figures_a_script_and_results(data: Path, tmp_path: Path, concausa: Run) -> None:
    out = tmp_path / "out"
    answer = concausa("panel", data, *ASKED, "--conditions", "A,B", "--consistency", ".6", "-o", out)
    assert answer.status == 0, answer.err
    found = json.loads((out / "results.json").read_text("utf-8"))
    assert found["solutions"]["state"]["moved"] == ["N"]
    assert 'unit_id = "STATE", cluster_id = "YEAR"' in (out / "analysis.R").read_text("utf-8")
    for file in (
        "tables/panel.csv",
        "tables/by-state.csv",
        "tables/grid-1.md",
        "tables/solutions-year.csv",
        "tables/without-state.tex",
        "figures/consistency-over-time.svg",
        "figures/units-by-periods.png",
    ):
        assert (out / file).is_file(), file


def test_an_open_order_of_events_is_read_in_every_way(data: Path, concausa: Run) -> None:
    asked = ("panel", data, *ASKED, "--conditions", "A,B", "--before", "A<B", "--consistency", "1")
    answer = concausa(*asked)
    assert answer.status == 0, answer.err
    assert "Dates do not decide A.before.B in 1 of 6 cases (N-3); every reading was run." in answer.out
    document = concausa(*asked, "--json").document
    order = document["order"]
    # Read as before, N-3 is like N-1; read as not before, like P-1, which has no outcome: only N-1 is left.
    assert order["readings"] == 2
    assert order["always"] == ["A*B*A.before.B"]
    codes = {row["case"]: row["admitted"] for row in order["before"][0]["orders"]}
    assert codes == {
        "N-1": ["1"],
        "N-2": ["-"],
        "N-3": ["1", "0"],
        "P-1": ["0"],
        "P-2": ["-"],
        "P-3": ["-"],
    }


def test_the_cases_of_a_study_are_taken_in_every_reading(concausa: Run) -> None:
    document = concausa("panel", "prosoft", "--json").document
    assert document["cases"] == ["NL-1", "NL-2", "PUE-1", "PUE-2"]
    full = {row["cluster"]: row for row in document["clusters"] if row["threshold"] == "maximum"}
    # The article codes Nuevo León at the maximum in both periods and Puebla in neither: within a unit nothing varies.
    assert full["NL"]["ran"] == full["PUE"]["ran"] == 0
    assert [row["text"] for row in full["NL"]["refused"]] == [
        "every case has Y: nothing tells the cases apart"
    ]
    assert full["1"]["cases"] == ["NL-1", "PUE-1"]
    assert any("rests on the comparison of units alone" in note for note in document["notes"])


def test_the_order_of_mechanisms_of_a_study_can_be_a_condition(concausa: Run) -> None:
    answer = concausa("panel", "prosoft", "--before", "M3<M7", "--necessity")
    assert answer.status == 0, answer.err
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert "Whether M3 came before M7" in answer.out
    assert "no unit has a solution of its own in any reading" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("arguments", "what", "fix"),
    [
        (("--outcome", "Y", "--conditions", "A"), "a panel has units", "--unit state"),
        (("--unit", "state"), "--unit names a column of a data file", "--outcome Y"),
        ((*ASKED[:-1], "Z", "--conditions", "A"), 'no column "Z"', "use one of these names"),
        ((*ASKED, "--expression", "A*"), "expected", ""),
        ((*ASKED, "--conditions", "A", "--before", "A"), "names two events", 'write "A<B"'),
        ((*ASKED, "--conditions", "A", "--by", "regoin"), 'no column "regoin"', "region"),
        ((*ASKED, "--conditions", "A", "--solution", "complex"), "complex", ""),
    ],
)
def test_what_it_cannot_do_it_says(
    arguments: tuple[str, ...], what: str, fix: str, data: Path, concausa: Run
) -> None:
    answer = concausa("panel", data, *arguments)
    assert answer.status != 0
    assert what in answer.err
    assert fix in answer.err


def test_what_a_study_does_not_hold_is_refused(concausa: Run) -> None:
    answer = concausa("panel", "prosoft", "--before", "M3<M77")
    assert answer.status == 2
    assert "no mechanism and no event 'M77'" in answer.err
    assert "did you mean M7?" in answer.err
    assert 'write "M3<M7"' in concausa("panel", "prosoft", "--before", "M3").err
