"""What the exhibits of a dynamic model rest on: its matching and what that is worth, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from concausa.audit.dynamic_readings import other_readings
from concausa.audit.dynamic_study import StudyDynamics, study_dynamics
from concausa.audit.simulation import DRAWS
from concausa.core.errors import ConcausaError
from concausa.dynamics.ablation import Ablation, ablation
from concausa.dynamics.assumptions import Priors, Tolerances, priors, tolerances
from concausa.dynamics.conflict import Conflict, conflict
from concausa.dynamics.influence import Influence, influence
from concausa.dynamics.learned import Learned, learned
from concausa.dynamics.left_out import LeftOut, left_out
from concausa.dynamics.matching import Matching, admit, match
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.rate import read_rate
from concausa.dynamics.removed import Removed, removed
from concausa.dynamics.rest import before
from concausa.dynamics.variant import Trial, Variant, trials
from concausa.report.errand import Errand
from concausa.report.held import Held
from concausa.study.study import Study

#: Draws of one repetition of waves where the evidence is met again with something changed: fewer than those of the
#: matching itself, since it is met some twenty times.
FEWER, FEWER_DRAWS = 192, 8192
#: Tolerances that are tried.
STEPS = (0.0, 0.05)


@dataclass(frozen=True)
class Wanted:
    """What is to be worked out of one model.

    Parameters
    ----------
    dynamics : StudyDynamics
    readings : tuple of Variant
        The study under other decisions.
    """

    dynamics: StudyDynamics
    readings: tuple[Variant, ...]


@dataclass(frozen=True)
class Worth:
    """What a matching is worth.

    Parameters
    ----------
    rough : Matching
        That with fewer draws, which the changed ones are held against; the matching itself where plain draws are
        enough.
    conflict : Conflict
    learned : Learned or None
        None if nothing is admitted; so are those below.
    removed : Removed
    left_out : LeftOut
    tolerances : Tolerances
    structure : Ablation
        Mechanisms that are on and that the evidence can speak on, each off.
    readings : tuple of Trial
    priors : Priors or None
    influences : tuple of Influence
    """

    rough: Matching
    conflict: Conflict
    removed: Removed
    left_out: LeftOut
    tolerances: Tolerances
    structure: Ablation
    readings: tuple[Trial, ...]
    learned: Learned | None
    priors: Priors | None
    influences: tuple[Influence, ...]


@dataclass(frozen=True)
class Work:
    """A model of a study, matched.

    Parameters
    ----------
    dynamics : StudyDynamics
    matching : Matching
    worth : Worth or ConcausaError
        Why nothing can be said of what it is worth, such as that nothing is unknown.
    """

    dynamics: StudyDynamics
    matching: Matching
    worth: Worth | ConcausaError


def works(study: Study) -> tuple[Work | tuple[str, ConcausaError], ...]:
    """Every dynamic model of a study, matched; or its id and why it cannot be."""
    found: list[Work | tuple[str, ConcausaError]] = []
    for spec in study.dynamic_models:
        asked = wanted(study, spec.id)
        done = asked if isinstance(asked, ConcausaError) else _done(asked)
        found.append((spec.id, done) if isinstance(done, ConcausaError) else done)
    return tuple(found)


def wanted(study: Study, model: str) -> Wanted | ConcausaError:
    """What is to be worked out of a model, or why it cannot be built."""
    held, key = Held(study), model
    if (held, key) not in _WANTED:
        _WANTED.clear()
        for spec in study.dynamic_models:
            _WANTED[held, spec.id] = _read(study, spec.id)
    return _WANTED[held, key]


@contextmanager
def ahead(study: Study) -> Iterator[None]:
    """While it lasts, a process of its own works out what the exhibits will ask for."""
    asked = [wanted(study, spec.id) for spec in study.dynamic_models]
    jobs = tuple(one for one in asked if isinstance(one, Wanted) and one not in [job for job, _ in _DONE])
    if not jobs:
        yield
        return
    with Errand(work_out, jobs) as errand:
        _RUNNING.append(errand)
        try:
            yield
        finally:
            _RUNNING.remove(errand)


def work_out(jobs: Sequence[Wanted]) -> tuple[Work | ConcausaError, ...]:
    """Each model matched, and what that is worth."""
    return tuple(_worked(job) for job in jobs)


#: What was asked of the last study, what was worked out last, and what a process is at.
_WANTED: dict[tuple[Held, str], Wanted | ConcausaError] = {}
_DONE: list[tuple[Wanted, Work | ConcausaError]] = []
_RUNNING: list[Errand[tuple[Wanted, ...], tuple[Work | ConcausaError, ...]]] = []
_KEPT = 4


def _done(asked: Wanted) -> Work | ConcausaError:
    for job, work in _DONE:
        if job == asked:
            return work
    for errand in _RUNNING:
        if asked in errand.what:
            _DONE.extend(zip(errand.what, errand.done(), strict=True))
            break
    else:
        _DONE.append((asked, _worked(asked)))
    found = next(work for job, work in _DONE if job == asked)
    del _DONE[:-_KEPT]
    return found


def _read(study: Study, model: str) -> Wanted | ConcausaError:
    try:
        dynamics = study_dynamics(study, model)
        others = other_readings(study, dynamics)
    except ConcausaError as error:
        return error
    return Wanted(
        dynamics, tuple(Variant(name, *parts[:2], tuple(parts[2])) for name, parts in others.items())
    )


def _worked(job: Wanted) -> Work | ConcausaError:
    ready = job.dynamics
    try:
        matching = match(ready.model, ready.setting, ready.bands, draws=DRAWS)
        matching.admitted()
    except ConcausaError as error:
        return error
    try:
        worth: Worth | ConcausaError = _worth(matching, job.readings)
    except ConcausaError as error:
        worth = error
    return Work(ready, matching, worth)


def _worth(matching: Matching, readings: Sequence[Variant]) -> Worth:
    rough = matching
    if matching.admitted().waves:
        rough = match(matching.model, matching.setting, matching.bands, draws=FEWER_DRAWS, particles=FEWER)
    nothing, items = frozenset[str](), [frozenset([item]) for item in rough.items]
    with suppress(ConcausaError):  # told where it is asked for
        admit(
            [(rough, [nothing, *items], rough.tolerance), *((rough, [nothing], step) for step in STEPS[1:])]
        )
    ends = outcomes(matching)
    headline = ends[0] if ends else None
    model, prior = matching.model, before(matching)
    there = bool(matching.admitted().draws)
    switches = [name for name in _telling(matching) if model.is_on(name)]
    return Worth(
        rough,
        conflict(rough if not there else matching),
        removed(rough, prior=prior),
        left_out(rough, prior=prior),
        tolerances(rough, STEPS, outcome=headline),
        ablation(rough, switches=switches, placebos=False, outcome=headline),
        trials(rough, readings, outcome=headline),
        learned(matching) if there else None,
        priors(matching, outcome=headline) if there else None,
        tuple(influence(matching, one, over="admitted", prior=prior) for one in stocks(matching))
        if there
        else (),
    )


def outcomes(matching: Matching) -> tuple[Outcome, ...]:
    """What one would like to conclude: each unit in the last year, in the first pattern that needs the gate, or else
    in the first there is, by the stocks alone; without patterns the first stock.
    """
    model, setting = matching.model, matching.setting
    chosen = [corner.name for corner in model.corners if corner.gated] or [one.name for one in model.corners]
    units = [unit for unit in setting.units if any(band.unit == unit for band in matching.bands)]
    if chosen:
        return tuple(Outcome(unit, unit, pattern=chosen[0], year=setting.last) for unit in units)
    return tuple(Outcome(unit, unit, formula=model.stock_names[0], year=setting.last) for unit in units)


def stocks(matching: Matching) -> tuple[Outcome, ...]:
    """Every stock of each unit in the last year."""
    year, model = matching.setting.last, matching.model
    return tuple(
        Outcome(f"{stock} of {unit} in {year}", unit, formula=stock, year=year)
        for unit in matching.setting.units
        for stock in model.stock_names
    )


def _telling(matching: Matching) -> tuple[str, ...]:
    """Mechanisms on which the evidence can speak: those of flows, and of formulas that a flow or a band rests on."""
    model = matching.model
    asked = [name for band in matching.bands for name in read_rate(band.formula).names]
    asked += [name for flow in model.flows_on for name in read_rate(flow.rate).names]
    used = model.reached(asked)
    found = {flow.mechanism for flow in model.flows}
    found |= {part.mechanism for part in model.derived if part.name in used}
    return tuple(name for name in model.switches if name in found - {""})
