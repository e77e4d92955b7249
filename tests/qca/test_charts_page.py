"""The page on charts of sets shows what comes out."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "charts-of-sets.md"


def test_the_page_shows_what_comes_out() -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    text = PAGE.read_text("utf-8").replace("\n…\n", "\n...\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    failures, attempted = doctest.DocTestRunner(optionflags=flags).run(examples)
    assert attempted >= 10
    assert failures == 0
