"""The ledger of evidence as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.share import times

if TYPE_CHECKING:
    from concausa.dynamics.removed import Entry, Removed

#: What the numbers are, and are not.
READ = (
    "Alone: the share of the prior that the item removes with no other evidence."
    " Without it: how many times as much would be admitted, given all other evidence."
)


def table(found: Removed) -> Table:
    """Items, each followed by its bands where it has more than one."""
    rows = []
    for item in found.items:
        rows.append(_row(item, item.item))
        bands = [band for band in found.bands if band.item == item.item]
        rows += [_row(band, f"  {band.band}") for band in bands if len(bands) > 1]
    headings = (
        Heading("evidence", "evidence"),
        Heading("removes", "removes alone", "right"),
        Heading("times", "without it, times as much", "right"),
        Heading("range", "its range", "right"),
        Heading("word", ""),
    )
    notes = [f"All evidence together admits {share(found.share.value)} of the prior.", READ]
    notes += [
        f"{one.band} read as {one.name}: {one.share.value:.0%} of the admitted draws."
        for one in found.options
        if one.share.value >= 0
    ]
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of(
        "removed", f"What each piece of evidence removes from {found.model}", headings, rows, notes=notes
    )


def memo(found: Removed) -> str:
    """Which item removes most, and which nothing of its own."""
    lines = [f"All evidence together admits {share(found.share.value)} of the prior."]
    if (most := found.most) is not None and most.given.value == 0:
        everything = ", ".join(one.item for one in found.items if one.given.value == 0)
        lines.append(f"All that the others leave is removed by {everything}.")
    elif most is not None:
        found_times = most.times
        lines.append(
            f"Most rests on {most.item}: without it {times(found_times.value)} times as much would be admitted"
            f" ({times(found_times.low)} to {times(found_times.high)})."
        )
    if found.idle:
        lines.append(f"Nothing that the others do not remove: {', '.join(one.item for one in found.idle)}.")
    alone = max(found.items, key=lambda one: one.removes)
    lines.append(f"Alone {alone.item} removes most, {_removes(alone)} of the prior.")
    for one in found.options:
        if one.share.value >= 0:
            lines.append(f"{one.band} read as {one.name}: {one.share.value:.0%} of the admitted draws.")
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def data(found: Removed) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "share": found.share.data,
        "items": [_entry(one) for one in found.items],
        "bands": [{**_entry(one), "band": one.band} for one in found.bands],
        "options": [{"band": one.band, "name": one.name, "share": one.share.data} for one in found.options],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def share(value: float) -> str:
    """A share of the prior as a person reads it.

    Examples
    --------
    >>> share(0.25), share(0.00002)
    ('25%', '1 in 50,000')
    """
    if value == 0:
        return "nothing"
    if value >= 0.1:
        return f"{value:.0%}"
    if value >= 0.01:
        return f"{value:.1%}"
    whole = round(1 / value)
    return f"1 in {round(whole, 2 - len(str(whole))):,}"


def _removes(one: Entry) -> str:
    return f"{one.removes:.1%}" if 0.99 <= one.removes < 1 else f"{one.removes:.0%}"


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "item": one.item,
        "admits_alone": one.alone.data,
        "removes_alone": one.removes,
        "given_others": one.given.data,
        "times_without": one.times.data,
        "word": one.word,
    }


def _row(one: Entry, name: str) -> tuple[Cell, ...]:
    gone = not one.given.value > 0
    idle = not gone and one.word.startswith("removes nothing")
    return (
        Cell(name, one.band or one.item),
        Cell(_removes(one), one.removes),
        Cell("" if gone else times(one.times.value), one.times.value, missing=gone),
        Cell("" if gone else f"{times(one.times.low)} to {times(one.times.high)}", missing=gone),
        Cell(one.word if gone or idle else "", tone="doubt" if idle else "plain"),
    )
