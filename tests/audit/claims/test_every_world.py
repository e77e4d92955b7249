"""The vectorised tests against the plain twin, on every world of random studies."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.audit.claims.made import STATES, choice, claim, grid, made, verdicts
from tests.reference.one_world import one_verdict

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.proposition import TABULATED_WHOLE
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.cell_table import CellTable
from concausa.audit.worlds.worlds import Worlds
from concausa.theory.claim import Claim

CASES = ("N-1", "N-2", "S-1", "S-2")
MOST = 600

word = st.sampled_from(["low", "low", "high", "high", "medium", "lowish", "mediumish", "none", "either"])
cell = st.lists(word, min_size=1, max_size=3, unique=True).map("|".join)
sets = st.sampled_from(
    ["A", "B", "~A", "A*B", "A + ~B", "A>=medium", "B=high*A", "~(A*C)", "C", "A*B*C", "1", "C + A*~B"]
)
outcomes = st.sampled_from(["Y", "Y=high", "Y>=medium", "~Y"])
unders = st.sampled_from(["", "", "C", "C>=medium", "~B"])
judged = st.sampled_from([(), (), CASES, CASES[:2], ("N-1", "S-2", "X-1")])


@st.composite
def all_worlds(draw: st.DrawFn) -> Worlds:
    """Worlds with cells of their own, cells that hang on shared choices, and cases that come and go."""
    shared = [choice(f"shared{n}", draw(st.integers(2, 3))) for n in range(draw(st.integers(0, 2)))]
    sizes = [len(one.options) for one in shared]
    presence = {}
    for case in CASES[2:]:
        if shared and draw(st.booleans()):
            place = draw(st.integers(0, len(shared) - 1))
            options = draw(st.sets(st.integers(0, sizes[place] - 1), max_size=sizes[place]))
            presence[case] = [(place, frozenset(options))]
    cells, left = {}, MOST // max(1, prod(sizes)) // 2
    for case in CASES[: draw(st.integers(1, 4))]:
        cells[case] = {}
        for condition in "ABCY":
            words = draw(cell) if left > 1 else draw(word)
            left //= words.count("|") + 1
            cells[case][condition] = words
    tests = draw(st.sampled_from([[("crisp", None)], [("crisp", None), ("fuzzy", 0.8)], [("fuzzy", 0.7)]]))
    found = made(cells, shared=shared, presence=presence, tests=tests)
    if not shared:
        return found
    tables = dict(found.cells)
    for case in cells:
        for condition in "AY":
            if draw(st.booleans()):
                states = tuple(
                    STATES[one] for one in draw(st.lists(word, min_size=1, max_size=4, unique=True))
                )
                places = tuple(range(len(sizes)))
                rows = draw(
                    st.lists(st.integers(0, len(states) - 1), min_size=prod(sizes), max_size=prod(sizes))
                )
                tables[case, condition] = CellTable(
                    case, condition, places, states, np.array(rows, dtype=np.int16).reshape(sizes)
                )
    return Worlds(
        found.study, found.space, found.slots, tables, found.scales, found.tests, found.test, found.numbers
    )


@st.composite
def set_claims(draw: st.DrawFn) -> Claim:
    """A claim about sets."""
    kind = draw(
        st.sampled_from(
            [
                "necessary",
                "sufficient",
                "jointly sufficient",
                "individually insufficient",
                "disjunction",
                "typology",
            ]
        )
    )
    return claim(kind, when=draw(sets), outcome=draw(outcomes), under=draw(unders), cases=draw(judged))


@st.composite
def part_claims(draw: st.DrawFn) -> Claim:
    """A claim about a part."""
    if draw(st.booleans()):
        return claim(
            "substitution",
            when=draw(sets),
            part=draw(sets),
            outcome=draw(outcomes),
            under=draw(unders),
            cases=draw(judged),
        )
    when = draw(st.sampled_from(["A*B + C", "A*B + A*C", "A", "A*~B", "B*A + ~C*A + C"]))
    return claim("INUS", when=when, part="A", outcome=draw(outcomes), under=draw(unders), cases=draw(judged))


clauses = st.sampled_from(
    [
        "N-1.A < N-2.A",
        "N-1.A >= N-1.B",
        "S-1.Y != N-1.Y",
        "N-2.B = medium",
        "[A].Y > [~A].Y",
        "[A*B].Y >= [C].Y",
        "[B].Y = high",
        "[C].A <= N-1.A",
        "N-1 in [A*~B]",
        "S-2 in [A + C]",
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> Claim:
    """A claim in a sentence of one to three clauses."""
    parts = [
        f"not {part}" if draw(st.booleans()) else part
        for part in draw(st.lists(clauses, min_size=1, max_size=3))
    ]
    text = parts[0]
    for part in parts[1:]:
        text = f"({text}) {draw(st.sampled_from(['and', 'or']))} {part}"
    return claim("other", states=text, cases=draw(judged))


@settings(max_examples=75, deadline=None, suppress_health_check=list(HealthCheck))
@given(all_worlds(), set_claims())
def test_set_claims_are_what_each_world_says_by_itself(worlds: Worlds, one: Claim) -> None:
    verdicts(worlds, one)


@settings(max_examples=45, deadline=None, suppress_health_check=list(HealthCheck))
@given(all_worlds(), part_claims())
def test_claims_about_a_part_are_what_each_world_says_by_itself(worlds: Worlds, one: Claim) -> None:
    verdicts(worlds, one)


@settings(max_examples=45, deadline=None, suppress_health_check=list(HealthCheck))
@given(all_worlds(), sentences())
def test_sentences_are_what_each_world_says_by_itself(worlds: Worlds, one: Claim) -> None:
    verdicts(worlds, one)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(all_worlds(), st.one_of(set_claims(), part_claims(), sentences()))
def test_every_choice_that_it_turns_on_changes_something(worlds: Worlds, one: Claim) -> None:
    # So few worlds are tabulated whole; then what is declared is neither too little nor too much.
    assert worlds.space.size <= TABULATED_WHOLE
    test = claim_test(worlds, one)
    codes = test.verdicts(grid(worlds.space.sizes)) if worlds.space.choices else test.verdicts({})
    table = codes.reshape(worlds.space.sizes)
    turning = {place for place in range(table.ndim) if not (table == table.take([0], axis=place)).all()}
    assert turning == set(test.choices)


def test_a_claim_over_too_many_choices_to_tabulate_is_the_same() -> None:
    # Thirty open cells: sampled worlds, each against the twin.
    cells = {f"N-{n}": {"A": "low|medium|high", "Y": "low|high"} for n in range(15)}
    cells["N-1"]["A"] = "high|mediumish"
    worlds = made(cells, tests=[("crisp", None), ("fuzzy", 0.6)])
    assert worlds.space.size > TABULATED_WHOLE
    rng = np.random.default_rng(4)
    chosen = {place: rng.integers(0, size, 300) for place, size in enumerate(worlds.space.sizes)}
    # Half of the worlds near the study's own reading, so that laws hold in some of them.
    for place, size in enumerate(worlds.space.sizes[1:], start=1):
        chosen[place][:200] = np.where(rng.random(200) < 0.9, size - 1, chosen[place][:200])
    seen = set()
    for kind in ("necessary", "sufficient", "individually insufficient"):
        one = claim(kind, when="A", outcome="Y")
        codes = claim_test(worlds, one).verdicts(chosen)
        for world, code in enumerate(codes):
            options = {place: int(column[world]) for place, column in chosen.items()}
            assert Verdict(int(code)) == one_verdict(worlds, one, options)
            seen.add(Verdict(int(code)).name)
    assert {"SUPPORTED", "CONTRADICTED", "CROSSOVER", "NO_VARIATION"} <= seen


def test_the_twin_and_the_test_see_the_same_options() -> None:
    # A guard against a twin that reads no option at all: the worlds differ.
    worlds = made({"N-1": {"A": "high|low", "Y": "high"}, "N-2": {"A": "low", "Y": "low"}})
    one = claim("necessary", when="A", outcome="Y")
    assert [one_verdict(worlds, one, dict(enumerate(row))).name for row in product(range(2))] == [
        "SUPPORTED",
        "CONTRADICTED",
    ]
