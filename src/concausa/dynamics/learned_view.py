"""What was learned, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.dynamics.share import finite

if TYPE_CHECKING:
    from concausa.dynamics.learned import Learned, Lesson
    from concausa.dynamics.summary import Summary

_TONES: dict[str, Tone] = {"learned": "good", "somewhat": "plain", "not learned": "doubt"}

#: How each word is told over several unknowns.
_TOLD = {
    "learned": "Learned (less than half of the spread is left)",
    "somewhat": "Learned somewhat",
    "pushed apart": "Pushed apart (the middle of the range is excluded)",
    "not learned": "Not learned",
    "no draws": "Nothing can be said of",
}


def table(found: Learned) -> Table:
    """A row an unknown, the best learned first; disturbances are counted in a note."""
    lessons = [one for one in found.lessons if one.unknown.kind != "noise"]
    lessons.sort(key=lambda one: one.ratio.value if one.ratio.value >= 0 else float("inf"))
    headings = (
        Heading("unknown", "unknown"),
        Heading("before", "before", "right"),
        Heading("after", "after", "right"),
        Heading("median", "median after", "right"),
        Heading("ratio", "spread left", "right"),
        Heading("range", "its range", "right"),
        Heading("word", ""),
    )
    notes = [
        f"{found.draws:,} draws, worth {found.effective:,.0f} independent ones; ranges hold nine in ten."
    ]
    if hidden := len(found.lessons) - len(lessons):
        notes.append(f"Not shown: {hidden:,} yearly disturbances.")
    notes += [
        f"Less is left of {one.text} ({one.ratio:.2f}) than of its parts." for one in found.combinations
    ]
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of(
        "learned", f"What was learned of {found.model}", headings, map(_row, lessons), notes=notes
    )


def memo(found: Learned) -> str:
    """Which unknowns were learned, and which not."""
    lines = []
    for word, told in _TOLD.items():
        if lessons := found.of(word):
            some = sorted(lessons, key=lambda one: one.ratio.value)
            names = ", ".join(
                one.unknown.name
                + (f" ({one.ratio.value:.2f})" if word not in ("not learned", "no draws") else "")
                for one in some
            )
            lines.append(f"{told}: {names}.")
    for one in found.combinations:
        lines.append(f"Of {one.text}, in spreads of the prior, {one.ratio:.0%} of the spread is left.")
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def data(found: Learned) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "draws": found.draws,
        "effective": found.effective,
        "unknowns": [
            {
                "name": one.unknown.name,
                "kind": one.unknown.kind,
                "label": one.unknown.label,
                "before": one.before.data(),
                "after": one.after.data(),
                "ratio": one.ratio.data,
                "word": one.word,
            }
            for one in found.lessons
        ],
        "combinations": [
            {"parts": dict(one.parts), "ratio": finite(one.ratio), "by_chance": finite(one.by_chance)}
            for one in found.combinations
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _row(one: Lesson) -> tuple[Cell, ...]:
    gone = one.after.is_empty
    return (
        Cell(one.unknown.name),
        Cell(_range(one, one.before), [one.before.low, one.before.high]),
        Cell("" if gone else _range(one, one.after), [one.after.low, one.after.high], missing=gone),
        Cell("" if gone else _number(one, one.after.median), one.after.median, missing=gone),
        Cell("" if gone else f"{one.ratio.value:.2f}", one.ratio.value, missing=gone),
        Cell("" if gone else f"{one.ratio.low:.2f} to {one.ratio.high:.2f}", missing=gone),
        Cell(one.word, tone=_TONES.get(one.word, "plain")),
    )


def _range(one: Lesson, summary: Summary) -> str:
    return f"{_number(one, summary.low)} to {_number(one, summary.high)}"


def _number(one: Lesson, value: float) -> str:
    return f"{value:.0f}" if one.unknown.kind == "year" else f"{value:.3g}"
