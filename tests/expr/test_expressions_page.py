"""The page on expressions shows what the package does."""

import doctest
import re
from pathlib import Path

from concausa.expr.boolean import parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "expressions.md").read_text("utf-8")


def test_the_examples_of_the_page_give_what_it_shows():
    examples = doctest.DocTestParser().get_doctest(PAGE, {}, "expressions.md", None, 0)
    assert len(examples.examples) > 10
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_each_sign_and_its_other_form_are_read_as_the_same():
    table = PAGE.partition("## What can be written")[2].partition("\nLetters")[0].replace("\\|", "|")
    pairs = re.findall(r"^\| `(.+?)` \| `([^>].*?)` \| (?!a condition with ordered)", table, flags=re.M)
    assert len(pairs) == 5
    assert [parse(first) for first, _ in pairs] == [parse(second) for _, second in pairs]
