"""What calibration accepts, what it refuses and in which words, and what it gives back."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.gold.study import columns

from concausa.core.errors import ConcausaError, DataError, OptionError, ScaleError
from concausa.sets.anchors import anchors, steps
from concausa.sets.calibrate import METHODS, calibrate
from concausa.sets.levels import SCHEMES

NAN, INF = float("nan"), float("inf")
THREE = [10, 20, 30]

REFUSALS: list[tuple[str, Callable[[], Any], type[ConcausaError], str, str, str]] = [
    (
        "tied",
        lambda: calibrate([1], anchors=[10, 10, 30]),
        OptionError,
        "the anchors are tied",
        "anchors: full-out 10, crossover 10, full-in 30",
        "let them strictly rise (full-out, crossover, full-in) or strictly fall",
    ),
    (
        "unordered",
        lambda: calibrate([1], anchors=[3, 2, 5]),
        OptionError,
        "the anchors are out of order",
        "anchors: full-out 3, crossover 2, full-in 5",
        "let them strictly rise (full-out, crossover, full-in) or strictly fall",
    ),
    (
        "two anchors",
        lambda: calibrate([1], anchors=[3, 2]),
        OptionError,
        "there are 2 anchors where three or six are needed",
        "anchors: 3, 2",
        "give full-out, crossover and full-in, or six values for a bell",
    ),
    (
        "six anchors without a shape",
        lambda: calibrate([1], anchors=[1, 2, 3, 4, 5, 6]),
        OptionError,
        "six anchors can be a bell or an inverted bell",
        "anchors: 1, 2, 3, 4, 5, 6",
        'say which: shape="bell" if the middle is in the set, shape="inverted bell" if its ends are',
    ),
    (
        "tied bell",
        lambda: calibrate([1], anchors=[1, 1, 3, 4, 5, 6], shape="bell"),
        OptionError,
        "the anchors are tied",
        "anchors: full-out 1, crossover 1, full-in 3, full-in 4, crossover 5, full-out 6",
        "write six rising values; only the two in the middle may be the same",
    ),
    (
        "falling bell",
        lambda: calibrate([1], anchors=[6, 5, 4, 3, 2, 1], shape="bell"),
        OptionError,
        "the anchors are out of order",
        "anchors: full-out 6, crossover 5, full-in 4, full-in 3, crossover 2, full-out 1",
        "write six rising values; only the two in the middle may be the same",
    ),
    (
        "wrong direction",
        lambda: calibrate([1], anchors=THREE, shape="decreasing"),
        OptionError,
        "three rising anchors are increasing, not decreasing",
        "anchors: full-out 10, crossover 20, full-in 30",
        "let them strictly rise (full-out, crossover, full-in) or strictly fall",
    ),
    (
        "three for a bell",
        lambda: calibrate([1], anchors=THREE, shape="bell"),
        OptionError,
        "three rising anchors are increasing, not bell",
        "anchors: full-out 10, crossover 20, full-in 30",
        "give six anchors for shape='bell'",
    ),
    (
        "misspelt shape",
        lambda: calibrate([1], anchors=THREE, shape="bel"),
        OptionError,
        "shape cannot be 'bel'",
        "shape",
        "did you mean 'bell'? it can be 'increasing', 'decreasing', 'bell', 'inverted bell'",
    ),
    (
        "text among anchors",
        lambda: calibrate([1], anchors=[10, "20", 30]),
        OptionError,
        "'20' among the anchors is no finite number",
        "anchors",
        "write the anchors as numbers in the unit of the raw values",
    ),
    (
        "endless anchor",
        lambda: calibrate([1], anchors=[10, 20, INF]),
        OptionError,
        "inf among the anchors is no finite number",
        "anchors",
        "write the anchors as numbers in the unit of the raw values",
    ),
    (
        "anchors too far apart",
        lambda: calibrate([1], anchors=[-1.7e308, 0, 1.7e308]),
        OptionError,
        "the anchors are too far apart to compute with",
        "anchors: -1.7e+308, 0, 1.7e+308",
        "measure the raw values in a larger unit",
    ),
    (
        "no anchors",
        lambda: calibrate([1]),
        OptionError,
        "there are no anchors",
        "anchors",
        "give full-out, crossover and full-in, such as anchors=[10, 20, 30]",
    ),
    (
        "anchors twice",
        lambda: calibrate([1], anchors=THREE, percentiles=[5, 50, 95]),
        OptionError,
        "anchors and percentiles are both given",
        "anchors",
        "give full-out, crossover and full-in, such as anchors=[10, 20, 30]",
    ),
    (
        "percentile over 100",
        lambda: calibrate([1, 2, 3], percentiles=[5, 50, 950]),
        OptionError,
        "a percentile lies outside 0 to 100",
        "percentiles: 5, 50, 950",
        "write them as [5, 50, 95]",
    ),
    (
        "degree at full-in",
        lambda: calibrate([1], anchors=THREE, idm=0.5),
        OptionError,
        "idm cannot be 0.5",
        "idm, the membership at full-in",
        'give a number over .5 and under 1, such as .95, or "ragin" for log odds of 3',
    ),
    (
        "flat exponent",
        lambda: calibrate([1], anchors=THREE, method="linear", below=0),
        OptionError,
        "below cannot be 0",
        "below",
        "give an exponent over 0; 1 is a straight line",
    ),
    (
        "cut-offs in the wrong order",
        lambda: calibrate([1], method="multi-value", thresholds=[850, 550]),
        OptionError,
        "the thresholds do not strictly rise",
        "thresholds: 850, 550",
        "write each of them once, from the lowest to the highest",
    ),
    (
        "equal cut-offs",
        lambda: calibrate([1], method="multi-value", thresholds=[5, 5]),
        OptionError,
        "the thresholds do not strictly rise",
        "thresholds: 5, 5",
        "write each of them once, from the lowest to the highest",
    ),
    (
        "two thresholds for a crisp set",
        lambda: calibrate([1], method="crisp", thresholds=[1, 2]),
        OptionError,
        "a crisp set has one threshold, not 2",
        "thresholds: 1, 2",
        'give one, or use method="multi-value"',
    ),
    (
        "no thresholds",
        lambda: calibrate([1], method="crisp"),
        OptionError,
        "there are no thresholds",
        "thresholds",
        "give the raw value from which a case is in, such as thresholds=[550]",
    ),
    (
        "an empty list of thresholds",
        lambda: calibrate([1], method="multi-value", thresholds=[]),
        OptionError,
        "there is no threshold",
        "thresholds",
        "give at least one, such as thresholds=[550]",
    ),
    (
        "missing",
        lambda: calibrate([1, None, 3, NAN], anchors=THREE),
        DataError,
        "2 values are missing",
        "rows 2 and 4",
        'find it, leave the case out, or keep it missing with missing="keep"',
    ),
    (
        "one missing, with names",
        lambda: calibrate([1, NAN], anchors=THREE, cases=["NL", "PUE"], name="GDP"),
        DataError,
        "a value is missing",
        "GDP: PUE",
        'find it, leave the case out, or keep it missing with missing="keep"',
    ),
    (
        "all missing",
        lambda: calibrate([NAN, NAN], anchors=THREE, missing="keep", name="GDP"),
        DataError,
        "every value is missing",
        "GDP",
        "name another column",
    ),
    (
        "infinite",
        lambda: calibrate([1, INF, -INF], anchors=THREE, missing="keep"),
        DataError,
        "2 values are infinite",
        "rows 2 and 3",
        "write the number, or leave the case out",
    ),
    (
        "text",
        lambda: calibrate([1, "12", 3], anchors=THREE),
        DataError,
        "a value is no number: '12'",
        "row 2",
        'write numbers, or give words their memberships with method="levels"',
    ),
    (
        "no values",
        lambda: calibrate([], anchors=THREE),
        DataError,
        "there are no values",
        "",
        "give one value a case",
    ),
    (
        "a table instead of a column",
        lambda: calibrate([[1, 2], [3, 4]], anchors=THREE),
        DataError,
        "the values have 2 dimensions instead of one",
        "",
        "calibrate one column at a time",
    ),
    (
        "a single number",
        lambda: calibrate(7, anchors=THREE),
        DataError,
        "'7' is no column of values",
        "values",
        "give a list, an array or a Series",
    ),
    (
        "a mapping",
        lambda: calibrate({"a": 1}, anchors=THREE),
        DataError,
        "\"{'a': 1}\" is no column of values",
        "values",
        "give a list, an array or a Series",
    ),
    (
        "dates",
        lambda: calibrate(pd.Series(pd.to_datetime(["2004-05-01"])), anchors=THREE),
        DataError,
        "a value is no number: '2004-05-01T00:00:00.000000'",
        "row 1",
        'write numbers, or give words their memberships with method="levels"',
    ),
    (
        "misspelt method",
        lambda: calibrate([1], method="lineer", anchors=THREE),
        OptionError,
        "method cannot be 'lineer'",
        "method",
        "did you mean 'linear'? it can be 'direct', 'linear', 'indirect', 'crisp', 'multi-value', 'TFR', 'levels'",
    ),
    (
        "option of another method",
        lambda: calibrate([1], method="crisp", thresholds=[1], idm=0.9),
        OptionError,
        "idm does not belong to method 'crisp'",
        "idm",
        "leave it out, or use method 'direct'; 'crisp' takes thresholds, include",
    ),
    (
        "misspelt way with missing values",
        lambda: calibrate([1], anchors=THREE, missing="keeep"),
        OptionError,
        "missing cannot be 'keeep'",
        "missing",
        "did you mean 'keep'? it can be 'refuse', 'keep'",
    ),
    (
        "names and values differ",
        lambda: calibrate([1, 2], anchors=THREE, cases=["NL"]),
        DataError,
        "there are 1 names of cases for 2 values",
        "cases",
        "give one name a value, in the same order",
    ),
    (
        "a name twice",
        lambda: calibrate([1, 2], anchors=THREE, cases=["NL", "NL"]),
        DataError,
        "two cases are called 'NL'",
        "cases",
        "give each case a name of its own",
    ),
    (
        "all the same",
        lambda: calibrate([7, 7], method="TFR"),
        DataError,
        "all values are the same",
        "2 values of 7",
        "relative memberships need at least two different values",
    ),
    (
        "misspelt level",
        lambda: calibrate(["low", "hihg"], method="levels", levels={"low": 0, "high": 1}),
        DataError,
        "'hihg' is no level",
        "row 2",
        "did you mean 'high'? the levels are 'low', 'high'",
    ),
    (
        "level over 1",
        lambda: calibrate(["low"], method="levels", levels={"low": 0, "high": 10}),
        ScaleError,
        "10 is no membership from 0 to 1",
        "levels: 'high'",
        "0 is fully out, 1 fully in, .5 neither",
    ),
    (
        "levels without memberships",
        lambda: calibrate(["low"], method="levels", levels=["low", "high"]),
        OptionError,
        "levels without memberships need a scheme",
        "levels",
        'give a mapping such as {"low": 0, "high": 1}, or a scheme: ' + ", ".join(SCHEMES),
    ),
    (
        "scheme of another size",
        lambda: calibrate(["low"], method="levels", levels=["low", "mid", "high"], scheme="four-value"),
        OptionError,
        "there are 3 levels for the 4 values of the four-value scheme",
        "levels: low, mid, high",
        "scheme='three-value' has 3",
    ),
    (
        "scheme beside memberships",
        lambda: calibrate(["low"], method="levels", levels={"low": 0, "high": 1}, scheme="crisp"),
        OptionError,
        "memberships are given twice, in levels and by a scheme",
        "scheme='crisp'",
        "leave the scheme out, or give the levels as a list, lowest first",
    ),
    (
        "no levels",
        lambda: calibrate(["low"], method="levels"),
        OptionError,
        "there are no levels",
        "levels",
        'give each its membership, such as levels={"low": 0, "high": 1}',
    ),
    (
        "a degree over 1",
        lambda: calibrate([1, 2, 3], method="indirect", degrees=[0, 0.5, 2]),
        ScaleError,
        "2 is no degree from 0 to 1",
        "degrees: row 3",
        "0 is fully out, 1 fully in, .5 neither",
    ),
    (
        "a degree too few",
        lambda: calibrate([1, 2, 3], method="indirect", degrees=[0, 0.5]),
        OptionError,
        "there are 2 degrees for 3 values",
        "degrees",
        "give one degree a case, in the same order",
    ),
    (
        "two degrees only",
        lambda: calibrate([1, 2, 3], method="indirect", degrees=[0, 1, 1]),
        DataError,
        "the cases have only 2 different degrees",
        "degrees: 0, 1",
        'form at least three groups, or use method="crisp" for two',
    ),
    (
        "one cut between groups",
        lambda: calibrate([1, 2, 3], method="indirect", thresholds=[2]),
        OptionError,
        "indirect calibration needs at least two thresholds",
        "thresholds: 2",
        'give more, so that there are three groups or more, or use method="crisp"',
    ),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=[refusal[0] for refusal in REFUSALS])
def test_bad_input_is_refused_with_what_where_and_how_to_mend_it(refusal: Any) -> None:
    _, call, kind, what, where, fix = refusal
    with pytest.raises(kind) as refused:
        call()
    assert type(refused.value) is kind
    assert (refused.value.what, refused.value.where, refused.value.fix) == (what, where, fix)


def test_a_misspelt_option_fails_at_once_with_the_nearest_name() -> None:
    with pytest.raises(OptionError) as refused:
        calibrate([1], anchor=THREE)  # type: ignore[arg-type]
    assert refused.value.what == "calibrate has no option 'anchor'"
    assert refused.value.fix.startswith("did you mean 'anchors'? options: method, anchors,")


def test_every_method_takes_the_options_that_are_listed_for_it_and_no_other() -> None:
    every = {option for own in METHODS.values() for option in own}
    for method, own in METHODS.items():
        for option in sorted(every - set(own)):
            with pytest.raises(OptionError, match=f" {option} does not belong to method"):
                calibrate([1.0, 2.0], method=method, **{option: "anything"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values",
    [
        [12, 20, 27.5],
        (12, 20, 27.5),
        np.array([12, 20, 27.5]),
        np.array([12, 20, 27.5], dtype=np.float32),
        pd.Series([12, 20, 27.5]),
        pd.Series([12, 20, 27.5], dtype="Float64"),
        pl.Series([12.0, 20, 27.5]),
        [Decimal(12), Decimal(20), Decimal("27.5")],
        iter([12, 20, 27.5]),
    ],
    ids=["list", "tuple", "array", "float32", "pandas", "nullable", "polars", "decimal", "iterator"],
)
def test_every_kind_of_column_gives_the_same_memberships(values: Any) -> None:
    # By hand: ½ · 2/10, ½, ½ + ½ · 7.5/10.
    found = calibrate(values, method="linear", anchors=THREE)
    assert found.memberships.tolist() == [0.1, 0.5, 0.875]


@pytest.mark.parametrize(
    "values",
    [
        [12, None, 20],
        [12, NAN, 20],
        np.array([12, NAN, 20]),
        pd.Series([12, None, 20]),
        pd.Series([12, None, 20], dtype="Int64"),
        pl.Series([12, None, 20]),
        np.ma.array([12, 99, 20], mask=[False, True, False]),
    ],
    ids=["None", "nan", "array", "pandas", "NA", "polars", "masked"],
)
def test_missing_values_stay_missing_and_are_named_when_asked_for(values: Any) -> None:
    found = calibrate(values, method="linear", anchors=THREE, missing="keep")
    assert np.isnan(found.memberships).tolist() == [False, True, False]
    assert found.memberships[[0, 2]].tolist() == [0.1, 0.5]
    assert "missing" in [caveat.kind for caveat in found.caveats]
    assert "row 2" in str(found)


def test_cases_are_named_by_what_is_given_or_by_a_named_index_alone() -> None:
    index = pd.Index(["NL", "PUE"], name="state")
    assert calibrate(pd.Series([12, 20], index=index), anchors=THREE).cases == ("NL", "PUE")
    assert calibrate(pd.Series([12, 20], index=["a", "b"]), anchors=THREE).cases is None
    named = calibrate(pd.Series([12, 20], index=index), anchors=THREE, cases=["Norte", "Año 2 – 中"])
    assert named.cases == ("Norte", "Año 2 – 中")
    assert named.at_crossover() == ("Año 2 – 中",)


def test_a_result_is_an_array_of_its_memberships_and_cannot_be_changed() -> None:
    raw = np.array([10.0, 20.0, 30.0])
    found = calibrate(raw, method="linear", anchors=THREE)
    raw[0] = 99
    assert found.raw.tolist() == [10, 20, 30]
    assert np.asarray(found).tolist() == [0, 0.5, 1]
    assert np.asarray(found, dtype=np.float32).dtype == np.float32
    assert np.minimum(found, 0.4).tolist() == [0, 0.4, 0.4]
    assert (found[2], len(found)) == (1, 3)
    for array in (found.memberships, found.raw):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        found.name = "other"  # type: ignore[misc]


def test_a_result_can_be_a_column_of_a_frame() -> None:
    found = calibrate([12, 20, 30], method="linear", anchors=THREE)
    assert pd.DataFrame({"raw": [12, 20, 30], "set": found})["set"].tolist() == [0.1, 0.5, 1]
    assert pl.DataFrame({"set": found.memberships})["set"].to_list() == [0.1, 0.5, 1]
    assert list(found) == [0.1, 0.5, 1]


def test_anchors_made_once_serve_many_calls_with_their_reason() -> None:
    made = anchors(THREE, why="the law", source="Art. 7")
    found = calibrate([12], anchors=made)
    assert found.anchors is made
    assert calibrate([12], anchors=made, why="another").anchors.why == "another"
    crisp = steps(15, why="the law")
    assert calibrate([12], method="crisp", thresholds=crisp).anchors.why == "the law"


@pytest.mark.parametrize("threshold", [15, [15], (15,), np.array([15])])
def test_a_single_threshold_need_not_be_a_list(threshold: Any) -> None:
    assert calibrate([12, 15, 18], method="crisp", thresholds=threshold).memberships.tolist() == [0, 1, 1]


def test_percentiles_are_taken_from_the_data_that_are_known() -> None:
    # Of 0, 1 … 100 the percentile p is p itself.
    values = [*range(101), None]
    found = calibrate(values, percentiles=[5, 50, 95], missing="keep")
    assert found.anchors.values == (5, 50, 95)
    assert found.anchors.percentiles == (5, 50, 95)
    assert calibrate(values, percentiles=[95, 50, 5], missing="keep").anchors.shape == "decreasing"


def test_levels_take_their_memberships_one_by_one_or_from_a_scheme() -> None:
    words = ["high", "low", "medium-high", None]
    levels = ["low", "medium-low", "medium-high", "high"]
    schemed = calibrate(words, method="levels", levels=levels, scheme="four-value", missing="keep")
    # Ragin (2008), Redesigning Social Inquiry, table 2.1: 0, .33, .67, 1.
    assert schemed.memberships[:3].tolist() == [1, 0, 0.67]
    assert np.isnan(schemed.memberships[3])
    stated = calibrate([3, 1.0, 2], method="levels", levels={1: 0, 2: 0.4, 3: 1})
    assert stated.memberships.tolist() == [1, 0, 0.4]


def test_every_scheme_rises_from_0_to_1_and_is_its_own_mirror() -> None:
    for name, values in SCHEMES.items():
        assert values[0] == 0 and values[-1] == 1, name
        assert list(values) == sorted(set(values)), name
        assert [round(1 - value, 2) for value in reversed(values)] == list(values), name


def test_the_seven_values_are_those_of_the_great_reversal() -> None:
    # Katz, vom Hau & Mahoney (2005), https://doi.org/10.1177/0049124104266002: all their fuzzy scores.
    table = columns("KatzHauMahoney")
    printed = {score for name, scores in table.items() if name.endswith("F") for score in scores}
    assert printed == set(SCHEMES["seven-value"])


def test_everything_is_plain_json_at_full_precision() -> None:
    found = calibrate([12, None, 20], anchors=THREE, missing="keep", cases=list("abc"), name="X", source="S")
    data = json.loads(json.dumps(found.data(), allow_nan=False))
    assert data["cases"][1] == {"case": "b", "raw": None, "membership": None}
    assert data["cases"][0]["membership"] == found.memberships[0]
    assert data["anchors"]["names"] == ["full-out", "crossover", "full-in"]
    assert [caveat["kind"] for caveat in data["caveats"]] == [caveat.kind for caveat in found.caveats]
    assert data["cite"][-1] == "S"
    for method, options in (
        ("indirect", {"degrees": [0, 0.3, 0.7, 1]}),
        ("TFR", {}),
        ("levels", {"levels": {1: 0, 2: 0.5, 3: 1, 4: 1}}),
        ("multi-value", {"thresholds": [2]}),
    ):
        made = calibrate([1, 2, 3, 4], method=method, **options)  # type: ignore[arg-type]
        assert json.loads(json.dumps(made.data(), allow_nan=False))["method"] == method


def test_a_result_prints_in_one_line_as_a_memo_and_as_html() -> None:
    found = calibrate(
        [12, 20, 30], anchors=THREE, cases=["NL", "PUE", "CH"], name="Firms", why="Law 7", source="D.O.F."
    )
    assert repr(found) == "<Calibrated Firms: direct, 3 cases, 1 in, 1 out, 1 on the crossover>"
    memo = str(found)
    assert "full-out 10, crossover 20, full-in 30" in memo
    for word in ("NL", "PUE", "border", "Why: Law 7", "Source: D.O.F.", "Caveat: 1 case on the crossover"):
        assert word in memo
    assert "<table" in found._repr_html_()
    codes = calibrate([1, 2, 9], method="multi-value", thresholds=[5])
    assert repr(codes) == "<Calibrated: multi-value, 3 cases, 2 with 0, 1 with 1>"
    assert [head.key for head in codes.table().headings] == ["case", "raw", "membership"]


def test_every_method_names_its_source() -> None:
    calls: dict[str, dict[str, Any]] = {
        "direct": {"anchors": [1, 2, 3]}, "linear": {"anchors": [1, 2, 3]}, "TFR": {},
        "indirect": {"degrees": [0, 0.3, 0.7, 1]}, "crisp": {"thresholds": 2}, "multi-value": {"thresholds": 2},
        "levels": {"levels": {1: 0, 2: 0.5, 3: 1, 4: 1}},
    }  # fmt: skip
    assert set(calls) == set(METHODS)
    for method, options in calls.items():
        cited = calibrate([1, 2, 3, 4], method=method, **options).cite()  # type: ignore[arg-type]
        assert cited and all("(" in source for source in cited)


def test_a_shape_that_the_anchors_do_not_have_is_refused() -> None:
    made = anchors(THREE)
    assert (
        calibrate([15], anchors=made, shape="increasing").memberships
        == calibrate([15], anchors=made).memberships
    )
    for method in ("direct", "linear"):
        with pytest.raises(OptionError) as refused:
            calibrate([15], anchors=made, shape="bell", method=method)
        assert refused.value.what == "the anchors are increasing, not bell"


@pytest.mark.parametrize("include", ["no", 0, 1.0, []])
def test_whether_a_threshold_is_passed_is_said_by_true_or_false_alone(include: Any) -> None:
    with pytest.raises(OptionError) as refused:
        calibrate([20], method="crisp", thresholds=[20], include=include)
    assert refused.value.what == f"include cannot be {include!r}"


def test_true_and_false_of_numpy_are_true_and_false() -> None:
    for include in (True, False):
        found = calibrate([20], method="crisp", thresholds=[20], include=np.bool_(include))  # type: ignore[arg-type]
        assert found.memberships.tolist() == [float(include)]


def test_noise_about_0_and_1_in_the_degrees_counts_as_0_or_1() -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    noisy = calibrate(values, method="indirect", degrees=[-1e-17, 0.3, 0.8, 1 + 2**-52])
    clean = calibrate(values, method="indirect", degrees=[0, 0.3, 0.8, 1])
    assert noisy.memberships.tolist() == clean.memberships.tolist()
