"""The audit of numbers: verdicts, their sentences, and what stands behind them."""

import datetime
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.audit.numbers import SENTENCES, VERDICTS, audit_number, audit_numbers
from concausa.audit.printed import printed_numbers
from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.core.interval import rounded
from concausa.core.table import Link
from concausa.core.unit import Unit
from concausa.record.election import Election
from concausa.record.fact import Fact, Series
from concausa.record.term import Term
from concausa.study.settings import Settings
from concausa.study.study import Origin, Study
from concausa.theory.check import Check


def fact(id, value, unit, rounding="", date=None):
    return Fact(
        id=id,
        subject=id,
        measure="m",
        value=Decimal(value),
        measured_in=unit,
        rounding=rounding,
        date=Date.parse(date) if date else None,
    )


FACTS = (
    fact("funds", "1070", "million MXN", date="2005/2009"),
    fact("firms", "247", "firm", "exact"),
    fact("about_firms", "200", "firm", "10"),
    fact("ratio", "4.3", "million MXN/firm", date="2004/2009"),
    fact("won", "50", "percent"),
    fact("lost", "45.07", "percent"),
    fact("open_ended", "3", "firm", date="2008/.."),
    fact("undated", "9.16", "million MXN"),
)


def study(formula, *, facts=FACTS, more=(), **fields):
    check = Check(id="N1", label="a check", formula=formula, **fields)
    return Study(settings=Settings(id="s", title="s"), facts=facts, checks=(check, *more))


def finding(formula, **fields):
    return audit_numbers(study(formula, **fields))[0]


# --- verdicts -------------------------------------------------------------------------------------------


def test_a_ratio_that_rounds_to_the_printed_number_reproduces():
    # 1070 / 247 = 4.332, which is 4.3 to one decimal.
    found = finding("funds / firms", printed="ratio")
    assert found.verdict == "reproduces"
    assert found.follows == ""
    assert (
        found.message
        == "The formula gives 4.332 (4.33 to 4.334) million MXN/firm; the text prints 4.3 million MXN/firm."
    )


def test_a_ratio_that_cannot_be_the_printed_number_does_not_follow_and_says_what_would():
    # 1070 / 200 = 5.35; with 195 to 205 firms from 5.217 to 5.490.
    found = finding("funds / about_firms", printed="ratio")
    assert found.verdict == "does not follow"
    assert found.follows == "5.4 million MXN/firm"
    assert found.message == (
        "The inputs give 5.35 (5.217 to 5.49) million MXN/firm. From them 5.4 million MXN/firm would follow; "
        "the text prints 4.3 million MXN/firm."
    )


def test_a_number_that_only_the_rounding_of_its_inputs_admits_is_within_rounding():
    # 4.35 x 205 = 891.75 at most and 4.25 x 195 = 828.75 at least; 4.3 x 200 = 860 at face value.
    found = finding("ratio * about_firms", expected="880 million MXN")
    assert found.verdict == "within rounding"
    assert found.follows == "860 million MXN"


def test_without_a_printed_number_the_result_is_given():
    found = finding("won - lost")
    assert found.verdict == "computed"
    assert found.message == (
        "The formula gives 4.93 (4.425 to 5.435) percentage points. No number is printed to set beside it."
    )


def test_a_tie_in_rounding_counts_as_printed():
    # 50 - 45.07 is 4.93; a printed 4.9 and a printed 4.93 both stand, 4.8 does not.
    assert finding("won - lost", expected="4.9 percentage point").verdict == "reproduces"
    assert finding("won - lost", expected="4.93 percentage point").verdict == "reproduces"
    assert finding("0.5", expected="0").verdict == "reproduces"


@pytest.mark.parametrize(
    ("formula", "verdict", "message"),
    [
        ("lost < won", "reproduces", None),  # 45.075 at most against 49.5 at least
        (
            "won > 49 {percent}",
            "reproduces",
            "It holds for all that the inputs admit: 50 (49.5 to 50.5) percent > 49 percent.",
        ),
        (
            "won > 50.2 {percent}",
            "within rounding",
            (
                "It holds for some of what the inputs admit, not for all: "
                "50 (49.5 to 50.5) percent > 50.2 percent."
            ),
        ),
        (
            "years[ratio] = years[funds]",
            "does not follow",
            "It does not follow from these inputs, which give 6 years on one side and 5 years on the other.",
        ),
        ("about_firms = 203 {firm}", "within rounding", None),
        ("firms >= 247 {firm}", "reproduces", None),
        ("firms > 247 {firm}", "does not follow", None),
        ("firms <= 0.247 {thousand firm}", "reproduces", None),
        # a fact on both sides has one value: it is always below itself and a half
        ("about_firms < about_firms + 0.5 {firm}", "reproduces", None),
        ("about_firms > about_firms + 0.5 {firm}", "does not follow", None),
        ("about_firms / 2 >= about_firms", "does not follow", None),
    ],
)
def test_comparisons_hold_for_all_for_some_or_for_none(formula, verdict, message):
    found = finding(formula)
    assert found.verdict == verdict
    assert message is None or found.message == message


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("funds / firmz", "there is no fact firmz (did you mean firms?)"),
        ("zzz", "there is no fact zzz"),
        ("funds / (won - won)", "the divisor is zero"),
        ("funds / (about_firms - 203 {firm})", "the divisor may be zero: it lies from -8 to 2"),
        ("funds + firms", "firm cannot be added to million MXN (they differ in MXN, firm)"),
        ("series[NL, 2004]", "there is no series series"),
        ("funds +", 'expected a number, fact or "(", found "the end"'),
        ("years[undated]", "the text does not date the fact undated"),
        ("years[open_ended]", "the window 2008/.. has an open end"),
        ("years[2004/2003]", "the interval '2004/2003' ends before it starts (did you mean 2003/2004?)"),
        ("aligned[XX, 2004]", "there is no unit XX"),
        ("election[V1].winner_share", "there is no election V1"),
        ("real[funds, inpc]", "real[…] takes 3 keys, not 2"),
    ],
)
def test_what_cannot_be_computed_says_what_is_missing(formula, reason):
    found = finding(formula)
    assert found.verdict == "cannot be computed"
    assert found.message == f"This cannot be computed: {reason}."


