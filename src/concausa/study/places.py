"""Places in ``study.toml``: on which line each table and each key stands.

The standard library reads TOML without saying where a value was. This scanner knows just enough of
the grammar (https://toml.io/en/v1.0.0: strings of four kinds, comments, brackets) to tell the lines
of headers and keys; it runs only over text that the TOML reader has accepted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([^\]\n]+?)[ \t]*\]\]?")
_KEY = re.compile(r"[ \t]*((?:\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[A-Za-z0-9_.\-]|[ \t]*\.[ \t]*)+)[ \t]*=")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""+'
    r"|'''.*?'''+"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}]"
    r"|\n"
    r"|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Places:
    """Lines, 1-based, by (table, which of its rows, key); an empty key means the row's header."""

    lines: Mapping[tuple[str, int, str], int] = field(default_factory=dict)

    def line(self, table: str, row: int = 0, key: str = "") -> int:
        """The line of a key, or of its row, or of the table; 1 when none of them is known."""
        for place in ((table, row, key), (table, row, ""), (table, 0, "")):
            if place in self.lines:
                return self.lines[place]
        return 1


def places(text: str) -> Places:
    r"""Where everything stands in TOML text that is known to be valid.

    Examples
    --------
    >>> places('[study]\nid = "a"\n\n[[periods]]\nid = "1"\n').line("periods", 0, "id")
    5
    """
    ends = [found.start() for found in re.finditer("\n", text)]
    lines: dict[tuple[str, int, str], int] = {}
    seen: Counter[str] = Counter()
    table, row, position = "", 0, 0
    while position < len(text):
        number = bisect_left(ends, position) + 1
        if header := _HEADER.match(text, position):
            table = _bare(header[2])
            row = seen[table]
            seen[table] += 1
            lines[table, row, ""] = number
            position = _end_of_line(text, header.end())
        elif key := _KEY.match(text, position):
            name = _bare(key[1])
            if table:
                lines.setdefault((table, row, name), number)
            else:
                lines.setdefault((name, 0, ""), number)
            position = _end_of_value(text, key.end())
        else:
            position = _end_of_line(text, position)
    return Places(lines)


def _bare(key: str) -> str:
    """``"a"`` and ``a`` name the same key."""
    stripped = key.strip()
    return stripped[1:-1] if len(stripped) > 1 and stripped[0] in "\"'" else stripped


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _end_of_value(text: str, position: int) -> int:
    """The start of the line after a value, which may span lines."""
    depth = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            return _end_of_line(text, position)
        position = token.end()
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            return position
    return position
