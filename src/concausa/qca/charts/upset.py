"""The UpSet chart: how many cases lie in which combination of sets, for any number of sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.draw import text
from concausa.draw.palette import GREY, INK, tint
from concausa.qca.charts.canvas import FILLS, LETTERS, Layer, boxes, chart, marks, rules, words
from concausa.qca.charts.outcomes import OUTCOME_NAMES, outcome_key
from concausa.qca.charts.venn import Held, cases_of_terms, crossover_note
from concausa.qca.factor import literal
from concausa.qca.model import Model
from concausa.qca.truth_table import TruthTable

Code = tuple[int | None, ...]

#: Pixels: a set's column, a row, the longest bar, room for the names of cases.
_CELL, _ROW, _BAR, _NAMES = 30.0, 22.0, 150.0, 330.0
_LEFT, _SIZES = 60.0, 56.0


def upset(
    table: TruthTable, *, most: int = 60, name: str = "upset", say: Callable[[str], str] = str
) -> Chart:
    """The UpSet chart of a truth table: its observed rows by number of cases, coloured by outcome.

    Parameters
    ----------
    table : TruthTable
        Each category of a multi-value condition is a set of its own.
    most : int
        Rows that are drawn at most; a note tells how many are not.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If *most* is below 1.

    References
    ----------
    .. [1] Lex, Gehlenborg, Strobelt, Vuillemot and Pfister (2014), UpSet: visualization of intersecting
       sets, *IEEE Transactions on Visualization and Computer Graphics* 20(12), 1983-1992.
       https://doi.org/10.1109/TVCG.2014.2346248
    """
    names: list[str] = []
    for factor in table.conditions:
        values = factor.values if factor.kind == "multi-value" else (1,)
        names += [literal(factor, value) for value in values]
    held: dict[Code, Held] = {}
    for row in table.rows:
        code: list[int | None] = []
        for factor, value in zip(table.conditions, row.configuration, strict=True):
            if factor.kind == "multi-value":
                code += [None if value is None else int(value == own) for own in factor.values]
            else:
                code.append(value)
        held[tuple(code)] = Held(row.outcome, row.cases)
    title = say("Cases by configuration of {conditions} and outcome {outcome}").format(
        conditions=", ".join(table.condition_names), outcome=table.outcome
    )
    notes = crossover_note([tie.case for tie in table.ties], say)
    return intersections(names, held, title=title, most=most, notes=notes, name=name, say=say)


def upset_of_terms(
    model: Model, *, most: int = 60, name: str = "upset-terms", say: Callable[[str], str] = str
) -> Chart:
    """The UpSet chart of a model's terms: which cases they share, and which lie in one term only."""
    held, tied = cases_of_terms(model)
    title = say("Cases by the terms of a model of {outcome}").format(outcome=model.truth_table.outcome)
    names = [term.expression for term in model.terms]
    codes: dict[Code, Held] = {tuple(code): here for code, here in held.items()}
    return intersections(
        names, codes, title=title, most=most, notes=crossover_note(tied, say), name=name, say=say
    )


def intersections(
    names: Sequence[str],
    held: Mapping[Code, Held],
    *,
    title: str,
    most: int = 60,
    notes: Sequence[str] = (),
    name: str = "upset",
    say: Callable[[str], str] = str,
) -> Chart:
    """The UpSet chart of any sets: one line a combination that has cases, the largest first.

    Parameters
    ----------
    names : sequence of str
        Of the sets.
    held : mapping
        From a code (1 in the set, 0 out of it, None where it does not matter) to what the combination holds.
    """
    if most < 1:
        raise OptionError("the chart shows at least one row", where=f"most={most!r}", fix="most=60")
    order = sorted(
        (code for code in held if held[code].cases),
        key=lambda code: (-len(held[code].cases), [-1 if value is None else value for value in code][::-1]),
    )
    shown = order[:most]
    sizes = [sum(len(held[code].cases) for code in order if code[place] == 1) for place in range(len(names))]
    heads = [text.shortened(own, 190, 12) for own in names]
    top = max([40.0, *(text.width(head, 12) * 0.8 + 20 for head in heads)])
    head = top + _SIZES + 12
    grid = _LEFT + _CELL * len(names)
    high = head + _ROW * len(shown)
    slanted = [
        {"x": _LEFT + _CELL * (place + 0.5) - 2, "y": top - 6, "text": own} for place, own in enumerate(heads)
    ]
    parts = [
        words(slanted, align="left", angle=306),
        *_set_sizes(sizes, top, say),
        *_dots(shown, len(names), head),
        *_bars(names, shown, held, grid + 16, head, say),
    ]
    counts = Counter(held[code].outcome for code in order)
    parts += outcome_key(_LEFT, high + 22, say, counts)
    told = list(notes)
    if len(order) > most:
        left = sum(len(held[code].cases) for code in order[most:])
        told.append(
            say("{n} more combinations with {cases} cases are not drawn.").format(
                n=len(order) - most, cases=left
            )
        )
    if any(text.width(", ".join(held[code].cases), 11) > _NAMES - 20 for code in shown):
        told.append(say("Lists of cases that end in … stand in full in the table."))
    listed = min(
        _NAMES, 16 + max((text.width(", ".join(held[code].cases), 11) * 1.05 for code in shown), default=0)
    )
    alt = " ".join([f"{title}.", *(_told(names, code, held[code], say) for code in shown)])
    return chart(name, title, (max(grid + 78 + _BAR + listed, 640.0), high + 40), parts, alt, told)


