"""The exhibits on claims: verdicts, shares, what decides, what single pieces of evidence carry."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small import bare, small

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import Finding, Sample, phrase
from concausa.audit.findings.findings import findings as found_in
from concausa.audit.findings.limits import limits
from concausa.core.caveat import Caveat
from concausa.core.table import Link, Table
from concausa.core.typeset import csv
from concausa.core.typeset.share_bar import share_bar
from concausa.report.catalogue import exhibits
from concausa.report.claim_view import tables, verdict_view
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.carried import carried
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.findings import ORDER, deciding, findings, overturns
from concausa.report.exhibits.next_evidence import next_evidence
from concausa.report.exhibits.not_shown import not_shown
from concausa.report.exhibits.open_choices import open_choices
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

from .claimed import claimed
from .test_language import CATALOGUE

EN, ES = Language("en"), Language("es")
MAKERS = (findings, open_choices, carried, not_shown, next_evidence)
STUDY = claimed()
AUDIT = Path(__file__).parents[2] / "src" / "concausa" / "audit"


def _table(exhibit: Exhibit | None, name: str) -> Table:
    assert exhibit is not None
    return next(table for table in exhibit.tables if table.name == name)


def _row(exhibit: Exhibit | None, name: str, first: str) -> dict[str, str]:
    rows = [{key: cell.text for key, cell in row.items()} for row in _table(exhibit, name)]
    return next(row for row in rows if next(iter(row.values())).startswith(first))


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_study_without_formal_claims_has_none_of_these_exhibits(make) -> None:  # type: ignore[no-untyped-def]
    assert make(bare(), EN) is None
    assert make(small(), EN) is None


def test_a_claim_that_one_cell_decides_says_so_in_counts_and_words() -> None:
    row = _row(findings(STUDY, EN), "findings", "K-need")
    assert row["finding"] == "depends on the reading"
    assert row["share"] == "supported in 1, contradicted in 1 of 2 worlds"
    assert row["deciding"].endswith("supported exactly when Able staff of N-2: high")
    assert row["matters"] == "Able staff of N-2 (100 %)"
    assert row["overturns"] == "Able staff of N-2: low: then contradicted"
    assert row["baseline"] == "supported"


def test_a_claim_that_no_reading_touches_says_that_nothing_decides_it() -> None:
    row = _row(findings(STUDY, EN), "findings", "K-more")
    assert row["finding"] == "supported in every world"
    assert row["share"] == "supported in all 2 worlds; no open point matters"
    assert row["deciding"] == "nothing: the same in every world"
    assert row["overturns"] == "nothing overturns it"


def test_a_claim_in_a_study_that_leaves_nothing_open_holds_in_the_only_world() -> None:
    closed = STUDY.replace(codings=tuple(row for row in STUDY.codings if row.id != "C4"))
    assert (
        _row(findings(closed, EN), "findings", "K-more")["share"]
        == "supported in the only world; no point is open"
    )


def test_a_finding_without_a_piece_is_told_in_a_phrase_where_no_open_point_is_left() -> None:
    words = FindingWords(Scribe(STUDY, EN))
    assert words.counts({Verdict.CONTRADICTED: 1}) == "contradicted in every world"
    assert words.counts({Verdict.CONTRADICTED: 2}) == "contradicted in 2 of 2 worlds"


def test_counts_of_worlds_stand_as_numbers_in_columns_of_their_own() -> None:
    """N-2 is high or low; of K-more, on which it does not bear, both worlds count."""
    rows = {row["id"].text: row for row in _table(findings(STUDY, EN), "findings")}
    keys = ("supported", "contradicted", "untested", "worlds")
    assert [rows["K-need"][key].value for key in keys] == [1, 1, 0, 2]
    assert [rows["K-more"][key].value for key in keys] == [2, 0, 0, 2]
    line = next(
        line for line in csv(_table(findings(STUDY, ES), "findings")).splitlines() if "K-need" in line
    )
    assert line.endswith(",A <= Y=many,1,1,0,2")


def test_the_statement_stands_beside_the_finding() -> None:
    assert _row(findings(STUDY, EN), "findings", "K-need")["statement"] == "A <= Y=many"
    assert _row(findings(STUDY, EN), "findings", "K-more")["statement"] == "N-1.A > S-1.A"


@pytest.mark.parametrize("language", [EN, ES], ids=lambda language: language.code)
def test_the_summary_goes_from_support_to_contradiction_in_either_language(language: Language) -> None:
    told = [cell.value for cell in _table(findings(STUDY, language), "findings-summary").column("finding")]
    assert told == [
        "supported in every world",
        "depends on the reading",
        "contradicted in every world",
        "no statement",
    ]


def test_the_summary_knows_every_phrase_of_a_finding_in_the_order_of_the_tally() -> None:
    sets = [{"supported"}, {"supported", "not testable"}, {"supported", "contradicted"}]
    sets += [{"contradicted", "not testable"}, {"contradicted"}, {"not testable"}]
    phrases = list(dict.fromkeys(phrase(words, drawn=drawn) for words in sets for drawn in (False, True)))
    assert sorted(phrases) == sorted(set(ORDER) - {"no statement"})
    assert [word for word in ORDER if "draw" not in word and word != "no statement"] == [
        phrase(words) for words in sets
    ]
    assert not set(phrases) - CATALOGUE.keys()


def test_a_finding_in_every_world_drawn_is_good_or_bad_news_as_any_other() -> None:
    words, drawn = FindingWords(Scribe(STUDY, ES)), replace(_drawn(), counts={Verdict.SUPPORTED: 2})
    assert (words.word(drawn).text, words.word(drawn).tone) == (
        "sostenida en todos los mundos sorteados",
        "good",
    )
    against = replace(drawn, counts={Verdict.CONTRADICTED: 2})
    assert (words.word(against).text, words.word(against).tone) == (
        "contradicha en todos los mundos sorteados",
        "bad",
    )


def test_several_options_stand_in_quotation_marks_since_an_option_may_hold_an_or() -> None:
    labels = [Caveat.of("x", "medium counts as in"), Caveat.of("x", "high")]
    assert FindingWords(Scribe(STUDY, EN)).either(labels) == "“medium counts as in” or “high”"
    assert FindingWords(Scribe(STUDY, ES)).either(labels).startswith("«")
    assert FindingWords(Scribe(STUDY, EN)).either(labels[1:]) == "high"


def test_a_claim_that_no_world_bears_out_is_contradicted_in_every_world() -> None:
    assert _row(findings(STUDY, EN), "findings", "K-without")["finding"] == "contradicted in every world"


def test_claims_without_a_formal_statement_are_counted_and_not_listed() -> None:
    exhibit = findings(STUDY, EN)
    assert "K-words" not in [cell.text for cell in _table(exhibit, "findings").column("id")]
    assert _row(exhibit, "findings-summary", "no formal statement")["which"] == "K-words"


def test_the_summary_counts_every_claim_once() -> None:
    table = _table(findings(STUDY, EN), "findings-summary")
    assert sorted(id for cell in table.column("which") for id in cell.value) == sorted(
        claim.id for claim in STUDY.claims
    )
    assert sum(cell.value for cell in table.column("claims")) == len(STUDY.claims)


def test_the_bar_of_a_claim_holds_its_counts() -> None:
    cells = {row["id"].text: row["share"] for row in _table(findings(STUDY, EN), "findings")}
    assert cells["K-need"].bar == (("good", 1), ("bad", 1), ("quiet", 0))
    assert cells["K-need"].value == {"supported": 1, "contradicted": 1, "not testable": 0}


def test_a_bar_shows_every_part_that_is_not_nought_and_each_in_its_own_shape() -> None:
    bar = share_bar((("good", 999_999), ("bad", 1), ("quiet", 0)))
    assert bar.count("<rect") == 2
    assert 'class="good"' in bar and 'class="bad"' in bar and 'fill="none"' in bar
    widths = [float(part.split('"')[0]) for part in bar.split(' width="')[2:]]
    assert min(widths) >= 1 and sum(widths) <= 100


def test_a_bar_of_nothing_is_not_drawn() -> None:
    assert share_bar((("good", 0), ("bad", 0))) == ""


def test_the_open_cell_stands_with_its_options_and_the_claims_that_turn_on_it() -> None:
    table = _table(open_choices(STUDY, EN), "open-choices")
    assert len(table) == 1
    row = _row(open_choices(STUDY, EN), "open-choices", "Able staff of N-2")
    assert (row["own"], row["others"], row["which"]) == ("high", "low", "K-need")


def test_what_one_interview_carries_is_a_single_point_of_failure() -> None:
    """Without E1, or the interview that it is from, N-2 is low, and the claim is contradicted."""
    exhibit = carried(STUDY, EN)
    assert _row(exhibit, "single-points", "E1")["supported"] == "K-need"
    assert _row(exhibit, "single-points", "I1")["supported"] == "K-need"
    assert _row(exhibit, "single-points", "E2")["contradicted"] == "K-need"


def test_a_passage_that_nothing_rests_on_is_no_single_point_of_failure() -> None:
    from concausa.evidence.passage import Passage

    idle = Passage(id="E9", source="R1", summary="It rained.")
    table = _table(carried(STUDY.replace(evidence=(*STUDY.evidence, idle)), EN), "single-points")
    assert not [cell for cell in table.column("evidence") if cell.text.startswith("E9")]


def test_limits_name_the_claims_that_they_concern() -> None:
    table = _table(not_shown(STUDY, EN), "not-shown")
    units = next(row for row in table if "seen more than once" in row["why"].text)
    assert "K-need" in units["claims"].text and "K-more" not in units["claims"].text


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_both_languages_show_the_same_values(make) -> None:  # type: ignore[no-untyped-def]
    def values(language: Language) -> list[object]:
        exhibit = make(STUDY, language)
        hidden = {"claim", "why", "own", "others"}
        return [
            [cell.value for key, cell in row.items() if key not in hidden]
            for table in exhibit.tables
            for row in table
        ]

    assert values(EN) == values(ES)


def test_spanish_findings_use_the_study_s_own_translations() -> None:
    row = _row(findings(STUDY, ES), "findings", "K-need")
    assert row["claim"] == "Sin personal no hay caminos."
    assert row["deciding"].endswith("Personal capaz de N-2: alto")
    assert row["finding"] == "depende de la lectura"


def test_every_link_of_these_exhibits_leads_to_a_row_of_the_report_or_to_a_page() -> None:
    made = exhibits(STUDY, EN)
    targets = {link for exhibit in made for table in exhibit.tables for link in table.row_ids if link}
    own = [make(STUDY, EN) for make in MAKERS]
    links = {
        link
        for one in own
        if one
        for t in one.tables
        for row in t.rows
        for cell in row
        for link in cell.links
    }
    assert links
    assert {link for link in links if link.table != "page"} <= targets
    assert Link("page", "claims/en/K-need.html") in links


def _drawn() -> Finding:
    """The finding for K-need as if its two worlds were a draw."""
    interval = (0.25, 0.75)
    sample = Sample(
        n=2,
        seed=1,
        lines=2,
        reached=2,
        intervals={Verdict.SUPPORTED: interval, Verdict.CONTRADICTED: interval},
    )
    return replace(found_in(STUDY).of("K-need"), sampled=sample, formulas={}, overturning=(), overturned_by=0)


def test_a_finding_from_a_draw_of_worlds_says_so_and_gives_no_formula() -> None:
    words, drawn = FindingWords(Scribe(STUDY, EN)), _drawn()
    assert words.counts(drawn) == "supported in 1, contradicted in 1 of 2 worlds drawn"
    assert deciding(words, drawn).text == "the worlds were drawn, so no formula is given"
    assert overturns(words, drawn).text == "none found"


def test_the_page_of_a_drawn_finding_gives_the_interval_of_each_verdict() -> None:
    shown = tables(FindingWords(Scribe(STUDY, EN)), _drawn())
    assert [cell.text for cell in shown[0].column("interval")] == ["25.0–75.0 %", "25.0–75.0 %"]
    assert any("drawn" in line for line in verdict_view(FindingWords(Scribe(STUDY, EN)), _drawn()).lines)


def test_a_formula_too_long_to_list_is_said_to_be_so() -> None:
    finding = found_in(STUDY).of("K-need")
    unlisted = {word: replace(formula, models=()) for word, formula in finding.formulas.items()}
    cell = deciding(FindingWords(Scribe(STUDY, EN)), replace(finding, formulas=unlisted))
    assert cell.text == "too long to say; see the page of the claim"


def test_terms_with_several_literals_stand_in_brackets_beside_others() -> None:
    words = FindingWords(Scribe(STUDY, EN))
    assert words.ways(["a: x; and b: y", "c: z"]) == "(a: x; and b: y); or c: z"
    assert words.ways(["a: x; and b: y"]) == "a: x; and b: y"


def test_a_share_is_never_rounded_to_none_or_all() -> None:
    words = FindingWords(Scribe(STUDY, EN))
    shares = (0, 1e-6, 0.005, 0.5, 0.995, 1 - 1e-6, 1)
    assert [words.percent(share) for share in shares] == [
        "0 %", "< 0.1 %", "0.5 %", "50 %", "99.5 %", "> 99.9 %", "100 %",
    ]  # fmt: skip


def test_words_joined_in_a_remark_are_translated_one_by_one() -> None:
    words = FindingWords(Scribe(STUDY, ES))
    caveat = Caveat.of("map", "what the levels of {conditions} mean", conditions="Able staff, Roads built")
    assert words.caveat(caveat) == "qué significan los niveles de Personal capaz, Roads built"


def _caveats(study: Study) -> Iterator[Caveat]:
    found = found_in(study)
    for choice in found.worlds.space.choices:
        yield choice.label
        yield from (option.label for option in choice.options)
    for finding in found:
        yield from finding.caveats
        yield from (limit.said for limit in limits(study, found.worlds, finding))


def test_every_remark_on_the_claims_of_the_bundled_study_is_told_in_spanish() -> None:
    templates = {caveat.template for caveat in _caveats(Study.load("prosoft"))}
    assert templates
    assert not templates - CATALOGUE.keys()


def test_every_plain_remark_that_worlds_and_findings_may_make_is_told_in_spanish() -> None:
    heard = set()
    for folder in ("worlds", "findings"):
        for path in sorted((AUDIT / folder).glob("*.py")):
            if path.stem in ("telling", "grounds", "compare", "row_changes"):
                continue
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr == "of"
                    and getattr(call.func.value, "id", "") == "Caveat"
                    and isinstance(call.args[1], ast.Constant)
                ):
                    heard.add(call.args[1].value)
    assert heard
    assert not heard - CATALOGUE.keys()


def test_every_word_and_reason_of_a_verdict_is_said_in_spanish() -> None:
    words = {verdict.word for verdict in Verdict} | {verdict.reason for verdict in Verdict} - {""}
    phrases = {
        "supported in every world", "supported wherever testable", "depends on the reading",
        "contradicted wherever testable", "contradicted in every world", "not testable",
    }  # fmt: skip
    assert not (words | phrases) - CATALOGUE.keys()


def test_what_to_look_for_next_names_the_open_cell_and_the_new_case() -> None:
    exhibit = next_evidence(STUDY, EN)
    cell = _row(exhibit, "leads", "Able staff of N-2")
    assert (cell["kind"], cell["decided"], cell["decides"]) == ("cell", "1", "K-need")
    assert (cell["perhaps"], cell["may_decide"]) == ("0", "none")
    assert cell["outcomes"] == "K-need — high: supported in every world; low: contradicted in every world"
    case = _row(exhibit, "new-cases", "~A")
    assert (case["filled"], case["decides"], case["may_decide"], case["tests"]) == (
        "S-1; S-2",
        "none",
        "K-need",
        "none",
    )
    assert case["outcomes"].startswith("K-need — few: depends on the reading; many: contradicted")


def test_what_to_look_for_next_is_told_in_spanish() -> None:
    exhibit = next_evidence(STUDY, ES)
    assert exhibit is not None and exhibit.title == "Qué buscar ahora"
    assert _row(exhibit, "new-cases", "~A")["may_decide"] == "K-need"
    assert _row(exhibit, "leads", "Personal")["kind"] == "celda"
