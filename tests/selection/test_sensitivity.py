"""How a rank depends on the covariates: every subset is as if only its covariates were declared."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from concausa.core.errors import OptionError, UnknownNameError
from concausa.selection.candidates import Candidates, candidates
from concausa.selection.metric import DISTANCES
from concausa.selection.pairs import pairs
from concausa.selection.sensitivity import sensitivity, subsets


def drawn(seed: int = 5, units: int = 9) -> Candidates:
    rng = np.random.default_rng(seed)
    frame: dict[str, Any] = {name: rng.integers(0, 6, units).tolist() for name in "abc"}
    frame["d"] = [None, *rng.normal(size=units - 1).tolist()]
    frame["party"] = rng.choice(list("pqr"), units).tolist()
    return candidates(frame, covariates=[*"abcd", "party"], units=[f"u{at}" for at in range(units)])


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("pair", [("u0", "u3"), ("u5", "u2")])
def test_ranks_over_subsets_are_those_of_separate_analyses(distance: str, pair: tuple[str, str]) -> None:
    own = drawn()
    names = [one.name for one in own.covariates]
    found = sensitivity(own, *pair, distances=[distance], closest=4, singular="generalised").of(distance)
    ranks, close = [], 0
    for size in range(1, 6):
        for kept in combinations(names, size):
            left = [name for name in names if name not in kept]
            try:
                one = pairs(own, distance=distance, without=left, singular="generalised").of(*pair)
            except UnknownNameError:
                continue
            ranks.append(one.rank)
            close += one.rank <= 4
    assert found.subsets == len(ranks)
    assert found.quartiles == tuple(np.quantile(ranks, (0, 0.25, 0.5, 0.75, 1)))
    assert found.among_closest == pytest.approx(close / 31)
    assert sum(count for _, count in found.histogram) == len(ranks)
    for name, rank in found.without:
        assert rank == pairs(own, distance=distance, without=[name], singular="generalised").of(*pair).rank
    whole = pairs(own, distance=distance, singular="generalised")
    assert found.whole == whole.of(*pair).rank
    first, second = sorted(pair)
    for unit, place in ((first, found.of_first), (second, found.of_second)):
        assert place == 1 + sum(other.rank < found.whole for other in whole.nearest(unit))


def test_every_subset_is_looked_at_once_and_the_empty_one_never() -> None:
    every = subsets(4, bound=4096, draws=10, seed=1)
    assert every.shape == (15, 4)
    assert len(np.unique(every, axis=0)) == 15
    assert every.any(axis=1).all()


def test_subsets_are_drawn_where_there_are_too_many_and_the_seed_tells_which() -> None:
    first, again, other = (subsets(20, bound=4096, draws=500, seed=seed) for seed in (1, 1, 2))
    assert first.shape == (500, 20)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.any(axis=1).all()
    # each covariate is in with chance one half: 250 of 500, give or take six standard deviations
    assert np.abs(first.sum(axis=0) - 250).max() < 6 * 125**0.5
    found = sensitivity(drawn(), "u1", "u2", distances=["gower"], bound=3, draws=7, seed=3)
    assert (found.kind, found.seed, found.subsets) == ("drawn", 3, 7)


def test_the_order_in_which_a_pair_is_named_does_not_matter() -> None:
    one, other = (sensitivity(drawn(), *pair, distances=["gower"]) for pair in (("u1", "u2"), ("u2", "u1")))
    assert one.data() == other.data()
    assert (one.first, one.second) == ("u1", "u2")


def test_the_steadiest_pairs_are_those_most_often_among_the_closest() -> None:
    twins = candidates(
        {"a": [0, 0, 3, 9], "b": [1, 1, 5, 0], "c": [2, 2, 2, 7]}, covariates=list("abc"), units=list("ABCD")
    )
    found = sensitivity(twins, "A", "C", distances=["gower"], closest=1)
    best = found.steadiest[0]
    assert (best.first, best.second, dict(best.shares)) == ("A", "B", {"gower": 1.0})
    # A and C are alike on c alone: the one of seven subsets in which they share the first place
    assert found.of("gower").among_closest == pytest.approx(1 / 7)
    assert found.headline == ("A and C: too few pairs to rank (6 pairs)")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"closest": 0}, "closest is at least 1"),
        ({"draws": 0}, "draws is at least 1"),
        ({"distances": []}, "no distance is named"),
        ({"distances": ["gowers"]}, "there is no distance 'gowers'"),
        ({"close": 3}, "sensitivity has no option 'close'"),
    ],
)
def test_options_that_it_cannot_have_are_refused(options: dict[str, Any], what: str) -> None:
    with pytest.raises(OptionError) as caught:
        sensitivity(drawn(), "u1", "u2", **options)
    assert caught.value.what == what


def test_a_pair_that_is_barred_is_refused() -> None:
    own = candidates({"a": [1, 2, 3], "p": ["x", "y", "x"]}, covariates=["a"], exact=["p"], units=list("ABC"))
    with pytest.raises(UnknownNameError, match="A and B are not compared"):
        sensitivity(own, "A", "B")
