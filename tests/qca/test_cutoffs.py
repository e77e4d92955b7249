"""Cut-offs check themselves."""

from __future__ import annotations

from typing import Any

import pytest

from concausa.core.errors import OptionError
from concausa.qca.cutoffs import Cutoffs


def test_the_least_values_that_make_sense_are_accepted() -> None:
    assert Cutoffs(consistency=1, pri=0, frequency=1, contradiction=0).data() == {
        "consistency": 1.0,
        "contradiction": 0.0,
        "pri": 0.0,
        "frequency": 1,
    }


@pytest.mark.parametrize(
    ("options", "what", "fix"),
    [
        (
            {"consistency": 80},
            "the cut-off consistency is a share above 0 to 1",
            "a percentage is written as a share: consistency=0.8",
        ),
        (
            {"consistency": 0},
            "the cut-off consistency is a share above 0 to 1",
            "give a number such as consistency=0.8",
        ),
        ({"pri": -0.1}, "the cut-off pri is a share from 0 to 1", "give a number such as pri=0.5"),
        ({"pri": "high"}, "the cut-off pri is a share from 0 to 1", "give a number such as pri=0.5"),
        ({"pri": float("nan")}, "the cut-off pri is a share from 0 to 1", "give a number such as pri=0.5"),
        (
            {"consistency": True},
            "the cut-off consistency is a share above 0 to 1",
            "give a number such as consistency=0.8",
        ),
        (
            {"frequency": 0},
            "the frequency cut-off is a whole number of cases, at least 1",
            "rows with fewer cases than this become remainders; frequency=1 keeps every observed row",
        ),
        (
            {"frequency": 1.5},
            "the frequency cut-off is a whole number of cases, at least 1",
            "rows with fewer cases than this become remainders; frequency=1 keeps every observed row",
        ),
        (
            {"contradiction": 0.8},
            "the cut-off for contradictory rows must lie below the consistency cut-off",
            "rows from contradiction up to consistency are marked C: let contradiction be the lower one",
        ),
        (
            {"contradiction": 0.9},
            "the cut-off for contradictory rows must lie below the consistency cut-off",
            "rows from contradiction up to consistency are marked C: let contradiction be the lower one",
        ),
    ],
)
def test_a_cutoff_that_makes_no_sense_is_refused(options: dict[str, Any], what: str, fix: str) -> None:
    with pytest.raises(OptionError) as caught:
        Cutoffs(**options)
    assert (caught.value.what, caught.value.fix) == (what, fix)


def test_some_cutoffs_can_be_changed_and_the_rest_stay() -> None:
    assert Cutoffs(pri=0.5, frequency=2).changed(consistency=0.9) == Cutoffs(
        consistency=0.9, pri=0.5, frequency=2
    )
    with pytest.raises(OptionError) as caught:
        Cutoffs().changed(consistancy=0.9)
    assert caught.value.fix.startswith("did you mean 'consistency'?")
