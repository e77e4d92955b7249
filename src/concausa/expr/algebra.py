"""Boolean algebra: what follows from an expression, whatever the data.

Text or tree goes in, a tree comes out, and ``str`` writes it. Two laws used here hold for crisp sets
alone: nothing is in ``A*~A`` and everything in ``A + ~A``. So a fuzzy membership in what `expand`,
`simplify` and `intersect` give may differ from that in the expression as it was written; `negate` and
`terms` use no such law.

References
----------
.. [1] McCluskey (1956), "Minimization of Boolean functions", *Bell System Technical Journal* 35(6),
   1417-1444. https://doi.org/10.1002/j.1538-7305.1956.tb03835.x
.. [2] Ragin (1987), *The Comparative Method*, ch. 6 and 7. University of California Press.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import parse
from concausa.expr.sums import charted, holds, primes
from concausa.expr.tree import (
    And,
    Comparison,
    Constant,
    Expression,
    Name,
    Not,
    OneOf,
    Or,
    atoms,
    conditions_of,
    conjunction,
    disjunction,
)
from concausa.expr.wording import Wording, opposite, wording

__all__ = [
    "conditions_of",
    "equivalent",
    "expand",
    "intersect",
    "is_subset",
    "negate",
    "simplest_forms",
    "simplify",
    "terms",
    "tree",
]

#: Most shortest forms that are compared with each other.
LIMIT = 10_000
#: Most sets of conjunctions that are tried in search of a shortest form.
BUDGET = 5_000_000

Values = Mapping[str, int]


def tree(expression: str | Expression) -> Expression:
    """An expression as a tree, read if it is a text."""
    return parse(expression) if isinstance(expression, str) else expression


def terms(expression: str | Expression) -> tuple[Expression, ...]:
    """The parts between which ``+`` stands, as they are written.

    Examples
    --------
    >>> [str(term) for term in terms("A*B + ~C")]
    ['A*B', '~C']
    """
    whole = tree(expression)
    if isinstance(whole, Or):
        return tuple(term for part in whole.parts for term in terms(part))
    return () if whole == Constant(False) else (whole,)


def negate(expression: str | Expression, *, values: Values | None = None) -> Expression:
    """What an expression leaves, with ``~`` before single conditions only (De Morgan's laws).

    Parameters
    ----------
    values : mapping of str to int
        How many values a condition has. ``~BC{2}`` is written as the other values where this is known.

    Raises
    ------
    ExpressionError
        If the text cannot be read, or asks for a value that its condition does not have.

    Examples
    --------
    >>> str(negate("A*B + ~C"))
    '(~A + ~B)*C'
    >>> str(negate("BC{2}*EL>=medium")), str(negate("BC{2}", values={"BC": 3}))
    ('~BC{2} + EL<medium', 'BC{0,1}')
    """
    whole = tree(expression)
    declared = dict(values or {})
    if declared:
        wording([atom for atom in atoms(whole) if atom.name in declared], declared)
    return _turned(whole, False, declared)


def expand(expression: str | Expression, *, values: Values | None = None) -> Expression:
    """An expression as a disjunction of conjunctions.

    Parentheses are multiplied out; what contradicts itself (``A*~A``), what stands twice and what another
    conjunction holds (``A*B`` beside ``A``) is left out. The order is that of the text.

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
    >>> str(expand("A*(B + ~C) + A*B*D"))
    'A*B + A*~C'
    >>> str(expand("~(BC{2}*A)", values={"BC": 3}))
    'BC{0,1} + ~A'
    """
    whole = tree(expression)
    words = wording([whole], values)
    return words.tree(words.sum(whole))


def intersect(*expressions: str | Expression, values: Values | None = None) -> Expression:
    """What several expressions share, as a disjunction of conjunctions; else as `expand`.

    Examples
    --------
    >>> str(intersect("A*B", "~C + B*D"))
    'A*B*~C + A*B*D'
    >>> str(intersect("A", "~A*B"))
    '0'
    """
    return expand(conjunction(tree(one) for one in expressions), values=values)


def simplify(expression: str | Expression, *, values: Values | None = None) -> Expression:
    """The shortest disjunction of conjunctions that says the same of crisp cases.

    It has the fewest conjunctions, and among such forms the fewest conditions. Where several are equally
    short, this is the first of `simplest_forms`.

    Parameters
    ----------
    values : mapping of str to int
        How many values a condition has: 3 for 0, 1 and 2. Two where nothing is said.

    Raises
    ------
    ExpressionError
        If the text cannot be read, asks for a value that its condition does not have, or is so large
        that no form was proved to be the shortest.

    Notes
    -----
    Comparisons of one condition with several levels are taken one by one, so ``EL>=low*EL>=high`` stays
    as it is. Of more than 10,000 forms with the fewest conjunctions, the first 10,000 are compared.

    Examples
    --------
    >>> str(simplify("A*B*C + A*B*~C + ~A*C"))
    'A*B + ~A*C'
    >>> str(simplify("BC{0} + BC{1}*A + BC{2}*A", values={"BC": 3}))
    'BC{0} + A'
    >>> str(simplify("A + ~A"))
    '1'
    """
    forms = _shortest(tree(expression), values)
    return forms.tree(forms.places[0])


def simplest_forms(
    expression: str | Expression, *, values: Values | None = None, limit: int = 1000
) -> tuple[Expression, ...]:
    """Every equally short form of an expression; else as `simplify`.

    Conditions stand in the order in which the text first names them, and the forms in the order of the
    conjunctions that they have: it depends on nothing else.

    Raises
    ------
    ExpressionError
        As `simplify`, and if there are more than *limit* (at most 10,000).

    Examples
    --------
    >>> [str(form) for form in simplest_forms("A*~B + ~A*B + A*~C + ~A*C")]
    ['A*~B + ~A*C + B*~C', 'A*~C + ~A*B + ~B*C']
    """
    forms = _shortest(tree(expression), values)
    if forms.count > LIMIT or len(forms.places) > limit:
        raise ExpressionError(
            f"{forms.count} forms have the fewest conjunctions, more than can be listed",
            where=str(expression),
            fix=f"raise limit (it is {limit}, and at most {LIMIT}), or take simplify, which gives one",
        )
    return tuple(forms.tree(form) for form in forms.places)


def is_subset(first: str | Expression, second: str | Expression, *, values: Values | None = None) -> bool:
    """Whether every case that can be in *first* is in *second*, whatever the data (crisp cases).

    A comparison with a level is taken to hold of some cases and not of others.

    Parameters
    ----------
    values : mapping of str to int
        How many values a condition has: 3 for 0, 1 and 2. Two where nothing is said.

    Raises
    ------
    ExpressionError
        If a text cannot be read, or if the answer turns on how two levels of one condition stand to each
        other, which an expression does not say.

    Examples
    --------
    >>> is_subset("A*B", "A + C"), is_subset("A + C", "A*B")
    (True, False)
    >>> is_subset("~BC{0}", "BC{1,2}", values={"BC": 3})
    True
    """
    inner, outer = tree(first), tree(second)
    words = wording([inner, outer], values)
    if _within(words, inner, outer):
        return True
    _refuse_tangled(words, inner, outer)
    return False


def equivalent(first: str | Expression, second: str | Expression, *, values: Values | None = None) -> bool:
    """Whether two expressions hold the same cases, whatever the data; else as `is_subset`.

    Examples
    --------
    >>> equivalent("A*B + A*~B", "A"), equivalent("A", "B")
    (True, False)
    >>> equivalent("~(EL>=medium)", "EL<medium")
    True
    """
    one, other = tree(first), tree(second)
    words = wording([one, other], values)
    if _within(words, one, other) and _within(words, other, one):
        return True
    _refuse_tangled(words, one, other)
    return False


def _turned(expression: Expression, holds: bool, values: Values) -> Expression:
    """An expression, or what it leaves, with ``~`` before atoms only."""
    match expression:
        case Not(part):
            return _turned(part, not holds, values)
        case And(parts):
            turned = [_turned(part, holds, values) for part in parts]
            return conjunction(turned) if holds else disjunction(turned)
        case Or(parts):
            turned = [_turned(part, holds, values) for part in parts]
            return disjunction(turned) if holds else conjunction(turned)
        case Constant(value):
            return Constant(value is holds)
        case Comparison() if not holds:
            return opposite(expression)
        case OneOf(name, asked) if name in values and not holds:
            left = tuple(value for value in range(values[name]) if value not in asked)
            return OneOf(name, left) if left else Constant(False)
        case Name() | OneOf() | Comparison():
            return expression if holds else Not(expression)


def _within(words: Wording, inner: Expression, outer: Expression) -> bool:
    around = words.sum(outer)
    return all(holds(words.box, around, one) for one in words.sum(inner))


def _refuse_tangled(words: Wording, *expressions: Expression) -> None:
    if words.is_tangled:
        names = [subject.name for subject in words.subjects]
        name = next(name for name in names if names.count(name) > 1)
        raise ExpressionError(
            f"this cannot be told without the order of the levels of {name}",
            where="\n".join(map(str, expressions)),
            fix=f"ask of each condition in one way: as a set, by its values, or by one of its levels ({name})",
        )


@dataclass(frozen=True, slots=True)
class _Forms:
    """The shortest forms among those listed, each the places of its cubes; and how many there are in all."""

    words: Wording
    cubes: Sequence[int]
    places: Sequence[tuple[int, ...]]
    count: int

    def tree(self, form: Sequence[int]) -> Expression:
        return self.words.tree(self.cubes[place] for place in form)


def _shortest(whole: Expression, values: Values | None) -> _Forms:
    words = wording([whole], values)
    wanted = words.sum(whole)
    cubes = sorted(primes(words.box, wanted), key=words.order)
    lengths = [words.length(cube) for cube in cubes]
    needed, chart = _needed(charted(words.box, wanted, cubes), len(cubes))
    covers, count = _covers(chart, len(cubes), whole) if chart else (((),), 1)
    added = [sum(lengths[place] for place in cover) for cover in covers]
    fewest = min(added)
    short = [cover for cover, length in zip(covers, added, strict=True) if length == fewest]
    return _Forms(words, cubes, sorted(tuple(sorted((*needed, *cover))) for cover in short), count)


def _needed(kinds: Sequence[int], cubes: int) -> tuple[list[int], list[int]]:
    """The cubes that alone serve a kind of combination, and the kinds that these leave."""
    alone = 0
    for kind in kinds:
        if kind & (kind - 1) == 0:
            alone |= kind
    return [place for place in range(cubes) if alone >> place & 1], [
        kind for kind in kinds if not kind & alone
    ]


def _covers(kinds: Sequence[int], cubes: int, whole: Expression) -> tuple[tuple[tuple[int, ...], ...], int]:
    import numpy as np

    from concausa._kernels.covers import minimum_covers

    chart = np.array([[kind >> place & 1 for kind in kinds] for place in range(cubes)], dtype=bool)
    found = minimum_covers(chart, limit=LIMIT, budget=BUDGET)
    if not found.exact:
        raise ExpressionError(
            f"no form was proved to be the shortest: one with {found.size} conjunctions was found, "
            f"and it takes at least {found.lower}",
            where=_short(str(whole)),
            fix="take a part of the expression at a time",
        )
    return found.sets, found.count


def _short(text: str, length: int = 200) -> str:
    return text if len(text) <= length else f"{text[:length]}…"
