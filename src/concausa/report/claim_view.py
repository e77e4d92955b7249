"""What the page of one claim shows, in one language, before it is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from concausa.audit.findings.finding import Finding
from concausa.audit.findings.footprint import Footprint
from concausa.audit.findings.formula import Formula
from concausa.audit.findings.next_evidence import leads_of
from concausa.audit.findings.telling import NO_PROBABILITY
from concausa.audit.worlds.open_choice import Option
from concausa.core.table import Cell, Heading, Table
from concausa.report.exhibits.drop_words import counted, dropped
from concausa.report.exhibits.finding_words import FindingWords, choice_link, stated, tone, unmoved
from concausa.report.exhibits.judged import Judged
from concausa.report.exhibits.next_evidence import lead_name, outcomes
from concausa.report.exhibits.sentence_words import SentenceWords
from concausa.theory.claim import Claim


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The finding at a glance: a phrase, its tone, a bar, the counts as sentences, and how to read them."""

    word: str
    tone: str
    bar: tuple[tuple[str, int], ...]
    lines: tuple[str, ...]
    key: tuple[str, ...] = ()


#: A choice and what it falls on.
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormulaView:
    """When exactly a claim has a verdict: every equally good formula, each as a list of ways.

    A way is a list of pairs that hold together; without any, it always holds.
    """

    lead: str
    models: tuple[tuple[tuple[Pair, ...], ...], ...]
    names: tuple[str, ...]
    more: str
    folded: bool = False


def verdict_view(words: FindingWords, finding: Finding) -> VerdictView:
    """The finding at a glance."""
    say, number = words.language.say, words.language.number
    if not stated(finding):
        return VerdictView(_capital(words.word(finding).text), "quiet", (), (
            say("The claim has no formal statement, so no world can decide it. What speaks for it stands below."),
        ))  # fmt: skip
    share = words.share(finding)
    lines = [say("{counts}.", counts=_capital(share.text))]
    if not unmoved(finding):
        lines.append(say("In the study's own reading: {verdict}.", verdict=words.baseline(finding)))
    if finding.sampled:
        lines.append(say("There are {worlds} worlds in all.", worlds=number(finding.worlds)))
    elif not unmoved(finding) and finding.worlds > finding.total:
        lines.append(
            say(
                "The other points of the {worlds} worlds make no difference to it.",
                worlds=number(finding.worlds),
            )
        )
    below = {caveat for formula in finding.formulas.values() if formula.models for caveat in formula.caveats}
    lines += [words.sentence(caveat) for caveat in finding.caveats if caveat not in below]
    return VerdictView(
        _capital(words.word(finding).text), tone(finding), share.bar, tuple(lines), tuple(_key(words))
    )


def _key(words: FindingWords) -> Iterator[str]:
    """How the bar and the counts are to be read."""
    say = words.language.say
    yield say("Filled: supported. Hollow: contradicted. Line: not testable.")
    yield say(
        "A world settles every open point of the study in one admissible way. The study's own reading settles each "
        "as the study itself does."
    )
    yield words.sentence(NO_PROBABILITY)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What would have to be read otherwise, and the verdict then."""

    pairs: tuple[Pair, ...]
    verdict: str


def change_views(words: FindingWords, finding: Finding) -> tuple[ChangeView, ...]:
    """The smallest changes of the study's own reading that overturn it."""
    return tuple(
        ChangeView(tuple(map(words.literal, change.literals)), words.verdict(change.verdict))
        for change in finding.overturning
    )


def formula_views(words: FindingWords, finding: Finding) -> Iterator[FormulaView]:
    """What decides where the claim can be tested, when it cannot be, then the exact formulas."""
    order = ("decides", "not testable", "supported", "contradicted")
    split = "decides" in finding.formulas
    shortest = ""
    for word in sorted(finding.formulas, key=order.index):
        formula = finding.formulas[word]
        if not formula.models or (word == "supported" and _decides_too(finding)):
            continue
        view = _formula(words, word, formula, folded=split and word in ("supported", "contradicted"))
        if _alone(formula) and shortest:
            view = replace(view, more="")
        shortest = shortest or (view.more if _alone(formula) else "")
        yield view


