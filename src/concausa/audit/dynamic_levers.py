"""Levers: what a dynamic model is asked about unless something else is named, and what comes after the data."""

from __future__ import annotations

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.dynamics.forum_ways import value_of
from concausa.dynamics.horizon import Horizon
from concausa.dynamics.model import Model
from concausa.study.study import Study


def lever_of(model: Model) -> str:
    """The input that is coded for office terms, such as leadership; OptionError unless there is one alone."""
    names = [part.name for part in model.inputs if part.condition]
    if len(names) == 1:
        return names[0]
    others = names or [part.name for part in model.inputs]
    raise OptionError(
        f"{model.name} has {len(names) or 'no'} inputs that are levels of a condition",
        fix=f"name the lever: one of {', '.join(others)}" if others else "ask something else of it",
    )


def refuse_lever(model: Model, lever: str) -> None:
    """UnknownNameError unless a lever is an input or a stock."""
    known = (*(part.name for part in model.inputs), *model.stock_names)
    if lever not in known:
        near = nearest(lever, known)
        raise UnknownNameError(
            f"there is no input or stock {lever!r}",
            where=model.name,
            fix=f"did you mean {near}?" if near else f"one of {', '.join(known)}",
        )


def actions_of(model: Model) -> tuple[str, ...]:
    """What could be done: every intervention, and every coded input at 1 that none of them moves."""
    free = [part.name for part in model.inputs if part.condition and part.name not in model.moved]
    return (*(one.name for one in model.interventions), *(f"{name}=1" for name in free))


def forum_of(model: Model) -> str:
    """The first stock that an intervention moves; empty if there is none."""
    return next((name for name in model.stock_names if name in model.moved), "")


def strongest(model: Model, forum: str) -> str | float:
    """The intervention that raises a stock the most; 1 if none does.

    Examples
    --------
    >>> from concausa.audit.dynamic_study import study_dynamics
    >>> model = study_dynamics(Study.load("prosoft"), "FORUM").model
    >>> lever_of(model), forum_of(model), strongest(model, forum_of(model))
    ('L', 'I', 'legal body')
    """
    known = [one.name for one in model.interventions if one.moves == forum]
    values = {name: value_of(model, name) for name in known}
    return max(known, key=lambda name: values[name].low + values[name].high) if known else 1.0


def horizon_until(study: Study, model: Model, last: int, until: int | None, term: int) -> Horizon | None:
    """What comes after the data until a year: offices change every *term* years, and inputs have ended.

    Raises
    ------
    OptionError
        If the year lies before the last one of the data.
    """
    if until is None:
        return None
    if until < last:
        raise OptionError(
            f"{until} lies before the last year of the data, {last}",
            fix=f"give a year from {last} on, or leave it out",
        )
    pulses = [
        row.name
        for row in study.dynamic_quantities
        if row.model == model.name and row.kind == "pulse" and row.office
    ]
    return Horizon(until - last, every=dict.fromkeys(pulses, term))
