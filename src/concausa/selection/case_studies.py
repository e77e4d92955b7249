"""Case studies after an analysis of sufficiency: which cases to study alone, which to compare, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Never

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.core.table import Table
from concausa.selection.best_cases import (
    BestCase,
    deviant_in_consistency,
    deviant_in_coverage,
    irrelevant_cases,
    typical_by_conjunct,
    typical_cases,
)
from concausa.selection.best_pairs import (
    deviant_with_irrelevant,
    typical_with_deviant,
    typical_with_irrelevant,
    typical_with_typical,
    unranked,
)
from concausa.selection.pair_group import DESIGNS, SCOPES, Design, PairGroup, Scope
from concausa.selection.set_types import SET_TYPES, SetType
from concausa.selection.sufficient_terms import SufficientTerms
from concausa.sets.membership import CROSSOVER, TOLERANCE

#: Below this number of cases a rank says little.
FEW = 10


@dataclass(frozen=True, slots=True, eq=False)
class CaseStudies:
    """Candidates for single and for comparative case studies.

    Parameters
    ----------
    ground : SufficientTerms
    scope : str
        Which pairs were formed: ``all``, ``within`` or ``across`` clusters.
    singles : tuple of BestCase
        Kind by kind, term by term, conjunct by conjunct; in each the best first.
    pairs : tuple of PairGroup
    crossovers : tuple of (str, str)
        Cases exactly on the crossover, and of what: of no type there.
    caveats : tuple of Caveat
    """

    ground: SufficientTerms
    scope: Scope
    singles: tuple[BestCase, ...]
    pairs: tuple[PairGroup, ...]
    crossovers: tuple[tuple[str, str], ...]
    caveats: tuple[Caveat, ...]

    def of(self, kind: SetType, term: str = "", focal: str = "") -> tuple[BestCase, ...]:
        """The candidates of a kind; of a term, where one is named; with a conjunct in focus, where one is named.

        UnknownNameError, with the nearest, for a kind, term or conjunct that there is not.
        """
        _known("case type", kind, SET_TYPES)
        self._named(term, focal)
        return tuple(
            one for one in self.singles if one.kind == kind and term in ("", one.term) and one.focal == focal
        )

    def design(self, design: Design, term: str = "", focal: str = "") -> tuple[PairGroup, ...]:
        """The groups of pairs of a design; of a term and conjunct, where they are named; else as `of`."""
        _known("design", design, DESIGNS)
        self._named(term, focal)
        return tuple(
            one
            for one in self.pairs
            if one.design == design and term in ("", one.term) and focal in ("", one.focal)
        )

    def _named(self, term: str, focal: str) -> None:
        terms = self.ground.terms
        if term:
            _known("term", term, [one.expression for one in terms])
        if focal:
            asked = [one for one in terms if term in ("", one.expression)]
            _known("conjunct", focal, list(dict.fromkeys(name for one in asked for name in one.conjuncts)))

    def table(self) -> Table:
        """Every candidate for a single case study, as printed in a journal."""
        from concausa.selection.case_studies_view import singles_table

        return singles_table(self)

    def pairs_table(self) -> Table:
        """The best pairs of every design."""
        from concausa.selection.case_studies_view import pairs_table

        return pairs_table(self)

    def memo(self, width: int = 80) -> str:
        """The best of every kind and design as text."""
        from concausa.selection.case_studies_view import memo

        return memo(self, width)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "outcome": self.ground.outcome_name,
            "cases": len(self.ground.cases),
            "terms": [term.expression for term in self.ground.terms],
            "scope": self.scope,
            "singles": [one.data() for one in self.singles],
            "pairs": [group.data() for group in self.pairs],
            "crossovers": [{"case": case, "of": of} for case, of in self.crossovers],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that the choice rests on."""
        from concausa.selection.case_studies_view import SOURCES

        return SOURCES

    def __repr__(self) -> str:
        pairs = sum(group.n for group in self.pairs)
        told = f"{len(self.ground.cases)} cases, {len(self.ground.terms)} terms, {pairs:,} pairs"
        return f"<CaseStudies for {self.ground.outcome_name}: {told}>"

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _known(word: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        near = nearest(name, names)
        raise UnknownNameError(
            f"there is no {word} {name!r}",
            where=", ".join(names) or "none",
            fix=f"did you mean {near!r}?" if near else "name one of these",
        )


def case_studies(
    found: SufficientTerms, *, scope: Scope = "all", top: int = 5, **unknown: Never
) -> CaseStudies:
    """Rank cases, and pairs of cases, for study after an analysis of sufficiency.

    Parameters
    ----------
    found : SufficientTerms
        The terms of one model; see :func:`concausa.selection.sufficient_terms.sufficient_terms`.
    scope : str
        ``all`` pairs; pairs ``within`` a cluster, ranked cluster by cluster; or only pairs ``across`` clusters.
    top : int, at least 1
        Most pairs of a group that are listed; all are counted.

    Returns
    -------
    CaseStudies
        The formulas stand in :mod:`concausa.selection.best_cases` and :mod:`concausa.selection.best_pairs`.

    Raises
    ------
    OptionError
        If an option cannot be accepted, or clusters are asked for where none are given.

    Examples
    --------
    >>> from concausa.selection.sufficient_terms import sufficient_terms
    >>> terms = sufficient_terms({"A*B": {"A": [1, 0.6, 0.2], "B": [0.9, 0.7, 0.8]}}, [1, 0.9, 0.1],
    ...                          cases=["p", "q", "r"])
    >>> found = case_studies(terms)
    >>> [one.case for one in found.of("typical", "A*B")]
    ['p', 'q']
    >>> (group,) = found.design("typical with irrelevant", "A*B", "A")
    >>> [(pair.first, pair.second, pair.rank) for pair in group.pairs]
    [('q', 'r', 1), ('p', 'r', 2)]
    """
    refuse_misspelt(unknown, case_studies)
    _check(found, scope, top)
    singles: list[BestCase] = []
    pairs: list[PairGroup] = []
    terms = range(len(found.terms))
    for term in terms:
        singles += typical_cases(found, term)
    for term in terms:
        for focal in range(len(found.terms[term].conjuncts)):
            singles += typical_by_conjunct(found, term, focal)
            pairs += typical_with_typical(found, term, focal, scope=scope, top=top)
            pairs += typical_with_irrelevant(found, term, focal, scope=scope, top=top)
    for term in terms:
        singles += deviant_in_consistency(found, term)
        pairs += typical_with_deviant(found, term, scope=scope, top=top)
    for term in terms:
        singles += deviant_in_consistency(found, term, in_degree=True)
    singles += deviant_in_coverage(found)
    singles += irrelevant_cases(found)
    pairs += deviant_with_irrelevant(found, scope=scope, top=top)
    pairs.sort(key=lambda group: DESIGNS.index(group.design))
    crossovers = _crossovers(found)
    caveats = _caveats(found, singles, pairs, crossovers)
    return CaseStudies(found, scope, tuple(singles), tuple(pairs), crossovers, caveats)


def _check(found: SufficientTerms, scope: str, top: object) -> None:
    if scope not in SCOPES:
        near = nearest(scope, SCOPES)
        raise OptionError(
            f"scope cannot be {scope!r}",
            where=f"scope: {', '.join(SCOPES)}",
            fix=f'did you mean "{near}"?' if near else "use one of these",
        )
    if scope != "all" and not found.clusters:
        raise OptionError(
            f"pairs {scope} clusters need clusters",
            where=f"scope={scope!r}",
            fix="give the cluster of each case: clusters=[…]",
        )
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise OptionError(
            "top is how many pairs of a group are listed, 1 or more",
            where=f"top={top!r}",
            fix="pairs beyond it are still counted",
        )


def _crossovers(found: SufficientTerms) -> tuple[tuple[str, str], ...]:
    columns = [(found.outcome_name, found.outcome)]
    columns += [(term.expression, term.membership) for term in found.terms]
    return tuple(
        (found.cases[place], name)
        for name, column in columns
        for place in np.flatnonzero(np.abs(column - CROSSOVER) <= TOLERANCE).tolist()
    )


def _caveats(
    found: SufficientTerms,
    singles: Sequence[BestCase],
    pairs: Sequence[PairGroup],
    crossovers: Sequence[tuple[str, str]],
) -> tuple[Caveat, ...]:
    told: list[Caveat] = []
    if len(found.cases) < FEW:
        told.append(
            Caveat.of(
                "few-cases",
                "with {n} cases a rank often tells apart cases that one coding could swap: choose by what is "
                "known of the cases, not by decimals",
                n=len(found.cases),
            )
        )
    if crossovers:
        listed = "; ".join(f"{case} ({of})" for case, of in crossovers)
        told.append(
            Caveat.of("crossover", "exactly on a crossover, and so of no type there: {cases}", cases=listed)
        )
    for place, term in enumerate(found.terms):
        if not any(one.kind == "typical" and one.term == term.expression for one in singles):
            told.append(
                Caveat.of(
                    "no-typical",
                    "no case is typical of {term}: no mechanism can be traced",
                    term=term.expression,
                )
            )
        for focal, name in enumerate(term.conjuncts):
            if cases := unranked(found, place, focal):
                told.append(
                    Caveat.of(
                        "unranked",
                        "{cases}: on the crossover of {conjunct} or of the rest of {term}, and not compared there",
                        cases=", ".join(cases),
                        conjunct=name,
                        term=term.expression,
                    )
                )
    ties = [group for group in pairs if group.tied > 1]
    if ties:
        told.append(
            Caveat.of(
                "tied-pairs",
                "{n} of {all} comparisons have several pairs that are equally good; none of them is the best",
                n=len(ties),
                all=sum(group.n > 0 for group in pairs),
            )
        )
    rowless = [
        one.case for one in singles if one.kind in ("deviant in coverage", "irrelevant") and not one.row
    ]
    if rowless:
        told.append(
            Caveat.of(
                "no-row",
                "in no truth-table row, for they lie on the crossover of a condition: {cases}",
                cases=", ".join(rowless),
            )
        )
    return tuple(told)
