"""The honesty panel: what a matching taught, what it rests on, and what it does not bear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest, some
from concausa.core.table import Table
from concausa.dynamics import panel_view
from concausa.dynamics.ablation import Ablation, ablation
from concausa.dynamics.assumptions import Priors, Tolerances, priors, ranges, tolerances
from concausa.dynamics.band import Band
from concausa.dynamics.bearing import Bearing, bearing
from concausa.dynamics.conflict import Conflict, conflict
from concausa.dynamics.doubts import refuse_nothing
from concausa.dynamics.influence import Indices, Influence, indices, influence
from concausa.dynamics.learned import Learned, learned
from concausa.dynamics.left_out import LeftOut, left_out
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.removed import Removed, removed
from concausa.dynamics.rest import before
from concausa.dynamics.runs import Runs
from concausa.dynamics.setting import Setting
from concausa.dynamics.variant import Trial, Variant, trials

#: The parts of a panel, in the order of its page; each is worked out when it is first asked for.
PARTS = (
    "learned", "removed", "left out", "outcomes", "structure", "ranges", "priors", "tolerances", "readings"
)  # fmt: skip


@dataclass(frozen=True)
class Honesty:
    """A matching, asked what it is worth.

    Parameters
    ----------
    matching : Matching
    outcomes : tuple of Outcome
        What one would like to conclude about; the first is the headline.
    readings : tuple of Variant
        The same study under other decisions, such as another period boundary or level map.
    """

    matching: Matching
    outcomes: tuple[Outcome, ...] = ()
    readings: tuple[Variant, ...] = ()

    @property
    def headline(self) -> Outcome | None:
        """The outcome that is told beside every sweep."""
        return self.outcomes[0] if self.outcomes else None

    @cached_property
    def prior(self) -> Runs:
        """Runs of the prior alone."""
        return before(self.matching)

    @cached_property
    def admitted(self) -> Runs | None:
        """The runs of admitted draws; None if nothing is admitted."""
        found = self.matching.admitted()
        return self.matching.runs(found) if found.draws else None

    @cached_property
    def conflict(self) -> Conflict:
        """What cannot be met together, if nothing is admitted."""
        return conflict(self.matching)

    @cached_property
    def learned(self) -> Learned:
        """What was learned of each unknown."""
        return learned(self.matching)

    @cached_property
    def removed(self) -> Removed:
        """What each piece of evidence removes."""
        return removed(self.matching, prior=self.prior)

    @cached_property
    def left_out(self) -> LeftOut:
        """Each item foretold from the others."""
        return left_out(self.matching, prior=self.prior)

    @cached_property
    def bearings(self) -> tuple[Bearing, ...]:
        """Each outcome before the evidence and after it."""
        worth = self.matching.admitted().effective
        return tuple(
            bearing(
                one.name, one.of(self.prior), one.of(self.admitted) if self.admitted else np.zeros(0), worth
            )
            for one in self.outcomes
        )

    @cached_property
    def influences(self) -> tuple[Influence, ...]:
        """What each outcome turns on, over the prior and then over the admitted draws."""
        return tuple(
            influence(self.matching, one, over=over, prior=self.prior)
            for one in self.outcomes
            for over in ("prior", "admitted")
        )

    @cached_property
    def indices(self) -> tuple[Indices, ...]:
        """Sobol's indices of each outcome; OptionError if SALib is not installed. No part of the page."""
        return tuple(indices(self.matching, one) for one in self.outcomes)

    @cached_property
    def structure(self) -> Ablation:
        """Every mechanism and flow switched, and histories exchanged."""
        return ablation(self.matching, outcome=self.headline)

    @cached_property
    def ranges(self) -> tuple[Trial, ...]:
        """All ranges twice as wide, and half as wide."""
        return ranges(self.matching, outcome=self.headline)

    @cached_property
    def priors(self) -> Priors:
        """Other priors on the same ranges."""
        return priors(self.matching, outcome=self.headline)

    @cached_property
    def tolerances(self) -> Tolerances:
        """Wider bands."""
        return tolerances(self.matching, outcome=self.headline)

    @cached_property
    def reread(self) -> tuple[Trial, ...]:
        """The study under its other readings."""
        return trials(self.matching, self.readings, outcome=self.headline)

    def page(self, parts: Sequence[str] = PARTS) -> str:
        """Plain sentences on some parts, and at the end what those parts do not bear."""
        return panel_view.page(self, _known(parts))

    def tables(self, parts: Sequence[str] = PARTS) -> tuple[Table, ...]:
        """The tables of some parts."""
        return panel_view.tables(self, _known(parts))

    def data(self, parts: Sequence[str] = PARTS) -> dict[str, Any]:
        """Some parts as plain JSON values."""
        return panel_view.data(self, _known(parts))

    def __repr__(self) -> str:
        matching = self.matching
        return (
            f"<Honesty of {matching.model.name}: {len(matching.prior.unknowns)} unknowns,"
            f" {len(matching.bands)} bands of {len(matching.items)} items>"
        )

    def __str__(self) -> str:
        return self.page()


def honesty(
    matching: Matching,
    *,
    outcomes: Sequence[Outcome] = (),
    alternatives: Mapping[str, tuple[Model, Setting, Sequence[Band]]] | None = None,
) -> Honesty:
    """Ask a matching what it is worth; each part is worked out when it is first looked at.

    Parameters
    ----------
    outcomes : sequence of Outcome
        What one would like to conclude about; the first is the headline, told beside every sweep.
    alternatives : mapping of str to (Model, Setting, sequence of Band), optional
        The same study under other decisions, such as another period boundary or level map, by name.

    Raises
    ------
    OptionError
        If nothing is unknown, or there are no bands.
    UnknownNameError, FormulaError
        If an outcome does not fit the model.
    """
    refuse_nothing(matching)
    for outcome in outcomes:
        outcome.refuse_misfits(matching.model, matching.setting)
    readings = tuple(
        Variant(name, model, setting, tuple(bands))
        for name, (model, setting, bands) in (alternatives or {}).items()
    )
    return Honesty(matching, tuple(outcomes), readings)


def _known(parts: Sequence[str]) -> tuple[str, ...]:
    for part in parts:
        if part not in PARTS:
            near = nearest(part, PARTS)
            fix = f"did you mean {near}?" if near else f"one of {some(PARTS)}"
            raise OptionError(f"the panel has no part {part!r}", fix=fix)
    return tuple(part for part in PARTS if part in parts)
