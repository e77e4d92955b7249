"""A sample of draws to ask questions of: those that the evidence admits, and beside them the prior's."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError
from concausa.core.score_interval import interval
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, prior
from concausa.dynamics.runs import Runs, refuse_count, rerun
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]

#: As many draws are asked at most, of those admitted and of the prior.
DRAWS = 4000
#: Repetitions of waves that lie further apart than this do not agree.
AGREED = 1.1


@dataclass(frozen=True)
class Sample:
    """Draws after the evidence and before it.

    Parameters
    ----------
    model, setting
        What was matched.
    points, before : mapping of str to array, each of shape (draws,)
        Draws that meet every band; draws of the prior.
    draws, before_draws : int
        How many there are of each.
    effective : float
        How many independent draws those admitted are worth.
    share : Share
        Of the prior that is admitted.
    r_hat : float
        Whether repetitions of the waves agree; 1 for plain draws.
    seed : int
        Of what is drawn anew.
    """

    model: Model
    setting: Setting
    points: Points
    before: Points
    draws: int
    before_draws: int
    effective: float
    share: Share
    r_hat: float
    seed: int

    def of(self, *units: str) -> Sample:
        """The same draws of some units alone."""
        return dataclasses.replace(self, setting=self.setting.of(units))

    def runs(
        self, setting: Setting | None = None, model: Model | None = None, *, before: bool = False
    ) -> Runs:
        """The runs of these draws, with fresh draws for what another setting leaves unknown besides.

        Parameters
        ----------
        before : bool
            Of the prior's draws instead.
        """
        setting, model = setting or self.setting, model or self.model
        unknown = prior(model, setting)
        points, size = (self.before, self.before_draws) if before else (self.points, self.draws)
        completed = (
            unknown.completed(points, seed=self.seed)
            if points
            else unknown.draw(size, seed=self.seed, block=-1)
        )
        runs = rerun(model, setting, completed)
        if completed:
            return runs
        wide = {name: np.repeat(one, size, axis=2) for name, one in runs.stocks.items()}
        return dataclasses.replace(runs, stocks=wide)

    def worth(self, *, before: bool = False) -> float:
        """How many independent draws there are."""
        return float(self.before_draws) if before else self.effective

    def told(self, yes: npt.NDArray[np.bool_], *, before: bool = False) -> Share:
        """The share of draws for which something is so, with its range."""
        value, worth = float(yes.mean()), self.worth(before=before)
        return Share(value, *interval(value * worth, worth, 0.9))

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What must be known of all that these draws say."""
        found = []
        if self.r_hat > AGREED:
            found.append(
                Caveat.of(
                    "waves",
                    "the repetitions of the waves do not agree (R-hat {r_hat}): more particles are needed",
                    r_hat=f"{self.r_hat:.2f}",
                )
            )
        if self.effective < 100:
            found.append(
                Caveat.of(
                    "few-draws",
                    "the admitted draws are worth {n} independent ones: ranges are wide",
                    n=f"{self.effective:.0f}",
                )
            )
        return tuple(found)


def sample(matching: Matching, *, draws: int = DRAWS, prior_draws: int = DRAWS) -> Sample:
    """The draws that meet every band of a matching, and some of the prior.

    Parameters
    ----------
    draws : int
        As many are taken at most, evenly among those admitted.
    prior_draws : int
        How many of the prior.

    Raises
    ------
    OptionError
        If a number of draws is none.
    DataError
        If no draw meets every band.
    """
    refuse_count(draws, "draws")
    refuse_count(prior_draws, "prior_draws")
    admitted = matching.admitted()
    if matching.prior.unknowns and not admitted.draws:
        raise DataError(
            "no draw meets every band, so that there is nothing to run again",
            where=matching.model.name,
            fix="see which item refuses the most, or allow for a tolerance",
        )
    have = admitted.draws or draws
    size = min(have, draws)
    chosen = np.arange(size) * have // size
    points = {name: place[chosen] for name, place in admitted.points.items()}
    effective = min(admitted.effective, float(size)) if points else float(size)
    return Sample(
        matching.model,
        matching.setting,
        points,
        matching.prior.draw(prior_draws, seed=matching.seed),
        size,
        prior_draws,
        effective,
        admitted.share,
        admitted.r_hat,
        matching.seed,
    )
