"""The tables of what a dynamic model is worth."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.dynamics.ablation import Ablation
from concausa.dynamics.influence import Influence
from concausa.dynamics.learned import Learned
from concausa.dynamics.left_out import GUESSERS, LeftOut
from concausa.dynamics.matching import Matching
from concausa.dynamics.removed import Entry, Removed
from concausa.dynamics.variant import Trial
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Worth
from concausa.report.exhibits.scribe import MISSING

_TONES: dict[str, Tone] = {"learned": "good", "somewhat": "plain", "pushed apart": "plain"}
#: Unknowns that an outcome turns on are shown up to this many.
_PULLS = 6


def lessons(tell: Teller, found: Learned) -> Table:
    """A row an unknown, the best learned first."""
    say = tell.scribe.language.say
    words = {
        "learned": say("learned"), "somewhat": say("learned somewhat"), "not learned": say("not learned"),
        "pushed apart": say("pushed apart: the middle is excluded"), "no draws": say("nothing is admitted"),
    }  # fmt: skip
    told = [one for one in found.lessons if one.unknown.kind != "noise"]
    told.sort(key=lambda one: one.ratio.value if one.ratio.value >= 0 else float("inf"))
    headings = (
        Heading("unknown", say("Unknown")), Heading("before", say("Before the evidence"), "right"),
        Heading("after", say("After"), "right"), Heading("ratio", say("Spread left"), "right"),
        Heading("word", say("Learned?")),
    )  # fmt: skip
    rows = [
        [
            tell.unknown(one.unknown),
            tell.middle((one.before.low, one.before.median, one.before.high)),
            tell.middle((one.after.low, one.after.median, one.after.high)),
            tell.times(one.ratio),
            Cell(words[one.word], one.word, tone=_TONES.get(one.word, "doubt")),
        ]
        for one in told
    ]
    notes = [
        tell.worth(found.draws, found.effective),
        say("Spread left: the standard deviation after the evidence, in times that before it. 1 means that nothing "
            "was learned."),
    ]  # fmt: skip
    notes += [
        say("Of {combination}, in spreads of the prior, {percent} % of the spread is left: the evidence knows more of "
            "it than of its parts.", combination=one.text, percent=tell.number(100 * one.ratio, 0))
        for one in found.combinations
    ]  # fmt: skip
    notes += tell.caveats(found.caveats)
    return Table.of(
        tell.name("honesty-learned"), tell.titled(say("What was learned")), headings, rows, notes=notes
    )


def removed(tell: Teller, found: Removed, rough: Matching) -> Table:
    """A row a piece of evidence, and what would be admitted without it."""
    say = tell.scribe.language.say
    headings = (
        Heading("item", say("Evidence")), Heading("alone", say("Admits alone"), "right"),
        Heading("given", say("Of what the others admit, it admits"), "right"),
        Heading("times", say("Without it, times as much"), "right"), Heading("word", say("What it adds")),
    )  # fmt: skip
    rows = [
        [
            tell.item(one.item),
            tell.shared(one.alone),
            tell.shared(one.given),
            tell.times(one.times),
            _adds(tell, one),
        ]
        for one in found.items
    ]
    notes = [_fewer(tell, rough)]
    notes += [
        say("{band} read as {reading}: {percent} % of the kept draws.", band=one.band,
            reading=tell.scribe.language.level(one.name), percent=tell.number(100 * one.share.value, 0))
        for one in found.options
        if one.share.value == one.share.value
    ]  # fmt: skip
    notes += tell.caveats(found.caveats)
    title = tell.titled(say("What each piece of evidence removes"))
    return Table.of(tell.name("honesty-evidence"), title, headings, rows, notes=notes)


def _adds(tell: Teller, one: Entry) -> Cell:
    say = tell.scribe.language.say
    if not one.given.value >= 0:
        return Cell(say("nothing is left to remove"), tone="quiet")
    if one.given.value >= 0.99:
        return Cell(say("nothing that the others do not"), tone="doubt")
    if one.given.value == 0:
        return Cell(say("removes all that the others leave"), tone="bad")
    return Cell(say("narrows what the others leave"), tone="good")


def ablations(tell: Teller, found: Ablation, rough: Matching) -> Table:
    """Mechanisms switched off, and histories exchanged."""
    say = tell.scribe.language.say
    rows = [[*_trial(tell, one, say("mechanism off"))] for one in _sorted(found.switched)]
    rows += [[*_trial(tell, one, say("history exchanged"))] for one in _sorted(found.placebos)]
    notes = [
        _fewer(tell, rough),
        say("A ratio below 1 speaks for the mechanism: without it the evidence is met less often. On "
            "mechanisms that no "
            "flow and no band rests on, such as those of the gate alone, the evidence cannot speak: they are left out. "
            "`concausa simulate` switches flows one by one and exchanges histories between units."),
        *tell.caveats(found.caveats),
    ]  # fmt: skip
    notes += [say("{name} is not switched: {why}.", name=name, why=why) for name, why in found.unswitched]
    return Table.of(
        tell.name("honesty-structure"), tell.titled(say("Without each mechanism")),
        _trial_heads(tell), rows, notes=notes,
    )  # fmt: skip


def sweeps(tell: Teller, worth: Worth) -> Table:
    """Wider bands, other priors, other readings of the study."""
    say = tell.scribe.language.say
    rows = []
    for step in worth.tolerances.steps:
        rows.append([
            Cell(say("wider bands")),
            Cell(say("bands may be missed by {number}", number=tell.number(step.tolerance, 3))),
            tell.shared(step.share), tell.times(step.times), _mean(tell, step.headline), MISSING,
        ])  # fmt: skip
    rows += [[*_trial(tell, one, say("another reading"))] for one in worth.readings]
    if worth.priors and (ends := worth.priors.extremes):
        for tilt in dict.fromkeys(ends):
            rows.append([
                Cell(say("another prior")),
                Cell(say("{shape} for {unknown}", shape=tilt.shape, unknown=_tilted(tell, tilt.unknown))),
                MISSING,
                tell.figure(tilt.times),
                _mean(tell, tilt.headline),
                Cell(say("one of the two priors under which the result is least and greatest"), tone="quiet"),
            ])  # fmt: skip
    notes = [
        _fewer(tell, worth.rough),
        say("Result: the share of kept draws of {unit} in {year} that stand in {pattern} by the stocks alone, or the "
            "mean of the first stock where the model has no patterns.", **_headline(tell, worth)),
    ]  # fmt: skip
    return Table.of(
        tell.name("honesty-sweeps"),
        tell.titled(say("Under other decisions")),
        _trial_heads(tell),
        rows,
        notes=notes,
    )


def _headline(tell: Teller, worth: Worth) -> dict[str, object]:
    from concausa.report.exhibits.dynamic_work import outcomes

    first = next(iter(outcomes(worth.rough)), None)
    if first is None:
        return {"unit": "–", "year": "–", "pattern": "–"}
    return {
        "unit": first.unit, "year": first.year, "pattern": tell.pattern(first.pattern) if first.pattern else "–",
    }  # fmt: skip


def left_out(tell: Teller, found: LeftOut, rough: Matching) -> Table:
    """A row a band, foretold from all other evidence, beside simple guesses."""
    from concausa.report.exhibits.dynamic_honesty import guesser

    say = tell.scribe.language.say
    headings = (
        Heading("item", say("Left out")), Heading("band", say("Band")), Heading("range", say("Coded"), "right"),
        *(Heading(name.replace(" ", "_"), guesser(tell, name), "right") for name in GUESSERS),
        Heading("inside", say("Share of draws inside"), "right"),
        Heading("prior_inside", say("by the ranges alone"), "right"),
    )  # fmt: skip
    rows = []
    for one in found.foretold:
        cells = [
            Cell(
                tell.number(guess.value), guess.value, tone="good" if guess.hits else "plain"
            ) if (guess := one.guesses.get(name)) else MISSING
            for name in GUESSERS
        ]  # fmt: skip
        inside = [
            tell.figure(one.guesses[name].inside) if name in one.guesses else MISSING for name in GUESSERS[:2]
        ]
        band = Cell(tell.span(one.band.low, one.band.high), [one.band.low, one.band.high])
        rows.append([tell.item(one.band.evidence), Cell(one.band.id), band, *cells, *inside])
    notes = [
        _fewer(tell, rough),
        say("Marked: inside the band. The model is told all evidence but the piece in the row. No change: as in the "
            "nearest other band on the same quantity; the pattern lasts: 1 or 0 as that band lies above or below 1/2."),
        *tell.caveats(found.caveats),
    ]  # fmt: skip
    title = tell.titled(say("Each piece of evidence, foretold from the rest"))
    return Table.of(tell.name("honesty-foretold"), title, headings, rows, notes=notes)


def influences(tell: Teller, found: Sequence[Influence]) -> Table:
    """What each stock turns on among the kept draws."""
    say = tell.scribe.language.say
    headings = (
        Heading("outcome", say("Stock in the last year")), Heading("unknown", say("Turns on")),
        Heading("pull", say("Partial rank correlation"), "right"), Heading("range", say("Its range"), "right"),
    )  # fmt: skip
    rows = []
    for one in found:
        shown = sorted((pull for pull in one.pulls if pull.shows), key=lambda pull: -abs(pull.value))[:_PULLS]
        about = tell.unknown_name(one.outcome.name)
        rows += [
            [about, tell.unknown_name(pull.unknown), tell.figure(pull.value),
             Cell(tell.span(pull.low, pull.high), [pull.low, pull.high])]
            for pull in shown
        ]  # fmt: skip
        if not shown:
            rows.append(
                [about, Cell(say("nothing that these draws can show"), tone="quiet"), MISSING, MISSING]
            )
    notes = [
        say("Over the kept draws, at most {most} of each. 1: the more of it, the more of the stock; −1: the less.",
            most=_PULLS),
        *tell.caveats([caveat for one in found for caveat in one.caveats]),
    ]  # fmt: skip
    return Table.of(
        tell.name("honesty-influence"),
        tell.titled(say("What the results turn on")),
        headings,
        rows,
        notes=notes,
    )


def _trial_heads(tell: Teller) -> tuple[Heading, ...]:
    say = tell.scribe.language.say
    return (
        Heading("kind", say("What is changed")), Heading("name", say("How")),
        Heading("share", say("Admits of its prior"), "right"),
        Heading("ratio", say("Times the full model"), "right"), Heading("result", say("Result"), "right"),
        Heading("word", say("What that says")),
    )  # fmt: skip


def _trial(tell: Teller, one: Trial, kind: str) -> list[Cell]:
    say = tell.scribe.language.say
    if one.why:
        word = Cell(say("cannot be judged: {why}", why=one.why), tone="quiet")
    elif not one.differs:
        word = Cell(say("no difference that these draws can show"), tone="doubt")
    elif one.ratio.value == 0:
        word = Cell(say("nothing that meets all bands was found"), tone="good")
    elif not one.ratio.value >= 0:
        word = Cell(say("admits some, where the full model admits nothing"), tone="bad")
    elif one.ratio.value > 1:
        word = Cell(say("the evidence is met more often"), tone="bad")
    else:
        word = Cell(say("the evidence is met less often"), tone="good")
    if kind != say("mechanism off") and not one.why:
        word = Cell(word.text)
    return [
        Cell(kind), _named(tell, one.name), MISSING if one.why else tell.shared(one.share), tell.times(one.ratio),
        _mean(tell, one.headline), word,
    ]  # fmt: skip


def _named(tell: Teller, name: str) -> Cell:
    """A variant of the engine, in words of the report."""
    say, scribe = tell.scribe.language.say, tell.scribe
    first, _, last = name.rpartition(" ")
    if last in ("off", "on") and scribe.home(["mechanisms"], first):
        cell = scribe.refs("mechanisms", (first,))
        return Cell(f"{first}: {scribe.name('mechanisms', first)}", first, cell.links)
    if last == "exchanged" and " of " in first and " and " in first:
        symbol, _, units = first.partition(" of ")
        one, _, other = units.partition(" and ")
        told = say(
            "{quantity} of {one} and {other} exchanged", quantity=tell.marked(symbol), one=one, other=other
        )
        return Cell(told, name)
    if name.startswith("level map "):
        return scribe.refs("level_maps", (name.removeprefix("level map "),))
    if name.startswith("first period until "):
        return Cell(say("first period until {year}", year=last), name)
    return Cell(name)


def _tilted(tell: Teller, name: str) -> str:
    return (
        tell.scribe.language.say("all parameters")
        if name == "all parameters"
        else tell.unknown_name(name).text
    )


def _mean(tell: Teller, headline: object) -> Cell:
    mean = getattr(headline, "mean", None)
    return tell.figure(mean)


def _sorted(trials: Sequence[Trial]) -> list[Trial]:
    return sorted(trials, key=lambda one: one.ratio.value if one.ratio.value >= 0 else float("inf"))


def _fewer(tell: Teller, rough: Matching) -> str:
    """How many draws stand behind a table."""
    say, number = tell.scribe.language.say, tell.scribe.language.number
    admitted = rough.admitted()
    if not admitted.waves:
        return say("Held against {draws} plain draws, of which {kept} are kept.", draws=number(rough.draws),
                   kept=number(admitted.draws))  # fmt: skip
    return say(
        "Worked out with fewer draws than the rest, worth {n} independent ones: read the ranges. `concausa simulate` "
        "takes as many as you like.",
        n=number(round(admitted.effective)),
    )
