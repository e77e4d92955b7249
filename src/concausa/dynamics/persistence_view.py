"""Persistence as it is printed: years until each stock halves, under each way of the forum."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.share import Share

if TYPE_CHECKING:
    from concausa.dynamics.persistence import Lasting, Persistence


def headline(found: Persistence) -> str:
    """What was asked."""
    return f"{found.unit}: {found.input} at {found.value.text} from {found.year} on, {found.years} years looked at"


def table(found: Persistence) -> Table:
    """A row for each way of the forum and each stock."""
    headings = (
        Heading("forum", found.forum or "forum"), Heading("stock", "stock"),
        Heading("years", "years until it halves", "right"), Heading("never", "not within them", "right"),
        Heading("outlives", f"outlives {found.term} years", "right"),
        Heading("outlives_before", "under the prior", "right"), Heading("driven", "driven by"),
    )  # fmt: skip
    rows = [
        [
            Cell(one.forum),
            Cell(one.stock),
            Cell(years(found, one), [number(value) for value in one.middle], missing=one.empty == 1),
            _share(one, one.never),
            _share(one, one.outlives),
            _share(one, one.outlives_before),
            Cell(
                driven(one),
                tone="doubt" if one.kept and one.kept.assumed else "plain",
                missing=one.empty == 1,
            ),
        ]
        for one in found.lasting
    ]
    return Table.of("persistence", headline(found), headings, rows, notes=notes(found))


def driven(one: Lasting) -> str:
    """Whether the assumptions drive what is left after a term."""
    if one.kept is None:
        return "nothing spreads"
    return "assumptions" if one.kept.assumed else "evidence too"


def years(found: Persistence, one: Lasting) -> str:
    """The median with the range of nine in ten draws."""
    if one.empty == 1:
        return "starts at 0, has no half"
    low, middle, high = (f"{value:.1f}" if isfinite(value) else f"> {found.years}" for value in one.middle)
    return middle if low == high else f"{middle} ({low} to {high})"


def notes(found: Persistence) -> list[str]:
    """What is assumed, how many draws, caveats."""
    lines = []
    if assumed := [one for one in found.lasting if one.kept and one.kept.assumed]:
        told = "; ".join(f"{one.kept}, forum {one.forum}" for one in assumed)
        lines.append(f"Assumption-driven: {told}.")
    own = found.sample
    lines.append(f"{own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones.")
    lines.append(f"After the data: {found.horizon.text}.")
    if found.forum:
        lines.append(
            f"A consolidated {found.forum} is raised to {found.consolidated.text} in {found.year - 1}."
        )
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def memo(found: Persistence) -> str:
    """What one would paste into a memo."""
    told = notes(found)
    first = told[:1] if told[0].startswith("Assumption-driven") else []
    lines = [*first, f"Persistence in {headline(found)}"]
    for one in found.lasting:
        way = f"{found.forum} {one.forum}: " if found.forum else ""
        if one.empty == 1:
            lines.append(f"  {way}{one.stock} starts at 0, has no half")
            continue
        lines.append(
            f"  {way}{one.stock} halves in {years(found, one)} years; outlives a term of {found.term} years with "
            f"probability {one.outlives.value:.2f} ({one.outlives.low:.2f} to {one.outlives.high:.2f}), "
            f"under the prior {one.outlives_before.value:.2f}; not within {found.years} years: {one.never.value:.2f}"
        )
    return "\n".join([*lines, *(f"  {line}" for line in told[len(first) :])])


def document(found: Persistence) -> dict[str, Any]:
    """Everything as plain JSON values; what is infinite or has no half is None."""
    return {
        "unit": found.unit,
        "input": found.input,
        "year": found.year,
        "value": [list(part) for part in found.value.parts],
        "forum": found.forum or None,
        "consolidated": [list(part) for part in found.consolidated.parts] if found.forum else None,
        "term": found.term,
        "years": found.years,
        "horizon": found.horizon.text,
        "draws": found.sample.draws,
        "effective": found.sample.effective,
        "lasting": [
            {
                "forum": one.forum,
                "stock": one.stock,
                "halves": {
                    name: number(value)
                    for name, value in zip(("low", "median", "high"), one.middle, strict=True)
                },
                "never": _plain(one.never),
                "outlives": _plain(one.outlives),
                "outlives_before": _plain(one.outlives_before),
                "empty": one.empty,
                "kept": one.kept.data() if one.kept else None,
                "path": {"years": list(one.path.years), "quantiles": one.path.values.T.tolist()},
            }
            for one in found.lasting
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def number(value: float) -> float | None:
    """None for what is no finite number."""
    return value if isfinite(value) else None


def _plain(share: Share) -> dict[str, float | None]:
    return {"value": number(share.value), "low": number(share.low), "high": number(share.high)}


def _share(one: Lasting, share: Share) -> Cell:
    if one.empty == 1 or isnan(share.value):
        return Cell("", missing=True)
    return Cell(f"{share.value:.2f}", _plain(share))
