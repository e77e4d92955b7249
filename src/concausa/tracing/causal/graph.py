"""A causal graph: which node may depend on which, and where hidden causes join two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest

_TOKEN = re.compile(
    r"""(?P<space>[^\S\n]+) | (?P<stop>[;,\n]) | (?P<arrow><->|->|<-)
      | "(?P<quoted>(?:[^"]|"")+)" | (?P<name>[\w.]+)""",
    re.VERBOSE,
)
_FORM = 'write it as "EL -> S <- BQ; BC -> S"; a hidden common cause is written X <-> Y'


@dataclass(frozen=True, slots=True)
class CausalGraph:
    """Nodes with their parents, and pairs that share a hidden cause.

    Parameters
    ----------
    nodes : tuple of str
        Every node once, parents before children; otherwise in the order of the statement.
    parents : mapping of str to tuple of str
        In the order of *nodes*.
    confounded : tuple of (str, str)
        Pairs joined by ``<->``, the earlier node first.
    """

    nodes: tuple[str, ...]
    parents: Mapping[str, tuple[str, ...]]
    confounded: tuple[tuple[str, str], ...] = ()

    def index(self, node: str, *, where: str = "") -> int:
        """The place of a node in the order; UnknownNameError with the nearest name if there is none."""
        try:
            return self.nodes.index(node)
        except ValueError:
            near = nearest(node, self.nodes)
            raise UnknownNameError(
                f'the model has no node "{node}"',
                where=where or f"nodes: {', '.join(self.nodes)}",
                fix=f'did you mean "{near}"?' if near else "use one of its nodes",
            ) from None

    def ancestors(self, node: str) -> frozenset[str]:
        """Every node from which arrows lead to this one; it is none of them."""
        found: set[str] = set()
        open_ends = list(self.parents[node])
        while open_ends:
            here = open_ends.pop()
            if here not in found:
                found.add(here)
                open_ends.extend(self.parents[here])
        return frozenset(found)

    def partners(self, node: str) -> tuple[str, ...]:
        """Earlier nodes that share a hidden cause with this one: its types are told given theirs."""
        return tuple(first for first, second in self.confounded if second == node)

    @property
    def districts(self) -> tuple[tuple[str, ...], ...]:
        """Nodes that hidden causes join, directly or through others; most stand alone.

        Given their parents outside, each district's values are independent of the other districts'
        (c-components of Tian & Pearl 2002).
        """
        home = {node: node for node in self.nodes}
        for first, second in self.confounded:
            old, new = home[second], home[first]
            home = {node: new if here == old else here for node, here in home.items()}
        groups: dict[str, list[str]] = {}
        for node in self.nodes:
            groups.setdefault(home[node], []).append(node)
        return tuple(map(tuple, groups.values()))

    @property
    def statement(self) -> str:
        """The graph as text that reads back to it."""
        parts = [f"{_name(parent)} -> {_name(node)}" for node in self.nodes for parent in self.parents[node]]
        parts += [f"{_name(first)} <-> {_name(second)}" for first, second in self.confounded]
        joined = {name for node in self.nodes for name in (*self.parents[node],)} | {
            node for node in self.nodes if self.parents[node]
        }
        joined |= {name for pair in self.confounded for name in pair}
        parts += [_name(node) for node in self.nodes if node not in joined]
        text = "; ".join(parts)
        return text if read_graph(text).nodes == self.nodes else "; ".join([*map(_name, self.nodes), text])


