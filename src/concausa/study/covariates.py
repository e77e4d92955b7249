"""Covariates: each has one origin, names units and facts of the study, and says what its kind needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.errors import ConcausaError
from concausa.core.problem import Problem
from concausa.registry.printed_sums import printed_sums
from concausa.study.references import Names
from concausa.study.rows import Rows


def covariate_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """What would keep a covariate from being read; the files of series are read when units are compared."""
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
