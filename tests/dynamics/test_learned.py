"""What was learned: spreads before and after, by hand."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest
from tests.dynamics.still import NL, STILL, C, D, band, near, still

from concausa.core.errors import OptionError
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.learned import Learned, learned, spread_ratio, word
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Range, Stock
from concausa.dynamics.share import Share

GRID = (np.arange(4096) + 0.5) / 4096


def lesson(found: Learned, name: str):
    return next(one for one in found.lessons if one.unknown.name == name)


def test_a_uniform_prior_cut_in_half_keeps_half_of_its_spread():
    matching = still(band("half", 0.0, 0.5), draws=1000)
    admitted = Admitted({C: GRID / 2, D: GRID}, Share.counted(500, 1000), 4096)
    found = learned(matching, admitted=admitted)
    assert lesson(found, C).ratio.value == pytest.approx(0.5, abs=1e-9)
    assert lesson(found, C).before.sd == pytest.approx(1 / sqrt(12), abs=1e-7)
    assert lesson(found, D).ratio.value == pytest.approx(1.0, abs=1e-9)
    assert lesson(found, C).after.median == pytest.approx(0.25)
    assert (lesson(found, C).after.low, lesson(found, C).after.high) == pytest.approx(
        (0.025, 0.475), abs=1e-3
    )


def test_draws_give_the_same_within_their_range():
    found = learned(still(band("half", 0.0, 0.5)))
    assert near(lesson(found, C).ratio, 0.5)
    assert lesson(found, D).word == "not learned"
    assert [one.unknown.name for one in found.of("not learned")] == [D]


def test_the_range_of_a_ratio_follows_from_how_flat_the_draws_lie_and_how_many_they_are():
    # A uniform distribution has a fourth moment of 1.8 squared variances: the log of its standard deviation
    # has a standard error of sqrt(0.8 / 4 n).
    found = spread_ratio(GRID, 1 / sqrt(12), 100)
    assert found.high == pytest.approx(exp(1.6449 * sqrt(0.8 / 400)), rel=1e-4)
    assert found.low == pytest.approx(1 / found.high, rel=1e-4)


@pytest.mark.parametrize(
    ("ratio", "told"),
    [
        (Share(0.49, 0.4, 0.6), "learned"),
        (Share(0.5, 0.45, 0.6), "somewhat"),
        (Share(0.84, 0.83, 0.849), "somewhat"),
        (Share(0.84, 0.83, 0.85), "not learned"),
        (Share(0.4, 0.1, 0.9), "not learned"),
        (Share(1.0, 0.9, 1.1), "not learned"),
        (Share(1.3, 1.2, 1.4), "pushed apart"),
        (Share(0.0, 0.0, 0.0), "learned"),
        (Share(float("nan"), 0.0, float("inf")), "no draws"),
    ],
)
def test_a_ratio_has_a_word(ratio, told):
    assert word(ratio) == told


def test_what_only_keeps_both_ends_is_pushed_apart():
    found = learned(still(band("ends", 0.8, 1.0, "2 * abs(C - 0.5)")))
    # Uniform over 0 to 0.1 and 0.9 to 1: the variance is 0.45² + 0.1² / 12.
    assert lesson(found, C).ratio.value == pytest.approx(sqrt(12 * (0.45**2 + 0.1**2 / 12)), rel=0.02)
    assert lesson(found, C).word == "pushed apart"


def test_what_is_learned_of_a_sum_is_told_though_neither_part_is_learned_as_well():
    found = learned(still(band("sum", 0.45, 0.55, "(C + D) / 2")))
    (one,) = found.combinations
    assert {name for name, _ in one.parts} == {C, D}
    assert [weight for _, weight in one.parts] == pytest.approx([sqrt(0.5), sqrt(0.5)], abs=0.05)
    # C + D lies within 0.1 of 1 on a triangle that is all but flat there.
    assert one.ratio == pytest.approx(sqrt(12) * 0.1 / sqrt(3) / sqrt(2), rel=0.05)
    assert one.ratio < one.by_chance
    assert lesson(found, C).word == "not learned"


def test_a_difference_has_parts_of_unlike_sign():
    (one,) = learned(still(band("gap", 0.0, 0.05, "abs(C - D)"))).combinations
    assert one.parts[0][1] > 0 > one.parts[1][1]
    assert one.text.count(" - ") == 1


@pytest.mark.parametrize("bands", [(), (band("c", 0.0, 0.2), band("d", 0.0, 0.2, "D"))])
def test_no_combination_is_told_where_each_unknown_is_learned_by_itself_or_nothing_is(bands):
    found = learned(still(*bands, band("all", 0.0, 1.0)))
    assert found.combinations == ()


def test_with_fewer_draws_than_unknowns_no_combination_is_told():
    matching = still(band("all", 0.0, 1.0), draws=1000)
    admitted = Admitted({C: GRID, D: GRID}, Share.counted(1000, 1000), 2.0)
    assert learned(matching, admitted=admitted).combinations == ()


def test_nothing_admitted_is_said_and_stops_nothing():
    none = Admitted({C: np.zeros(0), D: np.zeros(0)}, Share.counted(0, 1000), 0.0)
    found = learned(still(band("low", 0.0, 0.3), draws=1000), admitted=none)
    assert {one.word for one in found.lessons} == {"no draws"}
    assert str(found) == (
        "Nothing can be said of: C of NL in 2000, D of NL in 2000.\n"
        "Caveat: no draw meets every band: nothing can be said of what follows."
    )
    assert found.data()["unknowns"][0]["ratio"] == {"value": None, "low": 0.0, "high": None}
    assert "–" in str(found.table())


def test_no_bands_are_refused():
    with pytest.raises(
        OptionError, match="there is no evidence: the model was held against no band"
    ) as caught:
        learned(match(STILL, NL, [], draws=100))
    assert caught.value.fix == "match it with bands"


def test_a_model_without_unknowns_is_refused():
    known = Model("known", (Stock("C", Range.of(0.5, 0.5)),), flows=(Flow("c", "C", True, "0"),))
    with pytest.raises(OptionError, match="nothing is unknown, so nothing can be learned") as caught:
        learned(match(known, NL, [band("half", 0.0, 0.5)], draws=100))
    assert caught.value.fix == "give a parameter, a start or a course a range"


def test_it_prints_a_memo_a_line_and_a_table():
    found = learned(still(band("tenth", 0.0, 0.1)))
    assert repr(found) == "<Learned of still: 1 of 2 unknowns learned>"
    first, second, *_ = str(found).splitlines()
    assert first.startswith("Learned (less than half of the spread is left): C of NL in 2000 (0.1")
    assert second == "Not learned: D of NL in 2000."
    assert [cell.text for cell in found.table().column("word")] == ["learned", "not learned"]
