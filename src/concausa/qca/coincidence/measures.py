"""Measures of sufficiency and of necessity: the two usual ones, and six that heed what those pass over.

Below, |X| is the sum of the memberships in X, each case as often as it counts; |X*Y| sums the lesser of two
memberships. In crisp data these are numbers of cases, and |x*y| is |not X and not Y|.

============================================== =========================================================
consistency                                    |X*Y| / |X|
contrapositive consistency                     |x*y| / |y|
prevalence-adjusted consistency                |X*Y| / (|X*Y| + |Y|/|y| · (|X| − |X*Y|))
antecedent-adjusted contrapositive consistency |x*y| / (|x*y| + |x|/|X| · (|X| − |X*Y|))
coverage                                       |X*Y| / |Y|
contrapositive coverage                        |x*y| / |x|
antecedent-adjusted coverage                   |X*Y| / (|X*Y| + |X|/|x| · (|Y| − |X*Y|))
prevalence-adjusted contrapositive coverage    |x*y| / (|x*y| + |y|/|Y| · (|Y| − |X*Y|))
============================================== =========================================================

In words of classification: positive predictive value, specificity, and both as they were if the outcome (or
the condition) were as frequent as its absence; sensitivity, negative predictive value, and the same two corrections.
The contrapositive measures are those of [1]_; the adjusted ones were proposed in [2]_ for crisp data. That |X| − |X*Y|,
not |X*y|, is what lies outside in fuzzy data is the choice made here: so consistency stays what it always was.

References
----------
.. [1] De Souter (2024), Evaluating Boolean relationships in Configurational Comparative Methods, *Journal of Causal
   Inference* 12(1), 20230014. https://doi.org/10.1515/jci-2023-0014
.. [2] De Souter & Baumgartner (2025), New sufficiency and necessity measures for model building with Coincidence
   Analysis. https://doi.org/10.5281/zenodo.13619580
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa._kernels import fit_cells
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest

#: Measures of sufficiency and of necessity, in the order of the kernel's numbers.
SUFFICIENCY = (
    "consistency",
    "contrapositive consistency",
    "prevalence-adjusted consistency",
    "antecedent-adjusted contrapositive consistency",
)
NECESSITY = (
    "coverage",
    "contrapositive coverage",
    "antecedent-adjusted coverage",
    "prevalence-adjusted contrapositive coverage",
)
_SHORT = {
    "con": SUFFICIENCY[0],
    "ccon": SUFFICIENCY[1],
    "pacon": SUFFICIENCY[2],
    "aaccon": SUFFICIENCY[3],
    "cov": NECESSITY[0],
    "ccov": NECESSITY[1],
    "aacov": NECESSITY[2],
    "paccov": NECESSITY[3],
    "standard consistency": SUFFICIENCY[0],
    "standard coverage": NECESSITY[0],
}


@dataclass(frozen=True, slots=True)
class Measures:
    """The measure that makes a condition sufficient, and the one that makes it necessary.

    Parameters
    ----------
    sufficiency, necessity : str

    Examples
    --------
    >>> read_measures(("PAcon", "AAcov"))
    Measures(sufficiency='prevalence-adjusted consistency', necessity='antecedent-adjusted coverage')
    """

    sufficiency: str = "consistency"
    necessity: str = "coverage"

    @property
    def numbers(self) -> tuple[int, int]:
        """Their numbers in :mod:`concausa._kernels.fit_cells`."""
        return SUFFICIENCY.index(self.sufficiency), NECESSITY.index(self.necessity)

    @property
    def usual(self) -> bool:
        """Whether they are consistency and coverage."""
        return self.numbers == (0, 0)


@lru_cache(maxsize=64)
def read_measures(given: tuple[str, str]) -> Measures:
    """The measures by their names or short names.

    Raises
    ------
    OptionError
        If there are not two, or one is no measure of its kind; the nearest is given.
    """
    if isinstance(given, str) or len(given) != 2:
        raise OptionError(
            "two measures are needed, of sufficiency and of necessity",
            where=f"measures={given!r}",
            fix='write measures=("consistency", "coverage")',
        )
    return Measures(_read(given[0], SUFFICIENCY), _read(given[1], NECESSITY))


def _read(name: object, allowed: tuple[str, ...]) -> str:
    word = str(name).strip().casefold()
    found = word if word in allowed else _SHORT.get(word)
    if found in allowed:
        return str(found)
    near = nearest(word, allowed)
    kind = "sufficiency" if allowed is SUFFICIENCY else "necessity"
    raise OptionError(
        f"{name!r} is no measure of {kind}",
        where=f"measures of {kind}: {', '.join(allowed)}",
        fix=f'did you mean "{near}"?' if near else "use one of these",
    )


def fits(x: NDArray[np.float64], y: NDArray[np.float64], counts: NDArray[np.float64]) -> dict[str, float]:
    """Every measure of one set for one outcome; nan where it is not defined.

    Parameters
    ----------
    x, y, counts : array of float, shape (configurations,)
        Memberships, and how many cases have the configuration.

    Examples
    --------
    >>> import numpy as np
    >>> found = fits(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([3.0, 1.0, 4.0]))
    >>> found["consistency"], found["contrapositive consistency"], found["coverage"]
    (0.75, 0.8, 1.0)
    """
    both, left = float(np.minimum(x, y) @ counts), float(x @ counts)
    right, total = float(y @ counts), float(counts.sum())
    sums: tuple[Any, ...] = (both, left, right, total)
    found = {name: float(fit_cells.sufficiency(number, *sums)) for number, name in enumerate(SUFFICIENCY)}
    return found | {name: float(fit_cells.necessity(number, *sums)) for number, name in enumerate(NECESSITY)}
