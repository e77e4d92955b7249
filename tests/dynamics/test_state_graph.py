"""State graphs: held equal to enumeration of all states, and of all ways in which open directions fall."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.corner_states import at_once, attractors, closings, ends, one_by_one, paths

from concausa.dynamics.state_graph import (
    asynchronous,
    basins,
    lasting,
    number_of,
    reachable,
    synchronous,
    traps,
    values_of,
)

#: At most so many open directions, since each doubles the ways to close them.
_OPEN = 6
_TO = st.sampled_from((frozenset({0}), frozenset({1})))


@st.composite
def targets(draw):
    count = draw(st.integers(1, 3))
    places = [(state, stock) for state in range(2**count) for stock in range(count)]
    free = draw(st.sets(st.sampled_from(places), max_size=_OPEN))
    return [
        tuple(frozenset({0, 1}) if (state, stock) in free else draw(_TO) for stock in range(count))
        for state in range(2**count)
    ]


def opened(found):
    """The same as the reference has it."""
    count = len(found[0])
    return {values_of(number, count): row for number, row in enumerate(found)}


def as_states(found, count):
    return {frozenset(values_of(number, count) for number in one) for one in found}


def test_the_first_stock_is_the_greatest_place():
    assert values_of(4, 3) == (1, 0, 0)
    assert number_of((1, 0, 0)) == 4


def test_one_stock_crosses_at_a_time_or_all_at_once():
    # Two stocks at 0, both heading to 1; the others stay where they are.
    heading = [((1,), (1,)), ((0,), (1,)), ((1,), (0,)), ((1,), (1,))]
    assert asynchronous(heading)[0] == [2, 1]
    assert synchronous(heading)[0] == [3]


def test_a_move_is_sure_only_if_the_stock_cannot_stay():
    open_one = [(frozenset({0, 1}),), (frozenset({0}),)]
    assert asynchronous(open_one) == [[1], [0]]
    assert asynchronous(open_one, sure=True) == [[], [0]]


@given(targets())
def test_basins_are_those_of_enumeration(found):
    net = {state: tuple(min(to) for to in row) for state, row in opened(found).items()}
    steps = one_by_one(net)
    can, every = paths(steps), attractors(steps)
    wanted = {}
    for one in every:
        come = [state for state in steps if one <= can[state]]
        wanted[one] = (
            len(come),
            sum(not any(other <= can[state] for other in every - {one}) for state in come),
        )
    settled = [tuple((min(to),) for to in row) for row in found]
    own = basins(asynchronous(settled))
    assert {
        frozenset(values_of(number, len(found[0])) for number in trap): sizes for trap, sizes in own.items()
    } == wanted


@given(targets())
def test_attractors_of_a_settled_network_are_those_of_enumeration(found):
    settled = [tuple((min(to),) for to in row) for row in found]
    net = {state: tuple(min(to) for to in row) for state, row in opened(found).items()}
    count = len(found[0])
    assert as_states(traps(asynchronous(settled)), count) == attractors(one_by_one(net))
    assert as_states(traps(synchronous(settled)), count) == attractors(at_once(net))


@given(targets())
@settings(max_examples=60)
def test_what_can_last_is_what_lasts_in_some_way_to_close_the_network(found):
    wide = lasting(asynchronous(found, sure=True), asynchronous(found), range(len(found)))
    every = set().union(*(attractors(one_by_one(net)) for net in closings(opened(found))))
    count = len(found[0])
    assert set().union(*as_states(wide, count)) == set().union(*every)
    assert as_states(wide, count) <= every


@given(targets(), st.integers(0, 7), st.sets(st.integers(0, 7)))
@settings(max_examples=60)
def test_a_goal_is_sure_or_possible_as_it_is_over_all_ways_to_close_the_network(found, start, goal):
    count, start = len(found[0]), start % len(found)
    goal = {state for state in goal if state < len(found)}
    links, sure = asynchronous(found), asynchronous(found, sure=True)
    there = reachable(links, [start])
    wanted = {values_of(state, count) for state in goal}
    reached = [ends(net, values_of(start, count)) for net in closings(opened(found))]
    assert all(set(end) <= goal for end in lasting(sure, links, there)) == all(
        end <= wanted for some in reached for end in some
    )
    assert bool(lasting(sure, links, there & goal)) == any(end <= wanted for some in reached for end in some)
