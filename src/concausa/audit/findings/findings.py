"""Findings: every claim of a study, judged in every world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.deciding import formulas
from concausa.audit.findings.finding import Finding, Sample
from concausa.audit.findings.influence import influences, ranked
from concausa.audit.findings.overturning import changes, smallest_changes
from concausa.audit.findings.sampling import LINES, influence_of, steps_around
from concausa.audit.findings.task import CHUNK, Task
from concausa.audit.worlds.grid import BLOCK
from concausa.audit.worlds.open_choice import Space
from concausa.audit.worlds.worlds import Worlds
from concausa.audit.worlds.worlds import worlds as worlds_of
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.score_interval import interval
from concausa.core.spread import spread
from concausa.study.study import Study
from concausa.theory.claim import Claim

BOUND, SAMPLE, SEED = 1_000_000, 100_000, 1

Verdicts = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Scope:
    """How far worlds are enumerated.

    Parameters
    ----------
    bound : int
        A claim whose own choices have more combinations than this, options that its test reads alike taken
        as one, is sampled.
    sample : int
        Worlds drawn then.
    seed : int
        Draws the same worlds again.
    """

    bound: int = BOUND
    sample: int = SAMPLE
    seed: int = SEED

    def __post_init__(self) -> None:
        for name, least in (("bound", 1), ("sample", 1), ("seed", 0)):
            value = getattr(self, name)
            if not isinstance(value, int) or value < least:
                raise OptionError(f"{name} is {value!r}", fix=f"a whole number from {least} on")

    def exact(self, task: Task) -> bool:
        """Whether all worlds of a task are visited."""
        return task.grid.size <= self.bound


@dataclass(frozen=True, slots=True)
class Tally:
    """What a claim is worth, in counts alone; see `Finding`."""

    claim: Claim
    counts: dict[Verdict, int]
    total: int
    possible: int
    baseline: Verdict
    sampled: bool


@dataclass(frozen=True, eq=False)
class Findings:
    """The findings of a study, in the order of its claims.

    Parameters
    ----------
    worlds : Worlds
    findings : tuple of Finding
    """

    worlds: Worlds
    findings: tuple[Finding, ...]

    @cached_property
    def _by_id(self) -> dict[str, Finding]:
        return {finding.claim.id: finding for finding in self.findings}

    def of(self, id: str) -> Finding:
        """The finding of a claim; UnknownNameError with the nearest id if there is none."""
        if id not in self._by_id:
            raise _unknown(id, list(self._by_id))
        return self._by_id[id]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)


def findings(
    study: Study,
    *,
    claims: Sequence[str] | None = None,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
    workers: int = 1,
    scheduler: Any = None,
    worlds: Worlds | None = None,
) -> Findings:
    """What each claim is worth over all worlds, and what that turns on.

    Parameters
    ----------
    study : Study
    claims : sequence of str, optional
        Ids; all claims if left out.
    bound, sample, seed : int
        See `Scope`.
    workers, scheduler
        See `spread`; the results are the same whatever they are.
    worlds : Worlds, optional
        Those of *study*, if they are at hand.

    Raises
    ------
    UnknownNameError
        If a claim is not there.
    OptionError
        If an option has a value that it cannot have, or the workers cannot be used.
    """
    scope = Scope(bound, sample, seed)
    within = worlds or worlds_of(study)
    asked = chosen_claims(study, claims)
    tasks = [Task.of(claim.id, claim_test(within, claim), within.space) for claim in asked]
    parts = [part for task in tasks for part in _parts(task, scope)]
    made = iter(spread(_verdicts, parts, workers=workers, scheduler=scheduler))
    held = [_whole([next(made) for _ in _parts(task, scope)], task, scope) for task in tasks]
    judge = partial(_finding, within.space, scope)
    jobs = list(zip(asked, tasks, held, strict=True))
    return Findings(within, tuple(spread(judge, jobs, workers=workers, scheduler=scheduler)))


def tally(
    worlds: Worlds,
    claim: Claim,
    *,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
    drawn_as: Task | None = None,
) -> Tally:
    """The counts of a claim's verdicts, without what they turn on; else as `findings`.

    Parameters
    ----------
    drawn_as : Task, optional
        The claim in other worlds, whose choices stand at the same places. Where its worlds are drawn, the same
        worlds are drawn here, so that the two differ by what differs between them and not by chance.
    """
    scope = Scope(bound, sample, seed)
    task = Task.of(claim.id, claim_test(worlds, claim), worlds.space)
    exact = scope.exact(task)
    if drawn_as is not None and not scope.exact(drawn_as):
        task, exact = task.drawn_as(drawn_as, worlds.space), False
    parts = _parts(task, scope, exact=exact)
    verdicts = np.concatenate([_verdicts(part) for part in parts])
    verdicts = verdicts if exact else verdicts[: scope.sample]
    counts = task.table(verdicts).counts() if exact else _counted(verdicts)
    total = task.possible if exact else len(verdicts)
    return Tally(claim, counts, total, task.possible, _baseline(task, worlds.space), not exact)


def visited(task: Task, scope: Scope) -> Verdicts:
    """The verdicts of a task: of its whole grid, or of the worlds drawn."""
    return _whole([_verdicts(part) for part in _parts(task, scope)], task, scope)


def chosen_claims(study: Study, ids: Sequence[str] | None) -> tuple[Claim, ...]:
    """The claims with these ids, in the order of the study; all if None."""
    if ids is None:
        return tuple(study.claims)
    known = [claim.id for claim in study.claims]
    for id in ids:
        if id not in known:
            raise _unknown(id, known)
    return tuple(claim for claim in study.claims if claim.id in set(ids))


def _unknown(id: str, known: Sequence[str]) -> UnknownNameError:
    near = nearest(id, known)
    return UnknownNameError(
        f"there is no claim {id!r}",
        fix=f"did you mean {near}?" if near else f"one of {', '.join(known[:20])}",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some of the worlds of a task: a stretch of its grid or, with a seed, a block of its draw."""

    task: Task
    start: int
    stop: int
    seed: int | None


