"""Claims that are true, or false, by their form: whatever levels the cells had, they would say the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod

import numpy as np

from concausa.audit.claims.cells import in_set
from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.degrees import has_degrees
from concausa.audit.claims.proposition import Chosen, Proposition
from concausa.audit.claims.relations import implied
from concausa.audit.claims.truth import FALSE
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.mentions import mentions
from concausa.audit.findings.supposed import supposed
from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.map_readings import own_map
from concausa.audit.worlds.worlds import Worlds
from concausa.expr.boolean import conditions_of, parse
from concausa.theory.claim import Claim

#: Most combinations of levels that are looked at.
MOST = 1 << 16

#: A case that no study has.
ANY = "any case"

_NECESSARY = ("necessary", "disjunction")
_SUFFICIENT = ("sufficient", "jointly sufficient", "typology")


def by_form(worlds: Worlds, claim: Claim) -> Verdict | None:
    """``SUPPORTED`` if no levels could contradict a claim, ``CONTRADICTED`` if none could support it; else None.

    A law about sets is asked of one case with every combination of levels; a sentence about named cells of
    every combination of theirs. Dates and numbers stay as they are. None also where fuzzy tests could
    tell otherwise, where levels of whole groups are compared, and where there are more than ``MOST``
    combinations.
    """
    if claim.states:
        return _of_sentence(worlds, claim)
    if not (claim.when and claim.outcome):
        return None
    when, outcome, under = parse(claim.when), parse(claim.outcome), parse(claim.under or "1")
    if has_degrees(when) and any(kind == "fuzzy" for kind, _ in worlds.tests):
        return None
    names = tuple(dict.fromkeys(name for part in (when, outcome, under) for name in conditions_of(part)))
    then = _any_levels(worlds, [(ANY, name) for name in names])
    if then is None:
        return None
    inside, claimed, judged = (in_set(then, ANY, part) for part in (when, outcome, under))
    if claim.kind in _NECESSARY:
        return None if _may_fail(implied((judged, claimed), inside)) else Verdict.SUPPORTED
    if claim.kind in _SUFFICIENT:
        return None if _may_fail(implied((judged, inside), claimed)) else Verdict.SUPPORTED
    if claim.kind == "individually insufficient":
        return None if _may_fail(implied((judged, inside), claimed)) else Verdict.CONTRADICTED
    return None


def _of_sentence(worlds: Worlds, claim: Claim) -> Verdict | None:
    said = mentions(worlds.study, claim)
    if not said.cells or said.conditions:
        return None
    then = _any_levels(worlds, said.cells)
    if then is None:
        return None
    test = claim_test(then, claim)
    if prod(test.sizes) > MOST:
        return None
    options = {choice: np.arange(size) for choice, size in zip(test.choices, test.sizes, strict=True)}
    found = {Verdict(int(value)) for value in np.unique(test.combined(options))} - {Verdict.CROSSOVER}
    (only,) = found if len(found) == 1 else (None,)
    return only if only is not None and only.testable else None


def _any_levels(worlds: Worlds, cells: Sequence[tuple[str, str]]) -> Worlds | None:
    """The worlds that suppose any level in each of some cells; None if there are too many combinations."""
    scales = {cell: _states(worlds, cell[1]) for cell in cells}
    if prod(map(len, scales.values())) > MOST:
        return None
    return reduce(lambda then, cell: supposed(then, {cell: scales[cell]}), scales, worlds)


def _states(worlds: Worlds, condition: str) -> list[State]:
    row = worlds.study.row("conditions", condition)
    meant = own_map(worlds.study, row)
    return [State(level, meant.get(level)) for level in row.levels]


def _may_fail(law: Proposition) -> bool:
    """Whether a law fails for some levels."""
    if isinstance(law, int):
        return law == FALSE
    return bool((law.truths(Chosen.all_of(law.choices, law.sizes)) == FALSE).any())
