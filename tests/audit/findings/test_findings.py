"""Findings: what is told of claims whose verdicts are known in every world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.audit.findings.tables import SumTest, TableTest, space_of, study_of, tables

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings import findings as module
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import Findings, findings, tally
from concausa.core.errors import OptionError, UnknownNameError
from concausa.study.study import Study


def found(
    tests: Mapping[str, Any], sizes: tuple[int, ...], preferred: tuple[int, ...] = (), **options: Any
) -> Findings:
    """Findings of claims with the tests given, over a space of choices of these sizes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "claim_test", lambda _, claim: tests[claim.id])
        within: Any = SimpleNamespace(space=space_of(sizes, preferred))
        return findings(study_of(*tests), worlds=within, **options)


def one(test: Any, sizes: tuple[int, ...], preferred: tuple[int, ...] = (), **options: Any) -> Finding:
    return found({"K": test}, sizes, preferred, **options).of("K")


def test_a_claim_over_three_choices_is_told_as_on_paper() -> None:
    # Choice 1 plays no part. Supported if choice 0 falls on 1, or choice 2 on 2; not testable if choice 0
    # falls on 0 and choice 2 on 1. Of 2 × 3 worlds 4 support, 1 contradicts, 1 has no data.
    table = np.array([[0, 3, 1], [1, 1, 1]])
    told = one(TableTest((0, 2), table), (2, 5, 3))
    assert told.counts == {Verdict.CONTRADICTED: 1, Verdict.SUPPORTED: 4, Verdict.NO_DATA: 1}
    assert (told.total, told.possible, told.worlds) == (6, 6, 30)
    assert told.share == Fraction(2, 3)
    assert told.word == "depends on the reading"
    assert told.turns_on == ("c0", "c2") and told.turned == (0, 2)
    assert told.baseline is Verdict.CONTRADICTED
    assert [(one.choice.id, one.share) for one in told.influences] == [
        ("c0", Fraction(2, 3)),
        ("c2", Fraction(1, 2)),
    ]
    assert told.formulas["supported"].text() == "what c0 is: c0 as o1; or what c2 is: c2 as o2"
    assert list(told.formulas) == ["decides", "supported", "contradicted", "not testable"]
    # Only where both fall on their first option is it contradicted.
    assert told.formulas["decides"].short() == "c0 = o1; or c2 = o1 | o2"
    assert told.formulas["not testable"].short() == "c0 = o0 and c2 = o1"
    assert told.formulas["contradicted"].text() == "what c0 is: c0 as o0 and what c2 is: c2 as o0"
    assert [(str(change), change.verdict) for change in told.overturning] == [
        ("what c0 is: c0 as o1", Verdict.SUPPORTED),
        ("what c2 is: c2 as o2", Verdict.SUPPORTED),
        ("what c2 is: c2 as o1", Verdict.NO_DATA),
    ]
    assert told.overturned_by == 3
    assert told.caveats == ()


@pytest.mark.parametrize(
    ("verdicts", "word"),
    [
        ((1, 1), "supported in every world"),
        ((1, 3), "supported wherever testable"),
        ((1, 0), "depends on the reading"),
        ((0, 6), "contradicted wherever testable"),
        ((0, 0), "contradicted in every world"),
        ((3, 6), "not testable"),
        ((2, 2), "not testable"),
    ],
)
def test_the_word_is_judged_over_the_worlds_that_can_test_the_claim(
    verdicts: tuple[int, int], word: str
) -> None:
    assert one(TableTest((0,), np.array(verdicts)), (2,)).word == word


@settings(max_examples=75, deadline=None)
@given(tables())
def test_a_finding_gives_back_every_verdict(verdicts: np.ndarray) -> None:
    told = one(TableTest(tuple(range(verdicts.ndim)), verdicts), verdicts.shape)
    assert sum(told.counts.values()) == told.total == verdicts.size
    words = {Verdict(int(verdict)).word for verdict in verdicts.flat}
    assert set(told.formulas) - {"decides"} == (words if len(words) > 1 else set())
    for world in product(*(range(size) for size in verdicts.shape)):
        for word in words & set(told.formulas):
            formula = told.formulas[word]
            assert formula.holds(dict(enumerate(world))) == (Verdict(int(verdicts[world])).word == word)


@settings(max_examples=50, deadline=None)
@given(tables())
def test_a_choice_is_listed_just_if_changing_it_alone_somewhere_changes_the_verdict(
    verdicts: np.ndarray,
) -> None:
    told = one(TableTest(tuple(range(verdicts.ndim)), verdicts), verdicts.shape)
    for axis in range(verdicts.ndim):
        matters = bool((verdicts != verdicts.take([0], axis=axis)).any())
        assert (axis in told.turned) == matters


