"""What the charts of a dynamic model have in common: axes of years and memberships, envelopes, rules, labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from concausa.draw import text
from concausa.draw.apart import apart
from concausa.draw.palette import BLUE, INK, tint
from concausa.draw.theme import layer, named
from concausa.dynamics.band import Band
from concausa.dynamics.envelope import Envelope
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Input, Intervention
from concausa.dynamics.setting import Setting

#: Room around a chart, and how far lines of small words lie apart, in pixels.
PADDING = {"left": 60, "right": 12, "top": 6, "bottom": 6}
LINE = 13
#: Lines of series that have no meaning of their own.
DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3])


class Say(Protocol):
    """Puts a sentence into a reader's language, with values in its places."""

    def __call__(self, message: str, /, **values: object) -> str:
        """The sentence in that language."""
        ...


def plain(message: str, /, **values: object) -> str:
    """English, as it is written."""
    return message.format(**values) if values else message


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened in a year, as a rule in a chart.

    Parameters
    ----------
    year : int
    label : str
    recurs : bool
        Whether it is of a kind that comes again, such as a takeover: drawn dotted.
    """

    year: int
    label: str
    recurs: bool = False


def marks(setting: Setting, model: Model, unit: str, *, say: Say = plain) -> tuple[Mark, ...]:
    """What happened in a unit; pulses recur. Those of one year share a label."""
    found: dict[tuple[int, bool], list[str]] = {}
    parts: tuple[Input | Intervention, ...] = (*model.inputs, *model.interventions)
    labels = {part.name: say(part.label or part.name) for part in parts}
    for one in setting.happenings:
        if one.unit == unit:
            own = found.setdefault((one.first, one.kind == "pulse"), [])
            if labels[one.of] not in own:
                own.append(labels[one.of])
    return tuple(Mark(year, ", ".join(words), recurs) for (year, recurs), words in sorted(found.items()))


def years_axis(years: Sequence[int], title: str = "", *, step: int = 4) -> dict[str, Any]:
    """The channel of years, from half a year before the first to half a year after the last."""
    return {
        "type": "quantitative",
        "title": title or None,
        "scale": {"domain": [years[0] - 0.5, years[-1] + 0.5], "nice": False, "zero": False},
        "axis": {"values": [year for year in years if year % step == 0], "format": "d", "grid": False},
    }


def shares_axis(title: str = "", low: float = 0.0, high: float = 1.0) -> dict[str, Any]:
    """The channel of memberships or probabilities."""
    return {
        "type": "quantitative",
        "title": title or None,
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"tickCount": 5, "format": ".2~f"},
    }


def rules(found: Sequence[Mark], x: dict[str, Any], room: float) -> Iterator[dict[str, Any]]:
    """Rules through a panel with their labels above it, one above the other where they would touch."""
    for recurs, style in ((True, {"strokeDash": [2, 3], "opacity": 0.6}), (False, {"opacity": 0.45})):
        if own := [{"year": one.year, "label": one.label} for one in found if one.recurs == recurs]:
            yield layer({"type": "rule", "color": INK, **style}, own, {"x": {"field": "year", **x}})
    ends: list[float] = []
    lines: dict[int, list[dict[str, Any]]] = {}
    low, high = x["scale"]["domain"]
    for one in found:
        left = (one.year - low) / (high - low) * room
        level = next((place for place, end in enumerate(ends) if end < left), len(ends))
        ends[level : level + 1] = [left + text.width(one.label, 10) + 8]
        lines.setdefault(level, []).append({"year": one.year, "label": one.label})
    for level, here in sorted(lines.items()):
        mark = {
            "type": "text",
            "align": "left",
            "fontSize": 10,
            "dx": -2,
            "color": INK,
            "y": -6 - LINE * level,
        }
        yield layer(mark, here, {"x": {"field": "year", **x}, "text": named("label")})


def heading(words: str, levels: int) -> dict[str, Any]:
    """The title of a panel above so many lines of labels."""
    mark = {"type": "text", "align": "left", "fontSize": 13, "fontWeight": "bold", "color": INK, "x": 0,
            "y": -10 - LINE * levels}  # fmt: skip
    return layer(mark, [{"words": words}], {"text": named("words")})


def levels(layers: Sequence[Mapping[str, Any]]) -> int:
    """How many lines of labels stand above a panel."""
    return max(
        (int(-one["mark"]["y"] + 7) // LINE for one in layers if one["mark"].get("y", 0) < 0), default=0
    )


def key(entries: Sequence[tuple[str, str]], top: float, room: float) -> Iterator[dict[str, Any]]:
    """A key below a panel: a swatch and a word for each (text, fill), in lines as wide as the room."""
    x, y = 0.0, top
    for words, fill in entries:
        wide = text.width(words, 11) * 1.06 + 40
        if x and x + wide > room:
            x, y = 0.0, y + LINE + 4
        box = {"type": "rect", "fill": fill, "stroke": INK, "strokeWidth": 0.8, "x": x, "x2": x + 16, "y": y - 5,
               "y2": y + 5}  # fmt: skip
        yield layer(box, [{}], {})
        mark = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": 11,
            "color": INK,
            "x": x + 22,
            "y": y,
        }
        yield layer(mark, [{"words": words}], {"text": named("words")})
        x += wide


def ribbons(told: Envelope, x: dict[str, Any], y: dict[str, Any], *, colour: str = BLUE,
            dash: Sequence[float] = (1, 0), inner: bool = True) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Nine in ten draws, the middle half, and the median of every year."""
    rows: list[dict[str, Any]] = [
        {"year": year, **dict(zip(("low", "lower", "middle", "upper", "high"), told.at(year), strict=True))}
        for year in told.years
    ]
    for low, high, strength in (("low", "high", 0.18), *((("lower", "upper", 0.3),) if inner else ())):
        yield layer(
            {"type": "area", "fill": tint(colour, strength)},
            rows,
            {"x": {"field": "year", **x}, "y": {"field": low, **y}, "y2": {"field": high}},
        )
    yield layer(
        {"type": "line", "stroke": colour, "strokeWidth": 2, "strokeDash": list(dash)},
        rows,
        {"x": {"field": "year", **x}, "y": {"field": "middle", **y}},
    )


