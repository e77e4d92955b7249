"""What a claim is worth in one world, case by case in plain Python: slow, and meant to be obvious.

An answer is True, False, or the set of reasons for which it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from concausa.audit.claims.verdict import Verdict
from concausa.audit.numbers import audit_numbers
from concausa.expr import boolean as b
from concausa.expr import sentence as s
from concausa.theory.check import Check
from concausa.theory.choice import boundary_years
from concausa.theory.claim import Claim
from concausa.tracing.relation import holds, period_span

Answer = bool | frozenset
NO_CASE, NO_VARIATION = frozenset([Verdict.NO_CASE]), frozenset([Verdict.NO_VARIATION])


def conj(answers: Iterable[Answer]) -> Answer:
    found = list(answers)
    if any(answer is False for answer in found):
        return False
    why = frozenset().union(*(answer for answer in found if answer is not True))
    return why or True


def neg(answer: Answer) -> Answer:
    return not answer if isinstance(answer, bool) else answer


def disj(answers: Iterable[Answer]) -> Answer:
    return neg(conj(neg(answer) for answer in answers))


def one_verdict(worlds: Any, claim: Claim, world: Mapping[int, int]) -> Verdict:
    """The verdict in the world that takes option ``world[place]`` of each choice."""
    one = World(worlds, world)
    answer = one.claim(claim)
    if isinstance(answer, bool):
        return Verdict.SUPPORTED if answer else Verdict.CONTRADICTED
    return min(answer)


class World:
    def __init__(self, worlds: Any, options: Mapping[int, int]) -> None:
        self.worlds, self.options = worlds, options

    def state(self, case: str, condition: str) -> Any:
        table = self.worlds.cells.get((case, condition))
        if table is None:
            return None
        return table.states[int(table.table[tuple(self.options[place] for place in table.choices)])]

    def lacks(self, case: str, condition: str) -> frozenset:
        state = self.state(case, condition)
        undecided = state is not None and state.why == "undecided"
        return frozenset([Verdict.UNDECIDED if undecided else Verdict.NO_DATA])

    def rank(self, case: str, condition: str) -> int | None:
        state = self.state(case, condition)
        if state is None or state.level is None:
            return None
        return self.worlds.scales[condition].index(state.level)

    def score(self, case: str, condition: str) -> float | None:
        state = self.state(case, condition)
        return None if state is None else state.membership

    def ordered(self, one: int, sign: str, other: int) -> bool:
        return {
            "<": one < other,
            "<=": one <= other,
            "=": one == other,
            ">=": one >= other,
            ">": one > other,
            "!=": one != other,
        }[sign]

    def level(self, case: str, condition: str, sign: str, level: str) -> Answer:
        own = self.rank(case, condition)
        if own is None:
            return self.lacks(case, condition)
        return self.ordered(own, sign, self.worlds.scales[condition].index(level))

    def inside(self, case: str, tree: Any) -> Answer:
        match tree:
            case b.Name(name):
                score = self.score(case, name)
                if score is None:
                    return self.lacks(case, name)
                if abs(score - 0.5) < 1e-9:
                    return frozenset([Verdict.CROSSOVER])
                return score > 0.5
            case b.Comparison(name, sign, level):
                return self.level(case, name, sign, level)
            case b.Constant(value):
                return value
            case b.Not(part):
                return neg(self.inside(case, part))
            case b.And(parts):
                return conj(self.inside(case, part) for part in parts)
            case b.Or(parts):
                return disj(self.inside(case, part) for part in parts)
        raise AssertionError(tree)

    def cases(self, claim: Claim) -> list[str]:
        if claim.cases:
            return list(dict.fromkeys(claim.cases))
        return [
            slot.id
            for slot in self.worlds.slots
            if all(self.options[place] in allowed for place, allowed in slot.presence)
        ]

    def claim(self, claim: Claim) -> Answer:
        if claim.states:
            return self.sentence(s.parse_sentence(claim.states), self.cases(claim))
        if not claim.when:
            return frozenset([Verdict.NO_STATEMENT])
        when, outcome = b.parse(claim.when), b.parse(claim.outcome)
        rows = [
            (
                case,
                self.inside(case, b.parse(claim.under)) if claim.under else True,
                self.inside(case, when),
                self.inside(case, outcome),
            )
            for case in self.cases(claim)
        ]
        if claim.kind in ("necessary", "disjunction"):
            law = conj(disj((neg(conj((u, y))), x)) for _, u, x, y in rows)
            there = disj(conj((u, y)) for _, u, _, y in rows)
            apart = disj(conj((u, neg(x))) for _, u, x, _ in rows)
            return in_turn(self.degree(claim, when, rows, law), there, apart)
        if claim.kind in ("sufficient", "jointly sufficient", "typology"):
            law = conj(disj((neg(conj((u, x))), y)) for _, u, x, y in rows)
            there = disj(conj((u, x)) for _, u, x, _ in rows)
            apart = disj(conj((u, neg(y))) for _, u, _, y in rows)
            return in_turn(self.degree(claim, when, rows, law), there, apart)
        if claim.kind == "individually insufficient":
            return too_little((conj((u, x)), y) for _, u, x, y in rows)
        if claim.kind == "substitution":
            parts = {case: self.inside(case, b.parse(claim.part)) for case, *_ in rows}
            helped = [(conj((u, x, neg(parts[case]))), y) for case, u, x, y in rows]
            bare = [(conj((neg(conj((u, x))), neg(parts[case]))), y) for case, u, x, y in rows]
            law = conj(
                [disj((neg(row), y)) for row, y in helped] + [disj((neg(row), neg(y))) for row, y in bare]
            )
            if law is not True:
                return law
            seen = [disj(row for row, _ in group) for group in (helped, bare)]
            return conj(NO_CASE if there is False else there for there in seen)
        assert claim.kind == "INUS"
        return self.inus(claim, rows)

    def inus(self, claim: Claim, rows: list) -> Answer:
        literal = b.parse(claim.part)
        tree = b.parse(claim.when)
        answers = []
        for term in tree.parts if isinstance(tree, b.Or) else (tree,):
            factors = list(term.parts) if isinstance(term, b.And) else [term]
            if literal not in factors:
                continue
            rest = [factor for factor in factors if factor != literal]
            needed = []
            law, there = [], []
            for case, u, _, y in rows:
                whole = self.inside(case, term)
                law.append(disj((neg(conj((u, whole))), y)))
                there.append(conj((u, whole)))
            needed.append(in_turn(conj(law), disj(there), True))
            part = {case: self.inside(case, literal) for case, *_ in rows}
            left = {case: conj(self.inside(case, factor) for factor in rest) for case, *_ in rows}
            needed.append(too_little((conj((u, part[case])), y) for case, u, _, y in rows))
            needed.append(too_little((conj((u, left[case], neg(part[case]))), y) for case, u, _, y in rows))
            needed.append(too_little((conj((u, y)), self.inside(case, term)) for case, u, _, y in rows))
            answers.append(conj(needed))
        return disj(answers)

    def degree(self, claim: Claim, when: Any, rows: list, law: Answer) -> Answer:
        """The law at the consistency that this world asks for, over every way to fill in what is unknown."""
        option = 0 if self.worlds.test is None else self.options[self.worlds.test]
        kind, consistency = self.worlds.tests[option]
        names = [atom for atom in b.atoms(when) if isinstance(atom, b.Name)]
        if kind == "crisp" or len(names) < len(b.atoms(when)):
            return law
        c = Fraction(str(consistency))
        open_parts: list[list[Fraction]] = []
        why: set = set()
        outcome = b.parse(claim.outcome)
        claimed = [atom for atom in b.atoms(outcome) if isinstance(atom, b.Name)]
        to_a_degree = len(claimed) == len(b.atoms(outcome))
        for case, u, _, crisp in rows:
            y = True if to_a_degree else crisp  # what it has to a degree is filled in below
            scores = {
                name.name: self.score(case, name.name) for name in (*names, *(claimed if to_a_degree else ()))
            }
            missing = [name for name, score in scores.items() if score is None]
            known = {name: Fraction(str(score)) for name, score in scores.items() if score is not None}
            ends = {Fraction(0), Fraction(1), *known.values(), *(1 - score for score in known.values())}
            may = set()
            x_values = set()
            for fill in product(ends if to_a_degree else (Fraction(0), Fraction(1)), repeat=len(missing)):
                filled = known | dict(zip(missing, fill, strict=True))
                x = fuzzy(when, filled)
                x_values.add((x, fuzzy(outcome, filled) if to_a_degree else x))
                for judged in (True, False) if isinstance(u, frozenset) else (u,):
                    degrees = (
                        (fuzzy(outcome, filled),)
                        if to_a_degree
                        else (1, 0)
                        if isinstance(y, frozenset)
                        else (int(y),)
                    )
                    for has in degrees:
                        below = Fraction(has) if claim.kind in ("necessary", "disjunction") else x
                        may.add((min(x, has) - c * below) * judged)
            open_parts.append([min(may), max(may)])
            if len(may) > 1 and min(may) < max(may):
                why |= {reason for answer in (u, y) if isinstance(answer, frozenset) for reason in answer}
                if len(x_values) > 1:
                    why |= {reason for name in missing for reason in self.lacks(case, name)}
        least, most = (sum(part[end] for part in open_parts) for end in (0, 1))
        return True if least >= 0 else False if most < 0 else frozenset(why)

    def sentence(self, tree: Any, cases: list[str]) -> Answer:
        match tree:
            case s.AllOf(parts):
                return conj(self.sentence(part, cases) for part in parts)
            case s.AnyOf(parts):
                return disj(self.sentence(part, cases) for part in parts)
            case s.Denied(part):
                return neg(self.sentence(part, cases))
            case s.MemberClause(case, group):
                if isinstance(group, str):
                    group = b.parse(next(row.when for row in self.worlds.study.patterns if row.id == group))
                return self.inside(case, group)
            case s.CheckClause(id):
                rows = [check for check in self.worlds.study.checks if check.id == id]
                return self.number(rows[0], rounded=True) if rows else frozenset([Verdict.NO_DATA])
            case s.NumberClause(left, sign, right):
                sides = [self.filled(left), self.filled(right)]
                formula = f"{sides[0]} {'=' if sign == '!=' else sign} {sides[1]}"
                answer = self.number(Check(id="x", label="", formula=formula), rounded=False)
                return neg(answer) if sign == "!=" else answer
            case s.OrderClause(first, relation, second):
                one, other = self.date(first), self.date(second)
                if one is None or other is None:
                    return frozenset([Verdict.NO_DATA])
                found = holds(relation, one, other)
                return frozenset([Verdict.UNDECIDED]) if found is None else found
            case s.LevelClause():
                return self.levels(tree, cases)
        raise AssertionError(tree)

    def filled(self, formula: str) -> str:
        for name, (place, options) in self.worlds.numbers.items():
            taken = options[0 if place is None else self.options[place]]
            formula = re.sub(rf"\b{name}\b", f"({taken})", formula)
        return formula

    def number(self, check: Check, *, rounded: bool) -> Answer:
        found = audit_numbers(self.worlds.study.replace(checks=(check,)))[0].verdict
        if found == "within rounding":
            return True if rounded else frozenset([Verdict.UNDECIDED])
        return {"reproduces": True, "does not follow": False}.get(found, frozenset([Verdict.NO_DATA]))

    def date(self, time: Any) -> Any:
        if isinstance(time, s.DateRef):
            return time.date
        if isinstance(time, s.EventRef):
            return {event.id: event.date for event in self.worlds.study.events}.get(time.id)
        first, second = self.worlds.study.periods[0], self.worlds.study.periods[-1]
        period = {first.id: first, second.id: second}[time.id]
        span = period_span(period)
        for place, choice in enumerate(self.worlds.space.choices):
            if choice.kind == "boundary":
                last, start = boundary_years(choice.options[self.options[place]].id)
                begin, end = span.text.split("/")
                text = f"{begin}/{last}-12-31" if period is first else f"{start}-01-01/{end}"
                return type(span).parse(text)
        return span

    def levels(self, clause: Any, cases: list[str]) -> Answer:
        def members(side: Any) -> list[tuple[str, str, Answer]]:
            if isinstance(side, s.CellRef):
                return [(side.case, side.condition, True)]
            return [(case, side.condition, self.inside(case, side.group)) for case in cases]

        law, held = [], []
        if isinstance(clause.right, str):
            for case, condition, member in members(clause.left):
                held.append(member)
                law.append(disj((neg(member), self.level(case, condition, clause.operator, clause.right))))
        else:
            grouped = isinstance(clause.left, s.GroupRef) or isinstance(clause.right, s.GroupRef)
            for left, right in product(members(clause.left), members(clause.right)):
                if grouped and left[:2] == right[:2]:
                    continue
                member = conj((left[2], right[2]))
                ranks = [self.rank(*left[:2]), self.rank(*right[:2])]
                if None in ranks:
                    stands: Answer = frozenset().union(
                        *(
                            self.lacks(*side[:2])
                            for side, rank in zip((left, right), ranks, strict=True)
                            if rank is None
                        )
                    )
                else:
                    stands = self.ordered(ranks[0], clause.operator, ranks[1])
                held.append(member)
                law.append(disj((neg(member), stands)))
        return in_turn(conj(law), disj(held), True)


def in_turn(law: Answer, there: Answer, apart: Answer) -> Answer:
    """First the law, then a case that it is about, then a difference between cases."""
    if law is not True:
        return law
    if there is not True:
        return there or NO_CASE
    return apart or NO_VARIATION


def too_little(rows: Iterable[tuple[Answer, Answer]]) -> Answer:
    """Whether some case has what is said to be too little, and not what would follow from it."""
    found = list(rows)
    lacking = disj(conj((row, neg(y))) for row, y in found)
    if lacking is not False:
        return lacking
    there = disj(row for row, _ in found)
    return False if there is True else NO_CASE if there is False else there


def fuzzy(tree: Any, scores: Mapping[str, Fraction]) -> Fraction:
    match tree:
        case b.Name(name):
            return scores[name]
        case b.Constant(value):
            return Fraction(int(value))
        case b.Not(part):
            return 1 - fuzzy(part, scores)
        case b.And(parts):
            return min(fuzzy(part, scores) for part in parts)
        case b.Or(parts):
            return max(fuzzy(part, scores) for part in parts)
    raise AssertionError(tree)
