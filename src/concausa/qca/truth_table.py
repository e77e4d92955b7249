"""The truth table: every observed configuration of the conditions, and whether it leads to the outcome.

References
----------
.. [1] Ragin (1987), *The Comparative Method*, University of California Press, chapters 6 and 7.
.. [2] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapters 3, 5 and 7.
   https://doi.org/10.7208/chicago/9780226702797.001.0001
.. [3] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge University
   Press, chapters 4, 5 and 9. https://doi.org/10.1017/CBO9781139004244
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.qca.case_data import CaseData, case_data, columns_test
from concausa.qca.conditions import named_conditions
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.factor import Factor
from concausa.qca.outcome import Outcome, read_outcome
from concausa.qca.row import Code, Configuration, Order, Recoding, Row, Tie
from concausa.qca.row_codes import decided
from concausa.qca.subsets import Floats, crisp_row_sums, row_sums
from concausa.sets.score_pair import read_only

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class TruthTable:
    """Observed configurations with their cases, fit and outcome; rows in the order of their values.

    Arrays are shared, not copied, and cannot be written to.

    Parameters
    ----------
    data : CaseData
        The conditions and, last, the outcome's column.
    explained : Outcome
        What is explained.
    conditions : tuple of Factor
        In the order given.
    cutoffs : Cutoffs
        What made the outcomes of the rows.
    configurations : array of int8, shape (rows, conditions)
        Observed configurations in lexicographic order; −1 means don't care.
    codes : array of str, shape (rows,)
        ``1``, ``0``, ``C`` or ``?`` (fewer cases than the frequency cut-off).
    n : array of int, shape (rows,)
        Cases that belong to the row.
    sums : array of float, shape (4, rows)
        Σx, Σmin(x, y), Σmin(x, 1 − y), Σmin(x, y, 1 − y) over all cases.
    member : array of int, shape (cases,)
        The row of each case, −1 for a case on the crossover of a condition.
    recodings : tuple of Recoding
        Rows set by hand.
    """

    data: CaseData
    explained: Outcome
    conditions: tuple[Factor, ...]
    cutoffs: Cutoffs
    configurations: NDArray[np.int8]
    codes: NDArray[np.str_]
    n: Ints
    sums: Floats
    member: Ints
    recodings: tuple[Recoding, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.configurations, self.codes, self.n, self.sums, self.member):
            array.setflags(write=False)

    @property
    def outcome(self) -> str:
        """What is explained: ``Y``, ``~Y`` or ``Y{2}``."""
        return str(self.explained)

    @cached_property
    def condition_names(self) -> tuple[str, ...]:
        """The names of the conditions."""
        return tuple([factor.name for factor in self.conditions])

    @cached_property
    def outcome_membership(self) -> Floats:
        """Membership of each case in the outcome."""
        return read_only(self.explained.membership(self.data.column(self.explained.name)))

    @cached_property
    def consistency(self) -> Floats:
        """Σmin(x, y) / Σx of each row, over all cases."""
        return read_only(self.sums[1] / self.sums[0])

    @cached_property
    def pri(self) -> Floats:
        """Proportional reduction in inconsistency of each row."""
        return read_only((self.sums[1] - self.sums[3]) / (self.sums[0] - self.sums[3]))

    @cached_property
    def positive(self) -> NDArray[np.int8]:
        """Configurations that lead to the outcome."""
        return self._coded("1")

    @cached_property
    def negative(self) -> NDArray[np.int8]:
        """Configurations that do not lead to the outcome."""
        return self._coded("0")

    @cached_property
    def contradictory(self) -> NDArray[np.int8]:
        """Configurations marked ``C``."""
        return self._coded("C")

    @cached_property
    def remainder(self) -> NDArray[np.int8]:
        """Observed configurations with fewer cases than the frequency cut-off."""
        return self._coded("?")

    def _coded(self, code: Code) -> NDArray[np.int8]:
        return read_only(self.configurations[self.codes == code])

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The observed rows, in the order of their configurations."""
        from concausa.qca.table_rows import rows_of

        return rows_of(self)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Cases on the crossover of a condition: they belong to no row, yet count in every sum."""
        from concausa.qca.table_rows import ties_of

        return ties_of(self)

    @property
    def contradictions(self) -> tuple[Row, ...]:
        """Rows with members on both sides of the outcome, whatever their code."""
        from concausa.qca.table_rows import contradictions_of

        return contradictions_of(self)

    @property
    def simultaneous(self) -> tuple[Row, ...]:
        """Rows that reach the consistency cut-off for the outcome and for its negation alike."""
        from concausa.qca.table_rows import simultaneous_of

        return simultaneous_of(self)

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the table."""
        from concausa.qca.table_caveats import caveats_of

        return caveats_of(self)

    @property
    def possible(self) -> int:
        """How many configurations the conditions allow."""
        return prod(factor.levels for factor in self.conditions)

    def row(self, configuration: Configuration | str) -> Row:
        """The observed row of a configuration, given by its values or as a conjunction such as ``A*~B``."""
        from concausa.qca.table_rows import place_of

        return self.rows[place_of(self, configuration)]

    def sort(self, by: Order = "outcome") -> tuple[Row, ...]:
        """The observed rows in another order; those that tie stay in the order of their configurations.

        Parameters
        ----------
        by : str
            ``outcome`` (1, C, 0, ?; within each the most consistent first), ``n``, ``consistency``,
            ``pri`` (the greatest first) or ``configuration``.
        """
        from concausa.qca.table_rows import ordered

        return ordered(self.rows, by)

    def complete(self) -> tuple[Row, ...]:
        """The observed rows and every unobserved configuration, in the order of their values.

        Raises
        ------
        OptionError
            If the conditions allow more than 65,536 configurations.
        """
        from concausa.qca.table_rows import complete_rows

        return complete_rows(self)

    def negated(self) -> TruthTable:
        """The truth table of the negated outcome, with the same cut-offs.

        Rows that were recoded by hand were so for this outcome: the negated table keeps the recodings
        without applying them.
        """
        return decided(
            replace(self, explained=self.explained.negation(), sums=self.sums[[0, 2, 1, 3]]), self.cutoffs
        )

    def with_cutoffs(self, **changes: float | None) -> TruthTable:
        """The same rows judged by other cut-offs, such as ``consistency=.9``; the rest stay as they are."""
        return decided(self, self.cutoffs.changed(**changes))

    def recode(self, rows: Mapping[Configuration | str, Code], *, why: str) -> TruthTable:
        """A table in which some observed rows have another outcome, for a written reason.

        Parameters
        ----------
        rows : mapping
            From a configuration, by its values or as a conjunction such as ``A*~B``, to ``1``, ``0``, ``C``
            or ``?``.
        why : str
            Kept with the rows and shown wherever they are.

        Raises
        ------
        OptionError
            If the reason is empty, a code is none of the four, or a row was not observed.
        """
        from concausa.qca.table_rows import recodings_of

        added = recodings_of(self, rows, why)
        return decided(replace(self, recodings=self.recodings + added), self.cutoffs)

    def gaps(self) -> Table:
        """Consistencies of the rows with enough cases, from high to low, with the gap below each."""
        from concausa.qca.table_view import gaps_table

        return gaps_table(self)

    def table(
        self,
        *,
        by: Order = "outcome",
        complete: bool = False,
        why: bool = False,
        say: Callable[[str], str] = str,
    ) -> Table:
        """The truth table as it is printed in a journal.

        Parameters
        ----------
        by : str
            Order of the rows, as in :meth:`sort`.
        complete : bool
            Whether unobserved configurations are listed too.
        why : bool
            Whether a column tells why each row has its outcome.
        say : function
            Gives the reader's words for ours.
        """
        from concausa.qca.table_view import Layout, journal_table

        return journal_table(self, Layout(by, complete, why, say=say))

    def records(self) -> list[dict[str, Any]]:
        """The observed rows as plain JSON values."""
        return [row.data(self.condition_names) for row in self.rows]

    def cite(self) -> tuple[str, ...]:
        """The works that the table rests on."""
        from concausa.qca.table_view import sources

        return sources(self)

    def __repr__(self) -> str:
        names = ", ".join(self.condition_names)
        return f"<TruthTable {self.outcome} ~ {names}: {len(self.n)} rows, {len(self.data.cases)} cases>"

    def memo(self, width: int | None = None, *, by: Order = "outcome", complete: bool = False) -> str:
        """The table as text within *width* columns (80 if not given), options as in :meth:`table`."""
        from concausa.qca.table_view import Layout, memo

        return memo(self, width, Layout(by, complete))

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def truth_table(
    frame: object,
    *,
    outcome: str,
    conditions: Sequence[str],
    cases: str | Sequence[str] | None = None,
    consistency: float = 0.8,
    pri: float = 0.0,
    frequency: int = 1,
    contradiction: float | None = None,
    dont_care: str | float | None = "-",
    levels: Mapping[str, int] | None = None,
    **unknown: Never,
) -> TruthTable:
    """Make the truth table of an outcome from cases with memberships or codes.

    A case belongs to the configuration in which its membership is above .5. A case on the crossover of a
    condition belongs to none: it is listed among the ties, and its memberships still count. A row is
    positive if it has at least *frequency* cases and, over all cases, its consistency and PRI reach
    their cut-offs; with fewer cases it is a remainder; otherwise it is negative, or contradictory if
    its consistency reaches *contradiction*.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, list of records, or CaseData
        Calibrated data; only the columns named are read.
    outcome : str
        A column, its negation ``~Y``, or a category ``Y{2}`` of a multi-value factor.
    conditions : sequence of str
        One to 64 columns, without the outcome.
    cases : str, or sequence of str, optional
        The column with the names of the cases, or the names.
    consistency, pri, frequency, contradiction
        See :class:`~concausa.qca.cutoffs.Cutoffs`.
    dont_care : str or number, optional
        The sign in a condition that does not matter for a case; such a row stands for all its completions.
    levels : mapping of str to int, optional
        Number of categories of multi-value factors, where the data may lack some.

    Returns
    -------
    TruthTable

    Raises
    ------
    DataError, ScaleError, OptionError, UnknownNameError
        If the data or an option cannot be accepted, or if a positive and a negative row overlap through
        don't care.

    Examples
    --------
    >>> table = truth_table({"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}, outcome="Y",
    ...                     conditions=["A", "B"])
    >>> [(row.expression, row.outcome, row.cases) for row in table.rows]
    [('~A*~B', '0', ('3',)), ('A*~B', '0', ('2',)), ('A*B', '1', ('1',))]
    """
    refuse_misspelt(unknown, truth_table)
    cutoffs = Cutoffs(consistency=consistency, contradiction=contradiction, pri=pri, frequency=frequency)
    names = named_conditions(conditions)
    explained = read_outcome(outcome, columns_test(frame))
    if explained.name in names:
        raise OptionError(
            f'"{explained.name}" is both outcome and condition',
            where=f"outcome={outcome!r}, conditions: {', '.join(names)}",
            fix="take it out of the conditions",
        )
    data = case_data(
        frame,
        [*names, explained.name],
        cases=cases,
        dont_care=dont_care,
        outcomes=(explained.name,),
        levels=levels,
    )
    explained = explained.suits(data.factors[-1])
    return _tabulated(data, explained, cutoffs)


def _tabulated(data: CaseData, explained: Outcome, cutoffs: Cutoffs) -> TruthTable:
    from concausa.qca.corners import grouped

    factors = data.factors[:-1]
    scores = data.scores[:, :-1]
    categories = tuple([factor.levels if factor.kind == "multi-value" else 0 for factor in factors])
    configurations, n, member = grouped(scores, categories)
    if not len(n):
        raise DataError(
            "every case lies on the crossover of a condition, so that no row has a case",
            where=f"cases {', '.join(data.cases[:5])}",
            fix="choose anchors that decide for the cases, or condition by condition say why they do not",
        )
    membership = explained.membership(data.scores[:, -1])
    if configurations.min() >= 0 and all(factor.kind != "fuzzy" for factor in factors):
        sums = crisp_row_sums(member, n, membership)
    else:
        sums = row_sums(scores, categories, configurations, membership)
    return decided(
        TruthTable(data, explained, factors, cutoffs, configurations, _NO_CODES, n, sums, member), cutoffs
    )


_NO_CODES = np.empty(0, dtype="<U1")
