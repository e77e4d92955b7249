"""Month strips: what rivals expect of each unit over time, as bars on an axis of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from concausa.audit.rivals.rivals import Rivals
from concausa.audit.rivals.telling import Run
from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, INK, ORANGE, PURPLE, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.report.exhibits.lanes import WIDE
from concausa.report.exhibits.rival_verdicts import by_month, runs_of
from concausa.report.exhibits.rival_words import RivalWords
from concausa.report.exhibits.scribe import Scribe

_HEAD, _ROW, _FOOT, _GAP = 40.0, 22.0, 8.0, 14.0
_COLOURS = {"high": BLUE, "higher": BLUE, "low": ORANGE, "lower": ORANGE, "no difference": PURPLE}
_QUIET = ("silent", "open", "nothing worked out")


def strips(scribe: Scribe, found: Rivals) -> Chart | None:
    """A lane for each rival that changes inside a period, and each unit; None without such rivals."""
    shown = by_month(found)
    if not shown:
        return None
    words, language = RivalWords(scribe), scribe.language
    years = [period.span for period in scribe.study.periods]
    first, last = min(one.start.year for one in years), max(one.end.year for one in years) + 1
    unit_of = {case: scribe.study.case(case).unit.id for case in found.cases}
    units = tuple(dict.fromkeys(unit_of.values()))
    left = 12 + max(text.width(scribe.name("units", unit, "name"), 11) for unit in units)

    def x(year: int, month: int) -> float:
        return round(left + 8 + (year + (month - 1) / 12 - first) / (last - first) * (WIDE - left - 22), 2)

    bars: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    y = _HEAD
    for one in shown:
        heads.append({"x": 4.0, "y": y + 8, "text": words.account(one).text})
        y += _ROW
        for unit in units:
            cases = [case for case in found.cases if unit_of[case] == unit]
            name = scribe.name("units", unit, "name")
            labels.append({"x": left, "y": y + _ROW / 2, "text": name})
            for run in (run for case in cases for run in runs_of(one, case)):
                bars.append(_bar(words, run, name, y, x))
            y += _ROW
        y += _GAP
    height = y - _GAP + _FOOT
    parts = [
        *_years(first, last, height, x),
        layer(
            {"type": "rect", "cornerRadius": 2},
            bars,
            {
                "x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"},
                "fill": as_is("fill"), "description": named("said"),
            },
        ),
        _words([{**bar, "x": bar["x"] + 4, "y": bar["middle"]} for bar in bars if bar["text"]], align="left"),
        _words(labels, align="right", opacity=0.85),
        _words(heads, align="left", fontWeight="bold"),
    ]  # fmt: skip
    for part in parts:
        for channel, most in (("x", WIDE), ("y", height)):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    alt = " ".join(
        [
            language.say("Bars over the years, one lane for each rival and unit."),
            *(f"{bar['said']}." for bar in bars),
        ]
    )
    return Chart(
        "rivals-months",
        language.say("What rivals expect over time"),
        spec({"width": WIDE, "height": height, "layer": parts}, fixed=True),
        alt,
        (
            language.say(
                "In the study's own reading of the record. The words stand in the bars; pale bars are months of which "
                "a rival says nothing."
            ),
        ),
    )


def _bar(words: RivalWords, run: Run, unit: str, y: float, x: Any) -> dict[str, Any]:
    word = run.said[0]
    left, right = x(run.first.year, run.first.month), x(run.last.year, run.last.month + 1)
    said = words.said(run.said)
    quiet = word in _QUIET
    return {
        "x": left,
        "x2": max(right - 1.5, left + 1.5),
        "y": y + 2,
        "y2": y + _ROW - 2,
        "middle": y + _ROW / 2,
        "fill": tint(_COLOURS.get(word, GREY), 0.12 if quiet else 0.4),
        "text": said if text.width(said, 11) <= right - left - 8 else "",
        "said": f"{unit}, {run.first:%Y-%m} – {run.last:%Y-%m}: {said}",
    }


def _years(first: int, last: int, height: float, x: Any) -> Iterator[dict[str, Any]]:
    step = 1 if last - first <= 16 else 2 if last - first <= 32 else 5
    years = [year for year in range(first, last + 1) if (year - first) % step == 0]
    lines = [{"x": x(year, 1), "y": _HEAD - 14, "y2": height - _FOOT} for year in years]
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.13}, lines, {"x": {}, "y": {}, "y2": {"field": "y2"}}
    )
    yield _words([{"x": x(year, 1), "y": _HEAD - 22, "text": str(year)} for year in years], align="center")


def _words(rows: Sequence[dict[str, Any]], *, align: str, **mark: Any) -> dict[str, Any]:
    style = {"type": "text", "baseline": "middle", "align": align, "color": INK, "fontSize": 11, **mark}
    return layer(style, rows, {"x": {}, "y": {}, "text": named("text")})
