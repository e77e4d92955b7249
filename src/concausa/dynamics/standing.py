"""Standing: in which pattern each unit stands in each year, draw by draw, with the gate and without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.dynamics.runs import Runs
from concausa.expr.evaluate import membership
from concausa.sets.membership import CROSSOVER, TOLERANCE

Values = npt.NDArray[np.float64]

#: A draw on the border of patterns, and one whose pattern needs a gate that is shut.
TIED, BEHIND = "tie", "behind the gate"


@dataclass(frozen=True)
class Standing:
    """Patterns by year.

    Parameters
    ----------
    names : tuple of str
        The patterns, then ``behind the gate`` if a gate is asked for, then ``tie``.
    units : tuple of str
    years : tuple of int
    codes : array of int, shape (years, units, draws)
        The place of the name that each draw has.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    years: tuple[int, ...]
    codes: npt.NDArray[np.int8]

    def share(self, name: str) -> Values:
        """The share of draws in a pattern, shape (years, units), in [0, 1]."""
        share: Values = (self.codes == self.names.index(name)).mean(axis=2)
        return share

    @property
    def shares(self) -> Mapping[str, Values]:
        """``share`` for every name; they add up to 1."""
        return {name: self.share(name) for name in self.names}


def standing(runs: Runs, *, gate: bool = True, years: Sequence[int] | None = None) -> Standing:
    """The strongest pattern of every draw, by year and unit.

    A draw stands in the pattern with the greatest membership, above 1/2; where two are as great, or none lies
    above 1/2, it is a tie. With the gate, a draw whose pattern needs it and whose gate lies at 1/2 or
    below stands behind the gate. That a unit falls behind a gate which rests on leadership in the year in
    which leadership falls is so by definition: hold it against the standing without the gate, and against the
    stocks themselves.

    Parameters
    ----------
    gate : bool
    years : sequence of int, optional
        Some years of the setting; all if none are named.

    Raises
    ------
    OptionError
        If the model has no patterns, or no gate, or a year was not simulated.
    """
    model = runs.model
    if not model.corners:
        raise OptionError(
            f"{model.name} has no patterns", fix="let its stocks stand for the conditions of the typology"
        )
    gated = [corner for corner in model.corners if corner.gated]
    if gate and not gated:
        raise OptionError(f"{model.name} has no gate", fix="ask without it: gate=False")
    columns = {
        condition: runs.of(name, years=years)
        for condition, name in model.conditions.items()
        if condition in model.conditions_used
    }
    asked = runs.setting.years if years is None else tuple(years)
    shape = (len(asked), len(runs.setting.units), runs.draws)
    flat = {name: column.reshape(-1) for name, column in columns.items()}
    values = np.stack([membership(corner.when, flat).reshape(shape) for corner in model.corners])
    codes = values.argmax(axis=0).astype(np.int8)
    names = (*(corner.name for corner in model.corners), *((BEHIND,) if gate else ()), TIED)
    top = values.max(axis=0)
    tied = ((top - values) <= TOLERANCE).sum(axis=0) > 1
    tied |= top <= CROSSOVER + TOLERANCE
    if gate:
        shut = runs.of(model.gate, years=years) <= CROSSOVER + TOLERANCE
        needs = np.isin(codes, [place for place, corner in enumerate(model.corners) if corner.gated])
        codes[shut & needs] = names.index(BEHIND)
    codes[tied] = names.index(TIED)
    return Standing(names, runs.setting.units, asked, codes)
