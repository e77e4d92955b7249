"""Covariates are checked at the door: one origin, units and facts that exist, and what their kind needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.study.checker import check
from concausa.study.study import Study

COVARIATE = """
[[covariates]]
id = "money"
label = "Money drawn"
kind = "numeric"
role = "match"
values = ["NOR=nor_funds_1"]
measured_in = "million crown"
"""


@pytest.fixture
def declared(folder: Path) -> Path:
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(COVARIATE)
    return folder


def errors(folder: Path) -> list[tuple[str, str, str]]:
    found = (problem for problem in check(folder) if problem.severity == "error")
    return [(problem.column, problem.what, problem.fix) for problem in found]


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "study.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_covariate_is_no_error_and_is_kept_to_the_byte(declared: Path) -> None:
    assert errors(declared) == []
    before = (declared / "study.toml").read_bytes()
    Study.load(declared).save()
    assert (declared / "study.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'values = ["NOR=nor_funds_1"]\nmeasured_in = "million crown"\n',
            "",
            (
                "series",
                "a covariate takes its values either from values or from a series",
                "set one of the two",
            ),
        ),
        (
            'values = ["NOR=nor_funds_1"]\nmeasured_in',
            'values = ["NOR=nor_fund_1"]\nmeasured_in',
            ("values", "there is no fact 'nor_fund_1'", "did you mean nor_funds_1?"),
        ),
        (
            'values = ["NOR=nor_funds_1"]\nmeasured_in',
            'values = ["NRO=nor_funds_1"]\nmeasured_in',
            ("values", "there is no unit 'NRO'", "did you mean NOR?"),
        ),
        (
            'kind = "numeric"\nrole',
            'kind = "ordinal"\nrole',
            (
                "levels",
                "an ordinal covariate needs its levels in rising order",
                'write levels = ["low", "high"], or another kind',
            ),
        ),
        (
            'kind = "numeric"\nrole',
            'kind = "number"\nrole',
            (
                "kind",
                "'number' is not one of the words allowed here",
                "one of numeric, log, ordinal, binary, category",
            ),
        ),
    ],
)
def test_a_covariate_that_cannot_be_read_is_an_error(
    declared: Path, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    spoil(declared, old, new)
    column, what, fix = errors(declared)[0]
    assert (column, what) == expected[:2]
    if column != "kind":
        assert fix == expected[2]
