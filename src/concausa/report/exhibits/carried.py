"""What findings rest on: single points of failure, one side's interviews, signs that two sides share."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.audit.findings.one_sided import Sides
from concausa.audit.findings.rests_on import Drop
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.drop_words import change, counted, dropped
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.judged import Judged, judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: What is taken out: first what may fall in a review, last what everything hangs on.
_ORDER = ("source", "speaker", "passage", "indicator", "case", "coder")


def carried(study: Study, language: Language) -> Exhibit | None:
    """What single pieces of evidence carry; None where no claim has a formal statement."""
    made = judged(study)
    if made is None:
        return None
    say = language.say
    words = FindingWords(Scribe(study, language))
    intro = say(
        "Each source, speaker, passage, coder, case and sign was taken out in turn, and every finding that can "
        "rest on it was worked out again. A single point of failure is one without which no world supports, or "
        "contradicts, a claim that some world did."
    )
    if not made.points:
        intro += " " + say("No finding hangs on a single piece of evidence.")
    tables = [table for table in (_points(words, made), _sided(words, made), _shared(words, made)) if table]
    return Exhibit("carried", "claims", say("What the findings rest on"), intro, tuple(tables))


def _points(words: FindingWords, made: Judged) -> Table:
    say = words.language.say
    lost: dict[tuple[str, str], dict[str, list[str]]] = {}
    drops: dict[tuple[str, str], Drop] = {}
    for point in made.points:
        key = (point.drop.kind, point.drop.id)
        drops[key] = point.drop
        lost.setdefault(key, {}).setdefault(point.word, []).append(point.claim)
    order = sorted(
        drops,
        key=lambda key: (_ORDER.index(key[0]), -len({claim for ids in lost[key].values() for claim in ids})),
    )
    rows = [
        [
            dropped(words, drops[key]),
            words.scribe.choice(key[0]),
            _claims(words, lost[key].get("supported", [])),
            _claims(words, lost[key].get("contradicted", [])),
            Cell(words.language.number(len(drops[key].changed)), len(drops[key].changed)),
            Cell(words.language.number(len(drops[key].falls)), len(drops[key].falls)),
        ]
        for key in order
    ]
    headings = (
        Heading("evidence", say("Without this")),
        Heading("kind", say("Kind")),
        Heading("supported", say("No world supports")),
        Heading("contradicted", say("No world contradicts")),
        Heading("changed", say("Findings that change"), "right"),
        Heading("falls", say("Rows that fall with it"), "right"),
    )
    notes = tuple(
        say(
            "Set aside: {source}, the text from which the study was coded; {n} findings change without it.",
            source=drop.id,
            n=words.language.number(len(drop.changed)),
        )
        for drop in made.drops
        if drop.own
    )
    return Table.of("single-points", say("Single points of failure"), headings, rows, notes=notes)


def _claims(words: FindingWords, ids: list[str]) -> Cell:
    if not ids:
        return Cell(words.language.say("none"), [], tone="quiet")
    return Cell("; ".join(ids), ids, tuple(Link("claims", id) for id in ids))


def _sided(words: FindingWords, made: Judged) -> Table | None:
    """Claims behind which interviews of one side stand, and cells of claims of which only one side speaks."""
    say = words.language.say
    groups: dict[str, tuple[Sides, list[str]]] = {}
    for id, found in made.sided.items():
        if found.whole.side is not None:
            groups.setdefault(f"claim {id}", (found.whole, []))[1].append(id)
        for one in found.cells:
            groups.setdefault(f"cell {one.of}", (one, []))[1].append(id)
    if not groups:
        return None
    rows = []
    for sides, ids in groups.values():
        side = sides.side or ""
        rows.append(
            [
                Cell(sides.of, sides.of, (Link("claims", sides.of),) if sides.of in made.sided else ()),
                words.scribe.choice(side),
                words.scribe.refs("sources", sides.interviews[side]),
                words.scribe.refs("sources", sides.documents)
                if sides.documents
                else Cell(say("none"), [], tone="doubt"),
                words.scribe.refs("sources", sides.own) if sides.own else Cell(say("none"), [], tone="quiet"),
                _claims(words, ids),
            ]
        )
    headings = (
        Heading("of", say("Claim or cell")),
        Heading("side", say("Only side interviewed")),
        Heading("interviews", say("Interviews")),
        Heading("documents", say("Documents beside them")),
        Heading("own", say("The study's own text")),
        Heading("claims", say("Claims")),
    )
    return Table.of("one-sided", say("What rests on interviews of one side"), headings, rows)


def _shared(words: FindingWords, made: Judged) -> Table | None:
    if not made.shared:
        return None
    say, scribe = words.language.say, words.scribe
    rows = [
        [
            Cell(one.claim, one.claim, (Link("claims", one.claim),)),
            Cell(
                scribe.name("indicators", one.indicator), one.indicator, (Link("indicators", one.indicator),)
            ),
            scribe.refs("conditions", (one.condition, one.outcome)),
            change(words, one.change)
            if one.change.differs
            else Cell(say("the same"), one.change.data(), tone="quiet"),
        ]
        for one in made.shared
    ]
    headings = (
        Heading("claim", say("Claim")),
        Heading("sign", say("Sign")),
        Heading("both", say("Informs both")),
        Heading("without", say("The finding without it")),
    )
    return Table.of("shared-signs", say("Signs that condition and outcome share"), headings, rows)


def sentences(words: FindingWords, made: Judged, claim: str) -> Iterator[str]:
    """What one claim rests on, in a few sentences: one side's interviews, shared signs."""
    say, language = words.language.say, words.language
    sided = made.sided.get(claim)
    if sided is not None and sided.whole.side is not None:
        whole = sided.whole
        values = {
            "side": language.level(whole.side or ""),
            "interviews": ", ".join(whole.interviews[whole.side or ""]),
        }
        if whole.documents:
            yield say(
                "All interviews behind it are of one side, {side} ({interviews}); beside them stand {documents}.",
                documents=", ".join(whole.documents),
                **values,
            )
        else:
            yield say(
                "All interviews behind it are of one side, {side} ({interviews}), and no document stands beside "
                "them.",
                **values,
            )
    if sided is not None and sided.cells:
        listed = "; ".join(f"{one.of} ({language.level(one.side or '')})" for one in sided.cells)
        yield say("Cells of which only one side is heard: {cells}.", cells=listed)
    for one in made.shared:
        if one.claim == claim:
            yield say(
                "{condition} and {outcome} share the sign {sign}. Without it for the condition: {after}.",
                condition=one.condition,
                outcome=one.outcome,
                sign=words.scribe.name("indicators", one.indicator),
                after=words.counts(counted(one.change, one.change.after)),
            )
