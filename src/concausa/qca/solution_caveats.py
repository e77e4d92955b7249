"""What a reader must know before trusting a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.qca.factor import term_text
from concausa.sets.membership import TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.solution import Solution

#: Kinds of caveats that stand on top of a printed solution.
LOUD = ("overruled", "kept", "inexact", "unlisted")


def caveats_of(solution: Solution) -> tuple[Caveat, ...]:
    """Every caveat of a solution, the gravest first; those of its truth table come last."""
    return (
        *_overruled(solution),
        *_search(solution),
        *_ambiguous(solution),
        *_always(solution),
        *_theory(solution),
        *_contradictory(solution),
        *_weak(solution),
        *solution.truth_table.caveats,
    )


def _overruled(solution: Solution) -> list[Caveat]:
    rows = solution.truth_table.rows
    found = [
        Caveat.of(
            "overruled",
            "the observed positive row {row} ({cases}) is overruled by an exclusion and counts as negative",
            row=row.expression,
            cases=", ".join(row.cases),
        )
        for row in solution.overruled
    ]
    for place in solution.ground.kept:
        found.append(
            Caveat.of(
                "kept",
                "the observed positive row {row} ({cases}) speaks against an exclusion that is about remainders"
                " only; it is kept",
                row=rows[place].expression,
                cases=", ".join(rows[place].cases),
            )
        )
    return found


def _search(solution: Solution) -> list[Caveat]:
    found = []
    charts = [pairing.chart for pairing in solution.pairings]
    if not all(chart.complete for chart in charts):
        found.append(
            Caveat.of(
                "inexact",
                "the search for prime implicants met its bound: {n} were found, and there may be more",
                n=f"{sum(len(chart.cubes) for chart in charts):,}",
            )
        )
    found += _models(solution)
    if not solution.pairs_complete:
        found.append(
            Caveat.of(
                "inexact",
                "not every pair of a conservative and a parsimonious model was looked at ({n} were); there may be"
                " more intermediate models",
                n=f"{solution.pairs:,}",
            )
        )
    if solution.n_models > solution.listed:
        found.append(
            Caveat.of(
                "unlisted",
                "{listed} of {n} models are listed",
                listed=f"{solution.listed:,}",
                n=f"{solution.n_models:,}",
            )
        )
    return found


def _models(solution: Solution) -> list[Caveat]:
    """Whether the number of terms is proved to be the least, and whether the number of models is exact."""
    one = solution.pairings[0].chart.covers if len(solution.pairings) == 1 else None
    bounded = solution.united if one is None else one
    ended = solution.united.proved if one is None else one.exact
    loose = solution.united.loose if one is None else one.lower < one.size
    numbers = {"n": f"{solution.n_models:,}", "size": bounded.size, "lower": bounded.lower}
    if not ended and not solution.proved and not all(p.chart.complete for p in solution.pairings):
        sentence = "{n} models of {size} terms were found with them; shorter ones may exist"
    elif not ended and loose:
        sentence = (
            "the search for models met its bound: {n} were found, with {size} terms; none can have fewer than"
            " {lower}"
        )
    elif not ended:
        sentence = (
            "the search for models met its bound: that none has fewer than {size} terms is proved, but there may"
            " be more than the {n} that were found"
        )
    elif one is None and not solution.united.counted:
        sentence = (
            "the models of different pairs are too many to be compared one by one: that no pair has one with"
            " fewer than {size} terms is proved, but their number, {n}, is a lower bound"
        )
    else:
        return []
    return [Caveat.of("inexact", sentence, **numbers)]


def _ambiguous(solution: Solution) -> list[Caveat]:
    if solution.n_models < 2:
        return []
    return [
        Caveat.of(
            "ambiguous",
            "{n} models account for the rows equally well; the data cannot tell them apart",
            n=f"{solution.n_models:,}",
        )
    ]


def _always(solution: Solution) -> list[Caveat]:
    if not any((model.cubes < 0).all(axis=1).any() for model in solution.models):
        return []
    if len(solution.truth_table.negative) + len(solution.truth_table.contradictory):
        sentence = "no condition is left in a term: it holds always"
    else:
        sentence = "no row is negative, so that nothing tells apart when {outcome} happens: it holds always"
    return [Caveat.of("always", sentence, outcome=solution.outcome)]


def _theory(solution: Solution) -> list[Caveat]:
    found = []
    reasons = [(one.text, one.reason) for one in solution.excluded]
    reasons += [(one.text, one.reason) for one in solution.included]
    for what, reason in reasons:
        if not reason.strip():
            found.append(Caveat.of("no-reason", "no reason is given for {what}", what=what))
    for place in solution.ground.idle:
        found.append(
            Caveat.of(
                "idle",
                "the exclusion of {what} changes nothing: it holds no remainder and no positive row",
                what=solution.excluded[place].text,
            )
        )
    if withheld := solution.ground.withheld:
        pieces = [term_text(solution.truth_table.conditions, cube) for cube in withheld[:5]]
        found.append(
            Caveat.of(
                "withheld",
                "of the remainders to be included {what} is excluded too, and stays excluded",
                what=" + ".join(pieces) + (" + …" if len(withheld) > 5 else ""),
            )
        )
    if solution.included and solution.ground.included is None:
        found.append(Caveat.of("idle", "no remainder is left of what was to be included"))
    if solution.kind == "conservative" and solution.expected:
        found.append(
            Caveat.of(
                "unused-expectations",
                "expectations play no part in a conservative solution: it assumes nothing about remainders",
            )
        )
    if solution.kind == "intermediate" and not solution.expected:
        found.append(
            Caveat.of(
                "no-expectations",
                "without directional expectations no counterfactual is easy: this is the conservative solution",
            )
        )
    dominated = sum(pairing.chart.dominated for pairing in solution.pairings)
    if solution.choices.row_dominance:
        found.append(
            Caveat.of(
                "row-dominance",
                "row dominance left out {n} prime implicants; models that need them are not shown",
                n=dominated,
            )
        )
    return found


def _contradictory(solution: Solution) -> list[Caveat]:
    n = len(solution.truth_table.contradictory)
    if not n:
        return []
    told = {
        "negative": "rows marked C ({n}) count as negative",
        "remainder": "rows marked C ({n}) may be assumed like remainders, although they were observed",
    }
    return [Caveat.of("contradictory-rows", told[solution.choices.contradictions], n=n)]


def _weak(solution: Solution) -> list[Caveat]:
    cutoff = solution.truth_table.cutoffs.consistency
    weak = dict.fromkeys(
        (term.expression, round(term.consistency, 3))
        for model in solution.models[:10]
        for term in model.terms
        if term.consistency < cutoff - TOLERANCE
    )
    return [
        Caveat.of(
            "below-cutoff",
            "the term {term} has consistency {consistency}, below the cut-off of the rows ({cutoff})",
            term=term,
            consistency=f"{consistency:.3f}",
            cutoff=f"{cutoff:g}",
        )
        for term, consistency in weak
    ]
