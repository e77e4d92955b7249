"""Charts of a panel: consistencies over the periods, in every cluster, and who is where when."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, GROUNDS, INK, ORANGE, tint
from concausa.qca.charts.canvas import Layer, boxes, chart, marks, number, rules, words
from concausa.qca.charts.roles import ROLE_NAMES, role
from concausa.qca.panel.diagnosis import ByCluster, Diagnosis

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel

Say = Callable[[str], str]
Rows = list[dict[str, Any]]

#: Most expressions of one chart, and most clusters of it that are drawn.
EXPRESSIONS, CLUSTERS = 6, 60
_LEFT, _TOP, _ROW, _BAR = 14.0, 34.0, 20.0, 104.0


def charts_of(found: Panel, *, say: Say = str) -> tuple[Chart, ...]:
    """The charts that a panel allows; none without an expression.

    Lines over the periods, bars for every other grouping, and units × periods of the first expression.
    """
    if not found.diagnoses:
        return ()
    charts = []
    for grouping in found.layout.groupings:
        if grouping.role == "period" and len(grouping) > 1:
            charts.append(over_time(found, say=say))
        else:
            charts.append(by_cluster(found, grouping.name, say=say))
    charts.append(grid(found, found.diagnoses[0], say=say))
    return tuple(charts)


def over_time(found: Panel, *, say: Say = str) -> Chart:
    """The consistency of each expression in each period as a line; the pooled one as a dashed line."""
    shown = found.diagnoses[:EXPRESSIONS]
    periods = next(one for one in found.layout.groupings if one.role == "period").clusters
    step = min(120.0, max(46.0, 560.0 / max(len(periods) - 1, 1)))
    wide = max(_LEFT + 40 + step * (len(periods) - 1) + 90, 640.0)
    lines: Rows = []
    dots: Rows = []
    pooled: Rows = []
    heads: Rows = []
    labels: Rows = []
    values: Rows = []
    high = 76.0
    for place, one in enumerate(shown):
        top = _TOP + place * (high + 62)
        split = one.between
        if split is None:
            continue
        heads.append({"x": _LEFT, "y": top - 16, "text": _named(one, wide - 30, say)})
        level = top + high * (1 - one.pooled.consistency) if _defined(one.pooled.consistency) else None
        end = _LEFT + 40 + step * (len(periods) - 1)
        if level is not None:
            pooled.append({"x": _LEFT + 40, "y": level, "x2": end, "y2": level})
            labels.append(
                {"x": end + 12, "y": level, "text": f"{say('pooled')} {number(one.pooled.consistency)}"}
            )
        lines += _line(split, top, high, step)
        dots += _dots(one, split, top, high, step, say)
        values += _values(split, top, high, step)
    frame: Rows = [
        {"x": _LEFT + 34, "y": y, "x2": _LEFT + 46 + step * (len(periods) - 1), "y2": y}
        for place in range(len(shown))
        for y in (_TOP + place * (high + 62), _TOP + place * (high + 62) + high)
    ]
    ends: Rows = [
        {"x": _LEFT + 24, "y": line["y"], "text": str(1 - place % 2)} for place, line in enumerate(frame)
    ]
    base: Rows = [
        {"x": _LEFT + 40 + step * column, "y": _TOP + place * (high + 62) + high + 14, "text": period}
        for place in range(len(shown))
        for column, period in enumerate(periods)
    ]
    parts = [
        rules(frame, opacity=0.25),
        words(ends, fontSize=10),
        words(heads, align="left", fontWeight="bold"),
        rules(pooled, strokeDash=[4, 3], opacity=0.6),
        rules(lines, color=BLUE, strokeWidth=2),
        marks(dots),
        words(values, fontSize=10),
        words(base, fontSize=11),
        words(labels, align="left", fontSize=11),
    ]
    title = say("Consistency between units, period by period")
    return chart(
        "consistency-over-time",
        title,
        (wide, _TOP + len(shown) * (high + 62)),
        [part for part in parts if part["data"]["values"]],
        _told(title, shown, "period", say),
        _left_out(found, say),
    )


def by_cluster(found: Panel, name: str, *, say: Say = str) -> Chart:
    """Clusters × expressions as bars of consistency; a line marks the pooled one."""
    grouping = found.layout.grouping(name)
    shown = found.diagnoses[:EXPRESSIONS]
    clusters = grouping.clusters[:CLUSTERS]
    room = min(200.0, max(text.width(cluster, 12) for cluster in clusters) + 12)
    heads: Rows = []
    bars: Rows = []
    values: Rows = []
    lines: Rows = []
    tall = max(len(text.lines(_plain(one, say), _BAR + 34, 11, most=3)) for one in shown)
    top = _TOP + 14.0 * tall
    for column, one in enumerate(shown):
        x = _LEFT + room + column * (_BAR + 54)
        for line, words_of in enumerate(text.lines(_plain(one, say), _BAR + 34, 11, most=3)):
            heads.append({"x": x, "y": _TOP + 14 * line, "text": text.shortened(words_of, _BAR + 34, 11)})
        if _defined(one.pooled.consistency):
            at = x + _BAR * one.pooled.consistency
            lines.append({"x": at, "y": top, "x2": at, "y2": top + _ROW * len(clusters)})
        for place, fit in enumerate(one.of(grouping.name).fits[:CLUSTERS]):
            y = top + _ROW * place
            bars.append(
                {"x": x, "y": y + 3, "x2": x + _BAR, "y2": y + _ROW - 3, "fill": tint(GREY, 0.12), "said": ""}
            )
            if _defined(fit.consistency):
                low = fit.consistency < one.pooled.consistency
                bars.append({"x": x, "y": y + 3, "x2": x + _BAR * fit.consistency, "y2": y + _ROW - 3,
                             "fill": tint(ORANGE if low else BLUE, 0.45),
                             "said": f"{fit.cluster}: {number(fit.consistency)}"})  # fmt: skip
            values.append({"x": x + _BAR + 38, "y": y + _ROW / 2, "text": number(fit.consistency)})
    names = [
        {"x": _LEFT, "y": top + _ROW * (place + 0.5), "text": text.shortened(cluster, room - 10, 12)}
        for place, cluster in enumerate(clusters)
    ]
    notes = [say("The line marks the pooled consistency; bars below it are orange, those from it on blue.")]
    if len(grouping) > CLUSTERS:
        notes.append(say("{n} more clusters are not drawn.").format(n=len(grouping) - CLUSTERS))
    title = say("Consistency by {column}").format(column=grouping.name)
    parts = [
        words(heads, align="left", fontSize=11),
        boxes(bars),
        rules(lines, strokeDash=[3, 2], opacity=0.8),
        words(values, align="right", fontSize=11),
        words(names, align="left"),
    ]
    return chart(
        f"consistency-{grouping.name}",
        title,
        (max(_LEFT + room + len(shown) * (_BAR + 54), 640.0), top + _ROW * len(clusters) + 12),
        [part for part in parts if part["data"]["values"]],
        _told(title, shown, grouping.name, say),
        [*notes, *_left_out(found, say)],
    )


def grid(found: Panel, one: Diagnosis, *, say: Say = str) -> Chart:
    """Units × periods: how far each case is in the expression (left half) and in the outcome (right half)."""
    units, periods = found.layout.units, found.layout.periods
    times = periods.clusters if periods is not None else ("",)
    codes = periods.codes.tolist() if periods is not None else [0] * len(found.cases)
    shown = units.clusters[:CLUSTERS]
    room = min(200.0, max(text.width(unit, 12) for unit in shown) + 14)
    side = 58.0
    y = found.layout.outcome
    cells: Rows = []
    letters: Rows = []
    frames: Rows = []
    for case, (unit, time) in enumerate(zip(units.codes.tolist(), codes, strict=True)):
        if unit >= CLUSTERS:
            continue
        left, top = _LEFT + room + side * time, _TOP + 22 * unit
        own, out = float(one.membership[case]), float(y[case])
        kind = role(own, out, one.relation)
        said = f"{found.cases[case]}: {own:.2f} → {out:.2f}, {say(ROLE_NAMES[one.relation][kind])}"
        for half, value in enumerate((own, out)):
            x = left + half * (side - 6) / 2
            fill, ink = _shade(value)
            cells.append({"x": x, "y": top + 1, "x2": x + (side - 8) / 2, "y2": top + 20, "fill": fill,
                          "said": said, "case": found.cases[case], "membership": value})  # fmt: skip
            letters.append(
                {
                    "x": x + (side - 8) / 4,
                    "y": top + 11,
                    "ink": ink,
                    "text": f"{value:.2f}".lstrip("0") or "0",
                }
            )
        if kind == "kind":
            frames.append(
                {"x": left - 2, "y": top - 1, "x2": left + side - 5, "y2": top + 22, "fill": "transparent"}
            )
    heads = [
        {
            "x": _LEFT + room + side * (place + 0.5) - 3,
            "y": _TOP - 12,
            "text": text.shortened(time, side - 4, 11),
        }
        for place, time in enumerate(times)
    ]
    names = [
        {"x": _LEFT, "y": _TOP + 22 * place + 11, "text": text.shortened(unit, room - 10, 12)}
        for place, unit in enumerate(shown)
    ]
    title = say("Who is in {expression} and in {outcome}, and when").format(
        expression=text.shortened(one.expression, 420, 13), outcome=found.outcome
    )
    notes = [say("Left: {expression}. Right: {outcome}. The darker, the further in.").format(
        expression=one.expression, outcome=found.outcome)]  # fmt: skip
    notes.append(
        say("Framed: in the expression and out of the outcome.")
        if one.relation == "sufficient"
        else say("Framed: in the outcome and out of the expression.")
    )
    if len(units) > CLUSTERS:
        notes.append(say("{n} more units are not drawn.").format(n=len(units) - CLUSTERS))
    against = ", ".join(one.pooled.deviant) or say("none")
    alt = f"{title}. {say('Cases against it')}: {against}."
    parts: list[Layer] = [
        boxes(cells, stroke=GREY, strokeWidth=0.6),
        words(letters, fontSize=10),
        *([boxes(frames, stroke=ORANGE, strokeWidth=2.4)] if frames else []),
        words(heads, fontSize=11),
        words(names, align="left"),
    ]
    size = (max(_LEFT + room + side * len(times) + 8, 640.0), _TOP + 22 * len(shown) + 8)
    return chart("units-by-periods", title, size, parts, alt, notes)


def _line(split: ByCluster, top: float, high: float, step: float) -> Rows:
    """Pieces of the line between neighbouring periods that both have a consistency."""
    found: Rows = []
    for column, (one, other) in enumerate(zip(split.fits, split.fits[1:], strict=False)):
        if _defined(one.consistency) and _defined(other.consistency):
            x = _LEFT + 40 + step * column
            found.append({"x": x, "y": top + high * (1 - one.consistency),
                          "x2": x + step, "y2": top + high * (1 - other.consistency)})  # fmt: skip
    return found


def _dots(one: Diagnosis, split: ByCluster, top: float, high: float, step: float, say: Say) -> Rows:
    return [
        {"x": _LEFT + 40 + step * column, "y": top + high * (1 - fit.consistency), "shape": "circle", "size": 46,
         "fill": BLUE, "stroke": BLUE, "expression": one.expression, "cluster": fit.cluster,
         "consistency": fit.consistency,
         "said": f"{fit.cluster}: {number(fit.consistency)}, {say('members')} {len(fit.members)}/{fit.n}"}
        for column, fit in enumerate(split.fits)
        if _defined(fit.consistency)
    ]  # fmt: skip


def _values(split: ByCluster, top: float, high: float, step: float) -> Rows:
    found: Rows = []
    for column, fit in enumerate(split.fits):
        if _defined(fit.consistency):
            y = top + high * (1 - fit.consistency) + (14 if fit.consistency > 0.3 else -12)
            found.append({"x": _LEFT + 40 + step * column, "y": y, "text": number(fit.consistency)})
    return found


def _named(one: Diagnosis, room: float, say: Say) -> str:
    return text.shortened(_plain(one, say), room, 12)


def _plain(one: Diagnosis, say: Say) -> str:
    return one.expression if one.relation == "sufficient" else f"{one.expression} ({say('necessary')})"


def _shade(value: float) -> tuple[str, str]:
    if value >= 0.85:
        return GROUNDS[BLUE], "#ffffff"
    return ("transparent" if value < 0.05 else tint(BLUE, 0.08 + 0.5 * value)), INK


def _defined(value: float) -> bool:
    return not math.isnan(value)


def _told(title: str, shown: Sequence[Diagnosis], name: str, say: Say) -> str:
    parts = []
    for one in shown:
        fits = ", ".join(f"{fit.cluster} {number(fit.consistency)}" for fit in one.of(name).fits)
        parts.append(f"{one.expression}: {say('pooled')} {number(one.pooled.consistency)}; {fits}.")
    return " ".join([f"{title}.", *parts])


def _left_out(found: Panel, say: Say) -> list[str]:
    more = len(found.diagnoses) - EXPRESSIONS
    return [say("{n} more expressions are in the table.").format(n=more)] if more > 0 else []
