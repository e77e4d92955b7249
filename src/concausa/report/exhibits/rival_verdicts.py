"""Tables of verdicts: rivals and rules by cases, their contrasts, their months, and what the study writes otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.audit.rivals.conclusion import conclusion
from concausa.audit.rivals.remarks import remarks
from concausa.audit.rivals.rivals import FINER, SAME_CASES, Rivals
from concausa.audit.rivals.standing import Standing
from concausa.audit.rivals.telling import Run, runs
from concausa.core.table import Cell, Heading, Table
from concausa.report.exhibits.rival_words import RivalWords
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.rivals.verdict import MARKS


def verdicts(scribe: Scribe, found: Rivals) -> Table:
    """The matrix: a verdict for each account and case, and on the whole."""
    language, words = scribe.language, RivalWords(scribe)
    headings = [Heading("rival", language.say("Rival"))]
    headings += [Heading(case, case) for case in found.cases]
    headings += [
        Heading("overall", language.say("Overall")),
        Heading("cells", language.say("Cells that fit / fail, of all")),
        Heading("contrasts", language.say("Contrasts that fit / fail, of all")),
        Heading("differences", language.say("Differences told / left unexplained, of all")),
        Heading("text", language.say("What the text concludes")),
    ]
    rows = [
        [
            Cell(language.say("observed, in some world"), tone="quiet"),
            *(Cell(words.said(found.observed[case]), list(found.observed[case])) for case in found.cases),
            *(Cell("") for _ in range(5)),
        ]
    ]
    for one in found:
        rows.append(
            [
                words.account(one),
                *(words.verdict(one.cells[case], words.expects(one, case)) for case in found.cases),
                words.overall(one),
                words.range_of(one, "cells.fits", "cells.fails", "cells.all"),
                words.range_of(one, "contrasts.fits", "contrasts.fails", "contrasts.all"),
                words.range_of(one, "differences.explained", "differences.unexplained", "differences.all"),
                words.remark(conclusion(one)),
            ]
        )
    return Table.of(
        "rivals-verdicts",
        language.say("Rivals and the theory, case by case"),
        headings,
        rows,
        notes=tuple(_notes(scribe, found)),
    )


def _notes(scribe: Scribe, found: Rivals) -> Iterator[str]:
    language, words = scribe.language, RivalWords(scribe)
    used = {outlook.word for one in found for outlook in (*one.cells.values(), one.overall)}
    yield "; ".join(f"[{mark}] {language.level(word)}" for word, mark in MARKS.items() if word in used) + "."
    yield language.say(
        "A rival fits on the whole if nothing fails and at least one difference between outcomes goes as it expects; "
        "it fails, or fails in part, as soon as one cell or contrast fails. A range of counts runs over worlds; a "
        "share of worlds is no probability."
    )
    for one in found:
        for remark in remarks(found.study, one):
            yield f"{words.account(one).text}: {remark.told(language.level)}."
    if any(one.account.origin == "rule" for one in found):
        yield language.level(SAME_CASES.template)
        yield language.level(FINER.template)


def contrasts(scribe: Scribe, found: Rivals) -> Table:
    """Two units in a period or window, one unit in two periods: expected and observed order."""
    language, words = scribe.language, RivalWords(scribe)
    headings = (
        Heading("rival", language.say("Rival")),
        Heading("contrast", language.say("Contrast")),
        Heading("expected", language.say("First expected")),
        Heading("verdict", language.say("Verdict")),
        Heading("turns", language.say("Turns on")),
    )
    rows = []
    for one in found:
        for pair in one.baseline.contrasts:
            outlook = one.contrasts[pair.name]
            if set(outlook.counts) == {"silent"}:
                continue
            expected = words.orders(pair.expected, months=not pair.over_time)
            rows.append(
                [
                    words.account(one),
                    Cell(pair.name),
                    expected,
                    words.verdict(outlook),
                    words.turns_on(outlook),
                ]
            )
        for window in one.known_windows:
            outlook = one.windows[window.name]
            if set(outlook.counts) == {"silent"}:
                continue
            rows.append(
                [
                    words.account(one),
                    Cell(
                        language.say(
                            "{first} : {second}, funds of {window}",
                            first=window.first.unit,
                            second=window.second.unit,
                            window=language.date(window.window),
                        ),
                        window.name,
                        scribe.refs("funds", (window.first.id, window.second.id)).links,
                    ),
                    words.orders(window.expected, months=True),
                    words.verdict(outlook),
                    words.turns_on(outlook),
                ]
            )
    note = language.say(
        "Of a contrast over time the later case comes first. Contrasts of which a rival says nothing are left out. "
        "No amount of funds is known by year, so windows are the finest outcomes."
        if found.amounts and not found.by_year
        else "Of a contrast over time the later case comes first. Contrasts of which a rival says nothing are left out."
    )
    return Table.of(
        "rivals-contrasts",
        language.say("Does a rival order the cases as their outcomes do?"),
        headings,
        rows,
        notes=(note,),
    )


def months(scribe: Scribe, found: Rivals) -> Table | None:
    """Every run of months of accounts that the record gives or that change inside a period; None without any."""
    language, words = scribe.language, RivalWords(scribe)
    headings = (
        Heading("rival", language.say("Rival")),
        Heading("case", language.say("Case")),
        Heading("from", language.say("From")),
        Heading("to", language.say("To")),
        Heading("months", language.say("Months"), "right"),
        Heading("expects", language.say("Expects")),
        Heading("uses", language.say("Figures used")),
    )
    tables = ("facts", "elections", "terms")
    rows = [
        [
            words.account(one),
            Cell(case),
            Cell(f"{run.first:%Y-%m}"),
            Cell(f"{run.last:%Y-%m}"),
            scribe.count(run.months),
            Cell(words.said(run.said), list(run.said)),
            scribe.found(tables, run.uses) if run.uses else MISSING,
        ]
        for one in by_month(found)
        for case in found.cases
        for run in runs_of(one, case)
    ]
    if not rows:
        return None
    return Table.of(
        "rivals-months",
        language.say("What rivals expect, month by month"),
        headings,
        rows,
        notes=(
            language.say(
                "In the study's own reading of the record. A month is dealt by its 15th; silent months count for "
                "nothing."
            ),
        ),
    )


def by_month(found: Rivals) -> tuple[Standing, ...]:
    """The rivals whose expectation changes inside some period."""
    return tuple(
        one
        for one in found
        if one.account.origin != "rule" and any(len(runs_of(one, case)) > 1 for case in found.cases)
    )


def runs_of(one: Standing, case: str) -> tuple[Run, ...]:
    """The runs of a case in the study's own reading."""
    return runs(one.baseline.cell(case))


def otherwise(scribe: Scribe, found: Rivals) -> Table | None:
    """Months in which the study writes other than the record gives; None without any."""
    language, words = scribe.language, RivalWords(scribe)
    headings = (
        Heading("rival", language.say("Rival")),
        Heading("case", language.say("Case")),
        Heading("span", language.say("Part of the period")),
        Heading("months", language.say("Months"), "right"),
        Heading("written", language.say("Written")),
        Heading("recorded", language.say("From the record")),
    )
    rows = [
        [
            words.account(one),
            scribe.case(gap.unit, gap.period),
            Cell(gap.span),
            scribe.count(gap.months),
            scribe.choice(gap.written),
            scribe.choice(gap.recorded),
        ]
        for one in found
        for gap in one.differs
    ]
    if not rows:
        return None
    return Table.of(
        "rivals-otherwise",
        language.say("Where written predictions and the record part"),
        headings,
        rows,
        notes=(
            language.say(
                "Verdicts follow the record. High and higher lean the same way, as do low and lower; where neither "
                "says the same, the months stand here."
            ),
        ),
    )
