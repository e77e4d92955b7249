"""The page on weighing evidence shows what comes out."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from concausa.tracing.word_scale import USUAL

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "weigh-evidence.md"


def test_the_page_shows_what_comes_out() -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    failures, attempted = doctest.DocTestRunner(optionflags=flags).run(examples)
    assert attempted >= 20
    assert failures == 0


def test_the_page_lists_the_usual_words() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+)(?: to (\d+))? \| [\d.]+", PAGE.read_text("utf-8"), re.M)
    assert [(word, int(low), int(high or low)) for word, low, high in rows] == [
        (word, found.low, found.high) for word, found in USUAL.grades
    ]
