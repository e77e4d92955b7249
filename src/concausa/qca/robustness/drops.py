"""Drop one: what becomes of the solution without one case, without one condition, without one coder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.qca.formulas import Formula
from concausa.qca.robustness.coders import Consensus, How, alternatives
from concausa.qca.robustness.overlap import coincidence
from concausa.qca.robustness.tried import Tried, tried
from concausa.qca.term import number
from concausa.sets import fit

if TYPE_CHECKING:
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis

Kind = Literal["case", "condition", "coder"]
KINDS: tuple[Kind, ...] = ("case", "condition", "coder")


@dataclass(frozen=True, eq=False)
class Drop:
    """The solution without one thing.

    Parameters
    ----------
    kind : str
        ``case``, ``condition`` or ``coder``.
    name : str
        What was left out; for a coder's own version, the coder.
    formula : Formula
        What came out.
    same : bool
        Whether all models are the same as before.
    gone, new : tuple of str
        Terms that no model has any more, and terms that none had before.
    coincidence : float in [0, 1]
        Set coincidence over all cases of the initial model and the nearest of the new ones.
    consistency, coverage : float in [0, 1]
        Of that model with the outcome, in the data without what was left out.
    """

    kind: Kind
    name: str
    formula: Formula
    same: bool
    gone: tuple[str, ...]
    new: tuple[str, ...]
    coincidence: float
    consistency: float
    coverage: float

    @property
    def influence(self) -> tuple[bool, float, int]:
        """By what it is ranked: whether the formula changes, how far the set moves, how many terms come and go."""
        return not self.same, round(1 - self.coincidence, 9), len(self.gone) + len(self.new)

    def data(self) -> dict[str, Any]:
        """The drop as plain JSON values; nan becomes None."""
        return {
            "kind": self.kind,
            "name": self.name,
            "models": list(self.formula.models),
            "n_models": self.formula.n_models,
            "nothing": self.formula.nothing,
            "same": self.same,
            "gone": list(self.gone),
            "new": list(self.new),
            "coincidence": number(self.coincidence),
            "consistency": number(self.consistency),
            "coverage": number(self.coverage),
        }


@dataclass(frozen=True, eq=False, repr=False)
class Drops:
    """The solution without each case, each condition and each coder in turn.

    Parameters
    ----------
    initial : Tried
    drops : tuple of Drop
        In the order of cases, conditions and coders.
    """

    initial: Tried
    drops: tuple[Drop, ...]

    def of(self, kind: Kind) -> tuple[Drop, ...]:
        """Those of one kind, the most influential first; those that tie stay in their order."""
        if kind not in KINDS:
            near = nearest(str(kind), KINDS)
            raise OptionError(
                f"nothing called {kind!r} is dropped",
                where="kind",
                fix=f'did you mean "{near}"?' if near else f"one of {', '.join(KINDS)}",
            )
        own = [one for one in self.drops if one.kind == kind]
        return tuple(sorted(own, key=lambda one: one.influence, reverse=True))

    def stays(self, kind: Kind) -> tuple[int, int]:
        """In how many of how many drops of a kind the formula stays."""
        own = self.of(kind)
        return sum(one.same for one in own), len(own)

    @cached_property
    def fit(self) -> tuple[float, float]:
        """Consistency and coverage of the initial model."""
        own = self.initial
        return (
            float(fit.consistency(own.chosen, own.outcome, trusted=True)),
            float(fit.coverage(own.chosen, own.outcome, trusted=True)),
        )

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting them."""
        found = []
        own = self.of("case")
        lost = [one.name for one in self.drops if not one.formula.models]
        if lost:
            found.append(
                Caveat.of("no-solution", "without {names} there is no solution", names=", ".join(lost))
            )
        if own and not any(one.same for one in own):
            found.append(
                Caveat.of(
                    "every-case", "the formula changes without any one of the cases: each is needed for it"
                )
            )
        if self.initial.formula.n_models > 1:
            found.append(
                Caveat.of(
                    "ambiguous",
                    "{n} models fit equally well: the formula stays only where all of them do",
                    n=self.initial.formula.n_models,
                )
            )
        return tuple(found)

    def table(self, kind: Kind | None = None) -> Table:
        """Drops, the most influential first."""
        from concausa.qca.robustness.drops_view import drops_table

        return drops_table(self, kind)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "initial": self.initial.data(),
            "drops": [one.data() for one in self.drops],
            "stays": {kind: list(self.stays(kind)) for kind in KINDS if self.of(kind)},
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that dropping one rests on."""
        from concausa.qca.robustness.drops_view import SOURCES

        return SOURCES

    def __len__(self) -> int:
        return len(self.drops)

    def __repr__(self) -> str:
        told = ", ".join(
            f"{same} of {n} without one {kind}" for kind in KINDS for same, n in [self.stays(kind)] if n
        )
        return f"<Drops: {self.initial.formula.text} stays in {told or 'nothing'}>"

    def __str__(self) -> str:
        from concausa.qca.robustness.drops_view import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def drops(
    analysis: Analysis,
    *,
    cases: bool | Sequence[str] = True,
    conditions: bool | Sequence[str] = True,
    coders: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    how: How = "without",
    consensus: Consensus = "mean",
    choice: int = 0,
    workers: int = 1,
    scheduler: Any = None,
) -> Drops:
    """Run the analysis without each case, each condition and each coder in turn.

    Calibrations stay as they are: without a case the anchors are the same, unless they are relative to the cases
    (``TFR``, ``indirect``). Expectations and exclusions that name a condition go with it.

    Parameters
    ----------
    analysis : Analysis
    cases, conditions : bool or sequence of str
        All, none, or those named. The only case, or the only condition, stays unless it is named.
    coders : mapping of coder to mapping of column to scores
        As for :func:`concausa.qca.robustness.coders.alternatives`, with *how* and *consensus*.
    choice : int
        Which model of the initial solution the others are held against, counted from 0.
    workers, scheduler
        As for :func:`concausa.core.spread.spread`.

    Raises
    ------
    DataError
        If the initial analysis has no solution.
    UnknownNameError
        If a case or condition does not exist.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}
    >>> found = drops(analysis(frame, outcome="Y", conditions=["A", "B"], cases=["P", "Q", "R", "S"]))
    >>> found
    <Drops: A + B stays in 1 of 4 without one case, 0 of 2 without one condition>
    >>> [(one.name, one.formula.text) for one in found.of("case")]
    [('P', 'A*~B + ~A*B'), ('Q', 'B'), ('R', 'A'), ('S', 'A + B')]

    References
    ----------
    .. [1] Skaaning (2011), *Sociological Methods & Research* 40(2), 391-408.
       https://doi.org/10.1177/0049124111404818
    """
    jobs: list[tuple[Kind, str, Analysis]] = []
    if len(analysis.cases) > 1 or cases is not True:
        for name in analysis.cases if cases is True else cases or ():
            jobs.append(("case", name, analysis.changed(without_cases=[name])))
    if len(analysis.conditions) > 1 or conditions is not True:
        for name in analysis.conditions if conditions is True else conditions or ():
            kept = [one for one in analysis.conditions if one != name]
            if len(kept) == len(analysis.conditions):
                raise OptionError(
                    f'"{name}" is no condition',
                    where=f"conditions: {', '.join(analysis.conditions)}",
                    fix="name conditions of the analysis",
                )
            jobs.append(("condition", name, analysis.changed(conditions=kept)))
    for one in alternatives(analysis, coders, how=how, consensus=consensus) if coders else ():
        jobs.append(("coder", one.label, one))
    done = tried(
        [analysis, *(one for _, _, one in jobs)],
        ["IS", *(name for _, name, _ in jobs)],
        [choice, *(0 for _ in jobs)],
        workers=workers,
        scheduler=scheduler,
    )
    initial = done[0]
    if not initial.formula.models:
        raise DataError(
            f"the initial analysis has no solution: {initial.formula.nothing}",
            where=repr(analysis),
            fix="drop from a solution that there is",
        )
    return Drops(
        initial,
        tuple(_drop(initial, kind, one) for (kind, _, _), one in zip(jobs, done[1:], strict=True)),
    )


def _drop(initial: Tried, kind: Kind, one: Tried) -> Drop:
    """The drop beside the initial solution; its model is the one that comes nearest."""
    everywhere = one.memberships
    if kind == "case" and one.formula.models:
        everywhere = one.formula.memberships(initial.analysis.data, one.analysis.conditions)
    elif kind == "case":
        everywhere = np.zeros((1, len(initial.analysis.cases)))
    near = [coincidence(initial.chosen, scores) for scores in everywhere]
    best = int(np.argmax(near))
    own = one.memberships[best]
    return Drop(
        kind,
        one.label,
        one.formula,
        initial.formula.key == one.formula.key,
        tuple(sorted(initial.formula.some - one.formula.some)),
        tuple(sorted(one.formula.some - initial.formula.some)),
        near[best],
        float(fit.consistency(own, one.outcome, trusted=True)),
        float(fit.coverage(own, one.outcome, trusted=True)),
    )
