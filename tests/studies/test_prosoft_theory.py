"""The theory, evidence and codings of the Prosoft study against the paper.

Expectations come from the text of Rangel-Padilla (2025), by section or note, from arithmetic done
here, or from a law (the spans of one prediction fill their period), never from our own output.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest

import concausa as cc
from concausa.core.date import Date
from concausa.evidence.passage import Passage
from concausa.measurement.level_map import memberships
from concausa.record.term import Term
from concausa.study.schema import TABLES
from concausa.study.study import Study
from concausa.theory.rival import Prediction

HOME = Path(cc.__file__).parent / "studies" / "prosoft"
CASES = ("NL-1", "NL-2", "PUE-1", "PUE-2")

#: The headings of the paper's main text.
SECTIONS = {
    "Abstract", "Introduction", "Theory: national level", "Theory: subnational level",
    "Theory: dynamic framework", "Methods", "Cross-case comparison", "Conclusions", "Footnotes",
    "NL introduction", "NL-1 business cohesion", "NL-1 executive leadership", "NL-1 bureaucratic quality",
    "NL-1 assessment", "NL-2 business cohesion", "NL-2 executive leadership", "NL-2 bureaucratic quality",
    "NL-2 assessment", "PUE introduction", "PUE-1 business cohesion", "PUE-1 executive leadership",
    "PUE-1 bureaucratic quality", "PUE-1 assessment", "PUE-2 introduction", "PUE-2 business cohesion",
    "PUE-2 executive leadership", "PUE-2 bureaucratic quality", "PUE-2 assessment",
}  # fmt: skip

#: Every level that the paper prints for a condition of a case, by place. Headings of the parts; the
#: body of "NL-1 bureaucratic quality", "PUE-1 business cohesion" and "PUE-2 bureaucratic quality"; the
#: summing-up of each "Assessment"; the paragraphs on each state in "Cross-case comparison".
PRINTED = {
    ("NL-1", "EL"): {("cross-case", "high")},
    ("NL-1", "BQ"): {
        ("heading", "medium-high"),
        ("body", "medium-high"),
        ("assessment", "medium"),
        ("assessment", "medium-high"),
        ("cross-case", "medium"),
    },
    ("NL-1", "BC"): {
        ("heading", "medium-high"),
        ("assessment", "medium-high"),
        ("cross-case", "medium-high"),
    },
    ("NL-2", "EL"): {("cross-case", "medium")},
    ("NL-2", "BQ"): {("heading", "high"), ("cross-case", "high")},
    ("NL-2", "BC"): {("heading", "high"), ("assessment", "high"), ("cross-case", "high")},
    ("PUE-1", "EL"): {("heading", "low"), ("assessment", "low"), ("cross-case", "low")},
    ("PUE-1", "BQ"): {("heading", "medium"), ("assessment", "medium"), ("cross-case", "medium")},
    ("PUE-1", "BC"): {("heading", "low"), ("body", "low"), ("assessment", "low"), ("cross-case", "low")},
    # The assessment speaks of a lack of leadership, which is no level: the encoder's reading.
    ("PUE-2", "EL"): {("heading", "low"), ("cross-case", "low")},
    ("PUE-2", "BQ"): {
        ("heading", "medium-low"),
        ("body", "medium-low"),
        ("assessment", "low"),
        ("cross-case", "low"),
    },
    ("PUE-2", "BC"): {("heading", "medium"), ("assessment", "medium")},
}


@pytest.fixture(scope="module")
def study() -> Study:
    return cc.Study.load("prosoft")


def case_of(row: Passage | Prediction) -> str:
    return f"{row.unit}-{row.period}"


def words(passage: Passage) -> str:
    return f"{passage.summary} {passage.note}".casefold()


# --- Codings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", PRINTED, ids=".".join)
def test_every_level_that_the_paper_prints_is_kept_with_its_place(
    study: Study, cell: tuple[str, str]
) -> None:
    rows = study.cell(*cell).codings
    assert {(row.place, row.level) for row in rows if row.coder == "Rangel-Padilla"} == PRINTED[cell]


def test_only_two_cells_of_the_three_conditions_have_conflicting_printed_levels(study: Study) -> None:
    conflicts = {
        f"{case}.{condition}"
        for case, condition in itertools.product(CASES, ("EL", "BQ", "BC"))
        if study.cell(case, condition).is_open
    }
    assert conflicts == {"NL-1.BQ", "PUE-2.BQ"}


# "NL-1 assessment", "Cross-case comparison", the heading of Puebla's second period.
def test_patterns_are_those_that_the_paper_names(study: Study) -> None:
    named = {case: set(study.cell(case, "P").levels) for case in CASES}
    assert named == {
        "NL-1": {"synergistic"},
        "NL-2": {"synergistic"},
        "PUE-1": {"state-led"},
        "PUE-2": {"business-led"},
    }


# "Cross-case comparison": limited or minimum results; the theory section: moderate results.
def test_a_word_that_is_no_level_of_the_outcome_stays_open_between_the_levels_below_maximum(
    study: Study,
) -> None:
    for period in "12":
        rows = study.cell(f"PUE-{period}", "Y").codings
        by_word = {
            row.printed: {other.level for other in rows if other.printed == row.printed} for row in rows
        }
        assert by_word
        assert "" not in by_word
        assert all(levels == {"minimum", "moderate"} for levels in by_word.values())
    assert "limited" in {row.printed for row in study.cell("PUE-2", "Y").codings}


def test_no_level_of_the_outcome_is_put_in_the_mouth_of_the_author(study: Study) -> None:
    rows = [row for row in study.codings if row.condition == "Y"]
    assert {(row.coder, row.place) for row in rows} == {("encoder", "coder")}


def test_a_reading_of_the_encoder_is_never_passed_off_as_printed(study: Study) -> None:
    assert {row.coder for row in study.codings} == {"Rangel-Padilla", "encoder"}
    assert all((row.place == "coder") == (row.coder == "encoder") for row in study.codings)


# "Cross-case comparison": institutions had consolidated in Nuevo León in 2008-2015.
def test_consolidation_is_the_only_printed_stage_of_institutionalisation(study: Study) -> None:
    printed = {
        (row.unit, row.period, row.level)
        for row in study.codings
        if row.condition == "INST" and row.coder != "encoder"
    }
    assert printed == {("NL", "2", "consolidated")}


# "Cross-case comparison": support in Chiapas changed with administrations; no level is given.
def test_the_leadership_of_chiapas_has_no_level(study: Study) -> None:
    assert not [row for row in study.codings if (row.unit, row.condition) == ("CHP", "EL")]
    assert {row.level for row in study.codings if (row.unit, row.condition) == ("CHP", "P")} == {"quiescent"}


def test_every_coding_rests_on_passages_about_its_own_unit_and_period(study: Study) -> None:
    passages = {passage.id: passage for passage in study.evidence}
    for coding in study.codings:
        assert coding.evidence, coding.id
        for id in coding.evidence:
            assert passages[id].unit == coding.unit, (coding.id, id)
            assert passages[id].period in ("", coding.period), (coding.id, id)


def test_every_coding_says_where_it_stands_and_why(study: Study) -> None:
    for coding in study.codings:
        assert coding.source == "RP2025"
        assert coding.section in SECTIONS
        assert coding.why


# --- Evidence ----------------------------------------------------------------------------------------


def test_every_passage_has_a_section_of_the_paper_and_a_source_that_exists(study: Study) -> None:
    sources = {source.id for source in study.sources}
    assert [row.id for row in study.evidence if row.section not in SECTIONS] == []
    assert [row.id for row in study.evidence if row.source not in sources] == []


def test_a_passage_on_a_level_says_which_way_it_pulls_and_others_do_not(study: Study) -> None:
    unordered = {"P"}
    for row in study.evidence:
        ordered = bool(set(row.about) - unordered)
        assert bool(row.direction) == ordered, row.id


def test_interviews_press_and_reports_cited_in_the_notes_at_hand_are_all_heard(study: Study) -> None:
    # Notes 29 to 81: every source of the two case studies and of Chiapas, by its kind.
    heard = {row.source for row in study.evidence}
    cited = {
        source.id
        for source in study.sources
        if source.kind
        in ("interview", "newspaper", "evaluation", "plan", "presentation", "report", "register")
        and any(note.isdigit() and 29 <= int(note) <= 81 for note in source.footnotes)
    }
    assert len(cited) > 25
    assert cited - heard == set()


# The footnotes that name a source for a passage name it for that passage's sentence.
@pytest.mark.parametrize(
    ("footnote", "source"),
    [
        ("30", "ElNorte-2003-05-19"),
        ("34", "BSM1"),
        ("36", "UNAM2006"),
        ("37", "RuizDuran2004"),
        ("39", "BSM3"),
        ("41", "PE2012a"),
        ("45", "BSM2"),
        ("52", "BSP2"),
        ("56", "BSP3"),
        ("60", "LaJornada-2007-03-01"),
        ("68", "Prosoft2016"),
        ("70", "PE2012c"),
        ("71", "ElEconomista-2016-05-17"),
        ("75", "GVTP1"),
        ("76", "GVTP1"),
        ("79", "Reyes-2014-10-07"),
    ],
)
def test_a_footnote_leads_to_the_source_that_it_names(study: Study, footnote: str, source: str) -> None:
    assert {row.source for row in study.evidence if row.footnotes == (footnote,)} == {source}


# Notes 31, 38 and 58 cite two interviews for one sentence: two voices, two rows.
@pytest.mark.parametrize(
    ("footnote", "sources"), [("31", ["BSM1", "BSM2"]), ("38", ["BSM1", "BSM2"]), ("58", ["BSP2", "BSP3"])]
)
def test_a_sentence_of_two_interviews_is_two_passages(
    study: Study, footnote: str, sources: list[str]
) -> None:
    assert sorted(row.source for row in study.evidence if row.footnotes == (footnote,)) == sources


@pytest.mark.parametrize("condition", ["EL", "BQ", "BC", "INST", "Y", "P"])
def test_every_condition_has_evidence_in_every_core_case(study: Study, condition: str) -> None:
    covered = {case_of(row) for row in study.evidence if condition in row.about}
    assert set(CASES) <= covered


def test_the_indicators_without_evidence_are_those_on_which_the_text_is_silent(study: Study) -> None:
    indicators = [row.id for row in study.indicators]
    covered = {(case_of(row), name) for row in study.evidence for name in row.about}
    silent = {(case, name) for case in CASES for name in indicators if (case, name) not in covered}
    # No word on the committees of Medina, Morales or Marín, nor on tenure in Puebla before 2008.
    assert silent == {("NL-2", "EL.committees"), ("PUE-1", "EL.committees"), ("PUE-1", "BQ.tenure")}


def test_every_mechanism_and_rival_has_evidence(study: Study) -> None:
    spoken = {id for row in study.evidence for id in (*row.supports, *row.opposes)}
    silent = [row.id for row in (*study.mechanisms, *study.rivals) if row.id not in spoken]
    assert silent == []


def test_the_claims_without_evidence_are_general_sentences_to_which_no_single_passage_speaks(
    study: Study,
) -> None:
    spoken = {id for row in study.evidence for id in (*row.supports, *row.opposes)}
    assert {claim.id for claim in study.claims if claim.id not in spoken} == {
        "K-controls-national",
        "K-interplay",
        "K-period-tests-party",
        "K-young-institutions",
    }


def test_no_passage_speaks_for_and_against_one_thing(study: Study) -> None:
    assert [row.id for row in study.evidence if set(row.supports) & set(row.opposes)] == []


# Note 29: support sought under the governor before 2003, without result. Note 66: the rebuke of 2010.
@pytest.mark.parametrize(("footnote", "case"), [("29", "NL-1"), ("66", "PUE-2")])
def test_demands_that_got_nowhere_speak_against_lobbying_and_against_business_reaching_the_governor(
    study: Study, footnote: str, case: str
) -> None:
    rows = [row for row in study.evidence if row.footnotes == (footnote,) and case_of(row) == case]
    assert any({"M3", "M11"} <= set(row.opposes) for row in rows)
    assert not any({"M3", "M11"} & set(row.supports) for row in rows)


# "PUE-1 business cohesion": the chamber gave the branch a voice and subjected it to its politics.
def test_the_encompassing_chamber_is_heard_on_both_sides(study: Study) -> None:
    rows = [row for row in study.evidence if row.section == "PUE-1 business cohesion"]
    assert [row for row in rows if "M15" in row.supports]
    assert [row for row in rows if "M15" in row.opposes]


# "PUE-1 executive leadership" and "PUE-2 executive leadership": searches of newspapers and plans.
def test_searches_that_found_nothing_are_kept_as_evidence_of_low_leadership(study: Study) -> None:
    searched = [row for row in study.evidence if row.found == "searched, nothing found" and "EL" in row.about]
    assert {(case_of(row), row.source) for row in searched} == {
        ("PUE-1", "PueblaPress"),
        ("PUE-1", "PUE-Plans-2000-2008"),
        ("PUE-2", "PueblaPress"),
    }
    assert {row.direction for row in searched} == {"low"}


# Note 34; the demands of May 2003; the grant of 2015 past the state; the attended events.
def test_evidential_tests_are_claimed_only_where_they_are_argued(study: Study) -> None:
    tests = {row.id: row for row in study.evidence if row.test}
    smoking = [row for row in tests.values() if row.test == "smoking gun"]
    assert [(row.source, row.footnotes) for row in smoking] == [("BSM1", ("34",))]
    failed = {case_of(row) for row in tests.values() if row.test == "hoop" and "M7" in row.opposes}
    assert failed == {"PUE-2"}
    passed = {case_of(row) for row in tests.values() if row.test == "hoop" and "M3" in row.supports}
    assert passed == {"NL-1"}
    assert {row.test for row in tests.values()} == {"hoop", "smoking gun", "straw in the wind"}


def test_dates_that_cannot_be_right_are_kept_and_said_in_the_note(study: Study) -> None:
    # Note 46: El Norte of 2008 for a building of 2013. "NL-2 assessment": an election of 2016.
    building = next(row for row in study.evidence if row.source == "ElNorte-2008")
    assert str(building.date) == "2013"
    assert "2008" in building.note
    alternation = next(row for row in study.evidence if row.unit == "NL" and str(row.date) == "2016")
    assert "2015" in alternation.note
    assert alternation.period == "2"


# "PUE-1 executive leadership": 2005 is the only gap in one sentence, 2006 is another in the next.
def test_the_two_accounts_of_the_missing_state_share_are_both_kept(study: Study) -> None:
    low = [row for row in study.evidence if "EL.budget" in row.about and row.direction == "low"]
    gaps = {str(row.date) for row in low if row.unit == "PUE"}
    assert {"2005", "2006"} <= gaps


# "PUE-2 executive leadership": the money stopped in 2011; the period begins in 2008.
def test_the_leadership_of_puebla_is_seen_to_change_within_its_second_period(study: Study) -> None:
    paid = [row for row in study.evidence if case_of(row) == "PUE-2" and "EL.budget" in row.about]
    before = {row.direction for row in paid if row.date and row.date.start.year < 2008 <= row.date.end.year}
    after = {row.direction for row in paid if row.date and row.date.start.year >= 2011}
    assert "high" in before
    assert after == {"low"}


@pytest.mark.parametrize(
    "number", ["4.3", "2.3", "5.5", "1.7", "1,070", "215", "1,587", "208", "53.39", "9.16"]
)
def test_the_printed_amounts_of_the_outcome_are_in_the_evidence(study: Study, number: str) -> None:
    found = [
        row for row in study.evidence if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", row.summary)
    ]
    assert any(name in ("Y.total", "Y.per_firm") for row in found for name in row.about)


# --- Theory ------------------------------------------------------------------------------------------


# The paragraphs around Figure 1.
def test_the_property_space_is_that_of_figure_1(study: Study) -> None:
    assert {(row.id, row.when, row.expects) for row in study.patterns} == {
        ("synergistic", "BQ*BC", "maximum"),
        ("state-led", "BQ*~BC", "moderate"),
        ("business-led", "~BQ*BC", "moderate"),
        ("quiescent", "~BQ*~BC", "minimum"),
    }


# "Methods": four signs of leadership, three of quality, two of cohesion, two of the outcome.
def test_indicators_are_those_of_the_methods_section(study: Study) -> None:
    of = {name: sum(row.condition == name for row in study.indicators) for name in ("EL", "BQ", "BC", "Y")}
    assert of == {"EL": 4, "BQ": 3, "BC": 2, "Y": 2}
    assert {row.section for row in study.indicators} == {"Methods"}


def test_the_state_budget_is_known_to_feed_leadership_and_outcome(study: Study) -> None:
    assert study.row("indicators", "EL.budget").also == ("Y",)


def test_level_maps_differ_in_the_middle_only(study: Study) -> None:
    scale = study.row("conditions", "EL").levels
    values = {
        id: memberships(study.row("level_maps", id), scale) for id in ("linear", "medium-in", "medium-out")
    }
    assert [values[id]["medium"] for id in values] == [0.5, 0.51, 0.49]
    others = [{level: value for level, value in row.items() if level != "medium"} for row in values.values()]
    assert (
        others[0] == others[1] == others[2] == {"low": 0, "medium-low": 0.25, "medium-high": 0.75, "high": 1}
    )


def test_every_condition_has_a_level_map(study: Study) -> None:
    scaled = [row.id for row in study.conditions if row.role != "pattern"]
    assert [name for name in scaled if not any(row.covers(name) for row in study.level_maps)] == []


def test_every_node_of_a_mechanism_is_a_condition_or_declared(study: Study) -> None:
    known = {row.id for row in (*study.conditions, *study.nodes)}
    used = {node for row in study.mechanisms for node in (*row.cause, *row.effect)}
    assert used - known == set()
    assert {row.id for row in study.nodes} - used == set()


def test_mechanisms_are_numbered_without_gap(study: Study) -> None:
    assert [row.id for row in study.mechanisms] == [f"M{number}" for number in range(1, 17)]


# "Theory: dynamic framework", the paragraph on Figure 2.
def test_the_arrows_of_figure_2_are_told_from_those_argued_elsewhere(study: Study) -> None:
    assert {row.id for row in study.mechanisms if row.origin == "figure"} == {"M1", "M2", "M3", "M4", "M5"}


def test_claims_name_cases_that_exist_and_sections_of_the_paper(study: Study) -> None:
    cases = {f"{unit.id}-{period.id}" for unit in study.units for period in study.periods}
    for claim in study.claims:
        assert set(claim.cases) <= cases, claim.id
        assert claim.section in SECTIONS, claim.id


# The hypothesis, "NL-1", "NL-2" and the cross-case section: what is called necessary, for which cases.
def test_each_of_the_three_conditions_is_claimed_necessary_and_by_itself_insufficient(study: Study) -> None:
    for kind in ("necessary", "individually insufficient"):
        claims = [row for row in study.claims if row.kind == kind and not row.cases]
        assert {name for row in claims if len(row.conditions) == 2 for name in row.conditions} == {
            "EL",
            "BQ",
            "BC",
            "Y",
        }


# "Cross-case comparison" against "Conclusions" and note 18: who is the decisive veto player, and where.
def test_claims_that_pull_against_each_other_point_at_one_another(study: Study) -> None:
    veto, weak = (
        study.row("claims", id) for id in ("K-veto-without-cohesion", "K-governor-weighs-where-weak")
    )
    assert weak.id in veto.note
    assert veto.id in weak.note


def test_every_part_of_the_paper_that_argues_makes_claims(study: Study) -> None:
    assert {row.place for row in study.claims} >= {
        "theory",
        "methods",
        "assessment",
        "cross-case",
        "conclusions",
    }
    assessed = {row.section for row in study.claims if row.place == "assessment"}
    assert assessed == {"NL-1 assessment", "NL-2 assessment", "PUE-1 assessment", "PUE-2 assessment"}


def test_the_boundary_of_the_periods_is_doubted_where_no_party_changes(study: Study) -> None:
    # Federal: 2000 and 2012. Nuevo León: 2003 and 2015. Puebla: 2011. None at the turn of 2007/2008.
    changes = sorted(
        after.start.start.year
        for office in ("NL", "PUE", "")
        for before, after in itertools.pairwise(offices(study, office))
        if before.party != after.party
    )
    assert changes == [2000, 2003, 2011, 2012, 2015]
    assert "2007/2008" in study.periods[0].rule


# --- Rivals ------------------------------------------------------------------------------------------


def test_every_rival_predicts_for_each_of_the_four_cases(study: Study) -> None:
    wanted = {(row.id, case) for row in study.rivals for case in CASES}
    assert {(row.rival, case_of(row)) for row in study.predictions} == wanted


def test_the_spans_of_a_prediction_fill_its_period_without_overlap(study: Study) -> None:
    periods = {period.id: period for period in study.periods}
    for (_, case), group in itertools.groupby(study.predictions, key=lambda row: (row.rival, case_of(row))):
        rows = list(group)
        spans = [row.span for row in rows if row.span]
        if not spans:
            assert len(rows) == 1, case
            continue
        assert len(spans) == len(rows), case
        period = periods[rows[0].period]
        assert (spans[0].start, spans[-1].end) == (period.start.start, period.end.end)
        for before, after in itertools.pairwise(spans):
            assert after.start - before.end == datetime.timedelta(days=1)


def offices(study: Study, unit: str) -> list[Term]:
    """Governors of a unit, or presidents, as dated by the open data, in order."""
    office = "governor" if unit else "president"
    rows = [
        row for row in study.terms if (row.unit, row.office, row.source) == (unit, office, "DATA-ELECTIONS")
    ]
    return sorted((row for row in rows if row.start), key=lambda row: row.start.start)


def party_on(terms: list[Term], day: datetime.date) -> str:
    return [row.party for row in terms if row.start.start <= day][-1]


def test_alignment_is_predicted_from_the_parties_in_office_on_every_day_of_the_programme(
    study: Study,
) -> None:
    presidents = offices(study, "")
    rows = [row for row in study.predictions if row.rival == "R-alignment"]
    for row in rows:
        assert row.span
        governors = offices(study, row.unit)
        for day in (row.span.start, row.span.end):
            aligned = party_on(governors, day) == party_on(presidents, day)
            if row.expects != "silent":
                assert (row.expects == "high") == aligned, (row.id, day)
            else:
                assert row.span.end < datetime.date(2004, 1, 1), row.id


# "Cross-case comparison": 56.6 - 33, 49.0 - 43 (or 43.4), 49.6 - 35.97, 50 - 45.07.
@pytest.mark.parametrize(
    ("id", "election", "margin"),
    [
        ("P-competition-NL-1-b", "V-NL-2003", "23.6"),
        ("P-competition-NL-2-b", "V-NL-2009", "6.0"),
        ("P-competition-NL-2-b", "V-NL-2009-body", "5.6"),
        ("P-competition-PUE-1-c", "V-PUE-2004", "13.63"),
        ("P-competition-PUE-2-b", "V-PUE-2010", "4.93"),
    ],
)
def test_the_margin_that_a_prediction_gives_is_that_of_the_contest(
    study: Study, id: str, election: str, margin: str
) -> None:
    prediction, contest = study.row("predictions", id), study.row("elections", election)
    assert contest.winner_share - contest.runner_up_share == Decimal(margin)
    assert election in prediction.facts
    assert margin in prediction.why


def test_rivals_that_cannot_tell_the_states_apart_say_so_in_every_case(study: Study) -> None:
    for rival in ("R-small-firms", "R-federal-money"):
        assert {row.expects for row in study.predictions if row.rival == rival} == {"no difference"}


# --- Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["evidence", "codings", "predictions"])
def test_files_are_written_as_the_writer_writes_them(name: str) -> None:
    text = (HOME / f"{name}.csv").read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == list(TABLES[name].columns)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert out.getvalue() == text


def test_dates_are_no_finer_than_a_day_that_exists(study: Study) -> None:
    for row in study.evidence:
        if row.date:
            assert Date.parse(str(row.date)) == row.date
