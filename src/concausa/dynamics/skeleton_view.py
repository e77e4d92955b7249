"""A logical skeleton as it is printed: memo, tables, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone

if TYPE_CHECKING:
    from concausa.dynamics.corner_state import State
    from concausa.dynamics.skeleton import Skeleton

#: Words and tones for whether a corner state lasts.
RESTS: dict[str, tuple[str, Tone]] = {
    "always": ("whatever the rates are", "good"),
    "depends": ("with some rates", "doubt"),
    "never": ("no", "quiet"),
}
_TOLD = 12


def counted(found: Skeleton) -> str:
    """How many states last."""
    return (
        f"of {len(found.states):,} corner states {len(found.always)} last whatever the rates are, "
        f"{len(found.depends)} with some, {len(found.never)} with none"
    )


def held(inputs: dict[str, int]) -> str:
    """``with L=0, F=1``."""
    return f" with {', '.join(f'{name}={value}' for name, value in inputs.items())}" if inputs else ""


def memo(found: Skeleton) -> str:
    """What one would paste into a memo; what the theory allows stands first."""
    lines = [
        f"Logical skeleton of {found.model.name}{held(dict(found.inputs))}: {counted(found)}",
        *listed("lasts whatever the rates are", [_named(state) for state in found.always]),
        *listed(
            "lasts with some rates",
            [f"{_named(state)}, in {share(state.share)} of draws" for state in found.depends],
        ),
        *listed("cannot last", [f"{_named(state)}: {_leaves(state)}" for state in found.never]),
    ]
    if found.is_searchable:
        cycles = [one for one in found.attractors() if len(one.states) > 1]
        told = [f"{', '.join(one.states)}: in {share(one.share)} of draws" for one in cycles]
        lines += listed("goes round among", told)
    else:
        lines.append("  goes round: not searched, since there are too many networks; take fewer draws")
    told = [", ".join(_named(state) for state in trap) for trap in found.traps()]
    lines += listed("is never left once entered", told)
    number = len(found.networks)
    source = "from the ranges declared" if found.prior else "as given"
    lines.append(f"  {found.draws:,} draws {source} come to {number:,} network{'' if number == 1 else 's'}")
    lines += [f"  Caveat: {caveat}." for caveat in found.caveats]
    return "\n".join(lines)


def states_table(found: Skeleton) -> Table:
    """The corner states, those that can last first."""
    rows = []
    for state in (*found.always, *found.depends, *found.never):
        word, tone = RESTS[state.rest]
        rows.append([
            *(Cell(str(value), value) for value in state.values),
            Cell(state.pattern, list(state.patterns), tone="doubt" if state.gate in ("shut", "depends") else "plain"),
            Cell(word, state.rest, tone=tone),
            Cell(share(state.share), state.share),
            Cell(_leaves(state)),
        ])  # fmt: skip
    headings = (
        *(Heading(name, name, "right") for name in found.model.stock_names),
        Heading("pattern", "pattern"),
        Heading("rest", "lasts"),
        Heading("share", "share of draws", "right"),
        Heading("moves", "what moves"),
    )
    title = f"Which corner states {found.model.name} allows{held(dict(found.inputs))}"
    return Table.of("skeleton", title, headings, rows, notes=notes(found))


def moves_table(found: Skeleton) -> Table:
    """A row a corner state and stock: what it does there, and the flows that push it."""
    rows = [
        [
            Cell(state.name),
            Cell(push.stock),
            Cell(push.move, tone="plain" if push.settled else "doubt"),
            Cell(", ".join(push.up), list(push.up)),
            Cell(", ".join(push.down), list(push.down)),
        ]
        for state in found.states
        for push in state.pushes
    ]
    headings = (
        Heading("state", "corner state"),
        Heading("stock", "stock"),
        Heading("move", "it"),
        Heading("up", "pushed up by"),
        Heading("down", "pushed down by"),
    )
    title = f"What moves the stocks of {found.model.name}{held(dict(found.inputs))}"
    return Table.of("moves", title, headings, rows, notes=notes(found))


def notes(found: Skeleton) -> list[str]:
    """Where the shares come from, and the caveats."""
    source = "from the ranges declared" if found.prior else "as given"
    return [f"Shares are of {found.draws:,} draws {source}.", *(f"Caveat: {one}." for one in found.caveats)]


def data(found: Skeleton) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model.name,
        "inputs": dict(found.inputs),
        "stocks": list(found.model.stock_names),
        "states": [state.data() for state in found.states],
        "always": [state.name for state in found.always],
        "depends": [state.name for state in found.depends],
        "never": [state.name for state in found.never],
        "traps": [[state.name for state in trap] for trap in found.traps()],
        "attractors": [one.data() for one in found.attractors()] if found.is_searchable else None,
        "attractors_at_once": (
            [one.data() for one in found.attractors(at_once=True)] if found.is_searchable else None
        ),
        "networks": [
            {"draws": one.draws, "share": one.share, "targets": [list(row) for row in one.targets]}
            for one in found.networks
        ],
        "draws": found.draws,
        "prior": found.prior,
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def share(value: float) -> str:
    """A share in per cent; what is not all or nothing is never told as such.

    Examples
    --------
    >>> share(0.9999), share(0.664), share(0.0)
    ('over 99 %', '66 %', '0 %')
    """
    if 0.995 <= value < 1:
        return "over 99 %"
    return "under 1 %" if 0 < value < 0.005 else f"{100 * value:.0f} %"


def _named(state: State) -> str:
    return f"{state.name} ({state.pattern})" if state.patterns else state.name


def _leaves(state: State) -> str:
    """What each stock does that does not simply stay."""
    told = [f"{push.stock} {push.move}" for push in state.pushes if push.targets != {push.value}]
    return ", ".join(told)


def listed(title: str, items: Sequence[str]) -> list[str]:
    """A title with its items below, or none."""
    if not items:
        return [f"  {title}: none"]
    more = [f"    and {len(items) - _TOLD:,} more"] if len(items) > _TOLD else []
    return [f"  {title}", *(f"    {item}" for item in items[:_TOLD]), *more]
