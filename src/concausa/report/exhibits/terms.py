"""Terms of office and elections, each with its source; contests told by several sources side by side."""

from __future__ import annotations

from decimal import Decimal

from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.election import Election
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def terms(study: Study, language: Language) -> Exhibit | None:
    """Every office term; None without terms."""
    if not study.terms:
        return None
    scribe = Scribe(study, language)
    headings = (
        Heading("id", language.say("Id")),
        Heading("unit", language.say("Unit")),
        Heading("office", language.say("Office")),
        Heading("holder", language.say("Holder")),
        Heading("party", language.say("Party")),
        Heading("from", language.say("From")),
        Heading("to", language.say("To")),
        Heading("education", language.say("Education")),
        Heading("experience", language.say("Experience")),
        Heading("ended", language.say("How it ended")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.unit(row.unit) if row.unit else Cell(language.say("national"), tone="quiet"),
                scribe.text("terms", row, "office"),
                scribe.text("terms", row, "holder"),
                scribe.text("terms", row, "party"),
                scribe.date(row.start),
                scribe.date(row.end),
                scribe.text("terms", row, "education"),
                scribe.text("terms", row, "experience"),
                scribe.text("terms", row, "ended"),
                scribe.source(row),
                scribe.place(row),
                scribe.text("terms", row, "note"),
            ),
        )
        for row in study.terms
    )
    title = language.say("Terms of office")
    intro = language.say(
        "Who held which office, from when to when. The same term told by two sources is two rows; a dash "
        "marks an end that no source gives."
    )
    return Exhibit(
        "terms", "record", title, intro, (scribe.register("terms", title, "terms", headings, rows),)
    )


def elections(study: Study, language: Language) -> Exhibit | None:
    """Every contest with its margin, and those told by several sources side by side; None without any."""
    if not study.elections:
        return None
    scribe = Scribe(study, language)
    title = language.say("Elections")
    tables = [_contests(scribe)]
    beside = _side_by_side(scribe)
    if beside:
        tables.append(beside)
    intro = language.say(
        "Contests for the head of government, as each source gives them. Margins are computed from the "
        "shares shown; a contest that two sources tell differently is set side by side."
    )
    return Exhibit("elections", "record", title, intro, tuple(tables))


def margin(row: Election) -> Decimal | None:
    """Winner's share less runner-up's, in percentage points; None where a share is not given."""
    if row.winner_share is None or row.runner_up_share is None:
        return None
    return row.winner_share - row.runner_up_share


def same_contest(rows: tuple[Election, ...]) -> tuple[tuple[Election, ...], ...]:
    """Rows that tell of one contest: the same unit and dates that overlap; only those with several."""
    groups: list[list[Election]] = []
    for row in rows:
        for group in groups:
            if any(_together(row, other) for other in group):
                group.append(row)
                break
        else:
            groups.append([row])
    return tuple(tuple(group) for group in groups if len(group) > 1)


def _together(one: Election, two: Election) -> bool:
    if one.unit != two.unit or one.date is None or two.date is None:
        return False
    return one.date.overlaps(two.date)


def _contests(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("unit", language.say("Unit")),
        Heading("date", language.say("Date")),
        Heading("winner", language.say("Winner")),
        Heading("winner_share", language.say("Share (percent)"), "right"),
        Heading("runner_up", language.say("Runner-up")),
        Heading("runner_up_share", language.say("Share (percent)"), "right"),
        Heading("margin", language.say("Margin (points)"), "right"),
        Heading("share_of", language.say("Shares of")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.unit(row.unit),
                scribe.date(row.date),
                _candidate(row.winner, row.winner_party),
                scribe.number(row.winner_share),
                _candidate(row.runner_up, row.runner_up_party),
                scribe.number(row.runner_up_share),
                scribe.number(margin(row)),
                scribe.choice(row.share_of),
                scribe.source(row),
                scribe.place(row),
                scribe.text("elections", row, "note"),
            ),
        )
        for row in scribe.study.elections
    )
    return scribe.register("elections", language.say("Contests"), "elections", headings, rows)


def _candidate(name: str, party: str) -> Cell:
    if not name and not party:
        return MISSING
    return Cell(f"{name} ({party})" if name and party else name or party)


def _side_by_side(scribe: Scribe) -> Table | None:
    groups = same_contest(scribe.study.elections)
    if not groups:
        return None
    language = scribe.language
    headings = (
        Heading("contest", language.say("Contest")),
        Heading("source", language.say("Source")),
        Heading("share_of", language.say("Shares of")),
        Heading("winner_share", language.say("Winner (percent)"), "right"),
        Heading("runner_up_share", language.say("Runner-up (percent)"), "right"),
        Heading("margin", language.say("Margin (points)"), "right"),
        Heading("difference", language.say("Margin less that of the first source"), "right"),
    )
    rows = []
    for group in groups:
        first = margin(group[0])
        for row in group:
            link = (Link("elections", row.id),)
            own = margin(row)
            differs = own - first if own is not None and first is not None and row is not group[0] else None
            contest = f"{scribe.unit(row.unit).text}, {scribe.date(row.date).text}"
            rows.append(
                [
                    Cell(contest, row.id, link),
                    scribe.source(row),
                    scribe.choice(row.share_of),
                    scribe.number(row.winner_share, link),
                    scribe.number(row.runner_up_share, link),
                    scribe.number(own, link),
                    Cell("") if row is group[0] else scribe.number(differs),
                ]
            )
    return Table.of(
        "elections-side-by-side", language.say("The same contest in several sources"), headings, rows
    )
