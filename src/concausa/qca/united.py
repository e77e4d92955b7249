"""The different models of several charts: counted, and listed up to a limit, without listing all of each chart.

All charts cover the same points. A model of one chart that another has the prime implicants for is a model of
that one too, unless that one has models with fewer terms. So a chart within another is searched only if none
of the other's listed models can be made of what it has. Different models are counted by comparing lists, as
far as `LISTED` reaches; beyond it charts without a common model give a lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.covers import Covers
from concausa.qca.choices import Choices
from concausa.qca.prime_chart import EFFORT, Cubes, PrimeChart, order_of

Pairs: TypeAlias = "tuple[tuple[int, int], ...]"
Ints = NDArray[np.int64]

#: Most models that are compared one by one.
LISTED = 100_000
#: Models that are listed of every chart before it is known whether more are of use.
SAMPLE = 64
#: Sets that may be tried for a chart, however many there are.
LEAST = 30_000


class Head(NamedTuple):
    """A chart that was searched, with the models that are listed as rising rows of numbers, by their length."""

    place: int
    covers: Covers
    models: dict[int, Ints]


@dataclass(frozen=True, eq=False)
class United:
    """What the charts have together.

    Parameters
    ----------
    charts : tuple of PrimeChart
        Over the same points and with the same choices.
    pairs : tuple of Pairs
        For every chart the pairs of models that it stands for.
    """

    charts: tuple[PrimeChart, ...]
    pairs: tuple[Pairs, ...]

    @property
    def count(self) -> int:
        """How many different models there are; a lower bound where not *exact*."""
        return self._tally[0]

    @property
    def counted(self) -> bool:
        """Whether all models that the searches found are counted."""
        return self._tally[1]

    @property
    def exact(self) -> bool:
        """Whether every prime implicant was found and every model counted."""
        return self.counted and self.proved and all(chart.complete for chart in self.charts)

    @property
    def proved(self) -> bool:
        """Whether every search for models ended."""
        return all(head.covers.exact for head in self._heads) and all(chart.covering for chart in self.charts)

    @cached_property
    def size(self) -> int:
        """The fewest terms of a model that was found."""
        return min((head.covers.size for head in self._heads), default=0)

    @cached_property
    def lower(self) -> int:
        """A proved bound: no model has fewer terms."""
        return min((head.covers.lower for head in self._heads), default=0)

    @property
    def loose(self) -> bool:
        """Whether a model with fewer terms may have been missed for some pair."""
        return any(head.covers.lower < head.covers.size for head in self._heads)

    @property
    def choices(self) -> Choices:
        """Which models are looked for."""
        return self.charts[0].choices

    @cached_property
    def _numbered(self) -> tuple[Cubes, list[Ints]]:
        """All prime implicants, fewest literals first, and the numbers of those of each chart."""
        every = np.concatenate([chart.cubes for chart in self.charts])
        different, inverse = np.unique(every, axis=0, return_inverse=True)
        order = order_of(different)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        ends = np.cumsum([len(chart.cubes) for chart in self.charts])[:-1]
        return different[order], np.split(rank[inverse.reshape(-1)], ends)

    @property
    def cubes(self) -> Cubes:
        """Every prime implicant, fewest literals first."""
        return self._numbered[0]

    @cached_property
    def _member(self) -> NDArray[np.bool_]:
        """Which chart makes models of which prime implicant, shape (charts, prime implicants)."""
        member = np.zeros((len(self.charts), len(self.cubes)), dtype=bool)
        for row, chart, numbers in zip(member, self.charts, self._numbered[1], strict=True):
            row[numbers[chart.kept]] = True
        return member

    @cached_property
    def _searched(self) -> tuple[list[Head], Ints]:
        """The charts that had to be searched, and for every chart the terms of its models (0: any)."""
        minimum = self.choices.models == "minimum"
        effort = max(LEAST, EFFORT // len(self.charts))
        packed = np.packbits(self._member, axis=1)
        sizes = np.zeros(len(self.charts), dtype=np.int64)
        heads: list[Head] = []
        rows = np.empty_like(packed)
        for place in np.argsort(-self._member.sum(axis=1), kind="stable").tolist():
            chart = self.charts[place]
            if not chart.covering:
                sizes[place] = -1
                continue
            wider = np.flatnonzero(~(packed[place] & ~rows[: len(heads)]).any(axis=1)).tolist()
            if not minimum and wider:
                continue
            own = self._member[place]
            known = next(
                (h for h in wider if any(own[m].all(axis=1).any() for m in heads[h].models.values())), None
            )
            if known is not None:
                sizes[place] = heads[known].covers.size
                continue
            head = self._head(place, SAMPLE, effort)
            rows[len(heads)] = packed[place]
            heads.append(head)
            sizes[place] = head.covers.size if minimum else 0
        return heads, sizes

    @property
    def _heads(self) -> list[Head]:
        return self._searched[0]

    def _head(self, place: int, limit: int, effort: int) -> Head:
        covers = self.charts[place].search(limit, effort)
        numbers = self._numbered[1][place]
        by_length: dict[int, list[tuple[int, ...]]] = {}
        for one in covers.sets:
            by_length.setdefault(len(one), []).append(one)
        models = {length: np.sort(numbers[np.array(sets)], axis=1) for length, sets in by_length.items()}
        return Head(place, covers, models)

    @cached_property
    def _tally(self) -> tuple[int, bool, dict[int, Ints]]:
        """How many different models, whether these are all, and those that are listed, by their length."""
        groups: dict[int, list[Head]] = {}
        for head in self._heads:
            groups.setdefault(head.covers.size if self.choices.models == "minimum" else 0, []).append(head)
        room, count, counted = LISTED, 0, True
        listed: dict[int, list[Ints]] = {}
        for _, group in sorted(groups.items()):
            total = sum(head.covers.count for head in group)
            whole = total <= room
            if len(group) == 1:
                whole, share = True, self.choices.limit
            else:
                share = room if whole else -(-self.choices.limit // len(group))
            grown = [self._grown(head, share) for head in group]
            room -= sum(len(head.covers.sets) for head in grown)
            different = {
                length: _different(np.concatenate([h.models[length] for h in grown if length in h.models]))
                for length in sorted({length for head in grown for length in head.models})
            }
            seen = sum(len(models) for models in different.values())
            single = max(head.covers.count for head in group)
            count += single if len(group) == 1 else seen if whole else max(seen, self._apart(group))
            counted &= whole
            for length, models in different.items():
                listed.setdefault(length, []).append(models)
        return count, counted, {n: np.concatenate(models) for n, models in sorted(listed.items())}

    def _grown(self, head: Head, share: int) -> Head:
        """The same with up to *share* models listed."""
        wanted = min(head.covers.count, share)
        if len(head.covers.sets) >= wanted:
            return head
        return self._head(head.place, wanted, max(LEAST, EFFORT // len(self.charts)))

    def _apart(self, group: Sequence[Head]) -> int:
        """How many models charts have that share none: those without enough common prime implicants."""
        covered = np.zeros((len(self.cubes), self.charts[0].covered.shape[1]), dtype=bool)
        for chart, numbers in zip(self.charts, self._numbered[1], strict=True):
            covered[numbers] = chart.covered
        chosen: list[int] = []
        total = 0
        for head in sorted(group, key=lambda head: -head.covers.count):
            own = self._member[head.place]
            if not any(covered[own & self._member[other]].any(axis=0).all() for other in chosen):
                chosen.append(head.place)
                total += head.covers.count
            if len(chosen) == SAMPLE:
                break
        return total

    @cached_property
    def models(self) -> list[tuple[tuple[int, ...], Pairs]]:
        """The listed models as numbers of prime implicants, with the pairs that they come of.

        Fewest terms first, then fewest literals.
        """
        limit, literals = self.choices.limit, (self.cubes >= 0).sum(axis=1)
        found: list[tuple[tuple[int, ...], Pairs]] = []
        known: dict[bytes, Pairs] = {}
        sizes = self._searched[1]
        for length, rows in self._tally[2].items():
            chosen = rows[np.argsort(literals[rows].sum(axis=1), kind="stable")[: limit - len(found)]]
            holds = self._member[:, chosen].all(axis=2) & ((sizes == 0) | (sizes == length))[:, None]
            for one, column in zip(chosen.tolist(), holds.T, strict=True):
                key = column.tobytes()
                if key not in known:
                    known[key] = tuple(
                        sorted(
                            pair for place in np.flatnonzero(column).tolist() for pair in self.pairs[place]
                        )
                    )
                found.append((tuple(one), known[key]))
        return found


def _different(rows: Ints) -> Ints:
    """Each row once, in lexicographic order."""
    raw = np.ascontiguousarray(rows, dtype=">u4")
    _, first = np.unique(raw.view(f"S{4 * rows.shape[1]}")[:, 0], return_index=True)
    return rows[first]
