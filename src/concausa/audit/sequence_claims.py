"""Claims about the order of events: what dates alone say of each, and what needs add."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from concausa.core.errors import ExpressionError
from concausa.expr.sentence import EventRef, OrderClause, clauses_of, parse_sentence
from concausa.study.study import Study
from concausa.tracing.certainty import Certainty, certainty
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.relation import holds


@dataclass(frozen=True, slots=True)
class SequenceClause:
    """One order of two events that a claim states.

    Parameters
    ----------
    claim : str
        Id of the claim.
    first, relation, second : str
        The events and the relation in time, as the claim states them.
    by_dates : bool or None
        Whether the relation holds by the dates alone, as the claim is judged; None where they leave it open.
    dated : bool
        Whether both events have a date.
    order : Certainty
        How their beginnings lie to each other, by dates and needs.
    """

    claim: str
    first: str
    relation: str
    second: str
    by_dates: bool | None
    dated: bool
    order: Certainty

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "claim": self.claim,
            "first": self.first,
            "relation": self.relation,
            "second": self.second,
            "by_dates": self.by_dates,
            "dated": self.dated,
            "order": self.order.data(),
        }


def sequence_claims(study: Study) -> tuple[SequenceClause, ...]:
    """Every clause of a claim that sets two events of the study in an order.

    Claims are judged by dates alone (``concausa audit``), so that no verdict rests on a judgement of what
    was needed. What needs add stands beside it.

    Examples
    --------
    >>> found = sequence_claims(Study.load("prosoft"))
    >>> [(one.first, one.by_dates, one.order.word) for one in found if not one.dated]
    [('E-PUE-2013-rodriguez', None, 'not after')]
    """
    return tuple(_clauses(study))


def _clauses(study: Study) -> Iterator[SequenceClause]:
    events = {event.id: event for event in study.events}
    days = ImpliedDays(study.events, study.prerequisites)
    for claim in study.claims:
        for clause in _orders(claim.states):
            if not (isinstance(clause.first, EventRef) and isinstance(clause.second, EventRef)):
                continue
            first, second = events.get(clause.first.id), events.get(clause.second.id)
            if first is None or second is None:
                continue
            dated = first.date is not None and second.date is not None
            by_dates = holds(clause.relation, first.date, second.date) if first.date and second.date else None
            found = certainty(days, first.id, second.id)
            yield SequenceClause(claim.id, first.id, clause.relation, second.id, by_dates, dated, found)


def _orders(text: str) -> tuple[OrderClause, ...]:
    """The clauses of order in a sentence; none if it cannot be read."""
    if not text:
        return ()
    try:
        return tuple(clause for clause in clauses_of(parse_sentence(text)) if isinstance(clause, OrderClause))
    except ExpressionError:
        return ()
