"""Falls: what goes with a piece of evidence when it is taken out of a study.

A passage, fact, event, prerequisite, office term, election, amount, membership or series falls with its
source. A coding falls when it names passages and none of them is left; one that names none falls with its own
source. Everything else stays, and names of what has fallen are struck out of it. Facts, events and
elections have names that claims and formulas go on using: their rows stay, and say nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concausa.audit.findings.mentions import NUMBERS, words
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.table import Link
from concausa.measurement.measure import Measure, case_formulas
from concausa.study.schema import TABLES
from concausa.study.study import Study

#: What can be taken out of a study, one at a time. A case is left out of its worlds instead.
KINDS = ("source", "speaker", "passage", "coder", "indicator")

#: Tables whose rows do not outlive their source. Bodies and maps do.
SOURCED = (
    "evidence",
    "facts",
    "events",
    "prerequisites",
    "terms",
    "elections",
    "funds",
    "memberships",
    "series",
)

#: Rows that stay when they fall, and what they no longer say.
SILENT: Mapping[str, Mapping[str, None]] = {
    "facts": {"value": None, "date": None},
    "events": {"date": None},
    "elections": {"date": None, "winner_share": None, "runner_up_share": None},
}


@dataclass(frozen=True, slots=True)
class Fall:
    """What goes with one piece of evidence.

    Parameters
    ----------
    kind, id : str
        What is taken out.
    gone : mapping of table to ids
        The rows that fall, itself among them where it is a row.
    left : mapping of coding to tuple of passages
        Codings that stay on fewer passages, with those that are left.
    """

    kind: str
    id: str
    gone: Mapping[str, frozenset[str]]
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def links(self) -> tuple[Link, ...]:
        """The rows that fall, table by table."""
        return tuple(Link(table, id) for table in TABLES for id in sorted(self.gone.get(table, ())))


@dataclass(frozen=True, slots=True)
class Supports:
    """What rests on what in a study, looked up once for many falls."""

    study: Study
    by_source: Mapping[str, tuple[Link, ...]]
    citing: Mapping[str, tuple[str, ...]]
    codings: Mapping[str, Any]

    @staticmethod
    def of(study: Study) -> Supports:
        """What rests on each source and each passage of *study*."""
        by_source: dict[str, list[Link]] = {}
        citing: dict[str, list[str]] = {}
        for table in SOURCED:
            for row in study.rows(table):
                by_source.setdefault(row.source, []).append(Link(table, row.id))
        for row in study.codings:
            if not row.evidence:
                by_source.setdefault(row.source, []).append(Link("codings", row.id))
            for passage in row.evidence:
                citing.setdefault(passage, []).append(row.id)
        return Supports(
            study,
            {id: tuple(links) for id, links in by_source.items() if id},
            {id: tuple(rows) for id, rows in citing.items()},
            {row.id: row for row in study.codings},
        )

    def candidates(self, kind: str) -> tuple[str, ...]:
        """Every id of a kind, in the order of the study; OptionError if there is no such kind."""
        _known(kind)
        study = self.study
        ids: Iterable[str]
        match kind:
            case "source":
                ids = (row.id for row in study.sources if row.kind != "interview")
            case "speaker":
                ids = (row.id for row in study.sources if row.kind == "interview")
            case "passage":
                ids = (row.id for row in study.evidence)
            case "coder":
                ids = dict.fromkeys(row.coder for row in study.codings)
            case _:
                ids = (row.id for row in study.indicators)
        return tuple(ids)

    def fall(self, kind: str, id: str) -> Fall:
        """What goes with one piece of evidence.

        Raises
        ------
        OptionError
            If *kind* is none of ``KINDS``.
        UnknownNameError
            If the study has nothing of that kind and name, with the nearest name.
        """
        known = self.candidates(kind)
        if kind in ("source", "speaker"):
            known = tuple(row.id for row in self.study.sources)
        if id not in known:
            near = nearest(id, known)
            raise UnknownNameError(
                f"the study has no {kind} {id!r}",
                fix=f"did you mean {near}?" if near else f"one of {', '.join(known[:20])}",
            )
        if kind == "coder":
            return Fall(
                kind, id, {"codings": frozenset(row.id for row in self.study.codings if row.coder == id)}
            )
        if kind == "indicator":
            return self._indicator(id)
        gone: dict[str, set[str]] = {}
        if kind == "passage":
            gone["evidence"] = {id}
        else:
            gone["sources"] = {id}
            for link in self.by_source.get(id, ()):
                gone.setdefault(link.table, set()).add(link.id)
        return self._felled(kind, id, gone, dict.fromkeys(gone.get("evidence", ())))

    def _indicator(self, id: str) -> Fall:
        """A sign: codings of it, and what its condition's codings rest on that bears on it alone."""
        indicator = self.study.row("indicators", id)
        signs = {indicator.condition} | {
            row.id for row in self.study.indicators if row.condition == indicator.condition
        }
        own = {row.id for row in self.study.codings if row.indicator == id}
        alone = {
            row.id: indicator.condition
            for row in self.study.evidence
            if signs.intersection(row.about) == {id}
        }
        return self._felled("indicator", id, {"indicators": {id}, "codings": own}, alone)

    def _felled(self, kind: str, id: str, gone: dict[str, set[str]], lost: Mapping[str, str | None]) -> Fall:
        """The fall with every coding that loses its last passage.

        Parameters
        ----------
        lost : mapping of passage to condition or None
            Passages that no longer carry codings: of that condition, or of any.
        """
        left: dict[str, tuple[str, ...]] = {}
        fallen = gone.setdefault("codings", set())
        for coding in dict.fromkeys(id for passage in lost for id in self.citing.get(passage, ())):
            row = self.codings[coding]
            stay = tuple(
                passage
                for passage in row.evidence
                if passage not in lost or lost[passage] not in (None, row.condition)
            )
            if not stay:
                fallen.add(coding)
            elif stay != row.evidence:
                left[coding] = stay
        left = {coding: stay for coding, stay in left.items() if coding not in fallen}
        return Fall(kind, id, {table: frozenset(ids) for table, ids in gone.items() if ids}, left)


