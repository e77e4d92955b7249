"""The protocol as one result: a summary that says what stays, what falls first and by what."""

from __future__ import annotations

import json

import pytest
from tests.qca.robustness.test_robustness_tests import lipset

from concausa.core.errors import OptionError
from concausa.qca.analysis import analysis
from concausa.qca.robustness.log import Entry, line_of, read_log, result_text, run_of
from concausa.qca.robustness.log_lines import result_of, settings_of
from concausa.qca.robustness.protocol import Protocol, protocol
from concausa.qca.robustness.ranges import ranges
from concausa.qca.robustness.varying import Varying


@pytest.fixture(scope="module")
def asked() -> Protocol:
    own = lipset()
    return protocol(
        own,
        tests=[
            own.changed(consistency=0.8, label="strict", why="the usual cut-off"),
            own.changed(anchors={("LIT", "crossover"): 80}, label="literate", why="another threshold"),
        ],
        varying=[Varying(of="consistency", low=0.65, high=0.85, why="both are in use")],
        draws=60,
        null_draws=60,
    )


def test_the_summary_says_what_stays_and_what_falls_first(asked: Protocol) -> None:
    told = {remark.kind: str(remark) for remark in asked.summary}
    assert (
        told["stays-nothing"]
        == "no term stays in every model, whatever test is taken and whichever case is left out"
    )
    fit = asked.tests.fit()  # type: ignore[union-attr]
    assert told["tests-fit"] == (
        "1 of 2 tests leave the formula as it is; with all of them "
        f"RF_cov {fit.rf_cov:.2f}, RF_cons {fit.rf_cons:.2f}"
    )
    assert told["tests-first"] == "changed by strict; furthest by strict (set coincidence 0.74)"
    assert told["shaky"] == "shaky cases (2): France, Sweden"
    assert told["draws-first"].startswith("that turns most on consistency: survival differs by")


def test_where_models_are_ambiguous_the_summary_rests_on_all_of_them() -> None:
    own = lipset()
    tests = [own.changed(anchors={("DEV", "crossover"): 650}, label="richer", why="another line of poverty")]
    found = protocol(own, tests=tests, drop=False, null=None)
    told = {remark.kind: str(remark) for remark in found.summary}
    hard = found.tests.fit("hard")  # type: ignore[union-attr]
    assert told["tests-fit"] == (
        "0 of 1 tests leave the formula as it is; with every model of all of them "
        f"RF_cov {hard.rf_cov:.2f}, RF_cons {hard.rf_cons:.2f}"
    )


def test_what_falls_first_alone_is_the_tightest_range() -> None:
    own = lipset()
    found = protocol(own, ranges=ranges(own, parameters=["consistency", "pri"]), drop=False, null=None)
    # by the printed consistencies (test_lipset_fuzzy) the row of .7087, DEV*~URB*LIT*IND*STB, falls first above .7
    one, end = found.ranges.tightest  # type: ignore[union-attr, misc]
    assert (one.label, end is one.upper) == ("consistency", True)
    (remark,) = found.summary
    assert str(remark).startswith("falls first alone: consistency (0.7), ")
    assert "of its range above where it stands; then DEV*~IND + URB*STB" in str(remark)
    assert repr(found) == "<Protocol: DEV*STB; ranges>"


def test_a_term_stays_only_in_every_model_of_every_test_and_drop() -> None:
    own = lipset()
    tests = [own.changed(anchors={("LIT", "crossover"): 80}, label="literate")]
    assert protocol(own, tests=tests, drop=False, null=None).staying == ("DEV*STB",)
    assert protocol(own, tests=tests, null=None).staying == ()


def test_everything_is_one_json_document_with_its_parts(asked: Protocol) -> None:
    data = json.loads(json.dumps(asked.data(), allow_nan=False))
    assert data["models"] == ["DEV*STB"]
    assert data["ranges"] is None
    assert data["tests"]["core"] == asked.tests.core  # type: ignore[union-attr]
    assert set(data) >= {"analysis", "summary", "staying", "drops", "monte_carlo", "null", "caveats"}
    assert [table.name for table in asked.tables()] == [
        "robustness-summary", "robustness-fit", "robustness-tests", "robustness-cases", "drop-one",
        "monte-carlo-formulas", "monte-carlo-terms", "monte-carlo-cases", "monte-carlo-parameters", "random-outcomes",
    ]  # fmt: skip
    assert [chart.name for chart in asked.charts()] == ["robust-cases", "robust-terms", "monte-carlo"]
    assert len(asked.cite()) == len(set(asked.cite())) >= 6


def test_the_memo_has_the_summary_on_top_within_eighty_columns(asked: Protocol) -> None:
    lines = str(asked).splitlines()
    assert lines[0] == "DEV*STB => SURV: robustness"
    assert lines[1].startswith("- no term stays")
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line in ("Test sets", "Drop one", "Joint Monte Carlo", "Random outcomes")] == [
        "Test sets", "Drop one", "Joint Monte Carlo", "Random outcomes"
    ]  # fmt: skip
    assert repr(asked) == "<Protocol: DEV*STB; tests, drops, monte_carlo, null>"


def test_a_protocol_that_asks_nothing_is_refused() -> None:
    with pytest.raises(OptionError, match="nothing is asked of the solution"):
        protocol(lipset(), drop=False, null=None)


def test_a_log_tells_settings_and_result_and_no_case() -> None:
    own = lipset()
    other = own.changed(consistency=0.8, anchors={("DEV", "crossover"): 650})
    begun = line_of(Entry("begun", "t", what="qca", key=own.key(), settings=settings_of(own)))
    content = begun + line_of(
        Entry("ended", "t", run_of(begun), result=result_of(own.solution)), begun.rstrip(b"\n")
    )
    content += line_of(
        Entry("begun", "t", what="qca", key=other.key(), settings=settings_of(other)),
        content.splitlines()[-1],
    )
    first, second = read_log(content).runs
    assert first.formulas == ("DEV*STB",)
    assert dict(second.changed) == {
        "cutoffs.consistency": (0.7, 0.8),
        "calibrations.DEV.anchors.crossover": (550.0, 650.0),
    }
    assert "Belgium" not in content.decode()
    assert result_text(result_of(None, "no row is positive")) == "no row is positive"


def test_a_solution_that_only_the_frequency_cutoff_changes_is_not_called_free_of_change() -> None:
    # Each row holds one case, so that a frequency of 2 leaves no row; no other cut-off moves a crisp table.
    frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 0, 0]}
    own = analysis(frame, outcome="Y", conditions=["A", "B"])
    found = protocol(own, ranges=ranges(own), drop=False, null=None)
    told = {remark.kind: str(remark) for remark in found.summary}
    assert told == {
        "range-frequency": "only the frequency cut-off alone changes the solution as far as was searched: above 1"
    }
