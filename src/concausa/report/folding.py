"""Folding: which columns of a table stand in a second line of its rows, so that the rest fits a window."""

from __future__ import annotations

import re

from concausa.core.table import Table

#: Room for a table beside the contents in a window 1280 pixels wide, in rem.
ROOM = 57.0
#: Keys of columns that wait in any window: they go on from what stands beside them, or repeat it as numbers.
ALWAYS = (
    "outcomes", "findings.supported", "findings.contradicted", "findings.untested", "findings.worlds",
)  # fmt: skip
#: Keys of columns that may wait, those that can wait longest first; some in one table only.
LATER = (
    "note", "formula", "inputs", "section", "place", "why", "aggregation", "link", "other", "file", "publisher",
    "events", "origin", "part", "scope", "share_of", "rounding", "speakers", "sides", "sources", "conditions",
    "needs", "actors", "staff", "sponsor", "experience", "education", "ended", "codings", "facts", "role", "side",
    "statement", "findings.kind", "baseline", "overturns", "matters",
    "test", "found", "coder", "basis", "members", "opposes", "evidence", "evidence.supports", "source",
)  # fmt: skip
#: Of one letter, of a bar at the least, and of the space around a cell, in rem.
_LETTER, _BAR, _AROUND = 0.43, 7.0, 1.15
#: Where a line may end.
_BREAK = re.compile(r"\s|(?<=-)")


def folded(table: Table, room: float = ROOM) -> tuple[int, ...]:
    """Positions of the columns to fold, in order: as few as let the others stand side by side.

    The first column never folds, nor does a column whose key is in neither ``ALWAYS`` nor ``LATER``: a table
    may stay wider than *room*.

    Parameters
    ----------
    room : float
        In rem.
    """
    needs = [_need(table, number) for number in range(len(table.headings))]
    away = {number for key in ALWAYS for number in _called(table, key)}
    for key in LATER:
        if sum(need for number, need in enumerate(needs) if number not in away) <= room:
            break
        away |= set(_called(table, key))
    return tuple(sorted(away))


def _called(table: Table, key: str) -> list[int]:
    """Positions of the columns with a key, ``KEY`` or ``TABLE.KEY``, but never the first."""
    names = [(heading.key, f"{table.name}.{heading.key}") for heading in table.headings]
    return [number for number, own in enumerate(names) if key in own and number]


def _need(table: Table, number: int) -> float:
    """What a column needs at the least: its longest word, and lines that are not too short to read."""
    texts = [row[number].text for row in table.rows]
    lengths = sorted(map(len, texts))
    typical = lengths[len(lengths) * 3 // 4] if lengths else 0
    words = [word for text in (*texts, table.headings[number].label) for word in _BREAK.split(text)]
    longest = max(map(len, words), default=0)
    line = 6 if typical <= 14 else 12 if typical <= 40 else 20 if typical <= 90 else 34
    bar = _BAR if any(row[number].bar for row in table.rows) else 0.0
    return max(max(longest, line) * _LETTER, bar) + _AROUND
