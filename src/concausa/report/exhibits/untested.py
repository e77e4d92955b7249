"""What the cases cannot test: rows that nobody fills, columns that move together, models that stay tied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from concausa.audit.configurations import SOLUTION_KINDS, Setting
from concausa.audit.layouts import (
    Layout,
    Together,
    Wanted,
    constant,
    layouts,
    one_outcome_units,
    together,
    wanted,
)
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.language import Language
from concausa.study.study import Study


def untested(study: Study, language: Language) -> Exhibit | None:
    """Claims with the rows that would test them, rows without cases, and other limits; None without cases."""
    made = configured(study, language)
    if made is None:
        return None
    say = language.say
    frame = made.found.frame
    title = say("What the cases cannot test")
    if not made.groups:
        return Exhibit("untested", "configurations", title, _nothing(made), (_limits(made, ()),))
    possible = 2 ** len(frame.conditions)
    intro = say(
        "{conditions} conditions allow {rows} rows; {cases} cases from {units} units can fill {most} of them at "
        "most. Every value below is counted from the levels, not taken from the text.",
        conditions=language.number(len(frame.conditions)),
        rows=language.number(possible),
        cases=language.number(len(frame.cases)),
        units=language.number(len({case.unit.id for case in frame.cases})),
        most=language.number(min(len(frame.cases), possible)),
    )
    placed = layouts(made.found)
    tables = [_rows(made, placed)]
    if claims := wanted(study, made.found):
        tables.append(_claims(made, placed, claims))
    tables.append(_limits(made, placed))
    return Exhibit("untested", "configurations", title, intro, tuple(tables))


def _nothing(made: Configured) -> str:
    """Why there is no truth table at all."""
    say = made.language.say
    if not made.found.frame.cases:
        return say(
            "No case has a level for every condition and for the outcome, so that there is no truth table."
        )
    return say(
        "No level map covers {conditions}, so that there is no truth table.",
        conditions=", ".join(made.found.unmapped),
    )


def _rows(made: Configured, placed: Sequence[Layout]) -> Table:
    say, conditions = made.language.say, len(made.found.frame.conditions)
    headings = (
        Heading("under", say("Under")),
        Heading("filled", say("Rows with cases"), "right"),
        Heading("cases", say("Which cases")),
        Heading("empty", say("Rows without cases")),
    )
    rows = []
    for layout in placed:
        filled = [f"{made.row(row)}: {', '.join(cases)}" for row, cases in layout.rows.items()]
        value = {made.row(row): list(cases) for row, cases in layout.rows.items()}
        if layout.tied:
            filled.append(say("no row: {cases}", cases=", ".join(layout.tied)))
        empty = [made.row(row) for row in layout.unobserved(conditions)]
        share = f"{made.language.number(len(layout.rows))}/{made.language.number(2**conditions)}"
        rows.append(
            [
                made.under(layout.settings),
                Cell(share, [len(layout.rows), 2**conditions]),
                Cell("; ".join(filled), value, made.condition_links(layout.cases, layout.settings)),
                Cell("; ".join(empty), empty)
                if empty
                else made.scribe.count(2**conditions - len(layout.rows)),
            ]
        )
    return Table.of(
        "untested-rows", say("Rows that the cases fill, and rows that nobody fills"), headings, rows
    )


def _claims(made: Configured, placed: Sequence[Layout], claims: Sequence[Wanted]) -> Table:
    say = made.language.say
    threshold = made.thresholds[0]
    headings = (
        Heading("claim", say("Claim")),
        Heading("kind", say("Kind")),
        Heading("row", say("Row that would test it")),
        Heading("for", say("A case there speaks for it under")),
        Heading("against", say("A case there speaks against it under")),
        Heading("unseen", say("No case there under")),
    )
    rows = []
    for item in claims:
        seen: dict[str, list[Layout]] = {}
        for layout in placed:
            for verdict in {item.verdict(layout, members) for members in made.members_of(threshold)}:
                seen.setdefault(verdict, []).append(layout)
        both = seen.get("mixed", [])
        rows.append(
            [
                Cell(item.claim.id, item.claim.id, (Link("claims", item.claim.id),)),
                Cell(
                    f"{made.language.level(item.claim.kind)}: {', '.join(item.conditions)}",
                    {"kind": item.claim.kind, "conditions": list(item.conditions)},
                ),
                Cell(made.row(item.row), made.row(item.row)),
                _verdict(made, item, seen.get("for", []) + both, "good"),
                _verdict(made, item, seen.get("against", []) + both, "bad"),
                made.under(setting for layout in seen.get("not observed", []) for setting in layout.settings)
                if seen.get("not observed")
                else Cell(say("none"), [], tone="quiet"),
            ]
        )
    notes = (
        say("Held against: {outcome}. Claims of single cases are left out.", outcome=made.outcome(threshold)),
        say(
            "Necessity of a condition is tested by a case that lacks it alone; insufficiency, by a case that has it "
            "alone. Other cases may agree with a claim, yet they cannot tell the conditions apart."
        ),
    )
    title = say("Claims, and the row that would test each")
    return Table.of("untested-claims", title, headings, rows, notes=notes)


def _verdict(made: Configured, item: Wanted, found: Sequence[Layout], tone: str) -> Cell:
    if not found:
        return Cell(made.language.say("none"), [], tone="quiet")
    settings = [setting for layout in found for setting in layout.settings]
    cases = list(dict.fromkeys(case for layout in found for case in layout.rows[item.row]))
    under = made.under(settings)
    links = (*under.links, *made.condition_links(cases, settings), *made.outcome_links(cases))
    value = {"cases": cases, "under": under.value}
    return Cell(f"{', '.join(cases)}: {under.text}", value, links, tone=tone)  # type: ignore[arg-type]


def _limits(made: Configured, placed: Sequence[Layout]) -> Table:
    say = made.language.say
    headings = (
        Heading("limit", say("What cannot be told")),
        Heading("finding", say("Why")),
        Heading("under", say("Under")),
    )
    rows = [*_left_out(made), *_unmapped(made)]
    if not made.groups:
        return Table.of("untested-limits", say("Limits"), headings, rows)
    rows += [
        *_dependent(made),
        *_thin(made, placed),
        *_constant(made, placed),
        *_together(made),
        *_tied_models(made),
        *_always(made),
        *_crossover(made),
    ]
    notes = (say("Measures of fit are near their ends by construction where each row has one or two cases."),)
    return Table.of("untested-limits", say("Other limits"), headings, rows, notes=notes)


def _left_out(made: Configured) -> Iterator[list[Cell]]:
    say = made.language.say
    for row in made.found.frame.left_out:
        yield [
            Cell(say("Anything about {case}", case=row.case.id), "left out"),
            Cell(
                say("left out: the text gives no level for {conditions}", conditions=", ".join(row.missing)),
                {"case": row.case.id, "missing": list(row.missing)},
                tuple(Link("conditions", name) for name in row.missing),
            ),
            _everywhere(made),
        ]


def _unmapped(made: Configured) -> Iterator[list[Cell]]:
    say = made.language.say
    for name in made.found.unmapped:
        yield [
            Cell(say("The part of {conditions}", conditions=name), "unmapped", (Link("conditions", name),)),
            Cell(say("no level map says what its levels mean as memberships"), [name]),
            _everywhere(made),
        ]


def _dependent(made: Configured) -> Iterator[list[Cell]]:
    """Units whose cases all share an outcome: whatever sets the units apart explains it as well."""
    say = made.language.say
    threshold = made.thresholds[0]
    for members in made.members_of(threshold):
        group = next(group for group in made.at(threshold) if group.members == members)
        units = one_outcome_units(made.found, group.first)
        if len(units) > 1:
            yield [
                Cell(say("The conditions apart from the units"), "units"),
                Cell(
                    say(
                        "{outcome}: all cases of one unit share the outcome, so that anything lasting that sets "
                        "{units} apart accounts for it as well; two periods of a unit are no independent cases",
                        outcome=made.outcome(threshold),
                        units=say(" and ").join(units),
                    ),
                    {"units": list(units)},
                    tuple(Link("units", unit) for unit in units),
                ),
                _everywhere(made),
            ]


def _thin(made: Configured, placed: Sequence[Layout]) -> Iterator[list[Cell]]:
    say = made.language.say
    alone = {
        layout: [made.row(row) for row, cases in layout.rows.items() if len(cases) == 1] for layout in placed
    }
    for layout, rows in alone.items():
        if rows:
            yield [
                Cell(say("Whether a row holds for more than one case"), "single cases"),
                Cell(say("one case each: {rows}", rows="; ".join(rows)), rows),
                made.under(layout.settings),
            ]


def _constant(made: Configured, placed: Sequence[Layout]) -> Iterator[list[Cell]]:
    say = made.language.say
    for layout in placed:
        if names := constant(layout, made.found.frame.conditions):
            yield [
                Cell(say("The part of {conditions}", conditions=", ".join(names)), "constant"),
                Cell(say("every case that has a row lies on the same side"), list(names)),
                made.under(layout.settings),
            ]


def _together(made: Configured) -> Iterator[list[Cell]]:
    say, outcome = made.language.say, made.found.frame.outcome
    threshold = made.thresholds[0]
    found: dict[tuple[Together, ...], list[Setting]] = {}
    for group in made.at(threshold):
        if pairs := together(group.first, outcome):
            found.setdefault(pairs, []).extend(group.settings)
    for pairs, settings in found.items():
        signs = {pair: f"~{pair.other}" if pair.opposite else pair.other for pair in pairs}
        texts = [f"{pair.one} = {signs[pair]}" for pair in pairs]
        yield [
            Cell(say("Which of two that move together matters"), "together"),
            Cell(
                say(
                    "in every case with a row: {pairs} ({outcome})",
                    pairs="; ".join(texts),
                    outcome=made.outcome(threshold),
                ),
                texts,
            ),
            made.under(settings),
        ]


def _tied_models(made: Configured) -> Iterator[list[Cell]]:
    say = made.language.say
    threshold = made.thresholds[0]
    for negated in (False, True):
        found: dict[tuple[str, tuple[str, ...]], list[Setting]] = {}
        for group in made.at(threshold):
            solved = group.first.negated_solutions if negated else group.first.solutions
            for kind in SOLUTION_KINDS:
                if kind in solved and solved[kind].n_models > 1:
                    key = kind, tuple(model.expression for model in solved[kind].models)
                    found.setdefault(key, []).extend(group.settings)
        for (solution, models), settings in found.items():
            yield [
                Cell(say("Which model holds: {models}", models=made.listed(models, say(" or "))), "models"),
                Cell(
                    say(
                        "each accounts for {outcome} ({solution} solution)",
                        outcome=made.outcome(threshold, negated=negated),
                        solution=made.language.level(solution),
                    ),
                    {"solution": solution, "negated": negated, "models": list(models)},
                ),
                made.under(settings),
            ]


def _always(made: Configured) -> Iterator[list[Cell]]:
    """Truth tables without a contrast: no row is negative, or none positive."""
    say = made.language.say
    found: dict[tuple[str, tuple[str, ...], bool], list[Setting]] = {}
    for group in made.groups:
        table = group.first.table
        if table is not None and not (len(table.positive) and len(table.negative)):
            key = group.threshold, group.members, bool(len(table.positive))
            found.setdefault(key, []).extend(group.settings)
    for (threshold, members, positive), settings in found.items():
        text = say("every row leads to it: nothing can be set against it")
        if not positive:
            text = say("no row leads to it")
        yield [made.outcome_cell(threshold, members), Cell(text, positive), made.under(settings)]


def _crossover(made: Configured) -> Iterator[list[Cell]]:
    say = made.language.say
    for level_map, ties in made.found.undecided.items():
        cells = list(dict.fromkeys((case, name) for _, case, name in ties))
        texts = [f"{name}, {case}" for case, name in cells]
        settings = [setting for setting in made.found.settings if setting.level_map == level_map]
        readings = {place for place, _, _ in ties}
        yield [
            Cell(say("On which side a case lies"), "crossover"),
            Cell(
                say("on the crossover in some reading: {cells}", cells="; ".join(texts)),
                texts,
                _levels(made, cells),
                tone="doubt",
            ),
            made.under(setting for setting in settings if setting.reading in readings),
        ]


def _levels(made: Configured, cells: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    return tuple(Link("codings", row.id) for key in cells for row in made.codings[key])


def _everywhere(made: Configured) -> Cell:
    return Cell(made.language.say("every setting"), "all")
