"""Other answers of a dynamic model: honesty, skeleton, reach, persistence, tipping, units elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from concausa.cli.simulate_answer import Answer, matched_lines, notes_on, wrapped

if TYPE_CHECKING:
    from concausa.audit.simulation import Simulation

#: What each part of the panel is worked out by.
_WORK = {
    "learned": ("learned",), "removed": ("removed",), "left out": ("left_out",), "outcomes": ("bearings", "influences"),
    "structure": ("structure",), "ranges": ("ranges",), "priors": ("priors",), "tolerances": ("tolerances",),
    "readings": ("reread",),
}  # fmt: skip


def honesty(
    found: Simulation, parts: Sequence[str], doing: Callable[[str, int, int], None], width: int
) -> Answer:
    """The panel, part by part, so that progress can be shown."""
    from concausa.core.errors import OptionError
    from concausa.core.nearest import nearest
    from concausa.dynamics.panel import PARTS

    for part in parts:
        if part not in PARTS:
            near = nearest(part, PARTS)
            raise OptionError(
                f"the panel has no part {part!r}",
                where=f"--part {part}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(PARTS)}",
            )
    panel = found.honesty()
    wanted = [part for part in PARTS if not parts or part in parts]
    if found.admitted.effective:
        for place, part in enumerate(wanted, start=1):
            doing(f"Asking what it is worth: {part}", place, len(wanted))
            for name in _WORK[part]:
                getattr(panel, name)
    tables = panel.tables(wanted) if found.admitted.effective else ()
    return Answer(tuple(wrapped(panel.page(wanted), width)), {"honesty": panel.data(wanted)}, tables)


def skeleton(found: Simulation, held: Mapping[str, int], draws: int, width: int) -> Answer:
    """Which corner states the theory allows."""
    from concausa.dynamics.skeleton_chart import skeleton_chart

    told = found.skeleton(inputs=held, draws=draws)
    charts = (skeleton_chart(told),) if len(found.model.stocks) <= 4 else ()
    return Answer(
        tuple(wrapped(str(told), width)), {"skeleton": told.data()}, (told.table(), told.moves()), charts
    )


def reach(
    found: Simulation, unit: str, goal: str, year: int | None, held: Mapping[str, int], draws: int, width: int
) -> Answer:
    """The smallest sets of actions that take a unit to a goal, from each corner at which it may stand."""
    asked = found.smallest(unit, goal, year=year, held=held, draws=draws)
    lines = wrapped(asked[0][0].text, width)
    caveats: dict[str, None] = {}
    for _, control in asked:
        told = str(control).splitlines()
        caveats |= dict.fromkeys(line for line in told if line.startswith("  Caveat: "))
        lines += ["", *wrapped("\n".join(line for line in told if line not in caveats), width)]
    lines += ["", *wrapped("\n".join(line.strip() for line in caveats), width)] if caveats else []
    data = [{"corner": corner.data(), **control.data()} for corner, control in asked]
    tables = [
        dataclasses.replace(control.table(), name=f"reach-{place}")
        for place, (_, control) in enumerate(asked, start=1)
    ]
    return Answer(tuple(lines), {"reach": data}, tuple(tables))


def persistence(
    found: Simulation, unit: str, year: int, lever: str, forum: str | None, until: int | None, width: int
) -> Answer:
    """How long each stock lasts once the lever is low."""
    told = found.persistence(unit, year, lever=lever, forum=forum, until=until)
    lines = [*wrapped(str(told), width)]
    return Answer(tuple(lines), {"persistence": told.data()}, (told.table(),))


def tipping(
    found: Simulation, unit: str, year: int, goal: str, lever: str, forum: str | None, do: Sequence[str],
    width: int, *, gate: bool,
) -> Answer:  # fmt: skip
    """The least value of the lever at which a pattern is as likely as not."""
    from concausa.dynamics.dynamics_charts import tipping_curve

    told = found.tipping(unit, year, goal, lever=lever, forum=forum, gate=gate, changes=do)
    tables = (told.table(), told.curve_table())
    lines = wrapped(str(told), width)
    if any(caveat.kind == "by-definition" for caveat in told.caveats):
        lines.append("the curve by the stocks alone: the same with --no-gate")
    return Answer(tuple(lines), {"tipping": told.data()}, tables, (tipping_curve(told),))


def elsewhere(found: Simulation, years: Sequence[int], width: int) -> Answer:
    """Units that had no part in the matching."""
    from concausa.core.typeset import text
    from concausa.dynamics.dynamics_charts import patterns_over_time

    told = found.elsewhere()
    lines = [*matched_lines(found, width), "", *wrapped(str(told), width)]
    if years:
        lines += ["", text(told.table(years), width).rstrip("\n")]
    if told.held:
        lines += ["", text(dataclasses.replace(told.bands_table(), notes=()), width).rstrip("\n")]
    lines += ["", "What is known of their inputs:"]
    levels = [part.name for part in found.model.inputs if part.condition]
    for unit in told.units:
        coded = told.coded[unit]
        known = ", ".join(coded) or "nothing"
        if open_ones := [name for name in levels if name not in coded]:
            known += f", and any {' and '.join(open_ones)} is tried: it could be any unit"
        lines += wrapped(f"  {unit}: {known}.", width)
        lines += [line for note in notes_on(found, (unit,)) for line in wrapped(f"    {note}.", width)]
    charts = (
        [
            patterns_over_time(told.standing(gate=told.gates[0]), unit, name=f"elsewhere-{unit}")
            for unit in told.units
        ]
        if told.gates
        else []
    )
    tables = (told.table(told.runs.setting.years), *((told.bands_table(),) if told.held else ()))
    return Answer(tuple(lines), {"elsewhere": told.data()}, tables, tuple(charts))
