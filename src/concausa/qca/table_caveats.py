"""What a reader must know before trusting a truth table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concausa.core.caveat import Caveat
from concausa.sets.membership import CROSSOVER, TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

#: Consistency cut-offs below this are warned against in the field.
FLOOR = 0.75


def caveats_of(table: TruthTable) -> tuple[Caveat, ...]:
    """Every caveat of a table, those about lost cases first."""
    return (
        *_recoded(table),
        *_ties(table),
        *_rare(table),
        *_contradictory(table),
        *_simultaneous(table),
        *_constant(table),
        *_diversity(table),
        *_cutoffs(table),
    )


def _recoded(table: TruthTable) -> list[Caveat]:
    found = []
    for recoding in table.recodings:
        expression = table.row(recoding.configuration).expression
        if recoding.outcome == table.outcome:
            sentence = "{row} was set to {code} by hand: {why}"
        else:
            sentence = "{row} was set to {code} by hand for {outcome} alone: {why}"
        found.append(
            Caveat.of(
                "recoded",
                sentence,
                row=expression,
                code=recoding.code,
                outcome=recoding.outcome,
                why=recoding.why,
            )
        )
    return found


def _ties(table: TruthTable) -> list[Caveat]:
    found = [
        Caveat.of(
            "tie",
            "exactly on the crossover of {condition}: {case}, which belongs to no row, but counts in the fit of all",
            case=tie.case,
            condition=tie.condition,
        )
        for tie in table.ties
    ]
    border = np.flatnonzero(np.abs(table.outcome_membership - CROSSOVER) <= TOLERANCE)
    return found + [
        Caveat.of(
            "outcome-tie",
            "exactly on the crossover of the outcome {outcome}: {case}, neither in nor out of it",
            case=table.data.cases[case],
            outcome=table.outcome,
        )
        for case in border.tolist()
    ]


def _rare(table: TruthTable) -> list[Caveat]:
    lost = [row for row in table.rows if row.outcome == "?" and row.n < table.cutoffs.frequency]
    if not lost:
        return []
    return [
        Caveat.of(
            "rare",
            "rows with fewer than {frequency} cases are treated as remainders; their cases: {cases}",
            frequency=table.cutoffs.frequency,
            cases=", ".join(case for row in lost for case in row.cases),
        )
    ]


def _contradictory(table: TruthTable) -> list[Caveat]:
    found = [
        Caveat.of(
            "deviant",
            "{row} counts as leading to {outcome}, but not in these cases: {cases}",
            row=row.expression,
            outcome=table.outcome,
            cases=", ".join(row.deviant),
        )
        for row in table.rows
        if row.outcome == "1" and row.deviant
    ]
    return found + [
        Caveat.of(
            "contradiction",
            "{row} has cases with and without {outcome} ({n} cases, {out} without)",
            row=row.expression,
            outcome=table.outcome,
            n=row.n,
            out=len(row.deviant),
        )
        for row in table.contradictions
        if row.outcome != "1"
    ]


def _simultaneous(table: TruthTable) -> list[Caveat]:
    return [
        Caveat.of(
            "simultaneous",
            "{row} is consistent with {outcome} and with its negation (PRI {pri})",
            row=row.expression,
            outcome=table.outcome,
            pri=f"{row.pri:.3f}",
        )
        for row in table.simultaneous
    ]


def _constant(table: TruthTable) -> list[Caveat]:
    corners = table.configurations
    found = [
        Caveat.of(
            "constant",
            "{condition} does not vary: every case has the same side of it, so that its part cannot be tested",
            condition=factor.name,
        )
        for place, factor in enumerate(table.conditions)
        if len(corners) and (corners[:, place] == corners[0, place]).all()
    ]
    within = table.outcome_membership > CROSSOVER
    if within.all() or not within.any():
        sentence = "every case has {outcome}" if within.all() else "no case has {outcome}"
        found.append(
            Caveat.of(
                "constant-outcome", sentence + ", so that nothing can explain it", outcome=table.outcome
            )
        )
    return found


def _diversity(table: TruthTable) -> list[Caveat]:
    n_cases, possible = len(table.data.cases), table.possible
    if n_cases >= possible or (table.configurations < 0).any():
        return []
    return [
        Caveat.of(
            "diversity",
            "{cases} cases can fill at most {cases} of the {possible} rows that {conditions} conditions allow;"
            " they fill {observed}",
            cases=n_cases,
            possible=f"{possible:,}",
            conditions=len(table.conditions),
            observed=len(table.n),
        )
    ]


def _cutoffs(table: TruthTable) -> list[Caveat]:
    if table.cutoffs.consistency >= FLOOR - TOLERANCE:
        return []
    return [
        Caveat.of(
            "low-cutoff",
            "the consistency cut-off {cut} lies below the {floor} that the literature holds to be the least",
            cut=f"{table.cutoffs.consistency:g}",
            floor=f"{FLOOR:g}",
        )
    ]
