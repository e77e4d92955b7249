"""The same raw values under other anchors: one calibration moved, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.sets.anchors import Anchors, anchors, steps
from concausa.sets.calibrate import calibrate
from concausa.sets.calibrated import Calibrated
from concausa.sets.direct import linear_curves, logistic_curves

#: Methods of which the memberships follow from each case's raw value and anchors that can be moved.
MOVABLE = ("direct", "linear", "crisp", "multi-value")


def anchor_labels(found: Anchors) -> tuple[str, ...]:
    """A name for each anchor: its own, numbered from the lowest value where several have the same.

    Examples
    --------
    >>> anchor_labels(anchors([400, 550, 900]))
    ('full-out', 'crossover', 'full-in')
    >>> anchor_labels(steps([1, 2]))
    ('threshold 1', 'threshold 2')
    """
    names = found.names
    order = [names[: place + 1].count(name) for place, name in enumerate(names)]
    return tuple(
        [
            f"{name} {number}" if names.count(name) > 1 else name
            for name, number in zip(names, order, strict=True)
        ]
    )


def moved(calibrated: Calibrated, changes: Mapping[str, float]) -> Calibrated:
    """The same calibration with some of its anchors at other raw values.

    Parameters
    ----------
    calibrated : Calibrated
        By the method ``direct``, ``linear``, ``crisp`` or ``multi-value``.
    changes : mapping of str to float
        From the name of an anchor, as :func:`anchor_labels` gives it, to its new raw value.

    Raises
    ------
    OptionError
        If the method has no anchors that can be moved, or they would tie or cross.
    UnknownNameError
        If there is no such anchor; the nearest is given.

    Examples
    --------
    >>> income = calibrate([720, 550, 468], anchors=[400, 550, 900], name="GNPCAP")
    >>> moved(income, {"crossover": 500}).anchors.values
    (400.0, 500.0, 900.0)
    """
    name = calibrated.name or "the set"
    if calibrated.method not in MOVABLE:
        raise OptionError(
            f"a calibration by method {calibrated.method!r} has no anchors that can be moved",
            where=name,
            fix="give its memberships anew, or calibrate it by method 'direct'",
        )
    labels = anchor_labels(calibrated.anchors)
    values = list(calibrated.anchors.values)
    for label, value in changes.items():
        if label not in labels:
            near = nearest(str(label), labels)
            raise UnknownNameError(
                f'{name} has no anchor "{label}"',
                where=f"anchors of {name}: {', '.join(labels)}",
                fix=f'did you mean "{near}"?' if near else "use one of these names",
            )
        values[labels.index(label)] = value
    try:
        found = _checked(values, calibrated.anchors)
    except OptionError as error:
        told = ", ".join(f"{label} {value:.10g}" for label, value in zip(labels, values, strict=True))
        raise OptionError(f"{name}: {error.what}", where=told, fix=error.fix) from error
    return calibrated_by(calibrated, found)


def calibrated_by(calibrated: Calibrated, found: Anchors) -> Calibrated:
    """The same raw values by the same method and options, with other anchors."""
    memberships = memberships_by(calibrated, np.array([found.values]))[0]
    memberships.setflags(write=False)
    return replace(calibrated, memberships=memberships, anchors=found)


def memberships_by(calibrated: Calibrated, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Memberships under many anchors, each set of them a row, to the last digit as one calibration gives them.

    Parameters
    ----------
    calibrated : Calibrated
        By the method ``direct``, ``linear``, ``crisp`` or ``multi-value``.
    values : array of float, shape (curves, anchors)
        Raw values in the order of the calibration's own anchors; that they are in order is not checked.

    Returns
    -------
    array of float, shape (curves, cases)
        nan where the raw value is missing.

    Examples
    --------
    >>> income = calibrate([720, 550, 468], anchors=[400, 550, 900])
    >>> memberships_by(income, np.array([[400.0, 550, 900], [400, 500, 900]])).round(2)
    array([[0.81, 0.5 , 0.17],
           [0.83, 0.59, 0.28]])
    """
    raw = np.asarray(calibrated.raw, dtype=np.float64)
    options = calibrated.options
    shape = calibrated.anchors.shape
    by_anchor = [values[:, place : place + 1] for place in range(values.shape[1])]
    if calibrated.method == "direct":
        return logistic_curves(raw, by_anchor, shape, options["idm"])
    if calibrated.method == "linear":
        return linear_curves(raw, by_anchor, shape, options["below"], options["above"])
    passed = np.zeros((len(values), len(raw)))
    for column in by_anchor:
        passed += raw >= column if options["include"] else raw > column
    passed[:, np.isnan(raw)] = np.nan
    return passed


def without_cases(calibrated: Calibrated, keep: Sequence[int]) -> Calibrated:
    """The calibration of fewer cases: anchors stay where they are; a relative method is applied anew.

    Parameters
    ----------
    calibrated : Calibrated
    keep : sequence of int
        Rows that stay, in their order.
    """
    rows = list(keep)
    named = None if calibrated.cases is None else tuple([calibrated.cases[row] for row in rows])
    raw = calibrated.raw[rows]
    if calibrated.method in ("TFR", "indirect"):
        again: dict[str, Any] = {"method": calibrated.method, "shape": calibrated.anchors.shape}
        if calibrated.method == "indirect":
            degrees = [calibrated.options["degrees"][row] for row in rows]
            again = {"method": "indirect", "degrees": degrees, "powers": calibrated.options["powers"]}
        found = calibrate(raw, cases=named, name=calibrated.name, missing="keep", **again)
        return replace(found, anchors=calibrated.anchors)
    raw.setflags(write=False)
    memberships = calibrated.memberships[rows]
    memberships.setflags(write=False)
    return replace(calibrated, memberships=memberships, raw=raw, cases=named)


def _checked(values: Sequence[float], like: Anchors) -> Anchors:
    if not like.shape:
        return steps(values, why=like.why, source=like.source)
    return anchors(values, shape=like.shape, why=like.why, source=like.source)
