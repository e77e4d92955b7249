"""Options that a call does not have: refused with the nearest that it has."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest


def refuse_misspelt(unknown: Mapping[str, object], function: Callable[..., Any]) -> None:
    """Refuse the first keyword of *unknown*; do nothing where there is none.

    For functions that end with ``**unknown: Never``, so that a type checker refuses the word as well.

    Raises
    ------
    OptionError
        With the nearest option of *function*, and all that it has.
    """
    if not unknown:
        return
    option = next(iter(unknown))
    allowed = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    ]
    near = nearest(option, allowed)
    raise OptionError(
        f"{function.__name__} has no option {option!r}",
        where=f"{option}={unknown[option]!r}",
        fix=(f"did you mean {near!r}? " if near else "") + f"options: {', '.join(allowed)}",
    )
