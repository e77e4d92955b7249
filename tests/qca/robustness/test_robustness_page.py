"""The page on robustness: its protocol runs and shows what it says, its examples in Python too."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from tests.test_tutorials import BLOCK, edit, in_order

from concausa.cli.main import main

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "robustness.md"


def test_the_commands_of_the_page_run_and_show_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    commands = 0
    for kind, file, how, body in BLOCK.findall(PAGE.read_text("utf-8")):
        if kind != "console":
            edit(tmp_path / file, how, body)
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            capsys.readouterr()
            assert main(shlex.split(command)[1:]) == 0
            in_order(shown, capsys.readouterr().out, command)
            commands += 1
    assert commands == 4


def test_the_examples_in_python_give_what_they_show() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 6) == (0, True)
