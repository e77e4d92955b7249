"""Rivals and rules over worlds: against the twin world by world, and laws over whole studies."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

import numpy as np
import pytest
from tests.reference.rivals_one_world import judge as slow
from tests.small import bare, coding, date, small

from concausa.audit.rivals.account import Choices
from concausa.audit.rivals.accounts import accounts
from concausa.audit.rivals.conclusion import conclusion
from concausa.audit.rivals.rivals import Rivals, standings
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.core.unit import Unit
from concausa.record.fact import Fact
from concausa.study.study import Study
from concausa.theory.rival import Prediction, Rival


@pytest.fixture(scope="module")
def prosoft() -> Study:
    return Study.load("prosoft")


@pytest.fixture(scope="module")
def found(prosoft: Study) -> Rivals:
    return standings(prosoft)


def test_every_world_has_the_verdicts_that_the_twin_gives_it(prosoft: Study, found: Rivals) -> None:
    within = worlds(prosoft)
    choices = Choices(within.space.choices)
    every = accounts(within, choices)
    scale = within.scales["Y"]
    units = ("NL", "PUE")
    periods = {period.id: period.span for period in prosoft.periods}
    draw = random.Random(20251105)
    for _ in range(25):
        world = [draw.randrange(len(choice.options)) for choice in choices.all]
        level = {(u, p): within.cell(f"{u}-{p}", "Y").state(world).level for u in units for p in periods}
        for account, one in zip(every, found, strict=True):
            told = [
                expectation
                for piece in account.pieces
                for expectation in piece.variants[piece.table[tuple(world[place] for place in piece.choices)]]
            ]
            if account.mute and world[account.mute[0]] in account.mute[1]:
                told = [dataclasses.replace(one, expects="silent", levels=()) for one in told]
            cells, pairs, overall = slow(told, units, periods, level, scale)
            assert {case: at(look, world) for case, look in one.cells.items()} == cells, account.id
            assert {name: at(look, world) for name, look in one.contrasts.items()} == pairs, account.id
            assert at(one.overall, world) == overall, account.id


def at(outlook, world) -> str:
    """The word of one world."""
    table = outlook.table
    return outlook.words[int(table.verdicts[table.place_of(world)])]


def test_counts_are_of_all_worlds_and_formulas_hold_in_just_those(found: Rivals) -> None:
    for one in found:
        for outlook in (one.overall, *one.cells.values(), *one.contrasts.values()):
            assert sum(outlook.counts.values()) == one.worlds
    outlook = found.of("R-endowment").overall
    table = outlook.table
    for word, formula in outlook.formulas.items():
        for options in range(table.verdicts.size):
            place = [int(n) for n in np.unravel_index(options, table.verdicts.shape)]
            world = {
                choice: classes[number][0]
                for choice, classes, number in zip(table.places, table.classes, place, strict=True)
            }
            assert formula.holds(world) == (outlook.words[int(table.verdicts[tuple(place)])] == word)


def test_a_draw_says_that_it_is_one_and_gives_no_formula(prosoft: Study, found: Rivals) -> None:
    drawn = standings(prosoft, only=["R6"], bound=100, sample=5_000, seed=3).of("R6")
    assert drawn.overall.drawn
    assert drawn.overall.formulas == {}
    assert sum(drawn.overall.counts.values()) == 5_000
    whole = found.of("R6").overall
    for word, count in drawn.overall.counts.items():
        assert abs(count / 5_000 - whole.counts[word] / whole.total) < 0.03
    again = standings(prosoft, only=["R6"], bound=100, sample=5_000, seed=3).of("R6")
    assert again.overall.counts == drawn.overall.counts


# --- The small study: N and S in two periods, roads few or many -------------------------------------------


def roads(**more: object) -> Study:
    """Many roads in N-1, few in S-2; nothing is known of the other two cases."""
    return small().replace(**more)


def test_written_predictions_are_judged_and_missing_outcomes_are_no_data() -> None:
    one = standings(roads()).of("R-money")
    assert {case: look.word for case, look in one.cells.items()} == {
        "N-1": "fits",
        "N-2": "silent",
        "S-1": "silent",
        "S-2": "fits",
    }
    assert one.overall.word == "does not discriminate"  # each stands alone in its period
    more = [*small().predictions, prediction("P3", "N-2", "high")]
    assert standings(roads(predictions=tuple(more))).of("R-money").cells["N-2"].word == "no data"


def prediction(id: str, case: str, expects: str, span: str = "") -> Prediction:
    unit, period = case.split("-")
    return Prediction(
        id=id, rival="R-money", unit=unit, period=period, expects=expects, span=date(span) if span else None
    )


def test_two_codings_of_an_outcome_are_two_worlds() -> None:
    both = (*small().codings, coding("C9b", "N-1", "Y", "few", place="assessment"))
    one = standings(roads(codings=both)).of("R-money")
    assert one.cells["N-1"].counts == {"fits": 1, "fails": 1}
    assert [choice.id for choice in one.cells["N-1"].turns_on] == ["N-1.Y"]
    assert {word: formula.short() for word, formula in one.cells["N-1"].formulas.items()} == {
        "fits": "N-1.Y = many",
        "fails": "N-1.Y = few",
    }


def test_rules_are_judged_beside_rivals_and_the_space_where_no_rule_is_the_space_alone() -> None:
    found = standings(roads())
    assert [(one.account.id, one.account.origin) for one in found] == [("R-money", "typed"), ("R1", "rule")]
    # A of N-1 is high in one passage and medium in another; medium is on the crossover: few or many.
    assert found.of("R1").cells["S-2"].word == "fits"
    other = standings(roads(rules=()))
    assert [one.account.id for one in other] == ["R-money", "patterns"]


def test_a_rival_may_follow_from_facts_and_each_measure_is_a_reading() -> None:
    facts = tuple(
        Fact(id=f"f{n}", subject="x", unit=unit, measure=measure, value=Decimal(value), measured_in="km")
        for n, (unit, measure, value) in enumerate(
            [("N", "length", "40"), ("S", "length", "10"), ("N", "rank", "7"), ("S", "rank", "2")]
        )
    )
    rival = Rival(
        id="R-size",
        label="Size",
        argument="The long get more.",
        variable="facts",
        measures=("length", "-rank"),
        predicts=("greater=high", "smaller=low"),
    )
    one = standings(roads(facts=facts, rivals=(rival,), predictions=())).of("R-size")
    assert one.worlds == 2 * 1 or one.worlds % 2 == 0
    # By length N is high, and it has many roads; by rank (2 is better than 7) it is low.
    assert {word: formula.short() for word, formula in one.cells["N-1"].formulas.items()} == {
        "fits": "R-size.measure = length",
        "fails": "R-size.measure = -rank",
    }
    assert [choice.id for choice in one.overall.turns_on] == ["R-size.measure"]


def test_what_is_written_beside_the_record_is_compared_month_by_month() -> None:
    facts = tuple(
        Fact(id=f"f{unit}", subject="x", unit=unit, measure="length", value=Decimal(value), measured_in="km")
        for unit, value in (("N", "40"), ("S", "10"))
    )
    rival = Rival(
        id="R-money",
        label="Size",
        argument="The long get more.",
        variable="facts",
        measures=("length",),
        predicts=("greater=higher", "smaller=lower"),
        since=date("2001"),
    )
    written = (
        prediction("P1", "N-1", "high"),
        prediction("P2", "N-2", "high"),
        prediction("P3", "S-1", "low"),
        prediction("P4", "S-2", "high", "2008/2010"),
        prediction("P5", "S-2", "low", "2011/2015"),
    )
    one = standings(roads(facts=facts, rivals=(rival,), predictions=written)).of("R-money")
    assert [(gap.unit, gap.span, gap.months, gap.written, gap.recorded) for gap in one.differs] == [
        ("N", "2000-01 to 2000-12", 12, "high", "silent"),
        ("S", "2000-01 to 2000-12", 12, "low", "silent"),
        ("S", "2008-01 to 2010-12", 36, "high", "lower"),
    ]


def test_renaming_rivals_changes_nothing_else(prosoft: Study, found: Rivals) -> None:
    renamed = prosoft.replace(
        rivals=tuple(dataclasses.replace(row, id=f"X{row.id}") for row in prosoft.rivals),
        predictions=tuple(dataclasses.replace(row, rival=f"X{row.rival}") for row in prosoft.predictions),
    )
    other = standings(renamed)
    for one, two in zip(found, other, strict=True):
        assert two.overall.counts == one.overall.counts
        assert {case: look.counts for case, look in two.cells.items()} == {
            case: look.counts for case, look in one.cells.items()
        }


def test_text_and_verdict_are_set_side_by_side() -> None:
    def concluded(word: str):
        row = dataclasses.replace(small().rivals[0], concludes=word)
        return conclusion(standings(roads(rivals=(row,))).of("R-money"))

    assert (concluded("does not discriminate").agreement, concluded("does not discriminate").remark) == (
        "agrees",
        None,
    )
    assert str(concluded("fails").remark) == (
        "the text concludes that it fails; over the cases compared here it does so in no world: does not discriminate"
    )
    assert concluded("open").agreement == ""
    assert concluded("").remark is None


# --- Refusals ---------------------------------------------------------------------------------------------


def refused(kind, call) -> tuple[str, str]:
    with pytest.raises(kind) as error:
        call()
    return error.value.what, error.value.fix


def test_what_cannot_be_judged_is_refused() -> None:
    assert refused(DataError, lambda: standings(bare())) == (
        "the study names no outcome to hold rivals against",
        "add outcome",
    )
    assert refused(DataError, lambda: standings(roads(rivals=(), rules=(), patterns=(), predictions=()))) == (
        "there is nothing to compare: the study has no rival and no rule",
        "add [[rivals]] to study.toml",
    )
    assert refused(UnknownNameError, lambda: standings(roads(), only=["R-mony"])) == (
        "there is no rival 'R-mony'",
        "did you mean R-money?",
    )
    assert refused(UnknownNameError, lambda: standings(roads()).of("R-mony")) == (
        "there is no rival 'R-mony'",
        "did you mean R-money?",
    )
    assert refused(OptionError, lambda: standings(roads(), bound=0)) == (
        "bound is 0",
        "a whole number from 1 on",
    )


def test_a_measure_without_facts_for_a_unit_is_refused() -> None:
    rival = Rival(
        id="R-size",
        label="Size",
        argument="The long get more.",
        variable="facts",
        measures=("roads",),
        predicts=("greater=high",),
    )
    assert refused(DataError, lambda: standings(roads(rivals=(rival,), predictions=()))) == (
        "no fact measures roads for S",
        "add the fact, or leave the measure out",
    )


def test_many_open_cells_are_counted_exactly_or_drawn() -> None:
    # 60 units in one period, each outcome open: 2^60 worlds, more than numbers of 63 bits times levels would hold.
    units = tuple(Unit(id=f"u{n}", name=f"u{n}", role="core") for n in range(60))
    codings = tuple(
        coding(f"c{n}{level}", f"u{n}-1", "Y", level) for n in range(60) for level in ("few", "many")
    )
    study = roads(
        units=units,
        periods=small().periods[:1],
        codings=codings,
        evidence=(),
        rules=(),
        patterns=(),
        predictions=(prediction("P1", "u0-1", "high"), prediction("P2", "u59-1", "low")),
        terms=(),
        funds=(),
    )
    one = standings(study, sample=400, seed=2).of("R-money")
    assert one.overall.drawn
    # The two cells and their contrast: high beside low fits in a quarter, any other fails somewhere.
    assert abs(one.cells["u0-1"].counts["fits"] / 400 - 1 / 2) < 0.1
    assert abs(one.cells["u59-1"].counts["fits"] / 400 - 1 / 2) < 0.1
    assert abs(one.overall.counts["fits"] / 400 - 1 / 4) < 0.1
    assert one.overall.counts["fits"] == one.contrasts["u0-1 : u59-1"].counts["fits"]
