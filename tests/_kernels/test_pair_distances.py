"""Distances of all pairs over many sets of covariates, against their definitions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import selection as twin

from concausa._kernels import pair_distances as kernel

#: Eigenvectors in double precision; covariances of the tables drawn here are well away from singular.
CLOSE = 1e-7

CELL = st.one_of(st.none(), st.integers(-4, 4).map(Fraction))


@st.composite
def tables(draw: st.DrawFn) -> list[list[Fraction | None]]:
    units, columns = draw(st.integers(5, 8)), draw(st.integers(1, 3))
    filled = draw(
        st.lists(
            st.lists(st.integers(-4, 4).map(Fraction), min_size=columns, max_size=columns),
            min_size=units,
            max_size=units,
        )
    )
    gaps = draw(st.sets(st.tuples(st.integers(0, 1), st.integers(0, columns - 1)), max_size=2))
    return [
        [None if (u, c) in gaps else value for c, value in enumerate(row)] for u, row in enumerate(filled)
    ]


def floats(rows: list[list[Fraction | None]]) -> np.ndarray:
    return np.array([[math.nan if cell is None else float(cell) for cell in row] for row in rows])


@settings(max_examples=75, deadline=None)
@given(tables())
def test_every_subset_of_columns_is_measured_as_if_it_were_all(rows: list[list[Fraction | None]]) -> None:
    columns = len(rows[0])
    masks = np.array(
        [[number >> at & 1 for at in range(columns)] for number in range(1, 2**columns)], dtype=bool
    )
    found = kernel.mahalanobis(floats(rows), np.arange(columns), masks)
    for mask, distances in zip(masks, found, strict=True):
        narrow = [[row[at] for at in np.flatnonzero(mask)] for row in rows]
        place = 0
        for a in range(len(rows)):
            for b in range(a + 1, len(rows)):
                try:
                    exact = twin.mahalanobis_squared(narrow, a, b)
                except ZeroDivisionError:
                    pass
                else:
                    if exact is None:
                        assert math.isnan(distances[place])
                    else:
                        assert distances[place] ** 2 == pytest.approx(float(exact), rel=CLOSE, abs=CLOSE)
                place += 1


def test_batches_do_not_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(12, 6))
    scores[2, 4] = math.nan
    masks = rng.random((300, 6)) < 0.5
    masks[:, 0] |= ~masks.any(axis=1)
    whole = kernel.mahalanobis(scores, np.arange(6), masks)
    monkeypatch.setattr(kernel, "BATCH", 7)
    assert np.allclose(
        whole, kernel.mahalanobis(scores, np.arange(6), masks), rtol=0, atol=1e-12, equal_nan=True
    )


def test_a_column_that_repeats_another_adds_nothing() -> None:
    # Of two equal columns the generalised inverse weighs their one direction: d = |x - y| / sd.
    scores = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [5.0, 5.0]])
    both = kernel.mahalanobis(scores, np.array([0, 1]), np.array([[True, True]]))
    alone = kernel.mahalanobis(scores, np.array([0, 1]), np.array([[True, False]]))
    assert np.allclose(both, alone)
    assert kernel.generalised_inverse(kernel.covariance_of(scores))[1] == 1


def test_parts_of_an_additive_distance_are_averaged_over_what_both_have() -> None:
    parts = np.array([[0.2, math.nan, 0.4], [math.nan, math.nan, math.nan]])
    masks = np.array([[True, True, True], [False, True, False]])
    mean = kernel.additive(parts, masks, mean=True)
    assert mean[0, 0] == pytest.approx(0.3)
    assert np.isnan(mean[1, 0])
    assert np.isnan(mean[:, 1]).all()
    # two parts of three, scaled up: sqrt(0.6 * 3 / 2)
    assert kernel.additive(parts, masks, mean=False)[0, 0] == pytest.approx(0.9**0.5)
