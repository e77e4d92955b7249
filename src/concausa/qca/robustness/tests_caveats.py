"""What a reader must know before trusting robustness tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concausa.core.caveat import Caveat
from concausa.sets.membership import TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.robustness.robustness_tests import RobustnessTests

#: Kinds of caveats that stand on top.
LOUD = ("empty-test", "ambiguous")
#: Below so many cases a single one moves a ratio much.
FEW = 20


def caveats_of(found: RobustnessTests) -> tuple[Caveat, ...]:
    """Every caveat, the gravest first."""
    return (
        *_empty(found),
        *_ambiguous(found),
        *_outcomes(found),
        *_reasons(found),
        *_idle(found),
        *_calibrations(found),
        *_few(found),
    )


def _empty(found: RobustnessTests) -> list[Caveat]:
    return [
        Caveat.of(
            "empty-test",
            "{test} has no solution ({reason}): it counts as the empty set, so that nothing is in the robust core",
            test=one.label,
            reason=one.formula.nothing,
        )
        for one in found.tests
        if not one.formula.models
    ]


def _ambiguous(found: RobustnessTests) -> list[Caveat]:
    several = [one for one in (found.initial, *found.tests) if one.formula.n_models > 1]
    told = [
        f"{one.label}: {'' if one.formula.exact else 'at least '}{one.formula.n_models:,}" for one in several
    ]
    caveats = []
    if told:
        caveats.append(
            Caveat.of(
                "ambiguous",
                "several models fit equally well ({models}): the soft test rests on one of each, the hard test on all",
                models="; ".join(told),
            )
        )
    cut = [one.label for one in several if one.formula.n_models > len(one.formula.models)]
    if cut:
        caveats.append(
            Caveat.of(
                "unlisted",
                "not every model is listed in {tests}: the hard test rests on those that are",
                tests=", ".join(cut),
            )
        )
    return caveats


def _outcomes(found: RobustnessTests) -> list[Caveat]:
    others = list(found.outcomes)[1:]
    if not others:
        return []
    return [
        Caveat.of(
            "outcomes",
            "the outcome is calibrated otherwise in {tests}; parameters refer to the outcome of the initial"
            " solution unless another is named",
            tests=", ".join(others),
        )
    ]


def _reasons(found: RobustnessTests) -> list[Caveat]:
    bare = [one.label for one in found.tests if not one.analysis.why.strip()]
    if not bare:
        return []
    return [
        Caveat.of(
            "no-reason",
            "no reason is given for {tests}: a test set is made of alternatives that are plausible beforehand",
            tests=", ".join(bare),
        )
    ]


def _idle(found: RobustnessTests) -> list[Caveat]:
    own = found.initial.analysis.key()
    idle = [one.label for one in found.tests if one.analysis.key() == own]
    caveats = []
    if idle:
        caveats.append(
            Caveat.of(
                "idle",
                "in {tests} no score and no cut-off differs from the initial analysis: it tests nothing",
                tests=", ".join(idle),
            )
        )
    same = all(np.abs(one.memberships - found.initial.chosen).max() <= TOLERANCE for one in found.tests)
    if same and len(idle) < len(found.tests):
        caveats.append(
            Caveat.of(
                "unmoved",
                "no test moves a membership: the solution is robust, or the alternatives are too close to it",
            )
        )
    return caveats


def _calibrations(found: RobustnessTests) -> list[Caveat]:
    own = found.initial.analysis
    moved = []
    for name in own.conditions:
        for one in found.tests:
            other = one.analysis.columns.get(name)
            if other is not None and not np.array_equal(
                other.scores, own.columns[name].scores, equal_nan=True
            ):
                moved.append(name)
                break
    if not moved:
        return []
    return [
        Caveat.of(
            "calibrated-otherwise",
            "some tests calibrate {conditions} otherwise: in the expressions of the robust core and of the test sets"
            " these names stand for sets that differ; memberships are exact",
            conditions=", ".join(moved),
        )
    ]


def _few(found: RobustnessTests) -> list[Caveat]:
    cases = len(found.initial.analysis.cases)
    if cases >= FEW:
        return []
    return [
        Caveat.of(
            "few-cases",
            "{cases} cases: one case moves a ratio of cases by {step} or more; read the names, not the decimals",
            cases=cases,
            step=f"{1 / cases:.2f}",
        )
    ]
