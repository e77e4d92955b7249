"""Accounts: the rivals of a study and the rules of its theory, ready to be held against the cases."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.rivals.account import Account, Choices, Piece
from concausa.audit.rivals.from_record import from_record
from concausa.audit.rivals.from_rules import from_rule
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.core.unit import Case
from concausa.rivals.expectation import Expectation
from concausa.study.study import Study
from concausa.theory.choice import LABEL
from concausa.theory.rival import Prediction, Rival
from concausa.typology.gate import clauses
from concausa.typology.pattern import Rule

#: The row of the property space, where no rule of the study is the property space alone.
SPACE = "patterns"


def compared_cases(study: Study) -> tuple[Case, ...]:
    """Core units, and others of which a prediction is written, in each period."""
    told = {row.unit for row in study.predictions}
    return tuple(
        Case(unit, period)
        for unit in study.units
        if unit.role == "core" or unit.id in told
        for period in study.periods
    )


def accounts(worlds: Worlds, choices: Choices) -> tuple[Account, ...]:
    """The rivals in the order of the study, then the theory: its property space and each of its rules.

    A rival with a variable is judged by what the record gives; what the study writes for it stands
    beside it. Any other is judged by what is written.

    Raises
    ------
    OptionError, DataError
        See `from_record`.
    """
    study = worlds.study
    cases = compared_cases(study)
    units = tuple(dict.fromkeys(case.unit.id for case in cases))
    core = tuple(unit.id for unit in study.units if unit.role == "core")
    found = [_rival(worlds, row, units, core, choices) for row in study.rivals]
    for rule in _rules(study):
        pieces = tuple(from_rule(worlds, rule, case) for case in cases)
        found.append(Account(rule.id, rule.label, "rule", rule, pieces))
    return tuple(found)


def _rival(
    worlds: Worlds, row: Rival, units: Sequence[str], core: Sequence[str], choices: Choices
) -> Account:
    written = tuple(_written(one) for one in worlds.study.predictions if one.rival == row.id)
    mute = _mute(worlds, row)
    if not row.variable:
        return Account(row.id, row.label, "typed", row, (Piece.fixed(written),), mute)
    asked = tuple(unit for unit in units if unit in core or any(one.unit == unit for one in written))
    return Account(
        row.id,
        row.label,
        "record",
        row,
        (from_record(worlds.study, row, asked, choices),),
        mute,
        typed=written,
    )


def _written(row: Prediction) -> Expectation:
    return Expectation(
        unit=row.unit,
        period=row.period,
        expects=row.expects,
        span=row.span,
        uses=row.facts,
        why=row.why,
        id=row.id,
    )


def _rules(study: Study) -> tuple[Rule, ...]:
    alone = any([clause.when for clause in clauses(rule)] == ["patterns"] for rule in study.rules)
    if not study.patterns or alone:
        return study.rules
    return (Rule(id=SPACE, label="Property space", clauses=("patterns",)), *study.rules)


def _mute(worlds: Worlds, row: Rival) -> tuple[int, frozenset[int]] | None:
    """The options of the outcome's measure of which a rival does not speak."""
    if not row.outcomes:
        return None
    outcome = worlds.study.settings.outcome
    measures = {one.id for one in worlds.study.measures if one.condition == outcome}
    known = (LABEL, *measures)
    for word in row.outcomes:
        if word not in known:
            near = nearest(word, known)
            raise OptionError(
                f"the outcome is not measured by {word!r}",
                where=f"rivals {row.id}, outcomes",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(sorted(known))}",
            )
    for place in worlds.space.of_kind("outcome"):
        names = [option.id.partition(":")[0] for option in worlds.space.choices[place].options]
        if set(names) & measures:
            silent = frozenset(at for at, name in enumerate(names) if name not in row.outcomes)
            return (place, silent) if silent else None
    return None
