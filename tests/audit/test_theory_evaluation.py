"""A study's claims of sufficiency against its solutions over every reading, and cases after a model."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path

import pytest

from concausa.audit.case_frame import case_frame
from concausa.audit.case_studies_after import case_studies_after
from concausa.audit.configurations import SOLUTION_KINDS
from concausa.audit.study_theory import study_theories
from concausa.audit.theory_evaluation import StudyEvaluation, theory_evaluation
from concausa.audit.theory_evaluation_view import theories_table, types_table
from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table
from concausa.study.study import Study
from concausa.theory.claim import Claim


@cache
def prosoft() -> Study:
    return Study.load("prosoft")


@cache
def found() -> StudyEvaluation:
    made = theory_evaluation(prosoft())
    assert made is not None
    return made


def counts(claim: str, case: str, solution: str = "conservative") -> dict[str, int]:
    (one,) = [own for own in found().theories if own.theory.claim.id == claim]
    return dict(one.of(case, solution).counts)  # type: ignore[arg-type]


# Twenty readings for the maximum: four of the levels (two cells with two each) × five of the maps (linear; medium in,
# medium out, each crisp and fuzzy). T is EL*BQ*BC.


def test_the_case_that_theory_and_solution_agree_on_is_counted_reading_by_reading() -> None:
    # NL-1: leadership and cohesion are in throughout; quality is medium-high in two readings (ten settings, T holds)
    # and medium in two: in (4, T holds), out (4, T does not), on the crossover (2: no case has a row, no solution).
    assert counts("K-jointly-sufficient", "NL-1") == {
        "covered most likely": 14,
        "covered least likely": 4,
        "no solution": 2,
    }


def test_the_case_without_leadership_is_covered_without_being_expected() -> None:
    # NL-2: leadership is medium. In: 8, T holds. Out: 8, T does not; there its fuzzy row falls below the cut-off by the
    # levels of the headings, in two of them (see tests/studies), so that no solution covers it. Linear: 4, on the
    # crossover of theory and model in the two readings that have a row at all.
    assert counts("K-jointly-sufficient", "NL-2") == {
        "covered most likely": 8,
        "covered least likely": 6,
        "uncovered least likely": 2,
        "on a crossover": 2,
        "no solution": 2,
    }


def test_a_solution_that_leaves_no_condition_covers_cases_without_the_outcome() -> None:
    # with medium on the crossover NL-1 alone has a row: the parsimonious solution is 1, and Puebla is in it
    assert counts("K-jointly-sufficient", "PUE-1") == {"consistent least likely": 18, "no solution": 2}
    assert counts("K-jointly-sufficient", "PUE-1", "parsimonious")["inconsistent least likely"] == 2


def test_every_reading_is_counted_once() -> None:
    for one in found().theories:
        n = 20 if one.theory.threshold == "maximum" else 80
        assert {tally.n for tally in one.tallies} == {n}
    for typed in found().types:
        assert {tally.n for tally in typed.tallies} == {20 if typed.threshold == "maximum" else 80}


def test_case_types_follow_from_solution_and_outcome() -> None:
    (typed,) = [one for one in found().types if one.threshold == "maximum"]
    # the outcome is crisp and at its end: no member of a solution has more membership in it than in the outcome
    assert dict(typed.of("NL-1", "conservative").counts) == {"typical": 18, "no solution": 2}
    assert dict(typed.of("NL-2", "conservative").counts)["deviant in coverage"] == 2
    assert dict(typed.of("PUE-1", "parsimonious").counts)["deviant in consistency"] == 2


def test_claims_that_are_stated_after_the_cases_are_told() -> None:
    after = {one.theory.claim.id for one in found().theories if not one.theory.before}
    assert after == {"K-jointly-sufficient", "K-one-alone-limited", "K-veto-without-cohesion"}
    (caveat,) = [one for one in found().caveats if one.kind == "after-the-cases"]
    assert "K-jointly-sufficient" in str(caveat) and "K-at-least-moderate" not in str(caveat)


def test_what_so_few_cases_cannot_tell_is_told_first() -> None:
    assert [one.kind for one in found().caveats[:3]] == ["few-cases", "unseen-rows", "no-ranking"]
    assert str(found().caveats[0]).startswith("4 cases fill at most 3 of 8 rows")


def test_every_claim_of_sufficiency_is_a_theory_or_left_out_with_a_reason() -> None:
    told = {one.theory.claim.id for one in found().theories} | {claim.id for claim, _ in found().left_out}
    asked = {
        claim.id
        for claim in prosoft().claims
        if claim.kind in ("sufficient", "jointly sufficient", "typology") and claim.outcome.startswith("Y")
    }
    assert told == asked


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"when": "EL*BQ", "outcome": "Y=maximum"}, ("EL*BQ", "maximum", False)),
        ({"when": "EL", "outcome": "Y>=moderate"}, ("EL", "moderate", False)),
        ({"when": "EL", "outcome": "Y>moderate"}, ("EL", "maximum", False)),
        ({"when": "EL", "outcome": "Y<maximum"}, ("EL", "maximum", True)),
        ({"when": "EL", "outcome": "Y<=moderate"}, ("EL", "maximum", True)),
        ({"when": "EL", "outcome": "Y=minimum"}, ("EL", "moderate", True)),
        ({"when": "EL", "outcome": "~Y=minimum"}, ("EL", "moderate", False)),
        ({"when": "~EL", "under": "~BC", "outcome": "Y=minimum"}, ("~EL*~BC", "moderate", True)),
        ({"when": "EL", "outcome": "Y=moderate"}, "outcome"),
        ({"when": "EL", "outcome": "Y>=minimum"}, "outcome"),
        ({"when": "EL", "under": "INST>=young", "outcome": "Y=maximum"}, "under"),
        ({"when": "EL>=medium", "outcome": "Y=maximum"}, "levels"),
        ({"when": "EL*INST", "outcome": "Y=maximum"}, "conditions"),
        ({"when": "EL", "outcome": "Y=maximum", "cases": ("NL-1",)}, "cases"),
        ({"when": "EL", "outcome": "P=quiescent"}, None),
        ({"when": "", "outcome": "Y=maximum"}, None),
    ],
)
def test_a_claim_is_read_as_a_theory_of_an_outcome(fields: dict[str, object], expected: object) -> None:
    claim = Claim(id="K", text="…", kind="sufficient", **fields)  # type: ignore[arg-type]
    study = prosoft().replace(claims=(claim,))
    frame = case_frame(study)
    assert frame is not None
    theories, left = study_theories(study, frame)
    if isinstance(expected, tuple):
        assert [(one.expression, one.threshold, one.negated) for one in theories] == [expected]
    else:
        assert [reason for _, reason in left] == ([expected] if expected else [])
        assert not theories


def test_text_tables_and_data_hold_the_same() -> None:
    memo = found().memo(80)
    assert max(map(len, memo.splitlines())) <= 80
    assert "NL-1, every solution: covered most likely 14, covered least likely 4, no" in memo
    assert "Case types" not in found().memo(80, part="theory")
    rows = list(theories_table(found()))
    assert len(rows) == len(found().theories) * 4
    (row,) = [
        row for row in rows if (row["theory"].text, row["case"].text) == ("K-jointly-sufficient", "NL-1")
    ]
    assert row["conservative"].value == counts("K-jointly-sufficient", "NL-1")
    assert len(list(types_table(found()))) == 8
    data = found().data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert {tally["solution"] for tally in data["theories"][0]["cases"]} == set(SOLUTION_KINDS)


def test_a_study_without_an_analysis_has_no_evaluation() -> None:
    assert theory_evaluation(prosoft().replace(codings=())) is None


def test_the_page_on_the_configurations_prints_these_counts() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "prosoft-configurations.md"
    printed = re.findall(
        r"^\| ([A-Z]+-\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$",
        page.read_text("utf-8"),
        re.M,
    )
    labels = (
        "covered most likely",
        "covered least likely",
        "uncovered least likely",
        "consistent least likely",
        "on a crossover",
        "no solution",
    )
    assert len(printed) == 4
    for case, *numbers in printed:
        own = counts("K-jointly-sufficient", case)
        assert own == {label: int(n) for label, n in zip(labels, numbers, strict=True) if int(n)}


# --- Cases after a model -------------------------------------------------------------------------------

FRAME = {
    "A": [0.9, 0.7, 0.2, 0.3, 0.9, 0.1],
    "B": [0.8, 0.9, 0.9, 0.2, 0.5, 0.1],
    "Y": [0.9, 0.8, 0.1, 0.7, 0.2, 0.0],
}
MODEL = minimize(
    truth_table(FRAME, outcome="Y", conditions=["A", "B"], cases=list("pqrstu"), consistency=0.75)
).models[0]


def test_terms_conjuncts_and_rows_of_a_model_reach_the_choice_of_cases() -> None:
    ground = case_studies_after(MODEL).ground
    (term,) = ground.terms
    assert (term.expression, term.conjuncts) == ("A*B", ("A", "B"))
    assert term.parts.tolist() == [list(pair) for pair in zip(FRAME["A"], FRAME["B"], strict=True)]
    assert ground.rows == ("A*B", "A*B", "~A*B", "~A*~B", "", "~A*~B")
    # membership in one's own row: the least of A or ~A and B or ~B; t is on the crossover of B
    assert ground.row_memberships[:4].round(9).tolist() == [0.8, 0.7, 0.8, 0.7]
    assert ground.row_memberships[4] != ground.row_memberships[4]


def test_multi_value_conjuncts_are_named_by_their_value() -> None:
    frame = {"M": [2, 1, 0], "B": [1, 1, 0], "Y": [1, 0, 0]}
    model = minimize(truth_table(frame, outcome="Y", conditions=["M", "B"])).models[0]
    assert case_studies_after(model).ground.terms[0].conjuncts == ("M{2}", "B")


def test_a_term_without_conditions_has_typical_cases_and_no_conjunct() -> None:
    frame = {"A": [1, 0], "Y": [1, 1]}
    model = minimize(truth_table(frame, outcome="Y", conditions=["A"]), solution="parsimonious").models[0]
    found = case_studies_after(model)
    assert model.expression == "1"
    assert [one.case for one in found.of("typical", "1")] == ["1", "2"]
    assert found.design("typical with typical") == ()


def test_clusters_may_be_given_by_case() -> None:
    given = dict(zip("utsrqp", ["s", "n", "n", "s", "n", "s"], strict=True))
    assert case_studies_after(MODEL, clusters=given).ground.clusters == ("s", "n", "s", "n", "n", "s")


@pytest.mark.parametrize(
    ("clusters", "error", "what"),
    [
        ({"p": "n"}, DataError, "5 cases have no cluster"),
        (dict.fromkeys("pqrstux", "n"), UnknownNameError, "there is no case 'x'"),
        (["n"], DataError, "there are 1 clusters for 6 cases"),
    ],
)
def test_clusters_that_do_not_fit_are_refused(clusters: object, error: type[Exception], what: str) -> None:
    with pytest.raises(error, match=what):
        case_studies_after(MODEL, clusters=clusters)  # type: ignore[arg-type]


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(OptionError, match="case_studies_after has no option 'clustres'"):
        case_studies_after(MODEL, clustres=[])  # type: ignore[call-arg]


def test_results_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        found().outcome = "X"  # type: ignore[misc]