def _decides_too(finding: Finding) -> bool:
    """Whether what decides where the claim can be tested is just when it is supported."""
    decides = finding.formulas.get("decides")
    return decides is not None and decides.models == finding.formulas["supported"].models


def _alone(formula: Formula) -> bool:
    """Whether it is known that no other formula is as short."""
    return formula.count == 1 and formula.counted and formula.fewest


def _formula(words: FindingWords, word: str, formula: Formula, *, folded: bool) -> FormulaView:
    say, number = words.language.say, words.language.number
    lead = words.exactly(word)
    if formula.needed > 1:
        lead = say("{lead} at least one of these holds", lead=lead)
    listed = formula.models
    names = [
        say("Formula {n} of {all}", n=number(n + 1), all=number(formula.count)) for n in range(len(listed))
    ]
    models = tuple(tuple(tuple(map(words.literal, term.literals)) for term in model) for model in listed)
    return FormulaView(_capital(lead), models, tuple(names), _equal(words, formula), folded)


def _equal(words: FindingWords, formula: Formula) -> str:
    """How many formulas are equally good, and what to know of them."""
    if _alone(formula):
        return words.language.say("No other formula is as short.")
    told = [words.sentence(caveat) for caveat in formula.caveats]
    if formula.count > 1:
        same = words.language.plural(
            "{n} formula is equally short; each says exactly the same.",
            "{n} formulas are equally short; each says exactly the same.",
            formula.count,
        )
        told.insert(0, same)
    return " ".join(told)


def said(words: FindingWords, claim: Claim, footprint: Footprint) -> list[tuple[str, str, bool]]:
    """The formal statement: label, value, and whether the value is a formal expression."""
    say, scribe = words.language.say, words.scribe
    rows = [
        (say("What it is about"), claim.when, True),
        (say("Outcome claimed"), claim.outcome, True),
        (say("Part of it"), claim.part, True),
        (say("Only where"), claim.under, True),
        (say("Statement"), claim.states, True),
    ]
    rows = [row for row in rows if row[1]]
    if not rows:
        return []
    cases = "; ".join(claim.cases) or say("all that a world compares")
    rows.append((say("Cases"), cases, False))
    if claim.scope:
        rows.append((say("Scope"), scribe.text("claims", claim, "scope").text, False))
    named = list(dict.fromkeys(condition for _, condition in footprint.cells))
    if named:
        rows.append(
            (say("Conditions"), "; ".join(f"{id}: {scribe.name('conditions', id)}" for id in named), False)
        )
    return rows


def in_words(words: FindingWords, claim: Claim) -> tuple[str, ...]:
    """The statement as sentences that must all hold; none where there is no statement."""
    say = words.language.say
    if claim.states:
        return SentenceWords(words.scribe).told(claim.states)
    if not claim.when:
        return ()
    values = {"when": claim.when, "outcome": claim.outcome, "part": claim.part}
    match claim.kind:
        case "necessary" | "disjunction":
            text = say("No case has {outcome} without {when}.", **values)
        case "individually insufficient":
            text = say("Some case has {when} and yet not {outcome}.", **values)
        case "INUS":
            text = say(
                "{part} is part of a combination in {when} that suffices for {outcome}: alone it does not, the "
                "combination needs it, and there are other ways to the outcome.",
                **values,
            )
        case "substitution":
            text = say(
                "{when} stands in for {part}: with it, cases without {part} have {outcome}; without it, none has.",
                **values,
            )
        case _:
            text = say("Every case with {when} has {outcome}.", **values)
    return (text if not claim.under else say("Where {under}: {text}", under=claim.under, text=text),)


def tables(words: FindingWords, finding: Finding) -> list[Table]:
    """Why worlds do not decide it, and how much each open point matters."""
    return [table for table in (_reasons(words, finding), _influences(words, finding)) if table is not None]


