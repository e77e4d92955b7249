"""Places in ``study.toml``: on which line each table and each key stands.

The standard library reads TOML without saying where a value was. This scanner knows just enough of
the grammar (https://toml.io/en/v1.0.0: strings of four kinds, comments, brackets) to tell the lines
of headers and keys; it runs only over text that the TOML reader has accepted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Block:
    """One row in TOML text: its header and keys, with the comments above it, and what follows them.

    Parameters
    ----------
    table : str
        The name in its header.
    body, tail : str
        From the comment lines directly above its ``[[header]]`` up to the last key, and what comes
        after it until the next row.
    """

    table: str
    body: str
    tail: str


def blocks(text: str) -> tuple[str, list[Block]]:
    """What stands before the first header, and the rows; joined together they are the text again."""
    found: list[tuple[str, int, int]] = []
    for table, key, start, end in _statements(text):
        if key is None:
            floor = found[-1][2] if found else 0
            is_row = text[start:end].lstrip(" \t").startswith("[[")
            found.append((table, _with_comments(text, start, floor) if is_row else start, end))
        elif found:
            found[-1] = (*found[-1][:2], end)
    starts = [*(start for _, start, _ in found), len(text)]
    rows = [
        Block(table, text[start:end], text[end:following])
        for (table, start, end), following in zip(found, starts[1:], strict=True)
    ]
    return text[: starts[0]], rows


def _with_comments(text: str, start: int, floor: int) -> int:
    """Where the comment lines directly above a header begin, or the header itself; not before *floor*."""
    while start > floor:
        line = max(text.rfind("\n", 0, start - 1) + 1, floor)
        if not text[line:start].lstrip(" \t").startswith("#"):
            break
        start = line
    return start


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
    table, row = "", 0
    for name, key, start, _ in _statements(text):
        number = bisect_left(ends, start) + 1
        if key is None:
            table, row = name, seen[name]
            seen[name] += 1
            lines[table, row, ""] = number
        elif table:
            lines.setdefault((table, row, key), number)
        else:
            lines.setdefault((key, 0, ""), number)
    return Places(lines)


def _statements(text: str) -> Iterator[tuple[str, str | None, int, int]]:
    """Headers (no key) and keys, each with its table, its start and the start of the line after it."""
    table, position = "", 0
    while position < len(text):
        start = position
        if header := _HEADER.match(text, position):
            table = _bare(header[2])
            position = _end_of_line(text, header.end())
            yield table, None, start, position
        elif key := _KEY.match(text, position):
            position = _end_of_value(text, key.end())
            yield table, _bare(key[1]), start, position
        else:
            position = _end_of_line(text, position)


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
