"""Maps: boundaries that can be read, and values that name units and facts of the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.problem import Problem
from concausa.registry.territory import MapError, outlines, shades
from concausa.study.completeness import FileReader, lies_outside
from concausa.study.references import Names
from concausa.study.rows import Rows


def map_problems(tables: Mapping[str, Rows], names: Names, read: FileReader) -> Iterator[Problem]:
    """What would keep a map from being drawn; the numbers of a series are read when it is drawn."""
    if not names.broken.isdisjoint(("units", "facts")):
        return
    maps, units = tables["maps"], tables["units"].nouns
    for row, spec in enumerate(maps.nouns):
        if not spec.geometry or not spec.key or not spec.unit_code:
            continue
        data = None if lies_outside(spec.geometry) else read(spec.geometry)
        try:
            if data is not None:
                outlines(spec, units, data)
        except MapError as error:
            yield maps.problem(row, "key", "wrong-map", error.what, value=spec.key, fix=error.fix)
        try:
            if spec.values or not spec.series:
                shades(spec, units, tables["facts"].nouns, (), None)
        except MapError as error:
            value = "; ".join(spec.values)
            yield maps.problem(row, "values", "wrong-map", error.what, value=value, fix=error.fix)
