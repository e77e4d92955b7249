"""The exhibit on units and periods: what each gives alone, and which orders of events the record decides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concausa.core.table import Link
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.panel import panel
from concausa.report.language import Language
from concausa.study.study import Study


@pytest.fixture(scope="module")
def study() -> Study:
    return Study.load("prosoft").public()


@pytest.fixture(scope="module")
def made(study: Study) -> Exhibit:
    found = panel(study, Language("en"))
    assert found is not None
    return found


def test_no_state_of_prosoft_has_a_solution_of_its_own_for_the_highest_level(made: Exhibit) -> None:
    rows = {row["cluster"].data: row for row in made.tables[0]}
    assert list(rows) == ["pooled", "1", "2", "NL", "PUE"]
    assert [rows[unit]["ran"].data[0] for unit in ("NL", "PUE")] == [0, 0]
    assert rows["NL"]["refused"].data[0]["reason"] == "every case has Y: nothing tells the cases apart"
    assert rows["PUE"]["refused"].data[0]["reason"] == "no case has Y: there is nothing to explain"
    assert rows["1"]["cases"].data == ["NL-1", "PUE-1"]


def test_the_page_on_configurations_prints_what_each_state_and_period_gives(made: Exhibit) -> None:
    page = Path(__file__).parents[2] / "docs" / "explanation" / "prosoft-configurations.md"
    lines = page.read_text("utf-8").splitlines()
    for row in list(made.tables[0])[1:]:
        ran, settings = row["ran"].data
        formulas = tuple((one["formula"], one["settings"]) for one in row["formulas"].data)
        column = "unit" if row["cluster"].data in ("NL", "PUE") else "period"
        assert f"{column} {row['cluster'].data} {ran}/{settings} {formulas}" in lines


def test_settings_with_and_without_a_solution_are_all_settings(made: Exhibit) -> None:
    for table in made.tables[:2]:
        for row in table:
            ran, settings = row["ran"].data
            assert ran + sum(one["settings"] for one in row["refused"].data) == settings


def test_orders_of_mechanisms_are_linked_to_the_events_that_they_rest_on(made: Exhibit) -> None:
    row = next(row for row in made.tables[-1] if (row["first"].data, row["second"].data) == ("M3", "M7"))
    assert [row[case].text for case in ("NL-1", "NL-2", "PUE-1", "PUE-2")] == ["1", "1", "0", "1"]
    assert Link("events", "E-PUE-2010-rebuke") in row["PUE-2"].links


def test_an_open_order_says_so_and_chooses_none(made: Exhibit) -> None:
    row = next(row for row in made.tables[-1] if (row["first"].data, row["second"].data) == ("M1", "M7"))
    assert (row["NL-1"].text, row["NL-1"].data["admitted"]) == ("open", ["1", "0"])
    assert row["PUE-2"].text == "–"


def test_in_spanish_it_says_the_same_of_the_same(study: Study, made: Exhibit) -> None:
    found = panel(study, Language("es"))
    assert found is not None
    assert [table.data()["rows"] for table in found.tables] == [table.data()["rows"] for table in made.tables]
    told = " ".join([found.title, found.intro, *(str(table) for table in found.tables)])
    assert not re.search(r"\b(every|nothing|the|which|settings|cut-offs)\b", told)


def test_without_coded_cases_there_is_none(study: Study) -> None:
    assert panel(study.replace(codings=()), Language("en")) is None
