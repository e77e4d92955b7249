"""The nearest allowed word to one that was mistyped."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word most like *word*, or None when none is close.

    Case and surrounding space do not count.

    Examples
    --------
    >>> nearest("meduim", ["low", "medium", "high"])
    'medium'
    >>> nearest("zzz", ["low", "high"]) is None
    True
    """
    by_folded = {candidate.casefold().strip(): candidate for candidate in allowed}
    cutoff = 0.5 if len(word.strip()) <= 3 else 0.6
    found = get_close_matches(word.casefold().strip(), by_folded, n=1, cutoff=cutoff)
    return by_folded[found[0]] if found else None


def some(names: Iterable[str], most: int = 20) -> str:
    """The first of some names, and how many more there are.

    Examples
    --------
    >>> some(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    listed = list(names)
    told = ", ".join(listed[:most])
    return f"{told} and {len(listed) - most} more" if len(listed) > most else told
