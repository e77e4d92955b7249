"""The formulas of many truth tables over the same conditions; rows coded alike are minimised once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError
from concausa.qca.factor import term_text
from concausa.qca.minimize import minimize
from concausa.qca.row_codes import refuse_overlaps
from concausa.qca.truth_table import TruthTable

if TYPE_CHECKING:
    from concausa.qca.analysis import Analysis
    from concausa.qca.box import Cube
    from concausa.qca.case_data import CaseData
    from concausa.qca.solution import Solution


@dataclass(frozen=True, slots=True)
class Formula:
    """What a solution says, without its fit.

    Parameters
    ----------
    models : tuple of str
        Every listed model as text, in a stable order; empty where there is no solution.
    terms : tuple of tuple of cubes
        The terms of each model; −1 where a condition does not matter.
    core : tuple of str
        The terms that all models have.
    n_models : int
        How many models there are, listed or not.
    exact : bool
        Whether their number is exact.
    nothing : str
        Why there is no solution.
    written : tuple of tuple of str
        The terms of each model as texts.
    essential : tuple of str
        Prime implicants that alone cover some positive row, and so are in every model.
    """

    models: tuple[str, ...] = ()
    terms: tuple[tuple[Cube, ...], ...] = ()
    core: tuple[str, ...] = ()
    n_models: int = 0
    exact: bool = True
    nothing: str = ""
    written: tuple[tuple[str, ...], ...] = ()
    essential: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """All listed models, whatever their order: formulas with the same key say the same."""
        return tuple(sorted(self.models))

    @property
    def some(self) -> frozenset[str]:
        """Terms of at least one model, as texts."""
        return frozenset(term for model in self.written for term in model)

    @property
    def text(self) -> str:
        """All listed models, divided by ``|``, and how many more there are."""
        if not self.models:
            return "no solution"
        more = self.n_models - len(self.models)
        return " | ".join(self.models) + (f" | and {more:,} more" if more > 0 else "")

    def memberships(self, data: CaseData, conditions: Sequence[str]) -> NDArray[np.float64]:
        """Membership of each case in each model, shape (models, cases)."""
        place = {
            cube: number
            for number, cube in enumerate(dict.fromkeys(cube for one in self.terms for cube in one))
        }
        if not place:
            return np.zeros((0, len(data.cases)))
        terms = data.memberships(np.array(list(place), dtype=np.int8), conditions).T
        return np.stack([terms[[place[cube] for cube in one]].max(axis=0) for one in self.terms])

    def __bool__(self) -> bool:
        return bool(self.models)

    def __str__(self) -> str:
        if not self.models:
            return "no solution"
        more = f" (1 of {self.n_models:,} models)" if self.n_models > 1 else ""
        return f"{self.models[0]}{more}"


class Formulas:
    """Finds the formula of coded rows, and remembers it.

    Parameters
    ----------
    analysis : Analysis
        Whose conditions, choices, expectations, exclusions and inclusions hold for all of them.
    """

    def __init__(self, analysis: Analysis) -> None:
        table = analysis.data
        self._analysis = analysis
        self._table = TruthTable(
            table,
            analysis.explained,
            table.factors[:-1],
            analysis.cutoffs,
            np.empty((0, len(analysis.conditions)), dtype=np.int8),
            np.empty(0, dtype="<U1"),
            np.empty(0, dtype=np.int64),
            np.empty((4, 0)),
            np.full(len(table.cases), -1),
        )
        choices = asdict(analysis.choices)
        self._options: dict[str, Any] = choices | {"exclude": analysis.exclude, "include": analysis.include}
        self._known: dict[tuple[bytes, bytes], Formula] = {}

    def of(self, configurations: NDArray[np.int8], codes: NDArray[np.str_]) -> Formula:
        """The formula of rows with these codes.

        Parameters
        ----------
        configurations : array of int8, shape (rows, conditions)
            Different configurations; −1 for don't care.
        codes : array of str, shape (rows,)
            ``1``, ``0``, ``C`` or ``?``.
        """
        decided = codes != "?"
        rows, marks = configurations[decided], codes[decided].astype("<U1")
        order = np.lexsort(rows.T[::-1])
        rows, marks = rows[order], marks[order]
        key = rows.tobytes(), marks.tobytes()
        if key not in self._known:
            self._known[key] = self._found(rows, marks)
        return self._known[key]

    def __len__(self) -> int:
        return len(self._known)

    def _found(self, rows: NDArray[np.int8], codes: NDArray[np.str_]) -> Formula:
        if not (codes == "1").any():
            return Formula(nothing="no row of the truth table is positive")
        table = self._table_of(rows, codes)
        try:
            if rows.min() < 0:
                refuse_overlaps(table)
            return formula_of(
                minimize(table, expectations=self._analysis.expectations or None, **self._options)
            )
        except DataError as error:
            return Formula(nothing=error.what)

    def _table_of(self, rows: NDArray[np.int8], codes: NDArray[np.str_]) -> TruthTable:
        like, number = self._table, len(rows)
        return TruthTable(
            like.data, like.explained, like.conditions, like.cutoffs, rows, codes,
            np.ones(number, dtype=np.int64), np.ones((4, number)), like.member,
        )  # fmt: skip


def formula_of(solution: Solution | None, nothing: str = "") -> Formula:
    """What a solution says; where there is none, that there is none."""
    if solution is None:
        return Formula(nothing=nothing)
    models = solution.models
    terms = tuple([tuple([tuple(cube) for cube in model.cubes.tolist()]) for model in models])
    shared = set.intersection(*(set(one) for one in terms)) if terms else set()
    conditions = solution.truth_table.conditions
    core = [term_text(conditions, cube) for cube in terms[0] if cube in shared] if terms else []
    texts = tuple([model.expression for model in models])
    written = tuple([tuple([term_text(conditions, cube) for cube in model]) for model in terms])
    essential = tuple([term_text(conditions, cube) for cube in solution.essential_cubes])
    return Formula(
        texts, terms, tuple(core), solution.n_models, solution.exact, written=written, essential=essential
    )
