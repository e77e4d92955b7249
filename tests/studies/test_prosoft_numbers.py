"""The derived numbers of the Prosoft study, against arithmetic done by hand."""

from collections import Counter
from fractions import Fraction

import pytest

from concausa.audit.numbers import audit_numbers
from concausa.audit.printed import printed_numbers
from concausa.core.date import Date
from concausa.expr.formula import Name, parse, walk
from concausa.rivals.alignment import alignment
from concausa.study.study import Study


@pytest.fixture(scope="module")
def study():
    return Study.load("prosoft")


@pytest.fixture(scope="module")
def findings(study):
    return audit_numbers(study)


@pytest.fixture(scope="module")
def by_formula(findings):
    return {(f.check.formula, f.check.printed or f.check.expected): f for f in findings}


def near(quantity, value, places=2):
    return abs(quantity.value.middle - Fraction(str(value))) <= Fraction(1, 2 * 10**places)


# Cross-case comparison prints the totals, Introduction the ratios; the units are the economic censuses'.
PER_FIRM = "{total} / (it_units[{unit}, {census}] * 1 {{firm/establishment}})"


@pytest.mark.parametrize(
    ("total", "unit", "census", "printed", "by_hand", "verdict"),
    [
        ("nl_funds_2005_2009", "NL", 2009, "nl_per_firm_2004_2009", "4.33", "reproduces"),  # 1070 / 247
        ("pue_funds_2005_2009", "PUE", 2009, "pue_per_firm_2004_2009", "2.31", "reproduces"),  # 215 / 93
        (
            "nl_funds_2010_2015",
            "NL",
            2014,
            "nl_per_firm_2015",
            "5.57",
            "does not follow",
        ),  # 1587 / 285, prints 5.5
        ("pue_funds_2010_2015", "PUE", 2014, "pue_per_firm_2015", "1.73", "reproduces"),  # 208 / 120
    ],
)
def test_ratios_per_firm_come_from_the_census_units(
    by_formula, total, unit, census, printed, by_hand, verdict
):
    found = by_formula[PER_FIRM.format(total=total, unit=unit, census=census), printed]
    assert near(found.face, by_hand)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("formula", "printed", "by_hand"),
    [
        ("nl_funds_2005_2009 / nl_firms_2004", "nl_per_firm_2004_2009", "5.35"),  # NL introduction: 200 firms
        ("nl_funds_2005_2009 / nl_firms_2000s", "nl_per_firm_2004_2009", "5.10"),  # NL-1: 210 firms
        (
            "pue_funds_2005_2009 / pue_firms_2004",
            "pue_per_firm_2004_2009",
            "2.69",
        ),  # PUE introduction: 80 firms
        (
            "nl_per_firm_2004_2009 / nl_usd_per_firm_2004",
            "mxn_usd_2005",
            "9.56",
        ),  # footnote 5: 4.3 M / 450,000
        ("pue_per_firm_2004_2009 / pue_usd_per_firm_2004", "mxn_usd_2005", "8.95"),  # 2.3 M / 257,000
        ("nl_per_firm_2015 / nl_usd_per_firm_2015", "mxn_usd_2015", "14.10"),  # 5.5 M / 390,000
        ("pue_per_firm_2015 / pue_usd_per_firm_2015", "mxn_usd_2015", "12.14"),  # 1.7 M / 140,000
        ("nl_usd_per_firm_2004 / pue_usd_per_firm_2004 - 1", "usd_extra_2004", "75.10"),  # 450 / 257
        ("nl_usd_per_firm_2015 / pue_usd_per_firm_2015 - 1", "usd_extra_2015", "178.57"),  # 390 / 140
    ],
)
def test_these_readings_do_not_give_the_printed_numbers(by_formula, formula, printed, by_hand):
    found = by_formula[formula, printed]
    assert near(found.face, by_hand)
    assert found.verdict == "does not follow"


