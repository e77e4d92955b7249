"""A variant: the same evidence held against another structure, other ranges, or another reading of itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from concausa.core.errors import ConcausaError, DataError, OptionError
from concausa.core.spread import spread
from concausa.dynamics.band import Band
from concausa.dynamics.matching import Matching, admit, match
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share, finite, ratio, times
from concausa.dynamics.summary import Summary


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant beside the matching that it departs from.

    Parameters
    ----------
    name : str
    model, setting, bands
        What is matched.
    """

    name: str
    model: Model
    setting: Setting
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What matching a variant gave.

    Parameters
    ----------
    name : str
    share : Share
        Of its own prior, what is admitted; nan if it cannot be judged.
    ratio : Share
        That share in times the share of the matching that it departs from; nan if that admits nothing.
    effective : float
    headline : Summary or None
        Of the outcome asked for, over its admitted draws.
    why : str
        Why it cannot be judged; empty if it can.
    """

    name: str
    share: Share
    ratio: Share
    effective: float
    headline: Summary | None
    why: str = ""

    @property
    def differs(self) -> bool:
        """Whether its draws show that it admits more or less, or something where the full model admits nothing."""
        if self.why or not self.ratio.value >= 0:
            return self.share.value > 0
        return self.ratio.value == 0 or self.ratio.low > 1 or self.ratio.high < 1

    @property
    def short(self) -> str:
        """How it compares, in two or three words."""
        if self.why:
            return "cannot be judged"
        if not self.differs:
            return "not told apart"
        if not self.ratio.value > 0:
            return "none found" if self.ratio.value == 0 else "some admitted"
        return "admits more" if self.ratio.value > 1 else "admits fewer"

    @property
    def word(self) -> str:
        """How it compares, in words; only what its draws can show."""
        if self.why:
            return f"cannot be judged: {self.why}"
        if not self.ratio.value >= 0:
            if self.share.value > 0:
                return "admits some, where the full model admits nothing"
            return "admits nothing either"
        if self.ratio.value == 0:
            return "nothing that meets all bands was found"
        if self.ratio.low > 1:
            return f"admits {times(self.ratio.value)} times more"
        if self.ratio.high < 1:
            return f"admits {times(1 / self.ratio.value)} times fewer"
        return "no difference that these draws can show"

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "name": self.name,
            "share": self.share.data,
            "ratio": self.ratio.data,
            "effective": finite(self.effective),
            "headline": self.headline.data() if self.headline else None,
            "word": self.word,
        }


@dataclass(frozen=True, slots=True)
class _Job:
    variants: tuple[Variant, ...]
    draws: int
    seed: int
    tolerance: float
    particles: int
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class _Found:
    share: Share
    effective: float
    headline: Summary | None
    why: str = ""


def trials(
    matching: Matching, variants: Sequence[Variant], *, outcome: Outcome | None = None
) -> tuple[Trial, ...]:
    """Match every variant with the draws, seed and tolerance of a matching.

    Draws are coupled: a quantity that two variants share is drawn alike in both, so that a part which nothing
    uses changes nothing at all. What cannot be simulated or asked of a variant is told, and stops nothing.

    Parameters
    ----------
    outcome : Outcome, optional
        A number to be told of the admitted draws of each.
    """
    hands = min(len(variants), matching.workers if matching.scheduler is None else len(variants))
    parcels = [tuple(variants[hand::hands]) for hand in range(hands)]
    jobs = [
        _Job(parcel, matching.draws, matching.seed, matching.tolerance, matching.particles, outcome)
        for parcel in parcels
    ]
    whole = matching.admitted().share
    nothing = Share(float("nan"), 0.0, float("inf"))
    done = spread(_tried, jobs, workers=matching.workers, scheduler=matching.scheduler)
    found = [done[place % hands][place // hands] for place in range(len(variants))]
    return tuple(
        Trial(
            variant.name,
            one.share,
            ratio(one.share, whole) if whole.value > 0 and not one.why else nothing,
            one.effective,
            one.headline,
            one.why,
        )
        for variant, one in zip(variants, found, strict=True)
    )


def _tried(job: _Job) -> list[_Found]:
    matched = [_matched(job, variant) for variant in job.variants]
    # What stops the waves of one of them is told of that one, which goes on alone.
    with suppress(DataError):
        admit([(one, [frozenset()], job.tolerance) for one in matched if isinstance(one, Matching)])
    return [_judged(one, job.outcome) if isinstance(one, Matching) else one for one in matched]


def _matched(job: _Job, variant: Variant) -> Matching | _Found:
    try:
        return match(
            variant.model, variant.setting, variant.bands, draws=job.draws, seed=job.seed,
            tolerance=job.tolerance, particles=job.particles,
        )  # fmt: skip
    except (DataError, OptionError) as error:
        return _unjudged(error)


def _judged(found: Matching, outcome: Outcome | None) -> _Found:
    try:
        admitted, headline = found.admitted(), None
        if outcome and admitted.draws:
            headline = Summary.of(outcome.of(found.runs(admitted)))
    except (DataError, OptionError) as error:
        return _unjudged(error)
    share = admitted.share
    if not admitted.draws:
        # Where no wave got there, the plain draws may bound the share more closely.
        share = Share(0.0, 0.0, min(share.high, found.share().high))
    return _Found(share, admitted.effective, headline)


def _unjudged(error: ConcausaError) -> _Found:
    return _Found(Share(float("nan"), 0.0, 1.0), 0.0, None, error.what)
