"""The next best evidence: what to look for, since it would decide most claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import BOUND, SAMPLE, SEED, Findings, Scope
from concausa.audit.findings.gaps import empty_cells, undated
from concausa.audit.findings.lead import Kind, Lead, Way, ranked
from concausa.audit.findings.mentions import mentions
from concausa.audit.findings.new_case import case_in, new_cases
from concausa.audit.findings.supposed import settled
from concausa.audit.worlds.worlds import Worlds

#: The kinds of choices that evidence can settle.
_KINDS: Mapping[str, Kind] = {"cell": "cell", "number": "number"}


def next_evidence(
    found: Findings,
    claims: Sequence[str] | None = None,
    *,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
) -> tuple[Lead, ...]:
    """What, once known, would decide the claims of a study: the lead that decides most comes first.

    A claim is *decided* where every world that can test it says the same, and some world can. A lead is
    an open cell, settled; a cell that claims read and nobody coded, coded at each of its levels; an event
    without a date, dated to each year of the study; a new case, clear in every set, in each row of the
    property space and with each level of the outcome; and a convention, such as the measure of the
    outcome, which no evidence settles.

    Parameters
    ----------
    found : Findings
        The findings of the study.
    claims : sequence of str, optional
        Only what decides these.
    bound, sample, seed : int
        As for the findings. Of a claim whose worlds are drawn, what is told holds of the worlds drawn.

    Returns
    -------
    tuple of Lead
        Only those that bear on some claim.
    """
    scope = Scope(bound, sample, seed)
    stated = [
        one
        for one in (found if claims is None else map(found.of, dict.fromkeys(claims)))
        if Verdict.NO_STATEMENT not in one.counts
    ]
    return ranked(
        (
            *_settled(found.worlds, stated, scope),
            *empty_cells(found.worlds, stated, scope),
            *undated(found.worlds, stated, scope),
            *new_cases(found.worlds, stated, scope),
        )
    )


def leads_of(found: Findings, leads: Sequence[Lead], claim: str) -> tuple[Lead, ...]:
    """The leads that bear on one claim, told of that claim alone.

    Rows of new cases are told in the conditions that the claim reads; rows that then are one are told once.
    """
    read = set(mentions(found.worlds.study, found.of(claim).claim).conditions)
    own: dict[tuple[str, str], Lead] = {}
    for lead in leads:
        if claim in lead.before:
            ways = tuple(Way(way.label, {claim: way.words[claim]}) for way in lead.ways)
            alone = replace(lead, ways=ways, before={claim: lead.before[claim]})
            row = {name: value for name, value in lead.row.items() if name in read}
            if alone.bears_on:
                told = case_in(found.worlds, row, ways, alone.before) if row else alone
                own.setdefault((told.kind, told.id), told)
    return ranked(own.values())


def _settled(worlds: Worlds, stated: Sequence[Finding], scope: Scope) -> Iterator[Lead]:
    """Every open choice, settled in each of its ways."""
    words = {one.claim.id: settled(worlds, one.claim, scope).words for one in stated if one.turned}
    for place, choice in enumerate(worlds.space.choices):
        before = {one.claim.id: one.word for one in stated if place in one.turned}
        ways = tuple(
            Way(option.label, {id: words[id][place][nth] for id in before})
            for nth, option in enumerate(choice.options)
        )
        kind = _KINDS.get(choice.kind, "convention")
        yield Lead(kind, choice.id, choice.label, ways, before, link=choice.link)
