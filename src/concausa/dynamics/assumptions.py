"""Assumptions swept: wider bands, other priors, other ranges, and how an outcome moves with them.

References
----------
.. [1] Leamer (1983), Let's take the con out of econometrics, *American Economic Review* 73(1), 31-43 (an inference
   is told with the extremes that it takes over a declared set of priors).
.. [2] Kong, Liu & Wong (1994), Sequential imputations and Bayesian missing data problems, *Journal of the American
   Statistical Association* 89(425), 278-288. https://doi.org/10.1080/01621459.1994.10476469 (what weighted draws
   are worth)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import assumptions_view
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.doubts import doubts, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.quantity import Parameter, Range
from concausa.dynamics.share import Share, ratio
from concausa.dynamics.summary import Summary
from concausa.dynamics.variant import Trial, Variant, trials

Values = npt.NDArray[np.float64]

#: By how much bands may be missed, step by step.
TOLERANCES = (0.0, 0.025, 0.05, 0.1)
#: What reweighted draws must be worth for an outcome to be told of them.
LEAST = 50

#: Densities over the place of an unknown in its range, from 0 to 1.
SHAPES: Mapping[str, Callable[[Values], Values]] = {
    "Beta(1, 2)": lambda place: 2 * (1 - place),
    "Beta(2, 1)": lambda place: 2 * place,
    "Beta(2, 2)": lambda place: 6 * place * (1 - place),
    "lower half": lambda place: np.where(place < 0.5, 2.0, 0.0),
    "upper half": lambda place: np.where(place < 0.5, 0.0, 2.0),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One tolerance.

    Parameters
    ----------
    tolerance : float
        By how much a band may be missed.
    share : Share
        Of the prior, what is admitted.
    times : Share
        That in times the share at the first tolerance; nan where that is nothing.
    effective : float
    headline : Summary or None
    """

    tolerance: float
    share: Share
    times: Share
    effective: float
    headline: Summary | None


@dataclass(frozen=True, slots=True)
class Tilt:
    """Another prior, by weights on the draws that were admitted.

    Parameters
    ----------
    unknown : str
        Whose prior is another; ``all parameters`` for all at once.
    shape : str
        One of ``SHAPES``.
    times : float
        The share that this prior admits, in times that of the prior declared.
    effective : float
        What the weighted draws are worth.
    headline : Summary or None
        None if it is not asked for, or withheld.
    """

    unknown: str
    shape: str
    times: float
    effective: float
    headline: Summary | None

    @property
    def withheld(self) -> bool:
        """Whether the draws are worth too little under this prior to tell an outcome."""
        return self.effective < LEAST


@dataclass(frozen=True)
class Tolerances:
    """Bands made wider, step by step.

    Parameters
    ----------
    model : str
    steps : tuple of Step
    outcome : str
        The name of the outcome; empty if none is asked for.
    caveats : tuple of Caveat
    """

    model: str
    steps: tuple[Step, ...]
    outcome: str
    caveats: tuple[Caveat, ...]

    def table(self) -> Table:
        """A row a tolerance."""
        return assumptions_view.tolerance_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return assumptions_view.tolerance_data(self)

    def __repr__(self) -> str:
        return f"<Tolerances of {self.model}: {len(self.steps)} steps>"

    def __str__(self) -> str:
        return assumptions_view.tolerance_memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@dataclass(frozen=True)
class Priors:
    """Other priors on the same ranges.

    Parameters
    ----------
    model : str
    as_declared : Summary or None
        The outcome under the prior as declared.
    tilts : tuple of Tilt
    outcome : str
        The name of the outcome; empty if none is asked for.
    caveats : tuple of Caveat
    """

    model: str
    as_declared: Summary | None
    tilts: tuple[Tilt, ...]
    outcome: str
    caveats: tuple[Caveat, ...]

    @property
    def extremes(self) -> tuple[Tilt, Tilt] | None:
        """The priors under which the mean of the outcome is least and greatest, of those that are told."""
        told = [one for one in self.tilts if one.headline and not one.headline.is_empty]
        if not told:
            return None
        by_mean = sorted(told, key=lambda one: one.headline.mean if one.headline else 0.0)
        return by_mean[0], by_mean[-1]

    def table(self) -> Table:
        """A row a prior."""
        return assumptions_view.prior_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return assumptions_view.prior_data(self)

    def __repr__(self) -> str:
        return f"<Priors of {self.model}: {len(self.tilts)} others>"

    def __str__(self) -> str:
        return assumptions_view.prior_memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def tolerances(
    matching: Matching, values: Sequence[float] = TOLERANCES, *, outcome: Outcome | None = None
) -> Tolerances:
    """What is admitted as bands are widened on both sides.

    Parameters
    ----------
    values : sequence of float in [0, 1]
        Tolerances; the first is what the others are held against.
    outcome : Outcome, optional
        A number to be told at each.

    Raises
    ------
    OptionError
        If nothing is unknown, there are no bands, or a tolerance is no number in its range.
    """
    refuse_nothing(matching)
    for value in values:
        if not (isinstance(value, int | float) and 0 <= value <= 1):
            raise OptionError(f"tolerance is {value!r}", fix="a number from 0 to 1")
    found = [matching.admitted(tolerance=value) for value in values]
    steps = tuple(
        Step(value, one.share, _times(one, found[0]), one.effective, _told(matching, one, outcome))
        for value, one in zip(values, found, strict=True)
    )
    name = outcome.name if outcome else ""
    return Tolerances(matching.model.name, steps, name, doubts(found[0]) if found else ())


