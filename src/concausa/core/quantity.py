"""Quantities: numbers in units, where units multiply, divide and refuse to be added to others.

A unit is a product of powers of *words* (``MXN``, ``firm``, ``point``; anything but spaces and
``* / ^ ( )``) and of scales (``thousand``, ``million``, ``billion``, ``percent``). ``year`` is twelve
``month``. A real amount has a word of its own, such as ``MXN@2015`` (pesos of 2015), so that it can
never be added to a nominal one.

Percent and percentage points are kept apart. A percent is a pure number, scaled. The difference of two
percents is in percentage points; a percent plus percentage points is a percent. So a margin of victory
is in points, a growth rate (``a/b - 1``) can be read as percent, and neither passes for the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from concausa.core.errors import UnitError
from concausa.core.interval import Interval, last_digit

SCALES = {
    "thousand": Fraction(1000),
    "million": Fraction(1_000_000),
    "billion": Fraction(1_000_000_000),
    "percent": Fraction(1, 100),
}
#: Words that are multiples of another word.
MULTIPLES = {"year": ("month", Fraction(12)), "dozen": ("", Fraction(12))}
POINT = "percentage point"

#: Gives an English word or template in the reader's language.
Say = Callable[[str], str]

_TOKEN = re.compile(r"\s*(?:(?P<word>[^\s*/^()\d][^\s*/^()]*)(?:\^(?P<power>-?\d))?|(?P<mark>[*/]))")
_AMOUNT = re.compile(r"(?P<value>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^;]*?)\s*(?:;\s*(?P<how>.*))?")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measurement.

    Parameters
    ----------
    powers : tuple of (str, int)
        Its words in alphabetical order with their powers, none of them 0.
    factor : Fraction
        How many of the unscaled unit it is: a million for ``million MXN``, 1/100 for ``percent``.
    """

    powers: tuple[tuple[str, int], ...] = ()
    factor: Fraction = Fraction(1)

    @staticmethod
    def parse(text: str) -> Measure:
        """Read a unit.

        Raises
        ------
        UnitError
            If the text cannot be read as a product of words, powers and scales.

        Examples
        --------
        >>> Measure.parse("million MXN/firm") == Measure.parse("MXN") * Measure.parse("million / firm")
        True
        """
        return _parse(" ".join(text.split()))

    @property
    def is_number(self) -> bool:
        """Whether it has no dimension: a pure number, a percent, a dozen."""
        return not self.powers

    @property
    def is_percent(self) -> bool:
        """Whether it is percent of something."""
        return self.is_number and self.factor == SCALES["percent"]

    def __mul__(self, other: Measure) -> Measure:
        return Measure(_product(self.powers, other.powers), self.factor * other.factor)

    def __truediv__(self, other: Measure) -> Measure:
        inverse = tuple((word, -power) for word, power in other.powers)
        return Measure(_product(self.powers, inverse), self.factor / other.factor)

    def words(self, *, plural: bool = False, say: Say = str) -> str:
        """The unit as a person writes it: ``million MXN/firm``, ``percentage points``.

        Parameters
        ----------
        plural : bool
            Whether words above the line are in the plural.
        say : callable
            Gives each word in the reader's language; English unless told.
        """
        return self._joined(plural, lambda word: _in_words(word, say))

    def _joined(self, plural: bool, say: Say) -> str:
        if self.is_percent:
            return say("percent")
        scale, month = _scale_and_month(self)
        names = {word: (month if word == "month" else word) for word, _ in self.powers}
        top = [_power(say(_plural(names[w]) if plural else names[w]), p) for w, p in self.powers if p > 0]
        bottom = [_power(say(names[w]), -p) for w, p in self.powers if p < 0]
        head = " ".join(part for part in (say(scale) if scale else "", "*".join(top)) if part)
        return "/".join([head or ("1" if bottom else ""), *bottom])

    def __str__(self) -> str:
        return self._joined(False, str)


