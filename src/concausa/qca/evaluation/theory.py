"""A theory as an expression: what was held to be sufficient for the outcome before the cases were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import parse
from concausa.expr.tree import Comparison, Expression, OneOf, atoms, quoted
from concausa.qca.factor import Factor


@dataclass(frozen=True, slots=True)
class Theory:
    """An expectation, with its ground.

    Parameters
    ----------
    expression : str
        Such as ``EL*BQ + BC``: what the theory holds to be sufficient for the outcome that is explained.
    name : str
        Short name for tables; the expression if empty.
    why : str
        The reasoning behind it, and when it was written.
    source : str
        Where it was written before the analysis: a work, a preregistration.

    Raises
    ------
    ExpressionError
        If the expression cannot be read, or compares a condition with a level.

    Examples
    --------
    >>> Theory("EL*BQ  +  BC", why="Rangel-Padilla 2025, theory section").label
    'EL*BQ + BC'
    """

    expression: str
    name: str = ""
    why: str = ""
    source: str = ""
    tree: Expression = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        tree = parse(self.expression)
        for atom in atoms(tree):
            if isinstance(atom, Comparison):
                raise ExpressionError(
                    f"{atom} compares levels, and a truth table holds sets or codes",
                    where=self.expression,
                    fix=f"write the condition as a set: {quoted(atom.name)} or ~{quoted(atom.name)}",
                )
        object.__setattr__(self, "tree", tree)
        object.__setattr__(self, "expression", str(tree))

    @property
    def label(self) -> str:
        """Its name, or else its expression."""
        return self.name or self.expression

    @property
    def grounded(self) -> bool:
        """Whether anything says where it comes from."""
        return bool(self.why.strip() or self.source.strip())

    def suits(self, factors: Sequence[Factor]) -> None:
        """Refuse a theory that speaks of what the analysis does not have.

        Raises
        ------
        UnknownNameError
            If it names a condition that is none of *factors*.
        ExpressionError
            If it takes a condition with categories as a set, or asks for the code of a fuzzy set.
        """
        known = {factor.name: factor for factor in factors}
        for atom in atoms(self.tree):
            factor = known.get(atom.name)
            if factor is None:
                near = nearest(atom.name, known)
                raise UnknownNameError(
                    f'the theory names "{atom.name}", which is no condition of the analysis',
                    where=f"{self.expression}; conditions: {', '.join(known)}",
                    fix=f'did you mean "{near}"?' if near else "analyse it as a condition, or leave it out",
                )
            if factor.kind == "multi-value" and not isinstance(atom, OneOf):
                raise ExpressionError(
                    f'"{atom.name}" has {factor.levels} categories and is no set',
                    where=self.expression,
                    fix=f"say which of them is meant: {OneOf(atom.name, (1,))}",
                )
            if isinstance(atom, OneOf) and (factor.kind == "fuzzy" or max(atom.values) >= factor.levels):
                told = (
                    "is a fuzzy set" if factor.kind == "fuzzy" else f"has the values 0 to {factor.levels - 1}"
                )
                raise ExpressionError(
                    f'{atom} asks for a category, and "{atom.name}" {told}',
                    where=self.expression,
                    fix=f"write {quoted(atom.name)} or ~{quoted(atom.name)}"
                    if factor.kind != "multi-value"
                    else "ask for a value that it has",
                )

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"name": self.name, "expression": self.expression, "why": self.why, "source": self.source}

    def __str__(self) -> str:
        return f"{self.name}: {self.expression}" if self.name else self.expression


#: What may be given as one or several theories.
Theories = str | Theory | Mapping[str, str] | Iterable[str | Theory]


def theories_of(given: Theories) -> tuple[Theory, ...]:
    """Theories from what was given: an expression, a Theory, several, or a mapping from name to expression.

    Raises
    ------
    OptionError
        If there is none, or two have one label.
    """
    if isinstance(given, str | Theory):
        listed: list[str | Theory] = [given]
    elif isinstance(given, Mapping):
        listed = [Theory(expression, name) for name, expression in given.items()]
    else:
        listed = list(given)
    made = tuple([one if isinstance(one, Theory) else Theory(one) for one in listed])
    if not made:
        raise OptionError("there is no theory", where="theories", fix='give at least one: "A*B + C"')
    labels = [one.label for one in made]
    twice = next((label for place, label in enumerate(labels) if label in labels[:place]), None)
    if twice is not None:
        raise OptionError(
            f"two theories are called {twice!r}", where="theories", fix="give each a name of its own"
        )
    return made
