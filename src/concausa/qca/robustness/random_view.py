"""Chances under random outcomes as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap
from concausa.qca.robustness.random_outcomes import EVENTS, Kind
from concausa.qca.robustness.tests_view import WIDTH, told
from concausa.qca.robustness.works import BRAUMOELLER, GIBSON, MARX

if TYPE_CHECKING:
    from concausa.qca.robustness.random_outcomes import RandomOutcomes

SOURCES = (BRAUMOELLER, GIBSON, MARX)
#: A perfect fit that random outcomes reach more often than this says little.
OFTEN = 0.05
#: Fewer draws leave chances rough.
FEW = 500

LABELS: dict[str, str] = {
    "any": "any solution at all",
    "consistency": "a model at least as consistent",
    "coverage": "a model that covers at least as much",
    "both": "a model as consistent that covers as much",
    "perfect": "a perfect fit (consistency 1, coverage 1)",
    "same": "the same formula",
}
_MADE: dict[Kind, str] = {
    "permutation": "the outcome's scores in random order",
    "resampled": "the outcome's scores drawn with replacement",
    "independent": "each case in the outcome with probability {rate}",
}


def caveats_of(found: RandomOutcomes) -> tuple[Caveat, ...]:
    """Every caveat."""
    caveats = []
    table = found.initial.analysis.truth_table
    cases, possible = len(table.data.cases), table.possible
    if found.perfect.share > OFTEN:
        caveats.append(
            Caveat.of(
                "perfect-by-chance",
                "a random outcome is fitted perfectly with chance {share}: with {possible} possible configurations for"
                " {n} cases a perfect fit says little; fewer conditions or more cases would let it say more",
                share=f"{found.perfect.share:.0%}",
                possible=f"{possible:,}",
                n=cases,
            )
        )
    least = float(found.weights.min())
    if found.exact and found.kind == "permutation" and least > 0.01:
        caveats.append(
            Caveat.of(
                "few-arrangements",
                "there are only {n} arrangements, so that no chance can be below {least}",
                n=found.outcomes,
                least=f"{least:.3f}",
            )
        )
    if not found.exact and found.outcomes < FEW:
        caveats.append(
            Caveat.of(
                "few-draws", "{draws} draws: read the intervals beside the shares", draws=found.outcomes
            )
        )
    caveats.append(
        Caveat.of(
            "null",
            "a small chance speaks against mere accident under this way of making outcomes random; it does not show"
            " that the solution is true",
        )
    )
    return tuple(caveats)


def made(found: RandomOutcomes) -> str:
    """How outcomes were made random, and how many."""
    how = _MADE[found.kind].format(rate=f"{found.rate or 0:.3g}")
    many = f"all {found.outcomes:,} outcomes" if found.exact else f"{found.outcomes:,} draws"
    return f"{how}; {many}"


def chances_table(found: RandomOutcomes) -> Table:
    """Events with their chances."""
    rows = []
    for event in EVENTS:
        chance = found.chance(event)
        bounds = (
            Cell("exact")
            if chance.exact
            else Cell(f"{chance.low:.3f}–{chance.high:.3f}", [chance.low, chance.high])
        )
        rows.append([Cell(LABELS[event], event), Cell(f"{chance.share:.3f}", chance.share), bounds])
    return Table.of(
        "random-outcomes",
        f"What random outcomes lead to ({made(found)})",
        [
            Heading("event", "event"),
            Heading("chance", "chance", "right"),
            Heading("interval", "95 %", "right"),
        ],
        rows,
        notes=[
            f"Observed: consistency {found.consistency:.3f}, coverage {found.coverage:.3f}. Seed {found.seed}.",
            *(f"Caveat: {caveat}." for caveat in found.caveats),
        ],
    )


def memo(found: RandomOutcomes) -> str:
    """The chances within 80 columns."""
    lines = wrap(
        f"{found.initial.model}: consistency {found.consistency:.3f}, coverage {found.coverage:.3f}. "
        f"With a random outcome ({made(found)}) the chance of",
        WIDTH,
    )
    widest = max(map(len, LABELS.values()))
    lines += [f"  {LABELS[event]:{widest}}  {found.chance(event)}" for event in EVENTS]
    return "\n".join([*lines, *told(found.caveats)])
