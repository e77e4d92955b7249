"""The options of a minimisation; the object checks itself when made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral
from typing import Any, Literal, get_args

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest

Kind = Literal["conservative", "parsimonious", "intermediate"]
Models = Literal["minimum", "irredundant"]
Contradictions = Literal["negative", "remainder"]

#: Most models that are listed unless one asks for more.
LIMIT = 1_000

#: Words that other programs use, and what they are called here.
_ELSEWHERE = {"complex": "conservative", "cs": "conservative", "ps": "parsimonious", "is": "intermediate"}


@dataclass(frozen=True, slots=True)
class Choices:
    """How a truth table is minimised.

    Parameters
    ----------
    solution : str
        ``conservative`` (no assumption about remainders), ``parsimonious`` (every assumption that
        simplifies) or ``intermediate`` (only easy ones).
    models : str
        ``minimum``: those with the fewest terms; ``irredundant``: every set of prime implicants from which
        none can be left out.
    limit : int, at least 1
        Most models that are listed; they are counted beyond it.
    row_dominance : bool
        Whether prime implicants are left out that cover less than another and nothing else.
    contradictions : str
        Whether rows marked ``C`` count as ``negative`` or may be assumed like a ``remainder``.

    Raises
    ------
    OptionError
        If an option has a value that it cannot have; the nearest is given.
    """

    solution: Kind = "conservative"
    models: Models = "minimum"
    limit: int = LIMIT
    row_dominance: bool = False
    contradictions: Contradictions = "negative"

    def __post_init__(self) -> None:
        if self.solution not in ("conservative", "parsimonious", "intermediate"):
            raise _no_choice("solution", self.solution, get_args(Kind))
        if self.models not in ("minimum", "irredundant"):
            raise _no_choice("models", self.models, get_args(Models))
        if self.contradictions not in ("negative", "remainder"):
            raise _no_choice("contradictions", self.contradictions, get_args(Contradictions))
        if not _is_count(self.limit):
            raise OptionError(
                "the limit is how many models are listed at most, 1 or more",
                where=f"limit={self.limit!r}",
                fix="models beyond the limit are still counted",
            )
        if self.row_dominance not in (True, False):
            raise OptionError(
                "row dominance is applied or not",
                where=f"row_dominance={self.row_dominance!r}",
                fix="True or False",
            )

    @property
    def shared(self) -> Choices:
        """The same without the kind of solution: what the kinds have in common."""
        if self.solution == "conservative":
            return self
        return _made(
            "conservative", self.models, max(self.limit, LIMIT), self.row_dominance, self.contradictions
        )


def choices_of(*given: Any) -> Choices:
    """The choices of these options, in the order of the fields; equal ones are made and checked once."""
    try:
        return _made(*given)
    except TypeError:  # an option that has no hash is wrong, and is told so
        return Choices(*given)


@lru_cache(maxsize=128, typed=True)
def _made(*given: Any) -> Choices:
    return Choices(*given)


def _is_count(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= 1


def _no_choice(option: str, value: object, allowed: tuple[str, ...]) -> OptionError:
    word = str(value)
    meant = _ELSEWHERE.get(word.casefold()) if option == "solution" else None
    near = meant or nearest(word, allowed)
    return OptionError(
        f"{option} cannot be {value!r}",
        where=f"{option}: {', '.join(allowed)}",
        fix=f'here it is called "{near}"'
        if meant
        else f'did you mean "{near}"?'
        if near
        else "use one of these",
    )
