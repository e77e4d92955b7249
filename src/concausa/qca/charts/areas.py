"""The areas of a theory and a model as a plate: four columns, with and without the outcome, cases by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import GREY, INK, tint
from concausa.qca.charts.canvas import FILLS, LETTERS, boxes, chart, listing, paragraph, words
from concausa.qca.charts.venn import crossover_note
from concausa.qca.evaluation.area import AREAS, Area, label_of
from concausa.qca.evaluation.evaluation import Evaluation

_WIDE, _SIDE, _GAP, _STEP, _PAD = 190.0, 74.0, 8.0, 14.0, 10.0
#: Most lines of names in a cell; the others are counted.
_MOST = 14

#: Grounds by whether the model holds the area and whether the cases have the outcome; they differ in lightness too.
_GROUNDS = {
    (True, True): FILLS["1"],
    (True, False): FILLS["C"],
    (False, True): tint(GREY, 0.3),
    (False, False): FILLS["0"],
}


def areas(one: Evaluation, *, name: str = "theory-areas", say: Callable[[str], str] = str) -> Chart:
    """The eight areas as cells, each with its name, its number of cases and their names.

    Parameters
    ----------
    one : Evaluation
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.
    """
    outcome = one.model.truth_table.outcome
    heads = [_head(area, say) for area in one.areas]
    top = _PAD + max(map(len, heads)) * _STEP + 12
    fills: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for column, head in enumerate(heads):
        told += paragraph(head[1:], _left(column) + _WIDE / 2, _PAD + 6 + _STEP)
    bold = [
        {"x": _left(column) + _WIDE / 2, "y": _PAD + 6, "text": head[0]} for column, head in enumerate(heads)
    ]
    sides = []
    for with_outcome in (True, False):
        cells = [_cell(area, with_outcome, say) for area in one.areas]
        high = max(len(lines) for _, lines, _ in cells) * _STEP + 2 * _PAD + 4
        side = outcome if with_outcome else say("not {outcome}").format(outcome=outcome)
        sides += paragraph(text.lines(side, _SIDE - 12, 12, most=4), 4, top + _PAD + 6)
        for column, (label, lines, cases) in enumerate(cells):
            left = _left(column)
            ground = _GROUNDS[not one.areas[column].name.endswith("~S"), with_outcome]
            ink = LETTERS["1"] if ground == FILLS["1"] else INK
            fills.append(
                {
                    "x": left,
                    "y": top,
                    "x2": left + _WIDE,
                    "y2": top + high,
                    "fill": ground,
                    "label": label_of(one.areas[column].name, with_outcome),
                    "cases": list(cases),
                    "said": f"{label}: {', '.join(cases) or say('no case')}",
                }
            )
            told += paragraph(lines[1:], left + _WIDE / 2, top + _PAD + 6 + _STEP, ink=ink)
            bold += paragraph(lines[:1], left + _WIDE / 2, top + _PAD + 6, ink=ink)
        top += high + _GAP
    bold = [{"ink": INK, **row} for row in bold]
    told = [{"ink": INK, **row} for row in told]
    parts = [
        boxes(fills, stroke=INK, strokeWidth=0.8),
        words(bold, fontSize=11.5, fontWeight="bold"),
        words(told, fontSize=11),
        words(sides, fontSize=12, fontWeight="bold", align="left"),
    ]
    title = say("Theory {theory} and solution for {outcome}").format(theory=one.theory.label, outcome=outcome)
    notes = [
        say("T, theory: {theory}. S, model: {model}.").format(
            theory=one.theory.expression, model=one.model.expression
        ),
        *crossover_note(list(one.crossovers), say),
    ]
    alt = " ".join(f"{row['said']}." for row in fills)
    size = (_left(len(AREAS)), top + 2)
    return chart(name, title, size, parts, alt, notes)


def _left(column: int) -> float:
    return _SIDE + column * (_WIDE + _GAP)


def _head(area: Area, say: Callable[[str], str]) -> tuple[str, ...]:
    """Name, words and expression of an area."""
    room = _WIDE - 8
    shown = say("nothing can lie here") if area.empty else area.expression
    broken = " ".join(_breakable(word, room) for word in shown.split())
    return (area.name, *text.lines(say(area.words), room, 11, most=2), *text.lines(broken, room, 11, most=8))


def _breakable(word: str, room: float) -> str:
    """A conjunction that is wider than the room, with a space behind some of its signs *and*."""
    lines = [""]
    for piece in re.findall(r"[^*]+\*?", word):
        if lines[-1] and text.width(lines[-1] + piece, 11) > room:
            lines.append("")
        lines[-1] += piece
    return " ".join(lines)


def _cell(
    area: Area, outcome: bool, say: Callable[[str], str]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a cell is called, its lines, and its cases."""
    cases = area.with_outcome if outcome else area.without_outcome
    label = say(label_of(area.name, outcome))
    names = listing(cases, _WIDE - 2 * _PAD, 11, most=_MOST) if cases else ()
    return label, (label, f"n = {len(cases)}", *names), cases
