"""The property space: where a case lies among the patterns, ties included.

References
----------
.. [1] Barton (1955), "The concept of property-space in social research", in Lazarsfeld and Rosenberg
   (eds), *The Language of Social Research*, 40-53.
.. [2] Kvist (2007), "Fuzzy set ideal type analysis", *Journal of Business Research* 60(5), 474-481.
   https://doi.org/10.1016/j.jbusres.2007.01.005
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import Comparison, atoms, parse, truth
from concausa.sets.membership import strongest
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
        Patterns with the greatest membership; more than one is a tie.
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


def place(ladder: Ladder, patterns: Sequence[Pattern]) -> Place:
    """The fuzzy membership of a case in each pattern, and which is strongest.

    Parameters
    ----------
    ladder : Ladder
        The case's level and membership in every condition of the space.
    patterns : sequence of Pattern
        The corners.

    Raises
    ------
    ExpressionError
        If a pattern names a condition that the case has no level for.
    """
    values = {pattern.id: membership(ladder, pattern.when) for pattern in patterns}
    leading = strongest(values)
    by_id = {pattern.id: pattern for pattern in patterns}
    expected = tuple(dict.fromkeys(by_id[id].expects for id in leading))
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
