"""Abreast: several plans run at once, each draw as it would be alone.

Most of the time of few draws is spent on starting each step of the arithmetic; plans that are alike do it together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from concausa.dynamics.plan import Plan, Values, advance
from concausa.dynamics.prior import Points
from concausa.dynamics.rate import read_rate
from concausa.dynamics.runs import AT_ONCE, Runs, planned, ran

_ONE = np.ones(1)


@dataclass(frozen=True)
class Abreast:
    """Plans that are run together where they differ by switches, inputs and starts alone.

    Parameters
    ----------
    plans : sequence of Plan
    """

    plans: Sequence[Plan]

    def run(self, points: Sequence[Points]) -> list[Runs]:
        """The runs of each plan from points of its own; see ``runs.planned``.

        Raises
        ------
        DataError
            If a rate falls below 0 or is no finite number, in any of them.
        """
        found: dict[int, Runs] = {}
        for alike in self._alike:
            for together in _parcels(alike, [_size(points[place]) for place in alike], self.plans[alike[0]]):
                own = [points[place] for place in together]
                if len(together) == 1:
                    found[together[0]] = planned(self.plans[together[0]], own[0])
                else:
                    plans = [self.plans[place] for place in together]
                    found.update(zip(together, _together(plans, own), strict=True))
        return [found[place] for place in range(len(self.plans))]

    @cached_property
    def _alike(self) -> tuple[tuple[int, ...], ...]:
        groups: dict[object, list[int]] = {}
        for place, plan in enumerate(self.plans):
            groups.setdefault(plan.structure or ("alone", place), []).append(place)
        return tuple(map(tuple, groups.values()))


def _size(points: Points) -> int:
    return len(next(iter(points.values()))) if points else 1


def _parcels(places: Sequence[int], sizes: Sequence[int], plan: Plan) -> Iterator[list[int]]:
    """Neighbours whose draws fit together into the cache of a processor."""
    wide, filled = AT_ONCE // len(plan.setting.units), 0
    parcel: list[int] = []
    for place, size in zip(places, sizes, strict=True):
        if parcel and filled + size > wide:
            yield parcel
            parcel, filled = [], 0
        parcel.append(place)
        filled += size
    yield parcel


def _together(plans: Sequence[Plan], points: Sequence[Points]) -> list[Runs]:
    """See ``Plan.run``, which does the same for one."""
    drawn = [plan.values(own) for plan, own in zip(plans, points, strict=True)]
    ends = np.cumsum([_size(own) for own in points])
    spans = [slice(int(end) - _size(own), int(end)) for end, own in zip(ends, points, strict=True)]
    model, setting = plans[0].model, plans[0].setting
    flowing = frozenset().union(*(plan.flowing for plan in plans))
    shape = (len(setting.years), len(setting.units), int(ends[-1]))
    years = {name: np.empty(shape) for name in model.stock_names}
    for plan, own, span in zip(plans, drawn, spans, strict=True):
        plan.begin({name: whole[0, :, span] for name, whole in years.items()}, own)

    def joined(part: Callable[[int], Values]) -> Values:
        return _joined([part(place) for place in range(len(plans))], spans)

    def parameter(name: str) -> Callable[[int], Values]:
        # What no flow of a plan uses is not drawn there, and stands anywhere in its range.
        return lambda place: (
            plans[place].parameter(name, drawn[place])
            if name in plans[place].flowing
            else np.array([plans[place].model.parameters[at_parameter[name]].range.low])
        )

    def entered(name: str) -> Callable[[int], Values]:
        return lambda place: (
            plans[place].input(name, drawn[place])
            if name in plans[place].flowing
            else np.zeros((*shape[:2], 1))
        )

    at_parameter = {part.name: place for place, part in enumerate(model.parameters)}
    fixed = {name: joined(parameter(name)) for name in at_parameter if name in flowing}
    inputs = {part.name: joined(entered(part.name)) for part in model.inputs if part.name in flowing}
    derived = [(part.name, read_rate(part.counts)) for part in model.in_order if part.name in flowing]
    flows = []
    for place, flow in enumerate(model.flows):
        on = [np.array([float(not plan.model.flows[place].off)]) for plan in plans]
        if any(one[0] for one in on):
            flows.append((flow.stock, flow.raises, read_rate(flow.rate), _joined(on, spans)))
    with np.errstate(all="ignore"):
        for place in range(shape[0]):
            now = {name: whole[place] for name, whole in years.items()}
            if place:
                at = {**fixed, **{name: whole[place - 1] for name, whole in years.items()}}
                at |= {name: whole[place] for name, whole in inputs.items()}
                for name, rate in derived:
                    at[name] = rate.work(at)
                for name, out in now.items():
                    ways: dict[bool, Values] = {}
                    for stock, raises, rate, times in flows:
                        if stock == name:
                            one = rate.work(at) if times is _ONE else rate.work(at) * times
                            ways[raises] = ways[raises] + one if raises in ways else one
                    advance(at[name], ways.get(True, np.zeros(1)), ways.get(False, np.zeros(1)), out)
            for plan, own, span in zip(plans, drawn, spans, strict=True):
                plan.jolt({name: row[:, span] for name, row in now.items()}, place, own)
    return [
        ran(plan, own, {name: whole[:, :, span] for name, whole in years.items()}, values)
        for plan, own, values, span in zip(plans, points, drawn, spans, strict=True)
    ]


def _joined(parts: Sequence[Values], spans: Sequence[slice]) -> Values:
    """Values of each plan side by side along their last axis; as they are where all have the same one."""
    first = parts[0]
    if first.shape[-1] == 1 and all(part is first or np.array_equal(part, first) for part in parts[1:]):
        return _ONE if first.size == 1 and first.flat[0] == 1.0 else first
    widths = [span.stop - span.start for span in spans]
    return np.concatenate(
        [np.broadcast_to(part, (*part.shape[:-1], wide)) for part, wide in zip(parts, widths, strict=True)],
        axis=-1,
    )
