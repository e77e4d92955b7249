"""Folding: which columns of a table stand in a second line of its rows, so that the rest fits a window."""

from __future__ import annotations

import re

from concausa.core.table import Table

#: Room for a table beside the contents in a window 1280 pixels wide, in rem.
ROOM = 57.0
#: Keys of columns that may wait, those that can wait longest first; some in one table only.
LATER = (
    "note", "formula", "inputs", "section", "place", "why", "aggregation", "link", "other", "file", "publisher",
    "events", "origin", "part", "scope", "share_of", "rounding", "speakers", "sides", "sources", "conditions",
    "needs", "actors", "staff", "sponsor", "experience", "education", "ended", "codings", "facts", "role", "side",
    "findings.kind", "baseline", "overturns", "matters",
    "test", "found", "coder", "basis", "members", "opposes", "evidence", "evidence.supports", "source",
)  # fmt: skip
#: Of one letter, and of the space around a cell, in rem.
_LETTER, _AROUND = 0.43, 1.15
#: Where a line may end.
_BREAK = re.compile(r"\s|(?<=-)")


def folded(table: Table, room: float = ROOM) -> tuple[int, ...]:
    """Positions of the columns to fold, in order: as few as let the others stand side by side.

    The first column never folds, nor does a column whose key is not in ``LATER``: a table may stay
    wider than *room*.

    Parameters
    ----------
    room : float
        In rem.
    """
    needs = [_need(table, number) for number in range(len(table.headings))]
    keys = [heading.key for heading in table.headings]
    away: set[int] = set()
    for key in LATER:
        if sum(need for number, need in enumerate(needs) if number not in away) <= room:
            break
        away |= {number for number, own in enumerate(keys) if key in (own, f"{table.name}.{own}") and number}
    return tuple(sorted(away))


def _need(table: Table, number: int) -> float:
    """What a column needs at the least: its longest word, and lines that are not too short to read."""
    texts = [row[number].text for row in table.rows]
    lengths = sorted(map(len, texts))
    typical = lengths[len(lengths) * 3 // 4] if lengths else 0
    words = [word for text in (*texts, table.headings[number].label) for word in _BREAK.split(text)]
    longest = max(map(len, words), default=0)
    line = 6 if typical <= 14 else 12 if typical <= 40 else 20 if typical <= 90 else 34
    return max(longest, line) * _LETTER + _AROUND
