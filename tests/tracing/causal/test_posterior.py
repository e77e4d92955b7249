"""Models after data: by hand, against manuals, and as laws."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from concausa.core.errors import DataError, OptionError
from concausa.tracing.causal.allotment import allotments
from concausa.tracing.causal.case_patterns import case_patterns
from concausa.tracing.causal.declare import causal_model

F = Fraction
XY = causal_model("X -> Y")
EFFECT = "Y[X=1] > Y[X=0]"
ROWS = [{"X": 1, "Y": 1}, {"X": 0, "Y": 0}, {"X": 1, "Y": None}]


def test_one_case_is_counted_by_hand() -> None:
    """X=1 and Y=1: types 01 and 11 get the case, half of it each; (1 + 1/2) / 5."""
    posterior = XY.update({"X": [1], "Y": [1]})
    assert posterior.query(EFFECT).exact == F(3, 10)
    assert posterior.query("X==1").exact == F(2, 3)
    assert posterior.evidence == F(1, 4)
    assert posterior.log_evidence == pytest.approx(math.log(1 / 4))


def test_twenty_cases_without_exception_are_as_the_manual_of_causalqueries_prints_them() -> None:
    """https://integrated-inferences.github.io/CausalQueries/articles/e-posteriors.html: means and deviations."""
    posterior = XY.update({"X": [0, 1] * 10, "Y": [0, 1] * 10}, method="draws", draws=8000)
    printed = {
        "Y[X=0]==0 & Y[X=1]==0": (0.08, 0.07), "Y[X=0]==1 & Y[X=1]==0": (0.04, 0.04),
        "Y[X=0]==0 & Y[X=1]==1": (0.80, 0.11), "Y[X=0]==1 & Y[X=1]==1": (0.08, 0.07), "X==1": (0.50, 0.11),
    }  # fmt: skip
    for query, (mean, deviation) in printed.items():
        found = posterior.query(query, level="population")
        assert found.value == pytest.approx(mean, abs=0.008)
        assert found.sd == pytest.approx(deviation, abs=0.01)
    effect = posterior.query(EFFECT, level="population")
    assert effect.interval == pytest.approx((0.54, 0.95), abs=0.02)


def test_order_of_rows_and_how_counts_are_split_change_nothing() -> None:
    one = XY.update(ROWS)
    turned = XY.update(ROWS[::-1])
    counted = XY.update({"X": [1, 0, 1, 1], "Y": [1, 0, None, 0], "n": [1, 1, 1, 0]}, count="n")
    for other in (turned, counted):
        assert other.query(EFFECT, "X==1").exact == one.query(EFFECT, "X==1").exact
        assert other.evidence == one.evidence
    twice = XY.update({"X": [1, 0], "Y": [1, 0], "n": [3, 2]}, count="n")
    split = XY.update({"X": [1, 0, 1, 0], "Y": [1, 0, 1, 0], "n": [1, 1, 2, 1]}, count="n")
    assert twice.query(EFFECT).exact == split.query(EFFECT).exact


def test_a_case_of_which_nothing_is_known_teaches_nothing() -> None:
    posterior = XY.update([{"X": None, "Y": None}])
    assert posterior.evidence == 1
    assert posterior.query(EFFECT, "X==1 & Y==1").exact == XY.query(EFFECT, "X==1 & Y==1").exact


def test_cases_one_after_the_other_multiply_to_their_joint_probability() -> None:
    first, both = XY.update(ROWS[:1]), XY.update(ROWS[:2])
    assert both.evidence == first.evidence * first.query("X==0 & Y==0").exact  # type: ignore[operator]


def test_the_population_level_answers_for_a_case_among_the_data() -> None:
    """The one case, X=1 and Y=1: it is of type 01 rather than 11 with probability 1/2, by symmetry."""
    posterior = XY.update({"X": [1], "Y": [1]})
    found = posterior.query(EFFECT, "X==1 & Y==1", level="population", draws=20_000)
    assert abs(found.value - 0.5) < 4 * found.error


def test_a_prior_of_the_same_proportions_scaled_answers_alike_before_data_only() -> None:
    light = XY.prior(mass="1/2")
    assert light.query(EFFECT, "X==1").exact == XY.query(EFFECT, "X==1").exact
    # (1/8 + 1/2) / (1/2 + 1)
    assert light.update({"X": [1], "Y": [1]}).query(EFFECT).exact == F(5, 12)


def test_types_that_cannot_be_told_apart_keep_the_proportions_of_the_prior() -> None:
    """Only X=1 is seen: 00 and 10 show Y=0 alike, whatever the data."""
    posterior = XY.prior(alpha=3, where="Y[X=0]==1").update({"X": [1] * 9, "Y": [0] * 9})
    one, other = (posterior.query(f"Y[X=0]=={value} & Y[X=1]==0").exact for value in (1, 0))
    assert one == 3 * other  # type: ignore[operator]


