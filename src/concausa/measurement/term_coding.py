"""A coding of an office term: a level given to a condition for as long as somebody held an office."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCoding:
    """A level given to a condition in an office term."""

    id: str = column("id", "Short name, such as TC-NL-2003.", required=True)
    term: str = column("ref", "Office term.", required=True, to=("terms",))
    condition: str = column("ref", "Condition.", required=True, to=("conditions",))
    level: str = column("text", "One of its levels; several rows are several readings.", required=True)
    printed: str = column("text", "Words of the text that stand for the level, if it prints another.")
    coder: str = column("text", "Who gave it: the author, or encoder.")
    evidence: tuple[str, ...] = column("refs", "Passages that it rests on.", to=("evidence",))
    why: str = column("text", "Why this level.")
    section: str = column("text", "Where the study's own text says so.")
    note: str = column("text", "Anything a reader should know.")
