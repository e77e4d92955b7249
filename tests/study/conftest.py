"""A study folder that tests may spoil: the example that `concausa new` writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from concausa.study.scaffold import new


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example study, fresh."""
    new(tmp_path / "study")
    return tmp_path / "study"
