"""Relations in time between all pairs of some events: which of Allen's thirteen remain possible.

Dates, and what events needed, say which relations two events admit; what holds between two pairs narrows
the third (path consistency). What remains may still be too much, never too little: every relation that
some choice of days realises is kept.

References
----------
.. [1] Allen (1983), Maintaining knowledge about temporal intervals, *Communications of the ACM* 26(11),
   832-843. https://doi.org/10.1145/182.358434
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, combinations_with_replacement, product
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.implied_days import ImpliedDays, Span
from concausa.tracing.relation import ALLEN, ORDERS, RELATIONS, Days, admissible, relation

#: More events than this would take long, and nobody reads so large a table.
MOST = 120

_CONVERSE = {
    **{name: ALLEN[place ^ 1] for place, name in enumerate(ALLEN[:-1])},
    "equals": "equals",
}
_BIT = {name: 1 << place for place, name in enumerate(ALLEN)}
_EVERY = (1 << len(ALLEN)) - 1
_LATER_START = frozenset(("before", "meets", "overlaps", "contains", "finished by"))


@dataclass(frozen=True, slots=True)
class RelationTable:
    """What remains possible between each two events.

    Parameters
    ----------
    events : tuple of str
        Ids, in the order given.
    relations : mapping of (str, str) to frozenset of str
        For each ordered pair of different events, the relations of the first to the second; empty where
        dates and needs contradict each other.
    """

    events: tuple[str, ...]
    relations: Mapping[tuple[str, str], frozenset[str]]

    def table(self) -> Table:
        """Events × events."""
        headings = [Heading("event", "event"), *(Heading(id, id) for id in self.events)]
        rows = [
            [Cell(one, links=(Link("events", one),)), *(self._cell(one, two) for two in self.events)]
            for one in self.events
        ]
        return Table.of(
            "relations", "Possible relations of the event of the row to that of the column", headings, rows
        )

    def _cell(self, one: str, two: str) -> Cell:
        if one == two:
            return Cell("", "equals")
        names = [name for name in ALLEN if name in self.relations[one, two]]
        text = "contradiction" if not names else "any" if len(names) == len(ALLEN) else ", ".join(names)
        return Cell(text, names)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "events": list(self.events),
            "relations": [
                {"first": one, "second": two, "possible": [name for name in ALLEN if name in found]}
                for (one, two), found in self.relations.items()
            ],
        }

    def __repr__(self) -> str:
        return f"<RelationTable: {len(self.events)} events>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        from concausa.core import typeset

        return typeset.html(self.table())


def relation_table(
    events: Iterable[Event],
    prerequisites: Iterable[Prerequisite] = (),
    *,
    among: Iterable[str] | None = None,
) -> RelationTable:
    """The relations that remain possible between all pairs of some events.

    Parameters
    ----------
    events : iterable of Event
        All whose dates and needs count.
    prerequisites : iterable of Prerequisite
    among : iterable of str, optional
        Ids of the events to compare; all of them unless told otherwise.

    Raises
    ------
    OptionError
        If more than 120 events are to be compared.

    Examples
    --------
    >>> from concausa.core.date import Date
    >>> found = relation_table((Event(id="a", title="A", date=Date.parse("2001/2003")),
    ...                         Event(id="b", title="B", date=Date.parse("2005"))))
    >>> sorted(found.relations["a", "b"])
    ['before']
    """
    days = ImpliedDays(events, prerequisites)
    ids = tuple(days.events) if among is None else tuple(among)
    if len(ids) > MOST:
        raise OptionError(
            f"{len(ids)} events are too many for a table of relations",
            fix=f"name at most {MOST} of them in among, such as those of one unit",
        )
    lags = {id: days.lags(id) for id in ids}
    admitted = {(one, two): _admitted(days, one, two, lags) for one, two in combinations(ids, 2)}
    return RelationTable(ids, narrowed(ids, admitted))


def narrowed(
    events: Iterable[str], relations: Mapping[tuple[str, str], Iterable[str]]
) -> dict[tuple[str, str], frozenset[str]]:
    """Relations between all pairs, narrowed until every third event leaves each of them possible.

    Parameters
    ----------
    events : iterable of str
    relations : mapping of (str, str) to iterable of str
        What is known: for a pair, the relations that the first may have to the second. Pairs that are not there
        are open. Allen's path consistency: what is kept is necessary, and need not be sufficient.

    Examples
    --------
    >>> narrowed("abc", {("a", "b"): {"before"}, ("b", "c"): {"meets"}})["a", "c"]
    frozenset({'before'})
    """
    ids = tuple(events)
    place = {id: number for number, id in enumerate(ids)}
    masks = [[_EVERY] * len(ids) for _ in ids]
    for (one, two), names in relations.items():
        mask = _mask(names)
        masks[place[one]][place[two]] &= mask
        masks[place[two]][place[one]] &= _converse(mask)
    _narrow(masks)
    return {(one, two): _names(masks[place[one]][place[two]]) for one, two in product(ids, ids) if one != two}


@cache
def composition() -> Mapping[tuple[str, str], frozenset[str]]:
    """For relations of a to b and of b to c, those that a may have to c; spans may be single days.

    Examples
    --------
    >>> sorted(composition()["before", "before"]), sorted(composition()["during", "meets"])
    (['before'], ['before'])
    """
    spans: list[Days] = list(combinations_with_replacement(range(6), 2))
    between = {(one, two): relation(one, two) for one, two in product(spans, spans)}
    found: dict[tuple[str, str], set[str]] = {}
    for one, two, three in product(spans, spans, spans):
        found.setdefault((between[one, two], between[two, three]), set()).add(between[one, three])
    return {pair: frozenset(names) for pair, names in found.items()}


def _admitted(days: ImpliedDays, one: str, two: str, lags: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    """What dates, narrowed by needs, and a chain of needs between the two admit."""
    first, second = days.spans[one], days.spans[two]
    if not (first.possible and second.possible):
        return frozenset()
    found = _by_days(_bounds(first), _bounds(second), _whole(days, one), _whole(days, two))
    if (ahead := lags[one].get(two)) is not None:
        found &= RELATIONS["not after"] if ahead == 0 else _LATER_START
    if (behind := lags[two].get(one)) is not None:
        after = RELATIONS["not after"] if behind == 0 else _LATER_START
        found &= frozenset(_CONVERSE[name] for name in after)
    return found


def _bounds(span: Span) -> tuple[Days, Days]:
    return span.begins, span.ends


def _whole(days: ImpliedDays, id: str) -> bool:
    """Whether an event may last longer than a day; one without a date may."""
    date = days.events[id].date
    return date is None or date.is_interval or date.is_loose


@lru_cache(maxsize=8192)
def _by_days(
    first: tuple[Days, Days], second: tuple[Days, Days], first_whole: bool, second_whole: bool
) -> frozenset[str]:
    bounds = (*first, *second)
    return frozenset(
        relation((ranks[0], ranks[1]), (ranks[2], ranks[3]))
        for ranks in ORDERS
        if (first_whole or ranks[0] == ranks[1])
        and (second_whole or ranks[2] == ranks[3])
        and admissible(ranks, bounds)
    )


def _mask(names: Iterable[str]) -> int:
    return sum(_BIT[name] for name in names)


def _names(mask: int) -> frozenset[str]:
    return frozenset(name for name, bit in _BIT.items() if mask & bit)


@lru_cache(maxsize=65536)
def _composed(one: int, two: int) -> int:
    both = composition()
    mask = 0
    for left in _names(one):
        for right in _names(two):
            mask |= _mask(both.get((left, right), ()))
    return mask


@lru_cache(maxsize=8192)
def _converse(mask: int) -> int:
    return _mask(_CONVERSE[name] for name in _names(mask))


def _narrow(masks: list[list[int]]) -> None:
    """Path consistency: a relation stays only if every third event leaves it possible.

    What contradicts itself narrows nothing else, and an open relation narrows nothing.
    """
    size = len(masks)
    queue = deque((one, two) for one in range(size) for two in range(one) if masks[one][two] != _EVERY)
    waiting = set(queue)
    while queue:
        one, two = queue.popleft()
        waiting.discard((one, two))
        for first, second in ((one, two), (two, one)):
            known = masks[first][second]
            if known in (0, _EVERY):
                break
            row = masks[first]
            for third, onward in enumerate(masks[second]):
                if onward in (0, _EVERY) or third == first:
                    continue
                old = row[third]
                new = old & _composed(known, onward)
                if new != old:
                    row[third] = new
                    masks[third][first] = _converse(new)
                    pair = (max(first, third), min(first, third))
                    if pair not in waiting:
                        waiting.add(pair)
                        queue.append(pair)
