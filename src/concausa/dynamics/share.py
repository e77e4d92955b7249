"""A share of draws, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

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
    def among(hits: int, of: int, effective: float) -> Share:
        """The share of *hits* among draws that are worth no more than *effective* independent ones.

        Examples
        --------
        >>> Share.among(500, 1000, 1000) == Share.counted(500, 1000)
        True
        >>> round(Share.among(500, 1000, 10).low, 3)
        0.269
        """
        worth = round(min(effective, of))
        if worth < 1:
            return Share(hits / of if of else float("nan"), 0.0, 1.0)
        value = hits / of
        low, high = interval(round(value * worth), worth, 0.9)
        return Share(value, min(low, value), max(high, value))

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
    def inverse(self) -> Share:
        """How many times the whole is the part; infinite where the part may be nothing."""
        one, least, most = (1 / end if end else float("inf") for end in (self.value, self.high, self.low))
        return Share(one, least, most)

    @property
    def data(self) -> dict[str, float | None]:
        """Plain JSON values; None for what is no finite number."""
        return {name: finite(getattr(self, name)) for name in ("value", "low", "high")}


def times(value: float) -> str:
    """How many times, in two digits that count.

    Examples
    --------
    >>> times(2.56), times(1), times(12.3), times(7889), times(float("inf"))
    ('2.6', '1.0', '12', '7,900', 'any number of')
    """
    if not isfinite(value):
        return "any number of"
    if value < 10:
        return f"{value:.1f}"
    whole = round(value)
    return f"{round(whole, 2 - len(str(whole))):,}"


def finite(value: float) -> float | None:
    """A number as JSON has it: None where it is infinite or none."""
    return float(value) if isfinite(value) else None


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
