"""The conditions of an analysis, as a caller names them."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.errors import OptionError

#: Most conditions of an analysis.
MOST = 64


def named_conditions(conditions: object) -> tuple[str, ...]:
    """The names as a tuple.

    Raises
    ------
    OptionError
        If they are no list, none, or more than 64.

    Examples
    --------
    >>> named_conditions(["EL", "BQ"])
    ('EL', 'BQ')
    """
    if isinstance(conditions, str) or not isinstance(conditions, Sequence):
        raise OptionError(
            "the conditions are a list of names",
            where=f"conditions={conditions!r}",
            fix='write conditions=["A", "B"], one text a condition',
        )
    if not conditions:
        raise OptionError("there are no conditions", where="conditions=[]", fix="name at least one column")
    if len(conditions) > MOST:
        raise OptionError(
            f"at most {MOST} conditions can be analysed together",
            where=f"{len(conditions)} conditions",
            fix="choose among them by theory, or combine some into higher-order conditions",
        )
    return tuple(conditions)
