"""The outcome that an analysis explains: a set, its negation, or a category of a multi-value factor."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import ExpressionError, OptionError
from concausa.expr.boolean import parse
from concausa.expr.tree import Name, OneOf, quoted
from concausa.qca.factor import Factor

_OF_VALUE = re.compile(r"(.+?)\{\s*(\d+)\s*\}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be explained.

    Parameters
    ----------
    name : str
        The column.
    value : int, optional
        For a multi-value factor the category meant.
    negated : bool
        Whether its absence is explained.
    """

    name: str
    value: int | None = None
    negated: bool = False

    def negation(self) -> Outcome:
        """The opposite outcome."""
        return replace(self, negated=not self.negated)

    def membership(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Membership of cases in the outcome from their scores in its column."""
        found = scores if self.value is None else (scores == self.value).astype(np.float64)
        return 1.0 - found if self.negated else found

    def suits(self, factor: Factor) -> Outcome:
        """The same outcome, in its plainest form, for the factor that it names.

        Raises
        ------
        OptionError
            If the factor has categories and none is named, or the other way round.
        """
        if factor.kind == "multi-value":
            if self.value in factor.values:
                return self
            told = ", ".join(f"{Outcome(self.name, value)}" for value in factor.values)
            what = "which category is explained" if self.value is None else "a category that it has"
            raise OptionError(
                f'the outcome "{self.name}" has {factor.levels} categories: say {what}',
                where=f"outcome={str(self)!r}",
                fix=f"one of {told}",
            )
        if self.value is None:
            return self
        if factor.kind == "crisp" and self.value in (0, 1):
            return Outcome(self.name, None, self.negated ^ (self.value == 0))
        raise OptionError(
            f'the outcome "{self.name}" is a {factor.kind} set and has no categories',
            where=f"outcome={str(self)!r}",
            fix=f"write {Outcome(self.name)} or {Outcome(self.name, None, True)}",
        )

    def __str__(self) -> str:
        name = quoted(self.name)
        category = "" if self.value is None else f"{{{self.value}}}"
        return f"{'~' if self.negated else ''}{name}{category}"


def read_outcome(text: object, is_column: Callable[[str], bool]) -> Outcome:
    """Read ``Y``, ``~Y``, ``Y{2}`` or ``~Y{2}``.

    A text that is itself the name of a column is that column, whatever signs it holds; a name with other
    signs than letters and digits may stand in double quotes.

    Raises
    ------
    OptionError
        If it cannot be read.

    Examples
    --------
    >>> read_outcome("~upgrading in 2013", lambda name: name == "upgrading in 2013")
    Outcome(name='upgrading in 2013', value=None, negated=True)
    >>> str(read_outcome('~"upgrading in 2013"', lambda name: False))
    '~"upgrading in 2013"'
    """
    if isinstance(text, str) and text.strip():
        if is_column(text):
            return Outcome(text)
        bare = text.strip()
        negated = bare.startswith("~")
        bare = bare.removeprefix("~").strip()
        if is_column(bare):
            return Outcome(bare, None, negated)
        found = _OF_VALUE.fullmatch(bare)
        if found and is_column(found[1].strip()):
            return Outcome(found[1].strip(), int(found[2]), negated)
        try:
            tree = parse(bare)
        except ExpressionError:
            tree = Name(bare)
        match tree:
            case Name(name):
                return Outcome(name, None, negated)
            case OneOf(name, (value,)):
                return Outcome(name, value, negated)
    raise OptionError(
        "the outcome cannot be read",
        where=f"outcome={text!r}",
        fix='name a column: "Y", its negation: "~Y", or a category of it: "Y{2}"',
    )
