"""Case selection: where the pairs studied stand among all pairs, and what kind of case each unit is."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.case_choice import CaseChoice
from concausa.core.errors import ConcausaError
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits import pair_standing as standing
from concausa.report.exhibits.chosen import chosen
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.selection.case_types import CaseType, CaseTypes
from concausa.selection.pairs import Pair
from concausa.study.study import Study

#: Pairs, and best cases of a type, that are listed.
PAIRS, CASES, NEAR = 15, 4, 5


def case_selection(study: Study, language: Language) -> Exhibit | None:
    """Ranks, pairs, profile, divergence and case types; None without covariates."""
    found = chosen(study)
    if found is None:
        return None
    words = FindingWords(Scribe(study, language))
    say = language.say
    title = say("How the cases compare with all units")
    if isinstance(found, ConcausaError):
        intro = say("The units cannot be compared as the covariates stand.")
        return Exhibit("case-selection", "cases", title, intro, (_failure(words, found), _register(words)))
    tables, charts = [], []
    for one in found.compared:
        tables += [standing.ranks_table(words, one), standing.profile_table(words, found, one)]
        if one.coded:
            tables.append(standing.coded_table(words, one))
        tables.append(standing.histogram_table(words, one))
        charts.append(standing.chart(words, one))
    tables.append(_pairs(words, found))
    if found.compared:
        tables.append(_near(words, found))
    if found.types is not None:
        tables += [_types(words, found), _scores(words, found.types)]
    tables.append(_register(words))
    intro = say(
        "Every unit that could have been studied, compared by what it was before. Similar cases are worth comparing "
        "where they are alike in all but cause and outcome: the tables tell how alike the pair studied was among all "
        "pairs, under four distances and over sets of covariates, and which pairs would have been closer."
    )
    return Exhibit("case-selection", "cases", title, intro, tuple(tables), tuple(charts))


def _failure(words: FindingWords, error: ConcausaError) -> Table:
    """What keeps the units from being compared."""
    say = words.language.say
    return Table.of(
        "selection-not-told",
        say("Why the units cannot be compared"),
        [Heading("why", say("Why")), Heading("where", say("Where")), Heading("fix", say("What to do"))],
        [[Cell(error.what, tone="bad"), error.where, error.fix]],
    )


def _pairs(words: FindingWords, found: CaseChoice) -> Table:
    say, language = words.language.say, words.language
    studied = [found.pairs.of(*one.units) for one in found.compared]
    shown = list(found.pairs.rows[:PAIRS])
    shown += [pair for pair in studied if pair not in shown]
    headings = (
        Heading("rank", say("Rank"), "right"),
        Heading("pair", say("Pair")),
        Heading("distance", say("Distance"), "right"),
        Heading("apart", say("Apart most by")),
        Heading("missing", say("Not compared by")),
    )
    rows = [
        [
            words.scribe.count(pair.rank),
            _units(words, (pair.first, pair.second), "doubt" if pair in studied else "plain"),
            Cell(language.number(pair.distance, 3), pair.distance),
            _apart(words, pair),
            _covariates(words, pair.missing),
        ]
        for pair in shown
    ]
    notes = [
        say("{n} pairs of {units} units; the {shown} closest and those studied are shown.",
            n=language.number(len(found.pairs)), units=len(found.candidates.units), shown=PAIRS),
        say("Gower’s distance is the mean, over the covariates that both have, of the difference as a share of the "
            "range; 1 for unlike categories."),
        *standing.told(words, found.pairs.caveats),
        *standing.told(words, found.caveats),
    ]  # fmt: skip
    return Table.of("selection-pairs", say("The pairs that were most alike"), headings, rows, notes=notes)


def _near(words: FindingWords, found: CaseChoice) -> Table:
    say, language = words.language.say, words.language
    units = dict.fromkeys(unit for one in found.compared for unit in one.units)
    headings = (
        Heading("unit", say("Unit")),
        Heading("near", say("Most like it")),
        Heading("distance", say("Distance"), "right"),
        Heading("rank", say("Rank"), "right"),
        Heading("apart", say("Apart most by")),
    )
    rows = []
    for unit in units:
        for pair in found.pairs.nearest(unit)[:NEAR]:
            other = pair.second if pair.first == unit else pair.first
            rows.append(
                [
                    words.scribe.unit(unit),
                    words.scribe.unit(other),
                    Cell(language.number(pair.distance, 3), pair.distance),
                    words.scribe.count(pair.rank),
                    _apart(words, pair),
                ]
            )
    return Table.of("selection-near", say("Which units would have been closer"), headings, rows)


def _types(words: FindingWords, found: CaseChoice) -> Table:
    say, scribe = words.language.say, words.scribe
    types = found.types
    assert types is not None
    units = list(dict.fromkeys(unit for one in found.compared for unit in one.units))
    headings = [
        Heading("type", say("Type")),
        Heading("of", say("Asked of")),
        Heading("best", say("Best cases")),
        *(Heading(unit, scribe.name("units", unit, "name"), "right") for unit in units),
        Heading("cases", say("Units with a score"), "right"),
    ]
    rows = [
        [
            Cell(_type_name(words.language, one), one.kind),
            Cell(standing.short(words, one.of), one.of, (Link("covariates", one.of),)),
            _units(words, [score.unit for score in one.scores[:CASES]]),
            *(MISSING if (score := one.score(unit)) is None else scribe.count(score.rank) for unit in units),
            scribe.count(len(one.scores)),
        ]
        for one in types.types
    ]
    regression = types.regression
    outcome = scribe.name("covariates", regression.outcome)
    notes = [
        say(
            "The outcome asked of here is: {outcome}. It is what open data give for all units, not the outcome that "
            "the study explains.",
            outcome=outcome,
        ),
        say(
            "Regression of it on {n} covariates: {units} units, {coefficients} coefficients.",
            n=len(regression.terms),
            units=len(regression.units),
            coefficients=len(regression.owners),
        ),
        say("Ranks of the units studied: 1 is the best case of a type; a dash: no case of it."),
        *(
            f"{_type_name(words.language, one)}: {_formula(words.language, one)}."
            for one in {one.kind: one for one in types.types}.values()
        ),
        *standing.told(words, types.caveats),
    ]  # fmt: skip
    return Table.of(
        "selection-types", say("What kind of case each unit is"), scribe.heads(headings), rows, notes=notes
    )


def _scores(words: FindingWords, types: CaseTypes) -> Table:
    """The rank of every unit as a case of each type, with its score as the value."""
    say, scribe = words.language.say, words.scribe
    outcome = types.regression.outcome
    shown = [one for one in types.types if one.of == outcome or one.kind == "pathway"]
    headings = [Heading("unit", say("Unit"))]
    headings += [
        Heading(
            f"{one.kind}-{one.of}",
            _type_name(words.language, one)
            if one.of == outcome
            else f"{_type_name(words.language, one)}: {standing.short(words, one.of)}",
            "right",
        )
        for one in shown
    ]
    rows = [
        [
            scribe.unit(unit),
            *(
                MISSING
                if (score := one.score(unit)) is None
                else Cell(words.language.number(score.rank), score.value)
                for one in shown
            ),
        ]
        for unit in types.candidates.units
    ]
    notes = (say("Ranks; 1 is the best case. A dash: no case of the type, or a covariate is missing."),)
    return Table.of("selection-scores", say("Every unit as a case of each type"), headings, rows, notes=notes)


def _type_name(language: Language, one: CaseType) -> str:
    say = language.say
    return {
        "typical": say("typical"), "deviant": say("deviant"), "extreme": say("extreme"),
        "influential": say("influential"), "leverage": say("leverage"),
        "dfbetas": say("influential on a cause"), "pathway": say("pathway"),
    }[one.kind]  # fmt: skip


def _formula(language: Language, one: CaseType) -> str:
    say = language.say
    return {
        "typical": say("size of the residual, smallest first"),
        "deviant": say("size of the residual, largest first"),
        "extreme": say("distance from the mean in standard deviations"),
        "influential": say("Cook’s distance"),
        "leverage": say("hat value"),
        "dfbetas": say("standard errors by which the coefficient moves without the unit (DFBETAS)"),
        "pathway": say("change of the residual when the cause is added, where it comes closer"),
    }[one.kind]


def _register(words: FindingWords) -> Table:
    say, scribe = words.language.say, words.scribe
    headings = (
        Heading("id", say("Id")),
        Heading("label", say("Covariate")),
        Heading("kind", say("Compared as")),
        Heading("role", say("Used as")),
        Heading("rival", say("Cause of the rival")),
        Heading("why", say("Why")),
        Heading("source", say("Source")),
        Heading("note", say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("covariates", row, "label"),
                scribe.choice(row.kind),
                scribe.choice(row.role),
                scribe.refs("rivals", (row.rival,)) if row.rival else MISSING,
                scribe.text("covariates", row, "why"),
                scribe.source(row),
                scribe.text("covariates", row, "note"),
            ),
        )
        for row in scribe.study.covariates
    )
    return scribe.register("covariates", say("The covariates"), "covariates", headings, rows)


def _units(words: FindingWords, ids: Sequence[str], tone: Tone = "plain") -> Cell:
    names = ", ".join(words.scribe.name("units", id, "name") for id in ids)
    return Cell(names, list(ids), tuple(Link("units", id) for id in ids), tone=tone)


def _apart(words: FindingWords, pair: Pair) -> Cell:
    ordered = [
        item for item in sorted(pair.shares.items(), key=lambda item: -item[1])[:3] if item[1] >= 0.005
    ]
    text = "; ".join(
        f"{standing.short(words, name)} {standing.percent(words.language, share)}" for name, share in ordered
    )
    return Cell(text, dict(pair.shares), tuple(Link("covariates", name) for name, _ in ordered))


def _covariates(words: FindingWords, names: Sequence[str]) -> Cell:
    if not names:
        return Cell("", [])
    text = "; ".join(standing.short(words, name) for name in names)
    return Cell(text, list(names), tuple(Link("covariates", name) for name in names), tone="doubt")
