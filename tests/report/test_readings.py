"""Readings in exhibits: what leads, what has no map, digits as printed, amounts and their parts."""

import json
from decimal import Decimal

import pytest
from tests.small import coding, date, small

from concausa.measurement.level_map import LevelMap
from concausa.record.fund import Fund
from concausa.report.exhibits import audited, cases, facts, numbers, placements, property_space, ratios
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.report.results import results
from concausa.study.study import Study
from concausa.typology.pattern import Pattern, Rule

EN, ES = Language("en"), Language("es")


def table(exhibit, name):
    return next(found for found in exhibit.tables if found.name == name)


def row(found, key, text):
    return next(cells for cells in found if cells[key].text == text)


# --- leading positions ------------------------------------------------------------------------------


def disputed() -> Study:
    """Two coders read one heading of N-1 differently; N-2 follows."""
    study = small()
    own = (
        coding("C1b", "N-1", "A", "low", place="heading", coder="B"),
        coding("D1", "N-2", "A", "high", place="heading"),
        coding("D2", "N-2", "B", "low", place="heading"),
    )
    return study.replace(codings=(*own, *study.codings))


def test_where_the_foremost_place_gives_several_levels_each_of_them_leads():
    found = table(property_space.property_space(disputed(), EN), "property-space")
    leading = {cells["A"].text: cells["reading"].data for cells in found if cells["case"].text == "N-1"}
    assert leading == {"low (0.00)": True, "medium (0.50)": False, "high (1.00)": True}
    assert "The foremost place gives several levels, each shown as leading, for: N-1." in found.notes


def test_which_reading_leads_does_not_turn_on_the_order_of_the_file():
    study = disputed()
    turned = study.replace(codings=tuple(reversed(study.codings)))
    one, two = (table(property_space.property_space(own, EN), "property-space") for own in (study, turned))
    assert [cells["reading"].data for cells in one] == [cells["reading"].data for cells in two]


def test_every_leading_position_is_drawn_joined_and_moved_from():
    (chart,) = property_space.property_space(disputed(), EN).charts
    layers = [part["data"]["values"] for part in chart.spec["layer"]]
    rows = [row for values in layers for row in values]
    marks = [row for row in rows if row.get("case") == "N-1" and row.get("leading")]
    assert len({(mark["x"], mark["y"]) for mark in marks}) == 2
    bars = [row for row in rows if row.get("case") == "N-1" and "x2" in row]
    assert len(bars) == 2, "from one leading mark to the other and to the ring"
    moves = {row["move"] for row in rows if "move" in row}
    assert moves == {"N-1 → N-2", "N-1 → N-2 (2)"}
    assert sum(row.get("text") == "N-1" for row in rows) == 2


# --- level maps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [(EN, "no level map (for B)"), (ES, "sin mapa de niveles (para B)")],
)
def test_a_rule_that_lacks_a_map_says_which_condition_has_none(language, said):
    study = small()
    only_a = LevelMap(id="linear", label="", points=("low=0", "medium=0.5", "high=1"), conditions=("A",))
    exhibit = placements.rules(study.replace(level_maps=(only_a,)), language)
    cell = list(table(exhibit, "rules-matrix"))[-1]["N-1"]
    assert (cell.text, cell.tone) == (said, "doubt")


def test_a_space_that_lacks_a_map_says_that_nothing_can_be_placed():
    exhibit = placements.space(small().replace(level_maps=()), EN)
    assert exhibit.intro.endswith("No level map covers A, B, so no case can be placed.")


def test_each_map_of_a_reading_is_named_and_linked():
    points = ("low=0", "medium=0.4", "high=1")
    maps = tuple(
        LevelMap(id=f"{name}{number}", label=f"{name} {number}", points=points, conditions=(name,))
        for name in "AB"
        for number in (1, 2)
    )
    study = small().replace(level_maps=maps)
    readings = table(placements.space(study, EN), "placements-readings")
    cell = readings.column("map")[0]
    assert cell.data == ["A1", "B1"]
    assert [link.anchor for link in cell.links] == ["level_maps.A1", "level_maps.B1"]
    by_reading = table(placements.rules(study, EN), "rules-by-reading")
    assert [cell.text for cell in by_reading.column("map")] == ["A1; B1", "A1; B2", "A2; B1", "A2; B2"]
    figure = property_space.property_space(study, EN)
    assert figure.charts[0].notes[0].startswith("Level map: A 1, B 1.")


