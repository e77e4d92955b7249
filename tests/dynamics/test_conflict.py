"""Evidence that no draw can meet: it ends in a sentence, not in a crash."""

from __future__ import annotations

from tests.dynamics.still import band, still

from concausa.dynamics.conflict import Conflict, conflict


def test_the_smallest_set_that_no_draw_meets_is_named_and_what_is_not_part_of_it_is_not():
    at_odds = [band("low", 0.0, 0.3), band("any", 0.2, 0.8, "D"), band("high", 0.6, 1.0)]
    found = conflict(still(*at_odds, draws=1000, particles=64))
    assert found.items == (("low", "high"),)
    # Between 0.3 and 0.6 the nearest place is 0.45.
    assert abs(found.nearest - 0.15) < 0.01
    assert str(found) == (
        "Nothing is admitted. What no draw meets together: low and high (1,000 draws, and waves)."
        " The nearest draws miss a band by 0.15."
    )
    assert found.data()["items"] == [["low", "high"]]


def test_a_miss_that_rounds_to_nothing_is_not_told_as_nothing():
    found = Conflict((("low", "high"),), 1000, 0.0004)
    assert str(found).endswith("The nearest draws miss a band by less than 0.01.")


def test_a_band_that_cannot_be_met_is_named_alone():
    found = conflict(still(band("beyond", 0.9, 1.0, "0.5 * C"), draws=1000, particles=64))
    assert found.items == (("beyond",),)
    assert "together: beyond alone (" in str(found)


def test_what_is_met_seldom_is_not_taken_for_a_conflict():
    matching = still(band("narrow", 0.5, 0.5001), band("other", 0.2, 0.2001, "D"), draws=1000, particles=64)
    assert matching.share().value == 0
    found = conflict(matching)
    assert not found
    assert str(found) == "Something is admitted: no evidence is at odds with the model."
