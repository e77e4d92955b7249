"""The protocol for a study: its readings are the tests, and what so few cases forbid is refused with a reason."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from tests.small import bare, coding, small

from concausa.audit import protocol_refusal as room
from concausa.audit.configurations import configurations
from concausa.audit.robustness import study_robustness
from concausa.audit.robustness_view import full
from concausa.core.errors import DataError, OptionError
from concausa.measurement.level_map import LevelMap
from concausa.report.exhibits.robustness import robustness
from concausa.report.language import Language
from concausa.study.study import Study


@pytest.fixture(scope="module")
def prosoft():
    return configurations(Study.load("prosoft"))


@pytest.fixture(scope="module")
def found(prosoft):
    return study_robustness(Study.load("prosoft"), found=prosoft)


@pytest.fixture(scope="module")
def maximum(found):
    return found.of("intermediate")


def test_the_initial_analysis_is_the_first_reading_that_places_every_case_in_a_row(maximum):
    # Medium counts as in: NL-1 and NL-2 in EL*BQ*BC, PUE-1 and PUE-2 in rows of their own.
    assert maximum.initial.label == "medium-in crisp, readings 1, 2, 3, 4"
    assert maximum.initial.formula == ("EL*BQ*BC",)
    assert None not in maximum.initial.truth_table.member.tolist()


def test_every_reading_with_a_truth_table_is_counted_once(prosoft, found):
    top = prosoft.frame.outcome_sets[0].threshold
    every = [
        s
        for one in prosoft.of(top)
        for s in one.settings
        if prosoft.frame.outcome_sets[s.outcome].threshold == top
    ]
    for one in found.solutions:
        if one.threshold != top:
            continue
        counted = Counter(setting for own in one.settings for setting in own) + Counter(one.silent)
        assert counted == Counter(every)


def test_the_papers_conjunction_stays_in_eleven_of_eighteen_readings(maximum):
    # docs/explanation/prosoft-configurations: medium in, four readings crisp and four fuzzy; medium on the crossover,
    # the two readings in which NL-1 alone has a row; medium out, fuzzy, by the headings.
    assert maximum.stays() == (4 + 4 + 2 + 1, 18)
    assert len(maximum.silent) == 2


def test_the_first_period_of_nuevo_leon_is_robust_and_the_second_shaky(maximum):
    types = {one.case: one.type for one in maximum.tests.cases("hard")}
    assert types == {
        "NL-1": "robust typical",
        "NL-2": "shaky typical",
        "PUE-1": "irrelevant",
        "PUE-2": "irrelevant",
    }
    assert maximum.robust == ("NL-1",)
    shaky = next(one for one in maximum.tests.cases("hard") if one.case == "NL-2")
    # With medium out NL-2 has leadership by .49 at most: it leaves every solution that asks for leadership.
    assert set(shaky.left_out_by) == {"medium-out fuzzy, reading 1", "medium-out fuzzy, reading 4"}


def test_less_than_the_maximum_has_no_case_that_every_reading_keeps(found):
    assert found.of("intermediate", negated=True).robust == ()


def test_a_perfect_fit_comes_by_chance_in_two_of_six_outcomes(maximum):
    # NL-1 and NL-2 share a row, PUE-1 and PUE-2 have one each. Of the six pairs of cases that could have had the outcome
    # two do not cut through the shared row: both of Nuevo León, or both of Puebla.
    assert maximum.chance.outcomes == 6
    assert maximum.chance.perfect.share == pytest.approx(2 / 6)


def test_no_case_bears_the_conjunction_alone_and_every_condition_does(maximum):
    assert maximum.drops.stays("case") == (4, 4)
    assert maximum.drops.stays("condition") == (0, 3)


def test_cut_offs_may_move_until_the_row_of_two_cases_is_a_remainder(maximum):
    frequency = maximum.ranges["frequency"]
    assert (frequency.lower.value, frequency.upper.value, frequency.upper.closed) == (1, 2, True)
    assert maximum.ranges["consistency"].upper.value == 1


def test_what_is_not_run_is_refused_with_its_reason(maximum):
    assert [one.part for one in maximum.refused] == ["anchors", "Monte Carlo"]
    assert [one.why for one in maximum.refused] == [room.NO_ANCHORS, room.NO_INTERVALS]
    text = full_text(maximum)
    assert "there is no raw value that an anchor could move against" in text
    assert "a share of draws would be an invention" in text


def full_text(one):
    class Found:
        found = configurations(Study.load("prosoft"))

    return " ".join(full(Found(), one).split())


def test_everything_is_plain_json_and_fits_a_terminal(found):
    assert json.loads(json.dumps(found.data(), allow_nan=False))["solutions"]
    assert all(len(line) <= 80 for line in found.memo().splitlines())
    for one in found.solutions[:3]:
        assert all(len(line) <= 80 for line in full(found, one).splitlines())


def test_a_study_with_one_reading_has_no_test_and_says_so():
    made = one_reading()
    (one, *_) = study_robustness(made).solutions
    assert one.tests is None
    assert one.stays() == (1, 1)
    assert "test set" in [refusal.part for refusal in one.refused]
    tables = {table.name: table for table in robustness(made, Language()).tables}
    parts = [row["part"].data for row in tables["robustness-7"]]
    assert "test set" in parts


def one_reading():
    codings = tuple(
        coding(f"C{place}", case, name, level)
        for place, (case, name, level) in enumerate(
            (
                ("N-1", "A", "high"), ("N-1", "B", "high"), ("N-1", "Y", "many"),
                ("S-2", "A", "low"), ("S-2", "B", "low"), ("S-2", "Y", "few"),
            )
        )
    )  # fmt: skip
    maps = (LevelMap(id="m", label="m", points=("low=0", "medium=0.4", "high=1")),)
    return small().replace(codings=codings, level_maps=maps, patterns=(), rules=(), claims=())


def test_a_study_without_cases_is_refused():
    with pytest.raises(DataError, match="there is nothing to analyse"):
        study_robustness(bare())


def test_a_solution_that_is_not_there_is_refused_with_the_nearest(found):
    with pytest.raises(OptionError) as caught:
        found.of("intermediate", threshold="moderat")
    assert caught.value.fix == "did you mean moderate?"
