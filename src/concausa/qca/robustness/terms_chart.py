"""Which test keeps which term, and how far its solution coincides with the initial one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, GROUNDS, tint
from concausa.qca.charts.canvas import boxes, chart, paragraph, words

if TYPE_CHECKING:
    from concausa.qca.formulas import Formula
    from concausa.qca.robustness.robustness_tests import RobustnessTests

_CELL, _ROW, _LEFT, _TOP, _BAR = 30.0, 24.0, 14.0, 44.0, 120.0
#: Most terms that have a column; those of the initial solution always have.
MOST = 16


def terms_chart(
    found: RobustnessTests, *, name: str = "robust-terms", say: Callable[[str], str] = str
) -> Chart:
    """A row a test, a column a term; dark where every model has it, light where some model has.

    Parameters
    ----------
    found : RobustnessTests
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.
    """
    terms = _terms(found)
    labels = [say("initial solution"), *(one.label for one in found.tests)]
    room = min(220.0, max(text.width(label, 12) for label in labels)) + 12
    grid = _LEFT + room
    bar = grid + _CELL * len(terms) + 18
    cells, told, bars, numbers = [], [], [], []
    for row, (label, formula, share) in enumerate(_rows(found, labels)):
        top = _TOP + _ROW * row
        middle = top + _ROW / 2
        told.append({"x": grid - 8, "y": middle, "text": text.shortened(label, room - 8, 12)})
        for column, term in enumerate(terms):
            held = "every" if term in formula.core else "some" if term in formula.some else "none"
            left = grid + _CELL * column
            cells.append(
                {
                    "x": left + 2, "y": top + 2, "x2": left + _CELL - 2, "y2": top + _ROW - 2, "test": label,
                    "term": term, "held": held, "fill": _FILLS[held], "said": f"{label}, {term}: {say(_SAID[held])}",
                }
            )  # fmt: skip
        if share is not None:
            bars.append(
                {
                    "x": bar, "y": top + 5, "x2": bar + _BAR * share, "y2": top + _ROW - 5, "fill": tint(BLUE, 0.6),
                    "coincidence": share, "test": label,
                }
            )  # fmt: skip
            numbers.append({"x": bar + _BAR + 8, "y": middle, "text": f"{share:.2f}"})
    heads = [
        {"x": grid + _CELL * (column + 0.5), "y": _TOP - 12, "text": str(column + 1)}
        for column in range(len(terms))
    ]
    low = _TOP + _ROW * len(labels)
    own = len(found.initial.formula.some)
    key = [
        f"{number}: {term}" + ("" if number <= own else f" ({say('not in the initial solution')})")
        for number, term in enumerate(terms, start=1)
    ]
    wide = max(bar + _BAR + 56, _LEFT + max(text.width(line, 11) for line in key) + 16, 420)
    parts = [
        words(told, align="right"),
        words(heads, fontWeight="bold"),
        boxes(cells, stroke=GREY, strokeWidth=1),
        words([{"x": bar, "y": _TOP - 12, "text": say("set coincidence")}], align="left", fontWeight="bold"),
        *([boxes(bars), words(numbers, align="left", fontSize=11)] if bars else []),
        words(paragraph(key, _LEFT, low + 22, 15), align="left", fontSize=11),
    ]
    same = [one.tried.label for one in found.comparisons if one.same]
    kept = ", ".join(same) or say("none")
    return chart(
        name,
        say("Which test keeps which term of {formula}").format(formula=found.initial.formula.text),
        (wide, low + 30 + 15 * len(key)),
        parts,
        say("Tests that leave the formula as it is: {tests}.").format(tests=kept),
        [say("Dark: every model has the term. Light: some model has it. Empty: none has.")],
    )


_FILLS: dict[str, str] = {"every": GROUNDS[BLUE], "some": tint(BLUE, 0.35), "none": "transparent"}
_SAID = {"every": "in every model", "some": "in some model", "none": "in no model"}


def _terms(found: RobustnessTests) -> list[str]:
    """Terms of the initial solution, then others by how many tests have them."""
    own = sorted(found.initial.formula.some)
    others: dict[str, int] = {}
    for one in found.tests:
        for term in one.formula.some - found.initial.formula.some:
            others[term] = others.get(term, 0) + 1
    rest = sorted(others, key=lambda term: (-others[term], term))
    return [*own, *rest[: max(0, MOST - len(own))]]


def _rows(found: RobustnessTests, labels: list[str]) -> list[tuple[str, Formula, Any]]:
    first = (labels[0], found.initial.formula, None)
    rest = [
        (label, one.tried.formula, one.coincidence)
        for label, one in zip(labels[1:], found.comparisons, strict=True)
    ]
    return [first, *rest]