def test_four_parents_are_updated() -> None:
    """65,536 types worth four cases: half of them show the eight that were seen, (2 + 8) / (4 + 8)."""
    model = causal_model("A -> Y <- B; C -> Y <- D").prior("Y", mass=4)
    posterior = model.update({name: [1] * 8 for name in "ABCDY"})
    assert posterior.query("Y[A=1, B=1, C=1, D=1]==1").exact == F(10, 12)


def test_types_stay_apart_that_differ_in_one_of_very_many_configurations() -> None:
    """W and a cause of 36 levels make 72 configurations; in each a case is seen, so that all 703 types differ."""
    model = causal_model("W -> Y <- V", levels={"V": 36}, monotone={"Y": "+W +V"})
    assert len(model.types["Y"]) == 703
    rows = [{"W": w, "V": v, "Y": 0} for w in (0, 1) for v in range(36)][:-1]
    cases = case_patterns([*rows, {"W": 1, "V": 35, "Y": 1}], model.nodes, model.scales)
    priors = [model.priors[node] for node in model.nodes]
    parts = allotments(model.graph, model.type_list, priors, cases)
    assert max(one.classes for part in parts for one in part.sets) == 703


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ({"X": [], "Y": []}, {}, "the data have no case"),
        ({"X": [1], "n": [0]}, {"count": "n"}, "the data have no case"),
        ({"Z": [1]}, {}, "no column of the data is a node of the model"),
        ({"x": [1], "Y": [1]}, {}, 'the column "x" is no node, and "X" has no column'),
        ({"X": [2]}, {}, '"X" cannot be 2'),
        ({"X": [0.5]}, {}, '"X" cannot be 0.5'),
        ({"X": ["yes"]}, {}, "\"X\" cannot be 'yes'"),
        ({"X": [1], "n": [-1]}, {"count": "n"}, "-1 is no number of cases"),
        ({"X": [1], "n": [1.5]}, {"count": "n"}, "1.5 is no number of cases"),
    ],
)
def test_data_that_cannot_be_read_are_refused(data: object, options: dict[str, str], message: str) -> None:
    with pytest.raises(DataError) as error:
        XY.update(data, **options)  # type: ignore[arg-type]
    assert str(error.value).splitlines()[0] == f"DataError: {message}"


def test_a_case_that_cannot_happen_is_named_by_its_row() -> None:
    with pytest.raises(DataError) as error:
        XY.restrict("Y[X=1]==1").update({"X": [0, 1], "Y": [0, 0]})
    assert str(error.value) == (
        "DataError: a case cannot happen under the model\n  where  row 2: X=1, Y=0\n"
        "  fix    check the row, or lift the restriction that excludes it"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "exakt"}, "there is no method 'exakt'"),
        ({"draws": 1}, "draws must be 2 or more"),
        ({"count": "X"}, '"X" is a node'),
    ],
)
def test_bad_options_of_an_update_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError) as error:
        XY.update({"X": [1], "Y": [1]}, **options)  # type: ignore[arg-type]
    assert str(error.value).splitlines()[0] == f"OptionError: {message}"


def test_what_is_too_long_to_multiply_out_is_refused_when_it_has_to_be_exact() -> None:
    rows = {"X": [0, 1] * 60, "Y": [0, 1, 1, 0] * 30}
    with pytest.raises(OptionError) as error:
        causal_model("X -> M -> Y").update(rows, method="exact")
    assert "OptionError: the posterior is too long to be multiplied out" in str(error.value)


def test_a_posterior_prints_what_it_rests_on() -> None:
    posterior = XY.update(ROWS)
    assert repr(posterior) == "<CausalPosterior X -> Y: 3 cases, exact>"
    text = str(posterior)
    assert text.splitlines()[0] == "X -> Y, after 3 cases"
    assert "  prior on Y: 4 types, worth 4 cases" in text
    assert "  note: the prior on Y is worth 4 cases, more than the 3 in the data" in text
    assert [caveat.kind for caveat in posterior.caveats] == ["heavy prior"]
    drawn = XY.update(ROWS, method="draws", draws=50)
    assert "128 chains of" in str(drawn)
    assert repr(drawn).startswith("<CausalPosterior X -> Y: 3 cases, draws worth ")


def test_a_slip_in_a_column_is_pointed_out_and_other_columns_are_left_alone() -> None:
    states = causal_model("War -> State")
    with pytest.raises(DataError) as error:
        states.update({"Wars": [1], "State": [1]})
    assert str(error.value) == (
        'DataError: the column "Wars" is no node, and "War" has no column\n'
        "  where  nodes: War, State\n"
        '  fix    rename it to "War" if that is meant; otherwise give "War" an empty column'
    )
    posterior = states.update({"id": ["a"], "Country": ["b"], "State": [1]})
    assert next(str(caveat) for caveat in posterior.caveats) == "War is known in no case"
