"""A panel as plain JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel


def document(found: Panel) -> dict[str, Any]:
    """Everything in a panel; nan becomes None."""
    layout, recipe = found.layout, found.recipe
    return {
        "outcome": found.outcome,
        "conditions": [] if recipe is None else list(recipe.conditions),
        "cutoffs": None if recipe is None else recipe.cutoffs.data(),
        "solution": None if recipe is None else recipe.kind,
        "unit": layout.units.name,
        "period": None if layout.periods is None else layout.periods.name,
        "by": [
            {"column": one.name, "role": one.role, "clusters": list(one.clusters), "sizes": list(one.sizes)}
            for one in layout.groupings
        ],
        "weights": layout.weighed_by or None,
        "n": len(found.cases),
        "absent": [f"{unit}-{period}" for unit, period in layout.absent],
        "pooled": None if found.pooled is None else found.pooled.data(),
        "sufficiency": [one.data() for one in found.sufficiency],
        "necessity": [one.data() for one in found.necessity],
        "solutions": {one.grouping.name: one.data() for one in found.side_by_side},
        "caveats": [caveat.data() for caveat in found.caveats],
    }
