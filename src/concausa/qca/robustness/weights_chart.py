"""On which parameter the formula turns: survival by thirds of each interval."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, tint
from concausa.qca.charts.canvas import boxes, chart, rules, words

if TYPE_CHECKING:
    from concausa.qca.robustness.monte_carlo import MonteCarlo

_ROW, _LEFT, _TOP, _BAR, _GAP = 30.0, 14.0, 12.0, 110.0, 52.0
#: Most parameters that are drawn, the weightiest.
MOST = 24


def weights_chart(found: MonteCarlo, *, name: str = "monte-carlo", say: Callable[[str], str] = str) -> Chart:
    """A row a parameter, the weightiest first: how often the formula survives in each third of its values.

    Parameters
    ----------
    found : MonteCarlo
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.
    """
    weights = found.weights[:MOST]
    room = min(240.0, max(text.width(one.varying.name, 12) for one in weights)) + 10
    start = _LEFT + room
    bars, frames, told, numbers, spans = [], [], [], [], []
    for row, one in enumerate(weights):
        top = _TOP + _ROW * row
        told.append({"x": start - 8, "y": top + 10, "text": text.shortened(one.varying.name, room - 8, 12)})
        for place, (low, high, share) in enumerate(one.parts):
            left = start + (_BAR + _GAP) * place
            frames.append({"x": left, "y": top + 18, "x2": left + _BAR, "y2": top + 18})
            bars.append(
                {
                    "x": left, "y": top + 4, "x2": left + _BAR * share.share, "y2": top + 17, "fill": tint(BLUE, 0.7),
                    "parameter": one.varying.name, "from": low, "to": high, "share": share.share,
                    "said": f"{one.varying.name} {low:.4g}–{high:.4g}: {share}",
                }
            )  # fmt: skip
            numbers.append({"x": left + _BAR + 4, "y": top + 11, "text": f"{share.share:.0%}"})
            span = f"{low:.4g}" if low == high else f"{low:.4g}–{high:.4g}"
            spans.append({"x": left, "y": top + 24, "text": span})
    columns = max(len(one.parts) for one in weights)
    wide = max(start + (_BAR + _GAP) * columns + 6, 420)
    low = _TOP + _ROW * len(weights)
    first = weights[0]
    return chart(
        name,
        say("{formula}: the same formula in {share} of {n} draws").format(
            formula=found.initial.formula.text, share=found.same, n=f"{found.draws:,}"
        ),
        (wide, low + 12),
        [
            words(told, align="right"),
            rules(frames, color=GREY, opacity=0.6),
            boxes(bars),
            words(numbers, align="left", fontSize=11),
            words(spans, align="left", fontSize=9),
        ],
        say("It turns most on {parameter}.").format(parameter=first.varying.name),
        [
            say(
                "Bars: share of the draws with the same formula, by thirds of the values drawn for each parameter."
            )
        ],
    )