def test_a_space_of_levels_alone_is_shown_without_any_map():
    study = small().replace(
        level_maps=(),
        patterns=(
            Pattern(id="able", label="Able", when="A>=medium", expects="many"),
            Pattern(id="not", label="Not", when="A<medium", expects="few|many"),
        ),
        rules=(Rule(id="R1", label="Space alone", clauses=("patterns",)),),
    )
    readings = table(placements.space(study, EN), "placements-readings")
    assert {cell.text for cell in readings.column("map")} == {"none needed"}
    assert row(readings, "case", "S-2")["expected"].data == ["few", "many"]
    figure = property_space.property_space(study, EN)
    assert figure.charts == ()
    assert row(table(figure, "property-space"), "case", "S-2")["A"].text == "low"
    assert row(table(placements.space(study, EN), "patterns"), "id", "not")["expects"].text == "few or many"


# --- digits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("membership", "said"),
    [
        (0.5, "0.50"),
        (0.496, "0.496"),
        (0.504, "0.504"),
        (0.49999, "0.49999"),
        (0.49, "0.49"),
        (0.333333, "0.33"),
        (0.999, "0.999"),
        (0.001, "0.001"),
        (1, "1.00"),
        (0.1 + 0.2 + 0.2, "0.50"),
    ],
)
def test_a_membership_near_the_line_is_never_shown_as_on_it(membership, said):
    assert Scribe(small(), EN).degree(membership) == said


def test_a_printed_number_keeps_its_digits_in_tables_and_in_the_results():
    study = small()
    first = study.facts[0]
    printed = tuple(
        type(first)(**{name: getattr(first, name) for name in type(first).__dataclass_fields__} | change)
        for change in ({"id": "fine", "value": Decimal("4.30")},)
    )
    study = study.replace(facts=printed, checks=())
    exhibit = facts.facts(study, EN)
    (cell,) = exhibit.tables[0].column("value")
    assert (cell.text, str(cell.data)) == ("4.30", "4.30")
    document = json.loads(results(study, {"en": (exhibit,)}))
    assert document["exhibits"]["en"][0]["tables"][0]["rows"][0]["value"] == "4.30"
    (seen,) = study.table("facts").column("value")
    assert str(seen.data) == "4.30"


# --- funds in the overview --------------------------------------------------------------------------


def fund(id, window, stakeholder, amount):
    return Fund(
        id=id, unit="N", window=date(window), stakeholder=stakeholder, amount=Decimal(amount),
        currency="million MXN", price_basis="nominal",
    )  # fmt: skip


PART = (
    "An amount for one stakeholder inside the window of an amount for all is left to the register of amounts."
)


def overview(*funds):
    return table(cases.overview(small().replace(funds=funds), EN), "overview")


def test_an_amount_of_one_stakeholder_is_dropped_only_inside_the_window_of_an_amount_for_all():
    found = overview(
        fund("all", "2005/2007", "all", "7.50"),
        fund("part", "2006", "state", "2"),
        fund("other", "2001/2003", "state", "1"),
    )
    cell = row(found, "case", "N-1: North, 2000-2007")["funds"]
    assert cell.text == "7.50 million MXN (2005 to 2007); 1 million MXN (2001 to 2003, state)"
    assert [link.id for link in cell.links] == ["all", "other"]
    assert PART in found.notes


def test_nothing_is_said_of_parts_where_none_is_left_out():
    found = overview(fund("all", "2005/2007", "all", "7.50"), fund("other", "2001/2003", "state", "1"))
    assert PART not in found.notes


def test_a_window_that_reaches_into_the_next_period_shows_its_dates_and_the_note_says_so():
    found = overview(fund("all", "2005/2009", "all", "7.50"))
    assert row(found, "case", "N-1: North, 2000-2007")["funds"].text == "7.50 million MXN (2005 to 2009)"
    assert any("the window may reach beyond that period" in note for note in found.notes)


# --- the audit, once --------------------------------------------------------------------------------


def test_the_audit_of_numbers_runs_once_for_all_exhibits_and_languages(monkeypatch):
    ran = []
    real = audited.audit_numbers
    monkeypatch.setattr(audited, "audit_numbers", lambda study: ran.append(study) or real(study))
    study = small()
    for language in (EN, ES):
        numbers.numbers(study, language)
        ratios.recomputed(study, ratios.ratios(study))
    assert ran == [study]
    other = study.replace(checks=study.checks[:0])
    assert audited.audited(other) == ()
