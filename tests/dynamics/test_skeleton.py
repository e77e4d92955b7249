"""Logical skeletons: small networks by hand, FORUM corner by corner, enumeration, and the yearly model itself."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.forum import forum
from tests.dynamics.models import RATES, model, randoms
from tests.reference.corner_states import at_once, attractors, network, one_by_one

from concausa.core.errors import ConcausaError, DataError
from concausa.dynamics.model import Model
from concausa.dynamics.prior import prior
from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Course, Setting
from concausa.dynamics.skeleton import skeleton

#: A share of 10,000 draws lies this near to its probability in all but one of some 10,000 seeds.
NEAR = 0.02
#: The yearly model keeps a stock where it rests but for the last place of a float.
ROUNDING = 1e-12


def names(states):
    return [state.name for state in states]


def rests(found):
    return {state.name: state.rest for state in found.states}


def moves(found, name):
    state = next(state for state in found.states if state.name == name)
    return {push.stock: push.move for push in state.pushes}


def ends(found, *, at_once=False):
    return {frozenset(one.states): one.share for one in found.attractors(at_once=at_once)}


# Small networks, worked out by hand.


def test_a_stock_that_only_grows_rests_at_1():
    found = skeleton(model("A", "A + p"))
    assert rests(found) == {"A=0": "never", "A=1": "always"}
    assert moves(found, "A=0") == {"A": "rises"}


def test_a_stock_that_only_decays_rests_at_0():
    assert rests(skeleton(model("A", "A - p"))) == {"A=0": "always", "A=1": "never"}


def test_a_stock_that_nothing_pushes_stays_where_it_is():
    found = skeleton(model("A", "A + p * L", inputs="L"))
    assert rests(found) == {"A=0": "always", "A=1": "always"}
    assert moves(found, "A=0") == {"A": "stays"}


def test_where_a_stock_is_pushed_both_ways_the_rates_decide():
    # p and q are even over 0 to 1, so that p > q in half of all draws.
    found = skeleton(model("A", "A + p", "A - q"), draws=10_000)
    assert rests(found) == {"A=0": "depends", "A=1": "depends"}
    assert [state.share for state in found.states] == pytest.approx([0.5, 0.5], abs=NEAR)
    assert sum(state.share for state in found.states) == 1


def test_a_share_of_draws_is_a_probability_of_the_ranges():
    # P(p > q), p even over 0 to 0.6 and q over 0 to 0.4: 1 - (0.4 / 0.6) / 2 = 2/3.
    rates = {"p": (0, 0.6), "q": (0, 0.4)}
    found = skeleton(model("A", "A + p", "A - q", rates=rates), draws=10_000)
    assert found.states[1].share == pytest.approx(2 / 3, abs=NEAR)


def test_what_ranges_settle_is_told_by_the_share_and_not_by_the_signs():
    found = skeleton(model("A", "A + p", "A - q", rates={"p": (0.5, 0.6), "q": (0, 0.4)}))
    assert rests(found)["A=1"] == "depends"
    assert found.states[1].share == 1


def test_a_rate_that_may_be_0_may_push():
    found = skeleton(model("A", "A + max(0, p - q)"))
    assert moves(found, "A=0") == {"A": "may rise"}
    assert rests(found) == {"A=0": "depends", "A=1": "always"}
    assert moves(skeleton(model("A", "A - max(0, p - q)")), "A=1") == {"A": "may fall"}


def test_two_stocks_that_support_each_other_have_two_rests():
    # Each is pushed up by the other and down by the other's absence.
    found = skeleton(model("AB", "A + p * B", "A - q * (1 - B)", "B + p * A", "B - q * (1 - A)"))
    assert names(found.always) == ["A=0 B=0", "A=1 B=1"]
    assert names(found.never) == ["A=0 B=1", "A=1 B=0"]
    # One at a time, 01 and 10 can come to either rest; all at once, they change places for ever.
    assert ends(found) == {frozenset({"A=0 B=0"}): 1, frozenset({"A=1 B=1"}): 1}
    assert ends(found, at_once=True) == {
        frozenset({"A=0 B=0"}): 1, frozenset({"A=1 B=1"}): 1, frozenset({"A=0 B=1", "A=1 B=0"}): 1,
    }  # fmt: skip
    assert found.basins() == {("A=0 B=0",): (3, 1), ("A=1 B=1",): (3, 1)}
    one = found.attractors()[0]
    assert (one.can, one.only) == ((3, 3), (1, 1))


def test_a_negative_loop_of_two_goes_round():
    # A follows B, and B opposes A: 00 -> 01 -> 11 -> 10 -> 00.
    found = skeleton(model("AB", "A + p * B", "A - q * (1 - B)", "B + p * (1 - A)", "B - q * A"))
    assert len(found.never) == 4
    assert found.links() == [[1], [3], [0], [2]]
    assert list(ends(found)) == [frozenset({"A=0 B=0", "A=0 B=1", "A=1 B=0", "A=1 B=1"})]
    assert "goes round among\n    A=0 B=0, A=0 B=1, A=1 B=0, A=1 B=1: in 100 % of draws" in str(found)


# FORUM without a leader, with the federal window open: C is cohesion, B bureaucracy, I the forum.


@pytest.fixture(scope="module")
def federal():
    return skeleton(forum(), inputs={"F": 1}, draws=10_000)


@pytest.mark.parametrize(
    ("state", "told", "rest"),
    [
        # The federal window lifts C, and no forum shields it; B has a routine decay alone; without B and C
        # a forum withers.
        ("C=0 B=0 I=0", {"C": "depends", "B": "falls", "I": "falls"}, "depends"),
        # A forum shields C from decay, so that it rises.
        ("C=0 B=0 I=1", {"C": "rises", "B": "falls", "I": "falls"}, "never"),
        # B or C is there, so that nothing moves the forum; nothing carries B.
        ("C=0 B=1 I=0", {"C": "depends", "B": "falls", "I": "stays"}, "never"),
        ("C=0 B=1 I=1", {"C": "rises", "B": "falls", "I": "stays"}, "never"),
        ("C=1 B=0 I=0", {"C": "depends", "B": "falls", "I": "stays"}, "depends"),
        # Embeddedness, min(C, I), lifts B against its routine decay.
        ("C=1 B=0 I=1", {"C": "rises", "B": "depends", "I": "stays"}, "depends"),
        ("C=1 B=1 I=0", {"C": "depends", "B": "falls", "I": "stays"}, "never"),
        ("C=1 B=1 I=1", {"C": "rises", "B": "depends", "I": "stays"}, "depends"),
    ],
)
def test_forum_without_a_leader_corner_by_corner(federal, state, told, rest):
    assert moves(federal, state) == told
    assert rests(federal)[state] == rest


def test_shares_of_forum_without_a_leader_are_those_of_its_ranges(federal):
    # 100 lasts where aX > dC, 111 where bE > dB; both pairs are even over 0 to 0.6 and 0 to 0.4: 2/3.
    shares = {state.name: state.share for state in federal.states}
    assert shares["C=1 B=0 I=0"] == pytest.approx(2 / 3, abs=NEAR)
    assert shares["C=1 B=1 I=1"] == pytest.approx(2 / 3, abs=NEAR)
    assert shares["C=0 B=0 I=0"] == pytest.approx(1 - shares["C=1 B=0 I=0"])
    assert shares["C=1 B=0 I=1"] == pytest.approx(1 - shares["C=1 B=1 I=1"])
    assert len(federal.networks) == 4


def test_synergy_without_leader_or_forum_stands_behind_a_shut_gate(federal):
    state = federal.state({"C": 1, "B": 1, "I": 0})
    assert (state.patterns, state.gate) == (("synergistic",), "shut")
    assert state.pattern == "synergistic, but its gate is shut"
    assert federal.state({"C": 1, "B": 1, "I": 1}).gate == "open"


def test_a_gate_that_hangs_on_a_parameter_depends():
    # With lobbying, the gate is max(0, kP * C): kP is even over 0 to 1.
    state = skeleton(forum().including("M11")).state({"C": 1, "B": 1, "I": 0})
    assert state.gate == "depends"
    assert state.pattern == "synergistic, if its gate opens"


def test_with_a_leader_synergy_needs_no_forum_and_depends_on_the_routine_decay_of_bureaucracy():
    found = skeleton(forum(), inputs={"L": 1})
    # A leader shields C where B is there: nothing pushes C down. B has staff against routine decay.
    assert moves(found, "C=1 B=1 I=0") == {"C": "rises", "B": "depends", "I": "stays"}
    state = found.state({"C": 1, "B": 1, "I": 0})
    assert (state.gate, state.rest) == ("open", "depends")


def test_a_mechanism_that_is_off_pushes_nothing():
    # Without M4, embeddedness, nothing carries B where there is no leader: 111 cannot last.
    assert rests(skeleton(forum().without("M4")))["C=1 B=1 I=1"] == "never"


def test_inputs_that_are_not_named_are_0(federal):
    assert federal.inputs == {"L": 0, "T": 0, "M": 0, "F": 1, "U": 0}


def test_flows_that_push_are_named(federal):
    push = federal.state({"C": 1, "B": 1, "I": 1}).pushes[0]
    assert (push.up, push.down) == (("build-C", "forum-C", "fed-C"), ())


# Laws.


@given(randoms(most=4), st.tuples(*(st.floats(0.01, 0.99) for _ in RATES)))
@settings(max_examples=60)
def test_the_network_of_a_draw_is_the_one_of_enumeration(found, rates):
    points = {name: np.array([rate]) for name, rate in zip(RATES, rates, strict=True)}
    own = skeleton(found.model, points=points)
    known = {name: Fraction(rate) for name, rate in zip(RATES, rates, strict=True)}
    wanted = network(found.model.stock_names, found.up, found.down, known)
    assert {state.values: own.networks[0].targets[state.number] for state in own.states} == wanted

    def states(attractor):
        return frozenset(
            next(state.values for state in own.states if state.name == name) for name in attractor
        )

    for together, steps in ((False, one_by_one(wanted)), (True, at_once(wanted))):
        assert {states(one.states) for one in own.attractors(at_once=together)} == attractors(steps)


@given(randoms())
@settings(max_examples=60)
def test_no_draw_goes_where_the_signs_do_not_let_it(found):
    own = skeleton(found.model, draws=40)
    for single in own.networks:
        for state, row in zip(own.states, single.targets, strict=True):
            assert all(to in push.targets for to, push in zip(row, state.pushes, strict=True))


@given(randoms())
@settings(max_examples=40)
def test_where_the_skeleton_rests_always_the_yearly_model_rests(found):
    for state in skeleton(found.model, draws=1).always:
        starts = {
            ("u", name): Range.of(value, value)
            for name, value in zip(found.model.stock_names, state.values, strict=True)
        }
        runs = simulate(found.model, Setting(("u",), 2000, 2020, starts=starts), draws=20)
        for name, value in zip(found.model.stock_names, state.values, strict=True):
            assert (abs(runs.stocks[name] - value) < ROUNDING).all()


def test_the_yearly_model_moves_from_a_corner_as_the_skeleton_says(federal):
    for state in federal.states:
        starts = {
            ("u", name): Range.of(value, value) for name, value in zip("CBI", state.values, strict=True)
        }
        courses = (Course("F", "u", 2000, 2001, Range.of(1, 1)),)
        runs = simulate(forum(), Setting(("u",), 2000, 2001, courses, starts=starts), draws=200)
        for push in state.pushes:
            change = runs.stocks[push.stock][1, 0] - push.value
            leaves = push.move == "depends" or push.targets != {push.value}
            assert (abs(change) > ROUNDING).all() if leaves else (abs(change) < ROUNDING).all()


def test_the_same_seed_gives_the_same_shares_and_a_number_of_draws_adds_up():
    one, two = (skeleton(forum(), inputs={"F": 1}, seed=3) for _ in range(2))
    assert one.data() == two.data()
    assert sum(network.draws for network in one.networks) == one.draws == 1000


def test_points_count_instead_of_fresh_draws():
    # aX is at the top of its range and dC at the bottom, in each of three draws.
    points = {"aX": np.full(3, 0.99), "dC": np.full(3, 0.01)}
    found = skeleton(forum(), inputs={"F": 1}, points=points)
    assert (found.draws, found.prior) == (3, False)
    assert found.state({"C": 1, "B": 0, "I": 0}).share == 1
    assert [caveat.kind for caveat in found.caveats] == ["side", "gate"]


def test_draws_are_those_of_a_simulation_and_what_points_lack_is_completed_as_there():
    both = model("A", "A + p", "A - q", rates={"p": (0, 1), "q": (0, 1)})
    own = prior(both, Setting(("u",), 2000, 2001))
    places = own.draw(500, seed=3)
    assert skeleton(both, draws=500, seed=3).states[1].share == (places["p"] > places["q"]).mean()
    known = {"p": np.linspace(0.01, 0.99, 500)}
    completed = own.completed(known, seed=3)
    assert skeleton(both, points=known, seed=3).states[1].share == (completed["p"] > completed["q"]).mean()


# Printing.


def test_what_the_theory_allows_stands_first(federal):
    assert repr(federal) == (
        "<Skeleton of FORUM: of 8 corner states 0 last whatever the rates are, 4 with some, 4 with none>"
    )
    first, second, *_ = str(federal).splitlines()
    assert first.startswith(
        "Logical skeleton of FORUM with L=0, T=0, M=0, F=1, U=0: of 8 corner states 0 last"
    )
    assert second == "  lasts whatever the rates are: none"


def test_the_table_lists_what_can_last_before_what_cannot(federal):
    rows = [cell.value for cell in federal.table().column("rest")]
    assert rows == ["depends"] * 4 + ["never"] * 4
    assert len(federal.moves()) == 8 * 3


def test_data_are_plain_json_values(federal):
    told = json.loads(json.dumps(federal.data()))
    assert told["never"] == ["C=0 B=0 I=1", "C=0 B=1 I=0", "C=0 B=1 I=1", "C=1 B=1 I=0"]
    assert told["traps"] == [["C=0 B=0 I=0", "C=1 B=0 I=0"], ["C=1 B=0 I=1", "C=1 B=1 I=1"]]


# Refusals.


def large():
    stocks = [f"S{number}" for number in range(13)]
    return Model(
        "large", tuple(map(Stock, stocks)), flows=tuple(Flow(f"f{name}", name, True, "1") for name in stocks)
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: skeleton(forum(), inputs={"G": 1}),
            "there is no input 'G'\n  where  FORUM\n  fix    one of L, T, M, F, U",
        ),
        (
            lambda: skeleton(forum(), inputs={"L": 0.5}),
            "L is 0.5\n  fix    a skeleton knows 0 and 1 alone; try both for what lies between",
        ),
        (
            lambda: skeleton(large()),
            (
                "large has 13 stocks, and a skeleton at most 12\n"
                "  fix    make inputs of stocks that nothing in question moves, or join stocks that move together"
            ),
        ),
        (lambda: skeleton(forum(), draws=0), "draws is 0\n  fix    a whole number from 1 on"),
        (lambda: skeleton(forum(), seed=-1), "seed is -1\n  fix    a whole number from 0 on"),
        (
            lambda: skeleton(forum(), points={"other": np.ones(3)}),
            "the points hold no parameter of the model\n  where  FORUM\n  fix    pass the points of its runs",
        ),
        (
            lambda: skeleton(forum(), points={"aX": np.zeros(3), "dC": np.zeros(2)}),
            "the points differ in length, or there are none\n  where  aX: 3, dC: 2\n  fix    pass one place a draw",
        ),
        (
            lambda: skeleton(forum(), points={"aX": np.array([0.2, 1.5])}),
            "the points of aX leave 0 to 1\n  fix    a point is a place in a range, not its value",
        ),
        (
            lambda: skeleton(forum()).state({"C": 1, "B": 0}),
            "the state says nothing of I\n  where  FORUM\n  fix    give every stock 0 or 1",
        ),
        (
            lambda: skeleton(forum()).state({"C": 1, "B": 0, "J": 1}),
            "there is no stock 'J'\n  where  FORUM\n  fix    one of C, B, I",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_refused(call, message):
    with pytest.raises(ConcausaError) as error:
        call()
    assert str(error.value).partition(": ")[2] == message


def test_a_rate_below_0_is_refused_where_it_is():
    with pytest.raises(DataError) as error:
        skeleton(model("AB", "A + 0.5 - B", "B - p"))
    assert error.value.what == "the rate 0.5 - B is -0.5 at A=0 B=1"


def test_a_rate_that_is_no_number_is_refused():
    with pytest.raises(DataError) as error:
        skeleton(model("A", "A + p / A"))
    assert error.value.what == "the rate p / A is no finite number at A=0"


def test_a_search_that_would_take_long_is_refused(monkeypatch):
    monkeypatch.setattr("concausa.dynamics.skeleton.WORK", 7)
    found = skeleton(model("AB", "A + p", "A - q", "B + p"))
    with pytest.raises(ConcausaError) as error:
        found.attractors()
    assert str(error.value).partition(": ")[2] == (
        "2 networks of 4 corner states are too many to search\n  where  small\n  fix    take fewer draws"
    )
    assert "goes round: not searched, since there are too many networks; take fewer draws" in str(found)
    assert found.data()["attractors"] is None


def test_a_known_parameter_is_not_drawn():
    fixed = Model(
        "fixed",
        (Stock("A"),),
        parameters=(Parameter("p", Range.of(0, 0)),),
        flows=(Flow("f", "A", True, "p"),),
    )
    found = skeleton(fixed)
    assert rests(found) == {"A=0": "always", "A=1": "always"}
    assert found.draws == 1
