"""Truth tables of a study: who enters, every reading, every map, and what the cases cannot tell apart."""

from __future__ import annotations

from typing import Any

import pytest

from concausa.audit.alike import alike, span
from concausa.audit.case_frame import READINGS, SETS, case_frame
from concausa.audit.configurations import configurations, corner
from concausa.audit.expected import expectations
from concausa.audit.layouts import constant, layouts, one_outcome_units, together, wanted
from concausa.core.date import Date
from concausa.core.unit import Period, Unit
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition
from concausa.typology.pattern import Pattern, Rule

SCALE = ("low", "medium", "high")


def study(cells: dict[str, dict[str, str]], **tables: Any) -> Study:
    """A study in which each case has its levels: ``{"N-1": {"A": "low|high", "Y": "many"}}``.

    Levels joined by ``|`` are printed in a heading, in the body and so on, one place each.
    """
    units = dict.fromkeys(case.split("-")[0] for case in cells)
    periods = dict.fromkeys(case.split("-")[1] for case in cells)
    places = ("heading", "body", "assessment")
    codings = [
        Coding(
            id=f"{case}.{name}.{place}",
            unit=case.split("-")[0],
            period=case.split("-")[1],
            condition=name,
            level=level,
            coder="A",
            place=place,
        )
        for case, given in cells.items()
        for name, levels in given.items()
        for place, level in zip(places, levels.split("|"), strict=False)
    ]
    names = dict.fromkeys(name for given in cells.values() for name in given if name != "Y")
    whole: dict[str, Any] = {
        "settings": Settings(id="s", title="S", outcome="Y"),
        "units": tuple(Unit(id=unit, name=unit, role="core") for unit in units),
        "periods": tuple(
            Period(id=id, label=id, start=Date.parse("2000"), end=Date.parse("2007")) for id in periods
        ),
        "conditions": (
            *(Condition(id=name, label=name, role="condition", levels=SCALE) for name in names),
            Condition(id="Y", label="Y", role="outcome", levels=("few", "some", "many")),
        ),
        "level_maps": (level_map("in", 0.51),),
        "codings": tuple(codings),
    }
    return Study(**(whole | tables))


def level_map(id: str, medium: float, **more: Any) -> LevelMap:
    return LevelMap(id=id, label=id, points=("low=0", f"medium={medium}", "high=1"), **more)


TWO = {"N-1": {"A": "high", "Y": "many"}, "S-1": {"A": "low", "Y": "few"}}


def test_a_case_without_a_level_is_left_out_by_name_with_what_it_lacks():
    frame = case_frame(study(TWO | {"W-1": {"A": "low", "B": "low"}}))
    assert frame is not None
    assert frame.cases == ()
    assert {row.case.id: row.missing for row in frame.left_out} == {
        "N-1": ("B",),
        "S-1": ("B",),
        "W-1": ("Y",),
    }


def test_a_moderator_is_no_condition_of_the_table():
    conditions = (
        Condition(id="A", label="A", role="condition", levels=SCALE),
        Condition(id="M", label="M", role="moderator", levels=SCALE),
        Condition(id="Y", label="Y", role="outcome", levels=("few", "many")),
    )
    cells = {case: given | {"M": "low"} for case, given in TWO.items()}
    frame = case_frame(study(cells, conditions=conditions))
    assert frame is not None
    assert frame.conditions == ("A",)


@pytest.mark.parametrize(
    "made",
    [
        Study(settings=Settings(id="bare", title="Bare")),
        study(TWO, settings=Settings(id="s", title="S")),
        study({"N-1": {"Y": "many"}}),
    ],
    ids=["bare", "no outcome", "no condition"],
)
def test_a_study_that_asks_for_no_comparison_has_none(made):
    assert configurations(made) is None


def test_without_a_level_map_there_is_no_analysis_and_the_condition_is_named():
    found = configurations(study(TWO, level_maps=()))
    assert found is not None
    assert found.analyses == ()
    assert found.unmapped == ("A",)


