"""Whether a model says less than another of the same causes and effects, and nothing else."""

from __future__ import annotations

from concausa.qca.coincidence.formulas import ComplexFormula, Formula

Term = frozenset[tuple[int, int]]


def is_submodel(one: ComplexFormula | Formula, other: ComplexFormula | Formula) -> bool:
    """Whether every claim of causal relevance that *one* makes is made by *other* too.

    Each formula of the one must be part of a formula of the other for the same outcome: each of its terms lies in
    a term of that formula, different terms in different ones. So what is on one path stays on one path, and
    alternatives stay alternatives. A model is a submodel of itself.

    Parameters
    ----------
    one, other : ComplexFormula or Formula
        Of the same factors in the same order.

    References
    ----------
    .. [1] Baumgartner & Thiem (2020), Often Trusted but Never (Properly) Tested: Evaluating Qualitative Comparative
       Analysis, *Sociological Methods & Research* 49(2), 279-311. https://doi.org/10.1177/0049124117701487
    """
    wanted = {part.effect: _terms(part) for part in _parts(other)}
    return all(
        part.effect in wanted and _fits(_terms(part), wanted[part.effect], frozenset())
        for part in _parts(one)
    )


def _parts(model: ComplexFormula | Formula) -> tuple[Formula, ...]:
    return (model,) if isinstance(model, Formula) else model.parts


def _terms(formula: Formula) -> tuple[Term, ...]:
    return tuple(
        [
            frozenset((place, value) for place, value in enumerate(cube) if value >= 0)
            for cube in formula.cubes.tolist()
        ]
    )


def _fits(terms: tuple[Term, ...], wider: tuple[Term, ...], used: frozenset[int]) -> bool:
    if not terms:
        return True
    return any(
        _fits(terms[1:], wider, used | {place})
        for place, term in enumerate(wider)
        if place not in used and terms[0] <= term
    )
