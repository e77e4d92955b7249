"""Causal models: types, rules, priors, and how they are told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concausa.core.errors import ConcausaError, ExpressionError, OptionError, UnknownNameError
from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.model import CausalModel

F = Fraction


def names(model: CausalModel, node: str) -> list[str]:
    return [model.types[node].name(place) for place in range(len(model.types[node]))]


@pytest.mark.parametrize(
    ("parents", "count"), [("A", 3), ("AB", 6), ("ABC", 20), ("ABCD", 168), ("ABCDE", 7581)]
)
def test_monotone_types_are_as_many_as_dedekind_counts(parents: str, count: int) -> None:
    """https://oeis.org/A000372."""
    statement = "; ".join(f"{parent} -> Y" for parent in parents)
    declared = causal_model(statement, monotone={"Y": " ".join(f"+{parent}" for parent in parents)})
    assert len(declared.types["Y"]) == count
    if len(parents) < 4:
        restricted = causal_model(statement).restrict(
            monotone={"Y": " ".join(f"+{parent}" for parent in parents)}
        )
        assert names(restricted, "Y") == names(declared, "Y")


def test_a_node_has_as_many_types_as_functions_of_its_parents() -> None:
    model = causal_model("A -> Y <- B; C -> Z", levels={"Z": 3, "C": 3})
    assert [len(model.types[node]) for node in ("A", "Y", "C", "Z")] == [2, 16, 3, 27]
    assert names(causal_model("X -> Y"), "Y") == ["00", "01", "10", "11"]


def test_signs_may_point_down_and_leave_parents_free() -> None:
    assert names(causal_model("X -> Y", monotone={"Y": "-X"}), "Y") == ["00", "10", "11"]
    free = causal_model("A -> Y <- B", monotone={"Y": "+A"})
    assert names(free, "Y") == names(causal_model("A -> Y <- B").restrict("Y[A=1] >= Y[A=0]"), "Y")
    assert len(free.types["Y"]) == 9


def test_a_rule_to_keep_must_hold_always_and_a_rule_to_drop_somewhere() -> None:
    model = causal_model("A -> Y <- B")
    kept, dropped = model.restrict("Y[A=1] > Y[A=0]"), model.restrict(drop="Y[A=1] > Y[A=0]")
    assert names(kept, "Y") == ["0101"]
    # With either value of B, Y does not rise with A: three of four pairs each.
    assert len(dropped.types["Y"]) == 9
    assert kept.rules == ("Y[A=1] > Y[A=0]",)
    assert dropped.rules == ("not Y[A=1] > Y[A=0]",)


def test_without_interaction_six_of_sixteen_types_remain() -> None:
    """Constant, moved by A alone or by B alone, up or down."""
    model = causal_model("A -> Y <- B").restrict(no_interaction="A, B -> Y")
    assert names(model, "Y") == ["0000", "0011", "0101", "1010", "1100", "1111"]


def test_a_rule_on_a_node_takes_away_what_is_told_given_its_types() -> None:
    model = causal_model("Z -> X -> Y; X <-> Y")
    assert model.priors["Y"].givens == 4
    assert model.restrict(monotone={"X": "+Z"}).priors["Y"].givens == 3


