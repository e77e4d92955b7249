"""What the findings do not show: rows nobody fills, conditions that move together, chance."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.judged import judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: Kinds of limits, the gravest first.
_ORDER = (
    "by form", "no cause", "no case", "no variation", "remainder", "test row", "collinear", "units",
    "between units", "chance", "programme", "named cases",
)  # fmt: skip


def not_shown(study: Study, language: Language) -> Exhibit | None:
    """A row for each limit, with the claims that it concerns; None where there is none."""
    made = judged(study)
    if made is None or not any(made.limits.values()):
        return None
    say = language.say
    words = FindingWords(Scribe(study, language))
    rows: dict[tuple[str, str], tuple[tuple[Link, ...], list[str]]] = {}
    for claim, limits in made.limits.items():
        for limit in limits:
            key = (limit.kind, words.sentence(limit.said))
            rows.setdefault(key, (limit.links, []))[1].append(claim)
    kinds = [*_ORDER, *dict.fromkeys(kind for kind, _ in rows if kind not in _ORDER)]
    listed = [
        [
            words.scribe.choice(kind),
            Cell(text, text, links),
            Cell(language.number(len(ids)), len(ids)),
            Cell("; ".join(ids), ids, tuple(Link("claims", id) for id in ids)),
        ]
        for (kind, text), (links, ids) in sorted(rows.items(), key=lambda item: kinds.index(item[0][0]))
    ]
    headings = (
        Heading("limit", say("Limit")),
        Heading("why", say("Why")),
        Heading("number", say("Claims"), "right"),
        Heading("claims", say("Which")),
    )
    title = say("What may not be claimed from these cases")
    intro = say(
        "A claim that holds in every world may still be one that the cases could not have refuted. These limits hold "
        "beside the findings, whichever way the open points are settled."
    )
    table = Table.of("not-shown", title, headings, listed)
    return Exhibit("not-shown", "claims", title, intro, (table,))
