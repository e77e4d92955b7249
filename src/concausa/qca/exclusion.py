"""Exclusions: configurations that theory or logic forbids to count as leading to the outcome.

References
----------
.. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge University
   Press, chapter 8. https://doi.org/10.1017/CBO9781139004244
.. [2] Schneider & Wagemann (2013), *Political Research Quarterly* 66(1), 211-220.
   https://doi.org/10.1177/1065912912468269
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.expr.boolean import (
    And,
    Comparison,
    Constant,
    Expression,
    Name,
    Not,
    OneOf,
    Or,
    format_expression,
    parse,
)
from concausa.qca.box import Box, cubes, meetings
from concausa.qca.factor import Factor, term_text
from concausa.qca.region import configuration_box, region

if TYPE_CHECKING:
    from concausa.qca.solution import Solution

Kind = Literal["untenable", "impossible", "contradictory", "other"]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the property space of known conditions, as boxes."""

    conditions: tuple[Factor, ...]
    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        """The same as an expression."""
        levels = [factor.levels for factor in self.conditions]
        return " + ".join([term_text(self.conditions, cube) for cube in cubes(self.boxes, levels)])


TREES = (Name, OneOf, Comparison, Constant, Not, And, Or)

#: A part of the property space: an expression, or one configuration.
What: TypeAlias = "str | Expression | Mapping[str, int | None] | Sequence[int | None] | Region"
#: What may be excluded: a part of the property space, alone or with its reason.
Excluded: TypeAlias = "What | Exclusion"
#: What may be included likewise.
Included: TypeAlias = "What | Inclusion"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Configurations that may not be assumed to lead to the outcome, and why.

    Parameters
    ----------
    what : str, tree, mapping or sequence
        An expression over the conditions, or one configuration.
    reason : str
        Written for the reader of the study; without one the solution carries a caveat.
    kind : str
        ``untenable`` (against a claim of necessity), ``impossible``, ``contradictory`` (assumed for the
        outcome and for its negation) or ``other``.
    remainders_only : bool
        If true an observed positive row within *what* is kept, with a caveat; if false it is overruled
        (treated as negative), listed in the solution and said on top of it.

    Examples
    --------
    >>> Exclusion("PREGNANT*MAN", "no such case can be", "impossible").text
    'PREGNANT*MAN'
    """

    what: What
    reason: str = ""
    kind: Kind = "other"
    remainders_only: bool = False

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            near = nearest(str(self.kind), get_args(Kind))
            raise OptionError(
                f"there is no kind of exclusion {self.kind!r}",
                where=f"kinds: {', '.join(get_args(Kind))}",
                fix=f'did you mean "{near}"?' if near else "use one of these",
            )

    @property
    def text(self) -> str:
        """What is excluded, as it is shown."""
        return text_of(self.what)

    def boxes(self, conditions: Sequence[Factor]) -> tuple[Box, ...]:
        """The part of the property space that is excluded."""
        return boxes_of(self.what, conditions)

    def data(self) -> dict[str, Any]:
        """The exclusion as plain JSON values."""
        return {"what": self.text, "reason": self.reason, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Remainders that theory holds to lead to the outcome, whether that makes a solution shorter or not.

    Parameters
    ----------
    what : str, tree, mapping or sequence
        An expression over the conditions, or one configuration. Only its remainders are meant: what was
        observed stays what it was.
    reason : str
        Written for the reader of the study; without one the solution carries a caveat.
    """

    what: What
    reason: str = ""

    @property
    def text(self) -> str:
        """What is included, as it is shown."""
        return text_of(self.what)

    def boxes(self, conditions: Sequence[Factor]) -> tuple[Box, ...]:
        """The part of the property space that is meant."""
        return boxes_of(self.what, conditions)

    def data(self) -> dict[str, Any]:
        """The inclusion as plain JSON values."""
        return {"what": self.text, "reason": self.reason}


def text_of(what: What) -> str:
    """A part of the property space, as it is shown."""
    if isinstance(what, str):
        return what
    if isinstance(what, Region):
        return what.text
    if isinstance(what, Mapping):
        return ", ".join(f"{name}={value}" for name, value in what.items())
    if isinstance(what, Sequence):
        return "".join("-" if value is None else str(value) for value in what)
    return format_expression(what)


def boxes_of(what: What, conditions: Sequence[Factor]) -> tuple[Box, ...]:
    """A part of the property space as boxes."""
    if isinstance(what, Mapping) or (isinstance(what, Sequence) and not isinstance(what, str)):
        return (configuration_box(what, conditions),)
    if isinstance(what, Region):
        return what.boxes if tuple(conditions) == what.conditions else region(what.text, conditions)
    return region(what, conditions)


def exclusions(given: Excluded | Iterable[Excluded] | None) -> tuple[Exclusion, ...]:
    """What a call was given to exclude; a single one need not stand in a list.

    Raises
    ------
    OptionError
        If a piece is no expression, configuration or Exclusion.
    """
    return tuple(
        [one if isinstance(one, Exclusion) else Exclusion(_what(one, "exclude")) for one in _each(given)]
    )


