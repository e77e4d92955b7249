"""Events as the terminal tells them."""

from __future__ import annotations

import json

import pytest
from tests.small import event, small

from concausa.cli.trace_events import asks, data, lines
from concausa.core.errors import UnknownNameError
from concausa.record.prerequisite import Prerequisite
from concausa.study.study import Study

LINK = Prerequisite(id="Q1", event="bridge", needed="club", answer="inferred", why="It paid for it.")


def study() -> Study:
    return small().replace(prerequisites=(LINK,))


def told(what: str, width: int = 80, **more: bool) -> str:
    return "\n".join(lines(study(), what, width, **more))


@pytest.mark.parametrize(
    ("what", "kind"),
    [("N", "unit"), ("club", "event"), ("law < club", "order"), ("law before club", "order"), ("K1", "")],
)
def test_a_question_is_known_by_its_form(what: str, kind: str) -> None:
    assert asks(small(), what) == kind


def test_a_unit_is_a_timeline_with_what_each_event_needed_and_the_days_that_follow() -> None:
    text = told("N")
    assert text.splitlines()[0] == "North: 6 events of its own, 1 from elsewhere that they needed, 3 needs"
    assert "no date        talks [1999-01-01 to 2003-05-31]\n               what talks was\n" in text
    assert "2003-05        bridge\n               what bridge was\n                 needed club" in text
    assert "  law: 3 (talks, club, bridge)" in text
    assert text.index("talks [") < text.index("club [") < text.index("2003-05        bridge")


def test_a_unit_of_which_no_event_is_recorded_says_so_and_nothing_else() -> None:
    assert told("S") == "South: no event of it is recorded"


def test_one_event_and_one_need_are_no_plural() -> None:
    one = small().replace(events=(event("a", "2005", unit=""), event("b", "2006", needed=("a",))))
    first, *_ = lines(one, "N")
    assert first == "North: 1 event of its own, 1 from elsewhere that it needed, 1 need"
    assert "In brackets" not in "\n".join(lines(one, "N"))


def test_a_mechanism_names_the_pair_that_carries_each_effect_and_the_causes_that_came_later() -> None:
    text = "\n".join(lines(Study.load("prosoft"), "NL"))
    assert (
        "  M1: each effect has an earlier cause\n"
        "    E-NL-2004-council began before E-NL-2007-affiliation\n"
        "    E-NL-land began no later than E-NL-it-cluster\n"
        "    later than an effect: E-NL-2008-csoft\n"
    ) in text
    assert "in order" not in text


def test_an_unknown_event_is_told_how_many_more_there_are() -> None:
    many = small().replace(events=tuple(event(f"a{number}") for number in range(22)))
    with pytest.raises(UnknownNameError) as caught:
        list(lines(many, "zzzzz < a1"))
    assert caught.value.fix.endswith(", a19 and 2 more")


def test_an_event_shows_the_tree_of_what_it_needed_with_reasons() -> None:
    text = told("bridge")
    assert "  club (inferred: It paid for it.)\n    talks (declared)\n      law (declared)" in text
    assert "it was needed by:\n  nothing" in text
    assert "without it, 3 could not have happened, if the needs are right" in told("law")


def test_an_order_tells_its_reason_and_what_would_settle_it() -> None:
    assert told("talks < club").splitlines()[:2] == ["talks began no later than club", "  club needed talks."]
    text = told("fire < bridge")
    assert "fire may have begun before or after bridge" in text
    assert "an assumption, no probability" in " ".join(text.split())


def test_a_conflict_is_told_with_the_unit_and_with_the_event() -> None:
    wrong = small().replace(events=(event("a", "2005"), event("b", "2003", needed=("a",))))
    said = "cannot all be right: b is dated 2003, and a 2005; yet b needed a."
    assert said in "\n".join(lines(wrong, "N"))
    assert said in "\n".join(lines(wrong, "b"))


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("what", ["NL", "PUE", "E-PUE-2014-gali", "E-NL-it-cluster < E-NL-2008-merger"])
def test_no_line_is_wider_than_the_terminal(what: str, width: int) -> None:
    found = list(lines(Study.load("prosoft"), what, width, every=True))
    assert found
    assert max(map(len, found)) <= width


@pytest.mark.parametrize("what", ["N", "club", "law < club", "club < club"])
def test_the_answer_for_machines_is_plain_json(what: str) -> None:
    assert json.loads(json.dumps(data(study(), what)))


def test_the_answer_for_machines_says_the_same() -> None:
    assert data(study(), "law < club")["order"]["word"] == "before"
    assert data(study(), "law")["falls_without"] == ["talks", "club", "bridge"]
    unit = data(study(), "N")
    assert unit["structure"]["falls_without"]["talks"] == ["club", "bridge"]
    assert {"unit", "events", "structure", "days", "conflicts", "open", "mechanisms", "unasked"} == set(unit)


def test_the_overview_counts_as_the_unit_does_and_says_on_what_it_rests() -> None:
    from concausa.cli.trace import _overview

    text = " ".join(" ".join(_overview(study(), "x", 80)).split())
    assert "N: 6 events of its own, 1 from elsewhere that they needed, 3 needs; without law, 3 could" in text
    assert "could not have happened, if the needs are right" in text
