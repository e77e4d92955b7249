"""Sums over the twin network: nodes are taken one after the other, causal types are never listed.

What is kept between two nodes is the weight of each combination of values that a later node, or the
statement itself, still looks at. Cost grows with the width of that frontier, not with the number of nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from concausa.tracing.causal.graph import CausalGraph
from concausa.tracing.causal.nodal_types import NodalTypes
from concausa.tracing.causal.twin_network import Copy, TwinNetwork

#: A number or an array of numbers; all that is asked of it is ``+`` and ``*``.
Weight: TypeAlias = Any


class NodeWeights(Protocol):
    """How much each type of one node weighs."""

    def grouped(
        self, given: int, configurations: tuple[int, ...]
    ) -> Sequence[tuple[tuple[int, ...], Weight]]:
        """Weight of each row of values that types show under some configurations, zeros left out."""

    def by_type(self, given: int) -> Sequence[tuple[int, Weight]]:
        """Weight of each single type, zeros left out."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the combinations weigh that agree with what is given.

    Parameters
    ----------
    given : Weight
        Of all of them.
    query, square : Weight
        The same, each multiplied by what the query is worth there, and by the square of that.
    """

    given: Weight
    query: Weight
    square: Weight


@dataclass(frozen=True, slots=True)
class _Step:
    """One node in turn: its copies, and what is still needed after it.

    Parameters
    ----------
    keep_copies, keep_types : tuple of int
        Copies and partner nodes that a later step or the statement looks at.
    branches : bool
        Whether each of its types is told apart, because a later node's weights depend on it.
    """

    node: int
    copies: tuple[int, ...]
    keep_copies: tuple[int, ...]
    keep_types: tuple[int, ...]
    branches: bool


def sums(
    network: TwinNetwork,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    weights: Sequence[NodeWeights],
) -> Sums:
    """Add up the network.

    Parameters
    ----------
    types, weights : sequences
        One a node, in the order of *graph*.
    """
    steps = _steps(network, graph)
    states: dict[tuple[tuple[int, ...], tuple[int, ...]], Weight] = {((), ()): 1}
    copies: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    for step in steps:
        node = graph.nodes[step.node]
        own = types[step.node]
        given_by = tuple((partners.index(place), stride) for place, stride in _given(graph, types, node))
        after: dict[tuple[tuple[int, ...], tuple[int, ...]], Weight] = {}
        names = (*copies, *step.copies)
        places = [names.index(copy) for copy in step.keep_copies]
        typed = (*partners, step.node)
        type_places = [typed.index(partner) for partner in step.keep_types]
        for (values, held), weight in states.items():
            known = dict(zip(copies, values, strict=True))
            wanted = [_configuration(network.copies[copy], known, own) for copy in step.copies]
            distinct = tuple(dict.fromkeys(wanted))
            given = sum(held[place] * stride for place, stride in given_by)
            if step.branches:
                found = [
                    (tuple(int(own.values[type, at]) for at in distinct), type, part)
                    for type, part in weights[step.node].by_type(given)
                ]
            else:
                found = [(row, -1, part) for row, part in weights[step.node].grouped(given, distinct)]
            at = {configuration: place for place, configuration in enumerate(distinct)}
            for row, type, part in found:
                every = (*values, *(row[at[configuration]] for configuration in wanted))
                all_types = (*held, type)
                key = (tuple(every[p] for p in places), tuple(all_types[p] for p in type_places))
                share = weight * part
                after[key] = after[key] + share if key in after else share
        states, copies, partners = after, step.keep_copies, step.keep_types
    return _told(network, states, copies)


def _told(network: TwinNetwork, states: dict[Any, Weight], copies: tuple[int, ...]) -> Sums:
    total: Weight = 0
    asked: Weight = 0
    square: Weight = 0
    for (values, _), weight in states.items():
        known = dict(zip(copies, values, strict=True))
        if network.given(known):
            total = total + weight
            if worth := network.query(known):
                asked = asked + weight * worth
                square = square + weight * worth * worth
    return Sums(total, asked, square)


def _configuration(copy: Copy, known: dict[int, int], types: NodalTypes) -> int:
    return types.configuration([value if kind == "is" else known[value] for kind, value in copy.parents])


def _given(graph: CausalGraph, types: Sequence[NodalTypes], node: str) -> list[tuple[int, int]]:
    """Each partner's place and what one of its types adds to the number of the combination."""
    found, stride = [], 1
    for partner in graph.partners(node):
        place = graph.nodes.index(partner)
        found.append((place, stride))
        stride *= len(types[place])
    return found


def _steps(network: TwinNetwork, graph: CausalGraph) -> list[_Step]:
    by_node: dict[int, list[int]] = {}
    for number, copy in enumerate(network.copies):
        by_node.setdefault(copy.node, []).append(number)
    needed = set(by_node)
    for place in range(len(graph.nodes) - 1, -1, -1):
        if place in needed:
            needed |= {graph.nodes.index(partner) for partner in graph.partners(graph.nodes[place])}
    order = sorted(needed)
    wanted = network.asked | network.known
    steps: list[_Step] = []
    for turn, node in enumerate(order):
        later = order[turn + 1 :]
        still = set(wanted)
        for other in later:
            for own in by_node.get(other, ()):
                still |= {number for kind, number in network.copies[own].parents if kind == "copy"}
        done = [number for before in order[: turn + 1] for number in by_node.get(before, ())]
        partners = {graph.nodes.index(name) for other in later for name in graph.partners(graph.nodes[other])}
        steps.append(
            _Step(
                node,
                tuple(by_node.get(node, ())),
                tuple(number for number in done if number in still),
                tuple(before for before in order[: turn + 1] if before in partners),
                node in partners,
            )
        )
    return steps
