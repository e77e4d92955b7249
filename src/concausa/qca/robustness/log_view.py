"""A log of analyses as it is read: its runs, and how often each result came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.core.typeset import text
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.log import AnalysisLog, Run, result_text

if TYPE_CHECKING:
    from concausa.qca.robustness.log import State

WIDTH = 80
_TONES: dict[State, Tone] = {"ended": "plain", "failed": "bad", "abandoned": "doubt"}


def runs_table(log: AnalysisLog) -> Table:
    """Runs in their order: when each was begun, what it changed against the first, what came out."""
    rows = []
    for number, run in enumerate(log.runs, start=1):
        changed = "; ".join(f"{name} {_told(now)}" for name, (_, now) in run.changed.items())
        rows.append(
            [
                Cell(str(number), number),
                Cell(run.begun[:16].replace("T", " "), run.begun),
                Cell(run.what),
                Cell(changed or ("" if number == 1 else "nothing"), tone="plain" if changed else "quiet"),
                Cell(_outcome(run), tone=_TONES[run.state]),
            ]
        )
    return Table.of(
        "analysis-log",
        f"Analyses run: {len(log.runs)}",
        [
            Heading("number", "#", "right"),
            Heading("begun", "begun"),
            Heading("what", "what"),
            Heading("changed", "changed against the first"),
            Heading("result", "result"),
        ],
        rows,
        notes=notes(log),
    )


def formulas_table(log: AnalysisLog) -> Table:
    """Results by how many different analyses gave them."""
    whole = log.analyses
    return Table.of(
        "analysis-log-results",
        f"Results of {whole} different analyses",
        [
            Heading("models", "models"),
            Heading("analyses", "analyses", "right"),
            Heading("share", "share", "right"),
            Heading("runs", "runs", "right"),
        ],
        [
            [Cell(name), Cell(str(n), n), Cell(f"{n / whole:.0%}", n / whole), Cell(str(runs), runs)]
            for name, runs, n in log.formulas
        ],
        notes=[
            "Counted are analyses as they were declared, not what ranges, drops and draws within a run came to.",
            *notes(log),
        ],
    )


def notes(log: AnalysisLog) -> list[str]:
    """What must be known of the log itself."""
    found = []
    failed = sum(run.state == "failed" for run in log.runs)
    if log.abandoned or failed:
        found.append(
            f"Begun and never ended: {len(log.abandoned)}; ended by an error: {failed}. They are listed too."
        )
    if log.torn:
        found.append(f"Lines cut off while they were written: {_numbers(log.torn)}.")
    if log.broken:
        found.append(
            f"THE CHAIN IS BROKEN at {_numbers(log.broken)}: there, or in the line before, the log was changed"
            " after it was written."
        )
    return found


def memo(log: AnalysisLog) -> str:
    """Both tables within 80 columns, a broken chain on top."""
    lines = []
    if log.broken:
        lines += [*wrap(f"! {notes(log)[-1]}", WIDTH), ""]
    if log.formulas:
        lines += [text(formulas_table(log), WIDTH).rstrip("\n"), ""]
    return "\n".join([*lines, text(runs_table(log), WIDTH).rstrip("\n")])


def _outcome(run: Run) -> str:
    if run.state == "abandoned":
        return "never ended"
    told = result_text(run.result)
    return f"failed: {told}" if run.state == "failed" else told


def _told(value: Any) -> str:
    if value is None:
        return "taken out"
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _numbers(lines: tuple[int, ...]) -> str:
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:9]))}{' …' if len(lines) > 9 else ''}"
