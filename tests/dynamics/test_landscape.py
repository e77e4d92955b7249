"""Which patterns last over the inputs: FORUM with and without a leader."""

from dataclasses import replace

import pytest
from tests.dynamics.forum import forum

from concausa.core.errors import ConcausaError
from concausa.dynamics.landscape import landscape
from concausa.dynamics.model import Corner

#: A share of 10,000 draws lies this near to its probability in all but one of some 10,000 seeds.
NEAR = 0.02


@pytest.fixture(scope="module")
def found():
    return landscape(forum(), over=["L", "F"], draws=10_000)


def rests(found, pattern):
    return {(one.inputs["L"], one.inputs["F"]): one.rest for one in found.places if one.pattern == pattern}


def test_the_four_patterns_last_with_these_inputs(found):
    # Quiescent: without a leader 000 has nothing that lifts C but the window, and B nothing at all; a leader
    # lifts C. So without both it lasts whatever the rates are.
    assert rests(found, "quiescent") == {
        (0, 0): "always",
        (0, 1): "depends",
        (1, 0): "depends",
        (1, 1): "depends",
    }
    # State-led: B has a routine decay and without a leader nothing to set against it where C is 0; with one,
    # C rises as soon as B is there.
    assert set(rests(found, "state-led").values()) == {"never"}
    # Business-led: 100 needs the window or the leader; 101 lasts where routine outweighs embeddedness.
    assert set(rests(found, "business-led").values()) == {"depends"}
    # Synergistic: B always has routine decay.
    assert set(rests(found, "synergistic").values()) == {"depends"}


def test_a_pattern_that_lasts_nowhere_is_told(found):
    assert found.missing == ("state-led",)
    assert "Lasts nowhere: state-led." in found.table().notes


def test_a_unit_makes_a_state_led_pattern_last_where_no_window_is_open():
    # U lifts B against routine; without window, leader and forum C falls: P(bU > dB) = 2/3.
    with_unit = landscape(forum(), over=["U"], draws=10_000)
    assert with_unit.missing == ()
    assert with_unit.place("state-led", U=1).share == pytest.approx(2 / 3, abs=NEAR)


def test_shares_are_probabilities_of_the_ranges(found):
    # Without leader and window, synergy lasts at 111 alone, where bE > dB.
    assert found.place("synergistic", L=0, F=0).share == pytest.approx(2 / 3, abs=NEAR)
    # With a leader at 110 where bL > dB, or at 111 where bE + bL > dB, which is likelier: 25/27.
    assert found.place("synergistic", L=1, F=0).share == pytest.approx(25 / 27, abs=NEAR)
    assert found.place("quiescent", L=0, F=0).share == 1


def test_the_table_has_a_row_for_each_way_to_hold_the_inputs(found):
    table = found.table()
    assert [[cell.text for cell in row[:2]] for row in table.rows] == [
        ["0", "0"],
        ["0", "1"],
        ["1", "0"],
        ["1", "1"],
    ]
    assert table.title == "Which patterns last in FORUM with T=0, M=0, U=0"
    assert table.rows[0][-1].text == "always"
    assert len(found.data()["places"]) == 16
    assert repr(found) == "<Landscape of FORUM: 4 patterns, inputs held in 4 ways>"


def test_a_pattern_whose_gate_depends_is_never_told_as_lasting_always():
    # With lobbying and no substitute, the gate is max(0, kP * C), above 1/2 in half of the draws.
    found = landscape(forum().including("M11").without("M10", "routine", "decay-C"), over=[], draws=10_000)
    assert found.place("synergistic").rest == "depends"
    assert found.place("synergistic").share == pytest.approx(0.5, abs=NEAR)
    plain = replace(forum(), corners=(Corner("both", "BQ*BC"),)).without("routine", "decay-C")
    assert landscape(plain, over=[]).place("both").rest == "always"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: landscape(forum(), over=["Q"]),
            "there is no input 'Q'\n  where  FORUM\n  fix    one of L, T, M, F, U",
        ),
        (
            lambda: landscape(forum(), over=["L", "L"]),
            "the inputs held both ways are L, L\n  fix    name each once, and up to 6",
        ),
        (
            lambda: landscape(replace(forum(), corners=()), over=["L"]),
            "the model has no pattern to look for\n  where  FORUM\n  fix    declare its patterns",
        ),
        (
            lambda: landscape(forum(), over=["L"]).place("synergistic"),
            (
                "there is no place for 'synergistic'\n  where  FORUM\n"
                "  fix    name a pattern, and 0 or 1 for each of L"
            ),
        ),
    ],
)
def test_what_cannot_be_looked_for_is_refused(call, message):
    with pytest.raises(ConcausaError) as error:
        call()
    assert str(error.value).partition(": ")[2] == message
