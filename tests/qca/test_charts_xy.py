"""The XY plot: where each case stands, what it tells, and names that can be read."""

from __future__ import annotations

import random

import pytest
from tests.qca.charted import outside, overlapping, rows, said, small

from concausa.core.errors import DataError, OptionError, ScaleError
from concausa.draw.picture import png, svg
from concausa.qca.charts.labels import Spot, placed
from concausa.qca.charts.roles import ROLE_NAMES, role
from concausa.qca.charts.xy import xy
from concausa.qca.charts.xy_of_results import xy_of_model
from concausa.qca.minimize import minimize

PLACES = ["Ciudad Juárez", "São Paulo", "Québec", "NL-2", "Κρήτη", "a place with a very long name indeed"]


def cloud(n: int, digits: int) -> tuple[list[float], list[float], list[str]]:
    chance = random.Random(n)
    x = [round(chance.random(), digits) for _ in range(n)]
    y = [round(min(1, max(0, value + chance.gauss(0, 0.2))), digits) for value in x]
    return x, y, [f"{PLACES[place % len(PLACES)]} {place}" for place in range(n)]


@pytest.mark.parametrize(
    ("x", "y", "relation", "expected"),
    [
        (0.6, 0.8, "sufficient", "typical"),
        (0.8, 0.8, "sufficient", "typical"),
        (0.8, 0.6, "sufficient", "degree"),
        (0.8, 0.4, "sufficient", "kind"),
        (0.2, 0.8, "sufficient", "other"),
        (0.2, 0.4, "sufficient", "irrelevant"),
        (0.5, 0.9, "sufficient", "crossover"),
        (0.9, 0.5 + 1e-12, "sufficient", "crossover"),
        (0.8, 0.6, "necessary", "typical"),
        (0.6, 0.8, "necessary", "degree"),
        (0.2, 0.8, "necessary", "kind"),
        (0.8, 0.2, "necessary", "other"),
    ],
)
def test_a_case_has_the_role_of_its_corner(x: float, y: float, relation: str, expected: str) -> None:
    # Schneider & Rohlfing (2013), the corners of the XY plot
    assert role(x, y, relation) == expected  # type: ignore[arg-type]


def test_a_necessary_condition_is_a_sufficient_one_with_the_axes_exchanged() -> None:
    steps = [step / 10 for step in range(11)]
    for x in steps:
        for y in steps:
            assert role(x, y, "necessary") == role(y, x, "sufficient")


def test_every_case_is_drawn_at_its_memberships_and_told_when_pointed_at() -> None:
    chart = xy([0.9, 0.9, 0.2], [1.0, 1.0, 0.4], cases=["FR", "BE", "DE"], x_name="A", y_name="Y")
    points = {tuple(row["cases"]): row for row in rows(chart, "point") if "cases" in row}
    assert set(points) == {("FR", "BE"), ("DE",)}
    assert (points["FR", "BE"]["membership"], points["FR", "BE"]["outcome"]) == (0.9, 1.0)
    assert "FR, BE" in points["FR", "BE"]["said"]
    # to the right is more of A, upwards more of Y
    assert points["FR", "BE"]["x"] > points["DE",]["x"]
    assert points["FR", "BE"]["y"] < points["DE",]["y"]


def test_fit_is_printed_as_worked_by_hand() -> None:
    # Σmin(x, y) = .9 + .2 = 1.1, Σx = 1.3, Σy = 1.1, Σmin(x, y, 1 − y) = .1 + .2 = .3:
    # consistency 1.1/1.3, coverage 1.1/1.1, PRI (1.1 − .3)/(1.3 − .3)
    chart = xy([0.9, 0.4], [0.9, 0.2], cases=["a", "b"], x_name="X", y_name="Y")
    assert "Consistency 0.846 · PRI 0.800 · Coverage 1.000 · n = 2" in said(chart)


@pytest.mark.parametrize("relation", ["sufficient", "necessary"])
@pytest.mark.parametrize(("n", "digits"), [(2, 1), (18, 2), (60, 1), (60, 3), (200, 3)])
def test_no_name_lies_over_another_or_leaves_the_picture(n: int, digits: int, relation: str) -> None:
    x, y, cases = cloud(n, digits)
    chart = xy(x, y, cases=cases, x_name="A*~B", y_name="Y", relation=relation)  # type: ignore[arg-type]
    assert overlapping(chart) == []
    assert outside(chart) == []


@pytest.mark.parametrize("n", [2, 18, 60, 200])
def test_every_case_is_named_in_the_picture_or_in_its_key(n: int) -> None:
    x, y, cases = cloud(n, 1)
    words = " ".join(said(xy(x, y, cases=cases, x_name="A", y_name="Y")))
    assert [case for case in cases if case.split()[-1] not in words.replace(",", " ").split()] == []


def test_words_come_from_the_reader_and_all_of_them() -> None:
    asked: list[str] = []

    def say(message: str) -> str:
        asked.append(message)
        return message

    xy([0.9, 0.2, 0.5], [0.2, 0.4, 0.9], cases=["a", "b", "c"], x_name="A", y_name="Y", say=say)
    assert {"deviant in kind", "irrelevant", "on a crossover", "Consistency"} <= set(asked)
    assert set(ROLE_NAMES["sufficient"]) == set(ROLE_NAMES["necessary"])


def test_a_case_on_a_crossover_is_named_in_a_note() -> None:
    chart = xy([0.5, 0.9], [0.9, 0.9], cases=["NL-2", "b"], x_name="A", y_name="Y")
    assert any("NL-2" in note for note in chart.notes)


def test_bad_input_is_refused() -> None:
    with pytest.raises(OptionError, match="no relation 'suficient'") as refused:
        xy([1], [1], cases=["a"], x_name="A", y_name="Y", relation="suficient")  # type: ignore[arg-type]
    assert "sufficient" in refused.value.fix
    with pytest.raises(DataError, match="one name for each case"):
        xy([1, 0], [1, 0], cases=["a"], x_name="A", y_name="Y")
    with pytest.raises(ScaleError):
        xy([1.2, 0], [1, 0], cases=["a", "b"], x_name="A", y_name="Y")


def test_a_name_without_room_gets_no_place_rather_than_one_over_another() -> None:
    spots = [Spot(50, 50, 80, 30)] * 3
    found = placed(spots, [], (0, 0, 100, 100))
    assert found[0] is not None
    assert found[2] is None


def test_a_model_and_its_terms_can_be_plotted() -> None:
    model = minimize(small()).models[0]
    whole, first = xy_of_model(model), xy_of_model(model, 0)
    assert model.expression in whole.title
    assert model.terms[0].expression in first.title
    with pytest.raises(OptionError, match="no such term"):
        xy_of_model(model, len(model.terms))


def test_the_picture_can_be_drawn_and_names_are_data_all_the_way() -> None:
    chart = xy([0.9, 0.2], [1, 0.4], cases=["<b>&\"'", "Łódź"], x_name="A<script>", y_name="Y")
    drawn = svg(chart)
    assert "Łódź" in drawn
    assert "<script" not in drawn
    assert png(chart, 1)[:4] == b"\x89PNG"
