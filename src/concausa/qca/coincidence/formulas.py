"""What a coincidence analysis finds: conditions, atomic formulas, and models put together from these."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.qca.coincidence.configurations import Configurations
from concausa.qca.coincidence.logic import Space
from concausa.qca.coincidence.measures import Measures, fits
from concausa.qca.factor import literal, term_text
from concausa.sets.membership import CROSSOVER, TOLERANCE

Floats = NDArray[np.float64]
Cubes = NDArray[np.int8]
Effect = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Formula:
    """A disjunction of conditions and the outcome that it is sufficient and necessary for.

    With one condition it is also what tells a minimally sufficient condition.

    Parameters
    ----------
    table : Configurations
    effect : (int, int)
        Place of the outcome's factor, and its value.
    cubes : array of int8, shape (terms, factors)
        −1 where a factor is left out.
    measures : Measures
        Those that decided.
    arrow : str
        ``<->`` for what is sufficient and necessary, ``->`` for what is sufficient.
    """

    table: Configurations
    effect: Effect
    cubes: Cubes
    measures: Measures
    arrow: str = "<->"

    @cached_property
    def outcome(self) -> str:
        """What is explained: ``Y``, ``~Y`` or ``Y{2}``."""
        return literal(self.table.factors[self.effect[0]], self.effect[1])

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The conditions as texts."""
        return tuple([term_text(self.table.factors, cube) for cube in self.cubes.tolist()])

    @cached_property
    def expression(self) -> str:
        """The disjunction: ``A*~B + C``."""
        return " + ".join(self.terms)

    @property
    def text(self) -> str:
        """``A*~B + C <-> Y``."""
        return f"{self.expression} {self.arrow} {self.outcome}"

    @property
    def complexity(self) -> int:
        """How many literals it has."""
        return int((self.cubes >= 0).sum())

    @property
    def causes(self) -> tuple[int, ...]:
        """Places of the factors on its left side."""
        return tuple(np.flatnonzero((self.cubes >= 0).any(axis=0)).tolist())

    @property
    def factors(self) -> tuple[int, ...]:
        """Places of all its factors."""
        return tuple(sorted({*self.causes, self.effect[0]}))

    @cached_property
    def membership(self) -> Floats:
        """Memberships in the left side, shape (configurations,)."""
        found: Floats = self.table.of_terms(self.cubes).max(axis=0)
        return found

    @cached_property
    def fit(self) -> dict[str, float]:
        """Every measure of :mod:`concausa.qca.coincidence.measures` by its name; nan where undefined."""
        return fits(self.membership, self.table.membership(*self.effect), self.table.counts)

    @property
    def consistency(self) -> float:
        """The measure of sufficiency that decided."""
        return self.fit[self.measures.sufficiency]

    @property
    def coverage(self) -> float:
        """The measure of necessity that decided."""
        return self.fit[self.measures.necessity]

    @property
    def cases(self) -> tuple[str, ...]:
        """Cases in the left side and in the outcome."""
        return self.table.named(self._side & (self.table.membership(*self.effect) > CROSSOVER + TOLERANCE))

    @property
    def deviant(self) -> tuple[str, ...]:
        """Cases in the left side and out of the outcome."""
        return self.table.named(self._side & (self.table.membership(*self.effect) < CROSSOVER - TOLERANCE))

    @property
    def _side(self) -> NDArray[np.bool_]:
        return self.membership > CROSSOVER + TOLERANCE

    def data(self) -> dict[str, Any]:
        """As plain JSON values; nan becomes None."""
        return {
            "outcome": self.outcome,
            "expression": self.expression,
            "complexity": self.complexity,
            "fit": {name: _number(value) for name, value in self.fit.items()},
            "cases": list(self.cases),
            "deviant": list(self.deviant),
        }

    def __repr__(self) -> str:
        return f"<Formula {self.text}>"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, eq=False)
