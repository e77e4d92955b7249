"""The numbers of a map: one a unit where there is one, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import ConcausaError
from concausa.core.nearest import nearest
from concausa.core.unit import Unit
from concausa.record.fact import Fact, Series
from concausa.record.map_spec import MapSpec
from concausa.registry.series import Readings, read


class MapError(ConcausaError):
    """A map whose declaration, boundaries or numbers do not fit together."""


@dataclass(frozen=True, slots=True)
class Shade:
    """What a map says of one unit.

    Parameters
    ----------
    unit : Unit
    value : Decimal or None
        None where nothing gives a number.
    facts : tuple of str
        Ids of the facts that the value is the sum of; empty for a series.
    remark : str
        What is said of the unit without a number.
    """

    unit: Unit
    value: Decimal | None = None
    facts: tuple[str, ...] = ()
    remark: str = ""


def shades(
    spec: MapSpec, units: Sequence[Unit], facts: Iterable[Fact], series: Iterable[Series], folder: Path | None
) -> tuple[Shade, ...]:
    """What the map says of each unit, in the order of *units*.

    Raises
    ------
    MapError
        If the map names a unit, fact or series that does not exist, adds up facts of different
        units of measurement, declares both or neither of ``values`` and ``series``, or uses a series
        without a folder to read it from.
    SeriesError
        If the series' file cannot be read.
    """
    where = f"maps {spec.id}"
    if bool(spec.values) == bool(spec.series):
        raise MapError(
            "a map takes its numbers either from values or from a series",
            where=where,
            fix="set one of the two",
        )
    known = {unit.id for unit in units}
    remarks = _by_unit(spec.remarks, known, f"{where}, remarks", "say both in one remark")
    if spec.values:
        sums = _by_unit(spec.values, known, f"{where}, values", "add them up: {unit}={first}+{second}")
        by_id = {fact.id: fact for fact in facts}
        return tuple(
            _printed(unit, sums.get(unit.id, ""), by_id, remarks.get(unit.id, ""), where) for unit in units
        )
    numbers = _of_series(spec, units, {one.id: one for one in series}, folder, where)
    return tuple(Shade(unit, numbers.get(unit.id), (), remarks.get(unit.id, "")) for unit in units)


def _by_unit(texts: Iterable[str], known: set[str], where: str, fix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        unit, rest = _pair(text, known, where)
        if unit in found:
            told = fix.format(unit=unit, first=found[unit], second=rest)
            raise MapError(f"{unit} stands twice", where=where, fix=told)
        found[unit] = rest
    return found


def _pair(text: str, known: set[str], where: str) -> tuple[str, str]:
    unit, equals, rest = text.partition("=")
    unit, rest = unit.strip(), rest.strip()
    if not equals or not rest:
        raise MapError(f"{text!r} is not UNIT=…", where=where, fix="write NL=nl_funds_2005_2009")
    if unit not in known:
        near = nearest(unit, known)
        raise MapError(
            f"there is no unit {unit!r}",
            where=where,
            fix=f"did you mean {near}?" if near else "name a row of units",
        )
    return unit, rest


def _printed(unit: Unit, sum_of: str, facts: Mapping[str, Fact], remark: str, where: str) -> Shade:
    ids = tuple(part.strip() for part in sum_of.split("+") if part.strip())
    for id in ids:
        if id not in facts:
            near = nearest(id, facts)
            raise MapError(
                f"there is no fact {id!r}", where=f"{where}, values",
                fix=f"did you mean {near}?" if near else "name a row of facts",
            )  # fmt: skip
    scales = {facts[id].measured_in for id in ids}
    if len(scales) > 1:
        raise MapError(
            f"{unit.id} adds up {' and '.join(sorted(scales))}", where=f"{where}, values",
            fix="add up facts that are measured in the same unit",
        )  # fmt: skip
    amounts = [amount for id in ids if (amount := facts[id].value) is not None]
    whole = ids and len(amounts) == len(ids)
    return Shade(unit, sum(amounts, Decimal(0)) if whole else None, ids, remark)


def _of_series(
    spec: MapSpec, units: Sequence[Unit], series: Mapping[str, Series], folder: Path | None, where: str
) -> dict[str, Decimal]:
    if folder is None:
        raise MapError(
            "a map of a series needs the study's folder", where=where, fix="save the study to a folder"
        )
    readings = _reading(spec.series, series, units, folder, where)
    divisor = _reading(spec.per, series, units, folder, where) if spec.per else None
    numbers: dict[str, Decimal] = {}
    for unit in units:
        value = _at(readings, unit, spec.time)
        base = _at(readings, unit, spec.since) if spec.since else None
        count = _at(divisor, unit, spec.time) if divisor else Decimal(1)
        if value is None or not count or (spec.since and not base):
            continue
        if base:
            value = (value / base - 1) * 100
        numbers[unit.id] = value / count * (spec.times or Decimal(1))
    if not numbers:
        raise MapError(
            f"{spec.series} has no value for any unit at {spec.time!r}",
            where=where,
            fix="check time and unit_code",
        )
    return numbers


def _reading(
    id: str, series: Mapping[str, Series], units: Sequence[Unit], folder: Path, where: str
) -> Readings:
    if id not in series:
        near = nearest(id, series)
        raise MapError(
            f"there is no series {id!r}",
            where=where,
            fix=f"did you mean {near}?" if near else "declare it in [[series]]",
        )
    return read(series[id], folder, units)


def _at(readings: Readings, unit: Unit, time: str) -> Decimal | None:
    """The value at a time, or the sum over every year of a window; None where one is missing."""
    code = readings.codes.get(unit.id, unit.id)
    if "/" not in time:
        return readings.values.get((code, time))
    window = Date.parse(time)
    values = [
        readings.values.get((code, str(year))) for year in range(window.start.year, window.end.year + 1)
    ]
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) if len(present) == len(values) else None


def boundaries(spec: MapSpec, units: Sequence[Unit], folder: Path | None) -> dict[str, dict[str, Any]]:
    """The geometry of each unit that has one, by the unit's id.

    Raises
    ------
    MapError
        If the file is missing, outside the folder, no GeoJSON, or holds none of the units.
    """
    where = f"maps {spec.id}"
    if folder is None:
        raise MapError(
            "a map needs the study's folder for its boundaries", where=where, fix="save the study to a folder"
        )
    path = (folder / spec.geometry).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise MapError(
            f"there is no file {spec.geometry} in the study's folder",
            where=where,
            fix="copy the boundaries into it",
        )
    return outlines(spec, units, path.read_bytes())


def outlines(spec: MapSpec, units: Sequence[Unit], data: bytes) -> dict[str, dict[str, Any]]:
    """The geometry of each unit that *data*, the content of a GeoJSON file, has one for.

    Raises
    ------
    MapError
        If the data are no GeoJSON, or hold none of the units.
    """
    where = f"maps {spec.id}"
    try:
        features = json.loads(data.decode("utf-8"))["features"]
        named = {str(feature["properties"][spec.key]): feature["geometry"] for feature in features}
    except (ValueError, KeyError, TypeError) as error:
        raise MapError(
            f"{spec.geometry} is not GeoJSON whose features have the property {spec.key!r}", where=where,
            fix="each feature needs properties and a geometry",
        ) from error  # fmt: skip
    found = {unit.id: named[code] for unit in units if (code := getattr(unit, spec.unit_code)) in named}
    if not found:
        raise MapError(
            f"no feature of {spec.geometry} has the {spec.unit_code} of a unit in {spec.key!r}", where=where,
            fix=f"its first values are {', '.join(list(named)[:4])}",
        )  # fmt: skip
    return found
