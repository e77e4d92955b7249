"""Truth tables of the cases, under every reading of their levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concausa.audit.alike import Alike
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.exhibits.scribe import MISSING
from concausa.report.language import Language
from concausa.study.study import Study


def truth_tables(study: Study, language: Language) -> Exhibit | None:
    """Readings, and every distinct truth table; None for a study without cases to analyse."""
    made = configured(study, language)
    if made is None or not made.groups:
        return None
    frame = made.found.frame
    intro = language.say(
        "A truth table sorts the cases by which conditions they have, and asks of each row whether its cases "
        "have the outcome. Each reading of the levels goes through every level map, as fuzzy sets with the "
        "map's memberships and, where no case lies on a crossover, as crisp sets that only ask on which "
        "side a case is. {settings} settings give {tables} different truth tables.",
        settings=language.number(len(made.found.settings)),
        tables=language.number(len(made.groups)),
    )
    if len(frame.readings) < frame.n_readings or len(frame.outcome_sets) < frame.n_outcome_sets:
        intro += " " + language.say(
            "Not every reading was looked at: {shown} of {all} of the conditions, {sets} of {every} of the outcome.",
            shown=language.number(len(frame.readings)),
            all=language.number(frame.n_readings),
            sets=language.number(len(frame.outcome_sets)),
            every=language.number(frame.n_outcome_sets),
        )
    tables = [_readings(made)] if frame.open else []
    tables += [_rows(made, threshold, place) for place, threshold in enumerate(made.thresholds)]
    title = language.say("Truth tables under every reading")
    return Exhibit("truth-tables", "configurations", title, intro, tuple(tables))


def _readings(made: Configured) -> Table:
    say, level = made.language.say, made.language.level
    frame = made.found.frame
    headings = [
        Heading("reading", say("Reading"), "right"),
        Heading("places", say("Printed in")),
        *(Heading(f"{case}.{name}", f"{name}, {case}") for case, name in frame.open),
    ]
    rows = []
    for number, reading in enumerate(frame.readings, start=1):
        cells = [
            made.scribe.count(number),
            Cell("; ".join(level(place) for place in reading.places), list(reading.places))
            if reading.places
            else Cell(say("no place prints them together"), [], tone="quiet"),
        ]
        for key in frame.open:
            chosen = reading.levels[key]
            links = tuple(Link("codings", row.id) for row in made.codings[key] if row.level == chosen)
            cells.append(Cell(level(chosen), chosen, links))
        rows.append(cells)
    notes = (
        say("Every other cell has one level, whatever the place that prints it."),
        say("A place that prints several levels for a cell stands by each of them."),
    )
    return Table.of("configurations-readings", say("The readings"), headings, rows, notes=notes)


def _rows(made: Configured, threshold: str, place: int) -> Table:
    say = made.language.say
    conditions = made.found.frame.conditions
    several = len(made.members_of(threshold)) > 1
    headings = [Heading("table", say("Table"), "right"), Heading("under", say("Under"))]
    if several:
        headings.append(Heading("members", say("Cases with the outcome")))
    headings += [Heading(f"in_{name}", name, "right") for name in conditions]
    headings += [
        Heading("n", say("Cases, n"), "right"),
        Heading("cases", say("Cases")),
        Heading("outcome", made.outcome(threshold), "right"),
        Heading("negated", made.outcome(threshold, negated=True), "right"),
        Heading("why", say("Why")),
    ]
    rows = [
        [
            Cell(made.language.number(group.number), group.number),
            made.under(group.settings),
            *([made.cases(group.members)] if several else []),
            *cells,
        ]
        for group in made.at(threshold)
        for cells in _group(made, group)
    ]
    notes = [
        say(
            "1: the row leads to the outcome; 0: it does not. The cut-off is a consistency of 0.8, with one case."
        ),
        say("Where fit differs between the settings of one table, its least and greatest values are given."),
    ]
    if place:
        notes.append(
            say("Where the outcome can be read so that the cases are those of a table above, see there.")
        )
    title = say("Truth tables: {outcome}", outcome=made.outcome(threshold))
    return Table.of(f"truth-tables-{place + 1}", title, made.scribe.heads(headings), rows, notes=notes)


def _group(made: Configured, group: Alike) -> Iterator[list[Cell]]:
    """The rows of a truth table, from the condition columns on; cases that belong to no row last."""
    table, negated = group.first.table, group.first.negated
    if table is not None and negated is not None:
        pairs = sorted(
            zip(table.rows, negated.rows, range(len(table.rows)), strict=True),
            key=lambda found: tuple(-(value or 0) for value in found[0].configuration),
        )
        for row, other, place in pairs:
            consistency = [item.table.rows[place].consistency for item in group.analyses if item.table]
            outcome, back = row.outcome == "1", other.outcome == "1"
            odd = [case for case in row.cases if not (outcome if case in group.members else back)]
            tone = "doubt" if odd else "plain"
            links = made.outcome_links(row.cases)
            yield [
                *(Cell(str(value), value) for value in row.configuration),
                made.scribe.count(row.n),
                made.cases(row.cases, group.settings),
                Cell(row.outcome, row.outcome, links, tone=tone),  # type: ignore[arg-type]
                Cell(other.outcome, other.outcome, links, tone=tone),  # type: ignore[arg-type]
                _why(made, consistency, odd, group.members),
            ]
    tied = [
        name for name, corner in zip(group.first.cases, group.first.corners, strict=True) if corner is None
    ]
    if tied:
        ties = Cell(
            made.language.say("on the crossover: in no row, yet counted in the fit of all"), tone="doubt"
        )
        blank = [MISSING] * len(made.found.frame.conditions)
        yield [
            *blank,
            made.scribe.count(len(tied)),
            made.cases(tied, group.settings),
            MISSING,
            MISSING,
            ties,
        ]


def _why(made: Configured, consistency: Sequence[float], odd: Sequence[str], members: Sequence[str]) -> Cell:
    """What decided a row; cases whose own outcome the row does not follow are named."""
    say = made.language.say
    found = made.measures(consistency)
    if not odd:
        return Cell(say("consistency {consistency}", consistency=found.text), found.value)
    values = {"consistency": found.text, "cases": ", ".join(odd)}
    sides = {case in members for case in odd}
    if len(sides) > 1:
        text = say("consistency {consistency}: a contradiction, {cases} differ in the outcome", **values)
    elif sides == {True}:
        text = say(
            "consistency {consistency}: {cases} had the outcome, but cases of other rows belong to this one in part",
            **values,
        )
    else:
        text = say(
            "consistency {consistency}: {cases} did not have the outcome, but cases of other rows belong to this "
            "one in part",
            **values,
        )
    return Cell(text, found.value, tone="doubt")
