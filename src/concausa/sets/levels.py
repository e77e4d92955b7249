"""Levels: the membership of each word or code of an ordered scale, given one by one or by a known scheme."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError, ScaleError
from concausa.core.nearest import nearest
from concausa.sets.anchors import unknown_option
from concausa.sets.raw_values import rows

#: The usual schemes of memberships, as they are printed [1]_ [2]_.
#:
#: .. [1] Ragin (2008), *Redesigning Social Inquiry*, table 2.1. https://doi.org/10.7208/chicago/9780226702797.001.0001
#: .. [2] Katz, vom Hau and Mahoney (2005), https://doi.org/10.1177/0049124104266002 (seven values).
SCHEMES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "crisp": (0.0, 1.0),
        "three-value": (0.0, 0.5, 1.0),
        "four-value": (0.0, 0.33, 0.67, 1.0),
        "five-value": (0.0, 0.25, 0.5, 0.75, 1.0),
        "six-value": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
        "seven-value": (0.0, 0.17, 0.33, 0.5, 0.67, 0.83, 1.0),
    }
)


def degrees(levels: Mapping[Any, float] | Sequence[Any], scheme: str | None = None) -> dict[Any, float]:
    """The membership of each level, checked.

    Parameters
    ----------
    levels : mapping of level to membership, or sequence of levels
        A mapping says everything. A sequence, lowest level first, takes its memberships from *scheme*.
    scheme : str, optional
        One of :data:`SCHEMES`, with as many values as there are levels.

    Raises
    ------
    OptionError
        If a scheme is missing, unknown, given beside memberships, or has another number of values;
        if there are fewer than two levels, or one is named twice.
    ScaleError
        If a membership lies outside [0, 1].

    Examples
    --------
    >>> degrees(["low", "medium", "high"], "three-value")
    {'low': 0.0, 'medium': 0.5, 'high': 1.0}
    """
    if scheme is not None and scheme not in SCHEMES:
        raise unknown_option("scheme", scheme, tuple(SCHEMES))
    found = _stated(levels, scheme) if isinstance(levels, Mapping) else _schemed(list(levels), scheme)
    if len(found) < 2:
        raise OptionError("there are fewer than two levels", where="levels", fix="name every level")
    return found


def memberships(
    labels: Sequence[Any],
    found: Mapping[Any, float],
    *,
    cases: Sequence[str] | None = None,
    name: str = "",
) -> NDArray[np.float64]:
    """The membership of each label; nan for None.

    Raises
    ------
    DataError
        If a label is none of the levels; the nearest one is named.

    Examples
    --------
    >>> memberships(["low", "high"], {"low": 0.0, "high": 1.0}).tolist()
    [0.0, 1.0]
    """
    strange = [at for at, label in enumerate(labels) if label is not None and label not in found]
    if strange:
        label = labels[strange[0]]
        near = nearest(str(label), map(str, found))
        hint = f"did you mean {near!r}? " if near else ""
        where = rows([at for at in strange if labels[at] == label], cases)
        raise DataError(
            f"{label!r} is no level",
            where=f"{name}: {where}" if name else where,
            fix=f"{hint}the levels are {', '.join(map(repr, found))}",
        )
    return np.array([math.nan if label is None else found[label] for label in labels])


def _stated(levels: Mapping[Any, Any], scheme: str | None) -> dict[Any, float]:
    if scheme is not None:
        raise OptionError(
            "memberships are given twice, in levels and by a scheme",
            where=f"scheme={scheme!r}",
            fix="leave the scheme out, or give the levels as a list, lowest first",
        )
    found = {}
    for level, value in levels.items():
        try:
            number = math.nan if isinstance(value, str) else float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not 0 <= number <= 1:
            raise ScaleError(
                f"{value!r} is no membership from 0 to 1",
                where=f"levels: {level!r}",
                fix="0 is fully out, 1 fully in, .5 neither",
            )
        found[level] = number
    return found


def _schemed(levels: list[Any], scheme: str | None) -> dict[Any, float]:
    if scheme is None:
        raise OptionError(
            "levels without memberships need a scheme",
            where="levels",
            fix='give a mapping such as {"low": 0, "high": 1}, or a scheme: ' + ", ".join(SCHEMES),
        )
    values = SCHEMES[scheme]
    if len(levels) != len(values):
        same = [name for name, other in SCHEMES.items() if len(other) == len(levels)]
        hint = f"scheme={same[0]!r} has {len(levels)}" if same else "give each level its membership"
        raise OptionError(
            f"there are {len(levels)} levels for the {len(values)} values of the {scheme} scheme",
            where=f"levels: {', '.join(map(str, levels))}",
            fix=hint,
        )
    for at, level in enumerate(levels):
        if level in levels[:at]:
            raise OptionError(f"level {level!r} is named twice", where="levels", fix="name each level once")
    return dict(zip(levels, values, strict=True))