#: The year of a date: not a length of time.
CALENDAR = Measure((("calendar-year", 1),))


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval of numbers in one unit.

    Parameters
    ----------
    value : Interval
        Counted in *measure*: 4.25 to 4.35 for a printed 4.3 million MXN.
    measure : Measure
    """

    value: Interval
    measure: Measure = Measure()

    @staticmethod
    def of(value: int | Decimal | Fraction, unit: str = "") -> Quantity:
        """An exact number in a unit."""
        return Quantity(Interval.exact(value), Measure.parse(unit))

    def to(self, measure: Measure) -> Quantity:
        """The same amount counted in another unit.

        Raises
        ------
        UnitError
            If the two do not measure the same thing.
        """
        if self.measure.powers != measure.powers:
            raise UnitError(
                f"{named(self.measure)} cannot be read as {named(measure)}",
                fix=_advice(self.measure, measure),
            )
        ratio = Interval.exact(self.measure.factor / measure.factor)
        return Quantity(self.value * ratio, measure)

    def __add__(self, other: Quantity) -> Quantity:
        return self._joined(other, "added to", 1)

    def __sub__(self, other: Quantity) -> Quantity:
        return self._joined(other, "subtracted from", -1)

    def __mul__(self, other: Quantity) -> Quantity:
        left, right = _scaled_once(self, other)
        return _simple(left.value * right.value, left.measure * right.measure)

    def __truediv__(self, other: Quantity) -> Quantity:
        left, right = _scaled_once(self, other)
        return _simple(left.value / right.value, left.measure / right.measure)

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.measure)

    def __abs__(self) -> Quantity:
        return Quantity(abs(self.value), self.measure)

    def order(self, other: Quantity) -> Literal["below", "equal", "above", "open"]:
        """How all of this compares with all of the other: ``open`` where their intervals overlap."""
        here, there = self.value, _alike(self, other, "compared with").value
        if here.high < there.low:
            return "below"
        if here.low > there.high:
            return "above"
        return "equal" if here.is_exact and here == there else "open"

    def text(self, *, say: Say = str) -> str:
        """The quantity as a person writes it, in the reader's language."""
        if self.measure == CALENDAR:
            return str(self.value).replace(",", "")
        unit = self.measure.words(plural=self.value != Interval.exact(1), say=say)
        return f"{self.value.text(say('{low} to {high}'))} {unit}".strip()

    def handy(self) -> Quantity:
        """The same, without its scale where that would leave a small fraction: 0.0002 million is 200."""
        scale = SCALES.get(_scale_and_month(self.measure)[0], Fraction(1))
        small = max(abs(self.value.low), abs(self.value.high)) < 1
        return (
            self.to(Measure(self.measure.powers, self.measure.factor / scale))
            if scale > 1 and small
            else self
        )

    def __str__(self) -> str:
        return self.text()

    def _joined(self, other: Quantity, verb: str, sign: int) -> Quantity:
        left, right = self, other
        points = Measure(((POINT, 1),))
        if left.measure.is_percent and right.measure == points:
            right = Quantity(right.value, left.measure)
        elif left.measure == points and right.measure.is_percent and sign > 0:
            left = Quantity(left.value, right.measure)
        elif left.measure.is_percent and right.measure.is_percent and sign < 0:
            left, right = Quantity(left.value, points), Quantity(right.value, points)
        elif left.measure.is_number and right.measure.is_number and left.measure != right.measure:
            left, right = left.to(Measure()), right.to(Measure())
        else:
            right = _alike(left, right, verb)
        return Quantity(left.value + right.value if sign > 0 else left.value - right.value, left.measure)


def read_amount(text: str) -> tuple[Quantity, Decimal, Fraction]:
    """A number with its unit, as in a text: what it admits, its face value, its rounding step.

    The step is one unit of the last digit unless the text goes on with ``; exact`` or ``; step 5``.

    Raises
    ------
    UnitError
        If the text is not a number followed by a unit.

    Examples
    --------
    >>> quantity, face, step = read_amount("50 percent; step 5")
    >>> str(quantity), face, step
    ('47.5 to 52.5 percent', Decimal('50'), Fraction(5, 1))
    """
    match = _AMOUNT.fullmatch(text.strip())
    if not match:
        raise UnitError(f"{text!r} is not a number with a unit", fix="write it like 4.3 million MXN/firm")
    face = Decimal(match["value"].replace(",", ""))
    step = rounding_step(face, match["how"] or "")
    value = Interval.printed(face, step)
    return Quantity(value, Measure.parse(match["unit"])), face, step


def rounding_step(face: Decimal, how: str) -> Fraction:
    """The step to which a number was rounded.

    *how* is empty (one unit of the last digit), ``exact`` (0), or the step itself, with or without the
    word ``step`` before it. UnitError for anything else.
    """
    word = how.strip().removeprefix("step").strip()
    if not word:
        return last_digit(face)
    if word == "exact":
        return Fraction(0)
    if re.fullmatch(r"\d{1,20}(\.\d{1,20})?", word):
        return Fraction(word)
    raise UnitError(f"{how!r} is not a rounding step", fix="leave it empty, or write exact or a number")


def named(measure: Measure) -> str:
    """The unit in words; a pure number is called so."""
    return str(measure) or "a pure number"


