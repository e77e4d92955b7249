"""A counterfactual as it is printed: patterns beside stocks, what the assumptions drive first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.envelope import Envelope

if TYPE_CHECKING:
    from concausa.dynamics.counterfactual import Counterfactual
    from concausa.dynamics.share import Share

#: Patterns with a smaller probability are named in one line.
_RARE = 0.005
_GATED = {True: "with the gate", False: "by the stocks alone"}


def headline(found: Counterfactual) -> str:
    """What was asked."""
    return f"What if: {'; '.join(map(str, found.changes))}"


def patterns_table(found: Counterfactual, years: Sequence[int] | None) -> Table:
    """Unit, year and pattern, read with the gate and by the stocks alone."""
    headings = (
        Heading("unit", "unit"), Heading("year", "year", "right"), Heading("pattern", "pattern"),
        Heading("read", "read"), Heading("was", "as it was", "right"), Heading("changed", "changed", "right"),
        Heading("shift", "difference", "right"), Heading("before", "before any evidence", "right"),
    )  # fmt: skip
    rows = []
    for unit in found.units:
        for year in years or found.years[-1:]:
            for pattern in patterns(found):
                for gate in found.gates:
                    if pattern in found.standings(gate=gate)[0].names:
                        was, now = found.shares(pattern, unit, year, gate=gate)
                        moved = found.shift(pattern, unit, year, gate=gate)
                        before = found.shares_before(pattern, unit, year, gate=gate)
                        rows.append([
                            Cell(unit), Cell(str(year), year), Cell(pattern), Cell(_GATED[gate]),
                            Cell(f"{was.value:.2f}", was.data), Cell(f"{now.value:.2f}", now.data),
                            Cell(str(moved), moved.data), Cell(_pair(before), [one.data for one in before]),
                        ])  # fmt: skip
    return Table.of("counterfactual", headline(found), headings, rows, notes=notes(found))


def patterns(found: Counterfactual) -> tuple[str, ...]:
    """The patterns, with what is no pattern, of every way of reading them."""
    return tuple(dict.fromkeys(name for gate in found.gates for name in found.standings(gate=gate)[0].names))


def stocks_table(found: Counterfactual, years: Sequence[int] | None) -> Table:
    """Unit, year and stock; the median and nine in ten draws."""
    headings = (
        Heading("unit", "unit"), Heading("year", "year", "right"), Heading("stock", "stock"),
        Heading("was", "as it was", "right"), Heading("changed", "changed", "right"),
        Heading("difference", "difference", "right"),
    )  # fmt: skip
    rows = []
    for unit in found.units:
        told = {stock: found.envelopes(stock, unit) for stock in found.changed.model.stock_names}
        for year in years or found.years:
            for stock, (was, now, apart) in told.items():
                cells = [
                    envelope_cell(was, year),
                    envelope_cell(now, year),
                    envelope_cell(apart, year, signed=True),
                ]
                rows.append([Cell(unit), Cell(str(year), year), Cell(stock), *cells])
    told_by = "Medians, with the range of nine in ten draws; the data hold the quarters as well."
    return Table.of("counterfactual-stocks", headline(found), headings, rows, notes=[told_by, *notes(found)])


def narrowings_table(found: Counterfactual) -> Table:
    """Each answer with its spread after the evidence and before it."""
    headings = (
        Heading("answer", "answer"), Heading("after", "spread", "right"), Heading("before", "under the prior", "right"),
        Heading("ratio", "ratio", "right"), Heading("driven", "driven by"),
    )  # fmt: skip
    rows = [
        [
            Cell(one.what),
            Cell(f"{one.after:.3f}", one.after),
            Cell(f"{one.before:.3f}", one.before),
            Cell(f"{one.ratio.value:.2f} ({one.ratio.low:.2f} to {one.ratio.high:.2f})", one.data()["ratio"]),
            Cell(
                "assumptions" if one.assumed else "evidence too",
                one.assumed,
                tone="doubt" if one.assumed else "plain",
            ),
        ]
        for one in found.narrowings
    ]
    note = "Assumption-driven: the range of the ratio reaches 1, so that the evidence may have taught nothing of it."
    return Table.of("narrowings", "How much of each answer is the evidence's", headings, rows, notes=[note])


def notes(found: Counterfactual) -> list[str]:
    """What is driven by the assumptions first; how many draws; caveats."""
    lines = [assumed_line(found)] if found.assumed else []
    own = found.sample
    lines.append(f"{own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones.")
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def assumed_line(found: Counterfactual) -> str:
    """Which answers the assumptions drive."""
    return f"Assumption-driven: {'; '.join(map(str, found.assumed))}."


def memo(found: Counterfactual) -> str:
    """The last year, for every unit that is touched."""
    year = found.years[-1]
    lines = [assumed_line(found)] if found.assumed else []
    own = found.sample
    lines.append(
        f"{headline(found)} ({own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones)"
    )
    for unit in found.units:
        lines.append(f"  {unit} in {year}, as it was -> changed: difference")
        rare: list[str] = []
        for pattern in patterns(found):
            told: list[tuple[str, str]] = []
            often = False
            for gate in found.gates:
                if pattern in found.standings(gate=gate)[0].names:
                    was, now = found.shares(pattern, unit, year, gate=gate)
                    moved = found.shift(pattern, unit, year, gate=gate)
                    often |= max(was.value, now.value) >= _RARE
                    said = f" {_GATED[gate]}" if len(found.gates) > 1 else ""
                    before = _pair(found.shares_before(pattern, unit, year, gate=gate))
                    answer = f"{_pair((was, now))}: {moved}; before any evidence {before}"
                    told.append((said, answer))
            if often:
                alike = len({answer for _, answer in told}) == 1
                read = [("", told[0][1])] if alike else told
                lines += [f"    {pattern}{said}: {answer}" for said, answer in read]
            else:
                rare.append(pattern)
        if rare:
            lines.append(f"    below {_RARE:g} either way: {', '.join(rare)}")
        for stock in found.changed.model.stock_names:
            was_, now_, apart = (one.at(year) for one in found.envelopes(stock, unit))
            lines.append(
                f"    {stock}: {was_[2]:.2f} ({was_[0]:.2f} to {was_[4]:.2f}) -> "
                f"{now_[2]:.2f} ({now_[0]:.2f} to {now_[4]:.2f}): "
                f"{apart[2]:+.2f} ({apart[0]:+.2f} to {apart[4]:+.2f})"
            )
    if found.gates:
        lines.append(
            "  Patterns: shares of the draws, each counting the same; ranges are those of so many draws. Before any "
            "evidence: what the form and the ranges of the model say alone."
        )
    lines.append("  Stocks: medians, with the range of nine in ten draws.")
    lines += [f"  Caveat: {caveat}." for caveat in found.caveats]
    return "\n".join(lines)


def document(found: Counterfactual) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "changes": [str(change) for change in found.changes],
        "assumption_driven": [one.what for one in found.assumed],
        "draws": found.sample.draws,
        "effective": found.sample.effective,
        "unmoved": found.unmoved,
        "years": list(found.years),
        "patterns": [
            {
                "unit": unit, "pattern": pattern, "gate": gate,
                "was": [found.shares(pattern, unit, year, gate=gate)[0].data for year in found.years],
                "changed": [found.shares(pattern, unit, year, gate=gate)[1].data for year in found.years],
                "before": [
                    [one.data for one in found.shares_before(pattern, unit, year, gate=gate)] for year in found.years
                ],
                "shift": [found.shift(pattern, unit, year, gate=gate).data for year in found.years],
            }
            for unit in found.units
            for gate in found.gates
            for pattern in found.standings(gate=gate)[0].names
        ],
        "stocks": [
            {"unit": unit, "stock": stock, "quantiles": [5, 25, 50, 75, 95],
             **{name: one.values.T.tolist()
                for name, one in zip(("was", "changed", "difference"), found.envelopes(stock, unit), strict=True)}}
            for unit in found.units
            for stock in found.changed.model.stock_names
        ],
        "narrowings": [one.data() for one in found.narrowings],
        "caveats": [caveat.data() for caveat in found.caveats],
    }  # fmt: skip


def _pair(shares: tuple[Share, Share]) -> str:
    was, now = shares
    return f"{was.value:.2f} -> {now.value:.2f}"


def envelope_cell(told: Envelope, year: int, *, signed: bool = False) -> Cell:
    """The median of a year with the range of nine in ten draws."""
    low, _, middle, _, high = told.at(year)
    sign = "+" if signed else ""
    return Cell(f"{middle:{sign}.2f} ({low:{sign}.2f} to {high:{sign}.2f})", list(told.at(year)))
