"""The exhibits on case selection: what they show, what they link to, and what they do not say."""

from __future__ import annotations

import dataclasses
import json
from functools import cache

import pytest
from tests.report.test_charts import schema_check
from tests.small import bare, small

from concausa.core.table import Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.case_selection import case_selection
from concausa.report.exhibits.next_cases import next_cases
from concausa.report.language import Language
from concausa.study.study import Origin, Study


@cache
def prosoft() -> Study:
    return Study.load("prosoft").public()


@cache
def exhibit(code: str = "en") -> Exhibit:
    made = case_selection(prosoft(), Language(code))
    assert made is not None
    return made


def table(name: str, code: str = "en") -> Table:
    return next(one for one in exhibit(code).tables if one.name == name)


@pytest.mark.parametrize("study", [bare(), small()], ids=["bare", "small"])
def test_a_study_without_covariates_has_no_such_exhibit(study: Study) -> None:
    assert case_selection(study, Language("en")) is None
    assert next_cases(study, Language("en")) is None


def test_the_studied_pair_stands_below_the_closest_with_its_rank() -> None:
    last = table("selection-pairs").rows[-1]
    assert (last[0].data, last[1].text, last[1].tone) == (189, "Nuevo León, Puebla", "doubt")
    assert len(table("selection-pairs")) == 16


def test_every_unit_has_a_row_of_scores() -> None:
    assert [cell.data for cell in table("selection-scores").column("unit")] == [
        unit.id for unit in prosoft().units
    ]
    sized = {row["unit"].data: row["typical-it_growth"] for row in table("selection-scores")}
    assert sized["ZAC"].missing
    assert sized["JAL"].text == "1"


def test_printed_numbers_of_two_states_are_shown_and_measured_against_nothing() -> None:
    row = next(row for row in table("selection-profile-NL-PUE") if row["covariate"].data == "it_universities")
    assert (row["first"].data, row["second"].data) == (13.0, 45.0)
    assert row["after"].missing
    assert row["closer"].missing


def test_the_chart_shows_the_numbers_of_its_table() -> None:
    (chart,) = exhibit().charts
    numbers = table("selection-histogram-NL-PUE")
    for panel, head in zip(chart.spec["vconcat"], numbers.headings[1:], strict=True):
        values = panel["layer"][0]["data"]["values"]
        assert [row["sets"] for row in values] == [cell.data for cell in numbers.column(head.key)]
        assert sum(row["sets"] for row in values) <= 1023
        assert len({row["colour"] for row in values}) == 2


def test_every_link_leads_to_a_row_of_the_study() -> None:
    for one in exhibit().tables:
        for row in one:
            for cell in row.values():
                for link in cell.links:
                    prosoft().row(link.table, link.id)


def test_the_outcome_asked_of_is_said_not_to_be_the_outcome_explained() -> None:
    notes = " ".join(table("selection-types").notes)
    assert "not the outcome that the study explains" in notes
    assert "25 units, 12 coefficients" in notes


def test_spanish_tables_hold_the_same_values_in_other_words() -> None:
    for one, other in zip(exhibit("en").tables, exhibit("es").tables, strict=True):
        assert one.name == other.name
        assert [[cell.data for cell in row] for row in one.rows] == [
            [cell.data for cell in row] for row in other.rows
        ] or (one.name == "covariates")
    notes = " ".join(table("selection-pairs", "es").notes)
    assert "falta para BCS, CAM" in notes
    assert "missing" not in notes


def test_the_exhibit_is_plain_data() -> None:
    assert json.loads(json.dumps(exhibit().data(), default=str))["section"] == "cases"


@pytest.mark.parametrize("code", ["en", "es"])
def test_the_chart_is_vega_lite(code: str) -> None:
    (chart,) = exhibit(code).charts
    assert not list(schema_check().iter_errors(chart.spec))


def test_covariates_that_cannot_be_read_are_told_and_stop_no_report() -> None:
    broken = dataclasses.replace(prosoft(), origin=Origin())
    made = case_selection(broken, Language("en"))
    assert made is not None
    assert [one.name for one in made.tables] == ["selection-not-told", "covariates"]
    assert made.tables[0].rows[0][0].text == "covariates of a series need the study's folder"
    assert next_cases(broken, Language("en")) is None
