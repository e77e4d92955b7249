"""The options of a coincidence analysis; the object checks itself when made."""

from __future__ import annotations

from dataclasses import dataclass, field
from numbers import Integral

from concausa.core.errors import OptionError
from concausa.qca.coincidence.measures import Measures
from concausa.qca.cutoffs import check_share

#: Most partial joins of atomic formulas that are looked at unless one asks for more.
LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Thresholds, measures and how far the search goes.

    Parameters
    ----------
    consistency : float in (0, 1]
        Least value of the measure of sufficiency, of every condition and every formula.
    condition_consistency : float in (0, 1], optional
        Another threshold for single conditions; *consistency* if not given.
    coverage : float in (0, 1]
        Least value of the measure of necessity, of every formula.
    max_literals : int
        Most literals of a condition.
    max_terms : int
        Most conditions of an atomic formula.
    max_complexity : int
        Most literals of an atomic formula in all.
    measures : Measures
        What is measured.
    redundancy_free : bool
        Whether formulas are left out that could be shortened by logic alone.
    limit : int
        Partial joins of atomic formulas that are looked at, for models of several outcomes.

    Raises
    ------
    OptionError
        If one is out of its range.
    """

    consistency: float = 0.8
    condition_consistency: float | None = None
    coverage: float = 0.8
    max_literals: int = 3
    max_terms: int = 4
    max_complexity: int = 10
    measures: Measures = field(default_factory=Measures)
    redundancy_free: bool = True
    limit: int = LIMIT

    def __post_init__(self) -> None:
        check_share("consistency", self.consistency, above_zero=True, example=0.8)
        check_share("coverage", self.coverage, above_zero=True, example=0.8)
        if self.condition_consistency is not None:
            check_share("condition_consistency", self.condition_consistency, above_zero=True, example=0.8)
        for name, most in (
            ("max_literals", 10),
            ("max_terms", 20),
            ("max_complexity", 200),
            ("limit", 10**7),
        ):
            value: object = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, Integral) or not 1 <= int(value) <= most:
                raise OptionError(
                    f"{name} is a whole number from 1 to {most:,}",
                    where=f"{name}={value!r}",
                    fix=f"leave it out for {getattr(type(self)(), name):,}",
                )
        if self.redundancy_free not in (True, False):
            raise OptionError(
                "redundancy_free is True or False", where=f"redundancy_free={self.redundancy_free!r}"
            )

    @property
    def of_conditions(self) -> float:
        """The threshold that single conditions must reach."""
        return self.consistency if self.condition_consistency is None else self.condition_consistency

    def data(self) -> dict[str, object]:
        """The options as plain JSON values."""
        return {
            "consistency": float(self.consistency),
            "condition_consistency": float(self.of_conditions),
            "coverage": float(self.coverage),
            "max_literals": int(self.max_literals),
            "max_terms": int(self.max_terms),
            "max_complexity": int(self.max_complexity),
            "measures": [self.measures.sufficiency, self.measures.necessity],
            "redundancy_free": self.redundancy_free,
            "limit": int(self.limit),
        }
