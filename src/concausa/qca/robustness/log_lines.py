"""What a log tells of an analysis: its settings and its result, never a case by name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.qca.analysis import Analysis
    from concausa.qca.solution import Solution

#: Settings that are not told: names of cases, and what the key says already.
_UNTOLD = ("cases", "key", "label", "why")
#: Most models that a line of the log lists.
LISTED = 20


def settings_of(analysis: Analysis) -> dict[str, Any]:
    """How an analysis was done, as plain JSON values; of its cases only how many there are."""
    told = {name: value for name, value in analysis.settings().items() if name not in _UNTOLD and value}
    told["calibrations"] = {
        name: {
            "method": one["method"],
            "anchors": dict(zip(_labels(one["anchors"]), one["anchors"]["values"], strict=True)),
        }
        for name, one in told.get("calibrations", {}).items()
    }
    return {**told, "n": len(analysis.cases)}


def result_of(solution: Solution | None, nothing: str = "") -> dict[str, Any]:
    """What came out, as plain JSON values: models with the fit of the first, or why there is none."""
    if solution is None or not solution.models:
        return {"formulas": [], "reason": nothing or "no model was found within the bound"}
    first = solution.models[0]
    return {
        "formulas": [model.expression for model in solution.models[:LISTED]],
        "n_models": solution.n_models,
        "consistency": _number(first.consistency),
        "coverage": _number(first.coverage),
    }


def result_of_formulas(models: Sequence[str], n_models: int, **more: Any) -> dict[str, Any]:
    """The same from texts, with whatever else sums the run up."""
    return {"formulas": list(models[:LISTED]), "n_models": n_models, **more}


def _labels(anchors: Mapping[str, Any]) -> list[str]:
    names = list(anchors["names"])
    return [
        f"{name} {names[: place + 1].count(name)}" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
