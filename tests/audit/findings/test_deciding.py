"""Deciding formulas: back to every verdict, never with a term too many, in words of the original options."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from tests.audit.findings.tables import choice, table_of, tables
from tests.reference import brute_value_sets

from concausa._kernels.value_sets import Boxes
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings import deciding
from concausa.audit.findings.deciding import formula, formulas
from concausa.audit.findings.finding import Formula
from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.open_choice import OpenChoice


def held(table: VerdictTable, choices: list[OpenChoice], **options: int) -> Formula:
    """When a claim is supported."""
    reduced = table.reduced()
    return formula(reduced, reduced.verdicts == Verdict.SUPPORTED, choices, **options)


def worlds_of(verdicts: np.ndarray) -> list[tuple[int, ...]]:
    return list(product(*(range(size) for size in verdicts.shape)))


def holds(found: Formula, world: tuple[int, ...], model: int = 0) -> bool:
    return found.holds(dict(enumerate(world)), model)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_every_listed_formula_is_true_in_just_the_worlds_with_the_verdict(verdicts: np.ndarray) -> None:
    table, choices = table_of(verdicts)
    found = formulas(table.reduced(), choices)
    words = {world: Verdict(int(verdicts[world])).word for world in worlds_of(verdicts)}
    for word in ("supported", "contradicted", "not testable"):
        assert (word in found) == (word in words.values() and len(set(words.values())) > 1)
    for word, told in found.items():
        for model in range(len(told.models) if word != "decides" else 0):
            assert all(holds(told, world, model) == (words[world] == word) for world in words)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_what_decides_holds_in_every_world_that_supports_and_in_none_that_contradicts(
    verdicts: np.ndarray,
) -> None:
    table, choices = table_of(verdicts)
    found = formulas(table.reduced(), choices)
    decided = [world for world in worlds_of(verdicts) if verdicts[world] <= Verdict.SUPPORTED]
    assert ("decides" in found) == (len({int(verdicts[world]) for world in decided}) == 2)
    if "decides" not in found:
        return
    told = found["decides"]
    assert told.needed <= found["supported"].needed
    for model in range(len(told.models)):
        assert all(holds(told, world, model) == (verdicts[world] == Verdict.SUPPORTED) for world in decided)


def test_options_that_no_world_to_be_told_has_are_not_named() -> None:
    # Supported on 2, contradicted on 0, not testable on 1: on 1 it cannot be said to hold.
    table, choices = table_of(np.array([0, 4, 1]))
    assert formulas(table.reduced(), choices)["decides"].short() == "c0 = o2"


@settings(max_examples=50, deadline=None)
@given(tables(most=12))
def test_nothing_shorter_decides_however_the_open_worlds_are_filled(verdicts: np.ndarray) -> None:
    table, choices = table_of(verdicts)
    found = formulas(table.reduced(), choices)
    open_ = np.argwhere(verdicts > Verdict.SUPPORTED).tolist()
    if "decides" not in found or len(open_) > 5:
        return
    least = []
    for filled in product((False, True), repeat=len(open_)):
        wanted = verdicts == Verdict.SUPPORTED
        for point, value in zip(open_, filled, strict=True):
            wanted[tuple(point)] = value
        least.append(brute_value_sets.fewest(wanted)[0])
    assert found["decides"].needed == min(least)


@settings(max_examples=75, deadline=None)
@given(tables(most=16))
def test_all_formulas_with_the_fewest_terms_are_listed_and_no_other(verdicts: np.ndarray) -> None:
    table, choices = table_of(verdicts)
    wanted = verdicts == Verdict.SUPPORTED
    if wanted.all() or not wanted.any():
        return
    found = held(table, choices)
    size, sums = brute_value_sets.fewest(wanted)
    assert (found.needed, found.count, found.counted, found.fewest) == (size, len(sums), True, True)
    everything = [frozenset(range(length)) for length in verdicts.shape]
    told = set()
    for model in found.models:
        boxes = set()
        for term in model:
            box = list(everything)
            for literal in term.literals:
                box[literal.place] = literal.options
            boxes.add(tuple(box))
        told.add(frozenset(boxes))
    assert told == sums


@settings(max_examples=50, deadline=None)
@given(tables())
def test_a_search_that_is_cut_short_still_gives_the_verdict_back_and_says_so(verdicts: np.ndarray) -> None:
    table, choices = table_of(verdicts)
    wanted = verdicts == Verdict.SUPPORTED
    if wanted.all() or not wanted.any():
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "widest_boxes", lambda _: Boxes(np.zeros((0, 0), dtype=bool), False))
        found = held(table, choices)
    assert not found.fewest and not found.counted
    assert {caveat.kind for caveat in found.caveats} == {"formula not shortest", "formulas cut"}
    for world in worlds_of(verdicts):
        assert holds(found, world) == wanted[world]


def test_points_that_are_too_many_to_be_told_apart_stop_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two products hold this sum, and neither implies the other's own point.
    monkeypatch.setattr(deciding, "POINTS", 1)
    table, choices = table_of(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    found = held(table, choices)
    assert found.models == () and not found.fewest
    assert [caveat.kind for caveat in found.caveats] == ["formula too long"]


def test_options_that_act_alike_keep_their_names_in_a_literal() -> None:
    # Options 0 and 2 of the first choice support, whatever the second, which therefore plays no part.
    verdicts = np.array([[1, 1], [0, 0], [1, 1]])
    table, choices = table_of(verdicts)
    found = held(table, choices)
    assert found.count == 1
    ((term,),) = found.models
    ((literal),) = term.literals
    assert literal.options == {0, 2}
    assert found.text() == "what c0 is: c0 as o0 or c0 as o2"
    assert found.short() == "c0 = o0 | o2"
    assert found.data()["models"] == [[[{"choice": "c0", "options": ["o0", "o2"]}]]]


def test_two_ways_to_say_the_same_are_both_listed() -> None:
    # Supported but for (0, 0, 0) and (1, 1, 1): three of the six products of two literals hold it, in two ways.
    verdicts = np.ones((2, 2, 2), dtype=np.int8)
    verdicts[0, 0, 0] = verdicts[1, 1, 1] = 0
    table, choices = table_of(verdicts)
    found = held(table, choices)
    assert (found.needed, found.count, found.counted, found.fewest) == (3, 2, True, True)


def test_formulas_beyond_those_listed_are_counted() -> None:
    verdicts = np.ones((2, 2, 2), dtype=np.int8)
    verdicts[0, 0, 0] = verdicts[1, 1, 1] = 0
    table, choices = table_of(verdicts)
    found = held(table, choices, limit=1)
    assert (len(found.models), found.count) == (1, 2)
    assert [str(caveat) for caveat in found.caveats] == ["1 of 2 equally short formulas are listed"]


def test_a_verdict_that_takes_too_many_terms_gets_no_formula_and_says_so() -> None:
    # Parity of eight choices: no two worlds with a verdict share a product, so 128 terms are needed.
    verdicts = np.indices((2,) * 8).sum(axis=0) % 2
    table, choices = table_of(verdicts)
    found = held(table, choices)
    assert found.models == () and not found.counted and not found.fewest


def test_a_literal_that_leaves_one_of_many_options_out_says_which() -> None:
    verdicts = np.array([1, 1, 0, 1, 1])
    table = VerdictTable((0,), (tuple((n,) for n in range(5)),), verdicts.astype(np.int8))
    found = held(table, [choice(0, 5)])
    assert found.text() == "what c0 is: anything but c0 as o2"
    assert found.short() == "c0 != o2"
