"""Sweeps: many scenarios asked of the same draws, side by side, in one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from concausa.core.caveat import Caveat
from concausa.core.errors import ConcausaError, DataError, OptionError
from concausa.core.spread import spread
from concausa.core.table import Table
from concausa.dynamics import sweep_view as view
from concausa.dynamics.change import Change, applied
from concausa.dynamics.change_text import Words, read_changes
from concausa.dynamics.counterfactual import asked
from concausa.dynamics.envelope import ends
from concausa.dynamics.matching import Matching
from concausa.dynamics.sample import Sample, sample
from concausa.dynamics.share import Share
from concausa.dynamics.shift import Shift

#: As many draws are run in every scenario, and as many scenarios go to a worker at once.
DRAWS, AT_ONCE = 2000, 8


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question of a sweep.

    Parameters
    ----------
    id : str
    do : tuple of Change or str
        Its changes, in order.
    """

    id: str
    do: tuple[Change | str, ...]


@dataclass(frozen=True, slots=True)
class PatternShift:
    """A pattern in the last year of a scenario.

    Parameters
    ----------
    pattern : str
    gate : bool
        Read with the gate, or by the stocks alone.
    was, now : Share
    shift : Shift
    """

    pattern: str
    gate: bool
    was: Share
    now: Share
    shift: Shift


@dataclass(frozen=True, slots=True)
class Played:
    """What a scenario comes to in a unit that it touches, in the last year.

    Parameters
    ----------
    id : str
        Of the scenario.
    changes : tuple of Change
    unit : str
    year : int
    patterns : tuple of PatternShift
    stocks, differences : mapping of str to tuple of float
        For each stock the 5, 50 and 95 % points with the changes, and of the difference they make.
    assumed : tuple of str
        Answers that are driven by the assumptions.
    caveats : tuple of Caveat
    """

    id: str
    changes: tuple[Change, ...]
    unit: str
    year: int
    patterns: tuple[PatternShift, ...]
    stocks: dict[str, tuple[float, float, float]]
    differences: dict[str, tuple[float, float, float]]
    assumed: tuple[str, ...]
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True)
class Sweep:
    """The outcomes of many scenarios.

    Parameters
    ----------
    outcomes : tuple of Played
        In the order of the scenarios; one for each unit that a scenario touches.
    draws : int
    effective : float
    """

    outcomes: tuple[Played, ...]
    draws: int
    effective: float

    def of(self, id: str) -> tuple[Played, ...]:
        """The outcomes of one scenario; OptionError if there is none."""
        found = tuple(one for one in self.outcomes if one.id == id)
        if not found:
            raise OptionError(f"there is no scenario {id!r}", fix="give the id of one")
        return found

    def table(self) -> Table:
        """A row for each scenario and unit."""
        return view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return view.document(self)

    def __repr__(self) -> str:
        return f"<Sweep: {len({one.id for one in self.outcomes})} scenarios>"

    def __str__(self) -> str:
        return str(self.table())


def sweep(
    matching: Matching | Sample,
    scenarios: Sequence[Scenario],
    *,
    words: Words | None = None,
    draws: int = DRAWS,
    prior_draws: int = DRAWS,
    workers: int = 1,
    scheduler: Any = None,
) -> Sweep:
    """Ask many scenarios of the same draws.

    Parameters
    ----------
    matching : Matching or Sample
    scenarios : sequence of Scenario
        See ``listed``, ``grid`` and ``read_scenarios``.
    words : Words, optional
        Levels and labels that texts may use.
    draws, prior_draws : int
        As many are taken at most of those admitted, and of the prior.
    workers, scheduler
        Where they are worked out; the result is the same.

    Raises
    ------
    OptionError, UnknownNameError
        If a scenario cannot be read or does not fit: none is run then.
    DataError
        If no draw meets every band.
    """
    if not scenarios:
        raise OptionError("there is no scenario", fix="give at least one")
    seen: set[str] = set()
    read = []
    for one in scenarios:
        if one.id in seen:
            raise OptionError(f"two scenarios are called {one.id}", fix="give each an id of its own")
        seen.add(one.id)
        try:
            changes = read_changes(one.do, matching.model, matching.setting, words=words)
            if not changes:
                raise OptionError("it changes nothing", fix="name a change, or leave the scenario out")
            applied(changes, matching.setting, matching.model)
        except ConcausaError as error:
            error.where = f"scenario {one.id}" + (f"\n{error.where}" if error.where else "")
            raise
        read.append((one.id, changes))
    drawn = (
        sample(matching, draws=draws, prior_draws=prior_draws) if isinstance(matching, Matching) else matching
    )
    jobs = [(drawn, tuple(read[start : start + AT_ONCE])) for start in range(0, len(read), AT_ONCE)]
    found = spread(_worked, jobs, workers=workers, scheduler=scheduler)
    return Sweep(tuple(one for part in found for one in part), drawn.draws, drawn.effective)


