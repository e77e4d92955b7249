"""Where cases lie, over every admissible reading."""

from concausa.audit.placement import placements
from concausa.audit.rules import judged, misplaced
from concausa.core.date import Date
from concausa.core.unit import Period, Unit
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.study.settings import Settings
from concausa.study.study import Study
from concausa.theory.condition import Condition
from concausa.typology.pattern import Pattern, Rule

SCALE = ("low", "medium", "high")
LINEAR = LevelMap(id="linear", label="", points=("low=0", "medium=0.5", "high=1"), conditions=("S", "B"))
JUST_IN = LevelMap(id="just-in", label="", points=("low=0", "medium=0.51", "high=1"), conditions=("S", "B"))


def condition(id, role="condition", levels=SCALE):
    return Condition(id=id, label=id, role=role, levels=levels)


def coding(unit, condition, level):
    id = f"{unit}.{condition}.{level}"
    return Coding(id=id, unit=unit, period="1", condition=condition, level=level, coder="A", place="body")


def study(*codings, maps=(LINEAR,), rules=()):
    return Study(
        settings=Settings(id="s", title="s", outcome="Y", level_map="linear"),
        units=(
            Unit(id="U", name="U", role="core"),
            Unit(id="V", name="V", role="shadow"),
            Unit(id="W", name="W", role="population"),
        ),
        periods=(Period(id="1", label="1", start=Date.parse("2000"), end=Date.parse("2007")),),
        conditions=(condition("S"), condition("B"), condition("Y", "outcome", ("less", "more"))),
        level_maps=maps,
        patterns=(
            Pattern(id="both", label="", when="S*B", expects="more"),
            Pattern(id="not both", label="", when="~S + ~B", expects="less"),
        ),
        rules=rules,
        codings=codings,
    )


def test_every_combination_of_admissible_levels_and_maps_is_placed_once():
    found = placements(
        study(
            coding("U", "S", "medium"),
            coding("U", "S", "high"),
            coding("U", "B", "high"),
            maps=(LINEAR, JUST_IN),
        )
    )
    assert [(item.level_map, item.levels["S"], item.strongest) for item in found] == [
        ("linear", "medium", ("both", "not both")),
        ("linear", "high", ("both",)),
        ("just-in", "medium", ("both",)),
        ("just-in", "high", ("both",)),
    ]
    assert found[0].is_tie
    assert found[0].expected == ("more", "less")


def test_a_case_without_a_coding_for_an_axis_has_no_place():
    assert placements(study(coding("U", "S", "high"))) == ()


def test_a_unit_that_is_not_core_counts_only_where_it_is_coded():
    assert [case.id for case in study(coding("V", "S", "high")).coded_cases] == ["U-1", "V-1"]


RULE = Rule(id="R", label="", clauses=("S*B => more", "else => less"))


def test_a_rule_fits_when_it_leaves_one_outcome_and_that_is_observed():
    own = study(coding("U", "S", "high"), coding("U", "B", "high"), coding("U", "Y", "more"), rules=(RULE,))
    assert [item.verdict for item in judged(own)] == ["fits"]


def test_a_rule_misplaces_a_case_when_nothing_it_predicts_is_observed():
    own = study(coding("U", "S", "low"), coding("U", "B", "high"), coding("U", "Y", "more"), rules=(RULE,))
    assert misplaced(judged(own), "R") == ("U-1",)


def test_a_verdict_is_open_when_it_turns_on_how_the_outcome_is_read():
    own = study(
        coding("U", "S", "low"),
        coding("U", "B", "high"),
        coding("U", "Y", "more"),
        coding("U", "Y", "less"),
        rules=(RULE,),
    )
    (item,) = judged(own)
    assert item.verdict == "open"
    assert dict(item.if_observed) == {"less": "fits", "more": "misplaced"}


def test_a_verdict_is_open_when_the_case_lies_on_the_border():
    own = study(coding("U", "S", "medium"), coding("U", "B", "high"), coding("U", "Y", "more"), rules=(RULE,))
    (item,) = judged(own)
    assert item.predicted == {"more", "less"}
    assert item.verdict == "open"


def test_what_a_rule_predicts_is_also_told_level_map_by_level_map():
    own = study(coding("U", "S", "medium"), coding("U", "B", "high"), rules=(RULE,), maps=(LINEAR, JUST_IN))
    (item,) = judged(own)
    assert dict(item.by_map) == {"linear": {"more", "less"}, "just-in": {"more"}}


def test_an_uncoded_condition_that_decides_the_prediction_is_said_not_guessed():
    own = study(coding("U", "S", "high"), coding("U", "Y", "more"), rules=(RULE,))
    assert [(item.verdict, item.missing) for item in judged(own)] == [("not coded", ("B",))]


