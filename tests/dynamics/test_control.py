"""The smallest sets of actions: small models by hand, Puebla in FORUM with its probabilities, enumeration."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.forum import forum
from tests.dynamics.models import RATES, model, randoms
from tests.reference.corner_states import ends, network

from concausa.core.errors import ConcausaError
from concausa.dynamics.action import Action, read_action
from concausa.dynamics.control import smallest
from concausa.dynamics.model import Corner
from concausa.dynamics.quantity import Intervention

#: A share of 10,000 draws lies this near to its probability in all but one of some 10,000 seeds.
NEAR = 0.02


def sets(found):
    return [one.actions for one in found]


# Small models, worked out by hand.

#: A club grows with a leader and fades without; a feast fills it once.
CLUB = replace(
    model("A", "A + p * L", "A - q * (1 - L)", inputs="L"),
    interventions=(Intervention("feast", "A", "1"), Intervention("leader", "L", "1")),
)


def test_what_is_done_once_may_be_gone_and_what_is_held_is_not():
    found = smallest(CLUB, start={"A": 0}, goal="A")
    assert sets(found.sure) == sets(found.possible) == [("leader",)]
    assert sets(found.failed) == [(), ("feast",)]
    assert [end.states for end in found.attempt("feast").ends] == [("A=0",)]


def test_a_set_that_holds_a_sure_one_is_not_tried():
    found = smallest(CLUB, start={"A": 0}, goal="A")
    assert sets(found.attempts) == [(), ("feast",), ("leader",)]


def test_where_nothing_is_needed_the_smallest_set_is_empty():
    found = smallest(CLUB, start={"A": 1}, goal="~A")
    assert sets(found.sure) == [()]
    assert found.nothing.verdict == "sure"


#: Two stocks that lift each other: 00 and 11 last, 01 and 10 can come to either.
PAIR = model("AB", "A + p * B", "A - q * (1 - B)", "B + p * A", "B - q * (1 - A)")


def test_two_actions_may_be_needed_together():
    found = smallest(PAIR, start={"A": 0, "B": 0}, goal="A*B", actions=["A=1", "B=1"])
    assert sets(found.sure) == [("A=1", "B=1")]
    # One alone can lead there or back, by which stock is faster: in every draw, not in every order.
    one = found.attempt("A=1")
    assert (one.verdict, one.always, one.some) == ("possible", 0, 1)
    assert sets(found.possible) == [("A=1",), ("B=1",)]


def test_actions_that_oppose_each_other_are_not_tried_together():
    found = smallest(CLUB, start={"A": 0}, goal="A", actions=["L=0", "L=1", "A=1", "A=0"])
    assert not [one for one in found.attempts if {"L=0", "L=1"} <= set(one.actions)]
    assert not [one for one in found.attempts if {"A=0", "A=1"} <= set(one.actions)]


def test_a_mechanism_can_be_switched():
    found = smallest(model("A", "A + p", "A - q"), start={"A": 0}, goal="A", actions=["without f2"])
    assert sets(found.sure) == [("without f2",)]
    found = smallest(
        model("A", "A + p", "A - q").without("f1"), start={"A": 0}, goal="A", actions=["with f1"]
    )
    assert sets(found.possible) == [("with f1",)]


def test_what_ranges_settle_holds_in_every_draw_though_not_by_the_signs():
    narrow = model("A", "A + p", "A - q", rates={"p": (0.5, 0.6), "q": (0, 0.4)})
    found = smallest(narrow, start={"A": 0}, goal="A", actions=[])
    assert (sets(found.sure), sets(found.in_every_draw)) == ([], [()])
    assert "in every draw, though not with all rates\n    nothing is done" in str(found)


def test_a_held_action_that_may_be_too_weak_is_never_sure_either_way():
    # The level lies above 1/2 in half of the draws; there the club grows, else it fades.
    rates = {"p": (0, 1), "q": (0, 1), "level": (0.35, 0.65)}
    doubtful = replace(
        model("A", "A + p * L", "A - q * (1 - L)", inputs="L", rates=rates),
        interventions=(Intervention("maybe", "L", "level"),),
    )
    found = smallest(doubtful, start={"A": 1}, inputs={"L": 1}, goal="~A", draws=10_000)
    assert found.attempt("maybe").verdict == "possible"
    assert found.attempt("maybe").always == found.attempt("maybe").some == pytest.approx(0.5, abs=NEAR)
    found = smallest(doubtful, start={"A": 0}, goal="A", draws=10_000)
    assert found.attempt("maybe").verdict == "possible"
    assert found.attempt("maybe").always == pytest.approx(0.5, abs=NEAR)


# Puebla: no leader, no forum, the federal window open. Shares are probabilities of the ranges, by hand:
# aX, bL, bE, bU are even over 0 to 0.6, dC and dB over 0 to 0.4, council over 0.35 to 0.65.


@pytest.fixture(scope="module", params=[0, 1], ids=["B=0", "B=1"])
def puebla(request):
    return smallest(
        forum(), start={"C": 0, "B": request.param, "I": 0}, inputs={"F": 1}, goal="synergistic", draws=10_000
    )


def test_left_alone_puebla_ends_without_bureaucracy_and_forum(puebla):
    assert puebla.nothing.verdict == "impossible"
    told = {end.states[0]: end.share for end in puebla.nothing.ends}
    # Cohesion by the federal window alone: P(aX > dC) = 2/3.
    assert set(told) == {"C=1 B=0 I=0", "C=0 B=0 I=0"}
    assert told["C=1 B=0 I=0"] == pytest.approx(2 / 3, abs=NEAR)
    assert {end.patterns for end in puebla.nothing.ends} == {("business-led",), ("quiescent",)}


def test_nothing_surely_takes_puebla_to_synergy_since_routine_always_wears_bureaucracy_down(puebla):
    assert puebla.sure == ()
    assert sets(puebla.possible) == [("council",), ("legal body",), ("leader",)]
    assert ("centre",) in sets(puebla.failed) and ("unit",) in sets(puebla.failed)


@pytest.mark.parametrize(
    ("actions", "some"),
    [
        # A forum can lead there where embeddedness outweighs routine: P(bE > dB) = 2/3 ...
        (("legal body",), 2 / 3),
        # ... and a council only where it is above 1/2, in half of the draws.
        (("council",), 1 / 3),
        # A leader: P(bL > dB) = 2/3. Once B is there, nothing pushes C down.
        (("leader",), 2 / 3),
        # Both: 1 - P(bE + bL < dB) = 1 - (1/0.4) * integral of d^2 / (2 * 0.36) over 0 to 0.4 = 25/27.
        (("legal body", "leader"), 25 / 27),
        # And a unit: 1 - (1/0.4) * integral of d^3 / (6 * 0.216) over 0 to 0.4 = 80/81.
        (("legal body", "leader", "unit"), 80 / 81),
    ],
)
def test_the_share_of_draws_in_which_puebla_can_come_to_synergy(puebla, actions, some):
    assert puebla.attempt(*actions).some == pytest.approx(some, abs=NEAR)


def test_a_forum_alone_may_wither_before_business_coheres(puebla):
    assert puebla.attempt("legal body").always == 0
    assert ("C=1 B=0 I=0",) in [end.states for end in puebla.attempt("legal body").ends]


def test_a_leader_leads_there_by_whatever_order(puebla):
    assert puebla.attempt("leader").always == puebla.attempt("leader").some


def test_with_leader_and_forum_every_order_leads_there(puebla):
    one = puebla.attempt("legal body", "leader")
    assert one.always == one.some
    assert [end.states for end in one.ends] == [("C=1 B=1 I=1",), ("C=1 B=0 I=1",)]


def test_if_routine_did_not_wear_bureaucracy_down_a_leader_would_surely_do():
    found = smallest(
        forum(), start={"C": 0, "B": 0, "I": 0}, inputs={"F": 1}, goal="synergistic",
        actions=["leader", "legal body", "without routine"],
    )  # fmt: skip
    assert sets(found.sure) == [("leader", "without routine")]


def test_a_goal_over_stocks_asks_for_no_gate():
    found = smallest(
        forum(), start={"C": 0, "B": 0, "I": 0}, inputs={"F": 1}, goal="C*B", actions=["unit"], draws=10_000
    )
    # P(bU > dB) * P(aX > dC) = 4/9; as a pattern it stands behind a shut gate.
    assert found.attempt("unit").always == pytest.approx(4 / 9, abs=NEAR)
    assert found.attempt("unit").ends[0].patterns == ("synergistic, but its gate is shut",)


def test_a_goal_may_name_conditions():
    by_stock, by_condition = (
        smallest(forum(), start={"C": 0, "B": 0, "I": 0}, goal=goal, actions=["leader"])
        for goal in ("C*B", "BC*BQ")
    )
    assert by_stock.attempts == by_condition.attempts


def test_what_adds_nothing_is_not_worth_while(puebla):
    worth = sets(puebla.worthwhile)
    assert ("legal body", "leader") in worth
    assert not [actions for actions in worth if "centre" in actions]
    assert len(puebla.table(every=True)) == len(puebla.attempts) > len(puebla.table())


def test_weak_actions_and_pulses_are_told(puebla):
    told = [str(caveat) for caveat in puebla.caveats]
    assert "centre brings I to 1/2 at most, so that at 0 and 1 it does nothing" in told
    assert any(text.startswith("council brings I above 1/2 in ") for text in told)
    assert any(text.startswith("council, legal body, centre: done once") for text in told)


def test_a_gate_that_depends_makes_nothing_sure_and_counts_by_draws():
    # With lobbying the gate is max(0, kP * C), above 1/2 in half of the draws; B is held up by nothing.
    kept = forum().including("M11").without("routine")
    found = smallest(kept, start={"C": 1, "B": 1, "I": 0}, goal="synergistic", actions=[], draws=10_000)
    assert found.nothing.verdict == "possible"
    assert found.nothing.always < 0.55


def test_points_count_instead_of_fresh_draws():
    points = {"bL": np.array([0.9, 0.9, 0.01, 0.9]), "dB": np.array([0.1, 0.1, 0.9, 0.1])}
    found = smallest(
        forum(), start={"C": 0, "B": 0, "I": 0}, goal="synergistic", actions=["leader"], points=points
    )
    assert (found.draws, found.prior) == (4, False)
    assert found.attempt("leader").always == 0.75


# Laws.


@given(
    randoms(), st.tuples(*(st.floats(0.01, 0.99) for _ in RATES)), st.integers(0, 7), st.sets(st.integers(0, 7), min_size=1)
)  # fmt: skip
@settings(max_examples=60)
def test_each_set_comes_to_what_enumeration_finds_and_no_smallest_holds_another(found, rates, start, wanted):
    names = found.model.stock_names
    order = [
        tuple(number >> place & 1 for place in reversed(range(len(names))))
        for number in range(2 ** len(names))
    ]
    first = order[start % len(order)]
    goal = {order[number % len(order)] for number in wanted}
    text = " + ".join(
        "*".join(name if value else f"~{name}" for name, value in zip(names, state, strict=True))
        for state in goal
    )
    points = {name: np.array([rate]) for name, rate in zip(RATES, rates, strict=True)}
    actions = [f"{name}=1" for name in names]
    own = smallest(
        found.model, start=dict(zip(names, first, strict=True)), goal=text, actions=actions, points=points
    )
    net = network(names, found.up, found.down, dict(zip(RATES, map(Fraction, rates), strict=True)))
    for one in own.attempts:
        state = tuple(
            1 if f"{name}=1" in one.actions else value for name, value in zip(names, first, strict=True)
        )
        reached = ends(net, state)
        assert one.always == all(end <= goal for end in reached)
        assert one.some == any(end <= goal for end in reached)
        assert one.verdict != "sure" or one.always == 1
        assert one.verdict != "impossible" or one.some == 0
    for listed in (own.sure, own.possible, own.in_every_draw):
        for one, other in combinations(sets(listed), 2):
            assert not set(one) < set(other) and not set(other) < set(one)


# Printing.


def test_the_memo_tells_what_happens_without_any_action_first(puebla):
    start = "C=0 B=1 I=0" if puebla.start["B"] else "C=0 B=0 I=0"
    first, second, third, *_ = str(puebla).splitlines()
    assert first == f"What takes FORUM from {start} with L=0, T=0, M=0, F=1, U=0 to synergistic"
    assert second.startswith("  nothing is done: cannot lead there; can end in C=1 B=0 I=0 (business-led), 6")
    assert third == "  surely: none"
    assert repr(puebla) == (
        "<Control of FORUM: of 26 sets of up to 3 actions tried, 0 smallest surely lead to synergistic, "
        "3 with some rates>"
    )


def test_what_makes_more_draws_lead_there_is_told_also_where_nothing_is_needed():
    # With leader and unit synergy can last as it is; a legal body adds embeddedness.
    found = smallest(
        forum(), start={"C": 1, "B": 1, "I": 0}, inputs={"L": 1, "U": 1}, goal="synergistic",
        actions=["legal body", "L=0"],
    )  # fmt: skip
    assert sets(found.possible) == [()]
    told = str(found).partition("more actions, more draws\n")[2]
    assert told.startswith("    legal body: only there in 99 % of draws, can in 99 %\n")


def test_data_are_plain_json_values(puebla):
    told = json.loads(json.dumps(puebla.data()))
    assert told["possible"] == [["council"], ["legal body"], ["leader"]]
    assert len(told["attempts"]) == 26


# Actions and refusals.


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("legal body", Action("legal body", "pulse", "I", 1, "law")),
        ("leader", Action("leader", "held", "L", 1, "lead_level")),
        ("T = 0", Action("T = 0", "held", "T", 0)),
        ("I=0", Action("I=0", "pulse", "I", 0)),
        ("without M8", Action("without M8", "switch", "M8", 0)),
        ("with fed-C", Action("with fed-C", "switch", "fed-C", 1)),
    ],
)
def test_actions_are_read_from_their_names(text, action):
    assert read_action(text, forum()) == action


START = {"C": 0, "B": 0, "I": 0}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"start": {"C": 0, "B": 0}, "goal": "B"},
            "the state says nothing of I\n  where  FORUM\n  fix    give every stock 0 or 1",
        ),
        (
            {"goal": "synergystic"},
            (
                "there is no pattern, stock, input or condition 'synergystic'\n  where  the goal synergystic\n"
                "  fix    did you mean synergistic?"
            ),
        ),
        (
            {"goal": "state-lad"},
            (
                "there is no pattern, stock, input or condition 'state-lad'\n  where  the goal state-lad\n"
                "  fix    did you mean state-led?"
            ),
        ),
        (
            {"goal": "state led +"},
            "there is no pattern 'state led +'\n  where  FORUM\n  fix    did you mean state-led?",
        ),
        (
            {"goal": "synergistic + C"},
            (
                "there is no stock, input or condition 'synergistic'\n  where  the goal synergistic + C\n"
                "  fix    a pattern stands alone; write BQ*BC for it"
            ),
        ),
        (
            {"goal": "C*~C"},
            "no corner state is in the goal C*~C\n  where  FORUM\n  fix    ask for what stocks and inputs can be at once",
        ),
        (
            {"goal": "BQ>=high"},
            "the goal asks for a level or value of BQ\n  where  BQ>=high\n  fix    name BQ alone",
        ),
        (
            {"goal": "B", "actions": ["legal bodi"]},
            "there is no action 'legal bodi'\n  where  FORUM\n  fix    did you mean legal body?",
        ),
        (
            {"goal": "B", "actions": ["X=1"]},
            "there is no stock or input 'X'\n  where  X=1\n  fix    one of C, B, I, L, T, M, F, U",
        ),
        (
            {"goal": "B", "actions": ["L=2"]},
            "the action 'L=2' cannot be read\n  fix    write 0 or 1 behind one =, such as L=1",
        ),
        (
            {"goal": "B", "actions": ["without M99"]},
            "there is no mechanism or flow 'M99'\n  where  without M99\n  fix    did you mean M9?",
        ),
        (
            {"goal": "B", "actions": ["unit", "unit"]},
            "the action unit stands 2 times\n  fix    name each once",
        ),
        ({"goal": "B", "most": -1}, "most is -1\n  fix    a whole number from 0 on"),
        (
            {"goal": "B", "actions": [f"{name}={value}" for name in "CBILTMFU" for value in (0, 1)], "most": 5},
            (
                "16 actions give 6,885 sets of up to 5\n"
                "  fix    name fewer actions, or lower most, so that there are 5,000 sets or fewer"
            ),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_is_refused(options, message):
    with pytest.raises(ConcausaError) as error:
        smallest(forum(), **{"start": START, **options})
    assert str(error.value).partition(": ")[2] == message


def test_a_set_that_was_not_tried_is_refused():
    with pytest.raises(ConcausaError) as error:
        smallest(CLUB, start={"A": 0}, goal="A").attempt("feast", "leader")
    assert str(error.value).partition(": ")[2] == (
        "feast + leader was not tried\n  where  small\n  fix    up to 3 of feast, leader"
    )


def test_a_pattern_that_several_share_counts_for_each():
    shared = replace(
        CLUB,
        stocks=(replace(CLUB.stocks[0], condition="X"),),
        corners=(Corner("one", "X"), Corner("two", "X")),
    )
    for goal in ("one", "two"):
        assert sets(smallest(shared, start={"A": 0}, goal=goal).sure) == [("leader",)]
    assert smallest(shared, start={"A": 0}, goal="one").attempt("leader").ends[0].patterns == ("one or two",)
