"""A scale of words: how much more one hypothesis expects an item than another, in a few declared grades.

A word stands for a range of likelihood ratios, not for a number: a judgement in words is no more precise
than that. The usual scale cuts at ratios of 1, 3, 10, 30 and 100, about 0, 5, 10, 15 and 20 decibels: the
steps of half a power of ten that Jeffreys grades evidence by, with 3 and 30 for the square roots of 10 and
1000, so that arithmetic stays exact. Nothing in it is measured: declare another scale where it does not fit.

References
----------
.. [1] Jeffreys (1961), *Theory of Probability*, 3rd edition, appendix B. Oxford University Press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.core.nearest import nearest
from concausa.tracing.chance import Range, amount


@dataclass(frozen=True, slots=True)
class WordScale:
    """Words and the ranges of likelihood ratios that they stand for.

    Parameters
    ----------
    grades : tuple of (str, Interval)
        In rising order. Each range starts at 1 or above: a word says *more*; for *less*, attach it to
        the other hypothesis.

    Examples
    --------
    >>> scale = WordScale.of({"somewhat": (1, 2), "clearly": (2, 8)})
    >>> scale.range("clearly")
    Interval(low=Fraction(2, 1), high=Fraction(8, 1))
    """

    grades: tuple[tuple[str, Interval], ...]

    @staticmethod
    def of(words: Mapping[str, Range]) -> WordScale:
        """The scale of a mapping from word to ratio, or to a low and a high ratio.

        Raises
        ------
        OptionError
            If there is no word, a range starts below 1 or is out of order, or the words do not rise.
        """
        if not words:
            raise OptionError(
                "a scale of words has no word", fix="name at least one, such as {'more': (3, 10)}"
            )
        grades: list[tuple[str, Interval]] = []
        for word, value in words.items():
            read = amount(value, name=f"the ratio of {word!r}")
            if read.low < 1:
                raise OptionError(
                    f"the word {word!r} starts at a ratio of {read.low}, below 1",
                    fix="a word says how much more a hypothesis expects; for less, attach it to the other one",
                )
            if grades and (read.low < grades[-1][1].low or read.high < grades[-1][1].high):
                raise OptionError(
                    f"the word {word!r} stands for less than {grades[-1][0]!r} before it",
                    fix="list the words from the weakest to the strongest",
                )
            grades.append((word, read))
        return WordScale(tuple(grades))

    @property
    def words(self) -> tuple[str, ...]:
        """The words, weakest first."""
        return tuple(word for word, _ in self.grades)

    def range(self, word: str) -> Interval:
        """The ratios that a word stands for.

        Raises
        ------
        OptionError
            If the scale has no such word; the nearest one is proposed.
        """
        for own, found in self.grades:
            if own == word:
                return found
        near = nearest(word, self.words)
        raise OptionError(
            f"the scale has no word {word!r}",
            where=f"its words: {', '.join(self.words)}",
            fix=f"did you mean {near}?" if near else "use one of its words, or declare it with a range",
        )

    def word(self, ratio: Fraction | float) -> str:
        """The strongest word whose range starts at or below a ratio of at least 1; empty below all."""
        reached = [word for word, found in self.grades if found.low <= ratio]
        return reached[-1] if reached else ""

    def data(self) -> list[dict[str, Any]]:
        """``[{"word", "low", "high"}]``, ratios as texts."""
        return [{"word": word, "low": str(r.low), "high": str(r.high)} for word, r in self.grades]


#: The usual scale.
USUAL = WordScale.of(
    {
        "no difference": 1,
        "slightly more": (1, 3),
        "more": (3, 10),
        "much more": (10, 30),
        "very much more": (30, 100),
    }
)
