"""Rivals in the report: the matrix of verdicts, contrasts, months, and what the study writes otherwise."""

from __future__ import annotations

import pytest
from tests.small import small

from concausa.core.table import Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.rivals import rivals
from concausa.report.language import Language
from concausa.study.study import Study

EN, ES = Language("en"), Language("es")


@pytest.fixture(scope="module")
def study() -> Study:
    return Study.load("prosoft").public()


@pytest.fixture(scope="module")
def exhibit(study: Study) -> Exhibit:
    found = rivals(study, EN)
    assert found is not None
    return found


def table(exhibit: Exhibit, name: str) -> Table:
    (found,) = (one for one in exhibit.tables if one.name == name)
    return found


def row(found: Table, id: str) -> dict[str, str]:
    (cells,) = (one for one in found if one["rival"].data == id)
    return {key: cell.text for key, cell in cells.items()}


def test_the_matrix_has_a_row_for_what_was_observed_each_rival_and_each_rule(
    exhibit: Exhibit, study: Study
) -> None:
    found = table(exhibit, "rivals-verdicts")
    assert len(found) == 1 + len(study.rivals) + len(study.rules)
    first = next(iter(found))
    assert first["NL-1"].data == ["moderate", "maximum"]
    # Puebla's second period, 10 ways to tell benefits x 2 x 2 coded levels: as coded, 2 of 4 at the minimum; funds in
    # all and by year, 13.1 % of the most: minimum under the cuts at 33 % and 25 %, 4 x 4; per firm 1.7 of 5.5, 30.9 %:
    # under the cut at 33 %, 4. In its first: 2; 13.5 and 16.3 %, 4 x 4; per firm 2.3 of 5.5, 41.8 %: never.
    assert row(found, "R-border") == {
        "rival": "Border and location",
        "NL-1": "[*] high: fits in 36 of 40 worlds; does not discriminate in 4",
        "NL-2": "[+] high: fits",
        "PUE-1": "[*] low: does not discriminate in 22 of 40 worlds; fits in 18",
        "PUE-2": "[*] low: fits in 22 of 40 worlds; does not discriminate in 18",
        "overall": "[+] fits (where it fits: in 2 to 4 of 4 cells and 2 of 2 to 3 differences)",
        "cells": "2 to 4 / 0 / 4",
        "contrasts": "3 to 4 / 0 / 4",
        "differences": "2 / 0 to 1 / 2 to 3",
        "text": "fails: it does so here in no world",
    }
    assert any(note.startswith("Judged alike is not tested alike.") for note in found.notes)


def test_marks_are_told_beside_the_words_so_that_colour_says_nothing_alone(exhibit: Exhibit) -> None:
    found = table(exhibit, "rivals-verdicts")
    for cells in list(found)[1:]:
        for key, cell in cells.items():
            if key in ("NL-1", "NL-2", "PUE-1", "PUE-2", "overall"):
                assert cell.text[0] + cell.text[2] + cell.text[3] == "[] "
                assert cell.text[1] in "+-±=~?.*"
                assert cell.data["verdict"]


def test_the_numbers_of_the_chart_stand_in_the_table_of_months(exhibit: Exhibit) -> None:
    (chart,) = exhibit.charts
    found = table(exhibit, "rivals-months")
    (bars,) = (layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "rect")
    said = sorted(bar["said"].partition(", ")[2] for bar in bars["data"]["values"])
    assert said == sorted(
        f"{cells['from'].text} – {cells['to'].text}: {cells['expects'].text}" for cells in found
    )
    assert sum(cells["months"].data for cells in found) == 3 * 4 * 96  # three rivals, four cases of 96 months


def test_contrasts_name_cases_windows_and_what_they_turn_on(exhibit: Exhibit) -> None:
    found = [
        [cell.text for cell in cells.values()]
        for cells in table(exhibit, "rivals-contrasts")
        if cells["rival"].text == "Endowment for innovation"
    ]
    assert found[-1] == [
        "Endowment for innovation",
        "NL : PUE, funds of 2010 to 2015",
        "below",
        "[*] fails in 80 of 160 worlds; fits in 40; does not discriminate in 40",
        "what measures Endowment for innovation",
    ]


def test_what_is_written_otherwise_than_recorded_is_listed(exhibit: Exhibit) -> None:
    assert [[cell.text for cell in cells.values()][1:] for cells in table(exhibit, "rivals-otherwise")] == [
        ["NL-1", "2003-10 to 2003-12", "3", "low", "silent"],
        ["NL-1", "2003-10 to 2003-12", "3", "low", "silent"],
        ["NL-1", "2004-01 to 2005-01", "13", "low", "higher"],
        ["NL-2", "2011-02 to 2015-09", "56", "high", "lower"],
    ]


def test_spanish_says_the_same(study: Study, exhibit: Exhibit) -> None:
    other = rivals(study, ES)
    assert other is not None
    assert [len(one) for one in other.tables] == [len(one) for one in exhibit.tables]
    found = row(table(other, "rivals-verdicts"), "R-border")
    assert found["NL-2"] == "[+] alto: concuerda"
    assert found["text"] == "falla: así no es aquí en ningún mundo"


def test_a_study_whose_rivals_never_change_inside_a_period_has_no_strips() -> None:
    plain = small().replace(predictions=small().predictions[:1])
    found = rivals(plain, EN)
    assert found is not None
    assert found.charts == ()
    assert [one.name for one in found.tables][:2] == ["rivals-verdicts", "rivals-contrasts"]


def test_a_study_without_an_outcome_keeps_its_predictions() -> None:
    import dataclasses

    bare = small().replace(settings=dataclasses.replace(small().settings, outcome=""))
    found = rivals(bare, EN)
    assert found is not None
    assert [one.name for one in found.tables] == ["rivals-matrix", "rivals", "predictions"]
