"""The numbers of a map: sums of printed facts, or open data; nothing where there is nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from concausa.core.unit import Unit
from concausa.record.fact import Fact, Series
from concausa.record.map_spec import MapSpec
from concausa.registry.territory import MapError, boundaries, shades

UNITS = (
    Unit(id="N", name="North", role="core", iso_3166_2="XX-N"),
    Unit(id="S", name="South", role="core", iso_3166_2="XX-S"),
    Unit(id="W", name="West", role="population", iso_3166_2="XX-W"),
)
FACTS = (
    Fact(id="a", subject="a", measure="m", value=Decimal("10.5"), measured_in="km"),
    Fact(id="b", subject="b", measure="m", value=Decimal("2"), measured_in="km"),
    Fact(id="c", subject="c", measure="m", value=Decimal("1"), measured_in="day"),
)
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def declared(**fields: Any) -> MapSpec:
    usual = {
        "id": "roads", "label": "Roads", "geometry": "areas.geojson", "key": "code", "unit_code": "iso_3166_2",
        "measured_in": "km",
    }  # fmt: skip
    return MapSpec(**{**usual, **fields})


def series(id: str, file: str) -> Series:
    return Series(
        id=id,
        label=id,
        file=file,
        value="n",
        time="year",
        unit="code",
        unit_code="iso_3166_2",
        measured_in="x",
        source="D",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    features = [{"properties": {"code": code}, "geometry": SQUARE} for code in ("XX-N", "XX-S", "XX-?")]
    (tmp_path / "areas.geojson").write_text(json.dumps({"features": features}))
    (tmp_path / "roads.csv").write_text("code,year,n\nXX-N,2004,50\nXX-N,2005,60\nXX-S,2004,0\nXX-S,2005,8\n")
    (tmp_path / "people.csv").write_text("code,year,n\nXX-N,2005,2000\nXX-S,2005,4000\n")
    return tmp_path


def numbers(spec: MapSpec, folder: Path | None = None) -> dict[str, Decimal | None]:
    known = (series("roads", "roads.csv"), series("people", "people.csv"))
    return {shade.unit.id: shade.value for shade in shades(spec, UNITS, FACTS, known, folder)}


def test_printed_numbers_are_added_and_a_unit_without_one_stays_empty() -> None:
    assert numbers(declared(values=("N=a+b",))) == {"N": Decimal("12.5"), "S": None, "W": None}


def test_a_remark_gives_no_number() -> None:
    found = shades(declared(values=("N=a",), remarks=("S=more than N",)), UNITS, FACTS, (), None)
    assert [(shade.value, shade.remark) for shade in found] == [
        (Decimal("10.5"), ""),
        (None, "more than N"),
        (None, ""),
    ]


def test_a_series_is_looked_up_by_the_code_of_the_unit(folder: Path) -> None:
    assert numbers(declared(series="roads", time="2005"), folder) == {"N": 60, "S": 8, "W": None}


def test_a_ratio_divides_by_the_other_series_of_the_same_time(folder: Path) -> None:
    spec = declared(series="roads", time="2005", per="people", times=Decimal(1000))
    assert numbers(spec, folder) == {"N": 30, "S": 2, "W": None}  # 60/2000 and 8/4000, for each 1000


def test_growth_is_in_percent_and_growth_from_nothing_has_no_number(folder: Path) -> None:
    assert numbers(declared(series="roads", time="2005", since="2004"), folder) == {
        "N": 20,
        "S": None,
        "W": None,
    }


def test_a_window_is_summed_only_where_every_year_is_there(folder: Path) -> None:
    assert numbers(declared(series="roads", time="2004/2005"), folder) == {"N": 110, "S": 8, "W": None}
    with pytest.raises(MapError, match="no value for any unit"):
        numbers(declared(series="roads", time="2004/2006"), folder)


@pytest.mark.parametrize(
    ("fields", "what", "fix"),
    [
        ({}, "either from values or from a series", "set one of the two"),
        (
            {"values": ("N=a",), "series": "roads"},
            "either from values or from a series",
            "set one of the two",
        ),
        ({"values": ("N",)}, "'N' is not UNIT=…", "write NL=nl_funds_2005_2009"),
        ({"values": ("M=a",)}, "there is no unit 'M'", "name a row of units"),
        ({"values": ("N=aa",)}, "there is no fact 'aa'", "did you mean a?"),
        ({"values": ("N=a+c",)}, "N adds up day and km", "add up facts that are measured in the same unit"),
        ({"values": ("N=a", "S=b", "N=b")}, "N stands twice", "add them up: N=a+b"),
        (
            {"values": ("N=a",), "remarks": ("S=more", "S=less")},
            "S stands twice",
            "say both in one remark",
        ),
        ({"series": "roadz", "time": "2005"}, "there is no series 'roadz'", "did you mean roads?"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_a_fix(
    fields: dict[str, Any], what: str, fix: str, folder: Path
) -> None:
    with pytest.raises(MapError) as caught:
        numbers(declared(**fields), folder)
    assert what in caught.value.what
    assert caught.value.fix == fix
    assert caught.value.where.startswith("maps roads")


def test_boundaries_are_found_by_code_and_foreign_ones_ignored(folder: Path) -> None:
    assert set(boundaries(declared(), UNITS, folder)) == {"N", "S"}


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"geometry": "none.geojson"}, "there is no file none.geojson"),
        ({"geometry": "../areas.geojson"}, "there is no file ../areas.geojson"),
        ({"geometry": "roads.csv"}, "is not GeoJSON"),
        ({"key": "name"}, "is not GeoJSON whose features have the property 'name'"),
        ({"unit_code": "name"}, "no feature of areas.geojson has the name of a unit"),
    ],
)
def test_boundaries_that_do_not_fit_are_refused(fields: dict[str, Any], what: str, folder: Path) -> None:
    with pytest.raises(MapError) as caught:
        boundaries(declared(**fields), UNITS, folder)
    assert what in caught.value.what
