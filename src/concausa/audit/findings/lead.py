"""A lead: something that, once known, would decide claims that are open now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from concausa.audit.findings.finding import phrase
from concausa.core.caveat import Caveat
from concausa.core.table import Link

#: Kinds of leads: an open cell; a number that may be read in several ways; a cell that nobody coded; an event
#: without a date; a new case in some row of the property space; a convention that no evidence settles, only an
#: argument.
KINDS = ("cell", "number", "empty cell", "date", "case", "convention")

Kind = Literal["cell", "number", "empty cell", "date", "case", "convention"]

#: Findings that say the same of every world that can test the claim.
AGREED = {
    phrase(words, drawn=drawn): word
    for word in ("supported", "contradicted")
    for words in ({word}, {word, "not testable"})
    for drawn in (False, True)
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may turn out.

    Parameters
    ----------
    label : Caveat
    words : mapping of claim to str
        What each claim on which the lead bears is then worth: the phrase of its finding.
    """

    label: Caveat
    words: Mapping[str, str]

    def verdict(self, claim: str) -> str:
        """``supported`` or ``contradicted`` where all worlds that can test the claim say so; else empty."""
        return AGREED.get(self.words.get(claim, ""), "")


@dataclass(frozen=True, slots=True)
class Lead:
    """Something that may be looked for, and what each way in which it may turn out would decide.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    id : str
        The open choice, cell, event, or row of the property space (``EL*~BQ*~BC``).
    label : Caveat
        What is looked for.
    ways : tuple of Way
    before : mapping of claim to str
        The finding of each claim on which it bears, as things are.
    row : mapping of condition to 0 or 1
        Of a new case: its row. Empty for other kinds.
    filled : tuple of str
        Of a new case: cases that are in its row already, as the study itself is read.
    link : Link or None
        Where the study speaks of it.
    """

    kind: Kind
    id: str
    label: Caveat
    ways: tuple[Way, ...]
    before: Mapping[str, str]
    row: Mapping[str, int] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    link: Link | None = None

    @property
    def decides(self) -> tuple[str, ...]:
        """Claims that are open, and decided in whichever way it turns out."""
        return self._decided(all)

    @property
    def may_decide(self) -> tuple[str, ...]:
        """Claims that are open, and decided if it turns out in some ways, but not in all."""
        return tuple(id for id in self._decided(any) if id not in self.decides)

    @property
    def endangers(self) -> tuple[str, ...]:
        """Claims that are decided as things are, and are contradicted somewhere if it turns out in some way.

        A test that a claim has still to pass. Only a new case, a cell that was empty or a date can do this: to
        settle what is open leaves worlds out and adds none.
        """
        return tuple(
            id
            for id, word in self.before.items()
            if AGREED.get(word) == "supported"
            and any(
                way.verdict(id) == "contradicted" or way.words.get(id) == "depends on the reading"
                for way in self.ways
            )
        )

    @property
    def bears_on(self) -> tuple[str, ...]:
        """Every claim that it decides, may decide or endangers."""
        found = {*self.decides, *self.may_decide, *self.endangers}
        return tuple(id for id in self.before if id in found)

    def outcomes(self, claim: str) -> tuple[tuple[str, tuple[Caveat, ...]], ...]:
        """What a claim is then worth, each phrase once, with the ways that make it so."""
        found: dict[str, list[Caveat]] = {}
        for way in self.ways:
            found.setdefault(way.words[claim], []).append(way.label)
        return tuple((word, tuple(labels)) for word, labels in found.items())

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "kind": self.kind,
            "id": self.id,
            "label": str(self.label),
            "filled": list(self.filled),
            "decides": list(self.decides),
            "may_decide": list(self.may_decide),
            "endangers": list(self.endangers),
            "ways": [{"label": str(way.label), "findings": dict(way.words)} for way in self.ways],
        }

    def _decided(self, every: Any) -> tuple[str, ...]:
        return tuple(
            id
            for id, word in self.before.items()
            if word not in AGREED and every(bool(way.verdict(id)) for way in self.ways)
        )


def ranked(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """Those that bear on any claim; first what decides most in whichever way, then what may, then what tests."""
    bearing = [lead for lead in leads if lead.bears_on]
    return tuple(
        sorted(
            bearing,
            key=lambda lead: (-len(lead.decides), -len(lead.may_decide), -len(lead.endangers)),
        )
    )
