"""Relations of sets: what each kind of claim asks of the cases, and when they cannot answer.

Each kind asks for three things, in this order: a law that no case breaks (else the claim is
contradicted), a case to which the law applies (else there is *no case*), and cases that differ (else
there is *no variation*).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.audit.claims import proposition as p
from concausa.audit.claims.proposition import Proposition
from concausa.audit.claims.truth import unknown
from concausa.audit.claims.verdict import Verdict

_NO_CASE, _NO_VARIATION = unknown(Verdict.NO_CASE), unknown(Verdict.NO_VARIATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands.

    Parameters
    ----------
    judged : Proposition
        Whether it is one of the cases judged: compared in the world, and in ``under``.
    when, outcome : Proposition
        Whether it is in the set that the claim is about, and has the outcome.
    """

    judged: Proposition
    when: Proposition
    outcome: Proposition


def never_without(cases: Sequence[Standing]) -> Proposition:
    """The law of necessity: no case has the outcome without the condition."""
    return p.all_of(implied((case.judged, case.outcome), case.when) for case in cases)


def always_with(cases: Sequence[Standing]) -> Proposition:
    """The law of sufficiency: every case with the condition has the outcome."""
    return p.all_of(implied((case.judged, case.when), case.outcome) for case in cases)


def necessary(cases: Sequence[Standing], law: Proposition) -> Proposition:
    """Whether a condition is necessary: the law holds, cases have the outcome, and cases lack the condition.

    Parameters
    ----------
    law : Proposition
        `never_without`, or one of degree.
    """
    outcome = p.any_of(p.all_of((case.judged, case.outcome)) for case in cases)
    without = p.any_of(p.all_of((case.judged, p.opposite(case.when))) for case in cases)
    return _asked(law, outcome, without)


def sufficient(cases: Sequence[Standing], law: Proposition) -> Proposition:
    """Whether a condition is sufficient: the law holds, cases have the condition, and cases lack the outcome.

    Parameters
    ----------
    law : Proposition
        `always_with`, or one of degree.
    """
    condition = p.any_of(p.all_of((case.judged, case.when)) for case in cases)
    without = p.any_of(p.all_of((case.judged, p.opposite(case.outcome))) for case in cases)
    return _asked(law, condition, without)


def not_always(cases: Sequence[Standing]) -> Proposition:
    """Some case with the condition lacks the outcome; contradicted if there are cases, and none lacks it."""
    apart = p.any_of(p.all_of((case.judged, case.when, p.opposite(case.outcome))) for case in cases)
    there = p.any_of(p.all_of((case.judged, case.when)) for case in cases)
    return p.otherwise(apart, p.then(p.opposite(there), _NO_CASE))


def stands_in(cases: Sequence[Standing], parts: Sequence[Proposition]) -> Proposition:
    """Without the part, the outcome is where the stand-in is, and nowhere else.

    Parameters
    ----------
    cases : sequence of Standing
        ``when`` is the stand-in; ``judged`` tells only whether the world compares the case.
    parts : sequence of Proposition
        For each case, whether it has what is stood in for.
    """
    lacking = [p.all_of((case.judged, p.opposite(part))) for case, part in zip(cases, parts, strict=True)]
    helped = [p.all_of((lack, case.when)) for lack, case in zip(lacking, cases, strict=True)]
    bare = [p.all_of((lack, p.opposite(case.when))) for lack, case in zip(lacking, cases, strict=True)]
    law = p.all_of(
        part
        for case, with_it, without in zip(cases, helped, bare, strict=True)
        for part in (
            implied((with_it,), case.outcome),
            implied((without,), p.opposite(case.outcome)),
        )
    )
    there = p.all_of(p.otherwise(p.any_of(group), _NO_CASE) for group in (helped, bare))
    return p.then(law, there)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where the cases stand on one term of a sum that holds the part.

    Parameters
    ----------
    whole, rest, part : sequence of Proposition
        For each case, whether it is in the term, in the term without its part, and in the part.
    """

    whole: Sequence[Proposition]
    rest: Sequence[Proposition]
    part: Sequence[Proposition]


def inus(
    judged: Sequence[Proposition], outcomes: Sequence[Proposition], recipes: Sequence[Recipe]
) -> Proposition:
    """The part is insufficient, yet needed in a term that is unnecessary, yet sufficient [1]_.

    It holds if it does so of one term. A term fails if one of the four surely fails: the term comes
    without the outcome, the part never does, the rest of the term without the part never does, or the
    outcome never comes without the term.

    References
    ----------
    .. [1] Mackie (1965), Causes and conditions, *American Philosophical Quarterly* 2(4), 245-264.
    """
    return p.any_of(_inus(judged, outcomes, recipe) for recipe in recipes)


def implied(given: Sequence[Proposition], then: Proposition) -> Proposition:
    """Whether what is given brings the other with it."""
    return p.any_of((*(p.opposite(part) for part in given), then))


def _inus(judged: Sequence[Proposition], outcomes: Sequence[Proposition], recipe: Recipe) -> Proposition:
    cases = range(len(judged))
    whole = [Standing(judged[case], recipe.whole[case], outcomes[case]) for case in cases]
    part = [Standing(judged[case], recipe.part[case], outcomes[case]) for case in cases]
    without_part = [
        Standing(judged[case], p.all_of((recipe.rest[case], p.opposite(recipe.part[case]))), outcomes[case])
        for case in cases
    ]
    outcome = [Standing(judged[case], outcomes[case], recipe.whole[case]) for case in cases]
    there = p.otherwise(p.any_of(p.all_of((case.judged, case.when)) for case in whole), _NO_CASE)
    kept = p.then(always_with(whole), there)
    return p.all_of((kept, not_always(part), not_always(without_part), not_always(outcome)))


def _asked(law: Proposition, there: Proposition, differing: Proposition) -> Proposition:
    return p.then(law, p.then(p.otherwise(there, _NO_CASE), p.otherwise(differing, _NO_VARIATION)))
