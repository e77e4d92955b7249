"""Several outcomes minimised together, as outputs of one circuit (combinational regularity analysis).

Outcomes that go together, such as diseases of the same patients, can have a condition in common that explains why they
do. Each is a column of the same truth table. A *gate* is a conjunction that no shorter one can replace for all of the
outcomes that it implies: a prime implicant of the product of these outcomes. A *system* is a choice of gates,
and of the outcomes that each leads to, that accounts for every positive row of every outcome, with nothing to
spare [1]_, [2]_.

References
----------
.. [1] Thiem, Mkrtchyan & Sebechlebská (2022), Combinational Regularity Analysis (CORA) - a new method for uncovering
   complex causation in medical and health research, *BMC Medical Research Methodology* 22, 333.
   https://doi.org/10.1186/s12874-022-01800-9
.. [2] Sebechlebská, Mkrtchyan & Thiem (2023), CORA and LOGIGRAM, *Journal of Open Source Software* 8(85), 5019.
   https://doi.org/10.21105/joss.05019
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Any, Literal, Never

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.covers import Covers, irredundant_covers, minimum_covers
from concausa._kernels.cubes import covers as contains
from concausa._kernels.shared_primes import SharedPrimes, shared_primes
from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import DataError, OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.qca.case_data import case_data, columns_test
from concausa.qca.conditions import named_conditions
from concausa.qca.outcome import read_outcome
from concausa.qca.several.system import Gate, System
from concausa.qca.truth_table import TruthTable, truth_table

Models = Literal["minimum", "irredundant"]
#: Most outcomes: the gates of every set of them are worked out.
MOST = 8
#: Most systems that are listed unless one asks for more.
LIMIT = 1_000


@dataclass(frozen=True, eq=False, repr=False)
class SeveralOutcomes:
    """Every system that explains some outcomes together.

    Parameters
    ----------
    tables : tuple of TruthTable
        One an outcome, over the same conditions.
    models : str
        ``minimum``: systems with the fewest gates; ``irredundant``: all of which no gate can be left out.
    limit : int
        Most systems that are listed.
    """

    tables: tuple[TruthTable, ...]
    models: Models
    limit: int

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is explained."""
        return tuple([table.outcome for table in self.tables])

    @cached_property
    def _on(self) -> NDArray[np.bool_]:
        return np.stack([table.codes == "1" for table in self.tables])

    @cached_property
    def _primes(self) -> SharedPrimes:
        first = self.tables[0]
        off = np.stack([np.isin(table.codes, ("0", "C")) for table in self.tables])
        levels = tuple([factor.levels for factor in first.conditions])
        return shared_primes(first.configurations, self._on, off, levels)

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """Every prime implicant of every product of outcomes, those of the most outcomes first."""
        conditions = self.tables[0].conditions
        return tuple(
            [
                Gate(conditions, tuple(cube), tuple(np.flatnonzero(tag).tolist()))
                for cube, tag in zip(self._primes.cubes.tolist(), self._primes.tags, strict=True)
            ]
        )

    @cached_property
    def _charts(self) -> tuple[NDArray[np.bool_], ...]:
        """For each outcome gates × its positive rows."""
        inside = contains(self._primes.cubes, self.tables[0].configurations)
        return tuple(
            [inside[:, on] & self._primes.tags[:, place : place + 1] for place, on in enumerate(self._on)]
        )

    @cached_property
    def _covers(self) -> Covers:
        search = minimum_covers if self.models == "minimum" else irredundant_covers
        return search(np.concatenate(self._charts, axis=1), limit=self.limit)

    @cached_property
    def _found(self) -> tuple[tuple[System, ...], bool]:
        """The systems, and whether that is all."""
        systems: list[System] = []
        whole = self._covers.exact and len(self._covers.sets) == self._covers.count and self._primes.complete
        for chosen in self._covers.sets:
            each = [self._connections(chart, chosen) for chart in self._charts]
            room = self.limit - len(systems)
            made = list(islice(product(*each), room + 1))
            whole &= len(made) <= room
            gates = tuple([self.gates[place] for place in chosen])
            systems += [
                System(
                    self.tables, gates, tuple([tuple(chosen.index(place) for place in own) for own in one])
                )
                for one in made[:room]
            ]
            if len(systems) >= self.limit:
                whole &= chosen is self._covers.sets[-1]
                break
        systems.sort(key=lambda one: (len(one.gates), one.literals, one.text))
        return tuple(systems), whole

    @staticmethod
    def _connections(chart: NDArray[np.bool_], chosen: Sequence[int]) -> list[tuple[int, ...]]:
        """The ways of connecting chosen gates to one outcome without a needless connection."""
        found = irredundant_covers(chart[list(chosen)])
        return [tuple([chosen[place] for place in own]) for own in found.sets]

    @property
    def systems(self) -> tuple[System, ...]:
        """Every system, up to the limit: fewest gates first, then fewest literals."""
        return self._found[0]

    @property
    def n_systems(self) -> int:
        """How many systems there are; a lower bound unless ``exact``."""
        return len(self.systems)

    @property
    def exact(self) -> bool:
        """Whether every system is listed."""
        return self._found[1]

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the systems."""
        from concausa.qca.several.view import caveats_of

        return caveats_of(self)

    def table(self, limit: int | None = None) -> Table:
        """The systems: gates, the outcomes that they lead to, fit."""
        from concausa.qca.several.view import systems_table

        return systems_table(self, limit)

    def gates_table(self) -> Table:
        """Every gate with the outcomes that it implies, and in how many systems it is."""
        from concausa.qca.several.view import gates_table

        return gates_table(self)

    def chart(self, system: int = 0) -> Chart:
        """The two-level diagram of one system: conditions, gates, outcomes."""
        from concausa.qca.several.diagram import diagram

        return diagram(self, system)

    def data(self, limit: int | None = None) -> dict[str, Any]:
        """Everything as plain JSON values."""
        from concausa.qca.several.view import document

        return document(self, limit)

    def cite(self) -> tuple[str, ...]:
        """The works that the analysis rests on."""
        from concausa.qca.several.view import SOURCES

        return SOURCES

    def __len__(self) -> int:
        return len(self.systems)

    def __repr__(self) -> str:
        bound = "" if self.exact else "at least "
        noun = "system" if self.n_systems == 1 else "systems"
        return f"<SeveralOutcomes {', '.join(self.outcomes)}: {bound}{self.n_systems:,} {noun}>"

    def memo(self, width: int | None = None, *, systems: int = 5) -> str:
        """The analysis as text within *width* columns (80 if not given)."""
        from concausa.qca.several.view import memo

        return memo(self, width, systems)

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table(20)._repr_html_()


def several_outcomes(
    frame: object,
    *,
    outcomes: Sequence[str],
    conditions: Sequence[str],
    cases: str | Sequence[str] | None = None,
    consistency: float = 0.8,
    pri: float = 0.0,
    frequency: int = 1,
    models: Models = "minimum",
    limit: int = LIMIT,
    levels: Mapping[str, int] | None = None,
    **unknown: Never,
) -> SeveralOutcomes:
    """Minimise the truth tables of several outcomes together; remainders are free, as in a parsimonious solution.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, list of records, or CaseData
    outcomes : sequence of str
        Two to eight: ``Y``, ``~Y``, or ``Y{2}``.
    conditions : sequence of str
        Columns, none of which is an outcome.
    cases, consistency, pri, frequency, levels
        See :func:`~concausa.qca.truth_table.truth_table`.
    models : str
        ``minimum``: systems with the fewest gates. ``irredundant``: all of which no gate can be left out.
    limit : int
        Most systems that are listed.

    Returns
    -------
    SeveralOutcomes

    Raises
    ------
    DataError, OptionError, UnknownNameError
        If the data or an option cannot be accepted; if an outcome has no positive row.

    Examples
    --------
    >>> frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 0, 0], "Z": [1, 1, 0, 0]}
    >>> found = several_outcomes(frame, outcomes=["Y", "Z"], conditions=["A", "B"])
    >>> [str(system) for system in found.systems]
    ['A*B => Y; A => Z']
    """
    refuse_misspelt(unknown, several_outcomes)
    names = named_conditions(conditions)
    if isinstance(outcomes, str) or not isinstance(outcomes, Sequence) or not 2 <= len(outcomes) <= MOST:
        raise OptionError(
            f"several outcomes are two to {MOST}",
            where=f"outcomes={outcomes!r}",
            fix='write outcomes=["Y", "Z"]; for one outcome there are truth_table and minimize',
        )
    if models not in ("minimum", "irredundant"):
        raise OptionError(
            f"models cannot be {models!r}", where="models: minimum, irredundant", fix="use one of these"
        )
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise OptionError(
            "the limit is how many systems are listed at most, 1 or more", where=f"limit={limit!r}"
        )
    explained = [read_outcome(text, columns_test(frame)) for text in outcomes]
    columns = tuple(dict.fromkeys(one.name for one in explained))
    for name in columns:
        if name in names:
            raise OptionError(
                f'"{name}" is both outcome and condition',
                where=f"outcomes: {', '.join(outcomes)}; conditions: {', '.join(names)}",
                fix="take it out of the conditions; coincidence analysis lets a factor be both",
            )
    data = case_data(frame, [*names, *columns], cases=cases, outcomes=columns, levels=levels)
    tables = tuple(
        [
            truth_table(
                data, outcome=text, conditions=names, consistency=consistency, pri=pri, frequency=frequency
            )
            for text in outcomes
        ]
    )
    for table in tables:
        if not len(table.positive):
            raise DataError(
                f"no row leads to {table.outcome}",
                where=f"consistency at least {consistency:g}, PRI at least {pri:g}, {frequency} case(s) a row",
                fix="lower a cut-off, or leave this outcome out",
            )
    return SeveralOutcomes(tables, models, limit)
