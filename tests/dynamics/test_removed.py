"""The ledger of evidence, by hand on a uniform prior."""

from __future__ import annotations

import pytest
from tests.dynamics.still import NL, STILL, band, near, still

from concausa.core.errors import OptionError
from concausa.dynamics.matching import match
from concausa.dynamics.removed import removed


def entry(found, item):
    return next(one for one in found.items if one.item == item)


def test_independent_items_remove_alone_what_they_remove_beside_others():
    found = removed(still(band("half", 0.0, 0.5), band("quarter", 0.0, 0.25, "D")))
    for item, share in (("half", 0.5), ("quarter", 0.25)):
        one = entry(found, item)
        assert near(one.alone, share)
        assert one.removes == pytest.approx(1 - share, abs=0.02)
        assert near(one.times, 1 / share)
    assert found.most is not None and found.most.item == "quarter"
    assert found.idle == ()
    assert found.share.value == pytest.approx(1 / 8, abs=0.01)


def test_an_item_that_another_implies_removes_nothing_of_its_own():
    found = removed(still(band("narrow", 0.0, 0.5), band("wide", 0.0, 0.7)))
    assert entry(found, "wide").removes == pytest.approx(0.3, abs=0.02)
    assert entry(found, "wide").times.value == 1
    assert entry(found, "wide").word == "removes nothing that the others do not"
    assert [one.item for one in found.idle] == ["wide"]
    assert near(entry(found, "narrow").times, 0.7 / 0.5)


def test_bands_of_one_item_are_told_apart():
    bands = [band("c", 0.0, 0.5, item="NL-1"), band("d", 0.0, 0.25, "D", item="NL-1")]
    found = removed(still(*bands))
    assert [one.item for one in found.items] == ["NL-1"]
    assert entry(found, "NL-1").alone.value == pytest.approx(1 / 8, abs=0.01)
    first, second = found.bands
    assert near(first.alone, 0.5) and near(first.times, 2)
    assert near(second.alone, 0.25) and near(second.times, 4)


def test_readings_of_one_level_are_told_by_the_draws_that_meet_them():
    options = (("low", 0.0, 0.25), ("high", 0.75, 1.0))
    found = removed(still(band("level", 0.0, 1.0, options=options), band("half", 0.0, 0.5)))
    low, high = found.options
    assert near(low.share, 0.5)
    assert high.share.value == 0
    assert "level read as high: 0% of the admitted draws" in str(found)


def test_seldom_met_evidence_is_weighed_in_waves():
    matching = still(band("c", 0.5, 0.502), band("d", 0.5, 0.504, "D"), draws=5_000, particles=128)
    assert matching.admitted().waves
    found = removed(matching)
    assert entry(found, "c").times.value == pytest.approx(500, rel=0.5)
    assert found.most is not None and found.most.item == "c"


def test_items_at_odds_remove_all_that_the_other_leaves():
    found = removed(still(band("low", 0.0, 0.3), band("high", 0.6, 1.0), draws=2000, particles=64))
    assert found.share.value == 0
    assert entry(found, "low").word == "removes all that the others leave"
    assert str(found).startswith(
        "All evidence together admits nothing of the prior.\n"
        "All that the others leave is removed by low, high.\n"
        "Alone low removes most, "
    )


def test_no_bands_are_refused():
    with pytest.raises(OptionError, match="there is no evidence"):
        removed(match(STILL, NL, [], draws=100))


def test_it_prints_a_line_and_a_table():
    found = removed(still(band("half", 0.0, 0.5), draws=2000))
    assert repr(found).startswith("<Removed from still: 1 items, share admitted 0.")
    assert [cell.text for cell in found.table().column("evidence")] == ["half"]
    assert found.data()["items"][0]["item"] == "half"
