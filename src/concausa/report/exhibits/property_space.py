"""The property space as a figure: where the cases stand, how they move, how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.placement import placements
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.positions import Position, notes, positions
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.square import square
from concausa.report.exhibits.strips import strips
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.typology.space import axes


def property_space(study: Study, language: Language) -> Exhibit | None:
    """The exhibit, or None without patterns or without a case that can be placed."""
    if not study.patterns:
        return None
    found = positions(study, placements(study))
    if not found:
        return None
    scribe = Scribe(study, language)
    say = language.say
    names = axes(study.patterns)
    drawn = tuple(name for name in names if name in found[0].placement.memberships)
    flat = len(drawn) == 2
    draw = square if flat else strips
    return Exhibit(
        "property-space",
        "typology",
        scribe.titled("property-space", say("The property space and the cases in it")),
        say(
            "Filled marks stand where the text's headings put a case, or the next place that prints a level; "
            "rings are the other levels that it prints for the same case. Arrows lead from one period to the "
            "next. A case on a crossover line belongs to two patterns at once: that is a tie, not a choice."
        )
        if flat
        else say(
            "Each line is a case in one reading: how much it belongs to each condition, from 0 to 1. Strong lines "
            "follow the text's headings, or the next place that prints a level; pale ones follow the other levels "
            "that it prints for the same case. A case at 0.5, the dashed line, is neither in nor out."
        ),
        tables=(_table(scribe, names, found),),
        charts=(draw(scribe, drawn, found),) if drawn else (),
    )


def _table(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Table:
    language, say = scribe.language, scribe.language.say
    headings = [
        Heading("case", say("Case")),
        Heading("reading", say("Reading")),
        *(Heading(name, f"{scribe.name('conditions', name)} ({name})") for name in names),
        Heading("strongest", say("Strongest pattern")),
        Heading("expected", say("Expected outcome")),
    ]
    rows = []
    for item in found:
        placed = item.placement
        links = tuple(Link("codings", id) for id in item.codings)
        tone = "doubt" if placed.is_tie else "plain"
        rows.append(
            [
                scribe.case(item.case.unit.id, item.case.period.id),
                Cell(say("leading") if item.leading else say("other"), value=item.leading),
                *(_stand(scribe, placed.levels[name], placed.memberships.get(name), links) for name in names),
                Cell(
                    scribe.patterns(placed.strongest),
                    list(placed.strongest),
                    links,
                    tone=tone,  # type: ignore[arg-type]
                ),
                Cell(
                    say(" or ").join(language.level(word) for word in placed.expected),
                    list(placed.expected),
                    links,
                ),
            ]
        )
    return Table.of(
        "property-space", say("Positions in the figure"), headings, rows, notes=notes(scribe, found)
    )


def _stand(scribe: Scribe, level: str, membership: float | None, links: tuple[Link, ...]) -> Cell:
    """A level with its membership; a level that is only compared with others has none."""
    said = scribe.language.level(level)
    if membership is None:
        return Cell(said, level, links)
    return Cell(f"{said} ({scribe.degree(membership)})", membership, links)
