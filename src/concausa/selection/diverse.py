"""Diverse cases: a smallest set of units that spans what the population has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.covers import minimum_covers
from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates, Covariate

#: Parts of a number in words.
_PARTS = {
    2: ("low", "high"),
    3: ("low", "middle", "high"),
    4: ("lowest", "low", "high", "highest"),
    5: ("lowest", "low", "middle", "high", "highest"),
}


@dataclass(frozen=True, slots=True)
class Combination:
    """A combination of categories.

    Parameters
    ----------
    parts : tuple of str
        One a covariate.
    units : tuple of str
        Those in it, the most central first.
    """

    parts: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diverse:
    """What a diverse set of cases has to span, and the smallest sets that do.

    Parameters
    ----------
    covariates : tuple of str
    combinations : tuple of Combination
        Every combination; those without a unit are what the population does not hold. One unit of each that has
        any is a smallest set that spans all combinations.
    smallest : tuple of str
        A smallest set that spans each category of each covariate: the first of *count* in the order of the
        candidates.
    count : int
        How many sets of that size span them.
    left_out : tuple of str
        Units that lack one of the covariates.
    """

    covariates: tuple[str, ...]
    combinations: tuple[Combination, ...]
    smallest: tuple[str, ...]
    count: int
    left_out: tuple[str, ...]

    def table(self) -> Table:
        """A row a combination."""
        headings = [Heading(name, name) for name in self.covariates]
        headings += [Heading("n", "n", "right"), Heading("units", "units, the most central first")]
        rows = [
            [*map(Cell, one.parts), Cell(str(len(one.units)), len(one.units)), Cell(", ".join(one.units))]
            for one in self.combinations
        ]
        spanned = f"Each category of each is spanned by {len(self.smallest)} units"
        notes = [f"{spanned}, such as {', '.join(self.smallest)} ({self.count:,} such sets)."]
        if self.left_out:
            notes.append(f"Without a value: {', '.join(self.left_out)}.")
        return Table.of("diverse", "Diverse cases", headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "covariates": list(self.covariates),
            "combinations": [
                {"parts": dict(zip(self.covariates, one.parts, strict=True)), "units": list(one.units)}
                for one in self.combinations
            ],
            "smallest": list(self.smallest),
            "count": self.count,
            "left_out": list(self.left_out),
        }


def diverse(candidates: Candidates, covariates: Sequence[Covariate], *, cells: int = 3) -> Diverse:
    """The combinations of categories that the candidates have, and a smallest set that spans them.

    A number is cut into *cells* parts of as equal size as ties allow; categories, levels and binary covariates
    stand for themselves [1]_.

    Raises
    ------
    OptionError
        If *cells* is not 2 to 5.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates({"x": [1, 2, 3, 4]}, covariates=["x"], units=list("ABCD"))
    >>> diverse(states, states.covariates, cells=2).smallest
    ('A', 'C')

    References
    ----------
    .. [1] Seawright & Gerring (2008), *Political Research Quarterly* 61(2), 300-301.
       https://doi.org/10.1177/1065912907313077
    """
    if cells not in _PARTS:
        raise OptionError(
            "a number is cut into 2 to 5 parts", where=f"cells={cells!r}", fix="cells=3: terciles"
        )
    whole = ~np.any([one.missing for one in covariates], axis=0)
    kept = np.flatnonzero(whole).tolist()
    names = [candidates.units[row] for row in kept]
    cut = [_cut(one, kept, cells) for one in covariates]
    rows = []
    for parts in product(*(range(len(words)) for words, _ in cut)):
        inside = [
            at
            for at in range(len(kept))
            if all(places[at] == part for (_, places), part in zip(cut, parts, strict=True))
        ]
        words = tuple(known[part] for (known, _), part in zip(cut, parts, strict=True))
        rows.append(Combination(words, tuple(names[at] for at in _central(covariates, kept, inside))))
    chart = np.array(
        [
            [places[at] == part for words, places in cut for part in range(len(words))]
            for at in range(len(kept))
        ],
        dtype=bool,
    )
    covers = minimum_covers(chart[:, chart.any(axis=0)]) if len(kept) else None
    smallest = tuple(names[at] for at in covers.sets[0]) if covers else ()
    gone = tuple(unit for unit, there in zip(candidates.units, whole, strict=True) if not there)
    return Diverse(
        tuple(one.name for one in covariates), tuple(rows), smallest, covers.count if covers else 0, gone
    )


def _cut(one: Covariate, kept: list[int], cells: int) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The words of the parts, and the part of each unit."""
    values = one.values[kept]
    if one.levels:
        return one.levels, values.astype(np.int64)
    if one.kind == "binary":
        return ("no", "yes"), values.astype(np.int64)
    edges = np.quantile(values, [part / cells for part in range(1, cells)], method="inverted_cdf")
    return _PARTS[cells], np.searchsorted(edges, values, side="left").astype(np.int64)


def _central(covariates: Sequence[Covariate], kept: list[int], inside: list[int]) -> list[int]:
    """The units of a combination, those nearest to its mean first."""
    if len(inside) < 2:
        return inside
    far = np.zeros(len(inside))
    for one in covariates:
        scores = one.scores[kept]
        spread = float(scores.std()) if one.kind != "category" else 0.0
        if spread > 0:
            own = scores[inside]
            far += ((own - own.mean()) / spread) ** 2
    return [inside[at] for at in np.argsort(np.round(far, 10), kind="stable")]
