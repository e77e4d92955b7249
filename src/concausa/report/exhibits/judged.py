"""The findings of a study and what they rest on, worked out once for all exhibits, pages and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from concausa.audit.findings.findings import Findings, findings
from concausa.audit.findings.footprint import Footprint, footprints
from concausa.audit.findings.lead import Lead
from concausa.audit.findings.limits import Limit, limits
from concausa.audit.findings.next_evidence import next_evidence
from concausa.audit.findings.one_sided import OneSided, one_sided
from concausa.audit.findings.rests_on import Drop, drops
from concausa.audit.findings.shared import Shared, shared_indicators
from concausa.audit.findings.single_points import SinglePoint, single_points
from concausa.report.held import Held
from concausa.study.study import Study


@dataclass(frozen=True, eq=False)
class Judged:
    """All that a report tells about the claims of a study.

    Parameters
    ----------
    found : Findings
    footprints, sided, limits : mappings by id of claim
    drops : tuple of Drop
        Every piece of evidence without which some finding is another.
    points : tuple of SinglePoint
    shared : tuple of Shared
    leads : tuple of Lead
        What, once known, would decide claims or put them to the test.
    """

    found: Findings
    footprints: Mapping[str, Footprint]
    drops: tuple[Drop, ...]
    points: tuple[SinglePoint, ...]
    sided: Mapping[str, OneSided]
    shared: tuple[Shared, ...]
    limits: Mapping[str, tuple[Limit, ...]]
    leads: tuple[Lead, ...]


def judged(study: Study) -> Judged | None:
    """The findings; None for a study without claims that have a formal statement."""
    if not any(claim.when or claim.states for claim in study.claims):
        return None
    return _judged(Held(study))


@lru_cache(maxsize=1)
def _judged(held: Held) -> Judged:
    study = held.study
    found = findings(study)
    stated = [finding for finding in found if finding.claim.when or finding.claim.states]
    dropped = drops(study, stated, base=found.worlds)
    sided = {finding.claim.id: one_sided(study, finding.claim) for finding in stated}
    return Judged(
        found,
        footprints(study),
        tuple(drop for drop in dropped if drop.changed),
        single_points(dropped),
        {id: one for id, one in sided.items() if one is not None},
        shared_indicators(study, stated),
        {finding.claim.id: limits(study, found.worlds, finding) for finding in stated},
        next_evidence(found),
    )
