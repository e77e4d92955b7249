"""Venn and UpSet: every combination once, in the right place, with its cases."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from tests.qca.charted import FRAME, outside, overlapping, rows, said, small

from concausa.core.errors import OptionError
from concausa.draw.picture import svg
from concausa.qca.charts.canvas import FILLS
from concausa.qca.charts.ellipses import figure
from concausa.qca.charts.upset import upset, upset_of_terms
from concausa.qca.charts.venn import Held, diagram, venn, venn_of_terms
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table

SETS = range(1, 6)


@pytest.mark.parametrize("sets", SETS)
def test_every_combination_of_sets_is_one_region_in_one_piece(sets: int) -> None:
    found = figure(sets, 500.0)
    assert sorted(region.code for region in found.regions) == sorted(product((0, 1), repeat=sets))
    assert [region.path.count("M") for region in found.regions] == [1] * 2**sets
    # a simple diagram of n curves has 2ⁿ − 2 crossings, each of which ends four arcs (Euler)
    if sets > 1:
        assert len(found.arcs) == 2 * (2**sets - 2)


@pytest.mark.parametrize("sets", SETS)
def test_the_middle_of_a_region_lies_in_exactly_its_sets(sets: int) -> None:
    found = figure(sets, 500.0)
    for region in found.regions:
        x, y = np.array(region.middle[0]), np.array(region.middle[1])
        assert tuple(int(ellipse.level(x, y) < 0) for ellipse in found.ellipses) == region.code


@pytest.mark.parametrize("sets", SETS)
def test_a_box_is_placed_only_where_all_of_it_lies_in_the_region(sets: int) -> None:
    found = figure(sets, 600.0)
    for region in found.regions[1:]:
        place = found.place(region, 20.0, 10.0)
        if place is None:
            continue
        for dx in (-10, 0, 10):
            for dy in (-5, 0, 5):
                x, y = np.array(place[0] + dx), np.array(place[1] + dy)
                assert tuple(int(ellipse.level(x, y) < 0) for ellipse in found.ellipses) == region.code


def test_one_circle_has_the_area_of_its_radius() -> None:
    (ellipse,) = figure(1, 300.0).ellipses
    assert math.isclose(ellipse.a, 150)
    assert math.isclose(ellipse.b, 150)


def test_regions_bear_the_outcome_and_the_cases_of_their_rows() -> None:
    regions = {tuple(row["code"]): row for row in rows(venn(small()), "point") if "code" in row}
    assert len(regions) == 8
    assert (regions[1, 1, 0]["outcome"], regions[1, 1, 0]["cases"]) == ("1", ["a", "b"])
    assert (regions[1, 0, 0]["outcome"], regions[1, 0, 0]["cases"]) == ("0", ["d"])
    assert (regions[0, 0, 1]["outcome"], regions[0, 0, 1]["cases"]) == ("?", [])
    assert regions[1, 1, 1]["fill"] == FILLS["1"]


def test_outcomes_can_be_told_apart_without_colour() -> None:
    texts = said(venn(small()))
    # each region bears its sign, and every ground is of another kind
    assert "1 (n = 2)" in texts
    assert len(set(FILLS.values())) == 4


def test_the_thick_line_surrounds_what_a_model_covers() -> None:
    table = small()
    plain, marked = venn(table), venn(table, model=minimize(table).models[0])
    thick = [layer for layer in marked.spec["layer"] if layer["mark"].get("strokeWidth") == 4]
    assert len(thick) == 1
    assert not [layer for layer in plain.spec["layer"] if layer["mark"].get("strokeWidth") == 4]
    assert any(minimize(table).models[0].expression in note for note in marked.notes)


def test_terms_share_the_cases_that_are_in_both() -> None:
    # A*B holds a, b, c; B*C holds c, g
    model = minimize(small()).models[0]
    assert {term.expression for term in model.terms} == {"A*B", "B*C"}
    chart = venn_of_terms(model)
    regions = {tuple(row["code"]): row for row in rows(chart, "point") if "code" in row}
    first = [term.expression for term in model.terms].index("A*B")
    alone = (1, 0) if first == 0 else (0, 1)
    assert regions[alone]["cases"] == ["a", "b"]
    assert regions[1, 1]["cases"] == ["c"]
    assert regions[0, 0]["cases"] == ["d", "e", "f"]
    assert regions[0, 0]["outcome"] == "0"


def test_a_case_that_may_be_in_several_regions_stands_in_each() -> None:
    frame = {"A": [1, 0], "B": ["-", 0], "Y": [1, 0]}
    table = truth_table(frame, outcome="Y", conditions=["A", "B"], cases=["x", "z"])
    regions = {tuple(row["code"]): row for row in rows(venn(table), "point") if "code" in row}
    assert regions[1, 0]["cases"] == regions[1, 1]["cases"] == ["x"]
    assert any("does not matter" in note for note in venn(table).notes)


@pytest.mark.parametrize("sets", SETS)
@pytest.mark.parametrize("crowd", [0, 1, 12])
def test_words_stay_apart_and_inside(sets: int, crowd: int) -> None:
    names = ["institutional coordination", "Élite*~Κράτος*another one", "B", "state–business relations", "E"]
    codes = list(product((0, 1), repeat=sets))
    held = {
        code: Held("10C?"[place % 4], tuple(f"São Paulo {place}-{case}" for case in range(crowd)))  # type: ignore[arg-type]
        for place, code in enumerate(codes)
    }
    chart = diagram(names[:sets], held, title="t")
    assert overlapping(chart) == []
    assert outside(chart) == []
    words = " ".join(said(chart))
    assert all(case in words for here in held.values() for case in here.cases)


def test_six_sets_and_categories_are_refused_with_a_way_out() -> None:
    with pytest.raises(OptionError, match="one to 5 sets, these are 6") as refused:
        diagram(list("ABCDEF"), {}, title="t")
    assert "UpSet" in refused.value.fix
    frame = {"A": [0, 1, 2], "Y": [0, 1, 1]}
    table = truth_table(frame, outcome="Y", conditions=["A"])
    with pytest.raises(OptionError, match="needs conditions that are sets"):
        venn(table)
    assert said(upset(table)).count("A{2}") == 1


def test_upset_lists_combinations_by_size_with_their_cases() -> None:
    chart = upset(small())
    bars = [row for row in rows(chart, "rect") if "cases" in row]
    sizes = [row["n"] for row in bars[1::2]]
    assert sizes == sorted(sizes, reverse=True) == [2, 2, 1, 1, 1]
    assert sorted(case for row in bars[1::2] for case in row["cases"]) == FRAME["case"]
    # set sizes: A has four cases, B four, C two
    assert [row["size"] for row in rows(chart, "rect") if "size" in row] == [4, 4, 2]


def test_upset_tells_how_many_rows_it_does_not_draw() -> None:
    chart = upset(small(), most=2)
    assert any(note.startswith("3 more combinations with 3 cases") for note in chart.notes)
    with pytest.raises(OptionError, match="at least one row"):
        upset(small(), most=0)


def test_upset_and_venn_agree_on_the_cases_of_terms() -> None:
    model = minimize(small()).models[0]
    drawn = {tuple(row["cases"]) for row in rows(upset_of_terms(model), "rect") if "cases" in row}
    regions = {tuple(row["cases"]) for row in rows(venn_of_terms(model), "point") if row.get("cases")}
    assert drawn == regions


@pytest.mark.parametrize("draw", [venn, upset])
def test_the_picture_can_be_drawn(draw: object) -> None:
    assert "Venn" in svg(venn(small())) if draw is venn else "<svg" in svg(upset(small()))
