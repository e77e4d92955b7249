"""Factoring: an expression with what its conjunctions share written once.

References
----------
.. [1] Brayton and McMullen (1982), "The decomposition and factorization of Boolean expressions",
   *Proceedings of the IEEE International Symposium on Circuits and Systems*, 49-54.
.. [2] Brayton (1987), "Factoring logic functions", *IBM Journal of Research and Development* 31(2),
   187-198. https://doi.org/10.1147/rd.312.0187
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import and_, or_

from concausa.expr.algebra import negate, tree
from concausa.expr.reader import DEPTH
from concausa.expr.tree import And, Expression, Not, Or, atoms, conjunction, disjunction
from concausa.expr.wording import wording

#: Most common parts that are tried as divisors at each step.
TRIED = 200
#: Most conjunctions whose common parts are looked for in pairs; beyond, single literals are tried.
PAIRED = 120


def factor(expression: str | Expression, *, values: Mapping[str, int] | None = None) -> Expression:
    """An expression with common parts taken out, so that few conditions are written.

    The expression is multiplied out first, as `expand` does; then the common part, or the sum of parts,
    that saves most is taken out, again and again. Nothing but the distributive law is used for that, so
    a fuzzy membership in the factored form is the same as in the expanded one. The form is short, not
    always the shortest; if the text was shorter, it stays as it is, with ``~`` before single conditions.

    Parameters
    ----------
    values : mapping of str to int
        How many values a condition has: 3 for 0, 1 and 2. Two where nothing is said.

    Raises
    ------
    ExpressionError
        If the text cannot be read, asks for a value that its condition does not have, or grows too large.

    Examples
    --------
    >>> str(factor("A*B + A*~C + D"))
    'A*(B + ~C) + D'
    >>> str(factor("A*C + A*D + B*C + B*D"))
    '(A + B)*(C + D)'
    >>> str(factor("A*B + B*C"))
    'B*(A + C)'
    """
    whole = tree(expression)
    words = wording([whole], values)
    found = [words.literals(one) for one in words.sum(whole)]
    literals = list(dict.fromkeys(literal for term in found for literal in term))
    bits = {literal: 1 << place for place, literal in enumerate(literals)}
    form = _sum([sum(bits[literal] for literal in term) for term in found], literals, DEPTH // 2)
    plain = negate(Not(whole), values=values)
    return plain if len(atoms(plain)) < len(atoms(form)) else form


def _sum(terms: Sequence[int], literals: Sequence[Expression], depth: int) -> Expression:
    """Terms, each a set of literals as bits, factored; a part stands where its first term stood."""
    place = {term: number for number, term in enumerate(terms)}
    parts: dict[int, Expression] = {}
    left = list(terms)
    while division := _best(left) if depth else None:
        taken = {one | other for one in division[0] for other in division[1]}
        factors = sorted(division, key=lambda part: _first(reduce(or_, part)))
        product = conjunction(_sum(part, literals, depth - 1) for part in factors)
        parts[min(place[term] for term in taken)] = _plain_first(product)
        left = [term for term in left if term not in taken]
    for term in left:
        parts[place[term]] = conjunction(one for bit, one in enumerate(literals) if term >> bit & 1)
    return disjunction(parts[number] for number in sorted(parts))


def _best(terms: Sequence[int]) -> tuple[list[int], list[int]] | None:
    """The quotient and divisor whose product saves most literals; None where none saves any."""
    if len(terms) < 2:
        return None
    shared = reduce(and_, terms)
    if shared:
        return [shared], [term & ~shared for term in terms]
    best, most = None, 0
    tried: set[tuple[int, ...]] = set()
    for common in _common(terms):
        rest = [term & ~common for term in terms if term & common == common]
        beside = reduce(and_, rest)
        divisor = [term & ~beside for term in rest]
        if tuple(divisor) in tried:
            continue
        tried.add(tuple(divisor))
        quotient = _quotient(terms, divisor)
        saved = sum((one | other).bit_count() for one in quotient for other in divisor)
        saved -= sum(one.bit_count() for one in (*quotient, *divisor))
        if saved > most:
            best, most = (quotient, divisor), saved
    return best


def _common(terms: Sequence[int]) -> list[int]:
    """What two terms or more have in common, first what most could be saved by."""
    found = {1 << bit for bit in range(max(terms).bit_length())}
    if len(terms) <= PAIRED:
        found |= {one & other for one, other in combinations(terms, 2)}
    holders = {common: sum(term & common == common for term in terms) for common in found if common}
    shared = [common for common, number in holders.items() if number > 1]
    shared.sort(key=lambda common: (-(holders[common] - 1) * common.bit_count(), common))
    return shared[:TRIED]


def _quotient(terms: Sequence[int], divisor: Sequence[int]) -> list[int]:
    """What, with each term of *divisor*, makes a term of *terms*."""
    parts = [{term & ~one for term in terms if term & one == one} for one in divisor]
    return sorted(reduce(and_, parts), key=_first)


def _plain_first(product: Expression) -> Expression:
    assert isinstance(product, And)
    return And(tuple(sorted(product.parts, key=lambda part: isinstance(part, Or))))


def _first(literals: int) -> int:
    return literals & -literals
