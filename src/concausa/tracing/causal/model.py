"""A causal model: a graph, the types that its nodes may have, and how likely each is held to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.core.large import counted
from concausa.core.table import Heading, Table
from concausa.tracing.causal.belief import Belief, prior_belief
from concausa.tracing.causal.graph import CausalGraph
from concausa.tracing.causal.nodal_types import NodalTypes
from concausa.tracing.causal.query import Level, answer
from concausa.tracing.causal.signs import no_parent, read_signs
from concausa.tracing.causal.type_prior import Number, TypePrior
from concausa.tracing.causal.type_rules import (
    holds_always,
    holds_somewhere,
    moves_one_way,
    node_of,
)
from concausa.tracing.causal.type_rules import no_interaction as keeps_apart

if TYPE_CHECKING:
    from concausa.tracing.causal.answer import CausalAnswer
    from concausa.tracing.causal.clue import ClueValue
    from concausa.tracing.causal.identified import Identification
    from concausa.tracing.causal.posterior import CausalPosterior


@dataclass(frozen=True)
class CausalModel:
    """A causal model; every change gives a new one.

    Parameters
    ----------
    graph : CausalGraph
    scales : mapping of str to tuple of str
        Levels of each node, lowest first; ``("0", "1")`` for a binary one.
    types : mapping of str to NodalTypes
    priors : mapping of str to TypePrior
    rules : tuple of str
        The restrictions that were made, in words.
    """

    graph: CausalGraph
    scales: Mapping[str, tuple[str, ...]]
    types: Mapping[str, NodalTypes]
    priors: Mapping[str, TypePrior]
    rules: tuple[str, ...] = field(default=())

    @property
    def nodes(self) -> tuple[str, ...]:
        """Nodes, parents before children."""
        return self.graph.nodes

    @cached_property
    def type_list(self) -> tuple[NodalTypes, ...]:
        """Types of each node in the order of the graph."""
        return tuple(self.types[node] for node in self.nodes)

    @cached_property
    def belief(self) -> Belief:
        """What is held before any data."""
        return prior_belief([self.priors[node] for node in self.nodes])

    def restrict(
        self,
        *keep: str,
        drop: str | Sequence[str] = (),
        monotone: Mapping[str, str] | None = None,
        no_interaction: str | Sequence[str] = (),
    ) -> CausalModel:
        """The model without the types that a rule excludes.

        Parameters
        ----------
        *keep : str
            Statements on one node each, such as ``S[EL=1] >= S[EL=0]``: a type stays if it agrees whatever
            the parents are that the statement does not set.
        drop : str or sequence of str
            Statements: a type goes if it agrees for at least one way in which the other parents may be.
        monotone : mapping of str to str
            ``{"S": "+EL -BQ"}``: S never falls as EL rises, never rises as BQ rises.
        no_interaction : str or sequence of str
            ``"EL, BQ -> S"``: the effect of EL on S is the same whatever BQ is.

        Raises
        ------
        ExpressionError
            If a statement cannot be read or names what the model does not have.
        OptionError
            If no type of a node would be left.

        Examples
        --------
        >>> from concausa.tracing.causal.declare import causal_model
        >>> model = causal_model("X -> Y").restrict("Y[X=1] >= Y[X=0]")
        >>> [model.types["Y"].name(type) for type in range(len(model.types["Y"]))]
        ['00', '01', '11']
        """
        made = self
        for text in keep:
            node = node_of(text, self.nodes)
            made = made._kept(node, holds_always(text, made.types[node], self.scales), text)
        for text in _texts(drop):
            node = node_of(text, self.nodes)
            mask = ~holds_somewhere(text, made.types[node], self.scales)
            made = made._kept(node, mask, f"not {text}")
        for node, text in (monotone or {}).items():
            signs = self._signs(node, text)
            mask = np.ones(len(made.types[node]), dtype=bool)
            for parent, sign in signs.items():
                mask &= moves_one_way(made.types[node], parent, sign)
            made = made._kept(node, mask, f"{node} moves with {text}")
        for text in _texts(no_interaction):
            node, first, second = self._pair(text)
            mask = keeps_apart(first, second, made.types[node])
            made = made._kept(node, mask, f"no interaction: {text}")
        return made

    def prior(
        self,
        *nodes: str,
        alpha: Number | None = None,
        mass: Number | None = None,
        where: str = "",
    ) -> CausalModel:
        """The model with another prior.

        Parameters
        ----------
        *nodes : str
            Which nodes it is for; all if none is named.
        alpha : number
            Dirichlet parameter of every type; with *where* only of the types for which that statement
            always holds, the others staying as they are.
        mass : number
            What each Dirichlet is worth in cases, spread as the parameters stand now. A flat prior over
            many types is worth as many cases as there are types and hardly heeds data; ``mass=2`` does.

        Raises
        ------
        OptionError
            If neither or both of *alpha* and *mass* are given, or one is not above 0.

        Examples
        --------
        >>> from concausa.tracing.causal.declare import causal_model
        >>> causal_model("A -> Y <- B; C -> Y").prior(mass=4).priors["Y"].totals
        (Fraction(4, 1),)
        """
        if (alpha is None) == (mass is None):
            raise OptionError(
                "a prior is told by alpha or by mass", where=f"alpha={alpha!r}, mass={mass!r}",
                fix="alpha=1 gives each type the same parameter, mass=4 makes the whole worth four cases",
            )  # fmt: skip
        if where and mass is not None:
            raise OptionError("where goes with alpha", where=f"mass={mass!r}", fix="leave one of them out")
        for node in nodes:
            self.graph.index(node)
        if where and not nodes:
            nodes = (node_of(where, self.nodes),)
        made = dict(self.priors)
        for node in nodes or self.nodes:
            own = made[node]
            if mass is not None:
                made[node] = own.with_mass(mass)
                continue
            assert alpha is not None
            types = self.types[node]
            mask = holds_always(where, types, self.scales) if where else np.ones(len(types), dtype=bool)
            if not mask.any():
                raise OptionError(
                    f'no type of "{node}" agrees with the statement', where=where, fix="check the statement"
                )
            made[node] = own.with_alpha(alpha, mask)
        return replace(self, priors=made)

    def query(
        self, query: str, given: str = "", *, level: Level = "case", draws: int = 4000, seed: int = 1
    ) -> CausalAnswer:
        """What the model answers before any data; exact at case level.

        Parameters
        ----------
        query : str
            Such as ``S[EL=1] > S[EL=0]``, ``Y[X=1, M=M[X=0]] != Y[X=0]`` or ``Y[X=1] - Y[X=0]``.
        given : str
            What is known of the case, such as ``EL==1 & S==1``.
        level : {"case", "population"}
            One more case of which only this is known, or the share among all such cases.
        draws, seed : int
            For the population level, which is drawn.

        Raises
        ------
        ExpressionError, DataError, OptionError
            If a text cannot be read, if what is given cannot happen, if an option cannot be so.

        Examples
        --------
        >>> from concausa.tracing.causal.declare import causal_model
        >>> causal_model("X -> Y").query("Y[X=1] > Y[X=0]", given="X==1 & Y==1").exact
        Fraction(1, 2)
        """
        return answer(
            self.belief, self.graph, self.type_list, self.scales, query, given,
            level=level, draws=draws, seed=seed, source="prior",
        )  # fmt: skip

    def update(
        self,
        data: object,
        *,
        count: str = "",
        method: str = "auto",
        draws: int = 4000,
        seed: int = 1,
        evidence: bool = False,
    ) -> CausalPosterior:
        """The model after data; see :func:`concausa.tracing.causal.posterior.update`."""
        from concausa.tracing.causal.posterior import update

        return update(self, data, count=count, method=method, draws=draws, seed=seed, evidence=evidence)

    def clues(self, query: str, given: str = "", *, nodes: Iterable[str] = ()) -> tuple[ClueValue, ...]:
        """What each node not yet looked at would teach; see :func:`concausa.tracing.causal.clue.clue_values`."""
        from concausa.tracing.causal.clue import clue_values

        return clue_values(self, self.belief, query, given, nodes=tuple(nodes))

    def identified(
        self, query: str, given: str = "", *, observed: Iterable[str] = (), seed: int = 1
    ) -> Identification:
        """Whether any amount of data could settle a query; see :mod:`concausa.tracing.causal.identified`."""
        from concausa.tracing.causal.identified import identification

        return identification(self, query, given, observed=tuple(observed), seed=seed)

    def table(self) -> Table:
        """Each node with its levels, parents, types, and what its prior is worth in cases."""
        rows = []
        for node in self.nodes:
            partners = self.graph.partners(node)
            totals = sorted(set(self.priors[node].totals))
            worth = " to ".join(f"{float(total):g}" for total in dict.fromkeys((totals[0], totals[-1])))
            rows.append((
                node,
                ", ".join(self.scales[node]),
                ", ".join(self.graph.parents[node]) or "–",
                ", ".join(partners) or "–",
                counted(len(self.types[node])),
                worth + (f" (each of {self.priors[node].givens})" if partners else ""),
            ))  # fmt: skip
        headings = (
            Heading("node", "Node"),
            Heading("levels", "Levels"),
            Heading("parents", "Parents"),
            Heading("hidden", "Hidden cause shared with"),
            Heading("types", "Types"),
            Heading("worth", "Prior worth, in cases"),
        )
        return Table.of("causal-model", f"Causal model {self.graph.statement}", headings, rows)

    def __repr__(self) -> str:
        types = counted(int(np.prod([float(len(self.types[node])) for node in self.nodes])))
        return f"<CausalModel {self.graph.statement}: {len(self.nodes)} nodes, {types} causal types>"

    def __str__(self) -> str:
        from concausa.core import typeset

        rules = "".join(f"\n  rule: {rule}" for rule in self.rules)
        return typeset.text(self.table()) + rules

    def _repr_html_(self) -> str:
        from concausa.core import typeset

        return typeset.html(self.table())

    def _kept(self, node: str, mask: npt.NDArray[np.bool_], rule: str) -> CausalModel:
        if not mask.any():
            raise OptionError(
                f'no type of "{node}" would be left', where=rule, fix="leave this rule or an earlier one out"
            )
        for _, second in (pair for pair in self.graph.confounded if pair[0] == node):
            if self.priors[second].givens and not mask.all():
                return self._kept_with_partners(node, mask, rule)
        types = {**self.types, node: self.types[node].kept(mask)}
        priors = {**self.priors, node: self.priors[node].kept(mask)}
        return replace(self, types=types, priors=priors, rules=(*self.rules, rule))

    def _kept_with_partners(self, node: str, mask: npt.NDArray[np.bool_], rule: str) -> CausalModel:
        """The same where later nodes have a distribution for each type of this one: theirs go with it."""
        priors = {**self.priors, node: self.priors[node].kept(mask)}
        for other in self.nodes:
            partners = self.graph.partners(other)
            if node in partners:
                sizes = [len(self.types[name]) for name in reversed(partners)]
                weights = self.priors[other].weights.reshape(*sizes, -1)
                axis = len(partners) - 1 - partners.index(node)
                kept = np.compress(mask, weights, axis=axis)
                priors[other] = TypePrior(self.priors[other].scale, kept.reshape(-1, weights.shape[-1]))
        types = {**self.types, node: self.types[node].kept(mask)}
        return replace(self, types=types, priors=priors, rules=(*self.rules, rule))

    def _signs(self, node: str, text: str) -> dict[str, int]:
        self.graph.index(node)
        return read_signs(node, text, self.graph.parents[node])

    def _pair(self, text: str) -> tuple[str, str, str]:
        causes, arrow, effect = text.partition("->")
        node = effect.strip()
        names = [name.strip() for name in causes.split(",")]
        if not arrow or len(names) != 2 or len(set(names)) != 2:
            raise OptionError(
                "an interaction is told by two parents and a node", where=text, fix='write "EL, BQ -> S"'
            )
        self.graph.index(node, where=text)
        for name in names:
            if name not in self.graph.parents[node]:
                raise no_parent(name, node, self.graph.parents[node], text)
        return node, names[0], names[1]


def _texts(told: str | Sequence[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)
