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
    assert out.rstrip().endswith("one of them in full: concausa trace prosoft NL")


def test_a_query_is_answered_at_both_levels_before_and_after(concausa: Run) -> None:
    out = concausa("trace", "prosoft", "CM-core", "--query", "Y[BC=1] > Y[BC=0]", "--case", "NL-2").out
    # Leadership is medium there: open, so not among what is given; the first reading counts medium as present.
    assert "given EL==1 & BQ==1 & BC==1 & Y==1" in out
    for told in ("prior, case level: 0.2632 (exactly 5/19)", "prior, population level", "posterior, case level",
                 "posterior, population level"):  # fmt: skip
        assert told in out


def test_what_is_given_is_added_to_what_the_case_shows(concausa: Run) -> None:
    arguments = ("trace", "prosoft", "CM-council", "--query", "Y[EL=1] != Y[EL=0]", "--case", "PUE-2")
    told = json.loads(concausa(*arguments, "--given", "COUNCIL==0", "--json").out)
    assert told["prior"][0]["given"] == "EL==0 & BQ==0 & BC==1 & Y==0 & (COUNCIL==0)"


@pytest.mark.parametrize(
    ("arguments", "what", "fix"),
    [
        (("M33",), "nothing to trace is called 'M33'", "did you mean M3?"),
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
