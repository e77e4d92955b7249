"""Analyses that come to the same truth table: rows, cases and outcomes alike, whatever the decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.audit.configurations import Analysis, Configurations, Corner, Setting


@dataclass(frozen=True, eq=False)
class Alike:
    """Analyses with the same cases in the same rows, and the same outcome for each row.

    Parameters
    ----------
    number : int
        Counted from 1 over a whole study.
    threshold : str
        The level of the outcome that is asked for.
    settings : tuple of Setting
        Those of the analyses that ask for this threshold.
    analyses : tuple of Analysis
        At least one. Fit may differ between them, rows and models do not.
    """

    number: int
    threshold: str
    settings: tuple[Setting, ...]
    analyses: tuple[Analysis, ...]

    @property
    def first(self) -> Analysis:
        """One of them, to read rows and models from."""
        return self.analyses[0]

    @property
    def members(self) -> tuple[str, ...]:
        """The cases with the outcome."""
        return self.first.members


def alike(found: Configurations) -> tuple[Alike, ...]:
    """Every distinct truth table, threshold by threshold.

    An outcome set that an earlier threshold gives too is shown there.
    """
    sets = found.frame.outcome_sets
    done: set[tuple[str, ...]] = set()
    made: list[Alike] = []
    for threshold in dict.fromkeys(row.threshold for row in sets):
        new = [row for row in found.of(threshold) if row.members not in done]
        grouped: dict[object, list[Analysis]] = {}
        for analysis in new:
            grouped.setdefault(_key(analysis), []).append(analysis)
        for group in grouped.values():
            settings = tuple(
                setting
                for analysis in group
                for setting in analysis.settings
                if sets[setting.outcome].threshold == threshold
            )
            made.append(Alike(len(made) + 1, threshold, settings, tuple(group)))
        done.update(row.members for row in new)
    return tuple(made)


def span(values: Sequence[float]) -> tuple[float, float] | None:
    """The least and the greatest of some measures, undefined ones aside; None if none is defined."""
    defined = [value for value in values if value == value]
    return (min(defined), max(defined)) if defined else None


def _key(analysis: Analysis) -> tuple[tuple[str, ...], tuple[Corner, ...], tuple[str, ...], tuple[str, ...]]:
    table, negated = analysis.table, analysis.negated
    codes = () if table is None else tuple(row.outcome for row in table.rows)
    other = () if negated is None else tuple(row.outcome for row in negated.rows)
    return analysis.members, analysis.corners, codes, other
