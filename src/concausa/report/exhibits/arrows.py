"""The arrows of a feedback graph: what mechanisms make of nodes, and the passages behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.mechanism import Mechanism


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow of the graph.

    Parameters
    ----------
    start, end : str
        Ids of conditions or nodes.
    sign : str
        ``+``, ``-`` or ``gate``; ``step`` for the way to a node inside a lowering chain, whose sign
        the study gives for the whole only.
    mechanisms : tuple of Mechanism
        Those that run along it.
    """

    start: str
    end: str
    sign: str
    mechanisms: tuple[Mechanism, ...] = field(default=())


def legs(mechanism: Mechanism) -> tuple[tuple[str, str, str], ...]:
    """The arrows of one mechanism as (start, end, sign).

    A node among causes and effects is a step on the way: BC, TRUST -> TRUST, INFO is BC -> TRUST ->
    INFO. When all nodes stand on both sides the arrow runs both ways.
    """
    causes, effects = mechanism.cause, mechanism.effect
    if set(causes) == set(effects):
        return tuple((a, b, mechanism.sign) for a in causes for b in effects if a != b)
    steps = [node for node in causes if node in effects]
    if not steps:
        return tuple((a, b, mechanism.sign) for a in causes for b in effects if a != b)
    inner = mechanism.sign if mechanism.sign == "+" else "step"
    first = [(a, steps[0], inner) for a in causes if a not in steps]
    between = [(a, b, inner) for a, b in pairwise(steps)]
    last = [(steps[-1], b, mechanism.sign) for b in effects if b not in steps]
    return (*first, *between, *last)


def arrows(mechanisms: Sequence[Mechanism]) -> tuple[Arrow, ...]:
    """The arrows of a graph: mechanisms of one sign between the same two nodes share one."""
    along: dict[tuple[str, str, str], list[Mechanism]] = defaultdict(list)
    for mechanism in mechanisms:
        for leg in legs(mechanism):
            if mechanism not in along[leg]:
                along[leg].append(mechanism)
    return tuple(Arrow(*leg, tuple(found)) for leg, found in along.items())


def passages(study: Study, mechanism: Mechanism) -> tuple[list[str], list[str]]:
    """Ids of the passages that speak for a mechanism, and of those that speak against it."""
    support = [passage.id for passage in study.evidence if mechanism.id in passage.supports]
    against = [passage.id for passage in study.evidence if mechanism.id in passage.opposes]
    return support, against


def node(scribe: Scribe, id: str) -> str:
    """The reader's name of a condition or node."""
    if any(condition.id == id for condition in scribe.study.conditions):
        return scribe.name("conditions", id)
    return scribe.name("nodes", id)


def sign_word(language: Language, sign: str) -> str:
    """What a sign means, in words."""
    return {
        "+": language.say("raises"),
        "-": language.say("lowers"),
        "gate": language.say("lets pass or blocks"),
        "step": language.say("leads to (the sign belongs to the whole chain)"),
    }[sign]
