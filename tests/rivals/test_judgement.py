"""Verdicts on accounts: matrices worked by hand, laws, refusals."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.core.errors import DataError, OptionError
from concausa.rivals.expectation import Expectation
from concausa.rivals.judgement import Judgement, judge, judgements
from concausa.rivals.observation import Observation
from concausa.rivals.timetable import timetable

SCALE = ("minimum", "moderate", "maximum")
PERIODS = {"1": Date.parse("2000/2007"), "2": Date.parse("2008/2015")}
CASES = ("A-1", "A-2", "B-1", "B-2")


def says(case: str, expects: str, span: str = "", levels: tuple[str, ...] = ()) -> Expectation:
    unit, period = case.split("-")
    when = Date.parse(span) if span else None
    return Expectation(unit=unit, period=period, expects=expects, span=when, levels=levels)


def seen(case: str, *levels: str, span: str = "") -> Observation:
    unit, period = case.split("-")
    return Observation(unit=unit, period=period, levels=levels, span=Date.parse(span) if span else None)


def judged(expectations, observations, *, units=("A", "B"), periods=None, scale=SCALE) -> Judgement:
    table = timetable(expectations, observations, units=units, periods=periods or PERIODS, scale=scale)
    return judge(table)


def outcome(*levels: str) -> list[Observation]:
    return [seen(case, level) for case, level in zip(CASES, levels, strict=True)]


def words(found: Judgement) -> list[str]:
    return [cell.verdict for cell in found.cells]


def test_a_matrix_by_hand():
    # A drew the most in both periods, B the least and then a moderate amount.
    found = judged(
        [says("A-1", "high"), says("A-2", "low"), says("B-1", "low"), says("B-2", "low")],
        outcome("maximum", "maximum", "minimum", "moderate"),
    )
    # B-2 is on the middle of the scale: neither high nor low.
    assert words(found) == ["fits", "fails", "fits", "does not discriminate"]
    assert found.cells[3].reason == "the outcome is on the middle"
    assert {one.name: one.verdict for one in found.contrasts} == {
        "A-1 : B-1": "fits",  # high above low, and it is
        "A-2 : B-2": "does not discriminate",  # low and low, but A drew more: left unexplained
        "A-2 : A-1": "fails",  # a fall is expected, there is none
        "B-2 : B-1": "does not discriminate",  # no change is expected, but B rose
    }
    assert found.overall == "fails in part"
    cells, pairs = found.scores
    assert (cells.fits, cells.fails, cells.tested, cells.all) == (2, 1, 3, 4)
    assert (pairs.fits, pairs.fails, pairs.tested, pairs.all) == (1, 1, 2, 4)
    # Outcomes differ in three contrasts: one explained, two left.
    assert found.differences == (1, 2, 3)


def test_a_period_in_which_the_account_changes_is_not_decided_by_the_outcome_of_the_whole():
    found = judged(
        [says("A-1", "low", "2000/2004"), says("A-1", "high", "2005/2007")],
        outcome("maximum", "maximum", "minimum", "minimum"),
    )
    cell = found.cell("A-1")
    assert cell.verdict == "changes within the period"
    assert cell.varies
    assert cell.said == ((("low",), 60), (("high",), 36))
    assert cell.months == {"fails": 60, "fits": 36}
    assert found.changing_months == (36, 60, 96)
    assert found.overall == "changes within the period"


def test_a_period_whose_parts_are_known_is_judged_part_by_part():
    expectations = [says("A-1", "low", "2000/2004"), says("A-1", "high", "2005/2007")]
    parts = [seen("A-1", "minimum", span="2000/2004"), seen("A-1", "maximum", span="2005/2007")]
    assert judged(expectations, parts).cell("A-1").verdict == "fits"
    turned = [seen("A-1", "minimum", span="2000/2004"), seen("A-1", "minimum", span="2005/2007")]
    assert judged(expectations, turned).cell("A-1").verdict == "fails"
    # A part that straddles the change cannot tell; the other fits.
    straddling = [seen("A-1", "minimum", span="2000/2002"), seen("A-1", "maximum", span="2003/2007")]
    assert judged(expectations, straddling).cell("A-1").verdict == "changes within the period"


def test_silent_months_count_for_nothing():
    spoken = [says("A-1", "low", "2004/2007"), says("A-1", "silent", "2000/2003")]
    found = judged(spoken, outcome("minimum", "minimum", "minimum", "minimum"))
    assert found.cell("A-1").verdict == "fits"
    assert not found.cell("A-1").varies
    assert found.cell("A-1").months == {"silent": 48, "fits": 48}
    assert found.cell("B-2").verdict == "silent"


def test_higher_and_lower_are_than_every_other_case_of_which_something_is_said():
    expectations = [says("A-1", "higher"), says("B-1", "lower")]
    up = judged(expectations, outcome("moderate", "minimum", "minimum", "minimum"))
    assert words(up)[::2] == ["fits", "fits"]
    tie = judged(expectations, outcome("minimum", "minimum", "minimum", "minimum"))
    assert words(tie)[::2] == ["fails", "fails"]
    assert tie.contrasts[0].verdict == "fails"
    # C drew more than A: as nothing is said of C, it does not matter; once something is, A is not higher.
    three = [*outcome("moderate", "minimum", "minimum", "minimum"), seen("C-1", "maximum")]
    assert judged(expectations, three, units=("A", "B", "C")).cell("A-1").verdict == "fits"
    more = [*expectations, says("C-1", "low")]
    assert judged(more, three, units=("A", "B", "C")).cell("A-1").verdict == "fails"


def test_what_has_nobody_to_be_compared_with_discriminates_nothing():
    found = judged([says("A-1", "higher")], outcome("maximum", "minimum", "minimum", "minimum"))
    assert found.cell("A-1").verdict == "does not discriminate"
    assert found.cell("A-1").reason == "there is no case to compare"
    assert found.overall == "does not discriminate"


def test_no_difference_neither_fits_nor_fails_and_leaves_differences_unexplained():
    same = [says(case, "no difference") for case in CASES]
    for levels in itertools.product(SCALE, repeat=4):
        found = judged(same, outcome(*levels))
        assert set(words(found)) == {"does not discriminate"}
        assert found.overall == "does not discriminate"
        explained, unexplained, all_ = found.differences
        assert (explained, unexplained) == (0, all_)


def test_one_word_for_all_cases_never_fits_however_many_cells_agree():
    found = judged([says(case, "high") for case in CASES], outcome(*["maximum"] * 4))
    assert words(found) == ["fits"] * 4
    assert found.overall == "does not discriminate"


def test_few_tests_are_shown_to_be_few():
    one = judged([says("A-1", "high")], outcome("maximum", "maximum", "minimum", "minimum"))
    assert str(one) == "does not discriminate (cells: 1 of 1 tested, of 4; contrasts: 0 of 0 tested, of 4)"
    many = judged(
        [says("A-1", "high"), says("A-2", "high"), says("B-1", "low"), says("B-2", "low")],
        outcome("maximum", "maximum", "minimum", "minimum"),
    )
    assert str(many) == "fits (cells: 4 of 4 tested, of 4; contrasts: 4 of 4 tested, of 4)"


def test_missing_outcomes_are_no_data_and_decide_nothing():
    expectations = [says("A-1", "higher"), says("B-1", "lower"), says("A-2", "high")]
    found = judged(expectations, [seen("A-1", "maximum")])
    assert found.cell("A-1").verdict == "no data"
    assert found.cell("B-1").verdict == "no data"
    assert found.cell("A-2").verdict == "no data"
    assert found.overall == "no data"


def test_levels_name_what_is_possible():
    expectations = [
        says("A-1", "levels", levels=("maximum",)),
        says("B-1", "levels", levels=("minimum", "moderate")),
        says("A-2", "levels", levels=SCALE),
    ]
    found = judged(expectations, outcome("moderate", "maximum", "moderate", "maximum"))
    assert words(found) == ["fails", "silent", "fits", "silent"]
    # A maximum stands above whatever B is left with; a tie contradicts that.
    assert found.contrasts[0].verdict == "fails"


def test_words_and_levels_may_stand_side_by_side():
    scale = ("low", "medium-low", "medium", "medium-high", "high")
    observations = [seen("A-1", "medium-high"), seen("B-1", "medium")]
    found = judged(
        [says("A-1", "high"), says("B-1", "levels", levels=("medium", "low"))], observations, scale=scale
    )
    assert words(found)[::2] == ["fits", "fits"]
    # high leaves medium-high and high: both above medium and low.
    assert found.contrasts[0].verdict == "fits"


def test_both_cases_higher_says_nothing_of_their_order():
    found = judged(
        [says("A-1", "higher"), says("B-1", "higher")], outcome("maximum", "minimum", "minimum", "minimum")
    )
    assert found.contrasts[0].verdict == "silent"


def test_contrasts_change_with_the_months():
    # B is expected higher for 60 months and lower for 36; only the period's outcome is known.
    expectations = [
        says("A-1", "lower", "2000/2004"),
        says("A-1", "higher", "2005/2007"),
        says("B-1", "higher", "2000/2004"),
        says("B-1", "lower", "2005/2007"),
    ]
    (contrast, *_) = judged(expectations, outcome("maximum", "maximum", "minimum", "minimum")).contrasts
    assert contrast.verdict == "changes within the period"
    assert contrast.expected == {frozenset("<"): 60, frozenset(">"): 36}


def test_admissible_levels_are_all_gone_through():
    found = judgements(
        [says("A-1", "high"), says("B-1", "low")],
        [seen("A-1", "maximum", "moderate"), seen("B-1", "minimum", "moderate"), seen("A-2")],
        units=("A", "B"),
        periods=PERIODS,
        scale=SCALE,
    )
    assert len(found.readings) == 4
    assert found.cells["A-1"].counts == {"fits": 2, "does not discriminate": 2}
    assert found.cells["A-1"].word == "depends on the reading"
    # A tie of moderate and moderate is the one in which A is not above B.
    assert found.contrasts["A-1 : B-1"].counts == {"fits": 3, "fails": 1}
    assert found.overall.counts == {"fits": 3, "fails": 1}


# --- Laws -------------------------------------------------------------------------------------------------

WORDS = ("high", "low", "higher", "lower", "no difference", "silent", "open")
expectations_ = st.lists(
    st.tuples(st.sampled_from(CASES), st.sampled_from(WORDS)), unique_by=lambda one: one[0], max_size=4
)
levels_ = st.tuples(*[st.sampled_from((*SCALE, ""))] * 4)


def made(told) -> list[Expectation]:
    return [says(case, word) for case, word in told]


def observed(levels) -> list[Observation]:
    return [seen(case, *([level] if level else [])) for case, level in zip(CASES, levels, strict=True)]


TURNED = {"minimum": "maximum", "maximum": "minimum"}


@given(expectations_, levels_)
def test_turning_argument_and_outcome_round_changes_no_verdict(told, levels):
    plain = judged(made(told), observed(levels))
    turned = judged(
        [one.mirrored(SCALE) for one in made(told)], observed([TURNED.get(level, level) for level in levels])
    )
    assert words(plain) == words(turned)
    assert [one.verdict for one in plain.contrasts] == [one.verdict for one in turned.contrasts]


@given(expectations_, levels_)
def test_the_mirror_of_an_account_swaps_fits_and_fails_where_outcomes_are_off_the_middle_and_differ(
    told, levels
):
    plain = judged(made(told), observed(levels))
    turned = judged([one.mirrored(SCALE) for one in made(told)], observed(levels))
    swapped = {"fits": "fails", "fails": "fits"}
    for one, other in zip(plain.cells, turned.cells, strict=True):
        rival, mine = (
            next((c for c in levels_of(levels, period=one.period, unit=u)), "") for u in ("A", "B")
        )
        if rival and mine and rival != mine:
            assert other.verdict == swapped.get(one.verdict, one.verdict)


def levels_of(levels, *, period: str, unit: str) -> list[str]:
    return [level for case, level in zip(CASES, levels, strict=True) if case == f"{unit}-{period}"]


@given(levels_)
def test_what_expects_just_the_outcome_fits_wherever_there_is_one(levels):
    told = [says(case, "levels", levels=(level,)) for case, level in zip(CASES, levels, strict=True) if level]
    found = judged(told, observed(levels))
    assert words(found) == ["fits" if level else "silent" for level in levels]
    assert all(one.verdict == "fits" for one in found.contrasts if one.observed is not None)
    differ = any(one.differs for one in found.contrasts)
    nothing = "does not discriminate" if any(levels) else "nothing predicted"
    assert found.overall == ("fits" if differ else nothing)


@given(expectations_, levels_, st.dates(Date.parse("2000-02").start, Date.parse("2007-12").start))
def test_splitting_a_span_changes_nothing(told, levels, cut):
    halves = []
    for one in made(told):
        if one.period == "1":
            halves += [
                says(one.case, one.expects, f"2000-01-01/{cut}"),
                says(one.case, one.expects, f"{cut}/2007-12-31"),
            ]
        else:
            halves.append(one)
    whole, split = judged(made(told), observed(levels)), judged(halves, observed(levels))
    assert words(whole) == words(split)
    assert [one.verdict for one in whole.contrasts] == [one.verdict for one in split.contrasts]
    assert whole.overall == split.overall


@given(expectations_, levels_)
def test_renaming_units_renames_verdicts_and_nothing_else(told, levels):
    names = {"A": "B", "B": "A"}
    renamed = [says(f"{names[one.unit]}-{one.period}", one.expects) for one in made(told)]
    moved = [
        Observation(unit=names[one.unit], period=one.period, levels=one.levels) for one in observed(levels)
    ]
    plain, other = judged(made(told), observed(levels)), judged(renamed, moved)
    for cell in plain.cells:
        assert other.cell(f"{names[cell.unit]}-{cell.period}").verdict == cell.verdict
    assert plain.overall == other.overall


@given(expectations_, levels_)
def test_a_silent_rival_of_more_cases_is_worth_what_it_was(told, levels):
    plain = judged(made(told), observed(levels))
    spoken = {case for case, _ in told}
    more = [*made(told), *(says(case, "silent") for case in CASES if case not in spoken)]
    assert words(judged(more, observed(levels))) == words(plain)
    assert judged(more, observed(levels)).scores == plain.scores


@settings(max_examples=60)
@given(expectations_, levels_)
def test_scores_add_up(told, levels):
    found = judged(made(told), observed(levels))
    cells, pairs = found.scores
    assert (cells.all, pairs.all) == (4, 4)
    explained, unexplained, all_ = found.differences
    assert explained + unexplained <= all_


# --- Refusals ---------------------------------------------------------------------------------------------


def refused(kind, call) -> str:
    with pytest.raises(kind) as error:
        call()
    return str(error.value)


def test_a_word_that_nobody_can_expect_is_refused_with_the_nearest():
    assert refused(OptionError, lambda: says("A-1", "hihg")) == (
        "OptionError: 'hihg' is nothing that can be expected of A-1\n  fix    did you mean 'high'?"
    )


def test_levels_belong_to_levels_alone():
    assert refused(OptionError, lambda: says("A-1", "high", levels=("maximum",))) == (
        "OptionError: what is expected of A-1 is 'high' with levels\n"
        "  fix    name levels with 'levels', and with no other word"
    )


def test_two_expectations_of_one_month_are_refused():
    told = [says("A-1", "high", "2000/2004"), says("A-1", "low", "2004/2007")]
    assert refused(DataError, lambda: judged(told, [])) == (
        "DataError: two expectations of A-1 differ in 2004-01: high, and low\n"
        "  fix    let their spans not overlap"
    )


def test_a_span_outside_its_period_is_refused():
    assert refused(DataError, lambda: judged([says("A-1", "high", "2008/2009")], [])) == (
        "DataError: 2008/2009 lies outside period 1\n  where  A-1\n  fix    choose months within 2000/2007"
    )


def test_an_unknown_case_is_refused():
    assert refused(DataError, lambda: judged([says("Z-1", "high")], [])) == (
        "DataError: there is no case Z-1\n  fix    units are A, B; periods are 1, 2"
    )


def test_a_level_that_the_outcome_does_not_have_is_refused():
    told = [says("A-1", "levels", levels=("maximal",))]
    assert refused(OptionError, lambda: judged(told, outcome(*["maximum"] * 4))) == (
        "OptionError: the outcome has no level 'maximal'\n  where  A-1\n  fix    did you mean 'maximum'?"
    )


def test_more_readings_than_anyone_goes_through_are_refused():
    periods = {str(year): Date.parse(str(year)) for year in range(2000, 2010)}
    many = [Observation(unit=unit, period=period, levels=SCALE) for unit in ("A", "B") for period in periods]
    assert refused(
        OptionError, lambda: judgements([], many, units=("A", "B"), periods=periods, scale=SCALE)
    ) == (
        "OptionError: there are 3,486,784,401 readings, more than 10,000\n"
        "  fix    judge fewer cases at once, or a study with concausa.standings"
    )


def test_a_level_that_is_called_as_a_word_is_not_the_word() -> None:
    # On five levels the word high leaves medium-high and high, the level high itself alone.
    scale = ("low", "medium-low", "medium", "medium-high", "high")
    told = [says("A-1", "high", "2000/2003"), says("A-1", "levels", "2004/2007", levels=("high",))]
    cell = judged(told, [seen("A-1", "medium-high")], scale=scale).cell("A-1")
    assert cell.verdict == "changes within the period"
    assert cell.months == {"fits": 48, "fails": 48}


def test_a_span_without_a_15th_counts_for_no_month() -> None:
    told = [says("A-1", "low", "2000-01-01/2000-01-10"), says("A-1", "high", "2000-01-11/2007")]
    cell = judged(told, [seen("A-1", "maximum")]).cell("A-1")
    assert (cell.verdict, cell.said) == ("fits", ((("high",), 96),))
