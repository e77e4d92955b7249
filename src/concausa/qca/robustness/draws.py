"""Draws of anchors and cut-offs: many analyses that differ from one in declared ways, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.spread import spread
from concausa.qca.case_data import CaseData
from concausa.qca.formulas import Formula, Formulas
from concausa.qca.robustness.varying import CUTOFFS, Varying, in_order
from concausa.qca.truth_table import truth_table
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.moved import MOVABLE, anchor_labels, memberships_by
from concausa.sets.score_pair import Floats, settle

if TYPE_CHECKING:
    from concausa.qca.analysis import Analysis

#: Draws of one job: the same however many workers there are.
CHUNK = 125
#: Least share of draws that must be in order.
LEAST = 0.1


@dataclass(frozen=True, eq=False)
class Drawn:
    """What came of each draw.

    Parameters
    ----------
    values : array of float, shape (parameters, draws)
    formulas : tuple of Formula
        Different ones, in the order in which they first came up.
    formula : array of int, shape (draws,)
        Which of them each draw gave.
    every, some : array of bool, shape (draws, cases)
        Which cases were in every model, and in at least one.
    """

    values: Floats
    formulas: tuple[Formula, ...]
    formula: NDArray[np.int64]
    every: NDArray[np.bool_]
    some: NDArray[np.bool_]


def usual_values(analysis: Analysis, varying: Sequence[Varying]) -> tuple[float, ...]:
    """The value in use of every parameter that varies.

    Raises
    ------
    OptionError
        If a parameter is named twice, is a cut-off that is not in use, a column that has no anchors that can be
        moved, or one that plays no part; or if its interval reaches where it cannot go.
    UnknownNameError
        If there is no such column or anchor; the nearest is given.
    """
    if not varying:
        raise OptionError("nothing varies", where="varying", fix="declare at least one interval")
    names = [one.name for one in varying]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise OptionError(f"{name} is declared twice", where="varying", fix="declare each parameter once")
    return tuple([_usual(analysis, one) for one in varying])


def drawn_values(analysis: Analysis, varying: Sequence[Varying], draws: int, seed: int) -> Floats:
    """Values of every parameter, shape (parameters, draws).

    Draws of anchors of one column that are out of order are drawn again, so that the joint distribution is that of
    the declared intervals given that the anchors are in order. Parameters of other columns are not touched by that.

    Raises
    ------
    OptionError
        If fewer than one draw in ten is in order.
    """
    usual = usual_values(analysis, varying)
    found = np.empty((len(varying), draws))
    for places, order in _groups(analysis, varying):
        if order is None:
            (place,) = places
            found[place] = varying[place].values(draws, seed=seed, usual=usual[place])
        else:
            _fill(found, places, varying, usual, seed, order)
    return found


def out_of_order(
    analysis: Analysis, varying: Sequence[Varying], draws: int, seed: int
) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Parameters that are drawn together, and how many of the first *draws* draws put them out of order.

    Those were drawn again, so that not the whole of the declared intervals is used; groups without any are left out.
    """
    usual = usual_values(analysis, varying)
    found = []
    for places, order in _groups(analysis, varying):
        if order is None:
            continue
        lot = np.stack([varying[p].values(draws, seed=seed, block=0, usual=usual[p]) for p in places])
        if again := draws - int(np.asarray(order(lot)).sum()):
            found.append((tuple([varying[place].name for place in places]), again))
    return tuple(found)


def _groups(analysis: Analysis, varying: Sequence[Varying]) -> list[tuple[list[int], Any]]:
    """Parameters that must keep an order among themselves, with the test of it; None for one that stands alone."""
    columns: dict[str, list[int]] = {}
    for place, one in enumerate(varying):
        columns.setdefault("" if one.of in CUTOFFS and not one.anchor else one.of, []).append(place)
    cutoffs = columns.pop("", [])
    found: list[tuple[list[int], Any]] = []
    both = [place for place in cutoffs if varying[place].of in ("consistency", "contradiction")]
    if analysis.cutoffs.contradiction is not None and both:
        found.append((both, _cutoffs_in_order(analysis, [varying[place].of for place in both])))
        cutoffs = [place for place in cutoffs if place not in both]
    found += [([place], None) for place in cutoffs]
    for column, places in columns.items():
        labels = [varying[place].anchor for place in places]
        found.append((places, _anchors_in_order(analysis, column, labels)))
    return found


