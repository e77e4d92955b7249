"""A study of one's own, and the command line as a user calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from concausa.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def concausa(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Answer(status, shown.out, shown.err)

    return run


@pytest.fixture
def process() -> Run:
    """The command line, in a process of its own, with its output in a pipe."""

    def run(*arguments: object, **options: Any) -> Answer:
        command = [sys.executable, "-m", "concausa", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The study that ``concausa new`` writes."""
    folder = tmp_path / "my-study"
    assert main(["new", str(folder)]) == 0
    return folder
