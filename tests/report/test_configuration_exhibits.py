"""The exhibits on configurations: what they show, what they link to, and when they stay away."""

from __future__ import annotations

import json

import pytest
from tests.small import bare, coding, small

from concausa.measurement.level_map import LevelMap
from concausa.report import catalogue
from concausa.report.exhibits.configured import configured
from concausa.report.exhibits.necessity import necessity
from concausa.report.exhibits.solutions import solutions
from concausa.report.exhibits.truth_tables import truth_tables
from concausa.report.exhibits.untested import untested
from concausa.report.language import Language
from concausa.study.scaffold import new
from concausa.study.study import Study
from concausa.theory.condition import Condition

EN, ES = Language("en"), Language("es")
MAKERS = (truth_tables, solutions, necessity, untested)
SECTION = ["truth-tables", "solutions", "necessity", "coincidence", "untested"]


@pytest.fixture(scope="module")
def study():
    return Study.load("prosoft")


def table(exhibit, name):
    return next(found for found in exhibit.tables if found.name == name)


def test_the_section_stands_after_the_typology(study):
    made = catalogue.exhibits(study.replace(dynamic_models=()), EN)
    order = list(dict.fromkeys(exhibit.section for exhibit in made))
    assert order.index("configurations") == order.index("typology") + 1
    assert [exhibit.id for exhibit in made if exhibit.section == "configurations"] == SECTION


def test_every_link_of_the_section_leads_to_a_row_of_the_report(study):
    made = catalogue.exhibits(study.replace(dynamic_models=()), EN)
    targets = {link for exhibit in made for item in exhibit.tables for link in item.row_ids if link}
    links = {
        link
        for exhibit in made
        if exhibit.section == "configurations"
        for item in exhibit.tables
        for cells in item.rows
        for cell in cells
        for link in cell.links
    }
    assert links
    assert links <= targets


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_both_languages_show_the_same_values(study, make):
    english, spanish = make(study, EN), make(study, ES)
    values = [[[cell.data for cell in row] for row in item.rows] for item in english.tables]
    for item, shown in zip(spanish.tables, values, strict=True):
        for row, known in zip(item.rows, shown, strict=True):
            for cell, value in zip(row, known, strict=True):
                if not isinstance(cell.data, str):
                    assert cell.data == value


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_what_is_shown_can_be_written_as_json(study, make):
    assert json.loads(json.dumps(make(study, EN).data(), allow_nan=False))


def test_a_case_on_the_crossover_is_shown_in_the_truth_table_that_it_has_no_row_in(study):
    # Linear, by the headings: only NL-1 has no medium level.
    found = table(truth_tables(study, EN), "truth-tables-1")
    ties = [
        row for row in found if row["under"].text == "linear (fuzzy), readings 1, 3" and row["in_EL"].missing
    ]
    assert [row["cases"].data for row in ties] == [["NL-2", "PUE-1", "PUE-2"]]


def test_a_row_that_does_not_follow_its_own_case_says_so(study):
    # Medium out, headings, fuzzy: .51 / .76 for the row of NL-2 (see tests/studies).
    found = table(truth_tables(study, EN), "truth-tables-1")
    (row,) = [
        row
        for row in found
        if row["under"].text == "medium-out (fuzzy), reading 1" and row["cases"].data == ["NL-2"]
    ]
    assert (row["outcome"].text, row["negated"].text, row["outcome"].tone) == ("0", "0", "doubt")
    assert "0.67" in row["why"].text and "NL-2 had the outcome" in row["why"].text


def test_all_models_that_the_cases_cannot_tell_apart_stand_in_one_cell(study):
    first = next(iter(table(solutions(study, EN), "solutions-1")))
    assert first["parsimonious"].data == ["EL", "BQ*BC"]
    assert first["parsimonious"].text == "EL or BQ*BC"
    assert first["parsimonious"].tone == "doubt"


def test_a_truth_table_without_rows_has_no_solution_and_says_none(study):
    empty = [row for row in table(solutions(study, EN), "solutions-1") if row["conservative"].data == []]
    assert {row["conservative"].text for row in empty} == {"none"}


