"""A pattern: a corner of the property space, and a rule: who decides when the corners do not."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A named corner of the property space with the outcome that it leads one to expect."""

    id: str = column("id", "Short name, such as synergistic.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    when: str = column("text", "Boolean expression over conditions, such as BQ*~BC.", required=True)
    expects: str = column(
        "text", "Level of the outcome that it leads to; A|B if only known to be one of two.", required=True
    )
    definition: str = column("text", "What it means.")
    section: str = column("text", "Where the study's own text names it.")

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every level of the outcome that it may lead to."""
        return tuple(word.strip() for word in self.expects.split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An ordered reading of the theory: the first clause that holds gives the outcome."""

    id: str = column("id", "Short name, such as R2.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    clauses: tuple[str, ...] = column(
        "words",
        "EXPRESSION => OUTCOME, in order; the word patterns stands for all patterns; else => OUTCOME last.",
        required=True,
    )
    section: str = column("text", "Where the study's own text suggests it.")
    footnotes: tuple[str, ...] = column("words", "Notes that support it.")
    note: str = column("text", "How it was read.")
