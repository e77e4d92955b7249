"""The findings of the audit of numbers, which several exhibits of one report show."""

from __future__ import annotations

from functools import lru_cache

from concausa.audit.numbers import NumberFinding, audit_numbers
from concausa.report.held import Held
from concausa.study.study import Study


def audited(study: Study) -> tuple[NumberFinding, ...]:
    """A finding for each check of a study, computed once for all exhibits in all languages."""
    return _audited(Held(study))


@lru_cache(maxsize=1)
def _audited(held: Held) -> tuple[NumberFinding, ...]:
    return audit_numbers(held.study)
