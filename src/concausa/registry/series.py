"""Readings of an open data file: one number a unit and time."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from concausa.core.date import Date
from concausa.core.errors import ConcausaError
from concausa.core.interval import LARGEST
from concausa.core.nearest import nearest
from concausa.core.unit import Unit
from concausa.record.fact import Series


class SeriesError(ConcausaError):
    """A series that cannot be read, or that has no value where one is asked for."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What a series says.

    Parameters
    ----------
    series : Series
    values : mapping of (unit code, time) to Decimal
        Unit codes as the file writes them, empty for a national series; times as the file writes them.
    codes : mapping of str to str
        From the ids of the study's units to the file's codes.
    """

    series: Series
    values: Mapping[tuple[str, str], Decimal]
    codes: Mapping[str, str]

    def at(self, when: str, unit: str = "") -> tuple[Decimal, ...]:
        """The values in a time or window, in order of time.

        A yearly series must have every year of the window, a monthly one every month: a total over
        a window with a gap would be too small without saying so.

        Parameters
        ----------
        when : str
            EDTF: ``2009``, ``2009-05``, ``2005/2009``.
        unit : str
            Id of a unit of the study, or the file's own code; empty for a national series.

        Raises
        ------
        SeriesError
            If the unit or any part of the window has no value, or if it has values of years beside
            values of months there, which would be counted twice.
        DateError
            If *when* is not a date.
        """
        code = self._code(unit)
        asked = Date.parse(when)
        times = sorted(time for owner, time in self.values if owner == code)
        inside = [time for time in times if _within(Date.parse(time), asked)]
        fine = {Date.parse(time).precision for time in inside}
        if len(fine) > 1:
            first, second = sorted(fine)[:2]
            raise SeriesError(
                f"{self.series.id} has a value by {first} and one by {second} within {when}",
                where=self.series.file,
                fix="keep the rows of one kind with where, or name a time of one kind",
            )
        if missing := [slot for slot in _slots(asked, inside or times) if slot not in inside]:
            listed = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
            raise SeriesError(
                f"{self.series.id} has no value for {' '.join(filter(None, (unit, listed)))}",
                where=self.series.file,
                fix=f"it has {spelt_times(times)}",
            )
        return tuple(self.values[code, time] for time in inside)

    def by_year(self, window: Date, unit: str = "") -> dict[int, Decimal]:
        """The value of each year that a window touches; SeriesError if one is missing."""
        years = range(window.start.year, window.end.year + 1)
        found: dict[int, Decimal] = {}
        for year in years:
            values = self.at(f"{year:04d}", unit)
            if len(values) != 1:
                raise SeriesError(
                    f"{self.series.id} has {len(values)} values in {year}, one a year is needed",
                    where=self.series.file,
                    fix="use a yearly series",
                )
            found[year] = values[0]
        return found

    def _code(self, unit: str) -> str:
        owners = {owner for owner, _ in self.values}
        if not self.series.unit:
            if unit:
                raise SeriesError(
                    f"{self.series.id} is a national series and has no unit {unit!r}",
                    fix=f"{self.series.id}[TIME]",
                )
            return ""
        if not unit:
            raise SeriesError(
                f"{self.series.id} has a value a unit", fix=f"name one: {self.series.id}[UNIT, TIME]"
            )
        code = self.codes.get(unit, unit)
        if code not in owners:
            known = [name for name, owner in self.codes.items() if owner in owners]
            near = nearest(unit, known)
            raise SeriesError(
                f"{self.series.id} has no unit {unit!r}",
                where=self.series.file,
                fix=f"did you mean {near}?" if near else f"units are {', '.join(sorted(known)[:12])} …",
            )
        return code


def read(series: Series, folder: Path, units: Iterable[Unit] = ()) -> Readings:
    """Read a series from the file that it names.

    Rows that fall on the same unit and time are added up if *where* keeps several classes
    (``scian=511210|541510``); otherwise they are an error, since one of them would have to be chosen.

    Raises
    ------
    SeriesError
        If the file is outside the study's folder or cannot be read, if a column is missing, a number
        is none, or one unit and time have two values.
    """
    path = _path(series, folder)
    keep = _conditions(series)
    adds_up = any(len(allowed) > 1 for allowed in keep.values())
    values: dict[tuple[str, str], Decimal] = {}
    for line, row in _rows(series, path, keep):
        if not row[series.value] or any(row[name] not in allowed for name, allowed in keep.items()):
            continue
        place = (row[series.unit] if series.unit else "", row[series.time])
        if place in values and not adds_up:
            raise SeriesError(
                f"{series.id} has two values for {' '.join(filter(None, place))}",
                where=f"{series.file}:{line}",
                fix="narrow the rows with where, or name the classes to be added: column=one|other",
            )
        values[place] = values.get(place, Decimal(0)) + _amount(row[series.value], series, line)
    return Readings(series, values, codes_of(series, units))


def times_in(series: Series, data: bytes, units: Iterable[Unit]) -> tuple[str, ...]:
    """The times at which the file of a series has a value for one of the units, in order, as the file writes them.

    Raises
    ------
    SeriesError
        If a condition of *where* is none, or a column is missing.
    """
    keep = _conditions(series)
    codes = frozenset(codes_of(series, units).values())
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""), restkey="")
    _check_columns(series, keep, rows.fieldnames or ())
    found = set()
    for row in rows:
        cells = {name: (cell or "").strip() for name, cell in row.items() if name}
        kept = cells[series.value] and all(cells[name] in allowed for name, allowed in keep.items())
        if kept and (not series.unit or cells[series.unit] in codes):
            found.add(cells[series.time])
    return tuple(sorted(found))


def read_words(series: Series, folder: Path) -> dict[tuple[str, str], str]:
    """The words in the column of a series, such as parties, by unit code and time as the file writes them.

    Raises
    ------
    SeriesError
        As for ``read``; also if one unit and time have two different words.
    """
    keep = _conditions(series)
    words: dict[tuple[str, str], str] = {}
    for line, row in _rows(series, _path(series, folder), keep):
        word = row[series.value]
        if not word or any(row[name] not in allowed for name, allowed in keep.items()):
            continue
        place = (row[series.unit] if series.unit else "", row[series.time])
        if words.setdefault(place, word) != word:
            raise SeriesError(
                f"{series.id} has two words for {' '.join(filter(None, place))}: {words[place]} and {word}",
                where=f"{series.file}:{line}",
                fix="narrow the rows with where",
            )
    return words


def _rows(series: Series, path: Path, keep: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the line on which each ends, cells without the space around them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, restkey="")
            _check_columns(series, keep, reader.fieldnames or ())
            for row in reader:
                yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name}
    except UnicodeDecodeError as error:
        raise SeriesError(f"{series.file} is not in UTF-8", fix="save the file as CSV UTF-8") from error
    except csv.Error as error:
        raise SeriesError(f"{series.file} is not a CSV file: {error}", where=f"series {series.id}") from error


def _path(series: Series, folder: Path) -> Path:
    path = (folder / series.file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SeriesError(
            f"{series.file} lies outside the study's folder", fix="copy the file into the folder"
        )
    if not path.is_file():
        raise SeriesError(
            f"there is no file {series.file} in the study's folder", where=f"series {series.id}"
        )
    return path


def _conditions(series: Series) -> dict[str, frozenset[str]]:
    keep: dict[str, frozenset[str]] = {}
    for part in filter(None, (part.strip() for part in series.where.split(";"))):
        name, equals, wanted = part.partition("=")
        if not equals or not wanted.strip():
            raise SeriesError(
                f"where: {part!r} is not column=value", where=f"series {series.id}", fix="scian=511210|541510"
            )
        keep[name.strip()] = frozenset(value.strip() for value in wanted.split("|"))
    return keep


def _check_columns(series: Series, keep: Iterable[str], present: Iterable[str]) -> None:
    there = list(present)
    for name in filter(None, (series.value, series.time, series.unit, *keep)):
        if name not in there:
            near = nearest(name, there)
            raise SeriesError(
                f"{series.file} has no column {name!r}",
                where=f"series {series.id}",
                fix=f"did you mean {near}?" if near else f"columns are {', '.join(there)}",
            )


def _amount(raw: str, series: Series, line: int) -> Decimal:
    try:
        amount = Decimal(raw)
    except InvalidOperation:
        amount = Decimal("nan")
    if not amount.is_finite() or abs(amount.adjusted()) > LARGEST:
        raise SeriesError(f"{raw!r} is not a number", where=f"{series.file}:{line}, column {series.value}")
    return amount


def codes_of(series: Series, units: Iterable[Unit]) -> dict[str, str]:
    """From the ids of units to the codes by which the file names them."""
    if series.unit_code in ("iso_3166_2", "name"):
        return {unit.id: getattr(unit, series.unit_code) for unit in units}
    return {unit.id: unit.id for unit in units}


def _within(inner: Date, outer: Date) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _slots(asked: Date, times: list[str]) -> Iterator[str]:
    """The times that the window must have, in the precision of the file."""
    fine = {Date.parse(time).precision for time in times}
    if fine == {"month"}:
        yield from (f"{day.year:04d}-{day.month:02d}" for day in months(asked))
    elif fine == {"year"}:
        yield from (f"{year:04d}" for year in range(asked.start.year, asked.end.year + 1))
    elif not any(_within(Date.parse(time), asked) for time in times):
        yield asked.text


def months(window: Date) -> Iterator[datetime.date]:
    """The first day of each month that a window touches."""
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        yield datetime.date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def spelt_times(times: Sequence[str]) -> str:
    """Times in words: each of a few, else the first and the last."""
    if not times:
        return "none"
    return ", ".join(times) if len(times) <= 6 else f"{times[0]} to {times[-1]}"
