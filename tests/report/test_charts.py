"""Charts as data: what they show, and what they must not."""

from __future__ import annotations

import dataclasses
import datetime
import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.small import bare, coding, small

from concausa.core.chart import Chart
from concausa.core.date import Date
from concausa.core.table import Table
from concausa.draw import svg
from concausa.draw.palette import contrast
from concausa.record.event import Event
from concausa.record.fund import Fund
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits import feedback, funds, maps, property_space, timeline
from concausa.report.exhibits.arrows import arrows, legs
from concausa.report.exhibits.stretch import stretch, year
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.mechanism import Mechanism
from concausa.typology.pattern import Pattern

EN = Language("en")
MAKERS = (property_space.property_space, feedback.feedback, funds.funds, maps.maps, timeline.timeline)


@cache
def prosoft() -> Study:
    return Study.load("prosoft")


@cache
def exhibit(maker: int, code: str = "en") -> Exhibit:
    made = MAKERS[maker](prosoft(), Language(code))
    assert made is not None
    return made


def chart(maker: int, name: str) -> Chart:
    return next(one for one in exhibit(maker).charts if one.name == name)


def layers(spec: Any) -> Iterator[dict[str, Any]]:
    for view in (spec, *spec.get("layer", ()), *spec.get("hconcat", ()), *spec.get("vconcat", ())):
        if view is spec:
            if "mark" in spec:
                yield spec
        else:
            yield from layers(view)


def rows(one: Chart) -> list[dict[str, Any]]:
    return [row for part in layers(one.spec) for row in part["data"]["values"]]


def table(made: Exhibit, name: str) -> Table:
    return next(one for one in made.tables if one.name == name)


@cache
def schema_check() -> Any:
    import altair
    from jsonschema import Draft7Validator

    found = sorted(Path(altair.__file__).parent.glob("vegalite/v*/schema/vega-lite-schema.json"))
    return Draft7Validator(json.loads(found[-1].read_text("utf-8")))


ALL = [
    pytest.param(number, code, id=f"{MAKERS[number].__name__}-{code}")
    for number in range(5)
    for code in ("en", "es")
]


@pytest.mark.parametrize(("maker", "code"), ALL)
def test_every_chart_is_vega_lite_with_its_data_inside(maker: int, code: str) -> None:
    for one in exhibit(maker, code).charts:
        plain = json.loads(json.dumps(one.spec))
        errors = list(schema_check().iter_errors(plain))
        assert not errors, f"{one.name}: {errors[0].message[:300]}"
        assert '"url"' not in json.dumps(plain)
        assert one.alt
        assert one.title


@pytest.mark.parametrize(("maker", "code"), ALL)
def test_every_link_of_a_chart_leads_to_a_row_of_the_study(maker: int, code: str) -> None:
    for one in exhibit(maker, code).charts:
        links = [row["href"] for row in rows(one) if row.get("href")]
        assert links
        for link in set(links):
            name, _, id = link.removeprefix("#").partition(".")
            assert prosoft().row(name, id)


@pytest.mark.parametrize("maker", range(5))
def test_names_of_charts_are_unique(maker: int) -> None:
    names = [one.name for number in range(5) for one in exhibit(number).charts]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("maker", MAKERS)
def test_a_study_without_input_has_no_such_exhibit(maker: Any) -> None:
    assert maker(bare(), EN) is None


@pytest.mark.parametrize("maker", MAKERS)
def test_a_small_study_is_drawn_too(maker: Any) -> None:
    made = maker(small(), EN)
    for one in made.charts if made else ():
        assert svg(one).startswith("<svg")


# --- Figure 1


def test_puebla_lies_on_a_line_in_both_periods_and_says_so() -> None:
    marks = [row for row in rows(chart(0, "property-space")) if "tie" in row]
    lying = {row["case"]: row for row in marks if row["leading"]}
    assert lying["PUE-1"]["BQ"] == 0.5  # medium bureaucratic quality, low cohesion
    assert lying["PUE-1"]["tie"]
    assert lying["PUE-2"]["BC"] == 0.5
    assert lying["PUE-2"]["tie"]
    assert not lying["NL-2"]["tie"]
    labels = {row["text"] for row in rows(chart(0, "property-space")) if "text" in row}
    assert {"PUE-1 (tie)", "PUE-2 (tie)"} <= labels


def test_every_printed_level_has_a_mark_and_one_of_them_leads() -> None:
    marks = [row for row in rows(chart(0, "property-space")) if "tie" in row]
    first = {(row["BQ"], row["leading"]) for row in marks if row["case"] == "NL-1"}
    assert first == {(0.75, True), (0.5, False)}  # medium-high in the heading, medium in the assessment
    assert all(
        sum(row["leading"] for row in marks if row["case"] == case) == 1
        for case in {r["case"] for r in marks}
    )


