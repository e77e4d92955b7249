"""The Venn diagram of a truth table or of a model: one region a configuration, with its cases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.draw import text
from concausa.draw.palette import INK
from concausa.qca.charts.canvas import FILLS, LETTERS, Layer, chart, listing, paragraph, shapes, words
from concausa.qca.charts.ellipses import MOST, Code, Figure, Region, figure
from concausa.qca.charts.outcomes import OUTCOME_NAMES, outcome_key
from concausa.qca.model import Model
from concausa.qca.row import Code as Outcome
from concausa.qca.truth_table import TruthTable
from concausa.sets.membership import CROSSOVER, TOLERANCE

_SCALES = {1: 300.0, 2: 470.0, 3: 500.0, 4: 600.0, 5: 680.0}
_SIDE = 120.0


@dataclass(frozen=True, slots=True)
class Held:
    """What a region holds.

    Parameters
    ----------
    outcome : str
        ``1``, ``0``, ``C`` or ``?``.
    cases : tuple of str
    """

    outcome: Outcome = "?"
    cases: tuple[str, ...] = ()


def venn(
    table: TruthTable, *, model: Model | None = None, name: str = "venn", say: Callable[[str], str] = str
) -> Chart:
    """The Venn diagram of a truth table with up to five conditions, coloured by outcome.

    Each region bears its configuration as digits in the order of the conditions, its outcome, its
    number of cases and, where there is room, their names; the others stand in the key below.

    Parameters
    ----------
    table : TruthTable
        Its conditions are crisp or fuzzy.
    model : Model, optional
        A thick line is drawn around what it covers.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there are more than five conditions, or one of them is multi-value.
    """
    for factor in table.conditions:
        if factor.kind == "multi-value":
            raise OptionError(
                "a Venn diagram needs conditions that are sets",
                where=f'"{factor.name}" has {factor.levels} categories',
                fix="draw the heat strip, or make one crisp condition a category",
            )
    held: dict[Code, Held] = {}
    for row in table.rows:
        for code in product(*((0, 1) if value is None else (value,) for value in row.configuration)):
            held[code] = Held(row.outcome, row.cases)
    covered = _covered(model, len(table.conditions)) if model else frozenset()
    notes = crossover_note([tie.case for tie in table.ties], say)
    if model:
        notes.append(say("Inside the thick line: {model}.").format(model=model.expression))
    if any(None in row.configuration for row in table.rows):
        notes.append(
            say("A case for which a condition does not matter stands in every region it may belong to.")
        )
    title = say("Configurations of {conditions} by outcome {outcome}").format(
        conditions=", ".join(table.condition_names), outcome=table.outcome
    )
    return diagram(table.condition_names, held, title=title, covered=covered, notes=notes, name=name, say=say)


def venn_of_terms(model: Model, *, name: str = "venn-terms", say: Callable[[str], str] = str) -> Chart:
    """The Venn diagram of a model's terms, up to five: which cases they share and which are unique.

    A region is positive if all its cases are in the outcome, negative if none is, contradictory if some
    are, and a remainder if it has no case.

    Raises
    ------
    OptionError
        If the model has more than five terms.
    """
    held, tied = cases_of_terms(model)
    notes = [
        say("1: every case of the region is in {outcome}; 0: none; C: some.").format(
            outcome=model.truth_table.outcome
        ),
        *crossover_note(tied, say),
    ]
    title = say("Cases by the terms of a model of {outcome}").format(outcome=model.truth_table.outcome)
    names = [term.expression for term in model.terms]
    return diagram(names, held, title=title, notes=notes, name=name, say=say)


def cases_of_terms(model: Model) -> tuple[dict[Code, Held], tuple[str, ...]]:
    """What each combination of a model's terms holds, and the cases on a crossover, which are in none."""
    members, outcome = model.memberships, model.truth_table.outcome_membership
    names = model.truth_table.data.cases
    together: dict[Code, list[int]] = {}
    tied = []
    for place, code in enumerate((members > CROSSOVER).astype(int).tolist()):
        scores = [*members[place].tolist(), float(outcome[place])]
        if any(abs(score - CROSSOVER) <= TOLERANCE for score in scores):
            tied.append(names[place])
        else:
            together.setdefault(tuple(code), []).append(place)
    held = {}
    for key, places in together.items():
        within = [bool(outcome[place] > CROSSOVER) for place in places]
        sign: Outcome = "1" if all(within) else "C" if any(within) else "0"
        held[key] = Held(sign, tuple(names[place] for place in places))
    return held, tuple(tied)


