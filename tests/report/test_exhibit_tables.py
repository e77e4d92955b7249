"""Exhibits that are tables, on a small study made by hand."""

from decimal import Decimal

import pytest
from tests.small import bare, coding, date, event, small

from concausa.core.table import Link, Table
from concausa.core.unit import Case
from concausa.report import catalogue
from concausa.report.exhibits import (
    cases,
    chronology,
    claims,
    codings,
    facts,
    frame,
    interviews,
    numbers,
    organisations,
    placements,
    profiles,
    rivals,
    sources,
    terms,
)
from concausa.report.language import Language

EN, ES = Language("en"), Language("es")


def table(exhibit, name) -> Table:
    return next(found for found in exhibit.tables if found.name == name)


def row(found, key, text):
    return next(cells for cells in found if cells[key].text == text)


# --- overview --------------------------------------------------------------------------------------


def test_the_overview_shows_every_level_of_a_cell_with_its_places_and_its_codings():
    overview = table(cases.overview(small(), EN), "overview")
    cell = row(overview, "case", "N-1: North, 2000-2007")["A"]
    assert cell.text == "high (heading); medium (assessment)"
    assert cell.links == (Link("codings", "C1"), Link("codings", "C2"))
    assert cell.tone == "doubt"
    assert cell.data == ["high", "medium"]


def test_a_cell_without_a_level_is_missing_in_the_overview():
    overview = table(cases.overview(small(), EN), "overview")
    assert row(overview, "case", "S-1: South, 2000-2007")["A"].missing


def test_a_shadow_case_is_shown_only_where_it_is_coded_and_marked_as_one():
    overview = table(cases.overview(small(), EN), "overview")
    assert [cell.data for cell in overview.column("case")] == ["N-1", "N-2", "S-1", "S-2", "W-2"]
    assert overview.column("case")[-1].text == "W-2: West, 2008-2015 (shadow)"


def test_the_overview_counts_passages_sources_and_interviews_of_the_case():
    overview = table(cases.overview(small(), EN), "overview")
    north = row(overview, "case", "N-1: North, 2000-2007")
    assert north["evidence"].data == {"passages": 2, "sources": 2, "interviews": 1}
    assert [link.id for link in north["evidence"].links] == ["E1", "E2", "I1", "R1999"]


def test_an_amount_stands_under_the_period_that_holds_most_of_its_window():
    # 2005-2009: three years lie in the first period, two in the second
    overview = table(cases.overview(small(), EN), "overview")
    assert row(overview, "case", "N-1: North, 2000-2007")["funds"].text == "7.50 million MXN (2005 to 2009)"
    assert row(overview, "case", "N-2: North, 2008-2015")["funds"].missing


def test_an_amount_with_an_open_window_is_put_under_no_period():
    study = small()
    found = [
        fund.id
        for unit in study.units
        for period in study.periods
        for fund in cases.funds_of(study, Case(unit, period))
    ]
    assert found == ["F1"]


def test_the_name_of_the_exhibit_in_the_studys_own_text_leads_its_title_in_the_readers_language():
    assert cases.overview(small(), EN).title.startswith("Table 9. ")
    assert cases.overview(small(), ES).title.startswith("Cuadro 9. ")
    assert "Its body was lost." in table(cases.overview(small(), EN), "overview").notes


def test_a_condition_that_is_called_as_a_column_is_loses_nothing():
    study = small()
    named = tuple(
        row.__class__(
            id="funds" if row.id == "Y" else row.id, label=row.label, role=row.role, levels=row.levels
        )
        for row in study.conditions
    )
    overview = table(cases.overview(study.replace(conditions=named), EN), "overview")
    keys = [head.key for head in overview.headings]
    assert len(set(keys)) == len(keys)
    assert all(len(cells) == len(keys) for cells in overview)


# --- profiles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "section", "expected"),
    [
        ("2005", "2009", "", ("yes", "yes")),
        ("2001", "2003", "", ("yes", "no")),
        ("1990", "2020", "", ("yes", "yes")),
        ("2003", "", "", ("yes", "possibly")),
        ("", "2003", "", ("yes", "no")),
        ("", "2009", "", ("possibly", "yes")),
        ("2016", "", "", ("no", "no")),
        ("", "", "N-2 staff", ("no", "named there")),
        ("", "", "Conclusions", ("no", "no")),
    ],
)
def test_a_term_falls_into_a_case_only_where_its_dates_or_its_section_say_so(start, end, section, expected):
    study = small()
    term = study.terms[1].__class__(
        id="T",
        unit="N",
        office="minister",
        holder="X",
        start=date(start) if start else None,
        end=date(end) if end else None,
        section=section,
    )
    assert tuple(profiles.touches(term, case) for case in study.cases[:2]) == expected