def test_priors_are_told_by_alpha_by_mass_and_by_statement() -> None:
    model = causal_model("X -> Y").prior("Y", alpha=3, where="Y[X=1] > Y[X=0]")
    assert model.query("Y[X=1] > Y[X=0]").exact == F(3, 6)
    assert model.prior("Y", mass="1/2").query("Y[X=1] > Y[X=0]").exact == F(3, 6)
    assert model.prior("Y", mass="1/2").priors["Y"].totals == (F(1, 2),)
    assert causal_model("X -> Y").prior(alpha=0.1).priors["X"].totals == (F(1, 5),)


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (lambda m: m.prior(), OptionError, "a prior is told by alpha or by mass"),
        (lambda m: m.prior(alpha=1, mass=1), OptionError, "a prior is told by alpha or by mass"),
        (lambda m: m.prior(alpha=0), OptionError, "alpha must be above 0"),
        (lambda m: m.prior(mass=float("inf")), OptionError, "mass must be above 0"),
        (lambda m: m.prior(mass=1, where="Y==1"), OptionError, "where goes with alpha"),
        (lambda m: m.prior("W", alpha=1), UnknownNameError, 'the model has no node "W"'),
        (
            lambda m: m.prior("Y", alpha=2, where="Y[X=1]==1 & Y[X=1]==0"), OptionError,
            'no type of "Y" agrees with the statement',
        ),
        (lambda m: m.restrict("Y[X=1]==1 & Y[X=1]==0"), OptionError, 'no type of "Y" would be left'),
        (lambda m: m.restrict("W==1"), ExpressionError, "the statement is about no node of the model"),
        (lambda m: m.restrict("X==1 & Y==1"), ExpressionError, "the statement is about several nodes: X, Y"),
        (lambda m: m.restrict("Y[Y=1]==1"), ExpressionError, '"Y" is no parent of "Y"'),
        (lambda m: m.restrict("Y[X=2]==1"), ExpressionError, '"X" cannot be 2'),
        (lambda m: m.restrict("Y==high"), ExpressionError, '"high" is no level of "Y"'),
        (lambda m: m.restrict(monotone={"Y": "X"}), OptionError, 'how "Y" moves is told by signs and parents'),
        (lambda m: m.restrict(monotone={"Y": "+X -X"}), OptionError, '"X" is named twice'),
        (lambda m: m.restrict(monotone={"Y": "+Y"}), UnknownNameError, '"Y" is no parent of "Y"'),
        (lambda m: m.restrict(no_interaction="X -> Y"), OptionError,
         "an interaction is told by two parents and a node"),
        (lambda m: m.restrict(no_interaction="X, Y -> Y"), UnknownNameError, '"Y" is no parent of "Y"'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make: object, kind: type[ConcausaError], message: str) -> None:
    with pytest.raises(kind) as error:
        make(causal_model("X -> Y"))  # type: ignore[operator]
    assert str(error.value).splitlines()[0] == f"{kind.__name__}: {message}"


@pytest.mark.parametrize(
    ("statement", "options", "message"),
    [
        ("X -> Y", {"levels": {"Y": 1}}, 'the levels of "Y" cannot be read'),
        ("X -> Y", {"levels": {"Y": 37}}, 'the levels of "Y" cannot be read'),
        ("X -> Y", {"levels": {"Y": ("low", "low")}}, 'the levels of "Y" cannot be read'),
        ("X -> Y", {"levels": {"Y": True}}, 'the levels of "Y" cannot be read'),
        ("X -> Y", {"levels": {"Y": ("1", "2")}}, 'level "1" of "Y" reads as a number, but is number 0'),
        ("A -> Y; B -> Y; C -> Y; D -> Y; E -> Y", {}, '"Y" has 4,294,967,296 types, too many to hold'),
        ("A -> X <- B; C -> X; D -> Y; X -> Y; X <-> Y", {}, None),
        ("A -> X <- B; C -> X -> Y <- A; Y <- B; X <-> Y; Y <- C", {},
         '"Y" has 16,777,216 parameters, too many to hold'),
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_be_held_is_refused(
    statement: str, options: dict[str, object], message: str | None
) -> None:
    if message is None:
        causal_model(statement, **options)  # type: ignore[arg-type]
        return
    with pytest.raises(OptionError) as error:
        causal_model(statement, **options)  # type: ignore[arg-type]
    assert str(error.value).splitlines()[0] == f"OptionError: {message}"


def test_levels_have_names() -> None:
    model = causal_model("X -> Y", levels={"Y": ("low", "medium", "high")})
    assert model.query("Y == high").exact == model.query("Y == 2").exact == F(1, 3)
    posterior = model.update({"X": [1, 1], "Y": ["high", 2]})
    # One class of three, worth 3 of 9 cases, has both.
    assert posterior.query("Y[X=1] == high").exact == F(5, 11)


def test_a_model_prints_its_nodes_and_rules() -> None:
    model = causal_model("X -> Y; X <-> Y").restrict("Y[X=1] >= Y[X=0]")
    assert repr(model) == "<CausalModel X -> Y; X <-> Y: 2 nodes, 6 causal types>"
    assert str(model).endswith("\n  rule: Y[X=1] >= Y[X=0]")
    rows = [tuple(cell.text for cell in row) for row in model.table().rows]
    assert rows[1] == ("Y", "0, 1", "X", "X", "3", "3 (each of 2)")
    assert "<table" in model._repr_html_()
