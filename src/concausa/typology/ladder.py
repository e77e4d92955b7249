"""One admissible reading of a case: a level, and its membership, for each condition."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.expr.boolean import Comparison

_COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a case stands on each condition.

    Parameters
    ----------
    levels : mapping of condition to level
        One chosen level each.
    memberships : mapping of condition to float in [0, 1]
        What that level means as membership.
    scales : mapping of condition to its levels, lowest first
        To compare levels.
    """

    levels: Mapping[str, str]
    memberships: Mapping[str, float]
    scales: Mapping[str, Sequence[str]]

    def holds(self, comparison: Comparison) -> bool:
        """Whether the case's level stands in the given order to the level named."""
        scale = list(self.scales[comparison.name])
        if comparison.level not in scale:
            near = nearest(comparison.level, scale)
            raise ExpressionError(
                f"{comparison.name} has no level {comparison.level!r}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(scale)}",
            )
        own = scale.index(self.levels[comparison.name])
        return bool(_COMPARE[comparison.operator](own, scale.index(comparison.level)))
