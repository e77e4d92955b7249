"""A judgement: an account of the outcome held against every case and every contrast, in one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.rivals.cell import CellVerdict, judge_cell
from concausa.rivals.contrast import Contrast, contrasts
from concausa.rivals.expectation import Expectation
from concausa.rivals.observation import Observation, Seen, readings
from concausa.rivals.timetable import Timetable, timetable
from concausa.rivals.verdict import DEPENDS, Overall, Word

#: Readings of the admissible levels that are gone through; more are for `concausa.standings`.
MOST_READINGS = 10_000


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of verdicts; what was tested never goes without its denominator.

    Parameters
    ----------
    fits, fails : int
    undiscriminating, changing, without_data, silent : int
        Those that test nothing, by the reason.
    """

    fits: int
    fails: int
    undiscriminating: int
    changing: int
    without_data: int
    silent: int

    @staticmethod
    def of(verdicts: Iterable[Word]) -> Score:
        """The counts of some verdicts."""
        count = Counter(verdicts)
        return Score(
            count["fits"],
            count["fails"],
            count["does not discriminate"],
            count["changes within the period"],
            count["no data"],
            count["silent"],
        )

    @property
    def tested(self) -> int:
        """How many could have failed and were not spared by missing data."""
        return self.fits + self.fails

    @property
    def all(self) -> int:
        """How many there are."""
        return self.tested + self.undiscriminating + self.changing + self.without_data + self.silent

    def data(self) -> dict[str, int]:
        """Counts by verdict, with ``tested`` and ``all``."""
        return {
            "fits": self.fits,
            "fails": self.fails,
            "tested": self.tested,
            "does not discriminate": self.undiscriminating,
            "changes within the period": self.changing,
            "no data": self.without_data,
            "silent": self.silent,
            "all": self.all,
        }

    def __str__(self) -> str:
        return f"{self.fits} of {self.tested} tested, of {self.all}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts on an account in one reading.

    Parameters
    ----------
    cells : tuple of CellVerdict
        Units by periods.
    contrasts : tuple of Contrast
        Within periods, then over time.
    """

    cells: tuple[CellVerdict, ...]
    contrasts: tuple[Contrast, ...]

    @property
    def overall(self) -> Overall:
        """The verdict on the whole.

        ``fails`` or ``fails in part``: some cell or contrast fails, and none or some fits · ``fits``: none
        fails, and at least one difference between outcomes goes as expected · ``does not discriminate``:
        none fails, but no difference is told · ``changes within the period``: nothing else is left to
        judge · ``no data`` · ``silent``: it says nothing · ``nothing predicted``: nothing was written or
        worked out for any case.

        An account that only agrees with levels, or with likeness, has not told why cases differ: it
        cannot be said to fit. One failure is a failure: no number of agreements buys it off, and
        how many there are of each stands beside it (`scores`).
        """
        words = [cell.verdict for cell in self.cells] + [one.verdict for one in self.contrasts]
        if "fails" in words:
            return "fails in part" if "fits" in words else "fails"
        if any(one.explained for one in self.contrasts):
            return "fits"
        order: tuple[Overall, ...] = ("changes within the period", "no data")
        if "fits" in words or "does not discriminate" in words:
            return "does not discriminate"
        if all(part.expects is None for cell in self.cells for part in cell.parts):
            return "nothing predicted"
        return next((word for word in order if word in words), "silent")

    @property
    def scores(self) -> tuple[Score, Score]:
        """Counts over the cells, and over the contrasts."""
        return (
            Score.of(cell.verdict for cell in self.cells),
            Score.of(contrast.verdict for contrast in self.contrasts),
        )

    @property
    def differences(self) -> tuple[int, int, int]:
        """Contrasts whose outcomes differ: those explained, those left unexplained, all of them."""
        return (
            sum(one.explained for one in self.contrasts),
            sum(one.unexplained for one in self.contrasts),
            sum(one.differs for one in self.contrasts),
        )

    @property
    def changing_months(self) -> tuple[int, int, int]:
        """Months of the cells in which the account changes what it says: those that would fit, those that would
        fail, and all of which it speaks.

        They decide nothing: which of these months made the outcome of the period is not known.
        """
        months = [cell.months for cell in self.cells if cell.verdict == "changes within the period"]
        fits, fails = (sum(one.get(word, 0) for one in months) for word in ("fits", "fails"))
        return fits, fails, sum(n for one in months for word, n in one.items() if word != "silent")

    def cell(self, case: str) -> CellVerdict:
        """The cell of ``UNIT-PERIOD``; KeyError if there is none."""
        for cell in self.cells:
            if cell.case == case:
                return cell
        raise KeyError(case)

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        cells, pairs = self.scores
        explained, unexplained, differ = self.differences
        return {
            "overall": self.overall,
            "cells": {cell.case: cell.verdict for cell in self.cells},
            "contrasts": {one.name: one.verdict for one in self.contrasts},
            "cell_counts": cells.data(),
            "contrast_counts": pairs.data(),
            "changing_months": dict(zip(("fits", "fails", "all"), self.changing_months, strict=True)),
            "differences": {"explained": explained, "unexplained": unexplained, "all": differ},
        }

    def __str__(self) -> str:
        cells, pairs = self.scores
        return f"{self.overall} (cells: {cells}; contrasts: {pairs})"


def judge(table: Timetable, seen: Seen | None = None) -> Judgement:
    """Hold an account against one reading of what was seen.

    Parameters
    ----------
    seen : sequence of str or None, optional
        The level of each observation of the timetable; by default the first that it admits.

    Raises
    ------
    OptionError
        If levels are missing or are not of the scale.
    """
    levels = tuple(seen if seen is not None else next(readings(table.observations)))
    if len(levels) != len(table.observations):
        raise OptionError(
            f"{len(levels)} levels for {len(table.observations)} observations",
            fix="give one for each, None where there is none",
        )
    for level in levels:
        if level is not None and level not in table.scale:
            raise OptionError(f"the outcome has no level {level!r}", fix=f"one of {', '.join(table.scale)}")
    cells = tuple(judge_cell(table, levels, unit, period) for unit in table.units for period in table.periods)
    return Judgement(cells, contrasts(table, levels))


@dataclass(frozen=True, slots=True)
class Spread:
    """A verdict over several readings: how many give each.

    Examples
    --------
    >>> Spread({"fits": 3}).word, Spread({"fits": 3, "fails": 1}).word
    ('fits', 'depends on the reading')
    """

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Readings."""
        return sum(self.counts.values())

    @property
    def word(self) -> str:
        """The verdict if it is one in all readings, else ``depends on the reading``."""
        return next(iter(self.counts)) if len(self.counts) == 1 else DEPENDS

    def __str__(self) -> str:
        if len(self.counts) == 1:
            return self.word
        ranked = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        return "; ".join(f"{word} in {count:,} of {self.total:,}" for word, count in ranked)


