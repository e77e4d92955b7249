"""The numbers of a map: one a unit where there is one, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from concausa.core.errors import ConcausaError
from concausa.core.unit import Unit
from concausa.record.fact import Fact, Series
from concausa.record.map_spec import MapSpec
from concausa.registry.printed_sums import by_unit, printed_sums
from concausa.registry.unit_values import Asked, UnitValues


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
    remarks = by_unit(spec.remarks, units, f"{where}, remarks", "say both in one remark", MapError)
    if spec.values:
        sums = printed_sums(spec.values, units, facts, f"{where}, values", MapError)
        return tuple(Shade(unit, *sums.get(unit.id, (None, ())), remarks.get(unit.id, "")) for unit in units)
    numbers = _of_series(spec, units, series, folder, where)
    return tuple(Shade(unit, numbers.get(unit.id), (), remarks.get(unit.id, "")) for unit in units)


def _of_series(
    spec: MapSpec, units: Sequence[Unit], series: Iterable[Series], folder: Path | None, where: str
) -> dict[str, Decimal]:
    if folder is None:
        raise MapError(
            "a map of a series needs the study's folder", where=where, fix="save the study to a folder"
        )
    asked = Asked(spec.series, spec.time, spec.since, spec.per, spec.times)
    return UnitValues(units, series, folder, MapError).numbers(asked, where)


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
