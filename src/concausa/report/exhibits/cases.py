"""Overview of the cases: every level given for every condition, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.date import Date
from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.measurement.coding import Coding
from concausa.record.fund import Fund
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def overview(study: Study, language: Language) -> Exhibit | None:
    """One row a case with every level given to it; None without cases or codings."""
    cases = study.coded_cases
    if not cases or not study.codings:
        return None
    scribe = Scribe(study, language)
    headings = [Heading("case", language.say("Case"))]
    headings += [
        Heading(row.id, f"{language.of(study, 'conditions', row, 'label')} ({row.id})")
        for row in study.conditions
    ]
    if study.funds:
        headings.append(Heading("funds", language.say("Funds, by window")))
    headings.append(Heading("evidence", language.say("Evidence")))
    rows = []
    for case in cases:
        cells = [case_cell(scribe, case)]
        cells += [levels(scribe, study.cell(case, condition.id).codings) for condition in study.conditions]
        if study.funds:
            cells.append(_funds(scribe, case))
        cells.append(_evidence(scribe, case))
        rows.append(cells)
    title = scribe.titled("overview", language.say("Overview of the cases"))
    notes = (
        language.say("Where a cell has more than one level, all are kept."),
        *(
            (language.say("coder: no level is printed; whoever coded the cell reads it from the text."),)
            if any(row.place == "coder" for row in study.codings)
            else ()
        ),
        language.say("A dash means that the text gives no level; nothing has been filled in."),
        *(
            (
                language.say(
                    "Funds stand, with the dates of their window, under the period that holds most of it, "
                    "though the window may reach beyond that period; a window with an open end is left to "
                    "the register of amounts."
                ),
            )
            if study.funds
            else ()
        ),
        *(
            (
                language.say(
                    "An amount for one stakeholder inside the window of an amount for all is left to the "
                    "register of amounts."
                ),
            )
            if any(_parts(funds_of(study, case)) for case in cases)
            else ()
        ),
        *scribe.label_notes("overview"),
    )
    table = Table.of("overview", title, scribe.heads(headings), rows, notes=notes)
    intro = language.say(
        "Each case is a unit in a period. Every level given to it is shown with the places where it stands; "
        "where they differ, the difference is kept."
    )
    return Exhibit("overview", "cases", title, intro, (table,))


def case_cell(scribe: Scribe, case: Case) -> Cell:
    """``NL-1: Nuevo León, 2000-2007``, linked to unit and period."""
    text = f"{case.id}: {scribe.case_name(case)}"
    links = (Link("units", case.unit.id), Link("periods", case.period.id))
    if case.unit.role == "core":
        return Cell(text, value=case.id, links=links)
    role = scribe.language.level(case.unit.role)
    return Cell(f"{text} ({role})", value=case.id, links=links, tone="quiet")


def levels(scribe: Scribe, codings: Sequence[Coding]) -> Cell:
    """Every level given to a cell with the places where it is printed; missing when there is none."""
    if not codings:
        return MISSING
    said: dict[str, list[str]] = {}
    for coding in codings:
        places = said.setdefault(coding.level, [])
        place = scribe.language.level(coding.place)
        if place not in places:
            places.append(place)
    text = "; ".join(
        f"{scribe.language.level(level)} ({', '.join(places)})" for level, places in said.items()
    )
    links = tuple(Link("codings", coding.id) for coding in codings)
    return Cell(text, value=list(said), links=links, tone="doubt" if len(said) > 1 else "plain")


def funds_of(study: Study, case: Case) -> tuple[Fund, ...]:
    """Amounts of the case's unit whose window lies mostly in the case's period.

    A window with an open end belongs to no period.
    """

    def days(fund: Fund, period_index: int) -> int:
        span, window = study.periods[period_index].span, fund.window
        if window is None or not window.overlaps(span):
            return 0
        return (min(window.end, span.end) - max(window.start, span.start)).days + 1

    found = []
    for fund in study.funds:
        if fund.unit != case.unit.id or fund.window is None:
            continue
        if fund.window.earliest is None or fund.window.latest is None:
            continue
        shares = [days(fund, index) for index in range(len(study.periods))]
        if max(shares) and study.periods[shares.index(max(shares))].id == case.period.id:
            found.append(fund)
    return tuple(found)


def _funds(scribe: Scribe, case: Case) -> Cell:
    every = funds_of(scribe.study, case)
    parts = _parts(every)
    funds = [fund for fund in every if fund.amount is not None and fund not in parts]
    if not funds:
        return MISSING
    language = scribe.language
    texts = []
    for fund in funds:
        amount = f"{scribe.number(fund.amount).text} {language.level(fund.currency)}"
        who = "" if fund.stakeholder in ("all", "") else f", {language.level(fund.stakeholder)}"
        texts.append(f"{amount} ({language.date(fund.window)}{who})")
    return Cell("; ".join(texts), links=tuple(Link("funds", fund.id) for fund in funds))


def _parts(funds: Sequence[Fund]) -> tuple[Fund, ...]:
    """Amounts for one stakeholder in a window that lies inside that of an amount for all."""
    wholes = [fund for fund in funds if fund.stakeholder == "all" and fund.amount is not None]
    return tuple(
        fund
        for fund in funds
        if fund.stakeholder != "all" and any(_inside(fund.window, whole.window) for whole in wholes)
    )


def _inside(inner: Date | None, outer: Date | None) -> bool:
    if inner is None or outer is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _evidence(scribe: Scribe, case: Case) -> Cell:
    study = scribe.study
    passages = [row for row in study.evidence if (row.unit, row.period) == (case.unit.id, case.period.id)]
    sources = list(dict.fromkeys(row.source for row in passages if row.source))
    kinds = {source.id: source.kind for source in study.sources}
    counts = {
        "passages": len(passages),
        "sources": len(sources),
        "interviews": sum(kinds.get(id) == "interview" for id in sources),
    }
    shown = {name: scribe.count(number).text for name, number in counts.items()}
    text = scribe.language.say(
        "passages: {passages}; sources: {sources}, interviews among them: {interviews}", **shown
    )
    links = [*(Link("evidence", row.id) for row in passages), *(Link("sources", id) for id in sources)]
    return Cell(text, counts, tuple(links))
