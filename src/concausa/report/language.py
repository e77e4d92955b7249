"""The language of a report: its words, numbers and dates, and the study's own texts in it."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.core.large import LARGE, scientific
from concausa.core.nearest import nearest
from concausa.report.held import Held
from concausa.study.study import Study

#: Code of each language, with its name in itself and the region whose numbers and dates it uses.
LANGUAGES = {"en": ("English", "en"), "es": ("Español", "es_MX")}


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a report can be written in: ``en`` or ``es``.

    Raises
    ------
    UnknownNameError
        If there is no such language.

    Examples
    --------
    >>> Language("es").date(Date.parse("2003-05-19"))
    '19 de mayo de 2003'
    """

    code: str = "en"

    def __post_init__(self) -> None:
        if self.code not in LANGUAGES:
            near = nearest(self.code, LANGUAGES)
            raise UnknownNameError(
                f"there is no language {self.code!r}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(LANGUAGES)}",
            )

    @property
    def name(self) -> str:
        """Its name in itself, such as Español."""
        return LANGUAGES[self.code][0]

    @property
    def locale(self) -> str:
        """The locale whose numbers and dates it uses, such as es_MX."""
        return LANGUAGES[self.code][1]

    def say(self, message: str, /, **values: object) -> str:
        """An English message of the package in this language, with *values* put in its ``{places}``.

        A message without translation is said in English. Only the message is read for places; what
        stands in the values is text.
        """
        said = _catalogue(self.code).gettext(message) if message else ""
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form of a message that goes with *n*, which is put in its place ``{n}``.

        Examples
        --------
        >>> Language("en").plural("{n} source", "{n} sources", 1)
        '1 source'
        """
        return _catalogue(self.code).ngettext(one, many, n).format(n=self.number(n), **values)

    def level(self, word: str) -> str:
        """A level, verdict or other word of the package or of a study; as it is if unknown."""
        return _catalogue(self.code).gettext(word) if word else ""

    def number(self, value: Decimal | float, digits: int | None = None) -> str:
        """A number with this language's signs.

        A Decimal keeps the digits it was printed with; *digits*, if given, sets the decimals of any
        number (half to even). Not a number is a dash; a negative one has a minus sign, not a hyphen.
        """
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if not exact.is_finite():
            return "–" if exact.is_nan() else ("∞" if exact > 0 else "−∞")
        if digits is not None:
            exact = round(exact, digits)
        shown = max(-int(exact.as_tuple().exponent), 0)
        if not isinstance(value, Decimal) and digits is None and exact == exact.to_integral_value():
            shown = 0
        return _number(str(exact), shown, self.locale)

    def date(self, date: Date | None) -> str:
        """An EDTF date in words: ``19 May 2003``, ``about 2006``, ``2004 to 2009``, ``since 2004``."""
        return _date(self, date.text) if date else ""

    def of(self, study: Study, table: str, row: Any, column: str) -> str:
        """A text of the study in this language, or as written if the study does not translate it.

        Parameters
        ----------
        table : str
            Name of the row's table, such as ``evidence``; ``study`` for its settings.
        row : object
            The row, or its id.
        column : str
            The row's column. Dates and numbers are said in this language, several words are joined
            with ``; ``.
        """
        row = study.row(table, row) if isinstance(row, str) and table != "study" else row
        written = getattr(study.settings if table == "study" else row, column)
        if isinstance(written, Date):
            return self.date(written)
        if isinstance(written, bool):
            return self.say("yes") if written else self.say("no")
        if isinstance(written, Decimal | float):
            return self.number(written)
        if written is None:
            return ""
        text = "; ".join(written) if isinstance(written, tuple) else str(written)
        if self.code == (study.settings.language or "en"):
            return text
        ident = study.settings.id if table == "study" else row.id
        translated = _texts(study, self.code).get(f"{table}.{ident}.{column}")
        return translated if translated is not None else self.word(study, text)

    def word(self, study: Study, text: str) -> str:
        """A text that stands in many rows of a study, such as a section's heading, in this language.

        It is translated once, under the id ``word.TEXT``; without a translation it is as written.
        """
        if self.code == (study.settings.language or "en"):
            return text
        return _texts(study, self.code).get(f"word.{text}", text)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """The words of a language, read from its .po file; the language of the messages needs none."""
    place = files("concausa.report") / "locale" / code / "LC_MESSAGES" / "concausa.po"
    if not place.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with place.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _texts(study: Study, code: str) -> dict[str, str]:
    return _texts_of(Held(study), code)


@lru_cache(maxsize=8)
def _texts_of(held: Held, code: str) -> dict[str, str]:
    return {row.id: row.text for row in held.study.translations if row.language == code}


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@lru_cache(maxsize=4096)
def _number(digits: str, shown: int, locale: str) -> str:
    from babel.numbers import format_decimal

    number, power = Decimal(digits), 0
    if shown == 0 and abs(number) >= LARGE:
        number, power = scientific(int(number))
        shown = 2
    pattern = "#,##0" + ("." + "0" * shown if shown else "")
    told = str(format_decimal(number, format=pattern, locale=locale)).replace("-", "−")
    return told if not power else f"{told} × 10{str(power).translate(_RAISED)}"


@lru_cache(maxsize=4096)
def _date(language: Language, text: str) -> str:
    date = Date.parse(text)
    if not date.is_interval:
        return _point(language, date)
    left, right = text.split("/")
    if left == "..":
        return language.say("until {end}", end=_point(language, Date.parse(right)))
    if right == "..":
        return language.say("since {start}", start=_point(language, Date.parse(left)))
    unknown = language.say("an unknown date")
    return language.say(
        "{start} to {end}",
        start=_point(language, Date.parse(left)) if left else unknown,
        end=_point(language, Date.parse(right)) if right else unknown,
    )


def _point(language: Language, date: Date) -> str:
    from babel.dates import format_date

    day = date.start
    if date.precision == "year":
        words = str(day.year)
    elif language.code == "es":
        pattern = "MMMM 'de' y" if date.precision == "month" else "d 'de' MMMM 'de' y"
        words = format_date(day, pattern, locale=language.locale)
    else:
        words = format_date(
            day, "MMMM y" if date.precision == "month" else "d MMMM y", locale=language.locale
        )
    if date.approximate and date.uncertain:
        return language.say("about {date}, unsure", date=words)
    if date.approximate:
        return language.say("about {date}", date=words)
    return language.say("{date}, unsure", date=words) if date.uncertain else words
