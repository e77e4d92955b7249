"""Shared choices that stand by themselves: shadow cases, the test of set claims, names in number claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concausa.audit.numbers import audit_numbers
from concausa.audit.worlds.declared import every, only, opened, refused
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.study.study import Study
from concausa.theory.check import Check
from concausa.theory.choice import CRISP, WORDS, least_consistency

_SHADOW = {"without": "shadow cases stay out", "with": "shadow cases are compared as well"}

#: A kind of test, and the least consistency of a fuzzy one.
Test = tuple[str, float | None]


@dataclass(frozen=True, slots=True)
class Shadow:
    """Whether shadow cases are compared: the options under which they are, out of *n*."""

    choice: OpenChoice | None
    n: int
    compared: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tests:
    """How set claims are tested under each option."""

    choice: OpenChoice | None
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a name in number claims stands for under each option."""

    choice: OpenChoice | None
    formulas: tuple[str, ...]


def shadow(study: Study, *, coded: bool) -> Shadow:
    """Whether shadow cases are compared; both ways unless the study says otherwise.

    Parameters
    ----------
    coded : bool
        Whether any shadow case is coded; if none is, nothing is open.

    Raises
    ------
    OptionError
        If an option is neither ``without`` nor ``with``.
    """
    row = only(study, "shadow")
    names = row.options if row is not None else WORDS["shadow"]
    for name in names:
        if row is not None and name not in WORDS["shadow"]:
            raise refused(row, name, WORDS["shadow"])
    if not coded:
        return Shadow(None, 1, frozenset())
    options = tuple(Option(name, Caveat.of("shadow", _SHADOW[name])) for name in names)
    label = Caveat.of("shadow", "whether shadow cases are compared")
    compared = frozenset(place for place, name in enumerate(names) if name == "with")
    return Shadow(opened("shadow", label, options, row), len(names), compared)


def tests(study: Study) -> Tests:
    """How set claims are tested; crisp unless the study says otherwise.

    Raises
    ------
    OptionError
        If an option is none that ``least_consistency`` can read.
    """
    row = only(study, "test")
    if row is None:
        return Tests(None, (("crisp", None),))
    found: list[Test] = []
    options: list[Option] = []
    for name in row.options:
        least = least_consistency(name)
        if least is None:
            found.append((CRISP, None))
            options.append(Option(name, Caveat.of("test", "crisp sets")))
        else:
            found.append(("fuzzy", float(least)))
            text = "fuzzy sets, consistency at least {consistency}"
            family = Caveat.of("test", "fuzzy sets, whatever the least consistency")
            options.append(Option(name, Caveat.of("test", text, consistency=least), family))
    label = Caveat.of("test", "how set claims are tested")
    return Tests(opened("test", label, tuple(options), row), tuple(found))


def numbers(study: Study) -> Mapping[str, NumberReading]:
    """What each name that a choice of kind ``number`` declares may stand for.

    Raises
    ------
    OptionError
        If a row has no formula.
    """
    found: dict[str, NumberReading] = {}
    for row in every(study, "number"):
        if not row.options:
            raise OptionError("a number has no formula", where=f"choices {row.id}, options", fix="write one")
        options = tuple(Option(text, _formula(study, text)) for text in row.options)
        label = Caveat.of("number", "{name}", name=row.id)
        found[row.id] = NumberReading(opened("number", label, options, row), row.options)
    return found


def _formula(study: Study, text: str) -> Caveat:
    """A formula with what it comes to at face value; alone where it cannot be computed."""
    (finding,) = audit_numbers(study.replace(checks=(Check(id="number", label="", formula=text),)))
    value = finding.computed_text()
    if finding.verdict != "computed" or not value:
        return Caveat.of("number", "{formula}", formula=text)
    return Caveat.of("number", "{formula}: {value}", formula=text, value=value)
