"""Before-conditions of a study: whether one kind of event came before another, in each case of the record.

What each event needed first counts beside its own date (:mod:`concausa.tracing.implied_days`). An order that
neither decides is open: it is listed with every reading that remains, and none is chosen.

References
----------
.. [1] Ragin & Strand (2008), Using Qualitative Comparative Analysis to Study Causal Order, *Sociological Methods
   & Research* 36(4), 431-441. https://doi.org/10.1177/0049124107313903
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from concausa.audit.events import implied_days
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.core.unit import Case
from concausa.qca.before import Before, Code, Days, Order
from concausa.record.event import Event
from concausa.study.study import Study
from concausa.tracing.certainty import order_word
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.relation import ANYWHERE, ends, period_span


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event that may have begun in a case: on which days, and whether it surely did."""

    event: Event
    days: Days
    sure: bool


def orders_in(study: Study, first: str, second: str, *, cases: Sequence[Case] | None = None) -> Before:
    """Whether events of one kind began before those of another, in each case of a study.

    Among several events of a kind the earliest counts. An event is of a case if it is of its unit and began in
    its period; where the record leaves that open, so is the order.

    Parameters
    ----------
    study : Study
    first, second : str
        The id of a mechanism (every event that bears on it), or ids of events joined by ``+``.
    cases : sequence of Case, optional
        Every coded case if not given.

    Returns
    -------
    Before
        1: surely before. 0: surely not before. Don't care: not both happened in the case. Several: open.

    Raises
    ------
    UnknownNameError
        If the study has no such mechanism or event.
    OptionError
        If both kinds are the same, or the study has no coded case.

    Examples
    --------
    >>> found = orders_in(Study.load("prosoft"), "M3", "M7")
    >>> [(order.case, order.text) for order in found.orders if order.first and order.second]
    [('NL-1', '1'), ('NL-2', '1'), ('PUE-1', '0'), ('PUE-2', '1')]
    """
    if first == second:
        raise OptionError(
            "an event cannot come before itself",
            where=f"{first} before {second}",
            fix="name two mechanisms, or two events",
        )
    asked = study.coded_cases if cases is None else cases
    if not asked:
        raise OptionError(
            "the study has no coded case, so that no order can be told",
            where=f"study {study.settings.id}",
            fix="code a level for some unit in some period",
        )
    kinds = _events(study, first), _events(study, second)
    days = implied_days(study)
    return Before(first, second, tuple(_order(case, days, *kinds) for case in asked))


def mechanism_orders_in(study: Study, *, cases: Sequence[Case] | None = None) -> tuple[Before, ...]:
    """Before-conditions of all pairs of mechanisms whose events both happened in some case, in the study's order."""
    asked = study.coded_cases if cases is None else cases
    kinds = {row.id: _events(study, row.id) for row in study.mechanisms}
    days = implied_days(study)
    placed = {
        id: {case.id: tuple(_placed(case, days, events)) for case in asked} for id, events in kinds.items()
    }
    found = []
    for first, second in combinations(kinds, 2):
        if any(placed[first][case.id] and placed[second][case.id] for case in asked):
            orders = [_of(days, case, placed[first][case.id], placed[second][case.id]) for case in asked]
            found.append(Before(first, second, tuple(orders)))
    return tuple(found)


def _events(study: Study, kind: str) -> tuple[Event, ...]:
    if any(row.id == kind for row in study.mechanisms):
        return tuple(
            event for event in study.events if kind in (*event.mechanisms, *event.cause_of, *event.effect_of)
        )
    by_id = {event.id: event for event in study.events}
    found = []
    for id in (part.strip() for part in kind.split("+")):
        if id not in by_id:
            known = [*(row.id for row in study.mechanisms), *by_id]
            near = nearest(id, known)
            raise UnknownNameError(
                f"the study has no mechanism and no event {id!r}",
                where=f"before: {kind}",
                fix=f"did you mean {near}?" if near else f"one of {some(known)}",
            )
        found.append(by_id[id])
    return tuple(found)


def _order(case: Case, days: ImpliedDays, first: Sequence[Event], second: Sequence[Event]) -> Order:
    return _of(days, case, tuple(_placed(case, days, first)), tuple(_placed(case, days, second)))


def _of(days: ImpliedDays, case: Case, one: Sequence[_Placed], other: Sequence[_Placed]) -> Order:
    return Order(case.id, _admitted(days, one, other), _told(one), _told(other))


def _placed(case: Case, days: ImpliedDays, events: Sequence[Event]) -> Iterator[_Placed]:
    """The events of a unit that can have begun in the period of a case."""
    begins, over = ends(period_span(case.period))
    start, end = begins[0], over[1]
    for event in events:
        if event.unit != case.unit.id:
            continue
        first, last = days.spans[event.id].begins if event.id in days.spans else ANYWHERE
        if first <= last and last >= start and first <= end:
            yield _Placed(event, (max(first, start), min(last, end)), first >= start and last <= end)


def _admitted(days: ImpliedDays, one: Sequence[_Placed], other: Sequence[_Placed]) -> tuple[Code, ...]:
    if not one or not other:
        return (None,)
    codes: list[Code] = []
    alone = [placed for placed in one if all(placed.event.id != twin.event.id for twin in other)]
    if alone and min(placed.days[0] for placed in alone) < _latest(other):
        codes.append(1)
    if min(placed.days[0] for placed in other) <= _latest(one):
        codes.append(0)
    if len(one) == len(other) == 1:
        codes = _by_needs(order_word(days, one[0].event.id, other[0].event.id), codes)
    if not (any(placed.sure for placed in one) and any(placed.sure for placed in other)):
        codes.append(None)
    return tuple(codes)


def _latest(placed: Sequence[_Placed]) -> int:
    """The last day on which the earliest of some events can have begun."""
    sure = [one.days[1] for one in placed if one.sure]
    return min(sure) if sure else max(one.days[1] for one in placed)


def _by_needs(word: str, codes: list[Code]) -> list[Code]:
    """Codes of a single pair, of which needs may decide more than the days do."""
    if word == "before":
        return [1]
    return [0] if word in ("after", "same day", "not before") else codes


def _told(placed: Sequence[_Placed]) -> str:
    told = []
    for one in placed:
        date = one.event.date.text if one.event.date is not None else "no date"
        told.append(f"{one.event.id} ({date}{'' if one.sure else ', perhaps'})")
    return "; ".join(told)
