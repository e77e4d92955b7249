"""The judge against its slow twin, on accounts drawn at random."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from tests.reference.rivals_one_world import judge as slow

from concausa.core.date import Date
from concausa.rivals.expectation import Expectation
from concausa.rivals.judgement import judge
from concausa.rivals.observation import Observation
from concausa.rivals.timetable import timetable

PERIODS = {"1": Date.parse("2000/2001"), "2": Date.parse("2002/2003"), "3": Date.parse("2004")}
UNITS = ("A", "B", "C")
SCALES = (("min", "mid", "max"), ("low", "high"), ("a", "b", "c", "d", "e"))
SAYINGS = ("high", "low", "higher", "lower", "no difference", "silent", "open", "levels", "")


@st.composite
def situations(draw):
    scale = draw(st.sampled_from(SCALES))
    expectations = []
    for unit in UNITS:
        for period, window in PERIODS.items():
            first, last = window.start.year, window.end.year
            cuts = sorted(draw(st.sets(st.integers(1, (last - first + 1) * 12 - 1), max_size=2)))
            bounds = [0, *cuts, (last - first + 1) * 12]
            for start, stop in itertools.pairwise(bounds):
                word = draw(st.sampled_from(SAYINGS))
                if not word:
                    continue
                levels = ()
                if word == "levels":
                    chosen = draw(st.sets(st.sampled_from(scale), min_size=1))
                    levels = tuple(level for level in scale if level in chosen)
                names = [f"{first + at // 12}-{at % 12 + 1:02d}" for at in (start, stop - 1)]
                expectations.append(
                    Expectation(
                        unit=unit,
                        period=period,
                        expects=word,
                        levels=levels,
                        span=Date.parse("/".join(names)),
                    )
                )
    level = {(unit, period): draw(st.sampled_from((None, *scale))) for unit in UNITS for period in PERIODS}
    return scale, expectations, level


@given(situations())
def test_every_verdict_is_that_of_the_twin(situation) -> None:
    scale, expectations, level = situation
    observations = [
        Observation(unit=unit, period=period, levels=(own,) if own else ())
        for (unit, period), own in level.items()
    ]
    found = judge(timetable(expectations, observations, units=UNITS, periods=PERIODS, scale=scale))
    cells, pairs, overall = slow(expectations, UNITS, PERIODS, level, scale)
    assert {cell.case: cell.verdict for cell in found.cells} == cells
    assert {one.name: one.verdict for one in found.contrasts} == pairs
    assert found.overall == overall
