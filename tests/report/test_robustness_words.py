"""Remarks on robustness are told in Spanish."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import concausa

from .test_language import CATALOGUE

ROBUSTNESS = Path(concausa.__file__).parent / "qca" / "robustness"


def _sentences() -> Iterator[str]:
    for path in sorted(ROBUSTNESS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            of_caveat = isinstance(call.func, ast.Attribute) and call.func.attr == "of"
            caveat = of_caveat and getattr(call.func.value, "id", "") == "Caveat"  # type: ignore[attr-defined]
            told = call.args[1:2] if caveat else call.args[:1]
            said = caveat or getattr(call.func, "id", "") == "say"
            if said and told and isinstance(told[0], ast.Constant):
                yield told[0].value


def test_every_plain_remark_and_sentence_on_robustness_is_told_in_spanish() -> None:
    heard = set(_sentences())
    assert len(heard) > 25
    assert sorted(heard - CATALOGUE.keys()) == []