def test_arrows_lead_from_the_first_period_to_the_second() -> None:
    moves = {row["move"] for row in rows(chart(0, "property-space")) if "move" in row}
    assert moves == {"NL-1 → NL-2", "PUE-1 → PUE-2"}


def test_the_quadrants_carry_the_patterns_with_their_outcomes() -> None:
    quadrants = {
        row["pattern"]: row["expected"] for row in rows(chart(0, "property-space")) if "pattern" in row
    }
    assert quadrants == {
        "Synergistic": "maximum", "State-led": "moderate", "Business-led": "moderate", "Quiescent": "minimum",
    }  # fmt: skip


def test_a_space_of_three_conditions_is_drawn_as_strips() -> None:
    study = small()
    third = dataclasses.replace(study.conditions[0], id="D", label="Demand")
    study = study.replace(
        conditions=(*study.conditions, third),
        patterns=(Pattern(id="all", label="All", when="A*B*D", expects="many"),),
        codings=(*study.codings, coding("D1", "N-1", "D", "medium")),
        level_maps=(dataclasses.replace(study.level_maps[0], conditions=()),),
    )
    made = property_space.property_space(study, EN)
    assert made is not None
    values = {(row["condition"], row["membership"]) for row in rows(made.charts[0]) if "membership" in row}
    assert values == {("Able staff", 1.0), ("Able staff", 0.5), ("Business ties", 1.0), ("Demand", 0.5)}
    assert svg(made.charts[0]).startswith("<svg")


def crowd(count: int) -> Chart:
    """*count* units at high, medium."""
    study = small()
    codings = [
        coding(f"{name}{number}", f"N{number}-1", name, level)
        for number in range(count)
        for name, level in (("A", "high"), ("B", "medium"))
    ]
    units = tuple(
        dataclasses.replace(study.units[0], id=f"N{number}", name=f"Town {number}") for number in range(count)
    )
    made = property_space.property_space(study.replace(units=units, codings=tuple(codings)), EN)
    assert made is not None
    return made.charts[0]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 12])
def test_no_mark_stands_farther_from_its_place_than_a_mark_is_wide(count: int) -> None:
    marks = [row for row in rows(crowd(count)) if "said" in row]
    alone = next(row for row in rows(crowd(1)) if "said" in row)
    assert all(math.dist((row["x"], row["y"]), (alone["x"], alone["y"])) <= math.sqrt(170) for row in marks)
    places = {(row["x"], row["y"]) for row in marks}
    assert len(places) == len(marks) == (count if count <= 4 else 1)


def test_more_cases_than_can_stand_at_a_place_are_counted_and_named_where_one_points() -> None:
    made = crowd(12)
    mark = next(row for row in rows(made) if "said" in row)
    assert all(f"Town {number}" in mark["said"] for number in range(12))
    assert [row["text"] for row in rows(made) if row.get("text", "").startswith("12")] == ["12 cases (tie)"]
    assert svg(made).startswith("<svg")


def test_the_words_above_a_space_tell_of_what_is_drawn() -> None:
    assert "Arrows" in exhibit(0).intro
    assert "Arrows" not in three_conditions("low").intro
    assert "rings" not in three_conditions("low").intro


def three_conditions(*ends: str) -> Exhibit:
    """A space of three conditions with a case for each level of the last."""
    study = small()
    third = dataclasses.replace(study.conditions[0], id="D", label="Demand")
    codings = [
        coding(f"{name}{number}", f"N{number}-1", name, level)
        for number, end in enumerate(ends)
        for name, level in (("A", "high"), ("B", "medium"), ("D", end))
    ]
    made = property_space.property_space(
        study.replace(
            units=tuple(
                dataclasses.replace(study.units[0], id=f"N{number}", name=f"Town {number}")
                for number in range(len(ends))
            ),
            conditions=(*study.conditions, third),
            patterns=(Pattern(id="all", label="All", when="A*B*D", expects="many"),),
            codings=tuple(codings),
            level_maps=(dataclasses.replace(study.level_maps[0], conditions=()),),
        ),
        EN,
    )
    assert made is not None
    return made


def test_labels_at_the_ends_of_strips_do_not_cover_each_other() -> None:
    found = rows(three_conditions("low", "medium", "medium", "high").charts[0])
    labels = sorted((row["y"], row["label"]) for row in found if row.get("label", "").startswith("N"))
    assert [label for _, label in labels] == ["N3-1", "N1-1, N2-1", "N0-1"]
    assert all(below - above >= 14 for (above, _), (below, _) in pairwise(labels))


