"""What the checker says of rivals' variables and of predictions that contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.study.checker import check
from concausa.study.scaffold import new

RIVAL = '\n[[rivals]]\nid = "R-x"\nlabel = "X"\nargument = "X does it."\n'


def problems(folder: Path, more: str, predictions: str = "") -> list[tuple[str, str, str, str]]:
    new(folder)
    text = (folder / "study.toml").read_text("utf-8")
    (folder / "study.toml").write_text(text + RIVAL + more, "utf-8")
    if predictions:
        (folder / "predictions.csv").write_text(predictions, "utf-8")
    found = [one for one in check(folder) if one.severity == "error"]
    return [(one.column, one.kind, one.what, one.fix) for one in found]


@pytest.mark.parametrize(
    ("more", "column", "kind", "what", "fix"),
    [
        (
            'predicts = ["aligned=high"]\n',
            "predicts",
            "wrong-form",
            "a rival without a variable has no predicts",
            "name the variable that it belongs to, or delete it",
        ),
        (
            'variable = "alignment"\npredicts = ["alined=high"]\n',
            "predicts",
            "wrong-form",
            "alignment is never 'alined'",
            "did you mean 'aligned'?",
        ),
        (
            'variable = "margin"\npredicts = ["smaller=higher"]\nmeasures = ["boats"]\n',
            "measures",
            "wrong-form",
            "a rival with the variable margin has no measures",
            "delete them",
        ),
        (
            'variable = "facts"\npredicts = ["smaller=higher"]\n',
            "measures",
            "missing-value",
            "a rival with the variable facts needs measures",
            "name measures of facts, such as it_firms",
        ),
        (
            'outcomes = ["lable"]\n',
            "outcomes",
            "dangling-reference",
            "the outcome is not measured by 'lable'",
            "did you mean label?",
        ),
    ],
)
def test_a_variable_that_cannot_be_used_is_an_error(
    more: str, column: str, kind: str, what: str, fix: str, tmp_path: Path
) -> None:
    assert (column, kind, what, fix) in problems(tmp_path / "study", more)


def test_predictions_that_contradict_each_other_in_some_day_are_an_error(tmp_path: Path) -> None:
    rows = "id,rival,unit,period,span,expects\nP1,R-x,NOR,1,,high\nP2,R-x,NOR,1,1900,low\n"
    found = problems(tmp_path / "study", "", rows)
    assert ("span", "contradictory-predictions") in [(column, kind) for column, kind, _, _ in found]
    assert ("span", "outside-period") in [(column, kind) for column, kind, _, _ in found]
    assert "P2 expects low where P1 expects high of the same case" in [what for _, _, what, _ in found]


def test_a_measure_that_is_missing_for_one_unit_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    new(folder)
    facts = (folder / "facts.csv").read_text("utf-8")
    (folder / "facts.csv").write_text(facts + "nor_deep,Depth,NOR,depth,,12,m,,,,,,\n", "utf-8")
    more = RIVAL + 'variable = "facts"\nmeasures = ["depth"]\npredicts = ["greater=higher"]\n'
    text = (folder / "study.toml").read_text("utf-8")
    (folder / "study.toml").write_text(text + more, "utf-8")
    assert ("measures", "no fact measures 'depth' for SUR") in [
        (one.column, one.what) for one in check(folder) if one.severity == "error"
    ]
