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


@pytest.mark.parametrize(
    ("more", "column", "asked"),
    [
        ('time = "2004"', "", ""),
        ('time = "2003/2004"', "", ""),
        ('time = "2009"\npick = "latest"', "", ""),
        ('time = "2009"', "time", "2009"),
        ('time = "2004/2009"', "time", "2004/2009"),
        ('time = "2001"\npick = "latest"', "time", "2001"),
        ('time = "2004"\nsince = "1999"', "since", "1999"),
    ],
)
def test_a_time_that_the_series_lacks_is_an_error_with_its_line(
    folder: Path, more: str, column: str, asked: str
) -> None:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "grain.csv").write_text(
        "unit,year,grain\nNOR,2003,4\nNOR,2004,5\nXXX,2009,7\n", "utf-8"
    )
    source = Study.load(folder).sources[0].id
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[series]]\nid = "grain_in"\nlabel = "Grain"\nfile = "data/grain.csv"\nvalue = "grain"\n'
            'time = "year"\nunit = "unit"\nunit_code = "id"\nmeasured_in = "t"\n'
            f'source = "{source}"\n'
            '\n[[covariates]]\nid = "grain"\nlabel = "Grain"\nkind = "numeric"\nrole = "match"\nseries = "grain_in"\n'
            f"{more}\n"
        )
    found = [problem for problem in check(folder) if problem.severity == "error"]
    if not column:
        assert found == [], found
        return
    (problem,) = found
    assert (problem.file, problem.column) == ("study.toml", column)
    assert problem.line > 0
    assert problem.what == f"grain_in has no value for any unit at {asked!r}"
    assert problem.fix == "it has 2003, 2004"