def without(study: Study, kind: str, id: str) -> Study:
    """The study as it would be without one piece of evidence and all that falls with it.

    Parameters
    ----------
    kind : str
        ``source`` · ``speaker``, the source of an interview · ``passage`` · ``coder`` · ``indicator``:
        its condition is then coded from its other signs alone.

    Raises
    ------
    OptionError
        If *kind* is none of these.
    UnknownNameError
        If the study has nothing of that kind and name, with the nearest name.
    """
    return applied(study, Supports.of(study).fall(kind, id))


def applied(study: Study, fall: Fall) -> Study:
    """The study after a fall."""
    changed: dict[str, tuple[Any, ...]] = {}
    for name, spec in TABLES.items():
        gone = fall.gone.get(name, frozenset())
        naming = {
            column: frozenset().union(*(fall.gone.get(table, ()) for table in what.to if table not in SILENT))
            for column, what in spec.columns.items()
            if what.kind in ("ref", "refs")
        }
        naming = {column: fallen for column, fallen in naming.items() if fallen}
        if gone or naming:
            silent = SILENT.get(name)
            changed[name] = tuple(
                _struck(dataclasses.replace(row, **silent) if silent and row.id in gone else row, naming)
                for row in study.rows(name)
                if silent or row.id not in gone
            )
    if fall.left:
        changed["codings"] = tuple(
            dataclasses.replace(row, evidence=fall.left.get(row.id, row.evidence))
            for row in changed.get("codings", study.codings)
        )
    if fall.gone.get("terms"):
        rows = changed.get("choices", study.choices)
        changed["choices"] = tuple(row for row in rows if row.kind != "grain" or row.terms)
    numbers = frozenset().union(*(fall.gone.get(table, ()) for table in NUMBERS))
    if numbers:
        changed["measures"] = tuple(_unmeasured(row, numbers) for row in study.measures)
    return study.replace(**changed)


def _unmeasured(measure: Measure, fallen: frozenset[str]) -> Measure:
    """A measure without the values that cannot be computed any more."""
    kept = tuple(
        f"{case}={formula}"
        for case, formula in case_formulas(measure).items()
        if fallen.isdisjoint(words(formula))
    )
    return dataclasses.replace(measure, values=kept) if len(kept) < len(measure.values) else measure


def _struck(row: Any, naming: Mapping[str, frozenset[str]]) -> Any:
    """A row that no longer names what has fallen."""
    new: dict[str, Any] = {}
    for column, fallen in naming.items():
        value = getattr(row, column)
        if isinstance(value, tuple):
            kept = tuple(id for id in value if id not in fallen)
            if kept != value:
                new[column] = kept
        elif value in fallen:
            new[column] = ""
    return dataclasses.replace(row, **new) if new else row


def _known(kind: str) -> None:
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise OptionError(
            f"a {kind!r} cannot be taken out of a study",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}",
        )
