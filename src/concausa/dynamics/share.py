"""A share of draws, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from concausa.core.score_interval import interval


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the range in which it lies in nine of ten repetitions.

    Parameters
    ----------
    value : float in [0, 1]
    low, high : float in [0, 1]
    """

    value: float
    low: float
    high: float

    @staticmethod
    def counted(hits: int, of: int) -> Share:
        """The share of *hits* among independent draws, with Wilson's interval; nan of none.

        Examples
        --------
        >>> share = Share.counted(5, 10)
        >>> round(share.low, 3), share.value, round(share.high, 3)
        (0.269, 0.5, 0.731)
        """
        if not of:
            return Share(float("nan"), 0.0, 1.0)
        return Share(hits / of, *interval(hits, of, 0.9))

    @staticmethod
    def repeated(shares: list[float]) -> Share:
        """The mean of estimates from independent repetitions, on the scale of logarithms for its range.

        Estimates of nothing are taken in as they are; the range is then open to 0.
        """
        count = len(shares)
        mean = sum(shares) / count
        above = [share for share in shares if share > 0]
        if count < 2 or len(above) < count:
            return Share(mean, 0.0, min(1.0, max(shares) * 3))
        logs = [log(share) for share in above]
        centre = sum(logs) / count
        error = sqrt(sum((one - centre) ** 2 for one in logs) / (count - 1) / count)
        reach = exp(_t(count - 1) * error)
        return Share(mean, mean / reach, min(1.0, mean * reach))

    @property
    def data(self) -> dict[str, float]:
        """Plain JSON values."""
        return {"value": self.value, "low": self.low, "high": self.high}


def _t(freedom: int) -> float:
    """The point that Student's t exceeds one time in twenty."""
    table = {1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895}
    return table.get(freedom, 1.7)


def ratio(part: Share, whole: Share) -> Share:
    """One share in times another, each from draws of its own.

    Where the other is nothing the ratio is infinite; the range follows from both ranges.
    """
    value = part.value / whole.value if whole.value else float("inf")
    low = part.low / whole.high if whole.high else 0.0
    high = part.high / whole.low if whole.low else float("inf")
    return Share(value, low, high)
