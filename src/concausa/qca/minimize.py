"""Minimise a truth table: from positive rows to every solution that accounts for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Never

from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.qca.choices import LIMIT, Contradictions, Kind, Models, choices_of
from concausa.qca.exclusion import Excluded, Included, exclusions, inclusions
from concausa.qca.expectations import Expectations, Expected
from concausa.qca.expectations import expectations as read
from concausa.qca.ground import ground_of
from concausa.qca.intermediate import Pairing, pairings
from concausa.qca.solution import Solution

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable


def minimize(
    table: TruthTable,
    *,
    solution: Kind = "conservative",
    expectations: Expected | None = None,
    exclude: Excluded | Iterable[Excluded] | None = None,
    include: Included | Iterable[Included] | None = None,
    models: Models = "minimum",
    limit: int = LIMIT,
    row_dominance: bool = False,
    contradictions: Contradictions = "negative",
    **unknown: Never,
) -> Solution:
    """Every shortest (or every irredundant) disjunction of conjunctions that accounts for the positive rows.

    Exact: all prime implicants and all models are found and counted, or the solution says that it is not
    exact and gives a bound.

    Parameters
    ----------
    table : TruthTable
        For the negated outcome give ``table.negated()``.
    solution : str
        ``conservative``: no remainder is assumed to lead to the outcome. ``parsimonious``: any remainder
        may be. ``intermediate``: only easy counterfactuals, those that agree with *expectations*; without
        any it is the conservative solution.
    expectations : mapping, or text
        What theory expects to help the outcome: ``{"A": 1, "B": 0, "C": None, "MV": (1, 2)}`` or
        ``"A, ~B, MV{1,2}"``; also combinations, ``"C*~D"``. They change only an intermediate solution; with a
        parsimonious one they tell easy from difficult assumptions.
    exclude : sequence of expression, configuration or Exclusion
        What may not be assumed (enhanced standard analysis). Observed positive rows within it are
        overruled, listed in ``overruled`` and said on top.
    include : sequence of expression, configuration or Inclusion
        Remainders that theory holds to lead to the outcome, to be covered whether they simplify or not
        (theory-guided enhanced standard analysis).
    models : str
        ``minimum``: with the fewest terms, all ties whatever their literals. ``irredundant``: every set of
        prime implicants of which none can be left out.
    limit : int
        Most models that are listed.
    row_dominance : bool
        Leave out prime implicants that cover less than another; models may get lost, and a caveat says so.
    contradictions : str
        Rows marked ``C`` count as ``negative``, or may be assumed like a ``remainder``.

    Returns
    -------
    Solution

    Raises
    ------
    DataError
        If no row is positive.
    OptionError, UnknownNameError, ExpressionError
        If an option, a name or an expression cannot be accepted.

    Examples
    --------
    >>> from concausa.qca.truth_table import truth_table
    >>> frame = {"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}
    >>> table = truth_table(frame, outcome="Y", conditions=["A", "B"])
    >>> [model.expression for model in minimize(table).models]
    ['A*B']
    >>> [model.expression for model in minimize(table, solution="parsimonious").models]
    ['B']

    References
    ----------
    .. [1] Quine (1952), *The American Mathematical Monthly* 59(8), 521-531. https://doi.org/10.2307/2308219
    .. [2] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapters 8 and 9.
       https://doi.org/10.7208/chicago/9780226702797.001.0001
    .. [3] Schneider & Wagemann (2013), *Political Research Quarterly* 66(1), 211-220.
       https://doi.org/10.1177/1065912912468269
    .. [4] Baumgartner & Thiem (2017), *Sociological Methods & Research* 46(4), 954-987.
       https://doi.org/10.1177/0049124115610351
    """
    refuse_misspelt(unknown, minimize)
    choices = choices_of(solution, models, limit, row_dominance, contradictions)
    excluded, included = exclusions(exclude), inclusions(include)
    if included and solution == "conservative":
        raise OptionError(
            "a conservative solution assumes nothing about remainders",
            where="include",
            fix='include remainders in solution="intermediate" or "parsimonious"',
        )
    expected = read(expectations, table.conditions) if expectations else _none(len(table.conditions))
    ground = ground_of(table, choices.shared, excluded, included)
    if solution == "intermediate":
        found = pairings(ground, expected)
        return Solution(
            table, choices, expected, excluded, included, ground, found.found, found.complete, found.pairs
        )
    chart = ground.conservative if solution == "conservative" else ground.parsimonious
    return Solution(table, choices, expected, excluded, included, ground, (Pairing(chart, ()),))


def _none(conditions: int) -> Expectations:
    return Expectations((0,) * conditions)
