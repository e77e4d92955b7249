"""The door for data: what comes in, as what, and what is refused with which words."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ConcausaError, DataError, OptionError, ScaleError, UnknownNameError
from concausa.qca.case_data import case_data
from concausa.sets.score_pair import scores

FUZZY = {"id": ["a", "b", "c"], "A": [0.1, 0.6, 1.0], "B": [1, 0, 1], "M": [0, 2, 1], "note": [None, "", "x"]}


def kinds(columns: dict[str, Any], **options: Any) -> dict[str, str]:
    data = case_data(columns, list(columns), **options)
    return {factor.name: factor.kind for factor in data.factors}


@pytest.mark.parametrize(
    ("column", "kind", "values"),
    [
        ([0, 1, 1], "crisp", (0, 1)),
        ([True, False, True], "crisp", (0, 1)),
        ([1.0, 0.0, 1.0], "crisp", (0, 1)),
        ([1, 1, 1], "crisp", (0, 1)),
        ([0, 0.5, 1], "fuzzy", (0, 1)),
        ([Decimal("0.2"), 0, 1], "fuzzy", (0, 1)),
        ([2, 0, 1], "multi-value", (0, 1, 2)),
        ([2.0, 0.0, 1.0], "multi-value", (0, 1, 2)),
        (np.array([3, 1, 2, 0], dtype=np.uint8), "multi-value", (0, 1, 2, 3)),
        ([0.25, "-", 1], "fuzzy", (0, 1)),
        (["0", "-", "1"], "crisp", (0, 1)),
        (["2", "-", "1", "0"], "multi-value", (0, 1, 2)),
    ],
)
def test_values_say_what_a_factor_is_however_they_are_stored(
    column: Any, kind: str, values: tuple[int, ...]
) -> None:
    (factor,) = case_data({"X": column}, ["X"]).factors
    assert (factor.kind, factor.values) == (kind, values)


def test_only_the_columns_that_are_named_are_read() -> None:
    data = case_data(FUZZY, ["A", "M"], cases="id")
    assert data.cases == ("a", "b", "c")
    assert data.names == ("A", "M")
    assert data.scores.tolist() == [[0.1, 0], [0.6, 2], [1.0, 1]]


def test_cases_without_names_are_numbered_from_1() -> None:
    assert case_data({"A": [0, 1]}, ["A"]).cases == ("1", "2")


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, dict])
def test_every_kind_of_frame_gives_the_same_data(make: Callable[[Any], Any]) -> None:
    data = case_data(make(FUZZY), ["A", "B", "M"], cases="id")
    assert data.cases == ("a", "b", "c")
    assert [factor.kind for factor in data.factors] == ["fuzzy", "crisp", "multi-value"]
    assert data.scores.tolist() == [[0.1, 1, 0], [0.6, 0, 2], [1.0, 1, 1]]


def test_records_are_a_frame_too() -> None:
    records = [dict(zip(FUZZY, row, strict=True)) for row in zip(*FUZZY.values(), strict=True)]
    assert case_data(records, ["A", "M"], cases="id").scores.tolist() == [[0.1, 0], [0.6, 2], [1.0, 1]]


def test_a_named_or_textual_pandas_index_names_the_cases() -> None:
    frame = pandas.DataFrame({"A": [0, 1]}, index=["x", "y"])
    assert case_data(frame, ["A"]).cases == ("x", "y")
    assert case_data(frame.rename_axis("state"), ["A"]).cases == ("x", "y")
    years = pandas.DataFrame({"A": [0, 1]}, index=pandas.Index([2004, 2012], name="year"))
    assert case_data(years, ["A"]).cases == ("2004", "2012")
    filtered = pandas.DataFrame({"A": [0, 1, 1]}).iloc[1:]
    assert case_data(filtered, ["A"]).cases == ("1", "2")


def test_nullable_columns_of_pandas_are_read() -> None:
    frame = pandas.DataFrame({"A": pandas.array([1, 0, 1], dtype="Int64")})
    assert case_data(frame, ["A"]).scores[:, 0].tolist() == [1, 0, 1]


def test_names_may_be_written_in_any_script_and_hold_spaces() -> None:
    names = ["Ejecución ágil", "ビジネス", "доля %", 'so "called"']
    data = case_data({name: [0, 1] for name in names}, names)
    assert data.names == tuple(names)


def test_declared_levels_allow_a_category_that_no_case_has() -> None:
    data = case_data({"M": [0, 2, 2], "B": [0, 1, 0]}, ["M", "B"], levels={"M": 4, "B": 3})
    assert [factor.values for factor in data.factors] == [(0, 1, 2, 3), (0, 1, 2)]


@pytest.mark.parametrize("mark", ["-", -9, "-9", "dc"])
def test_dont_care_becomes_nan(mark: Any) -> None:
    data = case_data({"A": [1, mark, 0], "B": [0.5, 0.25, 1]}, ["A", "B"], dont_care=mark)
    assert math.isnan(data.column("A")[1])
    assert not np.isnan(data.column("B")).any()


def test_a_number_for_dont_care_is_found_in_arrays() -> None:
    data = case_data({"A": np.array([1, -9, 0])}, ["A"], dont_care=-9)
    assert math.isnan(data.column("A")[1])


def test_a_score_that_does_not_matter_is_in_no_literal() -> None:
    data = case_data({"A": [1, "-", 0], "M": [2, 1, 0], "F": [0.75, 0.75, 0.25]}, ["A", "M", "F"])
    assert data.membership((1, None, None), data.names).tolist() == [1, 0, 0]
    assert data.membership((0, None, None), data.names).tolist() == [0, 0, 1]
    assert data.membership((None, 2, 1), data.names).tolist() == [0.75, 0, 0]
    assert data.membership((None, None, None), data.names).tolist() == [1, 1, 1]
    assert data.membership((0,), ["F"]).tolist() == [0.25, 0.25, 0.75]


def test_scores_cannot_be_written_to() -> None:
    column = np.array([0.2, 0.9])
    data = case_data({"A": column}, ["A"])
    with pytest.raises(ValueError, match="read-only"):
        data.scores[0, 0] = 1
    column[0] = 0.8
    assert data.scores[0, 0] == 0.2


RAW = "raw data: calibrate first (cc.calibrate)"
FILL = "fill them from the sources, or leave out these cases or this condition; nothing is filled in for you"


def test_data_that_were_read_before_are_read_again_without_options_for_reading() -> None:
    data = case_data({"A": [0.2, 0.9], "B": [1, "-"]}, ["A", "B"])
    assert case_data(data, ["A"]).scores.tolist() == [[0.2], [0.9]]
    assert case_data(data, ["B", "A"]).names == ("B", "A")
    with pytest.raises(OptionError, match="read before"):
        case_data(data, ["A"], cases="id")
    with pytest.raises(DataError, match="don't care"):
        case_data(data, ["A", "B"], outcomes=["B"])
    with pytest.raises(UnknownNameError):
        case_data(data, ["C"])


REFUSED: list[tuple[dict[str, Any], dict[str, Any], type[ConcausaError], str, str, str]] = [
    (
        {"A": [0.2, 1.5, 720]},
        {},
        ScaleError,
        'column "A" has values outside 0 to 1',
        "column A, cases 2 (1.5), 3 (720)",
        RAW,
    ),
    (
        {"A": [0.2, -0.5, 0.3]},
        {},
        ScaleError,
        'column "A" has values outside 0 to 1',
        "column A, case 2 (-0.5)",
        RAW + "; if -0.5 means don't care, say dont_care=-0.5",
    ),
    (
        {"A": [1, -9, 0]},
        {},
        ScaleError,
        'column "A" has values outside 0 to 1',
        "column A, case 2 (-9)",
        RAW + "; if -9 means don't care, say dont_care=-9",
    ),
    (
        {"A": [1, None, 0, math.nan]},
        {},
        DataError,
        'column "A" has missing values',
        "column A, cases 2, 4",
        FILL,
    ),
    (
        {"A": np.array([math.nan] * 7)},
        {},
        DataError,
        'column "A" has missing values',
        "column A, cases 1, 2, 3, 4, 5 and 2 more",
        FILL,
    ),
    (
        {"A": ["", 1]},
        {},
        DataError,
        'column "A" has missing values',
        "column A, case 1",
        FILL,
    ),
    (
        {"A": [1, math.inf]},
        {},
        DataError,
        'column "A" holds an infinite number',
        "column A, case 2",
        "correct the value",
    ),
    (
        {"A": ["high", 1, "low"]},
        {},
        DataError,
        'column "A" holds something that is no number',
        "column A, cases 1 ('high'), 3 ('low')",
        "code the condition as numbers; don't care is written '-'",
    ),
    (
        {"A": ["0.4", "1"]},
        {},
        DataError,
        'column "A" holds something that is no number',
        "column A, cases 1 ('0.4'), 2 ('1')",
        "code the condition as numbers; don't care is written '-'",
    ),
    (
        {"A": ["-", "-"]},
        {},
        DataError,
        'column "A" says nothing: every case is don\'t care',
        "column A",
        "leave the condition out",
    ),
    (
        {"A": [1, "-"]},
        {"outcomes": ["A"]},
        DataError,
        'the outcome "A" says don\'t care',
        "column A, case 2",
        "only conditions may be left open; give the outcome a score, or leave out these cases",
    ),
    (
        {"A": [0, 2, 3]},
        {},
        DataError,
        'the codes of column "A" have a gap',
        "column A: codes 0, 2, 3; no case has 1",
        'number the categories 0, 1, 2 … without a gap, or declare them: levels={"A": 4}; ' + RAW,
    ),
    (
        {"A": [1, 2]},
        {},
        DataError,
        'the codes of column "A" have a gap',
        "column A: codes 1, 2; no case has 0",
        'number the categories 0, 1, 2 … without a gap, or declare them: levels={"A": 3}; ' + RAW,
    ),
    (
        {"A": [0, 1, 3]},
        {"levels": {"A": 3}},
        DataError,
        'column "A" holds a code beyond its 3 categories',
        "column A, case 3 (3)",
        "codes run from 0 to 2",
    ),
    (
        {"A": [[0, 1], [1, 0]]},
        {},
        DataError,
        'column "A" has more than one value a case',
        "column A",
        "give a list or a one-dimensional array, one value a case",
    ),
    (
        {"A": [], "id": []},
        {},
        DataError,
        "there are no cases",
        "the table has no rows",
        "",
    ),
    (
        {"A": [0, 1], "id": ["NL", "NL"]},
        {"cases": "id"},
        DataError,
        "two cases have the same name",
        "column id: NL",
        "a case of a panel needs its period in its name, such as NL-1 and NL-2",
    ),
    (
        {"A": [0, 1], "id": ["NL", None]},
        {"cases": "id"},
        DataError,
        "a case has no name",
        "column id, row 2",
        "name every case, or leave out cases= to have them numbered",
    ),
    (
        {"A": [0, 1]},
        {"cases": ["only one"]},
        OptionError,
        "there must be one name a case",
        "cases: 1 names for 2 cases",
        "give the name of a column, or as many names as there are cases",
    ),
    (
        {"A": "0101"},
        {},
        DataError,
        'column "A" is no list of values',
        "A: str",
        "give a list or a one-dimensional array, one value a case",
    ),
    (
        {"A": [0, 1]},
        {"dont_care": 2},
        OptionError,
        "the sign for don't care must be one that cannot be a score",
        "dont_care=2",
        'use a text such as "-", a negative number such as -9, or None for no sign',
    ),
    (
        {"A": [0, 1]},
        {"levels": {"A": 1}},
        OptionError,
        "the number of categories is a whole number from 2 to 100",
        "levels: A=1",
        "declare how many categories the factor has, such as 3 for codes 0, 1, 2",
    ),
]


@pytest.mark.parametrize(("columns", "options", "error", "what", "where", "fix"), REFUSED)
def test_bad_input_is_refused_with_what_where_and_a_fix(
    columns: dict[str, Any],
    options: dict[str, Any],
    error: type[ConcausaError],
    what: str,
    where: str,
    fix: str,
) -> None:
    with pytest.raises(error) as caught:
        case_data(columns, ["A"], **options)
    assert (caught.value.what, caught.value.where, caught.value.fix) == (what, where, fix)


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_a_missing_value_is_refused_in_every_kind_of_frame(make: Callable[[Any], Any]) -> None:
    with pytest.raises(DataError, match="missing values") as caught:
        case_data(make({"id": ["x", "y", "z"], "A": [1, None, 0]}), ["A"], cases="id")
    assert caught.value.where == "column A, case y"


def test_a_missing_value_of_a_nullable_column_is_refused() -> None:
    frame = pandas.DataFrame({"A": pandas.array([1, None], dtype="Int64")})
    with pytest.raises(DataError, match="missing values"):
        case_data(frame, ["A"])


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(DataError, match="differ in length") as caught:
        case_data({"A": [0, 1], "B": [1]}, ["A", "B"])
    assert caught.value.where == "A 2, B 1"


@pytest.mark.parametrize("name", ["A", "B"])
def test_a_frame_that_has_a_column_name_twice_is_refused(name: str) -> None:
    frame = pandas.DataFrame([[0, 1, 1], [1, 0, 0]], columns=["A", "A", "B"])
    with pytest.raises(DataError, match='more than one column "A"') as caught:
        case_data(frame, [name])
    assert caught.value.where == "column A: 2 times"


@pytest.mark.parametrize(
    "frame", [FUZZY, pandas.DataFrame(FUZZY), polars.DataFrame(FUZZY), [{"A": 1, "Bank": 0}]]
)
def test_an_unknown_column_is_refused_with_the_nearest(frame: Any) -> None:
    with pytest.raises(UnknownNameError, match="Ax") as caught:
        case_data(frame, ["Ax"])
    assert caught.value.fix == 'did you mean "A"?'


@pytest.mark.parametrize("frame", ["data.csv", None, 7, np.zeros((2, 2)), polars.LazyFrame({"A": [1]})])
def test_what_is_no_table_is_refused(frame: Any) -> None:
    with pytest.raises(DataError, match="no table") as caught:
        case_data(frame, ["A"])
    assert caught.value.fix


@pytest.mark.parametrize("names", ["AB", ["A", "A"], [3], [""], ["A\n"]])
def test_names_that_are_no_list_of_different_texts_are_refused(names: Any) -> None:
    with pytest.raises(OptionError):
        case_data({"A": [0, 1]}, names)


@given(st.lists(st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0]), min_size=1, max_size=8))
def test_lists_arrays_pandas_and_polars_give_equal_scores(column: list[float]) -> None:
    expected = case_data({"A": column}, ["A"])
    for frame in (
        {"A": np.array(column)},
        {"A": tuple(column)},
        pandas.DataFrame({"A": column}),
        polars.DataFrame({"A": column}),
        [{"A": score} for score in column],
    ):
        found = case_data(frame, ["A"])
        assert found.factors == expected.factors
        assert found.cases == expected.cases
        assert found.scores.tolist() == expected.scores.tolist()


@pytest.mark.parametrize("noise", [1 + 2**-52, 1 - 2**-53, 1 + 1e-9, 1 - 1e-9, -1e-17, 1e-17, -1e-9, 1e-9])
def test_noise_of_arithmetic_about_0_and_1_counts_as_0_or_1_as_in_the_measures(noise: float) -> None:
    column = [noise, 0.0, 1.0]
    for values in (column, [*column, "-"]):
        data = case_data({"X": values, "F": [0.3] * len(values)}, ["X", "F"])
        assert data.scores[:3, 0].tolist() == [round(noise), 0, 1] == scores("x", column, (1,)).tolist()
        assert [factor.kind for factor in data.factors] == ["crisp", "fuzzy"]
    assert case_data({"M": [*column, 2]}, ["M"]).factors[0].kind == "multi-value"


@pytest.mark.parametrize("beyond", [1 + 1e-8, -1e-8])
def test_what_is_more_than_noise_is_refused_here_as_in_the_measures(beyond: float) -> None:
    with pytest.raises(ScaleError):
        case_data({"X": [beyond, 0, 1]}, ["X"])
    with pytest.raises(ScaleError):
        scores("x", [beyond, 0, 1], (1,))


def test_a_number_that_counts_as_a_score_is_no_sign_for_dont_care() -> None:
    with pytest.raises(OptionError, match="cannot be a score"):
        case_data({"X": [-1e-17, 0, 1]}, ["X"], dont_care=-1e-17)


def test_data_read_before_or_chosen_from_cannot_be_written_to() -> None:
    data = case_data({"A": [0.2, 0.9], "B": [1, 0]}, ["A", "B"])
    assert not data.select(["B", "A"]).scores.flags.writeable
    assert not case_data(data, ["B"]).scores.flags.writeable
    with pytest.raises(ValueError, match="WRITEABLE"):
        data.scores.setflags(write=True)


@pytest.mark.parametrize(
    "option", [{"cases": "id"}, {"levels": {"A": 3}}, {"dont_care": -9}, {"dont_care": None}]
)
def test_no_option_for_reading_is_ignored_for_data_that_were_read_before(option: dict[str, Any]) -> None:
    data = case_data({"A": [0.2, 0.9]}, ["A"])
    with pytest.raises(OptionError) as refused:
        case_data(data, ["A"], **option)
    (name,) = option
    assert refused.value.what == f"{name}= says how data are read, but these were read before"


@pytest.mark.parametrize("endless", [math.inf, -math.inf, np.float32("inf")])
def test_an_infinite_number_names_no_case(endless: float) -> None:
    with pytest.raises(DataError, match="infinite"):
        case_data({"id": [endless, 2.0], "A": [0, 1]}, ["A"], cases="id")
