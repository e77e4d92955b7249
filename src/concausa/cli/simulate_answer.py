"""What a dynamic model of a study answers, as text, tables, charts and JSON: what was matched, and what if."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concausa.cli import terminal

if TYPE_CHECKING:
    from concausa.audit.simulation import Simulation
    from concausa.core.chart import Chart
    from concausa.core.table import Table
    from concausa.dynamics.counterfactual import Counterfactual
    from concausa.dynamics.learned import Learned

#: Patterns that never come to more are left out of what is read in a terminal.
RARE = 0.005


@dataclass(frozen=True)
class Answer:
    """An answer in all of its forms.

    Parameters
    ----------
    lines : tuple of str
        As it is read in a terminal.
    data : mapping
        Its keys beside ``study``, ``what`` and ``model``.
    tables, charts
        For a folder.
    """

    lines: tuple[str, ...]
    data: dict[str, Any]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


def overview(
    found: Simulation, name: str, switched: Sequence[str], years: Sequence[int], width: int
) -> Answer:
    """What was matched, how much is admitted, what was learned, patterns by year, what to ask next.

    Parameters
    ----------
    switched : sequence of str
        Words that chose the model and its mechanisms, for the commands that are suggested.
    """
    from concausa.audit import simulation_view as view
    from concausa.core.typeset import text
    from concausa.dynamics.conflict import conflict
    from concausa.dynamics.learned import learned

    lines = [*wrapped(view.headline(found), width), *wrapped("\n".join(view.matched(found)), width)]
    data = found.data()
    if not found.admitted.effective:
        against = conflict(found.matching)
        lines += ["", *wrapped(str(against), width), ""]
        lines += _next(name, ("honesty", *_kept(found, switched)), width, what="what stands against it")
        return Answer(tuple(lines), data | {"conflict": against.data(), "learned": None, "bearings": []})
    tables = [view.unit_table(found, unit, years or None) for unit in found.setting.units]
    known = learned(found.matching) if found.matching.prior.unknowns and found.matching.bands else None
    outcomes = found.honesty().bearings if known is not None else ()
    for word in ("assumption-driven", "settled before the evidence"):
        if own := [one.name for one in outcomes if one.word == word]:
            lines += wrapped(f"{word[0].upper()}{word[1:]}: {'; '.join(own)}.", width)
    if known is not None:
        lines += ["", *wrapped(_lesson(known), width)]
    lines += ["", *(line for told in view.words(found) for line in wrapped(told, width))]
    for unit, table in zip(found.setting.units, tables, strict=True):
        lines += ["", text(_turned(table, unit), width).rstrip("\n")]
    others = notes_on(found, found.dynamics.elsewhere)
    if notes := [str(note) for note in found.dynamics.notes if str(note) not in others]:
        lines += ["", "What the record leaves open:"]
        lines += [line for note in notes for line in wrapped(f"  {note}.", width)]
    lines += ["", *_asks(found, name, switched, width)]
    whole = found.table(found.setting.years)
    return Answer(
        tuple(lines),
        data
        | {
            "conflict": None,
            "learned": known.data() if known else None,
            "bearings": [one.data() for one in outcomes],
        },
        (whole, *((known.table(),) if known else ())),
        _charts(found),
    )


def what_if(found: Simulation, do: Sequence[str], years: Sequence[int], width: int) -> Answer:
    """A counterfactual: the last year in words, then year by year."""
    from concausa.core.typeset import text
    from concausa.dynamics.dynamics_charts import what_if as chart

    asked = found.counterfactual(*do)
    chosen = years or _years_of(asked)
    lines = wrapped(str(asked), width)
    for unit in asked.units:
        lines += ["", text(_by_year(asked, unit, chosen), width).rstrip("\n")]
    tables = (asked.table(asked.years), asked.stocks_table(), asked.narrowings_table())
    charts = tuple(chart(asked, unit, name=f"what-if-{unit}") for unit in asked.units)
    return Answer(tuple(lines), {"matched": _matched(found), "counterfactual": asked.data()}, tables, charts)


def sweep(found: Simulation, file: str, text_: str, width: int) -> Answer:
    """Scenarios of a file, side by side."""
    from concausa.core.errors import ConcausaError
    from concausa.core.typeset import text
    from concausa.dynamics.sweep import read_scenarios

    try:
        asked = found.sweep(read_scenarios(text_))
    except ConcausaError as error:
        error.where = f"{file}, {error.where}" if error.where else file
        raise
    lines = text(asked.table(), width).rstrip("\n").splitlines()
    return Answer(tuple(lines), {"matched": _matched(found), "sweep": asked.data()}, (asked.table(),))


def wrapped(told: str, width: int) -> list[str]:
    """Lines of a memo within a width; what goes on is indented by two more."""
    from concausa.core.typeset.plain_text import wrap

    lines = []
    for line in told.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        first, *rest = wrap(line, max(width - 2, 20), indent=indent) if len(line) > width else [line]
        lines += [first, *(f"  {more}" for more in rest)]
    return lines


def notes_on(found: Simulation, units: Sequence[str]) -> list[str]:
    """What the record leaves open of some units."""
    notes = map(str, found.dynamics.notes)
    return [note for note in notes if set(units) & set(re.split(r"[^\w-]+", note))]


def matched_lines(found: Simulation, width: int) -> list[str]:
    """The model, what it was matched to and how much is admitted."""
    from concausa.audit import simulation_view as view

    return wrapped("\n".join([view.headline(found), *view.matched(found)]), width)


def _matched(found: Simulation) -> dict[str, Any]:
    """What was matched, without patterns and stocks."""
    own = found.data()
    return {key: value for key, value in own.items() if key not in ("patterns", "stocks", "caveats")}


def _lesson(known: Learned) -> str:
    told = [one for one in known.lessons if one.unknown.kind != "noise"]
    parts = []
    for word in ("learned", "somewhat", "pushed apart"):
        if own := sorted(known.of(word), key=lambda one: one.ratio.value):
            names = ", ".join(one.unknown.name for one in own[:6])
            more = f" and {len(own) - 6} more" if len(own) > 6 else ""
            parts.append(f"{word} {len(own)} ({names}{more})")
    nothing = len(known.of("not learned"))
    parts.append(f"of {nothing} nothing was learned, so that their ranges are assumptions")
    return f"Of {len(told)} unknowns: {'; '.join(parts)}."


def _by_year(asked: Counterfactual, unit: str, years: Sequence[int]) -> Table:
    """Patterns and stocks of a unit by year: as it was, and with the change where that differs."""
    from concausa.dynamics.counterfactual_view import patterns

    rows: dict[str, list[str]] = {}
    gate = bool(asked.gates) and asked.gates[0]
    known = asked.standings(gate=gate)[0].names if asked.gates else ()
    for name in (name for name in patterns(asked) if name in known):
        told = [asked.shares(name, unit, year, gate=gate) for year in years]
        if any(max(was.value, now.value) >= RARE for was, now in told):
            rows[name] = [_both(was.value, now.value) for was, now in told]
    read = ("patterns with the gate, " if gate else "patterns as shares of draws, ") if rows else ""
    for name in asked.changed.model.stock_names:
        was_, now_, _ = asked.envelopes(name, unit)
        rows[name] = [_both(was_.at(year)[2], now_.at(year)[2]) for year in years]
    note = f"As it was → with the change, where the two differ: {read}medians of stocks."
    return _across(f"what-if-{unit}", f"{unit} by year", rows, years, (note,))


def _turned(table: Table, unit: str) -> Table:
    """A table of years with the years across, so that it fits a narrow terminal."""
    labels = [heading.label for heading in table.headings[1:]]
    rows = {label: [row[place].text for row in table.rows] for place, label in enumerate(labels, start=1)}
    return _across(table.name, f"{unit} by year", rows, [row[0].text for row in table.rows], table.notes)


def _across(
    name: str, title: str, rows: dict[str, list[str]], years: Sequence[object], notes: Sequence[str]
) -> Table:
    from concausa.core.table import Cell, Heading, Table

    headings = (Heading("what", ""), *(Heading(f"y{year}", str(year), "right") for year in years))
    cells = [[Cell(label), *map(Cell, told)] for label, told in rows.items()]
    return Table.of(name, title, headings, cells, notes=list(notes))


def _both(was: float, now: float) -> str:
    one, other = f"{was:.2f}", f"{now:.2f}"
    return one if one == other else f"{one} → {other}"


def _years_of(asked: Counterfactual) -> tuple[int, ...]:
    """The year before the changes, their first, two after it and the last."""
    first, last = asked.years[0], asked.years[-1]
    given = [getattr(one, "first", None) for one in asked.changes]
    start = min((year for year in given if year is not None), default=first)
    between = {start + (last - start) * part // 3 for part in (0, 1, 2)}
    return tuple(sorted({max(first, start - 1), *between, last}))


def _charts(found: Simulation) -> tuple[Chart, ...]:
    from concausa.dynamics.chart_parts import marks
    from concausa.dynamics.dynamics_charts import patterns_over_time, trajectories
    from concausa.dynamics.envelope import envelope

    setting, model = found.setting, found.model
    told = [
        envelope(stock, unit, setting.years, found.runs.of(stock, unit=unit))
        for stock in model.stock_names
        for unit in setting.units
    ]
    happened = {unit: marks(setting, model, unit) for unit in setting.units}
    charts = [trajectories(told, bands=found.dynamics.bands, happened=happened, columns=len(setting.units))]
    if model.corners:
        charts += [
            patterns_over_time(found.standing(), unit, happened=happened[unit], name=f"patterns-{unit}")
            for unit in setting.units
        ]
    return tuple(charts)


def _asks(found: Simulation, name: str, switched: Sequence[str], width: int) -> list[str]:
    """What to ask next, as it is typed."""
    units, model, kept = found.setting.units, found.model, _kept(found, switched)
    unit = units[-1]
    middle = str((found.setting.first + found.setting.last) // 2)
    asked = []
    if model.interventions or model.inputs:
        part = model.interventions[0].name if model.interventions else f"{model.inputs[0].name}=0 from"
        asked.append(("what if", ("--do", f"{unit} {part} {middle}", *kept)))
    asked.append(("what it is worth (takes longer)", ("honesty", *kept)))
    if sum(bool(part.condition) for part in model.inputs) == 1:
        asked.append(("how long it lasts", ("persistence", "--unit", units[0], "--from", middle, *kept)))
    if model.corners and model.interventions:
        goal = ("reach", "--unit", unit, "--goal", model.corners[0].name)
        asked.append(("smallest changes", (*goal, *_kept(found, switched, matched=False))))
    if found.dynamics.elsewhere:
        asked.append(("other units", ("elsewhere", *kept)))
    return [line for what, words in asked for line in _next(name, words, width, what=what)]


def follows(found: Simulation, what: str, name: str, switched: Sequence[str], width: int) -> list[str]:
    """What to ask after an answer that is no overview, as it is typed."""
    if what == "honesty":
        return []
    if what in ("skeleton", "reach"):
        told = ("with the evidence, year by year", _kept(found, switched))
    else:
        told = ("what it is worth (takes longer)", ("honesty", *_kept(found, switched)))
    return ["", *_next(name, told[1], width, what=told[0])]


def _kept(found: Simulation, switched: Sequence[str], *, matched: bool = True) -> tuple[str, ...]:
    """Options that made the model and the reading of the study what they are; and those of the matching."""
    words = list(switched)
    words += ["--level-map", found.level_map] if found.level_map else []
    words += [] if found.boundary is None else ["--boundary", str(found.boundary)]
    words += ["--tolerance", f"{found.matching.tolerance:g}"] if matched and found.matching.tolerance else []
    return tuple(words)


def _next(name: str, words: Sequence[str], width: int, *, what: str) -> list[str]:
    """A suggestion, its command on a line of its own where both are too long; a command is never broken."""
    typed = terminal.typed("concausa", "simulate", name, *words)
    line = f"{what}: {typed}"
    return [line] if len(line) <= width else [f"{what}:", f"  {typed}"]
