"""A problem found in a study: an error that must be mended, or a doubt worth a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Literal

Severity = Literal["error", "doubt"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of the checker, with its place and its nearest fix.

    Parameters
    ----------
    file : str
        Path relative to the study folder, or the workbook's sheet.
    line : int
        1-based line as an editor shows it; 0 when the whole file is meant.
    column : str
        The column or key; empty when the whole row is meant.
    kind : str
        A short stable word for the rule, such as ``unknown-level``.
    value : str
        What stands there now.
    what : str
        One sentence that says what is wrong.
    allowed : tuple of str
        Allowed values, when they can be listed.
    fix : str
        The nearest fix.
    template : str
        The sentence with its places, such as ``{event} is dated before {needed}``, for catalogues;
        empty when it is told in English only.
    values : tuple of str
        What fills the places of the template, in their order.
    """

    file: str
    line: int
    column: str
    severity: Severity
    kind: str
    what: str
    value: str = ""
    allowed: tuple[str, ...] = ()
    fix: str = ""
    template: str = field(default="", compare=False)
    values: tuple[str, ...] = field(default=(), compare=False)

    def told(self, say: Callable[[str], str]) -> str:
        """What is wrong, in the language of a catalogue."""
        if not self.template:
            return self.what
        return say(self.template).format(**dict(zip(places(self.template), self.values, strict=True)))

    def data(self) -> dict[str, Any]:
        """The problem as plain JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "kind": self.kind,
            "what": self.what,
            "value": self.value,
            "allowed": list(self.allowed),
            "fix": self.fix,
        }

    @property
    def place(self) -> str:
        """``evidence.csv:12, column date``: file, line and column as one phrase."""
        line = f":{self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{line}{column}"

    def __str__(self) -> str:
        parts = [f"{self.severity}: {self.what}", f"  where    {self.place}"]
        if self.value:
            parts.append(f"  value    {self.value}")
        if self.allowed:
            parts.append(f"  allowed  {', '.join(self.allowed)}")
        if self.fix:
            parts.append(f"  fix      {self.fix}")
        return "\n".join(parts)


def places(template: str) -> tuple[str, ...]:
    """The names of the places of a template, each once, in order.

    Examples
    --------
    >>> places("{event} is dated before {needed}, which {event} needed")
    ('event', 'needed')
    """
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))
