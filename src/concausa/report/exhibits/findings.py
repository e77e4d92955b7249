"""What each claim is worth over all worlds: its verdict, its share, what decides it, what overturns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concausa.audit.findings.finding import WORDS, Finding
from concausa.audit.findings.telling import ORDER, statement
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.claim_file import claim_page
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.finding_words import FindingWords, choice_link, stated, tone, unmoved
from concausa.report.exhibits.judged import Judged, judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: Most terms of a formula, and most smallest changes, that a row of the table tells; the page tells all.
FEW = 3


def findings(study: Study, language: Language) -> Exhibit | None:
    """A row for each claim; None for a study none of whose claims has a formal statement."""
    made = judged(study)
    if made is None:
        return None
    words = FindingWords(Scribe(study, language))
    say = language.say
    space = made.found.worlds.space
    listed = [finding for finding in made.found.findings if stated(finding)]
    intro = language.plural(
        "The study leaves {n} point open; a world settles each in one admissible way.",
        "The study leaves {n} points open; a world settles each in one admissible way.",
        len(space.choices),
    )
    intro += " " + say(
        "There are {worlds} worlds. Each claim is held against every world that can make a difference to it. A "
        "share of worlds counts readings; it is no probability. The name of a claim leads to its own page.",
        worlds=language.number(space.size),
    )
    tables = [_summary(words, made), _table(words, listed)]
    return Exhibit("findings", "claims", say("What each claim is worth"), intro, tuple(tables))


def _summary(words: FindingWords, made: Judged) -> Table:
    """How many claims have each verdict, and which."""
    say, number = words.language.say, words.language.number
    groups: dict[str, list[Finding]] = {}
    for finding in made.found.findings:
        groups.setdefault(words.word(finding).value, []).append(finding)
    rows = []
    for word, own in sorted(groups.items(), key=lambda item: (*ORDER, "no statement").index(item[0])):
        ids = [finding.claim.id for finding in own]
        rows.append(
            [
                Cell(words.word(own[0]).text, word, tone=tone(own[0])),
                Cell(number(len(own)), len(own)),
                Cell("; ".join(ids), ids, tuple(Link("claims", id) for id in ids)),
            ]
        )
    headings = (
        Heading("finding", say("Finding")),
        Heading("claims", say("Claims"), "right"),
        Heading("which", say("Which")),
    )
    return Table.of("findings-summary", say("Findings at a glance"), headings, rows)


def _table(words: FindingWords, listed: Sequence[Finding]) -> Table:
    say = words.language.say
    headings = (
        Heading("id", say("Id")),
        Heading("claim", say("Claim")),
        Heading("finding", say("Finding")),
        Heading("share", say("In how many worlds")),
        Heading("deciding", say("What decides it")),
        Heading("matters", say("What matters most")),
        Heading("overturns", say("Smallest change that overturns it")),
        Heading("baseline", say("In the study's own reading")),
        Heading("kind", say("Kind")),
        Heading("statement", say("Formal statement")),
        Heading("supported", say("Worlds that support it"), "right"),
        Heading("contradicted", say("Worlds that contradict it"), "right"),
        Heading("untested", say("Worlds that cannot test it"), "right"),
        Heading("worlds", say("Worlds counted"), "right"),
    )
    notes = (
        say(
            "In the bars, filled is supported, hollow is contradicted, and a line is not testable. Claims without a "
            "formal statement are not in this table."
        ),
        say(
            "What matters most: of all ways to settle the other points, the share in which this one changes the "
            "verdict."
        ),
    )
    rows = [list(_row(words, finding)) for finding in listed]
    return Table.of("findings", say("Claims and their findings"), headings, rows, notes=notes)


def _row(words: FindingWords, finding: Finding) -> Iterator[Cell]:
    scribe, claim = words.scribe, finding.claim
    yield Cell(claim.id, claim.id, (claim_page(scribe.study, words.language, claim.id),))
    yield Cell(scribe.text("claims", claim, "text").text, claim.text, (Link("claims", claim.id),))
    yield words.word(finding)
    yield words.share(finding)
    yield deciding(words, finding)
    yield matters(words, finding)
    yield overturns(words, finding)
    yield Cell(words.baseline(finding), finding.baseline.word)
    yield scribe.choice(claim.kind)
    yield Cell(statement(finding))
    # Where one world stands for all, it is all that are counted, as the share says.
    times = finding.worlds if unmoved(finding) else 1
    for n in (*map(finding.count, WORDS), finding.total):
        yield scribe.count(n * times)


def deciding(words: FindingWords, finding: Finding) -> Cell:
    """The shortest deciding formula in words; what there is to say where nothing decides."""
    say = words.language.say
    lead, terms = words.deciding(finding)
    value = {word: formula.data() for word, formula in finding.formulas.items()}
    links = tuple(dict.fromkeys(link for choice in finding.choices for link in choice_link(choice)))
    if terms:
        shown = words.ways(terms[:FEW])
        if len(terms) > FEW:
            shown += words.language.plural("; or {n} more way", "; or {n} more ways", len(terms) - FEW)
        return Cell(f"{lead} {shown}", value, links)
    if finding.sampled and finding.choices:
        return Cell(say("the worlds were drawn, so no formula is given"), value, links, tone="quiet")
    if finding.formulas:
        return Cell(say("too long to say; see the page of the claim"), value, links, tone="quiet")
    if finding.choices:
        return Cell(say("the word never changes, its reason does"), value, links, tone="quiet")
    return Cell(say("nothing: the same in every world"), value, tone="quiet")


def matters(words: FindingWords, finding: Finding) -> Cell:
    """The choice with the greatest influence, or those that share the first place."""
    if not finding.influences:
        return Cell(words.language.say("none"), [], tone="quiet")
    top = finding.influences[0].share
    first = [influence for influence in finding.influences if influence.share == top]
    named = "; ".join(words.choice(influence.choice) for influence in first[:FEW])
    if len(first) > FEW:
        named = words.language.say(
            "{choices} and {n} more", choices=named, n=words.language.number(len(first) - FEW)
        )
    value = [[influence.choice.id, str(influence.share)] for influence in first]
    text = f"{named} ({words.percent(float(top))})"
    return Cell(text, value, tuple(link for one in first[:FEW] for link in choice_link(one.choice)))


def overturns(words: FindingWords, finding: Finding) -> Cell:
    """The smallest changes of the study's own reading; says so where none overturns it."""
    say = words.language.say
    value = [change.data() for change in finding.overturning]
    if not finding.overturning:
        text = say("none found") if finding.sampled else say("nothing overturns it")
        return Cell(text, value, tone="quiet")
    shown = say("; or ").join(words.change(change) for change in finding.overturning[:FEW])
    more = finding.overturned_by - sum(change.ways for change in finding.overturning[:FEW])
    if more > 0:
        shown += words.language.plural("; or {n} more way", "; or {n} more ways", more)
    return Cell(shown, value)
