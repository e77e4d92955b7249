"""What the sentences of claims say, in the words of one language: levels, cases, dates, checks, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concausa.audit.numbers import audit_numbers
from concausa.audit.piece import Rounded
from concausa.core.errors import ConcausaError
from concausa.expr import formula as formulas
from concausa.expr import tree
from concausa.expr.sentence import (
    AllOf,
    AnyOf,
    CellRef,
    CheckClause,
    DateRef,
    Denied,
    EventRef,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    PeriodRef,
    Sentence,
    Time,
    parse_sentence,
)
from concausa.report.exhibits.audited import audited
from concausa.report.exhibits.drop_words import case_name
from concausa.report.exhibits.scribe import Scribe
from concausa.theory.check import Check


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Tells sentences of one study in one language."""

    scribe: Scribe

    def told(self, text: str) -> tuple[str, ...]:
        """A sentence with labels for names: one for each part that must hold. None where it cannot be read."""
        try:
            read = parse_sentence(text)
            parts = read.parts if isinstance(read, AllOf) else (read,)
            said = tuple(map(self._sentence, parts))
        except ConcausaError:
            return ()
        return tuple(f"{one[:1].upper()}{one[1:]}." for one in said)

    def _sentence(self, sentence: Sentence) -> str:
        say = self.scribe.language.say
        match sentence:
            case Denied(part):
                return say("it is not so that {part}", part=self._inside(part))
            case AllOf(parts):
                return say("; and ").join(map(self._inside, parts))
            case AnyOf(parts):
                return say("; or ").join(map(self._inside, parts))
            case LevelClause():
                return self._level(sentence)
            case MemberClause():
                return self._member(sentence)
            case OrderClause():
                return self._order(sentence)
            case NumberClause():
                return self._number(sentence)
            case CheckClause():
                return self._check(sentence)

    def _inside(self, part: Sentence) -> str:
        told = self._sentence(part)
        return f"({told})" if isinstance(part, AllOf | AnyOf) else told

    # --- levels and sets ----------------------------------------------------------------------

    def _level(self, clause: LevelClause) -> str:
        say, left = self.scribe.language.say, self._place(clause.left)
        condition = self._condition(clause.left.condition)
        if isinstance(clause.right, str):
            values = {"condition": condition, "left": left, "level": self.scribe.language.level(clause.right)}
            match clause.operator:
                case "=":
                    return say("the level of {condition} {left} is {level}", **values)
                case "!=":
                    return say("the level of {condition} {left} is not {level}", **values)
                case "<":
                    return say("the level of {condition} {left} is below {level}", **values)
                case "<=":
                    return say("the level of {condition} {left} is at most {level}", **values)
                case ">":
                    return say("the level of {condition} {left} is above {level}", **values)
                case _:
                    return say("the level of {condition} {left} is at least {level}", **values)
        values = {"condition": condition, "left": left, "right": self._place(clause.right)}
        if clause.right.condition != clause.left.condition:
            other = self._condition(clause.right.condition)
            return self._levels_of_two(clause.operator, {**values, "other": other})
        match clause.operator:
            case "=":
                return say("the level of {condition} is the same {left} as {right}", **values)
            case "!=":
                return say("the level of {condition} is another {left} than {right}", **values)
            case "<":
                return say("the level of {condition} is lower {left} than {right}", **values)
            case "<=":
                return say("the level of {condition} is no higher {left} than {right}", **values)
            case ">":
                return say("the level of {condition} is higher {left} than {right}", **values)
            case _:
                return say("the level of {condition} is no lower {left} than {right}", **values)

    def _levels_of_two(self, operator: str, values: dict[str, str]) -> str:
        """Levels of two different conditions."""
        say = self.scribe.language.say
        match operator:
            case "=":
                return say("the level of {condition} {left} is that of {other} {right}", **values)
            case "!=":
                return say("the level of {condition} {left} is not that of {other} {right}", **values)
            case "<":
                return say("the level of {condition} {left} is lower than that of {other} {right}", **values)
            case "<=":
                return say(
                    "the level of {condition} {left} is no higher than that of {other} {right}", **values
                )
            case ">":
                return say("the level of {condition} {left} is higher than that of {other} {right}", **values)
            case _:
                return say(
                    "the level of {condition} {left} is no lower than that of {other} {right}", **values
                )

    def _member(self, clause: MemberClause) -> str:
        say, case = self.scribe.language.say, self._case(clause.case)
        if isinstance(clause.group, str):
            pattern = self.scribe.name("patterns", clause.group)
            return say("{case} has the pattern “{pattern}”", case=case, pattern=pattern)
        return say("{case} is a case {set}", case=case, set=self._set(clause.group))

    def _place(self, place: CellRef | GroupRef) -> str:
        """``in Nuevo León (2000-2007)``, ``in every case out of Business cohesion``."""
        say = self.scribe.language.say
        if isinstance(place, CellRef):
            return say("in {case}", case=self._case(place.case))
        return say("in every case {set}", set=self._set(place.group))

    def _set(self, group: tree.Expression) -> str:
        """What puts a case into a set."""
        say = self.scribe.language.say
        match group:
            case tree.Name(name):
                return say("in {condition}", condition=self._condition(name))
            case tree.Not(tree.Name(name)):
                return say("out of {condition}", condition=self._condition(name))
            case tree.Comparison(name, operator, level):
                return say(
                    "with {condition} {sign} {level}",
                    condition=self._condition(name),
                    sign=_SIGNS[operator],
                    level=self.scribe.language.level(level),
                )
            case tree.And(parts):
                return say(" and ").join(map(self._part, parts))
            case tree.Or(parts):
                return say(" or ").join(map(self._part, parts))
            case tree.Not(part):
                return say("that is not {set}", set=self._part(part))
            case _:
                return str(group)

    def _part(self, group: tree.Expression) -> str:
        return f"({self._set(group)})" if isinstance(group, tree.And | tree.Or) else self._set(group)

    def _condition(self, id: str) -> str:
        return self.scribe.name("conditions", id)

    def _case(self, id: str) -> str:
        """``Nuevo León (2000-2007)``."""
        scribe = self.scribe
        for unit in scribe.study.units:
            for period in scribe.study.periods if id.startswith(f"{unit.id}-") else ():
                if id == f"{unit.id}-{period.id}":
                    return f"{scribe.name('units', unit.id, 'name')} ({scribe.name('periods', period.id)})"
        return case_name(scribe, id)

    # --- times --------------------------------------------------------------------------------

    def _order(self, clause: OrderClause) -> str:
        say = self.scribe.language.say
        values = {"first": self._time(clause.first), "second": self._time(clause.second)}
        match clause.relation:
            case "before":
                return say("{first} comes before {second}", **values)
            case "after":
                return say("{first} comes after {second}", **values)
            case "not after":
                return say("{first} does not come after {second}", **values)
            case "within":
                return say("{first} lies within {second}", **values)
            case "meets":
                return say("{first} ends where {second} begins", **values)
            case "met by":
                return say("{first} begins where {second} ends", **values)
            case "overlaps":
                return say("{first} begins before {second} and ends during it", **values)
            case "overlapped by":
                return say("{first} begins during {second} and ends after it", **values)
            case "starts":
                return say("{first} begins together with {second} and ends before it", **values)
            case "started by":
                return say("{first} begins together with {second} and ends after it", **values)
            case "during":
                return say("{first} begins after the start of {second} and ends before its end", **values)
            case "contains":
                return say("{first} begins before {second} and ends after it", **values)
            case "finishes":
                return say("{first} begins after the start of {second} and ends together with it", **values)
            case "finished by":
                return say("{first} begins before {second} and ends together with it", **values)
            case _:
                return say("{first} begins and ends together with {second}", **values)

    def _time(self, time: Time) -> str:
        scribe, say = self.scribe, self.scribe.language.say
        match time:
            case DateRef(date):
                return scribe.language.date(date)
            case PeriodRef(id):
                return say("the period {period}", period=scribe.name("periods", id))
            case EventRef(id):
                dated = next((row.date for row in scribe.study.events if row.id == id), None)
                title = say("“{option}”", option=scribe.name("events", id, "title"))
                return f"{title} ({scribe.language.date(dated)})" if dated else title

    # --- numbers ------------------------------------------------------------------------------

    def _check(self, clause: CheckClause) -> str:
        scribe, say = self.scribe, self.scribe.language.say
        label = say("“{option}”", option=scribe.name("checks", clause.id))
        found = next((one for one in audited(scribe.study) if one.check.id == clause.id), None)
        printed = found.printed_text(say) if found else ""
        computed = found.computed_text(say) if found else ""
        if found is None or found.verdict == "cannot be computed":
            return say("the check {label} holds (it cannot be computed)", label=label)
        if printed:
            return say(
                "the check {label} gives its printed number (printed {printed}, computed {computed})",
                label=label,
                printed=printed,
                computed=computed,
            )
        return say("the check {label} holds (computed {computed})", label=label, computed=computed)

    def _number(self, clause: NumberClause) -> str:
        say = self.scribe.language.say
        values = {"left": self._side(clause.left), "right": self._side(clause.right)}
        match clause.operator:
            case "=":
                return say("{left} is equal to {right}", **values)
            case "!=":
                return say("{left} is not equal to {right}", **values)
            case "<":
                return say("{left} is less than {right}", **values)
            case "<=":
                return say("{left} is at most {right}", **values)
            case ">":
                return say("{left} is more than {right}", **values)
            case _:
                return say("{left} is at least {right}", **values)

    def _side(self, text: str) -> str:
        """A formula with labels for the names of facts, and what it gives where it is one number."""
        say, side = self.scribe.language.say, formulas.parse(text)
        if isinstance(side, formulas.Number):
            return Rounded(f"{side.value:f}", side.unit).text(say)
        names = {part.id for part in formulas.walk(side) if isinstance(part, formulas.Name)}
        signs = formulas.show(side).replace(" * ", " × ").replace(" - ", " − ")
        told = _WORD.sub(lambda word: self._named(word[0]) if word[0] in names else word[0], signs)
        found = audit_numbers(self.scribe.study.replace(checks=(Check(id="side", label="", formula=text),)))
        value = found[0].computed_text(say)
        return f"{told} ({value})" if value else told

    def _named(self, id: str) -> str:
        """A fact by its subject and date, or a number that the study leaves open by its label."""
        scribe, language = self.scribe, self.scribe.language
        fact = next((row for row in scribe.study.facts if row.id == id), None)
        if fact is None:
            label = scribe.name("choices", id)
        else:
            subject, date = language.of(scribe.study, "facts", fact, "subject"), language.date(fact.date)
            label = f"{subject}, {date}" if date and date not in subject else subject
        return language.say("“{option}”", option=label)


_SIGNS = {"=": "=", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_WORD = re.compile(r"[^\W\d]\w*")
