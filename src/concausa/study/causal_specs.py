"""Causal models of a study: graphs that can be read, nodes that are known, queries that can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from concausa.core.errors import ConcausaError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.causal_spec import CausalQuestion, CausalSpec
from concausa.tracing.causal.graph import CausalGraph, read_graph
from concausa.tracing.causal.signs import read_signs
from concausa.tracing.causal.twin_network import twin_network

_BINARY = ("0", "1")


def causal_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """What keeps causal models from being built, asked, or told what a case shows."""
    models, graphs = tables["causal_models"], {}
    for row, spec in enumerate(models.nouns):
        try:
            graphs[spec.id] = read_graph(spec.statement(names.table("mechanisms")))
        except ConcausaError as error:
            told = f"{error.what}: {error.where}" if "circle" in error.what else error.what
            fix = (
                "write arrows as in EL -> Y <- BQ, or name mechanisms"
                if not spec.graph.strip()
                else error.fix
            )
            yield models.problem(row, "graph", "wrong-form", told, value=spec.graph, fix=fix)
            continue
        yield from _nodes(models, row, spec, graphs[spec.id], names)
        faults = list(_rules(models, row, spec, graphs[spec.id]))
        yield from faults or _unruled(models, row, spec, graphs[spec.id], names)
    queries = tables["causal_queries"]
    for row, question in enumerate(queries.nouns):
        yield from _query(queries, row, question, graphs)
    if models.nouns and len(graphs) == len(models.nouns):
        yield from _clues(tables["clues"], graphs, models, names)


def _nodes(rows: Rows, row: int, spec: CausalSpec, graph: CausalGraph, names: Names) -> Iterator[Problem]:
    counts = set()
    cut = {text.partition(">=")[0].strip() for text in spec.nodes}
    for node in graph.nodes:
        if node in names.table("conditions") and node not in cut:
            what = f"{node} is a condition, and nothing says from which level it counts as 1"
            fix = f"add {node}>={_middle(names.table('conditions')[node].levels)} to nodes, or another level"
            yield rows.problem(row, "nodes", "missing-value", what, value="; ".join(spec.nodes), fix=fix)
    for text in spec.nodes:
        node, sign, told = text.partition(">=")
        node, levels = node.strip(), [level.strip() for level in told.split("|")]
        if not sign or not all(levels):
            what = f"{text!r} does not say when a node counts as 1"
            yield rows.problem(row, "nodes", "wrong-form", what, value=text, fix="write EL>=medium")
            continue
        condition = names.table("conditions").get(node)
        if node not in graph.nodes or condition is None:
            where = "graph" if node not in graph.nodes else "study as a condition"
            near = nearest(node, [name for name in graph.nodes if name in names.table("conditions")])
            what = f"{node} does not stand in the {where}"
            fix = f"did you mean {near}?" if near else "name a condition that is a node of the graph"
            yield rows.problem(row, "nodes", "unknown-name", what, value=text, fix=fix)
            continue
        for level in levels:
            if level not in condition.levels:
                near = nearest(level, condition.levels)
                what = f"{node} has no level {level!r}"
                fix = f"did you mean {near}?" if near else f"one of {', '.join(condition.levels)}"
                yield rows.problem(row, "nodes", "unknown-level", what, value=text, fix=fix)
        if len(levels) > 1:
            counts.add(len(levels))
    if len(counts) > 1:
        what = "nodes have different numbers of readings"
        fix = "give each node one cut, or as many as the others"
        yield rows.problem(row, "nodes", "wrong-form", what, value="; ".join(spec.nodes), fix=fix)


def _middle(levels: Sequence[str]) -> str:
    return levels[len(levels) // 2]


def _unruled(rows: Rows, row: int, spec: CausalSpec, graph: CausalGraph, names: Names) -> Iterator[Problem]:
    """Arrows that come from a mechanism alone, into a node whose rule says nothing of them."""
    ruled = {text.partition("=")[0].strip().strip('"'): text.partition("=")[2] for text in spec.monotone}
    mechanisms = names.table("mechanisms")
    for id in spec.mechanisms:
        for cause, effect in mechanisms[id].arrows if id in mechanisms else ():
            if effect in ruled and cause not in read_signs(effect, ruled[effect], graph.parents[effect]):
                yield rows.doubt(
                    row, "mechanisms", "arrow-without-rule",
                    "{mechanism} draws {cause} -> {effect}, and the rule of {effect} says nothing of {cause}",
                    value=id, fix=f"add +{cause} or -{cause} to the rule of {effect}, or leave the mechanism out",
                    mechanism=id, cause=cause, effect=effect,
                )  # fmt: skip


def _rules(rows: Rows, row: int, spec: CausalSpec, graph: CausalGraph) -> Iterator[Problem]:
    for text in spec.monotone:
        node, sign, told = text.partition("=")
        node = node.strip().strip('"')
        try:
            if not sign:
                what = f"{text!r} does not say which node moves"
                yield rows.problem(row, "monotone", "wrong-form", what, value=text, fix="write Y=+EL +BQ")
                continue
            graph.index(node)
            read_signs(node, told, graph.parents[node])
        except ConcausaError as error:
            yield _of_error(rows, row, "monotone", text, error)
    for text in spec.keep:
        try:
            twin_network(graph, dict.fromkeys(graph.nodes, _BINARY), text)
        except ConcausaError as error:
            yield _of_error(rows, row, "keep", text, error)
    if spec.mass is not None and spec.mass <= 0:
        what = "a prior is worth more than no case"
        fix = "give a number above 0, or leave it empty"
        yield rows.problem(row, "mass", "out-of-range", what, value=str(spec.mass), fix=fix)


def _query(
    rows: Rows, row: int, question: CausalQuestion, graphs: Mapping[str, CausalGraph]
) -> Iterator[Problem]:
    for id in question.models:
        if graph := graphs.get(id):
            try:
                twin_network(graph, dict.fromkeys(graph.nodes, _BINARY), question.query)
            except ConcausaError as error:
                what = f"{error.what}, in {id}"
                yield rows.problem(row, "query", "wrong-form", what, value=question.query, fix=error.fix)


def _clues(rows: Rows, graphs: Mapping[str, CausalGraph], models: Rows, names: Names) -> Iterator[Problem]:
    nodes = dict.fromkeys(node for graph in graphs.values() for node in graph.nodes)
    cut = {text.partition(">=")[0].strip() for spec in models.nouns for text in spec.nodes}
    conditions = cut & set(names.table("conditions"))
    for row, clue in enumerate(rows.nouns):
        if clue.node not in nodes:
            near = nearest(clue.node, nodes)
            what = f"no causal model has a node {clue.node}"
            fix = f"did you mean {near}?" if near else "name a node of a graph of causal_models"
            yield rows.problem(row, "node", "unknown-name", what, value=clue.node, fix=fix)
        elif clue.node in conditions:
            what = f"{clue.node} is a condition: its codings say what it is"
            yield rows.problem(row, "node", "stated-twice", what, value=clue.node, fix="delete the clue")
        if clue.value not in _BINARY:
            what = f"{clue.value!r} is no value of a node"
            yield rows.problem(row, "value", "wrong-form", what, value=clue.value, fix="give 0 or 1")


def _of_error(rows: Rows, row: int, column: str, value: str, error: ConcausaError) -> Problem:
    return rows.problem(row, column, "wrong-form", error.what, value=value, fix=error.fix)
