"""Why a measure of fit is not defined."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from concausa.core.caveat import Caveat
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.sets import fit, fit_variants

_NOBODY = "no case has any membership in {set}"
_NO_OUTCOME = "no case has any membership in {outcome}"
_SHARED = "all membership in {set} is shared by {outcome} and its negation"
_EVERYBODY = "every case is fully in both {set} and {outcome}"
_ALL_OUTCOME = "every case is fully in {outcome}"
_ALL_SET = "every case is fully in {set}"

#: Each measure with the reason for which it is nan, unless nobody is in the set.
MEASURES: dict[str, tuple[Callable[..., Any], str]] = {
    "consistency": (fit.consistency, _NOBODY),
    "pri": (fit.pri, _SHARED),
    "coverage": (fit.coverage, _NO_OUTCOME),
    "necessity_consistency": (fit.necessity_consistency, _NO_OUTCOME),
    "necessity_coverage": (fit.necessity_coverage, _NOBODY),
    "relevance": (fit.relevance, _EVERYBODY),
    "product": (fit.product, _SHARED),
    "weighted_consistency": (fit_variants.weighted_consistency, _NOBODY),
    "consistent_share": (fit_variants.consistent_share, _NOBODY),
    "contrapositive_consistency": (fit_variants.contrapositive_consistency, _ALL_OUTCOME),
    "contrapositive_coverage": (fit_variants.contrapositive_coverage, _ALL_SET),
    "trivialness": (fit_variants.trivialness, _ALL_OUTCOME),
}


def why_undefined(
    measure: str, x: object, y: object, *, set_name: str = "the set", outcome: str = "the outcome"
) -> Caveat | None:
    """The reason for which a measure is nan, or None where it has a value.

    Parameters
    ----------
    measure : str
        Name of a function that measures the fit of one set, such as ``pri``.
    x, y : array of float, shape (cases,)
        Memberships in the set and in the outcome.
    set_name, outcome : str
        What they are called in the reason.

    Raises
    ------
    UnknownNameError
        If there is no such measure.

    Examples
    --------
    >>> str(why_undefined("consistency", [0, 0], [1, 0], set_name="A*B"))
    'no case has any membership in A*B'
    >>> why_undefined("coverage", [0, 0], [1, 0]) is None
    True
    """
    if measure not in MEASURES:
        near = nearest(measure, MEASURES)
        raise UnknownNameError(
            f'there is no measure of fit "{measure}"',
            where=f"measures: {', '.join(MEASURES)}",
            fix=f'did you mean "{near}"?' if near else "use one of these names",
        )
    function, reason = MEASURES[measure]
    if not math.isnan(function(x, y)):
        return None
    if reason == _SHARED and math.isnan(fit.consistency(x, y)):
        reason = _NOBODY
    return Caveat.of("undefined", reason, measure=measure, set=set_name, outcome=outcome)
