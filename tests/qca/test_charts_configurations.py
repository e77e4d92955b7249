"""The configuration chart and the heat strip."""

from __future__ import annotations

import pytest
from tests.qca.charted import outside, overlapping, rows, said, small

from concausa.core import typeset
from concausa.core.errors import OptionError
from concausa.draw.picture import svg
from concausa.qca.charts.configurations import CORE, PERIPHERAL, configuration_table, configurations
from concausa.qca.charts.heat_strip import heat_strip
from concausa.qca.core_conditions import paths
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table


def test_core_conditions_are_those_that_the_parsimonious_solution_needs_too() -> None:
    # by hand: the conservative solution is A*B + B*C, and B alone tells the rows with Y from those without
    table = small()
    conservative, parsimonious = minimize(table), minimize(table, solution="parsimonious")
    assert [model.expression for model in parsimonious.models] == ["B"]
    found = {path.term.expression: path for path in paths(conservative.models[0], parsimonious.models[0])}
    assert found["A*B"].core == (False, True, False)
    assert found["B*C"].core == (False, True, False)
    # the same core: one number, two letters (Fiss 2011, table 5)
    assert sorted(path.label for path in found.values()) == ["1a", "1b"]


def test_without_a_parsimonious_solution_nothing_is_core_and_a_note_says_so() -> None:
    solution = minimize(small())
    assert all(not any(path.core) for path in paths(solution.models[0]))
    chart = configurations(solution)
    assert any("No parsimonious solution" in note for note in chart.notes)
    assert {path.label for path in paths(solution.models[0])} == {"1", "2"}


def test_core_marks_are_large_and_what_does_not_matter_is_blank() -> None:
    table = small()
    chart = configurations(minimize(table), core=minimize(table, solution="parsimonious"))
    marks = {(row["term"], row["condition"]): row for row in rows(chart, "point") if "term" in row}
    assert set(marks) == {("A*B", "A"), ("A*B", "B"), ("B*C", "B"), ("B*C", "C")}
    assert marks["A*B", "B"]["size"] == CORE
    assert marks["A*B", "A"]["size"] == PERIPHERAL
    assert any("disputed" in note for note in chart.notes)
    assert "0.750" in said(chart)  # A*B covers three of the four cases with Y


def test_absence_is_a_crossed_circle() -> None:
    table = small().negated()
    solution = minimize(table)
    signs = configuration_table(solution)
    assert {cell.text for row in signs.rows[:3] for cell in row[1:]} <= {"", "⊗"}
    assert any(cell.data == "absent" for row in signs.rows[:3] for cell in row[1:])


def test_the_outcome_and_its_negation_stand_side_by_side() -> None:
    one, other = small(), small().negated()
    solutions = [minimize(one), minimize(other)]
    cores = [minimize(one, solution="parsimonious"), minimize(other, solution="parsimonious")]
    table = configuration_table(solutions, core=cores)
    assert table.headings[0].label == "Condition"
    assert any(head.label.endswith("(~Y)") for head in table.headings)
    assert len(table.headings) == 1 + sum(len(solution.models[0].terms) for solution in solutions)
    assert [row[0].text for row in table.rows] == [
        "A", "B", "C", "Consistency", "PRI", "Raw coverage", "Unique coverage", "Cases",
    ]  # fmt: skip
    assert "otimes" in typeset.latex(table)


def test_categories_are_printed_as_numbers() -> None:
    frame = {"BC": [0, 1, 2, 2], "EL": [0, 0, 0, 1], "Y": [0, 0, 1, 1]}
    table = truth_table(frame, outcome="Y", conditions=["BC", "EL"])
    solution, core = minimize(table), minimize(table, solution="parsimonious")
    signs = configuration_table(solution, core=core)
    assert signs.rows[0][1].text == "2"
    assert "2" in said(configurations(solution, core=core))


def test_what_cannot_be_drawn_is_refused() -> None:
    table = small()
    solution = minimize(table)
    with pytest.raises(OptionError, match="no such model"):
        configurations(solution, model=5)
    with pytest.raises(OptionError, match="this one is conservative"):
        configurations(solution, core=solution)
    with pytest.raises(OptionError, match="same outcome by the same conditions"):
        configurations(solution, core=minimize(table.negated(), solution="parsimonious"))
    with pytest.raises(OptionError, match="one parsimonious solution and one model for each"):
        configuration_table([solution, solution], core=[None])


def test_the_heat_strip_shows_every_row_with_its_values_and_fit() -> None:
    table = small()
    chart = heat_strip(table)
    cells = [row for row in rows(chart, "rect") if "condition" in row]
    assert len(cells) == len(table.rows) * 4
    ab = {row["condition"]: row["value"] for row in cells if row["row"] == "A*B*~C"}
    assert ab == {"A": 1, "B": 1, "C": 0, "": "1"}
    shares = [row["share"] for row in rows(chart, "rect") if row.get("share") is not None]
    assert shares.count(1.0) == 6  # three positive rows, consistency and PRI
    assert "a, b" in said(chart)


def test_the_heat_strip_marks_what_does_not_matter_and_says_what_it_leaves_out() -> None:
    frame = {"A": [1, 0, 0], "B": ["-", 0, 1], "Y": [1, 0, 0]}
    table = truth_table(frame, outcome="Y", conditions=["A", "B"])
    assert "–" in said(heat_strip(table))
    assert any("2 more rows" in note for note in heat_strip(table, most=1).notes)
    with pytest.raises(OptionError, match="cannot be drawn so"):
        heat_strip(table, by="size")  # type: ignore[arg-type]


def test_words_stay_apart_and_inside() -> None:
    names = ["institutional coordination", "bürokratische Qualität", "liderazgo", "Κράτος"]
    frame: dict[str, list[object]] = {
        name: [number >> place & 1 for number in range(16)] for place, name in enumerate(names)
    }
    frame["an outcome with a long name"] = [int(number in (3, 5, 7, 11, 15)) for number in range(16)]
    cases = [f"a case with a long name {number}" for number in range(16)]
    table = truth_table(frame, outcome="an outcome with a long name", conditions=names, cases=cases)
    solution, core = minimize(table), minimize(table, solution="parsimonious")
    for chart in (heat_strip(table), configurations(solution, core=core)):
        assert overlapping(chart) == []
        assert outside(chart) == []
        assert "Κράτος" in svg(chart)
