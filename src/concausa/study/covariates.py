"""Covariates: each has one origin, names units and facts of the study, and says what its kind needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from concausa.core.date import Date
from concausa.core.errors import ConcausaError, DateError
from concausa.core.problem import Problem
from concausa.core.unit import Unit
from concausa.record.fact import Series
from concausa.registry.printed_sums import printed_sums
from concausa.registry.series import SeriesError, spelt_times, times_in
from concausa.study.completeness import FileReader, lies_outside
from concausa.study.references import Names
from concausa.study.rows import Rows


def covariate_problems(tables: Mapping[str, Rows], names: Names, read: FileReader) -> Iterator[Problem]:
    """What would keep a covariate from being read, a time that no unit has in its series among it."""
    if not names.broken.isdisjoint(("units", "facts")):
        return
    rows = tables["covariates"]
    for row, spec in enumerate(rows.nouns):
        if bool(spec.values) == bool(spec.series):
            yield rows.problem(
                row, "series", "wrong-covariate", "a covariate takes its values either from values or from a series",
                value=spec.series, fix="set one of the two",
            )  # fmt: skip
        if spec.series and not spec.time:
            yield rows.problem(
                row, "time", "wrong-covariate", "a covariate of a series needs a time",
                value=spec.time, fix='write the year, such as time = "2003"',
            )  # fmt: skip
        if spec.kind == "ordinal" and not spec.levels:
            yield rows.problem(
                row, "levels", "wrong-covariate", "an ordinal covariate needs its levels in rising order",
                value="", fix='write levels = ["low", "high"], or another kind',
            )  # fmt: skip
        try:
            printed_sums(spec.values, tables["units"].nouns, tables["facts"].nouns, "values", ConcausaError)
        except ConcausaError as error:
            value = "; ".join(spec.values)
            yield rows.problem(row, "values", "wrong-covariate", error.what, value=value, fix=error.fix)
    if "series" not in names.broken:
        yield from _lacking_times(rows, tables, read)


def _lacking_times(rows: Rows, tables: Mapping[str, Rows], read: FileReader) -> Iterator[Problem]:
    """Times of covariates at which their series has no value for any unit."""
    series, units = {one.id: one for one in tables["series"].nouns}, tables["units"].nouns
    known: dict[str, tuple[str, ...]] = {}
    for row, spec in enumerate(rows.nouns):
        for id, column in ((spec.series, "time"), (spec.series, "since"), (spec.per, "time")):
            asked = getattr(spec, column)
            if not asked or id not in series:
                continue
            if id not in known:
                known[id] = _times(series[id], units, read)
            if known[id] and not _has(known[id], asked, latest=spec.pick == "latest"):
                yield rows.problem(
                    row, column, "wrong-covariate", f"{id} has no value for any unit at {asked!r}",
                    value=asked, fix=f"it has {spelt_times(known[id])}",
                )  # fmt: skip


def _times(series: Series, units: Sequence[Unit], read: FileReader) -> tuple[str, ...]:
    """When a series has a value for a unit; empty where its file cannot be read, which is told elsewhere."""
    data = None if not series.file.strip() or lies_outside(series.file) else read(series.file)
    try:
        return () if data is None else times_in(series, data, units)
    except (SeriesError, ValueError):
        return ()


def _has(times: Sequence[str], asked: str, *, latest: bool) -> bool:
    try:
        window = Date.parse(asked)
        if "/" in asked:
            return all(str(year) in times for year in range(window.start.year, window.end.year + 1))
        return any(Date.parse(time).end <= window.end for time in times) if latest else asked in times
    except DateError:
        return asked in times
