"""The gallery of an analysis: every chart that its truth table and solutions allow."""

from __future__ import annotations

from collections.abc import Iterable

from concausa.core.chart import Chart
from concausa.qca.charts.configurations import configurations
from concausa.qca.charts.heat_strip import heat_strip
from concausa.qca.charts.upset import upset
from concausa.qca.charts.venn import venn
from concausa.qca.charts.xy import xy
from concausa.qca.solution import Solution
from concausa.qca.truth_table import TruthTable

#: Most sets of a Venn diagram.
_VENN = 5


def gallery(table: TruthTable, solutions: Iterable[Solution] = ()) -> tuple[Chart, ...]:
    """Heat strip, Venn diagram or UpSet chart; per solution its first model as XY plot and configurations.

    A Venn diagram is drawn for up to five crisp or fuzzy conditions, an UpSet chart for more; neither
    for multi-value conditions. Core conditions are told from the parsimonious solution where it is among
    *solutions*.
    """
    solutions = tuple(solutions)
    charts = [heat_strip(table)]
    if all(factor.kind != "multi-value" for factor in table.conditions):
        charts.append(venn(table) if len(table.conditions) <= _VENN else upset(table))
    core = next((one for one in solutions if one.kind == "parsimonious"), None)
    for solution in solutions:
        if not solution.models:
            continue
        model = solution.models[0]
        charts.append(
            xy(
                model.membership,
                table.outcome_membership,
                cases=table.data.cases,
                x_name=_named(solution),
                y_name=table.outcome,
                name=f"xy-{solution.kind}",
            )
        )
        charts.append(configurations(solution, core=core, name=f"configurations-{solution.kind}"))
    return tuple(charts)


def _named(solution: Solution) -> str:
    """The model that is drawn, as one of how many."""
    if solution.n_models == 1 and solution.exact:
        return f"{solution.kind} solution"
    return f"{solution.kind} solution, model 1 of {solution.bound}{solution.n_models:,}"
