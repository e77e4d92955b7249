"""The page on causal models shows what comes out."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "causal-models.md"


def test_the_page_shows_what_comes_out() -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    failures, attempted = doctest.DocTestRunner(optionflags=flags).run(examples)
    assert attempted >= 20
    assert failures == 0
