"""The picture of a skeleton: its boxes, rings and arrows are those of its tables."""

from dataclasses import replace

import pytest
from tests.dynamics.forum import forum
from tests.dynamics.models import model

from concausa.core.errors import ConcausaError
from concausa.draw.picture import svg
from concausa.dynamics.control import smallest
from concausa.dynamics.model import Corner
from concausa.dynamics.skeleton import skeleton
from concausa.dynamics.skeleton_chart import skeleton_chart
from concausa.report.language import Language


@pytest.fixture(scope="module")
def federal():
    return skeleton(forum(), inputs={"F": 1})


def rows(chart, key):
    """The rows of the first layer that has a field."""
    layers = [part["data"]["values"] for part in chart.spec["layer"]]
    return next(values for values in layers if values and key in values[0])


def rings(chart):
    """How many rings there are of each dash."""
    marks = [(part["mark"], part["data"]["values"]) for part in chart.spec["layer"]]
    return {tuple(mark["strokeDash"]): len(values) for mark, values in marks if mark.get("fillOpacity") == 0}


def test_every_corner_state_has_a_box_with_its_pattern_and_share(federal):
    told = {row["state"]: row["said"] for row in rows(skeleton_chart(federal), "state")}
    assert set(told) == {state.name for state in federal.states}
    assert told["C=1 B=1 I=0"] == "C=1 B=1 I=0, synergistic, gate shut"
    assert told["C=1 B=1 I=1"].startswith("C=1 B=1 I=1, synergistic, lasts in 6")


def test_every_move_has_an_arrow_which_is_dashed_if_it_depends_on_the_rates(federal):
    found = {(row["said"], row["sure"]) for row in rows(skeleton_chart(federal), "arrow")}
    assert len(found) == sum(map(len, federal.links()))
    assert ("C=0 B=0 I=1 → C=1 B=0 I=1, whatever the rates are", True) in found
    assert ("C=0 B=0 I=0 → C=1 B=0 I=0, with some rates", False) in found


def test_what_lasts_has_a_ring(federal):
    assert rings(skeleton_chart(federal)) == {(5, 3): 4}
    assert rings(skeleton_chart(skeleton(forum()))) == {(1, 0): 1, (5, 3): 2}


def test_a_cycle_has_dotted_rings():
    found = skeleton(model("AB", "A + p * B", "A - q * (1 - B)", "B + p * (1 - A)", "B - q * A"))
    chart = skeleton_chart(found)
    assert rings(chart) == {(1.5, 3): 4}
    assert rows(chart, "state")[0]["said"] == "A=0 B=0, goes round in 100 %"


def test_the_picture_can_be_drawn_and_read_aloud(federal):
    chart = skeleton_chart(federal)
    assert svg(chart).startswith("<svg")
    assert "C=0 B=1 I=1 → C=1 B=1 I=1, whatever the rates are." in chart.alt
    assert chart.title == "What lasts in FORUM at 0 and 1, with L=0, T=0, M=0, F=1, U=0"
    assert chart.notes[0] == "Shares are of 1,000 draws."


def test_words_and_patterns_come_from_the_reader_s_language(federal):
    spanish = {
        "lasts in {share}": "perdura en {share}",
        "{pattern}, gate shut": "{pattern}, compuerta cerrada",
    }
    chart = skeleton_chart(federal, say=lambda words: spanish.get(words, words), label=str.upper)
    told = {row["state"]: row["said"] for row in rows(chart, "state")}
    assert told["C=1 B=1 I=0"] == "C=1 B=1 I=0, SYNERGISTIC, compuerta cerrada"
    assert "perdura en" in told["C=1 B=1 I=1"]


def test_nothing_leaves_the_picture():
    # Sixteen states whose arrows must go around boxes.
    found = skeleton(
        model(
            "ABDE", "A + p * B", "A - q * (1 - B)", "B + p * (1 - A)", "B - q * A", "D + p * E", "D - q", "E + r * A",
            "E - p * D",
        )
    )  # fmt: skip
    chart = skeleton_chart(found)
    for part in chart.spec["layer"]:
        for row in part["data"]["values"]:
            assert 0 <= row["x"] <= row.get("x2", row["x"]) <= chart.spec["width"]
            assert 0 <= row["y"] <= row.get("y2", row["y"]) <= chart.spec["height"]


def test_a_model_without_moves_has_boxes_alone():
    chart = skeleton_chart(skeleton(model("A", "A + p * L", inputs="L")))
    assert rings(chart) == {(1, 0): 2}


def test_five_stocks_are_too_many_for_a_picture():
    with pytest.raises(ConcausaError) as error:
        skeleton_chart(skeleton(model("ABDEF", *(f"{name} + p" for name in "ABDEF"))))
    assert str(error.value).partition(": ")[2] == (
        "small has 32 corner states, too many for a picture\n"
        "  fix    read its table, or make a skeleton of 4 stocks or fewer"
    )


def test_all_that_a_picture_and_its_caveats_say_is_said_in_spanish(federal):
    heard = set()

    def listen(words):
        heard.add(words)
        return words

    noisy = replace(forum(), noise=0.1, corners=(*forum().corners, Corner("any", "BQ")))
    cycle = skeleton(model("AB", "A + p * B", "A - q * (1 - B)", "B + p * (1 - A)", "B - q * A"))
    for found in (federal, skeleton(forum()), cycle, skeleton(noisy), skeleton(forum().including("M11"))):
        skeleton_chart(found, say=listen)
    control = smallest(forum(), start={"C": 0, "B": 0, "I": 0}, inputs={"F": 1}, goal="synergistic", most=1)
    heard |= {caveat.template for caveat in control.caveats}
    kinds = {caveat.kind for caveat in skeleton(noisy).caveats}
    assert kinds == {"side", "prior", "tie", "gate", "noise"}
    assert len(heard) == 21
    assert not {words for words in heard if Language("es").say(words) == words}
