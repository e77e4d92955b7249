"""The honesty panel: one page, worked out part by part, and honest where nothing is admitted."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from tests.dynamics.still import FADES, NL, SLOW, STILL, band, fades, near, still

from concausa.core.errors import OptionError
from concausa.dynamics.band import Band
from concausa.dynamics.bearing import bearing
from concausa.dynamics.matching import match
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.panel import PARTS, honesty

END = Outcome("cohesion in the end", "NL", "C")


def test_the_page_has_every_part_and_ends_with_what_is_not_borne():
    panel = honesty(fades(SLOW), outcomes=[END], alternatives={"a stricter reading": (FADES, NL, [SLOW])})
    told = str(panel)
    for title in (
        "What was learned", "What it rests on", "What the rest foretells of each item", "What it says",
        "With parts switched", "With other ranges", "With other priors", "With wider bands",
        "With other readings of the study",
    ):  # fmt: skip
        assert f"\n\n{title}\n  " in told
    head = (
        r"fades: 1 unknown, held against 1 band of 1 item of evidence\nAdmitted: (49|50|51)% of the prior; "
    )
    assert re.match(head, told)
    assert "a stricter reading: no difference that these draws can show (admits " in told
    assert "\n\nWhat it does not bear\n  " in told
    assert repr(panel) == "<Honesty of fades: 1 unknowns, 1 bands of 1 items>"
    json.dumps(panel.data(), allow_nan=False)
    assert {table.name for table in panel.tables()} == {
        "learned", "removed", "left_out", "bearings", "influence", "ablation", "ranges", "priors", "tolerances",
        "readings",
    }  # fmt: skip


def test_another_reading_of_the_study_is_matched_beside_it():
    stricter = Band("slow", "NL", "d", 2001, 2001, 0.0, 0.25)
    panel = honesty(
        fades(SLOW), outcomes=[Outcome("d", "NL", "d")], alternatives={"stricter": (FADES, NL, [stricter])}
    )
    (one,) = panel.reread
    assert near(one.ratio, 0.5)
    assert one.headline is not None and one.headline.mean == pytest.approx(0.125, abs=0.005)
    assert "stricter: admits 2.0 times fewer (admits 2" in panel.page(["readings"])


def test_only_the_parts_asked_for_are_worked_out():
    panel = honesty(still(band("half", 0.0, 0.5), draws=2000), outcomes=[END])
    told = panel.page(["learned"])
    assert "What was learned" in told and "What it rests on" not in told
    assert "structure" not in vars(panel) and "left_out" not in vars(panel)


def test_an_outcome_that_turns_on_what_was_not_learned_is_named():
    panel = honesty(still(band("half", 0.0, 0.5, "C")), outcomes=[Outcome("bureaucracy", "NL", "D")])
    told = panel.page(["learned", "outcomes"])
    assert "bureaucracy is assumption-driven." in told
    assert "bureaucracy turns on D of NL in 2000, of which nothing was learned." in told
    assert "Nothing was learned of 1 of 2 unknowns: their ranges are assumptions." in told


def test_nothing_admitted_is_a_result_that_names_what_cannot_be_met_together():
    at_odds = [band("low", 0.0, 0.3), band("high", 0.6, 1.0)]
    panel = honesty(still(*at_odds, draws=1000, particles=64), outcomes=[END])
    told = panel.page(["learned", "removed", "outcomes"])
    assert told.splitlines()[2].startswith(
        "Nothing is admitted. What no draw meets together: low and high (1,000"
    )
    assert "What was learned" not in told
    assert told.endswith("Nothing can be concluded from a model that cannot meet the evidence.")
    document = panel.data(["learned", "outcomes", "priors"])
    json.dumps(document, allow_nan=False)
    assert document["conflict"]["items"] == [["low", "high"]]
    assert document["outcomes"]["bearings"][0]["word"] == "nothing is admitted"


def test_no_evidence_and_unknown_parts_are_refused():
    with pytest.raises(OptionError, match="there is no evidence: the model was held against no band"):
        honesty(match(STILL, NL, [], draws=100))
    with pytest.raises(OptionError, match="the panel has no part 'learnt'") as caught:
        honesty(fades(SLOW, draws=500)).page(["learnt"])
    assert caught.value.fix == "did you mean learned?"
    assert len(PARTS) == len(set(PARTS))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (np.linspace(0, 1, 999), np.linspace(0, 1, 999), "assumption-driven"),
        (np.linspace(0.4, 0.6, 999), np.linspace(0, 1, 999), "assumption-driven"),
        (np.linspace(0, 1, 999), np.linspace(0, 0.4, 999), "narrowed by the evidence"),
        (np.linspace(0, 1, 999), np.linspace(0, 0.7, 999), "narrowed somewhat"),
        (np.array([0.0] + [1.0] * 99), np.ones(99), "settled before the evidence"),
        (np.linspace(0, 1, 999), np.zeros(0), "nothing is admitted"),
    ],
)
def test_what_speaks_in_an_outcome_follows_from_its_spread(before, after, told):
    assert bearing("x", before, after, len(after)).word == told