def boxes(found: Sequence[Band], x: dict[str, Any], y: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was coded, as boxes over its years."""
    rows = [
        {"first": band.first - 0.4, "last": band.last + 0.4, "low": band.low, "high": band.high,
         "said": f"{band.id}: {band.low:g} to {band.high:g}"}
        for band in found
    ]  # fmt: skip
    if rows:
        yield layer(
            {"type": "rect", "fill": "transparent", "stroke": INK, "strokeWidth": 1.2, "strokeDash": [4, 2]},
            rows,
            {
                "x": {"field": "first", **x}, "x2": {"field": "last"},
                "y": {"field": "low", **y}, "y2": {"field": "high"}, "description": named("said"),
            },
        )  # fmt: skip


def ends(labels: Sequence[tuple[str, float, str]], at: float, x: dict[str, Any], y: dict[str, Any], height: float
         ) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Names beside the right end of lines or areas, none over another.

    Parameters
    ----------
    labels : sequence of (words, value, colour)
    at : float
        The place on the axis across.
    """
    low, high = y["scale"]["domain"]
    wanted = [(high - value) / (high - low) * height for _, value, _ in labels]
    for (words, _, colour), place in zip(labels, apart(wanted, LINE, 0, height), strict=True):
        mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "color": colour, "y": place,
                "fontWeight": "bold", "fontSize": 11}  # fmt: skip
        yield layer(mark, [{"at": at, "text": words}], {"x": {"field": "at", **x}, "text": named("text")})
