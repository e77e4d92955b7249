"""A simulation: a dynamic model of a study, matched to all that the study says, and ready to be asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from concausa.audit import simulation_view as view
from concausa.audit.dynamic_levers import (
    actions_of,
    forum_of,
    horizon_until,
    lever_of,
    refuse_lever,
    strongest,
)
from concausa.audit.dynamic_readings import coded_elsewhere, other_readings
from concausa.audit.dynamic_study import StudyDynamics, study_dynamics
from concausa.audit.dynamic_words import change_words
from concausa.audit.unit_corner import UnitCorner, unit_corners
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.change import Change, applied
from concausa.dynamics.change_text import Words, read_changes
from concausa.dynamics.control import Control, smallest
from concausa.dynamics.counterfactual import Counterfactual, asked
from concausa.dynamics.elsewhere import Elsewhere, elsewhere
from concausa.dynamics.matching import Matching, match
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.panel import Honesty, honesty
from concausa.dynamics.persistence import Persistence, persistence
from concausa.dynamics.quantity import Range
from concausa.dynamics.runs import Runs
from concausa.dynamics.sample import DRAWS as SAMPLED
from concausa.dynamics.sample import Sample, sample
from concausa.dynamics.setting import Setting
from concausa.dynamics.skeleton import Skeleton, skeleton
from concausa.dynamics.standing import Standing, standing
from concausa.dynamics.sweep import Scenario, Sweep, listed, sweep
from concausa.dynamics.tipping import Aim, Tipping, tipping
from concausa.dynamics.waves import PARTICLES
from concausa.study.study import Study

#: Draws that are tried unless another number is asked for.
DRAWS = 100_000
#: Draws that a tipping value is looked for with; each of its values runs them all.
TIPPING = 1000


@dataclass(frozen=True)
class Simulation:
    """A matched model.

    Parameters
    ----------
    study : Study
    dynamics : StudyDynamics
        The model, what happened in its units, and what it must meet.
    matching : Matching
        Which draws meet it.
    level_map, boundary, readings
        The study as it was read; see :func:`concausa.audit.dynamic_study.study_dynamics`.
    """

    study: Study
    dynamics: StudyDynamics
    matching: Matching
    level_map: str | None = None
    boundary: int | None = None
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        """The model as it was matched."""
        return self.dynamics.model

    @property
    def setting(self) -> Setting:
        """The units that it was matched to."""
        return self.dynamics.setting

    @property
    def admitted(self) -> Admitted:
        """The draws that meet every band."""
        return self.matching.admitted()

    @cached_property
    def runs(self) -> Runs:
        """Their runs."""
        return self.matching.runs()

    @cached_property
    def sample(self) -> Sample:
        """Some of them beside draws of the prior; DataError if no draw meets every band."""
        return sample(self.matching)

    @cached_property
    def words(self) -> Words:
        """What changes may be written in beside the names of the model."""
        return change_words(self.study, self.model, level_map=self.level_map or "")

    @property
    def gates(self) -> tuple[bool, ...]:
        """Whether patterns can be read with the gate, and without it."""
        if not self.model.corners:
            return ()
        return (True, False) if any(corner.gated for corner in self.model.corners) else (False,)

    def standing(self, *, gate: bool = True) -> Standing:
        """In which pattern each unit stands in each year, draw by draw; with the gate if there is one."""
        return self._standings[gate and self.gates[0]] if self.gates else standing(self.runs, gate=False)

    @cached_property
    def _standings(self) -> Mapping[bool, Standing]:
        return {gate: standing(self.runs, gate=gate) for gate in self.gates}

    def table(self, years: Sequence[int] | None = None) -> Table:
        """Units × years: patterns and stocks; of the years around events unless some are named."""
        return view.years_table(self, years)

    def counterfactual(self, *changes: str | Change) -> Counterfactual:
        """What would have been, such as ``"PUE council 2005"`` or ``"NL leadership=low from 2010"``."""
        wanted = read_changes(changes, self.model, self.setting, words=self.words)
        applied(wanted, self.setting, self.model)
        return asked(self.sample, wanted)

    def sweep(self, scenarios: Sequence[str | Scenario]) -> Sweep:
        """Many counterfactuals side by side: scenarios, or texts with changes separated by ``;``."""
        numbered = [
            dataclasses.replace(listed([one])[0], id=str(place)) if isinstance(one, str) else one
            for place, one in enumerate(scenarios, start=1)
        ]
        own = self.matching
        return sweep(
            own, numbered, words=self.words, draws=SAMPLED, prior_draws=SAMPLED, workers=own.workers,
            scheduler=own.scheduler,
        )  # fmt: skip

    def honesty(self, *, outcomes: Sequence[Outcome] | None = None) -> Honesty:
        """What the matching is worth.

        Parameters
        ----------
        outcomes : sequence of Outcome, optional
            What one would like to conclude about; for each unit the pattern in which most draws end unless given.
        """
        wanted = view.outcomes(self) if outcomes is None else outcomes
        others = other_readings(self.study, self.dynamics, **self._read_as)
        return honesty(self.matching, outcomes=wanted, alternatives=others)

    def skeleton(
        self, *, inputs: Mapping[str, int] | None = None, draws: int = 1000, evidence: bool = False
    ) -> Skeleton:
        """Which corner states the theory allows.

        Parameters
        ----------
        inputs : mapping of str to 0 or 1, optional
            Those not named are 0.
        draws : int
        evidence : bool
            Whether shares are of the draws that the evidence admits, rather than of the prior.
        """
        points = self.sample.points if evidence else None
        return skeleton(self.model, inputs=inputs, draws=draws, seed=self.matching.seed, points=points)

    def corners(
        self, unit: str, *, year: int | None = None, held: Mapping[str, int] | None = None
    ) -> tuple[UnitCorner, ...]:
        """At which corners a unit may be said to stand; at the end of the first period unless a year is given."""
        return unit_corners(
            self.study, self.dynamics, unit, year, held=held,
            seed=self.matching.seed, **self._read_as,
        )  # fmt: skip

    @property
    def _read_as(self) -> dict[str, Any]:
        return {"level_map": self.level_map, "boundary": self.boundary, "readings": self.readings}

    def smallest(
        self,
        unit: str,
        goal: str,
        *,
        year: int | None = None,
        held: Mapping[str, int] | None = None,
        actions: Sequence[str] | None = None,
        most: int = 2,
        draws: int = 1000,
    ) -> tuple[tuple[UnitCorner, Control], ...]:
        """The smallest sets of actions that take a unit to a goal, from each corner at which it may stand.

        Parameters
        ----------
        goal : str
            A pattern, or a Boolean expression over stocks, inputs and conditions.
        year : int, optional
            Whose coded levels it starts from; the last of the first period unless given.
        held : mapping of str to 0 or 1, optional
            Stocks and inputs that are taken so, whatever is coded.
        actions : sequence of str, optional
            What could be done; every intervention, and every coded input at 1 that none moves, unless given.
        most : int
            How many at once.
        """
        could = actions_of(self.model) if actions is None else actions
        return tuple(
            (
                corner,
                smallest(
                    self.model, start=corner.stocks, goal=goal, inputs=corner.inputs, actions=could,
                    most=most, draws=draws, seed=self.matching.seed,
                ),
            )
            for corner in self.corners(unit, year=year, held=held)
        )  # fmt: skip

    def persistence(
        self,
        unit: str,
        year: int,
        *,
        lever: str = "",
        value: Range | float = 0.0,
        forum: str | None = None,
        consolidated: str | float | None = None,
        term: int = 6,
        until: int | None = None,
    ) -> Persistence:
        """How long each stock lasts once leadership is low.

        Parameters
        ----------
        year : int
            From which the lever is held.
        lever : str
            The input that falls; the one that is coded for office terms unless named.
        value : Range or float in [0, 1]
        forum : str, optional
            A stock that is left, taken away and consolidated; the first that interventions move unless named, none
            if empty.
        consolidated : str or float, optional
            The intervention whose value a consolidated one has; the strongest unless named.
        term : int
            Years of a term.
        until : int, optional
            The last year that is looked at; beyond the data offices change every *term* years, and every other
            input has ended.
        """
        self.setting.index(unit)
        stock = forum_of(self.model) if forum is None else forum
        raised = strongest(self.model, stock) if consolidated is None else consolidated
        horizon = horizon_until(self.study, self.model, self.setting.last, until, term)
        return persistence(
            self.sample, unit, input=lever or lever_of(self.model), year=year, value=value, forum=stock,
            consolidated=raised, term=term, horizon=horizon,
        )  # fmt: skip

    def tipping(
        self,
        unit: str,
        year: int,
        goal: str,
        *,
        lever: str = "",
        forum: str | None = None,
        consolidated: str | float | None = None,
        by: int | None = None,
        likely: float = 0.5,
        gate: bool = True,
        changes: Sequence[str | Change] = (),
        draws: int = TIPPING,
    ) -> Tipping:
        """The least value of a lever, held from a year on, at which a pattern is as likely as asked for.

        Parameters
        ----------
        goal : str
            A pattern.
        lever, forum, consolidated
            As in ``persistence``; the lever may be a stock too.
        by : int, optional
            The year of the goal; the last unless given.
        likely : float in (0, 1]
        gate : bool
            Whether the pattern needs its gate as well, if the model has one.
        changes : sequence of str or Change
            What is changed besides.
        """
        name = lever or lever_of(self.model)
        refuse_lever(self.model, name)
        stock = forum_of(self.model) if forum is None else forum
        stock = "" if forum is None and stock == name else stock
        raised = strongest(self.model, stock) if consolidated is None else consolidated
        gated = gate and True in self.gates
        aim = Aim(unit, self.setting.last if by is None else by, goal, gated)
        self.setting.index(unit)
        aim.refuse_misfits(self.model, self.setting.years)
        return tipping(
            sample(self.matching, draws=draws, prior_draws=draws), aim, lever=name, year=year, likely=likely,
            forum=stock, consolidated=raised, changes=changes, words=self.words,
        )  # fmt: skip

    def elsewhere(self) -> Elsewhere:
        """Units that had no part in the matching, held against what is coded of them; OptionError if there is none."""
        units = self.dynamics.elsewhere
        if not units:
            raise OptionError(
                f"{self.model.name} is asked about no other units",
                fix="name them in elsewhere of dynamic_models",
            )
        coded, bands = coded_elsewhere(self.study, self.dynamics, **self._read_as)
        return elsewhere(self.sample, self.dynamics.everywhere.of(units), coded=coded, bands=bands)

    def data(self) -> dict[str, Any]:
        """What was matched, and patterns and stocks of every year, as plain JSON values."""
        return view.document(self)

    def __repr__(self) -> str:
        share = self.admitted.share.value
        return f"<Simulation {self.model.name}: {share:.2g} of the prior admitted>"

    def __str__(self) -> str:
        return view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def simulation(
    study: Study,
    model: str = "",
    *,
    draws: int = DRAWS,
    seed: int = 0,
    tolerance: float = 0.0,
    without: Sequence[str] = (),
    including: Sequence[str] = (),
    level_map: str | None = None,
    boundary: int | None = None,
    readings: Mapping[str, str] | None = None,
    particles: int = PARTICLES,
    workers: int = 1,
    scheduler: Any = None,
) -> Simulation:
    """Match a dynamic model of a study to its coded levels and dated events.

    Parameters
    ----------
    study : Study
    model : str
        A row of ``dynamic_models``; may be left out if there is only one.
    without, including : sequence of str
        Mechanisms or flows that are switched off, and on.
    draws, seed, tolerance, level_map, …
        See :func:`concausa.dynamics.matching.match` and :func:`concausa.audit.dynamic_study.study_dynamics`.

    Raises
    ------
    OptionError
        If the study declares no dynamic model, or several and none is named.
    UnknownNameError
        If something is named that the study or the model does not have.

    Examples
    --------
    >>> found = simulation(Study.load("prosoft"), draws=1_000)
    >>> found.dynamics.model.name, found.matching.draws
    ('FORUM', 1000)
    """
    ready = study_dynamics(
        study, named(study, model), level_map=level_map, boundary=boundary, readings=readings
    )
    changed = ready.model.without(*without).including(*including)
    matching = match(
        changed, ready.setting, ready.bands, draws=draws, seed=seed, tolerance=tolerance,
        particles=particles, workers=workers, scheduler=scheduler,
    )  # fmt: skip
    return Simulation(study, ready.with_model(changed), matching, level_map, boundary, dict(readings or {}))


def named(study: Study, model: str) -> str:
    """The model that is meant: the one named, or the only one."""
    ids = [row.id for row in study.dynamic_models]
    if model:
        study.row("dynamic_models", model)
        return model
    if not ids:
        raise OptionError(
            "the study declares no dynamic model",
            fix="add [[dynamic_models]] to study.toml; see concausa new",
        )
    if len(ids) > 1:
        raise OptionError("the study has several dynamic models", fix=f"name one: {', '.join(ids)}")
    return ids[0]
