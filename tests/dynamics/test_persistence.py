"""Persistence: years until stocks halve, by hand."""

import json

import numpy as np
import pytest

from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.band import Band
from concausa.dynamics.horizon import Horizon, prolonged
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.persistence import persistence, until_half
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting

#: C decays at d where neither L nor I protects it; I is there if it was founded, and withers at 0.05.
MODEL = Model(
    "fading",
    (Stock("C", Range.of(0.8, 0.8)), Stock("I", Range.of(0, 0))),
    (Input("L"), Input("T"), Input("F")),
    (Parameter("d", Range.of(0.05, 0.4)),),
    flows=(
        Flow("fade", "C", False, "d * (1 - max(L, I))"),
        Flow("wither", "I", False, "0.05 + 2 * T"),
    ),
    interventions=(Intervention("council", "I", "0.5"), Intervention("law", "I", "0.9")),
)
SETTING = Setting(
    ("A",), 2000, 2010,
    (Course("L", "A", 2000, 2010, Range.of(1, 1)), Course("F", "A", 2004, 2010, Range.of(1, 1))),
    (Happening("move", "council", "A", 2003, 2003, "E"), Happening("pulse", "T", "A", 2006, 2006)),
)  # fmt: skip


@pytest.fixture(scope="module")
def matching():
    return match(MODEL, SETTING, [], draws=4000)


def test_a_stock_that_decays_at_d_halves_after_ln_2_over_d_years(matching):
    found = persistence(matching, "A", input="L", year=2001, forum="I", horizon=Horizon(20))
    d = 0.05 + 0.35 * found.sample.points["d"]
    np.testing.assert_allclose(found.of("C", "none").years, np.log(2) / d, rtol=1e-9)
    low, middle, high = found.of("C", "none").middle
    assert middle == pytest.approx(np.log(2) / 0.225, rel=0.03)
    assert low == pytest.approx(np.log(2) / (0.4 - 0.05 * 0.35), rel=0.03)
    assert high == pytest.approx(np.log(2) / (0.05 + 0.05 * 0.35), rel=0.05)
    # Outlives 6 years where d < ln 2 / 6.
    assert found.of("C", "none").outlives.value == pytest.approx((np.log(2) / 6 - 0.05) / 0.35, abs=0.03)


def test_what_never_halves_within_the_horizon_is_counted(matching):
    found = persistence(matching, "A", input="L", year=2001, forum="I").of("C", "none")
    # Ten years: d above ln 2 / 10.
    assert found.never.value == pytest.approx((np.log(2) / 10 - 0.05) / 0.35, abs=0.03)
    assert np.isinf(found.years).mean() == found.never.value


def test_a_stock_that_starts_at_nothing_has_no_half_and_says_so(matching):
    found = persistence(matching, "A", input="L", year=2002, forum="I")
    for forum in ("as it was", "none"):
        assert np.isnan(found.of("I", forum).years).all()
        assert found.of("I", forum).empty == 1
    assert "I as it was: I starts at 0, has no half" in str(found)
    assert [str(caveat) for caveat in found.caveats if caveat.kind == "no-half"] == [
        "I starts at 0 in 100% of the draws with the forum as it was, and has no half there",
        "I starts at 0 in 100% of the draws with the forum none, and has no half there",
    ]
    assert found.data()["lasting"][1]["halves"] == {"low": None, "median": None, "high": None}


def test_a_consolidated_forum_is_raised_once_and_left_to_the_flows(matching):
    found = persistence(matching, "A", input="L", year=2002, forum="I", horizon=Horizon(10))
    path = found.of("I", "consolidated").path
    # 1 at the end of 2001, withering at 0.05, at 2.05 in the year of the takeover 2006; a council of 0.5 in 2003
    # does not raise what lies above it.
    assert path.at(2001)[2] == 1
    assert path.at(2005)[2] == pytest.approx(np.exp(-0.2))
    assert path.at(2006)[2] == pytest.approx(np.exp(-0.2 - 2.05))
    assert found.of("I", "consolidated").middle[1] == pytest.approx(4 + (np.log(2) - 0.2) / 2.05)


def test_a_legal_body_gives_its_own_value(matching):
    found = persistence(matching, "A", input="L", year=2002, forum="I", consolidated="law")
    assert found.consolidated.text == "0.9"
    assert found.of("I", "consolidated").path.at(2001)[2] == 0.9


def test_without_a_forum_there_is_none_whatever_is_founded_later(matching):
    path = persistence(matching, "A", input="L", year=2002, forum="I").of("I", "none").path
    assert not path.values.any()


