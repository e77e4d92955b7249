"""A claim made testable: its verdict in each world, and the choices on which that may turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims import proposition as p
from concausa.audit.claims import truth
from concausa.audit.claims.cells import in_sets, judged
from concausa.audit.claims.degrees import Relation, degree, has_degrees
from concausa.audit.claims.proposition import Chosen, IntArray, Proposition
from concausa.audit.claims.relations import (
    Recipe,
    Standing,
    always_with,
    inus,
    necessary,
    never_without,
    not_always,
    stands_in,
    sufficient,
)
from concausa.audit.claims.sentences import Case, says
from concausa.audit.claims.truth import unknown
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import ExpressionError, OptionError
from concausa.expr.algebra import terms
from concausa.expr.boolean import And, Expression, parse
from concausa.expr.sentence import parse_sentence
from concausa.expr.tree import conjunction
from concausa.theory.claim import EXAMPLES, FORMAL, Claim, requires

#: Worlds that are looked at together.
CHUNK = 1 << 16

_NECESSARY = ("necessary", "disjunction")
_SUFFICIENT = ("sufficient", "jointly sufficient", "typology")


@dataclass(frozen=True, slots=True, eq=False)
class ClaimTest:
    """The test of one claim, without the study: it can be sent to another process.

    Parameters
    ----------
    claim : str
        Id of the claim.
    choices : tuple of int
        Places in the space, rising, of the choices on which its verdict may turn; on no other does it.
    sizes : tuple of int
        How many options each has.
    stated : Proposition
        What it states, and what it asks of the cases.
    """

    claim: str
    choices: tuple[int, ...]
    sizes: tuple[int, ...]
    stated: Proposition

    def verdicts(self, chosen: Mapping[int, IntArray]) -> NDArray[np.int8]:
        """The verdict in each world, as the number of its `Verdict`.

        Parameters
        ----------
        chosen : mapping of int to array of int, shape (worlds,)
            The option taken of each choice, by the choice's place; choices on which the claim does not
            turn need not be there.

        Returns
        -------
        array of int8, shape (worlds,)
            A single one if nothing is chosen.

        Raises
        ------
        OptionError
            If a choice on which it turns is not there.
        """
        self._refuse_unsettled(chosen)
        count = max((len(options) for options in chosen.values()), default=1)
        found = np.empty(count, dtype=np.int8)
        for start in range(0, count, CHUNK):
            stop = min(start + CHUNK, count)
            here = Chosen({choice: chosen[choice][start:stop] for choice in self.choices})
            found[start:stop] = truth.verdicts(p.truths(self.stated, here))
        return found

    def combined(self, options: Mapping[int, IntArray]) -> NDArray[np.int8]:
        """The verdicts of every combination of some options, one axis for each choice of *choices*.

        Parts of the statement that turn on few choices are looked up once for these alone, so that a large
        table costs little more than its last step.

        Parameters
        ----------
        options : mapping of int to array of int, shape (options,)
            For each choice, by its place, the options to combine.

        Raises
        ------
        OptionError
            If a choice on which it turns is not there.
        """
        self._refuse_unsettled(options)
        axes = np.ix_(*(options[choice] for choice in self.choices))
        chosen = Chosen(dict(zip(self.choices, axes, strict=True)))
        shape = tuple(len(options[choice]) for choice in self.choices)
        return np.broadcast_to(truth.verdicts(p.truths(self.stated, chosen)), shape)

    def _refuse_unsettled(self, chosen: Mapping[int, IntArray]) -> None:
        lacking = [choice for choice in self.choices if choice not in chosen]
        if lacking:
            raise OptionError(
                f"the claim {self.claim} turns on choices that are not settled",
                where=f"choices at {', '.join(map(str, lacking))}",
                fix="give an option for each",
            )


def claim_test(worlds: Worlds, claim: Claim) -> ClaimTest:
    """The test of a claim in every world of a study.

    Raises
    ------
    OptionError
        If the claim lacks a field that its kind needs, or has one that its kind does not have.
    ExpressionError
        If an expression or sentence cannot be read, or names a level that does not exist.
    UnknownNameError
        If it names what the study does not have.
    """
    stated = p.tabulated(_stated(worlds, claim), most=p.TABULATED_WHOLE)
    if isinstance(stated, p.Table):
        stated = p.table(stated.choices, truth.told(stated.values))
    if isinstance(stated, int):
        return ClaimTest(claim.id, (), (), stated)
    return ClaimTest(claim.id, stated.choices, stated.sizes, stated)


def _stated(worlds: Worlds, claim: Claim) -> Proposition:
    _refuse_other_fields(claim)
    cases = judged(worlds, claim)
    if claim.states:
        return says(worlds, parse_sentence(claim.states), [Case(id, there) for id, there in cases])
    if not claim.when:
        return unknown(Verdict.NO_STATEMENT)
    ids = [id for id, _ in cases]
    under, when, outcome = (
        in_sets(worlds, ids, parse(text or "1")) for text in (claim.under, claim.when, claim.outcome)
    )
    compared = [there for _, there in cases]
    within = [p.all_of(pair) for pair in zip(compared, under, strict=True)]
    standing = [Standing(*one) for one in zip(within, when, outcome, strict=True)]
    if claim.kind in _NECESSARY:
        return necessary(standing, _law(worlds, claim, "necessary", ids, standing))
    if claim.kind in _SUFFICIENT:
        return sufficient(standing, _law(worlds, claim, "sufficient", ids, standing))
    if claim.kind == "individually insufficient":
        return not_always(standing)
    part = in_sets(worlds, ids, parse(claim.part))
    if claim.kind == "substitution":
        helped = [p.all_of(pair) for pair in zip(under, when, strict=True)]
        return stands_in([Standing(*one) for one in zip(compared, helped, outcome, strict=True)], part)
    recipes = [
        Recipe(in_sets(worlds, ids, term), in_sets(worlds, ids, rest), part) for term, rest in _terms(claim)
    ]
    return inus(within, outcome, recipes)


def _law(
    worlds: Worlds, claim: Claim, relation: Relation, ids: Sequence[str], standing: Sequence[Standing]
) -> Proposition:
    """The law of a relation under each option of the choice of tests."""
    when = parse(claim.when)
    crisp = (never_without if relation == "necessary" else always_with)(standing)
    degrees = [consistency if kind == "fuzzy" else None for kind, consistency in worlds.tests]
    if not has_degrees(when) or not any(degrees):
        return crisp
    cases = [(id, case.judged, case.outcome) for id, case in zip(ids, standing, strict=True)]
    outcome = parse(claim.outcome)
    laws = [crisp if c is None else degree(worlds, relation, float(c), when, outcome, cases) for c in degrees]
    return laws[0] if worlds.test is None else p.settled(worlds.test, laws)


def _terms(claim: Claim) -> list[tuple[Expression, Expression]]:
    """Every term of the sum that holds the part, with what is left of it without the part."""
    part = parse(claim.part)
    sought = part.parts if isinstance(part, And) else (part,)
    found = []
    for term in terms(claim.when):
        factors = term.parts if isinstance(term, And) else (term,)
        if all(one in factors for one in sought):
            found.append((term, conjunction(one for one in factors if one not in sought)))
    if not found:
        raise ExpressionError(
            f"{claim.part} is no part of {claim.when}",
            where=f"claim {claim.id}",
            fix="name a factor of one of its terms, as it is written there: EL in EL*BQ + BC*INST",
        )
    return found


def _refuse_other_fields(claim: Claim) -> None:
    form = requires(claim.kind)
    stated = [name for name in FORMAL if getattr(claim, name)]
    if not stated:
        return
    lacking = [name for name in form.needs if name not in stated]
    if lacking:
        raise OptionError(
            f"a claim of kind {claim.kind} needs {' and '.join(lacking)}",
            where=f"claim {claim.id}",
            fix=f"write it like {EXAMPLES[lacking[0]]}",
        )
    wrong = [name for name in stated if claim.states or name not in form.needs + form.may]
    if wrong:
        raise OptionError(
            f"a claim of kind {claim.kind} has no {' or '.join(wrong)}"
            + (" beside states" if claim.states else ""),
            where=f"claim {claim.id}",
            fix=f"say it in a sentence: {EXAMPLES['states']}",
        )
