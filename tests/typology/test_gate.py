"""Rules: the first clause that holds decides; the border decides nothing."""

import pytest

from concausa.core.errors import ExpressionError
from concausa.typology.gate import Clause, clauses, conditions_of, predict, sets_of_rule
from concausa.typology.ladder import Ladder
from concausa.typology.pattern import Rule

from .test_space import FOUR

SCALE = ("low", "medium-low", "medium", "medium-high", "high")
LINEAR = dict(zip(SCALE, (0, 0.25, 0.5, 0.75, 1), strict=True))


def rule(*texts):
    return Rule(id="R", label="", clauses=texts)


def case(**levels):
    return Ladder(
        levels, {name: LINEAR[level] for name, level in levels.items()}, dict.fromkeys(levels, SCALE)
    )


def test_the_first_clause_that_holds_decides():
    hard_gate = rule("~EL => minimum", "patterns")
    assert predict(hard_gate, FOUR, case(EL="low", BQ="high", BC="high")) == {"minimum"}
    assert predict(hard_gate, FOUR, case(EL="high", BQ="high", BC="high")) == {"maximum"}


def test_a_case_on_the_border_of_a_clause_keeps_both_ways_open():
    hard_gate = rule("~EL => minimum", "patterns")
    assert predict(hard_gate, FOUR, case(EL="medium", BQ="high", BC="high")) == {"minimum", "maximum"}


def test_what_is_only_known_to_be_less_stays_two_outcomes():
    conjunction = rule("EL*BQ*BC => maximum", "else => minimum|moderate")
    assert predict(conjunction, FOUR, case(EL="low", BQ="high", BC="high")) == {"minimum", "moderate"}


def test_a_level_comparison_does_not_depend_on_memberships():
    substitution = rule("EL>=medium => maximum", "else => minimum")
    assert predict(substitution, FOUR, case(EL="medium")) == {"maximum"}
    assert predict(substitution, FOUR, case(EL="medium-low")) == {"minimum"}


def test_a_rule_whose_clauses_all_miss_is_silent():
    assert predict(rule("EL => maximum"), FOUR, case(EL="low")) == frozenset()


def test_a_rule_asks_for_the_conditions_of_its_clauses_and_of_the_space():
    assert conditions_of(rule("~EL => minimum", "patterns"), FOUR) == ("EL", "BQ", "BC")


def test_clauses_are_read_into_expression_and_outcomes():
    assert clauses(rule("~EL => minimum", "else => a|b")) == (
        Clause("~EL", ("minimum",)),
        Clause("else", ("a", "b")),
    )


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (("EL maximum",), "'EL maximum' is not a clause"),
        (("=> maximum",), "'=> maximum' is not a clause"),
        (("EL => a|",), "'EL => a|' is not a clause"),
        (("patterns", "EL => maximum"), "a clause after 'patterns' can never be reached"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(texts, what):
    with pytest.raises(ExpressionError) as refusal:
        clauses(rule(*texts))
    assert refusal.value.what == what


def test_a_rule_asks_for_memberships_only_of_the_conditions_that_stand_as_sets():
    mixed = rule("EL>=medium => maximum", "~EL*INST => minimum", "patterns")
    assert sets_of_rule(mixed, FOUR) == ("EL", "INST", "BQ", "BC")
    assert sets_of_rule(rule("EL>=medium => maximum", "else => minimum"), FOUR) == ()
