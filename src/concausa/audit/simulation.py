"""A simulation: a dynamic model of a study, matched to all that the study says, and ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from concausa.audit.dynamic_study import StudyDynamics, study_dynamics
from concausa.core.errors import OptionError
from concausa.dynamics.matching import Admitted, Matching, match
from concausa.dynamics.runs import Runs
from concausa.dynamics.standing import Standing, standing
from concausa.dynamics.waves import PARTICLES
from concausa.study.study import Study

#: Draws that are tried unless another number is asked for.
DRAWS = 100_000


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
    """

    study: Study
    dynamics: StudyDynamics
    matching: Matching

    @property
    def admitted(self) -> Admitted:
        """The draws that meet every band."""
        return self.matching.admitted()

    @cached_property
    def runs(self) -> Runs:
        """Their runs."""
        return self.matching.runs()

    def standing(self, *, gate: bool = True) -> Standing:
        """In which pattern each unit stands in each year, draw by draw."""
        return standing(self.runs, gate=gate and bool(self.dynamics.model.gate))

    def __repr__(self) -> str:
        share = self.admitted.share.value
        return f"<Simulation {self.dynamics.model.name}: {share:.2g} of the prior admitted>"


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
    draws, seed, tolerance, particles, workers, scheduler
        See :func:`concausa.dynamics.matching.match`.
    without, including : sequence of str
        Mechanisms or flows that are switched off, and on.
    level_map, boundary, readings
        See :func:`concausa.audit.dynamic_study.study_dynamics`.

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
    return Simulation(study, ready.with_model(changed), matching)


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