def _reasons(words: FindingWords, finding: Finding) -> Table | None:
    if len(finding.counts) < 2:
        return None
    say, number = words.language.say, words.language.number
    rows = []
    for verdict, count in sorted(finding.counts.items(), key=lambda item: -item[1]):
        row = [
            Cell(words.verdict(verdict), verdict.name.lower()),
            Cell(number(count), count),
            Cell(words.percent(count / finding.total), count / finding.total),
        ]
        if finding.sampled:
            row.append(Cell(words.interval(finding.sampled, verdict)))
        rows.append(row)
    headings = [
        Heading("verdict", say("Verdict")),
        Heading("worlds", say("Worlds"), "right"),
        Heading("share", say("Share"), "right"),
    ]
    if finding.sampled:
        headings.append(Heading("interval", say("Of all worlds, at 95 %")))
    return Table.of("verdicts", say("Worlds by verdict"), headings, rows)


def _influences(words: FindingWords, finding: Finding) -> Table | None:
    if not finding.influences:
        return None
    say = words.language.say
    rows = [
        [
            Cell(words.choice(one.choice), one.choice.id, choice_link(one.choice)),
            Cell("; ".join(options(words, one.choice.options, one.choice.preferred))),
            Cell(
                words.percent(float(one.share)),
                float(one.share),
                bar=(("plain", one.share.numerator), ("quiet", one.share.denominator - one.share.numerator)),
            ),
        ]
        for one in finding.influences
    ]
    headings = (
        Heading("choice", say("Open point")),
        Heading("options", say("Options, the study's own first")),
        Heading("share", say("How often it changes the verdict")),
    )
    return Table.of("influences", say("Open points that matter, most important first"), headings, rows)


def drops_table(words: FindingWords, made: Judged, claim: str) -> Table | None:
    """Each piece of evidence without which the finding is another; None if there is none."""
    say = words.language.say
    single = {(point.drop.kind, point.drop.id) for point in made.points if point.claim == claim}
    rows = []
    for drop in made.drops:
        for changed in drop.changed:
            if changed.claim == claim:
                alone = (drop.kind, drop.id) in single
                rows.append(
                    [
                        dropped(words, drop),
                        words.scribe.choice(drop.kind),
                        Cell(
                            words.counts(counted(changed, changed.after)),
                            changed.data(),
                            bar=words.share(changed.after).bar,
                        ),
                        Cell(say("single point of failure"), True, tone="bad")
                        if alone
                        else Cell(say("the study's own text"), False, tone="quiet")
                        if drop.own
                        else Cell(say("the share changes"), False, tone="quiet"),
                    ]
                )
    if not rows:
        return None
    headings = (
        Heading("evidence", say("Without this")),
        Heading("kind", say("Kind")),
        Heading("then", say("The finding is then")),
        Heading("weight", say("What it carries")),
    )
    return Table.of("rests-on", say("Evidence that it rests on"), headings, rows)


def leads_table(words: FindingWords, made: Judged, claim: str) -> Table | None:
    """What would decide one claim, or put it to the test, way by way; None if nothing would."""
    leads = leads_of(made.found, made.leads, claim)
    if not leads:
        return None
    say = words.language.say
    rows = [
        [
            Cell(lead_name(words, lead), lead.id, (lead.link,) if lead.link is not None else ()),
            words.scribe.choice(lead.kind),
            Cell(
                outcomes(words, lead, claim),
                [[word, [str(way) for way in ways]] for word, ways in lead.outcomes(claim)],
            ),
        ]
        for lead in leads
    ]
    headings = (
        Heading("lead", say("Once known")),
        Heading("kind", say("Kind")),
        Heading("then", say("The finding is then")),
    )
    return Table.of("next-evidence", say("What would decide it"), headings, rows)


def options(words: FindingWords, listed: Sequence[Option], preferred: int) -> list[str]:
    """The options of a choice, the study's own first."""
    told = [words.option(option) for option in listed]
    return [told[preferred], *(text for place, text in enumerate(told) if place != preferred)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
