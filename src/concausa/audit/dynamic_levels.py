"""Levels of a dynamic model: from the words that codings give to the memberships that runs may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from concausa.core.errors import OptionError, ScaleError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.core.unit import Case
from concausa.dynamics.quantity import Range
from concausa.measurement.level_map import LevelMap, level_bands
from concausa.study.study import Study

#: Where anything may lie.
ANYTHING = Range.of(0, 1)


@dataclass(frozen=True)
class Levels:
    """What each level of each condition may be as a membership, and which single readings are held.

    Parameters
    ----------
    study : Study
    level_map : str
        The map that is used where it covers a condition; the study's own if empty.
    readings : mapping of str to str
        One level for a cell (``NL-1.BQ``) or a coded term (``T-NL-gov-2003.EL``), of those that it admits.
    """

    study: Study
    level_map: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)

    def of_case(self, case: Case, condition: str) -> Mapping[str, tuple[float, float]]:
        """The levels that a cell admits, each with its band, lowest first; none if nobody coded it."""
        return self._bands(f"{case.id}.{condition}", condition, self.study.cell(case, condition).levels)

    def of_term(self, ids: Iterable[str], condition: str) -> Mapping[str, tuple[float, float]]:
        """The levels that an office term admits, each with its band; none if nobody coded it.

        Parameters
        ----------
        ids : iterable of str
            Rows of ``terms`` that tell of one holder's term.
        """
        names = tuple(ids)
        given = {
            coding.level: coding.term
            for coding in self.study.term_codings
            if coding.condition == condition and coding.term in names
        }
        address = next((f"{term}.{condition}" for term in given.values()), "")
        scale = self.study.row("conditions", condition).levels
        return self._bands(address, condition, [level for level in scale if level in given])

    def of_condition(self, condition: str) -> Mapping[str, tuple[float, float]]:
        """Every level of a condition with its band, lowest first."""
        return level_bands(self._map(condition), self.study.row("conditions", condition).levels)

    def refuse_strays(self, known: Iterable[str]) -> None:
        """UnknownNameError if a reading is held of something that the model does not use."""
        used = list(known)
        for address in self.readings:
            if address not in used:
                near = nearest(address, used)
                raise UnknownNameError(
                    f"the model reads no {address!r}",
                    where="readings",
                    fix=f"did you mean {near}?" if near else f"one of {some(used)}",
                )

    def _bands(
        self, address: str, condition: str, levels: Sequence[str]
    ) -> Mapping[str, tuple[float, float]]:
        every = self.of_condition(condition)
        held = self.readings.get(address)
        if held is None:
            return {level: every[level] for level in levels}
        if held not in levels:
            near = nearest(held, levels)
            raise OptionError(
                f"{address} is not coded {held!r}",
                where="readings",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(levels)}" if levels else "",
            )
        return {held: every[held]}

    def _map(self, condition: str) -> LevelMap:
        study = self.study
        if self.level_map:
            study.row("level_maps", self.level_map)
        fitting = {row.id: row for row in study.level_maps if row.covers(condition)}
        for id in (self.level_map, study.settings.level_map, *fitting):
            if id in fitting:
                return fitting[id]
        raise ScaleError(
            f"no level map says what the levels of {condition} are worth",
            fix="name it in the conditions of a level map",
        )


def joined(bands: Iterable[tuple[float, float]]) -> Range:
    """Some bands as one range; those that touch become one part.

    Examples
    --------
    >>> joined([(0, 0.125), (0.125, 0.375), (0.875, 1)]).text
    '0 to 0.375 or 0.875 to 1'
    """
    parts: list[tuple[float, float]] = []
    for low, high in sorted(bands):
        if parts and low <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(parts[-1][1], high)
        else:
            parts.append((float(low), float(high)))
    return Range(tuple(parts)) if parts else ANYTHING
