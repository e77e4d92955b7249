"""Smallest changes: against every set of changes of small tables."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audit.findings.tables import table_of, tables

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import Change
from concausa.audit.findings.overturning import smallest_changes


def single(changes: tuple[Change, ...]) -> list[tuple[frozenset[tuple[int, int]], Verdict]]:
    """Each change as the sets of (choice, option) that it stands for."""
    found = []
    for change in changes:
        places = [literal.place for literal in change.literals]
        for options in product(*(sorted(literal.options) for literal in change.literals)):
            found.append((frozenset(zip(places, options, strict=True)), change.verdict))
    return found


@settings(max_examples=200, deadline=None)
@given(tables(), st.data())
def test_the_smallest_changes_are_those_that_trying_every_set_of_changes_finds(
    verdicts: np.ndarray, data: st.DataObject
) -> None:
    world = [data.draw(st.integers(0, size - 1)) for size in verdicts.shape]
    table, choices = table_of(verdicts)
    changes, count = smallest_changes(table.reduced(), world, choices)
    home = Verdict(int(verdicts[tuple(world)])).word
    found: dict[int, set[tuple[frozenset[tuple[int, int]], Verdict]]] = {}
    for other in product(*(range(size) for size in verdicts.shape)):
        verdict = Verdict(int(verdicts[other]))
        if verdict.word != home:
            moved = frozenset((place, option) for place, option in enumerate(other) if option != world[place])
            found.setdefault(len(moved), set()).add((moved, verdict))
    wanted = found[min(found)] if found else set()
    listed = single(changes)
    assert len(listed) == len(set(listed)) == count == sum(change.ways for change in changes)
    assert set(listed) == wanted


def test_one_choice_with_two_options_that_do_is_told_once() -> None:
    table, choices = table_of(np.array([1, 0, 0, 1]))
    (change,), count = smallest_changes(table.reduced(), [0], choices)
    assert count == change.ways == 2
    assert change.text() == "what c0 is: c0 as o1 or c0 as o2"
    assert change.data() == {
        "changes": [{"choice": "c0", "options": ["o1", "o2"]}],
        "word": "contradicted",
        "reason": "",
    }


def test_another_reason_is_not_another_word() -> None:
    table, choices = table_of(np.array([Verdict.NO_DATA, Verdict.NO_CASE]))
    assert smallest_changes(table.reduced(), [0], choices) == ((), 0)


def test_changes_that_decide_come_before_those_that_leave_it_open() -> None:
    table, choices = table_of(np.array([[1, 3], [0, 1]]))
    changes, _ = smallest_changes(table.reduced(), [0, 0], choices)
    assert [change.verdict for change in changes] == [Verdict.CONTRADICTED, Verdict.NO_DATA]


def test_changes_beyond_those_listed_are_counted() -> None:
    # Any two of six choices overturn it: 15 pairs.
    table, choices = table_of((np.indices((2,) * 6).sum(axis=0) < 2).astype(int))
    changes, count = smallest_changes(table.reduced(), [0] * 6, choices, limit=4)
    assert (len(changes), count) == (4, 15)
