"""The tables of what a dynamic model answers."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isinf

from concausa.core.table import Cell, Heading, Link, Table
from concausa.dynamics.counterfactual import Counterfactual
from concausa.dynamics.elsewhere import Elsewhere
from concausa.dynamics.persistence import Persistence
from concausa.dynamics.shift import Shift
from concausa.dynamics.tipping import Tipping
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.theory.dynamic_spec import ScenarioSpec

Asked = tuple[ScenarioSpec, Counterfactual]
#: Patterns that stay below this probability either way are left out.
_RARE = 0.005
#: A unit whose bands fewer draws foretell together is told as a failure.
_FAILS = 0.05


def scenarios(scribe: Scribe) -> Table:
    """The scenarios as declared."""
    say = scribe.language.say
    headings = (
        Heading("id", say("Id")), Heading("label", say("Scenario")), Heading("model", say("Model")),
        Heading("do", say("Changes")), Heading("why", say("Why")), Heading("place", say("Section")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.id), scribe.text("scenarios", row, "label"), scribe.refs("dynamic_models", (row.model,)),
            scribe.words(row.do), scribe.text("scenarios", row, "why"),
            Cell(scribe.language.word(scribe.study, row.section), row.section) if row.section else MISSING,
        ))
        for row in scribe.study.scenarios
    ]  # fmt: skip
    notes = [
        say(
            'Others can be asked for: `concausa simulate {study} --do "CHANGE"`, once for each change. Rows of '
            "`scenarios.csv` are asked here.",
            study=scribe.study.settings.id,
        )
    ]
    return scribe.register("scenarios", say("What is asked"), "scenarios", headings, rows, notes=notes)


def driven(tell: Teller, found: Sequence[Asked]) -> Table:
    """How much of each answer is the evidence's, what the assumptions drive first."""
    say = tell.scribe.language.say
    headings = (
        Heading("scenario", say("Scenario")), Heading("answer", say("Answer")),
        Heading("after", say("Spread"), "right"), Heading("before", say("Before the evidence"), "right"),
        Heading("ratio", say("Spread left"), "right"), Heading("driven", say("Driven by")),
    )  # fmt: skip
    rows = []
    for assumed in (True, False):
        for spec, one in found:
            for narrowing in one.narrowings:
                if narrowing.assumed is assumed:
                    word = say("assumption-driven") if assumed else say("the evidence too")
                    rows.append([
                        _key(spec), Cell(_answer(tell, narrowing.what), narrowing.what),
                        tell.figure(narrowing.after, 3),
                        tell.figure(narrowing.before, 3), tell.times(narrowing.ratio),
                        Cell(word, assumed, tone="doubt" if assumed else "good"),
                    ])  # fmt: skip
    notes = [
        say("Assumption-driven: the range of the spread that is left reaches 1, so that the evidence may have taught "
            "nothing of the answer."),
        tell.worth(found[0][1].sample.draws, found[0][1].sample.effective),
        *tell.caveats([caveat for _, one in found for caveat in one.caveats]),
    ]  # fmt: skip
    title = tell.titled(say("How much of each answer is the evidence's"))
    return Table.of(tell.name("what-if-driven"), title, headings, rows, notes=notes)


