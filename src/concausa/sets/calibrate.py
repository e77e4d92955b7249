"""Calibration: from raw values to memberships, by one of seven methods, with the reason for the anchors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, Never

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import OptionError, ScaleError
from concausa.core.misspelt import refuse_misspelt
from concausa.sets import direct, indirect, relative
from concausa.sets.anchors import Anchors, steps, unknown_option
from concausa.sets.anchors import anchors as checked_anchors
from concausa.sets.calibrated import Calibrated, Kind
from concausa.sets.levels import degrees as level_degrees
from concausa.sets.levels import memberships as level_memberships
from concausa.sets.raw_values import Column, case_names, labels, numbers
from concausa.sets.score_pair import settle
from concausa.sets.steps import codes

Method = Literal["direct", "linear", "indirect", "crisp", "multi-value", "TFR", "levels"]

#: The options that each method takes beside the common ones; no other is accepted for it.
METHODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "direct": ("anchors", "percentiles", "shape", "idm"),
        "linear": ("anchors", "percentiles", "shape", "below", "above"),
        "indirect": ("thresholds", "degrees", "powers"),
        "crisp": ("thresholds", "include"),
        "multi-value": ("thresholds", "include"),
        "TFR": ("shape",),
        "levels": ("levels", "scheme"),
    }
)
_IDM = 0.95


def calibrate(
    values: Column,
    *,
    method: Method = "direct",
    anchors: Anchors | Sequence[float] | None = None,
    percentiles: Sequence[float] | None = None,
    shape: str | None = None,
    idm: float | Literal["ragin"] | None = None,
    below: float | None = None,
    above: float | None = None,
    thresholds: Anchors | Sequence[float] | float | None = None,
    include: bool | None = None,
    degrees: Sequence[float] | None = None,
    powers: Sequence[float] | None = None,
    levels: Mapping[Any, float] | Sequence[Any] | None = None,
    scheme: str | None = None,
    cases: Sequence[str] | None = None,
    name: str = "",
    why: str = "",
    source: str = "",
    missing: Literal["refuse", "keep"] = "refuse",
    **unknown: Never,
) -> Calibrated:
    """Memberships in a set from raw values.

    Parameters
    ----------
    values : list, array, or pandas or polars Series, shape (cases,)
        Raw values, one a case. The index of a pandas Series that has a name names the cases.
    method : str
        ``direct``: a logistic curve through anchors. ``linear``: straight or bent lines through
        anchors. ``indirect``: a curve through the degrees that groups of cases are given. ``crisp``: 0
        or 1 by one threshold. ``multi-value``: codes 0, 1, 2 … by several. ``TFR``: totally fuzzy and
        relative, a case's place among all. ``levels``: a membership for each word or code.
    anchors : sequence of float, or Anchors
        For ``direct`` and ``linear``: full-out, crossover, full-in, strictly rising, or strictly
        falling where less is more of the set; or six rising values with a *shape*.
    percentiles : sequence of float in [0, 100]
        Take the anchors from the data, at these percentiles: possible, and marked by a caveat.
    shape : str
        ``bell`` or ``inverted bell`` for six anchors; ``decreasing`` for ``TFR``.
    idm : float in (.5, 1), or "ragin"
        Membership at full-in for ``direct``, .95 if not given. ``"ragin"`` is the .9526 of log odds 3,
        on which published scores rest.
    below, above : float > 0
        Exponents for ``linear`` on either side of the crossover, 1 if not given.
    thresholds : float or sequence of float
        Strictly rising: one for ``crisp``, one or more for ``multi-value``, two or more for
        ``indirect``, where they cut the cases into groups with evenly spaced degrees.
    include : bool
        Whether a case exactly on a threshold has passed it; it has, if not given.
    degrees : sequence of float in [0, 1], shape (cases,)
        For ``indirect``: the degree of each case, instead of thresholds.
    powers : sequence of float
        For ``indirect``: the powers of the curve instead of the best ones; ``[1]`` is plain logistic
        regression.
    levels : mapping of level to membership, or sequence of levels
        For ``levels``; a sequence, lowest first, takes its memberships from *scheme*.
    scheme : str
        ``three-value``, ``four-value``, ``five-value``, ``six-value``, ``seven-value`` or ``crisp``.
    cases : sequence of str
        Names of the cases.
    name : str
        Name of the set, for tables and refusals.
    why, source : str
        The reason for the anchors, and where it can be read. A calibration without them says so.
    missing : str
        ``refuse``, or ``keep`` missing values as nan.

    Returns
    -------
    Calibrated
        Memberships with everything they rest on, and caveats.

    Raises
    ------
    OptionError
        If a method or option is unknown, does not belong to the method, is missing, or cannot have
        that value: tied or unordered anchors, a wrong number of them, cut-offs that do not rise.
    ScaleError
        If a degree or a level's membership lies outside [0, 1].
    DataError
        If a value is missing (without ``missing="keep"``), infinite, or no number; the rows are named.

    Examples
    --------
    >>> income = calibrate([720, 550, 468], anchors=[400, 550, 900], idm="ragin")
    >>> income.memberships.round(2)
    array([0.81, 0.5 , 0.16])
    >>> income.at_crossover()
    ('2',)

    References
    ----------
    .. [1] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapters 4 and 5.
       https://doi.org/10.7208/chicago/9780226702797.001.0001
    .. [2] Duşa (2019), *QCA with R*, Springer, chapter 4. https://doi.org/10.1007/978-3-319-75668-4
    .. [3] Cheli and Lemmi (1995), *Economic Notes* 24(1), 115-134.
    """
    own = METHODS.get(method)
    if own is None:
        raise unknown_option("method", method, tuple(METHODS))
    refuse_misspelt(unknown, calibrate)
    given = {
        "anchors": anchors, "percentiles": percentiles, "shape": shape, "idm": idm, "below": below,
        "above": above, "thresholds": thresholds, "include": include, "degrees": degrees,
        "powers": powers, "levels": levels, "scheme": scheme,
    }  # fmt: skip
    for option, value in given.items():
        if value is not None and option not in own:
            raise _misplaced(option, method)
    if type(values) is not np.ndarray and hasattr(values, "__next__"):
        values = list(values)
    named = None if cases is None and type(values) is np.ndarray else case_names(values, cases)
    kind: Kind = "fuzzy"
    options: Mapping[str, Any] = {}
    raw: NDArray[Any]
    if method == "levels":
        raw, rests, found, options = _by_levels(values, levels, scheme, named, missing, name, why, source)
    else:
        raw = numbers(values, cases=named, missing=missing, name=name)
        if method in ("direct", "linear"):
            rests = _anchors(raw, anchors, percentiles, shape, why, source)
            if method == "direct":
                degree = _IDM if idm is None else _checked_idm(idm)
                found = direct.logistic(raw, rests, degree)
                options = {"idm": degree}
            else:
                bent = (_exponent("below", below), _exponent("above", above))
                found = direct.linear(raw, rests, below=bent[0], above=bent[1])
                options = {"below": bent[0], "above": bent[1]}
        elif method == "TFR":
            rests = Anchors((), shape=_direction(shape), why=why, source=source)
            found = relative.totally_fuzzy_relative(raw, decreasing=shape == "decreasing")
        elif method == "indirect":
            rests, found, options = _indirectly(raw, thresholds, degrees, powers, why, source)
        else:
            rests = _thresholds(thresholds, method, why, source)
            passed = _passed(include)
            found = codes(raw, rests.values, include=passed)
            kind = "crisp" if method == "crisp" else "multi-value"
            options = {"include": passed}
    raw.setflags(write=False)
    found.setflags(write=False)
    return Calibrated(found, raw, rests, method, kind, options, named, name)


def _anchors(
    raw: NDArray[np.float64],
    given: Anchors | Sequence[float] | None,
    percentiles: Sequence[float] | None,
    shape: str | None,
    why: str,
    source: str,
) -> Anchors:
    if (given is None) == (percentiles is None):
        raise OptionError(
            "there are no anchors" if given is None else "anchors and percentiles are both given",
            where="anchors",
            fix="give full-out, crossover and full-in, such as anchors=[10, 20, 30]",
        )
    if isinstance(given, Anchors):
        if shape is not None and shape != given.shape:
            raise OptionError(
                f"the anchors are {given.shape}, not {shape}" if given.shape else "thresholds have no shape",
                where=f"shape={shape!r}",
                fix="leave it out: anchors that were made before bring their shape",
            )
        return _justified(given, why, source)
    if given is not None:
        return checked_anchors(given, shape=shape, why=why, source=source)
    assert percentiles is not None
    shares = tuple(float(value) for value in percentiles)
    if not all(0 <= share <= 100 for share in shares):
        raise OptionError(
            "a percentile lies outside 0 to 100",
            where=f"percentiles: {', '.join(map(str, percentiles))}",
            fix="write them as [5, 50, 95]",
        )
    values = np.nanpercentile(raw, shares).tolist()
    return checked_anchors(values, shape=shape, why=why, source=source, percentiles=shares)


def _justified(given: Anchors, why: str, source: str) -> Anchors:
    """Anchors made before, with the reason and source of this call if it gives any."""
    if not (why or source):
        return given
    return Anchors(
        given.values, given.names, given.shape, why or given.why, source or given.source, given.percentiles
    )


def _thresholds(
    given: Anchors | Sequence[float] | float | None, method: str, why: str, source: str
) -> Anchors:
    if given is None:
        raise OptionError(
            "there are no thresholds",
            where="thresholds",
            fix="give the raw value from which a case is in, such as thresholds=[550]",
        )
    found = (
        _justified(given, why, source) if isinstance(given, Anchors) else steps(given, why=why, source=source)
    )
    count = len(found.values)
    if method == "crisp" and count != 1:
        raise OptionError(
            f"a crisp set has one threshold, not {count}",
            where=f"thresholds: {', '.join(f'{value:.10g}' for value in found.values)}",
            fix='give one, or use method="multi-value"',
        )
    if method == "indirect" and count < 2:
        raise OptionError(
            "indirect calibration needs at least two thresholds",
            where=f"thresholds: {found.values[0]:g}",
            fix='give more, so that there are three groups or more, or use method="crisp"',
        )
    return found


def _indirectly(
    raw: NDArray[np.float64],
    thresholds: Anchors | Sequence[float] | float | None,
    degrees: Sequence[float] | None,
    powers: Sequence[float] | None,
    why: str,
    source: str,
) -> tuple[Anchors, NDArray[np.float64], dict[str, Any]]:
    if (thresholds is None) == (degrees is None):
        raise OptionError(
            "there are neither thresholds nor degrees"
            if degrees is None
            else "thresholds and degrees are both given",
            where="thresholds, degrees",
            fix="give thresholds that cut the cases into groups, or the degree of each case",
        )
    if degrees is None:
        rests = _thresholds(thresholds, "indirect", why, source)
        wanted = indirect.groups(raw, rests.values)
    else:
        rests = Anchors((), why=why, source=source)
        wanted = numbers(degrees, missing="keep", name="degrees")
        settle(wanted)
        _check_degrees(wanted, raw)
    known = ~np.isnan(raw)
    curve = indirect.fit(raw[known], wanted[known], powers)
    found = np.full(raw.size, math.nan)
    found[known] = curve.memberships
    options = {"degrees": wanted.tolist(), "powers": list(curve.powers), "monotone": curve.monotone}
    return rests, found, options


def _check_degrees(wanted: NDArray[np.float64], raw: NDArray[np.float64]) -> None:
    if wanted.size != raw.size:
        raise OptionError(
            f"there are {wanted.size} degrees for {raw.size} values",
            where="degrees",
            fix="give one degree a case, in the same order",
        )
    outside = np.flatnonzero((wanted < 0) | (wanted > 1)).tolist()
    if outside:
        raise ScaleError(
            f"{wanted[outside[0]]:g} is no degree from 0 to 1",
            where=f"degrees: row {outside[0] + 1}",
            fix="0 is fully out, 1 fully in, .5 neither",
        )
    lacking = np.flatnonzero(np.isnan(wanted) & ~np.isnan(raw)).tolist()
    if lacking:
        raise OptionError(
            "a case has no degree",
            where=f"degrees: row {lacking[0] + 1}",
            fix="give every case with a raw value its degree",
        )


def _by_levels(
    values: Column,
    levels: Mapping[Any, float] | Sequence[Any] | None,
    scheme: str | None,
    cases: tuple[str, ...] | None,
    missing: str,
    name: str,
    why: str,
    source: str,
) -> tuple[NDArray[Any], Anchors, NDArray[np.float64], dict[str, Any]]:
    if levels is None:
        raise OptionError(
            "there are no levels",
            where="levels",
            fix='give each its membership, such as levels={"low": 0, "high": 1}',
        )
    words = labels(values, cases=cases, missing=missing, name=name)
    known = level_degrees(levels, scheme)
    found = level_memberships(words, known, cases=cases, name=name)
    raw = np.empty(len(words), dtype=object)
    raw[:] = words
    options: dict[str, Any] = {"levels": {str(level): value for level, value in known.items()}}
    if scheme:
        options["scheme"] = scheme
    return raw, Anchors((), why=why, source=source), found, options


def _checked_idm(idm: Any) -> float:
    if idm == "ragin":
        return direct.RAGIN
    if isinstance(idm, str) or not 0.5 < idm < 1:
        raise OptionError(
            f"idm cannot be {idm!r}",
            where="idm, the membership at full-in",
            fix='give a number over .5 and under 1, such as .95, or "ragin" for log odds of 3',
        )
    return float(idm)


def _passed(include: object) -> bool:
    if include is None:
        return True
    if not isinstance(include, (bool, np.bool_)):
        raise OptionError(
            f"include cannot be {include!r}",
            where="include",
            fix="True: a case exactly on a threshold has passed it; False: it has not",
        )
    return bool(include)


def _exponent(option: str, value: Any) -> float:
    if value is None:
        return 1.0
    if isinstance(value, str) or not 0 < value < math.inf:
        raise OptionError(
            f"{option} cannot be {value!r}", where=option, fix="give an exponent over 0; 1 is a straight line"
        )
    return float(value)


def _direction(shape: str | None) -> str:
    if shape not in (None, "increasing", "decreasing"):
        raise unknown_option("shape", shape, ("increasing", "decreasing"))
    return shape or "increasing"


def _misplaced(option: str, method: str) -> OptionError:
    homes = [name for name, own in METHODS.items() if option in own]
    return OptionError(
        f"{option} does not belong to method {method!r}",
        where=option,
        fix=f"leave it out, or use method {' or '.join(map(repr, homes))}; "
        f"{method!r} takes {', '.join(METHODS[method])}",
    )
