"""Items left out and foretold, with every baseline worked out by hand."""

from __future__ import annotations

import pytest
from tests.dynamics.still import STILL, band, still

from concausa.core.errors import UnknownNameError
from concausa.dynamics.band import Band
from concausa.dynamics.left_out import left_out
from concausa.dynamics.matching import match
from concausa.dynamics.setting import Setting

BOTH = Setting(("NL", "PUE"), 2000, 2001)
#: Cohesion stays as it is, so that the two bands of a unit foretell each other.
BANDS = [
    Band("NL-1", "NL", "C", 2000, 2000, 0.6, 0.8),
    Band("NL-2", "NL", "C", 2001, 2001, 0.7, 0.9),
    Band("PUE-1", "PUE", "C", 2000, 2000, 0.0, 0.2),
    Band("PUE-2", "PUE", "C", 2001, 2001, 0.1, 0.5),
]


@pytest.fixture(scope="module")
def found():
    return left_out(match(STILL, BOTH, BANDS, draws=60_000))


def guess(found, band, by):
    return next(one.guesses[by] for one in found.foretold if one.band.id == band)


def test_the_model_foretells_what_the_rest_admits(found):
    # Without NL-1, cohesion of NL lies in 0.7 to 0.9: half of it inside 0.6 to 0.8, the median at its end.
    one = guess(found, "NL-1", "model")
    assert one.value == pytest.approx(0.8, abs=0.01)
    assert one.inside == pytest.approx(0.5, abs=0.06)
    assert one.error == pytest.approx(0.1, abs=0.01)


def test_no_change_is_the_middle_of_the_other_period(found):
    one = guess(found, "NL-1", "no change")
    assert (one.value, one.inside, one.hits) == (0.8, 1.0, True)
    assert one.error == pytest.approx(0.1)
    assert guess(found, "PUE-1", "no change").hits is False


def test_the_mean_is_that_of_all_other_items(found):
    one = guess(found, "NL-1", "mean")
    assert one.value == pytest.approx((0.8 + 0.1 + 0.3) / 3)
    assert one.error == pytest.approx(0.7 - 0.4)
    assert one.hits is False


def test_the_typology_says_1_or_0_by_the_pattern_of_the_other_period(found):
    assert guess(found, "NL-1", "static typology").value == 1
    assert guess(found, "PUE-1", "static typology").value == 0
    assert guess(found, "PUE-1", "static typology").error == pytest.approx(0.1)


def test_the_prior_foretells_its_own_median(found):
    one = guess(found, "NL-1", "prior")
    assert one.value == pytest.approx(0.5, abs=0.02)
    assert one.inside == pytest.approx(0.2, abs=0.02)


def test_scores_are_over_the_bands_of_which_both_say_something(found):
    score = next(one for one in found.scores if one.baseline == "mean")
    assert score.bands == 4
    middles = {"NL-1": 0.7, "NL-2": 0.8, "PUE-1": 0.1, "PUE-2": 0.3}
    means = {name: sum(other for key, other in middles.items() if key != name) / 3 for name in middles}
    assert score.error == pytest.approx(sum(abs(means[name] - middles[name]) for name in middles) / 4)
    assert score.word == "the model is nearer"


def test_it_says_how_few_they_are(found):
    assert "Caveat: 4 bands of 4 items are very few" in str(found)
    assert repr(found).startswith("<LeftOut of still: nearer than ")
    assert len(found.table()) == 4


def test_the_nearest_band_in_time_counts_and_of_two_as_near_the_earlier():
    far = Setting(("NL",), 2000, 2010)
    bands = [
        Band("a", "NL", "C", 2000, 2000, 0.0, 0.6),
        Band("b", "NL", "C", 2004, 2004, 0.0, 0.8),
        Band("c", "NL", "C", 2008, 2008, 0.0, 1.0),
    ]
    found = left_out(match(STILL, far, bands, draws=5000), items=["b"])
    assert guess(found, "b", "no change").value == pytest.approx(0.3)


def test_what_has_no_other_band_or_lies_on_the_border_has_no_such_guess():
    alone = left_out(still(band("d", 0.0, 0.9, "D"), draws=5000))
    assert set(alone.foretold[0].guesses) == {"model", "prior"}
    assert (
        next(one for one in alone.scores if one.baseline == "mean").word
        == "no band of which both say something"
    )
    bands = [band("one", 0.2, 0.8, "C"), Band("two", "NL", "C", 2001, 2001, 0.0, 1.0)]
    border = left_out(still(*bands, draws=5000), items=["two"])
    assert set(border.foretold[0].guesses) == {"model", "prior", "no change", "mean"}


def test_of_an_item_without_which_nothing_is_admitted_the_model_foretells_nothing():
    bands = [band("low", 0.0, 0.3), band("high", 0.6, 1.0), band("d", 0.0, 0.9, "D")]
    found = left_out(still(*bands, draws=2000, particles=64), items=["d"])
    assert "model" not in found.foretold[0].guesses
    assert "Caveat: nothing is admitted even without d: nothing is foretold of them." in str(found)
    assert found.table().column("median")[0].missing


def test_an_unknown_item_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="no band belongs to 'NL-3'") as caught:
        left_out(match(STILL, BOTH, BANDS, draws=500), items=["NL-3"])
    assert caught.value.fix == "did you mean NL-2?" or caught.value.fix == "did you mean NL-1?"
