"""The exhibits of the reference study, held against the paper and against arithmetic by hand."""

import pytest

from concausa.audit.chain import chain
from concausa.audit.order import order
from concausa.core.table import Link
from concausa.report import catalogue
from concausa.study.study import Study
from concausa.tracing.chronology import Chronology
from concausa.tracing.need import needing


@pytest.fixture(scope="module")
def study():
    return Study.load("prosoft")


@pytest.fixture(scope="module")
def both(study):
    return catalogue.editions(study, ["en", "es"])


@pytest.fixture(scope="module")
def report(both):
    return {exhibit.id: exhibit for exhibit in both["en"]}


def table(report, exhibit, name):
    return next(found for found in report[exhibit].tables if found.name == name)


def cells(found, key, value):
    return next(row for row in found if row[key].data == value)


# Levels as printed: headings "Medium-high bureaucratic quality" (NL, first period; its assessment and
# the cross-case section say medium as well), "Medium-low" (PUE, second period; cross-case: low), and so on.
PRINTED = [
    ("NL-1", "BQ", {"medium-high", "medium"}),
    ("NL-1", "BC", {"medium-high"}),
    ("NL-2", "BQ", {"high"}),
    ("NL-2", "BC", {"high"}),
    ("PUE-1", "EL", {"low"}),
    ("PUE-1", "BQ", {"medium"}),
    ("PUE-1", "BC", {"low"}),
    ("PUE-2", "EL", {"low"}),
    ("PUE-2", "BQ", {"medium-low", "low"}),
    ("PUE-2", "BC", {"medium"}),
    ("PUE-1", "P", {"state-led"}),
    ("PUE-2", "P", {"business-led"}),
    ("NL-2", "P", {"synergistic"}),
]


@pytest.mark.parametrize(("case", "condition", "levels"), PRINTED)
def test_the_overview_shows_every_printed_level(report, case, condition, levels):
    cell = cells(table(report, "overview", "overview"), "case", case)[condition]
    assert set(cell.data) == levels
    assert cell.links


def test_exhibits_carry_the_names_under_which_readers_of_the_article_know_them(report):
    assert report["overview"].title.startswith("Table 5. ")
    assert report["property-space"].title.startswith("Figure 1. ")
    assert report["feedback"].title.startswith("Figure 2. ")
    assert report["funds"].title.startswith("Figure 3. ")
    assert report["interviews"].title.startswith("Appendix 1. ")
    assert report["chronology"].title.startswith("Appendix 2. ")
    assert [found.title[:9] for found in report["profiles"].tables[:4]] == [
        "Table 1. ",
        "Table 2. ",
        "Table 3. ",
        "Table 4. ",
    ]


def test_profiles_say_that_the_bodies_of_the_articles_tables_were_not_available(report):
    for found in report["profiles"].tables[:4]:
        assert any("not available" in note for note in found.notes)


def test_the_director_of_the_new_economy_unit_stands_in_both_periods_of_nuevo_leon(report):
    # NL-1 bureaucratic quality: director from 2005 to 2013
    for case in ("NL-1", "NL-2"):
        found = table(report, "profiles", f"profiles-{case}")
        director = cells(found, "holder", "Rogelio Flores")
        assert (director["from"].data, director["to"].data) == ("2005", "2013")


def test_a_minister_whose_dates_the_text_does_not_give_is_shown_without_dates(report):
    minister = cells(table(report, "profiles", "profiles-NL-2"), "holder", "Othón Ruiz")
    assert minister["from"].missing
    assert minister["to"].missing
    assert minister["education"].missing


def test_twenty_interviews_are_said_to_be_held_and_seven_are_named(report):
    # Introduction and Methods: twenty; notes: BSM1, BSM2, BSM3, BSP2, BSP3, GVTP1, GVTCH
    counts = [row["number"].data for row in table(report, "interviews", "interviews-count")]
    assert counts == [20, 7, 13]


