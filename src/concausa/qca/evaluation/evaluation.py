"""One theory held against one model: four areas, eight with the outcome, and the cases in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, ExpressionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.algebra import simplify
from concausa.expr.boolean import parse
from concausa.expr.evaluate import membership
from concausa.expr.tree import And, Constant, Expression, Not, Or, conditions_of, conjunction
from concausa.qca.evaluation.area import AREAS, CROSSOVER_LABEL, Area, AreaName, label_of
from concausa.qca.evaluation.theory import Theory
from concausa.qca.model import Model
from concausa.qca.term import number
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import read_only

Floats = NDArray[np.float64]
#: Most conjunctions that an area may multiply out to; beyond, where there are as many cubes, it is not minimised.
MOST = 60_000
Relation = Literal["the same", "narrower", "wider", "apart", "overlapping", "not told"]


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """A theory and a model. What is asked is worked out when it is asked for.

    Parameters
    ----------
    theory : Theory
    model : Model
    """

    theory: Theory
    model: Model

    @cached_property
    def expected(self) -> Floats:
        """Membership of each case in the theory."""
        table = self.model.truth_table
        columns = {name: table.data.column(name) for name in table.condition_names}
        for name in conditions_of(self.theory.tree):
            loose = np.flatnonzero(np.isnan(columns[name])).tolist()
            if loose:
                raise DataError(
                    f'"{name}" does not matter for some cases, so that they are neither in nor out of the theory',
                    where=f"{self.theory.expression}: {', '.join(table.data.cases[place] for place in loose[:5])}",
                    fix="evaluate a theory that does not name it",
                )
        return read_only(membership(self.theory.tree, columns))

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The four areas, in the order of ``AREAS``."""
        return tuple([self._area(name) for name in AREAS])

    def area(self, name: AreaName) -> Area:
        """The area of that name; UnknownNameError, with the nearest, if there is none."""
        if name not in AREAS:
            near = nearest(name, AREAS)
            raise UnknownNameError(
                f"there is no area {name!r}",
                where=", ".join(AREAS),
                fix=f"did you mean {near!r}?" if near else "name one of these",
            )
        return self.areas[AREAS.index(name)]

    @cached_property
    def labels(self) -> dict[str, str]:
        """For each case the name of its kind, such as ``covered most likely``; or ``on a crossover``."""
        table = self.model.truth_table
        found = {}
        rows = zip(
            table.data.cases,
            self.expected.tolist(),
            self.model.membership.tolist(),
            table.outcome_membership.tolist(),
            strict=True,
        )
        for case, t, s, y in rows:
            if any(abs(score - CROSSOVER) <= TOLERANCE for score in (t, s, y)):
                found[case] = CROSSOVER_LABEL
            else:
                found[case] = label_of(_name(t > CROSSOVER, s > CROSSOVER), y > CROSSOVER)
        return found

    @cached_property
    def crossovers(self) -> dict[str, tuple[str, ...]]:
        """Cases exactly on a crossover, and of what: theory, model, outcome."""
        table = self.model.truth_table
        columns = (
            ("theory", self.expected),
            ("model", self.model.membership),
            ("outcome", table.outcome_membership),
        )
        found: dict[str, list[str]] = {}
        for word, column in columns:
            for place in np.flatnonzero(np.abs(column - CROSSOVER) <= TOLERANCE).tolist():
                found.setdefault(table.data.cases[place], []).append(word)
        return {case: tuple(found[case]) for case in table.data.cases if case in found}

    @cached_property
    def consistency(self) -> float:
        """How far the theory lies within the outcome; nan if no case is in it at all."""
        return self._fit(fit.consistency)

    @cached_property
    def pri(self) -> float:
        """Proportional reduction in inconsistency of the theory."""
        return self._fit(fit.pri)

    @cached_property
    def coverage(self) -> float:
        """Share of the outcome that the theory accounts for."""
        return self._fit(fit.coverage)

    def _fit(self, measure: Any) -> float:
        return float(measure(self.expected, self.model.truth_table.outcome_membership, trusted=True))

    @property
    def relation(self) -> Relation:
        """How the theory stands to the model by logic alone: ``narrower`` if the model holds more."""
        empty = {area.name: area.empty for area in self.areas}
        if None in empty.values():
            return "not told"
        if empty["T*~S"] and empty["~T*S"]:
            return "the same"
        if empty["T*~S"]:
            return "narrower"
        if empty["~T*S"]:
            return "wider"
        return "apart" if empty["T*S"] else "overlapping"

    def data(self) -> dict[str, Any]:
        """As plain JSON values; nan becomes None."""
        return {
            "theory": self.theory.label,
            "model": self.model.expression,
            "relation": self.relation,
            "fit": {
                "theory": {
                    "consistency": number(self.consistency),
                    "pri": number(self.pri),
                    "coverage": number(self.coverage),
                },
                "model": {
                    "consistency": number(self.model.consistency),
                    "pri": number(self.model.pri),
                    "coverage": number(self.model.coverage),
                },
            },
            "areas": [area.data() for area in self.areas],
            "on_a_crossover": {case: list(words) for case, words in self.crossovers.items()},
        }

    def _area(self, name: AreaName) -> Area:
        table = self.model.truth_table
        t = 1.0 - self.expected if name.startswith("~T") else self.expected
        s = 1.0 - self.model.membership if name.endswith("~S") else self.model.membership
        expression, empty = minimised(self.theory, [self.model], name)
        named = {
            outcome: tuple([case for case, own in self.labels.items() if own == label_of(name, outcome)])
            for outcome in (True, False)
        }
        return Area(
            name,
            expression,
            empty,
            read_only(np.minimum(t, s)),
            table.outcome_membership,
            named[True],
            named[False],
        )

    def __repr__(self) -> str:
        return f"<Evaluation of {self.theory.label} against {self.model}>"


