"""The pages on case selection do what they say, and their numbers are those that are computed."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from concausa.audit.case_choice import CaseChoice, select
from concausa.cli.main import main
from concausa.record.covariate import CovariateSpec
from concausa.study.study import Study

DOCS = Path(__file__).resolve().parents[1] / "docs"
HOW_TO, ANSWER = DOCS / "how-to" / "select-cases.md", DOCS / "explanation" / "prosoft-selection.md"
DATA = "state,size,party,growth\nA,10,p,1\nB,11,q,2\nC,20,p,11\nD,30,q,40\nE,40,p,31\nF,50,q,41\n"


@cache
def choice() -> CaseChoice:
    return select(Study.load("prosoft"))


@pytest.mark.parametrize("page", [HOW_TO, ANSWER], ids=lambda page: page.stem)
def test_the_examples_in_python_give_what_they_show(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert (failed, tried > 2) == (0, True)


def test_every_command_of_the_page_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "states.csv").write_text(DATA, "utf-8")
    commands = re.findall(r"^\$ (concausa .*)$", HOW_TO.read_text("utf-8"), re.M)
    assert len(commands) == 8
    for command in commands:
        assert main(shlex.split(command)[1:]) == 0, capsys.readouterr().err


def test_the_declaration_of_the_page_is_one_of_the_bundled_study() -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)
    (written,) = tomllib.loads(block)["covariates"]
    own = Study.load("prosoft").row("covariates", written["id"])
    assert written.keys() <= {field.name for field in fields(CovariateSpec)}
    assert {name: str(value) for name, value in written.items()} == {
        name: str(getattr(own, name)) for name in written
    }


def test_the_table_of_the_answer_holds_the_numbers_that_are_computed() -> None:
    rows = re.findall(
        r"^\| .* \| ([\d,.]+) \| ([\d,.]+) \| ([+−][\d.]+) \| (\d+) % \|$", ANSWER.read_text("utf-8"), re.M
    )
    computed = {row.covariate: row for row in choice().compared[0].profile.rows}
    order = [
        "investment", "it_density", "product", "media_share", "services_share", "it_size", "population", "margin", "growth",
    ]  # fmt: skip
    assert len(rows) == len(order)
    for name, (first, second, difference, closer) in zip(order, rows, strict=True):
        row, covariate = computed[name], choice().candidates.covariate(name)
        for unit, written in (("NL", first), ("PUE", second)):
            value = float(covariate.values[choice().candidates.place(unit)])
            digits = len(written.partition(".")[2])
            assert f"{value:,.{digits}f}" == written, name
        assert f"{row.difference:+.2f}".replace("-", "−") == difference, name
        assert f"{row.closer:.0%}" == f"{closer}%", name


def test_what_the_page_says_in_words_is_so() -> None:
    pairs = choice().pairs
    assert (pairs.nearest("NL")[0].id, pairs.nearest("NL")[0].rank) == ("NL, CHH", 122)
    assert [pair.second for pair in pairs.nearest("PUE")[:3]] == ["VER", "SIN", "TAM"]
    values = {name: choice().candidates.covariate(name).values for name in ("it_density", "investment")}
    one, other = (choice().candidates.place(unit) for unit in ("NL", "PUE"))
    assert values["it_density"][one] / values["it_density"][other] > 4
    assert values["investment"][one] / values["investment"][other] > 6
    most_alike = [
        select(Study.load("prosoft"), distance=distance).pairs.rows[0].id
        for distance in ("gower", "euclidean", "mahalanobis", "rank")
    ]
    assert most_alike == ["COA, TAM", "COA, TAM", "TLA, ZAC", "NL, TAM"]
