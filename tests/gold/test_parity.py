"""Differences from other programs are wanted ones, and the page that lists them is true."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "parity-qca.md"


def test_every_example_of_the_parity_page_runs() -> None:
    found = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert found.attempted > 20
    assert found.failed == 0
