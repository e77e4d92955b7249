"""The page on counterfactuals gives what it shows."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "counterfactuals.md"


def test_the_page_on_counterfactuals_gives_what_it_shows():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 15) == (0, True)
