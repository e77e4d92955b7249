"""Truth tables and solutions of the reference study, worked out by hand from its printed levels.

Levels (main text; "heading" is the part on the case, "cross-case" the comparison):

            EL      BQ, heading   BQ, cross-case   BC            Y
    NL-1    high    medium-high   medium           medium-high   maximum
    NL-2    medium  high          high             high          maximum
    PUE-1   low     medium        medium           low           minimum or moderate
    PUE-2   low     medium-low    low              medium        minimum or moderate

With medium in, NL-1 and NL-2 are in EL*BQ*BC, PUE-1 in ~EL*BQ*~BC, PUE-2 in ~EL*~BQ*BC, whatever the place.
With medium out, NL-2 is in ~EL*BQ*BC and both periods of Puebla in ~EL*~BQ*~BC; NL-1 is in EL*BQ*BC by the
headings and in EL*~BQ*BC by the comparison.
"""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from concausa.audit.alike import alike
from concausa.audit.configurations import SOLUTION_KINDS, Analysis, configurations
from concausa.audit.layouts import layouts, one_outcome_units, together, wanted
from concausa.study.study import Study


@pytest.fixture(scope="module")
def study():
    return Study.load("prosoft")


@pytest.fixture(scope="module")
def found(study):
    made = configurations(study)
    assert made is not None
    return made


#: Places of the readings: the headings come first, the comparison second.
HEADING, CROSS_CASE = 0, 1
MAXIMUM = 0


def models(analysis: Analysis, *, negated: bool = False) -> tuple[set[str], ...]:
    solved = analysis.negated_solutions if negated else analysis.solutions
    return tuple({model.expression for model in solved[kind].models} for kind in SOLUTION_KINDS)


def test_four_cases_enter_and_chiapas_is_left_out_because_the_text_gives_no_leadership(found):
    assert [case.id for case in found.frame.cases] == ["NL-1", "NL-2", "PUE-1", "PUE-2"]
    assert found.frame.conditions == ("EL", "BQ", "BC")
    assert {row.case.id: row.missing for row in found.frame.left_out} == {"CHP-1": ("EL",), "CHP-2": ("EL",)}


def test_the_papers_two_codings_are_the_first_two_readings(found):
    assert found.frame.open == (("NL-1", "BQ"), ("PUE-2", "BQ"))
    printed = {
        reading.places: tuple(reading.levels[key] for key in found.frame.open)
        for reading in found.frame.readings
    }
    assert printed["heading", "body"] == ("medium-high", "medium-low")
    assert printed["assessment", "cross-case"] == ("medium", "low")
    assert found.frame.readings[HEADING].places == ("heading", "body")
    assert found.frame.readings[CROSS_CASE].places == ("assessment", "cross-case")
    assert len(found.frame.readings) == found.frame.n_readings == 4


def test_theory_expects_each_of_the_three_to_help(found):
    # The synergistic corner is BQ*BC, and the rule of the hypothesis asks for EL*BQ*BC at maximum.
    assert {row.condition: row.value for row in found.expected} == {"EL": 1, "BQ": 1, "BC": 1}


# The rows, by hand from the levels above: row, cases, outcome at maximum.
A = {(1, 1, 1): ("NL-1", "NL-2"), (0, 1, 0): ("PUE-1",), (0, 0, 1): ("PUE-2",)}
B = {(1, 1, 1): ("NL-1",), (0, 1, 1): ("NL-2",), (0, 0, 0): ("PUE-1", "PUE-2")}
C = {(1, 0, 1): ("NL-1",), (0, 1, 1): ("NL-2",), (0, 0, 0): ("PUE-1", "PUE-2")}


@pytest.mark.parametrize(
    ("level_map", "reading", "rows"),
    [
        ("medium-in", HEADING, A),
        ("medium-in", CROSS_CASE, A),
        ("medium-out", HEADING, B),
        ("medium-out", CROSS_CASE, C),
    ],
)
@pytest.mark.parametrize("scale", ["crisp", "fuzzy"])
def test_each_case_fills_the_row_that_its_levels_give(found, level_map, reading, scale, rows):
    table = found.setting(level_map=level_map, reading=reading, scale=scale, outcome=MAXIMUM).table
    assert {row.configuration: row.cases for row in table.rows} == rows


