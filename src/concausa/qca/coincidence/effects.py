"""What may be an effect: outcomes as a user names them, as values of factors."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.errors import DataError, OptionError
from concausa.qca.case_data import columns_test
from concausa.qca.coincidence.configurations import Configurations
from concausa.qca.coincidence.search import Effect, constant
from concausa.qca.outcome import read_outcome


def read_effects(
    frame: object, table: Configurations, outcomes: Sequence[str] | None, *, negated: bool
) -> tuple[Effect, ...]:
    """The effects as places of factors with their values, in the order asked for.

    Parameters
    ----------
    frame : object
        What the cases came in; a text that is the name of a column of it is that column.
    table : Configurations
    outcomes : sequence of str, optional
        ``Y``, ``~Y`` or ``Y{2}``; without any, every factor that changes.
    negated : bool
        Whether absences are effects too.

    Raises
    ------
    DataError, OptionError
        If an outcome is no factor, never changes, or was never seen.
    """
    names = [factor.name for factor in table.factors]
    still = constant(table)
    if outcomes is None:
        found = [
            (place, value)
            for place, factor in enumerate(table.factors)
            if factor.name not in still
            for value in (factor.values if factor.kind == "multi-value" else (1,))
        ]
        found = [one for one in found if table.membership(*one).max() > 0]
    else:
        found = _asked(frame, table, outcomes, names, still)
    if negated:
        found += [(place, 0) for place, value in found if value == 1 and _is_set(table, place)]
    if not found:
        raise DataError(
            "no factor changes, so that there is nothing to explain", where=f"factors {', '.join(names)}"
        )
    return tuple(dict.fromkeys(found))


def _is_set(table: Configurations, place: int) -> bool:
    return table.factors[place].kind != "multi-value"


def _asked(
    frame: object, table: Configurations, outcomes: Sequence[str], names: Sequence[str], still: Sequence[str]
) -> list[Effect]:
    if isinstance(outcomes, str) or not outcomes:
        raise OptionError(
            "the outcomes are a list of texts",
            where=f"outcomes={outcomes!r}",
            fix='write outcomes=["Y"], or leave it out for every factor',
        )
    found = []
    for text in outcomes:
        asked = read_outcome(text, columns_test(frame))
        if asked.name not in names:
            raise OptionError(
                f'the outcome "{asked.name}" is not among the factors',
                where=f"factors: {', '.join(names)}",
                fix="add it to the factors",
            )
        place = names.index(asked.name)
        asked = asked.suits(table.factors[place])
        if asked.name in still:
            raise DataError(
                f'"{asked.name}" has the same score in every case: nothing can be said of what brings it about',
                where=f"outcomes: {text}",
                fix="explain an outcome that some cases have and some have not",
            )
        if asked.negated and not _is_set(table, place):
            others = [
                f"{asked.name}{{{value}}}" for value in table.factors[place].values if value != asked.value
            ]
            raise OptionError(
                f"{asked} is several values at once",
                where=f"outcomes: {text}",
                fix=f"name them: {', '.join(others)}",
            )
        value = asked.value if asked.value is not None else int(not asked.negated)
        if table.membership(place, value).max() <= 0:
            raise DataError(f"no case has {asked}", where=f"outcomes: {text}", fix="explain what was seen")
        found.append((place, value))
    return found
