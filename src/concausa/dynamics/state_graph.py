"""The state graph: which corner states lead to which, what is never left, and what can last.

Corner states are numbers; the first stock is the greatest binary place. At each, a stock has the values that
it can move to: one where its direction is settled, both where it depends on the rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import product

from concausa.core.circles import circles

#: For each corner state and stock, the values that the stock can move to.
Targets = Sequence[Sequence[Collection[int]]]
Links = list[list[int]]


def values_of(number: int, stocks: int) -> tuple[int, ...]:
    """The stocks of a corner state.

    Examples
    --------
    >>> values_of(5, 3)
    (1, 0, 1)
    """
    return tuple(number >> place & 1 for place in reversed(range(stocks)))


def number_of(values: Iterable[int]) -> int:
    """The number of a corner state."""
    number = 0
    for value in values:
        number = 2 * number + value
    return number


def asynchronous(targets: Targets, *, sure: bool = False) -> Links:
    """One stock at a time crosses the middle, in any order; a state that can stay has no link to itself.

    Parameters
    ----------
    sure : bool
        Only the moves that no rates can prevent.
    """
    links: Links = []
    for state, row in enumerate(targets):
        own = values_of(state, len(row))
        links.append([
            state ^ 1 << len(row) - 1 - place
            for place, to in enumerate(row)
            if 1 - own[place] in to and not (sure and own[place] in to)
        ])  # fmt: skip
    return links


def synchronous(targets: Targets) -> Links:
    """All stocks cross at once; a state that can stay is linked to itself."""
    return [sorted(number_of(values) for values in product(*row)) for row in targets]


def traps(links: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Sets of states that all lead to each other and to nothing else: what is never left once entered.

    Examples
    --------
    >>> traps([[1], [0], [0, 3], []])
    ((0, 1), (3,))
    """
    of = circles(links).of
    left = {of[state] for state, row in enumerate(links) for other in row if of[other] != of[state]}
    found: dict[int, list[int]] = {}
    for state, component in enumerate(of):
        if component not in left:
            found.setdefault(component, []).append(state)
    return tuple(sorted(tuple(trap) for trap in found.values()))


def reachable(links: Sequence[Sequence[int]], starts: Iterable[int]) -> frozenset[int]:
    """The starts and all that they lead to."""
    waiting = list(starts)
    found = set(waiting)
    while waiting:
        for other in links[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def basins(links: Sequence[Sequence[int]]) -> dict[tuple[int, ...], tuple[int, int]]:
    """For each of the traps how many states can come to it, and how many can come to no other.

    Examples
    --------
    Of four states 2 can come to 1 and to 3; 0 can come to 1 alone.

    >>> basins([[1], [], [1, 3], []])
    {(1,): (3, 2), (3,): (2, 1)}
    """
    back: Links = [[] for _ in links]
    for state, row in enumerate(links):
        for other in row:
            back[other].append(state)
    every = {trap: reachable(back, trap) for trap in traps(links)}
    comes_to = Counter(state for states in every.values() for state in states)
    return {
        trap: (len(states), sum(comes_to[state] == 1 for state in states)) for trap, states in every.items()
    }


def lasting(
    sure: Sequence[Sequence[int]], links: Sequence[Sequence[int]], among: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """The widest sets of states that are an attractor if open directions fall in some way.

    Parameters
    ----------
    sure, links
        The moves that nothing can prevent, and all that are possible; where a move is possible and not sure,
        it takes place or not, at each state by itself.
    among : collection of int
        States that the sets may consist of.

    Examples
    --------
    State 0 may go to 1, and 1 surely goes back; 2 may go to 0, and may stay.

    >>> lasting([[], [0], []], [[1], [0], [0]], range(3))
    ((0, 1), (2,))

    Notes
    -----
    These are the maximal end components of a graph in which some moves can be chosen [1]_: every attractor
    lies in one, and each is one, if all moves within it take place and none that leaves it.

    References
    ----------
    .. [1] Baier & Katoen (2008), *Principles of Model Checking*, section 10.6.3. MIT Press.
    """
    found = []
    waiting = [set(among)]
    while waiting:
        kept = _kept(sure, waiting.pop())
        order = sorted(kept)
        place = {state: number for number, state in enumerate(order)}
        inner = [[place[other] for other in links[state] if other in kept] for state in order]
        parts: dict[int, set[int]] = {}
        for state, component in zip(order, circles(inner).of, strict=True):
            parts.setdefault(component, set()).add(state)
        if len(parts) == 1:
            found.append(tuple(order))
        else:
            waiting += parts.values()
    return tuple(sorted(found))


def _kept(sure: Sequence[Sequence[int]], states: set[int]) -> set[int]:
    """Without the states that surely lead out."""
    while out := {state for state in states if any(other not in states for other in sure[state])}:
        states = states - out
    return states
