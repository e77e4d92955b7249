"""XY plots of what an analysis found: a term or a model against its outcome."""

from __future__ import annotations

from collections.abc import Callable

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.qca.charts.xy import xy
from concausa.qca.model import Model


def xy_of_model(
    model: Model, term: int | None = None, *, name: str = "xy", say: Callable[[str], str] = str
) -> Chart:
    """The XY plot of a model, or of one of its terms, as sufficient for the outcome.

    Parameters
    ----------
    model : Model
    term : int, optional
        Which term, counted from 0; without it the model as a whole.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no such term.
    """
    table = model.truth_table
    if term is None:
        scores, label = model.membership, model.expression
    elif 0 <= term < len(model.terms):
        scores, label = model.memberships[:, term], model.terms[term].expression
    else:
        raise OptionError(
            "there is no such term",
            where=f"term={term!r}; the model has terms 0 to {len(model.terms) - 1}",
            fix="terms are counted from 0",
        )
    return xy(
        scores,
        table.outcome_membership,
        cases=table.data.cases,
        x_name=label,
        y_name=table.outcome,
        name=name,
        say=say,
    )
