"""A measure: a number for each case, and the cuts that make levels of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from concausa.core.columns import column
from concausa.core.errors import ScaleError
from concausa.core.nearest import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Another way to give a condition or outcome its levels: by numbers and cuts."""

    id: str = column("id", "Short name, such as per-firm.", required=True)
    condition: str = column(
        "ref", "The condition or outcome that it measures.", required=True, to=("conditions",)
    )
    label: str = column("text", "Name for readers.", required=True)
    values: tuple[str, ...] = column(
        "words", "One CASE=FORMULA for each case, such as NL-1=nl_funds / nl_firms; none if missing says why."
    )
    measured_in: str = column("text", "Unit of the values.")
    cuts: tuple[str, ...] = column(
        "words",
        "Admissible cuts, each with the least value of every level but the lowest, such as "
        "moderate>=100, maximum>=500; or in percent of the greatest value: moderate>=25%, maximum>=50%.",
    )
    missing: str = column("text", "What is missing, when the text does not give the values.")
    why: str = column("text", "Why one may measure it so, and cut it so.")
    section: str = column("text", "Where the study's own text names it.")
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value of a level.

    Parameters
    ----------
    value : Decimal
        In the unit of the measure; or a percentage, from 0 to 100, of the greatest value of all cases.
    """

    level: str
    value: Decimal
    percent: bool = False

    def least(self, greatest: Fraction) -> Fraction:
        """The least value itself, where *greatest* is the greatest value of all cases."""
        return Fraction(self.value) * greatest / 100 if self.percent else Fraction(self.value)


_FLOOR = re.compile(r"\s*(?P<level>.+?)\s*>=\s*(?P<value>-?\d+(?:\.\d+)?)\s*(?P<percent>%?)\s*")


def floors(cut: str, levels: Sequence[str]) -> tuple[Floor, ...]:
    """A cut as the least value of every level but the lowest, in the order of the scale.

    Parameters
    ----------
    levels : sequence of str
        The scale, lowest first.

    Raises
    ------
    ScaleError
        If it cannot be read, if a level is unknown, missing, the lowest or given twice, if a percentage
        lies outside 0 to 100, or if percentages, or plain numbers, do not rise with the levels.

    Examples
    --------
    >>> [floor.level for floor in floors("maximum>=500, moderate>=100", ["minimum", "moderate", "maximum"])]
    ['moderate', 'maximum']
    >>> floors("many>=50%", ["few", "many"])[0].least(Fraction(30))
    Fraction(15, 1)
    """
    found: dict[str, Floor] = {}
    for part in cut.split(","):
        match = _FLOOR.fullmatch(part)
        if not match:
            example = ", ".join(f"{level}>={100 * place}" for place, level in enumerate(levels[1:], 1))
            raise ScaleError(
                f"{part.strip()!r} is not LEVEL>=NUMBER", where=cut, fix=f"write it like {example}"
            )
        floor = Floor(match["level"], Decimal(match["value"]), bool(match["percent"]))
        if floor.level not in levels:
            near = nearest(floor.level, levels)
            fix = f"did you mean {near}?" if near else f"one of {', '.join(levels[1:])}"
            raise ScaleError(f"{floor.level!r} is no level of the scale", where=cut, fix=fix)
        if floor.level == levels[0]:
            fix = f"take {levels[0]} out: it is what stays below the others"
            raise ScaleError(f"the lowest level, {levels[0]}, has no least value", where=cut, fix=fix)
        if floor.level in found:
            raise ScaleError(f"the level {floor.level!r} has two values", where=cut, fix="keep one of them")
        if floor.percent and not 0 <= floor.value <= 100:
            fix = "write a percentage of the greatest value"
            raise ScaleError(f"{floor.value}% lies outside 0 to 100", where=cut, fix=fix)
        found[floor.level] = floor
    if absent := [level for level in levels[1:] if level not in found]:
        raise ScaleError(
            f"there is no value for {', '.join(absent)}", where=cut, fix=f"add {absent[0]}>=NUMBER"
        )
    ordered = tuple(found[level] for level in levels[1:])
    for percent in (False, True):
        values = [floor.value for floor in ordered if floor.percent is percent]
        if any(low >= high for low, high in pairwise(values)):
            fix = f"let them rise in the order {', '.join(levels[1:])}"
            raise ScaleError("the values do not rise with the levels", where=cut, fix=fix)
    return ordered


def case_formula(value: str) -> tuple[str, str]:
    """The case and the formula of one value of a measure.

    Raises
    ------
    ScaleError
        If it is not CASE=FORMULA.

    Examples
    --------
    >>> case_formula("NL-1=funds / firms")
    ('NL-1', 'funds / firms')
    """
    case, mark, formula = (part.strip() for part in value.partition("="))
    if not (case and mark and formula):
        fix = "write it like NL-1=nl_funds / nl_firms"
        raise ScaleError(f"{value!r} is not CASE=FORMULA", where=value, fix=fix)
    return case, formula


def case_formulas(measure: Measure) -> Mapping[str, str]:
    """The formula of each case, in the order given.

    Raises
    ------
    ScaleError
        If a value is not CASE=FORMULA, or a case has two.
    """
    found: dict[str, str] = {}
    for value in measure.values:
        case, formula = case_formula(value)
        if case in found:
            raise ScaleError(f"the case {case} has two values", where=value, fix="keep one of them")
        found[case] = formula
    return found
