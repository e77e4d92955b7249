"""Pieces of a finding's sentence: numbers and words that can be shown in any language."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.errors import ConcausaError
from concausa.core.quantity import Measure, Quantity, Say


@dataclass(frozen=True, slots=True)
class Computed:
    """A result as it is shown: with facts at face value, and all that the inputs admit."""

    face: Quantity
    admitted: Quantity

    def text(self, say: Say = str) -> str:
        """``4.332 (4.33 to 4.334) million MXN/firm``; one number where both look the same."""
        plain, wide = (part.to(self.face.measure).text(say=say) for part in (self.face, self.admitted))
        if plain == wide:
            return plain
        between = say("{low} to {high}")
        unit = self.face.measure.words(plural=True, say=say)
        ends = self.admitted.to(self.face.measure).value.text(between)
        return f"{self.face.value.text(between)} ({ends}) {unit}".strip()


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number with the digits in which it is printed, or would be."""

    digits: str
    unit: str

    def text(self, say: Say = str) -> str:
        """The number with its unit; a unit that cannot be read stays as written."""
        try:
            unit = Measure.parse(self.unit).words(plural=self.digits != "1", say=say)
        except ConcausaError:
            unit = self.unit
        return f"{self.digits.replace(' to ', say('{low} to {high}').format(low='', high=''))} {unit}".strip()


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text."""

    english: str

    def text(self, say: Say = str) -> str:
        """The text in the reader's language, where the catalogue has it."""
        return say(self.english)


@dataclass(frozen=True, slots=True)
class Several:
    """The values of a window: how many, and from the least to the greatest."""

    count: int
    span: Quantity

    def text(self, say: Say = str) -> str:
        """``5 values, 10.9 to 13.5 MXN/USD``."""
        return say("{n} values, {span}").format(n=self.count, span=self.span.text(say=say))


Piece = Computed | Rounded | Several | Words
