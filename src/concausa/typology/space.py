"""The property space: where a case lies among the patterns, ties included.

References
----------
.. [1] Barton (1955), "The concept of property-space in social research", in Lazarsfeld and Rosenberg
   (eds), *The Language of Social Research*, 40-53.
.. [2] Kvist (2007), "Fuzzy set ideal type analysis", *Journal of Business Research* 60(5), 474-481.
   https://doi.org/10.1016/j.jbusres.2007.01.005
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import Comparison, Name, atoms, parse, truth
from concausa.sets.membership import side, strongest
from concausa.typology.ladder import Ladder
from concausa.typology.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case lies.

    Parameters
    ----------
    memberships : mapping of pattern id to float in [0, 1]
        In the order of the patterns.
    strongest : tuple of str
        Patterns with the greatest membership; more than one is a tie, none means that the case lies in
        no pattern.
    expected : tuple of str
        Outcomes that those patterns lead to, without repetition.
    """

    memberships: Mapping[str, float]
    strongest: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def is_tie(self) -> bool:
        """Whether the space does not decide between patterns."""
        return len(self.strongest) > 1


def axes(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The conditions that span the space, in the order in which the patterns name them."""
    names = [atom.name for pattern in patterns for atom in atoms(parse(pattern.when))]
    return tuple(dict.fromkeys(names))


def sets(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The axes that stand as sets, whose memberships count; comparisons ask for levels alone."""
    return sets_of(pattern.when for pattern in patterns)


def sets_of(expressions: Iterable[str]) -> tuple[str, ...]:
    """The conditions that stand as sets in some expressions, in order."""
    found = (atom for text in expressions for atom in atoms(parse(text)))
    return tuple(dict.fromkeys(atom.name for atom in found if isinstance(atom, Name)))


def place(ladder: Ladder, patterns: Sequence[Pattern]) -> Place:
    """The fuzzy membership of a case in each pattern, and which is strongest.

    A case that is out of every pattern has none: the strongest of memberships below the crossover
    is no pattern at all.

    Parameters
    ----------
    ladder : Ladder
        The case's level in every condition of the space, and its membership in those that stand as sets.
    patterns : sequence of Pattern
        The corners.

    Raises
    ------
    ExpressionError
        If a pattern names a condition that the case has no level for.
    """
    values = {pattern.id: membership(ladder, pattern.when) for pattern in patterns}
    leading = strongest(values) if side(max(values.values(), default=0.0)) != "out" else ()
    by_id = {pattern.id: pattern for pattern in patterns}
    expected = tuple(dict.fromkeys(word for id in leading for word in by_id[id].outcomes))
    return Place(values, leading, expected)


def membership(ladder: Ladder, expression: str) -> float:
    """The membership of a case in a Boolean expression over conditions and levels."""
    tree = parse(expression)
    for atom in atoms(tree):
        known = ladder.levels if isinstance(atom, Comparison) else ladder.memberships
        if atom.name not in known:
            raise ExpressionError(
                f"no level of {atom.name!r} is known for this case",
                where=f"{expression}\n{' ' * atom.position}^",
                fix=f"conditions with a level: {', '.join(known) or 'none'}",
            )
    return truth(tree, ladder.memberships, ladder.holds)