# SYSTEM specification, section 4.2, with medium read as present: what each rule misplaces when Puebla's
# outcome is read as moderate.
@pytest.mark.parametrize(
    ("rule", "misplaced"),
    [
        ("R1", []),
        ("R2", ["PUE-1", "PUE-2"]),
        ("R3", []),
        ("R4", ["PUE-1"]),
        ("R5", ["PUE-2"]),
        ("R6", []),
    ],
)
def test_each_rule_misplaces_the_puebla_periods_that_it_should(report, rule, misplaced):
    found = table(report, "rules", "rules-by-reading")
    row = next(row for row in found if row["rule"].text == rule and row["map"].text == "medium-in")
    assert row["highest"].data == misplaced


# Cross-case comparison: 56.6-33, 49.6-35.97, 49.0-43 (49-43.4 in the body)
@pytest.mark.parametrize(
    ("contest", "margin"),
    [("V-NL-2003", "23.6"), ("V-PUE-2004", "13.63"), ("V-NL-2009", "6.0"), ("V-NL-2009-body", "5.6")],
)
def test_margins_follow_from_the_printed_shares(report, contest, margin):
    found = cells(table(report, "elections", "elections"), "id", contest)["margin"].data
    assert str(found) == margin, "exact, with the digits of the shares"


def test_the_contest_of_2009_is_set_side_by_side_with_its_other_tellings(report):
    beside = [row["contest"].data for row in table(report, "elections", "elections-side-by-side")]
    assert {"V-NL-2009", "V-NL-2009-body"} <= set(beside)


def test_the_chronology_of_each_core_state_is_a_table(report):
    names = [found.name for found in report["chronology"].tables]
    assert {"chronology-NL", "chronology-PUE"} <= set(names)


def test_the_demands_of_may_2003_come_before_the_council_and_the_council_before_c_soft(study):
    assert order(study, "E-NL-2003-demands", "E-NL-2004-council").relation == "before"
    assert order(study, "E-NL-2008-csoft", "E-NL-2003-demands").relation == "after"


def test_no_event_is_dated_before_what_it_needed(study):
    assert Chronology(needing(study.events, study.prerequisites)).contradictions() == ()


def test_the_medium_high_quality_of_nuevo_leon_leads_down_to_the_evaluation_that_praises_the_unit(study):
    # note 36 cites the evaluation of UNAM (2006)
    links = {step.link for step in chain(study, "NL-1.BQ").walk()}
    assert Link("sources", "UNAM2006") in links


@pytest.mark.parametrize("code", ["en", "es"])
def test_every_link_of_the_report_has_one_target_in_it(study, both, code):
    tables = [item for exhibit in both[code] for item in exhibit.tables]
    targets = [link for item in tables for link in item.row_ids if link]
    assert len(set(targets)) == len(targets)
    used = {link for item in tables for row in item.rows for cell in row for link in cell.links}
    pages = {f"claims/{code}/{claim.id}.html" for claim in study.claims}
    assert {link.id for link in used if link.table == "page"} == pages
    assert {link for link in used if link.table != "page"} - set(targets) == set()


@pytest.mark.parametrize("code", ["en", "es"])
def test_tables_and_charts_have_names_of_their_own(both, code):
    for kind in ("tables", "charts"):
        names = [item.name.casefold() for exhibit in both[code] for item in getattr(exhibit, kind)]
        assert len(set(names)) == len(names)


def test_every_level_number_and_passage_shown_leads_to_a_row(report):
    levels = table(report, "overview", "overview")
    for row in levels:
        for key in ("EL", "BQ", "BC", "INST", "Y", "P"):
            assert row[key].missing or row[key].links
    for row in table(report, "grounds", "grounds"):
        assert row["passages"].missing or all(link.table == "evidence" for link in row["passages"].links)
    for found in report["numbers"].tables[2:]:
        for row in found:
            if not row["computed"].missing:
                assert row["computed"].links == row["inputs"].links


def test_a_printed_number_is_judged_by_the_best_of_its_readings(report):
    """Introduction and note 5: amounts per firm follow from census units, 222, 66, 285 and 120; but
    1,587 / 285 = 5.57 is printed as 5.5, and no reading gives that."""
    best = {
        row["printed"].text: row["best"].value
        for row in table(report, "numbers", "printed-numbers")
        if row["printed"].text.endswith("million MXN/firm")
    }
    assert best == {
        "4.3 million MXN/firm": "reproduces",
        "2.3 million MXN/firm": "reproduces",
        "5.5 million MXN/firm": "does not follow",
        "1.7 million MXN/firm": "reproduces",
    }
