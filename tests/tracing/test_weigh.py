"""Weighing evidence: numbers by hand, laws, bounds against every corner, refusals."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.reference.weighing import posterior_bounds

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.interval import Interval
from concausa.tracing.evidence_item import EvidenceItem
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.hypotheses import RESIDUAL, combinations, hypotheses
from concausa.tracing.ledger import weigh
from concausa.tracing.weight import Weight
from concausa.tracing.word_scale import USUAL, WordScale

F = Fraction
A, B, C = "A", "B", "C"

fractions = st.fractions(min_value=0, max_value=1, max_denominator=12)
ranges = st.tuples(fractions, fractions).map(lambda pair: (min(pair), max(pair)))


def item(id: str, *chances: object, **more: object) -> EvidenceItem:
    return EvidenceItem.of(id, dict(zip((A, B, C), chances, strict=False)), **more)  # type: ignore[arg-type]


def point(value: Fraction) -> Interval:
    return Interval.exact(value)


# --- Numbers from the literature ---------------------------------------------------------------------------


def test_the_boxes_of_widgets_in_jaynes_come_out_in_decibels_and_in_odds() -> None:
    # Jaynes (2003), Probability Theory, ch. 4: a machine makes a third of its widgets bad, ten others a sixth.
    # Numbers read in two transcriptions of the example, arithmetic by hand: prior 1/11 is odds of 1/10, -10 dB;
    # a bad widget weighs (1/3)/(1/6) = 2, about +3 dB, a good one (2/3)/(5/6) = 4/5, about -1 dB.
    # Eleven bad and no good: odds 2**11/10 = 204.8.
    bad = [item(f"bad {n}", F(1, 3), F(1, 6)) for n in range(11)]
    ledger = weigh({A: F(1, 11), B: F(10, 11)}, bad)
    assert ledger.prior_weight() == Weight(F(1, 10), F(1, 10))
    assert ledger.prior_weight().decibels == (-10.0, -10.0)
    assert round(ledger.lines()[0].weight.decibels[0], 2) == 3.01
    assert ledger.odds() == Weight(F(2048, 10), F(2048, 10))
    good = weigh([A, B], [item("good", F(2, 3), F(5, 6))])
    assert good.weight() == Weight(F(4, 5), F(4, 5))
    assert round(good.weight().decibels[0], 2) == -0.97


def test_the_two_clues_of_the_design_library_update_as_bayes_says() -> None:
    # Blair et al., DesignLibrary, process_tracing_designer (its manual): prior 1/2, a straw with chances
    # 0.8 and 0.2, a smoking gun with 0.3 and 0. By hand: 0.8 after the straw; certain after the gun; and with
    # straw found and gun sought in vain 0.8*0.7 / (0.8*0.7 + 0.2*1) = 14/19.
    straw = item("straw", 0.8, 0.2)
    gun = item("gun", 0.3, 0)
    no_gun = item("no gun", 0.7, 1, found="searched, nothing found")
    assert weigh([A, B], [straw]).posterior() == point(F(4, 5))
    assert weigh([A, B], [straw, gun]).posterior() == point(F(1))
    assert weigh([A, B], [straw, gun]).verdict == "established"
    assert weigh([A, B], [straw, no_gun]).posterior() == point(F(14, 19))


# --- Arithmetic by hand ------------------------------------------------------------------------------------


def test_fractions_go_in_and_fractions_come_out() -> None:
    # Odds 1:3, ratios 3/2 and 4: 1/3 * 6 = 2, a probability of 2/3.
    ledger = weigh({A: "1/4", B: "3/4"}, [item("1", "3/5", "2/5"), item("2", 0.8, 0.2)])
    assert ledger.posterior() == point(F(2, 3))
    assert ledger.weight() == Weight(F(6), F(6))


def test_three_rivals_share_what_is_left() -> None:
    # 1/3 each; likelihoods 1/2, 1/4, 1/8: 4/7, 2/7, 1/7.
    ledger = weigh([A, B, C], [item("1", "1/2", "1/4", "1/8")])
    assert [ledger.posterior(name) for name in (A, B, C)] == [point(F(n, 7)) for n in (4, 2, 1)]
    assert ledger.weight(A, C) == Weight(F(4), F(4))


def test_a_search_counts_as_far_as_it_could_have_found() -> None:
    # Nothing there: 1/5 under A, certain under B. A perfect search: 1 to 5. Half a search: 1/2 * 1/5 + 1/2 = 3/5.
    def searched(reach: object) -> Weight | None:
        return weigh([A, B], [item("1", "1/5", 1, found="searched, nothing found", reach=reach)]).weight()

    assert searched(1) == Weight(F(1, 5), F(1, 5))
    assert searched("1/2") == Weight(F(3, 5), F(3, 5))
    assert searched(0) == Weight(F(1), F(1))
    assert searched((0, "1/2")) == Weight(F(3, 5), F(1))


def test_what_nobody_searched_for_is_listed_and_counts_for_nothing() -> None:
    ledger = weigh([A, B], [item("seen", 0.5, 0.25), item("idle", 0.9, 0.1, found="not searched")])
    assert ledger.posterior() == weigh([A, B], [item("seen", 0.5, 0.25)]).posterior()
    assert [idle.id for idle in ledger.idle] == ["idle"]
    assert [cell.text for cell in ledger.table().column("item")][1:] == ["idle"]


def test_a_word_stands_for_its_range_and_for_no_point_in_it() -> None:
    ledger = weigh([A, B], [EvidenceItem.of("1", ratios={A: "more"})])
    assert ledger.weight() == Weight(F(3), F(10))
    assert ledger.posterior() == Interval(F(3, 4), F(10, 11))
    assert weigh([A, B], [EvidenceItem.of("1", ratios={B: "more"})]).weight() == Weight(F(1, 10), F(1, 3))


def test_the_words_of_the_usual_scale_meet_and_span_two_powers_of_ten() -> None:
    ranges = [found for _, found in USUAL.grades]
    assert [(r.low, r.high) for r in ranges] == [(1, 1), (1, 3), (3, 10), (10, 30), (30, 100)]


def test_a_user_declares_another_scale() -> None:
    scale = WordScale.of({"rather": (1, 2), "far": (2, 5)})
    assert EvidenceItem.of("1", ratios={A: "far"}, scale=scale).amounts[A] == Interval(F(2), F(5))
    assert (scale.word(F(3)), scale.word(F(1, 2))) == ("far", "")


def test_the_residual_may_expect_anything() -> None:
    # Priors 2/5, 2/5, 1/5; likelihoods 1/2 and 1/4, of the residual 0 to 1.
    # A at least (2/5*1/2) / (1/5 + 1/10 + 1/5) = 2/5, at most (1/5) / (1/5 + 1/10) = 2/3.
    ledger = weigh([A, B], [item("1", "1/2", "1/4")], residual="1/5")
    assert ledger.names == (A, B, RESIDUAL)
    assert ledger.posterior() == Interval(F(2, 5), F(2, 3))


# --- Packages ----------------------------------------------------------------------------------------------


def pair() -> list[EvidenceItem]:
    return [
        EvidenceItem.of("1", ratios={A: 4}, source="X"),
        EvidenceItem.of("2", ratios={A: 3}, source="X"),
        EvidenceItem.of("3", ratios={B: 2}, source="Y"),
    ]


def test_a_package_of_which_nothing_is_known_lies_between_its_strongest_item_and_the_product() -> None:
    ledger = weigh([A, B], pair(), packages=[EvidencePackage.of("X", ["1", "2"])])
    assert ledger.lines()[0].weight == Weight(F(4), F(12))
    assert ledger.weight() == Weight(F(2), F(6))


def test_likelihoods_judged_in_sequence_multiply() -> None:
    ledger = weigh([A, B], pair(), packages=[EvidencePackage.of("X", ["1", "2"], how="sequence")])
    assert ledger.lines()[0].weight == Weight(F(12), F(12))


def test_a_joint_package_counts_as_a_whole_and_its_members_need_no_likelihoods() -> None:
    whole = EvidenceItem.of("both", ratios={A: (2, 5)})
    members = [EvidenceItem.of("1", source="X"), EvidenceItem.of("2", source="Z")]
    ledger = weigh([A, B], members, packages=[EvidencePackage.of("P", ["1", "2"], how="joint", whole=whole)])
    assert ledger.weight() == Weight(F(2), F(5))
    assert ledger.sources == ("X", "Z")
    assert ledger.without(source="Z").verdict == "no evidence"


def test_the_package_bound_is_the_hull_of_both_readings_when_items_pull_both_ways() -> None:
    # 4 for A and 2 for B: the strongest alone 4, the product 2.
    ledger = weigh([A, B], pair(), packages=[EvidencePackage.of("P", ["1", "3"])])
    assert ledger.lines()[0].weight == Weight(F(2), F(4))
    assert "both-ways" in {caveat.kind for caveat in ledger.caveats}


# --- Laws --------------------------------------------------------------------------------------------------

two_items = st.lists(st.tuples(ranges, ranges), min_size=1, max_size=3)


@settings(max_examples=60)
@given(two_items, ranges)
def test_bounds_of_two_hypotheses_are_those_over_every_corner(
    items: list[tuple[tuple[F, F], tuple[F, F]]], prior: tuple[F, F]
) -> None:
    other = (1 - prior[1], 1 - prior[0])
    ledger = weigh({A: prior, B: other}, [item(str(n), *row) for n, row in enumerate(items)])
    found = ledger.posterior()
    assert (found and (found.low, found.high)) == posterior_bounds([prior, other], items)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(ranges, ranges, ranges), min_size=1, max_size=2),
    st.lists(ranges, min_size=3, max_size=3),
)
def test_bounds_of_three_hypotheses_are_those_over_every_corner(
    items: list[tuple[tuple[F, F], ...]], priors: list[tuple[F, F]]
) -> None:
    assume(sum(low for low, _ in priors) <= 1 <= sum(high for _, high in priors))
    named = dict(zip((A, B, C), priors, strict=True))
    ledger = weigh(named, [item(str(n), *row) for n, row in enumerate(items)])
    found = ledger.posterior()
    assert (found and (found.low, found.high)) == posterior_bounds(priors, items)


@given(two_items)
def test_the_order_of_items_does_not_matter(items: list[tuple[tuple[F, F], tuple[F, F]]]) -> None:
    made = [item(str(n), *row) for n, row in enumerate(items)]
    ledgers = [weigh([A, B], order) for order in permutations(made)]
    assert len({(found.posterior(), found.weight()) for found in ledgers}) == 1


positive = st.fractions(min_value=F(1, 50), max_value=1, max_denominator=50)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=6), st.fractions(F(1, 20), F(19, 20)))
def test_decibels_of_prior_and_lines_add_up_to_those_of_the_posterior(
    items: list[tuple[F, F]], prior: F
) -> None:
    ledger = weigh({A: prior, B: 1 - prior}, [item(str(n), *row) for n, row in enumerate(items)])
    parts = [ledger.prior_weight(), *(line.weight for line in ledger.lines())]
    summed = math.fsum(part.decibels[0] for part in parts if part)
    assert ledger.odds().decibels[0] == pytest.approx(summed, abs=1e-9)
    assert ledger.lines()[-1].running == ledger.weight()


@given(two_items, fractions)
def test_an_item_equally_likely_under_all_changes_nothing(
    items: list[tuple[tuple[F, F], tuple[F, F]]], chance: F
) -> None:
    assume(chance > 0)
    made = [item(str(n), *row) for n, row in enumerate(items)]
    before, after = weigh([A, B], made), weigh([A, B], [*made, item("even", chance, chance)])
    assert (before.posterior(), before.weight()) == (after.posterior(), after.weight())


@given(two_items)
def test_a_wider_range_of_a_likelihood_never_narrows_the_posterior(
    items: list[tuple[tuple[F, F], tuple[F, F]]],
) -> None:
    narrow = weigh([A, B], [item(str(n), *row) for n, row in enumerate(items)]).posterior()
    wider = [((0, 1), second) if n == 0 else (first, second) for n, (first, second) in enumerate(items)]
    wide = weigh([A, B], [item(str(n), *row) for n, row in enumerate(wider)]).posterior()
    assume(narrow is not None)
    assert wide is not None
    assert wide.low <= narrow.low <= narrow.high <= wide.high


# --- Certainty ---------------------------------------------------------------------------------------------


def test_a_failed_strict_hoop_refutes_whatever_else_was_found() -> None:
    hoop = item("hoop", 0, "1/2", found="searched, nothing found")
    ledger = weigh([A, B], [item("strong", 1, "1/1000"), hoop])
    assert ledger.posterior() == point(F(0))
    assert ledger.verdict == "refuted"
    assert ledger.lines()[1].weight.decibels == (-math.inf, -math.inf)
    assert str(ledger.lines()[1].weight) == "-∞ dB"


def test_a_strict_hoop_that_a_search_might_have_missed_does_not_refute() -> None:
    # 9/10 * 0 + 1/10 = 1/10 against 9/10 * 1/2 + 1/10 = 11/20.
    hoop = item("hoop", 0, "1/2", found="searched, nothing found", reach="9/10")
    assert weigh([A, B], [hoop]).weight() == Weight(F(2, 11), F(2, 11))


def test_items_that_rule_out_every_hypothesis_are_told_as_a_contradiction() -> None:
    ledger = weigh([A, B], [item("1", 0, 1), item("2", 1, 0)])
    assert (ledger.verdict, ledger.posterior(), ledger.weight()) == ("contradiction", None, None)
    assert "contradiction" in {caveat.kind for caveat in ledger.caveats}
    assert "nan" not in str(ledger) + json.dumps(ledger.data())


def test_a_hypothesis_excluded_beforehand_stays_excluded() -> None:
    assert weigh({A: 0, B: 1}, [item("1", 1, "1/10")]).posterior() == point(F(0))


# --- Verdicts and caveats ----------------------------------------------------------------------------------


def test_a_verdict_needs_every_reading_past_the_threshold() -> None:
    clue = item("1", ("1/2", "3/4"), "1/4")  # ratios 2 to 3
    assert weigh([A, B], [clue]).verdict == "more likely than not"
    assert weigh([A, B], [clue], threshold="3/2").verdict == "more likely than not"
    assert weigh([A, B], [clue], threshold=2).verdict == "leans for"
    assert weigh([B, A], [clue]).verdict == "less likely than not"
    assert weigh([B, A], [clue], threshold=2).verdict == "leans against"
    assert weigh([A, B], [clue, item("2", 0.4, (0.3, 1))]).verdict == "inconclusive"
    assert weigh([A, B], [clue], threshold="more").threshold == 3


def test_a_hair_above_even_is_not_called_support_and_the_odds_asked_stand_beside() -> None:
    # 51 to 50, and three to one exactly, do not pass three to one; 13 to 4 does.
    hair = weigh([A, B], [item("1", 0.51, 0.5)])
    assert hair.verdict == "more likely than not"
    assert weigh([B, A], [EvidenceItem.of("1", {A: 0.51, B: 0.5})]).verdict == "less likely than not"
    assert weigh([A, B], [item("1", 0.75, 0.25)]).verdict == "more likely than not"
    assert weigh([A, B], [item("1", 0.65, 0.2)]).verdict == "supported"
    assert "Verdict on A: more likely than not (odds asked: above 1 to 1)" in str(hair)
    assert "Verdict on A: more likely than not (odds asked: above 1 to 1)." in hair.table().notes
    asked = weigh([A, B], [item("1", 0.65, 0.2)], threshold="5/2")
    assert "Verdict on A: supported (odds asked: above 2.5 to 1)" in str(asked)


def test_a_prior_of_nothing_is_told_apart_from_what_the_evidence_says() -> None:
    told = weigh({A: 0, B: 1}, [item("1", 0.9, 0.1)]).wording
    assert told == (
        "refuted (odds asked: above 1 to 1), by what was held beforehand, although the evidence is at least more "
        "expected under 'A'"
    )


def test_the_table_says_for_which_hypothesis_an_item_is_a_smoking_gun() -> None:
    rows = weigh([A, B], [item("1", 0, 0.2), item("2", 0.2, 0), item("3", 0.5, 0.5)]).table()
    assert [cell.text for cell in rows.column("test")] == [
        "smoking gun for B",
        "smoking gun for A",
        "straw in the wind",
    ]


def test_without_items_the_verdict_is_no_evidence() -> None:
    ledger = weigh([A, B], [])
    assert (ledger.verdict, ledger.posterior()) == ("no evidence", point(F(1, 2)))
    assert [caveat.kind for caveat in ledger.caveats] == ["no-evidence"]


def test_two_lines_of_one_source_are_a_caveat_until_they_are_a_package() -> None:
    made = [
        EvidenceItem.of("1", ratios={A: "more"}, source="X"),
        EvidenceItem.of("2", ratios={A: "more"}, source="X"),
    ]
    kinds = {caveat.kind for caveat in weigh([A, B], made).caveats}
    packed = weigh([A, B], made, packages=[EvidencePackage.of("X", ["1", "2"])])
    assert "one-source" in kinds
    assert "one-source" not in {caveat.kind for caveat in packed.caveats}


def test_a_rival_that_no_item_tells_apart_is_a_caveat() -> None:
    ledger = weigh([A, B, C], [item("1", "1/2", "1/4", "1/2")])
    told = [str(caveat) for caveat in ledger.caveats if caveat.kind == "no-item"]
    assert told == ["no item tells C from A"]


def test_an_item_that_suggested_a_hypothesis_is_shown_with_and_without_it() -> None:
    ledger = weigh([A, B], [item("1", "3/4", "1/4", suggested=[A])])
    told = [str(caveat) for caveat in ledger.caveats if caveat.kind == "suggested"]
    assert told == ["1 suggested A: with it A is worth 0.75, without it 0.5"]


def test_exact_numbers_from_judgement_are_a_caveat_and_ranges_are_not() -> None:
    assert "points" in {caveat.kind for caveat in weigh([A, B], [item("1", 0.5, 0.25)]).caveats}
    assert weigh([A, B], [item("1", (0.5, 0.6), (0.2, 0.3))]).caveats == ()


def test_influence_leaves_each_piece_and_each_source_out() -> None:
    made = [item("1", 0.9, 0.1, source="X"), item("2", 0.6, 0.3, source="X"), item("3", 0.2, 0.4, source="Y")]
    found = {(left.kind, left.id): left.weight for left in weigh([A, B], made).influence()}
    assert found == {
        ("piece", "1"): Weight(F(1), F(1)),
        ("piece", "2"): Weight(F(9, 2), F(9, 2)),
        ("piece", "3"): Weight(F(18), F(18)),
        ("source", "X"): Weight(F(1, 2), F(1, 2)),
        ("source", "Y"): Weight(F(18), F(18)),
    }


# --- Printing ----------------------------------------------------------------------------------------------


def test_the_memo_shows_lines_sums_and_what_comes_out() -> None:
    made = [
        EvidenceItem.of("E1", ratios={A: 10}, source="X"),
        EvidenceItem.of("E2", ratios={B: 100}, source="Y"),
    ]
    text = str(weigh([A, B], made))
    for shown in ("+10.0", "-20.0", "-10.0", "Prior 0.0 dB, evidence -10.0 dB, together -10.0 dB"):
        assert shown in text
    assert f"{A}: 50 % before, 9 % after" in text
    assert "Verdict on A: opposed" in text


def test_what_is_printed_is_plain_json_too() -> None:
    ledger = weigh([A, B], [item("1", 0.5, (0.2, 0.3), source="X"), item("2", 0, 0.5, source="Y")])
    data = json.loads(json.dumps(ledger.data()))
    assert data["verdict"] == "refuted"
    assert data["against"][0]["lines"][1]["weight"] == {"ratio": ["0", "0"], "decibels": [None, None]}
    assert repr(ledger) == "<Ledger A | B: 2 pieces, refuted>"


# --- Hypotheses --------------------------------------------------------------------------------------------


def test_combinations_list_every_way_once_and_exclude_each_other() -> None:
    assert combinations([A, B]) == ("A and B", "A, not B", "B, not A", "neither A nor B")
    assert len(set(combinations([A, B, C]))) == 8


def test_ranges_of_priors_are_cut_to_what_the_sum_leaves() -> None:
    among = hypotheses({A: (0, 1), B: (F(1, 2), F(3, 4))})
    assert (among.prior(A), among.prior(B)) == (Interval(F(1, 4), F(1, 2)), Interval(F(1, 2), F(3, 4)))


# --- Refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: weigh([A], []), "a question needs at least two hypotheses, each named once"),
        (lambda: weigh([A, B], [], exclusive=False), "weights of evidence do not add up over hypotheses that may be true together"),
        (lambda: weigh({A: 0.5, B: 0.4}, []), "the priors sum to 0.9, not to 1"),
        (lambda: weigh([A, B], [item("1", 0.5)]), "the item '1' has no likelihood under B"),
        (lambda: weigh([A, B], [EvidenceItem.of("1")]), "the item '1' says nothing of any hypothesis"),
        (lambda: weigh([A, B], [item("1", 0.5, 0.5, 0.5)]), "the item '1' speaks of 'C', which is no hypothesis"),
        (lambda: weigh([A, B], [EvidenceItem.of("1", ratios={A: 2, B: 3})]), "the item '1' has a ratio for every hypothesis, and none to compare with"),
        (lambda: item("1", 1.5, 0.5), "the likelihood of '1' under 'A' is 1.5, and must be from 0 to 1"),
        (lambda: item("1", (0.6, 0.5), 0.5), "the likelihood of '1' under 'A' runs from 0.6 to 0.5: its ends are out of order"),
        (lambda: item("1", float("nan"), 0.5), "the likelihood of '1' under 'A' is nan, which is no number"),
        (lambda: EvidenceItem.of("1", ratios={A: "mor"}), "the scale has no word 'mor'"),
        (lambda: EvidenceItem.of("1", {A: 1}, ratios={A: 1}), "the item '1' has both likelihoods and ratios"),
        (lambda: item("1", 0.5, 0.5, found="searched"), "the item '1' is 'searched', which is not one of found, searched, nothing found, not searched"),
        (lambda: item("1", 0.5, 0.5, reach=0.5), "the item '1' was found, and has a reach of 0.5"),
        (lambda: weigh([A, B], [item("1", 0.5, 0.5), item("1", 0.5, 0.5)]), "the name '1' is used twice"),
        (lambda: weigh([A, B], [item("1", 0.5, 0.5)], packages=[EvidencePackage.of("P", ["1", "2"])]), "the package 'P' names '2', which is no item"),
        (lambda: EvidencePackage.of("P", ["1"]), "the package 'P' needs at least two items, each named once"),
        (lambda: EvidencePackage.of("P", ["1", "2"], how="joint"), "the package 'P' counts as 'joint' and has no likelihoods as a whole"),
        (lambda: weigh([A, B], [], threshold=0.5), "the threshold is 0.5, below 1"),
        (lambda: WordScale.of({"less": (0.1, 0.5)}), "the word 'less' starts at a ratio of 1/10, below 1"),
        (lambda: weigh([A, B], []).curve(1), "a curve of 1 points"),
        (lambda: hypotheses([A, RESIDUAL]), "'none of these' is a name that is kept"),
    ],
)  # fmt: skip
def test_what_cannot_be_weighed_is_refused(make: object, what: str) -> None:
    with pytest.raises(OptionError) as caught:
        make()  # type: ignore[operator]
    assert caught.value.what == what
    assert caught.value.fix


def test_the_refusal_of_overlapping_hypotheses_says_how_to_build_combinations() -> None:
    with pytest.raises(OptionError) as caught:
        weigh([A, B], [], exclusive=False)
    assert "concausa.combinations(['A', 'B'])" in caught.value.fix


def test_a_name_that_is_no_hypothesis_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        weigh(["lobbying", "plan"], []).posterior("lobying")
    assert caught.value.fix == "did you mean lobbying?"
