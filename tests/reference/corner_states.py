"""State graphs from the definitions: dicts of states, paths by powers of a matrix. Slow, and meant to be obvious.

A network is a mapping from each state, a tuple of 0 and 1, to the tuple of values that its stocks are
heading to. An open network has a set of values in each place; a way to close it picks one of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

State = tuple[int, ...]
Network = Mapping[State, State]
Open = Mapping[State, tuple[frozenset[int], ...]]
Formula = Callable[[Mapping[str, Fraction]], Fraction]


def network(
    stocks: Sequence[str],
    up: Mapping[str, Formula],
    down: Mapping[str, Formula],
    known: Mapping[str, Fraction],
) -> Network:
    """Heading to 1 where the way up outweighs the way down, to 0 where the way down does, else staying."""
    found = {}
    for state in product((0, 1), repeat=len(stocks)):
        at = {**known, **{name: Fraction(value) for name, value in zip(stocks, state, strict=True)}}
        heading = []
        for name, value in zip(stocks, state, strict=True):
            rise, fall = up[name](at), down[name](at)
            heading.append(1 if rise > fall else 0 if rise < fall else value)
        found[state] = tuple(heading)
    return found


def one_by_one(net: Network) -> Mapping[State, set[State]]:
    """Every state with those in which one stock has gone where it was heading."""
    return {
        state: {
            tuple(to if other == place else value for other, value in enumerate(state))
            for place, to in enumerate(heading)
        }
        for state, heading in net.items()
    }


def at_once(net: Network) -> Mapping[State, set[State]]:
    """Every state with the one in which all stocks have gone where they were heading."""
    return {state: {heading} for state, heading in net.items()}


def paths(steps: Mapping[State, set[State]]) -> Mapping[State, frozenset[State]]:
    """What each state can come to in any number of steps, none included: powers of (1 + steps)."""
    order = list(steps)
    matrix = [[int(a == b or b in steps[a]) for b in order] for a in order]
    for _ in order:
        matrix = [
            [int(any(row[k] and matrix[k][j] for k in range(len(order)))) for j in range(len(order))]
            for row in matrix
        ]
    return {
        a: frozenset(b for b, can in zip(order, row, strict=True) if can)
        for a, row in zip(order, matrix, strict=True)
    }


def attractors(steps: Mapping[State, set[State]]) -> set[frozenset[State]]:
    """What a state can come to, if all of that can come back to it."""
    can = paths(steps)
    return {can[state] for state in steps if all(state in can[other] for other in can[state])}


def closings(open_net: Open) -> Iterator[Network]:
    """Every way in which open directions can fall, each by itself."""
    states = list(open_net)
    for rows in product(*(list(product(*(sorted(to) for to in open_net[state]))) for state in states)):
        yield dict(zip(states, rows, strict=True))


def ends(net: Network, start: State) -> set[frozenset[State]]:
    """The attractors that can be reached, one stock at a time."""
    can = paths(one_by_one(net))
    return {can[state] for state in can[start] if all(state in can[other] for other in can[state])}
