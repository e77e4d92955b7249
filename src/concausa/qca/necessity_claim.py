"""Expressions of literals joined one way: what a claim of necessity can be about, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import And, Expression, Name, Not, OneOf, Or, conditions_of, parse
from concausa.qca.factor import Factor, literal
from concausa.qca.necessity_row import Kind
from concausa.sets.score_pair import read_only

_SIGNS: dict[Kind, str] = {"single": "", "conjunction": "*", "disjunction": " + "}


@dataclass(frozen=True, slots=True)
class Claim:
    """One literal, or several joined by *and* or by *or*.

    Parameters
    ----------
    kind : str
        ``single``, ``conjunction`` or ``disjunction``.
    places : tuple of int
        The literals, as places in the list of all literals of all conditions, rising.
    """

    kind: Kind
    places: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every literal of some conditions, with the membership of the cases in it.

    Parameters
    ----------
    factors : tuple of Factor
        The conditions.
    literals : tuple of (str, int)
        Condition and value, value 1 of a set before 0, categories rising.
    memberships : array of float, shape (literals, cases)
        A don't-care score is membership 0 in every literal.
    """

    factors: tuple[Factor, ...]
    literals: tuple[tuple[str, int], ...]
    memberships: NDArray[np.float64]

    @staticmethod
    def of(factors: Sequence[Factor], scores: NDArray[np.float64]) -> Vocabulary:
        """The literals of *factors* with scores of shape (cases, factors)."""
        names, rows = [], []
        for factor, column in zip(factors, scores.T, strict=True):
            values = factor.values if factor.kind == "multi-value" else (1, 0)
            for value in values:
                names.append((factor.name, value))
                if factor.kind == "multi-value":
                    rows.append((column == value).astype(np.float64))
                else:
                    rows.append(np.nan_to_num(column if value else 1.0 - column, nan=0.0))
        return Vocabulary(tuple(factors), tuple(names), read_only(np.array(rows)))

    @property
    def owner(self) -> NDArray[np.int64]:
        """The place of the condition of each literal."""
        place = {factor.name: index for index, factor in enumerate(self.factors)}
        return np.array([place[name] for name, _ in self.literals], dtype=np.int64)

    def text(self, claim: Claim) -> str:
        """The expression as it is written."""
        factors = {factor.name: factor for factor in self.factors}
        parts = [literal(factors[name], value) for name, value in self.named(claim)]
        return _SIGNS[claim.kind].join(parts)

    def named(self, claim: Claim) -> tuple[tuple[str, int], ...]:
        """Its literals, in the order of the conditions."""
        return tuple([self.literals[place] for place in claim.places])

    def membership(self, claim: Claim) -> NDArray[np.float64]:
        """Membership of the cases: the greatest over a disjunction, the least over a conjunction."""
        rows = self.memberships[list(claim.places)]
        found: NDArray[np.float64] = rows.min(axis=0) if claim.kind == "conjunction" else rows.max(axis=0)
        return found

    def read(self, text: str) -> Claim:
        """Read a literal, a conjunction or a disjunction of literals.

        Raises
        ------
        ExpressionError
            If it cannot be read.
        UnknownNameError
            If it names something that is no condition.
        OptionError
            If it is neither of the three, or is true or false of every case.
        """
        if not isinstance(text, str):
            raise OptionError("an expression is a text", where=repr(text), fix='write "A", "A + B" or "A*~B"')
        tree = parse(text)
        self._check_names(text, tree)
        kind, parts = _joined(tree)
        places: set[int] = set()
        for part in parts:
            found = self._literals(part, text)
            if len(found) > 1 and kind == "conjunction":
                raise _mixed(text)
            if len(found) > 1:
                kind = "disjunction"
            places |= found
        if len(places) == 1:
            kind = "single"
        claim = Claim(kind, tuple(sorted(places)))
        self._check_contingent(claim, text)
        return claim

    def _literals(self, part: Expression, text: str) -> set[int]:
        """The places of the literals whose disjunction *part* is."""
        factors = {factor.name: factor for factor in self.factors}
        negated = isinstance(part, Not)
        atom = part.part if isinstance(part, Not) else part
        if isinstance(atom, Name) and factors[atom.name].kind != "multi-value":
            values = {1}
        elif isinstance(atom, OneOf):
            values = set(atom.values)
        elif isinstance(atom, Name):
            raise OptionError(
                f'"{atom.name}" has categories: say which one is meant',
                where=text,
                fix=" or ".join(literal(factors[atom.name], value) for value in factors[atom.name].values),
            )
        else:
            raise _mixed(text)
        known = set(factors[atom.name].values)
        if not values <= known:
            raise OptionError(
                f'"{atom.name}" has no such value',
                where=text,
                fix=f"its values are {', '.join(map(str, sorted(known)))}",
            )
        chosen = known - values if negated else values
        return {
            place for place, pair in enumerate(self.literals) if pair[0] == atom.name and pair[1] in chosen
        }

    def _check_names(self, text: str, tree: Expression) -> None:
        names = [factor.name for factor in self.factors]
        for name in conditions_of(tree):
            if name not in names:
                near = nearest(name, names)
                raise UnknownNameError(
                    f'"{name}" is no condition',
                    where=f"{text}; conditions: {', '.join(names)}",
                    fix=f'did you mean "{near}"?' if near else "use one of these names",
                )

    def _check_contingent(self, claim: Claim, text: str) -> None:
        for factor in self.factors:
            count = sum(name == factor.name for name, _ in self.named(claim))
            never = claim.kind == "conjunction" and count > 1
            if never or (claim.kind != "conjunction" and count == factor.levels):
                raise OptionError(
                    f"no case can be in {text}" if never else f"every case is in {text}",
                    where=text,
                    fix=f'name fewer values of "{factor.name}"',
                )


def _joined(tree: Expression) -> tuple[Kind, tuple[Expression, ...]]:
    match tree:
        case And(parts):
            return "conjunction", parts
        case Or(parts):
            return "disjunction", parts
    return "single", (tree,)


def _mixed(text: str) -> ExpressionError | OptionError:
    return OptionError(
        "a claim of necessity is about one literal, a conjunction or a disjunction of literals",
        where=text,
        fix='write "A", "~A", "BC{2}", "A*~B" or "A + ~B"',
    )
