"""Units out of sample: predictions where inputs were coded, scenarios where none was."""

import json

import numpy as np
import pytest

from concausa.core.errors import ConcausaError
from concausa.dynamics.band import Band
from concausa.dynamics.elsewhere import coded_in, elsewhere
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Setting

MODEL = Model(
    "decay",
    (Stock("C"),),
    (Input("L"),),
    (Parameter("d", Range.of(0, 1)),),
    flows=(Flow("f", "C", False, "d * (1 - L)"),),
)
KNOWN = Setting(("A",), 2000, 2005, starts={("A", "C"): Range.of(1, 1)})
#: exp(-5 d) between 0.2 and 0.3 says that d lies between 0.24 and 0.32.
BANDS = [Band("A.C", "A", "C", 2005, 2005, 0.2, 0.3, "last")]
OTHERS = Setting(
    ("B", "S"),
    2000,
    2002,
    (Course("L", "B", 2000, 2002, Range.of(0.5, 0.5)),),
    (),
    {("B", "C"): Range.of(1, 1)},
)


@pytest.fixture(scope="module")
def matching():
    return match(MODEL, KNOWN, BANDS, draws=8000)


def test_parameters_are_those_admitted_and_starts_come_from_their_range(matching):
    found = elsewhere(matching, OTHERS, coded={"B": ["L"]})
    d = np.log(1 / np.array([0.3, 0.2])) / 5
    predicted = found.runs.of("C", unit="B")[2]
    assert predicted.min() >= np.exp(-d[1]) - 1e-9
    assert predicted.max() <= np.exp(-d[0]) + 1e-9
    starts = found.runs.of("C", unit="S")[0]
    assert (starts.min(), starts.max()) == (pytest.approx(0, abs=0.02), pytest.approx(1, abs=0.02))
    assert (found.kind("B"), found.kind("S")) == ("prediction", "scenario")


def test_a_scenario_is_held_against_bands_too_and_stays_a_scenario(matching):
    # C of S starts anywhere in 0 to 1 and nothing of its course is coded: about half of its draws end low.
    band = Band("S.C", "S", "C", 2000, 2000, 0, 0.5, "last")
    found = elsewhere(matching, OTHERS, coded={"B": ["L"]}, bands=[band])
    assert found.held[0].inside.value == pytest.approx(0.5, abs=0.05)
    assert found.kind("S") == "scenario"
    assert "S.C, scenario" in str(found.bands_table())
    assert "misses what is known" not in str(found)
    high = Band("S.C", "S", "C", 2002, 2002, 0.99, 1, "last")
    missed = str(elsewhere(matching, OTHERS, coded={"B": ["L"]}, bands=[high]))
    assert "The model misses what is known of S, whatever was assumed of its inputs." in missed


def test_a_prediction_is_held_against_bands_that_had_no_part_in_the_matching(matching):
    # C of B in 2002 is exp(-d): 0.73 to 0.79 after the matching, 0.37 to 1 before it.
    bands = [
        Band("B.C", "B", "C", 2002, 2002, 0.7, 0.8, "last"),
        Band("B.low", "B", "C", 2002, 2002, 0, 0.5, "last"),
    ]
    found = elsewhere(matching, OTHERS, coded={"B": ["L"]}, bands=bands)
    assert [one.inside.value for one in found.held] == [1, 0]
    assert found.held[0].before.value == pytest.approx(np.log(0.8 / 0.7), abs=0.03)
    after, before = found.together["B"]
    assert (after.value, before.value) == (0, 0)
    assert len(found.bands_table()) == 3


def test_a_scenario_says_that_it_is_one(matching):
    found = elsewhere(matching, OTHERS, coded={"B": ["L"]})
    assert repr(found) == "<Elsewhere: 1 predictions, 1 scenarios>"
    lines = str(found).splitlines()
    # exp(-d) in 2002, d lying between ln(10 / 3) / 5 and ln(5) / 5.
    assert lines[1] == "  prediction B: C 0.75 (0.73 to 0.78)"
    assert lines[2].startswith("  scenario S: C ")
    assert str(found.caveats[0]) == (
        "no input was coded for S: what is told of them follows from what was assumed, not from them"
    )
    assert [cell.text for cell in found.table().column("kind")] == ["prediction", "scenario"]
    json.dumps(found.data(), allow_nan=False)
    # Nobody said that any input was coded: all are scenarios.
    assert elsewhere(matching, OTHERS).kind("B") == "scenario"


def test_a_course_from_0_to_1_says_nothing_and_makes_no_prediction(matching):
    courses = (
        Course("L", "S", 2000, 2002, Range.of(0, 1), "L of S"),
        Course("L", "B", 2000, 2001, Range.of(0, 0.9), "x"),
    )
    setting = Setting(("B", "S"), 2000, 2002, courses)
    assert (coded_in(setting, "B"), coded_in(setting, "S")) == (("L",), ())
    with pytest.raises(ConcausaError, match="no course there says anything of it"):
        elsewhere(matching, setting, coded={"S": ["L"]})


@pytest.mark.parametrize(
    ("setting", "options", "message"),
    [
        (KNOWN, {}, "A had a part in the matching"),
        (OTHERS, {"coded": {"X": ["L"]}}, "there is no unit 'X' in the simulation"),
        (OTHERS, {"coded": {"B": ["K"]}}, "there is no input 'K'"),
        (OTHERS, {"coded": {"S": ["L"]}}, "L is said to be coded for S, and no course there says anything of it"),
    ],
)  # fmt: skip
def test_what_would_be_no_prediction_is_refused(matching, setting, options, message):
    with pytest.raises(ConcausaError) as caught:
        elsewhere(matching, setting, **options)
    assert caught.value.what == message
