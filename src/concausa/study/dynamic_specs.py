"""Dynamic models of a study: quantities that are whole, formulas that can be read, events that have a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from concausa.core.errors import ConcausaError, DateError
from concausa.core.interval import Interval
from concausa.core.nearest import nearest, some
from concausa.core.problem import Problem
from concausa.study.dynamic_names import (
    INPUTS,
    Symbols,
    circle_problems,
    formula_faults,
    symbol_problems,
    symbols_of,
)
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.dynamic_range import read_range, read_start, read_years
from concausa.theory.dynamic_spec import BandSpec, DynamicSpec, QuantitySpec

UNIT_INTERVAL = Interval(Fraction(0), Fraction(1))

#: What each kind of quantity needs, any one of several where a tuple stands, and what it may have beside.
NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "stock": (),
    "levels": (("condition",), ("office",)),
    "pulse": (("events", "office"),),
    "step": (("events",),),
    "window": (("years",),),
    "formula": (("formula",),),
    "parameter": (("range",),),
}
MAY: Mapping[str, tuple[str, ...]] = {
    "stock": ("condition", "told", "range", "starts"),
    "window": ("units",),
    "formula": ("mechanism", "without", "off"),
}
_SPECIAL = (
    "condition", "told", "range", "starts", "office", "events", "years", "units", "formula", "mechanism",
    "without", "off",
)  # fmt: skip


def dynamic_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """What keeps dynamic models from being built or run."""
    models, quantities = tables["dynamic_models"], tables["dynamic_quantities"]
    symbols = symbols_of(quantities, whole="dynamic_quantities" not in names.broken)
    flows = tables["dynamic_flows"]
    for row, spec in enumerate(models.nouns):
        yield from _model(models, row, spec, symbols, names)
    yield from symbol_problems(quantities)
    moved = {(flow.model, flow.stock) for flow in flows.nouns}
    moved |= {(one.model, one.moves) for one in tables["interventions"].nouns}
    for row, quantity in enumerate(quantities.nouns):
        yield from _columns(quantities, row, quantity)
        yield from _quantity(quantities, row, quantity, symbols, names)
        still = quantity.kind == "stock" and (quantity.model, quantity.name) not in moved
        if still and "dynamic_flows" not in names.broken:
            what = f"nothing moves the stock {quantity.name}"
            fix = "add a flow or an intervention that moves it, or make it an input"
            yield quantities.problem(row, "kind", "missing-row", what, value=quantity.kind, fix=fix)
    yield from circle_problems(quantities, symbols)
    for row, flow in enumerate(flows.nouns):
        if flow.stock and not symbols.named(flow.model, flow.stock, ("stock",)):
            what, fix = symbols.unknown(flow.model, flow.stock, ("stock",))
            yield flows.problem(row, "stock", "unknown-name", what, value=flow.stock, fix=fix)
        if flow.rate.strip():
            yield from formula_faults(flows, row, "rate", flow.rate, flow.model, symbols)
    yield from _interventions(tables["interventions"], symbols)
    yield from _bands(tables["bands"], symbols, names)


def _model(rows: Rows, row: int, spec: DynamicSpec, symbols: Symbols, names: Names) -> Iterator[Problem]:
    if spec.years is not None:
        try:
            read_years(spec.years)
        except DateError as error:
            yield rows.problem(row, "years", "wrong-form", error.what, value=str(spec.years), fix=error.fix)
    for unit in spec.elsewhere:
        if unit in units_of(spec, names):
            what = f"the model is matched to {unit} and asked about it elsewhere"
            fix = "name it in units or in elsewhere, not in both"
            yield rows.problem(row, "elsewhere", "stated-twice", what, value=unit, fix=fix)
    if spec.gate.strip():
        yield from formula_faults(rows, row, "gate", spec.gate, spec.id, symbols)
    elif spec.gated:
        what = "patterns are gated, and there is no gate"
        fix = "write the formula of the gate, or empty gated"
        yield rows.problem(row, "gate", "missing-value", what, value="; ".join(spec.gated), fix=fix)
    if spec.noise is not None and not 0 <= spec.noise <= 1:
        what = "a yearly disturbance lies between 0 and 1"
        fix = "give a small number, such as 0.02, or leave it empty"
        yield rows.problem(row, "noise", "out-of-range", what, value=str(spec.noise), fix=fix)
    if symbols.whole and not any(one.kind == "stock" for one in symbols.known(spec.id).values()):
        what = f"{spec.id} has no stock"
        fix = "add a row of dynamic_quantities of the kind stock"
        yield rows.problem(row, "id", "missing-row", what, value=spec.id, fix=fix)


def units_of(spec: DynamicSpec, names: Names) -> tuple[str, ...]:
    """The units that a model is matched to."""
    return spec.units or tuple(id for id, unit in names.table("units").items() if unit.role == "core")


def _columns(rows: Rows, row: int, spec: QuantitySpec) -> Iterator[Problem]:
    """Columns that its kind needs and does not have, or has and cannot use."""
    if spec.kind not in NEEDS:
        return
    needs, given = NEEDS[spec.kind], [name for name in _SPECIAL if getattr(spec, name) not in ("", (), None)]
    for either in needs:
        if not any(name in given for name in either):
            told = " or ".join(either)
            what = f"a quantity of the kind {spec.kind} needs {told}"
            fix = f"fill {told}, or choose another kind"
            yield rows.problem(row, either[0], "missing-value", what, fix=fix)
    allowed = {name for either in needs for name in either} | set(MAY.get(spec.kind, ()))
    for name in given:
        if name not in allowed:
            having = [kind for kind in NEEDS if name in MAY.get(kind, ()) or name in sum(NEEDS[kind], ())]
            what = f"a quantity of the kind {spec.kind} has no {name}"
            fix = f"delete it, or choose a kind that has it: {', '.join(having)}"
            yield rows.problem(row, name, "wrong-form", what, value=_told(getattr(spec, name)), fix=fix)


def _told(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _quantity(rows: Rows, row: int, spec: QuantitySpec, symbols: Symbols, names: Names) -> Iterator[Problem]:
    within = UNIT_INTERVAL if spec.kind == "stock" else None
    if spec.range.strip() and spec.kind in ("stock", "parameter"):
        try:
            read_range(spec.range, within=within)
        except ConcausaError as error:
            yield rows.problem(row, "range", "wrong-form", error.what, value=spec.range, fix=error.fix)
    if spec.kind == "stock":
        yield from _starts(rows, row, spec, names)
        if spec.told and not spec.condition:
            what = "told says how coded levels are read, and the stock stands for no condition"
            fix = "name the condition, or empty told"
            yield rows.problem(row, "told", "wrong-form", what, value=spec.told, fix=fix)
    if spec.condition and spec.kind in ("stock", "levels"):
        yield from _map(rows, row, spec.condition, names)
    model: DynamicSpec | None = names.table("dynamic_models").get(spec.model)
    if spec.kind == "window" and model is not None and "units" not in names.broken:
        for unit in (one for one in spec.units if one in names.table("units")):
            yield from _unit(rows, row, "units", unit, unit, (*units_of(model, names), *model.elsewhere))
    if spec.office and spec.kind in ("levels", "pulse") and "terms" not in names.broken:
        yield from _office(rows, row, spec.office, names)
    if spec.kind != "formula":
        return
    for column in ("formula", "without"):
        if text := getattr(spec, column).strip():
            yield from formula_faults(rows, row, column, text, spec.model, symbols)
    if bool(spec.mechanism) != bool(spec.without.strip()):
        column = "without" if spec.mechanism else "mechanism"
        what = (
            f"nothing says what {spec.name} is when {spec.mechanism} is off"
            if spec.mechanism
            else "without says what the formula is when its mechanism is off, and it has none"
        )
        fix = "write a formula, such as 0" if spec.mechanism else "name the mechanism, or empty without"
        yield rows.problem(row, column, "missing-value", what, fix=fix)
    if spec.off and not spec.mechanism:
        what = f"{spec.name} is off, and stands for no mechanism that could be asked for"
        fix = "name the mechanism, or empty off"
        yield rows.problem(row, "off", "wrong-form", what, value="yes", fix=fix)


def _office(rows: Rows, row: int, office: str, names: Names) -> Iterator[Problem]:
    offices = dict.fromkeys(term.office for term in names.table("terms").values() if term.unit)
    if office not in offices:
        near = nearest(office, offices)
        what = f"no term of a unit has the office {office!r}"
        fix = f"did you mean {near}?" if near else "add its terms, or name an office that terms have"
        yield rows.problem(row, "office", "unknown-name", what, value=office, fix=fix)


def _starts(rows: Rows, row: int, spec: QuantitySpec, names: Names) -> Iterator[Problem]:
    model: DynamicSpec | None = names.table("dynamic_models").get(spec.model)
    seen: set[str] = set()
    for text in spec.starts:
        try:
            unit, _ = read_start(text, within=UNIT_INTERVAL)
        except ConcausaError as error:
            yield rows.problem(row, "starts", "wrong-form", error.what, value=text, fix=error.fix)
            continue
        if model is not None and "units" not in names.broken:
            yield from _unit(rows, row, "starts", unit, text, (*units_of(model, names), *model.elsewhere))
        if unit in seen:
            what = f"{unit} has two ranges in the first year"
            yield rows.problem(row, "starts", "stated-twice", what, value=text, fix="keep one of them")
        seen.add(unit)


def _unit(
    rows: Rows, row: int, column: str, unit: str, value: str, known: tuple[str, ...]
) -> Iterator[Problem]:
    if unit not in known:
        near = nearest(unit, known)
        what = f"{unit} is no unit of the model"
        fix = f"did you mean {near}?" if near else f"one of {some(known)}"
        yield rows.problem(row, column, "unknown-name", what, value=value, fix=fix)


def _map(rows: Rows, row: int, condition: str, names: Names) -> Iterator[Problem]:
    maps = names.table("level_maps").values()
    known = condition in names.table("conditions") and "level_maps" not in names.broken
    if known and not any(level_map.covers(condition) for level_map in maps):
        what = f"no level map says what the levels of {condition} are worth"
        fix = "name it in the conditions of a level map"
        yield rows.problem(row, "condition", "no-level-map", what, value=condition, fix=fix)


def _interventions(rows: Rows, symbols: Symbols) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for row, spec in enumerate(rows.nouns):
        moved = ("stock", *INPUTS)
        if spec.moves and not symbols.named(spec.model, spec.moves, moved):
            what, fix = symbols.unknown(spec.model, spec.moves, moved)
            yield rows.problem(row, "moves", "unknown-name", what, value=spec.moves, fix=fix)
        if spec.value.strip():
            yield from _value(rows, row, spec.value.strip(), spec.model, symbols)
        key = spec.model, spec.asked
        if key in first:
            line = rows.raw.line(first[key], "id")
            what = f"{spec.model} already has an intervention {spec.asked} on line {line}"
            fix = "give one of them another name"
            yield rows.problem(row, "name", "stated-twice", what, value=spec.asked, fix=fix)
        first.setdefault(key, row)


def _value(rows: Rows, row: int, text: str, model: str, symbols: Symbols) -> Iterator[Problem]:
    number = _number(text)
    if number is None:
        if not symbols.named(model, text, ("parameter",)):
            what, fix = symbols.unknown(model, text, ("parameter",))
            yield rows.problem(row, "value", "unknown-name", what, value=text, fix=fix)
        return
    if not 0 <= number <= 1:
        what = f"{text} is no value of a stock or input"
        fix = "give a number in 0 to 1, or a parameter"
        yield rows.problem(row, "value", "out-of-range", what, value=text, fix=fix)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bands(rows: Rows, symbols: Symbols, names: Names) -> Iterator[Problem]:
    for row, spec in enumerate(rows.nouns):
        if spec.formula.strip():
            yield from formula_faults(rows, row, "formula", spec.formula, spec.model, symbols)
        yield from _bounds(rows, row, spec)
        model: DynamicSpec | None = names.table("dynamic_models").get(spec.model)
        if model is None:
            continue
        if spec.unit in names.table("units"):
            known = (*units_of(model, names), *model.elsewhere)
            yield from _unit(rows, row, "unit", spec.unit, spec.unit, known)
        yield from _band_years(rows, row, spec, model)


def _bounds(rows: Rows, row: int, spec: BandSpec) -> Iterator[Problem]:
    outside = False
    for column in ("low", "high"):
        number: Decimal | None = getattr(spec, column)
        if number is not None and not 0 <= number <= 1:
            outside = True
            what = f"a band lies between 0 and 1, and {number} does not"
            fix = "give a membership, or leave it empty"
            yield rows.problem(row, column, "out-of-range", what, value=str(number), fix=fix)
    if spec.low is None and spec.high is None:
        what = "the band has no bounds: every run meets it"
        yield rows.problem(row, "low", "missing-value", what, fix="give low, high or both")
    elif spec.low is not None and spec.high is not None and spec.low > spec.high and not outside:
        what = f"the band ends ({spec.high}) below its start ({spec.low})"
        yield rows.problem(
            row, "high", "upside-down", what, value=str(spec.high), fix="exchange low and high"
        )


def _band_years(rows: Rows, row: int, spec: BandSpec, model: DynamicSpec) -> Iterator[Problem]:
    if spec.years is None:
        return
    try:
        years = read_years(model.years)
    except DateError:
        return
    date = spec.years
    if date.earliest is None or date.latest is None or date.precision in ("day", "month"):
        what = f"{date} is no year and no span of years"
        fix = "write 2016 or 2008/2015"
        yield rows.problem(row, "years", "wrong-form", what, value=str(date), fix=fix)
    elif date.start.year < years.start or date.end.year >= years.stop:
        what = f"{date} lies outside the years of {model.id}, {model.years}"
        fix = "choose years within them, or let the model run longer"
        yield rows.problem(row, "years", "out-of-range", what, value=str(date), fix=fix)