def inclusions(given: Included | Iterable[Included] | None) -> tuple[Inclusion, ...]:
    """What a call was given to include; a single one need not stand in a list.

    Raises
    ------
    OptionError
        If a piece is no expression, configuration or Inclusion.
    """
    return tuple(
        [one if isinstance(one, Inclusion) else Inclusion(_what(one, "include")) for one in _each(given)]
    )


def _each(given: object) -> Iterable[object]:
    if given is None:
        return ()
    if isinstance(given, str | Exclusion | Inclusion | Mapping) or not isinstance(given, Iterable):
        return (given,)
    if isinstance(given, tuple | list) and given and _is_configuration(given):
        return (given,)
    return given


def _is_configuration(given: Sequence[object]) -> bool:
    return all(value is None or isinstance(value, int) for value in given)


def _what(one: object, option: str) -> What:
    if isinstance(one, (str, Mapping, Region, *TREES)):
        return one
    if isinstance(one, tuple | list) and _is_configuration(one):
        return tuple(one)
    noun = "Exclusion" if option == "exclude" else "Inclusion"
    raise OptionError(
        f"{option} takes expressions, configurations, or an {noun} with its reason",
        where=repr(one),
        fix=f'write {option}=["A*~B"], {option}=[{{"A": 1, "B": 0}}] or {option}=[{noun}("A*~B", "why")]',
    )


def untenable(necessary: str | Expression, *, outcome: str = "the outcome") -> Exclusion:
    """What may not be assumed where something is claimed to be necessary: the outcome without it.

    Observed rows are kept: they are evidence on the claim, not assumptions.

    Parameters
    ----------
    necessary : str or tree
        The necessary condition, or a disjunction such as ``A + B``.
    outcome : str
        Its name, for the reason.

    Examples
    --------
    >>> untenable("A + B", outcome="Y").text
    '~(A + B)'

    References
    ----------
    .. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods*, chapter 8.
    """
    tree = parse(necessary) if isinstance(necessary, str) else necessary
    text = format_expression(tree)
    return Exclusion(
        Not(tree),
        f"{text} is claimed to be necessary for {outcome}, so that {outcome} without it is untenable",
        "untenable",
        remainders_only=True,
    )


def impossible(what: str | Expression, reason: str) -> Exclusion:
    """A combination that cannot exist; nothing can be assumed about it.

    Examples
    --------
    >>> impossible("A*B", "the law forbids both at once").kind
    'impossible'
    """
    return Exclusion(what, reason, "impossible")


def contradictory(solution: Solution, negated: Solution) -> tuple[Exclusion, ...]:
    """Assumptions that are made for the outcome and for its negation alike: no more than one can be right.

    With two parsimonious solutions these are contradictory simplifying assumptions, with two intermediate
    ones contradictory easy counterfactuals. A remainder counts if any listed model assumes it; where more
    models were counted than listed, the reason of the exclusion says how many were looked at.

    Parameters
    ----------
    solution, negated : Solution
        Over the same conditions; one explains the outcome, the other its negation.

    Returns
    -------
    tuple of Exclusion
        None or one, to be given as ``exclude`` to both calls. Observed rows are never part of it.

    Raises
    ------
    OptionError
        If the two are not over the same conditions, or explain the same outcome.

    References
    ----------
    .. [1] Rihoux & De Meur (2009), in Rihoux & Ragin (eds), *Configurational Comparative Methods*, Sage, 33-68.
       https://doi.org/10.4135/9781452226569.n3
    .. [2] Schneider & Wagemann (2012), *Set-Theoretic Methods*, chapter 8.
    """
    table, other = solution.truth_table, negated.truth_table
    if table.conditions != other.conditions:
        raise OptionError(
            "the two solutions are not over the same conditions",
            where=f"{', '.join(table.condition_names)}\n{', '.join(other.condition_names)}",
            fix="minimise both tables over one list of conditions, in one order",
        )
    if table.outcome == other.outcome:
        raise OptionError(
            f"both solutions explain {table.outcome}",
            where=f"outcome {table.outcome}",
            fix="give a solution of table and one of table.negated()",
        )
    shared = meetings(solution.assumed, negated.assumed)
    if not shared:
        return ()
    return (
        Exclusion(
            Region(table.conditions, shared),
            f"assumed in the {solution.kind} solution for {table.outcome}{_looked_at(solution)} "
            f"and in the {negated.kind} solution for {other.outcome}{_looked_at(negated)}",
            "contradictory",
            remainders_only=True,
        ),
    )


def _looked_at(solution: Solution) -> str:
    """How many of the models are listed, unless all are."""
    if solution.n_models <= solution.listed:
        return ""
    bound = solution.bound
    return f" ({solution.listed:,} of {bound}{solution.n_models:,} models)"
