"""Three ways of a forum, or of any stock that interventions move: as it was, taken away, consolidated."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Intervention, Range
from concausa.dynamics.setting import Happening, Setting

#: What the three are called.
AS_IT_WAS, NONE, CONSOLIDATED = "as it was", "none", "consolidated"


@dataclass(frozen=True)
class Way:
    """One way of a forum.

    Parameters
    ----------
    name : str
    setting, model
        To be simulated.
    """

    name: str
    setting: Setting
    model: Model


def ways(
    setting: Setting, model: Model, unit: str, *, forum: str, consolidated: str | float, year: int
) -> tuple[Way, ...]:
    """A setting with a forum as it was, with none, and with a consolidated one.

    Parameters
    ----------
    forum : str
        A stock; with an empty name only the first way is given.
    consolidated : str or float in [0, 1]
        The value of a consolidated one, or the intervention whose value it has.
    year : int
        From the end of the year before on there is none, or, from that value on, flows move a consolidated one.

    Raises
    ------
    OptionError, UnknownNameError
        If an option is none, or names what is not there.
    """
    plain = Way(AS_IT_WAS, setting, model)
    if not forum:
        return (plain,)
    _, level = consolidated_at(model, forum, consolidated)
    start = max(setting.first, year - 1)
    none = placed(setting, model, unit, forum, "0", range(start, setting.last + 1), exactly=True)
    one = placed(setting, model, unit, forum, level, (start,), exactly=False)
    return (plain, Way(NONE, *none), Way(CONSOLIDATED, *one))


def consolidated_at(model: Model, forum: str, consolidated: str | float) -> tuple[Range, str]:
    """The values that a consolidated forum may have, and how an intervention writes them."""
    refuse_stock(model, forum)
    if not isinstance(consolidated, str):
        if not 0 <= consolidated <= 1:
            raise OptionError(
                f"consolidated is {consolidated}", fix="a number from 0 to 1, or an intervention"
            )
        return Range.of(consolidated, consolidated), str(float(consolidated))
    return value_of(model, consolidated), model.intervention(consolidated).value


def value_of(model: Model, intervention: str) -> Range:
    """The values that an intervention may give."""
    value = model.intervention(intervention).value
    for part in model.parameters:
        if part.name == value:
            return part.range
    return Range.of(float(value), float(value))


def placed(
    setting: Setting, model: Model, unit: str, stock: str, level: str, years: Sequence[int], *, exactly: bool
) -> tuple[Setting, Model]:
    """A setting in which a stock is set in some years, and the model that knows how."""
    name = f"{stock} set to {level}"
    moves = Intervention(name, stock, level, exactly=exactly)
    new = tuple(Happening("move", name, unit, year, year) for year in years)
    known = tuple(one for one in model.interventions if one.name != name)
    return (
        dataclasses.replace(setting, happenings=(*setting.happenings, *new)),
        dataclasses.replace(model, interventions=(*known, moves)),
    )


def refuse_stock(model: Model, name: str) -> None:
    """UnknownNameError with the nearest unless a stock is there."""
    if name not in model.stock_names:
        near = nearest(name, model.stock_names)
        fix = f"did you mean {near}?" if near else f"one of {some(list(model.stock_names))}"
        raise UnknownNameError(f"there is no stock {name!r}", fix=fix)
