"""Where a pair stands among all pairs: its ranks, what the two were, and whether they differ where they should."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from concausa.audit.case_choice import CaseChoice, Compared
from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.draw.palette import BLUE, ORANGE
from concausa.draw.theme import as_is, layer, named, spec
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.scribe import MISSING
from concausa.report.language import Language
from concausa.selection.ranks import Ranks

_VERDICTS: Mapping[str, Tone] = {"differs": "good", "alike": "doubt", "open": "doubt", "missing": "quiet"}


def distance_name(language: Language, distance: str) -> str:
    """A distance in the reader's words."""
    say = language.say
    return {
        "gower": say("Gower"),
        "euclidean": say("standardised Euclidean"),
        "mahalanobis": say("Mahalanobis"),
        "rank": say("rank-based Mahalanobis"),
    }[distance]


def short(words: FindingWords, id: str) -> str:
    """A covariate in one or two words; its label where the study gives none."""
    return (
        words.scribe.name("covariates", id, "short")
        if _has_short(words, id)
        else words.scribe.name("covariates", id)
    )


def _has_short(words: FindingWords, id: str) -> bool:
    return any(row.id == id and row.short for row in words.scribe.study.covariates)


def told(words: FindingWords, caveats: Sequence[Caveat]) -> list[str]:
    """Caveats as notes."""
    return [words.sentence(caveat) for caveat in caveats]


def percent(language: Language, share: float, digits: int = 0) -> str:
    """A share of 1 as percent."""
    return f"{language.number(share * 100, digits)} %"


def ranks_table(words: FindingWords, one: Compared) -> Table:
    """The rank of a pair under each distance, and how it depends on the covariates."""
    say, language = words.language.say, words.language
    found = one.sensitivity
    headings = (
        Heading("distance", say("Distance")),
        Heading("rank", say("Rank"), "right"),
        Heading("pairs", say("of"), "right"),
        Heading("of_first", say("Among pairs of {unit}", unit=_names(words, one)["first"]), "right"),
        Heading("of_second", say("Among pairs of {unit}", unit=_names(words, one)["second"]), "right"),
        Heading("best", say("Best without one covariate")),
        Heading("worst", say("Worst without one covariate")),
        Heading("median", say("Median over sets of covariates"), "right"),
        Heading("lowest", say("Lowest"), "right"),
        Heading("highest", say("Highest"), "right"),
        Heading("among", say("Among the {n} closest", n=found.closest), "right"),
    )
    rows = [
        [
            Cell(distance_name(language, ranks.distance), ranks.distance),
            words.scribe.count(ranks.whole),
            words.scribe.count(ranks.pairs),
            words.scribe.count(ranks.of_first),
            words.scribe.count(ranks.of_second),
            *(
                [MISSING] * 6
                if found.few
                else (
                    _without(words, ranks, best=True),
                    _without(words, ranks, best=False),
                    Cell(language.number(ranks.quartiles[2]), ranks.quartiles[2]),
                    Cell(language.number(ranks.quartiles[0]), ranks.quartiles[0]),
                    Cell(language.number(ranks.quartiles[4]), ranks.quartiles[4]),
                    Cell(percent(language, ranks.among_closest, 1), ranks.among_closest),
                )
            ),
        ]
        for ranks in found.ranks
    ]
    drawn = (
        say("{n} sets of covariates: every one but the empty set.", n=language.number(found.subsets))
        if found.kind == "all"
        else say(
            "{n} sets of covariates, drawn with seed {seed}.",
            n=language.number(found.subsets),
            seed=found.seed,
        )
    )
    title = say(
        "How the rank of {first} and {second} depends on distance and covariates", **_names(words, one)
    )
    return Table.of(
        f"selection-ranks{_suffix(one)}", title, headings, rows, notes=[drawn, *told(words, found.caveats)]
    )


def _without(words: FindingWords, ranks: Ranks, *, best: bool) -> Cell:
    if not ranks.without:
        return MISSING
    name, rank = (min if best else max)(ranks.without, key=lambda item: item[1])
    label = short(words, name)
    text = words.language.say(
        "{rank}: without {covariate}", rank=words.language.number(rank), covariate=label
    )
    return Cell(text, [name, rank], (Link("covariates", name),))


def profile_table(words: FindingWords, found: CaseChoice, one: Compared) -> Table:
    """The two covariate by covariate, with balance."""
    say, language, scribe = words.language.say, words.language, words.scribe
    first, second = one.units
    before = {row.covariate: row for row in one.balance.rows if not row.level}
    headings = (
        Heading("covariate", say("Covariate")),
        Heading("first", scribe.name("units", first, "name"), "right"),
        Heading("second", scribe.name("units", second, "name"), "right"),
        Heading("measured_in", say("Measured in")),
        Heading("before", say("Difference from all others"), "right"),
        Heading("after", say("Difference of the two"), "right"),
        Heading("closer", say("Pairs that differ less"), "right"),
        Heading("role", say("Used as")),
    )
    rows = []
    for row in one.profile.rows:
        covariate = found.candidates.covariate(row.covariate)
        values = [covariate.values[found.candidates.place(unit)] for unit in one.units]
        rows.append(
            [
                Cell(
                    scribe.name("covariates", row.covariate),
                    row.covariate,
                    (Link("covariates", row.covariate),),
                ),
                *(_value(words, covariate.levels, float(value)) for value in values),
                scribe.text("covariates", scribe.study.row("covariates", row.covariate), "measured_in"),
                _signed(language, before[row.covariate].before if row.covariate in before else math.nan),
                _signed(language, row.difference),
                MISSING if math.isnan(row.closer) else Cell(percent(language, row.closer), row.closer),
                scribe.choice(row.role),
            ]
        )
    notes = (
        say(
            "Differences are in standard deviations of all units, of logarithms where a covariate is compared by "
            "ratios; of a category 0: alike, 1: not."
        ),
        say(
            "Difference from all others: {first} less the mean of the other units. A match is good where the "
            "difference of the two is the smaller one.",
            **_names(words, one),
        ),
    )
    return Table.of(
        f"selection-profile{_suffix(one)}", say("What the two were before"), headings, rows, notes=notes
    )