def run_draws(
    analysis: Analysis,
    varying: Sequence[Varying],
    values: Floats,
    *,
    workers: int = 1,
    scheduler: Any = None,
) -> Drawn:
    """Analyse every draw; the same result whatever the workers.

    Parameters
    ----------
    values : array of float, shape (parameters, draws)
    """
    parts = [slice(start, start + CHUNK) for start in range(0, values.shape[1], CHUNK)]
    jobs = [(analysis, tuple(varying), values[:, part]) for part in parts]
    chunks = spread(_chunk, jobs, workers=workers, scheduler=scheduler)
    known: dict[tuple[str, ...], int] = {}
    formulas: list[Formula] = []
    numbers = []
    for own, places, _, _ in chunks:
        translated = np.empty(len(own), dtype=np.int64)
        for place, formula in enumerate(own):
            if formula.key not in known:
                known[formula.key] = len(formulas)
                formulas.append(formula)
            translated[place] = known[formula.key]
        numbers.append(translated[places])
    return Drawn(
        values,
        tuple(formulas),
        np.concatenate(numbers),
        np.concatenate([every for _, _, every, _ in chunks]),
        np.concatenate([some for _, _, _, some in chunks]),
    )


_Chunk = tuple[list[Formula], NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]


def _chunk(job: tuple[Analysis, tuple[Varying, ...], Floats]) -> _Chunk:
    analysis, varying, values = job
    draws = values.shape[1]
    scores = _scores(analysis, varying, values)
    finder = Formulas(analysis)
    known: dict[tuple[str, ...], int] = {}
    formulas: list[Formula] = []
    places = np.empty(draws, dtype=np.int64)
    every = np.zeros((draws, len(analysis.cases)), dtype=bool)
    some = np.zeros_like(every)
    cut = {one.of: place for place, one in enumerate(varying) if not one.anchor and one.of in CUTOFFS}
    for draw in range(draws):
        changed = {name: values[place, draw] for name, place in cut.items()}
        data = CaseData(analysis.cases, analysis.data.factors, scores[draw])
        formula = _formula(analysis, data, changed, finder)
        if formula.key not in known:
            known[formula.key] = len(formulas)
            formulas.append(formula)
        places[draw] = known[formula.key]
        if formula.models:
            inside = formula.memberships(data, analysis.conditions) > CROSSOVER + TOLERANCE
            every[draw], some[draw] = inside.all(axis=0), inside.any(axis=0)
    return formulas, places, every, some


def _formula(analysis: Analysis, data: CaseData, changed: Mapping[str, float], finder: Formulas) -> Formula:
    cutoffs: dict[str, Any] = {**analysis.cutoffs.data(), **changed}
    cutoffs["frequency"] = int(cutoffs["frequency"])
    try:
        table = truth_table(data, outcome=analysis.outcome, conditions=analysis.conditions, **cutoffs)
    except DataError as error:
        return Formula(nothing=error.what)
    return finder.of(table.configurations, table.codes)


def _scores(analysis: Analysis, varying: Sequence[Varying], values: Floats) -> Floats:
    """Scores under every draw, shape (draws, cases, factors)."""
    data = analysis.data
    found = np.repeat(data.scores[None, :, :], values.shape[1], axis=0)
    moved = [(one.of, place) for place, one in enumerate(varying) if one.anchor]
    for column, group in groupby(sorted(moved), key=lambda pair: pair[0]):
        calibrated = analysis.calibrations[column]
        labels = anchor_labels(calibrated.anchors)
        curves = np.repeat(np.array([calibrated.anchors.values]), values.shape[1], axis=0)
        for _, place in group:
            curves[:, labels.index(varying[place].anchor)] = values[place]
        memberships = memberships_by(calibrated, curves)
        settle(memberships)
        found[:, :, data.names.index(column)] = memberships
    return found