def test_profiles_leave_out_heads_of_government_and_offices_of_no_unit():
    shown = {cell.text for found in profiles.profiles(small(), EN).tables for cell in found.column("holder")}
    assert shown == {"Bo", "Cy", "Di", "Ed"}


def test_an_undated_holder_of_no_known_case_is_not_lost():
    exhibit = profiles.profiles(small(), EN)
    assert [cell.text for cell in table(exhibit, "profiles-undated").column("holder")] == ["Di"]


def test_a_term_that_may_reach_into_a_period_is_named_below_its_table():
    found = table(profiles.profiles(small(), EN), "profiles-S-2")
    assert len(found) == 0
    assert any("Ed (T5)" in note for note in found.notes)


def test_what_the_text_does_not_say_of_a_minister_is_missing():
    found = table(profiles.profiles(small(), EN), "profiles-N-1")
    assert found.column("education")[0].missing
    assert found.column("holder")[0].links == (Link("terms", "T2"),)


# --- codings ---------------------------------------------------------------------------------------


def test_every_coding_is_a_row_that_links_can_reach_and_conflicts_catch_the_eye():
    found = table(codings.codings(small(), EN), "codings")
    assert [link.id for link in found.row_ids] == [f"C{n}" for n in range(1, 10)]
    tones = dict(zip((cell.text for cell in found.column("id")), found.column("level"), strict=True))
    assert {id for id, cell in tones.items() if cell.tone == "doubt"} == {"C1", "C2"}


def test_a_cell_rests_on_passages_named_by_its_codings_and_on_those_about_it():
    study = small().replace(codings=(coding("C1", "N-1", "A", "high", evidence=("E3",)),))
    found = table(codings.grounds(study, EN), "grounds")
    cell = found.column("passages")[0]
    # E3 is named; E1 is about a sign of A, E2 about A itself, both for N in period 1
    assert cell.data == ["E1", "E2", "E3"]


def test_the_grounds_count_directions_searches_and_speakers():
    found = next(iter(table(codings.grounds(small(), EN), "grounds")))
    assert [found[key].data for key in ("high", "low", "mixed", "nothing")] == [1, 1, 0, 1]
    assert found["speakers"].data == ["I1"]
    assert found["sides"].data == ["business"]


def test_a_cell_that_rests_on_one_source_is_marked():
    study = small()
    study = study.replace(evidence=study.evidence[:1])
    found = next(iter(table(codings.grounds(study, EN), "grounds")))
    assert (found["sources"].text, found["sources"].tone) == ("I1", "doubt")


# --- placements and rules --------------------------------------------------------------------------


def test_a_tie_is_shown_as_a_tie_and_counted():
    # A medium and B high: membership in A*B and in ~A+~B is .5 each
    exhibit = placements.space(small(), EN)
    north = next(iter(table(exhibit, "placements")))
    assert north["readings"].data == 2
    assert north["ties"].data == 1
    assert north["strongest"].data == {"joint": 1, "joint = alone": 1}
    ties = [
        cell for cell in table(exhibit, "placements-readings").column("strongest") if cell.tone == "doubt"
    ]
    assert [cell.data for cell in ties] == [["joint", "alone"]]


def test_a_case_without_levels_has_no_place():
    south = row(table(placements.space(small(), EN), "placements"), "case", "S-1: South, 2000-2007")
    assert south["readings"].data == 0
    assert south["strongest"].missing


def test_a_reading_links_to_the_codings_of_its_own_levels_only():
    readings = table(placements.space(small(), EN), "placements-readings")
    high = next(cells for cells in readings if cells["level_A"].data == "high")
    assert high["level_A"].links == (Link("codings", "C1"), Link("codings", "C3"))


