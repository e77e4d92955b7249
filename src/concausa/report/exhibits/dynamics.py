"""Trajectories of a dynamic model: stocks and patterns year by year, for all draws that meet the evidence."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Sequence

from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError
from concausa.core.table import Cell, Heading, Link, Table
from concausa.dynamics.band import told
from concausa.dynamics.chart_parts import Mark
from concausa.dynamics.dynamics_charts import patterns_over_time, space_paths, trajectories
from concausa.dynamics.envelope import Envelope, ends, envelope
from concausa.dynamics.runs import Runs
from concausa.dynamics.standing import Standing, standing
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Work, works
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study

_LETTERS = string.ascii_lowercase


def dynamics(study: Study, language: Language) -> Exhibit | None:
    """Stocks and patterns over the years; None without a dynamic model."""
    if not study.dynamic_models:
        return None
    scribe, say = Scribe(study, language), language.say
    tables: list[Table] = []
    charts: list[Chart] = []
    lines = [
        say(
            "Everything that the model leaves open is drawn at random within its range, and only draws that meet "
            "every coded level and every band are kept. What the kept draws have in common is what the model and "
            "the evidence say together; where they part, neither decides. That a unit leaves a pattern in the "
            "year in which its gate falls is so by the form of the model: read each pattern by the stocks alone "
            "as well."
        )
    ]
    for work in works(study):
        if isinstance(work, tuple):
            lines.append(unworked(language, *work))
            continue
        tell = Teller(scribe, work.dynamics.model, work.dynamics.model.name if several(study) else "")
        tables.append(_matched(tell, work))
        if not work.matching.admitted().draws:
            lines.append(nothing(tell, work))
            tables.append(_bands(tell, work, None))
            continue
        runs = work.matching.runs()
        found = [
            envelope(stock, unit, runs.setting.years, runs.of(stock, unit=unit))
            for unit in runs.setting.units
            for stock in runs.model.stock_names
        ]
        tables += [_stocks(tell, found), _bands(tell, work, runs)]
        charts += _paths(tell, runs, found, work)
        ways = (True, False) if any(one.gated for one in runs.model.corners) else (False,)
        stands = {gate: standing(runs, gate=gate) for gate in ways} if runs.model.corners else {}
        if stands:
            tables.append(_patterns(tell, stands))
        charts += [
            _areas(tell, work, one, unit, gate) for unit in runs.setting.units for gate, one in stands.items()
        ]
        if happened := _happened(tell, work):
            tables.append(happened)
    return Exhibit(
        "dynamics", "mechanisms", say("The dynamic model: what the evidence leaves of its paths"), " ".join(lines),
        tuple(tables), tuple(charts),
    )  # fmt: skip


def several(study: Study) -> bool:
    """Whether tables and charts need to be told apart by model."""
    return len(study.dynamic_models) > 1


def unworked(language: Language, model: str, error: ConcausaError) -> str:
    """That a model could not be worked out, and why."""
    return language.say("{model} could not be worked out: {what}.", model=model, what=error.what)


def nothing(tell: Teller, work: Work) -> str:
    """That nothing meets the evidence, and what cannot be met together."""
    say = tell.scribe.language.say
    if isinstance(work.worth, ConcausaError) or not work.worth.conflict.items:
        return say("No draw of {model} meets every band: nothing can be said with it.", model=tell.model.name)
    sets = "; ".join(" + ".join(one) for one in work.worth.conflict.items)
    return say(
        "No draw of {model} meets every band: nothing can be said with it. Smallest sets of evidence that no draw "
        "meets together: {sets}.",
        model=tell.model.name, sets=sets,
    )  # fmt: skip


def _matched(tell: Teller, work: Work) -> Table:
    say, matching = tell.scribe.language.say, work.matching
    admitted = matching.admitted()
    count = tell.scribe.count
    rows = [
        (say("Unknown quantities"), count(len(matching.prior.unknowns))),
        (say("Bands that a draw must meet"), count(len(matching.bands))),
        (say("Pieces of evidence that they belong to"), count(len(matching.items))),
        (say("Draws tried"), count(matching.draws)),
        (say("Share of the prior that is admitted"), tell.shared(admitted.share)),
        (say("Waves in which they were found (0: plain draws were enough)"), count(len(admitted.waves))),
        (say("Draws kept"), count(admitted.draws)),
        (say("Independent draws that they are worth"), count(round(admitted.effective))),
        (say("Whether repeated searches agree (R-hat; near 1 if they do)"), tell.figure(
            admitted.r_hat if admitted.draws else None
        )),
    ]  # fmt: skip
    notes = [
        say(
            "No likelihood is pretended: a draw meets a band or it does not. `concausa simulate` gives the same "
            "numbers, and takes more draws, other bands and other parts of the model."
        ),
        *tell.caveats(work.dynamics.notes),
    ]
    headings = (Heading("what", say("What")), Heading("number", say("Number"), "right"))
    return Table.of(
        tell.name("dynamics-matched"), tell.titled(say("How the draws were found")), headings,
        [(Cell(what), cell) for what, cell in rows], notes=notes,
    )  # fmt: skip


def _stocks(tell: Teller, found: Sequence[Envelope]) -> Table:
    say, number = tell.scribe.language.say, tell.scribe.language.number
    names = tuple(say("{percent} %", percent=number(percent)) for percent in (5, 25, 50, 75, 95))
    headings = (
        Heading("unit", say("Unit")), Heading("stock", say("Stock")), Heading("year", say("Year"), "right"),
        *(Heading(f"q{at}", name, "right") for at, name in zip((5, 25, 50, 75, 95), names, strict=True)),
    )  # fmt: skip
    rows = [
        [
            tell.scribe.unit(one.unit),
            tell.quantity(one.name),
            Cell(str(year), year),
            *tell.envelope_cells(one, year),
        ]
        for one in found
        for year in one.years
    ]
    note = say("Values below which so many of the admitted draws lie, at the end of each year.")
    title = tell.titled(say("Stocks by year"))
    return Table.of(tell.name("dynamics-stocks"), title, headings, rows, notes=[note])


def _bands(tell: Teller, work: Work, runs: Runs | None) -> Table:
    """What a draw must meet, and where the kept draws lie within it."""
    say, scribe = tell.scribe.language.say, tell.scribe
    headings = (
        Heading("band", say("Band")), Heading("evidence", say("Evidence")), Heading("unit", say("Unit")),
        Heading("formula", say("What is held against it")), Heading("years", say("Years")),
        Heading("reading", say("Read as")), Heading("low", say("From"), "right"), Heading("high", say("To"), "right"),
        Heading("kept", say("Where the kept draws lie"), "right"),
    )  # fmt: skip
    rows = []
    for band in work.matching.bands:
        kept = MISSING
        if runs is not None:
            kept = tell.middle(ends(told(band, runs)))
        known = scribe.home(["bands"], band.id)
        years = str(band.first) if band.first == band.last else f"{band.first}–{band.last}"
        rows.append([
            Cell(band.id, links=(Link("bands", band.id),) if known else ()),
            tell.item(band.evidence),
            scribe.unit(band.unit),
            Cell(band.formula),
            Cell(years, [band.first, band.last]),
            scribe.choice(band.reading),
            tell.figure(band.low, 3),
            tell.figure(band.high, 3),
            kept,
        ])  # fmt: skip
    notes = [
        say(
            "Coded levels of cells stand for the memberships halfway to their neighbours; other bands are declared."
        )
    ]
    return Table.of(
        tell.name("dynamics-bands"), tell.titled(say("What a draw must meet")), headings, rows, notes=notes
    )


def _patterns(tell: Teller, stands: dict[bool, Standing]) -> Table:
    say = tell.scribe.language.say
    ways = {True: say("read with the gate"), False: say("by the stocks alone")}
    names = tuple(dict.fromkeys(name for one in stands.values() for name in one.names))
    headings = (
        Heading("unit", say("Unit")), Heading("read", say("Read")), Heading("year", say("Year"), "right"),
        *(Heading(name, tell.pattern(name), "right") for name in names),
    )  # fmt: skip
    rows = []
    any_one = next(iter(stands.values()))
    for place, unit in enumerate(any_one.units):
        for gate, one in stands.items():
            shares = one.shares
            rows += [
                [
                    tell.scribe.unit(unit), Cell(ways[gate], gate), Cell(str(year), year),
                    *(tell.figure(float(shares[name][row, place])) if name in shares else MISSING for name in names),
                ]
                for row, year in enumerate(one.years)
            ]  # fmt: skip
    note = say("Shares of the admitted draws; of each unit, reading and year they add up to 1.")
    title = tell.titled(say("Probability of each pattern by year"))
    return Table.of(tell.name("dynamics-patterns"), title, tell.scribe.heads(headings), rows, notes=[note])


def _happened(tell: Teller, work: Work) -> Table | None:
    """The rules of the charts: what happened in which year."""
    say, scribe = tell.scribe.language.say, tell.scribe
    rows = []
    for one in work.dynamics.setting.happenings:
        home = scribe.home(["events"], one.name)
        term = one.name.removeprefix("takeover ")
        link = (
            (Link(home, one.name),)
            if home
            else (Link("terms", term),)
            if scribe.home(["terms"], term)
            else ()
        )
        years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
        rows.append([
            scribe.unit(one.unit), Cell(years, [one.first, one.last]), Cell(tell.marked(one.of)), Cell(term, links=link)
        ])  # fmt: skip
    if not rows:
        return None
    headings = (
        Heading("unit", say("Unit")), Heading("years", say("Year")), Heading("what", say("What happened")),
        Heading("record", say("In the record")),
    )  # fmt: skip
    notes = [say("Two years: the record leaves open when it happened, and a year between them is drawn.")]
    return Table.of(
        tell.name("dynamics-happened"),
        tell.titled(say("What happened in the units")),
        headings,
        rows,
        notes=notes,
    )


def _paths(tell: Teller, runs: Runs, found: Sequence[Envelope], work: Work) -> list[Chart]:
    say = tell.scribe.language.say
    charts = []
    spanned = [name for name in runs.model.stock_names if name in runs.model.conditions.values()]
    used = [
        name
        for name in spanned
        if any(runs.model.conditions[key] == name for key in runs.model.conditions_used)
    ]
    pair = list(dict.fromkeys((*used, *spanned, *runs.model.stock_names)))[:2]
    if len(pair) == 2:
        charts.append(space_paths(
            runs, *pair, name=tell.name("dynamics-space"),
            title=tell.titled(say("Median paths through the property space")), say=tell.say,
        ))  # fmt: skip
    happened, key = _lettered(tell, work)
    drawn = trajectories(
        found, bands=work.matching.bands, happened=happened, columns=min(3, len(runs.model.stock_names)),
        name=tell.name("dynamics-stocks"), title=tell.titled(say("Stocks by year, beside what was coded")),
        say=tell.say,
    )  # fmt: skip
    charts.append(dataclasses.replace(drawn, notes=(*drawn.notes, key)) if key else drawn)
    return charts


def _lettered(tell: Teller, work: Work) -> tuple[dict[str, list[Mark]], str]:
    """What happened, as letters over small panels, and the key to them."""
    letters: dict[str, str] = {}
    found: dict[str, list[Mark]] = {}
    for unit in work.dynamics.setting.units:
        for one in tell.marks(work.dynamics.setting, unit):
            letter = letters.setdefault(one.label, _LETTERS[len(letters) % len(_LETTERS)])
            found.setdefault(unit, []).append(dataclasses.replace(one, label=letter))
    return found, "; ".join(f"{letter}: {label}" for label, letter in letters.items())


def _areas(tell: Teller, work: Work, found: Standing, unit: str, gate: bool) -> Chart:
    say = tell.scribe.language.say
    way = say("read with the gate") if gate else say("by the stocks alone")
    title = say(
        "Patterns of {unit} over the years, {gate}", unit=tell.scribe.name("units", unit, "name"), gate=way
    )
    stem = f"dynamics-patterns-{unit}-{'gate' if gate else 'stocks'}"
    return patterns_over_time(
        found, unit, happened=tell.marks(work.dynamics.setting, unit), name=tell.name(stem),
        title=tell.titled(title), say=tell.say,
    )  # fmt: skip
