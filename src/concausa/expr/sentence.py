"""Sentences about a study: what a claim says where it is no relation of sets.

=====================================================  =============================================
``NL-1.BC < NL-2.BC``                                  levels of two cells; ``<  <=  =  >=  >  !=``
``PUE-1.BC = low``                                     the level of a cell
``[BQ*BC].Y > [BQ*~BC].Y``                             every case in the first set against every one
                                                       in the second
``NL-1 in synergistic``, ``PUE-1 in [BQ*~BC]``         a case is in the set of a pattern, or of an
                                                       expression
``E1 before E2``, ``E1 within period 1``,              two times: ids of events, a period, or a date
``E1 not after "2003-05"``                             (EDTF) in double quotes
``number(funds / firms) > number(3 * ratio)``          two formulas
``check N012``                                         a check gives its printed number
``and``, ``or``, ``not``, parentheses                  not binds tightest, then and
=====================================================  =============================================

A name with other signs than letters, digits and ``_ : / . -`` stands in double quotes, and so does one
that is a word of this language; an event so called has the word ``event`` before it.
"""

from __future__ import annotations

from concausa.expr.sentence_reader import SentenceReader
from concausa.expr.sentence_tree import (
    OPERATORS,
    ORDER_WORDS,
    RESERVED,
    AllOf,
    AnyOf,
    CellRef,
    CheckClause,
    Clause,
    DateRef,
    Denied,
    EventRef,
    GroupRef,
    LevelClause,
    LevelOperator,
    MemberClause,
    NumberClause,
    NumberOperator,
    OrderClause,
    PeriodRef,
    Sentence,
    Time,
    clauses_of,
)

__all__ = [
    "OPERATORS",
    "ORDER_WORDS",
    "RESERVED",
    "AllOf",
    "AnyOf",
    "CellRef",
    "CheckClause",
    "Clause",
    "DateRef",
    "Denied",
    "EventRef",
    "GroupRef",
    "LevelClause",
    "LevelOperator",
    "MemberClause",
    "NumberClause",
    "NumberOperator",
    "OrderClause",
    "PeriodRef",
    "Sentence",
    "Time",
    "clauses_of",
    "parse_sentence",
]


def parse_sentence(text: str) -> Sentence:
    """Read a sentence; ``str`` of what comes back is its text, and reading that gives the same again.

    Raises
    ------
    ExpressionError
        If it cannot be read: a formula, an expression or a date in it neither. The message points at
        the place.

    Examples
    --------
    >>> str(parse_sentence("NL-1.BC<NL-2.BC and not (PUE-1.BC=low or PUE-1 in [BQ*~BC])"))
    'NL-1.BC < NL-2.BC and not (PUE-1.BC = low or PUE-1 in [BQ*~BC])'
    >>> parse_sentence('E1 not after "2003-05"').relation
    'not after'
    >>> print(parse_sentence("number(a/b) > number(3*c) or check N012"))
    number(a / b) > number(3 * c) or check N012
    """
    return SentenceReader(text).sentence()
