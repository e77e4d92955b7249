"""Grounds: all that a finding rests on, and what it does not show, gathered for one claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from concausa.audit.findings.finding import WORDS, Finding
from concausa.audit.findings.findings import Findings
from concausa.audit.findings.lead import Lead
from concausa.audit.findings.limits import Limit, limits
from concausa.audit.findings.next_evidence import leads_of, next_evidence
from concausa.audit.findings.one_sided import OneSided, one_sided
from concausa.audit.findings.rests_on import Changed, Counts, Drop, drops
from concausa.audit.findings.shared import Shared, shared_indicators
from concausa.audit.findings.telling import filled, has_statement, share

#: Pieces of evidence that lines name one by one.
NAMED = 8


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind one finding.

    Parameters
    ----------
    finding : Finding
    drops : tuple of Drop
        The pieces of evidence without which the finding is another.
    one_sided : OneSided or None
        Where interviews of one side only speak.
    shared : tuple of Shared
        Signs that a condition and the outcome of the claim share.
    limits : tuple of Limit
        What may not be claimed.
    leads : tuple of Lead
        What, once known, would decide the claim or put it to the test.
    """

    finding: Finding
    drops: tuple[Drop, ...]
    one_sided: OneSided | None
    shared: tuple[Shared, ...]
    limits: tuple[Limit, ...]
    leads: tuple[Lead, ...] = ()

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "drops": [
                drop.data() | {"changed": [self._change(drop).data()], "decisive": self.decisive(drop)}
                for drop in self.drops
            ],
            "one_sided": None
            if self.one_sided is None
            else {
                "claim": self.one_sided.whole.data(),
                "cells": [cell.data() for cell in self.one_sided.cells],
            },
            "shared": [one.data() for one in self.shared],
            "limits": [limit.said.data() for limit in self.limits],
            "next": [lead.data() for lead in self.leads],
        }

    def decisive(self, drop: Drop) -> bool:
        """Whether without this piece no world supports, or contradicts, the claim, and some did."""
        change = self._change(drop)
        return any(change.lost(word) for word in ("supported", "contradicted"))

    def lines(self, *, every: bool = False) -> Iterator[str]:
        """The grounds as sentences, an empty line between their parts; a caller wraps them.

        Parameters
        ----------
        every : bool
            Whether to name every piece of evidence and every lead; else the first few of each part.
        """
        parts = (self._pieces(every), self._sides(), self._shared(), self._limits(), self._leads(every))
        told = [lines for lines in map(tuple, parts) if lines]
        for number, lines in enumerate(told):
            yield from ("", *lines) if number else lines

    def _pieces(self, every: bool) -> Iterator[str]:
        """What the finding falls or changes with."""
        decisive = [drop for drop in self.drops if self.decisive(drop)]
        others = [drop for drop in self.drops if drop not in decisive]
        for heading, found in (
            ("Single points of failure, without which a verdict is lost:", decisive),
            ("Changes without:", others),
        ):
            if not found:
                continue
            if decisive and found is others:
                yield ""
            yield heading
            shown = found if every else found[:NAMED]
            yield from (f"  {drop.kind} {drop.id}{self._without(drop)}" for drop in shown)
            if len(found) > len(shown):
                yield f"  and {len(found) - len(shown)} more; --all names all"
        if not self.drops and has_statement(self.finding):
            yield "No single source, interview, passage, coder, case or indicator changes this finding."

    def _without(self, drop: Drop) -> str:
        """`` (the text that was coded): no world supports it any more (supported 100 % -> 0 %, …)``."""
        change = self._change(drop)
        own = " (the text that was coded)" if drop.own else ""
        moved = shift(change.before, change.after) + (" of the worlds drawn" if change.drawn else "")
        verbs = {"supported": "supports", "contradicted": "contradicts"}
        lost = " or ".join(verb for word, verb in verbs.items() if change.lost(word))
        return f"{own}: no world {lost} it any more ({moved})" if lost else f"{own}: {moved}"

    def _sides(self) -> Iterator[str]:
        """Where interviews of one side only speak."""
        if self.one_sided is None:
            return
        whole = self.one_sided.whole
        if whole.side is not None:
            beside = "no document beside them" if whole.alone else "documents stand beside them"
            yield f"All interviews behind it are from one side: {whole.side}; {beside}."
        if self.one_sided.cells:
            yield "Cells of which only one side was interviewed:"
        for cell in self.one_sided.cells:
            yield f"  {cell.of}: {cell.side} interviews only" + (", no document" if cell.alone else "")

    def _shared(self) -> Iterator[str]:
        """Signs that a condition and the outcome share."""
        for one in self.shared:
            yield (
                f"{one.condition} and {one.outcome} share the sign {one.indicator}; without it: "
                f"{shift(one.change.before, one.change.after)}"
            )

    def _limits(self) -> Iterator[str]:
        """What may not be claimed."""
        if self.limits:
            yield "What may not be claimed, or only with care:"
            for limit in self.limits:
                yield f"  {limit.said}"

    def _leads(self, every: bool) -> Iterator[str]:
        """What to look for."""
        if self.leads:
            yield "What would decide it, or put it to the test:"
            shown = self.leads if every else self.leads[:NAMED]
            for sought in shown:
                told = "; ".join(
                    f"{' or '.join(map(str, labels))} -> {word}"
                    for word, labels in sought.outcomes(self.finding.claim.id)
                )
                yield f"  {sought.label}{filled(sought)}: {told}"
            if len(self.leads) > len(shown):
                yield f"  and {len(self.leads) - len(shown)} more; --all names all"

    def _change(self, drop: Drop) -> Changed:
        return next(change for change in drop.changed if change.claim == self.finding.claim.id)


def grounds(found: Findings, chosen: Sequence[Finding] | None = None) -> tuple[Grounds, ...]:
    """The grounds of some findings, or of all, as the study gives them."""
    study, within = found.worlds.study, found.worlds
    wanted = tuple(found.findings if chosen is None else chosen)
    fallen = drops(study, wanted, base=within)
    shared = shared_indicators(study, wanted)
    leads = next_evidence(found, [finding.claim.id for finding in wanted])
    return tuple(
        Grounds(
            finding,
            tuple(drop for drop in fallen if any(change.claim == id for change in drop.changed)),
            one_sided(study, finding.claim),
            tuple(one for one in shared if one.claim == id),
            limits(study, within, finding),
            leads_of(found, leads, id),
        )
        for finding in wanted
        for id in (finding.claim.id,)
    )


def shift(before: Counts, after: Counts) -> str:
    """How the shares move: ``supported 33.3 % -> 0 %``; ``the same`` where none does.

    Examples
    --------
    >>> from concausa.audit.claims.verdict import Verdict
    >>> shift({Verdict.SUPPORTED: 1, Verdict.NO_CASE: 1}, {Verdict.SUPPORTED: 3})
    'supported 50 % -> 100 %, not testable 50 % -> 0 %'
    """
    moved = [
        f"{word} {share(old)} -> {share(new)}"
        for word in WORDS
        for old, new in ((_of(before, word), _of(after, word)),)
        if old != new
    ]
    if moved:
        return ", ".join(moved)
    return "the same shares, for other reasons" if _reasons(before) != _reasons(after) else "the same"


def _of(counts: Counts, word: str) -> Fraction:
    return Fraction(
        sum(number for verdict, number in counts.items() if verdict.word == word), sum(counts.values())
    )


def _reasons(counts: Counts) -> dict[str, Fraction]:
    return {
        verdict.reason: Fraction(number, sum(counts.values()))
        for verdict, number in counts.items()
        if verdict.reason
    }