def crossover_note(cases: Sequence[str], say: Callable[[str], str]) -> list[str]:
    """A note on the cases that stand nowhere in the picture; empty without any."""
    if not cases:
        return []
    named = ", ".join(dict.fromkeys(cases))
    return [say("On a crossover (0.5), so nowhere in the picture: {cases}.").format(cases=named)]


def diagram(
    names: Sequence[str],
    held: Mapping[Code, Held],
    *,
    title: str,
    covered: frozenset[Code] = frozenset(),
    notes: Sequence[str] = (),
    name: str = "venn",
    say: Callable[[str], str] = str,
) -> Chart:
    """The Venn diagram of one to five sets.

    Parameters
    ----------
    names : sequence of str
        Of the sets.
    held : mapping
        From a code, 1 for each set that a region lies in, to what it holds; the others are remainders.
    title : str
    covered : set of codes
        Regions inside the thick line.
    notes : sequence of str

    Raises
    ------
    OptionError
        If there are no sets or more than five.
    """
    if not 1 <= len(names) <= MOST:
        raise OptionError(
            f"a Venn diagram shows one to {MOST} sets, these are {len(names)}",
            where=", ".join(names),
            fix="draw the UpSet chart",
        )
    shape = figure(len(names), _SCALES[len(names)])
    ring = _ring(shape, names)
    head = max([10.0, *(14 - row["y"] for row in ring)])
    labels, key = _labels(shape, held)
    fills, said = [], []
    for region in shape.regions:
        here = held.get(region.code, Held())
        told = _told(names, region.code, here, say)
        said.append(told)
        path = region.path
        fills.append({"path": path, "fill": FILLS[here.outcome], "said": told, "outcome": here.outcome,
                      "code": list(region.code), "cases": list(here.cases)})  # fmt: skip
    parts = [shapes(fills)]
    parts.append(shapes([{"path": shape.rims, "fill": "transparent"}], strokeWidth=1.2, stroke=INK))
    if edge := shape.border(covered):
        parts.append(shapes([{"path": edge, "fill": "transparent"}], strokeWidth=4, stroke=INK))
    rows = {size: [row for row in labels if row["size"] == size] for size in (9, 10, 12)}
    parts += [
        words(own, fontSize=size, fontWeight="bold" if size == 12 else "normal")
        for size, own in rows.items()
        if own
    ]
    for align in ("left", "center", "right"):
        if own := [row for row in ring if row["align"] == align]:
            parts.append(words(own, align=align, fontWeight="bold"))
    for part in parts:
        _shift(part, _SIDE, head)
    wide = shape.wide + 2 * _SIDE
    foot, low = _foot(shape, held, key, wide, head + shape.high + 22, say)
    alt = " ".join([say("Venn diagram of {sets}.").format(sets=", ".join(names)), *(
        told for told, region in zip(said, shape.regions, strict=True) if held.get(region.code, Held()).cases
    )])  # fmt: skip
    return chart(name, title, (wide, low), [*parts, *foot], alt, notes)


def _covered(model: Model, conditions: int) -> frozenset[Code]:
    cubes = model.cubes.tolist()
    return frozenset(
        code
        for code in product((0, 1), repeat=conditions)
        if any(all(want in (-1, have) for want, have in zip(cube, code, strict=True)) for cube in cubes)
    )


def _digits(code: Code) -> str:
    return "".join(map(str, code))


def _told(names: Sequence[str], code: Code, held: Held, say: Callable[[str], str]) -> str:
    lies = "*".join(name if inside else f"~{name}" for name, inside in zip(names, code, strict=True))
    cases = f": {', '.join(held.cases)}" if held.cases else ""
    return f"{lies} ({_digits(code)}), {say(OUTCOME_NAMES[held.outcome])}, n = {len(held.cases)}{cases}."


