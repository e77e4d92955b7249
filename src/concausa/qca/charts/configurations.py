"""The configuration chart: conditions × terms, with core and peripheral conditions, as chart and as table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.draw import text
from concausa.draw.palette import GREY, INK, tint
from concausa.qca.charts.canvas import Layer, boxes, chart, listing, marks, number, paragraph, rules, words
from concausa.qca.core_conditions import Path, parsimonious_partner, paths
from concausa.qca.factor import Factor
from concausa.qca.model import Model
from concausa.qca.solution import Solution

Say = Callable[[str], str]

#: Area of a core and of a peripheral mark, in square pixels.
CORE, PERIPHERAL = 420.0, 110.0
#: The same marks as letters: core and peripheral, present and absent.
SIGNS = {(True, 1): "●", (False, 1): "•", (True, 0): "⨂", (False, 0): "⊗"}
_CELL, _ROW, _LEFT, _TOP = 66.0, 30.0, 14.0, 16.0
_CROSS = "M-0.62,-0.62L0.62,0.62M0.62,-0.62L-0.62,0.62"
_FITS: tuple[tuple[str, str], ...] = (
    ("consistency", "Consistency"), ("pri", "PRI"), ("coverage", "Raw coverage"),
    ("unique_coverage", "Unique coverage"),
)  # fmt: skip


def configurations(
    solution: Solution,
    *,
    core: Solution | None = None,
    model: int = 0,
    name: str = "configurations",
    say: Say = str,
) -> Chart:
    """The configuration chart of one model: a column a term, a row a condition, the fit and cases below.

    ● the condition is present, ⊗ it is absent, blank: it does not matter; a category is printed as its
    number. Large marks are core conditions, small ones peripheral.

    Parameters
    ----------
    solution : Solution
        Commonly intermediate.
    core : Solution, optional
        The parsimonious solution of the same truth table; without it all marks have one size.
    model : int
        Which model, counted from 0. A title tells how many there are.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no such model, or *core* is not the parsimonious solution of the same table.

    Notes
    -----
    That core conditions matter more is one reading [1]_. Others hold that only the parsimonious solution
    can be read causally at all [2]_, so that peripheral conditions tell nothing about causes.

    References
    ----------
    .. [1] Fiss (2011), Building Better Causal Theories, *Academy of Management Journal* 54(2), 393-420.
       https://doi.org/10.5465/amj.2011.60263120
    .. [2] Baumgartner & Thiem (2020), Often Trusted but Never (Properly) Tested, *Sociological Methods &
       Research* 49(2), 279-311. https://doi.org/10.1177/0049124117701487
    """
    chosen = _chosen(solution, model)
    columns, notes = _columns(solution, chosen, core, say)
    factors = chosen.truth_table.conditions
    heads = [text.shortened(factor.name, 220, 12) for factor in factors]
    fits = [say(label) for _, label in _FITS]
    grid = _LEFT + max(text.width(label, 12) * 1.07 for label in (*heads, *fits)) + 18
    wide = max(grid + _CELL * len(columns) + 16, 420.0)
    signs = _signs(columns, factors, grid, core is not None)
    high = _TOP + _ROW * (len(factors) + 1)
    labels = [{"x": _LEFT, "y": _middle(row + 1), "text": head} for row, head in enumerate(heads)]
    labels += [
        {"x": _LEFT, "y": high + 22 * (row + 0.5) + 6, "text": label} for row, label in enumerate(fits)
    ]
    tops = [
        {"x": grid + _CELL * (place + 0.5), "y": _middle(0), "text": path.label}
        for place, path in enumerate(columns)
    ]
    values = [
        {
            "x": grid + _CELL * (place + 0.5),
            "y": high + 22 * (row + 0.5) + 6,
            "text": number(getattr(path.term, key)),
        }
        for place, path in enumerate(columns)
        for row, (key, _) in enumerate(_FITS)
    ]
    ends = [{"x": _LEFT, "y": y, "x2": wide - 14, "y2": y} for y in (_TOP + _ROW - 2, high + 2, high + 100)]
    bands = [
        {"x": grid, "y": _middle(row) - _ROW / 2, "x2": grid + _CELL * len(columns),
         "y2": _middle(row) + _ROW / 2, "fill": tint(GREY, 0.09)}
        for row in range(1, len(factors) + 1, 2)
    ]  # fmt: skip
    foot = _foot(chosen, columns, wide - 28, say)
    y = high + 118
    parts = [
        boxes(bands),
        rules(ends, opacity=0.5),
        words(labels, align="left"),
        words(tops, fontWeight="bold"),
        *signs,
        words(values, fontSize=11),
        words(paragraph(foot, _LEFT, y, 15), align="left", fontSize=11),
    ]
    y += 15 * len(foot) + 14
    parts += _key(factors, y, core is not None, say)
    title = _title(solution, model, say)
    alt = " ".join([f"{title}.", *(_told(path, factors, say) for path in columns)])
    return chart(name, title, (wide, y + 20), parts, alt, notes)


def configuration_table(
    solutions: Solution | Sequence[Solution],
    *,
    core: Solution | Sequence[Solution | None] | None = None,
    model: int | Sequence[int] = 0,
    name: str = "configurations",
    say: Say = str,
) -> Table:
    """The configuration chart as a table; several solutions, such as those of Y and of ~Y, side by side.

    Core and present ●, peripheral and present •, core and absent ⨂, peripheral and absent ⊗; a category is
    printed as its number, in brackets where it is peripheral.

    Parameters
    ----------
    solutions : Solution, or sequence of Solution
        With the same conditions.
    core : Solution, or sequence of Solution or None, optional
        The parsimonious solution of each.
    model : int, or sequence of int
        Which model of each, counted from 0.

    Raises
    ------
    OptionError
        If the conditions or the lengths differ, or one cannot be drawn (see :func:`configurations`).
    """
    every = [solutions] if isinstance(solutions, Solution) else list(solutions)
    cores = [core] * len(every) if core is None or isinstance(core, Solution) else list(core)
    numbers = [model] * len(every) if isinstance(model, int) else list(model)
    if not every or not len(every) == len(cores) == len(numbers):
        raise OptionError(
            "there is not one parsimonious solution and one model for each solution",
            where=f"{len(every)} solutions, {len(cores)} for core, {len(numbers)} models",
            fix="give sequences of the same length",
        )
    factors = every[0].truth_table.conditions
    if any(one.truth_table.conditions != factors for one in every):
        raise OptionError(
            "the solutions do not have the same conditions",
            where="; ".join(", ".join(one.truth_table.condition_names) for one in every),
            fix="print them as separate tables",
        )
    headings, groups, notes, models = [Heading("condition", say("Condition"))], [], [], []
    for place, (solution, basis, chosen) in enumerate(zip(every, cores, numbers, strict=True), start=1):
        found = _chosen(solution, chosen)
        columns, told = _columns(solution, found, basis, say)
        models.append(found)
        groups.append((columns, basis is not None))
        notes += [note for note in told if note not in notes]
        for path in columns:
            label = path.label if len(every) == 1 else f"{path.label} ({solution.outcome})"
            headings.append(Heading(f"s{place}-{path.label}", label))
    every_path = [(path, has_core) for columns, has_core in groups for path in columns]
    rows: list[list[Cell | str | None]] = [
        [factor.name, *(_cell(path, place, factor, core_known=known) for path, known in every_path)]
        for place, factor in enumerate(factors)
    ]
    for key, label in _FITS:
        rows.append([say(label), *(_share(getattr(path.term, key)) for path, _ in every_path)])
    rows.append([say("Cases"), *(", ".join(path.term.cases) or None for path, _ in every_path)])
    notes = [
        *(_whole(found, say, with_outcome=len(every) > 1) for found in models),
        _signs_told(factors, any(known for _, known in groups), say),
        *notes,
    ]
    title = "; ".join(_title(one, chosen, say) for one, chosen in zip(every, numbers, strict=True))
    return Table.of(name, title, headings, rows, notes=notes)


def _chosen(solution: Solution, model: int) -> Model:
    if 0 <= model < len(solution.models):
        return solution.models[model]
    raise OptionError(
        "there is no such model",
        where=f"model={model!r}; models 0 to {len(solution.models) - 1} are listed",
        fix="models are counted from 0",
    )


def _columns(
    solution: Solution, model: Model, core: Solution | None, say: Say
) -> tuple[tuple[Path, ...], list[str]]:
    if core is None:
        unknown = say(
            "No parsimonious solution was given: core and peripheral conditions are not told apart."
        )
        return paths(model), [unknown]
    partner, place, of = parsimonious_partner(model, core)
    told = [
        say("Core: the condition is also in the parsimonious solution, model {n}: {model}.").format(
            n=place, model=partner.expression
        )
    ]
    if of > 1 or core.n_models > 1:
        told.append(
            say(
                "{n} parsimonious models are equally good; with another one other conditions may be core."
            ).format(n=core.n_models)
        )
    told.append(
        say(
            "What core means is disputed: for Fiss (2011) the evidence for core conditions is stronger; for others "
            "only what the parsimonious solution keeps can be read causally (Baumgartner and Thiem 2020)."
        )
    )
    return paths(model, partner), told


def _title(solution: Solution, model: int, say: Say) -> str:
    bound = solution.bound.replace("at least", "≥")
    kinds = {
        "conservative": "Conservative solution for {outcome}: model {n} of {all}",
        "parsimonious": "Parsimonious solution for {outcome}: model {n} of {all}",
        "intermediate": "Intermediate solution for {outcome}: model {n} of {all}",
    }
    return say(kinds[solution.kind]).format(
        outcome=solution.outcome, n=model + 1, all=f"{bound}{solution.n_models:,}"
    )


def _middle(row: int) -> float:
    return _TOP + _ROW * (row + 0.5) - 2


def _signs(columns: Sequence[Path], factors: Sequence[Factor], grid: float, known: bool) -> list[Layer]:
    circles: list[dict[str, Any]] = []
    crosses: list[dict[str, Any]] = []
    digits: list[dict[str, Any]] = []
    for place, path in enumerate(columns):
        for row, (factor, value) in enumerate(zip(factors, path.term.cube, strict=True)):
            if value is None:
                continue
            size = CORE if path.core[row] else PERIPHERAL if known else (CORE + PERIPHERAL) / 2
            many = factor.kind == "multi-value"
            x, y = grid + _CELL * (place + 0.5), _middle(row + 1)
            filled = value == 1 and not many
            circles.append({"x": x, "y": y, "shape": "square" if many else "circle", "stroke": INK,
                            "size": max(size, 190.0) if many else size, "fill": INK if filled else "transparent",
                            "term": path.term.expression, "condition": factor.name, "value": value,
                            "core": path.core[row]})  # fmt: skip
            if many:
                digits.append({"x": x, "y": y, "text": str(value)})
            elif not filled:
                crosses.append(
                    {"x": x, "y": y, "shape": _CROSS, "stroke": INK, "fill": "transparent", "size": size}
                )
    layers = [marks(circles)] if circles else []
    layers += [marks(crosses)] if crosses else []
    return [*layers, *([words(digits, fontSize=11)] if digits else [])]


def _whole(model: Model, say: Say, *, with_outcome: bool = False) -> str:
    told = say("Solution: consistency {consistency}, PRI {pri}, coverage {coverage}.").format(
        consistency=number(model.consistency), pri=number(model.pri), coverage=number(model.coverage)
    )
    return f"{model.truth_table.outcome}. {told}" if with_outcome else told


def _foot(model: Model, columns: Sequence[Path], room: float, say: Say) -> list[str]:
    lines = list(text.lines(_whole(model, say), room, 11, most=4))
    for path in columns:
        cases = path.term.cases or (say("no case"),)
        lines += listing([f"{path.label}: {cases[0]}", *cases[1:]], room, 11)
    return lines


def _key(factors: Sequence[Factor], y: float, known: bool, say: Say) -> list[Layer]:
    size = 150.0
    entries = [("circle", INK, False, say("present")), ("circle", "transparent", True, say("absent"))]
    if any(factor.kind == "multi-value" for factor in factors):
        entries.append(("square", "transparent", False, say("category")))
    circles, crosses, labels, x = [], [], [], _LEFT + 8
    for shape, fill, crossed, label in entries:
        circles.append({"x": x, "y": y, "shape": shape, "fill": fill, "stroke": INK, "size": size})
        if crossed:
            crosses.append(
                {"x": x, "y": y, "shape": _CROSS, "fill": "transparent", "stroke": INK, "size": size}
            )
        labels.append({"x": x + 13, "y": y, "text": label})
        x += text.width(label, 12) + 40
    if known:
        labels.append({"x": x - 8, "y": y, "text": say("large: core, small: peripheral")})
    return [marks(circles), marks(crosses), words(labels, align="left")]


def _told(path: Path, factors: Sequence[Factor], say: Say) -> str:
    parts = []
    for factor, value, held in zip(factors, path.term.cube, path.core, strict=True):
        if value is None:
            continue
        state = str(value) if factor.kind == "multi-value" else say("present") if value else say("absent")
        parts.append(f"{factor.name} {state}" + (f" ({say('core')})" if held else ""))
    fit = f"{say('Consistency')} {number(path.term.consistency)}, {say('Raw coverage')} {number(path.term.coverage)}"
    return f"{path.label}: {', '.join(parts) or '1'}; {fit}; {', '.join(path.term.cases)}."


def _cell(path: Path, place: int, factor: Factor, *, core_known: bool) -> Cell:
    value, held = path.term.cube[place], path.core[place]
    if value is None:
        return Cell("", "")
    weight = ("core" if held else "peripheral") if core_known else ""
    if factor.kind == "multi-value":
        shown = str(value) if held or not core_known else f"({value})"
        return Cell(shown, f"{value} {weight}".strip())
    state = "present" if value else "absent"
    return Cell(SIGNS[held or (not core_known and value == 1), value], f"{state} {weight}".strip())


def _share(value: float) -> Cell | None:
    return Cell(number(value), value) if value == value else None


def _signs_told(factors: Sequence[Factor], known: bool, say: Say) -> str:
    if not known:
        told = say("● present, ⊗ absent, blank: does not matter.")
    else:
        told = say(
            "● core and present, • peripheral and present, ⨂ core and absent, ⊗ peripheral and absent."
        )
    if any(factor.kind == "multi-value" for factor in factors):
        told += " " + say("Numbers are categories; in brackets: peripheral.")
    return told
