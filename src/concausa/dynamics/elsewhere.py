"""Elsewhere: units that had no part in the matching, run with the parameters that it admits.

A unit with coded inputs gets a *prediction*. A unit without any gets a *scenario*: what follows if its inputs were what
they are taken to be, for instance anything at all. Either may be held against bands of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.core.table import Table
from concausa.dynamics import elsewhere_view as view
from concausa.dynamics.band import Band, outside, refuse_bands, told
from concausa.dynamics.envelope import Envelope, envelope
from concausa.dynamics.matching import Matching
from concausa.dynamics.prior import prior
from concausa.dynamics.runs import Runs
from concausa.dynamics.sample import DRAWS, Sample, sample
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share
from concausa.dynamics.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Against:
    """A prediction held against a band.

    Parameters
    ----------
    band : Band
    inside, before : Share
        The share of draws that meet it, after the evidence of the other units and under the prior.
    """

    band: Band
    inside: Share
    before: Share


@dataclass(frozen=True)
class Elsewhere:
    """Units out of sample.

    Parameters
    ----------
    sample : Sample
        Of the units that were matched.
    runs, before : Runs
        Of the other units, with admitted draws and under the prior.
    coded : mapping of str to tuple of str
        For each unit the inputs that were coded for it; empty for a scenario.
    held : tuple of Against
        For each band of a unit.
    together : mapping of str to (Share, Share)
        For each unit with bands, the share of draws that meet them all, after and before.
    caveats : tuple of Caveat
    """

    sample: Sample
    runs: Runs
    before: Runs
    coded: Mapping[str, tuple[str, ...]]
    held: tuple[Against, ...]
    together: Mapping[str, tuple[Share, Share]]
    caveats: tuple[Caveat, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units."""
        return self.runs.setting.units

    def kind(self, unit: str) -> str:
        """``prediction`` or ``scenario``."""
        self.runs.setting.index(unit)
        return "prediction" if self.coded[unit] else "scenario"

    @property
    def gates(self) -> tuple[bool, ...]:
        """Whether patterns can be read with the gate, and without it."""
        model = self.runs.model
        if not model.corners:
            return ()
        return (True, False) if any(corner.gated for corner in model.corners) else (False,)

    @cached_property
    def _standings(self) -> dict[bool, Standing]:
        return {gate: standing(self.runs, gate=gate) for gate in self.gates}

    def standing(self, *, gate: bool = True) -> Standing:
        """The patterns of every unit and year."""
        return self._standings[gate] if gate in self.gates else standing(self.runs, gate=gate)

    def share(self, pattern: str, unit: str, year: int, *, gate: bool = True) -> Share:
        """The probability of a pattern."""
        found = self.standing(gate=gate)
        row, place = found.years.index(year), self.runs.setting.index(unit)
        return self.sample.told(found.codes[row, place] == found.names.index(pattern))

    def envelope(self, stock: str, unit: str) -> Envelope:
        """A stock over the years."""
        return envelope(stock, unit, self.runs.setting.years, self.runs.of(stock, unit=unit))

    def table(self, years: Sequence[int] | None = None) -> Table:
        """A row for each unit and year; of the last year unless others are asked for."""
        return view.table(self, years)

    def bands_table(self) -> Table:
        """Predictions held against bands."""
        return view.bands_table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return view.document(self)

    def __repr__(self) -> str:
        predicted = sum(1 for unit in self.units if self.coded[unit])
        return f"<Elsewhere: {predicted} predictions, {len(self.units) - predicted} scenarios>"

    def __str__(self) -> str:
        return view.memo(self)


