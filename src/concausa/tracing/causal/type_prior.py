"""The prior over the nodal types of a node: a Dirichlet, one for each way its hidden partners may be.

Weights are whole numbers with one common scale, so that what follows from them is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError

Weights: TypeAlias = npt.NDArray[np.int64]
Number: TypeAlias = int | float | Fraction


@dataclass(frozen=True)
class TypePrior:
    """Dirichlet parameters of one node.

    Parameters
    ----------
    scale : Fraction
        Above 0.
    weights : array of int64, shape (givens, types)
        Above 0; a parameter is ``scale * weight``. *givens* counts the combinations of types of the earlier
        nodes that share a hidden cause with this one; 1 for a node without any.
    """

    scale: Fraction
    weights: Weights

    @staticmethod
    def flat(givens: int, types: int, alpha: Number = 1) -> TypePrior:
        """The same parameter for every type; 1 is the uniform prior."""
        return TypePrior(exact(alpha, "alpha"), np.ones((givens, types), dtype=np.int64))

    @property
    def givens(self) -> int:
        """How many distributions there are."""
        return len(self.weights)

    @cached_property
    def totals(self) -> tuple[Fraction, ...]:
        """The sum of the parameters of each distribution: how many cases the prior is worth."""
        return tuple(self.scale * int(total) for total in self.weights.sum(axis=1))

    @cached_property
    def alphas(self) -> npt.NDArray[np.float64]:
        """The parameters as floats, shape (givens, types)."""
        return np.asarray(self.weights * float(self.scale), dtype=np.float64)

    def kept(self, mask: npt.NDArray[np.bool_]) -> TypePrior:
        """The parameters of the types that remain; each keeps its own."""
        return TypePrior(self.scale, self.weights[:, mask])

    def with_mass(self, mass: Number) -> TypePrior:
        """The same proportions, each distribution worth *mass* cases in all."""
        wanted = exact(mass, "mass")
        totals = [int(total) for total in self.weights.sum(axis=1)]
        common = math.lcm(*totals)
        factors = np.array([common // total for total in totals], dtype=object)
        return _safe(wanted / common, self.weights.astype(object) * factors[:, None])

    def with_alpha(self, alpha: Number, mask: npt.NDArray[np.bool_]) -> TypePrior:
        """The parameter *alpha* for the types for which *mask* is true, the others as they were."""
        wanted = exact(alpha, "alpha")
        scale = Fraction(
            math.gcd(wanted.numerator * self.scale.denominator, self.scale.numerator * wanted.denominator),
            wanted.denominator * self.scale.denominator,
        )
        weights = self.weights.astype(object) * int(self.scale / scale)
        weights[:, mask] = int(wanted / scale)
        return _safe(scale, weights)


def exact(number: Number, name: str) -> Fraction:
    """A number above 0 as a fraction; 0.1 means one tenth, not the nearest binary number.

    Raises
    ------
    OptionError
        If it is not above 0 and finite.
    """
    bad = isinstance(number, bool) or (isinstance(number, float) and not math.isfinite(number))
    value = Fraction(0) if bad else Fraction(str(number)) if isinstance(number, float) else Fraction(number)
    if value <= 0:
        raise OptionError(
            f"{name} must be above 0", where=f"{name}={number!r}", fix=f"give a number such as {name}=1"
        )
    return value


def _safe(scale: Fraction, weights: npt.NDArray[np.object_]) -> TypePrior:
    common = math.gcd(*(int(weight) for weight in weights.ravel()))
    weights, scale = weights // common, scale * common
    if int(weights.sum(axis=1).max()) >= 1 << 53:
        raise OptionError(
            "the prior's weights have no common measure that can be held",
            where=f"largest {int(weights.max())}",
            fix="give parameters with few digits",
        )
    return TypePrior(scale, weights.astype(np.int64))
