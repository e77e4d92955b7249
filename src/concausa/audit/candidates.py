"""The candidates of a study: every unit with the covariates that the study declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from concausa.core.errors import DataError
from concausa.record.covariate import CovariateSpec
from concausa.registry.printed_sums import printed_sums
from concausa.registry.unit_values import Asked, UnitValues
from concausa.selection.candidates import Candidates, Kind, Role, covariate
from concausa.study.study import Study


class CandidateError(DataError):
    """Covariates of a study that cannot be read, or that leave nothing to compare."""


def candidates_of(study: Study) -> Candidates:
    """Every unit of a study, core cases first as the study lists them, with its covariates.

    Raises
    ------
    CandidateError
        If the study declares no covariates, or a series says nothing of any unit.
    SeriesError
        If a data file cannot be read.
    DataError
        If a value does not suit the kind of its covariate.

    Examples
    --------
    >>> from concausa.study.study import Study
    >>> found = candidates_of(Study.load("prosoft"))
    >>> len(found.units), found.covariate("party").text(found.place("NL"))
    (32, 'pri')
    """
    if not study.covariates:
        raise CandidateError(
            "the study declares no covariates",
            where=study.settings.id,
            fix="write what units are compared by as [[covariates]] in study.toml",
        )
    folder = study.origin.folder
    if folder is None and any(spec.series for spec in study.covariates):
        raise CandidateError(
            "covariates of a series need the study's folder",
            where=study.settings.id,
            fix="save the study to a folder",
        )
    reader = UnitValues(study.units, study.series, cast("Any", folder), CandidateError)
    units = tuple(unit.id for unit in study.units)
    own = []
    for spec in study.covariates:
        cells = _cells(study, spec, reader)
        own.append(
            covariate(
                spec.id,
                [cells.get(unit) for unit in units],
                units,
                kind=cast("Kind", spec.kind),
                role=cast("Role", spec.role),
                levels=spec.levels,
                label=spec.label,
                measured_in=spec.measured_in,
            )
        )
    return Candidates(units, tuple(own), {unit.id: unit.name for unit in study.units})


def rival_causes(study: Study) -> tuple[str, ...]:
    """The covariates that are causes of a rival explanation and by which units are matched."""
    return tuple(spec.id for spec in study.covariates if spec.rival and spec.role in ("match", "exact"))


def _cells(study: Study, spec: CovariateSpec, reader: UnitValues) -> Mapping[str, Any]:
    where = f"covariates {spec.id}"
    if spec.values:
        sums = printed_sums(spec.values, study.units, study.facts, f"{where}, values", CandidateError)
        return {unit: None if value is None else float(value) for unit, (value, _) in sums.items()}
    asked = Asked(
        spec.series, spec.time, spec.since, spec.per, spec.times, spec.pick == "latest", spec.withheld
    )
    if spec.kind == "category" or spec.levels:
        return reader.words(asked, where)
    return {unit: float(value) for unit, value in reader.numbers(asked, where).items()}
