"""Tables in journal form that join several results."""

from __future__ import annotations

import pytest
from tests.qca.charted import FRAME, small

from concausa.core.errors import OptionError
from concausa.qca.journal import join_calibrations, join_necessity, join_solutions, join_truth_tables
from concausa.qca.minimize import minimize
from concausa.qca.necessity import necessity
from concausa.qca.truth_table import truth_table
from concausa.sets.calibrate import calibrate


def test_solutions_stand_together_with_every_model_and_its_number_in_the_headline() -> None:
    table = small()
    solutions = [minimize(table), minimize(table, solution="parsimonious"), minimize(table.negated())]
    joined = join_solutions(solutions)
    assert "conservative for Y: 1; parsimonious for Y: 1; conservative for ~Y: 1" in joined.title
    terms = [(row["outcome"].text, row["solution"].text, row["term"].text) for row in joined]
    assert ("Y", "conservative", "A*B") in terms
    assert ("Y", "parsimonious", "B") in terms
    # a line a term, and one for each model
    assert len(joined) == sum(len(model.terms) + 1 for one in solutions for model in one.models)
    by_term = {row["term"].text: row for row in joined if row["solution"].text == "conservative"}
    assert by_term["A*B"]["coverage"].data == 0.75  # a, b, c of a, b, c, g
    assert by_term["A*B"]["unique"].data == 0.5  # a, b


def test_models_that_are_not_printed_are_counted() -> None:
    # by hand: a and b are told from c by A, by B or by C alone: three models of one literal
    table = truth_table(
        {"A": [1, 0], "B": [1, 0], "C": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A", "B", "C"]
    )
    joined = join_solutions([minimize(table, solution="parsimonious")], most=2)
    assert "parsimonious for Y: 3" in joined.title
    assert {row["model"].text for row in joined} == {"M1", "M2"}
    assert any("2 of 3 models" in note for note in joined.notes)


def test_both_outcomes_of_a_row_stand_side_by_side() -> None:
    joined = join_truth_tables(small())
    assert len(joined) == 5
    for row in joined:
        assert {row["y-outcome"].text, row["not-y-outcome"].text} == {"0", "1"}
        # crisp data: what is consistent with Y is inconsistent with ~Y by as much
        assert row["y-consistency"].data + row["not-y-consistency"].data == 1
    assert sum(row["n"].data for row in joined) == len(FRAME["case"])


def test_necessity_for_both_outcomes_stands_side_by_side() -> None:
    frame = {name: FRAME[name] for name in "ABCY"}
    both = [necessity(frame, outcome=outcome, conditions=["A", "B", "C"]) for outcome in ("Y", "~Y")]
    joined = join_necessity(both)
    by_expression = {row["expression"].text: row for row in joined}
    # every case with Y has B (4 of 4), and no case without Y has it
    assert by_expression["B"]["1-consistency"].data == 1
    assert by_expression["~B"]["2-consistency"].data == 1
    assert any("Necessary for Y by the cut-offs: B" in note for note in joined.notes)


def test_calibrations_show_anchors_reason_and_how_many_cases_are_undecided() -> None:
    one = calibrate([1, 5, 9, 5], anchors=(2, 5, 8), why="the law of 2003", source="DOF", name="EL")
    joined = join_calibrations([one, calibrate([1, 4], anchors=(2, 3, 8))])
    row = next(iter(joined))
    assert (row["set"].text, row["in"].data, row["out"].data, row["crossover"].data) == ("EL", 1, 1, 2)
    assert (row["why"].text, row["source"].text) == ("the law of 2003", "DOF")
    assert "crossover 5" in row["anchors"].text
    assert all(note.startswith(("EL: ", "2: ")) for note in joined.notes)
    assert any("reason" in note for note in joined.notes if note.startswith("2: "))


@pytest.mark.parametrize("join", [join_solutions, join_necessity, join_calibrations])
def test_nothing_is_refused_as_nothing(join: object) -> None:
    with pytest.raises(OptionError, match="nothing to print"):
        join([])  # type: ignore[operator]