# Prime implicants by hand.
# A: 111 leads to it; 010 and 001 do not. Missed by both: EL; missed by one each: BQ (001), BC (010). So EL, or
#    BQ*BC. Neither may drop a literal by theory alone, as ~BQ or ~EL would have to help.
# B: 111 and 011 against 000: they share BQ*BC; either BQ or BC keeps 000 out.
# C: 101 and 011 against 000: two rows that share BC alone. From EL*~BQ*BC theory lets ~BQ go, from ~EL*BQ*BC ~EL.
# Negated, A: ~EL keeps 111 out; from 010 theory lets BQ go, from 001 BC. B: 000 against 111 and 011: ~BQ or ~BC.
# C: 000 against 101 and 011: ~BC alone, or ~EL with ~BQ.
@pytest.mark.parametrize(
    ("level_map", "reading", "outcome", "negation"),
    [
        (
            "medium-in",
            HEADING,
            ({"EL*BQ*BC"}, {"EL", "BQ*BC"}, {"EL*BQ*BC"}),
            ({"~EL*BQ*~BC + ~EL*~BQ*BC"}, {"~EL"}, {"~EL*~BQ + ~EL*~BC"}),
        ),
        (
            "medium-in",
            CROSS_CASE,
            ({"EL*BQ*BC"}, {"EL", "BQ*BC"}, {"EL*BQ*BC"}),
            ({"~EL*BQ*~BC + ~EL*~BQ*BC"}, {"~EL"}, {"~EL*~BQ + ~EL*~BC"}),
        ),
        (
            "medium-out",
            HEADING,
            ({"BQ*BC"}, {"BQ", "BC"}, {"BQ*BC"}),
            ({"~EL*~BQ*~BC"}, {"~BQ", "~BC"}, {"~EL*~BQ*~BC"}),
        ),
        (
            "medium-out",
            CROSS_CASE,
            ({"EL*~BQ*BC + ~EL*BQ*BC"}, {"BC"}, {"EL*BC + BQ*BC"}),
            ({"~EL*~BQ*~BC"}, {"~BC", "~EL*~BQ"}, {"~EL*~BQ*~BC"}),
        ),
    ],
)
def test_the_three_solutions_of_the_crisp_tables(found, level_map, reading, outcome, negation):
    analysis = found.setting(level_map=level_map, reading=reading, scale="crisp", outcome=MAXIMUM)
    assert models(analysis) == outcome
    assert models(analysis, negated=True) == negation


def test_fuzzy_memberships_turn_a_row_of_the_headings_down_though_its_case_had_the_outcome(found):
    # Medium out, headings: ~EL*BQ*BC holds NL-2 by min(.51, 1, 1) = .51 and PUE-2 by min(1, .25, .49) = .25, so
    # that .51 / .76 = .671 is below .8. By the comparison PUE-2 has BQ low, no membership, and the row holds.
    by_heading = found.setting(level_map="medium-out", reading=HEADING, scale="fuzzy", outcome=MAXIMUM)
    row = by_heading.table.row("~EL*BQ*BC")
    assert row.consistency == pytest.approx(0.51 / 0.76)
    assert (row.outcome, row.cases) == ("0", ("NL-2",))
    assert models(by_heading)[0] == {"EL*BQ*BC"}
    by_comparison = found.setting(level_map="medium-out", reading=CROSS_CASE, scale="fuzzy", outcome=MAXIMUM)
    assert by_comparison.table.row("~EL*BQ*BC").consistency == pytest.approx(1.0)


def test_simplifying_assumptions_are_named_and_told_easy_from_difficult(found):
    # EL alone takes in every row with EL that nobody fills; each lacks a condition that theory expects to help.
    analysis = found.setting(level_map="medium-in", reading=HEADING, scale="crisp", outcome=MAXIMUM)
    by_text = {model.expression: model for model in analysis.solutions["parsimonious"].models}
    assert {(row.expression, row.easy) for row in by_text["EL"].assumptions} == {
        ("EL*BQ*~BC", False),
        ("EL*~BQ*BC", False),
        ("EL*~BQ*~BC", False),
    }
    assert {row.expression for row in by_text["BQ*BC"].assumptions} == {"~EL*BQ*BC"}


def test_with_medium_on_the_line_most_cases_belong_to_no_row_and_none_is_dropped(found):
    # Linear: NL-2's leadership, PUE-1's quality and PUE-2's cohesion are medium; by the comparison NL-1's quality too.
    by_heading = found.setting(level_map="linear", reading=HEADING, outcome=MAXIMUM)
    assert {tie.case for tie in by_heading.table.ties} == {"NL-2", "PUE-1", "PUE-2"}
    assert len(by_heading.table.data.cases) == 4
    assert models(by_heading)[1] == {"1"}, "no row speaks against the outcome"
    assert found.setting(level_map="linear", reading=CROSS_CASE, outcome=MAXIMUM).table is None
    assert ("linear", "crisp") not in found.choices


def test_pueblas_open_outcome_is_read_each_way(found):
    of_moderate = {row.cases for row in found.frame.outcome_sets if row.threshold == "moderate"}
    nl = ("NL-1", "NL-2")
    assert of_moderate == {nl, (*nl, "PUE-1"), (*nl, "PUE-2"), (*nl, "PUE-1", "PUE-2")}
    # All at least moderate: nobody is without it, so its negation has no solution.
    everybody = [analysis for analysis in found.analyses if len(analysis.members) == 4]
    assert everybody
    assert not any(analysis.negated_solutions for analysis in everybody)


