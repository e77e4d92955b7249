"""``concausa trace``: an overview, events, evidence tests and causal models, and what does not go together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "what",
    [(), ("NL",), ("E-NL-2004-council",), ("E-NL-2003-demands < E-NL-2004-council",), ("M3",), ("M3-NL",),
     ("CM-council",), ("Q-council",),
     ("CM-core", "--query", "Y[BC=1] > Y[BC=0]", "--case", "NL-1")],
)  # fmt: skip
def test_every_answer_fits_80_columns_and_is_json_too(
    what: tuple[str, ...], concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = concausa("trace", "prosoft", *what)
    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if len(line) > 80] == []
    told = json.loads(concausa("trace", "prosoft", *what, "--json").out)
    assert told["study"] == "prosoft"
    assert len(told) > 2


def test_the_overview_names_every_part_and_what_to_type_next(concausa: Run) -> None:
    out = concausa("trace", "prosoft").out
    assert out.index("EVENTS") < out.index("EVIDENCE TESTS") < out.index("CAUSAL MODELS")
    assert out.rstrip().splitlines()[-3:] == [
        "events in full: concausa trace prosoft NL",
        "evidence in full: concausa trace prosoft M1",
        "a model in full: concausa trace prosoft CM-core",
    ]


def test_a_query_is_answered_reading_by_reading_at_both_levels_before_and_after(concausa: Run) -> None:
    out = concausa("trace", "prosoft", "CM-core", "--query", "Y[EL=1] != Y[EL=0]", "--case", "NL-2").out
    # Leadership is medium there: present in one reading, 5/19; absent in the other, where it cannot have
    # brought about what was there.
    assert "reading 1 of 2: EL>=medium," in out
    assert "prior, case level: 0.2632 (exactly 5/19)" in out
    assert "prior, case level: 0: the model rules it out" in out
    assert "over all readings, case level: before 0.00–0.26, after 0.00–0.27" in out
    for told in ("prior, population level", "posterior, case level", "posterior, population level"):
        assert told in out


def test_a_models_screen_says_which_arrows_come_from_mechanisms_and_what_to_ask_next(concausa: Run) -> None:
    out = concausa("trace", "prosoft", "CM-mechanisms").out
    assert "of these from M1: EL -> BC; BQ -> BC" in out
    hint = next(line for line in out.splitlines() if line.startswith("ask it yourself: "))
    assert hint == "ask it yourself: --case NL-1 --query 'Y[EL=1] != Y[EL=0]'"


def test_what_is_given_is_added_to_what_the_case_shows(concausa: Run) -> None:
    arguments = ("trace", "prosoft", "CM-council", "--query", "Y[EL=1] != Y[EL=0]", "--case", "PUE-2")
    told = json.loads(concausa(*arguments, "--given", "COUNCIL==0", "--json").out)
    given = told["readings"][0]["given"]
    assert given == "EL==0 & BQ==0 & BC==1 & Y==0 & (COUNCIL==0)"
    assert told["readings"][0]["answers"][0]["given"] == given


@pytest.mark.parametrize(
    ("arguments", "what", "fix"),
    [
        (("M33",), "nothing to trace is called 'M33'", "did you mean M3?"),
        (("R-alignment",), "nothing to trace is called 'R-alignment'",
         "it is a rival: concausa rivals STUDY --rival R-alignment"),
        (("NL-1",), "nothing to trace is called 'NL-1'",
         "it is a case: name its unit, NL, or a causal model with --case NL-1"),
        (("EL",), "nothing to trace is called 'EL'", "it is a condition: concausa why STUDY NL-1.EL"),
        (("M3", "--query", "Y==1"), "--query goes with a causal model",
         "name one, as in concausa trace STUDY CM-core --query ..."),
        (("NL", "--case", "NL-1"), "--case goes with a causal model",
         "name one, as in concausa trace STUDY CM-core --query ..."),
        (("CM-core", "--given", "Y==1"), "--given goes with --query", "add --query"),
        (("M3", "--all"), "--all goes with events", "name a unit or an event, or leave it out"),
        (("CM-core", "--query", "Y[EL=1] > Y[XX=0]"), 'the model has no node "XX"', "one of EL, BQ, BC, Y"),
        (("CM-core", "--query", "Y[EL=1] > Y[EL=2]"), '"EL" cannot be 2', "its values are 0 to 1"),
        (("CM-core", "--query", "Y==1", "--given", "Y==1 & Y==0"), "what is given cannot happen under the model",
         "check the statement, or lift the restriction that excludes it"),
        (("CM-core", "--case", "NL-3"), "there is no case 'NL-3'", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], what: str, fix: str, concausa: Run) -> None:
    answer = concausa("trace", "prosoft", *arguments)
    assert answer.status in (1, 2)
    assert answer.out == ""
    assert what in answer.err
    assert fix in answer.err
