"""A claim: a sentence of the study that its evidence should bear."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column

KINDS = (
    "necessary",
    "sufficient",
    "jointly sufficient",
    "individually insufficient",
    "substitution",
    "disjunction",
    "typology",
    "ordering",
    "sequence",
    "persistence",
    "feedback",
    "difference",
    "number",
    "scope",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the study says, in the encoder's words, with the cases it is meant for."""

    id: str = column("id", "Short name, such as K-necessary-EL.", required=True)
    text: str = column("text", "What is claimed, in the encoder's own words.", required=True)
    kind: str = column("choice", "Logical kind.", required=True, allowed=KINDS)
    scope: str = column("text", "Cases and outcome it is meant for.")
    cases: tuple[str, ...] = column("words", "Cases in scope, as UNIT-PERIOD; empty means all.")
    conditions: tuple[str, ...] = column("refs", "Conditions it speaks of.", to=("conditions",))
    place: str = column(
        "choice",
        "Part of the text that makes it.",
        allowed=("theory", "methods", "assessment", "cross-case", "conclusions"),
    )
    section: str = column("text", "The heading under which it stands.")
    footnotes: tuple[str, ...] = column("words", "Notes that support it.")
    note: str = column("text", "Tension with other passages, or how it was read.")
