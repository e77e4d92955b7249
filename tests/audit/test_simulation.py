"""A simulation of a study: its questions are those of the engine, in the study's own words.

HARBOUR of the example study is small enough for paper. Cooperation rises at join * tied * L and falls at
leave * (1 - tied); the office rises at hire * L and wears at wear * (1 - L). So once grants are tied and nobody leads,
cooperation stands still, and the office decays at the rate wear.
"""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from concausa.audit.dynamic_levers import actions_of, forum_of, horizon_until, lever_of, strongest
from concausa.audit.dynamic_study import study_dynamics
from concausa.audit.dynamic_words import change_words
from concausa.audit.simulation import Simulation, simulation
from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.band import Band
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Range, Stock
from concausa.dynamics.setting import Setting
from concausa.dynamics.sweep import Scenario
from concausa.study.scaffold import new
from concausa.study.study import Study


@cache
def harbour() -> Study:
    with TemporaryDirectory() as folder:
        new(Path(folder) / "study")
        return Study.load(Path(folder) / "study")


@cache
def found() -> Simulation:
    """Bands may be missed by a tenth, so that plain draws are enough."""
    return simulation(harbour(), draws=8192, tolerance=0.1)


def model(name: str = "HARBOUR"):
    return study_dynamics(harbour(), name).model


def test_an_input_goes_by_the_words_of_its_condition_and_a_level_is_worth_its_band() -> None:
    # Three levels in even steps: low reaches a quarter up, medium a quarter to both sides.
    words = change_words(harbour(), model())
    named = ("provincial leadership", "leadership", "leadership of the governor")
    assert {words.labels[text] for text in named} == {"L"}
    assert {level: band.text for level, band in words.of("L").items()} == {
        "low": "0 to 0.25", "medium": "0.25 to 0.75", "high": "0.75 to 1",
    }  # fmt: skip
    # With medium at 0.6: halfway to 0 is 0.3, halfway to 1 is 0.8.
    assert change_words(harbour(), model(), level_map="medium-in").of("L")["medium"].text == "0.3 to 0.8"


def test_grants_tied_without_a_leader_leave_cooperation_where_it_is() -> None:
    asked = found().counterfactual("SUR tie 2003", "SUR leadership=0 from 2003")
    was, now = asked.factual.of("C", unit="SUR"), asked.changed.of("C", unit="SUR")
    before = asked.years.index(2002)
    assert np.array_equal(was[: before + 1], now[: before + 1])
    assert np.allclose(now[before:], now[before], atol=1e-12)


def test_an_office_without_a_leader_halves_in_ln_2_over_its_wear() -> None:
    asked = found().persistence("NOR", 2005)
    wear = 0.3 * asked.sample.points["wear"]
    halves = np.where(log(2) / wear <= asked.years, log(2) / wear, np.inf)
    assert np.allclose(asked.of("A").years, halves)
    assert asked.forum == ""


def test_the_end_of_a_tipping_curve_is_the_counterfactual_with_the_lever_at_1() -> None:
    curve = found().tipping("NOR", 2006, "joint").of()
    asked = found().counterfactual("NOR L=1 from 2006")
    assert curve.shares[-1].value == pytest.approx(
        asked.shares("joint", "NOR", 2010, gate=False)[1].value, abs=0.05
    )


def test_a_sweep_says_of_each_scenario_what_a_counterfactual_says() -> None:
    swept = found().sweep(["SUR tie 2003; SUR L=high from 2003", Scenario("none", ("NOR L=low from 2005",))])
    assert [one.id for one in swept.outcomes] == ["1", "none"]
    alone = found().counterfactual("NOR L=low from 2005")
    of_joint = next(part for part in swept.outcomes[1].patterns if part.pattern == "joint")
    assert of_joint.now == alone.shares("joint", "NOR", 2010, gate=False)[1]


def test_a_unit_starts_at_the_corner_of_its_coded_levels_and_from_both_sides_of_a_middle_one() -> None:
    # Surmar, first period: cooperation low, the office medium; nobody leads, grants are not tied.
    corners = found().corners("SUR")
    assert [dict(one.stocks) for one in corners] == [{"C": 0, "A": 0}, {"C": 0, "A": 1}]
    assert {tuple(one.inputs.items()) for one in corners} == {(("L", 0), ("tied", 0))}
    assert (
        corners[0].text
        == "SUR in 2005, as coded for SUR-1; A may lie on either side of 1/2, so that both are tried"
    )
    # Norvale, second period: both high, grants tied; leadership medium, on either side.
    later = found().corners("NOR", year=2008)
    assert {tuple(one.stocks.items()) for one in later} == {(("C", 1), ("A", 1))}
    assert {one.inputs["tied"] for one in later} == {1}
    assert later[0].open == ("L",)
    assert [one.open for one in found().corners("SUR", held={"A": 0})] == [()]


