"""One value a unit, worked out from open data series: at a time, over a window, as a change or a ratio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from concausa.core.date import Date
from concausa.core.errors import ConcausaError
from concausa.core.nearest import nearest
from concausa.core.unit import Unit
from concausa.record.fact import Series
from concausa.registry.series import Readings, codes_of, read, read_words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a series.

    Parameters
    ----------
    series : str
        Its id.
    time : str
        A time as the file writes it, or a window of years, which is summed.
    since : str
        When set: the change in percent from this time to that.
    per : str
        Id of a series of the same time to divide by.
    times : Decimal, optional
        What the ratio is multiplied by.
    latest : bool
        The last value that is not later than *time*, instead of the one at it.
    withheld : Decimal, optional
        The number that the file writes where it tells nothing; a unit with it has no value.
    """

    series: str
    time: str
    since: str = ""
    per: str = ""
    times: Decimal | None = None
    latest: bool = False
    withheld: Decimal | None = None


class UnitValues:
    """Reads series for some units, each file once.

    Parameters
    ----------
    units : sequence of Unit
    series : iterable of Series
    folder : Path
        Where the files lie.
    error : type of ConcausaError
        What is raised for a series that does not exist, or that says nothing of any unit.
    """

    def __init__(
        self, units: Sequence[Unit], series: Iterable[Series], folder: Path, error: type[ConcausaError]
    ) -> None:
        self.units = units
        self._series = {one.id: one for one in series}
        self._folder = folder
        self._error = error
        self._read: dict[str, Readings] = {}

    def numbers(self, asked: Asked, where: str) -> dict[str, Decimal]:
        """The number of each unit that has one, by its id; none is ever filled in."""
        readings = self._readings(asked.series, where)
        divisor = self._readings(asked.per, where) if asked.per else None
        numbers: dict[str, Decimal] = {}
        for unit in self.units:
            value = _at(readings, unit, asked)
            base = _at(readings, unit, asked, asked.since) if asked.since else None
            count = _at(divisor, unit, asked) if divisor else Decimal(1)
            if value is None or not count or (asked.since and not base):
                continue
            if base:
                value = (value / base - 1) * 100
            numbers[unit.id] = value / count * (asked.times or Decimal(1))
        if not numbers:
            raise self._silent(asked, where)
        return numbers

    def words(self, asked: Asked, where: str) -> dict[str, str]:
        """The word of each unit that has one, such as a party, by its id."""
        own = self._known(asked.series, where)
        words, codes = read_words(own, self._folder), codes_of(own, self.units)
        found = {
            unit.id: word
            for unit in self.units
            if (word := _picked(words, codes.get(unit.id, unit.id), asked.time, latest=asked.latest))
            is not None
        }
        if not found:
            raise self._silent(asked, where)
        return found

    def _readings(self, id: str, where: str) -> Readings:
        if id not in self._read:
            self._read[id] = read(self._known(id, where), self._folder, self.units)
        return self._read[id]

    def _known(self, id: str, where: str) -> Series:
        if id not in self._series:
            near = nearest(id, self._series)
            raise self._error(
                f"there is no series {id!r}",
                where=where,
                fix=f"did you mean {near}?" if near else "declare it in [[series]]",
            )
        return self._series[id]

    def _silent(self, asked: Asked, where: str) -> ConcausaError:
        return self._error(
            f"{asked.series} has no value for any unit at {asked.time!r}",
            where=where,
            fix="check time and unit_code",
        )


def _at(readings: Readings, unit: Unit, asked: Asked, time: str = "") -> Decimal | None:
    """The value at a time, or the sum over every year of a window; None where one is missing."""
    code, when = readings.codes.get(unit.id, unit.id), time or asked.time
    if "/" not in when:
        value = _picked(readings.values, code, when, latest=asked.latest)
        return None if value is not None and value == asked.withheld else value
    window = Date.parse(when)
    values = [
        readings.values.get((code, str(year))) for year in range(window.start.year, window.end.year + 1)
    ]
    present = [value for value in values if value is not None and value != asked.withheld]
    return sum(present, Decimal(0)) if len(present) == len(values) else None


def _picked(values: Mapping[tuple[str, str], T], code: str, time: str, *, latest: bool) -> T | None:
    if not latest:
        return values.get((code, time))
    end = Date.parse(time).end
    dated = [(Date.parse(when), value) for (owner, when), value in values.items() if owner == code]
    past = [(date.end, value) for date, value in dated if date.end <= end]
    return max(past, key=lambda pair: pair[0])[1] if past else None
