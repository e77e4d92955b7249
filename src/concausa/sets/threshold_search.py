"""Thresholds that the data suggest: where values lie apart. A suggestion, never a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.sets.anchors import unknown_option
from concausa.sets.partition import gaps, merged, natural_breaks
from concausa.sets.raw_values import Column, numbers

By = Literal["gaps", "clusters", "natural breaks"]
Linkage = Literal["complete", "average", "single"]


@dataclass(frozen=True, slots=True)
class Gap:
    """The space between two neighbouring values.

    Parameters
    ----------
    below, above : float
        The values on either side of it.
    threshold : float
        The middle between them.
    size : float
        Their distance.
    share : float in (0, 1]
        Their distance as a share of the range of the data.
    cases_below, cases_above : int
        How many cases lie on either side.
    chosen : bool
        Whether a suggested threshold lies here.
    """

    below: float
    above: float
    threshold: float
    size: float
    share: float
    cases_below: int
    cases_above: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Thresholds that part the data into groups.

    Parameters
    ----------
    thresholds : tuple of float
        Rising; each the middle of a gap.
    gaps : tuple of Gap
        Every gap of the data, from the lowest value to the highest, chosen or not.
    by : str
        How they were found.
    caveats : tuple of Caveat
        That a reason is needed; and a ``tie`` where other thresholds are just as good.
    name : str
        What the values measure; may be empty.
    """

    thresholds: tuple[float, ...]
    gaps: tuple[Gap, ...]
    by: str
    caveats: tuple[Caveat, ...]
    name: str = ""

    def table(self) -> Table:
        """Every gap, the widest first, with its size and whether it was chosen."""
        order = sorted(self.gaps, key=lambda gap: (-gap.size, gap.below))
        heads = ("below", "above", "threshold", "gap", "share", "cases_below", "cases_above", "chosen")
        labels = ("Below", "Above", "Middle", "Gap", "Of the range", "Cases below", "Cases above", "Chosen")
        rows = [
            [
                *(_number(value) for value in (gap.below, gap.above, gap.threshold, gap.size)),
                Cell(f"{gap.share:.0%}", gap.share),
                Cell(str(gap.cases_below), gap.cases_below),
                Cell(str(gap.cases_above), gap.cases_above),
                Cell("yes" if gap.chosen else "", gap.chosen, tone="good" if gap.chosen else "plain"),
            ]
            for gap in order
        ]
        what = f"{self.name}: " if self.name else ""
        title = f"{what}thresholds by {self.by}: {', '.join(f'{value:.10g}' for value in self.thresholds)}"
        headings = [Heading(key, label, "right") for key, label in zip(heads, labels, strict=True)]
        return Table.of("thresholds", title, headings, rows, notes=[f"Caveat: {c}" for c in self.caveats])

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "name": self.name,
            "by": self.by,
            "thresholds": list(self.thresholds),
            "gaps": [{key: getattr(gap, key) for key in Gap.__slots__} for gap in self.gaps],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __str__(self) -> str:
        return str(self.table()).rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def suggest_thresholds(
    values: Column,
    n: int = 1,
    *,
    by: By = "clusters",
    linkage: Linkage = "complete",
    missing: Literal["refuse", "keep"] = "refuse",
    name: str = "",
) -> Suggestion:
    """*n* thresholds between groups of values that lie apart.

    Parameters
    ----------
    values : list, array, or pandas or polars Series, shape (cases,)
        Raw values.
    n : int
        How many thresholds; one fewer than groups.
    by : str
        ``gaps``: the middles of the *n* widest gaps. ``clusters``: hierarchical clustering, cut into
        *n* + 1 groups [1]_. ``natural breaks``: the groups with the least sum of squares around their
        means, found exactly [2]_ [3]_.
    linkage : str
        For ``clusters``: the distance between groups is that of their farthest (``complete``), all
        (``average``) or nearest (``single``) members.
    missing : str
        ``refuse``, or ``keep`` to leave missing values aside.

    Returns
    -------
    Suggestion
        Equal values are never parted. Where several choices are equally good, the one with the lower
        thresholds is given and a caveat names the other.

    Raises
    ------
    OptionError
        If *n* is less than 1, or there are not more different values than *n*; if *by* or *linkage* is
        unknown.
    DataError
        As for :func:`~concausa.sets.raw_values.numbers`.

    Examples
    --------
    >>> suggest_thresholds([1, 2, 3, 10, 11, 20], 2).thresholds
    (6.5, 15.5)

    References
    ----------
    .. [1] Lance and Williams (1967), *The Computer Journal* 9(4), 373-380.
       https://doi.org/10.1093/comjnl/9.4.373
    .. [2] Fisher (1958), *Journal of the American Statistical Association* 53(284), 789-798.
       https://doi.org/10.1080/01621459.1958.10501479
    .. [3] Wang and Song (2011), *The R Journal* 3(2), 29-33. https://doi.org/10.32614/RJ-2011-015
    """
    if by not in get_args(By):
        raise unknown_option("by", by, get_args(By))
    if linkage not in get_args(Linkage):
        raise unknown_option("linkage", linkage, get_args(Linkage))
    raw = numbers(values, missing=missing, name=name)
    different, counts = np.unique(raw[~np.isnan(raw)], return_counts=True)
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise OptionError(f"n cannot be {n!r}", where="n, the number of thresholds", fix="give 1 or more")
    if different.size < 2:
        raise DataError(
            "all values are the same", where=name, fix="there is no gap for a threshold to lie in"
        )
    if n >= different.size:
        raise OptionError(
            f"{different.size} different values have room for {_thresholds(different.size - 1)}, not {n}",
            where="n, the number of thresholds",
            fix="ask for fewer",
        )
    low, high = (_cuts(different, counts, n, by, linkage, prefer) for prefer in ("low", "high"))
    found = _gaps(different, counts, low)
    how = f"{by} ({linkage} linkage)" if by == "clusters" else by
    caveats = [
        Caveat.of(
            "suggestion",
            "thresholds found in the data are a suggestion: say why the cases on either side differ in kind",
        )
    ]
    if low != high:
        others = [gap.threshold for gap in _gaps(different, counts, high) if gap.chosen]
        tie = Caveat.of(
            "tie",
            "equally good by this criterion, and there may be more: {others}",
            others=", ".join(f"{value:.10g}" for value in others),
        )
        caveats.insert(0, tie)
    chosen = tuple(gap.threshold for gap in found if gap.chosen)
    return Suggestion(chosen, found, how, tuple(caveats), name)


