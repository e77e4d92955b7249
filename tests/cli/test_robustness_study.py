"""``concausa robustness STUDY``: the readings of a study as the test set."""

from __future__ import annotations

import pytest


def test_a_study_is_answered_with_what_stays_and_what_is_not_run(concausa):
    out = concausa("robustness", "prosoft").out
    assert "Y at maximum   intermediate  EL*BQ*BC       11/18  NL-1" in out
    assert "Monte Carlo: The study gives no interval" in out
    assert max(map(len, out.splitlines())) <= 80


def test_one_solution_is_told_in_full_and_handed_out(concausa, tmp_path):
    document = concausa(
        "robustness", "prosoft", "--solution", "intermediate", "-o", tmp_path / "out", "--json"
    ).document
    assert document["asked"]["readings"] == {"same": 11, "tested": 18, "silent": 2, "same_outcome": 0}
    assert "analysis.R" in document["files"]
    assert all((tmp_path / "out" / name).is_file() for name in document["files"])


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("prosoft", "--part", "null"), "--part goes with a data file or a protocol"),
        (("prosoft", "--level", "moderat"), "there is no intermediate solution for moderat"),
        (("prosof",), "there is no study 'prosof'"),
    ],
)
def test_what_a_study_cannot_be_asked_is_refused(concausa, arguments, what):
    answer = concausa("robustness", *arguments)
    assert answer.status != 0
    assert what in answer.err


def test_readings_in_which_the_outcome_never_varies_test_nothing(concausa):
    document = concausa("robustness", "prosoft", "--level", "moderate", "--json").document
    # Of 80 settings, 20 make both periods of Puebla moderate: every case has the outcome.
    assert document["asked"]["readings"]["tested"] == 54
    assert document["asked"]["readings"]["same_outcome"] == 18
    assert document["asked"]["readings"]["silent"] == 8


def test_a_study_that_is_given_columns_is_told_that_it_is_one(concausa):
    answer = concausa("evaluate", "prosoft", "--outcome", "Y", "--conditions", "A")
    assert "prosoft is a study, which brings its own columns" in answer.err