def patterns(tell: Teller, found: Sequence[Asked]) -> Table:
    """Each pattern in the middle and in the last year, as it was and with the changes."""
    say = tell.scribe.language.say
    ways = {True: say("read with the gate"), False: say("by the stocks alone")}
    headings = (
        Heading("scenario", say("Scenario")), Heading("unit", say("Unit")), Heading("year", say("Year"), "right"),
        Heading("pattern", say("Pattern")), Heading("read", say("Read")), Heading("was", say("As it was"), "right"),
        Heading("changed", say("Changed"), "right"), Heading("shift", say("Difference"), "right"),
        Heading("was_before", say("As it was, before the evidence"), "right"),
        Heading("changed_before", say("Changed, before the evidence"), "right"),
    )  # fmt: skip
    rows = []
    for spec, one in found:
        names = dict.fromkeys(name for gate in one.gates for name in one.standings(gate=gate)[0].names)
        for unit in one.units:
            for year in _years(one):
                for name in names:
                    for gate in one.gates:
                        if name not in one.standings(gate=gate)[0].names:
                            continue
                        was, now = one.shares(name, unit, year, gate=gate)
                        if max(was.value, now.value) < _RARE:
                            continue
                        rows.append([
                            _key(spec), tell.scribe.unit(unit), Cell(str(year), year), Cell(tell.pattern(name), name),
                            Cell(ways[gate], gate), tell.probability(was), tell.probability(now),
                            _shift(tell, one.shift(name, unit, year, gate=gate)),
                            *map(tell.probability, one.shares_before(name, unit, year, gate=gate)),
                        ])  # fmt: skip
    notes = [
        say("Patterns below {number} both ways are left out. Where leadership falls, synergy behind a gate falls by "
            "definition: read the stocks as well.", number=tell.number(_RARE, 3)),
    ]  # fmt: skip
    notes.append(say(
        "Before the evidence: the same in draws of the model as declared. Where it is nearly the same as after it, "
        "the answer is that of the form and the ranges."
    ))  # fmt: skip
    title = tell.titled(say("Probability of each pattern, as it was and with the changes"))
    return Table.of(tell.name("what-if-patterns"), title, headings, rows, notes=notes)


def stocks(tell: Teller, found: Sequence[Asked]) -> Table:
    """Each stock in the middle and in the last year."""
    say = tell.scribe.language.say
    headings = (
        Heading("scenario", say("Scenario")), Heading("unit", say("Unit")), Heading("year", say("Year"), "right"),
        Heading("stock", say("Stock")), Heading("was", say("As it was"), "right"),
        Heading("changed", say("Changed"), "right"), Heading("difference", say("Difference"), "right"),
    )  # fmt: skip
    rows = [
        [
            _key(spec), tell.scribe.unit(unit), Cell(str(year), year), tell.quantity(stock), tell.middle(was.at(year)),
            tell.middle(now.at(year)), tell.middle(apart.at(year), signed=True),
        ]
        for spec, one in found
        for unit in one.units
        for year in _years(one)
        for stock in one.changed.model.stock_names
        for was, now, apart in (one.envelopes(stock, unit),)
    ]  # fmt: skip
    notes = [
        say(
            "Medians, with the range of nine in ten draws. The differences of the last year are those of the chart."
        )
    ]
    title = tell.titled(say("Stocks, as they were and with the changes"))
    return Table.of(tell.name("what-if-stocks"), title, headings, rows, notes=notes)


def lasting(tell: Teller, found: Sequence[Persistence]) -> Table:
    """Years until each stock halves."""
    say = tell.scribe.language.say
    headings = (
        Heading("unit", say("Unit")), Heading("from", say("From"), "right"), Heading("lever", say("What falls")),
        Heading("forum", say("Forum")), Heading("stock", say("Stock")),
        Heading("halved", say("Years until it halves"), "right"), Heading("never", say("Does not halve"), "right"),
        Heading("outlives", say("Outlives a term"), "right"), Heading("before", say("before the evidence"), "right"),
        Heading("driven", say("Driven by")),
    )  # fmt: skip
    rows = []
    for one in found:
        lever = Cell(f"{one.input} = {tell.span(one.value.low, one.value.high)}", one.value.text)
        for last in one.lasting:
            assumed = last.kept is not None and last.kept.assumed
            word = say("assumption-driven") if assumed else say("the evidence too")
            if last.foregone:
                assumed, word = True, say("settled before the evidence")
            rows.append([
                tell.scribe.unit(one.unit), Cell(str(one.year), one.year), lever, Cell(tell.way(last.forum),
                last.forum),
                tell.quantity(last.stock), _halved(tell, last.middle), tell.probability(last.never),
                tell.probability(last.outlives), tell.probability(last.outlives_before),
                MISSING if last.kept is None else Cell(word, assumed, tone="doubt" if assumed else "good"),
            ])  # fmt: skip
    first = found[0]
    raised = tell.span(first.consolidated.low, first.consolidated.high)
    notes = [
        say("Median of the years, with the range of nine in ten draws; ∞: it does not halve within the years that are "
            "simulated. A term has {term} years. Forum: as it was, taken away at the end of the year before, or "
            "consolidated ({values}) from then on.", term=first.term, values=raised),
        *tell.caveats([caveat for one in found for caveat in one.caveats]),
    ]  # fmt: skip
    title = tell.titled(say("How long each stock lasts once leadership is low"))
    return Table.of(tell.name("what-if-persistence"), title, headings, rows, notes=notes)


