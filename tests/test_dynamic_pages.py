"""The pages on dynamic models: their commands run, their edits are sound, their tables are those of the study."""

from __future__ import annotations

import doctest
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from tests.test_tutorials import BLOCK, edit, in_order

from concausa.audit.dynamic_study import study_dynamics
from concausa.audit.simulation import simulation
from concausa.cli.main import main
from concausa.study.dynamic_specs import MAY, NEEDS
from concausa.study.study import Study
from concausa.theory.dynamic_spec import KINDS

DOCS = Path(__file__).resolve().parents[1] / "docs"
HOW_TO, FORM = DOCS / "how-to" / "declare-dynamic-model.md", DOCS / "explanation" / "prosoft-forum.md"


@cache
def study() -> Study:
    return Study.load("prosoft")


def test_the_commands_of_the_how_to_run_and_its_edits_are_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    commands = edits = 0
    for kind, file, how, body in BLOCK.findall(HOW_TO.read_text("utf-8")):
        if kind != "console":
            edit(tmp_path / "my-study" / file, how, body)
            edits += 1
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            capsys.readouterr()
            assert main(shlex.split(command)[1:]) == 0
            in_order(shown, capsys.readouterr().out, command)
            commands += 1
    assert (commands, edits) == (4, 2)
    found = study_dynamics(Study.load(tmp_path / "my-study"), "HARBOUR")
    assert [flow.id for flow in found.model.flows][-1] == "HARBOUR-purges"
    assert found.bands[-1].id == "BD-SUR-2009"


def test_the_examples_in_python_give_what_they_show() -> None:
    assert doctest.testfile(str(HOW_TO), module_relative=False) == (0, 5)


def test_the_kinds_of_the_how_to_need_what_the_checker_asks() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", HOW_TO.read_text("utf-8"), re.M)
    assert tuple(kind for kind, _, _ in rows) == KINDS
    for kind, needs, may in rows:
        assert set(re.findall(r"`(\w+)`", needs)) == {name for either in NEEDS[kind] for name in either}
        assert set(re.findall(r"`(\w+)`", may)) == set(MAY.get(kind, ()))


def test_the_page_on_forum_lists_every_flow_with_its_mechanism_and_whether_it_is_on() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` (raises|lowers) (\w) \| (\w+) \| [^|]+ \| (yes|no) \|$", FORM.read_text("utf-8"), re.M
    )
    assert [
        (rate, way, stock, "" if name == "none" else name, on == "yes") for rate, way, stock, name, on in rows
    ] == [
        (flow.rate, flow.direction, flow.stock, flow.mechanism, not flow.off)
        for flow in study().dynamic_flows
    ]


def test_the_page_on_forum_lists_every_formula_and_every_band() -> None:
    page = FORM.read_text("utf-8")
    for row in study().dynamic_quantities:
        if row.kind == "formula" and row.name != "G":
            assert f"`{row.formula}`" in page
    rows = re.findall(r"^\| (\w+) \| (\d{4}) \| (.+) \| .+ \|$", page, re.M)
    assert [(unit, year) for unit, year, _ in rows] == [(row.unit, str(row.years)) for row in study().bands]
    for (_, _, told), band in zip(rows, study().bands, strict=True):
        if band.formula in ("C", "B", "I"):
            low = (
                f"{band.formula} at least {band.low}"
                if band.low is not None
                else f"{band.formula} at most {band.high}"
            )
            assert told == low


def test_what_the_page_says_of_answers_that_are_the_forms_own_is_so() -> None:
    page = " ".join(FORM.read_text("utf-8").split())
    (alone,) = re.findall(r"(\d+) draws in 100 of the model as declared say so", page)
    ((before, after),) = re.findall(r"make Puebla synergistic: (\d+) in 100 before, (\d+) after", page)
    found = simulation(study(), draws=4096).counterfactual(
        "PUE council 2005", "PUE leadership=high from 2005", "NL leadership=low from 2010"
    )
    as_it_was, _ = found.shares_before("synergistic", "NL", 2016, gate=False)
    _, prior = found.shares_before("synergistic", "PUE", 2016)
    _, matched = found.shares("synergistic", "PUE", 2016)
    # Shares of 4,000 prior draws, and of admitted ones that are worth some 300.
    assert as_it_was.value == pytest.approx(int(alone) / 100, abs=0.01)
    assert prior.value == pytest.approx(int(before) / 100, abs=0.02)
    assert matched.value == pytest.approx(int(after) / 100, abs=0.03)
