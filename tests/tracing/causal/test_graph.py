"""Causal graphs: statements, order, districts, and circles."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.tracing.causal.graph import causal_graph, read_graph

NAMES = ["A", "B", "lambda", "a b", 'say "so"', "1"]


@given(st.permutations(NAMES), st.data())
def test_the_statement_of_a_graph_reads_back_to_it(order: list[str], data: st.DataObject) -> None:
    pairs = list(itertools.combinations(order, 2))
    arrows = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    hidden = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    graph = causal_graph(data.draw(st.permutations(NAMES)), arrows, hidden)
    again = read_graph(graph.statement)
    assert (again.nodes, dict(again.parents)) == (graph.nodes, dict(graph.parents))
    assert set(again.confounded) == set(graph.confounded)


def test_parents_come_before_children_and_else_the_statement_gives_the_order() -> None:
    graph = read_graph("D <- M <- I; P -> D\nK, I -> D; D <-> I")
    assert graph.nodes == ("I", "P", "K", "M", "D")
    assert graph.parents["D"] == ("I", "P", "M")
    assert graph.partners("D") == ("I",)
    assert graph.ancestors("D") == {"I", "P", "M"}
    assert graph.districts == (("I", "D"), ("P",), ("K",), ("M",))


def test_districts_are_joined_through_others() -> None:
    assert read_graph("A <-> B; C <-> B; D").districts == (("A", "B", "C"), ("D",))


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("", "a causal graph needs nodes"),
        (" ; ", "a causal graph needs nodes"),
        ("X -> Y -> X", "the arrows close a circle"),
        ("X -> X", '"X" points at itself'),
        ("X <-> X", '"X" points at itself'),
        ("X ->", "an arrow leads nowhere"),
        ("-> Y", "expected a node"),
        ("X -> -> Y", "expected a node"),
        ("X Y", 'expected an arrow, found "Y"'),
        ("X => Y", 'the sign "=" has no meaning here'),
    ],
)
def test_a_statement_that_draws_no_graph_is_refused(statement: str, message: str) -> None:
    with pytest.raises(ExpressionError) as error:
        read_graph(statement)
    assert str(error.value).splitlines()[0] == f"ExpressionError: {message}"


def test_a_circle_is_told_from_its_first_node() -> None:
    with pytest.raises(ExpressionError) as error:
        read_graph("Z; B -> C -> A -> B")
    assert "where  B -> C -> A -> B" in str(error.value)


def test_a_node_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as error:
        read_graph("growth -> debt").index("grwth")
    assert str(error.value) == (
        'UnknownNameError: the model has no node "grwth"\n  where  nodes: growth, debt\n'
        '  fix    did you mean "growth"?'
    )
    with pytest.raises(OptionError) as other:
        causal_graph(["A"], [("A", "B")])
    assert 'an arrow names "B", which is no node of the graph' in str(other.value)
