"""Circles of needs: no event may have needed itself, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from concausa.core.circles import circles
from concausa.core.problem import Problem
from concausa.study.rows import Rows


class _Place(NamedTuple):
    """Where a need stands."""

    rows: Rows
    row: int
    column: str


def need_circle_problems(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Events that needed themselves, and events that needed each other in a circle.

    Both tables of needs count together; contested and rejected prerequisites decide nothing.
    """
    events = tables.get("events")
    ids = [event.id for event in events.nouns] if events else []
    number = {id: place for place, id in enumerate(ids)}
    stands: dict[tuple[int, int], _Place] = {}
    for event, needed, place in _needs(tables):
        if event == needed:
            what = f"{event} needed itself"
            yield place.rows.problem(
                place.row, place.column, "event-needs-itself", what, value=needed, fix="name the other event"
            )
        elif event in number and needed in number:
            stands[number[event], number[needed]] = place
    links: list[list[int]] = [[] for _ in ids]
    for one, other in stands:
        links[one].append(other)
    for circle in circles(links).circles:
        way = _round(min(circle), links)
        told = " needed ".join(ids[place] for place in way)
        last = stands[way[-2], way[-1]]
        yield last.rows.problem(
            last.row,
            last.column,
            "circle-of-needs",
            f"{told}: a circle",
            value=ids[way[-1]],
            fix="take one of these needs out, or answer contested and say why",
        )


def _needs(tables: Mapping[str, Rows]) -> Iterator[tuple[str, str, _Place]]:
    events, links = tables.get("events"), tables.get("prerequisites")
    for row, event in enumerate(events.nouns if events else ()):
        assert events is not None
        for needed in event.needed:
            yield event.id, needed, _Place(events, row, "needed")
    for row, link in enumerate(links.nouns if links else ()):
        assert links is not None
        if link.event and link.answer not in ("contested", "rejected"):
            yield link.event, link.needed, _Place(links, row, "needed")


def _round(start: int, links: Sequence[Sequence[int]]) -> list[int]:
    """A shortest way from a point of a circle back to it."""
    came: dict[int, int] = {}
    waiting = [start]
    for here in waiting:
        for there in links[here]:
            if there not in came:
                came[there] = here
                waiting.append(there)
    way = [start, came[start]]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
