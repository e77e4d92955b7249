"""How the cases of a study were chosen, worked out once for all exhibits and languages."""

from __future__ import annotations

from functools import lru_cache

from concausa.audit.case_choice import CaseChoice, select
from concausa.core.errors import ConcausaError, DataError, DateError
from concausa.registry.series import SeriesError
from concausa.report.held import Held
from concausa.study.study import Study


def chosen(study: Study) -> CaseChoice | ConcausaError | None:
    """The choice of cases, or what keeps it from being told.

    None for a study without covariates to match, or with fewer than 2 units.
    """
    if len(study.units) < 2 or not any(row.role == "match" for row in study.covariates):
        return None
    return _chosen(Held(study))


@lru_cache(maxsize=1)
def _chosen(held: Held) -> CaseChoice | ConcausaError:
    try:
        return select(held.study)
    except (DataError, SeriesError, DateError) as error:
        return error
