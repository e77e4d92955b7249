"""``concausa qca``: from a data file to its truth table and solutions."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

LIPSET = Path(__file__).parents[1] / "gold" / "data" / "Lipset_cs.csv"
CONDITIONS = "GNPCAP,URBANIZA,LITERACY,INDLAB,GOVSTAB"
CALL = ("qca", LIPSET, "--outcome", "SURVIVAL", "--conditions", CONDITIONS, "--cases", "CASEID")


def data(folder: Path, *lines: str) -> Path:
    path = folder / "data.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_the_document_has_the_keys_that_programs_rely_on(concausa: Run) -> None:
    document = concausa(*CALL, "--json").document
    rows = document["truth_table"]
    assert {row["outcome"] for row in rows} == {"1", "0"}
    (first,) = [row for row in rows if "BEL" in row["cases"]]
    # Belgium, Czechoslovakia, the Netherlands and the United Kingdom: all five present, all survived.
    assert first["configuration"] == dict.fromkeys(CONDITIONS.split(","), 1)
    assert (first["n"], first["consistency"], first["pri"], first["outcome"]) == (4, 1.0, 1.0, "1")
    assert set(document["solutions"]) == {"conservative", "parsimonious", "intermediate"}
    for kind, solution in document["solutions"].items():
        assert solution["n_models"] == len(solution["models"]) == 1
        for model in solution["models"]:
            assert {"expression", "terms", "consistency", "pri", "coverage"} <= set(model)
            for term in model["terms"]:
                assert {
                    "expression", "consistency", "pri", "coverage", "unique_coverage", "cases",
                } <= set(term)  # fmt: skip
        assert document["prime_implicants"][kind] == solution["prime_implicants"]


def test_lipset_has_the_solutions_of_the_textbook(concausa: Run) -> None:
    # Rihoux & De Meur (2009), in Rihoux & Ragin, Configurational Comparative Methods, ch. 3.
    solutions = concausa(*CALL, "--json").document["solutions"]
    models = {kind: solution["models"][0]["expression"] for kind, solution in solutions.items()}
    assert models["parsimonious"] == "GNPCAP*GOVSTAB"
    assert set(models["conservative"].split(" + ")) == {
        "GNPCAP*LITERACY*INDLAB*GOVSTAB",
        "GNPCAP*~URBANIZA*LITERACY*GOVSTAB",
    }
    assert models["intermediate"] == models["conservative"]


def test_expectations_lead_from_the_conservative_to_the_intermediate_solution(concausa: Run) -> None:
    # All five expected present: ~URBANIZA is contrary to expectation, so that it may go; INDLAB may not.
    answer = concausa(*CALL, "--solution", "intermediate", "--expect", CONDITIONS, "--json")
    (model,) = answer.document["solutions"]["intermediate"]["models"]
    assert model["expression"] == "GNPCAP*LITERACY*GOVSTAB"


def test_the_negated_outcome_is_explained_on_its_own(concausa: Run) -> None:
    document = concausa(
        "qca", LIPSET, "--outcome", "~SURVIVAL", "--conditions", CONDITIONS, "--json"
    ).document
    assert document["outcome"] == "~SURVIVAL"
    # GNPCAP*GOVSTAB is the parsimonious account of survival, so breakdown has either absent.
    models = {
        frozenset(model["expression"].split(" + "))
        for model in document["solutions"]["parsimonious"]["models"]
    }
    assert frozenset({"~GNPCAP", "~GOVSTAB"}) in models


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_what_is_printed_fits_the_terminal(
    columns: str, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = concausa(*CALL)
    assert answer.status == 0
    assert [line for line in answer.out.splitlines() if len(line) > max(80, int(columns))] == []
    assert "BEL, CZE, NET, UK" in " ".join(answer.out.split())


def test_equally_good_models_are_all_printed_and_counted(concausa: Run, tmp_path: Path) -> None:
    # 11 and 00 positive, nothing else seen but 0-1 negative: A, or ~B, accounts for each with two choices.
    path = data(tmp_path, "A,B,C,Y", "1,1,0,1", "0,0,1,1", "0,1,1,0", "1,0,0,0")
    answer = concausa("qca", path, "--outcome", "Y", "--conditions", "A,B,C", "--solution", "parsimonious")
    assert "model 1 of" in answer.out
    assert "the data cannot tell them apart" in " ".join(answer.out.split())


def test_tables_figures_and_a_script_for_r_are_written(concausa: Run, tmp_path: Path) -> None:
    out = tmp_path / "results"
    answer = concausa(*CALL, "--out", out, "--json")
    assert sorted(answer.document["files"]) == sorted(
        path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()
    )
    with (out / "tables" / "truth-table.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.DictReader(handle))) == len(answer.document["truth_table"])
    assert json.loads((out / "results.json").read_text("utf-8"))["outcome"] == "SURVIVAL"
    assert "library(QCA)" in (out / "analysis.R").read_text("utf-8")
    assert "core" in (out / "figures" / "captions.md").read_text("utf-8")
    assert concausa(*CALL, "--out", out).status == 0
    (out / "analysis.R").write_text("# my own notes")
    again = concausa(*CALL, "--out", out)
    assert (again.status, (out / "analysis.R").read_text("utf-8")) == (1, "# my own notes")
    assert "analysis.R would be overwritten" in again.err


def refused(answer: Any) -> tuple[int, str]:
    assert "solution for" not in answer.out
    return answer.status, answer.err.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (("--outcome", "SURVIVL"), 2, 'UnknownNameError: the data have no column "SURVIVL"'),
        (("--consistency", "80"), 2, "OptionError: the cut-off consistency is a share above 0 to 1"),
        (
            ("--frequency", "0"),
            2,
            "OptionError: the frequency cut-off is a whole number of cases, at least 1",
        ),
        (("--expect", "GNPCP"), 2, "UnknownNameError"),
        (("--exclude", "GNPCAP*("), 1, "ExpressionError"),
        (("--solution", "complex"), 2, "UsageError"),
    ],
)
def test_a_wrong_option_is_refused_before_any_solution_is_shown(
    options: tuple[str, ...], status: int, message: str, concausa: Run
) -> None:
    found, first = refused(concausa(*CALL, *options))
    assert found == status
    assert first.startswith(message)


def test_missing_values_matter_only_in_the_columns_that_are_used(concausa: Run, tmp_path: Path) -> None:
    path = data(tmp_path, "A,B,Y", "1,,1", "0,1,0")
    assert concausa("qca", path, "--outcome", "Y", "--conditions", "A").status == 0
    status, first = refused(concausa("qca", path, "--outcome", "Y", "--conditions", "A,B"))
    assert (status, first) == (1, 'DataError: column "B" has missing values')


def test_names_of_any_script_with_spaces_and_commas_are_read(concausa: Run, tmp_path: Path) -> None:
    path = data(tmp_path, 'caso,"Año, fin",Ärger über,結果', "uno,1,0,1", "dos,0,1,0")
    answer = concausa(
        "qca", path, "--outcome", "結果", "--conditions", 'Ärger über,"Año, fin"', "--cases", "caso", "--json"
    )
    assert answer.document["conditions"] == ["Ärger über", "Año, fin"]
    expressions = {model["expression"] for model in answer.document["solutions"]["parsimonious"]["models"]}
    assert expressions == {'"Año, fin"', '~"Ärger über"'}


def test_without_a_positive_row_the_truth_table_is_shown_and_the_reason(concausa: Run) -> None:
    answer = concausa(*CALL, "--frequency", "99")
    assert answer.status == 1
    assert answer.out.startswith("Truth table for SURVIVAL")
    assert answer.err.startswith("DataError: no row")


def test_an_exclusion_carries_its_reason(concausa: Run) -> None:
    answer = concausa(*CALL, "--exclude", "GNPCAP*~LITERACY=no such country", "--json")
    (excluded,) = answer.document["solutions"]["parsimonious"]["excluded"]
    assert excluded["reason"] == "no such country"
    # Parsimonious needs only wealth and stability; without the illiterate rich, literacy comes in.
    expressions = [model["expression"] for model in answer.document["solutions"]["parsimonious"]["models"]]
    assert "GNPCAP*LITERACY*GOVSTAB" in expressions


def test_categories_that_no_case_has_may_be_declared(concausa: Run, tmp_path: Path) -> None:
    path = data(tmp_path, "A,Y", "0,0", "2,1", "2,1")
    call = ("qca", path, "--outcome", "Y", "--conditions", "A")
    assert concausa(*call).err.startswith('DataError: the codes of column "A" have a gap')
    assert concausa(*call, "--levels", "A=3").status == 0
    assert concausa(*call, "--levels", "A").err.startswith("OptionError: 'A' is no number of categories")


def test_expectations_for_a_conservative_solution_are_checked_and_said_to_play_no_part(concausa: Run) -> None:
    alone = (*CALL, "--solution", "conservative")
    assert "expectations play no part" in " ".join(concausa(*alone, "--expect", "GNPCAP").out.split())
    assert "expectations play no part" not in concausa(*CALL, "--expect", "GNPCAP").out
    assert concausa(*alone, "--expect", "GNPCP").err.startswith("UnknownNameError")


def test_every_analysis_is_logged_before_it_runs_and_when_it_has_ended(concausa: Run, tmp_path: Path) -> None:
    log = tmp_path / "analyses.log"
    concausa(*CALL, "--log", log)
    concausa(*CALL, "--consistency", "0.9", "--solution", "parsimonious", "--log", log)
    assert concausa(*CALL, "--frequency", "9", "--solution", "parsimonious", "--log", log).status == 1
    shown = concausa("robustness", "--show-log", log, "--json").document
    assert [run["state"] for run in shown["runs"]] == ["ended"] * 4 + ["failed"]
    assert [run["settings"]["solution"] for run in shown["runs"]][:3] == [
        "conservative", "parsimonious", "intermediate"
    ]  # fmt: skip
    assert shown["runs"][3]["changed"]["cutoffs.consistency"] == [0.8, 0.9]
    counted = {one["models"]: (one["runs"], one["analyses"]) for one in shown["formulas"]}
    assert counted["GNPCAP*GOVSTAB"] == (2, 2)
    assert shown["runs"][4]["result"]["reason"].startswith("no row of the truth table is positive")
    assert "BEL" not in log.read_text("utf-8")
