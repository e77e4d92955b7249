"""An initial solution beside its test solutions: what they share, and what each case is to them. Arrays alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import Floats, pair, read_only

Zone = Literal["robust", "shaky", "possible", "outside", "border"]
ZONES: tuple[Zone, ...] = get_args(Zone)

Relation = Literal["equal", "subset", "superset", "overlapping", "disjoint"]


@dataclass(frozen=True, slots=True)
class RobustFit:
    """How far what withstands the tests fits as the initial solution does; each parameter is 1 where nothing moves.

    Parameters
    ----------
    consistency, coverage : float in [0, 1]
        Of the initial solution with the outcome.
    core_consistency, core_coverage : float in [0, 1]
        Of the robust core.
    rf_cons : float
        Consistency of the initial solution over that of the robust core. Over 1 if the core is the less
        consistent one, which can be: it is smaller, not always better.
    rf_cov : float in [0, 1]
        Coverage of the robust core over that of the initial solution.
    rf_sc_min, rf_sc_max : float in [0, 1]
        Set coincidence of the initial solution with the minimal and with the maximal test set.

    Notes
    -----
    A parameter is nan where what it is divided by is 0: an empty core has no consistency.
    """

    consistency: float
    coverage: float
    core_consistency: float
    core_coverage: float
    rf_cons: float
    rf_cov: float
    rf_sc_min: float
    rf_sc_max: float

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        """RF_cov, RF_cons, RF_SC_minTS and RF_SC_maxTS, in the order in which they are printed."""
        return self.rf_cov, self.rf_cons, self.rf_sc_min, self.rf_sc_max


@dataclass(frozen=True, eq=False)
class Overlap:
    """Memberships in an initial solution and in all of its test solutions.

    With *IS* the initial solution and *TS* the test solutions, the minimal test set is the least membership
    over **all** test solutions, the maximal one the greatest, and the robust core what *IS* has in common
    with all of them [1]_.

    Parameters
    ----------
    initial : array of float in [0, 1], shape (cases,)
        Memberships in the initial solution.
    tests : array of float in [0, 1], shape (tests, cases)
        Memberships in every test solution; one without positive rows is empty, a row of zeros.

    Examples
    --------
    >>> both = Overlap(np.array([0.9, 0.7, 0.2]), np.array([[0.8, 0.3, 0.1], [0.9, 0.7, 0.6]]))
    >>> both.least.tolist(), both.greatest.tolist(), both.core.tolist()
    ([0.8, 0.3, 0.1], [0.9, 0.7, 0.6], [0.8, 0.3, 0.1])
    >>> both.zones.tolist()
    ['robust', 'shaky', 'possible']

    References
    ----------
    .. [1] Oana & Schneider (2024), A Robustness Test Protocol for Applied QCA, *Sociological Methods & Research*
       53(1), 57-88. https://doi.org/10.1177/00491241211036158
    """

    initial: Floats
    tests: Floats

    def __post_init__(self) -> None:
        if self.tests.ndim != 2 or not len(self.tests):
            raise OptionError(
                "there is no test solution",
                where="tests",
                fix="declare at least one plausible alternative, with its reason, before you look at the results",
            )
        if self.tests.shape[1] != len(self.initial):
            raise DataError(
                "the initial solution and its tests have different cases",
                where=f"{len(self.initial)} cases, {self.tests.shape[1]} in the tests",
                fix="test solutions rest on the same cases; dropping cases is a test of its own",
            )

    @cached_property
    def least(self) -> Floats:
        """The minimal test set: what every test solution holds, shape (cases,)."""
        return read_only(self.tests.min(axis=0))

    @cached_property
    def greatest(self) -> Floats:
        """The maximal test set: what some test solution holds, shape (cases,)."""
        return read_only(self.tests.max(axis=0))

    @cached_property
    def core(self) -> Floats:
        """The robust core: what the initial solution and every test solution hold, shape (cases,)."""
        return read_only(np.minimum(self.initial, self.least))

    def fit(self, outcome: Floats) -> RobustFit:
        """The parameters of fit-oriented robustness with an outcome.

        Parameters
        ----------
        outcome : array of float in [0, 1], shape (cases,)
            Memberships in the outcome.

        Examples
        --------
        >>> both = Overlap(np.array([1.0, 0.6, 0.4]), np.array([[1.0, 0.6, 0.0], [0.8, 0.6, 0.4]]))
        >>> found = both.fit(np.array([1.0, 0.4, 0.4]))
        >>> round(found.rf_cons, 4), round(found.rf_cov, 4)  # (1.8/2.0)/(1.2/1.4), (1.2/1.8)/(1.8/1.8)
        (1.05, 0.6667)
        >>> round(found.rf_sc_min, 4), found.rf_sc_max
        (0.7, 1.0)
        """
        _, y = pair(self.initial, outcome)
        sets = np.stack([self.initial, self.core], axis=1)
        own, core = fit.consistency(sets, y, trusted=True).tolist()
        covered, core_covered = fit.coverage(sets, y, trusted=True).tolist()
        return RobustFit(
            own,
            covered,
            core,
            core_covered,
            fit.ratio(own, core),
            fit.ratio(core_covered, covered),
            coincidence(self.initial, self.least),
            coincidence(self.initial, self.greatest),
        )

    @cached_property
    def zones(self) -> NDArray[np.str_]:
        """What each case is to the tests, shape (cases,).

        ``robust``: in the initial solution and in every test solution. ``shaky``: in the initial solution, but out
        of some test solution. ``possible``: out of the initial solution, but in some test solution. ``outside``:
        out of all. ``border``: exactly on the crossover of the set that would decide.
        """
        inside, out = _inside(self.initial), _outside(self.initial)
        found = np.full(len(self.initial), "border", dtype="<U8")
        found[inside & _inside(self.least)] = "robust"
        found[inside & _outside(self.least)] = "shaky"
        found[out & _inside(self.greatest)] = "possible"
        found[out & _outside(self.greatest)] = "outside"
        found.setflags(write=False)
        return found

    @cached_property
    def leaving(self) -> NDArray[np.bool_]:
        """Which test leaves out which case of the initial solution, shape (tests, cases)."""
        return _inside(self.initial) & _outside(self.tests)

    @cached_property
    def joining(self) -> NDArray[np.bool_]:
        """Which test takes in which case that is out of the initial solution, shape (tests, cases)."""
        return _outside(self.initial) & _inside(self.tests)


def coincidence(one: Floats, other: Floats) -> float:
    """Set coincidence: Σmin over Σmax, in [0, 1]; 1 for two empty sets, which are the same.

    Examples
    --------
    >>> coincidence(np.array([1.0, 0.5]), np.array([0.5, 0.5]))
    0.6666666666666666
    """
    whole = float(np.maximum(one, other).sum())
    return float(np.minimum(one, other).sum()) / whole if whole > TOLERANCE else 1.0


def relation(one: Floats, other: Floats) -> Relation:
    """How one set stands to another, case by case.

    Parameters
    ----------
    one, other : array of float in [0, 1], shape (cases,)

    Returns
    -------
    str
        ``equal``; ``subset``: *one* is nowhere greater; ``superset``: nowhere smaller; ``disjoint``: no case has
        a membership in both; ``overlapping``: none of these.

    Examples
    --------
    >>> relation(np.array([0.2, 0.5]), np.array([0.4, 0.5]))
    'subset'
    """
    within = bool((one <= other + TOLERANCE).all())
    around = bool((other <= one + TOLERANCE).all())
    if within or around:
        return "equal" if within and around else "subset" if within else "superset"
    return "disjoint" if float(np.minimum(one, other).max()) <= TOLERANCE else "overlapping"


def _inside(scores: Floats) -> NDArray[np.bool_]:
    return np.asarray(scores > CROSSOVER + TOLERANCE)


def _outside(scores: Floats) -> NDArray[np.bool_]:
    return np.asarray(scores < CROSSOVER - TOLERANCE)
