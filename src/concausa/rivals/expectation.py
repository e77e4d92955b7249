"""An expectation: what an account of the outcome leads one to expect of a unit, over a stretch of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest

#: Words that say something of the outcome; ``levels`` names the levels themselves.
SPEAKING = ("high", "low", "higher", "lower", "no difference", "levels")
#: ``silent``: the account says nothing; ``open``: the record does not tell what it would say.
QUIET = ("silent", "open")
WORDS = (*SPEAKING, *QUIET)

#: What an account would have said, had its argument run the other way.
MIRROR = {"high": "low", "low": "high", "higher": "lower", "lower": "higher"}


@dataclass(frozen=True, slots=True)
class Lack:
    """What the record would have to give for an expectation to follow.

    Parameters
    ----------
    kind : str
        ``party``: of whoever held an office · ``one party``: several are admitted, or dates leave it in doubt ·
        ``contest``: with both shares, behind whoever held it.
    office, unit : str
        The unit is empty for a national office.
    """

    kind: str
    office: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What is expected.

    Parameters
    ----------
    unit, period : str
        The case.
    expects : str
        ``high`` or ``low``: above or below the middle of the outcome's scale · ``higher`` or ``lower``:
        than every other case of the same months of which the account says something · ``no difference``:
        the account does not tell the cases apart · ``levels``: one of *levels* · ``silent`` · ``open``.
    levels : tuple of str
        Levels of the outcome that it leaves possible; with ``levels`` only.
    span : Date or None
        The part of the period for which it holds; None for the whole.
    uses : tuple of str
        Ids of what it rests on in the record.
    why : str
    id : str
    lacks : tuple of Lack
        With ``open``: what the record does not tell.

    Raises
    ------
    OptionError
        If *expects* is no such word, or if levels stand beside another word or are missing.
    """

    unit: str
    period: str
    expects: str
    levels: tuple[str, ...] = ()
    span: Date | None = None
    uses: tuple[str, ...] = ()
    why: str = ""
    id: str = ""
    lacks: tuple[Lack, ...] = ()

    def __post_init__(self) -> None:
        if self.expects not in WORDS:
            near = nearest(self.expects, WORDS)
            raise OptionError(
                f"{self.expects!r} is nothing that can be expected of {self.case}",
                where=self.id,
                fix=f"did you mean {near!r}?" if near else f"one of {', '.join(WORDS)}",
            )
        if (self.expects == "levels") != bool(self.levels):
            raise OptionError(
                f"what is expected of {self.case} is {self.expects!r} with "
                f"{'levels' if self.levels else 'no levels'}",
                where=self.id,
                fix="name levels with 'levels', and with no other word",
            )

    @property
    def case(self) -> str:
        """``UNIT-PERIOD``."""
        return f"{self.unit}-{self.period}"

    @property
    def speaks(self) -> bool:
        """Whether it says something of the outcome."""
        return self.expects in SPEAKING

    @property
    def said(self) -> tuple[str, ...]:
        """What a reader is told: the word, or the levels."""
        return self.levels if self.levels else (self.expects,)

    @property
    def kind(self) -> tuple[str, ...]:
        """Equal for two expectations that say the same; a level may be called as a word is, such as *high*."""
        return (self.expects, *self.levels)

    def mirrored(self, scale: Sequence[str]) -> Expectation:
        """The same with its argument turned round; levels are turned about the middle of the scale."""
        levels = tuple(scale[len(scale) - 1 - scale.index(level)] for level in self.levels)
        return Expectation(
            unit=self.unit,
            period=self.period,
            expects=MIRROR.get(self.expects, self.expects),
            levels=levels,
            span=self.span,
            uses=self.uses,
            why=self.why,
            id=self.id,
            lacks=self.lacks,
        )


def admitted(expectation: Expectation, scale: Sequence[str]) -> frozenset[str]:
    """The levels that an expectation of one case alone leaves possible.

    Words that compare cases leave all of them possible.

    Raises
    ------
    OptionError
        If a level is not of the scale.
    """
    top = len(scale) - 1
    if expectation.expects == "high":
        return frozenset(level for rank, level in enumerate(scale) if 2 * rank > top)
    if expectation.expects == "low":
        return frozenset(level for rank, level in enumerate(scale) if 2 * rank < top)
    for level in expectation.levels:
        if level not in scale:
            near = nearest(level, scale)
            raise OptionError(
                f"the outcome has no level {level!r}",
                where=expectation.id or expectation.case,
                fix=f"did you mean {near!r}?" if near else f"one of {', '.join(scale)}",
            )
    return frozenset(expectation.levels or scale)
