"""How cases may be allotted to types: which types could show each pattern, district by district.

Types that no case can tell apart are put into one class. Only parent configurations that occur, or could
occur where something is missing, tell types apart; where a hidden cause joins two nodes, the type of the
earlier one decides which configurations the later one can have been in.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError, OptionError
from concausa.core.large import counted
from concausa.tracing.causal.belief import TypeSet
from concausa.tracing.causal.case_patterns import UNKNOWN, CasePatterns
from concausa.tracing.causal.graph import CausalGraph
from concausa.tracing.causal.nodal_types import NodalTypes
from concausa.tracing.causal.type_prior import TypePrior

Ints = npt.NDArray[np.int64]

#: Most ways in which what is missing in one pattern may be completed, and most ways to allot one pattern.
MOST_COMPLETIONS, MOST_WAYS = 1 << 14, 1 << 17


@dataclass(frozen=True)
class Allotment:
    """One block: patterns of its districts, and the ways in which types could show each.

    Parameters
    ----------
    sets : tuple of TypeSet
    offsets : tuple of int
        Where the classes of each set begin among all.
    ways : tuple of arrays of int64, shape (ways, nodes of the district)
        For each district pattern the classes that together show it.
    rows : tuple of (int, tuple of tuple of int)
        For each pattern of cases its count, and the completions that it may have: district patterns that
        occur together.
    reached : tuple of arrays of int8
        For each set the values of its classes, shape (classes, configurations that tell them apart); without
        columns where the distribution of a later node turns on the type itself, so that none is like another.
    seen : tuple of (tuple of mapping of int to int, or None)
        For each set of a node without hidden partners, by those configurations: the pattern in which each
        level was seen. None for sets of nodes with hidden partners.
    """

    sets: tuple[TypeSet, ...]
    offsets: tuple[int, ...]
    ways: tuple[Ints, ...]
    rows: tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]
    reached: tuple[npt.NDArray[np.int8], ...]
    seen: tuple[tuple[Mapping[int, int], ...] | None, ...]

    @property
    def classes(self) -> int:
        """Classes of all sets."""
        return self.offsets[-1] + self.sets[-1].classes


@dataclass
class _District:
    """A district while its patterns are collected."""

    nodes: tuple[int, ...]
    looked_at: tuple[int, ...]
    patterns: dict[tuple[int, ...], int] = field(default_factory=dict)
    uncertain: bool = False


def allotments(
    graph: CausalGraph, types: Sequence[NodalTypes], priors: Sequence[TypePrior], cases: CasePatterns
) -> tuple[Allotment, ...]:
    """The blocks that cases make: districts that something missing joins are one block.

    Raises
    ------
    DataError
        If a pattern cannot happen under the model.
    OptionError
        If what is missing could be completed in too many ways, or a pattern could be shown in too many.
    """
    index = {node: place for place, node in enumerate(graph.nodes)}
    districts = []
    for names in graph.districts:
        own = tuple(index[name] for name in names)
        parents = {index[parent] for name in names for parent in graph.parents[name]}
        districts.append(_District(own, tuple(sorted({*own, *parents}))))
    rows = [list(_completions(graph, types, cases, row)) for row in range(len(cases.values))]
    for row, completions in enumerate(rows):
        missing = set(np.flatnonzero(cases.values[row] == UNKNOWN).tolist())
        for district in districts:
            district.uncertain |= bool(missing.intersection(district.looked_at))
            for completion in completions:
                key = tuple(completion[place] for place in district.looked_at)
                district.patterns.setdefault(key, len(district.patterns))
    joined = [district for district in districts if district.uncertain]
    groups = [[district] for district in districts if not district.uncertain] + ([joined] if joined else [])
    return tuple(_block(group, graph, types, priors, cases, rows) for group in groups)


def _completions(
    graph: CausalGraph, types: Sequence[NodalTypes], cases: CasePatterns, row: int
) -> Iterator[tuple[int, ...]]:
    known = cases.values[row].tolist()
    options = [
        range(types[place].levels) if value == UNKNOWN else (value,) for place, value in enumerate(known)
    ]
    count = math.prod(map(len, options))
    if count > MOST_COMPLETIONS:
        raise OptionError(
            f"what is missing could be completed in {counted(count)} ways",
            where=f"row {cases.first[row]}: {sum(value == UNKNOWN for value in known)} values missing",
            fix="leave nodes out that are known in no case, or rows that say little",
        )
    found = False
    for completion in itertools.product(*options):
        if all(_possible(graph, types, place, completion) for place in range(len(known))):
            found = True
            yield completion
    if not found:
        raise impossible_row(graph, cases, row)


def impossible_row(graph: CausalGraph, cases: CasePatterns, row: int) -> DataError:
    """The error of a pattern that no types show."""
    told = ", ".join(
        f"{node}={value}"
        for node, value in zip(graph.nodes, cases.values[row].tolist(), strict=True)
        if value != UNKNOWN
    )
    return DataError(
        "a case cannot happen under the model",
        where=f"row {cases.first[row]}: {told}",
        fix="check the row, or lift the restriction that excludes it",
    )


def _possible(graph: CausalGraph, types: Sequence[NodalTypes], place: int, values: Sequence[int]) -> bool:
    own = types[place]
    at = own.configuration([values[graph.nodes.index(parent)] for parent in own.parents])
    return bool((own.values[:, at] == values[place]).any())


def _block(
    group: Sequence[_District],
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    priors: Sequence[TypePrior],
    cases: CasePatterns,
    rows: Sequence[Sequence[tuple[int, ...]]],
) -> Allotment:
    sets: list[TypeSet] = []
    reached: list[npt.NDArray[np.int8]] = []
    ways: list[Ints] = []
    start = 0
    starts: list[int] = []
    seen: list[tuple[Mapping[int, int], ...] | None] = []
    for district in group:
        maker = _Ways(district, graph, types, priors)
        own_sets, own_reached = maker.sets()
        seen += [maker.seen(len(ways)) if len(district.nodes) == 1 else None for _ in own_sets]
        places = {}
        for one, values in zip(own_sets, own_reached, strict=True):
            places[one.node, one.given] = start
            start += one.classes
            sets.append(one)
            reached.append(values)
        starts.append(len(ways))
        by_key = {(one.node, one.given): one for one in own_sets}
        ways += [maker.ways(pattern, by_key, places) for pattern in district.patterns]
    kept = []
    for row, completions in enumerate(rows):
        told: dict[tuple[int, ...], None] = {}
        for completion in completions:
            told[
                tuple(
                    first + district.patterns[tuple(completion[place] for place in district.looked_at)]
                    for first, district in zip(starts, group, strict=True)
                )
            ] = None
        possible = tuple(one for one in told if all(len(ways[pattern]) for pattern in one))
        if not possible:
            raise impossible_row(graph, cases, row)
        kept.append((int(cases.counts[row]), possible))
    merged: dict[tuple[tuple[int, ...], ...], int] = {}
    for count, possible in kept:
        merged[possible] = merged.get(possible, 0) + count
    offsets = np.cumsum([0, *(one.classes for one in sets)])[:-1].tolist()
    return Allotment(
        tuple(sets),
        tuple(offsets),
        tuple(ways),
        tuple((count, possible) for possible, count in merged.items()),
        tuple(reached),
        tuple(seen),
    )


class _Ways:
    """Works out sets, classes and ways of one district."""

    def __init__(
        self,
        district: _District,
        graph: CausalGraph,
        types: Sequence[NodalTypes],
        priors: Sequence[TypePrior],
    ) -> None:
        self.district, self.types, self.priors = district, types, priors
        index = {node: place for place, node in enumerate(graph.nodes)}
        self.partners = {
            place: tuple(index[name] for name in graph.partners(graph.nodes[place]))
            for place in district.nodes
        }
        self.leads = {partner for own in self.partners.values() for partner in own}
        self.parents = {
            place: tuple(index[name] for name in graph.parents[graph.nodes[place]])
            for place in district.nodes
        }
        self.at = {place: position for position, place in enumerate(district.looked_at)}
        self.showing: dict[tuple[int, int, int], Ints] = {}

    def configuration(self, node: int, pattern: Sequence[int]) -> int:
        values = [pattern[self.at[parent]] for parent in self.parents[node]]
        return self.types[node].configuration(values)

    def fitting(self, node: int, pattern: Sequence[int]) -> Ints:
        """Types of a node that show its value in a pattern."""
        key = (node, self.configuration(node, pattern), pattern[self.at[node]])
        if key not in self.showing:
            self.showing[key] = np.flatnonzero(self.types[node].values[:, key[1]] == key[2])
        return self.showing[key]

    def given(self, node: int, chosen: Mapping[int, int]) -> int:
        number, stride = 0, 1
        for partner in self.partners[node]:
            number += chosen[partner] * stride
            stride *= len(self.types[partner])
        return number

    def sets(self) -> tuple[list[TypeSet], list[npt.NDArray[np.int8]]]:
        reach: dict[tuple[int, int], set[int]] = {
            (node, given): set() for node in self.district.nodes for given in range(self.priors[node].givens)
        }
        for pattern in self.district.patterns:
            for node in self.district.nodes:
                at = self.configuration(node, pattern)
                options = [self.fitting(partner, pattern).tolist() for partner in self.partners[node]]
                for choice in itertools.product(*options):
                    chosen = dict(zip(self.partners[node], choice, strict=True))
                    reach[node, self.given(node, chosen)].add(at)
        sets, values = [], []
        for (node, given), configurations in reach.items():
            own = self.types[node]
            if node in self.leads:
                class_of, rows = np.arange(len(own), dtype=np.int64), own.values[:, :0]
            else:
                seen = own.values[:, sorted(configurations)]
                class_of, rows = _classes(seen, own.levels)
            sets.append(TypeSet.of(node, given, self.priors[node], class_of))
            values.append(rows)
        return sets, values

    def seen(self, first: int) -> tuple[Mapping[int, int], ...]:
        """By configuration, the pattern of each level; for a district of one node, counting from *first*."""
        node = self.district.nodes[0]
        found: dict[int, dict[int, int]] = {}
        for pattern, number in self.district.patterns.items():
            at = self.configuration(node, pattern)
            found.setdefault(at, {})[pattern[self.at[node]]] = first + number
        return tuple(found[at] for at in sorted(found))

    def ways(
        self,
        pattern: Sequence[int],
        sets: Mapping[tuple[int, int], TypeSet],
        places: Mapping[tuple[int, int], int],
    ) -> Ints:
        """Every way in which the types of the district show a pattern, as classes of the block."""
        if len(self.district.nodes) == 1:
            node = self.district.nodes[0]
            classes = np.unique(sets[node, 0].class_of[self.fitting(node, pattern)])
            return (classes + places[node, 0]).reshape(-1, 1)
        found: list[list[int]] = []
        leads = [node for node in self.district.nodes if node in self.leads]
        rest = [node for node in self.district.nodes if node not in self.leads]
        for choice in itertools.product(*(self.fitting(node, pattern).tolist() for node in leads)):
            chosen = dict(zip(leads, choice, strict=True))
            head = [places[node, self.given(node, chosen)] + chosen[node] for node in leads]
            tails = []
            for node in rest:
                given = self.given(node, chosen)
                classes = np.unique(sets[node, given].class_of[self.fitting(node, pattern)])
                tails.append((classes + places[node, given]).tolist())
            found += [[*head, *tail] for tail in itertools.product(*tails)]
            if len(found) > MOST_WAYS:
                raise OptionError(
                    "a pattern could be shown in too many ways",
                    where=f"hidden causes join {len(self.district.nodes)} nodes",
                    fix="restrict their types, or leave out a hidden cause",
                )
        return np.array(found, np.int64).reshape(len(found), len(self.district.nodes))


def _classes(values: npt.NDArray[np.int8], levels: int) -> tuple[Ints, npt.NDArray[np.int8]]:
    """Which rows are alike, and one of each."""
    codes = np.zeros(len(values), dtype=np.int64)
    for column in values.T:
        codes = codes * levels + column
        if codes.max() >= 1 << 48:
            codes = np.unique(codes, return_inverse=True)[1].reshape(-1)
    _, first, where = np.unique(codes, return_index=True, return_inverse=True)
    return where.reshape(-1).astype(np.int64), values[first]
