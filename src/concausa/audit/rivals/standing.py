"""A standing: how one account stands in every world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concausa.audit.rivals.account import Account
from concausa.audit.rivals.agreement import Difference, differences
from concausa.audit.rivals.outlook import Outlook
from concausa.audit.worlds.cell_table import CellTable
from concausa.audit.worlds.grid import Grid, IntArray
from concausa.audit.worlds.open_choice import OpenChoice
from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.rivals import verdict
from concausa.rivals.expectation import Expectation
from concausa.rivals.judgement import Judgement, judge
from concausa.rivals.observation import Observation
from concausa.rivals.timetable import Timetable, timetable
from concausa.rivals.verdict import Word
from concausa.rivals.window import Amount, WindowContrast, window_contrasts


@dataclass(frozen=True, slots=True)
class Field:
    """What all accounts are held against.

    Parameters
    ----------
    units : tuple of str
    periods : mapping of str to Date
    scale : tuple of str
    outcomes : tuple of CellTable
        The outcome of each case, units by periods.
    amounts : tuple of Amount
        Known by window.
    choices : tuple of OpenChoice
        The whole space, choices of the record last.
    bound, sample, seed : int
        See `concausa.audit.findings.findings.Scope`.
    """

    units: tuple[str, ...]
    periods: Mapping[str, Date]
    scale: tuple[str, ...]
    outcomes: tuple[CellTable, ...]
    amounts: tuple[Amount, ...]
    choices: tuple[OpenChoice, ...]
    bound: int
    sample: int
    seed: int

    @property
    def cases(self) -> tuple[str, ...]:
        """``UNIT-PERIOD``, units by periods."""
        return tuple(f"{unit}-{period}" for unit in self.units for period in self.periods)


class Outlooks(dict[str, Outlook]):
    """Outlooks by name; UnknownNameError with the nearest name for one that is not there."""

    def __missing__(self, name: str) -> Outlook:
        near = nearest(name, list(self))
        raise UnknownNameError(
            f"there is no {name!r} among what was judged",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(self)}",
        )


@dataclass(frozen=True, eq=False)
class Standing:
    """An account over all worlds.

    Parameters
    ----------
    account : Account
    worlds : int
        Over the choices on which it may turn; so many, or a draw from them, were looked at.
    overall : Outlook
    cells, contrasts, windows : mappings of name to Outlook
    baseline : Judgement
        In the study's own reading.
    known_windows : tuple of WindowContrast
        In the study's own reading.
    readings : tuple of Judgement
        Every judgement that occurs in some world, each once.
    differs : tuple of Difference
        Months in which what is written leans another way than the record, in the study's own reading.
    """

    account: Account
    worlds: int
    overall: Outlook
    cells: Mapping[str, Outlook]
    contrasts: Mapping[str, Outlook]
    windows: Mapping[str, Outlook]
    baseline: Judgement
    known_windows: tuple[WindowContrast, ...]
    readings: tuple[Judgement, ...]
    differs: tuple[Difference, ...]

    def said(self, case: str) -> tuple[tuple[tuple[tuple[str, ...], int], ...], ...]:
        """What it expects of a case, with months, in each way in which some world has it; the study's own first."""
        own = self.baseline.cell(case).said
        return tuple(dict.fromkeys((own, *(one.cell(case).said for one in self.readings))))

    def range_of(self, what: str) -> tuple[int, int]:
        """The least and the greatest count over worlds.

        *what* is ``cells``, ``contrasts``, ``differences`` or ``months``, with ``fits``,
        ``fails`` or ``tested``, such as ``cells.fails``.
        """
        return self._ranges[what]

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[int, int]]:
        counts = [_counts(one) for one in self.readings]
        return {
            what: (min(each), max(each)) for what in counts[0] for each in ([one[what] for one in counts],)
        }

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "id": self.account.id,
            "label": self.account.label,
            "origin": self.account.origin,
            "worlds": self.worlds,
            "overall": self.overall.data(),
            "counts": {name: list(self.range_of(name)) for name in _counts(self.baseline)},
            "own_reading": self.baseline.data(),
            "cells": {
                case: one.data()
                | {
                    "expects": [list(map(_told, way)) for way in self.said(case)],
                    "varies_inside": any(len(way) > 1 for way in self.said(case)),
                }
                for case, one in self.cells.items()
            },
            "contrasts": {name: one.data() for name, one in self.contrasts.items()},
            "windows": {name: one.data() for name, one in self.windows.items()},
            "written_otherwise": [one.data() for one in self.differs],
        }

    def __repr__(self) -> str:
        return f"<Standing of {self.account.id}: {self.overall}>"


def _told(item: tuple[tuple[str, ...], int]) -> dict[str, object]:
    return {"says": list(item[0]), "months": item[1]}


def _counts(one: Judgement) -> dict[str, int]:
    cells, pairs = one.scores
    explained, unexplained, differ = one.differences
    fits, fails, months = one.changing_months
    return {
        "months.fits": fits,
        "months.fails": fails,
        "months.all": months,
        "cells.fits": cells.fits,
        "cells.fails": cells.fails,
        "cells.tested": cells.tested,
        "cells.all": cells.all,
        "contrasts.fits": pairs.fits,
        "contrasts.fails": pairs.fails,
        "contrasts.tested": pairs.tested,
        "contrasts.all": pairs.all,
        "differences.explained": explained,
        "differences.unexplained": unexplained,
        "differences.all": differ,
    }