def test_puebla_in_one_row_with_two_outcomes_is_a_contradiction(found):
    # Medium out puts both periods of Puebla into ~EL*~BQ*~BC; read one as moderate and one as minimum.
    number = next(
        place for place, row in enumerate(found.frame.outcome_sets) if row.cases == ("NL-1", "NL-2", "PUE-1")
    )
    table = found.setting(level_map="medium-out", reading=HEADING, scale="crisp", outcome=number).table
    (row,) = table.contradictions
    assert (row.expression, row.consistency, row.outcome) == ("~EL*~BQ*~BC", 0.5, "0")


@pytest.mark.parametrize(
    ("level_map", "reading", "consistency", "relevance"),
    [
        # Crisp. Medium in: all three are in wherever the outcome is; BQ and BC hold for one more case each, so
        # relevance is (4 - 3) / (4 - 2) = .5. Medium out: EL misses NL-2; by the comparison BQ misses NL-1.
        ("medium-in", HEADING, {"EL": 1, "BQ": 1, "BC": 1}, {"EL": 1, "BQ": 0.5, "BC": 0.5}),
        ("medium-out", HEADING, {"EL": 0.5, "BQ": 1, "BC": 1}, {"EL": 1, "BQ": 1, "BC": 1}),
        ("medium-out", CROSS_CASE, {"EL": 0.5, "BQ": 0.5, "BC": 1}, {"EL": 1, "BQ": 1, "BC": 1}),
    ],
)
def test_what_is_necessary_for_the_maximum_depends_on_medium_and_on_the_place(
    found, level_map, reading, consistency, relevance
):
    analysis = found.setting(level_map=level_map, reading=reading, scale="crisp", outcome=MAXIMUM)
    rows = {name: analysis.necessity.row(name) for name in ("EL", "BQ", "BC")}
    assert {name: row.consistency for name, row in rows.items()} == consistency
    assert {name: row.relevance for name, row in rows.items()} == pytest.approx(relevance)


def test_no_case_could_show_that_cohesion_is_necessary_or_that_leadership_alone_is_too_little(study, found):
    # They ask for EL*BQ*~BC and EL*~BQ*~BC, and no case with EL lacks BC under any reading.
    by_id = {(item.claim.id, item.conditions): item for item in wanted(study, found)}
    for claim, name in (("K-necessary-BC", "BC"), ("K-insufficient-EL", "EL")):
        item = by_id[claim, (name,)]
        assert {item.verdict(layout, ("NL-1", "NL-2")) for layout in layouts(found)} == {"not observed"}


def test_nuevo_leon_in_its_second_period_speaks_against_necessary_leadership_once_medium_is_out(study, found):
    item = next(item for item in wanted(study, found) if item.claim.id == "K-necessary-EL")
    assert item.row == (0, 1, 1)
    against = {
        (setting.level_map, setting.reading)
        for layout in layouts(found)
        if item.verdict(layout, ("NL-1", "NL-2")) == "against"
        for setting in layout.settings
    }
    assert against == {("medium-out", place) for place in range(4)}


def test_with_medium_in_leadership_is_the_outcome_and_the_state(found):
    analysis = found.setting(level_map="medium-in", reading=HEADING, scale="crisp", outcome=MAXIMUM)
    assert [(pair.one, pair.other) for pair in together(analysis, "Y")] == [("EL", "Y")]
    assert one_outcome_units(found, analysis) == ("NL", "PUE")


def test_with_medium_out_by_the_headings_quality_and_cohesion_cannot_be_told_apart(found):
    analysis = found.setting(level_map="medium-out", reading=HEADING, scale="crisp", outcome=MAXIMUM)
    assert {(pair.one, pair.other) for pair in together(analysis, "Y")} == {
        ("BQ", "BC"),
        ("BQ", "Y"),
        ("BC", "Y"),
    }


def test_settings_that_give_the_same_table_are_shown_together(found):
    first = alike(found)[0]
    assert {(setting.level_map, setting.scale) for setting in first.settings} == {
        ("medium-in", "crisp"),
        ("medium-in", "fuzzy"),
    }
    assert {setting.reading for setting in first.settings} == {0, 1, 2, 3}


def test_every_setting_is_analysed_once(found):
    # Four readings; medium in and out as crisp and as fuzzy sets, linear as fuzzy; five outcome sets.
    assert len(found.settings) == len(set(found.settings)) == 4 * 5 * 5


def test_the_page_says_what_its_examples_give():
    page = Path(__file__).parents[2] / "docs" / "explanation" / "prosoft-configurations.md"
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0