def tipping_title(tell: Teller, one: Tipping) -> str:
    """What a tipping curve shows."""
    return tell.scribe.language.say(
        "How likely {pattern} is in {unit} in {year}, by {lever} from {start} on",
        pattern=tell.pattern(one.aim.pattern), unit=one.aim.unit, year=one.aim.year, lever=tell.label(one.lever),
        start=one.year,
    )  # fmt: skip


def tipping_values(tell: Teller, found: Sequence[Tipping]) -> Table:
    """The least value of a lever at which an aim is as likely as not."""
    say = tell.scribe.language.say
    headings = (
        Heading("aim", say("Aim")), Heading("lever", say("Lever")), Heading("forum", say("Forum")),
        Heading("least", say("Least value"), "right"), Heading("low", say("From"), "right"),
        Heading("high", say("To"), "right"), Heading("driven", say("Driven by")),
    )  # fmt: skip
    rows = []
    for one in found:
        for curve in one.curves:
            taught = curve.taught
            word = say("assumption-driven") if taught and taught.assumed else say("the evidence too")
            rows.append([
                Cell(tipping_title(tell, one)), tell.quantity(one.lever), Cell(tell.way(curve.forum), curve.forum),
                _least(tell, curve.least), _least(tell, curve.low), _least(tell, curve.high),
                Cell(word, taught.assumed, tone="doubt" if taught.assumed else "good") if taught else MISSING,
            ])  # fmt: skip
    notes = [
        say("The least value, held from that year on, at which the aim is as likely as not; the range follows from the "
            "number of draws."),
        *tell.caveats([caveat for one in found for caveat in one.caveats]),
    ]  # fmt: skip
    return Table.of(
        tell.name("what-if-tipping"), tell.titled(say("Tipping values")), headings, rows, notes=notes
    )


def tipping_curves(tell: Teller, found: Sequence[Tipping]) -> Table:
    """The numbers of the curves."""
    say = tell.scribe.language.say
    headings = (
        Heading("aim", say("Aim")), Heading("forum", say("Forum")), Heading("value", say("Value of the lever"),
        "right"),
        Heading("share", say("Probability"), "right"), Heading("range", say("Its range"), "right"),
    )  # fmt: skip
    rows = [
        [
            Cell(tipping_title(tell, one)), Cell(tell.way(curve.forum), curve.forum), tell.figure(value),
            tell.probability(share), Cell(tell.span(share.low, share.high), [share.low, share.high]),
        ]
        for one in found
        for curve in one.curves
        for value, share in zip(curve.values, curve.shares, strict=True)
    ]  # fmt: skip
    title = tell.titled(say("Tipping values: the curves"))
    return Table.of(tell.name("what-if-tipping-curves"), title, headings, rows)


