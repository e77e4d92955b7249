"""The twin network of a statement: one copy of each node for every setting that reaches it.

A copy is told apart by what its parents are, so that settings which do not reach a node share its copy.

References
----------
.. [1] Balke & Pearl (1994), Probabilistic evaluation of counterfactual queries, *AAAI-94*, 230-237.
   Reprinted as https://doi.org/10.1145/3501714.3501733
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import TypeAlias

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.expr.counterfactual import read_amount_or_statement, read_statement
from concausa.expr.counterfactual_tree import (
    Amount,
    Both,
    Compared,
    Constant,
    Either,
    Not,
    Outcome,
    Statement,
    Total,
)
from concausa.tracing.causal.graph import CausalGraph

_SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "==": eq,
    "!=": ne,
    "<=": le,
    ">=": ge,
    "<": lt,
    ">": gt,
}

#: What a copy or a parent of a copy is: ``("is", value)`` or ``("copy", number)``.
Reference: TypeAlias = tuple[str, int]
#: Given the values of copies by their numbers, what the statement is worth.
Worth: TypeAlias = Callable[[Mapping[int, int]], int]


@dataclass(frozen=True, slots=True)
class Copy:
    """A node under settings.

    Parameters
    ----------
    node : int
        Place of the node in the graph's order.
    parents : tuple of Reference
        In the order of the node's parents: a value that is set, or another copy.
    """

    node: int
    parents: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class TwinNetwork:
    """Copies of nodes, parents before children, and what the statements say of them.

    Parameters
    ----------
    copies : tuple of Copy
    query, given : functions
        Their worth under values of copies: 0 or 1 for a statement, any whole number for an amount.
    asked, known : frozenset of int
        Copies that *query* and *given* look at.
    """

    copies: tuple[Copy, ...]
    query: Worth
    given: Worth
    asked: frozenset[int]
    known: frozenset[int]


def twin_network(
    graph: CausalGraph, scales: Mapping[str, Sequence[str]], query: str, given: str = ""
) -> TwinNetwork:
    """The network in which a query, and what is known, can be told.

    Parameters
    ----------
    scales : mapping of str to sequence of str
        The levels of each node, lowest first.
    query : str
        A statement, or an amount such as ``Y[X=1] - Y[X=0]``.
    given : str
        A statement; empty if nothing is known.

    Raises
    ------
    ExpressionError
        If a text cannot be read, names no node or level of the model, or a value that a node cannot have.
    """
    builder = _Builder(graph, scales)
    query_worth, asked = builder.told(query, read_amount_or_statement(query))
    known: frozenset[int] = frozenset()
    given_worth: Worth = _certain
    if given.strip():
        given_worth, known = builder.told(given, read_statement(given))
    return TwinNetwork(tuple(builder.copies), query_worth, given_worth, asked, known)


def _certain(_: Mapping[int, int]) -> int:
    return 1


class _Builder:
    """Collects copies while it reads trees."""

    def __init__(self, graph: CausalGraph, scales: Mapping[str, Sequence[str]]) -> None:
        self.graph = graph
        self.scales = scales
        self.copies: list[Copy] = []
        self.numbers: dict[Copy, int] = {}
        self.text = ""
        self.used: set[int] = set()

    def told(self, text: str, tree: Amount | Statement) -> tuple[Worth, frozenset[int]]:
        """The worth of a text, and the copies that it looks at."""
        self.text, self.used = text, set()
        if isinstance(tree, (Constant, Outcome, Total)):
            return self.amount(tree, ()), frozenset(self.used)
        return self.statement(tree), frozenset(self.used)

    def statement(self, tree: Statement) -> Worth:
        if isinstance(tree, Not):
            part = self.statement(tree.part)
            return lambda values: 1 - part(values)
        if isinstance(tree, Compared):
            return self.compared(tree)
        parts = tuple(self.statement(part) for part in tree.parts)
        if isinstance(tree, Both):
            return lambda values: int(all(part(values) for part in parts))
        assert isinstance(tree, Either)
        return lambda values: int(any(part(values) for part in parts))

    def compared(self, tree: Compared) -> Worth:
        sides = (tree.left, tree.right)
        nodes = tuple(self.node_of(side) for side in sides)
        left, right = (
            self.amount(side, scale)
            for side, scale in zip(sides, (self.scale_of(nodes[1]), self.scale_of(nodes[0])), strict=True)
        )
        sign = _SIGNS[tree.sign]
        for side, other in ((tree.left, nodes[1]), (tree.right, nodes[0])):
            if isinstance(side, Constant) and other is not None:
                self.within(side, other)
        return lambda values: int(sign(left(values), right(values)))

    def node_of(self, tree: Amount) -> str | None:
        """The node of an amount that is one node; None for others."""
        return tree.node if isinstance(tree, Outcome) and tree.node in self.scales else None

    def scale_of(self, node: str | None) -> Sequence[str]:
        return () if node is None else self.scales[node]

    def within(self, constant: Constant, node: str) -> int:
        if constant.value >= len(self.scales[node]):
            raise self.error(
                f'"{node}" cannot be {constant.value}',
                constant.position,
                f"its values are 0 to {len(self.scales[node]) - 1}",
            )
        return constant.value

    def amount(self, tree: Amount, levels: Sequence[str]) -> Worth:
        """What an amount is; a bare word may be one of *levels* if it is no node."""
        if isinstance(tree, Constant):
            value = tree.value
            return lambda _: value
        if isinstance(tree, Total):
            parts = tuple((factor, self.amount(part, ())) for factor, part in tree.parts)
            return lambda values: sum(factor * part(values) for factor, part in parts)
        kind, number = self.outcome(tree, levels)
        if kind == "is":
            return lambda _: number
        self.used.add(number)
        return lambda values: values[number]

    def outcome(self, tree: Outcome, levels: Sequence[str]) -> Reference:
        if tree.node not in self.scales:
            return "is", self.level(tree, levels)
        if tree.node in levels:
            raise self.error(
                f'"{tree.node}" is a node and a level', tree.position, "write the level as a number"
            )
        world: dict[str, Reference] = {}
        for setting in tree.settings:
            node = setting.node
            if node not in self.scales:
                raise self.unknown(node, setting.position, self.scales, "the model has no node")
            if isinstance(setting.value, Constant):
                world[node] = "is", self.within(setting.value, node)
                continue
            world[node] = self.outcome(setting.value, self.scales[node])
            at = setting.value.node
            if at in self.scales and len(self.scales[at]) > len(self.scales[node]):
                raise self.error(
                    f'"{at}" has more levels than "{node}"', setting.position, "set it to a value"
                )
        return self.copy(tree.node, world, {}, tree.position)

    def level(self, tree: Outcome, levels: Sequence[str]) -> int:
        if tree.settings or not levels:
            raise self.unknown(tree.node, tree.position, self.scales, "the model has no node")
        if tree.node not in levels:
            raise self.unknown(
                tree.node, tree.position, [*self.scales, *levels], "the model has no node or level"
            )
        return list(levels).index(tree.node)

    def copy(
        self, node: str, world: Mapping[str, Reference], seen: dict[str, Reference], position: int
    ) -> Reference:
        if node in world:
            return world[node]
        if node not in seen:
            parents = tuple(self.copy(parent, world, seen, position) for parent in self.graph.parents[node])
            made = Copy(self.graph.nodes.index(node), parents)
            for kind, number in parents:
                if kind == "copy" and self.copies[number].node >= made.node:
                    late = self.graph.nodes[self.copies[number].node]
                    raise self.error(
                        f'"{node}" would turn on what "{late}" is, which does not come before it',
                        position,
                        "set nodes to values, or to what earlier nodes are",
                    )
            if made not in self.numbers:
                self.numbers[made] = len(self.copies)
                self.copies.append(made)
            seen[node] = "copy", self.numbers[made]
        return seen[node]

    def unknown(
        self, word: str, position: int, known: Sequence[str] | Mapping[str, object], what: str
    ) -> ExpressionError:
        near = nearest(word, known)
        fix = f'did you mean "{near}"?' if near else f"one of {', '.join(known)}"
        return self.error(f'{what} "{word}"', position, fix)

    def error(self, what: str, position: int, fix: str) -> ExpressionError:
        text = self.text.replace("\n", " ")
        return ExpressionError(what, where=f"{text}\n{' ' * position}^", fix=fix)
