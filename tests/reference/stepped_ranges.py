"""The slow and obvious range: calibrate, tabulate and minimise anew at every value that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concausa.core.errors import ConcausaError, DataError
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table
from concausa.sets.calibrate import calibrate
from concausa.sets.moved import anchor_labels


def models_at(
    raw: Mapping[str, Sequence[float]],
    calibrations: Mapping[str, Mapping[str, Any]],
    options: Mapping[str, Any],
    parameter: tuple[str, str],
    value: float,
) -> tuple[str, ...] | None:
    """The models with one parameter at *value*; none where no row is positive, None where it cannot be there."""
    column, name = parameter
    given = {key: dict(one) for key, one in calibrations.items()}
    analysis = dict(options)
    if column:
        first = calibrate(raw[column], **given[column])
        key = "anchors" if first.anchors.shape else "thresholds"
        values = list(first.anchors.values)
        values[anchor_labels(first.anchors).index(name)] = value
        given[column][key] = values
    else:
        analysis[name] = int(value) if name == "frequency" else value
    solution = analysis.pop("solution")
    try:
        frame = {
            key: calibrate(values, **given[key]).memberships if key in given else values
            for key, values in raw.items()
        }
        levels = {
            key: len(one["thresholds"]) + 1
            for key, one in given.items()
            if one.get("method") == "multi-value"
        }
        return tuple(
            model.expression
            for model in minimize(truth_table(frame, levels=levels, **analysis), solution=solution).models
        )
    except DataError:
        return ()
    except ConcausaError:
        return None
