"""Whether the cases that a study compares differ on the conditions and outcome that it codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from concausa.core.unit import Case
from concausa.study.study import Study

Verdict = Literal["differs", "alike", "open", "missing"]


@dataclass(frozen=True, slots=True)
class CodedDivergence:
    """One condition of two units in one period.

    Parameters
    ----------
    first, second : str
        Ids of the cases.
    condition, role : str
    first_levels, second_levels : tuple of str
        The levels that the codings admit, in order of the scale.
    verdict : str
        ``differs`` under every admissible coding, ``alike`` under every one, ``open``, or ``missing`` where one of the
        two has no coding.
    """

    first: str
    second: str
    condition: str
    role: str
    first_levels: tuple[str, ...]
    second_levels: tuple[str, ...]
    verdict: Verdict

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "condition": self.condition,
            "role": self.role,
            "first_levels": list(self.first_levels),
            "second_levels": list(self.second_levels),
            "verdict": self.verdict,
        }


def coded_divergence(study: Study, first: str, second: str) -> tuple[CodedDivergence, ...]:
    """Whether two units differ, period by period, on each condition and the outcome.

    A comparison of similar cases explains a difference by a difference: where the two are alike on the outcome, or
    alike on a condition, it cannot.

    Examples
    --------
    >>> study = Study.load("prosoft")
    >>> [(row.first, row.condition, row.verdict) for row in coded_divergence(study, "NL", "PUE")][:2]
    [('NL-1', 'EL', 'differs'), ('NL-1', 'BQ', 'open')]
    """
    one, other = study.row("units", first), study.row("units", second)
    found = []
    for period in study.periods:
        cases = Case(one, period), Case(other, period)
        for condition in study.conditions:
            first_levels, second_levels = (study.cell(case, condition.id).levels for case in cases)
            if first_levels or second_levels:
                found.append(
                    CodedDivergence(
                        cases[0].id,
                        cases[1].id,
                        condition.id,
                        condition.role,
                        first_levels,
                        second_levels,
                        _verdict(first_levels, second_levels),
                    )
                )
    return tuple(found)


def _verdict(first: Sequence[str], second: Sequence[str]) -> Verdict:
    if not first or not second:
        return "missing"
    if not set(first) & set(second):
        return "differs"
    return "alike" if len({*first, *second}) == 1 else "open"
