"""Seen: whether what a change asks for lies within what the units of a study ever showed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from concausa.core.caveat import Caveat
from concausa.dynamics.change import Change, Done, Held, units_of
from concausa.dynamics.forum_ways import value_of
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, prior
from concausa.dynamics.quantity import Range
from concausa.dynamics.rate import read_rate
from concausa.dynamics.runs import Runs, rerun
from concausa.dynamics.setting import Setting
from concausa.sets.membership import CROSSOVER

#: So many draws tell on which side of 1/2 an input lies.
_DRAWS = 200


def unseen(
    changes: Sequence[Change], model: Model, setting: Setting, changed: Setting, points: Points
) -> tuple[Caveat, ...]:
    """What a change asks for that was never seen.

    Parameters
    ----------
    setting, changed : Setting
        As it was, with all units that were coded; and with the changes.
    points : mapping of str to array, each of shape (draws,)
        Draws of what *changed* leaves unknown.

    Returns
    -------
    tuple of Caveat
        ``unseen-level`` where an input is held at what no unit was coded with, ``unseen-side`` where an
        intervention comes at a side of an input at which it was never seen, ``by-definition`` where the gate
        rests on what is changed.
    """
    sides = _Sides(model, setting, changed, points)
    found: list[Caveat] = []
    for change in changes:
        if isinstance(change, Held):
            found += _level(change, model, setting)
        elif isinstance(change, Done):
            if model.intervention(change.intervention).moves in model.stock_names:
                found += sides.never(change)
            else:
                found += _moved_input(change, model, setting)
    if model.gate and any(corner.gated for corner in model.corners):
        found += _defined(changes, model)
    return tuple(dict.fromkeys(found))


def _level(change: Held, model: Model, setting: Setting) -> Iterator[Caveat]:
    coded = [course.value for course in setting.courses if course.input == change.input and course.says]
    if any(one.of == change.input for one in setting.happenings):
        coded += [Range.of(0, 0), Range.of(1, 1)]
    if not any(_meet(value, change.value) for value in coded):
        ranges = sorted({(value.low, value.high) for value in coded})
        told = "; ".join(f"{low:g} to {high:g}" if low < high else f"{low:g}" for low, high in ranges)
        yield Caveat.of(
            "unseen-level",
            "{change} lies outside what was seen: {input} was coded as {coded}",
            change=change, input=change.input, coded=told or "nothing",
        )  # fmt: skip


def _moved_input(change: Done, model: Model, setting: Setting) -> Iterator[Caveat]:
    moves = model.intervention(change.intervention).moves
    seen = any(one.kind == "move" and one.of == change.intervention for one in setting.happenings)
    value = value_of(model, change.intervention)
    coded = [course.value for course in setting.courses if course.input == moves and course.says]
    if any(one.kind != "move" and one.of == moves for one in setting.happenings):
        coded.append(Range.of(1, 1))
    if not seen and not any(_meet(one, value) for one in coded):
        yield Caveat.of(
            "unseen-level",
            "{change} lies outside what was seen: no unit was coded with {input} at {value}",
            change=change, input=moves, value=value.text,
        )  # fmt: skip


class _Sides:
    """At which sides of each input interventions came."""

    def __init__(self, model: Model, setting: Setting, changed: Setting, points: Points) -> None:
        self.model, self.setting, self.changed = model, setting, changed
        # What is coded by degrees; what is only ever there or not, such as a window, has no sides.
        self.graded = tuple(dict.fromkeys(
            course.input
            for course in setting.courses
            if course.input in model.used and set(course.value.parts) - {(0.0, 0.0), (1.0, 1.0)}
        ))  # fmt: skip
        size = len(next(iter(points.values()))) if points else 1
        chosen = np.unique(np.arange(min(size, _DRAWS)) * size // min(size, _DRAWS))
        some = {name: place[chosen] for name, place in points.items()}
        self.was, self.now = (
            rerun(model, one, {name: some[name] for name in prior(model, one).names})
            for one in (setting, changed)
        )

    def never(self, change: Done) -> Iterator[Caveat]:
        stock = self.model.intervention(change.intervention).moves
        moves = [one for one in self.setting.happenings if one.kind == "move"]
        alike = [one for one in moves if self.model.intervention(one.of).moves == stock]
        for unit in units_of(change, self.changed):
            for name in self.graded:
                wanted = _side(self.now, name, unit, change.first, change.last)
                others = [
                    one for one in alike if wanted & _side(self.was, name, one.unit, one.first, one.last)
                ]
                if any(one.of == change.intervention for one in others):
                    continue
                where = "above 1/2" if True in wanted else "at 1/2 or below"
                common = {
                    "what": change.intervention,
                    "unit": unit,
                    "year": change.first,
                    "input": name,
                    "side": where,
                }
                if others:
                    yield Caveat.of(
                        "unseen-side",
                        "{what} comes to {unit} in {year} with {input} {side}: that was never seen together, though "
                        "{other} was",
                        **common,
                        other=", ".join(
                            dict.fromkeys(f"{one.of} ({one.unit} {one.first})" for one in others)
                        ),
                    )
                else:
                    yield Caveat.of(
                        "unseen-side",
                        "{what} comes to {unit} in {year} with {input} {side}: nothing that moves {stock} was ever "
                        "seen there",
                        **common,
                        stock=stock,
                    )


def _side(runs: Runs, name: str, unit: str, first: int, last: int) -> set[bool]:
    """The sides of 1/2 at which most draws lie in some years."""
    medians = np.median(runs.of(name, unit=unit, years=range(first, last + 1)), axis=1)
    return {bool(one > CROSSOVER) for one in medians}


def _defined(changes: Sequence[Change], model: Model) -> Iterator[Caveat]:
    """Whether the gate rests on what the changes set."""
    rests = model.reached(read_rate(model.gate).names)
    names: list[str] = []
    for change in changes:
        if isinstance(change, Held):
            names.append(change.input)
            continue
        what = change.intervention if isinstance(change, Done) else change.what
        names += [one.moves for one in model.interventions if one.name == what] or [what]
    if set_by := [name for name in dict.fromkeys(names) if name in rests]:
        yield Caveat.of(
            "by-definition",
            "the gate rests on {names}, which the change sets: what patterns gain or lose through it at once is so by "
            "definition; read them by the stocks alone",
            names=" and ".join(set_by),
        )


def _meet(one: Range, other: Range) -> bool:
    return any(
        low <= high_other and low_other <= high
        for low, high in one.parts
        for low_other, high_other in other.parts
    )