def _cuts(
    different: NDArray[np.float64],
    counts: NDArray[np.int64],
    n: int,
    by: str,
    linkage: str,
    prefer: Literal["low", "high"],
) -> tuple[int, ...]:
    """After which of the different values, by position, the groups end."""
    if by == "gaps":
        return gaps(different, n, prefer=prefer)
    if by == "clusters":
        return merged(different, counts, n, linkage=linkage, prefer=prefer)
    return natural_breaks(different, counts, n, prefer=prefer)


def _gaps(different: NDArray[np.float64], counts: NDArray[np.int64], cuts: Sequence[int]) -> tuple[Gap, ...]:
    up_to = np.cumsum(counts).tolist()
    spread = float(different[-1] - different[0])
    found = []
    for at, (below, above) in enumerate(zip(different[:-1].tolist(), different[1:].tolist(), strict=True)):
        middle = below + (above - below) / 2
        found.append(
            Gap(
                below,
                above,
                middle if below < middle else above,
                above - below,
                (above - below) / spread,
                up_to[at],
                up_to[-1] - up_to[at],
                at in cuts,
            )
        )
    return tuple(found)


def _thresholds(count: int) -> str:
    return "1 threshold" if count == 1 else f"{count} thresholds"


def _number(value: float) -> Cell:
    return Cell(f"{value:.10g}", value)
