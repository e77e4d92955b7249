"""A calibrated set: memberships, the raw values they come from, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.sets.anchors import Anchors
from concausa.sets.membership import side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concausa.core.chart import Chart

Kind = Literal["fuzzy", "crisp", "multi-value"]

_RAGIN = (
    "Ragin (2008), Redesigning Social Inquiry, University of Chicago Press. "
    "https://doi.org/10.7208/chicago/9780226702797.001.0001"
)
_RIHOUX = (
    "Rihoux and Ragin, eds. (2009), Configurational Comparative Methods, Sage. "
    "https://doi.org/10.4135/9781452226569"
)
_ROYSTON = "Royston and Altman (1994), Applied Statistics 43(3), 429-467. https://doi.org/10.2307/2986270"
_PAPKE = (
    "Papke and Wooldridge (1996), Journal of Applied Econometrics 11(6), 619-632. "
    "https://doi.org/10.1002/(SICI)1099-1255(199611)11:6<619::AID-JAE418>3.0.CO;2-1"
)
_SOURCES: dict[str, tuple[str, ...]] = {
    "direct": (_RAGIN,),
    "linear": ("Duşa (2019), QCA with R, Springer. https://doi.org/10.1007/978-3-319-75668-4",),
    "indirect": (_RAGIN, _ROYSTON, _PAPKE),
    "crisp": (_RIHOUX,),
    "multi-value": (_RIHOUX,),
    "TFR": ("Cheli and Lemmi (1995), Economic Notes 24(1), 115-134.",),
    "levels": (_RAGIN,),
}


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What a calibration gives; wherever an array is wanted it is its memberships.

    Parameters
    ----------
    memberships : array of float, shape (cases,), read-only
        In [0, 1]; for a multi-value set its codes 0, 1, 2 …; nan where the raw value is missing.
    raw : array, shape (cases,), read-only
        The values as they were given: float, or object where they are levels.
    anchors : Anchors
        Anchors or thresholds with their reason and source.
    method : str
        ``direct``, ``linear``, ``indirect``, ``crisp``, ``multi-value``, ``TFR`` or ``levels``.
    kind : str
        ``fuzzy``, ``crisp`` or ``multi-value``.
    options : mapping
        What else made it: ``idm``, ``below``, ``above``, ``include``, ``degrees``, ``powers``, ``levels``,
        ``monotone``; only those that apply.
    cases : tuple of str or None
        Names of the cases; None if none were given.
    name : str
        Name of the set; may be empty.
    """

    memberships: NDArray[np.float64]
    raw: NDArray[Any]
    anchors: Anchors
    method: str
    kind: Kind
    options: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[str, ...] | None = None
    name: str = ""

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it; worked out when first asked for."""
        from concausa.sets.calibration_caveats import caveats

        return caveats(self)

    @property
    def case_names(self) -> tuple[str, ...]:
        """The names of the cases, or their row numbers from 1."""
        return self.cases or tuple(str(number) for number in range(1, len(self) + 1))

    def at_crossover(self) -> tuple[str, ...]:
        """The cases that are neither in nor out; empty for multi-value sets."""
        if self.kind != "fuzzy":
            return ()
        return tuple(
            case
            for case, value in zip(self.case_names, self.memberships.tolist(), strict=True)
            if side(value) == "border"
        )

    def table(self) -> Table:
        """Raw value, membership and side of each case; caveats and justification below."""
        code = self.kind == "multi-value"
        headings = [
            Heading("case", "Case"),
            Heading("raw", "Raw value", "right" if self.raw.dtype != object else "left"),
            Heading("membership", "Code" if code else "Membership", "right"),
        ]
        if not code:
            headings.append(Heading("side", "Side"))
        rows = []
        for case, raw, value in zip(
            self.case_names, self.raw.tolist(), self.memberships.tolist(), strict=True
        ):
            row = [Cell(case), _raw(raw), _membership(value, whole=code)]
            rows.append(row if code else [*row, _side(value)])
        return Table.of("calibration", self._title(), headings, rows, notes=self._notes())

    def chart(self) -> Chart:
        """Raw values against memberships, the cases named, the anchors as lines."""
        from concausa.sets.calibration_chart import chart

        return chart(self)

    def cite(self) -> tuple[str, ...]:
        """The sources of the method, and the source of the anchors if one was given."""
        own = (self.anchors.source,) if self.anchors.source else ()
        return (*_SOURCES[self.method], *own)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values, at full precision; missing values are None."""
        return {
            "name": self.name,
            "method": self.method,
            "kind": self.kind,
            "anchors": self.anchors.data(),
            "options": dict(self.options),
            "cases": [
                {"case": case, "raw": _plain(raw), "membership": _plain(value)}
                for case, raw, value in zip(
                    self.case_names, self.raw.tolist(), self.memberships.tolist(), strict=True
                )
            ],
            "caveats": [caveat.data() for caveat in self.caveats],
            "cite": list(self.cite()),
        }

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        if copy is False and dtype not in (None, self.memberships.dtype):
            raise ValueError("another type needs a copy")
        return np.array(self.memberships, dtype=dtype) if copy or dtype else self.memberships

    def __iter__(self) -> Iterator[float]:
        return iter(self.memberships.tolist())

    def __len__(self) -> int:
        return len(self.memberships)

    def __getitem__(self, key: Any) -> Any:
        return self.memberships[key]

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        return f"<Calibrated{name}: {self.method}, {len(self)} cases, {self._tally()}>"

    def __str__(self) -> str:
        return str(self.table()).rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _title(self) -> str:
        what = f"{self.name}: " if self.name else ""
        how = str(self.anchors) or {
            "levels": "each level has its membership",
            "TFR": "place in the distribution of the cases",
            "indirect": "a curve through the degrees of the cases",
        }.get(self.method, "")
        return f"{what}{self.method} calibration ({how}); {self._tally()}"

    def _tally(self) -> str:
        values = self.memberships[~np.isnan(self.memberships)]
        if self.kind == "multi-value":
            found, counts = np.unique(values, return_counts=True)
            return ", ".join(f"{count} with {code:g}" for code, count in zip(found, counts, strict=True))
        sides = [side(value) for value in values.tolist()]
        text = f"{sides.count('in')} in, {sides.count('out')} out"
        return f"{text}, {sides.count('border')} on the crossover" if "border" in sides else text

    def _notes(self) -> tuple[str, ...]:
        own = [f"Why: {self.anchors.why}"] if self.anchors.why else []
        own += [f"Source: {self.anchors.source}"] if self.anchors.source else []
        return (*own, *(f"Caveat: {caveat}" for caveat in self.caveats))


def _raw(value: Any) -> Cell:
    if value is None or value != value:
        return Cell("", missing=True)
    return Cell(f"{value:.10g}" if isinstance(value, float) else str(value), value)


def _membership(value: float, *, whole: bool) -> Cell:
    if value != value:
        return Cell("", missing=True)
    return Cell(f"{value:.0f}" if whole else f"{value:.3f}", value)


def _side(value: float) -> Cell:
    if value != value:
        return Cell("", missing=True)
    found = side(value)
    return Cell(found, tone="doubt" if found == "border" else "plain")


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value
