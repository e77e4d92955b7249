"""A causal model after data: what is held of its types now, and how that was worked out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.tracing.causal.allotment import Allotment, allotments
from concausa.tracing.causal.belief import Belief, Block, TypeSet
from concausa.tracing.causal.case_patterns import UNKNOWN, CasePatterns, case_patterns
from concausa.tracing.causal.exact_posterior import exact_block
from concausa.tracing.causal.query import Level, answer
from concausa.tracing.causal.type_sampler import Drawn, draw_block

if TYPE_CHECKING:
    from concausa.tracing.causal.answer import CausalAnswer
    from concausa.tracing.causal.clue import ClueValue
    from concausa.tracing.causal.model import CausalModel
    from concausa.tracing.causal.spread import Spread

METHODS = ("auto", "exact", "draws")
#: R-hat from which chains are said not to agree.
AGREE = 1.01


@dataclass(frozen=True)
class CausalPosterior:
    """A causal model that has seen cases.

    Parameters
    ----------
    model : CausalModel
        As it was before.
    cases : CasePatterns
    belief : Belief
        What is held of the types now.
    log_evidence : float
        Natural logarithm of the probability of the cases in their order; nan where that was not worked out.
    evidence : Fraction or None
        That probability exactly, where nothing was drawn.
    log_evidence_error : float
        Standard error of *log_evidence*; 0 where it is exact.
    effective : float
        Draws that the worst-told of the watched weights is worth; 0 where nothing was drawn.
    wanted : int
        Draws that were asked for.
    allotments : tuple of Allotment
        How cases may be allotted, a block each.
    """

    model: CausalModel
    cases: CasePatterns
    belief: Belief
    log_evidence: float
    evidence: Fraction | None
    log_evidence_error: float
    effective: float
    wanted: int
    allotments: tuple[Allotment, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether nothing was drawn."""
        return self.belief.is_exact

    def query(
        self, query: str, given: str = "", *, level: Level = "case", draws: int = 4000, seed: int = 1
    ) -> CausalAnswer:
        """What the model answers after the data; see :meth:`CausalModel.query`.

        At case level *given* is what is known of one more case; for a case among the data ask at population
        level.
        """
        return answer(
            self.belief, self.model.graph, self.model.type_list, self.model.scales, query, given,
            level=level, draws=draws, seed=seed, source="posterior",
        )  # fmt: skip

    def clues(self, query: str, given: str = "", *, nodes: Iterable[str] = ()) -> tuple[ClueValue, ...]:
        """What each node not yet looked at would teach; see :func:`concausa.tracing.causal.clue.clue_values`."""
        from concausa.tracing.causal.clue import clue_values

        return clue_values(self.model, self.belief, query, given, nodes=tuple(nodes))

    def spread(self, query: str, given: str = "", *, draws: int = 4000, seed: int = 1) -> Spread:
        """What part of a share's uncertainty no case can remove; see :mod:`concausa.tracing.causal.spread`."""
        from concausa.tracing.causal.spread import spread

        return spread(self, query, given, draws=draws, seed=seed)

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What to know before trusting it."""
        found = []
        if not self.is_exact and self.effective < self.wanted:
            found.append(
                Caveat.of(
                    "few draws",
                    "the draws are worth {worth} independent ones for the worst-told weight; {wanted} were asked for",
                    worth=f"{self.effective:,.0f}",
                    wanted=f"{self.wanted:,}",
                )
            )
        for place, node in enumerate(self.model.nodes):
            if (self.cases.values[:, place] == UNKNOWN).all():
                found.append(Caveat.of("never known", "{node} is known in no case", node=node))
        for node in self.model.nodes:
            worth = max(self.model.priors[node].totals)
            if worth > self.cases.cases:
                found.append(
                    Caveat.of(
                        "heavy prior",
                        "the prior on {node} is worth {worth} cases, more than the {cases} in the data: "
                        "it decides more than they do; prior(mass=...) makes it lighter",
                        node=node,
                        worth=f"{float(worth):g}",
                        cases=self.cases.cases,
                    )
                )
        return tuple(found)

    def __repr__(self) -> str:
        how = "exact" if self.is_exact else f"draws worth {self.effective:,.0f}"
        return f"<CausalPosterior {self.model.graph.statement}: {self.cases.cases:,} cases, {how}>"

    def __str__(self) -> str:
        lines = [f"{self.model.graph.statement}, after {self.cases.cases:,} cases"]
        if self.is_exact:
            several = sum(len(block.counts) > 1 for block in self.belief.blocks)
            lines.append(
                f"  exact: {several or 'no'} part{'' if several == 1 else 's'} with several ways to allot cases"
            )
        else:
            chains, each = self.belief.layout or (0, 0)
            lines.append(
                f"  {chains} chains of {each:,} draws, worth at least {self.effective:,.0f} independent ones"
            )
        if not math.isnan(self.log_evidence):
            error = f" (error {self.log_evidence_error:.2g})" if self.log_evidence_error else ""
            lines.append(f"  log probability of the data {self.log_evidence:.4f}{error}")
        for node in self.model.nodes:
            totals = dict.fromkeys(float(total) for total in self.model.priors[node].totals)
            worth = " or ".join(f"{total:g}" for total in totals)
            lines.append(f"  prior on {node}: {len(self.model.types[node]):,} types, worth {worth} cases")
        lines += [f"  note: {caveat}" for caveat in self.caveats]
        return "\n".join(lines)


def update(
    model: CausalModel,
    data: object,
    *,
    count: str = "",
    method: str = "auto",
    draws: int = 4000,
    seed: int = 1,
    evidence: bool = False,
) -> CausalPosterior:
    """The model after data.

    Parameters
    ----------
    data : mapping, data frame or list of records
        Columns are nodes, rows are cases; see :func:`concausa.tracing.causal.case_patterns.case_patterns`. Nodes
        may be missing in some cases or in all.
    count : str
        Column that says how many cases a row stands for.
    method : {"auto", "exact", "draws"}
        ``exact`` multiplies the likelihood out and gives fractions; ``draws`` runs chains; ``auto`` is exact
        wherever that is short enough, part by part.
    draws : int
        Independent draws that the result should be worth, 2 or more.
    seed : int
    evidence : bool
        Whether to work out the probability of the data even where that takes time; up to 150 cases it is
        always told.

    Raises
    ------
    DataError
        If there is no case, a value is none of its node's, or a case cannot happen under the model.
    OptionError
        If an option cannot be so, or ``exact`` would be too long.

    Notes
    -----
    With complete data the posterior is a product over districts (nodes joined by hidden causes), and each is
    worked out alone. What is missing joins districts.
    """
    if method not in METHODS:
        near = nearest(str(method), METHODS)
        raise OptionError(
            f"there is no method {method!r}",
            where=f"method={method!r}",
            fix=f'did you mean "{near}"?' if near else f"one of {', '.join(METHODS)}",
        )
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 2:
        raise OptionError("draws must be 2 or more", where=f"draws={draws!r}", fix="give draws=4000")
    graph, types = model.graph, model.type_list
    priors = [model.priors[node] for node in model.nodes]
    cases = case_patterns(data, model.nodes, model.scales, count=count)
    blocks: list[Block] = []
    waiting: list[tuple[Allotment, Drawn]] = []
    probability: Fraction | None = Fraction(1)
    log, variance, effective = 0.0, 0.0, math.inf
    parts = allotments(graph, types, priors, cases)
    for place, allotment in enumerate(parts):
        exact = exact_block(allotment) if method != "draws" or _is_one_way(allotment) else None
        if exact is not None:
            block, own = exact
            blocks.append(block)
            probability = None if probability is None else probability * own
            log += math.log(own.numerator) - math.log(own.denominator)
            continue
        if method == "exact":
            raise OptionError(
                "the posterior is too long to be multiplied out",
                where=f"{cases.cases:,} cases, {allotment.classes:,} classes of types in one part",
                fix='give method="auto", or fewer cases',
            )
        drawn = draw_block(allotment, draws, seed + place, evidence=evidence)
        waiting.append((allotment, drawn))
        probability = None
        log += drawn.log_evidence
        variance += drawn.log_evidence_error**2
    layout = None
    if waiting:
        chains = min(drawn.counts.shape[0] for _, drawn in waiting)
        # Where there are more chains than that, those that started from one run are laid end to end.
        laid = [drawn.counts.reshape(chains, -1, drawn.counts.shape[-1]) for _, drawn in waiting]
        length = min(part.shape[1] for part in laid)
        layout = (chains, length)
        for (allotment, drawn), line in zip(waiting, laid, strict=True):
            blocks.append(Block(allotment.sets, line[:, -length:].reshape(chains * length, -1), None))
            effective = min(effective, drawn.effective * length / line.shape[1])
    seen = {(one.node, one.given) for block in blocks for one in block.sets}
    for node, prior in enumerate(priors):
        for given in range(prior.givens):
            if (node, given) not in seen:
                one = TypeSet.of(node, given, prior)
                blocks.append(Block((one,), np.zeros((1, 1), np.int64), (Fraction(1),)))
    return CausalPosterior(
        model,
        cases,
        Belief(tuple(blocks), layout),
        log,
        probability,
        math.sqrt(variance),
        0.0 if not waiting else effective,
        draws,
        parts,
    )


def _is_one_way(allotment: Allotment) -> bool:
    """Whether there is nothing to draw: each case shows the class of each of its types."""
    return all(len(ways) == 1 for _, ways in allotment.rows) and all(
        len(ways) == 1 for ways in allotment.ways
    )
