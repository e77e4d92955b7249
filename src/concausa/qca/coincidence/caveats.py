"""What a reader must know before trusting a coincidence analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.core.nearest import some
from concausa.qca.coincidence.search import constant

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence

#: Kinds of caveats that stand on top of a printed analysis.
LOUD = ("inexact", "too-wide", "no-model", "no-join", "ambiguous")
#: Fewer cases than this are a handful.
HANDFUL = 10
#: A threshold below this is lenient.
LENIENT = 0.75


def caveats_of(found: Coincidence) -> tuple[Caveat, ...]:
    """Every caveat of an analysis, the gravest first."""
    return (
        *_search(found),
        *_ambiguous(found),
        *_unexplained(found),
        *_diversity(found),
        *_data(found),
        *_thresholds(found),
    )


def _search(found: Coincidence) -> list[Caveat]:
    told = []
    cut = [one.outcome for one in found.outcomes if not one.complete]
    if cut:
        told.append(
            Caveat.of(
                "inexact",
                "the search for formulas met its bound for {outcomes}: there may be more than are listed",
                outcomes=", ".join(cut),
            )
        )
    if found.models_found.too_wide:
        told.append(
            Caveat.of(
                "too-wide",
                "{factors} factors allow too many configurations for models of several outcomes to be put together;"
                " only atomic formulas are given",
                factors=len(found.table.factors),
            )
        )
    if not found.models_found.complete and not found.models_found.too_wide:
        told.append(
            Caveat.of(
                "inexact",
                "the search for models met its bound; atomic formulas can be put together in {ways} ways, and the"
                " number of models is a lower bound",
                ways=f"{found.models_found.ways:,}",
            )
        )
    longer = [one.outcome for one in found.outcomes if one.found.longer]
    if longer:
        told.append(
            Caveat.of(
                "bounded",
                "conditions of more than {n} literals were not tried; longer ones may suffice for {outcomes}",
                n=found.options.max_literals,
                outcomes=", ".join(longer),
            )
        )
    return told


def _ambiguous(found: Coincidence) -> list[Caveat]:
    if found.n_models < 2:
        return []
    several = [f"{one.outcome} {len(one.formulas)}" for one in found.outcomes if len(one.formulas) > 1]
    told = [
        Caveat.of(
            "ambiguous",
            "{bound}{n} models fit the data equally well by these thresholds; the data cannot tell them apart",
            bound="" if found.exact else "at least ",
            n=f"{found.n_models:,}",
        )
    ]
    if several and len(found.outcomes) > 1:
        told.append(
            Caveat.of(
                "ambiguous-outcomes",
                "atomic formulas of one outcome that fit equally well: {outcomes}",
                outcomes=", ".join(several),
            )
        )
    if found.n_classes == 1:
        told.append(
            Caveat.of(
                "equivalent",
                "all models are logically equivalent: no further data of these factors could decide among them, only"
                " an order of the factors or an intervention",
            )
        )
    elif found.n_classes < found.n_models:
        told.append(
            Caveat.of(
                "equivalent",
                "the models fall into {n} classes of logically equivalent ones: no further data of these factors could"
                " decide within a class, only an order of the factors or an intervention",
                n=f"{found.n_classes:,}",
            )
        )
    return told


def _unexplained(found: Coincidence) -> list[Caveat]:
    bare = [one.outcome for one in found.outcomes if not one.formulas]
    told = []
    if bare and len(bare) == len(found.outcomes):
        told.append(
            Caveat.of(
                "no-model", "no outcome has an atomic formula that reaches the thresholds: there is no model"
            )
        )
    elif not found.n_models and found.models_found.redundant and found.exact:
        told.append(
            Caveat.of(
                "no-join",
                "there are formulas, but no model joins one for each outcome: wherever they are joined a part makes no"
                " difference; take fewer outcomes, or other thresholds",
            )
        )
    if bare and len(bare) < len(found.outcomes):
        told.append(
            Caveat.of(
                "unexplained",
                "no atomic formula reaches the thresholds for {outcomes}; nothing follows for what brings them about",
                outcomes=", ".join(bare),
            )
        )
    if n := sum(one.found.reducible for one in found.outcomes):
        told.append(
            Caveat.of(
                "reducible",
                "{n} disjunctions that reach the thresholds are left out: by logic alone they could be shorter",
                n=f"{n:,}",
            )
        )
    if n := found.models_found.redundant:
        told.append(
            Caveat.of(
                "redundant",
                "{n} joins of atomic formulas are left out: a part of them makes no difference, given the rest",
                n=f"{n:,}",
            )
        )
    return told


def _diversity(found: Coincidence) -> list[Caveat]:
    table = found.table
    told = []
    if table.n < HANDFUL:
        told.append(
            Caveat.of(
                "few-cases",
                "with {n} cases a measure changes by leaps, and one case more or less can change every formula",
                n=table.n,
            )
        )
    if 2 * table.observed < table.possible:
        told.append(
            Caveat.of(
                "diversity",
                "the cases have {n} of {possible} possible configurations: formulas rest on what was seen, and"
                " the fewer were seen, the shorter and the more numerous they are",
                n=f"{table.observed:,}",
                possible=f"{table.possible:,}",
            )
        )
    return told


def _data(found: Coincidence) -> list[Caveat]:
    told = []
    if still := constant(found.table):
        told.append(
            Caveat.of(
                "constant",
                "{factors} never changes in these cases, so that it can be neither a cause nor an effect",
                factors=", ".join(still),
            )
        )
    if found.table.rare:
        told.append(
            Caveat.of(
                "rare",
                "left out, because too few cases have their configuration: {cases}",
                cases=some(found.table.rare),
            )
        )
    if ties := found.table.ties:
        told.append(
            Caveat.of(
                "tie",
                "on the crossover, and so on neither side: {cases}; a conjunction counts as seen if a case reaches it",
                cases=some([f"{case} ({factor})" for case, factor in ties], 5),
            )
        )
    for one in found.outcomes:
        share = float(found.table.membership(*one.effect) @ found.table.counts) / found.table.counts.sum()
        if share >= found.options.of_conditions and found.options.measures.numbers[0] == 0:
            told.append(
                Caveat.of(
                    "prevalent",
                    "{share} of the cases are in {outcome}: nearly any condition is then consistent; the"
                    " prevalence-adjusted consistency takes this out",
                    share=f"{share:.0%}",
                    outcome=one.outcome,
                )
            )
    return told


def _thresholds(found: Coincidence) -> list[Caveat]:
    low = min(found.options.consistency, found.options.of_conditions, found.options.coverage)
    if low >= LENIENT:
        return []
    return [
        Caveat.of(
            "lenient",
            "a threshold of {value} lies below {lenient}, which is usually the least",
            value=f"{low:g}",
            lenient=f"{LENIENT:g}",
        )
    ]
