"""What a clue would teach: expectations, by hand, and against all types listed."""

from __future__ import annotations

import pytest
from tests.reference.causal_types import Twin

from concausa.core.errors import OptionError, UnknownNameError
from concausa.tracing.causal.declare import causal_model

MODEL = causal_model("X -> M -> Y <- X").restrict(monotone={"M": "+X", "Y": "+M +X"})
QUERY, GIVEN = "Y[X=1] > Y[X=0]", "X==1 & Y==1"


def test_the_expected_answer_after_a_clue_is_the_answer_before() -> None:
    for belief in (MODEL, MODEL.update({"X": [1, 0], "M": [1, 0], "Y": [1, 0]})):
        for clue in belief.clues(QUERY, "Y==1"):
            assert sum(one.probability for one in clue.readings) == pytest.approx(1)
            after = sum(one.probability * (one.value or 0) for one in clue.readings)
            assert after == pytest.approx(clue.value)
            assert 0 <= clue.learning <= 1


def test_the_readings_of_a_mediator_are_those_of_the_guide() -> None:
    """Table 5.1: .6000 if M=1 is seen, .6667 if M=0 is."""
    (clue,) = MODEL.clues(QUERY, GIVEN)
    assert clue.node == "M"
    assert [f"{one.value:.4f}" for one in clue.readings] == ["0.6667", "0.6000"]
    assert clue.variance == pytest.approx(8 / 13 * 5 / 13)
    expected = sum(one.probability * one.value * (1 - one.value) for one in clue.readings if one.value)
    assert clue.expected_variance == pytest.approx(expected)


def test_how_likely_a_reading_is_follows_from_all_types_listed() -> None:
    twin = Twin({"X": (), "M": ("X",), "Y": ("X", "M")})
    model = causal_model("X -> M -> Y <- X")
    found = {clue.node: clue for clue in model.clues(QUERY, "Y==1")}
    seen = twin.case(lambda s: s("M") == 1, lambda s: s("Y") == 1)
    assert seen is not None
    assert found["M"].readings[1].probability == pytest.approx(float(seen))


def test_a_node_that_tells_nothing_comes_last_and_one_that_cannot_be_otherwise_is_told() -> None:
    model = causal_model("X -> Y; W").restrict("X==1")
    clues = model.clues("Y[X=1]==1")
    assert [clue.node for clue in clues] == ["Y", "X", "W"]
    assert clues[0].learning == 1
    assert clues[1].readings[0].value is None
    assert str(clues[0]) == (
        "Y would take away 100.0% of the uncertainty: now 0.500; Y=0 (50% likely): 0.000; Y=1 (50% likely): 1.000"
    )
    assert clues[1].data()["readings"][0] == {"level": "0", "probability": 0.0, "value": None}


def test_what_is_given_is_no_clue() -> None:
    with pytest.raises(OptionError) as error:
        MODEL.clues(QUERY, GIVEN, nodes=["X"])
    assert str(error.value).splitlines()[0] == 'OptionError: "X" is given already'
    with pytest.raises(UnknownNameError):
        MODEL.clues(QUERY, GIVEN, nodes=["W"])
