"""Printed numbers as values of units: ``NL=nl_funds_2004+nl_funds_2005``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from concausa.core.errors import ConcausaError
from concausa.core.nearest import nearest
from concausa.core.unit import Unit
from concausa.record.fact import Fact


def printed_sums(
    texts: Iterable[str], units: Sequence[Unit], facts: Iterable[Fact], where: str, error: type[ConcausaError]
) -> dict[str, tuple[Decimal | None, tuple[str, ...]]]:
    """The sum that each unit is given, with the ids of its facts; None where one of them has no value.

    Raises
    ------
    ConcausaError
        Of the kind *error*: if a unit or fact does not exist, a unit stands twice, or facts of different
        units of measurement are added up.
    """
    by_id = {fact.id: fact for fact in facts}
    sums = by_unit(texts, units, where, "add them up: {unit}={first}+{second}", error)
    return {unit: _sum(unit, text, by_id, where, error) for unit, text in sums.items()}


def by_unit(
    texts: Iterable[str], units: Sequence[Unit], where: str, fix: str, error: type[ConcausaError]
) -> dict[str, str]:
    """What stands after each unit, in texts such as ``JAL=no figure``."""
    known = {unit.id for unit in units}
    found: dict[str, str] = {}
    for text in texts:
        unit, rest = _pair(text, known, where, error)
        if unit in found:
            told = fix.format(unit=unit, first=found[unit], second=rest)
            raise error(f"{unit} stands twice", where=where, fix=told)
        found[unit] = rest
    return found


def _pair(text: str, known: Collection[str], where: str, error: type[ConcausaError]) -> tuple[str, str]:
    unit, equals, rest = text.partition("=")
    unit, rest = unit.strip(), rest.strip()
    if not equals or not rest:
        raise error(f"{text!r} is not UNIT=…", where=where, fix="write NL=nl_funds_2005_2009")
    if unit not in known:
        near = nearest(unit, known)
        raise error(
            f"there is no unit {unit!r}",
            where=where,
            fix=f"did you mean {near}?" if near else "name a row of units",
        )
    return unit, rest


def _sum(
    unit: str, text: str, facts: Mapping[str, Fact], where: str, error: type[ConcausaError]
) -> tuple[Decimal | None, tuple[str, ...]]:
    ids = tuple(part.strip() for part in text.split("+") if part.strip())
    for id in ids:
        if id not in facts:
            near = nearest(id, facts)
            raise error(
                f"there is no fact {id!r}", where=where,
                fix=f"did you mean {near}?" if near else "name a row of facts",
            )  # fmt: skip
    scales = {facts[id].measured_in for id in ids}
    if len(scales) > 1:
        raise error(
            f"{unit} adds up {' and '.join(sorted(scales))}", where=where.removesuffix(", values"),
            fix="add up facts that are measured in the same unit",
        )  # fmt: skip
    amounts = [amount for id in ids if (amount := facts[id].value) is not None]
    whole = ids and len(amounts) == len(ids)
    return (sum(amounts, Decimal(0)) if whole else None), ids
