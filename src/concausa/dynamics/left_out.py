"""Leaving one item out: what the model foretells of it from the rest, beside simple guesses.

Four guesses stand beside the model, each a number for the same band:

- *no change*: the middle of the band on the same formula in the same unit that lies nearest in time;
- *mean*: the mean of the middles of all other items' bands on the same formula;
- *static typology*: the pattern that the unit stands in, in that other band, is taken to last: a stock that the
  pattern has high is guessed 1, one that it has low 0; it says nothing of other formulas or of a middle of 1/2;
- *prior*: the median of the prior's own runs, with no evidence at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.table import Table
from concausa.dynamics import left_out_view
from concausa.dynamics.band import Band, told
from concausa.dynamics.doubts import APART, FEW, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.rest import Rest, before, inside, rests
from concausa.dynamics.runs import Runs
from concausa.expr.boolean import atoms, parse

Values = npt.NDArray[np.float64]
Guesser = Literal["model", "prior", "no change", "mean", "static typology"]
GUESSERS: tuple[Guesser, ...] = get_args(Guesser)
BASELINES: tuple[Guesser, ...] = GUESSERS[1:]

#: Mean errors that differ by less are taken as the same.
SAME = 0.005


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody says of one band.

    Parameters
    ----------
    value : float
        A number: for draws their median.
    inside : float in [0, 1]
        The share of draws inside the band; for a single number 1 or 0.
    error : float
        How far the number lies from the middle of the band.
    hits : bool
        Whether the number lies in the band.
    """

    value: float
    inside: float
    error: float
    hits: bool


@dataclass(frozen=True, slots=True)
class Foretold:
    """One band whose item was left out.

    Parameters
    ----------
    band : Band
    guesses : mapping of str to Guess
        By who says it; who has nothing to say is missing.
    """

    band: Band
    guesses: Mapping[Guesser, Guess]


@dataclass(frozen=True, slots=True)
class Score:
    """A baseline beside the model, over the bands of which both say something.

    Parameters
    ----------
    baseline : str
    bands : int
    model_error, error : float
        Mean distances from the middles of these bands; nan if there are none.
    model_hits, hits : int
        How many of these bands each number lies in.
    """

    baseline: Guesser
    bands: int
    model_error: float
    error: float
    model_hits: int
    hits: int

    @property
    def word(self) -> str:
        """Who is nearer."""
        if not self.bands:
            return "no band of which both say something"
        if abs(self.model_error - self.error) < SAME:
            return "as near as each other"
        return "the model is nearer" if self.model_error < self.error else f"{self.baseline} is nearer"


@dataclass(frozen=True)
class LeftOut:
    """Every item left out in turn.

    Parameters
    ----------
    model : str
    foretold : tuple of Foretold
        A band each, in the order of the evidence.
    scores : tuple of Score
        A baseline each.
    caveats : tuple of Caveat
    """

    model: str
    foretold: tuple[Foretold, ...]
    scores: tuple[Score, ...]
    caveats: tuple[Caveat, ...]

    def table(self) -> Table:
        """A row a band."""
        return left_out_view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return left_out_view.data(self)

    def __repr__(self) -> str:
        wins = sum(score.word == "the model is nearer" for score in self.scores)
        return f"<LeftOut of {self.model}: nearer than {wins} of {len(self.scores)} baselines>"

    def __str__(self) -> str:
        return left_out_view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def left_out(matching: Matching, *, items: Sequence[str] | None = None, prior: Runs | None = None) -> LeftOut:
    """Foretell each item of evidence from all others.

    Parameters
    ----------
    items : sequence of str, optional
        All unless given.
    prior : Runs, optional
        Runs of the prior; drawn anew unless given.

    Raises
    ------
    OptionError
        If nothing is unknown, or there are no bands.
    UnknownNameError
        If no band belongs to an item.
    """
    refuse_nothing(matching)
    found = rests(matching, items)
    runs = before(matching) if prior is None else prior
    foretold = tuple(
        Foretold(band, _guesses(matching, band, rest, runs))
        for rest in found
        for band in matching.bands
        if band.evidence == rest.item
    )
    scores = tuple(_score(foretold, baseline) for baseline in BASELINES)
    return LeftOut(matching.model.name, foretold, scores, _caveats(found, foretold))


