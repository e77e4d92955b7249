"""Cases × conditions as levels, in every reading that the codings admit: what a truth table starts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from concausa.core.unit import Case
from concausa.measurement.coding import PLACES
from concausa.study.study import Study

#: Most readings of the conditions, and most of an outcome set, that are looked at.
READINGS, SETS = 16, 8

#: A case and a condition.
CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One level for every cell.

    Parameters
    ----------
    levels : mapping of (case, condition) to level
    places : tuple of str
        Places of the text that print these levels, in the cells that have several.
    """

    levels: Mapping[CellKey, str]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that cannot enter, and the conditions or the outcome for which it has no level."""

    case: Case
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeSet:
    """The outcome as a crisp set: the cases that reach a level.

    Parameters
    ----------
    threshold : str
        The lowest level that counts as in.
    cases : tuple of str
        Those that are in.
    decided : mapping of str to bool
        For each case whose admissible levels lie on both sides, on which side it is taken to be.
    """

    threshold: str
    cases: tuple[str, ...]
    decided: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """What is compared.

    Parameters
    ----------
    cases : tuple of Case
        Cases with a level for every condition and for the outcome.
    conditions : tuple of str
        Conditions, moderators left out, for which some case has a level.
    outcome : str
    open : tuple of (case, condition)
        Cells with several admissible levels.
    readings : tuple of Reading
        Those that the headings print first, then those of later places; last what no place prints whole.
    n_readings : int
        How many there are; more than are listed if not all could be looked at.
    outcome_sets : tuple of OutcomeSet
        The highest level, then every level above the lowest, each in every reading of the outcome.
    n_outcome_sets : int
        How many there are, listed or not.
    left_out : tuple of LeftOut
    """

    cases: tuple[Case, ...]
    conditions: tuple[str, ...]
    outcome: str
    open: tuple[CellKey, ...]
    readings: tuple[Reading, ...]
    n_readings: int
    outcome_sets: tuple[OutcomeSet, ...]
    n_outcome_sets: int
    left_out: tuple[LeftOut, ...]


def case_frame(study: Study) -> CaseFrame | None:
    """The frame of a study; None if it has no outcome with levels, or no level for any condition.

    It has no cases if none has a level for every condition and for the outcome; they are all left out.
    """
    outcome = next((row for row in study.conditions if row.id == study.settings.outcome), None)
    if outcome is None or len(outcome.levels) < 2:
        return None
    coded = study.coded_cases
    conditions = tuple(
        row.id
        for row in study.conditions
        if row.role == "condition"
        and row.id != outcome.id
        and any(study.cell(case, row.id).levels for case in coded)
    )
    if not conditions:
        return None
    wanted = (*conditions, outcome.id)
    missing = {case.id: tuple(c for c in wanted if not study.cell(case, c).levels) for case in coded}
    cases = tuple(case for case in coded if not missing[case.id])
    readings, n_readings = _readings(study, cases, conditions)
    outcome_sets, n_sets = _outcome_sets(study, cases, outcome.id, outcome.levels)
    return CaseFrame(
        cases,
        conditions,
        outcome.id,
        tuple((case.id, name) for case in cases for name in conditions if study.cell(case, name).is_open),
        readings,
        n_readings,
        outcome_sets,
        n_sets,
        tuple(LeftOut(case, missing[case.id]) for case in coded if missing[case.id]),
    )


def _readings(
    study: Study, cases: Sequence[Case], conditions: Sequence[str]
) -> tuple[tuple[Reading, ...], int]:
    """Every reading; if there are too many, only those that some place of the text prints."""
    cells = {(case.id, name): study.cell(case, name) for case in cases for name in conditions}
    fixed = {key: cell.levels[0] for key, cell in cells.items() if not cell.is_open}
    keys = [key for key in cells if key not in fixed]
    n = prod(len(cells[key].levels) for key in keys)
    printed: dict[str, dict[CellKey, list[str]]] = {}
    for key in keys:
        for coding in cells[key].codings:
            printed.setdefault(coding.place, {}).setdefault(key, []).append(coding.level)

    def picks(given: Mapping[CellKey, Sequence[str]]) -> Iterator[tuple[str, ...]]:
        return product(
            *([level for level in cells[key].levels if level in given.get(key, (level,))] for key in keys)
        )

    if n <= READINGS:
        found = list(picks({}))
    else:
        by_place = (pick for given in printed.values() for pick in islice(picks(given), READINGS))
        found = list(dict.fromkeys(by_place))[:READINGS]
    places = sorted(printed, key=PLACES.index)
    readings = [
        Reading(
            fixed | dict(zip(keys, pick, strict=True)),
            tuple(
                place
                for place in places
                if all(
                    level in printed[place].get(key, (level,)) for key, level in zip(keys, pick, strict=True)
                )
            ),
        )
        for pick in found
    ]
    return tuple(sorted(readings, key=_rank)), n


def _rank(reading: Reading) -> tuple[int, int]:
    """The first place that prints it, and the more places the better."""
    first = min((PLACES.index(place) for place in reading.places), default=len(PLACES))
    return first, -len(reading.places)


def _outcome_sets(
    study: Study, cases: Sequence[Case], outcome: str, scale: Sequence[str]
) -> tuple[tuple[OutcomeSet, ...], int]:
    found: list[OutcomeSet] = []
    n = 0
    for threshold in dict.fromkeys((scale[-1], scale[1])):
        reached = scale[scale.index(threshold) :]
        sides = {
            case.id: sorted({level in reached for level in study.cell(case, outcome).levels})
            for case in cases
        }
        unsure = [case for case, side in sides.items() if len(side) > 1]
        n += 2 ** len(unsure)
        for pick in islice(product((False, True), repeat=len(unsure)), SETS):
            decided = dict(zip(unsure, pick, strict=True))
            within = tuple(case for case, side in sides.items() if decided.get(case, side[0]))
            found.append(OutcomeSet(threshold, within, decided))
    return tuple(found), n
