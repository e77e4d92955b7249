"""The evaluation of a study's theories as text and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.audit.configurations import SOLUTION_KINDS
from concausa.audit.study_theory import REASONS
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap

if TYPE_CHECKING:
    from concausa.audit.theory_evaluation import Evaluated, StudyEvaluation, Tally, Typed


def memo(found: StudyEvaluation, width: int = 80, *, part: str = "all") -> str:
    """Theory by theory what each case is, by each kind of solution; then case types, and what was left out."""
    few = [one for one in found.caveats if one.kind == "few-cases"]
    lines = _wrapped(f"{len(found.cases)} cases: {', '.join(found.cases)}", "  ", width)
    lines += [*(line for caveat in few for line in _wrapped(f"! {caveat}", "  ", width)), ""]
    for one in found.theories if part != "cases" else ():
        lines += [*_theory(found, one, width), ""]
    for typed in found.types if part != "theory" else ():
        n = typed.tallies[0].n if typed.tallies else 0
        lines += _wrapped(
            f"Case types by the solutions for {found.outcome} reaching {typed.threshold}, {n} readings",
            "  ",
            width,
        )
        lines += [*_cases(found, typed, width), ""]
    if found.left_out and part != "cases":
        lines.append("Not held against the solutions")
        for claim, reason in found.left_out:
            lines += _wrapped(f"  {claim.id}: {REASONS[reason]}", "    ", width)
        lines.append("")
    rest = [one for one in found.caveats if one not in few]
    lines += [line for caveat in rest for line in _wrapped(f"note: {caveat}", "  ", width)]
    return "\n".join(lines).rstrip()


def theories_table(found: StudyEvaluation) -> Table:
    """Theory × case, a column a kind of solution, with the number of readings in each area."""
    headings = [
        Heading("theory", "theory"),
        Heading("expression", "expression"),
        Heading("outcome", "outcome"),
        Heading("case", "case"),
        *(Heading(kind, kind) for kind in SOLUTION_KINDS),
    ]
    rows = [
        [
            Cell(one.theory.claim.id),
            Cell(one.theory.expression),
            Cell(outcome(found, one)),
            Cell(case),
            *(_cell(one.of(case, kind)) for kind in SOLUTION_KINDS),
        ]
        for one in found.theories
        for case in found.cases
    ]
    notes = [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of("theory-areas", "Theories and solutions over the readings", headings, rows, notes=notes)


def types_table(found: StudyEvaluation) -> Table:
    """Outcome × case, a column a kind of solution, with the number of readings in each case type."""
    headings = [
        Heading("outcome", "outcome"),
        Heading("case", "case"),
        *(Heading(kind, kind) for kind in SOLUTION_KINDS),
    ]
    rows = [
        [
            Cell(f"{found.outcome} reaches {typed.threshold}"),
            Cell(case),
            *(_cell(typed.of(case, kind)) for kind in SOLUTION_KINDS),
        ]
        for typed in found.types
        for case in found.cases
    ]
    return Table.of("case-types", "Case types over the readings", headings, rows)


def outcome(found: StudyEvaluation, one: Evaluated) -> str:
    """``Y reaches maximum``, ``Y stays below maximum``."""
    verb = "stays below" if one.theory.negated else "reaches"
    return f"{found.outcome} {verb} {one.theory.threshold}"


def _theory(found: StudyEvaluation, one: Evaluated, width: int) -> list[str]:
    theory = one.theory
    n = one.tallies[0].n if one.tallies else 0
    place = f", stated in: {theory.place}" if theory.place else ""
    head = f"{theory.claim.id}: {theory.expression} => {outcome(found, one)} ({n} readings{place})"
    return [*_wrapped(head, "  ", width), *_cases(found, one, width)]


def _cases(found: StudyEvaluation, one: Evaluated | Typed, width: int) -> list[str]:
    """Cases with their labels; kinds of solution that give the same share a line."""
    lines = []
    for case in found.cases:
        alike: dict[tuple[tuple[str, int], ...], list[str]] = {}
        for kind in SOLUTION_KINDS:
            alike.setdefault(one.of(case, kind).counts, []).append(kind)
        for counts, kinds in alike.items():
            told = ", ".join(f"{label} {count}" for label, count in counts)
            which = "every solution" if len(kinds) == len(SOLUTION_KINDS) else ", ".join(kinds)
            lines += _wrapped(f"  {case}, {which}: {told}", "    ", width)
    return lines


def _cell(tally: Tally) -> Cell:
    return Cell("; ".join(f"{label}: {count}" for label, count in tally.counts), dict(tally.counts))


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    bare = text.lstrip()
    lines = wrap(bare, width - len(indent))
    return [text[: len(text) - len(bare)] + lines[0], *(indent + line for line in lines[1:])]