@pytest.mark.parametrize(
    ("formula", "by_hand", "places"),
    [
        ("nl_funds_2005_2009 + nl_funds_2010_2015", "2657", 2),
        ("pue_funds_2005_2009 + pue_funds_2010_2015", "423", 2),
        ("nl_funds_2005_2009 / nl_per_firm_2004_2009", "248.84", 2),
        ("pue_funds_2010_2015 / pue_per_firm_2015", "122.35", 2),
        ("nl_winner_share_2003 - nl_runner_up_share_2003", "23.6", 2),
        ("pue_winner_share_2004 - pue_runner_up_share_2004", "13.63", 2),
        ("pue_winner_share_2010 - pue_runner_up_share_2010", "4.93", 2),
        ("pue_tsystems_2015 / pue_tsystems_share_2015", "4722120", 0),  # 4,249,908 / 0.9
        ("(pue_funds_2005_2009 + pue_funds_2010_2015) / chp_funds_to_2015", "7.92", 2),  # 423 / 53.39
        ("pue_fisep_mxn_2002 / pue_fisep_usd_2002", "10", 2),
        ("nl_sales_target_2010 / nl_sales_base", "16.67", 2),
    ],
)
def test_derived_numbers_agree_with_arithmetic_by_hand(by_formula, formula, by_hand, places):
    assert near(by_formula[formula, ""].face, by_hand, places)


def test_three_associations_have_162_members_which_is_77_percent_of_210(by_formula):
    # NL-1 assessment: 55 + 40 + 67, and 75 percent.
    members = "nl_members_anadic_2007 + nl_members_canieti_2007 + nl_members_aeti_2007"
    assert by_formula[members, ""].face.value.middle == 162
    share = by_formula[f"({members}) * 1 {{firm/member}} / nl_firms_2000s", "nl_affiliation_2007"]
    assert near(share.face, "77.14")
    assert share.verdict == "does not follow"


def test_chiapas_is_an_eighth_of_puebla_s_two_windows(by_formula):
    found = by_formula[
        "chp_funds_to_2015 / (pue_funds_2005_2009 + pue_funds_2010_2015)", "chp_share_of_puebla"
    ]
    assert found.verdict == "reproduces"


def test_the_rate_printed_for_2005_is_the_mean_of_2004(by_formula):
    # Federal Reserve, yearly means: 11.29 in 2004, 10.90 in 2005.
    assert by_formula["fx[2004]", "mxn_usd_2005"].verdict == "reproduces"
    assert by_formula["fx[2005]", "mxn_usd_2005"].verdict == "does not follow"


def test_the_second_margin_turns_round_in_the_returns(by_formula):
    # Returns: Puebla 2010 50.43 - 40.08 = 10.35; Nuevo León 2009 49.01 - 43.38 = 5.63. Print: 4.93 and 6.0.
    printed = (
        "pue_winner_share_2010 - pue_runner_up_share_2010 < nl_winner_share_2009 - nl_runner_up_share_2009"
    )
    returned = "election[V-PUE-2010-returns].margin < election[V-NL-2009-returns].margin"
    assert by_formula[printed, ""].verdict == "reproduces"
    assert by_formula[returned, ""].verdict == "does not follow"
    share = by_formula["election[V-PUE-2010-returns].runner_up_share", "pue_runner_up_share_2010"]
    assert (share.verdict, share.follows) == ("does not follow", "40.08 percent")


