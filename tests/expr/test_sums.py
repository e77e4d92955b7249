"""Sums, held against a look at every combination of values."""

from itertools import product as every

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.truth_by_enumeration import widest

from concausa.core.errors import ExpressionError
from concausa.expr.sums import Box, absorbed, charted, holds, primes, product

LEVELS = (2, 3, 2, 2)
BOX = Box(LEVELS)

conjunctions = st.tuples(*(st.sets(st.integers(0, number - 1), min_size=1) for number in LEVELS)).map(
    lambda asked: sum(BOX.value(place, value) for place, values in enumerate(asked) for value in values)
)
sums = st.lists(conjunctions, max_size=7)


def inside(conjunction):
    return frozenset(every(*(BOX.values(conjunction, place) for place in range(len(LEVELS)))))


def union(several):
    return frozenset().union(*map(inside, several))


@given(sums)
def test_the_primes_are_every_widest_conjunction_and_nothing_else(some):
    found = primes(BOX, some)
    assert len(set(found)) == len(found)
    assert {inside(one) for one in found} == widest(union(some), LEVELS)


@pytest.mark.parametrize("conditions", [1, 4, 9])
def test_parity_has_a_prime_for_every_combination_in_it(conditions):
    # No two combinations with an odd number of ones are neighbours, so none can be widened: 2 ** (k - 1).
    box = Box((2,) * conditions)
    odd = [case for case in every((0, 1), repeat=conditions) if sum(case) % 2]
    some = [sum(box.value(place, value) for place, value in enumerate(case)) for case in odd]
    assert len(primes(box, some)) == 2 ** (conditions - 1)


@given(sums, conjunctions)
def test_a_sum_holds_a_conjunction_if_it_holds_all_its_combinations(some, one):
    assert holds(BOX, some, one) is (inside(one) <= union(some))


@given(sums, sums)
def test_a_product_holds_what_both_sums_hold(first, second):
    assert union(product(BOX, first, second)) == union(first) & union(second)


@given(sums)
def test_absorbing_keeps_the_widest_in_their_order(some):
    kept = absorbed(some)
    assert union(kept) == union(some)
    assert list(kept) == sorted(kept, key=some.index)
    assert not any(inside(one) <= inside(other) for one in kept for other in kept if one != other)


@given(sums, sums)
def test_a_chart_has_the_smallest_sets_of_cubes_that_serve_a_combination(wanted, others):
    cubes = list(dict.fromkeys([*wanted, *others]))
    serving = {
        frozenset(place for place, cube in enumerate(cubes) if point in inside(cube))
        for point in union(wanted)
    }
    smallest = {kind for kind in serving if not any(other < kind for other in serving)}
    found = charted(BOX, wanted, cubes)
    assert {
        frozenset(place for place in range(len(cubes)) if kind >> place & 1) for kind in found
    } == smallest
    assert len(found) == len(smallest)


def test_what_would_not_fit_is_refused_before_it_is_made():
    with pytest.raises(ExpressionError, match="more conjunctions than can be held"):
        absorbed(range(200_001))
    with pytest.raises(ExpressionError, match="more conjunctions than can be held"):
        product(BOX, [1] * 10_000, [1] * 10_000)
