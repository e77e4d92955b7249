"""Several outcomes together: by hand, by trying everything, refusals."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.reference import several_outcomes as twin

from concausa.core.errors import ConcausaError
from concausa.qca.several.outcomes import several_outcomes

# Four rows that the README of CORAtool prints, the R port of CORA (Sebechlebská, Mkrtchyan & Thiem 2023, Journal of
# Open Source Software 8(85), 5019), with the prime implicants A{0} (essential), C{0}, B{1} and the two models
# A{0} + C{0} and A{0} + B{1}. Here the outcome stands twice, so that everything is shared.
FOUR = {"A": [1, 0, 1, 0], "B": [1, 0, 0, 1], "C": [0, 1, 1, 0], "Y": [1, 1, 0, 1], "Z": [1, 1, 0, 1]}


def test_an_outcome_that_stands_twice_has_the_models_that_the_package_cora_shows_for_it():
    found = several_outcomes(FOUR, outcomes=["Y", "Z"], conditions=["A", "B", "C"])
    assert [(gate.expression, gate.outcomes) for gate in found.gates] == [
        ("~A", (0, 1)),
        ("B", (0, 1)),
        ("~C", (0, 1)),
    ]
    assert sorted(system.expressions for system in found.systems) == [
        ("~A + B", "~A + B"),
        ("~A + ~C", "~A + ~C"),
    ]
    assert all(system.shared == system.gates for system in found.systems)


def test_a_conjunction_that_explains_two_outcomes_at_once_is_one_gate():
    # Y = A*B, Z = A*B + C, all eight rows seen. Apart they would need three conditions, together two.
    rows = list(product((0, 1), repeat=3))
    frame = {name: [row[place] for row in rows] for place, name in enumerate("ABC")}
    frame["Y"] = [a & b for a, b, _ in rows]
    frame["Z"] = [a & b | c for a, b, c in rows]
    found = several_outcomes(frame, outcomes=["Y", "Z"], conditions=["A", "B", "C"])
    (system,) = found.systems
    assert str(system) == "A*B => Y; A*B + C => Z"
    assert [gate.expression for gate in system.shared] == ["A*B"]
    assert (
        [system.consistency(place) for place in (0, 1)]
        == [system.coverage(place) for place in (0, 1)]
        == [1, 1]
    )


def tables():
    values = st.lists(st.tuples(*[st.integers(0, 1)] * 5), min_size=3, max_size=8)
    return values.filter(lambda rows: len({row[:3] for row in rows}) == len(rows))


@settings(max_examples=18, deadline=None)
@given(rows=tables(), fewest=st.booleans())
def test_gates_and_systems_are_those_that_trying_everything_finds(rows, fewest):
    frame = {name: [row[place] for row in rows] for place, name in enumerate("ABCYZ")}
    assume(any(frame["Y"]) and any(frame["Z"]))
    found = several_outcomes(
        frame,
        outcomes=["Y", "Z"],
        conditions=list("ABC"),
        models="minimum" if fewest else "irredundant",
        limit=5_000,
    )
    on = [{place for place, row in enumerate(rows) if row[3 + t]} for t in range(2)]
    off = [{place for place, row in enumerate(rows) if not row[3 + t]} for t in range(2)]
    corners = [row[:3] for row in rows]
    gates = twin.gates(corners, on, off, (2, 2, 2))
    assert {(gate.cube, frozenset(gate.outcomes)) for gate in found.gates} == gates
    assume(len(gates) <= 9)
    assert {
        tuple(frozenset(system.gates[place].cube for place in own) for own in system.connections)
        for system in found.systems
    } == twin.systems(corners, on, gates, fewest=fewest)
    assert found.exact


def test_more_systems_than_are_listed_are_spoken_of():
    found = several_outcomes(FOUR, outcomes=["Y", "Z"], conditions=["A", "B", "C"], limit=1)
    assert (found.n_systems, found.exact) == (1, False)
    assert next(caveat.kind for caveat in found.caveats) == "inexact"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"outcomes": ["Y"]}, "several outcomes are two to 8"),
        ({"outcomes": ["Y", "A"]}, '"A" is both outcome and condition'),
        ({"models": "least"}, "models cannot be 'least'"),
        ({"limit": 0}, "the limit is how many systems are listed at most, 1 or more"),
        ({"frequency": 2}, "no row leads to Y"),
    ],
)
def test_what_cannot_be_explained_together_is_refused(options, what):
    with pytest.raises(ConcausaError) as refused:
        several_outcomes(FOUR, **({"outcomes": ["Y", "Z"], "conditions": ["A", "B", "C"]} | options))
    assert refused.value.what == what
