"""Shared signs: a condition and an outcome that are judged by one indicator, and a claim without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from concausa.audit.findings.falls import without
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import BOUND, SAMPLE, SEED
from concausa.audit.findings.rests_on import Changed, counted
from concausa.audit.worlds.worlds import Worlds, worlds
from concausa.expr.boolean import conditions_of, parse
from concausa.study.study import Study
from concausa.theory.claim import Claim
from concausa.theory.condition import Indicator


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim whose condition and outcome share an indicator.

    Parameters
    ----------
    claim, indicator : str
    condition, outcome : str
        What shares it: each is judged by it, or it is said to inform the other *also*.
    codings : tuple of str
        Codings that would fall if the sign did not count for the one that it belongs to.
    change : Changed
        The finding as it stands, and without the sign; the same where nothing hangs on it.
    """

    claim: str
    indicator: str
    condition: str
    outcome: str
    codings: tuple[str, ...]
    change: Changed

    @property
    def differs(self) -> bool:
        """Whether the finding is another without the sign."""
        return self.change.differs

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "indicator": self.indicator,
            "condition": self.condition,
            "outcome": self.outcome,
            "codings": list(self.codings),
            **self.change.data(),
        }


def shared_indicators(
    study: Study,
    findings: Iterable[Finding],
    *,
    bound: int = BOUND,
    sample: int = SAMPLE,
    seed: int = SEED,
) -> tuple[Shared, ...]:
    """Every claim on a condition and an outcome that share an indicator, worked out without that sign.

    Parameters
    ----------
    findings : iterable of Finding
        Those to look at, as *study* gives them.
    bound, sample, seed : int
        As for the findings.

    Notes
    -----
    Without a sign, its condition is coded from the passages that bear on its other signs. What the
    outcome rests on stays.
    """
    made: list[Shared] = []
    then: dict[str, tuple[Worlds, tuple[str, ...]]] = {}
    for finding in findings:
        claim = finding.claim
        for sign, condition, outcome in shares(study, claim):
            if sign.id not in then:
                after = without(study, "indicator", sign.id)
                kept = {row.id for row in after.codings}
                gone = tuple(row.id for row in study.codings if row.id not in kept)
                then[sign.id] = worlds(after), gone
            found, gone = then[sign.id]
            left = counted(found, claim, bound=bound, sample=sample, seed=seed)
            change = Changed(claim.id, finding.counts, left, finding.sampled is not None, paired=False)
            made.append(Shared(claim.id, sign.id, condition, outcome, gone, change))
    return tuple(made)


def shares(study: Study, claim: Claim) -> tuple[tuple[Indicator, str, str], ...]:
    """The indicators that a claim's condition and outcome share, each with the two."""
    if not (claim.when and claim.outcome):
        return ()
    conditions = [name for text in (claim.when, claim.part) if text for name in conditions_of(parse(text))]
    outcomes = conditions_of(parse(claim.outcome))
    return tuple(
        (sign, condition, outcome)
        for condition in dict.fromkeys(conditions)
        for outcome in outcomes
        if condition != outcome
        for sign in study.indicators
        if {condition, outcome} <= {sign.condition, *sign.also}
    )
