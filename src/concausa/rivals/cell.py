"""A cell of the matrix: what an account expects of one case beside what was observed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from concausa.rivals.expectation import Expectation, admitted
from concausa.rivals.observation import Seen
from concausa.rivals.timetable import Stretch, Timetable
from concausa.rivals.verdict import Word, joined

#: Why a cell does not discriminate.
Reason = Literal[
    "", "the outcome is on the middle", "no difference is expected", "there is no case to compare"
]


@dataclass(frozen=True, slots=True)
class Part:
    """Months of a cell in which one thing is expected.

    Parameters
    ----------
    stretch : Stretch
    expects : Expectation or None
        None where nothing was worked out.
    level : str or None
        What was observed.
    verdict : str
        As if the account had said this throughout.
    reason : str
        Why it does not discriminate; empty where it does.
    """

    stretch: Stretch
    expects: Expectation | None
    level: str | None
    verdict: Word
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """A case.

    Parameters
    ----------
    unit, period : str
    verdict : str
        ``changes within the period`` where the account says different things of months for which only
        one outcome is known: no month can then be told from another.
    parts : tuple of Part
        In order of time.
    """

    unit: str
    period: str
    verdict: Word
    parts: tuple[Part, ...]

    @property
    def case(self) -> str:
        """``UNIT-PERIOD``."""
        return f"{self.unit}-{self.period}"

    @property
    def varies(self) -> bool:
        """Whether what is expected changes inside the period; months of silence aside."""
        return len(self.said) > 1

    @property
    def said(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """What is expected, each once, with its months; in the order in which it first occurs."""
        months: dict[tuple[str, ...], tuple[tuple[str, ...], int]] = {}
        for part in self.parts:
            if part.expects is not None and part.expects.speaks:
                _, before = months.get(part.expects.kind, ((), 0))
                months[part.expects.kind] = part.expects.said, before + part.stretch.months
        return tuple(months.values())

    @property
    def months(self) -> Mapping[Word, int]:
        """Months by the verdict that they would have alone."""
        found: dict[Word, int] = {}
        for part in self.parts:
            found[part.verdict] = found.get(part.verdict, 0) + part.stretch.months
        return found

    @property
    def reason(self) -> Reason:
        """Why it does not discriminate; empty where it does."""
        if self.verdict != "does not discriminate":
            return ""
        return next((part.reason for part in self.parts if part.reason), "")


def judge_cell(table: Timetable, seen: Seen, unit: str, period: str) -> CellVerdict:
    """Hold what is expected of a case against what was seen.

    Months for which one observation speaks are judged together: if one thing is expected of all of
    them (silent months aside) it fits, fails or does not discriminate; if different things are, the
    observation cannot tell which of them held, and the verdict is ``changes within the period``. If nothing
    is expected and the record leaves a month open, there is ``no data``. A cell with several observations
    fails if one of them does.
    """
    parts = tuple(_part(table, seen, unit, stretch) for stretch in table.of(period))
    by_sight: dict[int | None, list[Part]] = {}
    for part in parts:
        by_sight.setdefault(part.stretch.seen.get(unit), []).append(part)
    return CellVerdict(unit, period, joined(_together(group) for group in by_sight.values()), parts)


def _together(parts: Sequence[Part]) -> Word:
    kinds = {part.expects.kind for part in parts if part.expects is not None and part.expects.speaks}
    if len(kinds) > 1 and any(part.level is not None for part in parts):
        return "changes within the period"
    if not kinds and any(part.expects is not None and part.expects.expects == "open" for part in parts):
        return "no data"
    return joined(part.verdict for part in parts)


def _part(table: Timetable, seen: Seen, unit: str, stretch: Stretch) -> Part:
    expects = stretch.expected.get(unit)
    level = seen_level(stretch, seen, unit)
    if expects is None or not expects.speaks:
        return Part(stretch, expects, level, "silent")
    if level is None:
        return Part(stretch, expects, level, "no data")
    return Part(stretch, expects, level, *_judged(table, seen, stretch, expects, level))


def seen_level(stretch: Stretch, seen: Seen, unit: str) -> str | None:
    """The level of a unit in some months; None if nothing is known."""
    return seen[stretch.seen[unit]] if unit in stretch.seen else None


def _judged(
    table: Timetable, seen: Seen, stretch: Stretch, expects: Expectation, level: str
) -> tuple[Word, Reason]:
    scale = table.scale
    if expects.expects == "no difference":
        return "does not discriminate", "no difference is expected"
    if expects.expects in ("higher", "lower"):
        return _compared(table, seen, stretch, expects, level)
    wanted = admitted(expects, scale)
    if len(wanted) == len(scale):
        return "silent", ""
    if expects.expects != "levels" and 2 * scale.index(level) == len(scale) - 1:
        return "does not discriminate", "the outcome is on the middle"
    return ("fits" if level in wanted else "fails"), ""


def _compared(
    table: Timetable, seen: Seen, stretch: Stretch, expects: Expectation, level: str
) -> tuple[Word, Reason]:
    others = [unit for unit in table.units if unit != expects.unit and stretch.speaks(unit)]
    if not others:
        return "does not discriminate", "there is no case to compare"
    own, turn = table.scale.index(level), 1 if expects.expects == "higher" else -1
    levels = [seen_level(stretch, seen, unit) for unit in others]
    if any(other is not None and turn * (own - table.scale.index(other)) <= 0 for other in levels):
        return "fails", ""
    return ("no data" if None in levels else "fits"), ""