def test_a_stated_gap_is_told_in_the_study_s_words():
    found = finding("funds_2004", missing="the totals start in 2005.")
    assert found.message == "This cannot be computed: the totals start in 2005."


def test_a_printed_unit_of_another_kind_is_not_forced_to_fit():
    found = finding("won - lost", expected="5 percent")
    assert found.message == (
        "This cannot be computed: percentage point cannot be read as percent "
        "(a difference of two percents is in percentage points; divide by the base for a percent)."
    )


def test_an_unknown_printed_fact_is_named():
    assert (
        "there is no fact ratioo (did you mean ratio?)" in finding("funds / firms", printed="ratioo").message
    )


# --- laws -----------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.integers(1, 9999),
    st.integers(1, 400),
    st.sampled_from(["0.01", "0.1", "1", "10"]),
)
def test_a_number_that_was_rounded_from_its_inputs_always_reproduces(top, bottom, step):
    printed = rounded(Fraction(top, bottom), Fraction(step))
    facts = (
        fact("a", top, "MXN", "exact"),
        fact("b", bottom, "firm", "exact"),
        fact("p", str(Decimal(printed.numerator) / printed.denominator), "MXN/firm", step),
    )
    assert finding("a / b", facts=facts, printed="p").verdict == "reproduces"


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(1, 99), st.integers(-40, 40))
def test_a_number_is_refuted_only_if_no_inputs_within_rounding_give_it(a, b, shift):
    # Brute force: ten values of each input over its rounding range.
    printed = Decimal(a * b) + shift
    facts = (fact("a", a, "x"), fact("b", b, "y"), fact("p", printed, "x*y", "1"))
    verdict = finding("a * b", facts=facts, printed="p").verdict
    grid = [Fraction(step, 10) - Fraction(1, 2) for step in range(11)]
    reachable = any(abs((a + i) * (b + j) - Fraction(printed)) <= Fraction(1, 2) for i in grid for j in grid)
    if reachable:
        assert verdict in ("reproduces", "within rounding")
    assert verdict in VERDICTS


# --- what stands behind it ---------------------------------------------------------------------------------


def test_every_input_is_a_step_that_links_to_its_row():
    steps = finding("funds / firms + funds / firms", printed="ratio").steps
    assert [(step.name, step.value, step.link) for step in steps] == [
        ("funds", "1,070 million MXN", Link("facts", "funds")),
        ("firms", "247 firms", Link("facts", "firms")),
    ]


