"""Evidence tests: each question weighed, line by line, and what would overturn it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from concausa.audit.weighed import Weighed, unasked, weighed
from concausa.core.interval import Interval
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.evidence_chart import chart
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.tracing.chance import told
from concausa.tracing.ledger_line import Line
from concausa.tracing.tipping import Tipping
from concausa.tracing.weight import Weight

_TONES: dict[str, Tone] = {
    "established": "good",
    "supported": "good",
    "more likely than not": "doubt",
    "opposed": "bad",
    "refuted": "bad",
    "no evidence": "quiet",
}


def evidence_tests(study: Study, language: Language) -> Exhibit | None:
    """The questions of a study with their ledgers; None without questions."""
    if not study.questions:
        return None
    scribe = Scribe(study, language)
    found = weighed(study)
    say = language.say
    intro = say(
        "Each question sets a hypothesis against a named rival; exactly one of them is taken to be true. An item "
        "weighs as many decibels as ten times the logarithm of how many times more one expects it than the other; "
        "weights add up. Hypotheses, words and reasons are judgements of whoever encoded the study, so look at how far "
        "a range reaches, and at what would overturn a verdict."
    )
    drawn = [one for one in found if one.ledger.pieces and len(one.ledger.names) == 2]
    return Exhibit(
        "evidence-tests",
        "mechanisms",
        say("What the evidence weighs for each mechanism"),
        intro,
        (_overview(scribe, found), _lines(scribe, found)),
        (chart(scribe, drawn),) if drawn else (),
    )


def _overview(scribe: Scribe, found: Sequence[Weighed]) -> Table:
    say = scribe.language.say
    headings = (
        Heading("question", say("Question")),
        Heading("about", say("Bears on")),
        Heading("unit", say("Unit")),
        Heading("holds", say("Hypothesis")),
        Heading("rival", say("Against")),
        Heading("verdict", say("Verdict")),
        Heading("threshold", say("Odds asked, to 1"), "right"),
        Heading("evidence", say("Evidence, dB"), "right"),
        Heading("prior", say("Before, percent"), "right"),
        Heading("posterior", say("After, percent"), "right"),
        Heading("posterior_odds", say("After, dB"), "right"),
        Heading("strongest", say("Strongest item")),
        Heading("bias", say("Bias that overturns it")),
        Heading("tipping_prior", say("Prior that overturns it, percent"), "right"),
        Heading("pieces", say("Items that count"), "right"),
        Heading("cautions", say("Cautions")),
    )
    rows = [(one.question, tuple(_row(scribe, one))) for one in found]
    title = say("Questions and what the evidence makes of them")
    made = scribe.register("evidence-tests", title, "questions", headings, rows, notes=_notes(scribe))
    idle = tuple(
        (
            MISSING,
            Cell(mechanism.id, links=(Link("mechanisms", mechanism.id),)),
            scribe.unit(unit),
            *((MISSING,) * 2),
            Cell(say("no evidence"), "no evidence", tone="quiet"),
            *((MISSING,) * 8),
            scribe.count(0),
            MISSING,
        )
        for mechanism, unit in unasked(scribe.study)
    )
    return Table(
        made.name,
        made.title,
        made.headings,
        (*made.rows, *idle),
        made.notes,
        (*made.row_ids, *(None for _ in idle)),
    )


def _notes(scribe: Scribe) -> tuple[str, ...]:
    say = scribe.language.say
    return (
        say(
            "Supported or opposed: odds above three to one, and above the odds asked, in every reading of the "
            "words and of the priors. More or less likely than not: above the odds asked in every reading, and not "
            "above three to one. Leans: no reading of the evidence speaks the other way, yet the priors leave it "
            "open. No evidence: the study holds no passage that tells."
        ),
        say(
            "Bias that overturns it: the least chance that a source would have said all it says anyway at which the "
            "verdict is no longer sure, for the source where that is least. Packages are not divided: they fall with "
            "any of their sources."
        ),
        say(
            "Prior that overturns it: with priors of the first hypothesis below the first number no reading of the "
            "evidence carries it past the threshold, above the second every reading does."
        ),
    )


def _row(scribe: Scribe, one: Weighed) -> Iterator[Cell]:
    study, language, ledger = scribe.study, scribe.language, one.ledger
    question = one.question
    yield Cell(question.id, question.id, (Link("questions", question.id),))
    yield scribe.found(("mechanisms", "claims", "rivals"), question.about)
    yield scribe.case(question.unit, question.period) if question.period else scribe.unit(question.unit)
    labels = [language.of(study, "hypotheses", row, "label") for row in one.hypotheses]
    yield Cell(labels[0], one.hypotheses[0].id)
    yield Cell("; ".join(labels[1:]), [row.id for row in one.hypotheses[1:]])
    yield Cell(language.level(ledger.verdict), ledger.verdict, tone=_TONES.get(ledger.verdict, "doubt"))
    asked = told(ledger.threshold)
    yield Cell(asked if "/" in asked else scribe.language.number(Decimal(asked)), float(ledger.threshold))
    weight = ledger.weight() if ledger.pieces else None
    yield decibels(scribe, weight)
    yield percents(scribe, ledger.prior())
    yield percents(scribe, ledger.posterior())
    yield decibels(scribe, ledger.odds())
    yield _strongest(scribe, ledger.lines())
    yield _bias(scribe, [ledger.tipping(source) for source in ledger.sources])
    yield percents(scribe, ledger.tipping_prior()) if ledger.pieces else MISSING
    yield scribe.count(len(ledger.pieces))
    kinds = tuple(dict.fromkeys(caveat.kind for caveat in ledger.caveats))
    short = [caution(language, kind) for kind in kinds]
    yield Cell("; ".join(short), list(kinds)) if kinds else MISSING


def caution(language: Language, kind: str) -> str:
    """A caveat of a ledger in a few words."""
    say = language.say
    words = {
        "one-source": say("several items rest on one source"),
        "both-ways": say("a package pulls both ways"),
        "no-evidence": say("nothing counts"),
        "no-item": say("a rival is told apart by no item"),
        "suggested": say("an item suggested a hypothesis"),
        "points": say("exact numbers stand for judgements"),
        "contradiction": say("every hypothesis is ruled out"),
        "not-searched": say("a trace was not looked for"),
    }
    return words.get(kind, kind)


def _strongest(scribe: Scribe, lines: Sequence[Line]) -> Cell:
    """The piece that moves the odds farthest at its middle, in decibels."""

    def moved(line: Line) -> float:
        if line.weight is None:
            return math.inf
        low, high = line.weight.decibels
        return abs(low + high) if math.isfinite(low + high) else math.inf

    if not lines:
        return MISSING
    line = max(lines, key=moved)
    return Cell(f"{_name(scribe, line)} ({decibels(scribe, line.weight).text})", line.piece.id, _links(line))


def _bias(scribe: Scribe, found: Sequence[Tipping]) -> Cell:
    say = scribe.language.say
    tips = [one for one in found if one.first is not None]
    if tips:
        least = min(tips, key=lambda one: one.first or Fraction(0))
        assert least.first is not None
        text = say("{percent} percent, {source}", percent=percent(scribe, least.first), source=least.source)
        return Cell(text, [one.data() for one in found], (Link("sources", least.source),))
    if found and all(one.outcome == "cannot be overturned" for one in found):
        return Cell(say("no single source can"), [one.data() for one in found], tone="quiet")
    return Cell(say("no verdict to overturn"), [one.data() for one in found], tone="quiet")


def _lines(scribe: Scribe, found: Sequence[Weighed]) -> Table:
    say = scribe.language.say
    headings = (
        Heading("question", say("Question")),
        Heading("item", say("Item")),
        Heading("passages", say("Passages")),
        Heading("sources", say("Sources")),
        Heading("search", say("Search")),
        Heading("test", say("Test that is argued")),
        Heading("words", say("Expected")),
        Heading("ratio", say("Ratio"), "right"),
        Heading("decibels", say("dB"), "right"),
        Heading("running", say("Sum so far, dB"), "right"),
        Heading("reason", say("Because")),
    )
    rows = [cells for one in found for cells in _ledger(scribe, one)]
    notes = (
        say(
            "Positive decibels speak for the first hypothesis of a question, negative ones for its rival. A search "
            "that found nothing counts only as far as it could have found something; what nobody looked for counts "
            "for nothing."
        ),
        say("Passages of one interview or of one event are one package."),
    )
    return Table.of("evidence-ledgers", say("The ledger of each question"), headings, rows, notes=notes)


def _ledger(scribe: Scribe, one: Weighed) -> Iterator[list[Cell]]:
    language, ledger = scribe.language, one.ledger
    question = Cell(one.question.id, one.question.id, (Link("questions", one.question.id),))
    for line in ledger.lines():
        ids = [item.id for item in line.piece.items]
        argued = dict.fromkeys(one.tests[id] for id in ids if id in one.tests)
        yield [
            question,
            Cell(_name(scribe, line), line.piece.id),
            scribe.refs("evidence", ids),
            scribe.refs("sources", line.piece.sources),
            _search(scribe, [item.found for item in line.piece.items]),
            Cell("; ".join(language.level(test) for test in argued), list(argued)) if argued else MISSING,
            _judged(scribe, one, line),
            _ratio(scribe, line.weight),
            decibels(scribe, line.weight),
            decibels(scribe, line.running),
            _reason(scribe, one, line.piece.id),
        ]
    for item in ledger.idle:
        yield [
            question,
            Cell(language.of(scribe.study, "traces", item.id, "label"), item.id),
            *((MISSING,) * 2),
            _search(scribe, [item.found]),
            MISSING,
            *((MISSING,) * 2),
            Cell(language.say("counts for nothing"), [], tone="quiet"),
            MISSING,
            _reason(scribe, one, item.id),
        ]


def _name(scribe: Scribe, line: Line) -> str:
    if line.piece.package is None:
        return line.piece.id
    return scribe.language.of(scribe.study, "packages", line.piece.id, "label") or line.piece.id


def _links(line: Line) -> tuple[Link, ...]:
    return tuple(Link("evidence", item.id) for item in line.piece.items)


def _search(scribe: Scribe, states: Sequence[str]) -> Cell:
    kinds = list(dict.fromkeys(states))
    return Cell("; ".join(scribe.language.level(kind) for kind in kinds), kinds)


def _judged(scribe: Scribe, one: Weighed, line: Line) -> Cell:
    """The words behind a weight, and under which hypothesis; missing where numbers were given."""
    words = line.piece.words
    if not words:
        return MISSING
    say = scribe.language.say
    first = one.hypotheses[0].id
    told = [
        say("{word} under the hypothesis", word=scribe.language.level(word))
        if name == first
        else say("{word} under the rival", word=scribe.language.level(word))
        for name, word in words
    ]
    return Cell("; ".join(told), [list(pair) for pair in words])


def _reason(scribe: Scribe, one: Weighed, id: str) -> Cell:
    rows = [row for row in scribe.study.likelihoods if row.question == one.question.id and row.item == id]
    texts = list(
        dict.fromkeys(scribe.language.of(scribe.study, "likelihoods", row, "reason") for row in rows)
    )
    return Cell(" ".join(texts), [row.reason for row in rows]) if any(texts) else MISSING


def decibels(scribe: Scribe, weight: Weight | None) -> Cell:
    """A weight in decibels, signed; missing where there is none."""
    if weight is None:
        return MISSING
    low, high = (_signed(scribe, end) for end in weight.decibels)
    text = low if low == high else scribe.language.say("{low} to {high}", low=low, high=high)
    return Cell(text, weight.data()["decibels"])


def _signed(scribe: Scribe, value: float) -> str:
    if math.isinf(value):
        return "+∞" if value > 0 else "−∞"
    shown = round(value, 1) + 0.0
    return f"{'+' if shown > 0 else ''}{scribe.language.number(shown, 1)}"


def _ratio(scribe: Scribe, weight: Weight | None) -> Cell:
    if weight is None:
        return MISSING
    low, high = (
        "∞" if math.isinf(end) else _figures(scribe, float(end)) for end in (weight.low, weight.high)
    )
    text = low if low == high else scribe.language.say("{low} to {high}", low=low, high=high)
    return Cell(text, weight.data()["ratio"])


def _figures(scribe: Scribe, value: float) -> str:
    """Two figures after the point for ratios below 10, none for larger ones that are whole."""
    digits = 0 if value == round(value) or value >= 100 else 2
    return scribe.language.number(value, digits)


def percents(scribe: Scribe, chance: Interval | None) -> Cell:
    """A range of probabilities in percent."""
    if chance is None:
        return MISSING
    low, high = percent(scribe, chance.low), percent(scribe, chance.high)
    text = low if low == high else scribe.language.say("{low} to {high}", low=low, high=high)
    return Cell(text, [float(chance.low), float(chance.high)])


def percent(scribe: Scribe, share: Fraction) -> str:
    """A probability in percent: whole ones between 1 and 99, one decimal nearer to the ends."""
    value = float(100 * share)
    if 1 <= value <= 99 or value in (0, 100):
        return scribe.language.number(value, 0)
    shown = round(value, 1)
    if shown in (0, 100):
        return f"{'<' if value < 1 else '>'} {scribe.language.number(0.1 if value < 1 else 99.9, 1)}"
    return scribe.language.number(shown, 1)
