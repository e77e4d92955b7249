"""Other readings of a study: another boundary between its periods, another level map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from concausa.audit.dynamic_bands import coded_bands, period_years
from concausa.audit.dynamic_levels import Levels
from concausa.audit.dynamic_study import StudyDynamics, study_dynamics
from concausa.core.errors import OptionError
from concausa.dynamics.band import Band
from concausa.dynamics.elsewhere import coded_in
from concausa.dynamics.model import Model
from concausa.dynamics.setting import Setting
from concausa.study.study import Study

Reading = tuple[Model, Setting, Sequence[Band]]


def other_readings(
    study: Study,
    dynamics: StudyDynamics,
    *,
    level_map: str | None = None,
    boundary: int | None = None,
    readings: Mapping[str, str] | None = None,
) -> dict[str, Reading]:
    """The same model held against the study read otherwise, by the name of the reading.

    The boundary between two periods lies a year earlier and a year later; every other level map is used. A reading
    that changes nothing is left out.
    """
    found: dict[str, Reading] = {}
    for name, options in _options(study, level_map, boundary):
        try:
            other = study_dynamics(study, dynamics.model.name, readings=readings, **options)
        except OptionError:
            continue
        if (other.setting, other.bands) != (dynamics.setting, dynamics.bands):
            found[name] = (dynamics.model, other.setting, other.bands)
    return found


def _options(
    study: Study, level_map: str | None, boundary: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    spans = sorted(period_years(study, boundary).values(), key=lambda span: span.start)
    if len(spans) == 2:
        for year in (spans[0].stop - 2, spans[0].stop):
            yield f"first period until {year}", {"boundary": year, "level_map": level_map}
    for row in study.level_maps:
        if row.id != level_map:
            yield f"level map {row.id}", {"boundary": boundary, "level_map": row.id}


def coded_elsewhere(
    study: Study,
    dynamics: StudyDynamics,
    *,
    level_map: str | None = None,
    boundary: int | None = None,
    readings: Mapping[str, str] | None = None,
) -> tuple[dict[str, tuple[str, ...]], tuple[Band, ...]]:
    """What is coded of units that had no part in the matching: inputs of each, and bands of its stocks.

    Coded is an input that stands for a condition and of which not every value is tried; the dates of a programme say
    nothing of a unit. Bands come from coded levels and from rows of ``bands``.
    """
    setting, model = dynamics.everywhere, dynamics.model
    graded = {part.name for part in model.inputs if part.condition}
    coded = {
        unit: tuple(name for name in coded_in(setting, unit) if name in graded) for unit in dynamics.elsewhere
    }
    levels = Levels(study, level_map or "", readings or {})
    periods = period_years(study, boundary)
    found = [
        band
        for row in study.dynamic_quantities
        if row.model == model.name and row.kind == "stock" and row.condition
        for band in coded_bands(
            row, dynamics.elsewhere, periods, range(setting.first, setting.last + 1), levels
        )
    ]
    return coded, (*(one for one in found if isinstance(one, Band)), *dynamics.foretold)