def test_readings_stand_in_the_order_of_the_places_that_print_them():
    # Two cells with two levels each: heading low and low, body high and medium. Mixed readings are
    # admissible too, but no place prints them.
    frame = case_frame(
        study(TWO | {"W-1": {"A": "low|high", "Y": "few"}, "V-1": {"A": "low|medium", "Y": "few"}})
    )
    assert frame is not None
    assert frame.open == (("W-1", "A"), ("V-1", "A"))
    assert [reading.places for reading in frame.readings] == [("heading",), ("body",), (), ()]
    assert [tuple(reading.levels[key] for key in frame.open) for reading in frame.readings[:2]] == [
        ("low", "low"),
        ("high", "medium"),
    ]


def test_a_place_that_is_silent_on_a_cell_leaves_its_levels_open():
    frame = case_frame(
        study(TWO | {"W-1": {"A": "low|high|high", "Y": "few"}, "V-1": {"A": "low|medium", "Y": "few"}})
    )
    assert frame is not None
    of_assessment = [reading for reading in frame.readings if "assessment" in reading.places]
    assert {reading.levels["W-1", "A"] for reading in of_assessment} == {"high"}
    assert {reading.levels["V-1", "A"] for reading in of_assessment} == {"low", "medium"}


def test_too_many_readings_are_cut_to_those_that_some_place_prints_and_the_number_is_kept():
    # Seven cells with two levels each: 2 ** 7 = 128 readings, of which two are printed.
    cells = {f"U{number}-1": {"A": "low|high", "Y": "few"} for number in range(7)}
    frame = case_frame(study(cells))
    assert frame is not None
    assert frame.n_readings == 128 > READINGS
    assert [reading.places for reading in frame.readings] == [("heading",), ("body",)]


def test_the_outcome_is_read_at_its_top_and_above_its_bottom_on_both_sides_where_it_is_open():
    frame = case_frame(study(TWO | {"W-1": {"A": "low", "Y": "few|some"}}))
    assert frame is not None
    assert [(row.threshold, row.cases) for row in frame.outcome_sets] == [
        ("many", ("N-1",)),
        ("some", ("N-1",)),
        ("some", ("N-1", "W-1")),
    ]
    assert frame.outcome_sets[2].decided == {"W-1": True}


def test_too_many_readings_of_the_outcome_are_cut_and_counted():
    # The top once; above the bottom five open cases: 2 ** 5 = 32 sets, of which 8 are looked at.
    cells = {f"U{number}-1": {"A": "low", "Y": "few|some"} for number in range(5)}
    frame = case_frame(study(cells))
    assert frame is not None
    assert frame.n_outcome_sets == 33
    assert len(frame.outcome_sets) == 1 + SETS


def test_a_case_on_the_crossover_has_no_corner_and_bars_the_crisp_analysis():
    found = configurations(
        study(
            TWO | {"W-1": {"A": "medium", "Y": "few"}},
            level_maps=(level_map("on", 0.5), level_map("in", 0.51)),
        )
    )
    assert found is not None
    assert found.choices == (("in", "crisp"), ("on", "fuzzy"), ("in", "fuzzy"))
    assert found.undecided == {"on": ((0, "W-1", "A"),)}
    assert found.setting(level_map="on").corners == ((1,), (0,), None)


def test_a_case_exactly_at_the_crossover_is_on_it_within_the_tolerance():
    assert corner((0.5 + 1e-12, 1.0)) is None
    assert corner((0.5 + 1e-6, 0.2)) == (1, 0)


def test_settings_with_the_same_numbers_are_one_analysis():
    # Nobody has a medium level, so two maps that differ on medium alone give the same scores, crisp and fuzzy.
    found = configurations(study(TWO, level_maps=(level_map("in", 0.51), level_map("out", 0.49))))
    assert found is not None
    assert len(found.analyses) == 1
    assert {(row.level_map, row.scale, row.outcome) for row in found.settings} == {
        ("in", "crisp", 0),
        ("out", "crisp", 0),
        ("in", "crisp", 1),
        ("out", "crisp", 1),
    }


