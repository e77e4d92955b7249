"""A factor: a condition or an outcome as data, with the values that it can take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from concausa.expr.tree import quoted

Kind = Literal["crisp", "fuzzy", "multi-value"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A column of scores.

    Parameters
    ----------
    name : str
        Any letters of any script.
    kind : str
        ``crisp`` (0 or 1), ``fuzzy`` (membership in [0, 1]) or ``multi-value`` (codes 0, 1, 2 …).
    values : tuple of int
        What a literal can ask of it: (0, 1) for crisp and fuzzy sets, (0, …, m − 1) for m categories.
    """

    name: str
    kind: Kind
    values: tuple[int, ...] = (0, 1)

    @property
    def levels(self) -> int:
        """How many values it can take."""
        return len(self.values)


@lru_cache(maxsize=4096)
def factor_of(name: str, kind: Kind, levels: int = 2) -> Factor:
    """The factor with values 0 to *levels* − 1, made once."""
    return Factor(name, kind, tuple(range(levels)))


@lru_cache(maxsize=4096)
def literal(factor: Factor, value: int) -> str:
    """One literal as text.

    Examples
    --------
    >>> literal(Factor("EL", "fuzzy"), 0), literal(Factor("BC", "multi-value", (0, 1, 2)), 2)
    ('~EL', 'BC{2}')
    >>> literal(Factor("state capacity", "crisp"), 1)
    '"state capacity"'
    """
    name = quoted(factor.name)
    if factor.kind == "multi-value":
        return f"{name}{{{value}}}"
    return name if value == 1 else f"~{name}"


def term_text(factors: Sequence[Factor], cube: Sequence[int | None]) -> str:
    """A conjunction as text; a value that is None or −1 leaves its condition out.

    Examples
    --------
    >>> term_text([Factor("A", "crisp"), Factor("B", "crisp"), Factor("C", "crisp")], (1, None, 0))
    'A*~C'
    >>> term_text([Factor("A", "crisp")], (None,))
    '1'
    """
    parts = [
        literal(factor, value)
        for factor, value in zip(factors, cube, strict=True)
        if value is not None and value >= 0
    ]
    return "*".join(parts) or "1"
