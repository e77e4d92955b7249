"""What the checker knows of look-ups is what the audit of numbers does with them."""

from __future__ import annotations

from concausa.audit import lookups
from concausa.expr.formula import LOOKUPS
from concausa.study.formulas import ELECTION_PARTS, KEYS


def test_every_look_up_is_checked_with_as_many_keys_as_it_takes() -> None:
    assert {name: len(keys) for name, keys in KEYS.items()} == dict(LOOKUPS)
    assert set(KEYS) == set(lookups.BUILT_IN)


def test_the_parts_of_an_election_are_those_that_are_found() -> None:
    assert lookups.ELECTION_PARTS == ELECTION_PARTS