def test_when_every_case_is_on_the_crossover_there_is_no_table_and_nothing_breaks():
    cells = {"N-1": {"A": "medium", "Y": "many"}, "S-1": {"A": "medium", "Y": "few"}}
    found = configurations(study(cells, level_maps=(level_map("on", 0.5),)))
    assert found is not None
    first = found.analyses[0]
    assert (first.table, first.negated, first.solutions, first.necessity) == (None, None, {}, None)


def test_a_condition_called_as_the_outcome_column_does_no_harm():
    cells = {"N-1": {"A": "high", "O": "many"}, "S-1": {"A": "low", "O": "few"}}
    conditions = (
        Condition(id="A", label="A", role="condition", levels=SCALE),
        Condition(id="Y", label="Y", role="condition", levels=SCALE),
        Condition(id="O", label="O", role="outcome", levels=("few", "many")),
    )
    cells = {case: given | {"Y": "low"} for case, given in cells.items()}
    codings = study(cells).codings
    made = study(
        TWO, settings=Settings(id="s", title="S", outcome="O"), conditions=conditions, codings=codings
    )
    found = configurations(made)
    assert found is not None
    table = found.analyses[0].table
    assert table is not None
    assert table.condition_names == ("A", "Y")


# --- expectations -------------------------------------------------------------------------------


def expected(*when: tuple[str, str], rules: tuple[str, ...] = ()) -> dict[str, int | None]:
    patterns = tuple(
        Pattern(id=f"p{n}", label="p", when=text, expects=level) for n, (text, level) in enumerate(when)
    )
    made = study(
        {"N-1": {"A": "high", "B": "low", "Y": "many"}},
        patterns=patterns,
        rules=(Rule(id="R", label="R", clauses=rules),) if rules else (),
    )
    return {row.condition: row.value for row in expectations(made, ("A", "B"))}


def test_what_leads_to_the_top_is_expected_as_it_stands_and_what_leads_to_the_bottom_turned_around():
    assert expected(("A*~B", "many")) == {"A": 1, "B": 0}
    assert expected(("~A*B", "few")) == {"A": 1, "B": 0}


def test_a_condition_that_theory_uses_both_ways_has_no_expectation():
    assert expected(("A*B", "many"), ("A*~B", "many")) == {"A": 1, "B": None}


def test_what_leads_to_a_middle_level_or_to_one_of_two_says_nothing():
    assert expected(("A", "some"), ("B", "few|many")) == {"A": None, "B": None}


def test_a_negated_parenthesis_and_a_comparison_are_read_by_their_sense():
    assert expected(rules=("~(A + ~B) => many", "else => few")) == {"A": 0, "B": 1}
    assert expected(rules=("A>=medium => many", "B<high => few", "patterns")) == {"A": 1, "B": 1}


def test_an_expectation_knows_where_it_stands():
    made = study(TWO, patterns=(Pattern(id="p", label="p", when="A", expects="many"),))
    (row,) = expectations(made, ("A",))
    assert (row.patterns, row.rules) == (("p",), ())


# --- rows, and what they leave open -----------------------------------------------------------------

# A and B, four cases: two in A*B with the outcome, one in A*~B and one in ~A*~B without.
FOUR = {
    "N-1": {"A": "high", "B": "high", "Y": "many"},
    "N-2": {"A": "high", "B": "high", "Y": "many"},
    "S-1": {"A": "high", "B": "low", "Y": "few"},
    "S-2": {"A": "low", "B": "low", "Y": "few"},
}


def test_rows_that_nobody_fills_are_listed():
    found = configurations(study(FOUR))
    assert found is not None
    (layout,) = layouts(found)
    assert layout.rows == {(1, 1): ("N-1", "N-2"), (1, 0): ("S-1",), (0, 0): ("S-2",)}
    assert layout.unobserved(2) == ((0, 1),)
    assert constant(layout, ("A", "B")) == ()