def _guesses(matching: Matching, band: Band, rest: Rest, runs: Runs) -> dict[Guesser, Guess]:
    guesses: dict[Guesser, Guess] = {}
    if rest.admitted.draws:
        guesses["model"] = _of_draws(matching, band, rest.values[band.id])
    guesses["prior"] = _of_draws(matching, band, told(band, runs))
    alike = [one for one in matching.bands if one.formula == band.formula and one.evidence != band.evidence]
    own = sorted((one for one in alike if one.unit == band.unit), key=lambda one: _apart(one, band))
    if own:
        guesses["no change"] = _of_number(matching, band, _middle(own[0]))
    if alike:
        guesses["mean"] = _of_number(matching, band, float(np.mean([_middle(one) for one in alike])))
    if own and _in_pattern(matching.model, band.formula) and _middle(own[0]) != 0.5:
        guesses["static typology"] = _of_number(matching, band, float(_middle(own[0]) > 0.5))
    return guesses


def _of_draws(matching: Matching, band: Band, values: Values) -> Guess:
    share = float(inside(matching, band, values).mean())
    middle = _of_number(matching, band, float(np.median(values)))
    return Guess(middle.value, share, middle.error, middle.hits)


def _of_number(matching: Matching, band: Band, value: float) -> Guess:
    hits = bool(inside(matching, band, np.array([value]))[0])
    return Guess(value, float(hits), abs(value - _middle(band)), hits)


def _middle(band: Band) -> float:
    # Rounded, so that what is 1/2 by arithmetic is 1/2.
    return round((band.low + band.high) / 2, 12)


def _apart(one: Band, other: Band) -> tuple[float, int]:
    """How far two bands lie apart in time; of two as near, the earlier comes first."""
    return abs((one.first + one.last) - (other.first + other.last)) / 2, one.first


def _in_pattern(model: Model, formula: str) -> bool:
    """Whether a formula is a stock or an input whose condition some pattern has high or low."""
    named = {atom.name for corner in model.corners for atom in atoms(parse(corner.when))}
    return any(name == formula and condition in named for condition, name in model.conditions.items())


def _score(foretold: Sequence[Foretold], baseline: Guesser) -> Score:
    both = [
        (one.guesses["model"], one.guesses[baseline])
        for one in foretold
        if "model" in one.guesses and baseline in one.guesses
    ]
    if not both:
        return Score(baseline, 0, float("nan"), float("nan"), 0, 0)
    return Score(
        baseline,
        len(both),
        float(np.mean([model.error for model, _ in both])),
        float(np.mean([other.error for _, other in both])),
        sum(model.hits for model, _ in both),
        sum(other.hits for _, other in both),
    )


def _caveats(found: Sequence[Rest], foretold: Sequence[Foretold]) -> tuple[Caveat, ...]:
    template = (
        "{bands} bands of {items} items are very few, and ranges chosen by those who know the cases make this"
        " no test out of sample"
    )
    caveats = [Caveat.of("few_left_out", template, bands=len(foretold), items=len(found))]
    if none := [rest.item for rest in found if not rest.admitted.draws]:
        template = "nothing is admitted even without {items}: nothing is foretold of them"
        caveats.append(Caveat.of("nothing_foretold", template, items=", ".join(none)))
    rough = [rest.item for rest in found if rest.admitted.draws and _is_rough(rest)]
    if rough:
        template = "what is foretold of {items} rests on few draws"
        caveats.append(Caveat.of("few_foretold", template, items=", ".join(rough)))
    return tuple(caveats)


def _is_rough(rest: Rest) -> bool:
    return rest.admitted.effective < FEW or rest.admitted.r_hat > APART
