"""Case types: how typical, deviant, extreme, influential or telling each unit is, and a diverse set of units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Never, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates, Covariate
from concausa.selection.diverse import Diverse, diverse
from concausa.selection.pairs import DECIMALS
from concausa.selection.regression import Regression, regress

Floats = NDArray[np.float64]

Type = Literal["typical", "deviant", "extreme", "influential", "leverage", "dfbetas", "pathway"]

TYPES: tuple[Type, ...] = get_args(Type)

#: Fewer units than this many times the coefficients: residuals say little.
FEW = 10


@dataclass(frozen=True, slots=True)
class Score:
    """How much a unit is a case of a type: its score and rank, 1 being the best case; ties share a rank.

    *level* is that of a category whose coefficient the unit moves most; empty for all else.
    """

    unit: str
    value: float
    rank: int
    level: str = ""

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"unit": self.unit, "score": self.value, "rank": self.rank} | (
            {"level": self.level} if self.level else {}
        )

    @property
    def named(self) -> str:
        """``CHP``, or ``CHP (pan)``."""
        return f"{self.unit} ({self.level})" if self.level else self.unit


@dataclass(frozen=True, slots=True)
class CaseType:
    """The units as cases of one type.

    Parameters
    ----------
    kind : str
        One of ``TYPES``.
    of : str
        The covariate that it is asked of: the outcome, or a cause.
    formula : str
        How the score is worked out.
    scores : tuple of Score
        The best case first. Units that lack what is needed, or are no case of the type, have none.
    left_out : tuple of str
        Units that lack a covariate.
    """

    kind: Type
    of: str
    formula: str
    scores: tuple[Score, ...]
    left_out: tuple[str, ...]

    @property
    def id(self) -> str:
        """``pathway: margin``."""
        return f"{self.kind}: {self.of}"

    def score(self, unit: str) -> Score | None:
        """The score of a unit; None where it has none."""
        return next((one for one in self.scores if one.unit == unit), None)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "kind": self.kind,
            "of": self.of,
            "formula": self.formula,
            "scores": [one.data() for one in self.scores],
            "left_out": list(self.left_out),
        }


@dataclass(frozen=True, slots=True, eq=False)
class CaseTypes:
    """Every type that the data allow.

    Parameters
    ----------
    candidates : Candidates
    regression : Regression
        By which typical, deviant and influential cases are told.
    types : tuple of CaseType
    diverse : Diverse
    caveats : tuple of Caveat
    """

    candidates: Candidates
    regression: Regression
    types: tuple[CaseType, ...]
    diverse: Diverse
    caveats: tuple[Caveat, ...]

    def of(self, kind: str, covariate: str = "") -> CaseType:
        """The type of that name, of the outcome or of a covariate; UnknownNameError with the nearest."""
        for one in self.types:
            if one.kind == kind and covariate in ("", one.of):
                return one
        known = list(dict.fromkeys(one.kind for one in self.types))
        asked_of = [one.of for one in self.types if one.kind == kind]
        word, names = (covariate, asked_of) if asked_of else (kind, known)
        near = nearest(word, names)
        raise UnknownNameError(
            f"there is no case type {kind!r}{f' of {covariate}' if covariate else ''}",
            where=(f"{kind} is asked of: " if asked_of else "") + ", ".join(names),
            fix=f"did you mean {near}?" if near else "name one of these",
        )

    def table(self, units: Sequence[str] = (), top: int = 3) -> Table:
        """A row a type: its best cases, and the ranks of *units*."""
        headings = [Heading("type", "type"), Heading("of", "of"), Heading("best", "best cases")]
        headings += [Heading(unit, unit, "right") for unit in units]
        rows = []
        for one in self.types:
            ranks = [one.score(unit) for unit in units]
            rows.append(
                [
                    Cell(one.kind),
                    Cell(one.of),
                    Cell(", ".join(f"{score.named} {told(score.value)}" for score in one.scores[:top])),
                    *(
                        Cell("", missing=True) if score is None else Cell(f"{score.rank}", score.rank)
                        for score in ranks
                    ),
                ]
            )
        formulas: dict[str, str] = {}
        for one in self.types:
            if len(one.formula) > len(formulas.get(one.kind, "")):
                formulas[one.kind] = one.formula
        counted = f"{len(self.regression.units)} units, {len(self.regression.owners)} coefficients"
        label = self.candidates.covariate(self.regression.outcome).label
        notes = [
            f"Regression: {self.regression.formula}; {counted}.",
            *([f"{self.regression.outcome}: {label}."] if label else []),
            *(f"{kind}: {formula}." for kind, formula in formulas.items()),
            *(f"Caveat: {caveat}." for caveat in self.caveats),
        ]
        title = f"Case types of {len(self.candidates.units)} units, with ranks"
        return Table.of("case-types", title, headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "units": list(self.candidates.units),
            "regression": self.regression.formula,
            "n": len(self.regression.units),
            "freedom": self.regression.freedom,
            "r_squared": self.regression.r_squared,
            "types": [one.data() for one in self.types],
            "diverse": self.diverse.data(),
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __repr__(self) -> str:
        return f"<CaseTypes of {len(self.candidates.units)} units: {', '.join(one.id for one in self.types)}>"

    def __str__(self) -> str:
        return f"{self.table()}\n{self.diverse.table()}"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def case_types(
    candidates: Candidates, *, causes: Sequence[str] = (), cells: int = 3, **unknown: Never
) -> CaseTypes:
    """Scores and ranks of every unit as a case of each type.

    The regression is of the outcome on the covariates to be matched and the causes. *Typical* and *deviant* are
    told by the size of the residual, *extreme* by the distance from the mean, *influential* by Cook's distance,
    *leverage* by the hat value, *dfbetas* by how far the coefficient of a cause moves, *pathway* by how much a
    cause reduces the residual [1]_ [2]_.

    Parameters
    ----------
    candidates : Candidates
        With an outcome; causes are optional.
    causes : sequence of str
        Covariates, besides those whose role says so, that are asked about as causes.
    cells : int, 2 to 5
        Into how many equal parts a number is cut for the diverse set, which spans the outcome and the covariates
        whose role is ``cause``.

    Raises
    ------
    DataError
        If there is no outcome, or the regression cannot be made; see ``regress``.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates(
    ...     {"x": [0, 1, 2, 3, 4], "y": [0, 1, 2, 9, 4]}, covariates=["x"], outcome="y", units=list("ABCDE")
    ... )
    >>> case_types(states).of("deviant").scores[0].unit
    'D'

    References
    ----------
    .. [1] Seawright & Gerring (2008), *Political Research Quarterly* 61(2), 294-308.
       https://doi.org/10.1177/1065912907313077
    .. [2] Gerring (2007), *Comparative Political Studies* 40(3), 231-253 (the pathway case).
       https://doi.org/10.1177/0010414006290784
    """
    refuse_misspelt(unknown, case_types)
    outcomes = candidates.of("outcome")
    if len(outcomes) != 1:
        raise DataError(
            f"there are {len(outcomes)} outcomes, one is needed", where="role outcome", fix="name one outcome"
        )
    outcome = outcomes[0]
    asked = (*candidates.of("cause"), *(candidates.covariate(name) for name in causes))
    matched = [one for one in candidates.of("match", "exact") if one not in asked]
    whole = regress(candidates, outcome, (*matched, *asked))
    y = outcome.name
    residuals = np.abs(whole.residuals)
    types = [
        _typed("typical", y, "size of the residual, smallest first", whole, residuals, -1),
        _typed("deviant", y, "size of the residual, largest first", whole, residuals, 1),
        *(_extreme(candidates, one) for one in (outcome, *asked) if one.kind != "category"),
        _typed("influential", y, "Cook's distance, largest first", whole, whole.cook, 1),
        _typed("leverage", y, "hat value, largest first", whole, whole.hat, 1),
    ]
    for cause in asked:
        own = [at for at, owner in enumerate(whole.owners) if owner == cause.name]
        moved = np.abs(whole.dfbetas[:, own])
        told_of = "standard errors by which its coefficient moves without the unit, largest first"
        scores = _scores(whole.units, moved.max(axis=1), 1)
        if cause.kind == "category":
            levels = _levels(candidates, cause, whole.units)
            most = dict(zip(whole.units, moved.argmax(axis=1).tolist(), strict=True))
            scores = tuple(replace(score, level=levels[most[score.unit]]) for score in scores)
            told_of += f"; in brackets the {cause.name} that is meant, as against {levels[-1]}"
        types.append(CaseType("dfbetas", cause.name, told_of, scores, whole.left_out))
        types.append(_pathway(candidates, outcome, cause, (*matched, *asked), whole))
    return CaseTypes(
        candidates,
        whole,
        tuple(types),
        diverse(candidates, (outcome, *candidates.of("cause")), cells=cells),
        _caveats(whole),
    )


def told(value: float) -> str:
    """A score with three significant digits."""
    return f"{value:.3g}".replace("-", "−")


def _typed(kind: Type, of: str, formula: str, regression: Regression, values: Floats, sign: int) -> CaseType:
    return CaseType(kind, of, formula, _scores(regression.units, values, sign), regression.left_out)


def _extreme(candidates: Candidates, one: Covariate) -> CaseType:
    scores = one.scores
    there = scores[~np.isnan(scores)]
    spread = float(there.std(ddof=1)) if len(there) > 1 else 0.0
    values = np.abs(scores - there.mean()) / spread if spread > 0 else np.full(len(scores), np.nan)
    formula = "distance from the mean in standard deviations, largest first"
    gone = tuple(unit for unit, gap in zip(candidates.units, one.missing, strict=True) if gap)
    return CaseType("extreme", one.name, formula, _scores(candidates.units, values, 1), gone)


def _pathway(
    candidates: Candidates,
    outcome: Covariate,
    cause: Covariate,
    every: Sequence[Covariate],
    whole: Regression,
) -> CaseType:
    others = [one for one in every if one is not cause]
    reduced = regress(candidates, outcome, others, also=(cause,))
    fewer, full = np.abs(reduced.residuals), np.abs(whole.residuals)
    values = np.where(fewer > full, np.abs(reduced.residuals - whole.residuals), np.nan)
    formula = (
        "change of the residual when it joins the other covariates, where it comes closer, largest first"
    )
    return CaseType("pathway", cause.name, formula, _scores(whole.units, values, 1), whole.left_out)


def _levels(candidates: Candidates, category: Covariate, units: Sequence[str]) -> tuple[str, ...]:
    """The levels that occur among units, in the order of their coefficients; the last has none."""
    met = {float(category.values[candidates.place(unit)]) for unit in units}
    return tuple(category.levels[int(value)] for value in sorted(met))


def _scores(units: Sequence[str], values: Floats, sign: int) -> tuple[Score, ...]:
    """The best first: the largest where *sign* is 1, the smallest where it is -1."""
    there = [
        (-sign * round(float(value), DECIMALS), unit, float(value))
        for unit, value in zip(units, values, strict=True)
        if not math.isnan(value)
    ]
    there.sort(key=lambda row: row[0])
    keys = [key for key, _, _ in there]
    return tuple(Score(unit, value, keys.index(key) + 1) for key, unit, value in there)


def _caveats(whole: Regression) -> tuple[Caveat, ...]:
    told_ = []
    n, count = len(whole.units), len(whole.owners)
    if n < FEW * count:
        told_.append(
            Caveat.of(
                "small n", "{n} units for {count} coefficients: residuals hang on the covariates chosen, and no test "
                "of significance is told",
                n=n, count=count,
            )
        )  # fmt: skip
    if whole.left_out:
        told_.append(
            Caveat.of(
                "left out", "without a residual for want of a covariate: {units}",
                units=", ".join(whole.left_out),
            )
        )  # fmt: skip
    if full := [unit for unit, value in zip(whole.units, whole.hat, strict=True) if value > 1 - 1e-9]:
        told_.append(
            Caveat.of(
                "leverage 1", "{units} alone fix a coefficient: their residual is 0 whatever they are",
                units=", ".join(full),
            )
        )  # fmt: skip
    return tuple(told_)
