"""Causal models by listing every causal type: slow, and with nothing clever in it.

A causal type gives each node one way to respond to its parents. What a node is, or would be, is worked out for
each type by following the arrows. Cases are given to types in every way there is; how likely a way is follows
from rising factorials of the Dirichlet parameters. Questions are functions of *see*: ``see("Y", X=1)`` is what Y
would be if X were 1.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

See = Callable[..., int]
Question = Callable[[See], int]
Response = Callable[..., int]
CausalType = tuple[int, ...]


class Twin:
    """A causal model, told node by node with parents before children.

    *keep* says of a node's response, a function of its parents, whether it is allowed; *alpha* gives its
    Dirichlet parameter, 1 if nothing is said. A node joined by *hidden* to an earlier one has one Dirichlet for
    each combination of the types of its earlier partners.
    """

    def __init__(
        self,
        parents: Mapping[str, Sequence[str]],
        *,
        levels: Mapping[str, int] | None = None,
        hidden: Sequence[tuple[str, str]] = (),
        keep: Mapping[str, Callable[[Response], bool]] | None = None,
        alpha: Mapping[str, Callable[[Response], Fraction]] | None = None,
    ) -> None:
        self.nodes = list(parents)
        self.parents = {node: tuple(parents[node]) for node in self.nodes}
        self.levels = {node: (levels or {}).get(node, 2) for node in self.nodes}
        self.tables: list[list[dict[tuple[int, ...], int]]] = []
        self.alphas: list[list[Fraction]] = []
        for node in self.nodes:
            ways = list(itertools.product(*(range(self.levels[name]) for name in self.parents[node])))
            tables = [
                dict(zip(ways, values, strict=True))
                for values in itertools.product(range(self.levels[node]), repeat=len(ways))
            ]
            allowed = (keep or {}).get(node, lambda respond: True)
            weigh = (alpha or {}).get(node, lambda respond: Fraction(1))
            tables = [table for table in tables if allowed(self._response(node, table))]
            self.tables.append(tables)
            self.alphas.append([Fraction(weigh(self._response(node, table))) for table in tables])
        self.partners = [
            [place for place, other in enumerate(self.nodes[:at]) if {other, node} in map(set, hidden)]
            for at, node in enumerate(self.nodes)
        ]
        self.types = list(itertools.product(*(range(len(tables)) for tables in self.tables)))

    def _response(self, node: str, table: Mapping[tuple[int, ...], int]) -> Response:
        return lambda **held: table[tuple(held[name] for name in self.parents[node])]

    def see(self, causal_type: CausalType) -> See:
        """What a node is, or would be if others were held."""

        def look(node: str, **held: int) -> int:
            if node in held:
                return held[node]
            at = self.nodes.index(node)
            above = tuple(look(name, **held) for name in self.parents[node])
            return self.tables[at][causal_type[at]][above]

        return look

    def agreeing(self, given: Question = lambda see: 1) -> list[CausalType]:
        """The types for which something is true."""
        return [one for one in self.types if given(self.see(one))]

    def evidence(self, cases: Sequence[Sequence[CausalType]]) -> Fraction:
        """How probable it is that each case has one of its types, in this order."""
        return sum(
            (count * self._weight(Counter(chosen)) for chosen, count in self._allotments(cases).items()),
            Fraction(0),
        )

    def _allotments(self, cases: Sequence[Sequence[CausalType]]) -> Counter[tuple[CausalType, ...]]:
        """Every way to give cases to types; ways that differ only in which case is which are counted."""
        ways = Counter({(): 1})
        for allowed in cases:
            longer: Counter[tuple[CausalType, ...]] = Counter()
            for way, count in ways.items():
                for one in allowed:
                    longer[tuple(sorted((*way, one)))] += count
            ways = longer
        return ways

    def _weight(self, chosen: Counter[CausalType]) -> Fraction:
        weight = Fraction(1)
        for at, alphas in enumerate(self.alphas):
            told: dict[tuple[int, ...], Counter[int]] = {}
            for one, count in chosen.items():
                given = tuple(one[partner] for partner in self.partners[at])
                told.setdefault(given, Counter())[one[at]] += count
            for counts in told.values():
                for type_, count in counts.items():
                    weight *= rising(alphas[type_], count)
                weight /= rising(sum(alphas, Fraction(0)), counts.total())
        return weight

    def like(self, **values: int | None) -> list[CausalType]:
        """The types that show these values; what is None or left out is not known."""
        seen = {node: value for node, value in values.items() if value is not None}
        return self.agreeing(lambda see: all(see(node) == value for node, value in seen.items()))

    def case(
        self, query: Question, given: Question = lambda see: 1, data: Sequence[Mapping[str, int | None]] = ()
    ) -> Fraction | None:
        """Mean of a query in one more case of which *given* is known; None if it cannot be."""
        cases = [self.like(**row) for row in data]
        known = self.agreeing(given)
        whole = self.evidence([*cases, known])
        if not whole:
            return None
        worth: dict[int, list[CausalType]] = {}
        for one in known:
            worth.setdefault(int(query(self.see(one))), []).append(one)
        parts = (value * self.evidence([*cases, types]) for value, types in worth.items() if value)
        return sum(parts, Fraction(0)) / whole

    def share_moments(
        self, query: Question, data: Sequence[Mapping[str, int | None]]
    ) -> tuple[Fraction, Fraction]:
        """Mean and mean square of the share of cases for which a statement is true."""
        cases = [self.like(**row) for row in data]
        true = self.agreeing(query)
        whole = self.evidence(cases)
        return self.evidence([*cases, true]) / whole, self.evidence([*cases, true, true]) / whole

    def data_probability(self, data: Sequence[Mapping[str, int | None]]) -> Fraction:
        """How probable rows of data are in their order."""
        return self.evidence([self.like(**row) for row in data])


def rising(start: Fraction, count: int) -> Fraction:
    """``start (start + 1) ...``, with *count* factors."""
    product = Fraction(1)
    for step in range(count):
        product *= start + step
    return product


def acyclic_graphs(size: int) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every graph without a circle on so many nodes, once up to what they are called."""
    names = "ABCD"[:size]
    pairs = list(itertools.combinations(range(size), 2))
    seen = set()
    for drawn in itertools.product((False, True), repeat=len(pairs)):
        arrows = [pair for pair, there in zip(pairs, drawn, strict=True) if there]
        shapes = (
            tuple(sorted((order[a], order[b]) for a, b in arrows))
            for order in itertools.permutations(range(size))
        )
        if (shape := min(shapes)) not in seen:
            seen.add(shape)
            yield {names[node]: tuple(names[a] for a, b in arrows if b == node) for node in range(size)}
