"""The examples in docstrings run and give what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import concausa

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(concausa.__path__, "concausa.")
    if "__main__" not in found.name
)


@pytest.mark.parametrize("name", ["concausa", *MODULES])
def test_the_examples_of_a_module_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    counted = sum(
        len(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name), name)
    )
    assert counted > 30
