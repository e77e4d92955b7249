"""What overturns a verdict: bias of a source, another prior. By hand, against a scan, and at the edges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.reference.weighing import odds_with_bias

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.interval import Interval
from concausa.tracing.evidence_item import EvidenceItem
from concausa.tracing.evidence_package import EvidencePackage
from concausa.tracing.ledger import Ledger, weigh

F = Fraction
A, B = "A", "B"


def item(id: str, first: object, second: object, source: str = "X") -> EvidenceItem:
    return EvidenceItem.of(id, {A: first, B: second}, source=source)  # type: ignore[dict-item]


def test_a_lone_witness_of_three_to_one_fails_two_to_one_at_a_bias_of_one_in_six() -> None:
    # ((1-b) 3/5 + b) / ((1-b) 1/5 + b) = (3 + 2b) / (1 + 4b) = 2, so 3 + 2b = 2 + 8b.
    found = weigh([A, B], [item("1", "3/5", "1/5")], threshold=2).tipping("X")
    assert (found.outcome, found.first, found.last) == ("tips", F(1, 6), F(1, 6))
    assert (
        str(found)
        == "X: the verdict is open from a bias of 17 percent; no reading reaches the verdict from 17 percent"
    )


def test_a_biased_source_that_would_not_always_say_so_must_be_more_biased() -> None:
    # With q = 1/2: (3/5 (1-b) + b/2) = 2 (1/5 (1-b) + b/2), so 1/5 (1-b) = b/2 and b = 2/7.
    found = weigh([A, B], [item("1", "3/5", "1/5")], threshold=2).tipping("X", anyway="1/2")
    assert found.first == F(2, 7)


def test_more_from_one_source_weighs_never_more_than_one_over_its_bias() -> None:
    # Ten statements of 10:1 from one source. Against a prior of 1:9 the verdict needs more than 9, and
    # (1 - b + b) / ((1-b) 10**-10 + b) = 9 gives b just below 1/9, however many statements are added.
    made = [EvidenceItem.of(str(n), ratios={A: 10}, source="X") for n in range(10)]
    found = weigh({A: "1/10", B: "9/10"}, made).tipping("X")
    assert found.first is not None
    assert F(1, 9) - F(1, 10**9) < found.first < F(1, 9)


def test_ranges_give_a_first_fall_and_a_last() -> None:
    # Ratios 3 to 9, prior odds 1/2, so 2 is needed. At 3: 1 = 2 ((1-b)/3 + b), b = 1/4. At 9: 1 = 2 ((1-b)/9 + b),
    # 7/9 = 16/9 b, b = 7/16.
    found = weigh({A: "1/3", B: "2/3"}, [EvidenceItem.of("1", ratios={A: (3, 9)}, source="X")]).tipping("X")
    assert (found.first, found.last) == (F(1, 4), F(7, 16))


def test_a_verdict_that_others_carry_cannot_be_overturned() -> None:
    ledger = weigh([A, B], [item("1", 0.9, 0.1, "X"), item("2", 0.6, 0.3, "Y")])
    assert ledger.tipping("X").outcome == "cannot be overturned"
    assert str(ledger.tipping("X")) == "X: cannot be overturned"


def test_a_verdict_that_is_not_reached_cannot_be_lost() -> None:
    found = weigh([A, B], [item("1", "3/5", "2/5")], threshold=2).tipping("X")
    assert (found.outcome, found.first) == ("not reached", None)


def test_a_source_that_alone_speaks_tips_an_even_prior_only_when_it_is_wholly_biased() -> None:
    found = weigh([A, B], [item("1", 0.9, 0.1)]).tipping("X")
    assert (found.outcome, found.first) == ("tips", F(1))


def test_a_source_against_the_hypothesis_is_doubted_likewise() -> None:
    for_it = weigh([A, B], [item("1", "3/5", "1/5")], threshold=2)
    against = weigh([B, A], [item("1", "3/5", "1/5")], threshold=2)
    assert against.verdict == "less likely than not"
    assert against.tipping("X").first == for_it.tipping("X").first


def test_doubt_of_a_strict_hoop_brings_a_refuted_hypothesis_back() -> None:
    # B is excluded by X, and expected 2:1 by the rest: odds of A are (1-b + b) / (2 b) at b, above 1 to b = 1/2.
    ledger = weigh([A, B], [item("1", 1, 0, "X"), item("2", "1/2", 1, "Y")])
    assert ledger.verdict == "established"
    found = ledger.tipping("X")
    # ((1-b) 1/2 + b 1/2) / ((1-b) 0 + b 1) = 1/(2b)
    assert found.first == F(1, 2)


def test_a_joint_package_falls_whole_with_one_of_its_sources() -> None:
    whole = EvidenceItem.of("both", ratios={A: 3})
    made = [EvidenceItem.of("1", source="X"), EvidenceItem.of("2", source="Y")]
    ledger = weigh(
        {A: "1/3", B: "2/3"}, made, packages=[EvidencePackage.of("P", ["1", "2"], how="joint", whole=whole)]
    )
    assert ledger.tipping("X").first == ledger.tipping("Y").first == F(1, 4)


def test_of_a_package_of_bounds_the_other_source_keeps_what_it_says() -> None:
    made = [EvidenceItem.of("1", ratios={A: 4}, source="X"), EvidenceItem.of("2", ratios={A: 4}, source="Y")]
    ledger = weigh({A: "1/3", B: "2/3"}, made, packages=[EvidencePackage.of("P", ["1", "2"])])
    assert ledger.verdict == "more likely than not"
    assert ledger.tipping("X").outcome == "cannot be overturned"


chances = st.fractions(F(1, 20), 1, max_denominator=20)


@given(
    st.lists(st.tuples(chances, chances, st.sampled_from("XY")), min_size=1, max_size=4),
    st.fractions(F(1, 10), F(9, 10), max_denominator=10),
    st.sampled_from([F(1), F(3, 2), F(3)]),
    st.sampled_from([F(1), F(1, 2)]),
)
def test_at_the_tipping_value_the_odds_are_the_threshold_and_below_it_they_pass(
    rows: list[tuple[F, F, str]], prior: F, threshold: F, anyway: F
) -> None:
    made = [item(str(n), first, second, source) for n, (first, second, source) in enumerate(rows)]
    ledger = weigh({A: prior, B: 1 - prior}, made, threshold=threshold)
    assume(ledger.verdict in ("supported", "more likely than not") and "X" in ledger.sources)
    plain = [{"p": (first, second), "source": source} for first, second, source in rows]

    def odds(bias: F) -> F:
        return odds_with_bias(prior, plain, "X", bias, anyway)

    found = ledger.tipping("X", anyway=anyway)
    if found.first is None:
        assert all(odds(F(n, 50)) > threshold for n in range(51))
        return
    assert odds(found.first) == threshold
    assert all(odds(found.first * F(n, 20)) > threshold for n in range(20))
    assert found.last == found.first


def test_the_tipping_prior_is_where_evidence_and_prior_cancel() -> None:
    # 9:1 needs a prior of 1:9; to pass three to one it needs 1:3.
    ledger = weigh([A, B], [item("1", 0.9, 0.1)])
    assert ledger.tipping_prior() == Interval(F(1, 10), F(1, 10))
    assert weigh([A, B], [item("1", 0.9, 0.1)], threshold=3).tipping_prior() == Interval(F(1, 4), F(1, 4))


def test_the_tipping_prior_of_a_range_has_two_ends() -> None:
    # 3:1 needs 1/4, 9:1 needs 1/10.
    ledger = weigh([A, B], [EvidenceItem.of("1", ratios={A: (3, 9)})])
    assert ledger.tipping_prior() == Interval(F(1, 10), F(1, 4))


def test_certain_evidence_needs_no_prior() -> None:
    assert weigh([A, B], [item("1", 1, 0)]).tipping_prior() == Interval(F(0), F(0))
    assert weigh([A, B], [item("1", 0, 1)]).tipping_prior() == Interval(F(1), F(1))
    assert weigh([A, B], [item("1", 0, 1), item("2", 1, 0)]).tipping_prior() is None


def test_the_curve_starts_at_nothing_ends_at_certainty_and_rises() -> None:
    ledger = weigh([A, B], [EvidenceItem.of("1", ratios={A: (3, 9)})])
    curve = ledger.curve(5)
    assert [prior for prior, _ in curve] == [F(n, 4) for n in range(5)]
    assert curve[0][1] == Interval(F(0), F(0))
    assert curve[-1][1] == Interval(F(1), F(1))
    assert curve[1][1] == Interval(F(1, 2), F(3, 4))  # odds of 1:3 times 3 and 9


@given(st.fractions(F(1, 20), F(19, 20)), chances, chances)
def test_the_curve_goes_through_the_posterior_of_its_prior(prior: F, first: F, second: F) -> None:
    ledger = weigh({A: prior, B: 1 - prior}, [item("1", first, second)])
    again: Ledger = ledger.with_priors({A: F(1, 4), B: F(3, 4)})
    assert ledger.curve(5)[1][1] == again.posterior()


def test_a_source_of_which_nothing_counts_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        weigh([A, B], [item("1", 0.9, 0.1, "press")]).tipping("pres")
    assert (caught.value.what, caught.value.fix) == (
        "no item that counts comes from 'pres'",
        "did you mean press?",
    )


@pytest.mark.parametrize("anyway", [0, 2, -1])
def test_a_chance_to_say_so_anyway_lies_above_0_and_at_most_at_1(anyway: int) -> None:
    with pytest.raises(OptionError, match="anyway is"):
        weigh([A, B], [item("1", 0.9, 0.1)]).tipping("X", anyway=anyway)
