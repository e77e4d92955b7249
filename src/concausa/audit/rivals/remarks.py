"""Remarks on a standing: nothing predicted, what the record lacks, facts that are used outside their dates."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.audit.rivals.standing import Standing
from concausa.core.caveat import Caveat
from concausa.rivals.expectation import Expectation, Lack
from concausa.study.study import Study


def remarks(study: Study, one: Standing) -> tuple[Caveat, ...]:
    """What a reader of a standing must know of the data behind it; nothing for a rule of the theory."""
    if one.account.origin == "rule":
        return ()
    expected = [row for piece in one.account.pieces for way in piece.variants for row in way]
    if not expected:
        return (
            Caveat.of(
                "nothing predicted",
                "nothing is predicted for any case: write predictions, or name the variable in the record from "
                "which they follow",
            ),
        )
    return (*_lacking(one), *_outside(study, expected))


def _lacking(one: Standing) -> Iterator[Caveat]:
    """What the record does not give, with the months for which nothing could be worked out."""
    months: dict[Lack, dict[str, int]] = {}
    for cell in one.baseline.cells:
        for part in cell.parts:
            for lack in part.expects.lacks if part.expects is not None else ():
                cases = months.setdefault(lack, {})
                cases[cell.case] = cases.get(cell.case, 0) + part.stretch.months
    for lack, cases in months.items():
        yield Caveat.of(
            f"no {lack.kind}",
            _TEMPLATES[lack.kind, bool(lack.unit)],
            office=lack.office,
            unit=lack.unit,
            cases=", ".join(f"{case} ({count})" for case, count in cases.items()),
        )


_TEMPLATES = {
    (
        "party",
        True,
    ): "the record gives no party of the {office} of {unit}; months for which nothing follows: {cases}",
    ("party", False): "the record gives no party of the {office}; months for which nothing follows: {cases}",
    ("one party", True): (
        "the record leaves open whether the {office} of {unit} was in line; months for which nothing follows: {cases}"
    ),
    ("contest", True): (
        "the record gives no contest, with the shares of winner and runner-up, that brought the {office} of {unit} "
        "there; months for which nothing follows: {cases}"
    ),
}


def _outside(study: Study, expected: list[Expectation]) -> Iterator[Caveat]:
    """Facts that bear on a period in which they do not lie; a fact without a date lies in none."""
    facts = {fact.id: fact for fact in study.facts}
    for period in study.periods:
        used = dict.fromkeys(
            id for row in expected if row.period == period.id and row.speaks for id in row.uses if id in facts
        )
        dated = [facts[id] for id in used if facts[id].date is not None]
        beside = [fact for fact in dated if fact.date is not None and not fact.date.overlaps(period.span)]
        without = [id for id in used if facts[id].date is None]
        if beside:
            yield Caveat.of(
                "facts of other dates",
                "period {period} ({span}) is judged by facts of other dates: {facts}",
                period=period.id,
                span=_years(period.span.start.year, period.span.end.year),
                facts=", ".join(f"{fact.id} ({fact.date})" for fact in beside),
            )
        if without:
            yield Caveat.of(
                "facts without dates",
                "period {period} ({span}) is judged by facts without a date: {facts}",
                period=period.id,
                span=_years(period.span.start.year, period.span.end.year),
                facts=", ".join(without),
            )


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
