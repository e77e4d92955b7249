"""The XY plot: each case between its membership in a condition and in the outcome."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from concausa.core.chart import Chart
from concausa.core.errors import DataError
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, INK, ORANGE, PURPLE, tint
from concausa.qca.charts.canvas import Layer, chart, listing, marks, number, paragraph, rules, shapes, words
from concausa.qca.charts.labels import Box, Place, Spot, claimed, lead, placed
from concausa.qca.charts.roles import ROLE_NAMES, ROLES, Relation, Role, check_relation, role
from concausa.sets import fit
from concausa.sets.score_pair import pair

#: Shape, size beside an ordinary mark, fill and line of each role; shapes differ where colours may not.
LOOKS: dict[Role, tuple[str, float, str, str]] = {
    "typical": ("circle", 1.0, BLUE, BLUE),
    "degree": ("triangle-up", 1.1, ORANGE, ORANGE),
    "kind": ("diamond", 1.6, ORANGE, INK),
    "other": ("square", 1.0, "transparent", PURPLE),
    "irrelevant": ("circle", 0.7, "transparent", GREY),
    "crossover": ("cross", 1.2, GREY, INK),
}
#: Cases at one point that are named beside it; more stand in the key.
NAMED = 3
#: Names wider than this are broken into two lines.
_WIDEST = 150.0
_LEFT, _RIGHT, _LINE = 88.0, 60.0, 13.0
#: Room between the scales' ends and the frame.
_PAD = 20.0


@dataclass(frozen=True, slots=True)
class _Point:
    """Cases with the same two memberships, and where their mark stands."""

    x: float
    y: float
    cases: tuple[str, ...]
    role: Role
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class _Key:
    """Cases that are not named beside their mark: those of each number, and those without one."""

    numbered: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Square:
    left: float
    top: float
    side: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.side, self.top + (1 - y) * self.side


def xy(
    x: object,
    y: object,
    *,
    cases: Sequence[str],
    x_name: str,
    y_name: str,
    relation: Relation = "sufficient",
    name: str = "xy",
    say: Callable[[str], str] = str,
) -> Chart:
    """The XY plot of a set relation, with what each corner means, the cases named and the fit printed.

    Names never lie over each other. Where there is no room for one, its mark has a number that the key
    below the picture resolves; every mark tells its cases when pointed at.

    Parameters
    ----------
    x, y : array of float in [0, 1], shape (cases,)
        Memberships in the condition (or combination of conditions) and in the outcome.
    cases : sequence of str
        Their names.
    x_name, y_name : str
        What the sets are called, such as ``A*~B``.
    relation : str
        ``sufficient``: the condition is held to be a subset of the outcome; ``necessary``: a superset.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    ScaleError, DataError
        If a score lies outside [0, 1] or is missing, or there is not one name a case.
    OptionError
        If the relation is none of the two.

    Examples
    --------
    >>> drawn = xy([0.9, 0.2], [1.0, 0.4], cases=["FR", "DE"], x_name="A", y_name="Y")
    >>> drawn.title
    'A as a sufficient condition of Y'

    References
    ----------
    .. [1] Schneider & Rohlfing (2013), *Sociological Methods & Research* 42(4), 559-597.
       https://doi.org/10.1177/0049124113481341
    """
    check_relation(relation)
    xs, ys = pair(x, y)
    if len(cases) != len(xs):
        raise DataError(
            "there is not one name for each case",
            where=f"{len(cases)} names, {len(xs)} cases",
            fix="give as many names as scores, in the same order",
        )
    side = 420.0 if len(cases) <= 60 else 640.0
    square = _Square(_LEFT, 90.0, side)
    points = _points(xs.tolist(), ys.tolist(), cases, relation, square)
    small = len(cases) > 60
    named, key = _names(points, square, small)
    foot = _foot(points, square, key, relation, say)
    fits = _fits(xs, ys, relation, say)
    parts = [
        *_ground(square, relation, (x_name, y_name), say),
        words([{"x": 12, "y": 14, "text": fits}], align="left", fontWeight="bold"),
        *_marks(points, 50.0 if small else 85.0, relation, say),
        *named,
        *foot[0],
    ]
    kind = (
        "{x} as a sufficient condition of {y}"
        if relation == "sufficient"
        else "{x} as a necessary condition of {y}"
    )
    return chart(
        name,
        say(kind).format(x=x_name, y=y_name),
        (_LEFT + side + _PAD + _RIGHT, foot[1]),
        parts,
        _alt(points, relation, (x_name, y_name), fits, say),
        _notes(points, relation, say),
    )


def _points(
    xs: Sequence[float], ys: Sequence[float], cases: Sequence[str], relation: Relation, square: _Square
) -> list[_Point]:
    together: dict[tuple[float, float], list[str]] = defaultdict(list)
    for x, y, case in zip(xs, ys, cases, strict=True):
        together[round(x, 9), round(y, 9)].append(case)
    found = [
        _Point(x, y, tuple(own), role(x, y, relation), *square.at(x, y)) for (x, y), own in together.items()
    ]
    return sorted(found, key=lambda point: ROLES.index(point.role))


def _fits(x: Any, y: Any, relation: Relation, say: Callable[[str], str]) -> str:
    if relation == "sufficient":
        told = [
            (say("Consistency"), fit.consistency(x, y)), (say("PRI"), fit.pri(x, y)),
            (say("Coverage"), fit.coverage(x, y)),
        ]  # fmt: skip
    else:
        told = [
            (say("Consistency"), fit.necessity_consistency(x, y)),
            (say("Coverage"), fit.necessity_coverage(x, y)), (say("Relevance (RoN)"), fit.relevance(x, y)),
        ]  # fmt: skip
    return " · ".join([*(f"{label} {number(value)}" for label, value in told), f"n = {len(x)}"])


def _ground(
    square: _Square, relation: Relation, names: tuple[str, str], say: Callable[[str], str]
) -> Iterator[Layer]:
    """Corners with their meaning, the side that agrees with the relation, scales and lines."""
    left, top, right, low = (
        square.left - _PAD, square.top - _PAD, square.left + square.side + _PAD, square.top + square.side + _PAD
    )  # fmt: skip
    corner = f"{left},{top}" if relation == "sufficient" else f"{right},{low}"
    yield shapes([{"path": f"M{left},{low}L{corner}L{right},{top}Z", "fill": tint(BLUE, 0.09)}])
    edges = [
        {"x": left, "y": top, "x2": right, "y2": top}, {"x": left, "y": low, "x2": right, "y2": low},
        {"x": left, "y": top, "x2": left, "y2": low}, {"x": right, "y": top, "x2": right, "y2": low},
    ]  # fmt: skip
    yield rules(edges, opacity=0.5)
    (x, y), (x2, y2) = square.at(0, 0), square.at(1, 1)
    yield rules([{"x": x, "y": y, "x2": x2, "y2": y2}], opacity=0.7)
    x, y = square.at(0.5, 0.5)
    halves = [{"x": x, "y": top, "x2": x, "y2": low}, {"x": left, "y": y, "x2": right, "y2": y}]
    yield rules(halves, opacity=0.7, strokeDash=[5, 4])
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    yield words([{"x": square.at(t, 0)[0], "y": low + 13, "text": f"{t:g}"} for t in ticks], fontSize=11)
    yield words(
        [{"x": left - 7, "y": square.at(0, t)[1], "text": f"{t:g}"} for t in ticks],
        fontSize=11,
        align="right",
    )
    yield from _corners(square, relation, say)
    across = f"{text.shortened(names[0], square.side + 60, 12)} →"
    up = f"{text.shortened(names[1], square.side, 12)} →"
    yield words([{"x": x, "y": low + 60, "text": across}], fontWeight="bold")
    yield words([{"x": 16, "y": y, "text": up}], fontWeight="bold", angle=270)


def _corners(square: _Square, relation: Relation, say: Callable[[str], str]) -> Iterator[Layer]:
    """What each corner means, above and below the square."""
    top, low = square.top - _PAD - 11, square.top + square.side + _PAD + 32
    told = {kind: say(word) for kind, word in ROLE_NAMES[relation].items()}
    upper, lower = told["other"], told["kind"]
    if relation == "necessary":
        upper, lower = lower, upper
    both = say("{typical}; off the shade: {degree}").format(typical=told["typical"], degree=told["degree"])
    for at, line, word in (
        (0.25, top, upper), (0.75, top, both), (0.25, low, told["irrelevant"]), (0.75, low, lower)
    ):  # fmt: skip
        rows = text.lines(word, square.side / 2 - 6, 11, most=2)
        start = line - 13 * (len(rows) - 1) if line == top else line
        yield words(paragraph(rows, square.at(at, 0)[0], start, 13), fontSize=11, fontStyle="italic")


def _marks(
    points: Sequence[_Point], size: float, relation: Relation, say: Callable[[str], str]
) -> Iterator[Layer]:
    rows = []
    for point in reversed(points):
        shape, share, fill, stroke = LOOKS[point.role]
        told = say(ROLE_NAMES[relation][point.role])
        rows.append(
            {
                "x": point.across, "y": point.down, "shape": shape, "fill": fill, "stroke": stroke,
                "size": size * share * (1.6 if len(point.cases) > 1 else 1), "cases": list(point.cases),
                "membership": point.x, "outcome": point.y, "role": point.role,
                "said": f"{', '.join(point.cases)}: {point.x:g}, {point.y:g} ({told})",
            }
        )  # fmt: skip
    yield marks(rows)


def _names(points: Sequence[_Point], square: _Square, small: bool) -> tuple[list[Layer], _Key]:
    """Layers of names with the lines to them, and what stands in the key."""
    size = 10 if small else 11
    taken: list[Box] = [(p.across - 5, p.down - 5, p.across + 5, p.down + 5) for p in points]
    edge = square.left + square.side + _PAD
    taken.append((edge - 1, square.top - _PAD, edge + 1, square.top + square.side + _PAD))
    bounds = (
        square.left - _PAD + 2,
        square.top - _PAD + 2,
        edge + _RIGHT - 4,
        square.top + square.side + _PAD - 2,
    )
    spared = [*_lines_of(square), *((p.across - 11, p.down - 11, p.across + 11, p.down + 11) for p in points)]
    done: list[tuple[_Point, tuple[str, ...], Spot, Place]] = []

    def put(wanted: Sequence[tuple[_Point, tuple[str, ...]]]) -> list[tuple[_Point, tuple[str, ...]]]:
        spots = [_spot(point, lines, size) for point, lines in wanted]
        left = []
        found = placed(spots, taken, bounds, spared=spared)
        for (point, lines), spot, place in zip(wanted, spots, found, strict=True):
            if place is None:
                left.append((point, lines))
                continue
            done.append((point, lines, spot, place))
            taken.extend(map(tuple, claimed(spot, place).tolist()))
        return left

    put([(point, lines) for point in points if (lines := _written(point, size))])
    named = {point for point, *_ in done}
    rest = sorted((point for point in points if point not in named), key=lambda p: (p.down, p.across))
    bare = [point for point, _ in put([(point, ("00",)) for point in rest])]
    own = [(point, spot, place) for point, _, spot, place in done if point not in named]
    numbered = [(str(number), point) for number, (point, *_) in enumerate(own, start=1)]
    done = done[: len(named)] + [
        (point, (digits,), spot, place)
        for (point, spot, place), (digits, _) in zip(own, numbered, strict=True)
    ]
    layers = []
    if leads := [lead(spot, place) for _, _, spot, place in done if place.led]:
        layers.append(
            rules([dict(zip(("x", "y", "x2", "y2"), line, strict=True)) for line in leads], opacity=0.45)
        )
    rows = [
        row
        for point, lines, _, place in done
        for row in paragraph(
            lines, place.x, place.y - _LINE * (len(lines) - 1) / 2, _LINE, cases=list(point.cases)
        )
    ]
    layers += [words(rows, fontSize=size)] if rows else []
    return layers, _Key(
        tuple(f"{digits}: {', '.join(point.cases)}" for digits, point in numbered),
        tuple(f"{', '.join(point.cases)} ({point.x:.2f}, {point.y:.2f})" for point in bare),
    )


def _lines_of(square: _Square) -> list[Box]:
    """The crossover lines and the diagonal, as boxes."""
    (x, y), far = square.at(0.5, 0.5), square.side / 2 + _PAD
    steps = [square.at(step / 100, step / 100) for step in range(101)]
    return [
        (x - 1, y - far, x + 1, y + far),
        (x - far, y - 1, x + far, y + 1),
        *((a - 2, b - 2, a + 2, b + 2) for a, b in steps),
    ]


def _written(point: _Point, size: float) -> tuple[str, ...]:
    """The names beside a mark, in at most two lines; nothing where they stand in the key."""
    if len(point.cases) > NAMED:
        return ()
    lines = listing(point.cases, _WIDEST, size)
    fitting = len(lines) <= 2 and all(text.width(line, size) <= _WIDEST * 1.2 for line in lines)
    return lines if fitting else ()


def _spot(point: _Point, lines: Sequence[str], size: float) -> Spot:
    wide = max(text.width(line, size) for line in lines) * 1.02 + 1
    return Spot(point.across, point.down, wide, _LINE * len(lines) - 1)


def _foot(
    points: Sequence[_Point],
    square: _Square,
    key: _Key,
    relation: Relation,
    say: Callable[[str], str],
) -> tuple[list[Layer], float]:
    """What the marks mean with the number of cases of each, the key of numbers, and where they end."""
    count: Counter[Role] = Counter()
    for point in points:
        count[point.role] += len(point.cases)
    y = square.top + square.side + _PAD + 88
    signs, labels = [], []
    x, room = 22.0, square.left + square.side + _PAD + _RIGHT - 12
    for kind in ROLES:
        if not count[kind]:
            continue
        shape, share, fill, stroke = LOOKS[kind]
        label = f"{say(ROLE_NAMES[relation][kind])} ({count[kind]})"
        wide = text.width(label, 12) + 44
        if x + wide - 20 > room and x > 22:
            x, y = 22.0, y + 20
        signs.append({"x": x, "y": y, "shape": shape, "size": 90 * share, "fill": fill, "stroke": stroke})
        labels.append({"x": x + 12, "y": y, "text": label})
        x += wide
    layers = [marks(signs), words(labels, align="left")]
    lines = _flowed(key.numbered, room - 12)
    if key.bare:
        bare = say("No room for a number at: {cases}.").format(cases=" · ".join(key.bare))
        lines += text.lines(bare, room - 12, 11, most=60)
    if lines:
        layers.append(words(paragraph(lines, 12, y + 24, 14), align="left", fontSize=11))
        y += 24 + 14 * (len(lines) - 1)
    return layers, y + 16


def _flowed(entries: Sequence[str], room: float) -> list[str]:
    """Entries side by side in lines; one wider than the room is broken."""
    lines: list[str] = []
    for entry in entries:
        if lines and text.width(f"{lines[-1]} · {entry}", 11) <= room:
            lines[-1] += f" · {entry}"
        else:
            lines += text.lines(entry, room, 11, most=60)
    return lines


def _alt(
    points: Sequence[_Point], relation: Relation, names: tuple[str, str], fits: str, say: Callable[[str], str]
) -> str:
    opening = say("Cases by their membership in {x} (across) and in {y} (up).").format(x=names[0], y=names[1])
    told = []
    for kind in ROLES:
        cases = [case for point in points if point.role == kind for case in point.cases]
        if cases:
            told.append(f"{say(ROLE_NAMES[relation][kind])}: {', '.join(cases)}.")
    return " ".join([opening, f"{fits}.", *told])


def _notes(points: Sequence[_Point], relation: Relation, say: Callable[[str], str]) -> list[str]:
    shaded = (
        say("Shaded: where the membership in the condition is at most that in the outcome.")
        if relation == "sufficient"
        else say("Shaded: where the membership in the outcome is at most that in the condition.")
    )
    tied = [case for point in points if point.role == "crossover" for case in point.cases]
    if not tied:
        return [shaded]
    told = say("On a crossover (0.5), so in no corner, yet in every measure: {cases}.")
    return [shaded, told.format(cases=", ".join(tied))]
