"""What a reader must know of a calibration: borrowed anchors, lopsided sets, cases on the line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.sets.calibrated import Calibrated
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.raw_values import rows
from concausa.sets.skewness import skewness

#: Percentiles that anchors are usually borrowed from.
_BORROWED = (
    (5.0, 50.0, 95.0),
    (10.0, 50.0, 90.0),
    (20.0, 50.0, 80.0),
    (25.0, 50.0, 75.0),
    (0.0, 50.0, 100.0),
)
_NEAR = 1e-9


def caveats(found: Calibrated) -> tuple[Caveat, ...]:
    """Every caveat of a calibration, the gravest first; none of them changes a membership.

    Parameters
    ----------
    found : Calibrated

    Returns
    -------
    tuple of Caveat
        Of these kinds: ``missing``, ``crossover``, ``threshold``, ``already-crisp``, ``constant``,
        ``empty``, ``skewed``, ``percentiles``, ``relative``, ``range``, ``bent``, ``unjustified``.

    References
    ----------
    .. [1] Schneider and Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, chapter 9, on what
       skewed memberships do to necessity and sufficiency; the bound of 15 percent is a convention.
       https://doi.org/10.1017/CBO9781139004244
    """
    known = found.memberships[~np.isnan(found.memberships)]
    return (
        *_missing(found),
        *_on_the_line(found),
        *_already(found),
        *_spread(found, known),
        *_borrowed(found),
        *_beyond(found),
        *_curve(found),
        *_unjustified(found),
    )


def _missing(found: Calibrated) -> list[Caveat]:
    gaps = np.flatnonzero(np.isnan(found.memberships)).tolist()
    if not gaps:
        return []
    return [
        Caveat.of(
            "missing",
            "{count} without a raw value stay without a membership: {cases}",
            count=_cases(len(gaps)),
            cases=rows(gaps, found.cases),
        )
    ]


def _on_the_line(found: Calibrated) -> list[Caveat]:
    if found.kind == "fuzzy":
        near = np.flatnonzero(np.abs(found.memberships - CROSSOVER) <= TOLERANCE).tolist()
        if not near:
            return []
        return [
            Caveat.of(
                "crossover",
                "{count} on the crossover, neither in nor out: {cases}; no truth-table row can take them",
                count=_cases(len(near)),
                cases=rows(near, found.cases),
            )
        ]
    if found.raw.dtype == object or not found.anchors.values:
        return []
    equal = np.isin(found.raw, found.anchors.values)
    near = np.flatnonzero(equal).tolist()
    if not near:
        return []
    passed = "counted as above it" if found.options.get("include", True) else "counted as below it"
    return [
        Caveat.of(
            "threshold",
            "{count} exactly on a threshold, {passed}: {cases}",
            count=_cases(len(near)),
            passed=passed,
            cases=rows(near, found.cases),
        )
    ]


def _already(found: Calibrated) -> list[Caveat]:
    if found.method in ("levels", "crisp", "multi-value") or not np.isin(_known(found), (0.0, 1.0)).all():
        return []
    return [
        Caveat.of(
            "already-crisp",
            "the raw values are all 0 or 1, so the set was crisp already: was it calibrated by mistake?",
        )
    ]


def _spread(found: Calibrated, known: NDArray[np.float64]) -> list[Caveat]:
    if found.kind == "multi-value":
        codes = range(len(found.anchors.values) + 1)
        empty = [code for code in codes if not (known == code).any()]
        if not empty:
            return []
        return [Caveat.of("empty", "no case has the value {codes}", codes=" or ".join(map(str, empty)))]
    if known.size > 1 and np.ptp(known) <= TOLERANCE:
        return [
            Caveat.of(
                "constant",
                "every case has the membership {value}: a set without variation explains nothing",
                value=f"{known[0]:.3g}",
            )
        ]
    shape = skewness(known)
    if not shape.skewed:
        return []
    return [
        Caveat.of(
            "skewed",
            "{count} of {cases} are more in than out: a lopsided set passes as necessary, or sufficient, "
            "for almost anything",
            count=shape.within,
            cases=_cases(shape.n),
        )
    ]


def _borrowed(found: Calibrated) -> list[Caveat]:
    if found.method == "TFR":
        return [
            Caveat.of(
                "relative",
                "memberships come from the place of each case among these cases, not from what the set "
                "means: another sample gives others",
            )
        ]
    given = found.anchors
    if given.percentiles:
        return [
            Caveat.of(
                "percentiles",
                "the anchors are percentiles ({percentiles}) of these very data, not knowledge from outside "
                "them: another sample would move them",
                percentiles=", ".join(f"{value:.10g}" for value in given.percentiles),
            )
        ]
    if found.method not in ("direct", "linear") or len(given.values) != 3:
        return []
    raw = _known(found)
    low, middle, high = sorted(given.values)
    scale = max(float(np.ptp(raw)), abs(low), abs(high)) * _NEAR
    for percentiles in _BORROWED:
        quantiles = np.percentile(raw, percentiles)
        if np.abs(quantiles - (low, middle, high)).max() <= scale:
            return [
                Caveat.of(
                    "percentiles",
                    "the anchors are the percentiles {percentiles} of these very data: say why they are "
                    "more than that",
                    percentiles=", ".join(f"{value:.10g}" for value in percentiles),
                )
            ]
    for word, value in (("median", float(np.median(raw))), ("mean", float(raw.mean()))):
        if abs(value - middle) <= scale:
            return [
                Caveat.of(
                    "percentiles",
                    "the crossover is the {word} of these very data: say why it is more than that",
                    word=word,
                )
            ]
    return []


def _beyond(found: Calibrated) -> list[Caveat]:
    if found.raw.dtype == object or not found.anchors.values:
        return []
    raw = _known(found)
    outside = [
        f"{name} {value:.10g}"
        for name, value in zip(found.anchors.names, found.anchors.values, strict=True)
        if not raw.min() <= value <= raw.max()
    ]
    if not outside:
        return []
    return [
        Caveat.of(
            "range",
            "outside the data, which run from {low} to {high}: {anchors}",
            low=f"{raw.min():.10g}",
            high=f"{raw.max():.10g}",
            anchors=", ".join(outside),
        )
    ]


def _curve(found: Calibrated) -> list[Caveat]:
    if found.options.get("monotone", True):
        return []
    return [
        Caveat.of(
            "bent",
            "the fitted curve turns within the data, so that more of the raw value is here more and there "
            "less of the set: look at the chart, or fix the powers",
        )
    ]


def _unjustified(found: Calibrated) -> list[Caveat]:
    if found.method == "TFR":
        return []
    what = {"direct": "anchors", "linear": "anchors", "levels": "memberships of the levels"}.get(
        found.method, "degrees of the cases" if not found.anchors.values else "thresholds"
    )
    lacking = [
        word
        for word, text in (("written reason", found.anchors.why), ("source", found.anchors.source))
        if not text.strip()
    ]
    if not lacking:
        return []
    return [
        Caveat.of(
            "unjustified",
            "the {what} have no {lacking}: reviewers will ask for it",
            what=what,
            lacking=" and no ".join(lacking),
        )
    ]


def _known(found: Calibrated) -> NDArray[np.float64]:
    """The raw values that are not missing; for levels their memberships, which are numbers."""
    values = found.memberships if found.raw.dtype == object else found.raw
    known: NDArray[np.float64] = values[~np.isnan(values)]
    return known


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"
