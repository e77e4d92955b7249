"""A search for actions as it is printed: memo, table, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.dynamics.skeleton_view import held, listed, share

if TYPE_CHECKING:
    from concausa.dynamics.attempt import Attempt, End
    from concausa.dynamics.control import Control

__all__ = ["share"]

_VERDICTS: dict[str, tuple[str, Tone]] = {
    "sure": ("surely", "good"),
    "possible": ("with some rates", "doubt"),
    "impossible": ("cannot", "quiet"),
}

_TOLD = 2


def counted(found: Control) -> str:
    """How many sets lead to the goal."""
    return (
        f"of {len(found.attempts):,} sets of up to {found.most} actions tried, {len(found.sure)} smallest "
        f"surely lead to {found.goal}, {len(found.possible)} with some rates"
    )


def memo(found: Control) -> str:
    """What one would paste into a memo."""
    start = " ".join(f"{name}={value}" for name, value in found.start.items())
    nothing = found.nothing
    lines = [
        f"What takes {found.model.name} from {start}{held(dict(found.inputs))} to {found.goal}",
        f"  {nothing.name}: {_chances(nothing)}; {_ends(nothing)}",
        *listed("surely", [one.name for one in found.sure]),
        *listed(
            "with some rates",
            [f"{one.name}: {_chances(one)}" for one in found.possible if one.verdict != "sure"],
        ),
        *listed(
            "cannot",
            [f"{one.name}; {_ends(one)}" for one in found.failed if one.actions and len(one.actions) == 1],
        ),
    ]
    told = {one.actions for one in (nothing, *found.possible)}
    more = [
        one for one in _best_first(found.worthwhile) if one.verdict == "possible" and one.actions not in told
    ]
    if more:
        lines += listed("more actions, more draws", [f"{one.name}: {_chances(one)}" for one in more])
    every = [one.name for one in found.in_every_draw if one.verdict != "sure"]
    if every:
        lines += listed("in every draw, though not with all rates", every)
    lines.append(
        f"  {len(found.attempts):,} sets of up to {found.most} of {len(found.actions)} actions were tried, on "
        f"{found.draws:,} draws {'from the ranges declared' if found.prior else 'as given'}"
    )
    lines += [f"  Caveat: {caveat}." for caveat in found.caveats]
    return "\n".join(lines)


def attempts_table(found: Control, *, every: bool) -> Table:
    """What was tried, what is best first."""
    smallest = {one.actions for one in (*found.sure, *found.possible)}
    shown = found.attempts if every else found.worthwhile
    order = _best_first(shown)
    rows = []
    for one in order:
        word, tone = _VERDICTS[one.verdict]
        rows.append([
            Cell(one.name, list(one.actions)),
            Cell(word, one.verdict, tone=tone),
            Cell("yes" if one.actions in smallest else "", one.actions in smallest),
            Cell(share(one.always), one.always),
            Cell(share(one.some), one.some),
            Cell(_states(one)),
        ])  # fmt: skip
    headings = (
        Heading("actions", "actions"),
        Heading("verdict", "leads there"),
        Heading("smallest", "smallest"),
        Heading("always", "only there", "right"),
        Heading("some", "can", "right"),
        Heading("ends", "can end in"),
    )
    hidden = len(found.attempts) - len(shown)
    start = " ".join(f"{name}={value}" for name, value in found.start.items())
    title = f"What takes {found.model.name} from {start}{held(dict(found.inputs))} to {found.goal}"
    source = "from the ranges declared" if found.prior else "as given"
    shares = "nothing but the goal can last, in which the goal can, and in which an end can be reached"
    notes = [
        f"Shares are of {found.draws:,} draws {source}: in which {shares}.",
        *([f"Not shown: {hidden:,} sets in which some action adds nothing."] if hidden else []),
        *(f"Caveat: {caveat}." for caveat in found.caveats),
    ]
    return Table.of("control", title, headings, rows, notes=notes)


def data(found: Control) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model.name,
        "start": dict(found.start),
        "inputs": dict(found.inputs),
        "goal": found.goal,
        "actions": [one.name for one in found.actions],
        "most": found.most,
        "sure": [list(one.actions) for one in found.sure],
        "in_every_draw": [list(one.actions) for one in found.in_every_draw],
        "possible": [list(one.actions) for one in found.possible],
        "attempts": [one.data() for one in found.attempts],
        "draws": found.draws,
        "prior": found.prior,
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _chances(one: Attempt) -> str:
    if one.verdict == "sure":
        return "leads there, whatever the rates are"
    if one.verdict == "impossible":
        return "cannot lead there"
    return f"only there in {share(one.always)} of draws, can in {share(one.some)}"


def _ends(one: Attempt) -> str:
    return f"can end in {_states(one)}"


def _states(one: Attempt) -> str:
    told = [f"{_end(end)}, {share(end.share)}" for end in one.ends[:_TOLD]]
    more = len(one.ends) - _TOLD
    return "; ".join([*told, f"{more} more"] if more > 0 else told)


def _end(end: End) -> str:
    patterns = " / ".join(dict.fromkeys(pattern for pattern in end.patterns if pattern != "no pattern"))
    states = " / ".join(end.states)
    return f"{states} ({patterns})" if patterns else states


def _best_first(found: Sequence[Attempt]) -> list[Attempt]:
    rank = list(_VERDICTS)
    return sorted(found, key=lambda one: (rank.index(one.verdict), -one.always, -one.some, len(one.actions)))