def standing(field: Field, account: Account) -> Standing:
    """Hold an account against every world, or a draw of them where there are more than *bound*.

    Worlds in which it expects the same and the same is observed are judged once.
    """
    choices = {place for cell in field.outcomes for place in cell.choices} | set(account.choices)
    places = tuple(sorted(choices))
    sizes = tuple(len(field.choices[place].options) for place in places)
    grid = Grid(sizes)
    drawn = prod(sizes) > field.bound
    columns = grid.sample(field.sample, field.seed, account.id) if drawn else grid.columns(0, grid.size)
    n = field.sample if drawn else grid.size
    kinds, back = _kinds(field, account, dict(zip(places, columns, strict=True)), n)
    judged = _Judged(field, account)
    found = [judged.of(kind) for kind in kinds]
    own = {place: np.array([field.choices[place].preferred], dtype=np.intp) for place in places}
    (own_kind,), _ = _kinds(field, account, own, 1)
    baseline = judged.of(own_kind)

    def outlook(words: Sequence[str], verdicts: Sequence[str], at_home: str) -> Outlook:
        numbers = np.array([words.index(word) for word in verdicts], dtype=np.int8)[back]
        return Outlook.of(words, numbers, at_home, places, sizes, field.choices, drawn=drawn)

    def outlooks(part: Callable[[_Found], tuple[tuple[str, Word], ...]]) -> Outlooks:
        return Outlooks(
            (name, outlook(verdict.WORDS, [part(one)[at][1] for one in found], word))
            for at, (name, word) in enumerate(part(baseline))
        )

    return Standing(
        account,
        prod(sizes),
        outlook(verdict.OVERALL, [one.judgement.overall for one in found], baseline.judgement.overall),
        outlooks(lambda one: one.cells),
        outlooks(lambda one: one.contrasts),
        outlooks(lambda one: one.windows),
        baseline.judgement,
        baseline.known,
        tuple(one.judgement for one in found),
        differences(
            account.typed, judged.expectations(own_kind),
            units=field.units, periods=field.periods, scale=field.scale,
        )
        if account.typed
        else (),
    )  # fmt: skip


#: What is expected and observed: a variant of each piece, whether the account is mute, the level of each outcome.
_Situation = tuple[int, ...]


def _kinds(
    field: Field, account: Account, chosen: Mapping[int, IntArray], n: int
) -> tuple[list[_Situation], NDArray[np.intp]]:
    """The different situations that occur, and which one each of *n* worlds is in."""
    kinds: list[_Situation] = [()]
    back = np.zeros(n, dtype=np.intp)
    ranks = {level: rank for rank, level in enumerate(field.scale, start=1)}
    for size, digits in _digits(field, account, chosen, ranks):
        # Numbered anew at each step, so that codes stay small however many cases there are.
        codes, back = np.unique(back * size + digits, return_inverse=True)
        back = back.reshape(-1)
        kinds = [(*kinds[code // size], code % size) for code in codes.tolist()]
    return kinds, back


def _digits(
    field: Field, account: Account, chosen: Mapping[int, IntArray], ranks: Mapping[str, int]
) -> Iterator[tuple[int, NDArray[Any]]]:
    """The parts of a situation, each with how many values it may have and its value in each world."""
    for piece in account.pieces:
        yield len(piece.variants), piece.table[tuple(chosen[place] for place in piece.choices)]
    if account.mute is not None:
        place, options = account.mute
        yield 2, np.isin(chosen[place], list(options))
    for cell in field.outcomes:
        levels = np.array([ranks.get(state.level or "", 0) for state in cell.states], dtype=np.intp)
        yield len(field.scale) + 1, levels[cell.places(chosen)]


class _Found(NamedTuple):
    """A judgement, with its verdicts and those on windows by name."""

    judgement: Judgement
    cells: tuple[tuple[str, Word], ...]
    contrasts: tuple[tuple[str, Word], ...]
    windows: tuple[tuple[str, Word], ...]
    known: tuple[WindowContrast, ...]


class _Judged:
    """Judges situations, laying out months once for those in which the account expects the same."""

    def __init__(self, field: Field, account: Account) -> None:
        self._field, self._account = field, account
        self._tables: dict[tuple[int, ...], tuple[Timetable, tuple[WindowContrast, ...]]] = {}

    def of(self, digits: _Situation) -> _Found:
        """The judgement of a situation."""
        field = self._field
        count = len(self._account.pieces) + (self._account.mute is not None)
        key = digits[:count]
        if key not in self._tables:
            observations = [
                Observation(unit=unit, period=period, levels=())
                for unit in field.units
                for period in field.periods
            ]
            table = timetable(
                self.expectations(digits),
                observations,
                units=field.units,
                periods=field.periods,
                scale=field.scale,
            )
            self._tables[key] = table, window_contrasts(table, field.amounts)
        table, windows = self._tables[key]
        found = judge(table, [field.scale[rank - 1] if rank else None for rank in digits[count:]])
        return _Found(
            found,
            tuple((cell.case, cell.verdict) for cell in found.cells),
            tuple((one.name, one.verdict) for one in found.contrasts),
            tuple((one.name, one.verdict) for one in windows),
            windows,
        )

    def expectations(self, digits: _Situation) -> tuple[Expectation, ...]:
        """What is expected in a situation."""
        pieces = self._account.pieces
        made = tuple(one for piece, at in zip(pieces, digits, strict=False) for one in piece.variants[at])
        if self._account.mute is not None and digits[len(pieces)]:
            return tuple(replace(one, expects="silent", levels=()) for one in made)
        return made
