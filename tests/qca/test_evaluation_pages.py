"""The pages on theory evaluation and on the choice of cases show what comes out, and their commands run."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from concausa.cli.main import main

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
PAGES = ("evaluate-theory", "choose-cases-after-qca")
DATA = {
    "cases.csv": "case,A,B,C,Y\np,.9,.8,.2,.9\nq,.8,.3,.1,.7\nr,.7,.9,.9,.8\ns,.1,.9,.3,.2\nt,.2,.2,.8,.9\nu,.3,.1,.1,.1\n",
    "states.csv": "state,region,EL,BQ,UP\nNorth,n,.9,.8,.9\nSouth,s,.8,.9,.85\nEast,n,.7,.9,.7\nWest,s,.2,.8,.1\n"
    "Coast,n,.9,.7,.3\nHills,s,.3,.1,.8\nLakes,n,.1,.3,.2\n",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_in_python_give_what_they_show(page: str) -> None:
    failed, tried = doctest.testfile(str(HOW_TO / f"{page}.md"), module_relative=False)
    assert (failed, tried > 4) == (0, True)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_is_answered(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in DATA.items():
        (tmp_path / name).write_text(text, "utf-8")
    commands = re.findall(r"^\$ (concausa .*)$", (HOW_TO / f"{page}.md").read_text("utf-8"), re.M)
    assert len(commands) == 2
    for command in commands:
        # what a folder gets is tested where the command is
        words = shlex.split(command)[1:]
        if "-o" in words:
            words = words[: words.index("-o")]
        assert main(words) == 0, capsys.readouterr().err
