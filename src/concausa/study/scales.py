"""Levels, maps and expressions: every word of a scale must be one that the scale has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.expr.boolean import Comparison, Expression, OneOf, atoms, parse
from concausa.study.pointing import pointed
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.condition import Condition
from concausa.typology.gate import clauses


def scale_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """What is wrong with levels, level maps, patterns and rules."""
    yield from _conditions(tables)
    yield from _codings(tables, names)
    yield from _level_maps(tables, names)
    yield from _expectations(tables, names)


def _conditions(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    conditions = tables.get("conditions")
    for row, condition in enumerate(conditions.nouns if conditions else ()):
        assert conditions is not None
        if "." in condition.id:
            what = "a condition's id may not hold a full stop, since NL-1.BQ names a cell"
            fix = f"write {condition.id.replace('.', '_')}"
            yield conditions.problem(row, "id", "bad-id", what, value=condition.id, fix=fix)
        if len(set(condition.levels)) < len(condition.levels):
            twice = next(level for level in condition.levels if condition.levels.count(level) > 1)
            what = f"the level {twice!r} stands twice in the scale of {condition.id}"
            yield conditions.problem(
                row, "levels", "duplicate-key", what, value=twice, fix="delete one of them"
            )
        for level in condition.levels:
            if any(mark in level for mark in "=|"):
                what = f"a level may not hold = or |, as {level!r} does"
                yield conditions.problem(row, "levels", "bad-id", what, value=level, fix="use another word")
    for table in ("facts", "series"):
        yield from _formula_names(tables.get(table))


def _formula_names(rows: Rows | None) -> Iterator[Problem]:
    for row, noun in enumerate(rows.nouns if rows else ()):
        if rows is not None and noun.id and not noun.id.isidentifier():
            better = "".join(letter if letter.isalnum() else "_" for letter in noun.id).strip("_")
            what = "a name used in formulas holds letters, digits and _ only, and starts with a letter"
            fix = f"write {better if better.isidentifier() else 'f_' + better}"
            yield rows.problem(row, "id", "bad-id", what, value=noun.id, fix=fix)


def _codings(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    codings, conditions, indicators = (
        tables.get("codings"),
        names.table("conditions"),
        names.table("indicators"),
    )
    for row, coding in enumerate(codings.nouns if codings else ()):
        assert codings is not None
        condition = conditions.get(coding.condition)
        if condition is not None and coding.level and coding.level not in condition.levels:
            near = nearest(coding.level, condition.levels)
            yield codings.problem(
                row,
                "level",
                "unknown-level",
                f"{coding.level!r} is not a level of {condition.id}",
                value=coding.level,
                allowed=condition.levels,
                fix=f"did you mean {near}?"
                if near
                else f"add it to the levels of {condition.id} in study.toml",
            )
        indicator = indicators.get(coding.indicator)
        if indicator is not None and coding.condition not in (indicator.condition, *indicator.also):
            yield codings.problem(
                row,
                "indicator",
                "wrong-indicator",
                f"{indicator.id} is a sign of {indicator.condition}, not of {coding.condition}",
                value=indicator.id,
                allowed=tuple(
                    other.id for other in indicators.values() if other.condition == coding.condition
                ),
                fix=f"write {indicator.condition}, or name {coding.condition} in the indicator's also",
            )


def _level_maps(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    maps, conditions = tables.get("level_maps"), names.table("conditions")
    ordered = [condition for condition in conditions.values() if condition.role != "pattern"]
    for row, level_map in enumerate(maps.nouns if maps else ()):
        assert maps is not None
        points, faults = _points(level_map.points)
        for value, what, fix in faults:
            yield maps.problem(row, "points", "bad-point", what, value=value, fix=fix)
        meant = [conditions[id] for id in level_map.conditions if id in conditions] or ordered
        if level_map.conditions and not all(id in conditions for id in level_map.conditions):
            continue
        levels = dict.fromkeys(level for condition in meant for level in condition.levels)
        for level in points:
            if level not in levels:
                near = nearest(level, levels)
                what = f"{level!r} is not a level of {', '.join(condition.id for condition in meant)}"
                fix = f"did you mean {near}?" if near else "delete the point"
                yield maps.problem(
                    row, "points", "unknown-level", what, value=level, allowed=tuple(levels), fix=fix
                )
        for condition in meant:
            if without := [level for level in condition.levels if level not in points]:
                what = f"the map {level_map.id} has no point for {', '.join(without)} of {condition.id}"
                fix = f"add {without[0]}=0.5, or name the conditions that it is meant for"
                yield maps.problem(row, "points", "missing-point", what, fix=fix)
            run = [points[level] for level in condition.levels if level in points]
            if run != sorted(run):
                what = f"the memberships of {level_map.id} fall while the levels of {condition.id} rise"
                fix = f"let them rise in the order {', '.join(condition.levels)}"
                yield maps.problem(row, "points", "falling-map", what, fix=fix)


def _points(texts: tuple[str, ...]) -> tuple[dict[str, Decimal], list[tuple[str, str, str]]]:
    """The memberships by level, and the points that cannot be read: value, what, fix."""
    points: dict[str, Decimal] = {}
    faults = []
    for text in texts:
        level, mark, number = (part.strip() for part in text.rpartition("="))
        try:
            membership = Decimal(number)
        except InvalidOperation:
            membership = Decimal("NaN")
        if not mark or not membership.is_finite():
            faults.append((text, f"{text!r} is not LEVEL=MEMBERSHIP", "write it like medium=0.5"))
        elif not 0 <= membership <= 1:
            faults.append(
                (text, f"the membership {number} lies outside 0 to 1", "0 is fully out, 1 is fully in")
            )
        if level in points:
            faults.append((text, f"the level {level!r} has two points", "delete one of them"))
        if level and mark:
            points.setdefault(level, membership if membership.is_finite() else Decimal("0.5"))
    return points, faults


def _expectations(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """Outcomes that patterns and rules name, and the expressions that lead to them."""
    settings, patterns, rules = tables.get("study"), tables.get("patterns"), tables.get("rules")
    outcome = (
        names.table("conditions").get(settings.nouns[0].outcome) if settings and settings.nouns else None
    )
    for row, pattern in enumerate(patterns.nouns if patterns else ()):
        assert patterns is not None
        yield from expression_problems(patterns, row, "when", pattern.when, names)
        if outcome is not None and pattern.expects:
            yield from _outcome_levels(patterns, row, "expects", pattern.expects.split("|"), outcome)
    for row, rule in enumerate(rules.nouns if rules else ()):
        assert rules is not None
        try:
            read = clauses(rule)
        except ExpressionError as error:
            yield _unreadable(rules, row, "clauses", "; ".join(rule.clauses), error)
            continue
        for clause in read:
            if clause.when not in ("patterns", "else"):
                yield from expression_problems(rules, row, "clauses", clause.when, names)
            if outcome is not None:
                yield from _outcome_levels(rules, row, "clauses", clause.outcomes, outcome)


def expression_problems(rows: Rows, row: int, column: str, text: str, names: Names) -> Iterator[Problem]:
    """A Boolean expression that cannot be read, or that names a condition or level that is not there."""
    if not text.strip():
        return
    try:
        tree = parse(text)
    except ExpressionError as error:
        yield _unreadable(rows, row, column, text, error)
        return
    yield from atom_problems(rows, row, column, tree, names, text)


def atom_problems(
    rows: Rows, row: int, column: str, tree: Expression, names: Names, text: str
) -> Iterator[Problem]:
    """Conditions and levels of an expression that are not there, and numbered values; *text* holds it."""
    conditions = names.table("conditions")
    for atom in atoms(tree):
        condition = conditions.get(atom.name)
        if isinstance(atom, OneOf):
            yield rows.problem(
                row,
                column,
                "unreadable-expression",
                f"{atom} asks for a numbered value, and conditions of a study have levels",
                value=text,
                fix=f"compare with a level, such as {atom.name}>=medium, or leave the braces out",
            )
        elif condition is None:
            yield rows.problem(
                row,
                column,
                "unknown-condition",
                f"there is no condition {atom.name!r}, named in {text}",
                value=atom.name,
                allowed=tuple(conditions),
                fix=names.suggestion(atom.name, ("conditions",)),
            )
        elif isinstance(atom, Comparison) and atom.level not in condition.levels:
            near = nearest(atom.level, condition.levels)
            yield rows.problem(
                row,
                column,
                "unknown-level",
                f"{atom.level!r} is not a level of {condition.id}",
                value=atom.level,
                allowed=condition.levels,
                fix=f"did you mean {near}?" if near else "",
            )


def _unreadable(rows: Rows, row: int, column: str, text: str, error: ExpressionError) -> Problem:
    return rows.problem(row, column, "broken-expression", pointed(error, text), value=text, fix=error.fix)


def _outcome_levels(
    rows: Rows, row: int, column: str, levels: Iterable[str], outcome: Condition
) -> Iterator[Problem]:
    for level in (level.strip() for level in levels):
        if level not in outcome.levels:
            near = nearest(level, outcome.levels)
            yield rows.problem(
                row,
                column,
                "unknown-level",
                f"{level!r} is not a level of the outcome {outcome.id}",
                value=level,
                allowed=outcome.levels,
                fix=f"did you mean {near}?" if near else "",
            )