def _alike(left: Quantity, right: Quantity, verb: str) -> Quantity:
    if left.measure.powers != right.measure.powers:
        first, second = (right, left) if verb != "compared with" else (left, right)
        raise UnitError(
            f"{named(first.measure)} cannot be {verb} {named(second.measure)}",
            fix=_advice(left.measure, right.measure),
        )
    return right.to(left.measure)


def _advice(left: Measure, right: Measure) -> str:
    words = {word for word, _ in left.powers}, {word for word, _ in right.powers}
    if POINT in words[0] | words[1]:
        return "a difference of two percents is in percentage points; divide by the base for a percent"
    for word in sorted(words[0] - words[1]):
        if f"{word}s" in words[1] or word.removesuffix("s") in words[1]:
            return f"write one word for one thing: {word.removesuffix('s')}"
    alone = sorted(words[0] ^ words[1])
    return f"they differ in {', '.join(alone)}" if alone else "they differ in powers"


def _scaled_once(left: Quantity, right: Quantity) -> tuple[Quantity, Quantity]:
    """Percents of something become pure numbers; a percent and a pure number stay as they are."""
    plain = Measure()
    if (left.measure.is_percent and right.measure == plain) or (
        left.measure == plain and right.measure.is_percent
    ):
        return left, right
    return _bare(left), _bare(right)


def _bare(quantity: Quantity) -> Quantity:
    return quantity.to(Measure()) if quantity.measure.is_number else quantity


def _simple(value: Interval, measure: Measure) -> Quantity:
    """Scales that have no name go into the number."""
    if measure.factor == 1 or _scale_and_month(measure) != ("", "month"):
        return Quantity(value, measure)
    scales = (Fraction(10**9), Fraction(10**6), Fraction(1000)) if measure.powers else ()
    scale = next((scale for scale in scales if measure.factor >= scale), Fraction(1))
    return Quantity(value * Interval.exact(measure.factor / scale), Measure(measure.powers, scale))


def _scale_and_month(measure: Measure) -> tuple[str, str]:
    """The name of a unit's scale, and whether its time is counted in months or years."""
    by_factor = {factor: word for word, factor in SCALES.items() if measure.powers or word == "percent"}
    power = dict(measure.powers).get("month", 0)
    years = measure.factor / Fraction(12) ** power
    if power and (years == 1 or years in by_factor):
        return by_factor.get(years, ""), "year"
    return by_factor.get(measure.factor, ""), "month"


def _in_words(word: str, say: Say) -> str:
    """A word as a person writes it: ``MXN@2015`` is MXN at 2015 prices."""
    unit, at, year = word.partition("@")
    return say("{unit} at {year} prices").format(unit=say(unit), year=year) if at else say(word)


def _plural(word: str) -> str:
    """The English plural of a unit's word; symbols (``MXN``, ``m2``, ``km``) have none."""
    if len(word) < 4 or not word.replace("-", "").replace(" ", "").isalpha() or not word.islower():
        return word
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _product(
    left: Iterable[tuple[str, int]], right: Iterable[tuple[str, int]]
) -> tuple[tuple[str, int], ...]:
    powers: dict[str, int] = {}
    for word, power in (*left, *right):
        powers[word] = powers.get(word, 0) + power
    return tuple(sorted((word, power) for word, power in powers.items() if power))


def _power(word: str, power: int) -> str:
    return word if power == 1 else f"{word}^{power}"


@lru_cache(maxsize=1024)
def _parse(text: str) -> Measure:
    text = text.replace(POINT, POINT.replace(" ", "-"))
    result, sign, place, expects_word = Measure(), 1, 0, False
    if text.startswith("1/"):
        text = text[1:]
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match or (match["mark"] and expects_word):
            raise UnitError(f"{text!r} is not a unit", where=f"at {text[place:].strip()!r}", fix=_HOW)
        place = match.end()
        if match["mark"]:
            sign, expects_word = (-1 if match["mark"] == "/" else 1), True
            continue
        power = int(match["power"] or 1) * sign
        result = result * _word(match["word"], power)
        sign, expects_word = 1, False
    if expects_word:
        raise UnitError(f"{text!r} ends where a unit should follow", fix=_HOW)
    return result


_HOW = "write it like million MXN/firm, percent, m^2 or MXN/USD"


def _word(word: str, power: int) -> Measure:
    word = POINT if word == POINT.replace(" ", "-") else word
    if word in SCALES:
        return Measure((), SCALES[word] ** power)
    if word in MULTIPLES:
        base, factor = MULTIPLES[word]
        return Measure(((base, power),) if base and power else (), factor**power)
    return Measure(((word, power),) if power else ())