def test_a_rule_lists_the_cases_that_it_misplaces():
    study = small()
    wrong = (*(row for row in study.codings if row.id != "C7"), coding("C7", "S-2", "Y", "many"))
    found = table(placements.rules(study.replace(codings=wrong), EN), "rules-matrix")
    rule = list(found)[-1]
    assert rule["misplaced"].data == ["S-2"]
    assert rule["S-2"].tone == "bad"


def test_misplacement_is_told_for_the_lowest_and_the_highest_admissible_outcome():
    study = small()
    both = (*study.codings, coding("C10", "S-2", "Y", "many"))
    found = table(placements.rules(study.replace(codings=both), EN), "rules-by-reading")
    (only,) = list(found)
    assert (only["lowest"].data, only["highest"].data) == ([], ["S-2"])
    # N-1 is on the line between both patterns in one reading; the rule leaves both outcomes possible
    assert only["open"].data == ["N-1"]


# --- numbers, facts --------------------------------------------------------------------------------


def test_checks_stand_in_their_groups_and_verdicts_are_counted():
    exhibit = numbers.numbers(small(), EN)
    assert [found.title for found in exhibit.tables] == [
        "Each printed number and the readings tried",
        "Verdicts of all checks, alternative readings included",
        "Pace",
    ]
    verdict = row(table(exhibit, "numbers-verdicts"), "verdict", "does not follow")
    assert verdict["checks"].data == 1
    assert verdict["checks"].links == (Link("checks", "N1"),)


def test_a_number_links_to_the_facts_that_it_was_computed_from():
    (check,) = list(table(numbers.numbers(small(), EN), "numbers-1"))
    assert set(check["computed"].links) == {Link("facts", "roads_n"), Link("facts", "days")}
    assert check["printed"].links == (Link("facts", "per_day"),)
    assert check["verdict"].tone == "bad"


def test_a_figure_keeps_the_digits_it_was_printed_with():
    study = small()
    fine = (
        study.facts[0].__class__(id="x", subject="x", measure="x", value=Decimal("4.30"), measured_in="km"),
    )
    assert table(facts.facts(study.replace(facts=fine), EN), "facts").column("value")[0].text == "4.30"


# --- claims and rivals -----------------------------------------------------------------------------


def test_claims_keep_passages_for_and_against_apart_and_name_the_kind_of_test():
    found = table(claims.claims(small(), EN), "claims")
    first, second = list(found)
    assert first["supports"].text == "E1 (hoop)"
    assert first["opposes"].data == ["E2"]
    assert second["supports"].missing
    assert second["cases"].data == ["N-1", "N-2", "S-1", "S-2"]
    assert "1 has no passage" in claims.claims(small(), EN).intro


def test_the_matrix_sets_predictions_beside_the_outcome():
    found = table(rivals.rivals(small(), EN), "rivals-matrix")
    observed, money = list(found)
    assert observed["N-1"].data == ["many"]
    assert money["N-1"].data == ["high"]
    assert money["S-2"].text == "2008 to 2010: low"
    assert money["N-2"].missing
    assert money["facts"].links == (Link("facts", "roads_n"), Link("elections", "V1"))


# --- the record ------------------------------------------------------------------------------------


def test_the_chronology_has_a_table_a_unit_and_tells_what_is_decided():
    exhibit = chronology.chronology(small(), EN)
    assert [found.name for found in exhibit.tables] == ["chronology-all", "chronology-N"]
    order = {cells["id"].text: cells["order"].data for cells in table(exhibit, "chronology-N")}
    # bridge is of May, fire and flood of 2 May; talks and rain have no date
    assert order["flood"] == "same time"
    assert order["fire"] == "undecided"
    assert order["rain"] == "undecided"
    assert order["club"] == "before"


def test_contradicting_dates_get_a_table_of_their_own():
    study = small().replace(events=(event("a", "2005"), event("b", "2003", needed=("a",))))
    found = table(chronology.chronology(study, EN), "chronology-contradictions")
    assert next(iter(found))["event"].links == (Link("events", "b"),)


def test_an_event_of_an_unknown_unit_is_not_lost():
    study = small().replace(events=(event("a", "2005", unit="ZZ"),))
    assert len(chronology.chronology(study, EN).tables[0]) == 1


