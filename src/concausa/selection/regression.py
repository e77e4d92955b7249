"""The regression that case types are told by: residuals, leverage and influence of each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa._kernels import pair_distances as kernel
from concausa.core.errors import DataError
from concausa.selection.candidates import Candidates, Covariate
from concausa.selection.metric import columns

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Ordinary least squares of an outcome on covariates.

    Parameters
    ----------
    outcome : str
    terms : tuple of str
        The covariates; a category stands for all of its indicators.
    units : tuple of str
        Those with the outcome and every covariate.
    left_out : tuple of str
        The others.
    residuals : array, shape (units,)
        Outcome less what the regression expects.
    scale : float
        Root of the mean square of the residuals, with the degrees of freedom that are left.
    hat : array, shape (units,)
        Leverage, in [0, 1]; its sum is the number of coefficients.
    cook : array, shape (units,)
        Cook's distance: how far all coefficients move when the unit is left out [1]_. nan at leverage 1.
    dfbetas : array, shape (units, coefficients)
        By how many standard errors each coefficient moves when the unit is left out [2]_. nan at leverage 1.
    owners : tuple of str
        The covariate of each coefficient; empty for the constant.
    r_squared : float
    freedom : int
        Units less coefficients.

    References
    ----------
    .. [1] Cook (1977), *Technometrics* 19(1), 15-18. https://doi.org/10.1080/00401706.1977.10489493
    .. [2] Belsley, Kuh & Welsch (1980), *Regression Diagnostics*, Wiley, 2.1.
       https://doi.org/10.1002/0471725153
    """

    outcome: str
    terms: tuple[str, ...]
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    residuals: Floats
    scale: float
    hat: Floats
    cook: Floats
    dfbetas: Floats
    owners: tuple[str, ...]
    r_squared: float
    freedom: int

    @property
    def formula(self) -> str:
        """``growth ~ size + party``."""
        return f"{self.outcome} ~ {' + '.join(self.terms) or '1'}"


def regress(
    candidates: Candidates, outcome: Covariate, terms: Sequence[Covariate], also: Sequence[Covariate] = ()
) -> Regression:
    """The regression of an outcome on covariates, over the units that have all of them.

    Parameters
    ----------
    candidates : Candidates
    outcome : Covariate
        Numeric, log, ordinal or binary.
    terms : sequence of Covariate
    also : sequence of Covariate
        Covariates that units must have too, so that two regressions are of the same units.

    Raises
    ------
    DataError
        If the outcome is a category or does not vary, fewer than 2 degrees of freedom are left, or the covariates
        determine each other.
    """
    if outcome.kind == "category":
        raise DataError(
            f"{outcome.name} is a category: it has no residuals",
            where="outcome",
            fix="take an outcome that is a number, or ordinal",
        )
    whole = ~np.any([one.missing for one in (outcome, *terms, *also)], axis=0)
    kept = np.flatnonzero(whole).tolist()
    own = candidates.only(kept)
    units = own.units
    y = outcome.scores[kept]
    used = tuple(Covariate(one.name, one.values[kept], one.kind) for one in terms)
    scores, owners, _ = (
        columns(used, ranks=False) if used else (np.empty((len(kept), 0)), np.empty(0, int), None)
    )
    count = scores.shape[1] + 1
    freedom = len(units) - count
    if freedom < 2:
        raise DataError(
            f"{len(units)} units are too few for a regression with {count} coefficients",
            where=f"{outcome.name} ~ {' + '.join(one.name for one in terms)}",
            fix="leave out covariates, or those with most gaps",
        )
    if float(np.ptp(y)) == 0:
        raise DataError(
            f"{outcome.name} is the same for all {len(units)} units",
            where="outcome",
            fix="take one that varies",
        )
    if count > 1 and kernel.generalised_inverse(kernel.covariance_of(scores))[1] < count - 1:
        raise DataError(
            f"the covariates do not vary freely: {count - 1} columns determine each other",
            where=f"{outcome.name} ~ {' + '.join(one.name for one in terms)}",
            fix="leave one of those out that say the same",
        )
    spread = scores.std(axis=0) if count > 1 else np.empty(0)
    design = np.column_stack([np.ones(len(units)), (scores - scores.mean(axis=0)) / spread])
    basis, upper = np.linalg.qr(design)
    fitted = basis @ (basis.T @ y)
    residuals = y - fitted
    hat = (basis**2).sum(axis=1)
    variance = float(residuals @ residuals) / freedom
    free = 1 - hat
    with np.errstate(divide="ignore", invalid="ignore"):
        cook = np.where(free > 1e-9, residuals**2 * hat / (count * variance * free**2), np.nan)
        # Coefficients move by (X'X)^-1 x_i e_i / (1 - h_i); their errors are those without the unit.
        moved = (np.linalg.solve(upper, basis.T) * residuals / free).T
        without = (freedom * variance - residuals**2 / free) / (freedom - 1)
        roots = np.sqrt((np.linalg.inv(upper) ** 2).sum(axis=1))
        dfbetas = moved / (np.sqrt(np.maximum(without, 0.0))[:, None] * roots)
    dfbetas[~(free > 1e-9)] = np.nan
    centred = y - y.mean()
    names = tuple(one.name for one in terms)
    return Regression(
        outcome.name,
        names,
        units,
        tuple(unit for unit, there in zip(candidates.units, whole, strict=True) if not there),
        residuals,
        variance**0.5,
        hat,
        cook,
        dfbetas,
        ("", *(names[owner] for owner in owners)),
        1 - float(residuals @ residuals) / float(centred @ centred),
        freedom,
    )
