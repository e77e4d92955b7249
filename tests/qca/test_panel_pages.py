"""The pages on panels and on the order of events show what comes out."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from tests.test_tutorials import BLOCK, edit, in_order

from concausa.cli.main import main

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", ["panels", "temporal-conditions"])
def test_the_page_shows_what_comes_out(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    text = (DOCS / "how-to" / f"{name}.md").read_text("utf-8")
    for kind, file, how, body in BLOCK.findall(text):
        if kind != "console":
            edit(tmp_path / file, how, body)
            continue
        for command, *shown in (entry.splitlines() for entry in re.split(r"^\$ ", body, flags=re.M)[1:]):
            capsys.readouterr()
            assert main(shlex.split(command)[1:]) == 0, capsys.readouterr().err
            in_order(shown, capsys.readouterr().out, command)
    assert run(text) > 5


def run(text: str) -> int:
    """How many examples of a page there are; all of them give what it shows."""
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    examples = doctest.DocTestParser().get_doctest(text, {}, "page", "page", 0)
    failures, attempted = doctest.DocTestRunner(optionflags=flags).run(examples)
    assert failures == 0
    return attempted
