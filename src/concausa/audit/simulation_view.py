"""A simulation as it is printed: what was matched, how much of the prior is admitted, patterns and stocks by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.conflict import conflict
from concausa.dynamics.envelope import envelope
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.removed_view import share
from concausa.dynamics.share import Share

if TYPE_CHECKING:
    from concausa.audit.simulation import Simulation

#: Most years that are shown unless some are named; patterns that never come to more are left out.
SHOWN, RARE = 7, 0.005


def memo(found: Simulation) -> str:
    """What one would paste into a memo."""
    lines = [headline(found), *(f"  {line}" for line in matched(found))]
    if not found.admitted.effective:
        return "\n".join([*lines, f"  {conflict(found.matching)}"])
    for unit in found.setting.units:
        lines.append(f"  {unit}, {'most often' if found.model.corners else 'medians'}")
        lines += [f"    {year}: {_told(found, unit, year)}" for year in telling_years(found, unit)]
    return "\n".join(lines)


def headline(found: Simulation) -> str:
    """The model by name and label."""
    return f"{found.model.name}: {found.model.label}" if found.model.label else found.model.name


def matched(found: Simulation) -> list[str]:
    """What was held against what, and how much of the prior is admitted."""
    own, setting, admitted = found.matching, found.setting, found.admitted
    told = (
        f"Matched: {_listed(setting.units)}, {setting.first} to {setting.last}; "
        f"{_number(len(own.prior.unknowns), 'unknown')} held against {_number(len(own.bands), 'band')} of "
        f"{_number(len(own.items), 'item')} of evidence."
    )
    lines = [told]
    if read := _reading(found):
        lines.append(f"Read with {read}.")
    if off := _off(found):
        lines.append(f"Mechanisms off: {off}.")
    if own.tolerance:
        lines.append(f"Bands may be missed by {own.tolerance:g}.")
    if admitted.effective:
        how = (
            f"found in {len(admitted.waves)} waves, since plain draws were too few"
            if admitted.waves
            else f"of {own.draws:,} tried"
        )
        lines.append(
            f"Admitted: {share(admitted.share.value)} of the prior ({share(admitted.share.low)} to "
            f"{share(admitted.share.high)}); {max(admitted.draws, 1):,} draws {how}, worth "
            f"{admitted.effective:,.0f} independent ones."
        )
        lines += [f"Caveat: {caveat}." for caveat in found.sample.caveats]
    return lines


def telling_years(found: Simulation, unit: str) -> tuple[int, ...]:
    """The first and the last year, and those in which something happens in a unit; no more than ``SHOWN``."""
    setting, end = found.setting, (found.setting.first, found.setting.last)
    moved = {one.first for one in setting.happenings if one.unit == unit and one.kind != "pulse"}
    moved |= {one.first for one in setting.courses if one.unit == unit}
    years = sorted({*moved, *end})
    while len(years) > SHOWN:
        gaps = [(years[place + 1] - years[place - 1], place) for place in range(1, len(years) - 1)]
        del years[min(gaps)[1]]
    return tuple(years)


def years_table(found: Simulation, years: Sequence[int] | None) -> Table:
    """A row for each unit and year."""
    units = found.setting.units
    chosen = {unit: tuple(years) if years else telling_years(found, unit) for unit in units}
    return _table(found, chosen, "patterns", f"{headline(found)}: patterns and stocks by year")


def unit_table(found: Simulation, unit: str, years: Sequence[int] | None) -> Table:
    """A row for each year of one unit."""
    chosen = {unit: tuple(years) if years else telling_years(found, unit)}
    return _table(found, chosen, f"patterns-{unit}", f"{unit} by year")


def _table(found: Simulation, chosen: dict[str, tuple[int, ...]], name: str, title: str) -> Table:
    gates, patterns = found.gates, _patterns(found)
    shares = {
        (unit, year, pattern): _shares(found, gates, pattern, unit, year)
        for unit, years in chosen.items() for year in years for pattern in patterns
    }  # fmt: skip
    often = {
        pattern for (_, _, pattern), read in shares.items() for one in read.values() if one.value >= RARE
    }
    shown = [pattern for pattern in patterns if pattern in often]
    several = len(chosen) > 1
    headings = [
        *([Heading("unit", "unit")] if several else []),
        Heading("year", "year", "right"),
        *(Heading(f"pattern_{pattern}", pattern, "right") for pattern in shown),
        *(Heading(f"stock_{stock}", stock, "right") for stock in found.model.stock_names),
    ]
    rows = []
    for unit, years in chosen.items():
        told = [
            envelope(stock, unit, found.setting.years, found.runs.of(stock, unit=unit))
            for stock in found.model.stock_names
        ]
        for year in years:
            _refuse(found, year)
            rows.append([
                *([Cell(unit)] if several else []),
                Cell(str(year), year),
                *(_cell(shares[unit, year, pattern]) for pattern in shown),
                *(Cell(f"{one.at(year)[2]:.2f}", list(one.at(year))) for one in told),
            ])  # fmt: skip
    notes = []
    if len(gates) > 1:
        notes.append(
            "Patterns: shares of draws, with the gate | by the stocks alone where the two differ. Stocks: medians."
        )
    elif patterns:
        notes.append("Patterns: shares of draws. Stocks: medians.")
    if rare := [pattern for pattern in patterns if pattern not in often]:
        notes.append(f"Below {RARE:g} in all of these years: {', '.join(rare)}.")
    return Table.of(name, title, headings, rows, notes=notes)


def outcomes(found: Simulation) -> tuple[Outcome, ...]:
    """For each unit the pattern in which most draws end, by the stocks alone; else its stocks in the last year."""
    setting = found.setting
    if not found.model.corners:
        return tuple(
            Outcome(f"{stock} of {unit} in {setting.last}", unit, formula=stock)
            for unit in setting.units
            for stock in found.model.stock_names
        )
    if not found.admitted.effective:
        return ()
    stands = found.standing(gate=False)
    names = [corner.name for corner in found.model.corners]
    return tuple(
        Outcome(f"{unit} {name} in {setting.last}", unit, pattern=name)
        for place, unit in enumerate(setting.units)
        for name in [max(names, key=lambda one: float(stands.share(one)[-1, place]))]
    )


def document(found: Simulation) -> dict[str, Any]:
    """What was matched, and patterns and stocks of every year, as plain JSON values."""
    own, admitted, setting = found.matching, found.admitted, found.setting
    told: dict[str, Any] = {
        "model": found.model.name,
        "label": found.model.label,
        "units": list(setting.units),
        "years": list(setting.years),
        "off": [name for name in found.model.switches if not found.model.is_on(name)],
        "unknowns": len(own.prior.unknowns),
        "bands": [band.id for band in own.bands],
        "items": list(own.items),
        "tolerance": own.tolerance,
        "seed": own.seed,
        "tried": own.draws,
        "admitted": {
            "share": admitted.share.data, "draws": admitted.draws, "effective": admitted.effective,
            "waves": len(admitted.waves), "r_hat": admitted.r_hat,
        },
        "patterns": [], "stocks": [],
        "caveats": [caveat.data() for caveat in found.dynamics.notes],
    }  # fmt: skip
    if not admitted.effective:
        return told
    for gate in found.gates:
        stands = found.standing(gate=gate)
        told["patterns"] += [
            {"unit": unit, "pattern": name, "gate": gate, "shares": whole[:, place].tolist()}
            for place, unit in enumerate(setting.units)
            for name, whole in stands.shares.items()
        ]
    told["stocks"] = [
        {"unit": unit, "stock": stock,
         "quantiles": envelope(stock, unit, setting.years, found.runs.of(stock, unit=unit)).values.T.tolist()}
        for unit in setting.units
        for stock in found.model.stock_names
    ]  # fmt: skip
    return told


def _told(found: Simulation, unit: str, year: int) -> str:
    """The most frequent pattern of a year with its share; else the medians of stocks."""
    if not found.model.corners:
        place = found.setting.years.index(year)
        told = {stock: found.runs.of(stock, unit=unit)[place] for stock in found.model.stock_names}
        return ", ".join(f"{stock} {float(sorted(one)[len(one) // 2]):.2f}" for stock, one in told.items())
    gates = found.gates
    best = max(
        _patterns(found),
        key=lambda pattern: next(
            (one.value for one in _shares(found, gates, pattern, unit, year).values()), 0.0
        ),
    )
    read = _shares(found, gates, best, unit, year)
    names = {True: "with the gate ", False: "by the stocks alone "}
    told_by = [f"{names[gate] if len(gates) > 1 else ''}{one.value:.2f}" for gate, one in read.items()]
    return f"{best}: {', '.join(told_by)}"


def _patterns(found: Simulation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for gate in found.gates for name in found.standing(gate=gate).names))


def _shares(
    found: Simulation, gates: tuple[bool, ...], pattern: str, unit: str, year: int
) -> dict[bool, Share]:
    _refuse(found, year)
    shares = {}
    for gate in gates:
        stands = found.standing(gate=gate)
        if pattern in stands.names:
            row, place = stands.years.index(year), stands.units.index(unit)
            hits = int((stands.codes[row, place] == stands.names.index(pattern)).sum())
            shares[gate] = Share.among(hits, stands.codes.shape[2], found.admitted.effective)
    return shares


def _cell(read: dict[bool, Share]) -> Cell:
    texts = list(dict.fromkeys(f"{one.value:.2f}" for one in read.values()))
    values = {("gate" if gate else "stocks"): one.data for gate, one in read.items()}
    return Cell(" | ".join(texts), values)


def _refuse(found: Simulation, year: int) -> None:
    first, last = found.setting.first, found.setting.last
    if not first <= year <= last:
        raise OptionError(f"{year} was not simulated", fix=f"give a year from {first} to {last}")


def words(found: Simulation) -> list[str]:
    """What the symbols of the stocks and the two that are no patterns stand for."""
    model = found.model
    lines = [f"{one.name}: {one.label}." for one in model.stocks if one.label]
    if model.corners:
        lines.append("Shares are of the draws that are admitted, each counting the same.")
        if any(corner.gated for corner in model.corners):
            lines.append("Behind the gate: the stocks are those of a pattern, its gate is shut.")
        lines.append("Tie: a stock stands at 1/2, or two patterns are as strong.")
    return lines


def _reading(found: Simulation) -> str:
    """The level map and the boundary, if they were chosen."""
    read = [f"the level map {found.level_map}"] if found.level_map else []
    read += [] if found.boundary is None else [f"the first period until {found.boundary}"]
    return " and ".join(read)


def _off(found: Simulation) -> str:
    """Mechanisms of which every part is off, in the order of the study."""
    used = {one.mechanism for one in found.model.flows} | {one.mechanism for one in found.model.derived}
    names = [row.id for row in found.study.mechanisms if row.id in used]
    return ", ".join(name for name in names if not found.model.is_on(name))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
