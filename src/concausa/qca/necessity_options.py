"""What is asked of a search for necessary conditions; it checks itself when made."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Literal

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.qca.cutoffs import check_share

DontCareAs = Literal["refuse", "outside", "leave out"]

#: What a don't-care score can be taken for.
TAKEN_AS: tuple[DontCareAs, ...] = ("refuse", "outside", "leave out")
#: Longest expressions that can be asked for.
DEEPEST = 8
#: Expressions that are measured at most, unless more are allowed.
BUDGET = 10_000_000


@dataclass(frozen=True, slots=True)
class NecessityOptions:
    """Cut-offs and extent of a search.

    Parameters
    ----------
    consistency : float in (0, 1]
        Least consistency of a necessary expression.
    coverage, relevance : float in [0, 1]
        Least coverage and relevance (RoN).
    depth : int from 1 to 8
        Most literals of an expression.
    disjunctions, conjunctions : bool
        Which expressions of two and more literals are looked at.
    dont_care_as : str
        ``refuse`` a don't-care score; take it as ``outside`` every literal; or ``leave out`` its case.
    budget : int, at least 1
        Most expressions that are measured; a length that would pass it is not begun.

    Raises
    ------
    OptionError
        If one is out of its range, or *depth* asks for expressions of which neither kind is wanted.
    """

    consistency: float = 0.9
    coverage: float = 0.0
    relevance: float = 0.0
    depth: int = 1
    disjunctions: bool = True
    conjunctions: bool = True
    dont_care_as: DontCareAs = "refuse"
    budget: int = BUDGET

    def __post_init__(self) -> None:
        check_share("consistency", self.consistency, above_zero=True, example=0.9)
        check_share("coverage", self.coverage)
        check_share("relevance", self.relevance)
        _check_whole("depth", self.depth, most=DEEPEST, fix="1: single conditions, 2: pairs of them …")
        _check_whole("budget", self.budget, most=None, fix="the most expressions that may be measured")
        if self.depth > 1 and not (self.disjunctions or self.conjunctions):
            raise OptionError(
                "longer expressions are asked for, but neither disjunctions nor conjunctions",
                where=f"depth={self.depth}, disjunctions=False, conjunctions=False",
                fix="allow one of them, or say depth=1",
            )
        if self.dont_care_as not in TAKEN_AS:
            near = nearest(str(self.dont_care_as), TAKEN_AS)
            raise OptionError(
                "a don't-care score cannot be taken as that",
                where=f"dont_care_as={self.dont_care_as!r}",
                fix=f'did you mean "{near}"?' if near else f"one of {', '.join(TAKEN_AS)}",
            )


def _check_whole(name: str, value: object, *, most: int | None, fix: str) -> None:
    if not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= 1:
        if most is None or int(value) <= most:
            return
        fix = f"at most {most}; the longer an expression, the less it says"
    raise OptionError(f"{name} is a whole number, at least 1", where=f"{name}={value!r}", fix=fix)
