"""Which of two events of a study came first."""

from __future__ import annotations

from concausa.study.study import Study
from concausa.tracing.chronology import Chronology, Order
from concausa.tracing.need import needing


def order(study: Study, first_id: str, second_id: str) -> Order:
    """How two events of a study lie to each other in time.

    Dates decide when all that one date admits lies before all that the other admits; an
    approximate or uncertain date never decides. A prerequisite decides when an event needed another. The two
    combine along a chain. Everything else is undecided: the text does not tell.

    Raises
    ------
    UnknownNameError
        If one of them is not an event of the study.
    """
    for id in (first_id, second_id):
        study.row("events", id)
    return Chronology(needing(study.events, study.prerequisites)).order(first_id, second_id)
