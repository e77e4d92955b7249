"""The tutorials' commands run, their edits are made, and what they show is what comes out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from concausa.cli.main import main

TUTORIALS = Path(__file__).resolve().parent.parent / "docs" / "tutorial"
BLOCK = re.compile(r'^```(console|csv)(?: title="([\w.-]+), (add|last line)")?\n(.*?)^```$', re.M | re.S)


@pytest.mark.parametrize("page", sorted(TUTORIALS.glob("*.md")), ids=lambda page: page.stem)
def test_a_tutorial_does_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    place = tmp_path
    commands = 0
    for kind, file, how, body in BLOCK.findall(page.read_text("utf-8")):
        if kind == "csv":
            edit(place / file, how, body)
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            words = shlex.split(command)
            commands += 1
            if words[0] == "cd":
                place = place / words[1]
                monkeypatch.chdir(place)
                continue
            assert words[0] == "concausa"
            capsys.readouterr()
            status = main(words[1:])
            answer = capsys.readouterr()
            assert status == int(any(line.startswith("error:") for line in shown)), answer.err
            in_order(shown, answer.out, command)
    assert commands >= 6


def edit(file: Path, how: str, body: str) -> None:
    text = file.read_text("utf-8")
    kept = text if how == "add" else text[: text.rstrip("\n").rindex("\n") + 1]
    file.write_text(kept + body, "utf-8")


def in_order(shown: list[str], answer: str, command: str) -> None:
    """Every line shown stands in the answer, after the one before; runs of spaces do not count."""
    rest = " ".join(answer.split())
    for line in shown:
        wanted = " ".join(line.split())
        assert wanted in rest, f"{command}: {wanted!r} is not in {rest[:2000]!r}"
        rest = rest.partition(wanted)[2]
