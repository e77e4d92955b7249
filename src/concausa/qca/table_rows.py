"""The rows of a truth table, one by one, with the reason for each outcome."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import ExpressionError, OptionError
from concausa.core.nearest import nearest
from concausa.expr.boolean import And, format_expression, parse
from concausa.qca.factor import literal, term_text
from concausa.qca.row import Code, Configuration, Order, Recoding, Row, Tie
from concausa.sets.membership import CROSSOVER, TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

#: Codes in the order in which a journal prints them.
CODES: tuple[Code, ...] = ("1", "C", "0", "?")
#: Most rows that a complete view lists.
COMPLETE = 1 << 16


def rows_of(table: TruthTable) -> tuple[Row, ...]:
    """Every observed row."""
    by_row = _members(table)
    out = table.outcome_membership < CROSSOVER - TOLERANCE
    names = table.data.cases
    recoded = {
        recoding.configuration: recoding for recoding in table.recodings if recoding.outcome == table.outcome
    }
    columns = zip(
        table.configurations.tolist(),
        table.codes.tolist(),
        table.n.tolist(),
        table.consistency.tolist(),
        table.pri.tolist(),
        by_row,
        strict=True,
    )
    rows = []
    for cube, code, n, consistency, pri, members in columns:
        configuration = tuple([None if value < 0 else value for value in cube])
        by_hand = recoded.get(configuration)
        reason = _by_hand(by_hand) if by_hand else _reason(table, code, n, consistency, pri)
        rows.append(
            Row(
                configuration,
                term_text(table.conditions, cube),
                code,
                n,
                tuple([names[case] for case in members]),
                consistency,
                pri,
                tuple([names[case] for case in members if out[case]]),
                reason,
            )
        )
    return tuple(rows)


def contradictions_of(table: TruthTable) -> tuple[Row, ...]:
    """Rows with a member in the outcome and another out of it."""
    y = table.outcome_membership
    within, out = y > CROSSOVER + TOLERANCE, y < CROSSOVER - TOLERANCE
    return tuple(
        [
            row
            for row, members in zip(table.rows, _members(table), strict=True)
            if within[members].any() and out[members].any()
        ]
    )


def simultaneous_of(table: TruthTable) -> tuple[Row, ...]:
    """Rows with enough cases that are consistent with the outcome and with its negation."""
    reached = (table.cutoffs.consistency - TOLERANCE) * table.sums[0]
    both = (table.sums[1] >= reached) & (table.sums[2] >= reached) & (table.n >= table.cutoffs.frequency)
    return tuple([table.rows[place] for place in np.flatnonzero(both).tolist()])


def ties_of(table: TruthTable) -> tuple[Tie, ...]:
    """Every crossover on which a case lies that belongs to no row."""
    fuzzy = [factor.name for factor in table.conditions if factor.kind == "fuzzy"]
    found = []
    for case in np.flatnonzero(table.member < 0).tolist():
        for name in fuzzy:
            score = float(table.data.column(name)[case])
            if abs(score - CROSSOVER) <= TOLERANCE:
                found.append(Tie(table.data.cases[case], name, score))
    return tuple(found)


def ordered(rows: Sequence[Row], by: Order) -> tuple[Row, ...]:
    """Rows in another order; see :meth:`~concausa.qca.truth_table.TruthTable.sort`."""
    if by not in get_args(Order):
        near = nearest(str(by), get_args(Order))
        raise OptionError(
            f"rows cannot be sorted by {by!r}",
            where=f"by={by!r}",
            fix=(f'did you mean "{near}"? ' if near else "") + f"allowed: {', '.join(get_args(Order))}",
        )
    if by == "configuration":
        return tuple(rows)
    if by == "outcome":
        return tuple(
            sorted(rows, key=lambda row: (CODES.index(row.outcome), -_known(row.consistency), -row.n))
        )
    return tuple(sorted(rows, key=lambda row: -_known(getattr(row, by))))


def complete_rows(table: TruthTable) -> tuple[Row, ...]:
    """Observed rows and unobserved configurations, in lexicographic order.

    A configuration that an observed row with don't care stands for is not listed again.
    """
    if table.possible > COMPLETE:
        raise OptionError(
            f"a complete truth table would have {table.possible:,} rows",
            where=f"{len(table.conditions)} conditions; at most {COMPLETE:,} rows are listed",
            fix="use the observed rows (.rows), or fewer conditions",
        )
    grid = np.array(
        list(itertools.product(*(factor.values for factor in table.conditions))), dtype=np.int8
    ).reshape(table.possible, len(table.conditions))
    free = np.ones(len(grid), dtype=bool)
    for cube in table.configurations:
        free &= ~((grid == cube) | (cube < 0)).all(axis=1)
    reason = Caveat.of("unobserved", "no case")
    unobserved = [
        Row(tuple(cube), term_text(table.conditions, cube), "?", 0, (), math.nan, math.nan, (), reason)
        for cube in grid[free].tolist()
    ]
    rows = [*table.rows, *unobserved]
    rows.sort(key=lambda row: tuple(-1 if value is None else value for value in row.configuration))
    return tuple(rows)


def place_of(table: TruthTable, configuration: Configuration | str) -> int:
    """Which observed row a configuration is.

    Raises
    ------
    OptionError
        If it is no configuration of the conditions, or was not observed.
    """
    cube = _cube(table, configuration)
    (found,) = np.nonzero((table.configurations == np.array(cube, dtype=np.int64)).all(axis=1))
    if not len(found):
        raise OptionError(
            f"no case has the configuration {term_text(table.conditions, cube)}",
            where=f"configuration {configuration!r}",
            fix="a remainder is kept out of the solutions by excluding it when they are made",
        )
    return int(found[0])


def recodings_of(
    table: TruthTable, rows: Mapping[Configuration | str, Code], why: str
) -> tuple[Recoding, ...]:
    """Recodings by hand, checked."""
    if not isinstance(why, str) or not why.strip():
        raise OptionError(
            "a row is recoded only for a written reason", where=f"why={why!r}", fix="say why, in a sentence"
        )
    if not isinstance(rows, Mapping):
        raise OptionError(
            "the rows to recode are a mapping from configuration to outcome",
            where=f"rows={rows!r}",
            fix='write {"A*~B": "0"}',
        )
    found = []
    for configuration, code in rows.items():
        if code not in CODES:
            raise OptionError(
                f"a row cannot have the outcome {code!r}",
                where=f"configuration {configuration!r}",
                fix='one of "1", "0", "C", "?"',
            )
        row = table.rows[place_of(table, configuration)]
        found.append(Recoding(table.outcome, row.configuration, code, why.strip()))
    return tuple(found)


def _members(table: TruthTable) -> list[list[int]]:
    """The cases of each row, in the order of the data."""
    by_row: list[list[int]] = [[] for _ in range(len(table.n))]
    for case, row in enumerate(table.member.tolist()):
        if row >= 0:
            by_row[row].append(case)
    return by_row


def _cube(table: TruthTable, configuration: Configuration | str) -> list[int]:
    if isinstance(configuration, str):
        return _read(table, configuration)
    if isinstance(configuration, Sequence) and len(configuration) == len(table.conditions):
        allowed = all(
            value is None or value in factor.values
            for factor, value in zip(table.conditions, configuration, strict=True)
        )
        if allowed:
            return [-1 if value is None else int(value) for value in configuration]
    raise _no_configuration(table, configuration)


def _read(table: TruthTable, text: str) -> list[int]:
    literals = {
        literal(factor, value): (place, value)
        for place, factor in enumerate(table.conditions)
        for value in factor.values
    }
    try:
        tree = parse(text)
    except ExpressionError as error:
        raise _no_configuration(table, text) from error
    cube = [-1] * len(table.conditions)
    for part in tree.parts if isinstance(tree, And) else (tree,):
        written = format_expression(part)
        if written not in literals or cube[literals[written][0]] >= 0:
            raise _no_configuration(table, text)
        place, value = literals[written]
        cube[place] = value
    return cube


def _no_configuration(table: TruthTable, configuration: object) -> OptionError:
    names = ", ".join(table.condition_names)
    example = table.configurations[0].tolist()
    return OptionError(
        "this is no configuration of the conditions",
        where=f"{configuration!r}; conditions: {names}",
        fix=f"give one value a condition, such as {tuple([None if v < 0 else v for v in example])}"
        f" or {term_text(table.conditions, example)!r}",
    )


def _reason(table: TruthTable, code: str, n: int, consistency: float, pri: float) -> Caveat:
    cutoffs = table.cutoffs
    if code == "?":
        return Caveat.of(
            "rare",
            "fewer cases ({n}) than the frequency cut-off ({frequency})",
            n=n,
            frequency=cutoffs.frequency,
        )
    values = {
        "consistency": told(consistency, cutoffs.consistency),
        "cut": f"{cutoffs.consistency:g}",
        "pri": told(pri, cutoffs.pri),
        "pri_cut": f"{cutoffs.pri:g}",
    }
    if code == "1":
        sentence = "consistency {consistency} reaches {cut}"
        if cutoffs.pri > 0:
            sentence += " and PRI {pri} reaches {pri_cut}"
        return Caveat.of("positive", sentence, **values)
    sentence = "consistency {consistency} is below {cut}"
    if consistency >= cutoffs.consistency - TOLERANCE:
        sentence = "consistency {consistency} reaches {cut}, but PRI {pri} is below {pri_cut}"
    if code == "C":
        values["contradiction"] = f"{cutoffs.contradiction:g}"
        return Caveat.of("contradictory", sentence + ", though not below {contradiction}", **values)
    return Caveat.of("negative", sentence, **values)


def _by_hand(recoding: Recoding) -> Caveat:
    return Caveat.of("recoded", "set to {code} by hand: {why}", code=recoding.code, why=recoding.why)


def told(share: float, cut: float) -> str:
    """A share in three decimals, or in as many as it takes to stand on its side of a cut-off.

    Examples
    --------
    >>> told(0.7999, 0.8), told(0.95, 0.8)
    ('0.7999', '0.950')
    """
    for digits in range(3, 17):
        text = f"{share:.{digits}f}"
        if (float(text) >= cut) == (share >= cut) or abs(share - cut) <= TOLERANCE:
            return text
    return repr(share)


def _known(share: float) -> float:
    return -1.0 if math.isnan(share) else share
