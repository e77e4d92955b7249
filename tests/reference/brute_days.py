"""Days of events by trying every choice of days: slow, obvious, for a grid of a few days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

Choice = dict[str, tuple[int, int]]


def choices(
    spans: dict[str, tuple[tuple[int, int], tuple[int, int], bool]],
    needs: Sequence[tuple[str, str, int]],
) -> Iterator[Choice]:
    """Every choice of a first and last day for each event that dates and needs admit.

    Parameters
    ----------
    spans : mapping of str to (days, days, bool)
        First and last day on which an event may begin, and on which it may end; whether it may last.
    needs : sequence of (event, needed, least days)
    """
    own = {
        id: [
            (start, end)
            for start in range(begins[0], begins[1] + 1)
            for end in range(over[0], over[1] + 1)
            if start <= end and (lasts or start == end)
        ]
        for id, (begins, over, lasts) in spans.items()
    }
    for picked in product(*own.values()):
        choice = dict(zip(own, picked, strict=True))
        if all(choice[event][0] - choice[needed][0] >= days for event, needed, days in needs):
            yield choice
