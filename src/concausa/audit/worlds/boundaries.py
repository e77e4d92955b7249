"""Boundaries: other years at which the first period may end, and the codings that still count then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concausa.audit.worlds.declared import only, opened, refused
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.date import Date
from concausa.core.errors import DataError
from concausa.evidence.passage import Passage
from concausa.measurement.coding import Coding
from concausa.study.study import Study
from concausa.theory.choice import boundary_years


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Where the first of two periods may end.

    Parameters
    ----------
    choice : OpenChoice or None
        None if the study's own boundary is the only one.
    spans : tuple of (mapping of period to Date, or None)
        For each option, the years that each period then has; None for the study's own.
    passages : mapping of str to Passage
    """

    choice: OpenChoice | None
    spans: tuple[Mapping[str, Date] | None, ...]
    passages: Mapping[str, Passage]

    def counts(self, coding: Coding, option: int) -> bool:
        """Whether a coding still says something of its cell under a boundary.

        It does if it names no passage, if one of its passages is undated, or if the date of one
        overlaps the period so bounded. Under the study's own boundary every coding counts.
        """
        spans = self.spans[option]
        if spans is None or not coding.evidence:
            return True
        dates = (self.passages[id].date for id in coding.evidence if id in self.passages)
        return any(date is None or date.overlaps(spans[coding.period]) for date in dates)


def boundaries(study: Study) -> Boundaries:
    """The boundaries that a study admits.

    Raises
    ------
    DataError
        If the study has not two periods.
    OptionError
        If a boundary cannot be read, leaves a period without years, or if the first is not the
        study's own.
    """
    passages = {passage.id: passage for passage in study.evidence}
    row = only(study, "boundary")
    if row is None:
        return Boundaries(None, (None,), passages)
    if len(study.periods) != 2:
        raise DataError(
            f"the study has {len(study.periods)} periods; a boundary can move between two only",
            where=f"choices {row.id}",
            fix="delete the choice",
        )
    first, second = sorted(study.periods, key=lambda period: period.start.start)
    own = (first.end.end.year, second.start.start.year)
    spans: list[Mapping[str, Date] | None] = []
    for option in row.options:
        last, start = boundary_years(option)
        if (last, start) == own:
            spans.append(None)
            continue
        if not (first.start.start.year <= last < start <= second.end.end.year):
            raise refused(row, option, (), form="leave each period at least one year")
        spans.append(
            {
                first.id: Date.parse(f"{first.start}/{last:04d}"),
                second.id: Date.parse(f"{start:04d}/{second.end}"),
            }
        )
    if not spans or spans[0] is not None:
        raise refused(row, row.options[0] if row.options else "", (), form=f"start with {own[0]}/{own[1]}")
    options = tuple(
        Option(option, Caveat.of("boundary", "the periods meet at {years}", years=option))
        for option in row.options
    )
    label = Caveat.of("boundary", "where the first period ends")
    return Boundaries(opened("boundary", label, options, row), tuple(spans), passages)
