"""Findings told: as lines for a terminal or a memo, and as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import WORDS, Finding, Formula, Term
from concausa.audit.findings.lead import Lead
from concausa.core.caveat import Caveat
from concausa.core.large import counted, legible

#: Equally good formulas that lines show; JSON has all that are listed.
SHOWN = 3

#: Findings in the order in which a reader wants them.
ORDER = (
    "supported in every world",
    "supported in every world drawn",
    "supported wherever testable",
    "supported wherever testable in the draw",
    "depends on the reading",
    "contradicted wherever testable",
    "contradicted wherever testable in the draw",
    "contradicted in every world",
    "contradicted in every world drawn",
    "not testable",
)

#: What no reader of shares should overlook.
NO_PROBABILITY = Caveat.of(
    "no probability",
    "A share of worlds counts readings that the study admits; it is no probability that a claim is true.",
)


def data(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON values, with its claim in words and in formal words."""
    claim = finding.claim
    told = {"claim": claim.id, "kind": claim.kind, "text": claim.text, "statement": statement(finding)}
    return told | finding.data()


def statement(finding: Finding) -> str:
    """The claim in the formal words of the study, on one line; empty where it has none.

    ``EL <= Y=maximum`` for what is necessary, ``=>`` for what is sufficient, ``=/>`` for what is not.
    """
    claim = finding.claim
    if claim.states:
        return claim.states
    if not claim.when:
        return ""
    arrow = {"necessary": "<=", "disjunction": "<=", "individually insufficient": "=/>"}.get(claim.kind, "=>")
    said = f"{claim.when} {arrow} {claim.outcome}"
    if claim.part:
        said += f", {'instead of' if claim.kind == 'substitution' else 'part'} {claim.part}"
    if claim.under:
        said += f", where {claim.under}"
    return said


def share(value: Fraction) -> str:
    """A share as a percentage that is never rounded to none or all.

    Examples
    --------
    >>> share(Fraction(1, 3)), share(Fraction(1, 10**6)), share(Fraction(1))
    ('33.3 %', 'under 0.1 %', '100 %')
    """
    if value in (0, 1):
        return f"{int(value * 100)} %"
    if value < Fraction(1, 1000):
        return "under 0.1 %"
    if value > Fraction(999, 1000):
        return "over 99.9 %"
    return f"{round(float(value * 100), 1):g} %"


def bar(finding: Finding, width: int = 20) -> str:
    """Shares as a bar of letters: ``+`` supported, ``-`` contradicted, ``.`` not testable.

    Whatever occurs has at least one letter.
    """
    counts = [finding.count(word) for word in WORDS]
    letters = [max(1, round(width * count / finding.total)) if count else 0 for count in counts]
    letters[letters.index(max(letters))] += width - sum(letters)
    return "".join(letter * number for letter, number in zip("+-.", letters, strict=True))


def lines(finding: Finding) -> Iterator[str]:
    """A finding in full, as sentences; a caller wraps them."""
    claim = finding.claim
    yield f"{claim.id} ({claim.kind}): {claim.text}"
    if said := statement(finding):
        yield f"Formally: {said}"
    if not has_statement(finding):
        yield "No formal statement: only passages speak for it or against it."
        return
    yield f"Finding: {finding.word}"
    if alike := everywhere(finding):
        yield f"  {alike}"
    for word in () if alike else WORDS:
        if count := finding.count(word):
            reasons = "; ".join(_reasons(finding)) if word == "not testable" else ""
            yield (
                f"  {word} in {count:,} of {finding.total:,} {'worlds drawn' if finding.sampled else 'worlds'} "
                f"({share(finding.share_of(word))}){f': {reasons}' if reasons else ''}"
            )
    yield f"In the study's own reading: {worded(finding.baseline)}"
    for word, formula in finding.formulas.items():
        yield from _formula(word, formula)
    if finding.influences:
        top = finding.influences[0].share
        first = [one for one in finding.influences if one.share == top]
        names = "; ".join(str(one.choice.label) for one in first)
        yield (
            f"Matters most: {names} (of all ways to settle the other points, the verdict depends on it in "
            f"{share(top)})"
        )
    if finding.overturning:
        yield "Smallest change of the study's own reading:"
        for change in finding.overturning[:SHOWN]:
            yield f"  {in_one_line(Term(change.literals))} -> {worded(change.verdict)}"
        if len(finding.overturning) > SHOWN:
            yield f"  and {len(finding.overturning) - SHOWN} more"
    elif finding.sampled is None:
        yield "No change of readings gives another verdict."
    for caveat in finding.caveats:
        yield f"Note: {legible(str(caveat))}"


