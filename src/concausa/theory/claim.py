"""A claim: a sentence of the study that its evidence should bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest

KINDS = (
    "necessary",
    "sufficient",
    "jointly sufficient",
    "individually insufficient",
    "INUS",
    "substitution",
    "disjunction",
    "typology",
    "ordering",
    "sequence",
    "persistence",
    "feedback",
    "difference",
    "number",
    "level",
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
    cases: tuple[str, ...] = column(
        "words", "Cases in scope, as UNIT-PERIOD; empty means all that are compared."
    )
    conditions: tuple[str, ...] = column("refs", "Conditions it speaks of.", to=("conditions",))
    when: str = column(
        "text",
        "The set that the claim is about, such as EL*BQ*BC: what is necessary, sufficient, too little, or, "
        "in a substitution, what stands in.",
    )
    outcome: str = column("text", "The outcome claimed, such as Y=maximum or Y>=moderate.")
    under: str = column("text", "Only cases in this set are judged, such as INST>=consolidated.")
    part: str = column("text", "INUS: the condition that is the part; substitution: what is stood in for.")
    states: str = column(
        "text",
        "A sentence on cells, events or numbers, such as NL-1.BC < NL-2.BC, for claims that are no relation "
        "of sets.",
    )
    passages: tuple[str, ...] = column("refs", "Passages that make the claim.", to=("evidence",))
    place: str = column(
        "choice",
        "Part of the text that makes it.",
        allowed=("theory", "methods", "assessment", "cross-case", "conclusions"),
    )
    section: str = column("text", "The heading under which it stands.")
    footnotes: tuple[str, ...] = column("words", "Notes that support it.")
    note: str = column("text", "Tension with other passages, or how it was read.")


#: Fields that say formally what a claim states of sets.
FORMAL = ("when", "outcome", "under", "part")
#: How each of them, and ``states``, may look.
EXAMPLES: Mapping[str, str] = {
    "when": 'when = "EL*BQ*BC"',
    "outcome": 'outcome = "Y>=moderate"',
    "under": 'under = "INST>=consolidated"',
    "part": 'part = "EL"',
    "states": 'states = "NL-1.BC < NL-2.BC"',
}


@dataclass(frozen=True, slots=True)
class Form:
    """How claims of one kind are stated, where they are stated formally at all.

    Parameters
    ----------
    needs : tuple of str
        Fields that a relation of sets cannot do without; empty if the kind is no such relation, so that
        only ``states`` is left.
    may : tuple of str
        Fields that it may have beside them.
    """

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


_SETS = Form(("when", "outcome"), ("under",))
_WITH_PART = Form(("when", "outcome", "part"), ("under",))
_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(
        (
            "necessary",
            "sufficient",
            "jointly sufficient",
            "individually insufficient",
            "disjunction",
            "typology",
        ),
        _SETS,
    ),
    "INUS": _WITH_PART,
    "substitution": _WITH_PART,
}


def requires(kind: str) -> Form:
    """Which formal fields a claim of a kind needs and may have.

    Any claim may have ``states`` instead of these, never beside them, or no formal field at all: then it
    says nothing that can be tested.

    Raises
    ------
    OptionError
        If there is no such kind.

    Examples
    --------
    >>> requires("INUS").needs, requires("necessary").may, requires("ordering").needs
    (('when', 'outcome', 'part'), ('under',), ())
    """
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise OptionError(
            f"there is no kind of claim {kind!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}",
        )
    return _FORMS.get(kind, Form())
