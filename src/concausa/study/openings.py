"""Openings: options of choices and cuts of measures that can be read, and that the study can carry out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.errors import ConcausaError, FormulaError, OptionError, ScaleError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.expr.formula import COMPARISONS, FUNCTIONS, LOOKUPS, Operation, parse
from concausa.measurement.measure import case_formula, floors
from concausa.record.term import Term
from concausa.study.completeness import FileReader
from concausa.study.dimensions import reading_fault
from concausa.study.formulas import text_problems
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.choice import LABEL, PERIOD, WORDS, Choice, boundary_years, least_consistency

_LISTED = 30


def opening_problems(tables: Mapping[str, Rows], names: Names, read: FileReader) -> Iterator[Problem]:
    """What is wrong with choices and measures.

    Parameters
    ----------
    read : function
        Reads a data file by its relative path.
    """
    if measures := tables.get("measures"):
        for row in range(len(measures.nouns)):
            yield from _measure(measures, row, names, read)
    choices = tables.get("choices")
    seen: dict[tuple[str, str], str] = {}
    for row, choice in enumerate(choices.nouns if choices else ()):
        assert choices is not None
        yield from _options(choices, row, choice)
        match choice.kind:
            case "outcome":
                yield from _outcome(choices, row, names)
            case "boundary":
                yield from _boundary(choices, row, names)
            case "grain":
                yield from _grain(choices, row, names)
            case "test":
                yield from _tests(choices, row)
            case "number":
                yield from _number(choices, row, names, read)
            case kind if kind in WORDS:
                yield from _words(choices, row)
        if choice.kind not in ("", "number"):
            subject = (choice.kind, _measured(choice, names))
            other = seen.setdefault(subject, choice.id)
            if other != choice.id:
                what = f"{other} is of the kind {choice.kind} already"
                fix = "put the options of both into one row"
                yield choices.problem(row, "kind", "duplicate-key", what, value=choice.kind, fix=fix)


def _measured(choice: Choice, names: Names) -> str:
    """The condition that a choice of measures is about."""
    known = names.table("measures")
    return next((known[option].condition for option in choice.options if option in known), "")


def _options(rows: Rows, row: int, choice: Choice) -> Iterator[Problem]:
    for option in dict.fromkeys(choice.options):
        if choice.options.count(option) > 1:
            what = f"the option {option!r} stands twice"
            yield rows.problem(row, "options", "duplicate-key", what, value=option, fix="delete one of them")
    if choice.terms and choice.kind not in ("", "grain"):
        what = f"a choice of the kind {choice.kind} has no terms"
        yield rows.problem(row, "terms", "wrong-form", what, value="; ".join(choice.terms), fix="delete them")


def _unknown(rows: Rows, row: int, option: str, allowed: tuple[str, ...], form: str = "") -> Problem:
    near = nearest(option, allowed)
    return rows.problem(
        row,
        "options",
        "unknown-option",
        f"a choice of the kind {rows.nouns[row].kind} has no option {option!r}",
        value=option,
        allowed=allowed if len(allowed) <= _LISTED else (),
        fix=f"did you mean {near}?" if near else form,
    )


def _words(rows: Rows, row: int) -> Iterator[Problem]:
    choice = rows.nouns[row]
    for option in choice.options:
        if option not in WORDS[choice.kind]:
            yield _unknown(rows, row, option, WORDS[choice.kind])


def _outcome(rows: Rows, row: int, names: Names) -> Iterator[Problem]:
    known = names.table("measures")
    conditions: dict[str, str] = {}
    for option in rows.nouns[row].options:
        if option in known:
            conditions.setdefault(known[option].condition, option)
        elif option != LABEL:
            yield _unknown(rows, row, option, (LABEL, *known), "add it as [[measures]], or correct the name")
    if len(conditions) > 1:
        what = f"{' and '.join(conditions.values())} measure {' and '.join(conditions)}"
        fix = "write a choice for each condition"
        yield rows.problem(row, "options", "wrong-form", what, value=conditions.popitem()[1], fix=fix)


def _boundary(rows: Rows, row: int, names: Names) -> Iterator[Problem]:
    choice, periods = rows.nouns[row], list(names.table("periods").values())
    if len(periods) != 2:
        what = f"the study has {len(periods)} periods, and a boundary moves between two"
        yield rows.problem(row, "kind", "wrong-form", what, value=choice.kind, fix="delete the choice")
        return
    if not all(period.start and period.end for period in periods):
        return
    first, second = sorted(periods, key=lambda period: period.start.start)
    ends = [first.start.start, first.end.end, second.start.start, second.end.end]
    if ends != sorted(ends) or ends[1].year == ends[2].year:
        return
    own = f"{first.end.end.year:04d}/{second.start.start.year:04d}"
    for place, option in enumerate(choice.options):
        try:
            last, start = boundary_years(option)
        except OptionError as error:
            yield rows.problem(row, "options", "unknown-option", error.what, value=option, fix=error.fix)
            continue
        if last < first.start.start.year or start > second.end.end.year:
            what = f"{option} leaves a period without a year"
            fix = f"choose years from {first.start.start.year} to {second.end.end.year}"
            yield rows.problem(row, "options", "wrong-form", what, value=option, fix=fix)
        if place == 0 and f"{last:04d}/{start:04d}" != own:
            what = f"the first option is {option}, and the study's own boundary is {own}"
            yield rows.problem(row, "options", "wrong-form", what, value=option, fix=f"start with {own}")


def _grain(rows: Rows, row: int, names: Names) -> Iterator[Problem]:
    choice = rows.nouns[row]
    if "terms" in names.broken:
        return
    terms = [names.table("terms")[id] for id in choice.terms if id in names.table("terms")]
    offices = tuple(dict.fromkeys(term.office for term in terms))
    if not choice.terms and any(option != PERIOD for option in choice.options):
        what = "terms must not be empty where an office is an option"
        fix = "name the office terms that become cases"
        yield rows.problem(row, "terms", "missing-value", what, fix=fix)
    found_all = len(terms) == len(choice.terms)
    for option in choice.options if terms and found_all else ():
        if option != PERIOD and option not in offices:
            yield _unknown(rows, row, option, (PERIOD, *offices), "name terms of that office in terms")
    for term in terms:
        what = ""
        if term.office not in choice.options:
            what, fix = f"{term.id} is of the office {term.office}, which is no option", "add it to options"
        elif not term.unit:
            what, fix = f"{term.id} has no unit, and a case is of one", "take it out"
        elif term.start is None and term.end is None:
            what, fix = f"{term.id} has neither start nor end", "take it out, or date it"
        elif _apart(term, names):
            what, fix = f"{term.id} shares no day with the periods of the study", "take it out"
        if what:
            yield rows.problem(row, "terms", "wrong-form", what, value=term.id, fix=fix)


def _apart(term: Term, names: Names) -> bool:
    """Whether a term lies outside the years of the study."""
    periods = [period for period in names.table("periods").values() if period.start and period.end]
    if not periods:
        return False
    ends_before = term.end is not None and term.end.end < min(period.start.start for period in periods)
    starts_after = term.start is not None and term.start.start > max(period.end.end for period in periods)
    return ends_before or starts_after


def _tests(rows: Rows, row: int) -> Iterator[Problem]:
    for option in rows.nouns[row].options:
        try:
            least_consistency(option)
        except OptionError as error:
            yield rows.problem(row, "options", "unknown-option", error.what, value=option, fix=error.fix)


def _number(rows: Rows, row: int, names: Names, read: FileReader) -> Iterator[Problem]:
    choice = rows.nouns[row]
    if choice.id and not choice.id.isidentifier():
        what = "a name used in formulas holds letters, digits and _ only, and starts with a letter"
        yield rows.problem(row, "id", "bad-id", what, value=choice.id, fix="call it, for example, firms_read")
    taken = [table for table in ("facts", "series") if choice.id in names.table(table)]
    if taken or choice.id in (*FUNCTIONS, *LOOKUPS, "number"):
        whose = f"a row of {taken[0]}" if taken else "a word of the formula language"
        what = f"{choice.id} is also {whose}; a formula could mean either"
        yield rows.problem(row, "id", "ambiguous-id", what, value=choice.id, fix="use another id")
    for option in choice.options:
        yield from _formula(rows, row, "options", option, names, read)


def _formula(
    rows: Rows, row: int, column: str, text: str, names: Names, read: FileReader, *, missing: bool = False
) -> Iterator[Problem]:
    """What is wrong with a formula that stands for a number."""
    yield from text_problems(rows, row, column, text, names, read, missing=missing)
    try:
        tree = parse(text)
    except FormulaError:
        return
    if isinstance(tree, Operation) and tree.operator in COMPARISONS:
        fix = "leave one side of it"
        what = f"{text} is a comparison, and no number"
        yield rows.problem(row, column, "broken-formula", what, value=text, fix=fix)


def _measure(rows: Rows, row: int, names: Names, read: FileReader) -> Iterator[Problem]:
    measure = rows.nouns[row]
    if measure.id == LABEL:
        what = f"{LABEL} means the coded level, and can be no measure"
        yield rows.problem(row, "id", "ambiguous-id", what, value=measure.id, fix="use another id")
    if not measure.values and not measure.missing:
        what = "a measure has values, or says in missing what the text does not give"
        fix = "add values, such as NL-1=nl_funds / nl_firms, or missing"
        yield rows.problem(row, "values", "missing-value", what, fix=fix)
    if measure.values and not measure.cuts and not measure.missing:
        fix = "add cuts, such as moderate>=100, maximum>=500"
        yield rows.problem(row, "cuts", "missing-value", "a measure with values needs a cut", fix=fix)
    yield from _values(rows, row, names, read)
    condition = names.table("conditions").get(measure.condition)
    levels = condition.levels if condition is not None else ()
    for cut in measure.cuts if levels else ():
        try:
            floors(cut, levels)
        except ScaleError as error:
            yield rows.problem(row, "cuts", "broken-cut", error.what, value=cut, fix=error.fix)
    for cut in dict.fromkeys(measure.cuts):
        if measure.cuts.count(cut) > 1:
            what, fix = f"the cut {cut} stands twice", "delete one of them"
            yield rows.problem(row, "cuts", "duplicate-key", what, value=cut, fix=fix)


def _values(rows: Rows, row: int, names: Names, read: FileReader) -> Iterator[Problem]:
    measure = rows.nouns[row]
    judged = names.broken.isdisjoint(("units", "periods"))
    cases = [f"{unit}-{period}" for unit in names.table("units") for period in names.table("periods")]
    given: set[str] = set()
    for value in measure.values:
        try:
            case, formula = case_formula(value)
        except ConcausaError as error:
            yield rows.problem(row, "values", "broken-formula", error.what, value=value, fix=error.fix)
            continue
        if judged and case not in cases:
            near = nearest(case, cases[:2000])
            yield rows.problem(
                row,
                "values",
                "dangling-reference",
                f"there is no case {case!r}",
                value=case,
                allowed=tuple(cases) if len(cases) <= _LISTED else (),
                fix=f"did you mean {near}?" if near else "a case is written UNIT-PERIOD",
            )
        if case in given:
            what, fix = f"the case {case} has two values", "delete one of them"
            yield rows.problem(row, "values", "duplicate-key", what, value=value, fix=fix)
        given.add(case)
        yield from _formula(rows, row, "values", formula, names, read, missing=bool(measure.missing))
        if not measure.missing and (fault := reading_fault(formula, measure.measured_in, names)):
            yield rows.problem(row, "values", "wrong-unit", fault.what, value=value, fix=fault.fix)
