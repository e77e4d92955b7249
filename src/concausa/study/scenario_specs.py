"""Scenarios of dynamic models: changes that can be read, of units, years and quantities that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from concausa.core.errors import DateError, OptionError
from concausa.core.nearest import nearest, some
from concausa.core.problem import Problem
from concausa.study.dynamic_names import INPUTS, symbols_of
from concausa.study.dynamic_specs import units_of
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.dynamic_range import read_years
from concausa.theory.dynamic_spec import DynamicSpec, QuantitySpec

#: Stands for every unit of the model.
EVERY = "*"

_FORMS = "write UNIT INTERVENTION YEAR, UNIT INPUT=VALUE from YEAR to YEAR, or UNIT without EVENT"
_DONE = re.compile(r"(?P<name>.+?)(?:\s+(?P<years>\S*\d\S*))?")
_HELD = re.compile(
    r"(?P<name>[^=]+?)\s*=\s*(?P<value>.+?)(?:\s+from\s+(?P<first>\S+))?(?:\s+to\s+(?P<last>\S+))?"
    r"(?:\s+in\s+(?P<one>\S+))?"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the changes of one model may name.

    Parameters
    ----------
    units : tuple of str
        Those that it is matched to.
    years : range
    interventions : tuple of str
    inputs : mapping of str to str
        From a symbol, a condition or a label, without capitals, to the condition that it stands for, if any.
    levels : mapping of str to tuple of str
        Of each of these conditions.
    happens : tuple of str
        Events of its inputs and interventions.
    symbols : tuple of str
        The inputs by their names in formulas.
    """

    units: tuple[str, ...]
    years: range
    interventions: tuple[str, ...]
    inputs: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]
    happens: tuple[str, ...]
    symbols: tuple[str, ...] = ()


def scenario_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """Scenarios whose changes name what their model does not have, or cannot be read."""
    rows = tables["scenarios"]
    needed = {"units", "dynamic_models", "dynamic_quantities", "interventions", "conditions"}
    if not rows.nouns or needed & names.broken:
        return
    symbols = symbols_of(tables["dynamic_quantities"])
    known: dict[str, Known] = {}
    for row, spec in enumerate(rows.nouns):
        model: DynamicSpec | None = names.table("dynamic_models").get(spec.model)
        if model is None:
            continue
        try:
            years = read_years(model.years)
        except DateError:
            continue
        if spec.model not in known:
            known[spec.model] = _known(model, years, symbols.known(spec.model), tables, names)
        for text in spec.do:
            try:
                refuse_change(text, known[spec.model])
            except OptionError as error:
                yield rows.problem(row, "do", "wrong-form", error.what, value=text, fix=error.fix)


def refuse_change(text: str, known: Known) -> None:
    """OptionError if a change cannot be read or names what is not there.

    Examples
    --------
    >>> known = Known(("NL",), range(2000, 2011), ("council",), {}, {}, ())
    >>> refuse_change("NL council 2005", known)
    >>> try:
    ...     refuse_change("NL consil 2005", known)
    ... except OptionError as error:
    ...     print(error.what, "-", error.fix)
    there is no intervention 'consil' - did you mean council?
    """
    unit, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    _named("unit", unit, (*known.units, EVERY))
    if rest.startswith("without "):
        what = rest.removeprefix("without ").strip()
        if what.startswith("takeover ") or what.casefold() in known.inputs:
            return
        _named("event, intervention or input", what, (*known.happens, *known.interventions, *known.symbols))
    elif match := _HELD.fullmatch(rest):
        name = match["name"].casefold()
        if name not in known.inputs:
            _named("input", match["name"], known.symbols)
        _value(match["value"], known.levels.get(known.inputs[name], ()))
        _years([match["first"] or match["one"], match["last"] or match["one"]], known.years)
    elif rest and (match := _DONE.fullmatch(rest)):
        _named("intervention", match["name"], known.interventions)
        if match["years"] is None:
            raise OptionError(f"in which year is {match['name']} done?", fix="write a year after it")
        _years(match["years"].split("..", 1), known.years)
    else:
        raise OptionError(f"nothing is asked of {unit}", fix=_FORMS)


def _named(kind: str, word: str, known: Iterable[str]) -> None:
    listed = tuple(dict.fromkeys(known))
    if word not in listed:
        near = nearest(word, listed)
        fix = f"did you mean {near}?" if near else f"one of {some(listed)}" if listed else "there is none"
        raise OptionError(f"there is no {kind} {word!r}", fix=fix)


def _value(word: str, levels: tuple[str, ...]) -> None:
    if word in levels:
        return
    if not re.fullmatch(r"[0-9]*\.?[0-9]+", word):
        near = nearest(word, levels)
        fix = f"did you mean {near}?" if near else f"one of {some(levels)}" if levels else ""
        raise OptionError(
            f"{word!r} is no value of an input", fix=fix or "write a number from 0 to 1, or a level"
        )
    if float(word) > 1:
        raise OptionError(f"{word} lies outside 0 to 1", fix="write a number from 0 to 1")


def _years(words: Iterable[str | None], known: range) -> None:
    found = []
    for word in words:
        if word is None:
            continue
        if not re.fullmatch(r"[0-9]{1,4}", word):
            raise OptionError(
                f"{word!r} is no year", fix=f"write a year from {known.start} to {known.stop - 1}"
            )
        if int(word) not in known:
            fix = f"give a year from {known.start} to {known.stop - 1}"
            raise OptionError(f"{word} is not among the years of the model", fix=fix)
        found.append(int(word))
    if found != sorted(found):
        raise OptionError(f"the years run from {found[0]} to {found[1]}", fix="exchange them")


def _known(
    model: DynamicSpec,
    years: range,
    symbols: Mapping[str, QuantitySpec],
    tables: Mapping[str, Rows],
    names: Names,
) -> Known:
    inputs: dict[str, str] = {}
    conditions = names.table("conditions")
    happens: list[str] = []
    for symbol, row in symbols.items():
        happens += row.events if row.kind in ("pulse", "step") else ()
        if row.kind not in INPUTS:
            continue
        labels = [symbol, row.condition, row.label]
        if row.condition in conditions:
            labels.append(conditions[row.condition].label)
        # As change_text does, a label may be called by its first word.
        labels += [label.split()[0] for label in labels[2:] if label.strip()]
        inputs |= {label.casefold(): row.condition for label in labels if label}
    own = [row for row in tables["interventions"].nouns if row.model == model.id]
    return Known(
        units_of(model, names),
        years,
        tuple(row.asked for row in own),
        inputs,
        {id: tuple(row.levels) for id, row in conditions.items()},
        tuple(dict.fromkeys((*happens, *(event for row in own for event in row.events)))),
        tuple(symbol for symbol, row in symbols.items() if row.kind in INPUTS),
    )
