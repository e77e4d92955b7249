"""A log of analyses: every run, the abandoned ones too, each line bound to the one before.

A line is one JSON object. A run has a line before it starts and a line when it ends; one without the second was
abandoned. Each line holds the digest of the line before and its own, so that a line that was changed, taken out
or put in later shows. What cannot show is a tail that was cut off, or a log that was written anew as a whole:
against these helps only a copy elsewhere, such as the history of a repository.

References
----------
.. [1] Simmons, Nelson & Simonsohn (2011), *Psychological Science* 22(11), 1359-1366.
   https://doi.org/10.1177/0956797611417632
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from concausa.core.errors import DataError
from concausa.core.table import Table

Event = Literal["begun", "ended", "failed"]
#: What became of a run.
State = Literal["ended", "failed", "abandoned"]

_EVENTS: tuple[Event, ...] = ("begun", "ended", "failed")
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log.

    Parameters
    ----------
    event : str
        ``begun``, ``ended`` or ``failed``.
    at : str
        When, as ISO 8601 text.
    run : str
        Which run an ``ended`` or ``failed`` line belongs to; empty in a ``begun`` line, whose own digest it is.
    what : str
        What was run, such as ``qca`` or ``robustness: tests``.
    key : str
        Digest of everything that decides the result; two runs with the same key are the same analysis.
    settings : mapping
        Plain JSON values by name: outcome, conditions, cut-offs, anchors.
    result : mapping
        Of an ``ended`` line: ``formulas``, ``consistency``, ``coverage`` and what else sums it up; of a
        ``failed`` line ``reason``. Never names of cases.
    """

    event: Event
    at: str
    run: str = ""
    what: str = ""
    key: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The entry as plain JSON values, empty parts left out."""
        found = {
            "event": self.event,
            "at": self.at,
            "run": self.run,
            "what": self.what,
            "key": self.key,
            "settings": dict(self.settings),
            "result": dict(self.result),
        }
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis from its beginning to its end, if it had one.

    Parameters
    ----------
    id : str
        Digest of its first line.
    begun : str
        When it was begun.
    state : str
        ``ended``, ``failed`` or ``abandoned``: no line says that it ended. A run that is still going on looks so.
    what, key, settings, result
        As in :class:`Entry`.
    changed : mapping of str to (object, object)
        Settings that differ from those of the first run, as (then, now); None for one that was not there.
    """

    id: str
    begun: str
    state: State
    what: str
    key: str
    settings: Mapping[str, Any]
    result: Mapping[str, Any]
    changed: Mapping[str, tuple[Any, Any]]

    @property
    def formulas(self) -> tuple[str, ...]:
        """The models that came out; empty if none did or the run did not end."""
        return tuple(str(formula) for formula in self.result.get("formulas", ()))

    def data(self) -> dict[str, Any]:
        """The run as plain JSON values."""
        return {
            "id": self.id,
            "begun": self.begun,
            "state": self.state,
            "what": self.what,
            "key": self.key,
            "settings": dict(self.settings),
            "changed": {name: list(pair) for name, pair in self.changed.items()},
            "result": dict(self.result),
        }


@dataclass(frozen=True)
class AnalysisLog:
    """A log that was read, whatever state it is in.

    Parameters
    ----------
    runs : tuple of Run
        In the order in which they were begun.
    broken : tuple of int
        Lines, counted from 1, that do not fit what stands before them, or not their own digest: they or the
        line before were changed, taken out or put in.
    torn : tuple of int
        Lines that were not written to their end, as when a computer is switched off.
    """

    runs: tuple[Run, ...]
    broken: tuple[int, ...] = ()
    torn: tuple[int, ...] = ()

    @cached_property
    def ended(self) -> tuple[Run, ...]:
        """Runs that ended."""
        return tuple(run for run in self.runs if run.state == "ended")

    @cached_property
    def abandoned(self) -> tuple[Run, ...]:
        """Runs that were begun and never ended."""
        return tuple(run for run in self.runs if run.state == "abandoned")

    @cached_property
    def formulas(self) -> tuple[tuple[str, int, int], ...]:
        """How often each result came out: (models, runs, different analyses), first what most analyses gave.

        The same analysis run again is no second finding, so that analyses count first, then runs.
        """
        runs: Counter[str] = Counter()
        keys: dict[str, set[str]] = {}
        for run in self.ended:
            name = result_text(run.result)
            runs[name] += 1
            keys.setdefault(name, set()).add(run.key or run.id)
        found = [(name, number, len(keys[name])) for name, number in runs.items()]
        return tuple(sorted(found, key=lambda one: (-one[2], -one[1])))

    @property
    def analyses(self) -> int:
        """How many different analyses ended."""
        return len({run.key or run.id for run in self.ended})

    def table(self) -> Table:
        """Every run: when, what, what was changed, what came out."""
        from concausa.qca.robustness.log_view import runs_table

        return runs_table(self)

    def formulas_table(self) -> Table:
        """How often each result came out."""
        from concausa.qca.robustness.log_view import formulas_table

        return formulas_table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "runs": [run.data() for run in self.runs],
            "formulas": [
                {"models": name, "runs": runs, "analyses": analyses} for name, runs, analyses in self.formulas
            ],
            "ended": len(self.ended),
            "analyses": self.analyses,
            "abandoned": len(self.abandoned),
            "failed": sum(run.state == "failed" for run in self.runs),
            "broken": list(self.broken),
            "torn": list(self.torn),
        }

    def __repr__(self) -> str:
        return (
            f"<AnalysisLog: {len(self.runs)} runs, {len(self.abandoned)} abandoned, "
            f"{len(self.formulas)} different results>"
        )

    def __str__(self) -> str:
        from concausa.qca.robustness.log_view import memo

        return memo(self)


