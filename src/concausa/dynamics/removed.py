"""The ledger of evidence: how much of the prior each item removes, alone and beside all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.table import Table
from concausa.dynamics import removed_view
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.band import Band, outside, told
from concausa.dynamics.doubts import doubts, refuse_nothing
from concausa.dynamics.matching import Matching
from concausa.dynamics.rest import Rest, before, held, inside, rests
from concausa.dynamics.runs import Runs
from concausa.dynamics.share import Share, ratio, times

#: An item or band that this share of the draws admitted by all others meets removes nothing that they do not.
NOTHING = 0.99
#: With fewer draws than these that meet a band, shares of the prior are held against each other instead.
HITS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """What one item, or one band of it, removes.

    Parameters
    ----------
    item : str
    band : str
        Empty for the item as a whole.
    alone : Share
        Of the prior, what it admits alone.
    given : Share
        Of what all other evidence admits, what it admits too; nan if they admit nothing.
    """

    item: str
    band: str
    alone: Share
    given: Share

    @property
    def removes(self) -> float:
        """The share of the prior that it removes alone."""
        return 1 - self.alone.value

    @property
    def times(self) -> Share:
        """How many times as much would be admitted without it."""
        return self.given.inverse

    @property
    def word(self) -> str:
        """Whether it removes something that the others do not."""
        if not self.given.value >= 0:
            return "nothing is left to remove"
        if self.given.value >= NOTHING:
            return "removes nothing that the others do not"
        if self.given.value == 0:
            return "removes all that the others leave"
        return f"without it {times(self.times.value)} times as much would be admitted"


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a band that admits several.

    Parameters
    ----------
    band, name : str
    share : Share
        Of the admitted draws, those that meet this reading.
    """

    band: str
    name: str
    share: Share


@dataclass(frozen=True)
class Removed:
    """What each piece of evidence removes.

    Parameters
    ----------
    model : str
    share : Share
        Of the prior, what all evidence admits.
    items, bands : tuple of Entry
        In the order of the evidence.
    options : tuple of Option
    caveats : tuple of Caveat
    """

    model: str
    share: Share
    items: tuple[Entry, ...]
    bands: tuple[Entry, ...]
    options: tuple[Option, ...]
    caveats: tuple[Caveat, ...]

    @property
    def most(self) -> Entry | None:
        """The item without which most more would be admitted; None if none removes anything of its own."""
        told = [one for one in self.items if one.given.value < NOTHING]
        return min(told, key=lambda one: one.given.value) if told else None

    @property
    def idle(self) -> tuple[Entry, ...]:
        """Items that remove nothing that the others do not."""
        return tuple(one for one in self.items if one.given.value >= NOTHING)

    def table(self) -> Table:
        """A row an item, and a row each of its bands where it has several."""
        return removed_view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return removed_view.data(self)

    def __repr__(self) -> str:
        return f"<Removed from {self.model}: {len(self.items)} items, share admitted {self.share.value:.2g}>"

    def __str__(self) -> str:
        return removed_view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def removed(matching: Matching, *, prior: Runs | None = None) -> Removed:
    """Tell what each item and each band removes, alone and given all others.

    Parameters
    ----------
    prior : Runs, optional
        Runs of the prior, for bands alone; drawn anew unless given.

    Raises
    ------
    OptionError
        If nothing is unknown, or there are no bands.
    """
    refuse_nothing(matching)
    matching.admitted_each([[], *([item] for item in matching.items)])
    admitted = matching.admitted()
    found = rests(matching)
    runs = before(matching) if prior is None else prior
    entries = tuple(_item(matching, rest, place, admitted) for place, rest in enumerate(found))
    bands = tuple(
        _band(matching, band, rest, runs)
        for rest in found
        for band in matching.bands
        if band.evidence == rest.item
    )
    return Removed(
        matching.model.name, admitted.share, entries, bands, _options(matching, admitted), doubts(admitted)
    )


def _item(matching: Matching, rest: Rest, place: int, admitted: Admitted) -> Entry:
    """Alone it is counted among all draws tried; given the others, among what they admit."""
    hits = sum(count for failing, count in matching.failing.items() if place not in failing)
    alone = Share.counted(hits, matching.draws)
    size = rest.admitted.draws
    own = [band for band in matching.bands if band.evidence == rest.item]
    met = np.logical_and.reduce([inside(matching, band, rest.values[band.id]) for band in own])
    given = Share.among(int(met.sum()), size, rest.admitted.effective)
    if size and met.sum() * min(1.0, rest.admitted.effective / size) < HITS:
        rough = ratio(admitted.share, rest.admitted.share)
        given = Share(min(rough.value, 1.0), min(rough.low, 1.0), min(rough.high, 1.0))
    return Entry(rest.item, "", alone, given)


def _band(matching: Matching, band: Band, rest: Rest, runs: Runs) -> Entry:
    values = told(band, runs)
    alone = Share.counted(int(inside(matching, band, values).sum()), len(values))
    others = [one for one in matching.bands if one.evidence == rest.item and one.id != band.id]
    left = np.ones(rest.admitted.draws, dtype=bool)
    for one in others:
        left &= inside(matching, one, rest.values[one.id])
    met = int((left & inside(matching, band, rest.values[band.id])).sum())
    worth = rest.admitted.effective * float(left.mean()) if len(left) else 0.0
    return Entry(rest.item, band.id, alone, Share.among(met, int(left.sum()), worth))


def _options(matching: Matching, admitted: Admitted) -> tuple[Option, ...]:
    several = [band for band in matching.bands if band.options]
    values = held(matching, admitted, several)
    found = []
    for band in several:
        for name, low, high in band.options:
            met = outside(values[band.id], low, high) <= matching.tolerance
            found.append(Option(band.id, name, Share.among(int(met.sum()), len(met), admitted.effective)))
    return tuple(found)
