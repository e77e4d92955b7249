"""``concausa necessity``, as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

# Y has four cases, all of them in A or B; A has five cases, B four.
DATA = """case,A,B,F,Y
a,1,0,0.2,1
b,1,0,0.9,1
c,1,1,0.7,1
d,0,1,0.6,1
e,1,0,0.1,0
f,1,1,0.4,0
g,0,1,0.3,0
h,0,0,0.8,0
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(DATA, "utf-8")
    return path


def test_it_prints_every_condition_and_the_cases_against_it(data: Path, concausa: Run) -> None:
    answer = concausa("necessity", data, "--outcome", "Y", "--conditions", "A,B", "--cases", "case")
    assert answer.status == 0, answer.err
    assert "Necessary conditions for Y: 0 of 4 expressions reach the cut-offs" in answer.out
    line = next(line for line in answer.out.splitlines() if line.startswith("  A "))
    assert line.split() == ["A", "0.750", "0.600", "0.600", "no", "d"]


def test_the_json_holds_the_numbers_in_full(data: Path, concausa: Run) -> None:
    document = concausa(
        "necessity", data, "--outcome", "Y", "--conditions", "A,B", "--cases", "case", "--depth", 2, "--json"
    ).document
    found = {row["expression"]: row for row in document["rows"]}
    # A + B: all four of Y among seven cases; one case is outside it, four are outside Y
    assert found["A + B"] == {
        "expression": "A + B",
        "kind": "disjunction",
        "consistency": 1.0,
        "coverage": 4 / 7,
        "relevance": 1 / 4,
        "reaches": True,
        "deviant": [],
        "shortfall": [],
        "theory": "",
    }
    assert document["tested"] == 4 + 4 + 4
    assert (document["depth"], document["n"]) == (2, 8)
    assert {"no-theory", "trivial"} <= {caveat["kind"] for caveat in document["caveats"]}


def test_cutoffs_and_kinds_are_obeyed(data: Path, concausa: Run) -> None:
    asked = ["necessity", data, "--outcome", "Y", "--conditions", "A,B", "--depth", 2, "--json"]
    strict = concausa(*asked, "--relevance", 0.5).document
    assert [row["expression"] for row in strict["rows"] if row["reaches"]] == []
    apart = concausa(*asked, "--no-disjunctions").document
    assert set(apart["redundant"]) == {"conjunction"}
    lenient = concausa(*asked, "--consistency", 0.7, "--coverage", 0.6).document
    assert [row["expression"] for row in lenient["rows"] if row["reaches"]] == ["A"]


def test_the_negated_outcome_comes_on_request(data: Path, concausa: Run) -> None:
    asked = ["necessity", data, "--outcome", "Y", "--conditions", "F", "--json"]
    document = concausa(*asked, "--negated").document
    assert document["negated"]["outcome"] == "~Y"
    assert document["negated"]["rows"] == concausa(*asked[:2], "--outcome", "~Y", *asked[4:]).document["rows"]
    assert "negated" not in concausa(*asked).document


def test_theory_is_kept_with_its_expression(data: Path, concausa: Run) -> None:
    asked = ["necessity", data, "--outcome", "Y", "--conditions", "A,B", "--json"]
    document = concausa(*asked, "--theory", "A + B=either opens the door").document
    assert [row["theory"] for row in document["rows"] if row["kind"] == "disjunction"] == [
        "either opens the door"
    ]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--theory", "A + B"], 'the expression "A + B" comes without what speaks for it'),
        (["--theory", "A + B=x", "--theory", "A + B=y"], 'the expression "A + B" is given twice'),
        (["--theory", "A + C=x"], '"C" is no condition'),
        (["--consistency", "90"], "the cut-off consistency is a share above 0 to 1"),
        (["--depth", "0"], "depth is a whole number, at least 1"),
        (["--conditions", "A,Bb"], 'the data have no column "Bb"'),
        (["--outcome", "A"], '"A" is both outcome and condition'),
    ],
)
def test_what_cannot_be_done_is_said_with_a_fix(
    data: Path, concausa: Run, arguments: list[str], what: str
) -> None:
    answer = concausa("necessity", data, "--outcome", "Y", "--conditions", "A,B", *arguments, "--json")
    assert answer.status in (1, 2)
    assert answer.document["error"]["what"] == what
    assert answer.document["error"]["fix"]


def test_dont_care_needs_a_decision(tmp_path: Path, concausa: Run) -> None:
    path = tmp_path / "temporal.csv"
    path.write_text("case,A,Y\na,1,1\nb,-,1\nc,0,0\n", "utf-8")
    asked = ["necessity", path, "--outcome", "Y", "--conditions", "A", "--cases", "case", "--json"]
    refused = concausa(*asked)
    assert refused.status == 1
    assert refused.document["error"]["where"] == "cases b (A)"
    assert concausa(*asked, "--dont-care-as", "outside").document["rows"][0]["consistency"] == 0.5
    assert concausa(*asked, "--dont-care-as", "leave out").document["n"] == 2
