"""The exhibit of evidence tests: all questions, all lines, a chart that its table repeats."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.small import bare

from concausa.audit.weighed import unasked, weighed
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.evidence_tests import evidence_tests
from concausa.report.language import Language
from concausa.study.scaffold import new
from concausa.study.study import Study


@cache
def prosoft() -> Study:
    return Study.load("prosoft").public()


@cache
def exhibit(code: str = "en") -> Exhibit:
    made = evidence_tests(prosoft(), Language(code))
    assert made is not None
    return made


def test_a_study_without_questions_has_no_such_exhibit() -> None:
    assert evidence_tests(bare(), Language("en")) is None


def test_every_question_and_every_gap_has_a_row() -> None:
    rows = list(exhibit().tables[0])
    assert [row["question"].data for row in rows if not row["question"].missing] == [
        question.id for question in prosoft().questions
    ]
    gaps = [(row["about"].text, row["unit"].data) for row in rows if row["question"].missing]
    assert gaps == [(mechanism.id, unit) for mechanism, unit in unasked(prosoft())]
    assert {row["verdict"].data for row in rows if row["question"].missing} == {"no evidence"}


def test_the_odds_asked_stand_beside_every_verdict() -> None:
    headings = [heading.key for heading in exhibit().tables[0].headings]
    assert headings[headings.index("verdict") + 1] == "threshold"
    asked = {row["threshold"].text for row in exhibit().tables[0] if not row["question"].missing}
    assert asked == {"1"}
    assert "not above three to one" in " ".join(exhibit().tables[0].notes)


def test_questions_of_two_periods_are_two_rows_of_the_chart() -> None:
    (chart,) = exhibit().charts
    rows = [value["row"] for value in chart.spec["layer"][-1]["data"]["values"]]
    assert len(rows) == len(set(rows))


def test_every_item_of_every_ledger_has_a_line_with_its_reason() -> None:
    rows = list(exhibit().tables[1])
    count = sum(len(one.ledger.pieces) + len(one.ledger.idle) for one in weighed(prosoft()))
    assert len(rows) == count
    assert not [row["item"].text for row in rows if row["reason"].missing]


def test_the_running_sum_ends_in_the_weight_of_the_question() -> None:
    last = {row["question"].data: row["running"].text for row in exhibit().tables[1] if row["running"].text}
    for row in exhibit().tables[0]:
        if row["question"].data in last:
            assert last[row["question"].data] == row["evidence"].text


def test_the_numbers_of_the_chart_stand_in_the_table() -> None:
    told = {row["question"].data: row for row in exhibit().tables[0] if not row["question"].missing}
    drawn = exhibit().charts[0]
    strips = [layer["data"]["values"] for layer in drawn.spec["layer"]][1:]
    for values, column in zip(strips[1:], ("evidence", "posterior_odds"), strict=True):
        assert len(values) == len([one for one in weighed(prosoft()) if one.ledger.pieces])
        for value in values:
            low, high = told[value["href"].removeprefix("#questions.")][column].data
            assert (value["low"], value["high"]) == (
                pytest.approx(low, abs=1e-3),
                pytest.approx(high, abs=1e-3),
            )


def test_the_exhibit_says_whose_judgements_it_shows() -> None:
    assert "judgements of whoever encoded the study" in exhibit().intro
    assert "juicios de quien codificó el estudio" in exhibit("es").intro


def test_in_spanish_no_verdict_or_word_is_left_in_english() -> None:
    english = {row["verdict"].text for row in exhibit().tables[0]}
    spanish = {row["verdict"].text for row in exhibit("es").tables[0]}
    assert english & spanish == set()
    words = {row["words"].text for row in exhibit("es").tables[1]}
    assert {"más con la hipótesis", "algo más con la rival"} <= words


def test_the_example_of_a_new_study_is_shown_with_its_likelihoods_and_its_trace(tmp_path: Path) -> None:
    new(tmp_path / "mine")
    made = evidence_tests(Study.load(tmp_path / "mine"), Language("en"))
    assert made is not None
    assert [row["item"].text for row in made.tables[1]] == [
        "E07",
        "One report of 2004",
        "Prices paid to members of cooperatives, and to others",
    ]
    # 4/7 to 7: -2.4 to +8.5 dB.
    assert [row["decibels"].text for row in made.tables[1]] == [
        "+4.8 to +10.0",
        "−2.4 to +8.5",
        "counts for nothing",
    ]