class ComplexFormula:
    """Atomic formulas that hold together, none of which the others imply: a causal model.

    Parameters
    ----------
    table : Configurations
    parts : tuple of Formula
        In the order of their outcomes.
    alike : int
        Number of the class of models that are logically equivalent to it, from 1.
    """

    table: Configurations
    parts: tuple[Formula, ...]
    alike: int = 1

    @cached_property
    def text(self) -> str:
        """``(A*B + C <-> D)*(D + E <-> F)``."""
        if len(self.parts) == 1:
            return self.parts[0].text
        return "*".join(f"({part.text})" for part in self.parts)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is explained."""
        return tuple([part.outcome for part in self.parts])

    @property
    def complexity(self) -> int:
        """How many literals its left sides have."""
        return sum(part.complexity for part in self.parts)

    @property
    def consistency(self) -> float:
        """The least of its parts."""
        return min(part.consistency for part in self.parts)

    @property
    def coverage(self) -> float:
        """The least of its parts."""
        return min(part.coverage for part in self.parts)

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """Places of its factors."""
        return tuple(sorted({place for part in self.parts for place in part.factors}))

    @cached_property
    def arrows(self) -> tuple[tuple[int, int], ...]:
        """Direct causes and effects, as places of factors."""
        return tuple(dict.fromkeys((cause, part.effect[0]) for part in self.parts for cause in part.causes))

    @cached_property
    def cyclic(self) -> bool:
        """Whether some factor is among its own causes."""
        return any(place in _reached(self.arrows, place) for place in self.factors)

    @cached_property
    def chains(self) -> tuple[tuple[int, int, int], ...]:
        """Cause, effect, and effect of the effect."""
        return tuple([(a, b, d) for a, b in self.arrows for c, d in self.arrows if b == c and a != d])

    @cached_property
    def common(self) -> tuple[int, ...]:
        """Factors that are direct causes of several effects."""
        causes = [cause for cause, _ in self.arrows]
        return tuple([place for place in self.factors if causes.count(place) > 1])

    @cached_property
    def _logic(self) -> tuple[Space, NDArray[np.uint64]]:
        space = Space(
            [factor.levels if place in self.factors else 1 for place, factor in enumerate(self.table.factors)]
        )
        truths = space.everything
        for part in self.parts:
            truths = truths & space.equivalence(part.effect, part.cubes)
        return space, truths

    @cached_property
    def _seen(self) -> tuple[int, int]:
        """Observed configurations of its factors that the model allows, and all observed ones."""
        space, truths = self._logic
        own = self.table.corners[:, list(self.factors)]
        own = np.unique(own[(own >= 0).all(axis=1)], axis=0)
        values = np.zeros((len(own), len(self.table.factors)), dtype=np.int8)
        values[:, list(self.factors)] = own
        return int(space.holds(truths, values).sum()), len(own)

    @property
    def exhaustiveness(self) -> float:
        """Of the configurations of its factors that the model allows, the share that cases have."""
        space, truths = self._logic
        allowed = space.count(truths)
        return self._seen[0] / allowed if allowed else math.nan

    @property
    def faithfulness(self) -> float:
        """Of the configurations of its factors that cases have, the share that the model allows."""
        return self._seen[0] / self._seen[1] if self._seen[1] else math.nan

    @cached_property
    def coherence(self) -> float:
        """Cases of which all its parts hold, as a share of those of which some part does.

        Parts that have no factor in common, directly or through others, are taken apart; then the least is
        given. A part holds of a case that is on the same side of the crossover in both its sides.
        """
        found = []
        for piece in self.pieces:
            held = np.stack(
                [
                    (part.membership > CROSSOVER + TOLERANCE)
                    == (self.table.membership(*part.effect) > CROSSOVER + TOLERANCE)
                    for part in piece
                ]
            )
            some = float(self.table.counts[held.any(axis=0)].sum())
            found.append(float(self.table.counts[held.all(axis=0)].sum()) / some if some else math.nan)
        return min(found)

    @cached_property
    def pieces(self) -> tuple[tuple[Formula, ...], ...]:
        """Parts that share factors, directly or through others, together."""
        pieces: list[list[Formula]] = []
        for part in self.parts:
            joined = [
                piece for piece in pieces if any(set(part.factors) & set(other.factors) for other in piece)
            ]
            pieces = [piece for piece in pieces if piece not in joined]
            pieces.append([*(other for piece in joined for other in piece), part])
        return tuple([tuple(piece) for piece in pieces])

    def data(self) -> dict[str, Any]:
        """As plain JSON values; nan becomes None."""
        return {
            "text": self.text,
            "parts": [{"outcome": part.outcome, "expression": part.expression} for part in self.parts],
            "consistency": _number(self.consistency),
            "coverage": _number(self.coverage),
            "complexity": self.complexity,
            "exhaustiveness": _number(self.exhaustiveness),
            "faithfulness": _number(self.faithfulness),
            "coherence": _number(self.coherence),
            "cyclic": self.cyclic,
            "connected": len(self.pieces) == 1,
            "alike": self.alike,
        }

    def __len__(self) -> int:
        return len(self.parts)

    def __repr__(self) -> str:
        return f"<ComplexFormula {self.text}>"

    def __str__(self) -> str:
        return self.text


def _reached(arrows: Sequence[tuple[int, int]], start: int) -> set[int]:
    found: set[int] = set()
    new = {start}
    while new:
        new = {effect for cause, effect in arrows if cause in new} - found
        found |= new
    return found


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
