"""What the how-to page on coincidence analysis shows is what comes out."""

from __future__ import annotations

import csv
import doctest
import re
import shlex
from pathlib import Path

import pytest

from concausa.cli.main import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "coincidence.md"


def test_what_the_page_shows_is_what_comes_out() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 15) == (0, True)


def test_the_commands_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    for name in ("regions", "clinic"):
        block = re.search(rf">>> {name} = \{{\n(.*?)\.\.\. \}}", page, re.S)
        assert block
        columns = re.findall(r'"(\w+)": \[([\d, ]+)\]', block[1])
        with Path(f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column for column, _ in columns])
            writer.writerows(zip(*(values.split(", ") for _, values in columns), strict=True))
    commands = re.findall(r"^concausa cna .+$", page, re.M)
    assert len(commands) == 4
    for command in commands[:3]:
        assert main(shlex.split(command.removesuffix(" -o results"))[1:]) == 0