def read_graph(statement: str) -> CausalGraph:
    """The graph that a statement such as ``EL -> S <- BQ; BC -> S`` draws.

    Arrows may be chained; statements are parted by ``;``, commas or line ends; a node may stand alone. Names
    are letters, digits, ``_`` and ``.``; others stand in double quotation marks.

    Raises
    ------
    ExpressionError
        If it cannot be read, is empty, or holds a circle or an arrow from a node to itself.

    Examples
    --------
    >>> graph = read_graph("EL -> S <- BQ; BC -> S")
    >>> graph.nodes, graph.parents["S"]
    (('EL', 'BQ', 'BC', 'S'), ('EL', 'BQ', 'BC'))
    """
    arrows: dict[tuple[str, str], None] = {}
    hidden: dict[tuple[str, str], None] = {}
    order: dict[str, None] = {}
    last: str | None = None
    arrow = ""
    for kind, text, place in (*_tokens(statement), ("stop", "", len(statement.rstrip()))):
        if kind == "stop":
            if arrow:
                raise _error("an arrow leads nowhere", statement, place)
            last = None
        elif kind == "arrow":
            if last is None or arrow:
                raise _error("expected a node", statement, place)
            arrow = text
        else:
            if last is not None and not arrow:
                raise _error(f'expected an arrow, found "{text}"', statement, place)
            order[text] = None
            if arrow and last == text:
                raise _error(f'"{text}" points at itself', statement, place)
            if arrow == "->":
                arrows[str(last), text] = None
            elif arrow == "<-":
                arrows[text, str(last)] = None
            elif arrow:
                hidden[str(last), text] = None
            last, arrow = text, ""
    if not order:
        raise ExpressionError("a causal graph needs nodes", where=repr(statement), fix=_FORM)
    return causal_graph(order, arrows, hidden)


def causal_graph(
    nodes: Iterable[str], arrows: Iterable[tuple[str, str]], hidden: Iterable[tuple[str, str]] = ()
) -> CausalGraph:
    """A graph from its nodes, arrows (cause, effect) and pairs with a hidden common cause.

    Raises
    ------
    ExpressionError
        If the arrows close a circle.
    OptionError
        If an arrow names a node that is not among *nodes*.
    """
    order = tuple(dict.fromkeys(nodes))
    came: dict[str, list[str]] = {node: [] for node in order}
    arrows, hidden = tuple(dict.fromkeys(arrows)), tuple(dict.fromkeys(hidden))
    for pair in (*arrows, *hidden):
        for node in pair:
            if node not in came:
                raise OptionError(
                    f'an arrow names "{node}", which is no node of the graph',
                    where=f"nodes: {', '.join(order)}",
                    fix="list every node",
                )
    for cause, effect in arrows:
        came[effect].append(cause)
    sorter = TopologicalSorter(came)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = tuple(error.args[1])
        least = circle.index(min(circle[:-1], key=order.index))
        turned = (*circle[least:-1], *circle[: least + 1])
        raise ExpressionError(
            "the arrows close a circle",
            where=" -> ".join(turned),
            fix="a cause cannot be its own effect; give each point in time a node of its own, such as BC1 and BC2",
        ) from None
    placed: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=order.index)
        placed += ready
        sorter.done(*ready)
    rank = {node: place for place, node in enumerate(placed)}
    parents = {node: tuple(sorted(came[node], key=rank.__getitem__)) for node in placed}
    pairs = dict.fromkeys(
        (first, second) if rank[first] < rank[second] else (second, first) for first, second in hidden
    )
    return CausalGraph(tuple(placed), parents, tuple(pairs))


def _tokens(statement: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    place = 0
    while place < len(statement):
        match = _TOKEN.match(statement, place)
        if match is None:
            raise _error(f'the sign "{statement[place]}" has no meaning here', statement, place)
        kind = str(match.lastgroup)
        if kind != "space":
            text = match[kind].replace('""', '"') if kind == "quoted" else match[kind]
            found.append(("name" if kind == "quoted" else kind, text, place))
        place = match.end()
    return found


def _error(what: str, statement: str, place: int) -> ExpressionError:
    shown = statement.replace("\n", " ")
    return ExpressionError(what, where=f"{shown}\n{' ' * place}^", fix=_FORM)


def _name(node: str) -> str:
    return node if re.fullmatch(r"[\w.]+", node) else '"' + node.replace('"', '""') + '"'