def test_what_a_model_assumes_is_listed_apart_from_what_is_easy_to_believe(study):
    rows = list(table(solutions(study, EN), "solutions-models-1"))
    bc = next(row for row in rows if row["model"].text == "BC" and row["easy"].data)
    assert (bc["easy"].data, bc["difficult"].data) == (["EL*BQ*BC"], ["~EL*~BQ*BC"])


def test_a_necessary_condition_names_the_settings_under_which_it_is_one(study):
    rows = list(table(necessity(study, EN), "necessity-1"))
    leadership = next(row for row in rows if row["condition"].text == "EL")
    assert leadership["under"].text == "medium-in (crisp)"
    assert leadership["deviant"].data == ["NL-2"]


def test_a_claim_whose_row_nobody_fills_is_said_to_have_no_case(study):
    rows = list(table(untested(study, EN), "untested-claims"))
    cohesion = next(row for row in rows if row["claim"].text == "K-necessary-BC")
    assert (cohesion["row"].text, cohesion["for"].text, cohesion["against"].text) == (
        "EL*BQ*~BC",
        "none",
        "none",
    )


def test_chiapas_is_named_among_the_limits_with_what_it_lacks(study):
    rows = list(table(untested(study, EN), "untested-limits"))
    left = [row["finding"].data for row in rows if row["limit"].data == "left out"]
    assert left == [{"case": "CHP-1", "missing": ["EL"]}, {"case": "CHP-2", "missing": ["EL"]}]


def test_a_new_study_gets_its_own_section(tmp_path):
    new(tmp_path / "mine")
    made = catalogue.exhibits(Study.load(tmp_path / "mine"), EN)
    assert [exhibit.id for exhibit in made if exhibit.section == "configurations"] == SECTION


def test_a_study_without_outcome_or_conditions_has_no_section():
    for make in MAKERS:
        assert make(bare(), EN) is None


def test_without_level_maps_only_the_limits_remain_and_name_the_conditions():
    made = small().replace(level_maps=())
    assert [make(made, EN) for make in MAKERS[:3]] == [None, None, None]
    limits = untested(made, EN)
    assert "A, B" in limits.intro
    rows = list(table(limits, "untested-limits"))
    assert [row["finding"].data for row in rows if row["limit"].data == "unmapped"] == [["A"], ["B"]]


def test_without_a_complete_case_every_case_is_named_as_left_out():
    made = small().replace(codings=(coding("C1", "N-1", "A", "high"), coding("C2", "S-2", "B", "low")))
    limits = untested(made, EN)
    assert "No case has a level" in limits.intro
    found = [row["finding"].data for row in table(limits, "untested-limits")]
    assert {"case": "N-1", "missing": ["B", "Y"]} in found
    assert {"case": "S-2", "missing": ["A", "Y"]} in found


def test_many_expressions_are_cut_in_a_cell_and_the_rest_is_counted(study):
    made = configured(study, EN)
    assert made.listed([f"A{n}" for n in range(16)]).endswith("A15")
    assert made.listed([f"A{n}" for n in range(20)]).endswith("A15; and 4 more")


def test_a_condition_with_a_space_in_its_name_is_quoted_in_every_expression():
    conditions = tuple(
        Condition(id=name, label=name, role=role, levels=("low", "high"))
        for name, role in (("state capacity", "condition"), ("Y", "outcome"))
    )
    codings = (
        coding("C1", "N-1", "state capacity", "high"),
        coding("C2", "N-1", "Y", "high"),
        coding("C3", "S-2", "state capacity", "low"),
        coding("C4", "S-2", "Y", "low"),
    )
    maps = (LevelMap(id="m", label="m", points=("low=0", "high=1")),)
    made = small().replace(
        conditions=conditions, codings=codings, level_maps=maps, patterns=(), rules=(), claims=()
    )
    first = next(iter(table(solutions(made, EN), "solutions-1")))
    assert first["conservative"].data == ['"state capacity"']
