"""What a reader must know before trusting a search for necessary conditions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from concausa.core.caveat import Caveat
from concausa.qca.necessity_row import TRIVIAL, NecessityRow
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.skewness import skewness

if TYPE_CHECKING:
    from concausa.qca.necessity import Necessity

#: Consistency below which the field does not call a condition necessary.
FLOOR = 0.9
#: Cases in the outcome below which one case moves the consistency by a tenth or more.
FEW = 10
#: Names that a caveat lists.
NAMED = 5


def caveats_of(found: Necessity) -> tuple[Caveat, ...]:
    """Every caveat, those about lost cases and unfinished searches first."""
    return (
        *_dont_care(found),
        *_unfinished(found),
        *_nobody(found),
        *_undefined(found),
        *_ties(found),
        *_untheorised(found),
        *_trivial(found),
        *_both_ways(found),
        *_skewed(found),
        *_few(found),
        *_lenient(found),
    )


def _dont_care(found: Necessity) -> list[Caveat]:
    caveats = []
    if found.material.left_out:
        caveats.append(
            Caveat.of(
                "left-out",
                "left out for a don't-care score: {cases}",
                cases=", ".join(found.material.left_out),
            )
        )
    if found.material.outside:
        caveats.append(
            Caveat.of(
                "dont-care",
                "don't-care scores count as outside the condition and outside its negation: {scores}",
                scores=", ".join(f"{case} ({condition})" for case, condition in found.material.outside),
            )
        )
    return caveats


def _unfinished(found: Necessity) -> list[Caveat]:
    return [
        Caveat.of(
            "budget",
            "the {expressions}s were searched up to {depth} literals, not {wanted}: the next length has {missing}"
            " expressions, and at most {budget} are measured",
            expressions=kind,
            depth=search.depth,
            wanted=found.options.depth,
            missing=f"{search.missing:,}",
            budget=f"{found.options.budget:,}",
        )
        for kind, search in found.searches.items()
        if search.missing
    ]


def _nobody(found: Necessity) -> list[Caveat]:
    if found.outcome_membership.sum() > TOLERANCE:
        return []
    return [
        Caveat.of(
            "undefined",
            "no case has any membership in {outcome}: nothing can be said of its necessary conditions",
            outcome=found.outcome,
        )
    ]


def _undefined(found: Necessity) -> list[Caveat]:
    caveats = []
    empty = [row for row in found.rows if math.isnan(row.coverage)]
    if empty:
        caveats.append(
            Caveat.of(
                "undefined",
                "coverage is not defined where no case has any membership: {expressions}",
                expressions=_listed(empty),
            )
        )
    full = [row for row in found.rows if math.isnan(row.relevance) and not row.reaches]
    if full:
        caveats.append(
            Caveat.of(
                "undefined",
                "relevance (RoN) is not defined where every case is fully in both the expression and {outcome}:"
                " {expressions}",
                outcome=found.outcome,
                expressions=_listed(full),
            )
        )
    return caveats


def _ties(found: Necessity) -> list[Caveat]:
    sets = [(found.outcome, found.outcome_membership)]
    sets += [
        (factor.name, found.material.data.column(factor.name))
        for factor in found.conditions
        if factor.kind == "fuzzy"
    ]
    caveats = []
    for name, membership in sets:
        border = np.flatnonzero(np.abs(membership - CROSSOVER) <= TOLERANCE).tolist()
        if border:
            caveats.append(
                Caveat.of(
                    "tie",
                    "on the crossover of {set}: {cases}; they count in every sum but are neither in nor out",
                    set=name,
                    cases=", ".join(found.cases[place] for place in border),
                )
            )
    return caveats


def _untheorised(found: Necessity) -> list[Caveat]:
    bare = [row for row in found.necessary if row.kind == "disjunction" and not row.theory]
    if not bare:
        return []
    return [
        Caveat.of(
            "no-theory",
            "{n} of the disjunctions stand here without theory ({expressions}): any two large sets make one,"
            " so that they may be read as conditions of one kind only where theory says so",
            n=len(bare),
            expressions=_listed(bare),
        )
    ]


def _trivial(found: Necessity) -> list[Caveat]:
    caveats = []
    trivial = [row for row in found.necessary if row.relevance < TRIVIAL - TOLERANCE]
    if trivial:
        caveats.append(
            Caveat.of(
                "trivial",
                "relevance (RoN) below {bound}: {expressions}; nearly every case is in them, whatever the outcome",
                bound=f"{TRIVIAL:g}",
                expressions=_listed(trivial),
            )
        )
    everybody = [row for row in found.necessary if math.isnan(row.relevance)]
    if everybody:
        caveats.append(
            Caveat.of(
                "trivial",
                "relevance (RoN) is not defined: {expressions}; every case is fully in them and in {outcome}, so"
                " that the data cannot tell whether they matter",
                expressions=_listed(everybody),
                outcome=found.outcome,
            )
        )
    return caveats


def _both_ways(found: Necessity) -> list[Caveat]:
    absent = 1.0 - found.outcome_membership
    singles = [row for row in found.necessary if row.kind == "single"]
    both = [
        row
        for row in singles
        if fit.reaches(
            fit.necessity_consistency(found.membership(row.expression), absent, trusted=True),
            found.options.consistency,
        )
    ]
    if not both:
        return []
    return [
        Caveat.of(
            "both-ways",
            "{expressions} would be necessary for the negation of {outcome} too",
            expressions=_listed(both),
            outcome=found.outcome,
        )
    ]


def _skewed(found: Necessity) -> list[Caveat]:
    sets = [(found.outcome, found.outcome_membership)]
    names = {name for row in found.necessary for name, _ in row.literals}
    sets += [
        (factor.name, found.material.data.column(factor.name))
        for factor in found.conditions
        if factor.name in names and factor.kind != "multi-value"
    ]
    caveats = []
    for name, membership in sets:
        shape = skewness(np.nan_to_num(membership, nan=0.0))
        if shape.skewed:
            caveats.append(
                Caveat.of(
                    "skewed",
                    "{set} is skewed: {within} of {n} cases are in it and {out} out of it, so that much passes as"
                    " necessary by its size alone",
                    set=name,
                    within=shape.within,
                    out=shape.out,
                    n=shape.n,
                )
            )
    return caveats


def _few(found: Necessity) -> list[Caveat]:
    total = float(found.outcome_membership.sum())
    if not TOLERANCE < total < FEW:
        return []
    members = int((found.outcome_membership > CROSSOVER + TOLERANCE).sum())
    return [
        Caveat.of(
            "few-cases",
            "{members} of {n} cases are in {outcome}: one that lacks a condition takes up to {share} off its"
            " consistency",
            members=members,
            n=len(found.cases),
            outcome=found.outcome,
            share=f"{min(1.0, float(found.outcome_membership.max()) / total):.2f}",
        )
    ]


def _lenient(found: Necessity) -> list[Caveat]:
    if found.options.consistency >= FLOOR - TOLERANCE:
        return []
    return [
        Caveat.of(
            "lenient",
            "the consistency cut-off {cutoff} is below .9, from which on the field speaks of necessity",
            cutoff=f"{found.options.consistency:g}",
        )
    ]


def _listed(rows: Sequence[NecessityRow]) -> str:
    more = f", and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return ", ".join(row.expression for row in rows[:NAMED]) + more
