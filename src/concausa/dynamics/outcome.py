"""An outcome: the one number of every run that a question is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.rate import read_rate, refuse_unknown
from concausa.dynamics.runs import Runs
from concausa.dynamics.setting import Setting
from concausa.dynamics.standing import standing

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something about a unit in a year: a formula, or whether it stands in a pattern.

    Parameters
    ----------
    name : str
        For readers.
    unit : str
    formula : str
        Over quantities of the model; empty if a pattern is named.
    pattern : str
        1 in runs that stand in it, 0 in others; empty if a formula is given.
    year : int, optional
        The last of the setting unless given.
    gate : bool
        Whether a pattern that needs the gate must have it; see ``standing``.

    Raises
    ------
    OptionError
        If it has both a formula and a pattern, or neither.

    Examples
    --------
    >>> Outcome("cohesion in the end", "NL", "C").formula
    'C'
    """

    name: str
    unit: str
    formula: str = ""
    pattern: str = ""
    year: int | None = None
    gate: bool = False

    def __post_init__(self) -> None:
        if bool(self.formula) == bool(self.pattern):
            raise OptionError(
                f"the outcome {self.name} has {'both a formula and a pattern' if self.formula else 'neither'}",
                fix="give a formula or a pattern",
            )

    def refuse_misfits(self, model: Model, setting: Setting) -> None:
        """UnknownNameError, FormulaError or OptionError if it does not fit a model and its setting."""
        setting.index(self.unit)
        if self.year is not None and not setting.first <= self.year <= setting.last:
            raise OptionError(
                f"the outcome {self.name} lies in {self.year}",
                fix=f"give a year from {setting.first} to {setting.last}",
            )
        if self.formula:
            refuse_unknown(read_rate(self.formula), model.symbols, "quantity")
            return
        names = [corner.name for corner in model.corners]
        if self.pattern not in names:
            near = nearest(self.pattern, names)
            fix = f"did you mean {near}?" if near else f"one of {some(names)}" if names else "give a formula"
            raise UnknownNameError(f"there is no pattern {self.pattern!r}", where=model.name, fix=fix)

    def of(self, runs: Runs) -> Values:
        """Its value in every run, shape (draws,)."""
        year = runs.setting.last if self.year is None else self.year
        if self.formula:
            found: Values = np.array(runs.of(self.formula, unit=self.unit, years=(year,))[0])
            return found
        stands = standing(runs, gate=self.gate)
        codes = stands.codes[year - runs.setting.first, runs.setting.index(self.unit)]
        share: Values = (codes == stands.names.index(self.pattern)).astype(np.float64)
        return share
