"""What is held counts whatever happens; an intervention that sets exactly also lowers."""

import numpy as np

from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Range, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Course, Happening, Setting

MODEL = Model(
    "one",
    (Stock("C", Range.of(0.8, 0.8)),),
    (Input("L"),),
    flows=(Flow("up", "C", True, "0 * L"),),
    interventions=(
        Intervention("leader", "L", "0.9"),
        Intervention("raise", "C", "0.5"),
        Intervention("set", "C", "0.5", exactly=True),
    ),
)


def setting(*happenings, courses=()):
    return Setting(("A",), 2000, 2004, courses, happenings)


def test_a_course_gives_way_to_what_happens_unless_it_is_held():
    for held, expected in ((False, [0.2, 0.9, 0.9, 0.9, 0.9]), (True, [0.2, 0.9, 0.2, 0.2, 0.9])):
        first = Course("L", "A", 2000, 2001, Range.of(0.2, 0.2))
        later = Course("L", "A", 2002, 2003, Range.of(0.2, 0.2), held=held)
        leader = Happening("move", "leader", "A", 2001, 2001)
        run = simulate(MODEL, setting(leader, courses=(first, later)), draws=1)
        assert run.of("L", unit="A")[:, 0].tolist() == expected


def test_what_raises_leaves_a_higher_stock_alone_and_what_sets_does_not():
    for name, expected in (("raise", 0.8), ("set", 0.5)):
        run = simulate(MODEL, setting(Happening("move", name, "A", 2002, 2002)), draws=1)
        assert run.of("C", unit="A")[:, 0].tolist() == [0.8, 0.8, expected, expected, expected]


def test_what_sets_in_an_unknown_year_sets_in_that_year_of_each_draw():
    run = simulate(MODEL, setting(Happening("move", "set", "A", 2001, 2002, "event")), draws=50)
    years = np.floor(2001 + run.points["year of event"] * 2)
    assert set(years) == {2001, 2002}
    np.testing.assert_array_equal(run.of("C", unit="A")[1], np.where(years == 2001, 0.5, 0.8))