def _set_sizes(sizes: Sequence[int], top: float, say: Callable[[str], str]) -> list[Layer]:
    most = max([1, *sizes])
    bars, values = [], []
    for place, size in enumerate(sizes):
        x, low = _LEFT + _CELL * place, top + _SIZES
        y = low - (_SIZES - 16) * size / most
        bars.append(
            {"x": x + 6, "y": y, "x2": x + _CELL - 6, "y2": low, "fill": tint(GREY, 0.6), "size": size}
        )
        values.append({"x": x + _CELL / 2, "y": y - 7, "text": str(size)})
    label = [{"x": _LEFT - 8, "y": top + _SIZES - 8, "text": say("cases")}]
    return [boxes(bars), words(values, fontSize=10), words(label, fontSize=11, align="right")]


def _dots(shown: Sequence[Code], sets: int, head: float) -> list[Layer]:
    bands, dots, lines, open_ = [], [], [], []
    for line, code in enumerate(shown):
        y = head + _ROW * (line + 0.5)
        if line % 2 == 0:
            bands.append({"x": _LEFT, "y": y - _ROW / 2, "x2": _LEFT + _CELL * sets, "y2": y + _ROW / 2,
                          "fill": tint(GREY, 0.1)})  # fmt: skip
        xs = [_LEFT + _CELL * (place + 0.5) for place in range(sets)]
        held = [x for x, value in zip(xs, code, strict=True) if value == 1]
        if len(held) > 1:
            lines.append({"x": held[0], "y": y, "x2": held[-1], "y2": y})
        for x, value in zip(xs, code, strict=True):
            if value is None:
                open_.append({"x": x, "y": y, "text": "–"})
                continue
            dots.append({"x": x, "y": y, "shape": "circle", "size": 110.0 if value else 40.0, "value": value,
                         "fill": INK if value else "transparent", "stroke": INK if value else GREY})  # fmt: skip
    layers = [boxes(bands), rules(lines, strokeWidth=2), marks(dots)]
    return [*layers, words(open_)] if open_ else layers


def _bars(
    names: Sequence[str],
    shown: Sequence[Code],
    held: Mapping[Code, Held],
    start: float,
    head: float,
    say: Callable[[str], str],
) -> list[Layer]:
    longest = max([1, *(len(held[code].cases) for code in shown)])
    bars, signs, counts, cases = [], [], [], []
    for line, code in enumerate(shown):
        y, here = head + _ROW * line, held[code]
        n = len(here.cases)
        bars.append({"x": start, "y": y + 2, "x2": start + 22, "y2": y + _ROW - 2, "fill": FILLS[here.outcome],
                     "said": _told(names, code, here, say), "n": n, "cases": list(here.cases)})  # fmt: skip
        signs.append({"x": start + 11, "y": y + _ROW / 2, "text": here.outcome, "ink": LETTERS[here.outcome]})
        end = start + 30 + _BAR * n / longest
        bars.append({"x": start + 30, "y": y + 4, "x2": end, "y2": y + _ROW - 4, "fill": FILLS[here.outcome],
                     "said": _told(names, code, here, say), "n": n, "cases": list(here.cases)})  # fmt: skip
        counts.append({"x": end + 6, "y": y + _ROW / 2, "text": str(n)})
        shorn = text.shortened(", ".join(here.cases), _NAMES - 20, 11)
        cases.append({"x": start + 30 + _BAR + 32, "y": y + _ROW / 2, "text": shorn})
    return [
        boxes(bars, stroke=GREY, strokeWidth=1),
        words(signs, fontSize=11),
        words(counts, fontSize=11, align="left"),
        words(cases, fontSize=11, align="left"),
    ]


def _told(names: Sequence[str], code: Code, held: Held, say: Callable[[str], str]) -> str:
    lies = [own for own, value in zip(names, code, strict=True) if value == 1]
    within = "*".join(lies) if lies else say("in none of the sets")
    return f"{within}: {say(OUTCOME_NAMES[held.outcome])}, n = {len(held.cases)}: {', '.join(held.cases)}."