def everywhere(finding: Finding) -> str:
    """``supported in all 576 worlds; no open choice makes a difference``, of a claim that turns on none."""
    if finding.total > 1 or finding.sampled is not None:
        return ""
    if finding.worlds == 1:
        return f"{worded(finding.baseline)} in the only world; nothing is open"
    return f"{worded(finding.baseline)} in all {counted(finding.worlds)} worlds; no open choice makes a difference"


def worded(verdict: Verdict) -> str:
    """``supported``, or ``not testable (no case)``."""
    return f"{verdict.word} ({verdict.reason})" if verdict.reason else verdict.word


def has_statement(finding: Finding) -> bool:
    """Whether the claim has a formal statement that worlds can decide."""
    return set(finding.counts) != {Verdict.NO_STATEMENT}


def tally(found: Iterable[Finding]) -> dict[str, int]:
    """How many claims have each finding, in the order in which a reader wants them."""
    words = [one.word for one in found]
    return {word: words.count(word) for word in ORDER if word in words}


def _reasons(finding: Finding) -> Iterator[str]:
    ranked = sorted(finding.counts.items(), key=lambda item: (-item[1], item[0]))
    for verdict, number in ranked:
        if verdict.reason:
            yield f"{verdict.reason} {number:,}"


def exactly(word: str, formula: Formula) -> str:
    """``supported exactly when``; with *one of these holds* where the formula has several terms."""
    lead = "where it can be tested, supported" if word == "decides" else word
    return f"{lead} exactly when{' one of these holds' if len(formula.terms) > 1 else ''}"


def _formula(word: str, formula: Formula) -> Iterator[str]:
    if not formula.models:
        return
    lead = exactly(word, formula)
    yield f"{lead[:1].upper()}{lead[1:]}:"
    for number, terms in enumerate(formula.models[:SHOWN]):
        if number:
            yield f"Or, as short and saying the same ({number + 1} of {formula.count:,}):"
        for term in terms:
            yield f"  {'- ' if len(terms) > 1 else ''}{in_one_line(term)}"
    if (more := formula.count - SHOWN) > 0:
        yield f"  and {more:,} more formulas that are as good"


def in_one_line(term: Term) -> str:
    """The literals of a term, separated by semicolons, since an option may hold the word *and*."""
    return "; ".join(literal.text() for literal in term.literals) or "always"


#: Leads of one kind that an overview names.
LEADS_SHOWN = 3

_TO_SETTLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cells, numbers and dates to settle", ("cell", "number", "empty cell", "date")),
    ("new cases", ("case",)),
    ("conventions to argue", ("convention",)),
)


def lead_lines(leads: Sequence[Lead], shown: int = LEADS_SHOWN, *, every: bool = False) -> Iterator[str]:
    """The leads that decide most, group by group, as sentences; a caller wraps them.

    Parameters
    ----------
    every : bool
        Whether to tell all leads, each with every claim on which it bears; else the first *shown*, with the
        claims that they decide in any event.
    """
    for title, kinds in _TO_SETTLE:
        own = [lead for lead in leads if lead.kind in kinds]
        if own:
            yield f"Next best evidence, {title}:"
        for lead in own if every else own[:shown]:
            bears = (
                (lead.decides, "decides {n} in any event"),
                (lead.may_decide, "may decide {n}"),
                (lead.endangers, "tests {n}"),
            )
            if every:
                yield f"  {lead.label}{filled(lead)}:"
                yield from (f"    {text.format(n=len(ids))}: {', '.join(ids)}" for ids, text in bears if ids)
                continue
            named = f" ({', '.join(lead.decides)})" if lead.decides else ""
            told = [text.format(n=len(ids)) for ids, text in bears if ids]
            told[0] += named
            yield f"  {lead.label}{filled(lead)}: {', '.join(told)}"
        if len(own) > shown and not every:
            yield f"  and {len(own) - shown} more; --all tells every one"


def filled(lead: Lead) -> str:
    """`` (as NL-1)``, where cases are in the row of a new case already; else nothing."""
    return f" (as {', '.join(lead.filled)})" if lead.filled else ""
