"""Candidates: what a frame may hold, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from concausa.core.errors import ConcausaError, DataError, OptionError, UnknownNameError
from concausa.selection.candidates import candidates

FRAME = {
    "state": ["A", "B", "C"],
    "size": [1, 20, 300],
    "party": ["p", "q", None],
    "new": [True, False, True],
}


def made(frame: Any = FRAME, **options: Any) -> Any:
    return candidates(frame, **({"covariates": ["size", "party"], "units": "state"} | options))


def test_kinds_are_told_by_the_values_unless_declared() -> None:
    found = made(covariates=["size", "party", "new"])
    assert [one.kind for one in found.covariates] == ["numeric", "category", "binary"]
    assert made(kinds={"size": "log"}).covariate("size").scores.tolist() == pytest.approx(
        [0, math.log(20), math.log(300)]
    )


def test_a_gap_stays_a_gap() -> None:
    party = made().covariate("party")
    assert party.missing.tolist() == [False, False, True]
    assert [party.text(at) for at in range(3)] == ["p", "q", ""]


def test_each_column_has_one_role_that_can_be_changed() -> None:
    found = made(covariates=["size"], exact=["party"], outcome="new")
    assert [(one.name, one.role) for one in found.covariates] == [
        ("size", "match"),
        ("party", "exact"),
        ("new", "outcome"),
    ]
    assert [one.name for one in found.recast(size="beside").of("match")] == []


def test_names_come_from_a_column_from_a_list_or_are_numbers() -> None:
    assert made().units == ("A", "B", "C")
    assert made(units=["x", "y", "z"]).units == ("x", "y", "z")
    assert made(units=None).units == ("1", "2", "3")


def test_records_are_read_as_columns_are() -> None:
    records = [dict(zip(FRAME, values, strict=True)) for values in zip(*FRAME.values(), strict=True)]
    own, other = made(), made(records)
    assert own.units == other.units
    for one, two in zip(own.covariates, other.covariates, strict=True):
        assert np.array_equal(one.values, two.values, equal_nan=True)


@pytest.mark.parametrize(
    ("options", "error", "what"),
    [
        ({"covariates": ["sise"]}, UnknownNameError, 'the data have no column "sise"'),
        ({"exact": ["size"]}, OptionError, "size is named twice: as match and as exact"),
        ({"covariates": "size"}, OptionError, "'size' is one name where several are asked for"),
        ({"kinds": {"size": "logs"}}, OptionError, "there is no kind of size 'logs'"),
        ({"kinds": {"new": "log"}}, OptionError, "kinds names 'new', which is no covariate"),
        ({"kinds": {"party": "numeric"}}, DataError, "party of A is 'p', which is no number"),
        (
            {"kinds": {"party": "ordinal"}},
            DataError,
            "party is ordinal, and nothing tells the order of its levels",
        ),
        ({"kinds": {"size": "binary"}}, DataError, "size of B is 20, which is neither 0 nor 1"),
        (
            {"kinds": {"party": "ordinal"}, "levels": {"party": ["p", "r"]}},
            DataError,
            "party of B is 'q', which is none of its levels",
        ),
        ({"units": ["A", "A", "B"]}, DataError, "the unit A stands in 2 rows"),
        ({"units": ["A", "B"]}, DataError, "there are 2 names for 3 units"),
        ({"unit": "state"}, OptionError, "candidates has no option 'unit'"),
    ],
)
def test_what_cannot_be_read_is_refused(
    options: dict[str, Any], error: type[ConcausaError], what: str
) -> None:
    with pytest.raises(error) as caught:
        made(**options)
    assert caught.value.what == what


@pytest.mark.parametrize(
    ("frame", "what"),
    [
        ({"state": ["A", "B"], "size": [0, 2]}, "size of A is 0, which has no logarithm"),
        ({"state": ["A"], "size": [2]}, "two units make a pair, and there are 1"),
        ({"state": ["A", "B"], "size": [math.inf, 2]}, "size of A is inf, which is no number"),
    ],
)
def test_values_that_do_not_suit_their_kind_are_refused(frame: Any, what: str) -> None:
    with pytest.raises(DataError) as caught:
        made(frame, covariates=["size"], kinds={"size": "log"})
    assert caught.value.what == what
