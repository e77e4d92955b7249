"""A query of the user's put to a causal model of a study: every reading, with what the model has learnt under it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from concausa.audit.case_answer import given_of
from concausa.audit.causal_cases import MOST_READINGS, case_rows, cut_name, cuts, node_values, study_model
from concausa.core.errors import DataError, OptionError
from concausa.study.study import Study
from concausa.tracing.causal.model import CausalModel
from concausa.tracing.causal.posterior import CausalPosterior


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading.

    Parameters
    ----------
    cut : str
        When nodes count as 1 in it.
    given : str
        What is known, as a statement; empty if nothing is.
    model : CausalModel
        Before any case.
    posterior : CausalPosterior or None
        After the cases, that which is asked about left out; None where one of them cannot happen under the
        model, or where there is none.
    """

    cut: str
    given: str
    model: CausalModel
    posterior: CausalPosterior | None


def asked(study: Study, id: str, *, given: str = "", case: str = "") -> tuple[Asked, ...]:
    """The readings under which a model is asked: those of the cuts, and with a case those of its open cells.

    Parameters
    ----------
    id : str
        A row of ``causal_models``.
    given : str
        What is known besides.
    case : str
        ``UNIT-PERIOD``; what the study knows of it is given.

    Raises
    ------
    UnknownNameError
        If there is no such model or case.
    OptionError
        If the case has more than 64 readings.
    """
    spec, model = study.row("causal_models", id), study_model(study, id)
    about = study.case(case) if case else None
    found: list[Asked] = []
    for cut in range(cuts(spec)):
        rows = case_rows(study, spec, cut, without=case)
        try:
            posterior = model.update(rows) if rows else None
        except DataError:
            posterior = None
        values = node_values(study, spec, about, cut) if about else {}
        known = [node for node, own in values.items() if own]
        options = list(product(*(values[node] for node in known)))
        if len(options) > MOST_READINGS:
            raise OptionError(
                f"{case} has {len(options):,} readings, too many to be asked one by one",
                where=f"causal_models {id}",
                fix="settle some of its cells, or leave nodes out of the graph",
            )
        for option in options:
            told = given_of(tuple(zip(known, option, strict=True)))
            both = f"{told} & ({given})" if told and given else told or given
            found.append(Asked(cut_name(spec, cut), both, model, posterior))
    return tuple(found)
