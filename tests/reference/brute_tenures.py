"""Who held an office in a year, day by day: the slow way."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from concausa.record.tenure import Tenure, holders


def holders_day_by_day(terms: Sequence[Tenure], year: int) -> set[Tenure]:
    """Those who may have held it for at least as many days as anybody else held it beyond doubt."""
    day, may, alone, nobody = datetime.date(year, 1, 1), Counter[Tenure](), Counter[Tenure](), 0
    while day.year == year:
        here = holders(terms, day)
        nobody += not here
        may.update(here)
        if len(here) == 1:
            alone.update(here)
        day += datetime.timedelta(days=1)
    return {
        held
        for held, days in may.items()
        if days >= nobody and all(days >= alone[other] for other in terms if other != held)
    }
