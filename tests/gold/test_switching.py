"""Switching functions: what Quine's and McCluskey's method gives on examples that can be done by hand."""

from __future__ import annotations

import itertools

import pytest
from tests.gold.study import model, models, models_of, term

import concausa as cc


def function(positive: set[int], free: set[int], names: str) -> cc.TruthTable:
    """A function of binary conditions by the numbers of its minterms, the first condition first."""
    table: dict[str, list[int]] = {name: [] for name in (*names, "Y")}
    for number, values in enumerate(itertools.product((0, 1), repeat=len(names))):
        if number in free:
            continue
        for name, value in zip(names, values, strict=True):
            table[name].append(value)
        table["Y"].append(int(number in positive))
    return cc.truth_table(table, outcome="Y", conditions=list(names), consistency=1.0)


def test_regime_failure_needs_one_of_three_causes() -> None:
    # Ragin (1987), *The Comparative Method*, chapter 6: seven primitive expressions reduce to A + B + C.
    found = cc.minimize(function({1, 2, 3, 4, 5, 6, 7}, set(), "ABC"), solution="conservative")
    assert models(found) == {model("A + B + C")}


def test_successful_strikes_need_two_of_three_prime_implicants() -> None:
    # Ragin (1987), chapter 6: S = AbC + aBc + ABc + ABC; prime implicants AC, AB and Bc; AB is redundant.
    found = cc.minimize(function({5, 2, 6, 7}, set(), "ABC"), solution="conservative")
    assert {term(each.expression) for each in found.prime_implicants} == {
        term("A*C"),
        term("A*B"),
        term("B*~C"),
    }
    assert models(found) == {model("A*C + B*~C")}
    assert {term(each.expression) for each in found.essential} == {term("A*C"), term("B*~C")}


def test_failed_strikes_follow_from_de_morgans_law() -> None:
    # Ragin (1987), chapter 6: s = (a + c)(b + C) = ab + aC + bc; as a minimum aC + bc suffices, since ab is
    # their consensus.
    found = cc.minimize(function({5, 2, 6, 7}, set(), "ABC").negated(), solution="conservative")
    assert {term(each.expression) for each in found.prime_implicants} == {
        term("~A*~B"),
        term("~A*C"),
        term("~B*~C"),
    }
    assert models(found) == {model("~A*C + ~B*~C")}


def test_two_models_when_two_dont_cares_help_alike() -> None:
    # A common textbook function: minterms 4, 8, 10, 11, 12, 15, don't care 9, 14. By hand: 4 only in
    # B~C~D, 15 only in AC; what is left, 8, lies in A~B and in A~D.
    found = cc.minimize(function({4, 8, 10, 11, 12, 15}, {9, 14}, "ABCD"), solution="parsimonious")
    assert models(found) == models_of(["B*~C*~D + A*C + A*~B", "B*~C*~D + A*C + A*~D"])
    assert {term(each.expression) for each in found.essential} == {term("B*~C*~D"), term("A*C")}


def test_a_cycle_has_two_minimum_and_five_irredundant_models() -> None:
    # All points of the cube but two opposite corners: six prime implicants in a ring (Quine 1952, *American
    # Mathematical Monthly* 59(8), 521-531, https://doi.org/10.2307/2308219, on forms without a core). Minimal
    # edge covers of a hexagon: 2 perfect matchings, 3 pairs of paths of length two.
    table = function({0, 1, 2, 5, 6, 7}, set(), "ABC")
    minimum = cc.minimize(table, solution="conservative")
    ring = ["~A*~B", "~B*C", "A*C", "A*B", "B*~C", "~A*~C"]
    assert {term(each.expression) for each in minimum.prime_implicants} == set(map(term, ring))
    assert not minimum.essential
    assert models(minimum) == models_of(
        ["~A*~B + A*C + B*~C", "~B*C + A*B + ~A*~C"],
    )
    every = cc.minimize(table, solution="conservative", models="irredundant")
    assert models(every) == models_of(
        [
            "~A*~B + A*C + B*~C",
            "~B*C + A*B + ~A*~C",
            *(f"{ring[i]} + {ring[i - 1]} + {ring[i - 3]} + {ring[i - 4]}" for i in range(3)),
        ]
    )


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_parity_cannot_be_shortened(k: int) -> None:
    # Points of odd parity are never neighbours: every one is its own prime implicant.
    odd = {number for number in range(2**k) if number.bit_count() % 2}
    found = cc.minimize(function(odd, set(), "ABCDE"[:k]), solution="parsimonious")
    assert len(found.prime_implicants) == len(found.models[0].terms) == 2 ** (k - 1)
    assert found.n_models == 1


@pytest.mark.parametrize(("pairs", "count"), [(1, 2), (2, 4), (5, 32), (8, 256)])
def test_models_multiply_over_independent_choices(pairs: int, count: int) -> None:
    # One positive row with everything present; negative row i lacks the two conditions of pair i and nothing
    # else. A term must name one of each pair: 2 ** pairs terms, each a model.
    names = [f"{letter}{i}" for i in range(pairs) for letter in "AB"]
    rows = [[1] * (2 * pairs)] + [
        [0 if at // 2 == pair else 1 for at in range(2 * pairs)] for pair in range(pairs)
    ]
    table = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    table["Y"] = [1] + [0] * pairs
    found = cc.minimize(
        cc.truth_table(table, outcome="Y", conditions=names, consistency=1.0), solution="parsimonious"
    )
    assert found.n_models == count
    assert all(len(each.terms) == 1 for each in found.models)
