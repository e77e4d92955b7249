"""The areas of a theory and a model as two overlapping sets, with the cases in each."""

from __future__ import annotations

from collections.abc import Callable

from concausa.core.chart import Chart
from concausa.qca.charts.ellipses import Code
from concausa.qca.charts.venn import Held, crossover_note, diagram
from concausa.qca.evaluation.area import Area
from concausa.qca.evaluation.evaluation import Evaluation
from concausa.qca.row import Code as Outcome


def areas(one: Evaluation, *, name: str = "theory-areas", say: Callable[[str], str] = str) -> Chart:
    """Theory and model as circles; a region is dark if all of its cases have the outcome, hatched if it has none.

    Parameters
    ----------
    one : Evaluation
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.
    """
    held: dict[Code, Held] = {
        (int(area.name.startswith("T")), int(not area.name.endswith("~S"))): _held(area) for area in one.areas
    }
    outcome = one.model.truth_table.outcome
    notes = [
        say("T, theory: {theory}. S, model: {model}.").format(
            theory=one.theory.expression, model=one.model.expression
        ),
        say("1: every case of the region is in {outcome}; 0: none; C: some.").format(outcome=outcome),
        *crossover_note(list(one.crossovers), say),
    ]
    empty = [area.name for area in one.areas if area.empty]
    if empty:
        notes.append(say("Nothing can lie in {areas}, whatever the data.").format(areas=", ".join(empty)))
    title = say("Theory {theory} and solution for {outcome}").format(theory=one.theory.label, outcome=outcome)
    names = [say("theory T"), say("model S")]
    return diagram(names, held, title=title, notes=notes, name=name, say=say)


def _held(area: Area) -> Held:
    if not (area.with_outcome or area.without_outcome):
        return Held()
    sign: Outcome = "1" if not area.without_outcome else "C" if area.with_outcome else "0"
    return Held(sign, (*area.with_outcome, *area.without_outcome))