def test_many_cases_at_one_end_are_counted_and_named_where_one_points() -> None:
    found = rows(three_conditions(*["high"] * 6).charts[0])
    assert [row["label"] for row in found if "case" in row.get("label", "")] == ["6 cases"]
    told = {row["said"] for row in found if row.get("condition") == "Demand"}
    assert len(told) == 1
    assert all(f"Town {number}" in next(iter(told)) for number in range(6))


# --- Figure 2


def mechanism(cause: tuple[str, ...], effect: tuple[str, ...], sign: str = "+") -> Mechanism:
    return Mechanism(id="M", label="M", cause=cause, effect=effect, sign=sign)


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (mechanism(("A", "B"), ("C",)), {("A", "C", "+"), ("B", "C", "+")}),
        (mechanism(("A", "T"), ("T", "I")), {("A", "T", "+"), ("T", "I", "+")}),
        (mechanism(("A", "B"), ("A", "B")), {("A", "B", "+"), ("B", "A", "+")}),
        (mechanism(("A", "R"), ("R", "Y"), "-"), {("A", "R", "step"), ("R", "Y", "-")}),
        (mechanism(("S", "I"), ("I", "A", "B")), {("S", "I", "+"), ("I", "A", "+"), ("I", "B", "+")}),
    ],
)
def test_a_node_on_both_sides_is_a_step_on_the_way(made: Mechanism, path: set[tuple[str, str, str]]) -> None:
    assert set(legs(made)) == path


def test_mechanisms_of_one_sign_between_two_nodes_share_an_arrow() -> None:
    one, other = mechanism(("A",), ("B",)), dataclasses.replace(mechanism(("A",), ("B",)), id="M2")
    lowering = dataclasses.replace(mechanism(("A",), ("B",), "-"), id="M3")
    assert [[m.id for m in arrow.mechanisms] for arrow in arrows((one, other, lowering))] == [
        ["M", "M2"],
        ["M3"],
    ]


def test_every_mechanism_of_the_study_is_in_the_graph_and_counts_its_passages() -> None:
    chips = {row["mechanism"]: row for row in rows(chart(1, "feedback")) if "mechanism" in row}
    assert set(chips) == {row.id for row in prosoft().mechanisms}
    for id, chip in chips.items():
        assert chip["for"] == sum(id in passage.supports for passage in prosoft().evidence)
        assert chip["against"] == sum(id in passage.opposes for passage in prosoft().evidence)


def test_names_on_arrows_cover_neither_boxes_nor_each_other() -> None:
    for name in ("feedback", "feedback-described"):
        found = rows(chart(1, name))
        chips = list({(r["x"], r["y"], r["text"]): r for r in found if "mechanism" in r}.values())
        boxes = [row for row in found if "node" in row]
        for number, chip in enumerate(chips):
            for box in boxes:
                apart = (
                    abs(chip["x"] - box["x"]) >= 78 + chip["width"] / 2 or abs(chip["y"] - box["y"]) >= 25 + 8
                )
                assert apart, f"{chip['text']} lies on {box['node']}"
            for other in chips[:number]:
                wide = (chip["width"] + other["width"]) / 2
                assert abs(chip["x"] - other["x"]) >= wide or abs(chip["y"] - other["y"]) >= 17


# --- Figure 3


def test_unequal_windows_are_also_shown_for_each_year() -> None:
    bars = {row["row"]: row for row in rows(chart(2, "funds")) if "yearly" in row}
    assert bars["NL 2005 to 2009"]["yearly"] == pytest.approx(1070 / 5)
    assert bars["NL 2010 to 2015"]["yearly"] == pytest.approx(1587 / 6, abs=1e-6)
    assert bars["CHP until 2015"]["yearly"] is None  # no start is given


def test_an_amount_in_single_pesos_is_drawn_in_millions() -> None:
    bars = {row["row"]: row for row in rows(chart(2, "funds")) if "yearly" in row}
    assert bars["PUE 2015, T-Systems"]["amount"] == pytest.approx(4.249908)


def test_printed_ratios_stand_beside_what_follows_from_the_census() -> None:
    spans = [row for row in rows(chart(2, "funds-per-firm")) if "computed" in row]
    printed = {row["value"] for row in spans if not row["computed"]}
    assert {4.3, 2.3, 5.5, 1.7, 450000, 257000, 390000, 140000} == printed
    values = {round(row["value"], 2) for row in spans if row["computed"]}
    assert {4.33, 2.31, 5.57, 1.73} <= values  # 1070/247, 215/93, 1587/285, 208/120
    assert not any("USD" in row["row"] for row in spans)


