"""Every claim of the reference study against the plain twin, on worlds drawn from its whole space."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reference.one_world import one_verdict

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.worlds import Worlds, worlds
from concausa.study.study import Study

DRAWN = 6


@pytest.fixture(scope="module")
def prosoft() -> Worlds:
    """The worlds of the reference study."""
    return worlds(Study.load("prosoft"))


def test_every_claim_is_what_each_world_says_by_itself(prosoft: Worlds) -> None:
    rng = np.random.default_rng(11)
    chosen = {place: rng.integers(0, size, DRAWN) for place, size in enumerate(prosoft.space.sizes)}
    for place, option in enumerate(prosoft.space.preferred):
        chosen[place][0] = option
    for claim in prosoft.study.claims:
        codes = claim_test(prosoft, claim).verdicts(chosen)
        for world, code in enumerate(codes):
            options = {place: int(column[world]) for place, column in chosen.items()}
            assert Verdict(int(code)) == one_verdict(prosoft, claim, options), claim.id


def test_a_claim_turns_on_no_more_than_its_cells_and_the_choices_that_they_share(prosoft: Worlds) -> None:
    # Leadership and the outcome are all that it asks: cells of quality and cohesion cannot matter.
    test = claim_test(prosoft, prosoft.study.row("claims", "K-necessary-EL"))
    cells = {
        prosoft.space.choices[place].id for place in test.choices if place in prosoft.space.of_kind("cell")
    }
    assert {cell.split(".")[1] for cell in cells} <= {"EL", "Y"}
