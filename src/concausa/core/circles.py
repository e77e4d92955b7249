"""Circles of a graph: points that reach each other, and an order of all others.

References
----------
.. [1] Tarjan (1972), Depth-first search and linear graph algorithms, *SIAM Journal on Computing* 1(2),
   146-160. https://doi.org/10.1137/0201010
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Circles(NamedTuple):
    """What :func:`circles` finds.

    Parameters
    ----------
    of : tuple of int
        For each point the number of its component; what a point leads to has no greater number.
    order : tuple of int
        All points, what a point leads to before the point, but inside a circle.
    circles : tuple of tuple of int
        The components that are circles: of two points or more, or of one that leads to itself.
    """

    of: tuple[int, ...]
    order: tuple[int, ...]
    circles: tuple[tuple[int, ...], ...]


def circles(links: Sequence[Sequence[int]]) -> Circles:
    """The circles of a graph, given for each point those it leads to; linear in points and links.

    Examples
    --------
    >>> circles([[1], [0], [0]])
    Circles(of=(0, 0, 1), order=(1, 0, 2), circles=((1, 0),))
    """
    size = len(links)
    number, low = [-1] * size, [0] * size
    of = [-1] * size
    order: list[int] = []
    found: list[tuple[int, ...]] = []
    stack: list[int] = []
    counter = components = 0
    for root in range(size):
        if number[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            here, step = work.pop()
            if step == 0:
                number[here] = low[here] = counter
                counter += 1
                stack.append(here)
            for place in range(step, len(links[here])):
                there = links[here][place]
                if number[there] < 0:
                    work += [(here, place + 1), (there, 0)]
                    break
                if of[there] < 0:
                    low[here] = min(low[here], number[there])
            else:
                if low[here] == number[here]:
                    circle: list[int] = []
                    while not circle or circle[-1] != here:
                        circle.append(stack.pop())
                        of[circle[-1]] = components
                    order += circle
                    components += 1
                    if len(circle) > 1 or here in links[here]:
                        found.append(tuple(circle))
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])
    return Circles(tuple(of), tuple(order), tuple(found))
