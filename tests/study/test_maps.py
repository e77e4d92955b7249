"""Maps are checked at the door: boundaries that can be read, values that name units and facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concausa.study.checker import check

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
MAP = """
[[maps]]
id = "money"
label = "Money drawn"
geometry = "data/provinces.geojson"
key = "code"
unit_code = "id"
values = ["NOR=nor_funds_1"]
measured_in = "million crown"
"""


@pytest.fixture
def mapped(folder: Path) -> Path:
    features = [{"type": "Feature", "properties": {"code": "NOR"}, "geometry": SQUARE}]
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "provinces.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features})
    )
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(MAP)
    return folder


def errors(folder: Path) -> list[tuple[str, str, str]]:
    found = (problem for problem in check(folder) if problem.severity == "error")
    return [(problem.column, problem.what, problem.fix) for problem in found]


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "study.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_map_is_no_error(mapped: Path) -> None:
    assert errors(mapped) == []


def test_a_property_that_no_feature_has_is_an_error(mapped: Path) -> None:
    spoil(mapped, 'key = "code"', 'key = "cod"')
    what = "data/provinces.geojson is not GeoJSON whose features have the property 'cod'"
    assert errors(mapped) == [("key", what, "each feature needs properties and a geometry")]


def test_a_file_that_is_no_geojson_is_an_error(mapped: Path) -> None:
    (mapped / "data" / "provinces.geojson").write_bytes(b"\xff{")
    assert [column for column, _, _ in errors(mapped)] == ["key"]


def test_a_value_for_an_unknown_unit_or_fact_is_an_error_with_the_nearest_name(mapped: Path) -> None:
    spoil(mapped, "NOR=nor_funds_1", "NOS=nor_funds_1")
    assert errors(mapped) == [("values", "there is no unit 'NOS'", "did you mean NOR?")]
    spoil(mapped, "NOS=nor_funds_1", "NOR=nor_fund_1")
    assert errors(mapped) == [("values", "there is no fact 'nor_fund_1'", "did you mean nor_funds_1?")]


def test_a_map_with_neither_values_nor_series_is_an_error(mapped: Path) -> None:
    spoil(mapped, 'values = ["NOR=nor_funds_1"]\n', "")
    assert errors(mapped) == [
        ("values", "a map takes its numbers either from values or from a series", "set one of the two")
    ]
