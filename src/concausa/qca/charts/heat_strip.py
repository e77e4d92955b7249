"""The truth table as a picture: a strip of cells a row, with outcome, cases and fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, GROUNDS, HATCH, INK, tint
from concausa.qca.charts.canvas import (
    FILLS,
    LETTERS,
    Layer,
    boxes,
    chart,
    number,
    rules,
    words,
)  # fmt: skip
from concausa.qca.charts.outcomes import OUTCOME_NAMES, outcome_key
from concausa.qca.charts.venn import crossover_note
from concausa.qca.factor import Factor, term_text
from concausa.qca.row import Order, Row
from concausa.qca.truth_table import TruthTable

#: Pixels: a condition's column, a row, the column of a measure, room for the names of cases.
_CELL, _ROW, _BAR, _FIT, _NAMES = 46.0, 22.0, 56.0, 112.0, 300.0
_LEFT, _HEAD = 14.0, 16.0


def heat_strip(
    table: TruthTable,
    *,
    by: Order = "outcome",
    most: int = 200,
    name: str = "heat-strip",
    say: Callable[[str], str] = str,
) -> Chart:
    """The observed rows of a truth table as strips: conditions, outcome, cases, consistency and PRI.

    Dark is in the set, light is out of it; categories grow darker with their number, which every cell
    also bears. So does each outcome bear its sign.

    Parameters
    ----------
    table : TruthTable
    by : str
        Order of the rows, as in :meth:`TruthTable.sort`.
    most : int
        Rows that are drawn at most; a note tells how many are not.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no such order, or *most* is below 1.
    """
    if by not in get_args(Order) or most < 1:
        raise OptionError(
            "the heat strip cannot be drawn so",
            where=f"by={by!r}, most={most!r}",
            fix=f"by is one of {', '.join(get_args(Order))}; most is at least 1",
        )
    rows = table.sort(by)
    shown = rows[:most]
    factors = table.conditions
    heads = [text.lines(factor.name, 130, 12, most=2) for factor in factors]
    widest = max(text.width(line, 12) for lines in (*heads, (table.outcome,)) for line in lines)
    flat = widest <= _CELL - 4
    head = _HEAD + (16 if flat else min(widest, 130) * 0.8 + 16)
    cells, letters, edges = _cells(shown, factors, head)
    grid = _LEFT + _CELL * len(factors)
    parts = [
        *_heads(heads, head, grid, table.outcome, flat, say),
        boxes(cells, stroke=GREY, strokeWidth=1),
        words(letters, fontSize=11),
        rules(edges, opacity=0.25),
        *_fits(shown, grid, head, table),
    ]
    high = head + _ROW * len(shown)
    legend, low = _legend(factors, high + 20, say)
    notes = []
    if len(rows) > most:
        notes.append(say("{n} more rows are not drawn.").format(n=len(rows) - most))
    notes += crossover_note([tie.case for tie in table.ties], say)
    notes += [caveat.told(say) for caveat in table.caveats if caveat.kind != "tie"]
    if any(text.width(", ".join(row.cases), 11) > _NAMES - 16 for row in shown):
        notes.append(say("Lists of cases that end in … stand in full in the table."))
    title = say("Truth table of {outcome}").format(outcome=table.outcome)
    alt = " ".join([f"{title}.", *(_told(row, say) for row in shown)])
    listed = min(_NAMES, 16 + max(text.width(", ".join(row.cases), 11) * 1.05 for row in shown))
    wide = max(grid + 94 + 2 * _FIT + listed, 640.0)
    return chart(name, title, (wide, low), [*parts, *legend], alt, notes)


def shade(factor: Factor, value: int | None) -> tuple[str, str]:
    """Ground and letter of a cell: from light to dark with the value, hatched for don't care."""
    if value is None:
        return HATCH, INK
    share = value / (factor.levels - 1) if factor.levels > 1 else 1.0
    if share >= 1:
        return GROUNDS[BLUE], "#ffffff"
    return ("transparent" if share == 0 else tint(BLUE, 0.15 + 0.5 * share)), INK


