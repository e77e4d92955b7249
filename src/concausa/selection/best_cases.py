"""The best single cases after an analysis of sufficiency: typical, deviant and irrelevant ones, ranked.

Smaller values of a formula are better throughout. Y is the outcome, S the sufficient term, FC the focal
conjunct, CC the least of the others, TT the truth-table row of a case.

=======================  ==========================================  =================================
typical                  ``(Y - S) + (1 - S)``                       small corridor for the mechanism,
                                                                     large membership
typical, by conjunct     ``|Y - FC| + (1 - S)``; rank 1 if           the corridor lies between FC and
                         ``FC <= CC``, else 2                        Y; rank 1: FC decides membership
deviant in consistency   ``[1 - (S - Y)] + (1 - S)``                 far from the diagonal, large
                                                                     membership
deviant in coverage      ``|Y - TT| + (1 - TT)``, row by row         as for typical cases, in the row
irrelevant               none: no use for single case studies        listed by row
=======================  ==========================================  =================================

The formulas are those printed by Oana & Schneider [1]_ (equations 1 to 3 and their output) after a manuscript
that became Schneider & Rohlfing [2]_; case types are those of [3]_. For a focal conjunct the text of [1]_
prints S where its output measures the corridor from FC; in rank 1 both are the same. The absolute value
matters only where FC exceeds the outcome, of which [1]_ prints no case.

Cases are ordered as [1]_ says that a reader should look: uniquely covered ones first, then by rank, then by
value; ties share their place. Formulas for cases after an analysis of necessity [4]_ were not at hand and are
left out.

References
----------
.. [1] Oana & Schneider (2018), *The R Journal* 10(1), 507-533. https://doi.org/10.32614/RJ-2018-031
.. [2] Schneider & Rohlfing (2019), *Swiss Political Science Review*. https://doi.org/10.1111/spsr.12382
.. [3] Schneider & Rohlfing (2013), *Sociological Methods & Research* 42(4), 559-597.
   https://doi.org/10.1177/0049124113481341
.. [4] Rohlfing & Schneider (2013), *Political Research Quarterly* 66(1), 220-235.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from concausa.selection.set_types import SetType
from concausa.selection.sufficient_terms import Flags, Floats, SufficientTerms, inside, outside
from concausa.sets.membership import TOLERANCE

#: Digits after which two values of a formula count as tied.
DIGITS = 9


@dataclass(frozen=True, slots=True)
class BestCase:
    """A case as a candidate for a single case study.

    Parameters
    ----------
    case : str
    kind : str
        One of ``SET_TYPES``.
    term : str
        The sufficient term; empty for deviance in coverage and irrelevance, which are asked of the model.
    focal : str
        The focal conjunct; empty where the term is taken as a whole.
    row : str
        The truth-table row of the case; empty where it plays no part, or the case has none.
    unique : bool or None
        Whether no other term covers the case; None where this is not asked.
    rank : int or None
        1 if the focal conjunct decides membership in the term, 2 if not.
    value : float or None
        Of the formula, smaller is better; None where there is none.
    place : int or None
        Among the candidates of the same kind, term, conjunct and row; ties share it. None without a formula.
    tied : int
        How many candidates share the place.
    memberships : tuple of (str, float)
        In ``focal conjunct``, ``complementary conjuncts``, ``term``, ``row``, ``solution``, ``outcome``, those
        that count.
    cluster : str
    place_in_cluster : int or None
    """

    case: str
    kind: SetType
    term: str
    focal: str
    row: str
    unique: bool | None
    rank: int | None
    value: float | None
    place: int | None
    tied: int
    memberships: tuple[tuple[str, float], ...]
    cluster: str = ""
    place_in_cluster: int | None = None

    @property
    def best(self) -> bool:
        """Whether none is better."""
        return self.place == 1

    def membership(self, name: str) -> float | None:
        """The membership of that name; None where it does not count."""
        return dict(self.memberships).get(name)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "case": self.case,
            "kind": self.kind,
            "term": self.term or None,
            "focal_conjunct": self.focal or None,
            "row": self.row or None,
            "uniquely_covered": self.unique,
            "rank": self.rank,
            "value": self.value,
            "place": self.place,
            "tied": self.tied,
            "memberships": dict(self.memberships),
            "cluster": self.cluster or None,
            "place_in_cluster": self.place_in_cluster,
        }


@dataclass(frozen=True, slots=True)
class _Group:
    """Candidates that are ranked together."""

    kind: SetType
    chosen: Flags
    shown: tuple[tuple[str, Floats], ...]
    term: str = ""
    focal: str = ""
    rows: bool = False
    value: Floats | None = None
    rank: Floats | None = None
    unique: Flags | None = None


def typical_cases(found: SufficientTerms, term: int) -> tuple[BestCase, ...]:
    """Members of a term and of the outcome, with no more membership in the term; the best first.

    Examples
    --------
    >>> from concausa.selection.sufficient_terms import sufficient_terms
    >>> two = sufficient_terms({"A": {"A": [0.6, 0.9]}}, [0.7, 0.9], cases=["p", "q"])
    >>> [(one.case, round(one.value, 2)) for one in typical_cases(two, 0)]
    [('q', 0.1), ('p', 0.5)]
    """
    s, y = found.terms[term].membership, found.outcome
    group = _Group(
        "typical",
        typical(found, term),
        (("term", s), ("outcome", y)),
        term=found.terms[term].expression,
        value=(y - s) + (1.0 - s),
        unique=unique(found, term),
    )
    return tuple(_ranked(found, group))


def typical_by_conjunct(found: SufficientTerms, term: int, focal: int) -> tuple[BestCase, ...]:
    """The typical cases of a term with one of its conjuncts in focus; the best first."""
    one, y = found.terms[term], found.outcome
    fc, cc, s = one.parts[:, focal], one.complementary(focal), one.membership
    group = _Group(
        "typical",
        typical(found, term),
        (("focal conjunct", fc), ("complementary conjuncts", cc), ("term", s), ("outcome", y)),
        term=one.expression,
        focal=one.conjuncts[focal],
        value=np.abs(y - fc) + (1.0 - s),
        rank=np.where(decides(fc, cc), 1.0, 2.0),
        unique=unique(found, term),
    )
    return tuple(_ranked(found, group))


def deviant_in_consistency(
    found: SufficientTerms, term: int, *, in_degree: bool = False
) -> tuple[BestCase, ...]:
    """Members of a term that are out of the outcome; the greatest puzzle first.

    With *in_degree* instead those that are in the outcome, but less than in the term; the literature advises
    against their study as long as there are cases of the other kind.
    """
    s, y = found.terms[term].membership, found.outcome
    chosen = inside(s) & (inside(y) & (s > y + TOLERANCE) if in_degree else outside(y))
    group = _Group(
        "deviant in degree" if in_degree else "deviant in consistency",
        chosen,
        (("term", s), ("outcome", y)),
        term=found.terms[term].expression,
        value=(1.0 - (s - y)) + (1.0 - s),
    )
    return tuple(_ranked(found, group))


def deviant_in_coverage(found: SufficientTerms) -> tuple[BestCase, ...]:
    """Members of the outcome that no term covers, row by row; in each the best first.

    A case on the crossover of a condition has no row and no value; it comes last.
    """
    tt, y = found.row_memberships, found.outcome
    group = _Group(
        "deviant in coverage",
        uncovered(found) & inside(y),
        (("row", tt), ("solution", found.solution), ("outcome", y)),
        rows=True,
        value=np.abs(y - tt) + (1.0 - tt),
    )
    return tuple(_ranked(found, group))


def irrelevant_cases(found: SufficientTerms) -> tuple[BestCase, ...]:
    """Cases out of the outcome that no term covers, row by row; not ranked."""
    shown = (("row", found.row_memberships), ("solution", found.solution), ("outcome", found.outcome))
    group = _Group("irrelevant", uncovered(found) & outside(found.outcome), shown, rows=True)
    return tuple(_ranked(found, group))


def typical(found: SufficientTerms, term: int) -> Flags:
    """Which cases are typical of a term."""
    s, y = found.terms[term].membership, found.outcome
    return inside(s) & inside(y) & (s <= y + TOLERANCE)


def unique(found: SufficientTerms, term: int) -> Flags:
    """Which cases no other term covers."""
    return np.asarray(~inside(np.delete(found.memberships, term, axis=1)).any(axis=1))


def uncovered(found: SufficientTerms) -> Flags:
    """Which cases are out of every term; one on a crossover is not."""
    return np.asarray(outside(found.memberships).all(axis=1))


def decides(fc: Floats, cc: Floats) -> Flags:
    """Where the focal conjunct is the one that defines membership in the term."""
    return fc <= cc + TOLERANCE


def places(keys: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """For candidates in their order the place of each, shared by those with the same key, and how many share it.

    Examples
    --------
    >>> places([(1, 0.2), (1, 0.2), (2, 0.1)])
    [(1, 2), (1, 2), (3, 1)]
    """
    listed = [tuple(round(part, DIGITS) for part in key) for key in keys]
    return [(listed.index(key) + 1, listed.count(key)) for key in listed]


def _ranked(found: SufficientTerms, group: _Group) -> Iterator[BestCase]:
    candidates = np.flatnonzero(group.chosen).tolist()
    by_row: dict[str, list[int]] = {}
    for case in candidates:
        by_row.setdefault(found.rows[case] if group.rows else "", []).append(case)
    for row in sorted(by_row, key=lambda name: (name == "", name)) if group.rows else by_row:
        valued = group.value is not None and not (group.rows and row == "")
        keys = {case: _key(group, case) if valued else (0.0,) for case in by_row[row]}
        order = sorted(keys, key=lambda case: tuple(round(part, DIGITS) for part in keys[case]))
        placed = dict(zip(order, places([keys[case] for case in order]), strict=True))
        own: dict[int, int] = {}
        for cluster in dict.fromkeys(map(found.cluster, order)) if found.clusters and valued else ():
            within = [case for case in order if found.cluster(case) == cluster]
            own |= {
                case: place
                for case, (place, _) in zip(within, places([keys[case] for case in within]), strict=True)
            }
        for case in order:
            place, tied = placed[case]
            yield BestCase(
                found.cases[case],
                group.kind,
                group.term,
                group.focal,
                row,
                None if group.unique is None else bool(group.unique[case]),
                None if group.rank is None else int(group.rank[case]),
                float(group.value[case]) if valued and group.value is not None else None,
                place if valued else None,
                tied if valued else 1,
                tuple(
                    (name, float(column[case]))
                    for name, column in group.shown
                    if column[case] == column[case]
                ),
                found.cluster(case),
                own.get(case),
            )


def _key(group: _Group, case: int) -> tuple[float, ...]:
    first = 0.0 if group.unique is None or group.unique[case] else 1.0
    rank = 0.0 if group.rank is None else float(group.rank[case])
    return first, rank, float(group.value[case]) if group.value is not None else 0.0
