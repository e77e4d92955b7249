"""Assumptions: remainders that a model counts as leading to the outcome although nobody saw them do so."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from concausa.qca.box import Box, count, meetings, points
from concausa.qca.factor import Factor, term_text

#: Most assumptions that are listed one by one, and most that are written into data.
LISTED, FEW = 4096, 100


@dataclass(frozen=True, slots=True)
class Assumption:
    """One simplifying assumption.

    Parameters
    ----------
    configuration : tuple of int
        The remainder, one value a condition.
    expression : str
        The same as a conjunction.
    easy : bool or None
        Whether theory and evidence agree with it (an easy counterfactual); None where no expectation was
        given that could tell.
    """

    configuration: tuple[int, ...]
    expression: str
    easy: bool | None


@dataclass(frozen=True, eq=False, repr=False)
class Assumptions:
    """The simplifying assumptions of one model: the points of its terms that are no observed positive row.

    The space is never listed: assumptions are counted through boxes, and listed up to a limit.

    Parameters
    ----------
    conditions : tuple of Factor
        In the order of the boxes.
    model : tuple of Box
        The terms of the model; they hold no negative row.
    observed : tuple of Box
        Where positive rows were observed.
    region : tuple of Box, optional
        Where counterfactuals are easy; None where no expectation was given.
    """

    conditions: tuple[Factor, ...]
    model: tuple[Box, ...]
    observed: tuple[Box, ...]
    region: tuple[Box, ...] | None = None

    @cached_property
    def listed(self) -> tuple[Assumption, ...]:
        """The assumptions in the order of their configurations, up to 4,096."""
        levels, easy = self._levels, self.region
        known = set(points(self._covered, levels))
        unseen = (point for point in points(self.model, levels) if point not in known)
        return tuple(
            [
                Assumption(
                    point, term_text(self.conditions, point), None if easy is None else _holds(easy, point)
                )
                for point in itertools.islice(unseen, LISTED)
            ]
        )

    @property
    def n(self) -> int:
        """How many there are, listed or not; a lower bound unless ``exact``."""
        return max(0, self._all[0] - self._seen[0])

    @property
    def easy(self) -> int | None:
        """How many of them are easy; None where no expectation was given."""
        return None if self.region is None else max(0, self._easy[0] - self._easy_seen[0])

    @property
    def difficult(self) -> int | None:
        """How many are difficult: they simplify, but theory or evidence speaks against them.

        None without expectations, and where the numbers are not exact: a difference of two bounds is none.
        """
        return self.n - self.easy if self.easy is not None and self.exact else None

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact; otherwise they are lower bounds."""
        counts = [self._all, self._seen]
        if self.region is not None:
            counts += [self._easy, self._easy_seen]
        return all(exact for _, exact in counts)

    @cached_property
    def _levels(self) -> list[int]:
        return [factor.levels for factor in self.conditions]

    @cached_property
    def _covered(self) -> tuple[Box, ...]:
        return meetings(self.observed, self.model)

    @cached_property
    def _all(self) -> tuple[int, bool]:
        return count(self.model, self._levels)

    @cached_property
    def _seen(self) -> tuple[int, bool]:
        return self._most(self._covered)

    @cached_property
    def _within(self) -> tuple[Box, ...]:
        return meetings(self.model, self.region or ())

    @cached_property
    def _easy(self) -> tuple[int, bool]:
        return count(self._within, self._levels)

    @cached_property
    def _easy_seen(self) -> tuple[int, bool]:
        return self._most(meetings(self._within, self._covered))

    def _most(self, boxes: Sequence[Box]) -> tuple[int, bool]:
        """How many points boxes have, or, where that takes too long, more than they can have."""
        number, exact = count(boxes, self._levels)
        if not exact:
            number = sum(count([box], self._levels)[0] for box in boxes)
        return number, exact

    def data(self) -> dict[str, Any]:
        """The numbers, and the assumptions where they are few, as plain JSON values."""
        few = self.listed if self.n <= FEW else ()
        return {
            "n": self.n,
            "easy": self.easy,
            "exact": self.exact,
            "listed": [{"expression": one.expression, "easy": one.easy} for one in few],
        }

    def __iter__(self) -> Iterator[Assumption]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    def __getitem__(self, place: int) -> Assumption:
        return self.listed[place]

    def __repr__(self) -> str:
        split = "" if self.easy is None else f", {self.easy:,} easy"
        return f"<Assumptions: {'' if self.exact else 'at least '}{self.n:,}{split}>"


def _holds(boxes: Sequence[Box], point: Sequence[int]) -> bool:
    return any(all(mask >> value & 1 for mask, value in zip(box, point, strict=True)) for box in boxes)
