"""The page on the Prosoft study's causal models: its numbers are those that come out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concausa.audit.case_answer import ranged
from concausa.audit.causal_cases import causal_answers, study_model
from concausa.study.study import Study

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "prosoft-causal-models.md").read_text(
    "utf-8"
)


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str, str], tuple[str, str]]:
    found = causal_answers(Study.load("prosoft"))
    return {(one.question, one.model, one.case): (ranged(one.prior), ranged(one.posterior)) for one in found}


def test_the_table_of_leadership_is_what_comes_out(told: dict[tuple[str, str, str], tuple[str, str]]) -> None:
    rows = re.findall(r"^\| ((?:NL|PUE)-\d) \| (.+) \|$", PAGE, re.M)
    assert [case for case, _ in rows] == ["NL-1", "NL-2", "PUE-1", "PUE-2"]
    for case, cells in rows:
        names = ("CM-core", "CM-free", "CM-light", "CM-council", "CM-mechanisms")
        core, free, light, *paths = (told["Q-leadership", model, case] for model in names)
        assert cells.split(" | ") == [*core, free[1], light[1], *paths[0], *paths[1]]
        assert free[0] == free[1]


def test_the_sentence_on_the_council_is_what_comes_out(
    told: dict[tuple[str, str, str], tuple[str, str]],
) -> None:
    before, after = told["Q-council", "CM-council", "NL-1"]
    assert f"has {before} before and {after} after the other" in PAGE


def test_the_table_of_models_tells_types_and_what_their_priors_are_worth() -> None:
    study = Study.load("prosoft")
    for id, types, worth in (
        ("CM-core", 20, 20),
        ("CM-free", 256, 256),
        ("CM-light", 20, 2),
        ("CM-council", 20, 20),
    ):
        model = study_model(study, id)
        assert (len(model.types["Y"]), model.priors["Y"].totals) == (types, (worth,))
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {id} |"))
        assert f"worth {worth} cases" in row


def test_the_rule_is_what_lets_data_settle_leadership() -> None:
    study = Study.load("prosoft")
    asked = ("Y[EL=1] != Y[EL=0]", "EL==1 & BQ==1 & BC==1 & Y==1")
    assert study_model(study, "CM-core").identified(*asked).is_identified
    assert not study_model(study, "CM-free").identified(*asked).is_identified
