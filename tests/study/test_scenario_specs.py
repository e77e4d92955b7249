"""Scenarios of a study: the checker finds changes that cannot be read, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.audit.dynamic_study import study_dynamics
from concausa.audit.dynamic_words import change_words
from concausa.core.errors import ConcausaError
from concausa.core.problem import Problem
from concausa.dynamics.change_text import read_changes
from concausa.study.checker import check
from concausa.study.study import Study

HEAD = "id,model,label,do,why,section\n"


def asked(folder: Path, do: str) -> list[Problem]:
    (folder / "scenarios.csv").write_text(f"{HEAD}S,HARBOUR,What if,{do},,\n", "utf-8")
    return [problem for problem in check(folder) if problem.severity == "error"]


@pytest.mark.parametrize(
    "do",
    [
        "SUR tie 2003", "SUR tie 2003..2005", "* tie 2003", "SUR L=high from 2003 to 2005", "NOR GOV=low in 2004",
        "NOR leadership=0.3 from 2005", "SUR tied=1", "NOR without EV2", "NOR without tied",
        "SUR tie 2003; SUR L=high from 2003",
    ],
)  # fmt: skip
def test_what_the_model_can_read_the_checker_lets_pass(folder: Path, do: str) -> None:
    assert asked(folder, do) == []
    study = Study.load(folder)
    ready = study_dynamics(study, "HARBOUR")
    words = change_words(study, ready.model)
    assert len(read_changes(study.scenarios[0].do, ready.model, ready.setting, words=words)) == len(
        study.scenarios[0].do
    )


@pytest.mark.parametrize(
    ("do", "what", "fix"),
    [
        ("SAR tie 2003", "there is no unit 'SAR'", "did you mean SUR?"),
        ("SUR tei 2003", "there is no intervention 'tei'", "did you mean tie?"),
        ("SUR tie", "in which year is tie done?", "write a year after it"),
        ("SUR tie 1999", "1999 is not among the years of the model", "give a year from 2001 to 2010"),
        ("SUR tie 2005..2003", "the years run from 2005 to 2003", "exchange them"),
        ("SUR tie 20x3", "'20x3' is no year", "write a year from 2001 to 2010"),
        ("SUR Q=high", "there is no input 'Q'",
         "one of L, tied"),
        ("SUR L=hihg", "'hihg' is no value of an input", "did you mean high?"),
        ("SUR L=1.5", "1.5 lies outside 0 to 1", "write a number from 0 to 1"),
        ("SUR tied=often", "'often' is no value of an input", "write a number from 0 to 1, or a level"),
        ("SUR L=low from 2011", "2011 is not among the years of the model", "give a year from 2001 to 2010"),
        ("NOR without EV9", "there is no event, intervention or input 'EV9'", "did you mean EV2?"),
        ("SUR", "nothing is asked of SUR",
         "write UNIT INTERVENTION YEAR, UNIT INPUT=VALUE from YEAR to YEAR, or UNIT without EVENT"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_read_is_refused_at_its_place(
    folder: Path, do: str, what: str, fix: str
) -> None:
    (problem,) = asked(folder, do)
    assert (problem.file, problem.line, problem.column, problem.value) == ("scenarios.csv", 2, "do", do)
    assert (problem.what, problem.fix) == (what, fix)
    (folder / "scenarios.csv").unlink()
    study = Study.load(folder)
    ready = study_dynamics(study, "HARBOUR")
    with pytest.raises(ConcausaError):
        read_changes([do], ready.model, ready.setting, words=change_words(study, ready.model))


def test_a_scenario_of_no_model_and_one_that_changes_nothing_are_refused(folder: Path) -> None:
    (problem,) = asked(folder, "")
    assert (problem.kind, problem.column) == ("missing-value", "do")
    (folder / "scenarios.csv").write_text(f"{HEAD}S,HARBOR,What if,SUR tie 2003,,\n", "utf-8")
    (problem,) = [problem for problem in check(folder) if problem.severity == "error"]
    assert (problem.column, problem.fix) == ("model", "did you mean HARBOUR?")
