"""Errors that say what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concausa.core.problem import Problem


class ConcausaError(Exception):
    """Base of every error that the package raises on purpose.

    Parameters
    ----------
    what : str
        One sentence: what is wrong.
    where : str
        The place as a person would name it (file, line, column; or an argument). May be empty.
    fix : str
        What to do about it. May be empty.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        lines = [f"{type(self).__name__}: {self.what}"]
        lines += [f"  where  {line}" for line in self.where.splitlines()]
        lines += [f"  fix    {line}" for line in self.fix.splitlines()]
        return "\n".join(lines)


class DateError(ConcausaError):
    """A date that does not exist or that is not written in EDTF."""


class ScaleError(ConcausaError):
    """A level, membership or map that does not fit its scale."""


class FormulaError(ConcausaError):
    """An arithmetic formula that cannot be read."""


class ExpressionError(ConcausaError):
    """A Boolean expression that cannot be read, or that names what the study does not have."""


class UnitError(ConcausaError):
    """Quantities whose units do not go together."""


class StudyError(ConcausaError):
    """A study that cannot be found, read or accepted.

    Parameters
    ----------
    problems : sequence of Problem
        Every problem that stands in the way, each with its place; empty when none was read.
    misuse : bool
        Whether the caller named something that is not there, rather than something broken.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        fix: str = "",
        problems: Sequence[Problem] = (),
        misuse: bool = False,
    ) -> None:
        super().__init__(what, where=where, fix=fix)
        self.problems = tuple(problems)
        self.misuse = misuse


class SaveError(ConcausaError):
    """A study that cannot be saved without losing somebody's work."""


class IdentityError(ConcausaError):
    """Protected identities that are sealed, missing, or about to leak."""


class UnknownNameError(ConcausaError):
    """A name (case, condition, table, claim …) that the study does not have."""


class DataError(ConcausaError):
    """A table of data that cannot be analysed as it stands."""


class OptionError(ConcausaError):
    """An option with a value that it cannot have."""