@pytest.mark.parametrize(
    ("unit", "window", "aligned", "not_aligned", "still_open"),
    [
        # Presidents: PRI to November 2000, PAN to November 2012, then PRI.
        # Nuevo León: PAN to 2003 (month not dated), PRI from October 2003, independent from October 2015.
        (
            "NL",
            "2000/2007",
            25,
            62,
            9,
        ),  # December 2000 to December 2002 · the first 11 months and the last 51
        ("NL", "2004/2007", 0, 48, 0),
        ("NL", "2008/2015", 34, 62, 0),  # December 2012 to September 2015
        # Puebla: PRI to January 2011, then PAN.
        ("PUE", "2000/2007", 11, 85, 0),
        ("PUE", "2008/2015", 22, 74, 0),  # February 2011 to November 2012
    ],
)
def test_months_of_alignment_by_hand(study, unit, window, aligned, not_aligned, still_open):
    found = alignment(study.terms, unit, Date.parse(window))
    assert (found.count("aligned"), found.count("not aligned"), found.count("open")) == (
        aligned,
        not_aligned,
        still_open,
    )


def test_real_pesos_are_bounded_over_every_spread(by_formula):
    # INPC, mean of year, 2010 = 100: 80.50 in 2005, 96.01 in 2009, 119.41 in 2015.
    # 1070 x 119.41 / 96.01 = 1330.8 at least, 1070 x 119.41 / 80.50 = 1587.1 at most.
    face = by_formula["real[nl_funds_2005_2009, inpc, 2015]", ""].face
    assert abs(face.value.low - Fraction("1330.8")) < Fraction(1, 10)
    assert abs(face.value.high - Fraction("1587.1")) < Fraction(1, 10)


@pytest.mark.parametrize("printed", ["usd_extra_2004", "usd_extra_2015"])
def test_a_lead_that_note_5_states_in_dollars_is_computed_from_dollars(study, printed):
    readings = [check for check in study.checks if check.printed == printed]
    assert readings
    for check in readings:
        named = {part.id for part in walk(parse(check.formula)) if isinstance(part, Name)}
        assert all("_usd_" in id for id in named), check.id


def test_what_the_text_does_not_give_is_said_to_be_missing(findings):
    missing = [found for found in findings if found.verdict == "cannot be computed"]
    assert missing
    assert all(found.check.missing for found in missing), [f.message for f in missing if not f.check.missing]


def test_every_check_is_read_and_every_fact_it_names_exists(study):
    facts = {fact.id for fact in study.facts}
    for check in study.checks:
        named = {part.id for part in walk(parse(check.formula)) if isinstance(part, Name)}
        assert check.missing or named <= facts, check.id
        assert check.group, check.id
        assert check.section, check.id


def test_no_two_checks_say_the_same(study):
    twice = Counter((check.formula, check.printed, check.expected) for check in study.checks)
    assert [key for key, count in twice.items() if count > 1] == []
    labels = Counter((check.group, check.label) for check in study.checks)
    assert [key for key, count in labels.items() if count > 1] == []


def test_some_reading_gives_each_of_these_printed_numbers(findings):
    best = {number.fact.id: number.best for number in printed_numbers(findings)}
    for id in ("nl_per_firm_2004_2009", "pue_per_firm_2004_2009", "pue_per_firm_2015", "chp_share_of_puebla"):
        assert best[id] == "reproduces"
    for id in (
        "nl_per_firm_2015",
        "pue_runner_up_share_2010",
        "nl_usd_per_firm_2004",
        "pue_usd_per_firm_2004",
    ):
        assert best[id] == "does not follow"


def test_a_changed_fact_changes_its_verdict(study):
    # 1587 / 285 = 5.57: had 5.6 been printed it would reproduce.
    facts = tuple(
        fact
        if fact.id != "nl_per_firm_2015"
        else type(fact)(**{**_fields(fact), "value": type(fact.value)("5.6")})
        for fact in study.facts
    )
    changed = {
        (f.check.formula, f.check.printed): f.verdict for f in audit_numbers(study.replace(facts=facts))
    }
    formula = PER_FIRM.format(total="nl_funds_2010_2015", unit="NL", census=2014)
    assert changed[formula, "nl_per_firm_2015"] == "reproduces"


def _fields(fact):
    return {name: getattr(fact, name) for name in type(fact).__dataclass_fields__}