def line_of(entry: Entry, previous: bytes = b"") -> bytes:
    """The line that an entry makes after another line, with its end.

    Parameters
    ----------
    entry : Entry
    previous : bytes
        The last line of the log, without its end; empty in a new log.

    Examples
    --------
    >>> line = line_of(Entry("begun", "2026-01-31T12:00:00Z", what="qca"))
    >>> read_log(line).runs[0].state
    'abandoned'
    """
    told = {**entry.data(), "previous": digest(previous) if previous else ""}
    return _bytes({**told, "digest": digest(_bytes(told))}) + b"\n"


def run_of(line: bytes) -> str:
    """The run that a ``begun`` line begins."""
    return str(json.loads(line)["digest"])


def digest(data: bytes) -> str:
    """The first sixteen digits of a SHA-256."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def read_log(content: bytes) -> AnalysisLog:
    """The log that stands in a file.

    Nothing that can be read is thrown away because of what cannot.

    Raises
    ------
    DataError
        If no line is a line of a log.
    """
    found: list[tuple[int, dict[str, Any]]] = []
    broken, torn = [], []
    previous = b""
    for number, line in enumerate(content.splitlines(), start=1):
        told = _told(line)
        if told is None:
            torn.append(number)
        else:
            own = told.pop("digest", "")
            if own != digest(_bytes(told)) or told.get("previous", "") != (
                digest(previous) if previous else ""
            ):
                broken.append(number)
            found.append((number, {**told, "digest": own}))
        previous = line
    if torn and not found:
        raise DataError(
            "this is no log of analyses",
            where=f"{len(torn)} lines, none of them a line of a log",
            fix="give the file that --log named",
        )
    return AnalysisLog(_runs([told for _, told in found]), tuple(broken), tuple(torn))


def result_text(result: Mapping[str, Any]) -> str:
    """What came out, in one line: its models, or why there is none."""
    formulas = [str(formula) for formula in result.get("formulas", ())]
    if not formulas:
        return str(result.get("reason") or "no solution")
    listed = " | ".join(formulas)
    more = int(result.get("n_models", len(formulas))) - len(formulas)
    return f"{listed} | and {more} more" if more > 0 else listed


def _runs(lines: Sequence[dict[str, Any]]) -> tuple[Run, ...]:
    ends = {str(told["run"]): told for told in lines if told["event"] != "begun" and told.get("run")}
    begun = [told for told in lines if told["event"] == "begun"]
    first: Mapping[str, Any] = begun[0].get("settings", {}) if begun else {}
    runs = []
    for told in begun:
        end = ends.get(str(told["digest"]))
        settings = told.get("settings", {})
        runs.append(
            Run(
                str(told["digest"]),
                str(told.get("at", "")),
                "abandoned" if end is None else end["event"],
                str(told.get("what", "")),
                str(told.get("key", "")),
                settings,
                end.get("result", {}) if end else {},
                _changed(first, settings),
            )
        )
    return tuple(runs)


def _changed(first: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    one, other = dict(_flat(first)), dict(_flat(now))
    names = [*one, *(name for name in other if name not in one)]
    return {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}


def _flat(settings: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _told(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("event") in _EVENTS and "digest" in told else None


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, allow_nan=False).encode()