def listed(texts: Sequence[str]) -> tuple[Scenario, ...]:
    """Scenarios from texts with changes separated by ``;``, numbered from 1.

    Examples
    --------
    >>> listed(["PUE council 2005; PUE L=1 from 2005"])[0].do
    ('PUE council 2005', 'PUE L=1 from 2005')
    """
    return tuple(Scenario(str(place), _split(text)) for place, text in enumerate(texts, start=1))


def grid(template: str, *values: Sequence[object]) -> tuple[Scenario, ...]:
    """A scenario for every value, or every combination, put where ``{}`` stands.

    Raises
    ------
    OptionError
        If there are not as many lists of values as places.

    Examples
    --------
    >>> [one.id for one in grid("PUE L={} from 2005", [0, 0.5])]
    ['PUE L=0 from 2005', 'PUE L=0.5 from 2005']
    """
    places = template.count("{}")
    if places != len(values) or not places:
        raise OptionError(
            f"{template!r} has {places} places for {len(values)} lists of values",
            fix="write {} once for each list",
        )
    found = []
    for chosen in product(*values):
        parts = template.split("{}")
        text = parts[0] + "".join(f"{value}{part}" for value, part in zip(chosen, parts[1:], strict=True))
        found.append(Scenario(text, _split(text)))
    return tuple(found)


def read_scenarios(text: str) -> tuple[Scenario, ...]:
    """Scenarios from a CSV with the columns ``id`` and ``do``; changes are separated by ``;``.

    Raises
    ------
    DataError
        If a column is missing, or a row has no id or no change.

    Examples
    --------
    >>> read_scenarios("id,do\\nboth,PUE council 2005; PUE L=1 from 2005\\n")[0].id
    'both'
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    for column in ("id", "do"):
        if column not in (rows.fieldnames or ()):
            raise DataError(
                f"there is no column {column}", where="line 1", fix="let the first line be: id,do"
            )
    found = []
    for row in rows:
        id, do = (row["id"] or "").strip(), _split(row["do"] or "")
        if not id or not do:
            lacking = "change" if id else "id"
            raise DataError(f"a scenario has no {lacking}", where=f"line {rows.line_num}", fix="give it one")
        found.append(Scenario(id, do))
    return tuple(found)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _worked(job: tuple[Sample, tuple[tuple[str, tuple[Change, ...]], ...]]) -> list[Played]:
    drawn, scenarios = job
    return [outcome for id, changes in scenarios for outcome in _outcomes(drawn, id, changes)]


def _outcomes(drawn: Sample, id: str, changes: tuple[Change, ...]) -> list[Played]:
    found = asked(drawn, changes)
    year = found.years[-1]
    outcomes = []
    for unit in found.units:
        patterns = [
            PatternShift(
                pattern,
                gate,
                *found.shares(pattern, unit, year, gate=gate),
                found.shift(pattern, unit, year, gate=gate),
            )
            for gate in found.gates
            for pattern in found.standings(gate=gate)[0].names
        ]
        stocks = {
            name: ends(found.changed.of(name, unit=unit, years=(year,))[0])
            for name in drawn.model.stock_names
        }
        differences = {name: ends(found.difference(name, unit)[-1]) for name in stocks}
        assumed = tuple(one.what for one in found.assumed if f" of {unit} in " in one.what)
        outcomes.append(
            Played(id, changes, unit, year, tuple(patterns), stocks, differences, assumed, found.caveats)
        )
    return outcomes