def elsewhere(tell: Teller, found: Elsewhere) -> Table:
    """Units that had no part in the matching, in the last year."""
    say = tell.scribe.language.say
    year = found.runs.setting.last
    kinds = {"prediction": say("prediction"), "scenario": say("scenario: no input is coded")}
    ways = {True: say("read with the gate"), False: say("by the stocks alone")}
    headings = (
        Heading("unit", say("Unit")), Heading("kind", say("Kind")), Heading("what", say("What")),
        Heading("read", say("Read")), Heading("value", say("In {year}", year=year), "right"),
    )  # fmt: skip
    rows = []
    for unit in found.units:
        head = [
            tell.scribe.unit(unit),
            Cell(kinds[found.kind(unit)], found.kind(unit),
            tone="doubt" if found.kind(unit) == "scenario" else "plain"),
        ]  # fmt: skip
        for gate in found.gates:
            for name in found.standing(gate=gate).names:
                share = found.share(name, unit, year, gate=gate)
                if share.value >= _RARE:
                    rows.append(
                        [
                            *head,
                            Cell(tell.pattern(name), name),
                            Cell(ways[gate], gate),
                            tell.probability(share),
                        ]
                    )
        for stock in found.runs.model.stock_names:
            told = tell.middle(found.envelope(stock, unit).at(year))
            rows.append([*head, Cell(tell.label(stock), stock), MISSING, told])
    notes = [
        say("These units had no part in the matching; the kept draws are run with what is coded of them."),
        *tell.caveats(found.caveats),
    ]  # fmt: skip
    title = tell.titled(say("Units out of sample"))
    return Table.of(tell.name("what-if-elsewhere"), title, headings, rows, notes=notes)


def missed(tell: Teller, found: Elsewhere) -> list[str]:
    """Units of which the model foretells what was coded in few draws, as sentences."""
    say = tell.scribe.language.say
    return [
        say(
            "Out of sample the model fails in {unit}: all that was coded of it is foretold in {share} of the draws.",
            unit=tell.scribe.name("units", unit, "name"), share=say("{percent} %",
            percent=tell.number(100 * after.value, 0)),
        )
        for unit, (after, _) in found.together.items()
        if after.value < _FAILS
    ]  # fmt: skip


def held_against(tell: Teller, found: Elsewhere) -> Table:
    """Predictions held against what was coded."""
    say = tell.scribe.language.say
    headings = (
        Heading("unit", say("Unit")), Heading("band", say("Band")), Heading("coded", say("Coded"), "right"),
        Heading("inside", say("Share of draws inside"), "right"), Heading("before", say("by the ranges alone"),
        "right"),
    )  # fmt: skip
    rows = [
        [
            tell.scribe.unit(one.band.unit), Cell(one.band.id),
            Cell(tell.span(one.band.low, one.band.high), [one.band.low, one.band.high]), tell.probability(one.inside),
            tell.probability(one.before),
        ]
        for one in found.held
    ]  # fmt: skip
    rows += [
        [
            tell.scribe.unit(unit),
            Cell(say("all of them")),
            MISSING,
            tell.probability(after),
            tell.probability(before),
        ]
        for unit, (after, before) in found.together.items()
    ]
    title = tell.titled(say("Predictions held against what was coded"))
    return Table.of(tell.name("what-if-held-against"), title, headings, rows)


def _key(spec: ScenarioSpec) -> Cell:
    return Cell(spec.id, links=(Link("scenarios", spec.id),))


def _years(one: Counterfactual) -> tuple[int, ...]:
    """The year in the middle, and the last."""
    return (one.years[len(one.years) // 2], one.years[-1])


def _answer(tell: Teller, what: str) -> str:
    say = tell.scribe.language.say
    if what.startswith("the difference in "):
        return say(
            "difference in {what}", what=tell.unknown_name(what.removeprefix("the difference in ")).text
        )
    return tell.unknown_name(what).text


def _shift(tell: Teller, shift: Shift) -> Cell:
    sign = "+" if round(shift.value, 2) > 0 else ""
    told = tell.scribe.language.say(
        "{middle} ({low} to {high})", middle=sign + tell.number(shift.value), low=tell.number(shift.low),
        high=tell.number(shift.high),
    )  # fmt: skip
    return Cell(told, value=shift.data)


def _halved(tell: Teller, middle: tuple[float, float, float]) -> Cell:
    if middle[1] != middle[1]:
        return MISSING
    low, half, high = (tell.number(one, 1) if isfinite(one) else "∞" for one in middle)
    told = half if low == half == high else tell.scribe.language.say(
        "{middle} ({low} to {high})", middle=half, low=low, high=high
    )  # fmt: skip
    return Cell(told, value=[None if isinf(one) else one for one in middle])


def _least(tell: Teller, value: float | None) -> Cell:
    return (
        Cell(tell.scribe.language.say("none up to 1"), value="none") if value is None else tell.figure(value)
    )
