"""Causal models as a study declares them: a graph, its nodes, its rules, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.theory.mechanism import Mechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class CausalSpec:
    """A causal model of one outcome in one case."""

    id: str = column("id", "Short name, such as CM-core.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    graph: str = column(
        "text",
        "Arrows, such as EL -> Y <- BQ; BC -> Y; a hidden common cause is written X <-> Y. May be empty if "
        "mechanisms are named.",
    )
    nodes: tuple[str, ...] = column(
        "words",
        "When a node that is a condition counts as 1, such as EL>=medium; EL>=medium|medium-high gives "
        "two readings, and readings of all nodes are taken together. Other nodes are known from clues.",
    )
    monotone: tuple[str, ...] = column(
        "words", "How a node moves with its parents, such as Y=+EL +BQ +BC: it never falls when one rises."
    )
    keep: tuple[str, ...] = column(
        "words", "Statements that every type agrees with, such as Y[EL=1] >= Y[EL=0]."
    )
    mass: Decimal | None = column(
        "number", "What each prior is worth in cases; empty: every type counts as one case."
    )
    mechanisms: tuple[str, ...] = column(
        "refs",
        "Mechanisms whose arrows, from each cause to each effect, join those of the graph.",
        to=("mechanisms",),
    )
    why: str = column("text", "Why this graph and these rules, and whose they are.")
    section: str = column("text", "Where the study's own text argues it.")
    note: str = column("text", "Anything a reader should know.")

    def statement(self, mechanisms: Mapping[str, Mechanism]) -> str:
        """The graph with the arrows of its mechanisms, as one statement.

        Parameters
        ----------
        mechanisms : mapping of str to Mechanism
            By id; those that are not there add nothing.
        """
        arrows = dict.fromkeys(
            arrow for id in self.mechanisms if id in mechanisms for arrow in mechanisms[id].arrows
        )
        parts = [self.graph] if self.graph.strip() else []
        return "; ".join([*parts, *(f'"{cause}" -> "{effect}"' for cause, effect in arrows)])


@dataclass(frozen=True, slots=True, kw_only=True)
class CausalQuestion:
    """What is asked of causal models, case by case."""

    id: str = column("id", "Short name, such as Q-leadership.", required=True)
    label: str = column("text", "The question in words.", required=True)
    models: tuple[str, ...] = column("refs", "Models that are asked.", required=True, to=("causal_models",))
    query: str = column("text", "The query, such as Y[EL=1] != Y[EL=0].", required=True)
    cases: tuple[str, ...] = column("words", "Cases, as UNIT-PERIOD; empty: all that are compared.")
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What a case shows of a node that is no condition."""

    id: str = column("id", "Short name, such as CL-NL-1-council.", required=True)
    node: str = column("text", "The node, as causal models name it.", required=True)
    unit: str = column("ref", "Unit of the case.", required=True, to=("units",))
    period: str = column("ref", "Period of the case.", required=True, to=("periods",))
    value: str = column("text", "0 or 1.", required=True)
    passages: tuple[str, ...] = column("refs", "Passages that show it.", to=("evidence",))
    why: str = column("text", "Why the passages show it.")
    section: str = column("text", "Where the study's own text says so.")
