"""Which rows of the property space the cases fill, reading by reading, and what that leaves untested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from concausa.audit.configurations import Analysis, Configurations, Corner, Row, Setting
from concausa.expr.boolean import And, Comparison, Name, Not, parse
from concausa.study.study import Study
from concausa.theory.claim import Claim

#: Most conditions whose unfilled rows are listed.
LISTED = 6

#: Kinds of claims that ask for one row of the truth table.
TESTABLE = ("necessary", "individually insufficient", "sufficient", "jointly sufficient")

Verdict = Literal["not observed", "for", "against", "mixed"]


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which the cases fill the rows.

    Parameters
    ----------
    settings : tuple of Setting
        Those that place the cases so.
    cases : tuple of str
    corners : tuple of Corner
        The row of each case; None for a case on a crossover, which belongs to no row.
    """

    settings: tuple[Setting, ...]
    cases: tuple[str, ...]
    corners: tuple[Corner, ...]

    @property
    def rows(self) -> Mapping[Row, tuple[str, ...]]:
        """The rows that have cases, with them."""
        found: dict[Row, list[str]] = {}
        for case, corner in zip(self.cases, self.corners, strict=True):
            if corner is not None:
                found.setdefault(corner, []).append(case)
        return {row: tuple(found[row]) for row in sorted(found, reverse=True)}

    @property
    def tied(self) -> tuple[str, ...]:
        """Cases that belong to no row."""
        return tuple(case for case, corner in zip(self.cases, self.corners, strict=True) if corner is None)

    def unobserved(self, conditions: int) -> tuple[Row, ...]:
        """The rows that no case fills, those with most conditions present first; none if they are too many."""
        if conditions > LISTED:
            return ()
        rows = [row for row in product((1, 0), repeat=conditions) if row not in self.rows]
        return tuple(sorted(rows, key=lambda row: -sum(row)))


@dataclass(frozen=True, slots=True)
class Together:
    """Two columns that the cases cannot tell apart.

    Parameters
    ----------
    one, other : str
        A condition, and another condition or the outcome.
    opposite : bool
        Whether one is always where the other is not.
    """

    one: str
    other: str
    opposite: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """The row that would test a claim, and what the cases in it say.

    Parameters
    ----------
    claim : Claim
    conditions : tuple of str
        Those that the claim, or this part of it, speaks of.
    row : tuple of int
        One value a condition.
    outcome : bool
        Whether the claim says that a case in this row has the outcome.
    """

    claim: Claim
    conditions: tuple[str, ...]
    row: Row
    outcome: bool

    def verdict(self, layout: Layout, members: Sequence[str]) -> Verdict:
        """What a layout says, given the cases with the outcome."""
        found = {case in members for case in layout.rows.get(self.row, ())}
        if not found:
            return "not observed"
        if len(found) > 1:
            return "mixed"
        return "for" if found == {self.outcome} else "against"


def layouts(found: Configurations) -> tuple[Layout, ...]:
    """Every way in which the cases fill the rows, in the order of the analyses."""
    grouped: dict[tuple[Corner, ...], list[Setting]] = {}
    for analysis in found.analyses:
        grouped.setdefault(analysis.corners, []).extend(analysis.settings)
    cases = tuple(case.id for case in found.frame.cases)
    return tuple(Layout(tuple(settings), cases, corners) for corners, settings in grouped.items())


def constant(layout: Layout, conditions: Sequence[str]) -> tuple[str, ...]:
    """Conditions on whose one side every case lies."""
    sides = [corner for corner in layout.corners if corner is not None]
    return tuple(
        name for place, name in enumerate(conditions) if sides and len({side[place] for side in sides}) == 1
    )


def together(analysis: Analysis, outcome: str) -> tuple[Together, ...]:
    """Conditions that vary, yet always together with another or with the outcome; cases on a line aside."""
    placed = [
        (corner, case in analysis.members)
        for case, corner in zip(analysis.cases, analysis.corners, strict=True)
        if corner is not None
    ]
    columns = {
        name: tuple(corner[place] for corner, _ in placed) for place, name in enumerate(analysis.conditions)
    }
    columns[outcome] = tuple(int(member) for _, member in placed)
    varying = {name: column for name, column in columns.items() if len(set(column)) > 1}
    return tuple(
        Together(one, other, varying[one] != varying[other])
        for one, other in combinations(varying, 2)
        if varying[one] == varying[other] or varying[one] == tuple(1 - side for side in varying[other])
    )


def wanted(study: Study, found: Configurations) -> tuple[Wanted, ...]:
    """For each claim about necessity or sufficiency, made of all analysed cases, the rows that would test it.

    Necessity is tested by the row in which that condition alone is missing: a case there with the outcome
    speaks against the claim, one without it for it. That a condition alone is insufficient is tested by
    the row in which it alone is present; sufficiency, by the row in which what is claimed is present and
    the rest is missing. Present means on the side that theory expects to help, or else in the condition. A
    claim of necessity or insufficiency that names several conditions is held to be made of each. A claim
    whose formal statement says something else (of some cases only, of other conditions, of less than the
    highest level of the outcome) asks for other rows than these, and is left out.
    """
    names = found.frame.conditions
    cases = {case.id for case in found.frame.cases}
    helps = tuple(1 if row.value is None else row.value for row in found.expected)
    rows = []
    for claim in study.claims:
        own = [name for name in names if name in claim.conditions]
        general = not claim.cases or cases <= set(claim.cases)
        if claim.kind not in TESTABLE or not own or not general or not _plain(study, claim, own):
            continue
        joint = claim.kind in ("sufficient", "jointly sufficient")
        for part in [own] if joint else [[name] for name in own]:
            present = [(name in part) != (claim.kind == "necessary") for name in names]
            row = tuple(value if there else 1 - value for value, there in zip(helps, present, strict=True))
            rows.append(Wanted(claim, tuple(part), row, joint))
    return tuple(rows)


def _plain(study: Study, claim: Claim, own: Sequence[str]) -> bool:
    """Whether the formal statement of a claim, if it has one, says no more than its kind and conditions."""
    if claim.states or claim.under or not claim.when:
        return not (claim.states or claim.under)
    tree, outcome = parse(claim.when), parse(claim.outcome)
    literals = tree.parts if isinstance(tree, And) else (tree,)
    present = {part.name for part in literals if isinstance(part, Name)}
    absent = [part for part in literals if isinstance(part, Not) and isinstance(part.part, Name)]
    top = isinstance(outcome, Name) or (
        isinstance(outcome, Comparison)
        and outcome.operator in ("=", ">=")
        and outcome.level == study.row("conditions", outcome.name).levels[-1]
    )
    return top and present == set(own) and len(present) + len(absent) == len(literals)


def one_outcome_units(found: Configurations, analysis: Analysis) -> tuple[str, ...]:
    """Units with several cases, all of which have the same outcome; empty if some unit's cases differ."""
    sides: dict[str, list[bool]] = {}
    for case in found.frame.cases:
        sides.setdefault(case.unit.id, []).append(case.id in analysis.members)
    several = {unit: side for unit, side in sides.items() if len(side) > 1}
    if any(len(set(side)) > 1 for side in several.values()):
        return ()
    return tuple(several)
