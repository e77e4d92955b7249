"""``concausa evaluate``: theories against a solution, and cases to study after it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

LIPSET = Path(__file__).parents[1] / "gold" / "data" / "Lipset_cs.csv"
CONDITIONS = "GNPCAP,URBANIZA,LITERACY,INDLAB,GOVSTAB"
CALL = ("evaluate", LIPSET, "--outcome", "SURVIVAL", "--conditions", CONDITIONS, "--cases", "CASEID")
THEORY = ("--theory", "GNPCAP*LITERACY=Lipset 1959", "--solution", "parsimonious")


def test_the_document_has_the_keys_that_programs_rely_on(concausa: Run) -> None:
    document = concausa(*CALL, *THEORY, "--json").document
    assert {
        "outcome",
        "conditions",
        "cutoffs",
        "solution",
        "models",
        "n_models",
        "caveats",
        "theory",
        "cases",
        "files",
    } == set(document)
    # Rihoux & De Meur (2009): GNPCAP*GOVSTAB. AUS and GER are wealthy and literate, had unstable governments, and fell.
    (evaluation,) = document["theory"]["evaluations"]
    areas = {area["area"]: area for area in evaluation["areas"]}
    assert evaluation["model"] == "GNPCAP*GOVSTAB"
    assert areas["T*S"]["with_outcome"]["cases"] == ["BEL", "CZE", "FIN", "FRA", "IRE", "NET", "SWE", "UK"]
    assert areas["T*~S"]["without_outcome"] == {"label": "consistent most likely", "cases": ["AUS", "GER"]}
    assert areas["T*~S"]["expression"] == "GNPCAP*LITERACY*~GOVSTAB"
    typical = [one for one in document["cases"]["singles"] if one["kind"] == "typical"]
    assert {one["focal_conjunct"] for one in typical} == {None, "GNPCAP", "GOVSTAB"}
    assert {group["design"] for group in document["cases"]["pairs"]} >= {"typical with irrelevant"}


@pytest.mark.parametrize("columns", ["40", "80"])
def test_what_is_printed_fits_the_terminal(
    columns: str, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = concausa(*CALL, *THEORY)
    assert answer.status == 0
    assert [line for line in answer.out.splitlines() if len(line) > int(columns)] == []


def test_each_part_is_told_alone(concausa: Run) -> None:
    theory = concausa(*CALL, *THEORY, "--part", "theory").out
    cases = concausa(*CALL, "--solution", "parsimonious", "--part", "cases").out
    assert "consistent most likely (2 of 18): AUS, GER" in theory and "Typical" not in theory
    assert "consistent most likely" not in cases and "Typical with irrelevant" in cases


def test_without_a_theory_cases_are_chosen_and_the_option_is_named(concausa: Run) -> None:
    answer = concausa(*CALL)
    assert "Typical:" in answer.out
    assert 'No theory was given: --theory "A*B + C=Smith 1999"' in answer.out


def test_a_folder_gets_tables_charts_results_and_a_script(concausa: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = concausa(*CALL, *THEORY, "-o", out)
    assert answer.status == 0
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {
        "analysis.R",
        "results.json",
        "figures/theory-areas.svg",
        "tables/theory-areas.csv",
        "tables/theories.csv",
        "tables/theory-cases.csv",
        "tables/theory-memberships.csv",
        "tables/case-studies.csv",
        "tables/case-pairs.csv",
    } <= files
    script = (out / "analysis.R").read_text("ascii")
    # arguments as in the reference manual of SetMethods
    assert (
        'theory.evaluation(theory = "GNPCAP*LITERACY", empirics = tt.s1, outcome = "SURVIVAL", sol = 1,'
        in script
    )
    assert 'smmr(results = tt.s1, outcome = "SURVIVAL", sol = 1, match = TRUE, cases = 2, term = 1)' in script
    assert json.loads((out / "results.json").read_text("utf-8"))["solution"] == "parsimonious"


def clustered(folder: Path) -> Path:
    path = folder / "data.csv"
    lines = ["case,region,A,B,Y", "p,n,1,1,1", "q,s,1,1,1", "r,n,0,1,0", "s,s,0,1,0", "t,,0,0,0"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_pairs_are_formed_within_clusters(concausa: Run, tmp_path: Path) -> None:
    path = clustered(tmp_path)
    path.write_text(path.read_text("utf-8").replace("t,,", "t,n,"), "utf-8")
    call = (
        "evaluate",
        path,
        "--outcome",
        "Y",
        "--conditions",
        "A,B",
        "--cases",
        "case",
        "--part",
        "cases",
        "--json",
    )
    groups = concausa(*call, "--cluster", "region", "--pairs", "within").document["cases"]["pairs"]
    pairs = {(pair["first"], pair["second"]) for group in groups for pair in group["pairs"]}
    assert ("p", "r") in pairs and ("q", "s") in pairs and ("p", "s") not in pairs


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ((*CALL, "--part", "theory"), "no theory is given"),
        ((*CALL, "--theory", "GNPCAB"), 'the theory names "GNPCAB", which is no condition of the analysis'),
        ((*CALL, "--model", "4"), "there is no model 4"),
        ((*CALL, "--pairs", "within"), "pairs within clusters need clusters"),
        (("evaluate", LIPSET, "--outcome", "SURVIVAL"), "a data file needs --conditions"),
        (("evaluate", LIPSET), "a data file needs --outcome and --conditions"),
        (("evaluate", "prosoft", "--theory", "EL"), "--theory is not asked of a study"),
        (("evaluate", "prosoft", "--pri", "0"), "--pri is not asked of a study"),
        ((*CALL, "--expect", "GNPCAP"), "expectations change only an intermediate solution"),
        ((*CALL, "--unscreened"), "--unscreened is asked of studies"),
        ((*CALL, *THEORY, "--part", "cases"), "--theory is not looked at by --part cases"),
        ((*CALL, *THEORY, "--part", "theory", "--top", "5"), "--top is about the choice of cases"),
    ],
)
def test_what_cannot_be_done_is_wrong_usage(arguments: tuple[object, ...], what: str, concausa: Run) -> None:
    answer = concausa(*arguments)
    assert answer.status == 2
    assert what in answer.err
    assert answer.out == ""


def test_an_equals_sign_within_a_quoted_name_parts_nothing(concausa: Run, tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a=b,Y\n1,1\n0,0\n", "utf-8")
    call = ("evaluate", path, "--outcome", "Y", "--conditions", "a=b", "--part", "theory", "--json")
    document = concausa(*call, "--theory", '"a=b"=written first').document
    assert document["theory"]["theories"] == [
        {"name": "", "expression": '"a=b"', "why": "written first", "source": ""}
    ]


def test_a_case_without_a_cluster_is_named(concausa: Run, tmp_path: Path) -> None:
    path = clustered(tmp_path)
    answer = concausa(
        "evaluate", path, "--outcome", "Y", "--conditions", "A,B", "--cases", "case", "--cluster", "region"
    )
    assert answer.status == 2
    assert '1 cases have no cluster in column "region"' in answer.err and "t" in answer.err


def test_a_study_is_held_against_its_own_claims(concausa: Run) -> None:
    document = concausa("evaluate", "prosoft", "--json").document
    assert {
        "study",
        "outcome",
        "cases",
        "conditions",
        "theories",
        "types",
        "left_out",
        "caveats",
        "files",
    } == set(document)
    (joint,) = [one for one in document["theories"] if one["claim"] == "K-jointly-sufficient"]
    assert joint["before_the_cases"] is False
    assert {case["readings"] for case in joint["cases"]} == {20}
