"""Sweeps: many scenarios, the same whoever works them out."""

import asyncio
import json

import distributed
import pytest

from concausa.core.errors import ConcausaError, DataError, OptionError
from concausa.dynamics.band import Band
from concausa.dynamics.counterfactual import asked
from concausa.dynamics.matching import match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.sample import sample
from concausa.dynamics.setting import Course, Setting
from concausa.dynamics.sweep import Scenario, grid, listed, read_scenarios, sweep

MODEL = Model(
    "small",
    (Stock("C", Range.of(0.2, 0.4), condition="BC"), Stock("I", Range.of(0, 0))),
    (Input("L"),),
    (Parameter("a", Range.of(0, 0.5)), Parameter("d", Range.of(0, 0.5))),
    flows=(
        Flow("build", "C", True, "a * max(L, I)"),
        Flow("fade", "C", False, "d"),
        Flow("end", "I", False, "0.1"),
    ),
    interventions=(Intervention("council", "I", "0.7"),),
    corners=(Corner("strong", "BC", True), Corner("weak", "~BC")),
    gate="max(L, I)",
)
SETTING = Setting(("A", "B"), 2000, 2010, (Course("L", "A", 2000, 2010, Range.of(0.8, 1), "L of A"),))
BANDS = [Band("A.C", "A", "C", 2010, 2010, 0.4, 1.0, "last")]


@pytest.fixture(scope="module")
def drawn():
    return sample(match(MODEL, SETTING, BANDS, draws=4000, seed=3), draws=600, prior_draws=600)


def test_a_sweep_is_its_scenarios_one_by_one(drawn):
    found = sweep(drawn, [*listed(["B council 2004; B L=1 from 2005"]), *grid("B L={} from 2005", [0, 0.5])])
    assert [one.id for one in found.outcomes] == ["1", "B L=0 from 2005", "B L=0.5 from 2005"]
    alone = asked(drawn, ["B L=0.5 from 2005"])
    (outcome,) = found.of("B L=0.5 from 2005")
    assert outcome.stocks["C"][1] == alone.envelopes("C", "B")[1].at(2010)[2]
    by_pattern = {(one.pattern, one.gate): one for one in outcome.patterns}
    assert by_pattern["weak", True].shift == alone.shift("weak", "B", 2010)
    assert outcome.caveats == alone.caveats


def test_a_sweep_is_the_same_over_one_and_two_workers(drawn):
    scenarios = grid("B L={} from {}", [0, 0.25, 0.5, 0.75, 1], [2002, 2006])
    assert sweep(drawn, scenarios) == sweep(drawn, scenarios, workers=2)


def test_a_sweep_is_the_same_over_a_dask_cluster(drawn):
    scenarios = grid("B L={} from {}", [0, 0.5, 1], [2002, 2006])

    async def through():
        async with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, asynchronous=True, dashboard_address=None
        ) as cluster:
            return await asyncio.to_thread(
                lambda: sweep(drawn, scenarios, scheduler=cluster.scheduler_address)
            )

    assert asyncio.run(through()) == sweep(drawn, scenarios)


def test_a_scenario_of_every_unit_has_a_row_for_each(drawn):
    found = sweep(drawn, listed(["* L=0.1 from 2004"]))
    assert [(one.unit, one.year) for one in found.outcomes] == [("A", 2010), ("B", 2010)]
    assert len(found.table()) == 2
    assert repr(found) == "<Sweep: 1 scenarios>"
    json.dumps(found.data(), allow_nan=False)


def test_scenarios_are_read_from_a_table():
    text = 'id,do\nboth,"B council 2004; B L=1 from 2005"\n none ,B L=0\n'
    assert read_scenarios(text) == (
        Scenario("both", ("B council 2004", "B L=1 from 2005")),
        Scenario("none", ("B L=0",)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id\na\n",
            "DataError: there is no column do\n  where  line 1\n  fix    let the first line be: id,do",
        ),
        ("id,do\na,\n", "DataError: a scenario has no change\n  where  line 2\n  fix    give it one"),
        (
            "id,do\na,B L=0\n,B L=0\n",
            "DataError: a scenario has no id\n  where  line 3\n  fix    give it one",
        ),
    ],
)
def test_a_table_that_lacks_something_is_refused(text, message):
    with pytest.raises(DataError) as caught:
        read_scenarios(text)
    assert str(caught.value) == message


def test_a_scenario_that_cannot_be_read_stops_the_sweep_before_it_starts(drawn):
    with pytest.raises(ConcausaError) as caught:
        sweep(drawn, [Scenario("good", ("B L=0",)), Scenario("bad", ("B L=low",))])
    assert str(caught.value) == (
        "OptionError: 'low' is no value of L\n  where  scenario bad\n  where  B L=low\n  where      ^\n"
        "  fix    write a number from 0 to 1"
    )
    with pytest.raises(OptionError, match="two scenarios are called a"):
        sweep(drawn, [Scenario("a", ("B L=0",)), Scenario("a", ("B L=1",))])
    with pytest.raises(OptionError, match="'B L=0' has 0 places for 1 lists of values"):
        grid("B L=0", [1])
