"""What formulas give: exact enclosures, held against trying every corner."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.reference.corners import corners, value

from concausa.core.errors import FormulaError, UnitError
from concausa.core.interval import Interval, IntervalError
from concausa.core.quantity import Quantity
from concausa.expr import arithmetic
from concausa.expr.arithmetic import BOXES, Values, evaluate
from concausa.expr.formula import Call, Lookup, Minus, Name, Operation, parse, walk

RANGES = st.tuples(
    st.fractions(min_value=1, max_value=50, max_denominator=10),
    st.fractions(min_value=0, max_value=3, max_denominator=10),
).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def formulas(draw, once):
    """Formulas over the facts a to d; each fact stands once if *once*."""
    pool = list(draw(st.permutations("abcd")))

    def build(depth):
        if depth == 0 or (once and len(pool) == 1):
            return Name(pool.pop() if once and pool else draw(st.sampled_from("abcd")))
        kind = draw(st.sampled_from(["+", "-", "*", "/", "minus", "mean"]))
        if kind == "minus":
            return Minus(build(depth - 1))
        left = build(depth - 1)
        if once and not pool:
            return left
        right = build(depth - 1)
        return Call("mean", (left, right)) if kind == "mean" else Operation(kind, left, right)

    return build(2)


def evaluated(formula, ranges):
    facts = {name: Quantity(Interval(low, high)) for name, (low, high) in ranges.items()}
    return evaluate(formula, Values(facts, lambda lookup: ()))


@settings(max_examples=150, deadline=None)
@given(formulas(once=True), st.fixed_dictionaries(dict.fromkeys("abcd", RANGES)))
def test_where_each_fact_stands_once_the_enclosure_is_exact(formula, ranges):
    used = {part.id for part in walk(formula) if isinstance(part, Name)}
    assume(len(used) == sum(isinstance(part, Name) for part in walk(formula)))
    try:
        found = evaluated(formula, ranges)
    except IntervalError:
        assume(False)
    assert (found.value.low, found.value.high) == corners(formula, {name: ranges[name] for name in used})


@settings(max_examples=50, deadline=None)
@given(
    formulas(once=False),
    st.fixed_dictionaries(dict.fromkeys("abcd", RANGES)),
    st.lists(st.fractions(min_value=0, max_value=1, max_denominator=7), min_size=4, max_size=4),
)
def test_every_point_lies_in_the_enclosure_even_where_facts_stand_twice(formula, ranges, shares):
    try:
        found = evaluated(formula, ranges)
    except IntervalError:
        assume(False)
    point = {
        name: low + (high - low) * share
        for (name, (low, high)), share in zip(ranges.items(), shares, strict=True)
    }
    assert value(formula, point) in found.value


def test_a_fact_that_stands_twice_is_not_taken_at_two_values_at_once():
    # a / (a + b) with a in [1, 3], b = 1 lies in [1/2, 3/4]; plain interval arithmetic says [1/4, 3/2].
    facts = {"a": Quantity(Interval(Fraction(1), Fraction(3))), "b": Quantity.of(1)}
    found = evaluate(parse("a / (a + b)"), Values(facts, lambda lookup: ())).value
    assert Fraction(1, 2) in found
    assert Fraction(3, 4) in found
    assert found.width < Fraction(1, 4) + Fraction(1, 100)


def window(lookup: Lookup) -> tuple[Quantity, ...]:
    return tuple(Quantity.of(year, "firm") for year in (3, 5, 10))


@pytest.mark.parametrize(
    ("text", "result"), [("sum(s[x])", 18), ("mean(s[x])", 6), ("min(s[x])", 3), ("max(s[x])", 10)]
)
def test_windows_are_joined_by_the_function_named(text, result):
    assert evaluate(parse(text), Values({}, window)) == Quantity.of(result, "firm")


def test_a_window_outside_a_function_is_refused():
    with pytest.raises(FormulaError) as caught:
        evaluate(parse("1 + s[NL, 2004/2014]"), Values({}, window))
    assert str(caught.value) == (
        "FormulaError: s[NL, 2004/2014] has 3 values where one is needed\n"
        "  where  1 + s[NL, 2004/2014]\n"
        "  where      ^\n"
        "  fix    say how to join them: mean(s[NL, 2004/2014]), or sum, min, max"
    )


def test_a_unit_error_points_at_the_operator():
    facts = {"a": Quantity.of(1, "MXN"), "b": Quantity.of(1, "USD")}
    with pytest.raises(UnitError) as caught:
        evaluate(parse("2 * (a + b)"), Values(facts, window), text="2 * (a + b)")
    assert caught.value.where == "2 * (a + b)\n       ^"


@pytest.mark.parametrize("many", [1, 2, 3, 8, 9, 15, 40])
def test_facts_that_stand_twice_never_cut_more_boxes_than_allowed(many, monkeypatch):
    counted = []
    monkeypatch.setattr(
        arithmetic, "_single", lambda *parts: counted.append(1) or Quantity(Interval.exact(1))
    )
    facts = {f"f{n}": Quantity(Interval(Fraction(1), Fraction(2))) for n in range(many)}
    evaluate(parse(" + ".join(f"f{n} / f{n}" for n in range(many))), Values(facts, lambda lookup: ()))
    assert 1 < len(counted) <= BOXES


def test_with_too_many_repeated_facts_to_cut_the_result_is_still_an_enclosure():
    facts = {f"f{n}": Quantity(Interval(Fraction(29), Fraction(31))) for n in range(12)}
    text = " + ".join(f"f{n} / f{n}" for n in range(12))
    found = evaluate(parse(text), Values(facts, lambda lookup: ())).value
    assert 12 in found
    # uncut, each of the twelve would be as wide as 31/29 - 29/31
    assert found.width < 12 * (Fraction(31, 29) - Fraction(29, 31))
