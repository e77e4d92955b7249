"""Minimal hitting sets are checked against all subsets, and by the laws of dualisation."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa._kernels import transversals
from concausa._kernels.transversals import Search, minimal_edges, minimal_transversals

EDGES = st.lists(st.integers(0, 63), max_size=8)


def words(edges: list[int]) -> np.ndarray:
    return np.array(edges, dtype=np.uint64)


def by_definition(edges: list[int], elements: int = 6) -> list[int]:
    hitting = [one for one in range(1 << elements) if all(one & edge for edge in edges)]
    return [one for one in hitting if not any(other != one and other & one == other for other in hitting)]


@given(EDGES)
def test_the_sets_found_are_all_minimal_hitting_sets_and_no_others(edges: list[int]) -> None:
    assert minimal_transversals(words(edges)).tolist() == by_definition(edges)


@given(st.lists(st.integers(1, 63), min_size=1, max_size=8))
def test_hitting_the_hitting_sets_gives_the_minimal_edges_back(edges: list[int]) -> None:
    again = minimal_transversals(minimal_transversals(words(edges)))
    assert again.tolist() == sorted(minimal_edges(words(edges)).tolist())


@given(EDGES)
def test_minimal_edges_contain_no_other_edge_and_lie_in_every_edge(edges: list[int]) -> None:
    kept = minimal_edges(words(edges)).tolist()
    assert set(kept) == {e for e in edges if not any(f != e and f & e == f for f in edges)}
    assert [edge.bit_count() for edge in kept] == sorted(edge.bit_count() for edge in kept)


def test_pairs_without_common_elements_are_hit_in_every_combination() -> None:
    pairs = words([3 << (2 * i) for i in range(12)])
    assert len(minimal_transversals(pairs)) == 2**12


def test_all_subsets_of_one_size_are_hit_by_all_subsets_of_the_complementary_size() -> None:
    edges = [sum(1 << i for i in range(9) if one >> i & 1) for one in range(1 << 9) if one.bit_count() == 4]
    found = minimal_transversals(words(edges))
    assert len(found) == comb(9, 6)
    assert set(np.bitwise_count(found).tolist()) == {6}


def test_the_last_of_64_elements_is_an_element_like_others() -> None:
    assert minimal_transversals(words([1 << 63, 1 << 63 | 1])).tolist() == [1 << 63]


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 1023), min_size=1, max_size=150), min_size=1, max_size=4))
def test_families_searched_together_give_what_each_gives_alone(families: list[list[int]]) -> None:
    reduced = [minimal_edges(words(edges)) for edges in families]
    search = Search(reduced, tries=10**9)
    found: list[list[int]] = [[] for _ in families]
    for family, sets in search.run():
        for number, one in zip(family.tolist(), sets.tolist(), strict=True):
            found[number].append(one)
    assert [sorted(sets) for sets in found] == [
        minimal_transversals(words(edges)).tolist() for edges in families
    ]


def test_small_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = words(np.random.default_rng(2).integers(1, 1 << 14, 90).tolist())
    whole = minimal_transversals(edges)
    monkeypatch.setattr(transversals, "CHUNK", 7)
    assert minimal_transversals(edges).tolist() == whole.tolist()


def test_more_than_the_budget_is_refused_rather_than_cut() -> None:
    with pytest.raises(OverflowError, match="more than 100 hitting sets"):
        minimal_transversals(words([3 << (2 * i) for i in range(12)]), budget=100)
