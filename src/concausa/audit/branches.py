"""Branches: from each kind of row of a study down to what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from concausa.audit import dynamic_branch
from concausa.audit.claim_branch import claim_branch
from concausa.audit.numbers import audit_number
from concausa.audit.question_branch import question_branch
from concausa.audit.row_title import KIND, title
from concausa.audit.tree import Chain, group, place
from concausa.core.errors import FormulaError
from concausa.core.table import Link
from concausa.core.unit import Case
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.expr.formula import Lookup, Name, parse, walk
from concausa.measurement.coding import Coding
from concausa.record.event import Event
from concausa.record.fact import Fact
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.theory.check import Check
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition, Indicator
from concausa.theory.question import Question
from concausa.tracing.chronology import Chronology
from concausa.tracing.need import HOLDING, needing

#: How many prerequisites in a row are told below an event.
DEPTH = 40


@dataclass(frozen=True, slots=True)
class Branches:
    """Makes the chain of any row of one study."""

    study: Study
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)

    @staticmethod
    def of(study: Study) -> Branches:
        """Branches of *study*, with its rows looked up by id."""
        rows = {name: {row.id: row for row in study.rows(name)} for name in TABLES}
        completed = needing(study.events, study.prerequisites)
        return Branches(study, rows, {event.id: event for event in completed})

    # --- rows ---------------------------------------------------------------------------------

    def row(self, table: str, row: Any) -> Chain:
        """A row with all that it rests on and, where that is a question, all that rests on it."""
        makers: dict[str, Callable[[Any], Chain]] = {
            "sources": self.source_and_uses,
            "evidence": self.passage_and_uses,
            "codings": self.coding,
            "facts": self.fact_and_uses,
            "checks": self.check,
            "claims": self.claim,
            "rivals": self.rival,
            "mechanisms": self.argued("mechanisms"),
            "predictions": self.prediction,
            "questions": self.question,
            "events": self.event,
            "conditions": self.condition,
            "indicators": self.condition,
            "series": self.leaf_with_source("series"),
            **{name: self.dynamic(name) for name in dynamic_branch.TABLES},
        }
        made = makers.get(table, self.leaf_with_source(table))(row)
        note = getattr(row, "note", "")
        if not note:
            return made
        return Chain(made.label, made.kind, made.link, (*made.children, Chain(f"noted: {note}", "note")))

    def step(self, table: str, row: Any, children: Iterable[Chain | None] = (), label: str = "") -> Chain:
        """One step that shows a row."""
        kept = tuple(child for child in children if child is not None)
        return Chain(label or title(table, row), KIND.get(table, table), Link(table, row.id), kept)

    def source(self, id: str) -> Chain | None:
        """The step of a source; None where the row names none."""
        source = self.rows["sources"].get(id)
        return self.step("sources", source) if source else None

    def leaf_with_source(self, table: str) -> Callable[[Any], Chain]:
        """A maker for rows that rest on their source and their place in the text alone."""

        def make(row: Any) -> Chain:
            return self.step(table, row, (place(row), self.source(getattr(row, "source", ""))))

        return make

    def dynamic(self, table: str) -> Callable[[Any], Chain]:
        """A maker for parts of dynamic models."""
        return lambda row: self.step(table, row, dynamic_branch.dynamic_branch(self, row))

    def passage(self, passage: Passage) -> Chain:
        """A passage and its source."""
        return self.step("evidence", passage, (self.source(passage.source),))

    def passage_and_uses(self, passage: Passage) -> Chain:
        """A passage, its source, and what rests on it."""
        uses = [
            self.step("codings", coding) for coding in self.study.codings if passage.id in coding.evidence
        ]
        uses += [
            self.step(table, self.rows[table][id], label=f"{word} {title(table, self.rows[table][id])}")
            for word, ids in (("speaks for", passage.supports), ("speaks against", passage.opposes))
            for id in ids
            for table in ("mechanisms", "claims", "rivals")
            if id in self.rows[table]
        ]
        uses += dynamic_branch.passage_uses(self, passage.id)
        return self.step(
            "evidence",
            passage,
            (place(passage), self.source(passage.source), group("what rests on it", uses)),
        )

    def source_and_uses(self, source: Source) -> Chain:
        """A source and everything that rests on it, table by table."""
        parts: list[Chain | None] = []
        for name, spec in TABLES.items():
            if "source" not in spec.columns:
                continue
            rows = [row for row in self.study.rows(name) if row.source == source.id]
            if name == "evidence":
                steps = [self.uses_only(row) for row in rows]
            else:
                steps = [self.step(name, row) for row in rows]
            parts.append(group(f"{name} that rest on it", steps))
        return self.step("sources", source, parts)

    def uses_only(self, passage: Passage) -> Chain:
        """A passage and what rests on it, without its source."""
        whole = self.passage_and_uses(passage)
        return Chain(
            whole.label,
            whole.kind,
            whole.link,
            tuple(part for part in whole.children if part.kind == "group"),
        )

    def coding(self, coding: Coding) -> Chain:
        """A level, its place, its passages and their sources."""
        why = Chain(f"because: {coding.why}", "note") if coding.why else None
        return self.step("codings", coding, (place(coding), why, *self.behind(coding)))

    def behind(self, coding: Coding) -> tuple[Chain, ...]:
        """The passages of a coding; its own source where it names one."""
        passages = [
            self.passage(self.rows["evidence"][id]) for id in coding.evidence if id in self.rows["evidence"]
        ]
        own = self.source(coding.source)
        return (*passages, *((own,) if own else ()))

    def fact(self, fact: Fact) -> Chain:
        """A figure and its source."""
        return self.step("facts", fact, (place(fact), self.source(fact.source)))

    def fact_and_uses(self, fact: Fact) -> Chain:
        """A figure, its source, and the checks and predictions that use it."""
        checks = [
            self.step("checks", check)
            for check in self.study.checks
            if fact.id == check.printed or fact.id in names(check.formula)
        ]
        predictions = [
            self.step("predictions", row) for row in self.study.predictions if fact.id in row.facts
        ]
        return self.step(
            "facts",
            fact,
            (place(fact), self.source(fact.source), group("what rests on it", [*checks, *predictions])),
        )

    def check(self, check: Check) -> Chain:
        """A check: its verdict, the printed number, and the figures of its formula."""
        tables = ("facts", "series", "elections", "terms")
        used = [
            self.row_with_source(table, name)
            for name in names(check.formula)
            for table in tables
            if name in self.rows[table]
        ]
        printed = self.rows["facts"].get(check.printed)
        return self.step(
            "checks",
            check,
            (
                place(check),
                verdict(self.study, check),
                group("printed", [self.fact(printed)] if printed else []),
                group(f"computed as {check.formula}", used) or Chain(f"computed as {check.formula}", "group"),
                Chain(f"missing: {check.missing}", "note") if check.missing else None,
            ),
        )

    def row_with_source(self, table: str, id: str) -> Chain:
        """A row of the record with its place and source."""
        return self.leaf_with_source(table)(self.rows[table][id])

    def argued(self, table: str) -> Callable[[Any], Chain]:
        """A maker for mechanisms and other rows that passages speak for and against."""

        def make(row: Any) -> Chain:
            return self.step(table, row, (place(row), *self.for_and_against(row.id)))

        return make

    def for_and_against(self, id: str) -> tuple[Chain | None, ...]:
        """Passages for and against a mechanism, claim or rival."""
        supporting = [self.passage(row) for row in self.study.evidence if id in row.supports]
        opposing = [self.passage(row) for row in self.study.evidence if id in row.opposes]
        if not supporting and not opposing:
            return (Chain("no passage speaks for or against it", "note"),)
        return group("for it", supporting), group("against it", opposing)

    def claim(self, claim: Claim) -> Chain:
        """A claim: its finding and what that rests on; without a formal statement, the levels it names."""
        return self.step("claims", claim, claim_branch(self, claim))

    def question(self, question: Question) -> Chain:
        """A question, its verdict, and the items weighed on it."""
        return self.step("questions", question, question_branch(self, question))

    def rival(self, rival: Any) -> Chain:
        """A rival, its passages, and what it predicts for each case."""
        predictions = [self.prediction(row) for row in self.study.predictions if row.rival == rival.id]
        return self.step(
            "rivals",
            rival,
            (place(rival), *self.for_and_against(rival.id), group("what it predicts", predictions)),
        )

    def prediction(self, prediction: Any) -> Chain:
        """A prediction and the figures that lead to it."""
        used = [
            self.row_with_source(table, id)
            for id in prediction.facts
            for table in ("facts", "elections", "terms")
            if id in self.rows[table]
        ]
        return self.step("predictions", prediction, (place(prediction), *used))

    def event(self, event: Event) -> Chain:
        """An event, its source, what it needed first, and what needed it."""
        chronology = Chronology(self.events.values())
        event = self.events[event.id]
        return self.step(
            "events",
            event,
            (
                place(event),
                self.source(event.source),
                group("what it needed first", self._needed(event, {event.id})),
                group(
                    "what needed it",
                    [self.step("events", row) for row in self.events.values() if event.id in row.needed],
                ),
                group(
                    "bears on",
                    [
                        self.step("mechanisms", self.rows["mechanisms"][id])
                        for id in event.mechanisms
                        if id in self.rows["mechanisms"]
                    ],
                ),
                *(
                    Chain(found.what, "contradiction")
                    for found in chronology.contradictions()
                    if event.id in (found.event, found.needed)
                ),
            ),
        )

    def _needed(self, event: Event, told: set[str], depth: int = 1) -> list[Chain]:
        """What an event needed and what that needed; each once in full, later in one step."""
        steps = []
        for id in event.needed:
            if id not in self.rows["events"]:
                continue
            needed = self.events[id]
            deeper: list[Chain] = []
            if id not in told:
                told.add(id)
                if depth < DEPTH or not needed.needed:
                    deeper = self._needed(needed, told, depth + 1)
                else:
                    deeper = [Chain(f"and further back: ask about {id}", "note")]
                deeper = [step for step in (self.source(needed.source), *deeper) if step]
            deeper = [*self._reasons(event.id, id), *deeper]
            steps.append(self.step("events", needed, deeper))
        return steps

    def _reasons(self, event: str, needed: str) -> list[Chain]:
        """Why an event is held to have needed another, for each row that gives a reason."""
        return [
            Chain(f"because ({row.answer}): {row.why}", "note")
            for row in self.study.prerequisites
            if (row.event, row.needed) == (event, needed) and row.answer in HOLDING
        ]

    # --- cells --------------------------------------------------------------------------------

    def case(self, case: Case) -> Chain:
        """A case with the cell of every condition and outcome."""
        cells = [self.cell(case, condition) for condition in self.study.conditions]
        return Chain(f"{case.id}  {case}", "case", None, tuple(cells))

    def cell(
        self,
        case: Case,
        condition: Condition | Indicator,
        *,
        passages: bool = True,
        others: bool = True,
    ) -> Chain:
        """A case-period × condition: every level given to it, and what each rests on.

        Parameters
        ----------
        passages : bool
            Whether to go on from the codings.
        others : bool
            Whether then to show passages on it that no coding names.
        """
        whole = isinstance(condition, Condition)
        codings = self.study.cell(case, condition.id).codings if whole else self._signed(case, condition)
        levels = list(dict.fromkeys(row.level for row in codings))
        said = " or ".join(levels) if levels else "no level is given"
        steps: list[Chain] = [self.coding(row) if passages else self.step("codings", row) for row in codings]
        if passages and others:
            cited = {id for row in codings for id in row.evidence}
            uncited = [row for row in self._about(case, condition) if row.id not in cited]
            more = group("other passages on it", [self.passage(row) for row in uncited])
            steps += [more] if more else []
        return Chain(
            f"{case.id}.{condition.id}  {condition.label}, {case}: {said}", "cell", None, tuple(steps)
        )

    def _signed(self, case: Case, indicator: Condition | Indicator) -> tuple[Coding, ...]:
        """The codings of a case by one indicator."""
        return tuple(
            row
            for row in self.study.codings
            if (row.unit, row.period, row.indicator) == (case.unit.id, case.period.id, indicator.id)
        )

    def condition(self, condition: Condition | Indicator) -> Chain:
        """A condition or indicator with its cell in every case."""
        table = "conditions" if isinstance(condition, Condition) else "indicators"
        cells = [self.cell(case, condition, passages=False) for case in self.study.cases]
        return self.step(table, condition, (place(condition), *cells))

    def _about(self, case: Case, condition: Condition | Indicator) -> list[Passage]:
        signs = {condition.id}
        if isinstance(condition, Condition):
            signs |= {row.id for row in self.study.indicators if row.condition == condition.id}
        return [
            row
            for row in self.study.evidence
            if (row.unit, row.period) == (case.unit.id, case.period.id) and signs.intersection(row.about)
        ]


def names(formula: str) -> tuple[str, ...]:
    """Ids that a formula uses: facts, series, and rows looked up; none if it cannot be read."""
    try:
        parts = tuple(walk(parse(formula)))
    except FormulaError:
        return ()
    found: list[str] = []
    for part in parts:
        if isinstance(part, Name):
            found.append(part.id)
        elif isinstance(part, Lookup):
            found += [part.name, *part.keys]
    return tuple(dict.fromkeys(found))


def verdict(study: Study, check: Check) -> Chain:
    """The verdict of the audit of numbers on one check."""
    finding = audit_number(study, check.id)
    return Chain(f"{finding.verdict}: {finding.message}", "verdict")
