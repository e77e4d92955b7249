"""The two-level diagram of a system: conditions on the left, gates as dots, outcomes on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.qca.charts.causes import Arrow, picture, value_text

if TYPE_CHECKING:
    from concausa.qca.several.outcomes import SeveralOutcomes


def diagram(found: SeveralOutcomes, system: int = 0) -> Chart:
    """One system as a circuit: a dot with several arrows out of it is a condition that outcomes share.

    Raises
    ------
    OptionError
        If there is no such system.
    """
    if not 0 <= system < found.n_systems:
        raise OptionError(
            f"there is no system {system + 1} to draw",
            where=f"{found.n_systems} systems are listed",
            fix="count from 0",
        )
    chosen = found.systems[system]
    conditions = found.tables[0].conditions
    used = sorted({place for gate in chosen.gates for place, value in enumerate(gate.cube) if value >= 0})
    labels = [*(conditions[place].name for place in used), *found.outcomes]
    arrows = []
    for number, gate in enumerate(chosen.gates):
        dot = len(labels) + number
        for place, value in enumerate(gate.cube):
            if value >= 0:
                told = value_text(conditions[place].kind, value)
                arrows.append(Arrow(used.index(place), dot, told, told == "~"))
        arrows += [
            Arrow(dot, len(used) + place, "", False)
            for place, own in enumerate(chosen.connections)
            if number in own
        ]
    return Chart(
        f"system-{system + 1}",
        f"System {system + 1} of {found.n_systems:,}",
        picture(labels, len(chosen.gates), arrows, range(len(used), len(labels))),
        f"What leads to what: {chosen.text}.",
        ("A dot joins what must come together; one with several arrows out of it is shared by outcomes.",),
    )
