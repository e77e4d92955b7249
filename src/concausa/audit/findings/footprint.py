"""A footprint: every cell and every row of evidence on which the finding for a claim can rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from concausa.audit.findings.mentions import NUMBERS, Mentions, mentions, words
from concausa.audit.worlds.recoded import each_by_itself
from concausa.core.table import Link
from concausa.expr.formula import Lookup, parse, walk
from concausa.measurement.coding import Coding
from concausa.measurement.measure import case_formulas
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.theory.claim import Claim


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a finding can rest on; nothing else in the evidence can change it.

    Parameters
    ----------
    claim : str
    cells : tuple of (case, condition)
        Cells that its statement reads, in the order of the study.
    rows : mapping of table to ids
        ``codings`` of these cells, their ``evidence`` and its ``sources``; ``events``, ``facts``,
        ``checks``, ``terms``, ``elections`` and ``series`` that it names or computes with. Only tables
        that have any, in the order of the tables; ids in the order of the study.
    judged : tuple of str
        The cases that it names, if it is judged on these as a set of cases.
    compared : bool
        Whether it is judged on whichever cases are compared, so that one more or one less counts.
    """

    claim: str
    cells: tuple[tuple[str, str], ...]
    rows: Mapping[str, tuple[str, ...]]
    judged: tuple[str, ...] = ()
    compared: bool = False

    def holds(self, table: str, id: str) -> bool:
        """Whether a row is in it."""
        return id in self.rows.get(table, ())

    @property
    def links(self) -> tuple[Link, ...]:
        """Its rows, table by table."""
        return tuple(Link(table, id) for table, ids in self.rows.items() for id in ids)


def footprint(study: Study, claim: Claim) -> Footprint:
    """What the finding for one claim can rest on; empty where it has no formal statement."""
    return footprints(study, (claim,))[claim.id]


def footprints(study: Study, claims: Iterable[Claim] | None = None) -> dict[str, Footprint]:
    """The footprint of each claim, by id; of every claim unless some are given."""
    ground = _Ground.of(study)
    return {claim.id: ground.footprint(claim) for claim in (study.claims if claims is None else claims)}


@dataclass(frozen=True, slots=True)
class _Ground:
    """A study's rows, at hand for many footprints."""

    study: Study
    cases: Mapping[str, str]
    codings: Mapping[tuple[str, str], tuple[Coding, ...]]
    ids: Mapping[str, Mapping[str, int]]
    named: dict[str, frozenset[Link]] = field(default_factory=dict)

    @staticmethod
    def of(study: Study) -> _Ground:
        codings: dict[tuple[str, str], list[Coding]] = {}
        for row in study.codings:
            if not row.indicator:
                codings.setdefault((f"{row.unit}-{row.period}", row.condition), []).append(row)
        return _Ground(
            study,
            {f"{unit.id}-{period.id}": unit.id for unit in study.units for period in study.periods},
            {key: tuple(rows) for key, rows in codings.items()},
            {name: {row.id: place for place, row in enumerate(study.rows(name))} for name in TABLES},
        )

    def footprint(self, claim: Claim) -> Footprint:
        said = mentions(self.study, claim)
        cells = tuple(dict.fromkeys(self._cells(claim, said)))
        links: set[Link] = set()
        for case, condition in cells:
            links |= self._behind_cell(case, condition)
        if cells and self._joint():
            links |= {Link("codings", row.id) for rows in self.codings.values() for row in rows}
        if said.compared:
            links |= self._comparison()
        for id in said.events:
            links.add(Link("events", id))
        for id in said.checks:
            links |= self._behind_check(id)
        for formula in said.formulas:
            links |= self._behind_formula(formula)
        links = {link for link in links if link.id in self.ids[link.table]}
        links |= self._sources(links)
        rows = {
            name: tuple(
                sorted((link.id for link in links if link.table == name), key=self.ids[name].__getitem__)
            )
            for name in TABLES
        }
        rows = {name: ids for name, ids in rows.items() if ids}
        return Footprint(claim.id, cells, rows, claim.cases if said.conditions else (), said.compared)

    # --- cells --------------------------------------------------------------------------------

    def _cells(self, claim: Claim, said: Mentions) -> Iterator[tuple[str, str]]:
        judged = claim.cases or tuple(case.id for case in self.study.coded_cases)
        for id in judged if said.conditions else ():
            for case in self._periods(id):
                yield from ((case, condition) for condition in said.conditions)
        for id, condition in said.cells:
            yield from ((case, condition) for case in self._periods(id))

    def _periods(self, id: str) -> tuple[str, ...]:
        """The case itself; for an office term, every period of its unit as which it may be read."""
        if id in self.cases:
            return (id,)
        units = [unit.id for unit in self.study.units if id.startswith(f"{unit.id}-")]
        unit = max(units, key=len, default="")
        return tuple(case for case, own in self.cases.items() if own == unit)

    def _behind_cell(self, case: str, condition: str) -> set[Link]:
        links: set[Link] = set()
        for row in self.codings.get((case, condition), ()):
            links.add(Link("codings", row.id))
            links |= {Link("evidence", id) for id in row.evidence}
            if not row.evidence and row.source:
                links.add(Link("sources", row.source))
        for measure in self.study.measures:
            if measure.condition == condition:
                shared = any("%" in cut for cut in measure.cuts)
                for of, formula in case_formulas(measure).items():
                    if shared or of == case:
                        links |= self._behind_formula(formula)
        return links

    def _joint(self) -> bool:
        """Whether all cells are read by one choice, so that a coding of any opens or closes its options."""
        return not each_by_itself(self.study)

    def _comparison(self) -> set[Link]:
        """What decides which cases there are: office terms, and the only coding of a case."""
        links = {Link("terms", id) for choice in self.study.choices for id in choice.terms}
        coded: dict[str, list[str]] = {}
        for (case, _), rows in self.codings.items():
            coded.setdefault(case, []).extend(row.id for row in rows)
        return links | {Link("codings", ids[0]) for ids in coded.values() if len(ids) == 1}

    # --- numbers ------------------------------------------------------------------------------

    def _behind_check(self, id: str) -> set[Link]:
        links = {Link("checks", id)}
        if id in self.ids["checks"]:
            check = self.study.checks[self.ids["checks"][id]]
            links |= self._behind_formula(check.formula)
            if check.printed:
                links.add(Link("facts", check.printed))
        return links

    def _behind_formula(self, formula: str, within: frozenset[str] = frozenset()) -> frozenset[Link]:
        """The rows that a formula computes with; a name that is an open number, with all its options."""
        if formula in self.named:
            return self.named[formula]
        open_numbers = {row.id: row.options for row in self.study.choices if row.kind == "number"}
        links: set[Link] = set()
        for word in words(formula):
            for option in open_numbers.get(word, ()) if word not in within else ():
                links |= self._behind_formula(option, within | {word})
            links |= {Link(table, word) for table in NUMBERS if word in self.ids[table]}
        for part in walk(parse(formula)):
            if isinstance(part, Lookup) and part.name == "aligned":
                links |= {Link("terms", row.id) for row in self.study.terms if row.unit in ("", part.keys[0])}
        self.named[formula] = frozenset(links)
        return self.named[formula]

    def _sources(self, links: Iterable[Link]) -> set[Link]:
        found = set()
        for link in links:
            if link.table not in ("codings", "sources"):
                row = self.study.rows(link.table)[self.ids[link.table][link.id]]
                found.add(getattr(row, "source", ""))
        return {Link("sources", id) for id in found if id in self.ids["sources"]}
