"""Where each case lies in the property space, reading by reading, and what each rule makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from concausa.audit.placement import Placement, placements, unmapped
from concausa.audit.rules import Judgement, judged
from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.cases import case_cell, levels
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.typology.gate import conditions_of
from concausa.typology.space import axes, sets

TONES = {"fits": "good", "misplaced": "bad", "open": "doubt", "no level map": "doubt"}


def space(study: Study, language: Language) -> Exhibit | None:
    """Pattern memberships of every case in every admissible reading; None without patterns."""
    if not study.patterns:
        return None
    scribe = Scribe(study, language)
    found = placements(study)
    tables = []
    if found:
        tables += [_summary(scribe, found), _readings(scribe, found)]
    tables.append(_patterns(scribe))
    ties = sum(item.is_tie for item in found)
    intro = language.say(
        "A reading takes one of the printed levels for each condition and one declared map from levels to "
        "memberships. Each case is placed under every reading; a case on the line between patterns is a "
        "tie, and is shown as one."
    )
    if ties:
        intro += " " + language.say(
            "{ties} of {readings} placements are ties.",
            ties=language.number(ties),
            readings=language.number(len(found)),
        )
    if without := unmapped(study, sets(study.patterns)):
        intro += " " + language.say(
            "No level map covers {conditions}, so no case can be placed.", conditions=", ".join(without)
        )
    title = language.say("Patterns under every reading")
    return Exhibit("placements", "typology", title, intro, tuple(tables))


def rules(study: Study, language: Language) -> Exhibit | None:
    """Rules × cases: what each predicts, and which cases it misplaces; None without rules."""
    if not study.rules:
        return None
    scribe = Scribe(study, language)
    verdicts = judged(study)
    tables = [_matrix(scribe, verdicts), _by_reading(scribe, verdicts)] if verdicts else []
    tables.append(_rules(scribe))
    intro = language.say(
        "Each rule is one reading of how the conditions join. Beside its prediction stands whether the "
        "outcome that the text prints fits. Where levels or outcomes admit several readings, the verdict "
        "may stay open."
    )
    return Exhibit("rules", "typology", language.say("Rules side by side"), intro, tuple(tables))


def _summary(scribe: Scribe, found: Sequence[Placement]) -> Table:
    study, language = scribe.study, scribe.language
    names = axes(study.patterns)
    pattern = study.settings.pattern
    outcome = study.settings.outcome
    headings = [Heading("case", language.say("Case"))]
    headings += [Heading(axis, f"{scribe.name('conditions', axis)} ({axis})") for axis in names]
    headings += [
        Heading("readings", language.say("Readings"), "right"),
        Heading("strongest", language.say("Strongest pattern, in how many readings")),
        Heading("ties", language.say("Ties"), "right"),
        Heading("expected", language.say("Expected outcome, in how many readings")),
    ]
    if pattern:
        headings.append(Heading("printed_pattern", language.say("Pattern, as coded")))
    if outcome:
        headings.append(Heading("printed_outcome", language.say("Outcome, as coded")))
    rows = []
    for case in study.coded_cases:
        own = [item for item in found if item.case.id == case.id]
        links = _links(study, case, names)
        cells = [case_cell(scribe, case)]
        cells += [levels(scribe, study.cell(case, axis).codings) for axis in names]
        ties = sum(item.is_tie for item in own)
        cells += [
            scribe.count(len(own)),
            _tally(scribe, [item.strongest for item in own], "patterns", links),
            Cell(scribe.count(ties).text, ties, tone="doubt" if ties else "plain") if own else MISSING,
            _tally(scribe, [item.expected for item in own], "", links),
        ]
        if pattern:
            cells.append(levels(scribe, study.cell(case, pattern).codings))
        if outcome:
            cells.append(levels(scribe, study.cell(case, outcome).codings))
        rows.append(cells)
    return Table.of(
        "placements",
        language.say("Where each case lies, over all readings"),
        scribe.heads(headings),
        rows,
        notes=(
            language.say("A case without a level for one of the conditions has no place."),
            language.say("Patterns joined by = are tied."),
        ),
    )


def _tally(scribe: Scribe, results: Iterable[tuple[str, ...]], table: str, links: tuple[Link, ...]) -> Cell:
    """Results with the number of readings that give each; several at once are joined by ``=``."""
    counted = Counter(results)
    if not counted:
        return MISSING
    language = scribe.language
    total = counted.total()
    texts = []
    for several, times in counted.most_common():
        outcomes = language.say(" or ").join(language.level(id) for id in several)
        joined = scribe.patterns(several) if table else outcomes or "–"
        texts.append(
            joined if times == total else f"{joined} ({language.number(times)}/{language.number(total)})"
        )
    return Cell("; ".join(texts), {" = ".join(key): times for key, times in counted.items()}, links)


def _readings(scribe: Scribe, found: Sequence[Placement]) -> Table:
    study, language = scribe.study, scribe.language
    names, members = axes(study.patterns), tuple(found[0].memberships)
    headings = [Heading("case", language.say("Case")), Heading("map", language.say("Level map"))]
    headings += [Heading(f"level_{axis}", axis) for axis in names]
    headings += [
        Heading(f"membership_{axis}", language.say("in {set}", set=axis), "right") for axis in members
    ]
    headings += [
        Heading(row.id, language.of(study, "patterns", row, "label"), "right") for row in study.patterns
    ]
    headings += [
        Heading("strongest", language.say("Strongest pattern")),
        Heading("expected", language.say("Expected outcome")),
    ]
    rows = []
    for item in found:
        links = _links(study, item.case, names, item)
        strongest = scribe.patterns(item.strongest)
        expected = language.say(" or ").join(language.level(word) for word in item.expected)
        rows.append(
            [
                scribe.case(item.case.unit.id, item.case.period.id),
                scribe.level_maps(item.level_map),
                *(Cell(language.level(item.levels[axis]), item.levels[axis], links) for axis in names),
                *(_degree(scribe, item.memberships[axis]) for axis in members),
                *(_degree(scribe, item.patterns[row.id]) for row in study.patterns),
                Cell(
                    strongest,
                    list(item.strongest),
                    tuple(Link("patterns", id) for id in item.strongest),
                    tone="doubt" if item.is_tie else "plain",
                ),
                Cell(expected, list(item.expected)),
            ]
        )
    return Table.of(
        "placements-readings", language.say("Every reading of every case"), scribe.heads(headings), rows
    )


def _degree(scribe: Scribe, membership: float) -> Cell:
    return Cell(scribe.degree(membership), round(membership, 9))


def _links(study: Study, case: Case, names: Sequence[str], item: Placement | None = None) -> tuple[Link, ...]:
    """The codings that a placement rests on: all of its cells, or those of its own reading."""
    return tuple(
        Link("codings", row.id)
        for axis in names
        for row in study.cell(case, axis).codings
        if item is None or row.level == item.levels[axis]
    )


def _patterns(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Pattern")),
        Heading("when", language.say("When")),
        Heading("expects", language.say("Leads to")),
        Heading("definition", language.say("Definition")),
        Heading("section", language.say("In the text")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("patterns", row, "label"),
                Cell(row.when),
                Cell(language.say(" or ").join(map(language.level, row.outcomes)), row.expects),
                scribe.text("patterns", row, "definition"),
                scribe.text("patterns", row, "section"),
            ),
        )
        for row in scribe.study.patterns
    )
    return scribe.register("patterns", language.say("The patterns"), "patterns", headings, rows)


def _matrix(scribe: Scribe, verdicts: Sequence[Judgement]) -> Table:
    study, language = scribe.study, scribe.language
    cases = list({item.case.id: item.case for item in verdicts}.values())
    headings = [Heading("rule", language.say("Rule"))]
    headings += [Heading(case.id, case.id) for case in cases]
    headings.append(Heading("misplaced", language.say("Misplaced")))
    outcome = study.settings.outcome
    printed = [levels(scribe, study.cell(case, outcome).codings) for case in cases]
    label = Cell(language.say("Outcome, as coded"), outcome, (Link("conditions", outcome),), tone="quiet")
    rows: list[list[Cell]] = [[label, *printed, Cell("")]]
    if study.settings.pattern:
        named = study.settings.pattern
        seen = [levels(scribe, study.cell(case, named).codings) for case in cases]
        label = Cell(language.say("Pattern, as coded"), named, (Link("conditions", named),), tone="quiet")
        rows.append([label, *seen, Cell("")])
    for rule in study.rules:
        own = {item.case.id: item for item in verdicts if item.rule.id == rule.id}
        name = f"{rule.id}: {language.of(study, 'rules', rule, 'label')}"
        wrong = [item for item in own.values() if item.verdict == "misplaced"]
        rows.append(
            [
                Cell(name, rule.id, (Link("rules", rule.id),)),
                *(_judged(scribe, own[case.id]) for case in cases),
                _missed(scribe, wrong),
            ]
        )
    notes = (
        language.say(
            "Shown is the outcome that the rule leaves possible over every reading, and the verdict."
        ),
        language.say(
            "Misplaced lists the cases that a rule misses in every reading. Open: it fits under one "
            "admissible reading of levels, maps or outcome, and not under another."
        ),
    )
    return Table.of(
        "rules-matrix", language.say("What each rule expects, case by case"), headings, rows, notes=notes
    )


def _by_reading(scribe: Scribe, verdicts: Sequence[Judgement]) -> Table:
    """Under each level map: the cases misplaced at the lowest and at the highest admissible outcome."""
    language = scribe.language
    several = any(len(item.observed) > 1 for item in verdicts)
    headings = [Heading("rule", language.say("Rule")), Heading("map", language.say("Level map"))]
    if several:
        headings += [
            Heading("lowest", language.say("Misplaced if the lowest admissible outcome holds")),
            Heading("highest", language.say("Misplaced if the highest admissible outcome holds")),
        ]
    else:
        headings.append(Heading("lowest", language.say("Misplaced")))
    headings.append(Heading("open", language.say("Left open by the rule")))
    rows = []
    for rule in scribe.study.rules:
        own = [item for item in verdicts if item.rule.id == rule.id]
        for level_map in dict.fromkeys(id for item in own for id in item.by_map):
            left = {item.case.id: item.by_map.get(level_map, frozenset()) for item in own}
            rows.append(
                [
                    Cell(rule.id, links=(Link("rules", rule.id),)),
                    scribe.level_maps(level_map),
                    *(
                        _missed(scribe, [item for item in own if _misses(item, left[item.case.id], end)])
                        for end in ((0, -1) if several else (0,))
                    ),
                    _plain([item.case.id for item in own if _open(item, left[item.case.id])], language),
                ]
            )
    return Table.of(
        "rules-by-reading",
        language.say("Misplaced cases, by level map and by reading of the outcome"),
        headings,
        rows,
        notes=(language.say("Left open: the rule allows the outcome as coded, among others."),),
    )


def _misses(item: Judgement, left: frozenset[str], end: int) -> bool:
    return bool(left and item.observed) and item.observed[end] not in left


def _open(item: Judgement, left: frozenset[str]) -> bool:
    return len(left) > 1 and not left.isdisjoint(item.observed)


def _missed(scribe: Scribe, items: Sequence[Judgement]) -> Cell:
    ids = [item.case.id for item in items]
    if not ids:
        return Cell(scribe.language.say("none"), [], tone="quiet")
    links = tuple(
        link for item in items for link in _links(scribe.study, item.case, [scribe.study.settings.outcome])
    )
    return Cell("; ".join(ids), ids, links, tone="bad")


def _plain(ids: list[str], language: Language) -> Cell:
    return Cell("; ".join(ids), ids) if ids else Cell(language.say("none"), [], tone="quiet")


def _judged(scribe: Scribe, item: Judgement) -> Cell:
    study, language = scribe.study, scribe.language
    verdict = language.level(item.verdict)
    value = {"predicted": sorted(item.predicted), "observed": list(item.observed), "verdict": item.verdict}
    links = _links(study, item.case, [*conditions_of(item.rule, study.patterns), study.settings.outcome])
    scale = next((row.levels for row in study.conditions if row.id == study.settings.outcome), ())
    order = sorted(item.predicted, key=lambda word: scale.index(word) if word in scale else len(scale))
    said = language.say(" or ").join(language.level(word) for word in order)
    text = f"{said}: {verdict}" if said else verdict
    if item.missing:
        text += language.say(" (no level for {conditions})", conditions=", ".join(item.missing))
    if item.unmapped:
        text += language.say(" (for {conditions})", conditions=", ".join(item.unmapped))
    return Cell(text, value, links, tone=TONES.get(item.verdict, "quiet"))  # type: ignore[arg-type]


def _rules(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Rule")),
        Heading("clauses", language.say("Clauses, in order")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("How it was read")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("rules", row, "label"),
                scribe.words(row.clauses),
                scribe.place(row),
                scribe.text("rules", row, "note"),
            ),
        )
        for row in scribe.study.rules
    )
    return scribe.register("rules", language.say("The rules"), "rules", headings, rows)
