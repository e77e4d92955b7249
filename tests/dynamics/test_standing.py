"""Standing: the pattern of every draw, as the slow twin has it and as corners are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.dynamics.declared import R, square, studies, years
from tests.reference import dynamic_runs as twin

from concausa.core.errors import OptionError
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Flow, Input, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Course
from concausa.dynamics.standing import standing

FOUR = (
    Corner("both", "BC*BQ", True),
    Corner("bq", "~BC*BQ"),
    Corner("bc", "BC*~BQ"),
    Corner("none", "~BC*~BQ"),
)


def corners(c, b, lead, **parts):
    model = Model("four", (Stock("C", R(c, c), "BC"), Stock("B", R(b, b), "BQ")), (Input("L"),), corners=FOUR,
                  gate="L", flows=(Flow("c", "C", True, "0"), Flow("b", "B", True, "0")), **parts)  # fmt: skip
    return simulate(model, years(2001, courses=(Course("L", "NL", 2000, 2000, R(lead, lead)),)), draws=1)


@pytest.mark.parametrize(("c", "b", "lead", "with_gate", "without"), [
    (0.9, 0.8, 0.6, "both", "both"), (0.9, 0.8, 0.5, "behind the gate", "both"), (0.9, 0.8, 0, "behind the gate", "both"),
    (0.1, 0.8, 0, "bq", "bq"), (0.9, 0.2, 0, "bc", "bc"), (0.1, 0.2, 1, "none", "none"),
    (0.5, 0.8, 1, "tie", "tie"), (0.5, 0.8, 0, "tie", "tie"), (0.5, 0.5, 1, "tie", "tie"),
])  # fmt: skip
def test_corners_by_hand(c, b, lead, with_gate, without):
    runs = corners(c, b, lead)
    assert standing(runs).share(with_gate)[0, 0] == 1
    assert standing(runs, gate=False).share(without)[0, 0] == 1


def test_a_unit_falls_behind_the_gate_in_the_year_in_which_leadership_ends():
    found = standing(corners(0.9, 0.9, 1))
    assert found.share("both")[:, 0].tolist() == [1, 0]
    assert found.share("behind the gate")[:, 0].tolist() == [0, 1]
    assert found.names == ("both", "bq", "bc", "none", "behind the gate", "tie")
    assert (found.units, found.years) == (("NL",), (2000, 2001))


@settings(max_examples=15)
@given(studies())
def test_standing_is_that_of_the_slow_twin(study):
    model, setting = study
    assume(model.corners)
    runs = simulate(model, setting, draws=2, seed=2)
    gates = [False, *([True] if any(corner.gated for corner in model.corners) else [])]
    for draw in range(2 if runs.points else 1):
        slow = twin.Run(model, setting, {name: float(place[draw]) for name, place in runs.points.items()})
        for gate in gates:
            found = standing(runs, gate=gate)
            assert sum(found.shares.values()) == pytest.approx(np.ones(found.codes.shape[:2]))
            for place, year in enumerate(setting.years):
                for row, unit in enumerate(setting.units):
                    assert found.names[found.codes[place, row, draw]] == twin.pattern(
                        slow, unit, year, gate=gate
                    )


def test_a_pattern_rests_on_an_input_that_no_flow_uses():
    model = Model("fed", (Stock("C"),), (Input("F", "FED"),), flows=(Flow("f", "C", True, "0"),),
                  corners=(Corner("fed", "FED"), Corner("free", "~FED")))  # fmt: skip
    setting = years(2000, courses=(Course("F", "NL", 2000, 2000, R(0, 1), "window"),))
    found = standing(simulate(model, setting, draws=4000), gate=False)
    assert found.share("fed")[0, 0] == pytest.approx(0.5, abs=0.04)


def test_patterns_and_a_gate_must_be_there():
    with pytest.raises(OptionError) as none:
        standing(simulate(square(), years(2000), draws=2))
    assert none.value.what == "square has no patterns"
    model = Model(
        "m", (Stock("C", R(0, 1), "BC"),), flows=(Flow("f", "C", True, "0"),), corners=(Corner("x", "BC"),)
    )
    with pytest.raises(OptionError) as gate:
        standing(simulate(model, years(2000), draws=2))
    assert (gate.value.what, gate.value.fix) == ("m has no gate", "ask without it: gate=False")
