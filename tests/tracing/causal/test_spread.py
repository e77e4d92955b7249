"""Uncertainty that no more cases remove: none of what is identified, all of what data never touch."""

from __future__ import annotations

import pytest

from concausa.core.errors import DataError, OptionError
from concausa.tracing.causal.declare import causal_model

XY = causal_model("X -> Y")
ROWS = {"X": [0, 0, 1, 1] * 5, "Y": [0, 1, 1, 1] * 5}


def test_of_an_effect_everything_can_be_learnt_and_of_a_cause_of_an_effect_not() -> None:
    posterior = XY.update(ROWS)
    assert posterior.spread("Y[X=1] - Y[X=0]", draws=500).silent_share == pytest.approx(0, abs=1e-9)
    found = posterior.spread("Y[X=1] > Y[X=0]", draws=2000)
    assert 0.05 < found.silent_share < 0.95
    share = posterior.query("Y[X=1] > Y[X=0]", level="population", draws=20_000)
    assert found.sd == pytest.approx(share.sd, rel=0.1)
    assert found.value == pytest.approx(share.value, abs=0.01)
    assert str(found).endswith("of the variance, and more cases of the same configurations would be too")


def test_with_many_cases_almost_all_that_is_left_of_a_cause_of_an_effect_is_the_priors() -> None:
    rows = {"X": [0, 0, 1, 1], "Y": [0, 1, 0, 1], "n": [5000] * 4}
    assert XY.update(rows, count="n").spread("Y[X=1] > Y[X=0]", draws=1000).silent_share > 0.9


def test_a_hidden_cause_hides_nothing_of_what_the_data_tell() -> None:
    """Z -> X -> Y, X <-> Y: the effect of Z on X and on Y is identified, though types of X are not."""
    model = causal_model("Z -> X -> Y; X <-> Y")
    rows = {"Z": [0, 0, 1, 1, 0, 1], "X": [0, 1, 1, 0, 0, 1], "Y": [0, 1, 1, 0, 1, 1]}
    posterior = model.update(rows, method="draws", draws=200)
    for query in ("X[Z=1] - X[Z=0]", "Y[Z=1] - Y[Z=0]"):
        assert posterior.spread(query, draws=300).silent_share == pytest.approx(0, abs=1e-9)
    assert posterior.spread("Y[X=1] - Y[X=0]", draws=300).silent_share > 0.1


def test_what_cannot_be_taken_apart_is_refused() -> None:
    with pytest.raises(OptionError):
        XY.update(ROWS).spread("Y==1", draws=1)
    with pytest.raises(DataError):
        XY.restrict(monotone={"Y": "+X"}).update(ROWS).spread("Y==1", "Y[X=1] < Y[X=0]", draws=10)
