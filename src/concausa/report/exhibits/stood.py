"""How rivals and rules stand in every world, worked out once for all exhibits and languages."""

from __future__ import annotations

from functools import lru_cache

from concausa.audit.rivals.rivals import Rivals, standings
from concausa.report.held import Held
from concausa.study.study import Study


def stood(study: Study) -> Rivals | None:
    """The standings; None for a study without rivals, without an outcome or without a case."""
    if not study.rivals or not study.settings.outcome:
        return None
    if not any(unit.role == "core" for unit in study.units) or not study.periods:
        return None
    return _stood(Held(study))


@lru_cache(maxsize=1)
def _stood(held: Held) -> Rivals:
    return standings(held.study)
