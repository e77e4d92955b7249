"""Outcome readings: the outcome as its coded level, or by a measure and one of its cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.declared import every, opened, refused
from concausa.audit.worlds.measured import measured
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.study.study import Study
from concausa.theory.choice import LABEL, Choice


@dataclass(frozen=True, slots=True)
class OutcomeReading:
    """How one condition (most often the outcome) gets its levels.

    Parameters
    ----------
    condition : str
    choice : OpenChoice or None
        None if it gets them in one way only.
    levels : tuple of (mapping of case to State, or None)
        For each option, what cases are by a measure; None where the coded levels stand. A case that is
        not there has no data.
    closed : tuple of (str, str)
        Labels of the measures that cannot be worked out, each with what is missing.
    """

    condition: str
    choice: OpenChoice | None
    levels: tuple[Mapping[str, State] | None, ...]
    closed: tuple[tuple[str, str], ...] = ()


def outcome_readings(study: Study) -> Mapping[str, OutcomeReading]:
    """For each condition that a choice of kind ``outcome`` is about, how it gets its levels.

    Every cut of a measure is an option of its own. A measure without values is none: the text does not
    give what it needs.

    Raises
    ------
    OptionError
        If an option is neither ``label`` nor a measure, or if measures of one row, or rows, do not go
        together.
    """
    found: dict[str, OutcomeReading] = {}
    for row in every(study, "outcome"):
        reading = _reading(study, row)
        if reading.condition in found:
            raise OptionError(
                f"two choices say how {reading.condition} gets its levels",
                where=f"choices {row.id}",
                fix="put the options into one row",
            )
        found[reading.condition] = reading
    return found


def _reading(study: Study, row: Choice) -> OutcomeReading:
    measures = {measure.id: measure for measure in study.measures}
    for option in row.options:
        if option != LABEL and option not in measures:
            raise refused(row, option, (LABEL, *measures))
    conditions = tuple(dict.fromkeys(measures[option].condition for option in row.options if option != LABEL))
    if len(conditions) > 1:
        raise OptionError(
            f"the measures of one choice are of {' and '.join(conditions)}",
            where=f"choices {row.id}, options",
            fix="write a choice for each condition",
        )
    options: list[Option] = []
    levels: list[Mapping[str, State] | None] = []
    closed: list[tuple[str, str]] = []
    for id in row.options:
        if id == LABEL:
            options.append(Option(LABEL, Caveat.of("label", "the level as coded")))
            levels.append(None)
            continue
        measure = measures[id]
        if not measure.values:
            closed.append((measure.label, measure.missing))
            continue
        cuts = measured(study, measure)
        for cut, states in cuts.items():
            if len(cuts) > 1:
                label = Caveat.of("measure", "{measure}, cut at {cut}", measure=measure.label, cut=cut)
                family = Caveat.of("measure", "{measure}, whatever the cut", measure=measure.label)
                options.append(Option(f"{id}: {cut}", label, family))
            else:
                options.append(Option(id, Caveat.of("measure", "{measure}", measure=measure.label)))
            levels.append(states)
    condition = conditions[0] if conditions else study.settings.outcome
    label = Caveat.of("outcome", "how the outcome is measured")
    if not options:
        raise OptionError(
            "no option of the choice can be worked out",
            where=f"choices {row.id}, options",
            fix=f"start with {LABEL}",
        )
    choice = opened("outcome", label, tuple(options), row, closed=tuple(closed))
    return OutcomeReading(condition, choice, tuple(levels), tuple(closed))
