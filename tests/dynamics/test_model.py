"""Models: what is switched, what is used, and every refusal once."""

from __future__ import annotations

import pytest

from concausa.core.errors import ExpressionError, FormulaError, OptionError, UnknownNameError
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Setting

C = Stock("C", Range.of(0, 1), "BC")
UP = Flow("up", "C", True, "a * lead", "M1")
PARTS = {
    "stocks": (C, Stock("B", Range.of(0, 1), "BQ")),
    "inputs": (Input("L"), Input("T")),
    "parameters": (
        Parameter("a", Range.of(0, 1)),
        Parameter("t", Range.of(0, 2)),
        Parameter("k", Range.of(0, 1)),
    ),
    "derived": (Derived("G", "max(lead, k)", "M7", "1"), Derived("lead", "L")),
    "flows": (UP, Flow("down", "C", False, "t * T", "M8"), Flow("staff", "B", True, "lead")),
    "interventions": (Intervention("leader", "L", "0.9"), Intervention("council", "C", "a")),
    "corners": (Corner("both", "BC*BQ", True), Corner("neither", "~BC*~BQ")),
    "gate": "G",
}


def model(**parts):
    return Model("m", **{**PARTS, **parts})


def test_formulas_are_worked_out_after_what_they_need():
    assert [part.name for part in model().in_order] == ["lead", "G"]


def test_what_is_used_follows_what_is_on():
    assert model().used == {"a", "lead", "L", "t", "T", "G", "k", "C", "B"}
    assert model().without("M8").used == {"a", "lead", "L", "G", "k", "C", "B"}
    assert model().without("M8", "M7", "M1", "staff").used == {"G", "C", "B"}


def test_an_input_that_only_a_pattern_names_is_used():
    """Else the pattern of every unit would rest on the least value that the input may have."""
    parts = {
        **PARTS,
        "inputs": (Input("L"), Input("T"), Input("F", "FED")),
        "corners": (Corner("fed", "FED"),),
    }
    assert "F" in Model("m", **parts).used


def test_switches_are_mechanisms_and_flows():
    assert model().switches == ("M1", "M8", "M7", "up", "down", "staff")
    assert not model().without("up").is_on("M1")
    assert model().is_on("M7")
    assert not model().without("M7").is_on("M7")
    assert model().without("M7", "up").including("up", "M7") == model()


def test_a_flow_and_a_formula_of_one_name_are_not_switched_together():
    flows = (*PARTS["flows"], Flow("G", "B", False, "0.1"))
    assert model(flows=flows).without("G").derived == PARTS["derived"]
    assert model(flows=flows).is_on("G")
    assert not model(flows=flows).without("G").is_on("G")


def test_a_mechanism_that_is_off_has_no_effect_on_the_draws_of_the_rest():
    plain = model(flows=(UP, PARTS["flows"][2]))
    setting = Setting(("NL",), 2000, 2005)
    one, other = simulate(model().without("M8"), setting, draws=20), simulate(plain, setting, draws=20)
    assert one.points.keys() == other.points.keys()
    assert all((one.stocks[name] == other.stocks[name]).all() for name in "CB")


@pytest.mark.parametrize(("parts", "what", "fix"), [
    ({"stocks": ()}, "nothing moves: there is no stock", "declare a stock"),
    ({"inputs": (Input("C"), Input("L"), Input("T"))}, "the quantity C stands 2 times", "give each a name of its own"),
    ({"flows": (UP, UP, PARTS["flows"][2])}, "the flow up stands 2 times", "give each a name of its own"),
    ({"interventions": (Intervention("x", "L", "1"),) * 3}, "the intervention x stands 3 times",
     "give each a name of its own"),
    ({"corners": (Corner("both", "BC"), Corner("both", "BQ"))}, "the pattern both stands 2 times",
     "give each a name of its own"),
    ({"inputs": (Input("L", "BC"), Input("T"))}, "the condition BC stands 2 times", "give each a name of its own"),
    ({"noise": -0.1}, "noise is -0.1", "a number from 0 on"),
    ({"noise": float("nan")}, "noise is nan", "a number from 0 on"),
    ({"noise": float("inf")}, "noise is inf", "a number from 0 on"),
    ({"derived": (Derived("G", "1", "M7", "", True), Derived("lead", "L"))},
     "G has no formula for when its mechanism is off", "give `without`"),
    ({"flows": (UP,)}, "nothing moves the stock B",
     "declare a flow or an intervention that moves it, or make it an input"),
    ({"interventions": (Intervention("x", "C", "1.5"),)}, "the value of x is 1.5, outside 0 to 1",
     "give a number from 0 to 1, or a parameter"),
    ({"interventions": (Intervention("x", "C", "nan"),)}, "the value of x is nan, outside 0 to 1",
     "give a number from 0 to 1, or a parameter"),
    ({"interventions": (Intervention("x", "C", "t"),)}, "the value of x is t, which is 0 to 2, outside 0 to 1",
     "give t a range within 0..1"),
    ({"gate": ""}, "patterns need a gate, and there is none", "give a gate"),
])  # fmt: skip
def test_bad_models_are_refused(parts, what, fix):
    with pytest.raises(OptionError) as error:
        model(**parts)
    assert (error.value.what, error.value.fix, error.value.where) == (what, fix, "m")


