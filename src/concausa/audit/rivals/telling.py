"""Standings told: as lines for a terminal or a memo."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from concausa.audit.findings.telling import in_one_line
from concausa.audit.rivals.conclusion import conclusion
from concausa.audit.rivals.outlook import Outlook
from concausa.audit.rivals.remarks import remarks
from concausa.audit.rivals.rivals import SAME_CASES, Rivals, changing, overall, tested, told
from concausa.audit.rivals.standing import Standing
from concausa.rivals.cell import CellVerdict
from concausa.rivals.order import Order
from concausa.rivals.window import WindowContrast

#: Terms of a formula that lines show; more are named by the choices that they turn on.
MOST_TERMS = 8

_SIGNS = {">": "above", "<": "below", "=": "alike", "none": "not told apart"}
_ORIGINS = {
    "typed": "as the study writes them",
    "record": "worked out from the record",
    "rule": "from the theory's rule",
}


def lines(found: Rivals, one: Standing) -> Iterator[str]:
    """A standing in full, as sentences; a caller wraps them. An indent says what belongs to what."""
    account, row = one.account, one.account.row
    yield f"{account.id}: {account.label}"
    if argument := getattr(row, "argument", ""):
        yield f"Argument: {argument}"
    source = f" ({row.variable}: {'; '.join(row.predicts)})" if account.origin == "record" else ""
    if account.origin == "rule":
        source = f" ({'; '.join(row.clauses)})"
    yield f"Predictions: {_ORIGINS[account.origin]}{source}"
    if verdict := getattr(row, "verdict", ""):
        lead = "The text concludes" if conclusion(one).taken_up else "In the text"
        yield f"{lead}: {verdict}"
    elif not conclusion(one).taken_up:
        yield "The text does not take it up."
    if note := getattr(row, "note", ""):
        yield f"The encoder's note: {note}"
    yield f"Overall: {_worlds(one.overall)}"
    if reach := overall(one).removeprefix(str(one.overall)).strip(" ()"):
        yield f"  {reach}"
    yield f"  cells that fit / fail, of all: {tested(one, 'cells')}"
    yield f"  contrasts that fit / fail, of all: {tested(one, 'contrasts')}"
    yield f"  differences told / left unexplained, of all: {told(one)}"
    if months := changing(one):
        yield (
            f"  where it changes inside a period, months that would fit / fail, of all: {months}; the outcome of "
            "the whole period cannot tell which of them made it"
        )
    yield from _when(one.overall)
    if (remark := conclusion(one).remark) is not None:
        yield f"Note: {remark}"
    yield from (f"Note: {remark}" for remark in remarks(found.study, one))
    if account.origin == "rule":
        yield f"Note: {SAME_CASES}"
    yield ""
    for case in found.cases:
        yield from _cell(found, one, case)
    yield ""
    yield "Contrasts:"
    for contrast in one.baseline.contrasts:
        said = _expected(contrast.expected, months=not contrast.over_time)
        yield f"  {contrast.name}, {said}: {_worlds(one.contrasts[contrast.name])}"
    if one.known_windows:
        yield f"Amounts known by window{'' if found.by_year else '; none is known by year'}:"
        for window in one.known_windows:
            yield f"  {_window(window)}: {_worlds(one.windows[window.name])}"
    elif not found.amounts:
        yield "No amounts are known for parts of periods."
    if one.differs:
        yield "Where the study writes other than the record gives:"
        for gap in one.differs:
            yield (
                f"  {gap.unit}-{gap.period}, {gap.span} ({gap.months} months): written {gap.written}, the record "
                f"gives {gap.recorded}"
            )
    elif account.origin == "record" and account.typed:
        yield "What the study writes and what the record gives lean the same way in every month."


def _cell(found: Rivals, one: Standing, case: str) -> Iterator[str]:
    cell = one.baseline.cell(case)
    yield f"{case}, observed {' or '.join(found.observed[case])}: {_worlds(one.cells[case])}"
    if cell.reason:
        yield f"  in the study's own reading: {cell.reason}"
    for run in runs(cell):
        months = f"{run.months} month{'' if run.months == 1 else 's'}"
        uses = f" ({', '.join(run.uses)})" if run.uses else ""
        yield f"  {run.first:%Y-%m} to {run.last:%Y-%m}, {months}: {' or '.join(run.said)}{uses}"
    others = one.said(case)[1:]
    if others:
        ways = "; or ".join(
            ", ".join(f"{' or '.join(words)} {months} months" for words, months in way) or "silent"
            for way in others[:MOST_TERMS]
        )
        yield f"  in other worlds: {ways}"
    yield from _when(one.cells[case], indent="  ")


@dataclass(frozen=True, slots=True)
class Run:
    """Months in a row of which an account says one thing."""

    first: datetime.date
    last: datetime.date
    months: int
    said: tuple[str, ...]
    uses: tuple[str, ...]


def runs(cell: CellVerdict) -> tuple[Run, ...]:
    """A cell's months joined where the account says the same, whatever the record behind it."""
    found: list[Run] = []
    for part in cell.parts:
        expects, stretch = part.expects, part.stretch
        said = ("nothing worked out",) if expects is None else expects.said
        uses = () if expects is None else expects.uses
        if found and found[-1].said == said:
            last = found.pop()
            uses = tuple(dict.fromkeys((*last.uses, *uses)))
            found.append(Run(last.first, stretch.last, last.months + stretch.months, said, uses))
        else:
            found.append(Run(stretch.first, stretch.last, stretch.months, said, uses))
    return tuple(found)


def _worlds(outlook: Outlook) -> str:
    """``fits in all 40 worlds``, or the counts."""
    kind = "worlds drawn" if outlook.drawn else "worlds"
    if len(outlook.counts) == 1:
        return outlook.word if outlook.total == 1 else f"{outlook.word} in all {outlook.total:,} {kind}"
    return f"{outlook} {kind}"


def _when(outlook: Outlook, *, indent: str = "") -> Iterator[str]:
    """When each verdict is given."""
    for word, formula in outlook.formulas.items():
        if not 0 < len(formula.terms) <= MOST_TERMS:
            names = "; ".join(str(choice.label) for choice in outlook.turns_on)
            yield f"{indent}  {word} in more cases than are listed; it turns on {names}"
            continue
        yield f"{indent}  {word} exactly when{' one of these holds' if len(formula.terms) > 1 else ''}:"
        for term in formula.terms:
            yield f"{indent}    {'- ' if len(formula.terms) > 1 else ''}{in_one_line(term)}"


def signs(order: Order) -> str:
    """``above``, ``level or below``."""
    return " or ".join(_SIGNS[sign] for sign in (">", "=", "<", "none") if sign in order)


def _expected(expected: Mapping[Order, int], *, months: bool = True) -> str:
    if not expected:
        return "nothing expected"
    if len(expected) == 1:
        return f"expected {signs(next(iter(expected)))}"
    told = (f"{signs(order)}{f' {count} months' if months else ''}" for order, count in expected.items())
    return "expected " + ("; " if not months else ", ").join(told)


def _window(window: WindowContrast) -> str:
    amounts = " beside ".join(f"{one.unit} {float(one.value):g}" for one in (window.first, window.second))
    return f"{window.window}, {amounts} {window.first.measured_in}, {_expected(window.expected)}"
