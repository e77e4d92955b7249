"""What a piece of evidence is called, and what findings are without it."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.audit.findings.rests_on import Changed, Counts, Drop
from concausa.core.table import Cell
from concausa.core.unit import Case
from concausa.report.exhibits.finding_words import FindingWords, tone
from concausa.report.exhibits.scribe import Scribe

#: The column that tells most of a row, by kind of evidence.
_TELLING = {
    "source": ("sources", "title"),
    "speaker": ("sources", "role"),
    "passage": ("evidence", "summary"),
    "indicator": ("indicators", "label"),
}


def dropped(words: FindingWords, drop: Drop) -> Cell:
    """The piece of evidence by id, with what it is."""
    scribe = words.scribe
    table, column = _TELLING.get(drop.kind, ("", ""))
    told = drop.id
    if table and drop.link is not None:
        row = scribe.study.row(table, drop.id)
        if text := scribe.text(table, row, column).text:
            told = f"{drop.id}: {text}"
    if drop.kind == "case":
        told = f"{drop.id}: {case_name(scribe, drop.id)}"
    links = (drop.link,) if drop.link is not None else ()
    return Cell(told, drop.id, links)


def change(words: FindingWords, changed: Changed) -> Cell:
    """``before; then: after`` in counts of worlds."""
    text = words.language.say(
        "{before}; without it {after}",
        before=words.counts(counted(changed, changed.before)),
        after=words.counts(counted(changed, changed.after)),
    )
    return Cell(text, changed.data(), tone=tone(changed.after))


@dataclass(frozen=True, slots=True)
class Drawn:
    """Counts of worlds that were drawn."""

    counts: Counts
    sampled: bool = True


def counted(changed: Changed, counts: Counts) -> Drawn | Counts:
    """The counts before or after, as worlds drawn where they are that."""
    return Drawn(counts) if changed.drawn else counts


def case_name(scribe: Scribe, id: str) -> str:
    """Unit and period of a case; holder and unit of a term of office; the id of any other."""
    study = scribe.study
    for unit in study.units:
        if id.startswith(f"{unit.id}-"):
            for period in study.periods:
                if id == f"{unit.id}-{period.id}":
                    return scribe.case_name(Case(unit, period))
            for term in study.terms:
                if id == f"{unit.id}-{term.id}":
                    return f"{scribe.name('units', unit.id, 'name')}, {term.holder}"
    return id
