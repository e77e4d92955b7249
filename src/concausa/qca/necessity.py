"""Which conditions are necessary for an outcome: one by one, and joined by *and* or by *or*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.qca.factor import Factor
from concausa.qca.necessity_claim import Claim, Vocabulary
from concausa.qca.necessity_door import Material, material
from concausa.qca.necessity_options import BUDGET, DontCareAs, NecessityOptions
from concausa.qca.necessity_row import Kind, NecessityRow, in_order
from concausa.qca.necessity_search import Literals, Search, search
from concausa.sets import fit
from concausa.sets.deviance import deviance
from concausa.sets.membership import TOLERANCE
from concausa.sets.score_pair import read_only

Floats = NDArray[np.float64]

#: Expressions whose memberships are held at once.
_BLOCK = 4096


@dataclass(frozen=True, eq=False, repr=False)
class Necessity:
    """Expressions held against the claim that they are necessary for an outcome.

    Parameters
    ----------
    material : Material
        Data and outcome.
    vocabulary : Vocabulary
        The literals of the conditions, with memberships.
    options : NecessityOptions
    searches : mapping of str to Search
        What was found among ``disjunction`` and ``conjunction``; empty for single conditions.
    theory : mapping of Claim to str
        Expressions that theory speaks of, with what it says.
    """

    material: Material
    vocabulary: Vocabulary
    options: NecessityOptions
    searches: Mapping[Kind, Search]
    theory: Mapping[Claim, str]

    @property
    def outcome(self) -> str:
        """What is explained: ``Y``, ``~Y`` or ``Y{2}``."""
        return str(self.material.explained)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that are counted."""
        return self.material.data.cases

    @property
    def conditions(self) -> tuple[Factor, ...]:
        """The conditions, in the order given."""
        return self.vocabulary.factors

    @cached_property
    def outcome_membership(self) -> Floats:
        """Membership of each case in the outcome."""
        data, explained = self.material.data, self.material.explained
        return read_only(explained.membership(data.column(explained.name)))

    @property
    def depth(self) -> int:
        """Most literals of the expressions that were all decided."""
        return min([self.options.depth, *(found.depth for found in self.searches.values())])

    @property
    def tested(self) -> int:
        """How many expressions were decided: measured, or settled by a part of them."""
        longer = [claim for claim in self.theory if not self._is_searched(claim)]
        singles = len(self.vocabulary.literals)
        return singles + sum(found.judged for found in self.searches.values()) + len(longer)

    @property
    def redundant(self) -> dict[Kind, int]:
        """How many longer expressions reach the consistency cut-off but say nothing new.

        Disjunctions of which a part reaches it, and conjunctions that are part of a longer one that does.
        """
        return {kind: found.redundant for kind, found in self.searches.items()}

    @cached_property
    def rows(self) -> tuple[NecessityRow, ...]:
        """Every single condition; longer expressions that reach all cut-offs, or that theory speaks of."""
        singles = [Claim("single", (place,)) for place in range(len(self.vocabulary.literals))]
        rows = list(self._rows(singles))
        for kind, found in self.searches.items():
            for combinations in found.found:
                claims = [Claim(kind, tuple(places)) for places in combinations.tolist()]
                rows += [row for row in self._rows(claims) if row.reaches]
        shown = {(row.kind, row.literals) for row in rows}
        named = [claim for claim in self.theory if (claim.kind, self.vocabulary.named(claim)) not in shown]
        return in_order([*rows, *self._rows(named)])

    @property
    def necessary(self) -> tuple[NecessityRow, ...]:
        """Those that reach every cut-off."""
        return tuple([row for row in self.rows if row.reaches])

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it."""
        from concausa.qca.necessity_caveats import caveats_of

        return caveats_of(self)

    def row(self, expression: str) -> NecessityRow:
        """An expression with its fit, whether or not it is among :attr:`rows`.

        Raises
        ------
        ExpressionError, OptionError, UnknownNameError
            If *expression* is no literal, conjunction or disjunction of literals of the conditions.
        """
        return self._rows([self.vocabulary.read(expression)])[0]

    def membership(self, expression: str) -> Floats:
        """Membership of each case in an expression, for a plot against :attr:`outcome_membership`."""
        return self.vocabulary.membership(self.vocabulary.read(expression))

    def negated(self, *, theory: Mapping[str, str] | None = None) -> Necessity:
        """The same search for the negation of the outcome; what theory says of the outcome is left behind."""
        found = Material(
            self.material.data,
            self.material.explained.negation(),
            self.material.left_out,
            self.material.outside,
        )
        return _searched(found, self.options, theory or {})

    def table(self, *, limit: int | None = None, cases: bool = True) -> Table:
        """The expressions as they are printed in a journal.

        Parameters
        ----------
        limit : int, optional
            Most conjunctions and most disjunctions that are shown; a note says how many are not.
        cases : bool
            Whether deviant cases are named.
        """
        from concausa.qca.necessity_view import journal_table

        return journal_table(self, limit=limit, cases=cases)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values, full precision; None for a measure that is not defined."""
        from concausa.qca.necessity_view import document

        return document(self)

    def cite(self) -> tuple[str, ...]:
        """The works that it rests on."""
        from concausa.qca.necessity_view import sources

        return sources(self)

    def __repr__(self) -> str:
        names = ", ".join(factor.name for factor in self.conditions)
        return f"<Necessity {self.outcome} ~ {names}: {len(self.necessary)} of {self.tested} expressions>"

    def __str__(self) -> str:
        return str(self.table(limit=20))

    def _repr_html_(self) -> str:
        return self.table(limit=20)._repr_html_()

    def _is_searched(self, claim: Claim) -> bool:
        if claim.kind == "single":
            return True
        return claim.kind in self.searches and len(claim.places) <= self.searches[claim.kind].depth

    def _rows(self, claims: Sequence[Claim]) -> list[NecessityRow]:
        rows: list[NecessityRow] = []
        for start in range(0, len(claims), _BLOCK):
            rows += self._measured(claims[start : start + _BLOCK])
        return rows

    def _measured(self, claims: Sequence[Claim]) -> list[NecessityRow]:
        x = np.array([self.vocabulary.membership(claim) for claim in claims]).T
        y = self.outcome_membership
        consistency = fit.necessity_consistency(x, y, trusted=True)
        coverage = fit.necessity_coverage(x, y, trusted=True)
        relevance = fit.relevance(x, y, trusted=True)
        options = self.options
        reaches = fit.reaches(consistency, options.consistency)
        for measure, cutoff in ((coverage, options.coverage), (relevance, options.relevance)):
            if cutoff > 0:
                reaches &= fit.reaches(measure, cutoff)
        found = deviance(x, y, "necessary", trusted=True)
        columns = zip(
            claims,
            consistency.tolist(),
            coverage.tolist(),
            relevance.tolist(),
            reaches.tolist(),
            found.kind.T,
            found.degree.T,
            (x - y[:, None]).T,
            strict=True,
        )
        return [
            NecessityRow(
                self.vocabulary.text(claim),
                claim.kind,
                self.vocabulary.named(claim),
                held,
                filled,
                relevant,
                reached,
                self._named(in_kind, distance),
                self._named(in_degree, distance),
                self.theory.get(claim, ""),
            )
            for claim, held, filled, relevant, reached, in_kind, in_degree, distance in columns
        ]

    def _named(self, chosen: NDArray[np.bool_], distance: Floats) -> tuple[str, ...]:
        places = np.flatnonzero(chosen)
        if len(places) > 1:
            places = places[np.argsort(distance[places].round(9), kind="stable")]
        return tuple([self.cases[place] for place in places.tolist()])