def _parts(task: Task, scope: Scope, *, exact: bool | None = None) -> list[_Part]:
    if not (scope.exact(task) if exact is None else exact):
        return [_Part(task, number, number + 1, scope.seed) for number in range(-(-scope.sample // BLOCK))]
    size = task.grid.size
    return [_Part(task, start, min(start + CHUNK, size), None) for start in range(0, size, CHUNK)]


def _verdicts(part: _Part) -> Verdicts:
    if part.seed is None:
        return np.array(part.task.part(part.start, part.stop))
    return np.array(part.task.drawn(part.start, part.seed))


def _whole(parts: Sequence[Verdicts], task: Task, scope: Scope) -> Verdicts:
    whole = np.concatenate(parts)
    return whole if scope.exact(task) else whole[: scope.sample]


def _finding(space: Space, scope: Scope, job: tuple[Claim, Task, Verdicts]) -> Finding:
    claim, task, verdicts = job
    if not scope.exact(task):
        return _estimated(space, scope, claim, task, verdicts)
    table = task.table(verdicts).reduced()
    counts = table.counts()
    overturning, overturned_by = smallest_changes(table, space.preferred, space.choices)
    return Finding(
        claim=claim,
        choices=tuple(space.choices[place] for place in table.places),
        turned=table.places,
        total=task.possible,
        counts=counts,
        possible=task.possible,
        worlds=space.size,
        sampled=None,
        baseline=Verdict(int(table.verdicts[table.place_of(space.preferred)])),
        formulas=formulas(table, space.choices),
        influences=influences(table, space.choices),
        overturning=overturning,
        overturned_by=overturned_by,
    )


def _estimated(space: Space, scope: Scope, claim: Claim, task: Task, verdicts: Verdicts) -> Finding:
    n, counts = len(verdicts), _counted(verdicts)
    shares = [(place, influence_of(task, axis, scope.seed)) for axis, place in enumerate(task.places)]
    steps, reached = steps_around(task, [space.preferred[place] for place in task.places])
    overturning = changes(steps, space.choices)
    found = ranked(shares, space.choices)
    turned = tuple(sorted({one.place for one in found} | {place for step, _ in steps for place, _ in step}))
    return Finding(
        claim=claim,
        choices=tuple(space.choices[place] for place in turned),
        turned=turned,
        total=n,
        counts=counts,
        possible=task.possible,
        worlds=space.size,
        sampled=Sample(
            n,
            scope.seed,
            {verdict: interval(number, n) for verdict, number in counts.items()},
            LINES,
            reached,
        ),
        baseline=_baseline(task, space),
        formulas={},
        influences=found,
        overturning=overturning[:100],
        overturned_by=sum(change.ways for change in overturning),
    )


def _counted(verdicts: Verdicts) -> dict[Verdict, int]:
    numbers = np.bincount(verdicts, minlength=len(Verdict)).tolist()
    return {verdict: number for verdict, number in zip(Verdict, numbers, strict=True) if number}


def _baseline(task: Task, space: Space) -> Verdict:
    world = [np.array([space.preferred[place]], dtype=np.intp) for place in task.places]
    return Verdict(int(task.verdicts(world, 1)[0]))
