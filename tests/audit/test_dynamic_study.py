"""Dynamic models of a study: levels as bands, terms as years, events as years that may be open.

Five levels in equal steps lie at 0, 1/4, 1/2, 3/4 and 1, so that each reaches an eighth to both sides; three reach a
quarter. The days of terms are those of the returns: in Nuevo León governors change on 4 October, in Puebla on 1 February,
in Chiapas on 8 December.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import pytest

from concausa.audit.dynamic_bands import period_years
from concausa.audit.dynamic_levels import joined
from concausa.audit.dynamic_study import StudyDynamics, study_dynamics
from concausa.core.date import Date
from concausa.core.errors import OptionError, ScaleError, UnknownNameError
from concausa.dynamics.band import Band, refuse_bands
from concausa.dynamics.quantity import Range
from concausa.dynamics.runs import simulate
from concausa.study.scaffold import new
from concausa.study.study import Study


@cache
def study() -> Study:
    return Study.load("prosoft")


@cache
def forum() -> StudyDynamics:
    return study_dynamics(study(), "FORUM")


def band(found: StudyDynamics, id: str) -> Band:
    return next(one for one in found.bands if one.id == id)


def courses(found: StudyDynamics, symbol: str, unit: str) -> list[tuple[int, int, str]]:
    return [
        (one.first, one.last, one.value.text)
        for one in found.everywhere.courses
        if (one.input, one.unit) == (symbol, unit)
    ]


def happened(found: StudyDynamics, name: str, unit: str) -> list[tuple[int, int]]:
    return [
        (one.first, one.last) for one in found.everywhere.happenings if (one.of, one.unit) == (name, unit)
    ]


def notes(found: StudyDynamics) -> list[str]:
    return [str(note) for note in found.notes]


def test_the_model_fits_its_setting_and_runs() -> None:
    found = forum()
    found.setting.refuse_misfits(found.model)
    refuse_bands(found.bands, found.model, found.setting)
    assert simulate(found.model, found.setting, draws=3).stocks["C"].shape == (17, 2, 3)
    assert (found.matched, found.elsewhere) == (("NL", "PUE"), ("CHP", "JAL"))


def test_the_parts_are_those_that_the_study_declares() -> None:
    model = forum().model
    assert model.stock_names == ("C", "B", "I")
    assert model.conditions == {"EL": "L", "BC": "C", "BQ": "B", "INST": "I"}
    assert [stock.start.text for stock in model.stocks] == ["0 to 1", "0 to 1", "0"]
    on = {"M1", "M4", "M7", "M8", "M9", "M10", "M12"}
    off = {"M2", "M3", "M5", "M6", "M11", "M13", "M14", "M15"}
    assert {switch for switch in model.switches if switch.startswith("M")} == on | off
    assert {switch for switch in on | off if model.is_on(switch)} == on
    assert [(corner.name, corner.gated) for corner in model.corners] == [
        ("synergistic", True), ("state-led", False), ("business-led", False), ("quiescent", False),
    ]  # fmt: skip
    assert [(one.name, one.moves, one.value) for one in model.interventions] == [
        ("council", "I", "council"), ("legal body", "I", "law"), ("centre", "I", "centre"), ("leader", "L", "head"),
        ("unit", "U", "1"),
    ]  # fmt: skip


def test_a_year_has_the_level_of_whoever_governed_for_most_of_it() -> None:
    # Low or medium-low: 0 to 1/8 or 1/8 to 3/8. 276 of the days of 2003, 2009 and 2015 belong to who left.
    assert courses(forum(), "L", "NL") == [
        (2000, 2003, "0 to 0.375"), (2004, 2009, "0.875 to 1"), (2010, 2015, "0.375 to 0.625"), (2016, 2016, "0 to 1"),
    ]  # fmt: skip
    # Those who came on 1 February 2005 and 2011 have 334 days of the year.
    assert courses(forum(), "L", "PUE") == [
        (2000, 2004, "0 to 0.125"), (2005, 2010, "0 to 0.125"), (2011, 2016, "0 to 0.125"),
    ]  # fmt: skip
    names = {one.name for one in forum().setting.courses if one.input == "L" and one.unit == "PUE"}
    assert names == {f"L in T-PUE-gov-{year}-data" for year in (1999, 2005, 2011)}


def test_of_whom_nothing_is_coded_anything_is_tried_and_told() -> None:
    # Chiapas: 24 days of 2000 belong to the first governor known, so that the year belongs to nobody.
    assert courses(forum(), "L", "CHP") == [
        (2000, 2000, "0 to 1"), (2001, 2006, "0 to 1"), (2007, 2012, "0 to 1"), (2013, 2016, "0 to 1"),
    ]  # fmt: skip
    told = notes(forum())
    assert (
        "nobody is known to have held the office of governor in CHP for most of 2000: any EL is tried" in told
    )
    assert "no level of EL is coded for T-NL-gov-2015-data (NL): any is tried" in told
    assert sum(note.kind == "term-uncoded" for note in forum().notes) == 4


def test_takeovers_are_the_first_years_of_new_governors() -> None:
    assert happened(forum(), "T", "NL") == [(2004, 2004), (2010, 2010), (2016, 2016)]
    assert happened(forum(), "T", "PUE") == [(2005, 2005), (2011, 2011)]
    assert happened(forum(), "T", "CHP") == [(2001, 2001), (2007, 2007), (2013, 2013)]


def test_an_event_of_an_open_year_is_drawn_from_the_years_that_the_record_implies() -> None:
    # Ten months without a head after a resignation of 2013, ten more before a successor of 2014.
    assert happened(forum(), "M", "PUE") == [(2013, 2013), (2013, 2014), (2014, 2014), (2014, 2014)]
    assert "E-PUE-chain can have happened in 2013-2014: M draws a year" in notes(forum())
    assert happened(forum(), "M", "NL") == []
    assert "nothing bounds the year of E-NL-ruiz: M leaves it out" in notes(forum())


def test_steps_windows_and_interventions_stand_where_they_happened() -> None:
    assert happened(forum(), "U", "NL") == [(2005, 2005)]
    assert happened(forum(), "U", "PUE") == []
    assert [happened(forum(), *one) for one in (("council", "NL"), ("legal body", "NL"), ("centre", "PUE"))] == [
        [(2004, 2004)], [(2008, 2008)], [(2006, 2006)],
    ]  # fmt: skip
    for unit in ("NL", "PUE", "CHP"):
        assert courses(forum(), "F", unit) == [(2004, 2016, "1")]
    assert courses(forum(), "W15", "PUE") == [(2000, 2007, "1")]
    assert courses(forum(), "W15", "NL") == []


def test_a_coded_level_is_a_band_around_its_point() -> None:
    assert [(one.low, one.high) for one in map(forum_band, ("NL-2.BC", "PUE-1.BC", "PUE-2.BC"))] == [
        (0.875, 1), (0, 0.125), (0.375, 0.625),
    ]  # fmt: skip
    young = forum_band("NL-1.INST")
    assert (young.low, young.high, young.reading, young.first, young.last) == (0.25, 0.75, "last", 2000, 2007)
    assert (forum_band("NL-2.INST").low, forum_band("PUE-2.INST").high) == (0.75, 0.25)


def forum_band(id: str) -> Band:
    return band(forum(), id)


def test_several_readings_are_one_band_that_keeps_each() -> None:
    found = forum_band("NL-1.BQ")
    assert (found.low, found.high, found.reading, found.evidence) == (0.375, 0.875, "mean", "NL-1")
    assert found.options == (("medium", 0.375, 0.625), ("medium-high", 0.625, 0.875))
    assert forum_band("NL-2.BQ").options == ()


def test_every_coded_case_has_a_band_and_the_rows_of_bands_follow() -> None:
    cases = [
        f"{case}.{condition}"
        for condition in ("BC", "BQ", "INST")
        for case in ("NL-1", "NL-2", "PUE-1", "PUE-2")
    ]
    rows = [row.id for row in study().bands]
    assert [one.id for one in forum().bands] == [*cases, *(id for id in rows if "JAL" not in id)]
    assert [one.id for one in forum().foretold] == ["BD-JAL-2012"]
    last = forum_band("BD-NL-2016")
    assert (last.unit, last.formula, last.first, last.last, last.low, last.high) == (
        "NL",
        "I",
        2016,
        2016,
        0.5,
        1,
    )
    assert last.evidence == "E-NL-2016-plan"


def test_one_reading_can_be_held() -> None:
    found = study_dynamics(
        study(), "FORUM", readings={"NL-1.BQ": "medium", "T-NL-gov-1997-data.EL": "medium-low"}
    )
    assert (band(found, "NL-1.BQ").low, band(found, "NL-1.BQ").high) == (0.375, 0.625)
    assert courses(found, "L", "NL")[0] == (2000, 2003, "0.125 to 0.375")
    assert band(found, "PUE-2.BQ") == forum_band("PUE-2.BQ")


def test_another_level_map_moves_the_bands() -> None:
    # Medium at 0.51: from 0.38 to 0.63. The map does not cover institutionalisation, which keeps its own.
    found = study_dynamics(study(), "FORUM", level_map="medium-in")
    assert (band(found, "PUE-2.BC").low, band(found, "PUE-2.BC").high) == (
        pytest.approx(0.38),
        pytest.approx(0.63),
    )
    assert band(found, "NL-1.INST") == forum_band("NL-1.INST")


def test_a_boundary_moves_the_years_and_not_the_levels() -> None:
    found = study_dynamics(study(), "FORUM", boundary=2010)
    assert [(one.first, one.last) for one in (band(found, "PUE-1.BC"), band(found, "PUE-2.BC"))] == [
        (2000, 2010), (2011, 2015),
    ]  # fmt: skip
    assert band(found, "PUE-1.BC").high == forum_band("PUE-1.BC").high


def test_periods_are_cut_to_the_years_of_the_model() -> None:
    short = with_model(years=Date.parse("2003/2010"))
    found = study_dynamics(short, "FORUM")
    assert [(one.first, one.last) for one in (band(found, "NL-1.BC"), band(found, "NL-2.BC"))] == [
        (2003, 2007), (2008, 2010),
    ]  # fmt: skip
    assert "of the period 1 the years 2003-2007 are simulated, and held against its levels" in notes(found)
    late = study_dynamics(with_model(years=Date.parse("2008/2015")), "FORUM")
    assert "no year of the period 1 is simulated" in notes(late)
    assert not [one for one in late.bands if one.evidence in ("NL-1", "PUE-1")]


def with_model(**changes: object) -> Study:
    (row,) = study().dynamic_models
    return study().replace(dynamic_models=(dataclasses.replace(row, **changes),), bands=())


def test_what_happened_before_the_model_is_left_out_but_for_steps_which_last() -> None:
    found = study_dynamics(with_model(years=Date.parse("2007/2015")), "FORUM")
    assert happened(found, "council", "NL") == []
    assert "E-NL-2004-council lies outside the years of the model: council leaves it out" in notes(found)
    assert happened(found, "U", "NL") == [(2007, 2007)]


def test_patterns_that_speak_of_more_than_the_model_has_are_left_out_and_told() -> None:
    rows = [row for row in study().dynamic_quantities if row.id != "FORUM-B"]
    flows = [row for row in study().dynamic_flows if "B" not in row.rate and row.stock != "B"]
    keep = {"FORUM-C", "FORUM-I", "FORUM-L", "FORUM-T", "FORUM-F", "FORUM-aI", "FORUM-aX", "FORUM-council", "FORUM-law",
            "FORUM-centre", "FORUM-head"}  # fmt: skip
    small = study().replace(
        dynamic_models=(dataclasses.replace(study().dynamic_models[0], gate="", gated=()),),
        dynamic_quantities=tuple(row for row in rows if row.id in keep),
        dynamic_flows=tuple(row for row in flows if row.id in ("FORUM-C-forum", "FORUM-C-programme")),
        interventions=tuple(row for row in study().interventions if row.moves == "I"),
        bands=(),
    )
    found = study_dynamics(small, "FORUM")
    assert found.model.corners == ()
    assert "the pattern state-led is left out: FORUM has no membership in BQ" in notes(found)


def test_the_years_of_a_period_are_those_whose_middle_day_it_holds() -> None:
    (first, second) = study().periods
    split = study().replace(
        periods=(
            dataclasses.replace(first, end=Date.parse("2007-07-01")),
            dataclasses.replace(second, start=Date.parse("2007-07-02")),
        )
    )
    assert period_years(split) == {"1": range(2000, 2007), "2": range(2007, 2016)}


@pytest.mark.parametrize("year", [1999, 2015, 2020])
def test_a_boundary_leaves_each_period_a_year(year: int) -> None:
    with pytest.raises(OptionError) as told:
        study_dynamics(study(), "FORUM", boundary=year)
    assert (told.value.what, told.value.fix) == (
        f"the first period cannot end in {year}",
        "give a year from 2000 to 2014",
    )


def test_what_the_study_does_not_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="dynamic_models has no row 'FORM'"):
        study_dynamics(study(), "FORM")
    with pytest.raises(UnknownNameError, match="level_maps has no row 'liner'"):
        study_dynamics(study(), "FORUM", level_map="liner")
    with pytest.raises(UnknownNameError) as told:
        study_dynamics(study(), "FORUM", readings={"NL-1.BG": "medium"})
    assert told.value.what == "the model reads no 'NL-1.BG'"
    assert told.value.fix in ("did you mean NL-1.BC?", "did you mean NL-1.BQ?")
    with pytest.raises(OptionError) as told_level:
        study_dynamics(study(), "FORUM", readings={"NL-1.BQ": "low"})
    assert told_level.value.what == "NL-1.BQ is not coded 'low'"
    lacking = study().replace(level_maps=tuple(row for row in study().level_maps if row.id != "institution"))
    with pytest.raises(ScaleError, match="no level map says what the levels of INST are worth"):
        study_dynamics(lacking, "FORUM")


def test_bands_that_touch_are_one_part_and_others_stay_apart() -> None:
    assert joined([(0.125, 0.375), (0, 0.125)]) == Range(((0.0, 0.375),))
    assert joined([(0, 0.125), (0.875, 1)]) == Range(((0.0, 0.125), (0.875, 1.0)))


def test_the_example_study_can_be_run(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    new(folder)
    found = study_dynamics(Study.load(folder), "HARBOUR")
    refuse_bands(found.bands, found.model, found.setting)
    # Norvale's second governor came in September 2006: 2007 is the first year that is mostly theirs.
    assert courses(found, "L", "NOR") == [(2001, 2006, "0.75 to 1"), (2007, 2010, "0.25 to 0.75")]
    # Surmar's governor lost an election of 2009; who governed in 2010 is not recorded.
    assert courses(found, "L", "SUR") == [(2001, 2009, "0 to 0.25"), (2010, 2010, "0 to 1")]
    assert happened(found, "tied", "NOR") == [(2004, 2004)]
    assert simulate(found.model, found.setting, draws=5).draws == 5