def elsewhere(
    matching: Matching | Sample,
    setting: Setting,
    *,
    coded: Mapping[str, Collection[str]] | None = None,
    bands: Sequence[Band] = (),
    draws: int = DRAWS,
    prior_draws: int = DRAWS,
) -> Elsewhere:
    """Run units that had no part in the matching.

    Parameters
    ----------
    matching : Matching or Sample
    setting : Setting
        Of the other units, with their own courses and happenings. Their starts and whatever else is unknown of
        them is drawn from its range; parameters are those of the admitted draws.
    coded : mapping of str to collection of str, optional
        For each unit the inputs whose courses were coded from sources; see ``coded_in``.
        A unit that is not named, or has none,
        is a scenario: what its courses say is then an assumption.
    bands : sequence of Band
        What was coded of the units' stocks. A scenario may be held against them too: what it misses, it misses
        whatever its inputs were within their ranges.

    Raises
    ------
    OptionError, UnknownNameError
        If a unit was matched, or something does not fit.
    DataError
        If no draw meets every band of the matching.
    """
    drawn = (
        sample(matching, draws=draws, prior_draws=prior_draws) if isinstance(matching, Matching) else matching
    )
    model = drawn.model
    setting.refuse_misfits(model)
    for unit in setting.units:
        if unit in drawn.setting.units:
            raise OptionError(
                f"{unit} had a part in the matching", where="a prediction of it would be none",
                fix="leave it out, or match without it",
            )  # fmt: skip
    known = {unit: tuple(coded.get(unit, ())) if coded else () for unit in setting.units}
    inputs = [part.name for part in model.inputs]
    for unit, names in (coded or {}).items():
        setting.index(unit)
        for name in names:
            if name not in inputs:
                near = nearest(name, inputs)
                fix = f"did you mean {near}?" if near else f"one of {some(inputs)}"
                raise UnknownNameError(f"there is no input {name!r}", where=f"coded for {unit}", fix=fix)
            if name not in coded_in(setting, unit):
                raise OptionError(
                    f"{name} is said to be coded for {unit}, and no course there says anything of it",
                    fix="give its course, with less than 0 to 1",
                )
    refuse_bands(bands, model, setting)
    runs, before = drawn.runs(setting), drawn.runs(setting, before=True)
    held, together = _held(drawn, runs, before, bands)
    return Elsewhere(drawn, runs, before, known, held, together, tuple(_caveats(drawn, setting, known)))


def coded_in(setting: Setting, unit: str) -> tuple[str, ...]:
    """The inputs of which some course of a unit says more than that they lie in 0 to 1."""
    own = (course.input for course in setting.courses if course.unit == unit and course.says)
    return tuple(dict.fromkeys(own))


def _held(
    drawn: Sample, runs: Runs, before: Runs, bands: Sequence[Band]
) -> tuple[tuple[Against, ...], dict[str, tuple[Share, Share]]]:
    held = []
    together: dict[str, tuple[Share, Share]] = {}
    for unit in runs.setting.units:
        own = [band for band in bands if band.unit == unit]
        met = [[outside(told(band, one), band.low, band.high) == 0 for band in own] for one in (runs, before)]
        for band, after, earlier in zip(own, *met, strict=True):
            held.append(Against(band, drawn.told(after), drawn.told(earlier, before=True)))
        if own:
            after_all, before_all = (np.logical_and.reduce(one) for one in met)
            together[unit] = (drawn.told(after_all), drawn.told(before_all, before=True))
    return tuple(held), together


def _caveats(drawn: Sample, setting: Setting, known: Mapping[str, tuple[str, ...]]) -> list[Caveat]:
    found = []
    if scenarios := [unit for unit, names in known.items() if not names]:
        found.append(
            Caveat.of(
                "scenario",
                "no input was coded for {units}: what is told of them follows from what was assumed, not from them",
                units=", ".join(scenarios),
            )
        )
    fresh = {item.kind for item in prior(drawn.model, setting).unknowns if item.name not in drawn.points}
    if "start" in fresh:
        found.append(
            Caveat.of(
                "starts", "where the stocks of these units start is not known, and drawn from its range"
            )
        )
    return [*found, *drawn.caveats]
