"""Counterfactuals: the draws that the evidence admits, run with a change and without.

Each draw is run both ways, so that what differs between the two is the change alone. How much the evidence has to
do with the answer is told by the same question asked of the prior: an answer that spreads no less after the evidence
than before it is driven by the assumptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import counterfactual_view as view
from concausa.dynamics.change import Change, applied, units_of
from concausa.dynamics.change_text import Words, read_changes
from concausa.dynamics.envelope import Envelope, envelope
from concausa.dynamics.matching import Matching
from concausa.dynamics.narrowing import Narrowing, narrowing
from concausa.dynamics.runs import Runs
from concausa.dynamics.sample import DRAWS, Sample, sample
from concausa.dynamics.seen import unseen
from concausa.dynamics.share import Share
from concausa.dynamics.shift import Shift, shift
from concausa.dynamics.standing import Standing, standing

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counterfactual:
    """Runs with a change beside those without it.

    Parameters
    ----------
    changes : tuple of Change
    sample : Sample
        The draws, of the units that a change touches.
    factual, changed : Runs
        Draw by draw the same, but for the change.
    before : pair of Runs
        The same two of draws of the prior, so that what was so before any evidence can stand beside.
    narrowings : tuple of Narrowing
        For each unit and stock: its value in the last year with the change, and its difference from the
        factual run, each held against the prior.
    unmoved : float in [0, 1]
        The share of draws in which the change changes nothing.
    caveats : tuple of Caveat
    """

    changes: tuple[Change, ...]
    sample: Sample
    factual: Runs
    changed: Runs
    before: tuple[Runs, Runs]
    narrowings: tuple[Narrowing, ...]
    unmoved: float
    caveats: tuple[Caveat, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units that a change touches."""
        return self.changed.setting.units

    @property
    def years(self) -> tuple[int, ...]:
        """All years, in order."""
        return self.changed.setting.years

    @property
    def assumed(self) -> tuple[Narrowing, ...]:
        """The answers that are driven by the assumptions."""
        return tuple(one for one in self.narrowings if one.assumed)

    @property
    def gates(self) -> tuple[bool, ...]:
        """Whether patterns can be asked for with the gate, and without it."""
        model = self.changed.model
        if not model.corners:
            return ()
        return (True, False) if any(corner.gated for corner in model.corners) else (False,)

    @cached_property
    def _standings(self) -> dict[bool, tuple[Standing, Standing]]:
        return {
            gate: (standing(self.factual, gate=gate), standing(self.changed, gate=gate))
            for gate in self.gates
        }

    def standings(self, *, gate: bool = True) -> tuple[Standing, Standing]:
        """Patterns as they were and with the change.

        Parameters
        ----------
        gate : bool
            With the gate; else by the stocks alone.

        Raises
        ------
        OptionError
            If the model has no patterns, or no gate and one is asked for.
        """
        if gate not in self.gates:
            return standing(self.factual, gate=gate), standing(self.changed, gate=gate)
        return self._standings[gate]

    def shares(self, pattern: str, unit: str, year: int, *, gate: bool = True) -> tuple[Share, Share]:
        """The probability of a pattern as it was and with the change."""
        was, now = self._in(pattern, unit, year, gate)
        return self.sample.told(was), self.sample.told(now)

    @cached_property
    def _standings_before(self) -> dict[bool, tuple[Standing, Standing]]:
        was, now = self.before
        return {gate: (standing(was, gate=gate), standing(now, gate=gate)) for gate in self.gates}

    def shares_before(self, pattern: str, unit: str, year: int, *, gate: bool = True) -> tuple[Share, Share]:
        """The same before any evidence: what the model says by its form and its ranges alone."""
        self._in(pattern, unit, year, gate)
        row, place = self.years.index(year), self.changed.setting.index(unit)
        was, now = (
            self.sample.told(one.codes[row, place] == one.names.index(pattern), before=True)
            for one in self._standings_before[gate]
        )
        return was, now

    def shift(self, pattern: str, unit: str, year: int, *, gate: bool = True) -> Shift:
        """By how much the change moves the probability of a pattern."""
        return shift(*self._in(pattern, unit, year, gate), effective=self.sample.effective)

    def difference(self, formula: str, unit: str) -> Values:
        """What a formula is with the change less what it was, shape (years, draws)."""
        found: Values = self.changed.of(formula, unit=unit) - self.factual.of(formula, unit=unit)
        return found

    def envelopes(self, stock: str, unit: str) -> tuple[Envelope, Envelope, Envelope]:
        """As it was, with the change, and the difference."""
        return (
            envelope(stock, unit, self.years, self.factual.of(stock, unit=unit)),
            envelope(stock, unit, self.years, self.changed.of(stock, unit=unit)),
            envelope(stock, unit, self.years, self.difference(stock, unit)),
        )

    def _in(
        self, pattern: str, unit: str, year: int, gate: bool
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        was, now = self.standings(gate=gate)
        if pattern not in was.names:
            raise OptionError(f"there is no pattern {pattern!r}", fix=f"one of {', '.join(was.names)}")
        if year not in self.years:
            raise OptionError(
                f"{year} was not simulated", fix=f"a year from {self.years[0]} to {self.years[-1]}"
            )
        code, place = was.names.index(pattern), self.changed.setting.index(unit)
        row = self.years.index(year)
        return was.codes[row, place] == code, now.codes[row, place] == code

    def table(self, years: Sequence[int] | None = None) -> Table:
        """Patterns with the gate and by the stocks alone; of the last year unless others are asked for.

        The stocks, if the model has no patterns.
        """
        if not self.gates:
            return view.stocks_table(self, years or self.years[-1:])
        return view.patterns_table(self, years)

    def stocks_table(self, years: Sequence[int] | None = None) -> Table:
        """Stocks as they were, with the change, and by how much they differ; of all years unless some are named."""
        return view.stocks_table(self, years)

    def narrowings_table(self) -> Table:
        """How much of each answer is the evidence's."""
        return view.narrowings_table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return view.document(self)

    def __repr__(self) -> str:
        return f"<Counterfactual {'; '.join(map(str, self.changes))}: {self.sample.draws:,} draws>"

    def __str__(self) -> str:
        return view.memo(self)


def counterfactual(
    matching: Matching,
    changes: Sequence[Change | str],
    *,
    words: Words | None = None,
    draws: int = DRAWS,
    prior_draws: int = DRAWS,
) -> Counterfactual:
    """What would have been, for all that the evidence admits.

    Parameters
    ----------
    changes : sequence of Change or str
        One or more, applied in order; see ``change_text`` for how they are written.
    words : Words, optional
        Levels and labels that texts may use.
    draws, prior_draws : int
        As many are taken at most of those admitted, and of the prior.

    Raises
    ------
    OptionError, UnknownNameError
        If a change cannot be read, does not fit, or contradicts another.
    DataError
        If no draw meets every band.

    Examples
    --------
    >>> from concausa.dynamics.matching import match
    >>> from concausa.dynamics.model import Model
    >>> from concausa.dynamics.quantity import Flow, Input, Parameter, Range, Stock
    >>> from concausa.dynamics.setting import Course, Setting
    >>> model = Model("m", (Stock("C", Range.of(0.2, 0.2)),), (Input("L"),), (Parameter("a", Range.of(0, 1)),), (),
    ...               (Flow("f", "C", True, "a * L"),))
    >>> setting = Setting(("NL",), 2000, 2010, (Course("L", "NL", 2000, 2010, Range.of(1, 1)),))
    >>> found = counterfactual(match(model, setting, [], draws=2000), ["NL L=0 from 2001"])
    >>> bool((found.difference("C", "NL") <= 0).all()), found.changed.of("C", unit="NL").max().round(3)
    (True, np.float64(0.2))
    """
    return asked(sample(matching, draws=draws, prior_draws=prior_draws), changes, words=words)


def asked(drawn: Sample, changes: Sequence[Change | str], *, words: Words | None = None) -> Counterfactual:
    """``counterfactual`` of a sample that is there already."""
    model, setting = drawn.model, drawn.setting
    if not changes:
        raise OptionError("no change is asked for", fix="name one, such as an intervention in a year")
    wanted = read_changes(changes, model, setting, words=words)
    whole = applied(wanted, setting, model)
    whole.refuse_misfits(model)
    touched = [unit for unit in setting.units if any(unit in units_of(one, setting) for one in wanted)]
    own, other = drawn.of(*touched), whole.of(touched)
    factual, changed = own.runs(), own.runs(other)
    before, changed_before = own.runs(before=True), own.runs(other, before=True)
    moved = np.zeros(own.draws, dtype=bool)
    for name in model.stock_names:
        moved |= (np.abs(changed.stocks[name] - factual.stocks[name]) > 1e-12).any(axis=(0, 1))
    unmoved = float(1 - moved.mean())
    caveats = [*unseen(wanted, model, setting, whole, {**drawn.points, **changed.points}), *own.caveats]
    if unmoved > 0.05:
        caveats.insert(0, Caveat.of(
            "unmoved", "in {share} of the draws the change changes nothing", share=f"{unmoved:.0%}"
        ))  # fmt: skip
    return Counterfactual(
        wanted,
        own,
        factual,
        changed,
        (before, changed_before),
        tuple(_narrowings(own, (factual, changed), (before, changed_before))),
        unmoved,
        tuple(caveats),
    )


def _narrowings(own: Sample, after: tuple[Runs, Runs], before: tuple[Runs, Runs]) -> list[Narrowing]:
    found = []
    last = (own.setting.last,)
    for unit in own.setting.units:
        for stock in own.model.stock_names:
            (was, now), (was_before, now_before) = (
                [runs.of(stock, unit=unit, years=last)[0] for runs in pair] for pair in (after, before)
            )
            told = f"{stock} of {unit} in {own.setting.last}"
            found += [
                narrowing(told, now, now_before, effective=own.effective),
                narrowing(
                    f"the difference in {told}", now - was, now_before - was_before, effective=own.effective
                ),
            ]
    return [one for one in found if one is not None]
