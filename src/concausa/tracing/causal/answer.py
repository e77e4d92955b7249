"""An answer of a causal model, with what it is an answer to and how sure its digits are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class CausalAnswer:
    """What a belief says of a query.

    Parameters
    ----------
    query, given : str
        As they were asked.
    level : str
        ``case``: of one more case of which only *given* is known; ``population``: the share among all such
        cases, which is also the answer for a case that is among the data.
    source : str
        ``prior`` or ``posterior``.
    value : float
        Probability of a statement, mean of an amount.
    exact : Fraction or None
        The same without rounding, where it was not drawn.
    given_probability : float
        How likely *given* is to begin with, in [0, 1].
    sd : float
        At case level of the query itself, as it is true or not; at population level of the share.
    interval : (float, float) or None
        Population level: from the 2.5th to the 97.5th percentile.
    error : float
        Monte Carlo standard error of *value*; 0 where it is exact.
    draws, effective : int, float
        Draws, and how many independent ones they are worth; 0 where nothing was drawn.
    r_hat : float or None
        Near 1 where chains agree; None without chains.
    """

    query: str
    given: str
    level: str
    source: str
    value: float
    exact: Fraction | None = None
    given_probability: float = 1.0
    sd: float = 0.0
    interval: tuple[float, float] | None = None
    error: float = 0.0
    draws: int = 0
    effective: float = 0.0
    r_hat: float | None = None

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "query": self.query,
            "given": self.given,
            "level": self.level,
            "source": self.source,
            "value": self.value,
            "exact": None if self.exact is None else str(self.exact),
            "given_probability": self.given_probability,
            "sd": self.sd,
            "interval": None if self.interval is None else list(self.interval),
            "monte_carlo_error": self.error,
            "draws": self.draws,
            "effective_draws": self.effective,
            "r_hat": self.r_hat,
        }

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        lines = [f"{self.query}   given {self.given or 'nothing'}"]
        what = {
            "case": "one more case, of which only this is known",
            "population": "share among all such cases",
        }[self.level]
        lines.append(f"  {self.level} level ({what}), {self.source}: {self.told}")
        if self.draws:
            hat = "" if self.r_hat is None else f", R-hat {self.r_hat:.3f}"
            lines.append(
                f"  Monte Carlo error {self.error:.1g} ({self.draws:,} draws worth {self.effective:,.0f}{hat})"
            )
        return "\n".join(lines)

    @property
    def told(self) -> str:
        """The value in the digits that it deserves."""
        if self.value in (0.0, 1.0) and self.sd == 0.0 and not self.interval_has_width:
            return "0: the model rules it out" if self.value == 0.0 else "1: the model makes it certain"
        if self.exact is not None:
            short = self.exact.denominator < 10_000 and self.exact.denominator > 1
            return f"{self.value:.4g}" + (f" (exactly {self.exact})" if short else " (exact)")
        text = f"{self.value:.3f}"
        if self.interval is not None:
            text += f", 95 percent between {self.interval[0]:.3f} and {self.interval[1]:.3f}"
        return text

    @property
    def interval_has_width(self) -> bool:
        """Whether draws differ at all."""
        return self.interval is not None and self.interval[0] != self.interval[1]

    def __repr__(self) -> str:
        given = f" | {self.given}" if self.given else ""
        return f"<CausalAnswer {self.level}, {self.source}: P({self.query}{given}) = {self.value:.4g}>"