def test_a_condition_that_goes_with_the_outcome_everywhere_is_named():
    found = configurations(study(FOUR))
    assert found is not None
    (pair,) = together(found.of("many")[0], "Y")
    assert (pair.one, pair.other, pair.opposite) == ("B", "Y", False)


def test_a_condition_on_one_side_in_every_case_is_named():
    cells = {case: given | {"B": "low"} for case, given in FOUR.items()}
    found = configurations(study(cells))
    assert found is not None
    assert constant(layouts(found)[0], found.frame.conditions) == ("B",)


def test_units_whose_periods_share_the_outcome_are_named_unless_one_changes():
    found = configurations(study(FOUR))
    assert found is not None
    assert one_outcome_units(found, found.of("many")[0]) == ("N", "S")
    changed = configurations(study(FOUR | {"S-2": {"A": "low", "B": "low", "Y": "many"}}))
    assert changed is not None
    assert one_outcome_units(changed, changed.of("many")[0]) == ()


def claim(kind: str, *conditions: str, cases: tuple[str, ...] = ()) -> Claim:
    return Claim(id="K", text="k", kind=kind, conditions=conditions, cases=cases)


@pytest.mark.parametrize(
    ("made", "row", "verdict"),
    [
        # Without A alone: ~A*B, which nobody fills. Without B alone: A*~B, S-1, which had no outcome.
        (claim("necessary", "A", "Y"), (0, 1), "not observed"),
        (claim("necessary", "B"), (1, 0), "for"),
        # A alone is A*~B: S-1 had no outcome, as the claim of insufficiency says.
        (claim("individually insufficient", "A"), (1, 0), "for"),
        (claim("sufficient", "A"), (1, 0), "against"),
        (claim("jointly sufficient", "A", "B"), (1, 1), "for"),
    ],
    ids=lambda value: value.kind if isinstance(value, Claim) else "",
)
def test_a_claim_is_held_against_the_row_that_would_test_it(made, row, verdict):
    whole = study(FOUR, claims=(made,))
    found = configurations(whole)
    assert found is not None
    (item,) = wanted(whole, found)
    assert item.row == row
    assert item.verdict(layouts(found)[0], ("N-1", "N-2")) == verdict


def test_a_row_with_and_without_the_outcome_speaks_both_ways():
    cells = FOUR | {"N-2": {"A": "high", "B": "high", "Y": "few"}}
    whole = study(cells, claims=(claim("jointly sufficient", "A", "B"),))
    found = configurations(whole)
    assert found is not None
    (item,) = wanted(whole, found)
    assert item.verdict(layouts(found)[0], ("N-1",)) == "mixed"


def test_claims_of_other_kinds_or_of_some_cases_only_ask_for_no_row():
    claims = (claim("feedback", "A"), claim("necessary", "A", cases=("N-1",)), claim("necessary", "Z"))
    whole = study(FOUR, claims=claims)
    found = configurations(whole)
    assert found is not None
    assert wanted(whole, found) == ()


def test_truth_tables_are_alike_only_if_the_outcome_of_every_row_is_the_same():
    # Medium is just out. W-1 is in the outcome with A at .49 and so in the row ~A with S-1, who is not:
    # crisp 1 of 2 = .5 and fuzzy (.51) / (.51 + 1) = .34, both below .8: one truth table of two analyses.
    cells = TWO | {"W-1": {"A": "medium", "Y": "many"}}
    found = configurations(study(cells, level_maps=(level_map("out", 0.49),)))
    assert found is not None
    (one,) = alike(found)
    assert len(one.analyses) == 2
    table = one.analyses[1].table
    assert table is not None
    assert table.row("~A").consistency == pytest.approx(0.51 / 1.51)


def test_a_set_of_cases_that_two_thresholds_share_is_shown_once():
    found = configurations(study(TWO))
    assert found is not None
    assert [group.threshold for group in alike(found)] == ["many"]


def test_a_span_leaves_undefined_measures_aside():
    assert span([float("nan"), 0.5, 0.25]) == (0.25, 0.5)
    assert span([float("nan")]) is None