def test_formulas_that_need_each_other_are_refused():
    circle = (Derived("G", "lead"), Derived("lead", "max(L, x)"), Derived("x", "G"))
    with pytest.raises(OptionError) as error:
        model(derived=circle)
    assert (error.value.what, error.value.where) == (
        "formulas need each other in a circle",
        "G -> lead -> x -> G",
    )


def test_a_circle_that_only_a_mechanism_opens_is_refused_when_it_is_switched():
    parts = {"derived": (Derived("G", "max(lead, k)", "M7", "x"), Derived("lead", "L"), Derived("x", "G"))}
    with pytest.raises(OptionError) as error:
        model(**parts).without("M7")
    assert error.value.where == "G -> x -> G"


def test_a_formula_without_another_form_cannot_be_switched_off():
    with pytest.raises(OptionError) as error:
        model(derived=(Derived("G", "1", "M7"), Derived("lead", "L"))).without("M7")
    assert error.value.what == "G has no formula for when its mechanism is off"


@pytest.mark.parametrize(("parts", "kind", "what", "where"), [
    ({"flows": (Flow("f", "D", True, "a"), *PARTS["flows"])}, UnknownNameError, "there is no stock 'D'", "m, flow f"),
    ({"interventions": (Intervention("x", "lead", "1"),)}, UnknownNameError, "there is no stock or input 'lead'",
     "m, intervention x"),
    ({"interventions": (Intervention("x", "C", "b"),)}, UnknownNameError, "there is no parameter 'b'", "m, value of x"),
    ({"corners": (Corner("x", "BX"),)}, UnknownNameError, "there is no stock or input that stands for 'BX'", "m, BX"),
    ({"corners": (Corner("x", "BC>=2"),)}, ExpressionError, "the pattern x compares levels, and a model moves memberships",
     "BC>=2"),
    ({"flows": (Flow("f", "C", True, "q"), *PARTS["flows"])}, FormulaError, "there is no quantity q",
     "m, rate of f\nq\n^"),
    ({"gate": "q"}, FormulaError, "there is no quantity q", "m, gate\nq\n^"),
    ({"derived": (Derived("G", "q", "M7", "1"), Derived("lead", "L"))}, FormulaError, "there is no quantity q",
     "m, formula of G\nq\n^"),
    ({"derived": (Derived("G", "1", "M7", "q"), Derived("lead", "L"))}, FormulaError, "there is no quantity q",
     "m, formula of G without its mechanism\nq\n^"),
])  # fmt: skip
def test_what_is_not_there_is_refused(parts, kind, what, where):
    with pytest.raises(kind) as error:
        model(**parts)
    assert (error.value.what, error.value.where) == (what, where)


def test_switches_and_interventions_must_be_there():
    for ask, what in (
        (lambda: model().without("M9"), "there is no mechanism or flow 'M9'"),
        (lambda: model().including(""), "there is no mechanism or flow ''"),
        (lambda: model().is_on("lead"), "there is no mechanism or flow 'lead'"),
        (lambda: model().intervention("counsil"), "there is no intervention 'counsil'"),
    ):
        with pytest.raises(UnknownNameError) as error:
            ask()
        assert error.value.what == what
    assert error.value.fix == "did you mean council?"
