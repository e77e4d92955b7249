"""Joins of formulas: by the definition, whichever are looked for first."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from concausa._kernels import joins
from concausa._kernels.joins import sound_joins


def by_definition(truths, groups, differences, values) -> set[tuple[int, ...]]:
    """Sound, irredundant sets of at most one formula a group that imply one of each group left out."""
    found = set()
    for chosen in product(*[[-1, *group] for group in groups]):
        one = tuple(sorted(place for place in chosen if place >= 0))
        whole = np.bitwise_and.reduce([truths[place] for place in one]) if one else 0xFF
        sound = bool(whole) and all(whole & part for place in one for part in differences[place])
        sound &= all(sum(bool(whole & value) for value in several) > 1 for several in values)
        for place in one:
            rest = [truths[other] for other in one if other != place]
            sound &= bool((np.bitwise_and.reduce(rest) if rest else 0xFF) & ~truths[place] & 0xFF)
        for group, own in zip(groups, chosen, strict=True):
            sound &= own >= 0 or any(not whole & ~truths[place] & 0xFF for place in group)
        if sound and one:
            found.add(one)
    return found


@pytest.mark.parametrize("start", [1, 64])
def test_joins_are_those_of_the_definition_from_the_first_formulas_on_or_from_all(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joins, "START", start)
    some = 0
    for seed in range(40):
        draw = Random(seed)
        sizes = [draw.randrange(1, 5) for _ in range(3)]
        truths = [draw.randrange(1, 256) | draw.randrange(256) for _ in range(sum(sizes))]
        differences = [[draw.randrange(1, 256) | draw.randrange(256) for _ in range(2)] for _ in truths]
        values = [[0b11110000, 0b00001111]]
        places = iter(range(sum(sizes)))
        groups = [[next(places) for _ in range(size)] for size in sizes]
        found = sound_joins(
            np.array(truths, dtype=np.uint64)[:, None],
            groups,
            np.array(differences, dtype=np.uint64)[:, :, None],
            [np.array(several, dtype=np.uint64)[:, None] for several in values],
        )
        assert found.complete
        assert set(found.sets) == by_definition(truths, groups, differences, values)
        some += len(found.sets)
    assert some > 100


def test_a_search_that_meets_its_bound_says_so() -> None:
    truths = np.array([[0b0111], [0b1011], [0b1101], [0b1110]], dtype=np.uint64)
    everywhere = np.full((4, 1, 1), 0xF, dtype=np.uint64)
    found = sound_joins(truths, [[0, 1], [2, 3]], everywhere, [], budget=3)
    assert (found.sets, found.complete) == ((), False)