def test_a_forum_as_it_was_is_the_history(matching):
    path = persistence(matching, "A", input="L", year=2002).of("I").path
    assert [path.at(year)[2] for year in (2002, 2003)] == [0, 0.5]


def test_after_the_data_inputs_end_unless_they_go_on_and_takeovers_come_when_asked_for():
    plain = prolonged(SETTING, MODEL, Horizon(6))
    assert (plain.last, [course.last for course in plain.courses], len(plain.happenings)) == (
        2016,
        [2010, 2010],
        2,
    )
    more = prolonged(SETTING, MODEL, Horizon(12, goes_on=("F",), every={"T": 5}))
    assert [course.last for course in more.courses] == [2010, 2022]
    # Counted from the last known takeover, in 2006.
    assert [one.first for one in more.happenings if one.of == "T"] == [2006, 2011, 2016, 2021]
    assert Horizon(12, goes_on=("F",), every={"T": 5}).text == (
        "12 years beyond the data, T every 5 years, F going on"
    )


def test_within_a_year_a_stock_decays_at_one_rate():
    path = np.array([[0.8], [0.6], [0.2]])
    # From 0.6 to 0.2 it passes 0.4 at ln(0.6 / 0.4) / ln(0.6 / 0.2) of the second year.
    assert until_half(path)[0] == pytest.approx(1 + np.log(1.5) / np.log(3))
    assert until_half(np.array([[0.8], [0.8], [0.0]]))[0] == 1


def test_persistence_tells_itself(matching):
    found = persistence(matching, "A", input="L", year=2002, value=Range.of(0, 0.1), forum="I", term=3,
                        horizon=Horizon(4, every={"T": 6}))  # fmt: skip
    assert repr(found) == "<Persistence A: L at 0 to 0.1 from 2002>"
    assert len(found.table()) == 6
    assert "  After the data: 4 years beyond the data, T every 6 years, no input going on." in str(found)
    assert "what comes after the data is assumed, not seen" in [str(caveat) for caveat in found.caveats]
    json.dumps(found.data(), allow_nan=False)
    # Nothing was matched, so nothing narrows.
    assert str(found).startswith("Assumption-driven: C 3 years on (spread 1.0")


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"year": 2000}, OptionError, "L is to fall in 2000, the first year"),
        ({"year": 2011}, OptionError, "2011 lies after the last year 2010"),
        ({"input": "K", "year": 2005}, UnknownNameError, "there is no input 'K'"),
        ({"year": 2005, "forum": "J"}, UnknownNameError, "there is no stock 'J'"),
        ({"year": 2005, "forum": "I", "consolidated": 2}, OptionError, "consolidated is 2"),
        ({"year": 2005, "forum": "I", "consolidated": "lawn"}, UnknownNameError, "there is no intervention 'lawn'"),
        ({"year": 2005, "term": 0}, OptionError, "term is 0"),
        ({"year": 2005, "horizon": Horizon(-1)}, OptionError, "added is -1"),
        ({"year": 2005, "horizon": Horizon(1, goes_on=("G",))}, UnknownNameError, "there is no input 'G'"),
        ({"year": 2005, "horizon": Horizon(1, every={"T": 0})}, OptionError,
         "the years from one T to the next is 0"),
    ],
)  # fmt: skip
def test_what_is_no_option_is_refused(matching, options, kind, message):
    with pytest.raises(kind) as caught:
        persistence(matching, "A", **{"input": "L", **options})
    assert caught.value.what == message


def test_what_is_settled_before_any_evidence_is_told_as_no_finding():
    # Nothing that lowers C reaches half of it in three years at 0.1 a year, whatever the evidence: exp(-0.3) = 0.74.
    def lasting(decay, bands=()):
        model = Model("m", (Stock("C", Range.of(0.8, 0.9)),), (Input("L"),), (Parameter("d", decay),),
                      (), (Flow("fade", "C", False, "d * (1 - L)"),))  # fmt: skip
        setting = Setting(("A",), 2000, 2010)
        return persistence(match(model, setting, bands, draws=2000), "A", input="L", year=2004, term=3)

    slow = lasting(Range.of(0, 0.1))
    assert slow.of("C").foregone
    assert "Settled before the evidence: C above half after 3 years." in str(slow)
    # Fast decay and slow were both possible; the band leaves the slow alone, so that it is the evidence's.
    kept = Band("A.C", "A", "C", 2003, 2003, 0.6, 1.0, "last")
    taught = lasting(Range.of(0, 1), [kept])
    assert (taught.of("C").outlives.value, taught.of("C").outlives_before.value < 0.5) == (1.0, True)
    assert not taught.of("C").foregone
    assert "Settled before the evidence" not in str(taught)
