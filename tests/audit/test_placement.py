"""Where cases lie, over every admissible reading."""

from concausa.audit.placement import coded_cases, placements
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
    assert [case.id for case in coded_cases(study(coding("V", "S", "high")))] == ["U-1", "V-1"]


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
