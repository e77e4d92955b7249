"""Charts of a dynamic model: what they draw is what the results say, and Vega-Lite accepts each."""

from itertools import pairwise

import pytest

from concausa.draw.picture import svg
from concausa.dynamics.band import Band
from concausa.dynamics.chart_parts import Mark, marks
from concausa.dynamics.counterfactual import asked
from concausa.dynamics.dynamics_charts import (
    patterns_over_time,
    space_paths,
    tipping_curve,
    trajectories,
    what_if,
)
from concausa.dynamics.envelope import envelope, table
from concausa.dynamics.matching import match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.sample import sample
from concausa.dynamics.setting import Course, Happening, Setting
from concausa.dynamics.standing import standing
from concausa.dynamics.standing_table import standing_table
from concausa.dynamics.tipping import Aim, tipping

MODEL = Model(
    "small",
    (Stock("B", condition="BQ"), Stock("C", Range.of(0.2, 0.8), condition="BC"), Stock("I", Range.of(0, 0))),
    (Input("L"), Input("T", label="takeover")),
    (Parameter("a", Range.of(0, 0.5)),),
    flows=(
        Flow("build", "C", True, "a * max(L, I)"),
        Flow("staff", "B", True, "a * L"),
        Flow("turn", "B", False, "T"),
        Flow("end", "I", False, "0.1"),
    ),
    interventions=(Intervention("council", "I", "0.7", label="council law"),),
    corners=(
        Corner("both", "BQ*BC", True),
        Corner("state", "BQ*~BC"),
        Corner("firms", "~BQ*BC"),
        Corner("neither", "~BQ*~BC"),
    ),
    gate="max(L, I)",
)
SETTING = Setting(
    ("A", "B"),
    2000,
    2010,
    (Course("L", "A", 2000, 2007, Range.of(0.8, 1), "L of A"),),
    (Happening("pulse", "T", "A", 2004, 2004), Happening("move", "council", "A", 2004, 2006, "E-A")),
)
BANDS = [Band("A.C", "A", "C", 2005, 2010, 0.5, 1.0)]


@pytest.fixture(scope="module")
def drawn():
    return sample(match(MODEL, SETTING, BANDS, draws=2000), draws=400, prior_draws=400)


def rows(part, mark):
    """The data of all layers of one kind of mark, in order."""
    if isinstance(part, dict):
        if isinstance(part.get("mark"), dict) and part["mark"]["type"] == mark:
            yield from part["data"]["values"]
        for inner in part.values():
            yield from rows(inner, mark)
    elif isinstance(part, list):
        for inner in part:
            yield from rows(inner, mark)


def test_trajectories_draw_the_envelopes_what_was_coded_and_what_happened(drawn):
    runs = drawn.runs()
    told = [envelope(stock, "A", SETTING.years, runs.of(stock, unit="A")) for stock in ("C", "I")]
    happened = {"A": marks(SETTING, MODEL, "A")}
    assert happened["A"] == (Mark(2004, "council law"), Mark(2004, "takeover", recurs=True))
    chart = trajectories(told, bands=BANDS, happened=happened)
    first, second = chart.spec["concat"]
    assert [row["middle"] for row in rows(first, "line")] == list(told[0].values[2])
    (box,) = rows(first, "rect")
    assert (box["first"], box["last"], box["low"], box["high"]) == (2004.6, 2010.4, 0.5, 1.0)
    assert list(rows(second, "rect")) == []
    assert [row["label"] for row in rows(second, "text") if "label" in row] == ["council law", "takeover"]
    assert [cell.value for cell in table(told[:1]).column("median")] == list(told[0].values[2])
    assert svg(chart).startswith("<svg")


def test_paths_run_through_the_medians_and_corners_are_named(drawn):
    runs = drawn.runs()
    chart = space_paths(runs, "B", "C")
    path = [row for row in rows(chart.spec["layer"], "line") if "year" in row][:11]
    assert [row["y"] for row in path] == list(
        envelope("C", "A", SETTING.years, runs.of("C", unit="A")).values[2]
    )
    named = {row["text"]: (row["x"] > 0.5, row["y"] > 0.5) for row in rows(chart.spec["layer"], "text")}
    assert {name: named[name] for name in ("both", "state", "firms", "neither")} == {
        "both": (True, True), "state": (True, False), "firms": (False, True), "neither": (False, False),
    }  # fmt: skip
    assert "A 2010" in named
    assert svg(chart).startswith("<svg")


def test_areas_of_patterns_lie_upon_each_other_and_end_at_1(drawn):
    found = standing(drawn.runs())
    chart = patterns_over_time(found, "A", happened=marks(SETTING, MODEL, "A"))
    areas = [list(rows(layer, "area")) for layer in chart.spec["layer"] if layer["mark"]["type"] == "area"]
    assert all(row["low"] == 0 for row in areas[0])
    for below, above in pairwise(areas):
        assert [row["high"] for row in below] == [row["low"] for row in above]
    assert [row["high"] for row in areas[-1]] == pytest.approx([1] * 11)
    told = standing_table(found, "A")
    first = [cell.value for cell in told.column(found.names[0])]
    assert [row["high"] for row in areas[0]] == first
    assert svg(chart).startswith("<svg")


def test_what_if_draws_both_and_the_difference_and_says_what_is_assumed(drawn):
    found = asked(drawn, ["A without council", "A L=0.9 from 2006"])
    chart = what_if(found, "A", ["I"])
    both, difference = chart.spec["vconcat"][0]["hconcat"]
    was, now, apart = found.envelopes("I", "A")
    assert [row["middle"] for row in rows(both, "line")] == [*was.values[2], *now.values[2]]
    assert [row["middle"] for row in rows(difference, "line")] == list(apart.values[2])
    assert chart.title == "What if: A without council; A L=0.9 from 2006"
    assert found.assumed
    assert chart.notes[0].startswith("Assumption-driven: ")
    assert svg(chart).startswith("<svg")


def test_the_tipping_curve_marks_where_each_tips(drawn):
    found = tipping(drawn, Aim("A", 2010, "both"), lever="L", year=2001, forum="I", steps=5)
    chart = tipping_curve(found)
    tipped = [curve.least for curve in found.curves if curve.least is not None]
    assert [row["value"] for row in rows(chart.spec["layer"], "point")] == tipped
    drawn_rows = [row["middle"] for row in rows(chart.spec["layer"], "line")]
    assert drawn_rows == [share.value for curve in found.curves for share in curve.shares]
    assert all(curve.forum in chart.alt for curve in found.curves)
    assert svg(chart).startswith("<svg")


def test_every_sentence_can_be_said_in_another_language(drawn):
    heard = []

    def say(message, /, **values):
        heard.append(message)
        return "…"

    chart = what_if(asked(drawn, ["A without council"]), "A", ["I"], say=say)
    assert chart.title == "…"
    assert "What if: {changes}" in heard
