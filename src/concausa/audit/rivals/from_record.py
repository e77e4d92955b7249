"""From the record: what rivals predict where their variable is recorded."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np

from concausa.audit.rivals.account import Choices, Piece
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.date import Date
from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.core.table import Link
from concausa.record.fact import Fact
from concausa.rivals.alignment import alignment
from concausa.rivals.expectation import Expectation, Lack
from concausa.rivals.margin import Contest, InOffice, contests, in_office
from concausa.rivals.variable import Predicts, Value, by_alignment, by_number, predicts
from concausa.study.study import Study
from concausa.theory.rival import Rival

#: Readings of one rival's record that are laid out.
MOST = 4_096


def from_record(study: Study, rival: Rival, units: Sequence[str], choices: Choices) -> Piece:
    """What a rival with a variable leads one to expect of some units, in every reading of the record.

    Raises
    ------
    OptionError
        If what its variable predicts cannot be read, or if it lacks or has measures against its kind.
    DataError
        If a measure has no facts for a unit, or if the record can be read in more than ``MOST`` ways.
    """
    where = f"rivals {rival.id}"
    try:
        said = predicts(rival.variable, rival.predicts)
    except OptionError as error:
        raise OptionError(error.what, where=f"{where}, predicts", fix=error.fix) from error
    periods = {period.id: period.span for period in study.periods}
    since = rival.since.start if rival.since is not None else None
    office = rival.office or "governor"
    national = rival.national_office or "president"
    if rival.variable == "alignment":
        found = [
            (period, alignment(study.terms, unit, window, office=office, national_office=national))
            for unit in units
            for period, window in periods.items()
        ]
        return Piece.fixed(by_alignment(found, said, since=since, offices=(office, national)))
    alike = rival.alike or Decimal(0)
    if rival.variable == "margin":
        return _margins(study, units, periods, said, alike, since, (office, national), choices)
    return _facts(study, rival, units, periods, said, alike, since, choices)


def _margins(
    study: Study,
    units: Sequence[str],
    periods: Mapping[str, Date],
    said: Predicts,
    alike: Decimal,
    since: datetime.date | None,
    offices: tuple[str, str],
    choices: Choices,
) -> Piece:
    held = contests(study.elections)
    whole = Date.parse(
        f"{min(window.start for window in periods.values())}/{max(window.end for window in periods.values())}"
    )
    offs = {
        unit: in_office(study.terms, held, unit, whole, office=offices[0], national_office=offices[1])
        for unit in units
    }
    used = dict.fromkeys(
        contest.id
        for off in offs.values()
        for month, contest, _ in off.months
        if contest is not None and (since is None or month >= since.replace(day=1))
    )
    by_id = {contest.id: contest for contest in held}
    open_ = [by_id[id] for id in used if len(by_id[id].margins) > 1]
    axes = [(choices.add(_contest_choice(contest)), contest) for contest in open_]
    _refuse_too_many([len(contest.margins) for contest in open_])

    lacks = {unit: Lack("contest", offices[0], unit) for unit in units}

    def variant(options: Mapping[str, int]) -> tuple[Expectation, ...]:
        values = {unit: _margin_of(off, options) for unit, off in offs.items()}
        return by_number(values, periods, said, alike=alike, since=since, lacks=lacks)

    return _piece([(place, contest.id, len(contest.margins)) for place, contest in axes], variant)


def _margin_of(off: InOffice, options: Mapping[str, int]) -> Callable[[datetime.date], Value]:
    known = {
        contest.id: (Fraction(points), contest.rows_of(points))
        for contest in dict.fromkeys(contest for _, contest, _ in off.months if contest is not None)
        for points in (contest.margins[options.get(contest.id, 0)],)
    }
    months: dict[datetime.date, Value] = {}
    last: tuple[str, tuple[str, ...]] | None = None
    value: Value = None
    for month, contest, terms in off.months:
        if contest is None:
            last, value = None, None
        elif last != (contest.id, terms):
            points, rows = known[contest.id]
            last, value = (contest.id, terms), (points, (*rows, *terms))
        months[month] = value
    return months.__getitem__


def _contest_choice(contest: Contest) -> OpenChoice:
    options = tuple(
        Option(
            f"{points} points",
            Caveat.of(
                "contest", "{points} points ({rows})", points=points, rows=", ".join(contest.rows_of(points))
            ),
        )
        for points in contest.margins
    )
    label = Caveat.of("contest", "margin of the contest {contest}", contest=contest.id)
    return OpenChoice(
        f"margin {contest.id}", "number", label, options, link=Link("elections", contest.rows[0].id)
    )


def _facts(
    study: Study,
    rival: Rival,
    units: Sequence[str],
    periods: Mapping[str, Date],
    said: Predicts,
    alike: Decimal,
    since: datetime.date | None,
    choices: Choices,
) -> Piece:
    where = f"rivals {rival.id}, measures"
    if not rival.measures:
        raise OptionError("no measure is named", where=where, fix="name measures of facts, such as it_firms")
    known = {
        (measure, unit): _values(study.facts, measure, unit) for measure in rival.measures for unit in units
    }
    for (measure, unit), values in known.items():
        if not values:
            name = measure.removeprefix("-")
            near = nearest(name, {fact.measure for fact in study.facts if fact.unit == unit})
            raise DataError(
                f"no fact measures {name} for {unit}",
                where=where,
                fix=f"did you mean {near}?" if near else "add the fact, or leave the measure out",
            )
    axes: list[tuple[int, str, int]] = []
    if len(rival.measures) > 1:
        axes.append((choices.add(_measure_choice(rival)), "", len(rival.measures)))
    for (measure, unit), values in known.items():
        if len(values) > 1:
            choice = _fact_choice(measure, unit, values)
            axes.append((choices.add(choice), f"{measure}/{unit}", len(values)))
    _refuse_too_many([size for _, _, size in axes])

    def variant(options: Mapping[str, int]) -> tuple[Expectation, ...]:
        measure = rival.measures[options.get("", 0)]
        values: dict[str, Callable[[datetime.date], Value]] = {}
        for unit in units:
            number, ids = known[measure, unit][options.get(f"{measure}/{unit}", 0)]
            values[unit] = _constant(-number if measure.startswith("-") else number, ids)
        return by_number(values, periods, said, alike=alike, since=since)

    return _piece(axes, variant)


def _constant(number: Decimal, ids: tuple[str, ...]) -> Callable[[datetime.date], Value]:
    value = Fraction(number), ids
    return lambda month: value


def _values(facts: Sequence[Fact], measure: str, unit: str) -> tuple[tuple[Decimal, tuple[str, ...]], ...]:
    """Different values of a measure for a unit, each with the facts that give it."""
    found: dict[Decimal, list[str]] = {}
    for fact in facts:
        if fact.measure == measure.removeprefix("-") and fact.unit == unit and fact.value is not None:
            found.setdefault(fact.value, []).append(fact.id)
    return tuple((value, tuple(ids)) for value, ids in found.items())


def _measure_choice(rival: Rival) -> OpenChoice:
    options = tuple(
        Option(
            measure, Caveat.of("measure", "{measure}", measure=measure.removeprefix("-").replace("_", " "))
        )
        for measure in rival.measures
    )
    label = Caveat.of("measure", "what measures {rival}", rival=rival.label)
    return OpenChoice(f"{rival.id}.measure", "number", label, options, link=Link("rivals", rival.id))


def _fact_choice(measure: str, unit: str, values: Sequence[tuple[Decimal, tuple[str, ...]]]) -> OpenChoice:
    name = measure.removeprefix("-")
    options = tuple(
        Option(f"{number}", Caveat.of("fact", "{number} ({facts})", number=number, facts=", ".join(ids)))
        for number, ids in values
    )
    label = Caveat.of("fact", "{measure} of {unit}", measure=name.replace("_", " "), unit=unit)
    return OpenChoice(f"{name}[{unit}]", "number", label, options, link=Link("facts", values[0][1][0]))


def _refuse_too_many(sizes: Sequence[int]) -> None:
    count = 1
    for size in sizes:
        count *= size
    if count > MOST:
        raise DataError(
            f"the record behind a rival can be read in {count:,} ways, more than {MOST:,}",
            fix="leave out measures, or rows that tell of one contest",
        )


def _piece(
    axes: Sequence[tuple[int, str, int]], variant: Callable[[Mapping[str, int]], tuple[Expectation, ...]]
) -> Piece:
    """A piece over some choices, each by its place, its name for *variant* and its size."""
    ranked = sorted(axes)
    made: dict[tuple[Expectation, ...], int] = {}
    places = [
        made.setdefault(
            variant({name: option for (_, name, _), option in zip(ranked, pick, strict=True)}),
            len(made),
        )
        for pick in product(*(range(size) for _, _, size in ranked))
    ]
    table = np.array(places, dtype=np.int64).reshape([size for _, _, size in ranked])
    return Piece(tuple(place for place, _, _ in ranked), table, tuple(made))
