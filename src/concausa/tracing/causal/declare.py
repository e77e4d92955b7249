"""The declaration of a causal model: from a statement to a model with every type that it allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from concausa.core.errors import OptionError
from concausa.core.large import counted
from concausa.tracing.causal.graph import CausalGraph, read_graph
from concausa.tracing.causal.model import CausalModel
from concausa.tracing.causal.nodal_types import NodalTypes, all_types, monotone_types
from concausa.tracing.causal.signs import read_signs
from concausa.tracing.causal.type_prior import TypePrior

#: Most parameters of one node, over all combinations of its partners' types.
MOST_PARAMETERS = 1 << 20


def causal_model(
    statement: str | CausalGraph,
    *,
    levels: Mapping[str, int | Sequence[str]] | None = None,
    monotone: Mapping[str, str] | None = None,
) -> CausalModel:
    """A causal model with every type of every node, each as likely as the others.

    Parameters
    ----------
    statement : str or CausalGraph
        Such as ``EL -> S <- BQ; BC -> S``; ``X <-> Y`` where a hidden cause may join two nodes.
    levels : mapping of str to int or sequence of str
        How many levels a node has, or their names from lowest to highest. Nodes that are not named have
        two, 0 and 1.
    monotone : mapping of str to str
        ``{"S": "+EL +BQ"}``: for nodes with so many parents that not all types can be held.

    Raises
    ------
    ExpressionError
        If the statement cannot be read or closes a circle.
    UnknownNameError
        If *levels* or *monotone* names no node.
    OptionError
        If a node has fewer than 2 or more than 36 levels, or too many types.

    Notes
    -----
    A node that shares a hidden cause with an earlier one has one distribution over its types for each type
    of that node. Nothing that is computed depends on what nodes are called.

    References
    ----------
    .. [1] Humphreys & Jacobs (2023), *Integrated Inferences*, Cambridge University Press, ch. 2 and 5.
       https://doi.org/10.1017/9781316718636
    .. [2] Pearl (2009), *Causality*, 2nd ed., ch. 7. https://doi.org/10.1017/CBO9780511803161

    Examples
    --------
    >>> model = causal_model("EL -> S <- BQ; BC -> S")
    >>> model
    <CausalModel EL -> S; BQ -> S; BC -> S: 4 nodes, 2,048 causal types>
    """
    graph = statement if isinstance(statement, CausalGraph) else read_graph(statement)
    scales: dict[str, tuple[str, ...]] = dict.fromkeys(graph.nodes, ("0", "1"))
    for node, told in (levels or {}).items():
        graph.index(node, where="levels")
        scales[node] = _scale(node, told)
    for node in monotone or {}:
        graph.index(node, where="monotone")
    types: dict[str, NodalTypes] = {}
    priors: dict[str, TypePrior] = {}
    rules = []
    for node in graph.nodes:
        parents = graph.parents[node]
        sizes = [len(scales[parent]) for parent in parents]
        if monotone and node in monotone:
            signs = read_signs(node, monotone[node], parents)
            types[node] = monotone_types(
                node, len(scales[node]), parents, sizes, [signs.get(parent, 0) for parent in parents]
            )
            rules.append(f"{node} moves with {monotone[node]}")
        else:
            types[node] = all_types(node, len(scales[node]), parents, sizes)
        givens = 1
        for partner in graph.partners(node):
            givens *= len(types[partner])
        if givens * len(types[node]) > MOST_PARAMETERS:
            raise OptionError(
                f'"{node}" has {counted(givens * len(types[node]))} parameters, too many to hold',
                where=f"hidden causes shared with {', '.join(graph.partners(node))}",
                fix="restrict the types with monotone=, or leave out a hidden cause",
            )
        priors[node] = TypePrior.flat(givens, len(types[node]))
    return CausalModel(graph, scales, types, priors, tuple(rules))


def _scale(node: str, told: int | Sequence[str]) -> tuple[str, ...]:
    names = tuple(map(str, range(told))) if isinstance(told, int) and not isinstance(told, bool) else None
    if names is None:
        names = tuple(told) if isinstance(told, (list, tuple)) else ()
    if (
        not 2 <= len(names) <= 36
        or len(set(names)) < len(names)
        or not all(isinstance(n, str) for n in names)
    ):
        raise OptionError(
            f'the levels of "{node}" cannot be read',
            where=f"levels: {node}={told!r}",
            fix='give their number, 2 to 36, or their names from lowest to highest, such as ("low", "high")',
        )
    for place, name in enumerate(names):
        if name.strip().isdecimal() and name != str(place):
            raise OptionError(
                f'level "{name}" of "{node}" reads as a number, but is number {place}',
                where=f"levels: {node}={told!r}",
                fix=f"levels are counted from 0: give {node}={len(names)} and count from 0, or names that are words",
            )
    return names