def coded_table(words: FindingWords, one: Compared) -> Table:
    """Conditions and outcome of the two as the study codes them."""
    say, scribe = words.language.say, words.scribe
    headings = (
        Heading("cases", say("Cases")),
        Heading("condition", say("Condition")),
        Heading("first", scribe.name("units", one.units[0], "name")),
        Heading("second", scribe.name("units", one.units[1], "name")),
        Heading("verdict", say("Verdict")),
    )
    rows = [
        [
            Cell(f"{row.first}, {row.second}", [row.first, row.second]),
            Cell(
                scribe.name("conditions", row.condition), row.condition, (Link("conditions", row.condition),)
            ),
            *(
                Cell(words.language.say(" or ").join(map(words.language.level, levels)), list(levels))
                if levels
                else MISSING
                for levels in (row.first_levels, row.second_levels)
            ),
            Cell(_verdict(words.language, row.verdict), row.verdict, tone=_VERDICTS[row.verdict]),
        ]
        for row in one.coded
    ]
    notes = (
        say("Open: alike under one admissible coding, different under another."),
        say(
            "A comparison of similar cases explains a difference of the outcome by differences of conditions."
        ),
    )
    title = say("Whether {first} and {second} differ where they should", **_names(words, one))
    return Table.of(f"selection-divergence{_suffix(one)}", title, headings, rows, notes=notes)


def _verdict(language: Language, verdict: str) -> str:
    say = language.say
    return {
        "differs": say("differs"),
        "alike": say("alike"),
        "open": say("open"),
        "missing": say("no coding"),
    }[verdict]


def histogram_table(words: FindingWords, one: Compared) -> Table:
    """The numbers of the chart."""
    say = words.language.say
    headings = [Heading("ranks", say("Ranks"))]
    headings += [
        Heading(ranks.distance, distance_name(words.language, ranks.distance), "right")
        for ranks in one.sensitivity.ranks
    ]
    rows = [
        [Cell(span, span), *(words.scribe.count(ranks.histogram[at][1]) for ranks in one.sensitivity.ranks)]
        for at, span in enumerate(_spans(one))
    ]
    title = say("In how many sets of covariates the pair has which rank")
    return Table.of(f"selection-histogram{_suffix(one)}", title, headings, rows)


def chart(words: FindingWords, one: Compared) -> Chart:
    """How often the pair has which rank, one panel a distance."""
    say, language = words.language.say, words.language
    spans = _spans(one)
    panels = []
    for ranks in one.sensitivity.ranks:
        whole = next(at for at, (end, _) in enumerate(ranks.histogram) if ranks.whole <= end)
        name = distance_name(language, ranks.distance)
        rows = [
            {
                "ranks": span,
                "sets": count,
                "colour": ORANGE if at == whole else BLUE,
                "said": say(
                    "{distance}: rank {span} in {n} sets", distance=name, span=span, n=language.number(count)
                ),
            }
            for at, (span, (_, count)) in enumerate(zip(spans, ranks.histogram, strict=True))
        ]
        across = {"field": "ranks", "type": "nominal", "sort": spans, "scale": {"domain": spans}}
        bars = layer(
            {"type": "bar"},
            rows,
            {
                "x": {**across, "axis": {"title": say("Rank among all pairs"), "labelAngle": 0}},
                "y": {
                    "field": "sets",
                    "type": "quantitative",
                    "axis": {"title": say("Sets"), "tickCount": 4},
                },
                "fill": as_is("colour"),
                "description": named("said"),
            },
        )
        title = say("{distance}: {rank} of {pairs} by all covariates", distance=name,
                    rank=language.number(ranks.whole), pairs=language.number(ranks.pairs))  # fmt: skip
        panels.append({"title": title, "width": 560, "height": 90, "layer": [bars]})
    names = _names(words, one)
    title = say("Ranks of {first} and {second} over sets of covariates", **names)
    alt = "; ".join(
        f"{ranks.distance}: "
        + ", ".join(f"{span} {count}" for span, (_, count) in zip(spans, ranks.histogram, strict=True))
        for ranks in one.sensitivity.ranks
    )
    notes = (say("Orange: where the rank by all covariates lies. To the left the pair is closer than most."),)
    return Chart(
        f"selection-ranks{_suffix(one)}", title, spec({"vconcat": panels, "spacing": 18}), f"{alt}.", notes
    )


def _spans(one: Compared) -> list[str]:
    ends = [end for end, _ in one.sensitivity.ranks[0].histogram]
    return [f"{start + 1}–{end}" for start, end in zip([0, *ends], ends, strict=False)]


def _value(words: FindingWords, levels: Sequence[str], value: float) -> Cell:
    if math.isnan(value):
        return MISSING
    if levels:
        return Cell(levels[int(value)], levels[int(value)])
    size = abs(value)
    return Cell(words.language.number(value, 0 if size >= 100 or value == int(value) else 2), value)


def _signed(language: Language, value: float) -> Cell:
    if math.isnan(value):
        return MISSING
    sign = "+" if round(value, 2) > 0 else ""
    return Cell(sign + language.number(value, 2), value)


def _names(words: FindingWords, one: Compared) -> dict[str, str]:
    first, second = (words.scribe.name("units", unit, "name") for unit in one.units)
    return {"first": first, "second": second}


def _suffix(one: Compared) -> str:
    return "-".join(("", *one.units))