def _cells(
    rows: Sequence[Row], factors: Sequence[Factor], head: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    cells, letters, edges = [], [], []
    for place, row in enumerate(rows):
        y = head + _ROW * place
        for column, (factor, value) in enumerate(zip(factors, row.configuration, strict=True)):
            x = _LEFT + _CELL * column
            fill, ink = shade(factor, value)
            said = term_text([factor], [value]) if value is not None else f"{factor.name}: –"
            cells.append({"x": x + 1, "y": y + 1, "x2": x + _CELL - 1, "y2": y + _ROW - 1, "fill": fill,
                          "said": said, "value": value, "row": row.expression, "condition": factor.name})  # fmt: skip
            letters.append({"x": x + _CELL / 2, "y": y + _ROW / 2, "ink": ink,
                            "text": "–" if value is None else str(value)})  # fmt: skip
        x, side = _LEFT + _CELL * len(factors) + 14, 30.0
        cells.append({"x": x, "y": y + 1, "x2": x + side, "y2": y + _ROW - 1, "fill": FILLS[row.outcome],
                      "said": row.why, "value": row.outcome, "row": row.expression, "condition": ""})  # fmt: skip
        letters.append(
            {"x": x + side / 2, "y": y + _ROW / 2, "ink": LETTERS[row.outcome], "text": row.outcome}
        )
        if place and rows[place - 1].outcome != row.outcome:
            edges.append({"x": _LEFT, "y": y, "x2": x + side + 2 * _FIT + 40, "y2": y})
    return cells, letters, edges


def _fits(rows: Sequence[Row], grid: float, head: float, table: TruthTable) -> list[Layer]:
    """Number of cases, consistency and PRI as bars with their value, the cut-offs as lines, the cases."""
    bars, values, lines, cases = [], [], [], []
    start = grid + 54
    for place, row in enumerate(rows):
        y = head + _ROW * place
        values.append({"x": start + 22, "y": y + _ROW / 2, "text": str(row.n)})
        for column, share in enumerate((row.consistency, row.pri)):
            x = start + 36 + _FIT * column
            bars.append({"x": x, "y": y + 4, "x2": x + _BAR, "y2": y + _ROW - 4, "fill": tint(GREY, 0.12),
                         "share": None})  # fmt: skip
            if share == share:
                bars.append({"x": x, "y": y + 4, "x2": x + _BAR * max(share, 0), "y2": y + _ROW - 4,
                             "fill": tint(BLUE, 0.35), "share": share})  # fmt: skip
            values.append({"x": x + _BAR + 38, "y": y + _ROW / 2, "text": number(share)})
        named = text.shortened(", ".join(row.cases), _NAMES - 16, 11)
        cases.append({"x": start + 36 + 2 * _FIT, "y": y + _ROW / 2, "text": named})
    low = head + _ROW * len(rows)
    for column, cut in enumerate((table.cutoffs.consistency, table.cutoffs.pri)):
        if cut > 0:
            x = start + 36 + _FIT * column + _BAR * cut
            lines.append({"x": x, "y": head - 3, "x2": x, "y2": low + 3})
    return [
        boxes(bars),
        rules(lines, strokeDash=[3, 2], opacity=0.8),
        words(values, fontSize=11, align="right"),
        words(cases, fontSize=11, align="left"),
    ]


def _heads(
    heads: Sequence[Sequence[str]],
    head: float,
    grid: float,
    outcome: str,
    flat: bool,
    say: Callable[[str], str],
) -> list[Layer]:
    slanted = [
        {"x": _LEFT + _CELL * (column + 0.5) - 4 + 14 * line, "y": head - 8, "text": words_of}
        for column, lines in enumerate(heads)
        for line, words_of in enumerate(lines)
    ]
    slanted.append({"x": grid + 26, "y": head - 8, "text": text.shortened(outcome, 130, 12)})
    if flat:
        for place, row in enumerate(slanted):
            row["x"] = (_LEFT + _CELL * (place + 0.5)) if place < len(heads) else grid + 29
    start = grid + 54
    titles = [{"x": start + 22, "y": head - 10, "text": "n", "side": "right"}]
    titles += [
        {"x": start + 36 + _FIT * column, "y": head - 10, "text": word, "side": "left"}
        for column, word in enumerate((say("Consistency"), say("PRI")))
    ]
    titles.append({"x": start + 36 + 2 * _FIT, "y": head - 10, "text": say("Cases"), "side": "left"})
    return [
        words(slanted, align="center" if flat else "left", angle=0 if flat else 306),
        words([row for row in titles if row["side"] == "right"], align="right"),
        words([row for row in titles if row["side"] == "left"], align="left"),
    ]


def _legend(factors: Sequence[Factor], y: float, say: Callable[[str], str]) -> tuple[list[Layer], float]:
    entries = [("0", "transparent", say("out of the set")), ("1", GROUNDS[BLUE], say("in the set"))]
    if any(factor.kind == "multi-value" for factor in factors):
        entries.append(("2", tint(BLUE, 0.4), say("category")))
    swatches, rows, x = [], [], _LEFT + 2
    for sign, fill, label in entries:
        swatches.append({"x": x, "y": y - 7, "x2": x + 20, "y2": y + 7, "fill": fill})
        told = f"{sign}: {label}"
        rows.append({"x": x + 26, "y": y, "text": told})
        x += text.width(told, 12) + 50
    first = [boxes(swatches, stroke=GREY, strokeWidth=1), words(rows, align="left")]
    return [*first, *outcome_key(_LEFT + 2, y + 22, say)], y + 38


def _told(row: Row, say: Callable[[str], str]) -> str:
    return (
        f"{row.expression}: {say(OUTCOME_NAMES[row.outcome])}, n = {row.n}, {say('Consistency')} "
        f"{number(row.consistency)}, PRI {number(row.pri)}: {', '.join(row.cases)}."
    )
