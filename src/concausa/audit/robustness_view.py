"""The robustness of a study's solutions as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import text, wrap

if TYPE_CHECKING:
    from concausa.audit.robustness import SolutionRobustness, StudyRobustness

_ASK = (
    "Ask for one solution in full: --solution intermediate, --negated, --level LEVEL. Tables, charts and an R script: "
    "-o DIR."
)


def overview(found: StudyRobustness) -> Table:
    """A row a solution: what the initial reading gives, how many readings keep it, and which cases all of them keep."""
    headings = (
        Heading("outcome", "outcome"),
        Heading("solution", "solution"),
        Heading("formula", "initial analysis"),
        Heading("stays", "stays", "right"),
        Heading("robust", "robust cases"),
        Heading("perfect", "perfect by chance", "right"),
    )
    rows = []
    for one in found.solutions:
        same, every = one.stays()
        chance = None if one.chance is None else one.chance.perfect.share
        rows.append(
            [
                Cell(outcome_text(found, one)),
                Cell(one.kind),
                Cell(" | ".join(one.initial.formula), list(one.initial.formula)),
                Cell(f"{same}/{every}", [same, every]),
                Cell(", ".join(one.robust) or "none", list(one.robust)) if one.tests is not None else None,
                None if chance is None else Cell(f"{chance:.2f}", chance),
            ]
        )
    notes = [
        "Stays: of the readings that the study's text admits, those with the same models.",
        "Robust cases: in the solution, and in that of every other reading.",
        "Perfect by chance: of all ways in which as many cases could have had the outcome, the share that fits fully.",
    ]
    return Table.of("robustness", "What the readings keep of each solution", headings, rows, notes=notes)


def outcome_text(found: StudyRobustness, one: SolutionRobustness) -> str:
    """``Y at maximum``, ``Y at least moderate``, ``Y below maximum``."""
    name, top = found.found.frame.outcome, found.found.frame.outcome_sets[0].threshold
    side = "below" if one.negated else "at" if one.threshold == top else "at least"
    return f"{name} {side} {one.threshold}"


def refused(found: StudyRobustness) -> Table:
    """What is not run, and why."""
    headings = (Heading("part", "part"), Heading("why", "why"), Heading("instead", "instead"))
    kept = dict.fromkeys(refusal for one in found.solutions for refusal in one.refused)
    rows = [[Cell(one.part), Cell(one.why), Cell(one.instead) if one.instead else None] for one in kept]
    return Table.of("not-run", "Not run, and why", headings, rows)


def tables(found: StudyRobustness) -> tuple[Table, ...]:
    """The overview, and what is not run."""
    return overview(found), refused(found)


def memo(found: StudyRobustness, width: int = 80) -> str:
    """The overview, and what is not run, as text."""
    lines = [text(overview(found), width).rstrip("\n"), ""]
    if left := found.found.frame.left_out:
        cases = ", ".join(f"{one.case.id} (no {', '.join(one.missing)})" for one in left)
        lines += wrap(f"Left out for lack of a level: {cases}", width)
    if same := max((len(one.same) for one in found.solutions), default=0):
        lines += wrap(
            f"In up to {same} readings every case has the same outcome: they explain nothing, and test nothing.",
            width,
        )
    for threshold, negated, why in found.nothing:
        side = "below" if negated else "at or above"
        lines += wrap(f"No solution for {found.found.frame.outcome} {side} {threshold}: {why}", width)
    lines += ["", "Not run, and why:"]
    for one in dict.fromkeys(refusal for own in found.solutions for refusal in own.refused):
        first, *more = wrap(f"{one.part}: {one.why} {one.instead}".rstrip(), width - 2)
        lines += [f"- {first}", *(f"  {line}" for line in more)]
    lines += ["", *wrap(_ASK, width)]
    return "\n".join(lines)


def full(found: StudyRobustness, one: SolutionRobustness, width: int = 80) -> str:
    """One solution in full: tests, drops, cut-offs, chance."""
    head = f"{outcome_text(found, one)}, {one.kind} solution; initial analysis: {one.initial.label}"
    parts = ["\n".join(wrap(head, width))]
    if one.tests is not None:
        parts.append(str(one.tests))
    parts.append(str(one.drops))
    parts.append(one.ranges.memo(width).rstrip("\n"))
    if one.chance is not None:
        parts.append(str(one.chance))
    not_run = [
        f"Not run: {refusal.part}. {refusal.why} {refusal.instead}".rstrip() for refusal in one.refused
    ]
    parts.append("\n".join(line for text_ in not_run for line in wrap(text_, width)))
    return "\n\n".join(parts)