def necessity(
    frame: object,
    *,
    outcome: str | None = None,
    conditions: Sequence[str] | None = None,
    cases: str | Sequence[str] | None = None,
    consistency: float = 0.9,
    coverage: float = 0.0,
    relevance: float = 0.0,
    depth: int = 1,
    disjunctions: bool = True,
    conjunctions: bool = True,
    theory: Mapping[str, str] | None = None,
    dont_care: str | float | None = "-",
    dont_care_as: DontCareAs = "refuse",
    levels: Mapping[str, int] | None = None,
    budget: int = BUDGET,
    **unknown: Never,
) -> Necessity:
    """Hold conditions, and expressions of them, against the claim that they are necessary for an outcome.

    Every condition, its negation or each of its categories is measured and shown. With *depth* 2 and more
    also the disjunctions and conjunctions of up to that many literals: listed are the disjunctions that
    reach the cut-offs and have no part that reaches the consistency cut-off, and the conjunctions that
    reach them and are no part of a longer one that reaches the consistency cut-off. A disjunction becomes
    necessary by growing, so that some are found in any data: give *theory* for those that mean something.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, list of records, CaseData or TruthTable
        Calibrated data; only the columns named are read. A truth table brings its outcome and conditions.
    outcome : str
        A column, its negation ``~Y``, or a category ``Y{2}`` of a multi-value factor.
    conditions : sequence of str
        Columns, without the outcome.
    cases : str, or sequence of str, optional
        The column with the names of the cases, or the names.
    consistency, coverage, relevance : float in [0, 1]
        Least values of a necessary expression; relevance (RoN) and coverage tell trivial ones apart.
    depth : int from 1 to 8
        Most literals of an expression.
    disjunctions, conjunctions : bool
        Which expressions of two and more literals are searched.
    theory : mapping of str to str, optional
        From an expression, such as ``A + B``, to why it should be necessary. It is shown whatever its fit.
    dont_care : str or number, optional
        The sign of a score that does not matter for a case.
    dont_care_as : str
        ``refuse`` such scores; take them as ``outside`` every literal; or ``leave out`` their cases.
    levels : mapping of str to int, optional
        Number of categories of multi-value factors, where the data may lack some.
    budget : int
        Most expressions that are measured. A length that would pass it is not begun, and a caveat says so.

    Returns
    -------
    Necessity

    Raises
    ------
    DataError, ScaleError, OptionError, UnknownNameError, ExpressionError
        If the data, a name, an option or an expression of *theory* cannot be accepted.

    Notes
    -----
    A case on the crossover of a condition or of the outcome counts in every sum, but deviates in no
    kind: it is named in a caveat.

    Examples
    --------
    >>> found = necessity({"A": [1, 1, 0, 1], "B": [0, 1, 1, 0], "Y": [1, 1, 0, 0]}, outcome="Y",
    ...                   conditions=["A", "B"])
    >>> [(row.expression, row.consistency, round(row.relevance, 2)) for row in found.necessary]
    [('A', 1.0, 0.5)]

    References
    ----------
    .. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, ch. 3, 5 and 9. https://doi.org/10.1017/CBO9781139004244
    .. [2] Mahoney, Kimball & Koivu (2009), *Comparative Political Studies* 42(1), 114-146, on SUIN
       conditions. https://doi.org/10.1177/0010414008325433
    """
    refuse_misspelt(unknown, necessity)
    options = NecessityOptions(
        consistency, coverage, relevance, depth, disjunctions, conjunctions, dont_care_as, budget
    )
    found = material(
        frame,
        outcome=outcome,
        conditions=conditions,
        cases=cases,
        dont_care=dont_care,
        levels=levels,
        dont_care_as=dont_care_as,
    )
    return _searched(found, options, theory or {})


