"""Sensitivity ranges as they are printed: the table, what changes at the ends, caveats, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import WIDTH, text
from concausa.qca.formulas import Formula
from concausa.qca.robustness.parameter_range import End, ParameterRange, end_text, figure

if TYPE_CHECKING:
    from concausa.qca.robustness.ranges import Ranges

_PROTOCOL = (
    "Oana & Schneider (2024), A Robustness Test Protocol for Applied QCA, Sociological Methods & Research 53(1),"
    " 57-88. https://doi.org/10.1177/00491241211036158"
)
_SKAANING = (
    "Skaaning (2011), Assessing the Robustness of Crisp-set and Fuzzy-set QCA Results, Sociological Methods &"
    " Research 40(2), 391-408. https://doi.org/10.1177/0049124111404818"
)
SOURCES = (_PROTOCOL, _SKAANING)
#: Rows and cases that the table of changes names.
_NAMED = 4


def ranges_table(found: Ranges, say: Callable[[str], str] = str) -> Table:
    """A row a parameter: its value, its range, how far that is, and where some row first changes."""
    rows = []
    for one in found.ranges:
        down, up = one.room
        rows.append(
            [
                Cell(one.label),
                Cell(figure(one.value, one.span), one.value),
                _end(one.lower, one, say, lower=True),
                _end(one.upper, one, say, lower=False),
                _room(down),
                _room(up),
                _table_stays(one, say),
            ]
        )
    headings = [
        Heading("parameter", say("parameter")),
        Heading("value", say("value"), "right"),
        Heading("lower", say("from")),
        Heading("upper", say("to")),
        Heading("down", say("room down"), "right"),
        Heading("up", say("room up"), "right"),
        Heading("table", say("truth table stays")),
    ]
    return Table.of("ranges", headline(found).told(say), headings, rows, notes=notes(found, say))


def changes_table(found: Ranges, say: Callable[[str], str] = str) -> Table:
    """A row an end at which what is held changes: rows and cases that bring the change, and what is found then."""
    rows = []
    for one in found.ranges:
        for end, lower in ((one.lower, True), (one.upper, False)):
            if end.kind != "change" or end.beyond is None:
                continue
            rows.append(
                [
                    Cell(one.label),
                    Cell(say("below") if lower else say("above")),
                    Cell(end_text(end, one.span, lower=lower, say=say), end.value),
                    Cell(_some([str(row) for row in end.rows]), [row.data() for row in end.rows]),
                    Cell(_some(list(end.cases)), list(end.cases)),
                    Cell(_formula(end.beyond, say), list(end.beyond.models)),
                ]
            )
    headings = [
        Heading("parameter", say("parameter")),
        Heading("side", say("side")),
        Heading("at", say("at")),
        Heading("rows", say("rows that change")),
        Heading("cases", say("cases that change rows")),
        Heading("beyond", say("formula beyond")),
    ]
    return Table.of("range-changes", say("What changes where a range ends"), headings, rows)


def memo(found: Ranges, width: int | None = None) -> str:
    """Ranges and what ends them as text."""
    wide = width or WIDTH
    whole = ranges_table(found)
    kept = [place for place, head in enumerate(whole.headings) if head.key not in ("down", "up", "table")]
    short = Table(
        whole.name,
        whole.title,
        tuple([whole.headings[place] for place in kept]),
        tuple([tuple([row[place] for place in kept]) for row in whole.rows]),
        whole.notes,
    )
    lines = [text(short, wide).rstrip("\n"), "", "What changes where a range ends:"]
    told = False
    for one in found.ranges:
        for end, lower in ((one.lower, True), (one.upper, False)):
            if end.kind == "change" and end.beyond is not None:
                lines += _change(one, end, wide, lower=lower)
                told = True
    return "\n".join(lines if told else lines[:-2]) + "\n"


def headline(found: Ranges) -> Caveat:
    """What the table shows."""
    if found.hold == "core":
        sentence = "Ranges in which the core of the {solution} solution for {outcome} stays: {formula}"
        formula = " + ".join(found.formula.core)
    else:
        sentence = "Ranges in which the {solution} solution for {outcome} stays: {formula}"
        formula = str(found.formula)
    kind = found.analysis.choices.solution
    return Caveat.of("headline", sentence, solution=kind, outcome=found.analysis.outcome, formula=formula)


def notes(found: Ranges, say: Callable[[str], str] = str) -> list[str]:
    """What moves least, what the signs mean, and the caveats."""
    lines = []
    if found.tightest is not None:
        one, end = found.tightest
        lower = end.value < one.value or end is one.lower
        share = abs(end.value - one.value) / one.span
        lines.append(
            say("Tightest: {parameter}, {share} of its range to {end}.").format(
                parameter=one.label, share=f"{share:.1%}", end=end_text(end, one.span, lower=lower, say=say)
            )
        )
    ends = [end for one in found.ranges for end in (one.lower, one.upper)]
    if any(end.kind == "none" for end in ends):
        lines.append(
            say(
                "No bound: nothing changes in the range of the raw values, nor as far beyond as was searched."
            )
        )
    if any(end.kind == "change" and not end.in_data for end in ends):
        lines.append(say("†: beyond the least or greatest raw value."))
    if any(end.kind == "change" and end.width > 0 for end in ends):
        lines.append(
            say("Ends at raw values and at measures of rows are exact, others known to 12 digits or more.")
        )
    return [*lines, *[f"{caveat.told(say)}." for caveat in found.caveats]]


def caveats_of(found: Ranges) -> tuple[Caveat, ...]:
    """What a reader must know before trusting the ranges."""
    return tuple(_caveats(found))


def _caveats(found: Ranges) -> Iterator[Caveat]:
    unfound = [one.label for one in found.ranges if "budget" in (one.lower.kind, one.upper.kind)]
    if unfound:
        yield Caveat.of(
            "budget",
            "the search met its budget before it found the ends of {parameters}: give a greater one",
            parameters=", ".join(unfound),
        )
    if found.formula.n_models > 1:
        yield Caveat.of(
            "ambiguous",
            "{n} models fit equally well; a range ends where one of them changes, whichever was meant",
            n=f"{found.formula.n_models:,}",
        )
    yield Caveat.of(
        "alone",
        "each parameter moves alone: two that move together can change the solution within the ranges of both",
    )
    cases = len(found.analysis.cases)
    lonely = sorted(
        {end.cases[0] for one in found.ranges for end in (one.lower, one.upper) if len(end.cases) == 1}
    )
    if lonely:
        yield Caveat.of(
            "small-n",
            "with {n} cases some ends rest on a single one: {cases}",
            n=cases,
            cases=_some(lonely),
        )
    if found.fixed:
        yield Caveat.of(
            "fixed",
            "no anchor can be moved, so that there is no range, in {columns}",
            columns=", ".join(f"{column} ({method})" for column, method in found.fixed),
        )
    names = (*found.analysis.conditions, found.analysis.explained.name)
    given = [name for name in names if name not in found.analysis.calibrations]
    if given:
        yield Caveat.of(
            "uncalibrated",
            "given as memberships or codes, so that their anchors are not known here: {columns}",
            columns=", ".join(given),
        )


def _end(end: End, one: ParameterRange, say: Callable[[str], str], *, lower: bool) -> Cell:
    told = end_text(end, one.span, lower=lower, say=say)
    if end.kind == "change" and not end.in_data:
        told += " †"
    return Cell(told, end.value if end.bounds else None, tone="doubt" if end.kind == "budget" else "plain")


def _room(share: float | None) -> Cell:
    return Cell("–", None, tone="quiet") if share is None else Cell(f"{share:.1%}", share)


def _table_stays(one: ParameterRange, say: Callable[[str], str]) -> Cell:
    low = end_text(one.table_lower, one.span, lower=True, say=say)
    high = end_text(one.table_upper, one.span, lower=False, say=say)
    return Cell(say("{low} to {high}").format(low=low, high=high))


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f", … (+{more})" if more > 0 else "")


def _formula(formula: Formula, say: Callable[[str], str]) -> str:
    return str(formula) if formula.models else say("no solution")


def _change(one: ParameterRange, end: End, width: int, *, lower: bool) -> list[str]:
    from concausa.core.typeset.plain_text import wrap

    sign = (
        ("below" if end.closed is not False else "from")
        if lower
        else ("above" if end.closed is not False else "from")
    )
    where = end_text(end, one.span, lower=lower).removesuffix(" (excluded)")
    what = f"{one.label} {sign} {where}{' down' if lower and sign == 'from' else ''}:"
    parts = [_some([str(row) for row in end.rows])]
    if end.cases:
        parts.append(f"moved by {_some(list(end.cases))}")
    lines = wrap(f"{what} {_formula(end.beyond or Formula(), str)}", width - 4)
    lines = ["  " + lines[0], *["    " + line for line in lines[1:]]]
    return [*lines, *wrap("; ".join(parts), width, indent="      ")]
