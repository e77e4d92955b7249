"""Evidence that no draw can meet: it ends in a sentence, not in a crash."""

from __future__ import annotations

from concausa.dynamics.band import Band
from concausa.dynamics.conflict import conflict
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Stock
from concausa.dynamics.setting import Setting

STILL = Model("still", (Stock("C"), Stock("D")), flows=(Flow("c", "C", True, "0"), Flow("d", "D", True, "0")))
NL = Setting(("NL",), 2000, 2001)


def band(id: str, low: float, high: float, formula: str = "C") -> Band:
    return Band(id, "NL", formula, 2000, 2000, low, high)


AT_ODDS = [band("low", 0.0, 0.3), band("any", 0.2, 0.8, "D"), band("high", 0.6, 1.0)]


def test_the_smallest_set_that_no_draw_meets_is_named_and_what_is_not_part_of_it_is_not():
    found = conflict(match(STILL, NL, AT_ODDS, draws=1000, particles=64))
    assert found.items == (("low", "high"),)
    # Between 0.3 and 0.6 the nearest place is 0.45.
    assert abs(found.nearest - 0.15) < 0.005
    assert str(found) == (
        "Nothing is admitted. What no draw meets together: low and high (1,000 draws, and waves)."
        " The nearest draws miss a band by 0.15."
    )


def test_one_band_that_cannot_be_met_is_named_alone():
    beyond = band("beyond", 0.9, 1.0, "C * D * 0.5")
    found = conflict(match(STILL, NL, [band("low", 0.0, 0.3), beyond], draws=1000, particles=64))
    assert found.items == (("beyond",),)
    assert "together: beyond alone (" in str(found)


def test_what_is_met_seldom_is_not_taken_for_a_conflict():
    seldom = [band("narrow", 0.5, 0.5001), band("other", 0.2, 0.2001, "D")]
    matching = match(STILL, NL, seldom, draws=1000, particles=64)
    assert matching.share().value == 0
    assert not conflict(matching)
    assert str(conflict(matching)) == "Something is admitted: no evidence is at odds with the model."