def _fill(
    found: Floats,
    places: Sequence[int],
    varying: Sequence[Varying],
    usual: Sequence[float],
    seed: int,
    order: Any,
) -> None:
    """Draw the parameters of one group until enough draws are in order."""
    draws = found.shape[1]
    kept: list[Floats] = []
    number = 0
    for block in range(int(1 / LEAST)):
        lot = np.stack([varying[p].values(draws, seed=seed, block=block, usual=usual[p]) for p in places])
        kept.append(lot[:, order(lot)])
        number += kept[-1].shape[1]
        if number >= draws:
            break
    else:
        raise OptionError(
            f"of the values drawn for {' and '.join(varying[p].name for p in places)} fewer than one in ten are in"
            " their order",
            where="; ".join(f"{varying[p].name}: {varying[p].low:g} to {varying[p].high:g}" for p in places),
            fix="let the intervals overlap less",
        )
    found[list(places)] = np.concatenate(kept, axis=1)[:, :draws]


def _anchors_in_order(analysis: Analysis, column: str, labels: Sequence[str]) -> Any:
    found = analysis.calibrations[column].anchors
    rows = [anchor_labels(found).index(label) for label in labels]
    rising = 1 if len(found.values) == 1 or found.values[-1] > found.values[0] else -1
    tied = 2 if len(found.values) == 6 else None

    def order(lot: Floats) -> Any:
        values = np.repeat(np.array(found.values)[:, None], lot.shape[1], axis=1)
        values[rows] = lot
        return in_order(values, rising, tied=tied)

    return order


def _cutoffs_in_order(analysis: Analysis, names: Sequence[str]) -> Any:
    cutoffs = analysis.cutoffs

    def order(lot: Floats) -> Any:
        values = {
            "contradiction": np.array(cutoffs.contradiction),
            "consistency": np.array(cutoffs.consistency),
        }
        values |= dict(zip(names, lot, strict=True))
        return np.broadcast_to(values["contradiction"] < values["consistency"], lot.shape[1:])

    return order


def _usual(analysis: Analysis, one: Varying) -> float:
    if not one.anchor:
        return _usual_cutoff(analysis, one)
    names = analysis.data.names
    if one.of not in names:
        near = nearest(one.of, names)
        raise UnknownNameError(
            f'"{one.of}" plays no part in the analysis',
            where=f"varying: {one.name}; the analysis has {', '.join(names)}",
            fix=f'did you mean "{near}"?' if near else "use one of these columns",
        )
    calibrated = analysis.calibrations.get(one.of)
    if calibrated is None or calibrated.method not in MOVABLE:
        raise OptionError(
            f'"{one.of}" has no anchors that can be moved',
            where=f"varying: {one.name}",
            fix="give its raw column and calibrations= to the analysis, by a method with anchors or thresholds",
        )
    labels = anchor_labels(calibrated.anchors)
    if one.anchor not in labels:
        near = nearest(one.anchor, labels)
        raise UnknownNameError(
            f'{one.of} has no anchor "{one.anchor}"',
            where=f"anchors of {one.of}: {', '.join(labels)}",
            fix=f'did you mean "{near}"?' if near else "use one of these names",
        )
    return calibrated.anchors.values[labels.index(one.anchor)]


def _usual_cutoff(analysis: Analysis, one: Varying) -> float:
    if one.of not in CUTOFFS:
        near = nearest(one.of, CUTOFFS)
        known = one.of in analysis.data.names
        raise UnknownNameError(
            f'"{one.of}" is no cut-off',
            where=f"varying: {one.name}",
            fix='name the anchor: anchor="crossover"'
            if known
            else f'did you mean "{near}"?'
            if near
            else f"one of {', '.join(CUTOFFS)}, or a column with its anchor",
        )
    value = analysis.cutoffs.data()[one.of]
    if value is None:
        raise OptionError(
            "no row can be coded C: the analysis has no cut-off for contradictory rows",
            where=f"varying: {one.name}",
            fix="give the analysis a contradiction cut-off, or let another parameter vary",
        )
    free: dict[str, Any] = {"consistency": 1.0, "contradiction": None}  # their order is seen to by the draws
    for end in (one.low, one.high):
        replace(analysis.cutoffs, **free | {one.of: int(end) if one.of == "frequency" else end})
    return float(value)