@pytest.mark.parametrize(
    ("window", "length"), [("2005/2009", "5"), ("2015", "1"), ("2004-05/2004-07", "0.25"), ("../2015", None)]
)
def test_the_length_of_a_window_is_exact(window: str, length: str | None) -> None:
    found = funds.years(Date.parse(window))
    assert found == (None if length is None else Decimal(length))


def test_an_amount_in_another_currency_is_not_drawn_and_said_to_be_missing() -> None:
    foreign = Fund(
        id="F9",
        unit="N",
        window=None,
        stakeholder="all",
        amount=Decimal(3),
        currency="EUR",
        price_basis="real",
    )
    study = small()
    made = funds.funds(study.replace(funds=(*study.funds, foreign)), EN)
    assert made is not None
    assert {row["href"] for row in rows(made.charts[0])} == {"#funds.F1", "#funds.F2"}
    assert any("1 amount in another currency" in note for note in made.charts[0].notes)
    assert "F9" in [cell.text for cell in table(made, "funds").column("id")]


# --- Maps


def test_states_that_the_text_does_not_name_are_never_filled_in() -> None:
    states = [row for row in rows(chart(3, "map-innovation-rank")) if row.get("type") == "Feature"]
    assert len(states) == 32
    assert {row["unit"]: row["value"] for row in states if row["value"] is not None} == {"NL": 3, "PUE": 6}
    assert {row["group"] for row in states if row["value"] is None} == {"not in the text"}


def test_accumulated_funds_are_sums_of_what_is_printed() -> None:
    states = {
        row["unit"]: row for row in rows(chart(3, "map-accumulated-funds")) if row.get("type") == "Feature"
    }
    assert states["NL"]["value"] == 1070 + 1587
    assert states["PUE"]["value"] == 215 + 208
    assert states["CHP"]["value"] == 53.39
    assert states["JAL"]["value"] is None
    assert states["JAL"]["group"] == "JAL: more than Nuevo León, no figure"


def test_open_data_reach_the_map_through_the_codes_of_states() -> None:
    states = {row["unit"]: row for row in rows(chart(3, "map-it-density")) if row.get("type") == "Feature"}
    people = {"NL": 5157780, "PUE": 6318000}
    for unit, establishments in (("NL", 285), ("PUE", 120)):  # economic census 2014, three IT classes
        assert states[unit]["value"] == pytest.approx(establishments / people[unit] * 100_000, rel=0.05)
    assert all(row["value"] is not None for row in states.values())


def test_a_lower_rank_is_shaded_stronger() -> None:
    made = next(part for part in layers(chart(3, "map-innovation-rank").spec) if "fill" in part["encoding"])
    scale = made["encoding"]["fill"]["scale"]
    shade = dict(zip(scale["domain"], scale["range"], strict=True))
    assert float(shade["3"].rpartition(",")[2].rstrip(")")) > float(shade["6"].rpartition(",")[2].rstrip(")"))


def test_lines_of_a_label_share_a_point_whatever_the_scale_of_the_map() -> None:
    """Degrees would drive them apart on a map of municipalities and together on one of continents."""
    texts = [
        part for part in layers(chart(3, "map-accumulated-funds").spec) if part["mark"]["type"] == "text"
    ]
    place = {row["text"]: (row["x"], row["y"]) for part in texts for row in part["data"]["values"]}
    shift = {row["text"]: part["mark"]["dy"] for part in texts for row in part["data"]["values"]}
    assert place["NL"] == place["2,657"]
    assert 12 <= shift["2,657"] - shift["NL"] <= 16
    assert shift["JAL"] == 0


@pytest.mark.parametrize(("page", "ink"), [("#ffffff", "#1c2024"), ("#14161a", "#e4e7ea")])
def test_words_read_on_every_shade_of_a_map(page: str, ink: str) -> None:
    """Inks and grounds of the page, light and dark; 4.5 to 1 is what WCAG 2.2, 1.4.3, asks of words."""
    for made in exhibit(3).charts:
        fill = next(part for part in layers(made.spec) if "fill" in part["encoding"])["encoding"]["fill"]
        for shade in fill["scale"]["range"]:
            if shade.startswith("rgba"):
                *colour, strength = (float(part) for part in shade[5:-1].split(","))
                under = [int(page[at : at + 2], 16) for at in (1, 3, 5)]
                mixed = [
                    round(over * strength + below * (1 - strength))
                    for over, below in zip(colour, under, strict=True)
                ]
                assert contrast("#" + "".join(f"{part:02x}" for part in mixed), ink) >= 4.5, shade