def minimised(theory: Theory, models: Sequence[Model], name: AreaName) -> tuple[str, bool | None]:
    """An area, common to all of some models, as the shortest expression; and whether nothing can lie in it.

    Where the expression is too large to be minimised it stands as it is, and the second is None.
    """
    conditions = models[0].truth_table.conditions
    levels = {factor.name: factor.levels for factor in conditions if factor.kind == "multi-value"}
    found = [parse(model.expression) for model in models]
    whole = conjunction(
        [
            Not(theory.tree) if name.startswith("~T") else theory.tree,
            *(Not(one) if name.endswith("~S") else one for one in found),
        ]
    )
    negated = [theory.tree] if name.startswith("~T") else []
    negated += found if name.endswith("~S") else []
    if _pieces(negated) > MOST and prod([factor.levels + 1 for factor in conditions]) > MOST:
        return str(whole), None
    try:
        short = simplify(whole, values=levels)
    except ExpressionError:
        return str(whole), None
    return str(_ordered(short, [factor.name for factor in conditions])), short == Constant(False)


def _pieces(negated: Sequence[Expression]) -> int:
    """How many conjunctions the negations multiply out to before anything is left out; a bound on their work."""
    found = 1
    for one in negated:
        for term in one.parts if isinstance(one, Or) else (one,):
            found *= len(term.parts) if isinstance(term, And) else 1
            if found > MOST:
                return found
    return found


def _ordered(expression: Expression, names: Sequence[str]) -> Expression:
    """The same with literals and conjunctions in the order of *names*; what is present comes first."""

    def place(literal: Expression) -> tuple[int, bool, str]:
        return names.index(conditions_of(literal)[0]), isinstance(literal, Not), str(literal)

    match expression:
        case And(parts):
            return And(tuple(sorted(parts, key=place)))
        case Or(parts):
            sums = [_ordered(part, names) for part in parts]
            key = [
                [place(one) for one in (part.parts if isinstance(part, And) else (part,))] for part in sums
            ]
            return Or(
                tuple([part for _, part in sorted(zip(key, sums, strict=True), key=lambda own: own[0])])
            )
    return expression


def _name(expected: bool, found: bool) -> AreaName:
    if expected:
        return "T*S" if found else "T*~S"
    return "~T*S" if found else "~T*~S"
