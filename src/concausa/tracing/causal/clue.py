"""What a clue would teach: how far a query would move if one more node were looked at.

References
----------
.. [1] Humphreys & Jacobs (2023), *Integrated Inferences*, Cambridge University Press, ch. 12.
   https://doi.org/10.1017/9781316718636
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concausa.core.errors import DataError, OptionError
from concausa.expr.counterfactual import read_statement
from concausa.expr.counterfactual_tree import Both, Compared, Constant, Outcome
from concausa.tracing.causal.belief import Belief
from concausa.tracing.causal.query import answer

if TYPE_CHECKING:
    from concausa.tracing.causal.model import CausalModel


@dataclass(frozen=True, slots=True)
class ClueReading:
    """One value that a clue may show.

    Parameters
    ----------
    level : str
    probability : float
        How likely it is to be seen, given what is known.
    value : float or None
        The query once it is seen; None if it cannot be.
    """

    level: str
    probability: float
    value: float | None


@dataclass(frozen=True, slots=True)
class ClueValue:
    """What looking at one node would teach of a query at case level.

    Parameters
    ----------
    node : str
    readings : tuple of ClueReading
    value : float
        The query as it stands.
    variance : float
        Of the query as it stands: p (1 - p) for a statement.
    expected_variance : float
        Expected once the node has been looked at; never above *variance*.
    """

    node: str
    readings: tuple[ClueReading, ...]
    value: float
    variance: float
    expected_variance: float

    @property
    def learning(self) -> float:
        """Share of the variance that is expected to go, in [0, 1]; 0 where there is none."""
        return 1 - self.expected_variance / self.variance if self.variance > 0 else 0.0

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "node": self.node,
            "readings": [
                {"level": one.level, "probability": one.probability, "value": one.value}
                for one in self.readings
            ],
            "value": self.value,
            "variance": self.variance,
            "expected_variance": self.expected_variance,
            "learning": self.learning,
        }

    def __str__(self) -> str:
        seen = "; ".join(
            f"{self.node}={one.level} ({one.probability:.0%} likely): "
            + ("cannot be" if one.value is None else f"{one.value:.3f}")
            for one in self.readings
        )
        return f"{self.node} would take away {self.learning:.1%} of the uncertainty: now {self.value:.3f}; {seen}"


def clue_values(
    model: CausalModel, belief: Belief, query: str, given: str = "", *, nodes: Sequence[str] = ()
) -> tuple[ClueValue, ...]:
    """What each node not yet looked at would teach of a query, the most telling first.

    Parameters
    ----------
    nodes : sequence of str
        Which nodes; all that *given* does not fix, if none is named.

    Raises
    ------
    OptionError
        If a node is named whose value is given already.
    """
    graph, types, scales = model.graph, model.type_list, model.scales
    fixed = _fixed(given, graph.nodes)
    for node in nodes:
        graph.index(node)
        if node in fixed:
            raise OptionError(f'"{node}" is given already', where=f"given: {given}", fix="name another node")
    now = answer(belief, graph, types, scales, query, given)
    found = []
    for node in nodes or [name for name in graph.nodes if name not in fixed]:
        readings = []
        quoted = '"' + node.replace('"', '""') + '"'
        for place, level in enumerate(scales[node]):
            seen = f"{quoted}=={place}"
            both = f"({given}) & {seen}" if given.strip() else seen
            share = answer(belief, graph, types, scales, seen, given).value
            value: tuple[float, float] | None = None
            if share > 0:
                try:
                    after = answer(belief, graph, types, scales, query, both)
                    value = after.value, after.sd
                except DataError:
                    share = 0.0
            readings.append((ClueReading(level, share, value and value[0]), value[1] ** 2 if value else 0.0))
        expected = sum(one.probability * variance for one, variance in readings)
        variance = now.sd**2
        found.append(
            ClueValue(node, tuple(one for one, _ in readings), now.value, variance, min(expected, variance))
        )
    order = {node: place for place, node in enumerate(graph.nodes)}
    return tuple(sorted(found, key=lambda one: (-round(one.learning, 12), order[one.node])))


def _fixed(given: str, nodes: Sequence[str]) -> set[str]:
    """Nodes whose value a statement fixes outright."""
    if not given.strip():
        return set()
    open_ends = [read_statement(given)]
    found = set()
    while open_ends:
        tree = open_ends.pop()
        if isinstance(tree, Both):
            open_ends += tree.parts
        elif isinstance(tree, Compared) and tree.sign == "==":
            for one, other in ((tree.left, tree.right), (tree.right, tree.left)):
                is_value = isinstance(other, Constant) or (
                    isinstance(other, Outcome) and other.node not in nodes
                )
                if isinstance(one, Outcome) and one.node in nodes and not one.settings and is_value:
                    found.add(one.node)
    return found
