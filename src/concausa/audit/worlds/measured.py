"""Measured levels: a measure's values, cut into the levels of its condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from concausa.audit.lookups import MissingValueError, Shelf
from concausa.audit.worlds.cell_table import NO_DATA, UNDECIDED, State
from concausa.core.errors import ConcausaError, DataError
from concausa.core.interval import Interval
from concausa.core.nearest import nearest
from concausa.core.quantity import Measure as Unit
from concausa.expr.arithmetic import Values, evaluate
from concausa.expr.formula import Name, parse, walk
from concausa.measurement.measure import Floor, Measure, case_formulas, floors
from concausa.study.study import Study


def measured(study: Study, measure: Measure) -> Mapping[str, Mapping[str, State]]:
    """What each case is by a measure, under each of its cuts.

    Returns
    -------
    mapping of cut to mapping of case to State
        Without memberships. A value that lies on both sides of a cut, as the digits printed admit, is
        undecided; one that needs a number which the text does not give is no data. A case to which the
        measure gives no value is not there.

    Raises
    ------
    DataError
        If a value cannot be read or computed, if a case is unknown, or if there are values and no cut.
    ScaleError
        If a cut does not fit the levels.
    """
    levels = study.row("conditions", measure.condition).levels
    values = _values(study, measure)
    if values and not measure.cuts:
        raise DataError(
            "a measure with values has no cut",
            where=f"measures {measure.id}",
            fix=f"add cuts, such as {', '.join(f'{level}>=NUMBER' for level in levels[1:])}",
        )
    known = {case: value for case, value in values.items() if value is not None}
    return {
        cut: {
            case: State(None, None, NO_DATA) if value is None else _level(case, known, least, levels)
            for case, value in values.items()
        }
        for cut in measure.cuts
        for least in (floors(cut, levels),)
    }


def reached(floor: Floor, case: str, values: Mapping[str, Interval]) -> bool | None:
    """Whether a case has at least the least value of a level; None if printed digits leave it open.

    A part of the greatest value is reached if that part of the value of every case is; beside itself, a
    case is compared as one number, however wide its interval is.
    """
    own = values[case]
    if not floor.percent:
        return _at_least(own, Interval.exact(Fraction(floor.value)))
    part = Fraction(floor.value) / 100
    beside_itself = _at_least(own * Interval.exact(1 - part), Interval.exact(0))
    beside_others = (
        _at_least(own, Interval.exact(part) * other) for name, other in values.items() if name != case
    )
    found = {beside_itself, *beside_others}
    return False if False in found else None if None in found else True


def _level(case: str, values: Mapping[str, Interval], least: Sequence[Floor], levels: Sequence[str]) -> State:
    """The highest level that is reached, if none above it may be."""
    there = [reached(floor, case, values) for floor in least]
    highest = max((place for place, sure in enumerate(there, start=1) if sure), default=0)
    return State(None, None, UNDECIDED) if None in there[highest:] else State(levels[highest])


def _at_least(left: Interval, right: Interval) -> bool | None:
    if left.low >= right.high:
        return True
    return False if left.high < right.low else None


def _values(study: Study, measure: Measure) -> dict[str, Interval | None]:
    """All that each value admits; None where the study does not give a number that it needs."""
    _, wide = Shelf.of(study)
    cases = {f"{unit.id}-{period.id}" for unit in study.units for period in study.periods}
    unit = Unit.parse(measure.measured_in)
    values: dict[str, Interval | None] = {}
    for case, formula in case_formulas(measure).items():
        where = f"measures {measure.id}, values, {case}={formula}"
        if case not in cases:
            near = nearest(case, cases)
            told = f"did you mean {near}?" if near else "name it UNIT-PERIOD"
            raise DataError(f"there is no case {case!r}", where=where, fix=told)
        try:
            values[case] = _value(formula, wide, unit)
        except MissingValueError:
            values[case] = None
        except ConcausaError as error:
            raise DataError(error.what, where=where, fix=error.fix) from error
    return values


def _value(text: str, shelf: Shelf, unit: Unit) -> Interval:
    formula = parse(text)
    names = sorted({part.id for part in walk(formula) if isinstance(part, Name)})
    facts = {name: shelf.fact(name) for name in names}
    found = evaluate(formula, Values(facts, lambda lookup: shelf.find(lookup).values), text=text)
    return found.to(unit).value