def _searched(found: Material, options: NecessityOptions, theory: Mapping[str, str]) -> Necessity:
    data = found.data
    vocabulary = Vocabulary.of(data.factors[:-1], data.scores[:, :-1])
    y = found.explained.membership(data.scores[:, -1])
    total = float(y.sum())
    searches: dict[Kind, Search] = {}
    if options.depth > 1 and total > TOLERANCE:
        literals = Literals(
            np.minimum(vocabulary.memberships, y),
            vocabulary.owner,
            np.array([factor.levels for factor in vocabulary.factors]),
            total,
        )
        left = options.budget
        kinds: list[tuple[Kind, bool]] = [
            ("conjunction", options.conjunctions),
            ("disjunction", options.disjunctions),
        ]
        for kind, wanted in kinds:
            if wanted:
                searches[kind] = search(
                    literals,
                    "conjunction" if kind == "conjunction" else "disjunction",
                    cutoff=options.consistency,
                    depth=options.depth,
                    budget=left,
                )
                left -= searches[kind].measured
    return Necessity(found, vocabulary, options, searches, _told(vocabulary, theory))


def _told(vocabulary: Vocabulary, theory: Mapping[str, str]) -> dict[Claim, str]:
    if not isinstance(theory, Mapping):
        raise OptionError(
            "theory is a mapping from an expression to what speaks for it",
            where=f"theory={theory!r}",
            fix='write theory={"A + B": "either gives access to the ministry (Smith 2001)"}',
        )
    told: dict[Claim, str] = {}
    for expression, text in theory.items():
        claim = vocabulary.read(expression)
        if not isinstance(text, str) or not text.strip():
            raise OptionError(
                "theory says nothing of an expression",
                where=f"theory[{expression!r}]={text!r}",
                fix="write why it should be necessary, or leave it out",
            )
        if claim in told:
            raise OptionError(
                "theory speaks of one expression twice",
                where=vocabulary.text(claim),
                fix="keep one of the texts",
            )
        told[claim] = text.strip()
    return told
