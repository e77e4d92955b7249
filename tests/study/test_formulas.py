"""What the checker knows of look-ups is what the audit of numbers does with them."""

from __future__ import annotations

from concausa.audit import lookups
from concausa.expr.formula import LOOKUPS
from concausa.study.formulas import KEYS


def test_every_look_up_is_checked_with_as_many_keys_as_it_takes() -> None:
    assert {name: len(keys) for name, keys in KEYS.items()} == dict(LOOKUPS)
    assert set(KEYS) == set(lookups.BUILT_IN)
