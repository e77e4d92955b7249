"""Boolean expressions over conditions, read once into a tree that knows its places in the text.

``BQ*~BC + EL>=medium``: ``*`` or ``&`` and, ``+`` or ``|`` or, ``~`` or ``!`` not, parentheses;
``EL>=medium``, a condition held against one of its levels; ``BC{2}``, ``BC{1,2}`` or ``BC[1,2]``, a
multi-value condition that has one of these values; ``1`` what every case is in, ``0`` what none is in.
A name with other signs than letters, digits, ``_`` and ``.``, and a condition that is called 0 or 1,
stands in double quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concausa.core.errors import ExpressionError
from concausa.expr.reader import DEPTH, Reader
from concausa.expr.tree import (
    And,
    Atom,
    Comparison,
    Constant,
    Expression,
    Implication,
    Kind,
    Name,
    Not,
    OneOf,
    Operator,
    Or,
    atoms,
    conditions_of,
    format_expression,
    quoted,
)

__all__ = [
    "DEPTH",
    "And",
    "Atom",
    "Comparison",
    "Constant",
    "Expression",
    "Implication",
    "Kind",
    "Name",
    "Not",
    "OneOf",
    "Operator",
    "Or",
    "atoms",
    "conditions_of",
    "format_expression",
    "parse",
    "parse_statement",
    "quoted",
    "truth",
]


def parse(text: str, *, lower_case_negates: bool = False) -> Expression:
    """Read an expression.

    Parameters
    ----------
    lower_case_negates : bool
        Whether a name in lower case means what is not in the set, as in older programs: ``a*B`` is
        then ``~A*B``. An option of reading only; text is always written with ``~``.

    Raises
    ------
    ExpressionError
        If it cannot be read, if it holds an arrow, if more than ``DEPTH`` negations and parentheses
        are open at once, or if lower case should negate a name that has letters of both cases or of
        none; the message points at the sign that is in the way.

    Examples
    --------
    >>> format_expression(parse("BQ * (EL + ~BC)"))
    'BQ*(EL + ~BC)'
    >>> str(parse("a & B | c", lower_case_negates=True))
    '~A*B + ~C'
    >>> parse("BC[2,1]") == parse("BC{1,2}")
    True
    """
    return Reader(text, lower_case_negates=lower_case_negates).expression()


def parse_statement(text: str, *, lower_case_negates: bool = False) -> Implication:
    """Read a statement: ``A*B => Y``, *A and B* is sufficient for *Y*; ``A + B <= Y``, it is necessary.

    ``->`` and ``<-`` mean the same. Since ``EL<=medium`` compares a condition with a level, ``<=`` is an
    arrow only with white space on both sides; without, it is a comparison.

    Raises
    ------
    ExpressionError
        If it cannot be read, or holds no arrow or several.

    Examples
    --------
    >>> statement = parse_statement("EL*BQ + ~BC => S")
    >>> str(statement.condition), statement.kind, str(statement.outcome)
    ('EL*BQ + ~BC', 'sufficient', 'S')
    >>> parse_statement("EL<=medium <= S").condition.level
    'medium'
    """
    return Reader(text, lower_case_negates=lower_case_negates, statement=True).statement()


def truth(
    expression: Expression,
    memberships: Mapping[str, float],
    holds: Callable[[Comparison], bool],
) -> float:
    """Membership in an expression: least of the parts for *and*, greatest for *or*, 1 − m for *not*.

    Parameters
    ----------
    memberships : mapping of str to float in [0, 1]
        One for every condition that stands as a set.
    holds : function
        Decides a comparison; true counts as 1, false as 0.

    Raises
    ------
    ExpressionError
        If it asks for a value, as ``BC{2}`` does: conditions here have levels or memberships.

    References
    ----------
    .. [1] Zadeh (1965), *Information and Control* 8(3), 338-353.
       https://doi.org/10.1016/S0019-9958(65)90241-X
    """
    match expression:
        case Name(name):
            return memberships[name]
        case Comparison():
            return 1.0 if holds(expression) else 0.0
        case OneOf(name):
            raise ExpressionError(
                f"{expression} asks for a value, and {name} has levels",
                where=str(expression),
                fix=f"compare its levels, such as {quoted(name)}>=medium",
            )
        case Constant(value):
            return float(value)
        case Not(part):
            return 1.0 - truth(part, memberships, holds)
        case And(parts):
            return min(truth(part, memberships, holds) for part in parts)
        case Or(parts):
            return max(truth(part, memberships, holds) for part in parts)