def test_contests_told_twice_are_set_side_by_side_with_the_difference_of_margins():
    # 51 - 41.5 = 9.5; 50.1 - 40 = 10.1; the difference is -0.6
    found = list(table(terms.elections(small(), EN), "elections-side-by-side"))
    assert [cells["margin"].data for cells in found] == [Decimal("10.1"), Decimal("9.5")]
    assert found[1]["difference"].data == Decimal("-0.6")


def test_a_contest_without_shares_has_no_margin():
    found = row(table(terms.elections(small(), EN), "elections"), "id", "V2")
    assert found["margin"].missing
    assert found["winner"].text == "P"


def test_members_are_shown_with_their_body_and_a_body_that_is_a_member_is_linked():
    exhibit = organisations.organisations(small(), EN)
    assert row(table(exhibit, "organisations"), "id", "O1")["members"].text == "12 firms (from 2004)"
    assert row(table(exhibit, "memberships"), "id", "B2")["member"].links == (Link("organisations", "O1"),)


# --- evidence --------------------------------------------------------------------------------------


def test_interviews_are_counted_against_the_number_said_to_be_held():
    exhibit = interviews.interviews(small(), EN)
    assert [cells["number"].data for cells in table(exhibit, "interviews-count")] == [3, 1, 2]
    assert "It says that 3 were held" in exhibit.intro


def test_an_interview_lists_the_levels_that_rest_on_it():
    (only,) = list(table(interviews.interviews(small(), EN), "interviews"))
    assert only["codings"].data == ["C1", "C2"]


def test_passages_link_to_what_they_bear_on_and_are_shown_in_the_readers_language():
    found = row(table(sources.evidence(small(), ES), "evidence"), "id", "E1")
    assert found["summary"].text == "El personal se quedó diez años."
    assert found["supports"].links == (Link("claims", "K1"), Link("mechanisms", "M1"))


def test_a_source_counts_what_rests_on_it():
    found = row(table(sources.sources(small(), EN), "sources"), "id", "R1999")
    # one passage; a figure and an election
    assert (found["passages"].data, found["other"].data) == (1, 2)


def test_doubts_are_listed_with_their_place():
    (only,) = list(table(sources.doubts(small(), EN), "doubts"))
    assert only["where"].text == "claims:3, column id"


# --- the whole -------------------------------------------------------------------------------------


def test_an_exhibit_without_input_is_none():
    assert catalogue.exhibits(bare(), EN) == ()


@pytest.mark.parametrize("language", [EN, ES], ids=["en", "es"])
def test_exhibits_stand_in_known_sections_in_their_order_and_have_names_of_their_own(language):
    made = catalogue.exhibits(small(), language)
    order = [section.id for section in catalogue.sections(EN)]
    places = [order.index(exhibit.section) for exhibit in made]
    assert places == sorted(places)
    names = [exhibit.id for exhibit in made]
    assert len(set(names)) == len(names)
    files = [item.name for exhibit in made for item in exhibit.tables]
    assert len(set(files)) == len(files)


def test_the_sections_said_in_english_are_the_sections():
    assert [section.id for section in catalogue.sections(ES)] == [
        section.id for section in catalogue.sections(EN)
    ]


def test_a_row_of_the_study_is_the_target_of_one_place_only_and_every_link_has_a_target():
    made = catalogue.exhibits(small(), EN)
    targets = [link for exhibit in made for item in exhibit.tables for link in item.row_ids if link]
    assert len(set(targets)) == len(targets)
    used = {
        link
        for exhibit in made
        for item in exhibit.tables
        for cells in item.rows
        for cell in cells
        for link in cell.links
    }
    assert used <= set(targets)


def test_every_row_of_the_record_and_the_evidence_reaches_the_report():
    study = small()
    made = catalogue.exhibits(study, EN)
    targets = {link for exhibit in made for item in exhibit.tables for link in item.row_ids if link}
    shown = (
        "units periods conditions indicators level_maps patterns rules mechanisms claims rivals sources "
        "evidence codings facts checks terms organisations memberships elections events funds predictions"
    ).split()
    assert {Link(name, row.id) for name in shown for row in study.rows(name)} <= targets


@pytest.mark.parametrize(
    "maker",
    [frame.units, frame.measures, facts.facts, terms.terms, organisations.organisations],
    ids=lambda maker: maker.__name__,
)
def test_what_has_no_unit_period_date_or_source_is_shown_missing_and_does_not_break(maker):
    assert maker(small(), EN).tables