def test_elections_terms_and_series_link_too(tmp_path):
    (tmp_path / "fx.csv").write_text("year,rate\n2005,10\n2006,20\n", encoding="utf-8")
    whole = study("1").replace(
        checks=(
            Check(id="E", label="e", formula="election[V].margin"),
            Check(id="A", label="a", formula="aligned[A, 2005]"),
            Check(id="S", label="s", formula="mean(fx[2005/2006])"),
            Check(id="C", label="c", formula="converted[money, fx]"),
            Check(id="Y", label="y", formula="election[V].year"),
        ),
        units=(Unit(id="A", name="A", role="core"),),
        facts=(fact("money", "100", "MXN", "exact", "2005/2006"),),
        elections=(
            Election(
                id="V",
                unit="A",
                date=Date.parse("2004-07-04"),
                winner_share=Decimal("56.6"),
                runner_up_share=Decimal("33"),
            ),
        ),
        terms=tuple(
            Term(
                id=office,
                unit=unit,
                office=office,
                holder="h",
                party="X",
                start=Date.parse("2004-01-01"),
                end=Date.parse("2006-12-31"),
            )
            for office, unit in (("governor", "A"), ("president", ""))
        ),
        series=(
            Series(
                id="fx",
                label="fx",
                file="fx.csv",
                value="rate",
                time="year",
                measured_in="MXN/USD",
                source="D",
            ),
        ),
        origin=Origin(tmp_path),
    )
    margin, months, rate, dollars, year = audit_numbers(whole)
    assert (margin.computed_text(), margin.steps[0].link) == (
        "23.6 (23.05 to 24.15) percentage points",
        Link("elections", "V"),
    )
    assert months.computed_text() == "12 months"
    assert [step.link for step in months.steps] == [Link("terms", "governor"), Link("terms", "president")]
    assert (rate.computed_text(), rate.steps[0].value, rate.steps[0].link) == (
        "15 MXN/USD",
        "2 values, 10 to 20 MXN/USD",
        Link("series", "fx"),
    )
    assert dollars.computed_text() == "5 to 10 USD"
    assert year.computed_text() == "2004"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2005-02-01", "2011-01-31", "71 to 72 months"),  # to the last day, counted or not
        ("2005", "2013", "84 to 108 months"),  # 31 December 2005 to 1 January 2013 · all nine years
        ("2013", "2013", "0 to 12 months"),
    ],
)
def test_a_term_lasts_as_long_as_its_dates_admit(start, end, text):
    term = Term(id="T", unit="A", office="o", holder="h", start=Date.parse(start), end=Date.parse(end))
    assert audit_numbers(study("lasted[T]").replace(terms=(term,)))[0].computed_text() == text


def test_a_term_without_an_end_has_no_length():
    term = Term(id="T", unit="A", office="o", holder="h", start=Date.parse("2005"))
    assert audit_numbers(study("lasted[T]").replace(terms=(term,)))[0].message == (
        "This cannot be computed: the text does not say when term T began and ended."
    )


@pytest.mark.parametrize(("start", "end"), [("../2003", "2004"), ("2003", "../2004"), ("2003", "2004/..")])
def test_a_term_with_an_open_date_has_no_length_either(start, end):
    term = Term(id="T", unit="A", office="o", holder="h", start=Date.parse(start), end=Date.parse(end))
    assert audit_numbers(study("lasted[T]").replace(terms=(term,)))[0].message == (
        "This cannot be computed: the text does not say when term T began and ended."
    )


def test_a_term_that_ends_on_the_last_day_of_the_calendar_does_not_overflow():
    last = Date("9999-12-31", datetime.date.max, datetime.date.max)
    term = Term(id="T", unit="A", office="o", holder="h", start=Date.parse("2003-01-01"), end=last)
    (found,) = audit_numbers(study("lasted[T]").replace(terms=(term,)))
    assert found.computed.value.high == 12 * 7997 - 1  # January 2003 to December 9999, whole months


def test_a_study_that_was_not_read_from_a_folder_says_that_series_are_missing():
    whole = study("fx[2005]").replace(
        series=(Series(id="fx", label="x", file="f.csv", value="v", time="t", measured_in="MXN", source="D"),)
    )
    assert audit_numbers(whole)[0].message == (
        "This cannot be computed: series fx cannot be read: the study was not read from a folder."
    )


def test_findings_are_plain_json():
    for found in (finding("funds / firms", printed="ratio"), finding("won > lost"), finding("zzz")):
        assert json.loads(json.dumps(found.data()))["verdict"] == found.verdict


def test_a_finding_is_told_in_the_reader_s_language():
    spanish = {
        SENTENCES["computed"]: "La fórmula da {computed}.",
        "percentage points": "puntos porcentuales",
        "{low} to {high}": "{low} a {high}",
    }
    told = finding("won - lost").told(lambda text: spanish.get(text, text))
    assert told == "La fórmula da 4.93 (4.425 a 5.435) puntos porcentuales."


def test_what_is_missing_can_be_told_in_a_translation_of_the_study_s_words():
    found = finding("a", missing="the year")
    assert found.told(missing="el año") == "This cannot be computed: el año."


def test_both_sides_of_a_comparison_are_shown_without_a_sign_that_does_not_hold():
    assert (
        finding("won > lost").computed_text() == "50 (49.5 to 50.5) percent > 45.07 (45.07 to 45.08) percent"
    )
    assert finding("firms > 247 {firm}").computed_text() == "247 firms against 247 firms"


def test_findings_of_one_printed_number_are_read_together():
    more = (Check(id="N2", label="other", formula="funds / firms", printed="ratio"),)
    (number,) = printed_numbers(audit_numbers(study("funds / about_firms", printed="ratio", more=more)))
    assert number.best == "reproduces"
    assert [found.check.id for found in number.reproduced_by] == ["N2"]


def test_one_check_can_be_asked_for_by_its_id():
    whole = study("funds / firms", printed="ratio")
    assert audit_number(whole, "N1").verdict == "reproduces"
    with pytest.raises(UnknownNameError):
        audit_number(whole, "N9")


def test_hostile_text_in_a_check_does_nothing_but_show():
    for hostile in ("{0.__class__}", "{missing!r:>9999999}", "<script>", "=1+1"):
        found = finding("a", missing=hostile)
        assert hostile in found.message
