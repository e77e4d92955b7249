"""Evidence tests on a terminal: within its columns, whole, and the same as data."""

from __future__ import annotations

import json
from functools import cache

import pytest
from tests.small import small

from concausa.cli.trace_tests import data, lines
from concausa.core.errors import UnknownNameError
from concausa.study.study import Study


@cache
def study() -> Study:
    return Study.load("prosoft")


def told(what: str, width: int = 80) -> str:
    return " ".join(" ".join(lines(study(), what, width)).split())


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("what", ["", "M3", "M11-PUE", "M5-NL"])
def test_no_line_is_longer_than_the_terminal_is_wide(what: str, width: int) -> None:
    found = list(lines(study(), what, width))
    assert found
    assert [line for line in found if len(line) > width] == []


def test_the_overview_names_every_question_once_under_its_verdict() -> None:
    found = list(lines(study(), "", 80))
    ids = [line.split()[0] for line in found if line.startswith("  M")]
    assert sorted(ids) == sorted(question.id for question in study().questions)
    heads = [line for line in found if line.endswith("(odds asked: above 1 to 1):")]
    assert [head.partition(" (")[0] for head in heads] == [
        "leans for",
        "inconclusive",
        "leans against",
        "less likely than not",
        "opposed",
        "no evidence",
    ]


def test_the_overview_says_beside_a_question_that_items_of_one_source_count_as_independent() -> None:
    found = list(lines(study(), "", 80))
    place = next(place for place, line in enumerate(found) if line.split()[:1] == ["M3-NL"])
    assert "caution: items of one source count as independent" in " ".join(found[place + 1 : place + 3])


def test_the_overview_says_where_nothing_is_asked() -> None:
    assert "nothing is asked, for no passage tells: M5 in PUE" in told("")


def test_a_question_shows_its_answers_its_items_with_reasons_and_what_overturns_it() -> None:
    text = told("M3-NL")
    for shown in (
        "M3-NL: Lobbying and joint design, Nuevo León",
        "Demands of organised business shaped the policy.",
        "The governor's own plan would have brought the same policy without them.",
        "E059, E060, E079, E080",
        "both who say so want the credit",
        "test: hoop",
        "verdict on the first: leans for (odds asked: above 1 to 1)",
        "prior -1.8 to +1.8, evidence 0.0 to +24.3, together -1.8 to +26.1 dB",
        "priors from 0.4 to 50 percent for the first hypothesis leave the verdict open",
        "the encoder's",
    ):
        assert shown in text


def test_a_search_that_found_nothing_and_a_trace_not_looked_for_say_so() -> None:
    assert "searched, nothing found" in told("M11-PUE")
    assert "not searched, counts for nothing: Careers of heads of associations" in told("M5-NL")
    assert "if found, the first hypothesis would be worth 67 to 94 percent" in told("M5-NL")
    assert "bias of RP2025: the verdict is open from a bias of 27 percent" in told("M7-PUE")


def test_a_mechanism_shows_all_of_its_questions() -> None:
    text = told("M7")
    assert all(f"{id}: Gate" in text for id in ("M7-NL", "M7-PUE", "M7-CHP"))


def test_the_data_are_plain_json_and_say_the_same() -> None:
    document = json.loads(json.dumps(data(study(), "")))
    verdicts = {row["question"]: row["verdict"] for row in document["questions"]}
    assert len(verdicts) == len(study().questions)
    assert verdicts["M7-PUE"] == "less likely than not"
    one = data(study(), "M7-PUE")
    assert one["hypotheses"][0]["says"].startswith("The governor's choice")
    assert [row["question"] for row in data(study(), "M7")["questions"]] == ["M7-NL", "M7-PUE", "M7-CHP"]


def test_a_name_that_is_neither_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        list(lines(study(), "M7-PUB", 80))
    assert caught.value.what == "no question is called 'M7-PUB' or bears on it"
    assert caught.value.fix == "did you mean M7-PUE?"


def test_a_study_without_questions_says_how_to_ask_one() -> None:
    assert "no questions yet" in " ".join(lines(small(), "", 80))