def test_a_map_that_cannot_be_drawn_is_listed_with_its_reason() -> None:
    broken = dataclasses.replace(prosoft().maps[0], geometry="nowhere.geojson")
    made = maps.maps(prosoft().replace(maps=(broken,)), EN)
    assert made is not None
    assert not made.charts
    assert "there is no file nowhere.geojson" in made.tables[0].rows[0][1].text


def widest(picture: str) -> float:
    """Width of the widest linked outline of a picture 640 wide."""
    wide = 0.0
    for outline in re.findall(r'<a [^>]*><path[^>]* d="([^"]+)"', picture):
        across = [float(x) for x in re.findall(r"[ML](-?[\d.]+),", outline)]
        wide = max(wide, max(across) - min(across))
    return wide


def test_states_are_filled_and_not_the_rest_of_the_globe() -> None:
    whole = chart(3, "map-population")
    assert 50 < widest(svg(whole)) < 320
    wrong = json.loads(json.dumps(whole.spec))
    for row in wrong["layer"][0]["data"]["values"]:
        shape = row["geometry"]
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            polygon[0].reverse()
    assert not 50 < widest(svg(dataclasses.replace(whole, spec=wrong))) < 320


# --- Timelines


def test_a_year_is_a_bar_of_a_year_and_a_day_is_a_dot() -> None:
    axis = (2000.0, 2010.0)
    whole = stretch(datetime.date(2004, 1, 1), datetime.date(2004, 12, 31), False, axis)
    assert (whole.start, round(whole.end, 2), whole.exact) == (2004, 2005, False)
    assert stretch(datetime.date(2004, 5, 19), datetime.date(2004, 5, 19), False, axis).exact


def test_open_and_far_ends_are_marked() -> None:
    axis = (2000.0, 2010.0)
    found = stretch(datetime.date(1990, 1, 1), None, False, axis)
    assert (found.start, found.end, found.open_start, found.open_end) == (2000, 2010, True, True)


def test_decimal_years_know_leap_years() -> None:
    assert year(datetime.date(2004, 7, 1)) == pytest.approx(2004 + 182 / 366)


def test_every_event_of_a_state_has_a_row_and_undated_ones_say_so() -> None:
    found = rows(chart(4, "timeline-NL"))
    shown = {row["href"] for row in found if row.get("href", "") and row["href"].startswith("#events.")}
    assert shown == {f"#events.{event.id}" for event in prosoft().events if event.unit == "NL"}
    undated = [event for event in prosoft().events if event.unit == "NL" and event.date is None]
    said = [row["text"] for row in found if "no date in the text" in row.get("text", "")]
    assert len(said) == len(undated)


def test_no_title_of_an_event_is_cut() -> None:
    for unit in ("NL", "PUE"):
        shown = " ".join(
            row["text"]
            for row in rows(chart(4, f"timeline-{unit}"))
            if "#events" in str(row.get("href")) and "text" in row
        )
        for event in prosoft().events:
            if event.unit == unit:
                assert all(word in shown for word in event.title.split()), event.title
        assert "…" not in shown


def test_a_timeline_says_what_its_colours_mean() -> None:
    words = [row["text"] for row in rows(chart(4, "timeline-PUE")) if "text" in row]
    assert {"term of office", "election", "event that bears on a mechanism", "other event"} <= set(words)
    assert "governor (from the open data)" in words
    assert "governor, data" not in words


def test_terms_of_one_lane_do_not_overlap() -> None:
    bars = [row for row in rows(chart(4, "timeline-PUE")) if row.get("kind") == "term" and "fill" in row]
    lanes: dict[float, list[dict[str, Any]]] = {}
    for row in bars:
        lanes.setdefault(row["y"], []).append(row)
    for lane in lanes.values():
        lane.sort(key=lambda row: row["x"])
        assert all(one["x2"] <= other["x"] + 1 for one, other in pairwise(lane))


def test_an_event_with_an_open_date_is_drawn_to_the_end_of_the_axis() -> None:
    study = small().replace(events=(Event(id="e", unit="N", date=Date.parse("2004/.."), title="It began"),))
    made = timeline.timeline(study, EN)
    assert made is not None
    marks = [row for row in rows(made.charts[0]) if row.get("kind") == "event" and "fill" in row]
    assert marks[0]["after"]
    assert marks[0]["to_year"] > 2008