def test_an_uncoded_condition_that_cannot_change_the_prediction_does_not_stop_the_judgement():
    own = study(coding("U", "S", "low"), coding("U", "Y", "less"), rules=(RULE,))
    assert [(item.verdict, item.missing) for item in judged(own)] == [("fits", ("B",))]


def test_an_unprinted_outcome_leaves_nothing_to_judge():
    own = study(coding("U", "S", "high"), coding("U", "B", "high"), rules=(RULE,))
    assert [item.verdict for item in judged(own)] == ["no outcome printed"]


def test_a_map_that_one_condition_has_alone_is_no_choice_of_its_own():
    alone = LevelMap(id="alone", label="", points=("low=0", "medium=0.2", "high=1"), conditions=("B",))
    for_s = (
        LevelMap(id="linear", label="", points=LINEAR.points, conditions=("S",)),
        LevelMap(id="just-in", label="", points=JUST_IN.points, conditions=("S",)),
    )
    found = placements(study(coding("U", "S", "medium"), coding("U", "B", "medium"), maps=(*for_s, alone)))
    assert [(item.level_map, item.memberships) for item in found] == [
        ("linear", {"S": 0.5, "B": 0.2}),
        ("just-in", {"S": 0.51, "B": 0.2}),
    ]


def level_map(id, middle, *conditions):
    return LevelMap(id=id, label="", points=("low=0", f"medium={middle}", "high=1"), conditions=conditions)


FOR_S = (level_map("s-out", "0.4", "S"), level_map("s-in", "0.6", "S"))
FOR_B = (level_map("b-out", "0.4", "B"), level_map("b-in", "0.6", "B"))


def test_maps_of_two_conditions_that_each_have_their_own_are_tried_in_every_combination():
    # S*B with both at medium holds only if both maps read medium as in
    own = study(coding("U", "S", "medium"), coding("U", "B", "medium"), rules=(RULE,), maps=FOR_S + FOR_B)
    (item,) = judged(own)
    assert dict(item.by_map) == {
        "s-out+b-out": {"less"},
        "s-out+b-in": {"less"},
        "s-in+b-out": {"less"},
        "s-in+b-in": {"more"},
    }
    last = placements(own)[-1]
    assert last.level_map == "s-in+b-in"
    assert dict(last.maps) == {"S": "s-in", "B": "b-in"}


def test_conditions_that_the_same_maps_cover_are_read_by_one_map_together():
    own = study(coding("U", "S", "medium"), coding("U", "B", "medium"), maps=(LINEAR, JUST_IN))
    assert [item.level_map for item in placements(own)] == ["linear", "just-in"]


def test_a_rule_that_asks_for_nothing_needs_no_map():
    always = Rule(id="R", label="", clauses=("else => less",))
    (item,) = judged(study(coding("U", "Y", "less"), rules=(always,), maps=()))
    assert (item.verdict, dict(item.by_map)) == ("fits", {"": {"less"}})


def test_a_rule_that_only_compares_levels_needs_no_map():
    compares = Rule(id="R", label="", clauses=("S>=medium => more", "else => less"))
    own = study(coding("U", "S", "medium"), coding("U", "Y", "more"), rules=(compares,), maps=())
    assert [(item.verdict, item.predicted) for item in judged(own)] == [("fits", {"more"})]


def test_a_condition_that_stands_as_a_set_and_has_no_map_is_named_not_passed_over():
    own = study(
        coding("U", "S", "high"),
        coding("U", "B", "high"),
        coding("U", "Y", "more"),
        rules=(RULE,),
        maps=FOR_S,
    )
    (item,) = judged(own)
    assert (item.verdict, item.unmapped, item.predicted) == ("no level map", ("B",), frozenset())
    assert placements(own) == ()


def test_a_pattern_that_may_lead_to_two_outcomes_leaves_both_possible():
    either = (
        Pattern(id="both", label="", when="S*B", expects="less|more"),
        Pattern(id="not both", label="", when="~S + ~B", expects="less"),
    )
    space = Rule(id="R", label="", clauses=("patterns",))
    own = study(coding("U", "S", "high"), coding("U", "B", "high"), coding("U", "Y", "more"), rules=(space,))
    (item,) = judged(own.replace(patterns=either))
    assert (item.predicted, item.verdict) == ({"less", "more"}, "open")


def test_cases_stand_in_the_order_of_the_units_whatever_their_role():
    own = study(*(coding(unit, name, "high") for unit in "UV" for name in "SB"))
    own = own.replace(units=(own.units[1], own.units[0], own.units[2]))
    assert [item.case.id for item in placements(own)] == ["V-1", "U-1"]
