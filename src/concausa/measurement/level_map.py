"""A level map: from ordered words to memberships in a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from concausa.core.columns import column
from concausa.core.errors import ScaleError
from concausa.core.nearest import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelMap:
    """A declared choice of what each level means as a membership."""

    id: str = column("id", "Short name, such as linear.", required=True)
    label: str = column("text", "Name for readers, with the treatment of the middle level.", required=True)
    points: tuple[str, ...] = column(
        "words", "One LEVEL=MEMBERSHIP for each level, such as medium=0.5.", required=True
    )
    conditions: tuple[str, ...] = column(
        "refs", "Conditions it is meant for; empty means all.", to=("conditions",)
    )
    why: str = column("text", "Why one may choose it.")

    def covers(self, condition: str) -> bool:
        """Whether it is meant for a condition."""
        return not self.conditions or condition in self.conditions


def memberships(level_map: LevelMap, levels: Sequence[str]) -> Mapping[str, float]:
    """The membership of each level of a scale.

    Parameters
    ----------
    level_map : LevelMap
        Its points must name every level, lie in [0, 1], and never fall as the levels rise.
    levels : sequence of str
        The scale, lowest first.

    Returns
    -------
    mapping of str to float in [0, 1]
        In the order of *levels*.

    Raises
    ------
    ScaleError
        If a level has no point, a point is no number in [0, 1], a point is given twice, or a
        higher level has a lower membership.

    Examples
    --------
    >>> memberships(LevelMap(id="m", label="", points=("low=0", "high=1")), ["low", "high"])
    {'low': 0.0, 'high': 1.0}
    """
    points = _points(level_map)
    where = f"level map {level_map.id!r}"
    found: dict[str, float] = {}
    for level in levels:
        if level not in points:
            near = nearest(level, points)
            hint = f"; did you mean it by {near!r}?" if near else ""
            raise ScaleError(f"no membership for level {level!r}", where=where, fix=f"add {level}=…{hint}")
        found[level] = points[level]
    values = list(found.values())
    if values != sorted(values):
        raise ScaleError(
            "memberships fall while levels rise",
            where=f"{where}: {', '.join(level_map.points)}",
            fix=f"let them rise in the order {', '.join(levels)}",
        )
    return found


def level_bands(level_map: LevelMap, levels: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """The memberships that each level of a scale may stand for: around its point, halfway to its neighbours.

    Parameters
    ----------
    level_map : LevelMap
    levels : sequence of str
        The scale, lowest first.

    Returns
    -------
    mapping of str to (float, float)
        Least and greatest membership, in the order of *levels*; together they cover 0 to 1. Levels that share a
        point share its band.

    Raises
    ------
    ScaleError
        As in :func:`memberships`.

    Examples
    --------
    >>> spread = LevelMap(id="m", label="", points=("low=0", "medium=0.5", "high=1"))
    >>> level_bands(spread, ["low", "medium", "high"])
    {'low': (0.0, 0.25), 'medium': (0.25, 0.75), 'high': (0.75, 1.0)}
    """
    points = memberships(level_map, levels)
    values = sorted(set(points.values()))
    cuts = [0.0, *((low + high) / 2 for low, high in pairwise(values)), 1.0]
    band = dict(zip(values, pairwise(cuts), strict=True))
    return {level: band[point] for level, point in points.items()}


def even(
    levels: Sequence[str], *, middle: float = 0.5, id: str = "linear", label: str = "linear"
) -> LevelMap:
    """Evenly spaced memberships; of an odd number of levels, the middle one gets *middle*.

    ``middle=.51`` reads a case in the middle as just in, ``.49`` as just out.

    Raises
    ------
    ScaleError
        If there are fewer than two levels, or *middle* would break their order.

    Examples
    --------
    >>> even(["low", "medium", "high"], middle=0.51).points
    ('low=0.0', 'medium=0.51', 'high=1.0')
    """
    if len(levels) < 2:
        raise ScaleError("a scale needs at least two levels", where=f"levels {', '.join(levels)}")
    steps = [position / (len(levels) - 1) for position in range(len(levels))]
    if len(levels) % 2:
        half = len(levels) // 2
        if not steps[half - 1] < middle < steps[half + 1]:
            raise ScaleError(
                f"the middle membership {middle} is not between its neighbours",
                where=f"levels {', '.join(levels)}",
                fix=f"choose a value between {steps[half - 1]} and {steps[half + 1]}",
            )
        steps[half] = middle
    points = tuple(f"{level}={step}" for level, step in zip(levels, steps, strict=True))
    return LevelMap(id=id, label=label, points=points)


def _points(level_map: LevelMap) -> dict[str, float]:
    points: dict[str, float] = {}
    for point in level_map.points:
        level, equals, text = (part.strip() for part in point.rpartition("="))
        where = f"level map {level_map.id!r}, point {point!r}"
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not (equals and level and 0 <= value <= 1):
            raise ScaleError(
                "a point is not LEVEL=MEMBERSHIP with a membership from 0 to 1",
                where=where,
                fix="write, for example, medium=0.5",
            )
        if level in points:
            raise ScaleError(f"level {level!r} has two points", where=where, fix="keep one of them")
        points[level] = value
    return points
