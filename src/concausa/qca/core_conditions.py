"""Which conditions of a model's terms are core: those that a parsimonious model needs too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.core.errors import OptionError
from concausa.qca.model import Model
from concausa.qca.solution import Solution
from concausa.qca.term import Term


@dataclass(frozen=True, slots=True)
class Path:
    """A term with its label and its core conditions.

    Parameters
    ----------
    label : str
        ``1``, ``2`` …; terms with the same core share the number: ``1a``, ``1b``.
    term : Term
    core : tuple of bool
        For each condition whether its literal is core; all False where no parsimonious model is known.
    """

    label: str
    term: Term
    core: tuple[bool, ...]


def paths(model: Model, parsimonious: Model | None = None) -> tuple[Path, ...]:
    """The terms of a model, those with the same core side by side.

    A literal is core if some term of the parsimonious model holds the whole term and asks for that literal
    too [1]_. Where several do, their literals count together.

    Parameters
    ----------
    model : Model
        Of an intermediate (or conservative) solution.
    parsimonious : Model, optional
        Of the same truth table.

    Raises
    ------
    OptionError
        If the two models have different conditions or outcomes.

    References
    ----------
    .. [1] Fiss (2011), Building Better Causal Theories, *Academy of Management Journal* 54(2), 393-420.
       https://doi.org/10.5465/amj.2011.60263120
    """
    if parsimonious is not None:
        _check(model, parsimonious)
    cores = [_core(term, parsimonious.terms if parsimonious else ()) for term in model.terms]
    groups: dict[object, list[int]] = {}
    for place, (term, core) in enumerate(zip(model.terms, cores, strict=True)):
        literals = tuple(value if held else None for value, held in zip(term.cube, core, strict=True))
        groups.setdefault(literals if any(core) else ("alone", place), []).append(place)
    found = []
    for number, places in enumerate(groups.values(), start=1):
        for letter, place in enumerate(places):
            label = f"{number}{_letters(letter)}" if len(places) > 1 else str(number)
            found.append(Path(label, model.terms[place], cores[place]))
    return tuple(found)


def parsimonious_partner(model: Model, solution: Solution) -> tuple[Model, int, int]:
    """The parsimonious model that an intermediate model comes of, its number and how many might serve.

    An intermediate model knows the pairs that it comes of; any other model is held against the first.

    Parameters
    ----------
    model : Model
    solution : Solution
        Parsimonious.

    Raises
    ------
    OptionError
        If the solution is not parsimonious.
    """
    if solution.kind != "parsimonious":
        raise OptionError(
            f"core conditions come from a parsimonious solution, this one is {solution.kind}",
            where=f"core={solution!r}",
            fix='give minimize(table, solution="parsimonious")',
        )
    known = sorted({pair[1] for pair in model.pairs if pair[1] < len(solution.models)})
    places = known or range(len(solution.models))
    return solution.models[places[0]], places[0] + 1, len(places)


def _letters(place: int) -> str:
    """The letters of a place: a to z, then aa, ab and so on."""
    first, last = divmod(place, 26)
    return (_letters(first - 1) if first else "") + chr(ord("a") + last)


def _core(term: Term, parsimonious: Sequence[Term]) -> tuple[bool, ...]:
    holding = [
        one.cube
        for one in parsimonious
        if all(asked is None or asked == own for asked, own in zip(one.cube, term.cube, strict=True))
    ]
    return tuple(
        own is not None and any(cube[place] is not None for cube in holding)
        for place, own in enumerate(term.cube)
    )


def _check(model: Model, parsimonious: Model) -> None:
    one, other = model.truth_table, parsimonious.truth_table
    if one.outcome != other.outcome or one.conditions != other.conditions:
        raise OptionError(
            "the two models do not explain the same outcome by the same conditions",
            where=f"{one!r} and {other!r}",
            fix="minimise one truth table twice",
        )