def test_a_claim_without_open_choices_has_one_world() -> None:
    told = one(TableTest((), np.array(1)), (2, 2))
    assert (told.total, told.worlds, told.counts) == (1, 4, {Verdict.SUPPORTED: 1})
    assert (told.turns_on, told.formulas, told.overturning) == ((), {}, ())


def test_more_worlds_than_one_job_looks_at_are_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 1 << 16)
    # 18 choices of two options: 2^18 worlds in four jobs; at least 17 ones in 1 + 18 of them.
    told = one(SumTest(tuple(range(18)), 17), (2,) * 18)
    assert told.counts == {Verdict.CONTRADICTED: 2**18 - 19, Verdict.SUPPORTED: 19}
    assert (told.formulas["supported"].needed, told.formulas["supported"].fewest) == (18, True)
    assert len(told.overturning[0].literals) == 17 and told.overturned_by == 18


def test_options_that_a_test_reads_alike_keep_a_claim_exact_whatever_its_worlds() -> None:
    # Ten choices of ten options, told apart only as 0 or not: 10^10 worlds, of which 1 + 10 × 9 have fewer than
    # two choices off 0. 45 pairs of choices overturn the rest, each in 81 ways.
    alike = dict.fromkeys(range(10), (0,) + (1,) * 9)
    told = one(ManyTest(tuple(range(10)), alike), (10,) * 10)
    assert told.sampled is None
    assert told.counts == {Verdict.CONTRADICTED: 91, Verdict.SUPPORTED: 10**10 - 91}
    assert (told.overturned_by, len(told.overturning)) == (45 * 81, 45)
    assert [len(literal.options) for literal in told.overturning[0].literals] == [9, 9]
    assert (told.formulas["supported"].needed, told.formulas["contradicted"].needed) == (45, 10)
    assert told.caveats == ()


class ManyTest(SumTest):
    """Supported if at least two choices do not fall on their first option."""

    def __init__(self, choices: tuple[int, ...], alike: dict[int, tuple[int, ...]]) -> None:
        super().__init__(choices, 2, alike)

    def verdicts(self, chosen: Mapping[int, np.ndarray]) -> np.ndarray:
        return super().verdicts({place: (options > 0) * 1 for place, options in chosen.items()})


def sampled(**options: Any) -> Finding:
    """30 choices of two options, a billion worlds; supported if at least 15 fall on the second."""
    return one(SumTest(tuple(range(30)), 15), (2,) * 30, (1,) * 15 + (0,) * 15, **options)


def test_beyond_the_bound_worlds_are_drawn_and_the_finding_says_so() -> None:
    told = sampled(sample=20_000)
    assert told.sampled is not None
    assert (told.total, told.possible, told.worlds) == (20_000, 2**30, 2**30)
    assert told.formulas == {}
    assert told.baseline is Verdict.SUPPORTED
    # P(at least 15 of 30) = 1/2 + C(30, 15) / 2^31
    share = 0.5 + 155_117_520 / 2**31
    low, high = told.sampled.intervals[Verdict.SUPPORTED]
    assert low < share < high and high - low < 0.015
    # A choice matters where 14 of the 29 others fall on the second: C(29, 14) / 2^29 of the time.
    for influence in told.influences:
        assert abs(float(influence.share) - 77_558_760 / 2**29) < 0.05
    assert len(told.influences) == 30
    # The study's own reading has just 15: each of its 15 can be turned, and no other change of one choice.
    assert {change.literals[0].place for change in told.overturning} == set(range(15))
    assert told.overturned_by == 15
    assert [caveat.kind for caveat in told.caveats] == ["sampled"]


def test_the_same_seed_draws_the_same_worlds_and_another_one_others() -> None:
    assert sampled(sample=5_000).data() == sampled(sample=5_000).data()
    assert sampled(sample=5_000).counts != sampled(sample=5_000, seed=2).counts


def test_a_draw_in_which_all_agree_does_not_claim_every_world() -> None:
    # All but one of 2^30 worlds support it; 5,000 draws miss that one.
    told = one(SumTest(tuple(range(30)), 1), (2,) * 30, (1,) * 30, sample=5_000)
    assert told.counts == {Verdict.SUPPORTED: 5_000}
    assert [caveat.kind for caveat in told.caveats] == ["sampled", "not every world seen", "not overturned"]
    # The upper end of Wilson's interval for none of n is z² / (n + z²), 0.077 % for 5,000.
    assert "at most 0.077 %" in str(told.caveats[1])


