"""A system: gates, and which of them lead to which outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.qca.factor import Factor, term_text
from concausa.qca.truth_table import TruthTable
from concausa.sets import fit

Cubes = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Gate:
    """A conjunction of conditions, and all outcomes for which it will do.

    Parameters
    ----------
    conditions : tuple of Factor
    cube : tuple of int
        −1 where a condition is left out.
    outcomes : tuple of int
        Places of the outcomes that it implies. Where there are several, it explains their coming together.
    """

    conditions: tuple[Factor, ...]
    cube: tuple[int, ...]
    outcomes: tuple[int, ...]

    @property
    def expression(self) -> str:
        """``A*~B``."""
        return term_text(self.conditions, self.cube)

    @property
    def literals(self) -> int:
        """How many literals it has."""
        return sum(value >= 0 for value in self.cube)

    def __str__(self) -> str:
        return self.expression


@dataclass(frozen=True, eq=False)
class System:
    """For each outcome the gates that lead to it; no gate and no connection can be left out.

    Parameters
    ----------
    tables : tuple of TruthTable
        One an outcome, of the same cases and conditions.
    gates : tuple of Gate
        Those that are used.
    connections : tuple of tuple of int
        For each outcome the places of its gates.
    """

    tables: tuple[TruthTable, ...]
    gates: tuple[Gate, ...]
    connections: tuple[tuple[int, ...], ...]

    @cached_property
    def expressions(self) -> tuple[str, ...]:
        """What leads to each outcome: ``A*~B + C``."""
        return tuple([" + ".join(self.gates[place].expression for place in own) for own in self.connections])

    @property
    def text(self) -> str:
        """``A*B => Y; A*B + C => Z``."""
        return "; ".join(
            f"{expression} => {table.outcome}"
            for expression, table in zip(self.expressions, self.tables, strict=True)
        )

    @property
    def literals(self) -> int:
        """How many literals its gates have."""
        return sum(gate.literals for gate in self.gates)

    @property
    def shared(self) -> tuple[Gate, ...]:
        """Gates that lead to several outcomes."""
        uses = [place for own in self.connections for place in own]
        return tuple([gate for place, gate in enumerate(self.gates) if uses.count(place) > 1])

    def membership(self, outcome: int) -> Floats:
        """Memberships of the cases in what leads to an outcome."""
        table = self.tables[outcome]
        cubes = np.array([self.gates[place].cube for place in self.connections[outcome]], dtype=np.int8)
        found: Floats = table.data.memberships(cubes, table.condition_names).max(axis=1)
        return found

    def consistency(self, outcome: int) -> float:
        """How far what leads to an outcome lies within it."""
        y = self.tables[outcome].outcome_membership
        return float(fit.consistency(self.membership(outcome), y, trusted=True))

    def coverage(self, outcome: int) -> float:
        """Share of an outcome that is accounted for."""
        y = self.tables[outcome].outcome_membership
        return float(fit.coverage(self.membership(outcome), y, trusted=True))

    def data(self) -> dict[str, Any]:
        """As plain JSON values; nan becomes None."""
        return {
            "text": self.text,
            "gates": [
                {
                    "expression": gate.expression,
                    "implies": [self.tables[place].outcome for place in gate.outcomes],
                    "leads_to": [
                        table.outcome
                        for table, own in zip(self.tables, self.connections, strict=True)
                        if number in own
                    ],
                }
                for number, gate in enumerate(self.gates)
            ],
            "outcomes": [
                {
                    "outcome": table.outcome,
                    "expression": self.expressions[place],
                    "consistency": _number(self.consistency(place)),
                    "coverage": _number(self.coverage(place)),
                }
                for place, table in enumerate(self.tables)
            ],
            "literals": self.literals,
        }

    def __repr__(self) -> str:
        return f"<System {self.text}>"

    def __str__(self) -> str:
        return self.text


def _number(value: float) -> float | None:
    return None if value != value else value
