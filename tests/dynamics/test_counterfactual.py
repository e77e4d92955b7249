"""Counterfactuals: the same draws with a change and without, and what the evidence has to do with it."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import dynamic_runs as twin

from concausa.core.errors import DataError, OptionError
from concausa.dynamics.band import Band
from concausa.dynamics.change import Held
from concausa.dynamics.counterfactual import asked, counterfactual
from concausa.dynamics.matching import match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.narrowing import narrowing
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.sample import sample
from concausa.dynamics.setting import Course, Happening, Setting
from concausa.dynamics.shift import shift

#: One stock that L raises and that decays, one that interventions raise, and a gate.
MODEL = Model(
    "small",
    (Stock("C", Range.of(0.2, 0.4), condition="BC"), Stock("I", Range.of(0, 0))),
    (Input("L"), Input("T")),
    (Parameter("a", Range.of(0, 0.5)), Parameter("d", Range.of(0, 0.5)), Parameter("v", Range.of(0.6, 0.8))),
    flows=(
        Flow("build", "C", True, "a * max(L, I)"),
        Flow("fade", "C", False, "d * (1 - max(L, I))"),
        Flow("end", "I", False, "T"),
    ),
    interventions=(Intervention("council", "I", "v"), Intervention("hut", "I", "0.2")),
    corners=(Corner("strong", "BC", True), Corner("weak", "~BC")),
    gate="max(L, I)",
)
SETTING = Setting(
    ("A", "B"),
    2000,
    2010,
    (
        Course("L", "A", 2000, 2010, Range.of(0.8, 1), "L of A"),
        Course("L", "B", 2000, 2010, Range.of(0, 0.2), "L of B"),
    ),
    (Happening("move", "council", "A", 2003, 2003, "E-A"),),
)
BANDS = [Band("A.C", "A", "C", 2010, 2010, 0.75, 1.0, "last")]


@pytest.fixture(scope="module")
def drawn():
    return sample(match(MODEL, SETTING, BANDS, draws=5000, seed=3), draws=1500, prior_draws=1500)


def test_a_change_that_changes_nothing_differs_by_nothing_in_every_draw(drawn):
    # A council in A lasts from 2003 on, since nothing ends it: the same council once more raises nothing.
    found = asked(drawn, ["A council 2007"])
    for stock in ("C", "I"):
        assert not found.difference(stock, "A").any()
    assert found.unmoved == 1
    assert {caveat.kind for caveat in found.caveats} >= {"unmoved"}
    assert found.narrowings == tuple(one for one in found.narrowings if "difference" not in one.what)
    moved = found.shift("strong", "A", 2010)
    assert (moved.value, moved.entered, moved.left) == (0, 0, 0)


def test_a_pulse_and_its_decay_in_closed_form():
    # Held at 1 in one year the stock closes 1 - exp(-a) of its distance to 1, and decays by exp(-d) in the others.
    model = Model(
        "pulse", (Stock("C", Range.of(0.2, 0.2)),), (Input("L"),), (),
        flows=(Flow("up", "C", True, "0.5 * L"), Flow("down", "C", False, "0.1 * (1 - L)")),
    )  # fmt: skip
    found = counterfactual(match(model, Setting(("A",), 2000, 2004), [], draws=1), ["A L=1 in 2002"])
    now = 0.2 * np.exp(-0.1)
    now = 1 - (1 - now) * np.exp(-0.5)
    assert found.changed.of("C", unit="A")[4, 0] == pytest.approx(now * np.exp(-0.2), abs=1e-12)
    was = 0.2 * np.exp(-0.4)
    assert found.difference("C", "A")[4, 0] == pytest.approx(now * np.exp(-0.2) - was, abs=1e-12)


def test_every_draw_is_run_with_the_changes_as_the_slow_twin_runs_it():
    found = asked(
        SMALL,
        ["A without council", "A hut 2002..2004", "B council 2004", Held("*", "L", Range.of(0, 1), 2003)],
    )
    setting = Setting(
        SETTING.units, 2000, 2010,
        (*SETTING.courses, *(Course("L", unit, 2003, 2010, Range.of(0, 1), f"L of {unit} held from 2003", True)
                             for unit in "AB")),
        (Happening("move", "hut", "A", 2002, 2004, "A hut 2002..2004 in A"),
         Happening("move", "council", "B", 2004, 2004)),
    )  # fmt: skip
    for draw in range(5):
        slow = twin.Run(
            MODEL, setting, {name: float(place[draw]) for name, place in found.changed.points.items()}
        )
        for (stock, unit, year), value in slow.stocks.items():
            row, place = year - 2000, setting.index(unit)
            assert found.changed.stocks[stock][row, place, draw] == pytest.approx(value, abs=1e-12)


def test_two_changes_that_do_not_touch_give_the_same_in_either_order(drawn):
    one = asked(drawn, ["A L=0 from 2005", "B council 2004"])
    other = asked(drawn, ["B council 2004", "A L=0 from 2005"])
    for stock in ("C", "I"):
        np.testing.assert_array_equal(one.changed.stocks[stock], other.changed.stocks[stock])


def test_founding_again_what_was_left_out_in_the_same_year_changes_nothing(drawn):
    found = asked(drawn, ["A without council", "A council 2003"])
    assert not found.difference("I", "A").any()


def test_units_that_no_change_touches_are_left_aside(drawn):
    assert asked(drawn, ["B council 2004"]).units == ("B",)
    assert asked(drawn, ["* L=1"]).units == ("A", "B")


def test_only_what_is_newly_unknown_is_drawn_anew(drawn):
    found = asked(drawn, [Held("B", "L", Range.of(0.5, 1), 2005), "B council 2002..2004"])
    new = set(found.changed.points) - set(drawn.points)
    assert new == {"L of B held from 2005", "year of B council 2002..2004 in B"}
    for name in set(found.changed.points) & set(drawn.points):
        np.testing.assert_array_equal(found.changed.points[name], drawn.points[name])
    held = found.changed.of("L", unit="B")
    assert held[:5].max() <= 0.2
    assert (held[5:].min(), held[5:].max()) == (pytest.approx(0.5, abs=0.01), pytest.approx(1, abs=0.01))


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1), st.integers(2001, 2010))
def test_before_its_year_a_change_has_no_effect(level, year):
    found = asked(SMALL, [Held("B", "L", Range.of(level, level), year)])
    assert not found.difference("C", "B")[: year - 2000].any()


SMALL = sample(match(MODEL, SETTING, [], draws=50), draws=50, prior_draws=50)


def test_patterns_add_up_with_the_gate_and_without(drawn):
    found = asked(drawn, ["A without council", "A L=0.1 from 2008"])
    for gate, names in (
        (True, ("strong", "weak", "behind the gate", "tie")),
        (False, ("strong", "weak", "tie")),
    ):
        assert found.standings(gate=gate)[0].names == names
        for place in (0, 1):
            total = sum(found.shares(name, "A", 2010, gate=gate)[place].value for name in names)
            assert total == pytest.approx(1)
    # Without leader and council the gate is shut: nothing is strong, by definition. By the stocks alone most are.
    assert found.shares("strong", "A", 2008)[1].value == 0
    assert found.shares("strong", "A", 2008, gate=False)[1].value > 0.9
    assert "by-definition" in {caveat.kind for caveat in found.caveats}


def test_an_answer_of_which_nothing_was_learned_is_driven_by_assumptions_and_says_so_first():
    # No band speaks of decay, and C only decays once leadership is gone.
    nothing = match(MODEL, SETTING, [], draws=3000)
    found = counterfactual(nothing, ["A without council", "A L=0 from 2001"])
    assert {one.what for one in found.assumed} >= {"C of A in 2010", "the difference in C of A in 2010"}
    assert str(found).startswith("Assumption-driven: C of A in 2010 (spread 1.0")
    assert found.table().notes[0].startswith("Assumption-driven")
    assert found.data()["assumption_driven"]


def test_an_answer_that_the_evidence_narrows_is_not_driven_by_assumptions(drawn):
    narrow = [
        Band("A.C", "A", "C", 2010, 2010, 0.85, 0.87, "last"),
        Band("B.C", "B", "C", 2010, 2010, 0.1, 0.15),
    ]
    found = counterfactual(match(MODEL, SETTING, narrow, draws=4000), ["A L=0.9 from 2009"])
    own = {one.what: one for one in found.narrowings}["C of A in 2010"]
    assert not own.assumed
    assert own.ratio.value < 0.2
    assert not str(found).startswith("Assumption-driven: C of A")


def test_what_was_never_seen_is_told(drawn):
    def told(*texts):
        return {caveat.kind: str(caveat) for caveat in asked(drawn, texts).caveats}

    assert told("A L=0.5 from 2005")["unseen-level"] == (
        "A L=0.5 from 2005 lies outside what was seen: L was coded as 0 to 0.2; 0.8 to 1"
    )
    assert "unseen-level" not in told("A L=0.1 from 2005")
    assert told("B council 2004")["unseen-side"] == (
        "council comes to B in 2004 with L at 1/2 or below: nothing that moves I was ever seen there"
    )
    assert "unseen-side" not in told("A council 2004")
    assert told("A hut 2004")["unseen-side"] == (
        "hut comes to A in 2004 with L above 1/2: that was never seen together, though council (A 2003) was"
    )


def test_what_an_event_has_brought_about_was_seen():
    model = Model(
        "m", (Stock("C", Range.of(0, 0.5)),), (Input("U"),), (Parameter("a", Range.of(0, 1)),), (),
        (Flow("f", "C", True, "a * U"),), (Intervention("unit", "U", "1"),),
    )  # fmt: skip
    happened = Setting(("A", "B"), 2000, 2004, (), (Happening("step", "U", "A", 2002, 2002),))
    without = Setting(("A", "B"), 2000, 2004)

    def kinds(setting):
        found = counterfactual(match(model, setting, [], draws=500), ["B unit 2001"])
        return {caveat.kind for caveat in found.caveats}

    assert "unseen-level" not in kinds(happened)
    assert "unseen-level" in kinds(without)


def test_a_course_of_which_nothing_was_coded_has_seen_nothing():
    unknown = Course("L", "B", 2000, 2010, Range.of(0, 1), "L of B")
    setting = Setting(("A", "B"), 2000, 2010, (SETTING.courses[0], unknown))
    found = counterfactual(match(MODEL, setting, [], draws=50), ["B L=0.5"])
    assert [str(caveat) for caveat in found.caveats if caveat.kind == "unseen-level"] == [
        "B L=0.5 lies outside what was seen: L was coded as 0.8 to 1"
    ]


def test_a_counterfactual_tells_itself(drawn):
    found = asked(drawn, ["B council 2004"])
    assert repr(found) == "<Counterfactual B council 2004: 1,500 draws>"
    assert "What if: B council 2004 (1,500 draws that meet every band" in str(found)
    assert len(found.table()) == 4 + 3
    assert len(found.stocks_table()) == 11 * 2
    document = json.loads(json.dumps(found.data(), allow_nan=False))
    assert document["changes"] == ["B council 2004"]
    strong = next(one for one in document["patterns"] if one["pattern"] == "strong" and not one["gate"])
    assert len(strong["shift"]) == 11
    assert document["stocks"][0]["was"][0] == list(found.envelopes("C", "B")[0].at(2000))


def test_what_cannot_be_asked_is_refused(drawn):
    with pytest.raises(OptionError, match="no change is asked for"):
        asked(drawn, [])
    with pytest.raises(OptionError, match="2020 was not simulated"):
        asked(drawn, ["B council 2004"]).shift("weak", "B", 2020)
    with pytest.raises(OptionError, match="there is no pattern 'strange'"):
        asked(drawn, ["B council 2004"]).shift("strange", "B", 2010)
    never = [Band("C", "A", "C", 2000, 2000, 0.9, 1)]
    with pytest.raises(DataError, match="no draw meets every band, so that there is nothing to run again"):
        counterfactual(match(MODEL, Setting(("A",), 2000, 2001), never, draws=200, particles=64), ["A L=1"])


def test_a_model_without_anything_unknown_is_run_once_for_every_draw_that_a_change_needs():
    model = Model(
        "known", (Stock("C", Range.of(0.5, 0.5)),), (Input("L"),), flows=(Flow("f", "C", True, "L"),)
    )
    found = counterfactual(
        match(model, Setting(("A",), 2000, 2002), [], draws=1), [Held("A", "L", Range.of(0, 1))]
    )
    change = found.difference("C", "A")[2]
    assert len(np.unique(change)) > 1000
    assert change.mean() == pytest.approx(0.5 * (1 - (1 - np.exp(-2)) / 2), abs=0.01)
    # It has no patterns either: its table tells the stocks.
    assert [(row["stock"].text, row["was"].text) for row in found.table()] == [("C", "0.50 (0.50 to 0.50)")]


def test_a_shift_covers_the_truth_nine_times_in_ten():
    rng, n, hits = np.random.default_rng(5), 200, 0
    for _ in range(400):
        draw = rng.random(n)
        was, now = draw < 0.3, (draw > 0.1) & (draw < 0.5)
        found = shift(was, now, effective=n)
        hits += found.low <= 0.1 <= found.high
    assert 0.86 <= hits / 400 <= 0.95


def test_the_range_of_a_narrowing_covers_the_truth_nine_times_in_ten():
    rng, hits = np.random.default_rng(6), 0
    for _ in range(400):
        found = narrowing("x", rng.random(150) / 2, rng.random(150), effective=150)
        hits += found.ratio.low <= 0.5 <= found.ratio.high
    assert 0.86 <= hits / 400 <= 0.95


def test_a_narrowing_of_few_draws_is_never_sure():
    rng = np.random.default_rng(7)
    assert narrowing("x", rng.random(50) / 10, rng.random(500), effective=1).assumed
    assert narrowing("x", np.zeros(50), np.zeros(50), effective=50) is None
    assert not narrowing("x", np.zeros(50), rng.random(50), effective=50).assumed


def test_what_the_model_says_before_any_evidence_stands_beside_each_pattern(drawn):
    found = asked(drawn, ["B council 2004"])
    was, now = found.shares_before("strong", "B", 2010, gate=False)
    # By the stocks alone a unit is strong where C lies above 1/2.
    by_hand = [float((one.of("C", unit="B")[-1] > 0.5).mean()) for one in found.before]
    assert [was.value, now.value] == by_hand
    assert now.value > was.value
    assert f"before any evidence {was.value:.2f} -> {now.value:.2f}" in str(found)
    headings = [heading.label for heading in found.table().headings]
    assert headings[-1] == "before any evidence"
    told = {(one["pattern"], one["gate"]): one for one in found.data()["patterns"]}
    assert told["strong", False]["before"][-1][1]["value"] == now.value