def priors(matching: Matching, *, outcome: Outcome | None = None) -> Priors:
    """Hold the admitted draws against other priors, by weighing them anew.

    Each parameter in turn has each of ``SHAPES`` on its range, and then all parameters at once. A range
    cannot be left in this way, only emphasised; for wider ones see ``ranges``.

    Raises
    ------
    OptionError
        If nothing is unknown, or there are no bands.
    """
    refuse_nothing(matching)
    admitted = matching.admitted()
    names = [one.name for one in matching.prior.unknowns if one.kind == "parameter"]
    values = outcome.of(matching.runs(admitted)) if outcome and admitted.draws else None
    groups = [(name, [name]) for name in names]
    if len(names) > 1:
        groups.append(("all parameters", names))
    tilts = [
        _tilt(admitted, values, told, own, shape) for told, own in groups for shape in SHAPES
    ] if admitted.draws else []  # fmt: skip
    as_declared = None if values is None else Summary.of(values)
    caveats = list(doubts(admitted))
    if withheld := sum(one.withheld for one in tilts):
        template = "priors that leave the draws worth fewer than {least}, of which nothing is told: {number}"
        caveats.append(Caveat.of("priors_withheld", template, number=withheld, least=LEAST))
    name = outcome.name if outcome else ""
    return Priors(matching.model.name, as_declared, tuple(tilts), name, tuple(caveats))


def ranges(
    matching: Matching,
    *,
    scales: Sequence[float] = (2.0, 0.5),
    each: bool = False,
    outcome: Outcome | None = None,
) -> tuple[Trial, ...]:
    """Match again with the ranges of parameters made wider or narrower.

    The lower end of a range stays, and its width is multiplied; what stands for the value of an intervention,
    which is a membership, is not taken beyond 1.

    Parameters
    ----------
    scales : sequence of float above 0
    each : bool
        Every parameter in turn, besides all at once.
    outcome : Outcome, optional
        A number to be told of the admitted draws of each.

    Raises
    ------
    OptionError
        If nothing is unknown, there are no bands, or a scale is not above 0.
    """
    refuse_nothing(matching)
    for scale in scales:
        if not 0 < scale < float("inf"):
            raise OptionError(f"a range is multiplied by {scale!r}", fix="a number above 0")
    names = [one.name for one in matching.prior.unknowns if one.kind == "parameter"]
    groups = [("all ranges", names)] + ([(name, [name]) for name in names] if each else [])
    variants = [
        Variant(f"{told} × {scale:g}", scaled(matching.model, own, scale), matching.setting, matching.bands)
        for told, own in groups
        for scale in scales
    ]
    return trials(matching, variants, outcome=outcome)


def scaled(model: Model, names: Sequence[str], scale: float) -> Model:
    """A model in which some parameters have ranges of another width."""
    levels = {one.value for one in model.interventions}

    def turn(part: Parameter) -> Parameter:
        if part.name not in names:
            return part
        low, most = part.range.low, 1.0 if part.name in levels else float("inf")
        parts = tuple(
            (min(low + scale * (a - low), most), min(low + scale * (b - low), most))
            for a, b in part.range.parts
        )
        return dataclasses.replace(part, range=Range(parts))

    return dataclasses.replace(model, parameters=tuple(map(turn, model.parameters)))


def _tilt(admitted: Admitted, values: Values | None, told: str, own: Sequence[str], shape: str) -> Tilt:
    weights = np.ones(admitted.draws)
    for name in own:
        weights *= SHAPES[shape](admitted.points[name])
    total, squares = float(weights.sum()), float((weights**2).sum())
    kept = total**2 / squares / admitted.draws if squares else 0.0
    effective = admitted.effective * kept
    headline = None if values is None or effective < LEAST else Summary.of(values, weights)
    return Tilt(told, shape, total / admitted.draws, effective, headline)


def _times(one: Admitted, first: Admitted) -> Share:
    if not first.share.value > 0:
        return Share(float("nan"), 0.0, float("inf"))
    return Share(1.0, 1.0, 1.0) if one is first else ratio(one.share, first.share)


def _told(matching: Matching, admitted: Admitted, outcome: Outcome | None) -> Summary | None:
    if outcome is None:
        return None
    if not admitted.draws:
        return Summary.of(np.zeros(0))
    return Summary.of(outcome.of(matching.runs(admitted)))