def test_only_tied_grants_and_a_leader_together_make_both_last() -> None:
    # A alone decays without a leader, C falls unless grants are tied: both pushes are needed, and then nothing falls.
    for corner, control in found().smallest("SUR", "joint"):
        assert corner.unit == "SUR"
        assert [one.name for one in control.sure] == ["tie + L=1"]
        assert control.possible == control.sure


def test_the_skeleton_over_what_is_admitted_uses_the_draws_that_were_admitted() -> None:
    assert found().skeleton(inputs={"L": 1, "tied": 1}).always[0].name == "C=1 A=1"
    assert found().skeleton(evidence=True).draws == found().sample.draws


def test_other_readings_are_other_boundaries_and_level_maps() -> None:
    assert [one.name for one in found().honesty().readings] == [
        "first period until 2004", "first period until 2006", "level map medium-in",
    ]  # fmt: skip
    other = simulation(harbour(), draws=8192, tolerance=0.1, level_map="medium-in", boundary=2004)
    assert [one.name for one in other.honesty().readings] == [
        "first period until 2003", "first period until 2005", "level map even",
    ]  # fmt: skip


def test_what_one_would_conclude_about_is_where_most_draws_end() -> None:
    shares = found().standing(gate=False)
    for outcome in found().honesty().outcomes:
        place = shares.units.index(outcome.unit)
        assert shares.share(outcome.pattern)[-1, place] == max(
            whole[-1, place] for whole in shares.shares.values()
        )


def test_the_memo_says_what_was_matched_how_much_is_admitted_and_where_units_stand() -> None:
    told = str(found())
    assert (
        "Matched: NOR and SUR, 2001 to 2010; 12 unknowns held against 9 bands of 5 items of evidence." in told
    )
    assert f"{found().admitted.draws:,} draws of 8,192 tried" in told
    assert "Bands may be missed by 0.1." in told
    assert f"2010: joint: {found().standing().share('joint')[-1, 0]:.2f}" in told
    assert repr(found()).startswith("<Simulation HARBOUR: 0.0")
    json.dumps(found().data(), allow_nan=False)
    table = found().table([2010])
    assert [row[1].text for row in table.rows] == ["2010", "2010"]
    with pytest.raises(OptionError, match="2011 was not simulated"):
        found().table([2011])


def test_a_model_that_nothing_meets_says_what_stands_against_it() -> None:
    still = Model("still", (Stock("C", Range.of(0, 0)),), flows=(Flow("none", "C", True, "0"),))
    setting = Setting(("NOR",), 2001, 2003)
    band = Band("half", "NOR", "C", 2002, 2002, 0.5, 1.0, item="EV3")
    dynamics = dataclasses.replace(found().dynamics, model=still, setting=setting, bands=(band,))
    nothing = Simulation(harbour(), dynamics, match(still, setting, [band], draws=100))
    assert str(nothing).endswith(
        "Nothing is admitted. What no draw meets together: EV3 alone (100 draws, and waves)."
    )
    assert nothing.data()["patterns"] == []


def test_units_elsewhere_are_held_against_what_is_coded_of_them() -> None:
    forum = simulation(Study.load("prosoft"), draws=4096, tolerance=0.125, particles=64)
    asked = forum.elsewhere()
    assert asked.kind("CHP") == "scenario"
    assert "L" not in asked.coded["CHP"]
    assert {one.band.id for one in asked.held} == {
        "CHP-1.BC", "CHP-2.BC", "CHP-1.BQ", "CHP-2.BQ", "BD-JAL-2012",
    }  # fmt: skip
    assert (lever_of(forum.model), forum_of(forum.model), strongest(forum.model, "I")) == (
        "L",
        "I",
        "legal body",
    )
    assert actions_of(forum.model) == ("council", "legal body", "centre", "leader", "unit")
    assert horizon_until(forum.study, forum.model, 2016, 2022, 6).every == {"T": 6}
    with pytest.raises(OptionError, match="HARBOUR is asked about no other units"):
        found().elsewhere()


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="there is no input or stock 'Z'"):
        found().tipping("SUR", 2003, "joint", lever="Z")
    with pytest.raises(OptionError, match="2005 lies before the last year of the data, 2010"):
        found().persistence("NOR", 2004, until=2005)
    with pytest.raises(OptionError, match="1999 was not simulated"):
        found().corners("SUR", year=1999)
    two = dataclasses.replace(model(), inputs=(*model().inputs, Input("M", "UP")))
    with pytest.raises(OptionError, match="HARBOUR has 2 inputs that are levels of a condition"):
        lever_of(two)
