"""The claims of a study with their scope and the passages for and against each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concausa.core.table import Cell, Heading, Link
from concausa.evidence.passage import Passage
from concausa.report.claim_file import claim_page
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.finding_words import FindingWords, stated
from concausa.report.exhibits.judged import judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def claims(study: Study, language: Language) -> Exhibit | None:
    """One row a claim; None without claims."""
    if not study.claims:
        return None
    scribe = Scribe(study, language)
    told = _findings(scribe)
    headings = (
        Heading("id", language.say("Id")),
        Heading("claim", language.say("Claim")),
        *([Heading("finding", language.say("Finding"))] if told else []),
        Heading("supports", language.say("Passages for it")),
        Heading("opposes", language.say("Passages against it")),
        Heading("kind", language.say("Kind")),
        Heading("scope", language.say("Scope")),
        Heading("cases", language.say("Cases")),
        Heading("conditions", language.say("Conditions")),
        Heading("sources", language.say("Sources")),
        Heading("part", language.say("Part of the text")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = []
    bare = 0
    for row in study.claims:
        supporting = [passage for passage in study.evidence if row.id in passage.supports]
        opposing = [passage for passage in study.evidence if row.id in passage.opposes]
        bare += not supporting
        rows.append(
            (
                row,
                (
                    Cell(row.id),
                    scribe.text("claims", row, "text"),
                    *([told[row.id]] if told else []),
                    weighed(scribe, supporting),
                    weighed(scribe, opposing),
                    scribe.choice(row.kind),
                    scribe.text("claims", row, "scope"),
                    _cases(scribe, row.cases),
                    scribe.refs("conditions", row.conditions),
                    scribe.refs(
                        "sources", dict.fromkeys(p.source for p in (*supporting, *opposing) if p.source)
                    ),
                    scribe.choice(row.place),
                    scribe.place(row),
                    scribe.text("claims", row, "note"),
                ),
            )
        )
    title = language.say("Claims and the passages that bear on them")
    table = scribe.register("claims", title, "claims", headings, rows)
    intro = language.plural(
        "{n} claim of the text, in the encoder's words, with the cases it is meant for.",
        "{n} claims of the text, in the encoder's words, with the cases each is meant for.",
        len(rows),
    )
    if bare:
        intro += " " + language.plural(
            "{n} has no passage that speaks for it.", "{n} have no passage that speaks for them.", bare
        )
    return Exhibit("claims", "claims", title, intro, (table,))


def _findings(scribe: Scribe) -> dict[str, Cell]:
    """The finding of each claim, leading to its page; none where no claim has a formal statement."""
    made = judged(scribe.study)
    if made is None:
        return {}
    words = FindingWords(scribe)
    return {
        finding.claim.id: replace(
            words.word(finding),
            links=(claim_page(scribe.study, scribe.language, finding.claim.id),),
            bar=words.share(finding).bar if stated(finding) else (),
        )
        for finding in made.found
    }


def weighed(scribe: Scribe, passages: Sequence[Passage]) -> Cell:
    """Passages by id, each with its kind of test where one is argued; missing when there are none."""
    if not passages:
        return scribe.refs("evidence", ())
    texts = [f"{row.id} ({scribe.language.level(row.test)})" if row.test else row.id for row in passages]
    return Cell(
        "; ".join(texts), [row.id for row in passages], tuple(Link("evidence", row.id) for row in passages)
    )


def _cases(scribe: Scribe, cases: tuple[str, ...]) -> Cell:
    if cases:
        return Cell("; ".join(cases), list(cases))
    return Cell(scribe.language.say("all"), [case.id for case in scribe.study.cases], tone="quiet")
