"""Rules on types: which a statement keeps, and what it means for a type to hold always."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.expr.counterfactual import read_statement
from concausa.expr.counterfactual_tree import (
    Amount,
    Both,
    Compared,
    Constant,
    Not,
    Outcome,
    Statement,
    Total,
)
from concausa.tracing.causal.nodal_types import NodalTypes

Mask = npt.NDArray[np.bool_]
_HOW = {
    "==": np.equal,
    "!=": np.not_equal,
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "<": np.less,
    ">": np.greater,
}


def node_of(statement: str, nodes: Sequence[str]) -> str:
    """The one node whose types a statement is about.

    Raises
    ------
    ExpressionError
        If it is about none, or about several.
    """
    found = dict.fromkeys(outcome.node for outcome in _outcomes(read_statement(statement)))
    about = [name for name in found if name in nodes]
    if len(about) == 1:
        return about[0]
    if not about:
        near = nearest(next(iter(found), ""), nodes)
        raise ExpressionError(
            "the statement is about no node of the model",
            where=statement,
            fix=f'did you mean "{near}"?' if near else f"nodes are {', '.join(nodes)}",
        )
    raise ExpressionError(
        f"the statement is about several nodes: {', '.join(about)}",
        where=statement,
        fix="state a rule for one node at a time, such as S[EL=1] >= S[EL=0]",
    )


def holds_always(statement: str, types: NodalTypes, scales: Mapping[str, Sequence[str]]) -> Mask:
    """Which types agree with a statement whatever the parents are where it does not set them."""
    return np.asarray(np.all(list(_under_each(statement, types, scales)), axis=0))


def holds_somewhere(statement: str, types: NodalTypes, scales: Mapping[str, Sequence[str]]) -> Mask:
    """Which types agree with a statement for at least one way in which the other parents may be."""
    return np.asarray(np.any(list(_under_each(statement, types, scales)), axis=0))


def no_interaction(first: str, second: str, types: NodalTypes) -> Mask:
    """Which types let the effect of one parent be the same whatever the other is.

    The second difference in *first* and *second* is 0 between every two levels of each, under every
    configuration of the other parents.
    """
    a, b = types.parents.index(first), types.parents.index(second)
    keep = np.ones(len(types), dtype=bool)
    values = types.values.astype(np.int64)
    for row in types.parent_values.tolist():
        if row[a] == 0 and row[b] == 0:
            for high_a in range(1, types.parent_levels[a]):
                for high_b in range(1, types.parent_levels[b]):
                    corners = []
                    for at_a, at_b in ((0, 0), (high_a, 0), (0, high_b), (high_a, high_b)):
                        corner = list(row)
                        corner[a], corner[b] = at_a, at_b
                        corners.append(values[:, types.configuration(corner)])
                    keep &= corners[3] - corners[2] == corners[1] - corners[0]
    return keep


def moves_one_way(types: NodalTypes, parent: str, sign: int) -> Mask:
    """Which types never fall (sign 1) or never rise (sign -1) as a parent rises."""
    at = types.parents.index(parent)
    keep = np.ones(len(types), dtype=bool)
    for configuration, row in enumerate(types.parent_values.tolist()):
        if row[at] + 1 < types.parent_levels[at]:
            rise = types.values[:, configuration + types.strides[at]] - types.values[:, configuration]
            keep &= sign * rise >= 0
    return keep


def _under_each(statement: str, types: NodalTypes, scales: Mapping[str, Sequence[str]]) -> Iterator[Mask]:
    tree = read_statement(statement)
    set_nodes = dict.fromkeys(
        setting.node
        for outcome in _outcomes(tree)
        if outcome.node == types.node
        for setting in outcome.settings
    )
    for name in set_nodes:
        if name not in types.parents:
            near = nearest(name, types.parents)
            raise ExpressionError(
                f'"{name}" is no parent of "{types.node}"',
                where=statement,
                fix=f'did you mean "{near}"?'
                if near
                else f"parents are {', '.join(types.parents) or 'none'}",
            )
    own = [outcome for outcome in _outcomes(tree) if outcome.node == types.node]
    free = [
        name
        for name in types.parents
        if any(name not in [setting.node for setting in outcome.settings] for outcome in own)
    ]
    levels = dict(zip(types.parents, types.parent_levels, strict=True))
    for row in itertools.product(*(range(levels[name]) for name in free)):
        yield _Rule(statement, types, scales, dict(zip(free, row, strict=True))).statement(tree)


class _Rule:
    """One way in which the parents may be that a statement leaves free."""

    def __init__(
        self,
        text: str,
        types: NodalTypes,
        scales: Mapping[str, Sequence[str]],
        rest: Mapping[str, int],
    ) -> None:
        self.text, self.types, self.scales, self.rest = text, types, scales, rest

    def statement(self, tree: Statement) -> Mask:
        if isinstance(tree, Not):
            return ~self.statement(tree.part)
        if isinstance(tree, Compared):
            left, right = self.amount(tree.left), self.amount(tree.right)
            return np.asarray(np.broadcast_to(_HOW[tree.sign](left, right), (len(self.types),)))
        parts = [self.statement(part) for part in tree.parts]
        return np.asarray(np.all(parts, axis=0) if isinstance(tree, Both) else np.any(parts, axis=0))

    def amount(self, tree: Amount) -> npt.NDArray[np.int64]:
        if isinstance(tree, Constant):
            return np.array([tree.value])
        if isinstance(tree, Total):
            parts = [factor * self.amount(part) for factor, part in tree.parts]
            return np.asarray(sum(parts[1:], start=parts[0]))
        if tree.node != self.types.node:
            return np.array([self.level(tree.node, self.types.node, tree.position)])
        held = dict(self.rest)
        for setting in tree.settings:
            value = setting.value
            if isinstance(value, Constant):
                name = str(value.value)
                if value.value >= len(self.scales[setting.node]):
                    raise self.error(f'"{setting.node}" cannot be {name}', value.position)
                held[setting.node] = value.value
            else:
                held[setting.node] = self.level(value.node, setting.node, value.position)
        at = self.types.configuration([held[name] for name in self.types.parents])
        return self.types.values[:, at].astype(np.int64)

    def level(self, word: str, node: str, position: int) -> int:
        if word not in self.scales[node]:
            raise self.error(f'"{word}" is no level of "{node}"', position)
        return list(self.scales[node]).index(word)

    def error(self, what: str, position: int) -> ExpressionError:
        return ExpressionError(
            what,
            where=f"{self.text}\n{' ' * position}^",
            fix="write it as S[EL=1] >= S[EL=0]; parents that are nowhere set may be anything",
        )


def _outcomes(tree: Statement | Amount) -> Iterator[Outcome]:
    if isinstance(tree, Outcome):
        yield tree
    elif isinstance(tree, Total):
        for _, amount in tree.parts:
            yield from _outcomes(amount)
    elif isinstance(tree, Compared):
        yield from _outcomes(tree.left)
        yield from _outcomes(tree.right)
    elif isinstance(tree, Not):
        yield from _outcomes(tree.part)
    elif not isinstance(tree, Constant):
        for one in tree.parts:
            yield from _outcomes(one)