@dataclass(frozen=True, slots=True)
class Judgements:
    """The verdicts on an account over every admissible reading of what was seen.

    Parameters
    ----------
    readings : tuple of Judgement
        One for each reading, the first levels first.
    """

    readings: tuple[Judgement, ...]

    @property
    def overall(self) -> Spread:
        """The verdict on the whole."""
        return Spread(Counter(one.overall for one in self.readings))

    @property
    def cells(self) -> Mapping[str, Spread]:
        """The verdict on each case."""
        return {
            cell.case: Spread(Counter(one.cells[place].verdict for one in self.readings))
            for place, cell in enumerate(self.readings[0].cells)
        }

    @property
    def contrasts(self) -> Mapping[str, Spread]:
        """The verdict on each contrast."""
        return {
            pair.name: Spread(Counter(one.contrasts[place].verdict for one in self.readings))
            for place, pair in enumerate(self.readings[0].contrasts)
        }

    def __repr__(self) -> str:
        return f"<Judgements: {len(self.readings)} readings, {self.overall}>"

    def __str__(self) -> str:
        lines = [f"Overall: {self.overall}"]
        lines += [f"  {case}: {spread}" for case, spread in (*self.cells.items(), *self.contrasts.items())]
        return "\n".join(lines)


def judgements(
    expectations: Iterable[Expectation],
    observations: Sequence[Observation],
    *,
    units: Sequence[str],
    periods: Mapping[str, Date],
    scale: Sequence[str],
) -> Judgements:
    """Hold an account against every admissible reading of what was seen.

    Raises
    ------
    DataError
        See `timetable`.
    OptionError
        If a level is not of the scale, or if there are more than ``MOST_READINGS`` readings.

    Examples
    --------
    Two states; the account expects one high and one low, and the low one is open.

    >>> from concausa.core.date import Date
    >>> found = judgements(
    ...     [
    ...         Expectation(unit="A", period="1", expects="high"),
    ...         Expectation(unit="B", period="1", expects="low"),
    ...     ],
    ...     [
    ...         Observation(unit="A", period="1", levels=("maximum",)),
    ...         Observation(unit="B", period="1", levels=("minimum", "moderate")),
    ...     ],
    ...     units=("A", "B"),
    ...     periods={"1": Date.parse("2000/2007")},
    ...     scale=("minimum", "moderate", "maximum"),
    ... )
    >>> print(found)
    Overall: fits
      A-1: fits
      B-1: does not discriminate in 1 of 2; fits in 1 of 2
      A-1 : B-1: fits
    """
    count = 1
    for one in observations:
        count *= max(1, len(one.levels))
    if count > MOST_READINGS:
        raise OptionError(
            f"there are {count:,} readings, more than {MOST_READINGS:,}",
            fix="judge fewer cases at once, or a study with concausa.standings",
        )
    table = timetable(expectations, observations, units=units, periods=periods, scale=scale)
    return Judgements(tuple(judge(table, seen) for seen in readings(observations)))
