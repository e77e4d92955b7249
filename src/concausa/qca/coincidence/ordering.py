"""The causal order of factors, as far as it is known before the analysis, and causes that are ruled out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest


@dataclass(frozen=True, slots=True)
class Ordering:
    """Which factors cannot be causes of which.

    Parameters
    ----------
    levels : tuple of tuple of str
        From the earliest to the latest. A factor is never a cause of one on an earlier level; factors that no
        level names may be causes of any, and effects of any.
    strict : bool
        Whether factors of one level are no causes of each other either.
    excluded : tuple of (str, str)
        Pairs of a factor and an effect of which it is no cause, whatever its value.

    Examples
    --------
    >>> order = read_ordering("A, B < C", ["A", "B", "C", "D"])
    >>> order.allows("A", "C"), order.allows("C", "A"), order.allows("A", "B"), order.allows("C", "D")
    (True, False, True, True)
    """

    levels: tuple[tuple[str, ...], ...] = ()
    strict: bool = False
    excluded: tuple[tuple[str, str], ...] = ()

    def allows(self, cause: str, effect: str) -> bool:
        """Whether the one may be a cause of the other."""
        if cause == effect or (cause, effect) in self.excluded:
            return False
        places = {name: place for place, level in enumerate(self.levels) for name in level}
        if cause not in places or effect not in places:
            return True
        return places[cause] < places[effect] or (places[cause] == places[effect] and not self.strict)

    @property
    def text(self) -> str:
        """``A, B < C``; empty where there are no levels."""
        return " < ".join(", ".join(level) for level in self.levels)

    def data(self) -> dict[str, object]:
        """As plain JSON values."""
        return {
            "levels": [list(level) for level in self.levels],
            "strict": self.strict,
            "not_causes": [list(pair) for pair in self.excluded],
        }


def read_ordering(
    text: str | None, names: Sequence[str], *, strict: bool = False, not_causes: Sequence[str] = ()
) -> Ordering:
    """Read ``A, B < C < D`` and exclusions such as ``A, B -> C``.

    Raises
    ------
    OptionError
        If a factor stands on two levels, a level is empty, or an exclusion has no arrow.
    UnknownNameError
        If a factor is not analysed.
    """
    levels = tuple(_names(level, names, f"ordering={text!r}") for level in text.split("<")) if text else ()
    flat = [name for level in levels for name in level]
    if len(set(flat)) < len(flat):
        twice = next(name for place, name in enumerate(flat) if name in flat[:place])
        raise OptionError(
            f'"{twice}" has two places in the order', where=f"ordering={text!r}", fix="name each factor once"
        )
    if strict and not levels:
        raise OptionError(
            "a strict order needs an order", where="strict=True", fix='give ordering="A, B < C" as well'
        )
    if isinstance(not_causes, str):
        raise OptionError(
            "exclusions are a list of texts",
            where=f"not_causes={not_causes!r}",
            fix=f"write not_causes=[{not_causes!r}]",
        )
    excluded = []
    for one in not_causes:
        causes, arrow, effects = str(one).partition("->")
        if not arrow:
            raise OptionError(
                "an exclusion names causes and effects", where=f"not_causes: {one!r}", fix='write "A, B -> C"'
            )
        where = f"not_causes: {one!r}"
        excluded += [
            (cause, effect)
            for cause in _names(causes, names, where)
            for effect in _names(effects, names, where)
        ]
    return Ordering(levels, strict, tuple(excluded))


def _names(text: str, known: Sequence[str], where: str) -> tuple[str, ...]:
    read = next(csv.reader([text], skipinitialspace=True), [])
    found = tuple(name.strip() for name in read)
    if not found or not all(found):
        raise OptionError("a level of the order is empty", where=where, fix='write "A, B < C"')
    for name in found:
        if name not in known:
            near = nearest(name, known)
            raise UnknownNameError(
                f'"{name}" is no factor of the analysis',
                where=where,
                fix=f'did you mean "{near}"?' if near else f"use one of {', '.join(known)}",
            )
    return found
