"""Small property spaces with positive, negative and contradictory rows, and the tables that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from tests.reference.solutions import Cube, Point, points

from concausa.qca.truth_table import TruthTable, truth_table

NAMES = "ABCDEF"


@dataclass(frozen=True)
class Space:
    """Levels of the conditions, and the code of every observed point."""

    levels: tuple[int, ...]
    codes: Mapping[Point, str]

    def of(self, *codes: str) -> set[Point]:
        return {point for point, code in self.codes.items() if code in codes}

    def table(self, order: Sequence[Point] | None = None) -> TruthTable:
        """A truth table with these rows: one case a row, two for a contradictory one."""
        cases = [
            (point, y)
            for point in order or self.codes
            for y in {"1": [1], "0": [0], "C": [1, 0]}[self.codes[point]]
        ]
        names = NAMES[: len(self.levels)]
        frame = {name: [point[j] for point, _ in cases] for j, name in enumerate(names)}
        frame["Y"] = [y for _, y in cases]
        return truth_table(
            frame,
            outcome="Y",
            conditions=list(names),
            contradiction=0.3,
            levels={name: m for name, m in zip(names, self.levels, strict=True) if m > 2},
        )


@st.composite
def spaces(draw: st.DrawFn, *, codes: str = "10C", largest: int = 16) -> Space:
    """Up to four conditions of two or three values, with at least one positive row."""
    levels = draw(
        st.lists(st.sampled_from([2, 2, 2, 3]), min_size=1, max_size=4).filter(
            lambda given: 1 < _size(given) <= largest
        )
    )
    every = points(levels)
    observed = draw(st.lists(st.sampled_from(every), min_size=1, max_size=8, unique=True))
    marks = draw(st.lists(st.sampled_from(codes), min_size=len(observed), max_size=len(observed)))
    marks[0] = "1"
    return Space(tuple(levels), dict(zip(observed, marks, strict=True)))


def cubes_of(model: object) -> frozenset[Cube]:
    """The cubes of a model of ours, as the reference writes them."""
    return frozenset(
        tuple(None if value < 0 else value for value in cube)
        for cube in model.cubes.tolist()  # type: ignore[attr-defined]
    )


def _size(levels: Sequence[int]) -> int:
    total = 1
    for m in levels:
        total *= m
    return total