def test_a_bound_of_just_as_many_worlds_still_visits_them_all() -> None:
    test = SumTest(tuple(range(6)), 3)
    assert one(test, (2,) * 6, bound=64).sampled is None
    assert one(test, (2,) * 6, bound=63, sample=10).sampled is not None


def test_tallies_are_the_counts_of_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    test = SumTest(tuple(range(8)), 3)
    monkeypatch.setattr(module, "claim_test", lambda _, __: test)
    within: Any = SimpleNamespace(space=space_of((2,) * 8))
    (claim,) = study_of("K").claims
    for options in ({}, {"bound": 10, "sample": 70}):
        told = one(test, (2,) * 8, **options)
        count = tally(within, claim, **options)
        assert (count.counts, count.total, count.possible) == (told.counts, told.total, told.possible)
        assert (count.baseline, count.sampled) == (told.baseline, told.sampled is not None)


def test_claims_may_be_chosen_and_keep_the_order_of_the_study() -> None:
    tests = {id: TableTest((), np.array(1)) for id in ("A", "B", "C")}
    assert [one.claim.id for one in found(tests, (2,), claims=["C", "A"])] == ["A", "C"]


def test_an_unknown_claim_is_refused_with_the_nearest() -> None:
    tests = {"K-needed": TableTest((), np.array(1))}
    with pytest.raises(UnknownNameError, match="no claim 'K-need'") as caught:
        found(tests, (2,), claims=["K-need"])
    assert caught.value.fix == "did you mean K-needed?"
    with pytest.raises(UnknownNameError):
        found(tests, (2,)).of("other")


@pytest.mark.parametrize(
    "options", [{"bound": 0}, {"sample": 0}, {"seed": -1}, {"workers": 0}, {"bound": 1.5}]
)
def test_options_that_cannot_be_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        found({"K": TableTest((), np.array(1))}, (2,), **options)


def test_the_data_of_a_finding_can_be_written_as_json() -> None:
    import json

    told = one(TableTest((0, 1), np.array([[0, 3, 1], [1, 1, 1]])), (2, 3))
    assert json.loads(json.dumps(told.data())) == told.data()
    assert told.data()["counts"] == {"supported": 4, "contradicted": 1, "not testable": 1}
    assert told.data()["reasons"] == {"no data": 1}


@pytest.fixture(scope="module")
def prosoft() -> Findings:
    return findings(Study.load("prosoft"))


def test_the_findings_of_the_bundled_study_are_those_of_a_walk_through_all_its_worlds(
    prosoft: Findings,
) -> None:
    space, rng = prosoft.worlds.space, np.random.default_rng(3)
    for told in prosoft:
        test = claim_test(prosoft.worlds, told.claim)
        every = list(product(*(range(space.sizes[place]) for place in test.choices)))
        columns = np.array(every, dtype=np.intp).reshape(len(every), len(test.choices))
        chosen = {place: columns[:, axis] for axis, place in enumerate(test.choices)}
        verdicts = np.broadcast_to(test.verdicts(chosen), len(every))
        assert told.counts == Counter(Verdict(code) for code in verdicts.tolist())
        assert told.total == len(every)
        for row in rng.permutation(len(every))[:200].tolist():
            world, verdict = dict(zip(test.choices, every[row], strict=True)), Verdict(int(verdicts[row]))
            for word, formula in told.formulas.items():
                for model in range(min(3, len(formula.models))):
                    if word != "decides":
                        assert formula.holds(world, model) == (verdict.word == word)
                    elif verdict.testable:
                        assert formula.holds(world, model) == (verdict is Verdict.SUPPORTED)


def test_every_smallest_change_of_the_bundled_study_gives_what_it_says_and_each_part_is_needed(
    prosoft: Findings,
) -> None:
    space = prosoft.worlds.space
    for told in prosoft:
        test = claim_test(prosoft.worlds, told.claim)

        def verdict(moved: Mapping[int, int], test: Any = test) -> Verdict:
            world = {place: space.preferred[place] for place in test.choices} | dict(moved)
            return Verdict(int(test.verdicts({place: np.array([n]) for place, n in world.items()})[0]))

        assert told.baseline is verdict({})
        for change in told.overturning:
            places = [literal.place for literal in change.literals]
            for options in product(*(literal.options for literal in change.literals)):
                moved = dict(zip(places, options, strict=True))
                assert verdict(moved) is change.verdict
                assert change.verdict.word != told.baseline.word
                for place in places:
                    fewer = {other: option for other, option in moved.items() if other != place}
                    assert verdict(fewer).word == told.baseline.word


def test_changing_the_seed_changes_nothing_where_every_world_is_visited(prosoft: Findings) -> None:
    again = findings(prosoft.worlds.study, seed=99, sample=7)
    assert [one.data() for one in again] == [one.data() for one in prosoft]