def _ring(shape: Figure, names: Sequence[str]) -> list[dict[str, Any]]:
    """The names of the sets around the diagram: above or below their ellipse, or beside its far end."""
    cx, cy = shape.wide / 2, sum(ellipse.y for ellipse in shape.ellipses) / len(shape.ellipses)
    rows = []
    for ellipse, name in zip(shape.ellipses, names, strict=True):
        rim = [ellipse.at(math.tau * step / 360) for step in range(360)]
        x, y = max(rim, key=lambda point: round(math.hypot(point[0] - cx, point[1] - cy), 3))
        aside = len(names) > 3 and abs(x - cx) > 0.5 * abs(y - cy)
        if not aside:
            below = ellipse.y > cy + 1
            x, y = max(rim, key=lambda point: point[1]) if below else min(rim, key=lambda point: point[1])
            lines = [text.shortened(name, 420, 13)] if below else _named(name, 210 if len(names) < 4 else 280)
            start = y + 12 if below else y - 12 - 15 * (len(lines) - 1)
            rows += paragraph(lines, x, start, 15, align="center")
            continue
        lines = _named(name, shape.wide + _SIDE - x - 14 if x > cx else x + _SIDE - 14)
        start = y - 7.5 * (len(lines) - 1) + (8 if y > cy else -8)
        rows += paragraph(lines, x + (8 if x > cx else -8), start, 15, align="left" if x > cx else "right")
    return rows


def _named(name: str, room: float) -> list[str]:
    """A name in lines; an expression may break behind a sign of conjunction."""
    broken = text.lines(name.replace("*", "* "), room, 13, most=4)
    return [text.shortened(line.replace("* ", "*"), room, 13) for line in broken]


def _labels(shape: Figure, held: Mapping[Code, Held]) -> tuple[list[dict[str, Any]], list[Code]]:
    """Words in the regions, and the codes of those whose cases stand in the key."""
    rows: list[dict[str, Any]] = []
    key = []
    for region in shape.regions:
        here = held.get(region.code, Held())
        lines, (x, y), whole = _words_of(shape, region, here)
        if not whole:
            key.append(region.code)
        y -= sum(step for _, _, step in lines) / 2
        for line, size, step in lines:
            rows.append({"x": x, "y": y + step / 2, "text": line, "size": size,
                         "ink": LETTERS[here.outcome], "code": list(region.code)})  # fmt: skip
            y += step
    return rows, key


Line = tuple[str, int, float]


def _words_of(shape: Figure, region: Region, held: Held) -> tuple[list[Line], tuple[float, float], bool]:
    """Lines with size and height for a region, their middle, and whether they name all its cases."""
    n = len(held.cases)
    digits = (_digits(region.code), 9, 11.0)
    sign = (f"{held.outcome} (n = {n})" if n else held.outcome, 12, 15.0)
    if not any(region.code):
        line = f"{digits[0]} · {held.outcome} (n = {n})"
        told = f"{line}: {', '.join(held.cases)}"
        fits = bool(n) and text.width(told, 10) < shape.wide - 20
        return [(told if fits else line, 10, 13.0)], region.middle, fits or not n
    for room in (130, 160, 200, 100, 80, 60) if n else ():
        cases = listing(held.cases, room, 10)
        lines = [digits, sign, *((line, 10, 12.0) for line in cases)]
        if point := shape.place(region, *_size(lines)):
            return lines, point, True
    short = (f"{held.outcome}·{n}", 9, 11.0) if n else (held.outcome, 9, 11.0)
    for lines in ([digits, sign], [digits, short], [(f"{digits[0]} {short[0]}", 9, 11.0)], [short]):
        if point := shape.place(region, *_size(lines)):
            return lines, point, not n
    return [(held.outcome, 9, 11.0)], region.middle, not n


def _size(lines: Sequence[Line]) -> tuple[float, float]:
    return max(text.width(line, size) for line, size, _ in lines), sum(step for _, _, step in lines) - 2


def _shift(part: Layer, dx: float, dy: float) -> None:
    for row in part["data"]["values"]:
        row["x"] += dx
        row["y"] += dy


def _foot(
    shape: Figure,
    held: Mapping[Code, Held],
    key: Sequence[Code],
    wide: float,
    y: float,
    say: Callable[[str], str],
) -> tuple[list[Layer], float]:
    """What the grounds mean, with the number of regions of each; the cases that found no room; where it ends."""
    counts = Counter(held.get(region.code, Held()).outcome for region in shape.regions)
    layers = outcome_key(16.0, y, say, counts)
    lines = list(_key_lines(held, key, wide - 32))
    if lines:
        layers.append(words(paragraph(lines, 16, y + 24, 14), align="left", fontSize=11))
        y += 24 + 14 * (len(lines) - 1)
    return layers, y + 18


def _key_lines(held: Mapping[Code, Held], key: Sequence[Code], room: float) -> Iterator[str]:
    for code in key:
        here = held[code]
        entry = f"{_digits(code)} · {here.outcome} (n = {len(here.cases)}): {here.cases[0]}"
        yield from listing([entry, *here.cases[1:]], room, 11)
